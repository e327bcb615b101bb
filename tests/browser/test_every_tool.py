"""Every tool, in each state that a reader brings it into: it fits a phone, axe finds nothing, the keyboard is seen, paper loses nothing, and nothing is sent or kept."""

from __future__ import annotations

import io
import re
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from axe import in_all_settings
from test_access import SMALL_ACTIONS
from test_every_page import KEPT, NOTHING
from test_keyboard import faults_of, walk
from test_narrow import in_settings
from test_print import BEYOND, CLIPPED, PAPER_WIDTH, SHUT, at_the_edge, read_back, squeezed
from tools import CONTROLS, OWN_WORDS, STATES, TOOLS, Record, filled_in, keep, press, reader, recorded, scriptless  # noqa: F401  two of them are fixtures

ACTIONS = "main :is([data-mg-tool] button, .mg-button, input:not([type=checkbox], [type=radio]), textarea, label:has(input), input + label)"
ON_SCREEN_ONLY = "main :is(input:not([type=checkbox]), select, textarea, button:not([popovertarget]), .mg-button, .mg-share, .mg-keep)"  # on paper a box can be ticked, and a word that explains itself is a word
FULLEST = [(name, list(tool.states)[-1]) for name, tool in TOOLS.items()]


@pytest.fixture
def page(reader: BrowserContext) -> Page:
    """A page on the reader's phone."""
    return reader.new_page()


def test_the_tools_are_all_that_a_page_asks_to_be_filled_in(site: Path) -> None:
    found = {}
    for file in site.rglob("*.html"):
        parts = [part for main in html5lib.parse(file.read_text(encoding="utf-8")).iter() if main.tag.endswith("}main") for part in main.iter()]
        named = [part.attrib["data-mg-tool"] for part in parts if "data-mg-tool" in part.attrib]
        fields = [part for part in parts if re.search(r"\}(input|select|textarea)$", part.tag)]
        if named or fields:
            found[file.parent.relative_to(site).as_posix() + "/"] = named
    assert found == {tool.path: [name] for name, tool in TOOLS.items()}, "tests/browser/tools.py has the tools that are tried"


# --- How it looks, on a screen, by keyboard and on paper -----------------------------------------------------------


@pytest.mark.parametrize(("name", "state"), STATES)
def test_axe_finds_nothing(name: str, state: str, page: Page, address: str) -> None:
    assert in_all_settings(TOOLS[name].brought(page, address, state)) == []


@pytest.mark.parametrize("name", TOOLS)
def test_axe_finds_nothing_where_the_script_does_not_come(name: str, page: Page, address: str) -> None:
    page.route("**/tools/*.js", lambda route: route.abort())
    page.goto(f"{address}{TOOLS[name].path}", wait_until="networkidle")
    assert page.locator(TOOLS[name].begun).filter(visible=True).count() == 0
    assert in_all_settings(page) == []


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_phone_has_room_for_all_of_it_and_each_control_is_large_enough_for_a_thumb(name: str, state: str, page: Page, address: str) -> None:
    TOOLS[name].brought(page, address, state)
    assert page.locator(ACTIONS).filter(visible=True).count() > 3
    assert page.evaluate(SMALL_ACTIONS, [ACTIONS, 44]) == []
    assert {setting: faults for setting, faults in in_settings(page) if faults} == {}


@pytest.mark.parametrize("name", TOOLS)
def test_without_a_script_a_phone_has_room_for_all_of_it_and_nothing_waits_to_be_pressed(name: str, scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}{TOOLS[name].path}")
    assert {setting: faults for setting, faults in in_settings(scriptless) if faults} == {}
    assert scriptless.locator("main :is(button:not([popovertarget]), textarea, select, input:not([type=checkbox]))").filter(visible=True).count() == 0


