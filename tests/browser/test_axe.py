"""axe-core finds nothing: on every page, narrow and wide, light and dark, and in each state that a reader can bring about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from axe import COLOURS, HEIGHT, NARROW, RULES, WIDE, axe_findings, in_all_settings
from test_every_page import PATHS
from test_search import ask


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_any_page_nor_with_its_details_open(path: str, still: Page, address: str) -> None:
    still.goto(f"{address}{path}")
    assert in_all_settings(still) == []
    closed = still.locator("main details:not([open])")
    if closed.count():
        closed.evaluate_all("(all) => all.forEach((each) => (each.open = true))")
        still.set_viewport_size({"width": NARROW, "height": HEIGHT})
        assert axe_findings(still) == []


@pytest.mark.parametrize("path", ["", "about/the-clinic/", "aftercare/when-to-call/"])
def test_axe_finds_nothing_on_pages_of_the_second_clinic(path: str, still: Page, other_address: str) -> None:
    still.goto(f"{other_address}{path}")
    assert in_all_settings(still) == []


# --- States -------------------------------------------------------------------------------------------------------
# Menu, search and footer are the same markup on each page, with the page that is open marked in them: so a page of the
# first sections, one of the last, the home page and the page for lost addresses stand for all.
STATES_ON = ["", "404.html", "understand/how-it-works/", "aftercare/first-days/", "about/words/"]


def open_menu(page: Page) -> bool:
    menu = page.locator("[data-mg-menu] > summary")
    if not menu.is_visible():
        return False  # a wide page shows the list of pages beside the text
    menu.click()
    page.locator("[data-mg-menu] details:not([open]) > summary").evaluate_all("(all) => all.forEach((each) => each.click())")
    return True


def open_search(page: Page) -> bool:
    opener = page.locator(".mg-search__open")
    if not opener.is_visible():
        return False  # a wide page shows the box at all times
    opener.click()
    page.get_by_role("searchbox").wait_for()
    return True


def open_results(page: Page) -> bool:
    ask(page, "scars").locator(".mg-search__sections a").first.wait_for()
    return True


def open_card(page: Page) -> bool:
    ask(page, "fever").locator(".mg-search__worry").filter(visible=True).wait_for()
    return True


def open_no_results(page: Page) -> bool:
    ask(page, "qzxv").locator(".mg-search__none").wait_for()
    return True


def open_word(page: Page) -> bool:
    word = page.locator("main button[popovertarget]").first
    if not word.count():
        return False
    word.click()
    page.locator("[popover]:popover-open").wait_for()
    return True


STATES: dict[str, Callable[[Page], bool]] = {"menu": open_menu, "search": open_search, "results": open_results, "a warning": open_card, "no results": open_no_results, "a word": open_word}


@pytest.mark.parametrize("path", STATES_ON)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(state: str, path: str, still: Page, address: str) -> None:
    for width in (NARROW, WIDE):
        still.set_viewport_size({"width": width, "height": HEIGHT})
        still.goto(f"{address}{path}")
        if STATES[state](still):
            for scheme, rules in (("light", RULES), ("dark", COLOURS)):
                still.emulate_media(color_scheme=scheme)
                assert axe_findings(still, rules) == [], f"{width}, {scheme}"


def test_each_state_can_be_brought_about(still: Page, address: str) -> None:
    for name, state in STATES.items():
        still.goto("about:blank")  # else the browser takes the next line for a reload, which brings the question back
        still.goto(f"{address}understand/how-it-works/")
        assert state(still), f"nothing opens for {name}, so nothing is looked at"


# --- What axe is asked --------------------------------------------------------------------------------------------

BROKEN = {
    "text at less than 7 to 1": ("color-contrast-enhanced", "document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=\"color: #666; background: #fff\">One</p>')"),
    "text at less than 7 to 1 in the dark": ("color-contrast-enhanced", "document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=\"color: light-dark(#000, #999); background: light-dark(#fff, #111)\">One</p>')"),
    "a picture without words for it": ("image-alt", "document.querySelector('main').append(new Image())"),
    "a second main part": ("landmark-no-duplicate-main", "document.querySelector('main').insertAdjacentHTML('afterend', '<main>Two</main>')"),
    "text outside every landmark": ("region", "document.body.insertAdjacentHTML('beforeend', '<p>Lost</p>')"),
    "a level of heading that is skipped": ("heading-order", "document.querySelector('h1').insertAdjacentHTML('afterend', '<h5>Small</h5>')"),
    "a target that is too small": ("target-size", "document.querySelector('h1').insertAdjacentHTML('afterend', '<button>a</button><button>b</button>'); document.querySelectorAll('main button').forEach((each) => each.style.cssText = 'inline-size: 9px; block-size: 9px; padding: 0; border: 0; overflow: hidden; margin: 0')"),
    "a page without its language": ("html-has-lang", "document.documentElement.removeAttribute('lang')"),
    "a page that cannot be turned": ("css-orientation-lock", "document.head.insertAdjacentHTML('beforeend', '<style>@media (orientation: portrait) { html { transform: rotate(90deg) } }</style>')"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_axe_finds_what_is_broken(name: str, still: Page, address: str) -> None:
    rule, script = BROKEN[name]
    still.goto(f"{address}404.html")
    still.evaluate(script)
    assert any(f": {rule}:" in found for found in in_all_settings(still))


def test_each_rule_that_axe_is_asked_for_is_one_that_it_has(still: Page, address: str) -> None:
    still.goto(f"{address}404.html")
    axe_findings(still)
    known = still.evaluate("axe.getRules().flatMap(({ ruleId, tags }) => [ruleId, ...tags])")
    assert {*RULES["runOnly"], *RULES["rules"], *COLOURS["runOnly"]} <= set(known)
    assert still.evaluate("axe.version") == "4.12.1", "requirements-test.txt says which version axe-playwright-python brings"
