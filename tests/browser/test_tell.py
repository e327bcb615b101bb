"""Tell the clinic before you book: what a reader ticks becomes a list, and nothing of it leaves the page by itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from axe import HEIGHT
from guide.project import Guide
from tools import TOOLS, reader, scriptless, tab_to  # noqa: F401  two of them are fixtures

TOOL = TOOLS["tell"]
A4 = {"width": 794, "height": 1123}
TALKED_OF = ("pregnancy", "sunburn-tan", "epilepsy")


def opened(reader: BrowserContext, address: str) -> Page:
    """The page, once its script has begun."""
    return TOOL.opened(reader.new_page(), address)


def my_list(page: Page) -> Locator:
    return page.get_by_role("region", name="My list")


def told(page: Page) -> list[str]:
    """The names of the points on the list."""
    return my_list(page).locator(".mg-tell__item-name").all_inner_texts()


def tick(page: Page, *points: str) -> None:
    for point in points:
        page.locator(f"#tell-{point}").check()


def test_without_a_script_every_question_and_what_to_do_stand_there(scriptless: Page, address: str, guide: Guide) -> None:
    page = scriptless
    page.goto(f"{address}{TOOL.path}")
    assert page.get_by_role("checkbox").count() == page.locator(".mg-tell__step:visible").count() == len(guide.library.suitability) == 44
    page.get_by_role("checkbox", name=re.compile("^Epilepsy")).check()
    assert not page.get_by_text("My list", exact=True).filter(visible=True).count()


def test_each_tick_puts_a_point_on_the_list_with_its_question_and_what_to_do(reader: BrowserContext, address: str, guide: Guide) -> None:
    page = opened(reader, address)
    expect(my_list(page)).to_contain_text("Nothing is ticked yet")
    tick(page, *reversed(TALKED_OF))
    assert told(page) == [guide.library.suitability[point].name for point in TALKED_OF], "in the order of the page"
    assert page.locator(".mg-tell__item-do").last.inner_text() == guide.library.suitability["epilepsy"].what_to_do
    assert page.locator(".mg-tell__item-question").nth(1).inner_text() == page.locator("li:has(#tell-sunburn-tan) label span:not([class])").inner_text()
    expect(page.locator("[data-mg-tell-status]")).to_contain_text("Pregnancy: now on your list. What to do: Do you take isotretinoin")
    expect(page.get_by_role("link", name="My list: 3 points").first).to_be_visible()
    page.locator("#tell-epilepsy").uncheck()
    expect(page.locator("[data-mg-tell-status]")).to_have_text("Epilepsy: no longer on your list.")
    assert len(told(page)) == 2
    shown = my_list(page).inner_text().lower()
    assert not re.search(r"suitable|score|risk level|\bsafe\b|you can have|you cannot have", shown), "it gives no verdict"


def test_a_note_outlives_other_ticks_and_its_own_point(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    tick(page, "epilepsy")
    note = page.get_by_role("textbox", name="My own note on this (Epilepsy)")
    note.fill("since 2019")
    tick(page, "pregnancy")
    expect(note).to_have_value("since 2019")
    page.locator("#tell-epilepsy").uncheck()
    tick(page, "epilepsy")
    expect(note).to_have_value("since 2019")


def test_what_to_do_shows_beside_its_tick_and_the_number_where_it_cannot_wait(reader: BrowserContext, other_address: str, other_guide: Guide) -> None:
    page = opened(reader, other_address)
    steps = page.locator(".mg-tell__step:visible")
    assert steps.count() == 0
    number = other_guide.clinic.phones.main.e164
    for point, entry in other_guide.library.suitability.items():
        tick(page, point)
        assert steps.count() == 1
        assert steps.locator(f"a[href='tel:{number}']").count() == entry.call_now, point
        page.locator(f"#tell-{point}").uncheck()


def test_a_mail_is_for_the_second_clinic_on_its_own_page(reader: BrowserContext, other_address: str, other_guide: Guide) -> None:
    page = opened(reader, other_address)
    assert page.locator("[data-mg-share-mail]").get_attribute("href") == f"mailto:{other_guide.clinic.email}"


def test_the_whole_of_it_works_by_keyboard_and_the_focus_is_never_lost(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.on("dialog", lambda dialog: dialog.accept())
    focused = page.locator(":focus")
    tab_to(page, page.locator("#tell-pregnancy"))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    while not focused.evaluate("(at) => at.matches('[type=checkbox], textarea')"):
        page.keyboard.press("Tab")
    expect(focused).to_have_attribute("id", "tell-isotretinoin-now")
    tab_to(page, my_list(page).get_by_role("textbox").first)
    page.keyboard.type("in spring")
    names = []
    while "Clear all" not in names:
        page.keyboard.press("Tab")
        names.append(focused.evaluate("(at) => at.labels?.[0]?.textContent.trim() ?? at.textContent"))
    assert names == ["My note on all of it, such as my medicines and what I hope for", "Print", "Copy", "Send by my mail app", "Clear all"]
    for button, part, said in (("Keep on this device", "keep", "Kept on this device"), ("Forget", "keep", "Forgotten")):
        tab_to(page, page.get_by_role("button", name=button))
        page.keyboard.press("Enter")
        expect(page.locator(f".mg-{part}__status")).to_contain_text(said)
    for _ in ("Keep on this device", "Clear all"):
        page.keyboard.press("Shift+Tab")
    expect(focused).to_have_text("Clear all")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".mg-share__status")).not_to_be_empty()
    tab_to(page, page.get_by_role("button", name="Clear all"))
    page.keyboard.press("Enter")
    expect(my_list(page).get_by_role("heading")).to_be_focused()
    expect(page.locator("[data-mg-tell-status]")).to_have_text("All ticks and notes are gone.")
    assert told(page) == [] and page.locator(":checked[data-mg-point]").count() == 0
    tick(page, "pregnancy")
    assert page.locator(".mg-tell textarea:visible").evaluate_all("(all) => all.map(({ value }) => value)") == ["", ""], "a text to copy by hand is gone as well"


def test_clear_all_asks_first_and_may_be_called_off(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tick(page, *TALKED_OF)
    page.get_by_role("button", name="Clear all").click()
    assert asked == ["Clear all ticks and notes?"] and len(told(page)) == 3


def test_paper_has_the_list_alone_with_notes_as_text_and_no_controls(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    tick(page, *TALKED_OF)
    long = "\n".join(f"line {number}" for number in range(30))
    page.get_by_role("textbox", name="My own note on this (Epilepsy)").fill(long)
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    assert not page.locator("main").locator("button, textarea, input, h1, .mg-call-card, .mg-source-list").filter(visible=True).count()
    assert "line 29" in my_list(page).inner_text() and told(page)[-1] == "Epilepsy"
    assert page.get_by_text("My name").filter(visible=True).count() == 1


def test_paper_with_nothing_ticked_has_all_questions_with_a_box_each_and_no_list(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    page.emulate_media(media="print")
    assert page.locator(".mg-tell__box:visible").count() == page.locator(".mg-tell__step:visible").count() == 44
    expect(my_list(page)).to_be_hidden()


@pytest.mark.parametrize("narrow", [320, 360])
def test_a_phone_has_room_for_all_of_it_and_each_control_is_large_enough_for_a_thumb(narrow: int, reader: BrowserContext, other_address: str) -> None:
    page = opened(reader, other_address)
    page.set_viewport_size({"width": narrow, "height": HEIGHT})
    tick(page, *TALKED_OF)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= narrow
    controls = page.locator(".mg-tell :is(button, textarea, .mg-tell__label, .mg-button, .mg-tell__call a, .mg-tell__to-list a):visible")
    small = controls.evaluate_all("(all) => all.filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)")
    assert controls.count() > 50 and small == []
