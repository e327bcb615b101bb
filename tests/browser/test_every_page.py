"""A real browser opens every page, narrow and wide, light and dark: nothing complains, leaks or is kept, and without a script it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from axe import HEIGHT, NARROW, WIDE, axe_findings  # noqa: F401  for modules that look at one state each
from conftest import ROOT, page_paths

# Pages are known before a site is built, from the files that are built; 404.html comes with them.
PATHS = ["404.html", *sorted(path.relative_to(ROOT / "docs").as_posix().replace("index.md", "").replace(".md", "/") for path in (ROOT / "docs").rglob("*.md"))]
KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((database) => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0}


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser that has never been here before."""
    opened = browser.new_context(viewport={"width": NARROW, "height": HEIGHT})
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


def test_the_list_of_pages_is_the_list_that_is_built(site: Path) -> None:
    assert sorted([*page_paths(site), "404.html"]) == sorted(path or "/" for path in PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_clean_keeps_nothing_and_asks_no_other_host_in_any_setting(path: str, reader: BrowserContext, address: str) -> None:
    page, complaints, asked = watched(reader)
    page.goto(f"{address}{path}", wait_until="networkidle")
    for width, scheme in ((NARROW, "dark"), (WIDE, "dark"), (WIDE, "light")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # what a new width and scheme start has begun
    host = urlsplit(address).netloc
    assert [url for url in asked if urlsplit(url).netloc != host and not url.startswith("data:")] == []
    assert complaints == []
    assert page.evaluate(KEPT) == NOTHING, f"{path} keeps something on the reader's device"
    assert reader.cookies() == []


def test_what_a_page_must_not_do_is_noticed(reader: BrowserContext, address: str) -> None:
    page, complaints, asked = watched(reader)
    page.goto(f"{address}404.html", wait_until="networkidle")
    page.evaluate("console.error('lost'); localStorage.setItem('one', '1'); document.cookie = 'two=2'")
    page.evaluate("fetch('http://other.invalid/').catch(() => {})")
    assert complaints[0] == "lost"
    assert any("other.invalid" in url for url in asked)
    kept = page.evaluate(KEPT)
    assert (kept["local"], kept["cookie"]) == (["one"], "two=2")


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page at phone width, in a browser that runs no script."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_without_a_script(path: str, scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}{path}")
    assert scriptless.locator("h1").count() == 1
    menu = scriptless.locator("header summary").first
    assert menu.is_visible(), "no menu without a script"
    menu.click()
    assert scriptless.locator("header details[open] a").first.is_visible(), "the menu does not open without a script"
    assert scriptless.locator("main [hidden]:not([data-mg-tool] *)").count() == 0, "a part that only a script would show; a tool may hide what only its script can use"
    lists = scriptless.locator("main details:not([open])")
    assert all(closed.locator("summary").is_visible() for closed in lists.all()), "a part that only a script would open"


def reachable(page: Page, address: str, opened: str) -> set[str]:
    """Every page that a reader reaches from home by pressing what they see, as the end of its address.

    opened  what may be pressed to open: all that folds
    """
    found, waiting = {""}, [""]
    while waiting:
        page.goto(f"{address}{waiting.pop()}")
        while page.locator(opened).filter(visible=True).count():
            page.locator(opened).filter(visible=True).first.click()
        seen = page.locator("a[href]").filter(visible=True).evaluate_all("(links) => links.map((link) => link.href.split('#')[0])")
        new = {link.removeprefix(address) for link in seen if link.startswith(address)} - found
        found |= new
        waiting += sorted(new)
    return found


def test_every_page_is_reached_from_home_by_links_alone_without_a_script(scriptless: Page, address: str) -> None:
    assert reachable(scriptless, address, "main details:not([open]) > summary") == set(PATHS) - {"404.html"}


@pytest.mark.parametrize("path", ["aftercare/first-days/", "404.html"])
def test_the_menu_leads_to_every_page_without_a_script(path: str, scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}{path}")
    scriptless.locator("header summary").first.click()
    while scriptless.locator("header details details:not([open]) > summary").count():
        scriptless.locator("header details details:not([open]) > summary").first.click()
    links = scriptless.locator("header details a[href]").filter(visible=True)
    assert {link.split("#")[0] for link in links.evaluate_all("(links) => links.map((link) => link.href)")} >= {f"{address}{path}" for path in PATHS if path not in ("404.html", "")}


def test_a_page_that_nothing_leads_to_is_missed(scriptless: Page, address: str) -> None:
    scriptless.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<a href='about/privacy/' hidden>Away</a>"))
    assert reachable(scriptless, address, "summary") == {""}


def links_of(page: Path, address: str) -> tuple[set[str], list[str]]:
    """The ids of a page, and where its links lead."""
    elements = list(html5lib.parse(page.read_text(encoding="utf-8")).iter())
    links = [element.attrib["href"] for element in elements if element.tag.endswith("}a") and "href" in element.attrib]
    return {element.attrib["id"] for element in elements if "id" in element.attrib}, [urljoin(address, link) for link in links]


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_on_it(site: Path, address: str) -> None:
    pages = {f"{address}{path}": links_of(site / (path if path.endswith(".html") else f"{path}index.html"), f"{address}{path}") for path in PATHS}
    for here, (_, links) in pages.items():
        for link in links:
            if not link.startswith(address):
                assert re.match(r"(https|tel|mailto):", link), f"{here} links to {link}"
                continue
            target, _, anchor = link.partition("#")
            assert target in pages, f"{here} links to {link}, which is no page"
            assert not anchor or anchor in pages[target][0], f"{here} links to {link}, which has no such place"


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


@pytest.mark.parametrize("path", PATHS)
def test_a_page_prints_with_the_clinics_number_and_no_menu(path: str, page: Page, address: str) -> None:
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    page.emulate_media(media="print")
    page.goto(f"{address}{path}")
    assert page.locator(".mg-print-line").is_visible()
    assert not page.locator("header input[name=q]").is_visible()
    assert not page.locator(".mg-side").is_visible()
