"""A real browser lays the drawings out: on the narrowest phone their words can be read, stay inside and touch no other word."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from conftest import ROOT
from guide.macros.drawings import drawing
from guide.project import Guide

NARROWEST, HEIGHT = 320, 800
SMALLEST_WORDS = 14  # pixels
STYLES = "\n".join((ROOT / "docs" / "assets" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "base", "shell", "cite", "drawing"))
# Readers have other typefaces than this machine: letters a little further apart stand for a wide one.
WIDE = ".mg-drawing__picture text { letter-spacing: 0.06em }"
WORDS = """(picture) => {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].map((text) => {
    const box = text.getBoundingClientRect();
    return {
      text: text.textContent.trim(),
      size: parseFloat(getComputedStyle(text).fontSize) * frame.width / picture.viewBox.baseVal.width,
      left: box.left - frame.left, right: frame.right - box.right, top: box.top - frame.top, bottom: frame.bottom - box.bottom,
      box: [box.left, box.right, box.top, box.bottom],
    };
  });
}"""
SLACK = 1  # pixel, for rounding
BETWEEN_LINES = 4  # pixels by which the boxes of two lines may reach into each other: more than the letters fill


def overlap(one: list[float], other: list[float]) -> bool:
    """Whether two words, given as left, right, top and bottom, run into each other."""
    across = min(one[1], other[1]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[2], other[2])
    return across > SLACK and down > BETWEEN_LINES


@pytest.mark.parametrize("letters", ["", WIDE], ids=["as they are", "wide letters"])
def test_words_of_drawings_can_be_read_stay_inside_and_touch_no_other(letters: str, guide: Guide, browser: Browser) -> None:
    notes: dict = {}
    figures = {name: drawing(guide, name, on=notes) for name in guide.library.drawings}
    context = browser.new_context(viewport={"width": NARROWEST, "height": HEIGHT})
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang='en'><style>{STYLES}{letters}</style><main class='mg-page'>{''.join(figures.values())}</main>")
    pictures = page.locator(".mg-drawing__picture").all()
    assert len(pictures) == len(figures)
    faults = []
    for name, picture in zip(figures, pictures, strict=True):
        words = picture.evaluate(WORDS)
        for place, word in enumerate(words):
            touched = [other["text"] for other in words[:place] if overlap(word["box"], other["box"])]
            faults += [f"{name}: {word['text']} runs into {touched}"] if touched else []
            faults += [f"{name}: {word['text']} is {word['size']:.1f} pixels"] if word["size"] < SMALLEST_WORDS else []
            faults += [f"{name}: {word['text']} runs out of the picture"] if min(word[side] for side in ("left", "right", "top", "bottom")) < -SLACK else []
    assert not faults, "\n".join(faults)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROWEST, "a drawing makes the page scroll sideways"
    context.close()


def test_words_that_run_into_each_other_are_found() -> None:
    assert overlap([0, 50, 0, 20], [40, 90, 10, 30])
    assert not overlap([0, 50, 0, 20], [40, 90, 18, 38]), "lines of one label stand close"
    assert not overlap([0, 50, 0, 20], [51, 90, 0, 20])
