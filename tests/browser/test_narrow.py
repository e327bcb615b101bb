"""The narrowest phone, and text at 200%: words and numbers stay whole, and no table has to be pushed aside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from test_every_page import NARROW, PATHS

NARROWEST, TALL = 320, 1000
LARGE_TEXT = "html { font-size: 32px }"  # 200%
SETTINGS = [(NARROWEST, ""), (NARROW, LARGE_TEXT), (768, LARGE_TEXT)]
# A word on two lines is a fault, unless it is wider than the page's own column and its language's hyphens may part it.
# Numbers of papers and addresses are no words.
BROKEN = """() => {
  const column = document.querySelector("article");
  const room = column.clientWidth - parseFloat(getComputedStyle(column).paddingLeft) - parseFloat(getComputedStyle(column).paddingRight);
  const lines = (range) => {
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    return { count: new Set(boxes.map((box) => Math.round(box.top))).size, wide: boxes.reduce((sum, box) => sum + box.width, 0) };
  };
  const faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode;
    const style = getComputedStyle(text.parentElement);
    if (text.parentElement.closest("svg, script, style, noscript") || !text.parentElement.checkVisibility()) continue;
    for (const word of text.data.matchAll(/(?<![\\p{L}\\p{N}.@/_?=-])[(\\[“‘"]*[\\p{L}’']+[)\\]”"’.,:;!?]*(?![\\p{L}\\p{N}.@/_?=-])/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const { count, wide } = lines(range);
      const may = wide > room && style.hyphens === "auto" && text.parentElement.closest("[lang]");
      if (count > 1 && !may) faults.push(`${word[0]} in ${text.parentElement.className || text.parentElement.localName}`);
    }
  }
  return faults;
}"""
# How many lines each number to tap takes, where it would fit on one.
NUMBERS = """() => [...document.querySelectorAll("a[href^='tel:'] bdi")].filter((number) => number.checkVisibility()).map((number) => {
  const range = document.createRange();
  range.selectNodeContents(number);
  const boxes = [...range.getClientRects()];
  return { number: number.textContent, lines: new Set(boxes.map((box) => Math.round(box.top))).size };
})"""


@pytest.mark.parametrize(("width", "style"), SETTINGS, ids=["narrowest", "200%", "200% on a tablet"])
def test_no_word_is_broken_no_number_parted_and_no_page_scrolls_sideways(width: int, style: str, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": TALL})
    for path in PATHS:
        page.goto(f"{address}{path}")
        page.add_style_tag(content=style or "html {}")
        assert page.evaluate(BROKEN) == [], f"{path} at {width} with {style or 'its own text'}"
        parted = [number for number in page.evaluate(NUMBERS) if number["lines"] > 1]
        assert not parted, f"{path} at {width}: {parted}"
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, f"{path} at {width} with {style or 'its own text'}"
        wide = page.evaluate("[...document.querySelectorAll('article table')].filter((table) => table.scrollWidth > table.parentElement.clientWidth + 1).map((table) => table.outerHTML.slice(0, 80))")
        assert not wide, f"{path}: wider than the page: {wide}"


def test_the_check_notices_a_broken_word(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": TALL})
    page.goto(f"{address}404.html")
    page.add_style_tag(content="article p { inline-size: 2em; overflow-wrap: anywhere }")
    assert page.evaluate(BROKEN)


def test_each_stretch_of_healing_is_one_press_away(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": TALL})
    page.goto(f"{address}aftercare/is-this-normal/")
    links = page.locator(".mg-healing-days__find a")
    windows = page.locator(".mg-healing-days__window")
    assert links.count() == windows.count() > 3
    for link, window in zip(links.all(), windows.all(), strict=True):
        name = window.get_by_role("heading").inner_text()
        assert link.inner_text() == name
        link.click()
        assert page.evaluate("document.querySelector(':target').textContent") == name
        assert window.is_visible()


def test_paper_has_boxes_to_tick_no_links_to_press_and_keeps_what_belongs_together(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}aftercare/is-this-normal/")
    assert not page.locator(".mg-healing-days__find").is_visible()
    assert page.locator(".mg-healing-days__label").first.evaluate("(label) => getComputedStyle(label).breakAfter") == "avoid"
    for part in (".mg-healing-days__level", ".mg-call-card"):
        assert page.locator(part).first.evaluate("(part) => getComputedStyle(part).breakInside") == "avoid", part
    for path, name, kind in (("aftercare/first-days/", ".mg-care-steps__name", ".mg-care-steps__kind"), ("decide/is-it-for-me/", ".mg-ask-first__name", None)):
        page.goto(f"{address}{path}")
        boxes = page.locator(name).evaluate_all("(names) => names.map((name) => { const box = getComputedStyle(name, '::before'); return [box.content, box.borderTopStyle, box.backgroundColor] })")
        assert boxes and all(box == ['""', "solid", "rgba(0, 0, 0, 0)"] for box in boxes), path
        assert kind is None or page.locator(kind).first.is_visible()
        page.emulate_media(media="screen")
        assert page.locator(name).first.evaluate("(name) => getComputedStyle(name, '::before').content") == "none", "a box on a screen would seem to be one to press"
        page.emulate_media(media="print")


@pytest.mark.parametrize("width", [NARROWEST, NARROW, 768, 1280])
def test_the_emergency_number_of_a_call_card_is_as_large_as_the_clinics_and_comes_before_the_hours(width: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": TALL})
    page.goto(f"{address}aftercare/first-days/")
    card = page.locator(".mg-call-card").first
    clinic, emergency = card.locator(".mg-call-card__number a"), card.locator(".mg-call-card__emergency a")
    sizes = [line.evaluate("(line) => [getComputedStyle(line).fontSize, getComputedStyle(line).fontWeight]") for line in (clinic, emergency)]
    assert sizes[0] == sizes[1]
    assert re.search(r"\d", emergency.inner_text()) and emergency.get_attribute("href").startswith("tel:")
    parts = card.evaluate("(card) => [...card.children].map((part) => part.className)")
    assert parts.index("mg-call-card__emergency") == parts.index("mg-call-card__number") + 1 < parts.index("mg-call-card__hours")
