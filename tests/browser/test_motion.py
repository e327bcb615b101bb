"""A reader who asked for less motion sees none, on any page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from test_every_page import HEIGHT, NARROW, PATHS
from test_search import ask

MOVES = """() => {
  const faults = document.getAnimations().map((animation) => `it moves: ${animation.effect?.target?.outerHTML.slice(0, 80)}`);
  for (const element of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      const told = `${element.localName}.${element.className}${part ?? ""}`;
      if (style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)) faults.push(`a transition of ${told}`);
      if (style.animationName !== "none") faults.push(`an animation of ${told}`);
      if (style.scrollBehavior !== "auto") faults.push(`smooth scrolling of ${told}`);
    }
  }
  return faults;
}"""
# A script may ask for smooth scrolling by itself.
LISTEN = """window.mgSmooth = [];
for (const [owner, name] of [[Element.prototype, "scrollIntoView"], [Element.prototype, "scrollTo"], [Element.prototype, "scrollBy"], [window, "scrollTo"], [window, "scrollBy"]]) {
  const before = owner[name];
  owner[name] = function (...asked) {
    if (asked.some((each) => each?.behavior === "smooth")) window.mgSmooth.push(name);
    return before.apply(this, asked);
  };
}"""


@pytest.fixture
def calm(browser: Browser) -> Iterator[Page]:
    """A page in the browser of a reader who asked for less motion."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def asked_for_smooth(page: Page) -> list[str]:
    return page.evaluate("window.mgSmooth")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_by_itself_or_smoothly(path: str, calm: Page, address: str) -> None:
    calm.goto(f"{address}{path}")
    assert calm.evaluate(MOVES) == []
    assert asked_for_smooth(calm) == []


def test_nothing_moves_when_menu_search_and_words_open(calm: Page, address: str) -> None:
    calm.goto(f"{address}understand/how-it-works/")
    for selector in ("[data-mg-menu] > summary", "main button[popovertarget]", "[data-mg-on-this-page] > summary", "[data-mg-on-this-page] a"):
        calm.locator(selector).first.click()
        assert calm.evaluate(MOVES) == [], selector
        calm.keyboard.press("Escape")
    for question in ("scars", "fever", "qzxv"):
        ask(calm, question)
        calm.keyboard.press("ArrowDown")
        assert calm.evaluate(MOVES) == [], question
    assert asked_for_smooth(calm) == []


@pytest.mark.parametrize("style", ["h1 { transition: opacity 1s }", "h1::before { content: ''; animation: spin 1s } @keyframes spin { to { rotate: 1turn } }", "html { scroll-behavior: smooth }"])
def test_what_moves_is_found(style: str, calm: Page, address: str) -> None:
    calm.goto(f"{address}404.html")
    calm.add_style_tag(content=style)
    assert calm.evaluate(MOVES)


def test_a_script_that_scrolls_smoothly_is_found(calm: Page, address: str) -> None:
    calm.goto(f"{address}404.html")
    calm.evaluate("document.querySelector('h1').scrollIntoView({ behavior: 'smooth' })")
    assert asked_for_smooth(calm) == ["scrollIntoView"]
