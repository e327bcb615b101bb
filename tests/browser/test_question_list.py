"""My questions: a reader ticks, writes, orders, prints, sends and keeps the questions to take along, and nothing leaves the page by itself."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from axe import HEIGHT, NARROW, WIDE, axe_findings
from guide.macros.questions import EXPLAINED, clinic_says
from guide.project import Guide
from test_every_page import KEPT, NOTHING
from tools import TOOLS, reader, scriptless, tab_to  # noqa: F401  two of them are fixtures

TOOL = TOOLS["questions"]
KEY = "mg-questions"
MOST = 300
FIRST, SECOND, THIRD = "Are you insured if I am harmed?", "How deep will you go on my skin, and why?", "What is not in the price?"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script></bdi></li>{{ 7*7 }}"
ITEM, LIST = ".mg-question-list__item", ".mg-question-list__items"
FIELD = "A question of my own"


@pytest.fixture
def tool(reader: BrowserContext, address: str) -> Page:
    """The page about questions with its tool at work; a dialog, which only a script that a reader typed could open, is kept in `window.mgRan`."""
    return opened(reader, address)


def opened(reader: BrowserContext, address: str) -> Page:
    page = reader.new_page()
    page.add_init_script("window.alert = (said) => (window.mgRan = said)")
    return TOOL.opened(page, address)


def asked(guide: Guide) -> list[str]:
    """Every question of the page as a reader sees it."""
    return [EXPLAINED.sub(r"\2", ask) for group in guide.library.questions.values() for ask in group.asks]


def box(page: Page, question: str) -> Locator:
    return page.get_by_role("checkbox", name=f"Take this along: {question}", exact=True)


def take(page: Page, *questions: str) -> None:
    for question in questions:
        box(page, question).check()


def add(page: Page, question: str) -> None:
    page.get_by_label(FIELD).fill(question)
    page.get_by_role("button", name="Add to my questions").click()


def order(page: Page) -> list[str]:
    """The reader's questions as they stand."""
    return page.locator(f"{ITEM} bdi:first-child").filter(visible=True).evaluate_all("(all) => all.filter((each) => each.closest('.mg-question-list__ask')).map((each) => each.textContent)")


def status(page: Page) -> Locator:
    return page.locator(".mg-question-list__status")


# --- Without a script ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clinic", ["shipped", "other"])
def test_without_a_script_each_question_stands_there_with_what_the_clinic_says(clinic: str, scriptless: Page, request: pytest.FixtureRequest) -> None:
    guide = request.getfixturevalue("guide" if clinic == "shipped" else "other_guide")
    address = request.getfixturevalue("address" if clinic == "shipped" else "other_address")
    page = scriptless
    page.goto(f"{address}{TOOL.path}")
    shown = [" ".join(text.split()) for text in page.locator("[data-mg-questions] > li").all_inner_texts()]
    questions = [question for group in guide.library.questions.values() for question in group.questions]
    assert len(shown) == len(questions)
    for text, question in zip(shown, questions, strict=True):
        ask, values = EXPLAINED.sub(r"\2", question.ask), [value for part in clinic_says(guide, question) for value in part.values]
        assert text.startswith(ask)
        assert ("This clinic says:" in text) is bool(values), text
        assert [value for value in values if " ".join(value.split()) not in text] == []
    assert page.locator("main :is(input, textarea, [hidden])").count() == 0
    whole = page.locator("main").inner_text()
    assert FIELD not in whole and "Take this along" not in whole


# --- By keyboard alone --------------------------------------------------------------------------------------------


