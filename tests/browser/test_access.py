"""What axe does not see: the keyboard, screen readers, large text, forced colours and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from guide.project import Guide
from test_every_page import HEIGHT, NARROW, PATHS, WIDE
from test_search import ask

A4, LETTER, MARGIN = 794, 816, 60  # widths, and the margin of 16 mm, at 96 pixels to the inch
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a[href], button, summary, input, [tabindex]")]
  .filter((target) => target.checkVisibility() && !target.matches(".md-skip, .mg-cite a"))  // a mark stands in a sentence
  .filter((target) => !/^(P|LI|DD|TD|TH|SUP)$/.test(target.parentElement.tagName) || target.parentElement.textContent.trim() === target.textContent.trim())
  .filter((target) => Math.min(target.getBoundingClientRect().height, target.getBoundingClientRect().width) < least)
  .map((target) => target.outerHTML.slice(0, 90))"""
SMALL_ACTIONS = """([actions, least]) => [...document.querySelectorAll(actions)]
  .filter((action) => action.checkVisibility() && action.getBoundingClientRect().height < least)
  .map((action) => action.outerHTML.slice(0, 90))"""
MAIN_ACTIONS = ".mg-call-card__number a, .mg-call-card__emergency a, .mg-healing-days__find a, .mg-header__control, .mg-menu__worried a, .mg-search__query, .mg-search__go, .mg-search__page > .mg-search__link, .mg-search__nearest a, .mg-search__calls a, .mg-search__all a, .mg-scheme__choice, .mg-next__link--next, .mg-on-this-page summary"
# Page, element, part, property. In forced colours each of these must stand out from its ground.
MARKS = [
    ("aftercare/first-days/", ".mg-care-steps__kind", "::before", "backgroundColor"),
    ("aftercare/first-days/", ".mg-call-card", "", "borderTopColor"),
    ("aftercare/first-days/", ".mg-call-card__emergency a", "::before", "backgroundColor"),
    ("aftercare/when-to-call/", ".mg-warning-signs", "", "borderTopColor"),
    ("aftercare/when-to-call/", ".mg-warning-signs__level", "::before", "backgroundColor"),
    ("aftercare/is-this-normal/", ".mg-healing-days__title", "::before", "backgroundColor"),
    ("aftercare/is-this-normal/", ".mg-healing-days .mg-level--help-now", "", "borderTopColor"),
    ("decide/is-it-for-me/", ".mg-ask-first__what-to-do", "::before", "backgroundColor"),
    ("understand/what-it-can-help/", ".mg-certainty__bars", "", "borderBottomColor"),
    ("understand/what-it-can-help/", ".mg-side [aria-current]", "", "borderLeftColor"),
    ("understand/what-it-can-help/", ".mg-next__link--next", "::after", "backgroundColor"),
]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at phone width that does not move by itself."""
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", "404.html", "aftercare/first-days/"])
def test_the_first_stop_leads_past_the_lists_of_pages(path: str, page: Page, address: str) -> None:
    page.goto(f"{address}{path}")
    page.keyboard.press("Tab")
    assert page.locator(".md-skip").evaluate("(link) => link === document.activeElement"), "write a skip link first"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_words_meaning_closes_by_escape_and_when_the_keyboard_goes_on(phone: Page, address: str) -> None:
    phone.goto(f"{address}understand/how-it-works/")
    word = phone.locator("button[popovertarget]").first
    meaning = phone.locator(f"[id='{word.get_attribute('popovertarget')}']")
    for key in ("Escape", "Tab"):
        word.focus()
        phone.keyboard.press("Enter")
        expect(meaning).to_be_visible()
        expect(word).to_be_focused()
        phone.keyboard.press(key)
        expect(meaning).to_be_hidden()


def parts_heard(heard: str) -> tuple[int, ...]:
    """How many column headers, row headers and cells a screen reader hears; a cell with a colon stands in quotes."""
    return tuple(len(re.findall(rf"- '?{part}\b", heard)) for part in ("columnheader", "rowheader", "cell"))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_table_is_a_table_to_a_screen_reader_stacked_or_not(width: int, phone: Page, address: str) -> None:
    phone.set_viewport_size({"width": width, "height": HEIGHT})
    phone.goto(f"{address}understand/what-it-can-help/")
    table = phone.locator(".mg-concerns-table")
    heard = table.aria_snapshot()
    caption = table.locator("caption").inner_text()
    assert re.match(rf'- table "{re.escape(caption)}"', heard), heard[:100]
    rows = table.locator("tbody tr").count()
    assert parts_heard(heard) == (4, rows, rows * 3)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_table_that_markdown_writes_has_a_name_and_says_each_column_in_its_cells(width: int, scripts: bool, browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}aftercare/is-this-normal/")
    table = page.locator("article table").first
    columns = table.locator("thead th").all_text_contents()
    rows = table.locator("tbody tr").count()
    heard = table.aria_snapshot()
    assert re.match(r'- table "[^"]+"', heard), f"no name: {heard[:100]}"
    assert parts_heard(heard) == (len(columns), rows, rows * (len(columns) - 1))
    labels = table.locator("tbody tr").first.locator("td").evaluate_all("(cells) => cells.map((cell) => cell.dataset.label)")
    assert labels == columns[1:]
    shown = table.locator("td").first.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert (columns[1] in shown) is (width == NARROW), "a narrow screen shows a card for each row, a wide one a table"
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_what_one_taps_is_large_enough_for_a_thumb(path: str, phone: Page, address: str) -> None:
    phone.goto(f"{address}{path}")
    for width in (NARROW, WIDE):
        phone.set_viewport_size({"width": width, "height": HEIGHT})
        assert phone.evaluate(SMALL_TARGETS, 24) == [], f"under 24 pixels at {width}"
        assert phone.evaluate(SMALL_ACTIONS, [MAIN_ACTIONS, 44]) == [], f"main actions under 44 pixels at {width}"


@pytest.mark.parametrize("question", ["scars", "fever", "qzxv"])
def test_what_one_taps_in_the_search_is_large_enough_for_a_thumb(question: str, phone: Page, address: str) -> None:
    phone.goto(address)
    for width in (NARROW, WIDE):
        phone.set_viewport_size({"width": width, "height": HEIGHT})
        assert ask(phone, question).locator("a").filter(visible=True).count() > 3
        assert phone.evaluate(SMALL_TARGETS, 24) == [], f"under 24 pixels at {width}"
        assert phone.evaluate(SMALL_ACTIONS, [MAIN_ACTIONS, 44]) == [], f"main actions under 44 pixels at {width}"


def test_what_is_too_small_for_a_thumb_is_found(phone: Page, address: str) -> None:
    phone.goto(f"{address}404.html")
    assert phone.locator(MAIN_ACTIONS).count()
    phone.add_style_tag(content="a, button, summary { min-block-size: 0 !important; padding: 0 !important; line-height: 1 !important; font-size: 10px !important }")
    assert phone.evaluate(SMALL_TARGETS, 24)
    assert phone.evaluate(SMALL_ACTIONS, [MAIN_ACTIONS, 44])


def test_every_mark_is_drawn_in_forced_colours(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    for path, marks in groupby(MARKS, key=lambda mark: mark[0]):
        page.goto(f"{address}{path}")
        marks = list(marks)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, forced_colors="active")
            ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            for _, selector, part, colour in marks:
                mark = page.locator(selector).first.evaluate(f"(element) => getComputedStyle(element, '{part}').{colour}")
                assert mark not in (ground, "rgba(0, 0, 0, 0)"), f"{path}: {selector}{part} has the colour of its ground"
            other = page.locator(".mg-side .mg-journey__link:not([aria-current])").first
            assert other.evaluate("(link) => getComputedStyle(link).borderLeftColor") == ground, "only the page that is open is marked"


def test_each_sheet_has_the_clinics_number_and_everything_opened(page: Page, address: str, guide: Guide) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for path in ("aftercare/first-days/", "aftercare/when-to-call/", "decide/is-it-for-me/", "understand/what-it-can-help/", "about/the-clinic/"):
        page.goto(f"{address}{path}")
        line = page.locator(".mg-print-line")
        assert line.evaluate("(line) => getComputedStyle(line).display") == "table-header-group", "the head of a table comes back on each sheet"
        said = line.inner_text()
        assert guide.clinic.name in said and guide.clinic.phones.main.display in said and path in said
        assert all(note.is_visible() for note in page.locator(".mg-term__note").all()), f"{path}: a word's meaning is missing on paper"
        ink = page.evaluate("[document.body, ...document.querySelectorAll('.mg-warning-signs__head, .mg-call-card')].map((part) => getComputedStyle(part).color)")
        assert set(ink) == {"rgb(0, 0, 0)"}, f"{path}: not black on white"
        for paper in (A4, LETTER):
            page.set_viewport_size({"width": paper - 2 * MARGIN, "height": HEIGHT})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= paper - 2 * MARGIN, f"{path}: wider than the paper"


def test_the_search_index_that_the_header_names_is_in_the_site(site: Path) -> None:
    for page in ("index.html", "aftercare/first-days/index.html"):
        there = (site / page).parent / re.search(r'data-mg-index="([^"]+)"', (site / page).read_text(encoding="utf-8"))[1]
        assert there.is_file(), f"overrides/shell/header.html names {there.name}, which guide/publish/search.py does not write"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browsers_own_frame_has_the_colour_of_the_page(scheme: str, browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    told = page.locator(f"meta[name='theme-color'][media*='{scheme}']").get_attribute("content")
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mg-colour-paper')")
    assert told == paper, "overrides/main.html repeats --mg-colour-paper of docs/assets/css/tokens.css"
    context.close()
