"""Care cards in three levels: each is known by its words, its icon and its frame, on any screen and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from guide.page_rules import CARE_CARDS
from guide.project import Guide
from test_every_page import PATHS

ALL_THREE = "aftercare/first-days/"
CARDS = ", ".join(f".admonition.{kind}" for kind in CARE_CARDS)
# What tells a level apart when colour is gone: icon, and weight of the frame.
LOOK = """(card) => {
  const title = card.querySelector(".admonition-title");
  const icon = getComputedStyle(title, "::before");
  return { icon: icon.maskImage, drawn: icon.content !== "none" && parseFloat(icon.inlineSize) > 0, frame: parseFloat(getComputedStyle(card).borderTopWidth) };
}"""


def looks(page: Page) -> dict[str, dict]:
    """How a card of each kind looks, by kind."""
    return {kind: page.locator(f".admonition.{kind}").first.evaluate(LOOK) for kind in CARE_CARDS}


def tell_apart(found: dict[str, dict]) -> bool:
    """Whether no two kinds have the same icon, each icon is drawn, and the frame is heavier the more care is asked for."""
    frames = [found[kind]["frame"] for kind in CARE_CARDS]
    icons = {look["icon"] for look in found.values()}
    return len(icons) == len(found) and all(look["drawn"] for look in found.values()) and frames == sorted(set(frames), reverse=True)


def test_each_care_card_says_its_level_in_words(page: Page, address: str, guide: Guide) -> None:
    words = guide.words["care_cards"]
    seen = set()
    for path in PATHS:
        page.goto(f"{address}{path}")
        for kind in CARE_CARDS:
            word = words[kind.replace("-", "_")]
            for card in page.locator(f".admonition.{kind}").all():
                assert re.match(rf"- paragraph: \"?{word}\b", card.aria_snapshot()), f"{path}: a card does not begin with {word}"
                seen.add(kind)
    assert seen == set(CARE_CARDS)


@pytest.mark.parametrize("media", [{}, {"forced_colors": "active"}, {"media": "print"}], ids=["screen", "forced colours", "paper"])
def test_the_three_levels_differ_by_more_than_colour(media: dict, page: Page, address: str) -> None:
    page.goto(f"{address}{ALL_THREE}")
    page.emulate_media(**media)
    assert tell_apart(looks(page)), looks(page)


@pytest.mark.parametrize("style", [".admonition { border-width: 2px !important }", ".admonition-title::before { mask-image: none !important }", ".admonition-title::before { content: none !important }"])
def test_the_check_notices_levels_that_colour_alone_tells_apart(style: str, page: Page, address: str) -> None:
    page.goto(f"{address}{ALL_THREE}")
    page.add_style_tag(content=style)
    assert not tell_apart(looks(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_icon_of_each_level_is_drawn_in_forced_colours(scheme: str, page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(f"{address}{ALL_THREE}")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    for kind in CARE_CARDS:
        icon = page.locator(f".admonition.{kind} > .admonition-title").first.evaluate("(title) => getComputedStyle(title, '::before').backgroundColor")
        assert icon not in (ground, "rgba(0, 0, 0, 0)"), kind


def test_care_cards_are_never_behind_a_click_and_no_more_than_three_in_a_row(page: Page, address: str) -> None:
    for path in PATHS:
        page.goto(f"{address}{path}")
        assert page.locator("details").locator(CARDS).count() == 0, path
        assert all(card.is_visible() for card in page.locator(CARDS).all()), path
        fourth = " + ".join([f":is({CARDS})"] * 4)
        assert page.locator(fourth).count() == 0, f"{path}: more than three care cards in a row are no longer read"


def test_emergency_comes_before_the_other_levels_of_a_row(page: Page, address: str) -> None:
    for path in PATHS:
        page.goto(f"{address}{path}")
        assert page.locator(f":is({CARDS}) + .admonition.emergency, .admonition.call-us + .admonition.urgent").count() == 0, path


def test_each_number_in_an_emergency_card_can_be_tapped(page: Page, address: str) -> None:
    page.goto(f"{address}{ALL_THREE}")
    link = page.locator(".admonition.emergency a[href^='tel:']").first
    expect(link).to_be_visible()
    assert link.bounding_box()["height"] >= 24