@pytest.mark.parametrize(("name", "state"), FULLEST)
def test_the_tab_key_walks_through_it_in_its_order_and_the_focus_is_always_seen(name: str, state: str, page: Page, address: str) -> None:
    TOOLS[name].brought(page, address, state)
    page.locator(".md-skip").focus()
    stops = walk(page)
    assert faults_of(stops) == []
    assert len(stops) > page.locator(CONTROLS).and_(page.locator(":not([type=radio])")).filter(visible=True).count()


def on_paper(page: Page, size: str) -> dict[str, object]:
    """What is wrong with a page as it comes out of the printer: what is lost, clipped, too near the edge, or of use on a screen alone."""
    sides = [read_back(sheet) for sheet in PdfReader(io.BytesIO(page.pdf(format=size))).pages]
    text = "".join(side.text for side in sides)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    page.add_style_tag(content=".mg-hidden { display: none !important }")  # what is for ears alone is not for paper
    words = page.locator(".mg-page").inner_text().split()
    found = {
        "lost": [word for word in words if squeezed(word) not in text],
        "near the edge": at_the_edge(sides),
        "clipped": page.evaluate(CLIPPED),
        "shut": page.evaluate(SHUT),
        "beyond": page.evaluate(BEYOND),
        "to press": page.locator(ON_SCREEN_ONLY).filter(visible=True).evaluate_all("(all) => all.map((each) => each.outerHTML.slice(0, 80))"),
    }
    return {name: fault for name, fault in found.items() if fault}


@pytest.mark.parametrize(("name", "state"), STATES)
def test_paper_loses_nothing_and_has_nothing_to_press(name: str, state: str, page: Page, address: str) -> None:
    assert on_paper(TOOLS[name].brought(page, address, state), "A4") == {}


@pytest.mark.parametrize(("name", "state"), FULLEST)
def test_letter_loses_nothing_either(name: str, state: str, page: Page, address: str) -> None:
    assert on_paper(TOOLS[name].brought(page, address, state), "Letter") == {}


