"""What day is it: the day that a reader picks comes first and alone, and warning signs are in sight whatever the day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from axe import HEIGHT
from guide.project import Guide
from tools import TOOLS, reader, scriptless, tab_to  # noqa: F401  two of them are fixtures

TOOL = TOOLS["day"]
WINDOW = ".mg-healing-days__window"
LEFT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CARDS = "article > .admonition:is(.emergency, .urgent)"


@pytest.fixture
def days(reader: BrowserContext, address: str) -> Page:
    """The page, with the days to pick."""
    return TOOL.opened(reader.new_page(), address)


def pick(page: Page, day: str) -> None:
    page.get_by_role("radio", name=day, exact=True).check()


def names(page: Page) -> list[str]:
    return page.locator(f"{WINDOW} h3").all_inner_texts()


def in_full(page: Page) -> list[str]:
    """The days of which every level is in sight; else it says which is not."""
    return [window.locator("h3").inner_text() for window in page.locator(WINDOW).all() if all(level.is_visible() for level in window.locator(".mg-level").all())]


def labels(guide: Guide) -> list[str]:
    return [window.label for window in guide.library.healing.values()]


def test_nothing_picked_shows_every_day_in_its_order(days: Page, guide: Guide) -> None:
    assert names(days) == in_full(days) == labels(guide)
    assert days.locator("input[name=mg-day]:checked").count() == 0
    assert days.locator(".mg-healing-days__all, .mg-healing-days__show").filter(visible=True).count() == 0
    assert days.locator("input[name=mg-day]").count() == sum(len(window.picks) for window in guide.library.healing.values())


def test_each_day_that_is_picked_comes_first_and_alone_with_its_care_and_the_signs_stay_in_sight(days: Page, guide: Guide) -> None:
    for window in guide.library.healing.values():
        for day in window.picks:
            pick(days, day)
            first = days.locator(WINDOW).first
            assert names(days) == [window.label, *(label for label in labels(guide) if label != window.label)]
            assert in_full(days) == [window.label]
            assert first.locator(".mg-level").count() == 4
            for kind in ("usual", "call", "help-now"):
                expect(first.locator(f".mg-level--{kind}")).to_be_visible()
            expect(days.locator(".mg-healing-days__status")).to_contain_text(f"Now first: {day}.")
            assert [card.is_visible() for card in days.locator(CARDS).all()] == [True, True]
    numbers = days.locator(f"{CARDS} a[href^='tel:'], .mg-call-card a[href^='tel:']").filter(visible=True).evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert {f"tel:{guide.country.emergency.number}", f"tel:{guide.clinic.phones.main.e164}"} <= set(numbers)
    assert days.locator(f"details {CARDS}, details .mg-healing-days").count() == 0


def test_a_folded_day_opens_by_one_press_and_all_come_back_by_one(days: Page, guide: Guide) -> None:
    pick(days, "Day two")
    other = days.get_by_role("button", name=f"Show: {labels(guide)[0]}")
    other.press("Enter")
    assert in_full(days) == [labels(guide)[2], labels(guide)[0]]
    expect(days.locator(f"{WINDOW} h3").nth(1)).to_be_focused()
    days.get_by_role("button", name="Show all days").press("Enter")
    assert names(days) == in_full(days) == labels(guide)
    assert days.locator("input[name=mg-day]:checked").count() == 0
    expect(days.get_by_role("radio", name="Day two")).to_be_focused()
    expect(days.locator(".mg-healing-days__status")).to_have_text(guide.words["day"]["all_shown"])


def test_days_are_picked_by_keyboard_alone(days: Page, guide: Guide) -> None:
    tab_to(days, days.locator("input[name=mg-day]").first)
    days.keyboard.press("Space")
    assert in_full(days) == labels(guide)[:1]
    for _ in range(3):
        days.keyboard.press("ArrowDown")
    assert in_full(days) == [labels(guide)[2]]
    expect(days.locator("input[name=mg-day]:checked")).to_be_focused()
    days.keyboard.press("Tab")
    expect(days.get_by_role("button", name="Show all days")).to_be_focused()
    tab_to(days, days.get_by_role("button", name=f"Show: {labels(guide)[0]}"))
    days.keyboard.press("Space")
    assert in_full(days) == [labels(guide)[2], labels(guide)[0]]


def test_without_a_script_every_day_stands_in_full_and_a_list_of_links_leads_to_each(scriptless: Page, address: str, guide: Guide) -> None:
    scriptless.goto(f"{address}{TOOL.path}")
    assert names(scriptless) == in_full(scriptless) == labels(guide)
    assert scriptless.locator(".mg-healing-days__find a").filter(visible=True).count() == len(labels(guide))
    assert scriptless.locator("input[name=mg-day]").count() == 0


def test_paper_shows_the_day_that_was_picked_or_else_all_and_no_controls(days: Page, guide: Guide) -> None:
    days.emulate_media(media="print")
    assert in_full(days) == labels(guide)
    days.emulate_media(media="screen")
    pick(days, "Day seven")
    days.emulate_media(media="print")
    assert [window.locator("h3").inner_text() for window in days.locator(WINDOW).filter(visible=True).all()] == [labels(guide)[3]]
    assert days.locator(".mg-healing-days__tool :is(input, button, fieldset)").filter(visible=True).count() == 0
    assert all(card.is_visible() for card in days.locator(CARDS).all())


def test_the_second_clinic_has_its_own_times_on_the_smallest_phone(browser: Browser, other_address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": HEIGHT})
    page = TOOL.opened(context.new_page(), other_address)
    pick(page, "Day two")
    told = page.locator(WINDOW).first.inner_text()
    assert "Leave make-up off for 36 hours" in told and "this guide says 24 hours" in told
    assert page.evaluate(LEFT) <= 0
    context.close()