def test_by_keyboard_alone_a_reader_ticks_orders_removes_and_adds_and_hears_each_change(tool: Page) -> None:
    expect(status(tool)).to_have_text("")  # it stands in the page before it speaks
    for question in (FIRST, SECOND, THIRD):
        tab_to(tool, box(tool, question))
        tool.keyboard.press("Space")
    expect(status(tool)).to_have_text(f"On your list, number 3 of 3: {THIRD}")
    up = tool.get_by_role("button", name=f"Up: {THIRD}", exact=True)
    tab_to(tool, up)
    tool.keyboard.press("Enter")
    expect(status(tool)).to_have_text(f"On your list, number 2 of 3: {THIRD}")
    expect(up).to_be_focused()
    tool.keyboard.press("Alt+ArrowUp")
    expect(status(tool)).to_have_text(f"On your list, number 1 of 3: {THIRD}")
    expect(up).to_be_focused()
    assert order(tool) == [THIRD, FIRST, SECOND]
    expect(up).to_have_attribute("aria-disabled", "true")
    for key in ("Enter", "Alt+ArrowUp"):  # it is the first already
        tool.keyboard.press(key)
        expect(up).to_be_focused()
        assert order(tool) == [THIRD, FIRST, SECOND]
    down = tool.get_by_role("button", name=f"Down: {THIRD}", exact=True)
    tool.keyboard.press("Tab")
    expect(down).to_be_focused()
    tool.keyboard.press("Space")
    assert order(tool) == [FIRST, THIRD, SECOND]
    expect(down).to_be_focused()
    tool.keyboard.press("ArrowDown")  # an arrow without Alt scrolls, as everywhere
    assert order(tool) == [FIRST, THIRD, SECOND]
    tool.keyboard.press("Alt+ArrowDown")
    assert order(tool) == [FIRST, SECOND, THIRD]
    assert tool.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight"), "the focus left the screen"
    tool.keyboard.press("Tab")
    tool.keyboard.press("Enter")  # Remove
    expect(status(tool)).to_have_text(f"Taken off your list: {THIRD}")
    expect(tool.get_by_role("button", name=f"Remove: {SECOND}")).to_be_focused()
    expect(box(tool, THIRD)).not_to_be_checked()
    tool.keyboard.press("Enter")
    expect(tool.get_by_role("button", name=f"Remove: {FIRST}")).to_be_focused()
    tool.keyboard.press("Enter")
    expect(tool.get_by_label(FIELD)).to_be_focused()
    expect(tool.get_by_text("There is nothing here yet")).to_be_visible()
    tool.keyboard.type("Will it hurt?")
    tool.keyboard.press("Tab")
    tool.keyboard.press("Enter")
    expect(status(tool)).to_have_text("On your list, number 1 of 1: Will it hurt?")
    expect(tool.get_by_label(FIELD)).to_be_focused()
    expect(tool.get_by_label(FIELD)).to_have_value("")
    assert order(tool) == ["Will it hurt?"]
    for button, part, said in (("Copy", "share", " "), ("Keep on this device", "keep", "Kept on this device"), ("Forget", "keep", "Forgotten")):
        tab_to(tool, tool.get_by_role("button", name=button))
        tool.keyboard.press("Enter")
        expect(tool.locator(f".mg-{part}__status")).to_contain_text(said)


def test_a_tick_that_is_taken_away_takes_its_question_off_the_list_and_keeps_the_focus(tool: Page) -> None:
    take(tool, FIRST, SECOND)
    box(tool, FIRST).focus()
    tool.keyboard.press("Space")
    assert order(tool) == [SECOND]
    expect(box(tool, FIRST)).to_be_focused()
    expect(status(tool)).to_have_text(f"Taken off your list: {FIRST}")


def test_a_row_that_was_pressed_moves_by_alt_and_an_arrow_as_well(tool: Page) -> None:
    take(tool, FIRST, SECOND)
    tool.locator(".mg-question-list__ask").first.click()
    tool.keyboard.press("Alt+ArrowDown")
    assert order(tool) == [SECOND, FIRST]


def test_a_word_that_explains_itself_stands_in_a_question_to_take_along_without_its_meaning(tool: Page, guide: Guide) -> None:
    boxes = tool.get_by_role("checkbox")
    assert [name.get_attribute("aria-label").removeprefix("Take this along: ") for name in boxes.all()] == asked(guide)
    hard = next(ask for ask in asked(guide) if "off-label" in ask)
    take(tool, hard)
    assert order(tool) == [hard]


# --- A question of one's own --------------------------------------------------------------------------------------


def test_a_question_of_ones_own_has_room_for_300_characters_and_more_is_told_kindly(tool: Page) -> None:
    field, error = tool.get_by_label(FIELD), tool.get_by_role("alert")
    add(tool, "a" * MOST + "b")
    expect(error).to_have_text("Your question has 301 characters, and there is room for 300. Could you make it shorter, or make two of it?")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("a" * MOST + "b")  # nothing is cut or lost
    assert error.get_attribute("id") in field.get_attribute("aria-describedby").split()
    assert order(tool) == []
    add(tool, "   \n ")
    expect(error).to_have_text("Please write your question first.")
    add(tool, "\u200b\u2060\u00ad")  # signs that nobody sees
    expect(error).to_have_text("Please write your question first.")
    add(tool, "\U0001f642" * MOST)  # each is one character to a reader, and two to a script
    expect(error).to_have_text("")
    expect(field).to_have_attribute("aria-invalid", "false")
    assert order(tool) == ["\U0001f642" * MOST]


def test_a_question_that_the_page_has_is_taken_from_there_and_none_stands_twice(tool: Page) -> None:
    add(tool, "Will it hurt?")
    add(tool, f" {FIRST.replace(' ', '  ')}\n")
    expect(box(tool, FIRST)).to_be_checked()
    add(tool, "Will it hurt?")
    assert order(tool) == ["Will it hurt?", FIRST]
    expect(status(tool)).to_have_text("On your list, number 1 of 2: Will it hurt?")


def test_what_a_reader_types_is_text_and_runs_nothing(tool: Page) -> None:
    parts = "document.querySelectorAll('img, script, iframe').length"
    before = tool.evaluate(parts)
    add(tool, MARKUP)
    assert order(tool) == [MARKUP]
    expect(status(tool)).to_have_text(f"On your list, number 1 of 1: {MARKUP}")
    tool.get_by_role("button", name="Remove:").click()
    assert tool.evaluate(parts) == before and tool.evaluate("window.mgRan") is None


# --- Paper, copy, mail --------------------------------------------------------------------------------------------