@pytest.mark.parametrize("name", ["tell", "matters"])
def test_words_of_ones_own_are_printed_to_their_last_line(name: str, page: Page, address: str) -> None:
    TOOLS[name].brought(page, address, "result")
    text = "".join(read_back(sheet).text for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert [line for line in OWN_WORDS.splitlines() if squeezed(line) not in text] == []


# --- What leaves the page ------------------------------------------------------------------------------------------


def whole_way(page: Page, name: str, address: str) -> Record:
    """All that a reader can do with a tool, but for having it keep something; recorded from where it opens."""
    tool = TOOLS[name].opened(page, address)
    record = recorded(tool)
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("() => { window.print = () => {}; addEventListener('click', (event) => event.target.closest('a[href^=mailto]') && event.preventDefault()) }")
    for bring_about in [bring_about for bring_about in TOOLS[name].states.values() if bring_about is not keep]:
        bring_about(page)
        for way_out in page.locator("[data-mg-share-print], [data-mg-share-copy], [data-mg-share-mail], [data-mg-plan=save]").filter(visible=True).all():
            way_out.click()
    for button in page.locator("[data-mg-keep-forget], [data-mg-clear], [data-mg-tell-clear], [data-mg-remove], .mg-healing-days__all").filter(visible=True).all()[::-1]:
        button.click()
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    return record


@pytest.mark.parametrize("name", TOOLS)
def test_over_the_whole_way_nothing_is_sent_or_kept_or_put_into_the_address(name: str, page: Page, address: str) -> None:
    record = whole_way(page, name, address)
    assert record.found() == []
    assert page.url.partition("#")[0] == f"{address}{TOOLS[name].path}"
    page.reload()
    TOOLS[name].wait(page)
    assert page.evaluate(KEPT) == NOTHING
    assert filled_in(page) == []


@pytest.mark.parametrize("name", [name for name, tool in TOOLS.items() if tool.keeps])
def test_what_is_kept_on_the_device_stands_under_one_name_and_forget_leaves_nothing(name: str, page: Page, address: str) -> None:
    tool = TOOLS[name].opened(page, address)
    record = recorded(tool)
    for bring_about in TOOLS[name].states.values():
        bring_about(page)
    expect(page.locator(".mg-keep__status")).to_contain_text("Kept on this device")
    assert record.found(f"mg-{name}") == []
    assert record.kept() == {f"mg-{name}"} and page.evaluate(KEPT) == {**NOTHING, "local": [f"mg-{name}"]}
    press(page, "Forget")
    assert page.evaluate(KEPT) == NOTHING
    expect(page.locator(".mg-keep__status")).to_contain_text("Forgotten")


# --- The checks notice what they are for ---------------------------------------------------------------------------

SENT_OR_KEPT = {
    "http://one.invalid/": "await fetch('http://one.invalid/').catch(() => {})",
    "http://two.invalid/": "await new Promise((done) => { const picture = new Image(); picture.onerror = done; picture.src = 'http://two.invalid/' })",
    "WebSocket(ws://three.invalid/": "new WebSocket('ws://three.invalid/')",
    "sendBeacon(http://four.invalid/": "navigator.sendBeacon('http://four.invalid/', 'typed')",
    "storage: five": "localStorage.setItem('five', '1'); localStorage.removeItem('five')",
    "storage: six": "sessionStorage.six = '1'; delete sessionStorage.six",
    "local: ['seven']": "localStorage.seven = '1'",
    "cookie(eight=1": "document.cookie = 'eight=1; max-age=0'",
    "cookie: nine": "await cookieStore.set('nine', '1')",
    "open(ten": "indexedDB.open('ten')",
    "open(eleven": "await caches.open('eleven')",
    "replaceState": "history.replaceState(null, '', '?typed'); history.replaceState(null, '', location.pathname)",
    "state: ": "history.pushState({ typed: 1 }, '')",
    "address: ?typed": "history.pushState(null, '', '?typed')",
    "address: #typed": "location.hash = 'typed'",
    "name(typed": "window.name = 'typed'; window.name = ''",
    "the tab's name: typed": "window.name = 'typed'",
    "BroadcastChannel(typed": "new BroadcastChannel('typed')",
    "RTCPeerConnection": "new RTCPeerConnection()",
    "getDirectory": "navigator.storage.getDirectory()",
}


@pytest.mark.parametrize("told", SENT_OR_KEPT)
def test_what_is_sent_or_kept_is_noticed_even_if_it_is_taken_back(told: str, page: Page, address: str) -> None:
    record = recorded(TOOLS["day"].opened(page, address))
    assert record.found() == []
    page.evaluate(f"async () => {{ {SENT_OR_KEPT[told]} }}")
    assert [found for found in record.found() if found.startswith(told)]


def test_what_the_reader_has_kept_is_told_from_the_rest(page: Page, address: str) -> None:
    record = recorded(TOOLS["day"].opened(page, address))
    page.evaluate("() => { localStorage.one = '1'; localStorage.two = '2' }")
    assert record.found("one") == ["storage: two", "local: ['two']"]


NOT_FOR_PAPER = {
    "to press": ".mg-keep { display: block !important }",
    "clipped": ".mg-tell__said { block-size: 1em; overflow: hidden }",
    "beyond": ".mg-tell__item { white-space: nowrap }",
    "lost": ".mg-tell__item-name { clip-path: inset(50%) }",
    "near the edge": "@page { margin: 0 !important } @page :first { margin: 0 !important }",
}


@pytest.mark.parametrize("fault", NOT_FOR_PAPER)
def test_what_paper_loses_is_noticed(fault: str, page: Page, address: str) -> None:
    TOOLS["tell"].brought(page, address, "result")
    page.add_style_tag(content=f"@media print {{ {NOT_FOR_PAPER[fault]} }}")
    assert fault in on_paper(page, "A4")
