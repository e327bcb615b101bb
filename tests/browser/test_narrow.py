"""The narrowest phone, and text at 200%: words and numbers stay whole, and no table has to be pushed aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from test_every_page import NARROW, PATHS, WIDE
from test_search import ask

NARROWEST, TALL = 320, 1000
LARGE_TEXT = "html { font-size: 32px }"  # 200%
# WCAG 1.4.12, as readers set it over a page's own style.
SPACED_TEXT = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"
# Width, height and the reader's own style; 320 by 256 is a screen of 1280 by 1024 at 400%.
SETTINGS = {
    "narrowest": (NARROWEST, TALL, ""),
    "400%": (NARROWEST, 256, ""),
    "spaced": (NARROWEST, TALL, SPACED_TEXT),
    "narrowest, 200% text": (NARROWEST, TALL, LARGE_TEXT),
    "200% text": (NARROW, TALL, LARGE_TEXT),
    "tablet, 200% text": (768, TALL, LARGE_TEXT),
    "wide, 200% text": (WIDE, TALL, LARGE_TEXT),
    "wide, spaced": (WIDE, TALL, SPACED_TEXT),
}
UNBROKEN = ("narrowest", "200% text", "tablet, 200% text")  # wider letters or double the text on the narrowest screen may part a long word
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


# What is wider than the page, or cut off by its own box.
CUT_OFF = """() => {
  const faults = [];
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > room) faults.push(`the page is ${document.scrollingElement.scrollWidth} wide on ${room}`);
  const hidden = (element) => {
    if (element.closest("svg, [popover]")) return true;
    for (let each = element; each; each = each.parentElement) if (getComputedStyle(each).clipPath !== "none") return true; // for ears only
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (hidden(element) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const told = () => element.outerHTML.slice(0, 80).replace(/\\s+/g, " ");
    if (element.localName === "table" && element.scrollWidth > element.parentElement.clientWidth + 1) faults.push(`wider than its place: ${told()}`);
    if (!element.matches("input") && style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) faults.push(`scrolls sideways or is cut off: ${told()}`);
    if (/hidden|clip/.test(style.overflowY) && element.clientHeight > 2 && element.scrollHeight > element.clientHeight + 1) faults.push(`cut off below: ${told()}`);
    const box = element.getBoundingClientRect();
    if (style.position !== "static" && /fixed|sticky/.test(style.position) && box.height > innerHeight / 3 && box.width > room / 2) faults.push(`stays on most of the screen: ${told()}`);
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || hidden(holder) || holder.closest("script, style, noscript") || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    for (const line of range.getClientRects()) {
      if (line.width > 1 && (line.right > room + 1 || line.left < -1)) {
        faults.push(`runs off the screen: ${walk.currentNode.data.trim().slice(0, 40)}`);
        break;
      }
    }
  }
  return faults;
}"""


def in_settings(page: Page) -> Iterator[tuple[str, list[str]]]:
    """What is wrong in each setting of a page that is open."""
    page.evaluate("document.head.append(document.createElement('style'))")
    for name, (width, height, style) in SETTINGS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("(style) => document.head.lastElementChild.textContent = style", style)
        faults = page.evaluate(CUT_OFF)
        if name in UNBROKEN:
            faults += [f"a word in two parts: {word}" for word in page.evaluate(BROKEN)]
            faults += [f"a number on {number['lines']} lines: {number['number']}" for number in page.evaluate(NUMBERS) if number["lines"] > 1]
        yield name, faults


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off_or_broken_and_no_page_scrolls_sideways_however_large_its_text(path: str, page: Page, address: str) -> None:
    page.goto(f"{address}{path}")
    assert {name: faults for name, faults in in_settings(page) if faults} == {}


@pytest.mark.parametrize("path", ["", "404.html", "about/the-clinic/", "aftercare/first-days/"])
def test_the_second_clinics_long_names_are_not_cut_off_either(path: str, page: Page, other_address: str) -> None:
    page.goto(f"{other_address}{path}")
    found = {name: [fault for fault in faults if not fault.startswith("a word")] for name, faults in in_settings(page)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("question", ["scars", "fever", "qzxv"])
def test_what_the_search_shows_is_not_cut_off_however_large_its_text(question: str, page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": TALL})
    page.goto(f"{address}aftercare/first-days/")
    panel = ask(page, question)
    found = {name: [faults, panel.is_visible()] for name, faults in in_settings(page)}
    assert {name: state for name, state in found.items() if state != [[], True]} == {}


CUT = {
    "the page is": "article { min-inline-size: 700px }",
    "cut off below": "article p { block-size: 1em; overflow: hidden; inline-size: 5em }",
    "scrolls sideways or is cut off": "article p { white-space: nowrap; overflow: auto }",
    "runs off the screen": "html { overflow: hidden } article { white-space: nowrap } article h1 { margin-inline-start: 300px }",
    "stays on most of the screen": ".mg-header { position: fixed; block-size: 60vh; inline-size: 100% }",
    "a word in two parts": "article p { inline-size: 2em; overflow-wrap: anywhere }",
}


@pytest.mark.parametrize("fault", CUT)
def test_what_is_cut_off_or_broken_is_found(fault: str, page: Page, address: str) -> None:
    page.goto(f"{address}404.html")
    page.add_style_tag(content=CUT[fault])
    assert any(told.startswith(fault) for _, faults in in_settings(page) for told in faults)


def test_each_stretch_of_healing_is_one_press_away_without_a_script(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": TALL}, java_script_enabled=False)
    page.goto(f"{address}aftercare/is-this-normal/")
    links = page.locator(".mg-healing-days__find a")
    windows = page.locator(".mg-healing-days__window")
    assert links.count() == windows.count() > 3
    for link, window in zip(links.all(), windows.all(), strict=True):
        name = window.get_by_role("heading", level=3).inner_text()
        assert link.inner_text() == name
        link.click()
        assert page.evaluate("document.querySelector(':target').textContent") == name
        assert window.is_visible()
    page.close()


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
