"""A real browser opens every page, narrow and wide, light and dark: nothing complains, leaks or is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from conftest import ROOT, page_paths

NARROW, WIDE = 360, 1280
HEIGHT = 800
# Pages are known before a site is built, from the files that are built; 404.html comes with them.
PATHS = ["404.html", *sorted(path.relative_to(ROOT / "docs").as_posix().replace("index.md", "").replace(".md", "/") for path in (ROOT / "docs").rglob("*.md"))]
# All of A and AA, axe's best practices, and text contrast at AAA.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((database) => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0}


@pytest.fixture(params=[(width, scheme) for width in (NARROW, WIDE) for scheme in ("light", "dark")], ids=lambda setting: f"{setting[0]}-{setting[1]}")
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser, narrow or wide, light or dark, that has never been here before."""
    width, scheme = request.param
    opened = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    yield opened
    opened.close()


def watched(reader: BrowserContext) -> tuple[Page, list[str], list[str]]:
    """A page, what its console complains of, and every address it asks for."""
    page = reader.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return page, complaints, asked


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds in the page as it stands: rule, element and reason, a line each."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{found['id']}: {node['target']} {node['failureSummary']}" for found in violations for node in found["nodes"]]


def test_the_list_of_pages_is_the_list_that_is_built(site: Path) -> None:
    assert sorted([*page_paths(site), "404.html"]) == sorted(path or "/" for path in PATHS)


def test_every_page_opens_clean_keeps_nothing_and_asks_no_other_host(reader: BrowserContext, address: str) -> None:
    for path in PATHS:
        page, complaints, asked = watched(reader)
        page.goto(f"{address}{path}")
        host = urlsplit(address).netloc
        others = [url for url in asked if urlsplit(url).netloc != host and not url.startswith("data:")]
        assert not complaints, f"{path}: {complaints}"
        assert not others, f"{path} asks {others}"
        if page.viewport_size["width"] == WIDE and page.locator("[data-mg-on-this-page]").count():
            page.locator("[data-mg-on-this-page][open]").wait_for()  # the last thing that a script does to a page by itself
        assert page.evaluate(KEPT) == NOTHING, f"{path} keeps something on the reader's device"
        assert reader.cookies() == []
        assert axe_findings(page) == [], path
        page.close()


def test_every_page_is_whole_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False)
    page = context.new_page()
    for path in PATHS:
        page.goto(f"{address}{path}")
        assert page.locator("h1").count() == 1, path
        menu = page.locator("header summary").first
        assert menu.is_visible(), f"{path}: no menu without a script"
        menu.click()
        assert page.locator("header details[open] a").first.is_visible(), f"{path}: the menu does not open without a script"
    context.close()


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_on_it(site: Path, page: Page, address: str) -> None:
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str]] = []
    for path in PATHS:
        page.goto(f"{address}{path}")
        here = page.url.split("#")[0]
        ids[here] = set(page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)"))
        wanted += [(here, link) for link in page.evaluate("[...document.links].map((link) => link.href)")]
    for here, link in wanted:
        if not link.startswith(address):
            assert re.match(r"(https|tel|mailto):", link), f"{here} links to {link}"
            continue
        target, _, anchor = link.partition("#")
        assert target in ids, f"{here} links to {link}, which is no page"
        assert not anchor or anchor in ids[target], f"{here} links to {link}, which has no such place"


def opened_menu(page: Page) -> None:
    page.locator("header summary").first.click()


def opened_word(page: Page) -> None:
    page.locator("button[popovertarget]").first.click()
    page.locator("[popover]:popover-open").wait_for()


def opened_search(page: Page) -> None:
    query = page.locator("input[name=query]")
    if not query.is_visible():
        page.get_by_role("button", name=re.compile("search", re.I)).first.click()
    query.fill("scars")
    page.locator(".mg-search__results a").first.wait_for()


@pytest.mark.parametrize("state", [opened_menu, opened_word, opened_search], ids=["menu open", "word open", "search open"])
def test_axe_finds_nothing_in_each_opened_state(state: Callable[[Page], None], reader: BrowserContext, address: str) -> None:
    page, complaints, asked = watched(reader)
    page.goto(f"{address}understand/how-it-works/")
    if state is opened_menu and page.viewport_size["width"] == WIDE:
        assert page.locator(".mg-side").is_visible(), "a wide page shows the list of pages, so there is no menu to open"
        return
    state(page)
    assert axe_findings(page) == []
    assert not complaints
    assert all(urlsplit(url).netloc == urlsplit(address).netloc for url in asked)
    assert page.evaluate(KEPT) == NOTHING


def test_nothing_that_search_needs_is_fetched_before_a_reader_turns_to_it(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if "search" in urlsplit(url).path and not url.endswith("search.js")]


def test_search_finds_a_page_and_leads_there(page: Page, address: str) -> None:
    page.goto(address)
    opened_search(page)
    first = page.locator(".mg-search__results a").first
    first.click()
    page.wait_for_url(re.compile(r"/(understand|decide|aftercare)/"))
    assert page.locator("h1").count() == 1


def test_the_menu_opens_by_keyboard_and_escape_gives_the_focus_back(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT})
    page = context.new_page()
    page.goto(address)
    menu = page.locator("header summary").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if menu.evaluate("(element) => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert page.locator("header details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("header details[open]").count() == 0
    assert menu.evaluate("(element) => element === document.activeElement")
    context.close()


def test_a_word_explains_itself_by_keyboard_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}understand/how-it-works/")
    word = page.locator("button[popovertarget]").first
    word.focus()
    page.keyboard.press("Enter")
    assert page.locator("[popover]").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[popover]").first.is_visible()
    context.close()


@pytest.mark.parametrize("path", ["aftercare/when-to-call/", "aftercare/is-this-normal/"])
def test_warning_signs_are_never_behind_a_click(path: str, page: Page, address: str) -> None:
    page.goto(f"{address}{path}")
    assert page.locator("details .mg-warning-signs, details .mg-healing-days").count() == 0
    signs = page.locator(".mg-warning-signs__sign, .mg-healing-days__window")
    assert signs.count() > 5
    assert all(sign.is_visible() for sign in signs.all())


def test_every_page_prints_with_the_clinics_number_and_no_menu(browser: Browser, address: str, site: Path) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page = context.new_page()
    page.emulate_media(media="print")
    for path in PATHS:
        page.goto(f"{address}{path}")
        assert page.locator(".mg-print-line").is_visible(), path
        assert not page.locator("header input[name=query]").is_visible(), path
        assert not page.locator(".mg-side").is_visible(), path
    context.close()
