"""The search does no harm: it leads on where something fails, runs nothing that is typed, and asks for and keeps nothing more than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from axe import HEIGHT, NARROW, WIDE
from guide.project import Guide
from test_every_page import KEPT, NOTHING
from test_search import answered, ask, numbers_in, numbers_of

MARKUP = ['<img src=x onerror="window.mgRan = 1">', "<script>window.mgRan = 1</script>", '"><svg onload="window.mgRan = 1">', "javascript:window.mgRan=1", "{{ 7*7 }} ${window.mgRan = 1} %s \\"]
ODD = {
    **{f"markup {place}": text for place, text in enumerate(MARKUP)},
    "10,000 letters": "a" * 10_000,
    "10,000 letters in words": ("makeup scars qzxv " * 600)[:10_000],
    "emoji": "😀 💉🔥 👩🏾‍⚕️ scars",
    "right to left": "كم يدوم الاحمرار؟ אדום",
    "turned about": "\u202escars\u202c \u2067acne",
    "signs alone": "?!… --- ''' \"\"\" ((( [[[ *** ^$ \\d+",
    "words of the language": "constructor __proto__ toString hasOwnProperty",
}
IN_PANEL = {"DIV", "P", "OL", "UL", "LI", "A", "BDI", "STRONG", "MARK"}


@pytest.fixture(params=[NARROW, WIDE], ids=["phone", "wide"])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at phone width, then a wide one, on which nothing moves."""
    context = browser.new_context(viewport={"width": request.param, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at phone width on which nothing moves."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


# --- When something fails -----------------------------------------------------------------------------------------

FAILURES: dict[str, tuple[str, Callable[[Route], None]]] = {
    "no answer": ("**/search/index.json", lambda route: route.abort()),
    "an error": ("**/search/index.json", lambda route: route.fulfill(status=500, body="{}")),
    "no index": ("**/search/index.json", lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html")),
    "no script": ("**/search-rank.js", lambda route: route.abort()),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_search_that_fails_says_so_and_leads_to_the_other_ways(failure: str, screen: Page, address: str, guide: Guide) -> None:
    errors: list[str] = []
    screen.on("pageerror", lambda error: errors.append(str(error)))
    screen.route(*FAILURES[failure])
    screen.goto(address)
    panel = ask(screen, "fever")
    assert panel.locator(".mg-search__count").inner_text() == guide.library.words["shell"]["search_failed"]
    expect(screen.get_by_role("status")).to_have_text(guide.library.words["shell"]["search_failed"])
    assert set(numbers_in(panel.locator(".mg-search__none").filter(visible=True))) == numbers_of(guide)
    expect(panel.locator(".mg-search__all a")).to_be_visible()
    expect(panel.locator(".mg-search__near")).to_be_hidden()
    assert panel.locator(".mg-search__page").count() == 0
    assert errors == []


def test_a_search_that_failed_works_again_once_the_index_is_there(screen: Page, address: str) -> None:
    screen.route(*FAILURES["no answer"])
    screen.goto(address)
    ask(screen, "scar")
    screen.unroute_all()
    expect(ask(screen, "scars").locator(".mg-search__link").first).to_be_visible()


def test_without_a_script_a_link_leads_to_all_questions_from_a_to_z(browser: Browser, address: str, guide: Guide) -> None:
    for width in (NARROW, WIDE):
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}aftercare/sun/?q=scars")
        for part in (".mg-search__open", "input[name=q]", ".mg-search__panel"):
            expect(page.locator(part)).to_be_hidden()
        questions = page.locator("a").filter(has_text=guide.library.words["shell"]["search_questions"]).filter(visible=True).first
        expect(questions).to_be_in_viewport(ratio=1)
        questions.click()
        page.wait_for_url("**/about/questions/")
        context.close()


# --- It does no harm ----------------------------------------------------------------------------------------------


def harm_done(page: Page) -> list[str]:
    """What a question has run or put into the panel that is neither text, list nor link."""
    found = page.locator(".mg-search__panel").evaluate("(panel) => [...panel.querySelectorAll('*')].map((each) => each.tagName)")
    return [*(tag for tag in found if tag not in IN_PANEL), *(["it ran"] if page.evaluate("'mgRan' in window") else [])]


@pytest.mark.parametrize("kind", ODD)
def test_whatever_is_typed_runs_nothing_and_the_search_goes_on(kind: str, phone: Page, address: str) -> None:
    faults: list[str] = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    phone.on("request", lambda request: faults.append(request.url) if urlsplit(request.url).netloc != urlsplit(address).netloc else None)
    phone.goto(address)
    ask(phone, ODD[kind])
    assert harm_done(phone) == []
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= NARROW
    phone.goto(f"{address}?q={quote(ODD[kind])}")
    answered(phone, ODD[kind])
    assert harm_done(phone) == []
    expect(ask(phone, "acne scars").locator(".mg-search__link").first).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("markup", MARKUP)
def test_what_the_index_holds_is_shown_as_text(markup: str, phone: Page, address: str) -> None:
    def with_markup(route: Route) -> None:
        index = route.fetch().json()
        index["pages"] = [[place, f"{markup} page"] for place, _ in index["pages"]]
        index["homes"] = [[page, heading, f"{markup} scars", f"{markup} first."] for page, heading, *_ in index["homes"]]
        index["signs"] = [[level, f"{markup} sign"] for level, _ in index["signs"]]
        route.fulfill(json=index)

    phone.route("**/search/index.json", with_markup)
    phone.goto(address)
    panel = ask(phone, "fever")
    shown = {".mg-search__link": "scars", ".mg-search__snippet": "first.", ".mg-search__where": "page"}
    assert {part: panel.locator(part).first.text_content() for part in shown} == {part: f"{markup} {word}" for part, word in shown.items()}
    assert f"{markup} sign" in panel.locator(".mg-search__about").filter(visible=True).text_content()
    assert harm_done(phone) == []


def test_harm_is_noticed(phone: Page, address: str) -> None:
    phone.goto(address)
    ask(phone, "scars").locator(".mg-search__link").first.evaluate("(link, html) => { link.innerHTML = html; window.mgRan = 1; }", MARKUP[0])
    assert harm_done(phone) == ["IMG", "it ran"]


def test_nothing_is_asked_for_before_the_reader_turns_to_the_box_then_only_the_guides_own_files_and_nothing_is_kept(screen: Page, address: str) -> None:
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    screen.goto(address, wait_until="networkidle")
    assert [url for url in asked if "search" in urlsplit(url).path or "stemmer" in url] == []
    before = len(asked)
    ask(screen, "fever")
    new = {urlsplit(url) for url in asked[before:]}
    assert {url.netloc for url in new} == {urlsplit(address).netloc}
    assert any(url.path.endswith("/search/index.json") for url in new) and not any(url.query for url in new)
    ask(screen, "can i wear makeup").locator(".mg-search__link").first.click()
    screen.wait_for_url("**/#makeup")
    assert screen.evaluate(KEPT) == NOTHING
    assert screen.context.cookies() == []