def test_on_paper_the_list_stands_alone_with_room_for_each_answer(tool: Page) -> None:
    take(tool, SECOND, "What training do you have in needling?")
    tool.emulate_media(media="print")
    shown = tool.locator(".mg-sheet").inner_text()
    assert [words for words in ("My questions", SECOND, "What training", "This clinic says: Example Practitioner", "Whom I talked with", "(202) 555-0142") if words not in shown] == []
    assert [words for words in ("consultation", FIRST, "Take this along", "Up", "Remove", "A question of my own", "Keep", "Copy", "On your list") if words in shown] == []
    assert [part.get_attribute("class") for part in tool.locator("main :is(button, input, textarea, .mg-button)").all() if part.is_visible()] == []
    rooms = tool.locator(ITEM).evaluate_all("(rows) => rows.map((row) => getComputedStyle(row, '::after').blockSize)")
    assert all(float(room.removesuffix("px")) >= 24 for room in rooms), "too little room to write an answer"


def test_on_paper_the_page_is_whole_where_nothing_was_chosen(tool: Page) -> None:
    tool.emulate_media(media="print")
    shown = tool.locator(".mg-sheet").inner_text()
    assert FIRST in shown and "consultation" in shown and "This clinic says" in shown
    assert [words for words in ("Take this along", "There is nothing here yet", FIELD, "Nothing is kept") if words in shown] == []


def test_the_list_is_copied_and_mailed_in_the_readers_order_with_what_the_clinic_says(reader: BrowserContext, address: str) -> None:
    reader.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(reader, address)
    take(page, FIRST, "What training do you have in needling?")
    add(page, "Will it hurt? & what then")
    page.get_by_role("button", name="Up: Will").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied == f"My questions\n\n1. {FIRST}\n\n2. Will it hurt? & what then\n\n3. What training do you have in needling?\n   This clinic says: Example Practitioner, Example qualification"
    mail = page.get_by_role("link", name="Send by my mail app")
    href = mail.evaluate("(mail) => { mail.addEventListener('click', (event) => event.preventDefault(), { once: true }); mail.click(); return mail.href; }")
    assert re.match(r"mailto:front-desk@example\.com\?subject=My%20questions&body=My%20questions%0D%0A%0D%0A1\.%20Are", href)
    assert "%26%20what%20then" in href


# --- What is kept, and what is sent -------------------------------------------------------------------------------


def test_a_list_is_kept_once_the_reader_asks_and_gone_once_they_ask_for_that(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    take(page, FIRST, SECOND)
    page.get_by_role("button", name="Keep on this device").click()
    add(page, "Will it hurt?")
    page.get_by_role("button", name="Up: Will it hurt?").click()
    page.get_by_role("button", name=f"Remove: {FIRST}").click()
    again = opened(reader, address)
    assert order(again) == ["Will it hurt?", SECOND]
    expect(box(again, SECOND)).to_be_checked()
    expect(box(again, FIRST)).not_to_be_checked()
    again.get_by_role("button", name="Forget").click()
    assert again.evaluate(KEPT) == NOTHING
    assert order(opened(reader, address)) == []


def test_a_question_that_was_kept_and_that_the_page_no_longer_asks_stays_as_ones_own_and_runs_nothing(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, json.dumps({"questions": {"asks": [MARKUP, FIRST, FIRST]}})])
    page.reload()
    page.get_by_role("heading", name="My questions").wait_for()
    assert order(page) == [MARKUP, FIRST]
    assert page.evaluate("window.mgRan") is None


# --- Looks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, NARROW, WIDE])
def test_a_question_without_a_space_does_not_run_out_of_the_screen(width: int, tool: Page) -> None:
    tool.set_viewport_size({"width": width, "height": HEIGHT})
    add(tool, "W" * MOST)
    assert tool.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    beyond = "(tool) => [...tool.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > tool.getBoundingClientRect().right + 1).map((part) => part.outerHTML.slice(0, 80))"
    assert tool.locator(".mg-question-list").evaluate(beyond) == []


# --- The second clinic --------------------------------------------------------------------------------------------


def test_the_second_clinics_answers_go_along_as_typed_and_run_nothing(reader: BrowserContext, other_address: str, other_guide: Guide) -> None:
    page = opened(reader, other_address)
    clinic = other_guide.clinic
    take(page, *asked(other_guide))
    said = " ".join(page.locator(LIST).inner_text().split())
    values = [clinic.price, clinic.complaints, clinic.phones.after_hours.text, *(device.licence for device in clinic.devices), *(person.qualification for person in clinic.practitioners)]
    assert [value for value in values if " ".join(value.split()) not in said] == []
    assert page.locator(f"{LIST} :is(img, script, skin, b, h1)").count() == 0 and page.evaluate("window.mgRan") is None
    assert page.locator(f"{LIST} a:not([href^='tel:'])").count() == 0
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe_findings(page) == []
    page.get_by_role("button", name=f"Down: {asked(other_guide)[0]}").click()
    assert order(page)[:2] == [asked(other_guide)[1], asked(other_guide)[0]]
