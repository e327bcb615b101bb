"""My plan: whole without a script; with one, each step has its date, faults are told at their field, and nothing leaves the page."""

from __future__ import annotations

import gzip
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import rjsmin
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from conftest import ROOT
from guide.macros.plan import COURSE, MONTH_FIRST, SINGLE, my_plan
from guide.project import Guide
from test_every_page import KEPT, NOTHING
from test_print import MOST_SIDES, SIZES, at_the_edge, read_back, squeezed
from tools import TOOLS, fill_date, on_phone, reader, scriptless, tab_to  # noqa: F401  two of them are fixtures

TOOL = TOOLS["plan"]
MOST_BYTES = 5300


@pytest.fixture
def plan(reader: BrowserContext, address: str) -> Page:
    """The page with its forms shown. Its reader is in New York, on 4 January 2027."""
    return opened(reader, address)


def opened(reader: BrowserContext, address: str) -> Page:
    return TOOL.opened(reader.new_page(), address)


def form(page: Page, name: str) -> Locator:
    return page.locator(f"form[data-mg-plan={name}]")


def fill(page: Page, day: str, month: str, year: str, hour: str = "", name: str = "visit") -> None:
    """Fill a form and press its button."""
    fill_date(page, name, day=day, month=month, year=year, **({"hour": hour} if name == "visit" else {}))
    form(page, name).get_by_role("button").click()


def said(page: Page, nth: int = 0) -> str:
    return page.locator(".mg-my-plan__said").nth(nth).inner_text()


def day_of(page: Page, step: str) -> str:
    """The heading below which a step stands."""
    return page.locator(f"[data-mg-step={step}]").locator("xpath=ancestor::li[contains(@class,'mg-my-plan__day')]/p").evaluate("(line) => line.firstChild.textContent")


# The plain page


def test_without_a_script_every_step_stands_there_in_the_order_of_its_time(scriptless: Page, address: str, guide: Guide) -> None:
    page = scriptless
    page.goto(f"{address}{TOOL.path}")
    shown = page.locator("[data-mg-step]").evaluate_all("(all) => all.map((item) => item.dataset.mgStep)")
    steps = [step for step in guide.library.care if step not in (SINGLE, COURSE)]
    assert sorted(shown) == sorted([*steps, *guide.library.healing, "leave-skin", "leave-day"])
    assert page.locator("[data-mg-event]").count() == 3
    moments = page.locator(".mg-my-plan__when").all_inner_texts()
    places = [moments.index(words) for words in ("When you book", "6 months before", "7 days before", "24 hours before", "The day itself", "From the first hour on", "24 hours after", "3 days after", "4 weeks after", "3 months after")]
    assert places == sorted(places)


def test_no_prescribed_medicine_is_ordered_to_stop(guide: Guide) -> None:
    """Each line that stops something a doctor may have prescribed says whom to ask, in the same step."""
    for step in guide.library.care.values():
        if re.match(r"(stop|no|leave)\b", step.calendar or "") and step.part in ("Creams", "Medicines"):
            assert re.search(r"you buy|unless a doctor|vitamin C", step.calendar), step.id
            assert step.id == "vitamin-c-before" or re.search(r"prescri|doctor", step.advice_when_set or step.advice), step.id


def test_every_step_with_a_time_has_words_for_a_calendar_that_do_not_say_needling(guide: Guide) -> None:
    timed = [step for step in guide.library.care.values() if (step.time or step.advice_when_set) and step.stage != "on-the-day" and step.id not in (SINGLE, COURSE)]
    assert [step.id for step in timed if not step.calendar] == [], "add `calendar` to these in data/care.yml"
    assert [step.id for step in timed if re.search(r"needl|skinpen|scar", step.calendar, re.I)] == []
    assert max(len(step.calendar) for step in timed) <= 75


def test_the_month_comes_first_where_people_write_it_first_and_the_clinics_own_times_are_counted(guide: Guide, other_guide: Guide) -> None:
    names = lambda drawn: re.findall(r'name="(day|month|year)"', drawn)[:3]  # noqa: E731  two uses below
    assert guide.clinic.country in MONTH_FIRST and names(my_plan(guide, on={})) == ["month", "day", "year"]
    other = my_plan(other_guide, on={})
    assert names(other) == ["day", "month", "year"] and 'data-mg-locale="en-GB"' in other
    greek = replace(guide, clinic=guide.clinic.model_copy(update={"country": "GR"}))
    assert names(my_plan(greek, on={})) == ["day", "month", "year"] and 'data-mg-locale="en-GB"' in my_plan(greek, on={})
    assert re.search(r'data-mg-step="retinoids-before"[^>]* data-mg-amount="-5" data-mg-unit="day"', other)
    assert re.search(r'data-mg-step="make-up-after"[^>]* data-mg-amount="36" data-mg-unit="hour"', other)


# Dates


def test_each_step_gets_its_date_and_today_is_marked(plan: Page) -> None:
    fill(plan, "31", "Jan", "2027")
    assert day_of(plan, "retinoids-before") == "Sunday, January 24, 2027"
    assert day_of(plan, "isotretinoin-wait") == "Friday, July 31, 2026"
    assert day_of(plan, "bare-skin") == "Sunday, January 31, 2027"
    assert day_of(plan, "make-up-after") == "Monday, February 1, 2027", "hours in whole days, up"
    assert day_of(plan, "results") == "Friday, April 30, 2027", "the last day of a month that is too short"
    assert "in 27 days" in said(plan) and "whole days" in said(plan) and "call the clinic" in said(plan)
    today = plan.locator(".mg-my-plan__day--today")
    assert today.count() == 1 and "January 4, 2027" in today.inner_text() and "Today" in today.inner_text()
    plan.get_by_role("link", name="Go to today").press("Enter")
    expect(today).to_be_focused()
    assert plan.locator(".mg-my-plan__name .mg-my-plan__mark").count() == 0, "a step that began goes on, so none is called over"
    fill(plan, "4", "1", "2027")
    assert "today" in said(plan)
    assert plan.locator("[data-mg-step]").count() == len(set(plan.locator("[data-mg-step]").evaluate_all("(all) => all.map((item) => item.dataset.mgStep)"))), "a second date loses and doubles nothing"


def test_a_past_day_shows_where_the_reader_is_and_a_far_one_is_asked_about(plan: Page) -> None:
    fill(plan, "1", "1", "2027")
    assert "3 days ago" in said(plan) and "Today" in said(plan) and "year right" not in said(plan)
    assert "3 days after" in plan.locator(".mg-my-plan__day--today").inner_text()
    fill(plan, "4", "10", "2028")
    assert "Is the year right?" in said(plan)
    fill(plan, "4", "6", "2028")
    assert "Is the year right?" not in said(plan)
    fill(plan, "4", "1", "2025")
    assert "Is the year right?" in said(plan)


def test_waits_in_hours_follow_the_hour_of_the_treatment_over_a_change_of_clocks(plan: Page, reader: BrowserContext, other_address: str) -> None:
    fill(plan, "13", "3", "2027", "14:30")  # clocks in New York go forward in the night that follows
    assert day_of(plan, "make-up-after").replace("\u202f", " ") == "Sunday, March 14, 2027, from 3:30 PM", "24 hours, and not 23"
    assert day_of(plan, "exercise-after") == "Tuesday, March 16, 2027", "days are days"
    assert day_of(plan, "alcohol-before") == "Friday, March 12, 2027"
    other = opened(reader, other_address)
    fill(other, "30", "10", "2027", "20:00")  # and in London back
    assert day_of(other, "make-up-after").replace("\u202f", " ") == "Monday, 1 November 2027, from 7:00 am", "36 hours, of which one is there twice"
    assert "your clinic’s own figure" in other.locator("[data-mg-step=make-up-after]").inner_text()


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        (("31", "2", "2027"), "day", "February 2027 has 28 days"),
        (("29", "feb", "2100"), "day", "28 days"),
        (("", "2", "2027"), "day", "from 1 to 31"),
        (("3", "Ju", "2027"), "month", "as a name"),
        (("3", "13", "2027"), "month", "from 1 to 12"),
        (("3", "3", "27"), "year", "four numbers"),
        (("3", "3", "2200"), "year", "four numbers"),
        (("3", "3", "1899"), "year", "four numbers"),
        (("3", "3", "0000"), "year", "four numbers"),
    ],
)
def test_a_date_that_cannot_be_is_told_at_its_field(typed: tuple[str, str, str], field: str, told: str, plan: Page) -> None:
    fill(plan, *typed)
    wrong = form(plan, "visit").locator(f"[name={field}]")
    expect(wrong).to_be_focused()
    assert wrong.get_attribute("aria-invalid") == "true" and form(plan, "visit").locator("[aria-invalid]").count() == 1
    assert told in plan.locator(f"#{wrong.get_attribute('aria-describedby')}").inner_text()
    assert plan.locator(".mg-my-plan--dated").count() == 0
    fill(plan, "29", "Feb.", "2028")
    assert form(plan, "visit").locator("[aria-invalid]").count() == 0 and "February 29, 2028" in said(plan)


def test_an_event_is_counted_back_from_and_too_late_is_told_without_forbidding(plan: Page) -> None:
    fill(plan, "31", "7", "2027", name="event")
    assert "Saturday, July 3, 2027" in said(plan, 1) and "Sunday, January 31, 2027" in said(plan, 1)
    assert "Friday, April 30, 2027" in said(plan, 1), "the last session of a course is judged three months after it"
    assert "too late" not in said(plan, 1)
    fill(plan, "20", "1", "2027", name="event")
    assert said(plan, 1).count("too late") == 3 and said(plan, 1).count("can still choose") == 3
    fill(plan, "1", "2", "2027", name="event")  # four weeks back from it is today
    assert said(plan, 1).count("too late") == 2
    fill(plan, "31", "1", "2027", name="event")  # and from this, yesterday
    assert said(plan, 1).count("too late") == 3
    fill(plan, "20", "2", "2027")
    fill(plan, "1", "3", "2027", name="event")
    assert "later than this" in said(plan, 1) and said(plan, 1).count("too late") == 2
    fill(plan, "10", "1", "2027")
    assert "later than this" not in said(plan, 1), "an earlier treatment is early enough"
    fill(plan, "20", "2", "2027")
    assert "later than this" in said(plan, 1), "whichever is given last"
    fill(plan, "4", "10", "2028", name="event")
    assert "Is the year right?" in said(plan, 1)
    fill(plan, "3", "1", "2027", name="event")
    assert "is past" in said(plan, 1) and "too late" not in said(plan, 1)


# A calendar file, keeping and sharing


def test_the_whole_way_goes_by_keyboard_alone(plan: Page) -> None:
    def keys(*pressed: str) -> None:
        for key in pressed:
            plan.keyboard.press(key) if key[0].isupper() else plan.keyboard.type(key)

    def saved() -> str:
        with plan.expect_download() as file:
            plan.keyboard.press("Enter")
        assert file.value.suggested_filename == "skin-appointment.ics"
        return Path(file.value.path()).read_bytes().decode()

    tab_to(plan, form(plan, "visit").locator("[name=month]"))
    keys("march", "Tab", "32", "Tab", "2027", "Enter")
    expect(form(plan, "visit").locator("[name=day]")).to_be_focused()
    expect(plan.locator("#plan-visit-error")).to_be_visible()
    keys("Backspace", "Backspace", "9", "Enter")
    assert "March 9, 2027" in said(plan)
    tab_to(plan, plan.locator("[data-mg-plan=save]"))
    text = saved()
    assert "SUMMARY:Skin appointment: stop retinol that you buy\r\n" in text and "VALARM" not in text
    keys("Tab", "Space", "Shift+Tab")
    assert saved().count("BEGIN:VALARM") > 20
    tab_to(plan, plan.locator("[data-mg-share-copy]"))
    plan.keyboard.press("Enter")
    expect(plan.locator(".mg-share__status")).not_to_be_empty()
    for button, told in (("Keep on this device", "Kept on this device"), ("Forget", "Forgotten")):
        tab_to(plan, plan.get_by_role("button", name=button))
        plan.keyboard.press("Enter")
        expect(plan.locator(".mg-keep__status")).to_contain_text(told)
    tab_to(plan, form(plan, "event").locator("[name=month]"))
    keys("7", "Tab", "31", "Tab", "2027", "Enter")
    assert "Saturday, July 3, 2027" in said(plan, 1)


def test_an_hour_without_its_minutes_is_told_at_its_field(plan: Page) -> None:
    fill(plan, "9", "3", "2027")
    hour = form(plan, "visit").locator("[name=hour]")
    hour.focus()
    plan.keyboard.type("11")
    plan.keyboard.press("Enter")
    expect(hour).to_be_focused()
    expect(hour).to_have_attribute("aria-invalid", "true")
    assert plan.locator("#plan-visit-error").inner_text().strip()


def test_what_was_typed_is_kept_and_comes_back_and_is_forgotten(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    fill(page, "9", "3", "2027", "10:00")
    fill(page, "9", "9", "2027", name="event")
    page.locator("[data-mg-keep-on]").click()
    page.reload()
    TOOL.wait(page)
    expect(page.locator(".mg-my-plan__said").first).to_contain_text("March 9, 2027")
    expect(page.locator(".mg-my-plan__said").nth(1)).to_contain_text("September 9, 2027")
    page.locator("[data-mg-keep-forget]").click()
    assert page.evaluate(KEPT) == NOTHING


def test_a_date_that_cannot_be_is_kept_without_a_fault_and_can_be_forgotten(reader: BrowserContext, address: str) -> None:
    page = opened(reader, address)
    fill(page, "9", "3", "2027")
    fill(page, "31", "2", "2027")
    page.locator("[data-mg-keep-on]").click()
    page.reload()
    TOOL.wait(page)
    expect(form(page, "visit").locator("[name=day]")).to_have_value("31")
    assert page.locator("[aria-invalid]").count() == 0 and page.evaluate("document.activeElement === document.body"), "nobody has asked yet"
    page.get_by_role("button", name="Forget").click()
    assert page.evaluate(KEPT) == NOTHING


def test_the_copied_text_has_each_day_with_its_steps(reader: BrowserContext, address: str) -> None:
    reader.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(reader, address)
    fill(page, "9", "3", "2027")
    page.locator("[data-mg-share-copy]").click()
    expect(page.locator(".mg-share__status")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("My plan for Tuesday, March 9, 2027")
    assert "Tuesday, March 2, 2027:\nStop retinol that you buy\n" in text and "Your clinic's own instruction wins" in text
    assert "Numbing cream at home. Do not " in text, "a mere topic would read as an order"
    assert "keep taking" in text.casefold(), "what has no day of its own is there too"


def test_the_saved_file_has_the_days_of_the_page_and_says_what_not_to_do(plan: Page) -> None:
    fill(plan, "13", "3", "2027", "14:30")
    with plan.expect_download() as saved:
        plan.locator("[data-mg-plan=save]").click()
    events = {str(event["UID"]).removeprefix("20270313-").partition("@")[0]: event for event in icalendar.Calendar.from_ical(Path(saved.value.path()).read_bytes()).walk("VEVENT")}
    assert len(events) > 20 and events["retinoids-before"]["DTSTART"].dt == date(2027, 3, 6) and events["results"]["DTSTART"].dt == date(2027, 6, 13)
    assert events["make-up-after"]["DTSTART"].dt == datetime(2027, 3, 14, 19, 30, tzinfo=UTC), "24 hours after half past two in New York"
    assert "Numbing cream at home. Do not " in events["visit"]["DESCRIPTION"]
    for name, event in events.items():
        assert len(event["DESCRIPTION"]) > 60 and event["CLASS"] == "PRIVATE" and event["TRANSP"] == "TRANSPARENT", name


@pytest.mark.parametrize(("zone", "said_of_it"), [("Pacific/Auckland", "today"), ("America/New_York", "tomorrow")])
def test_the_day_that_it_is_comes_from_the_readers_own_clock(zone: str, said_of_it: str, browser: Browser, address: str) -> None:
    context = on_phone(browser, zone, datetime(2027, 1, 3, 12, tzinfo=UTC))
    page = opened(context, address)
    fill(page, "4", "1", "2027")
    assert f"January 4, 2027, {said_of_it}." in said(page)
    context.close()


def test_every_field_that_is_wrong_is_told_in_the_order_of_the_fields(plan: Page) -> None:
    fill(plan, "abc", "xyz", "26")
    expect(form(plan, "visit").locator("[name=month]")).to_be_focused()
    assert form(plan, "visit").locator("[aria-invalid]").count() == 3
    told = plan.locator("#plan-visit-error").inner_text()
    assert told.index("month") < told.index("1 to 31") < told.index("four numbers")


def test_a_step_without_a_day_stands_where_it_stood_without_dates(plan: Page) -> None:
    before = plan.locator("[data-mg-part=before] .mg-my-plan__when")
    plain = [line for line in before.all_inner_texts()]
    place = plain.index("In the days before")
    assert 0 < place < len(plain) - 1
    fill(plan, "9", "3", "2027")
    dated = before.all_inner_texts()
    assert dated[0] == "When you book" and dated.index("In the days before") >= place - 1
    assert any(plain[place - 1] in line for line in dated[: dated.index("In the days before")])


# On paper, and in numbers


@pytest.mark.parametrize("clinic", ["address", "other_address"])
def test_the_plan_with_dates_is_printed_on_one_sheet(clinic: str, reader: BrowserContext, request: pytest.FixtureRequest) -> None:
    page = opened(reader, request.getfixturevalue(clinic))
    fill(page, "9", "3", "2027", "14:30")
    fill(page, "1", "4", "2027", name="event")
    names = page.locator(".mg-my-plan__days .mg-my-plan__name").evaluate_all("(all) => all.map((each) => each.firstChild.textContent)")
    days = page.locator(".mg-my-plan__day:has([data-mg-step]) .mg-my-plan__when").evaluate_all("(all) => all.map((each) => each.firstChild.textContent)")  # "today" is not for paper
    of = request.getfixturevalue("guide" if clinic == "address" else "other_guide")
    whom = [f"Call {of.clinic.phones.main.display}", f"In an emergency, call {of.country.emergency.number}", "When the clinic is closed:"]
    for size, (width, height) in SIZES.items():
        sides = [read_back(sheet) for sheet in PdfReader(io.BytesIO(page.pdf(format=size))).pages]
        text = "".join(side.text for side in sides)
        assert len(sides) <= MOST_SIDES, f"{len(sides)} sides of {size}"
        assert [words for words in [*names, *days] if squeezed(words) not in text] == []
        assert squeezed("The last sensible day") in text and squeezed("Show my dates") not in text
        for number, side in enumerate(sides, 1):
            assert [line for line in whom if squeezed(line) not in side.text] == [], f"side {number} of {size}"
        assert at_the_edge(sides) == [] and all(side.size == pytest.approx((width, height), abs=2) for side in sides)


def test_the_scripts_stay_small_and_hold_no_markup() -> None:
    texts = {name: (ROOT / "docs" / "assets" / "js" / "tools" / f"{name}.js").read_text(encoding="utf-8") for name in ("plan", "dates", "ics")}
    assert sum(len(gzip.compress(rjsmin.jsmin(text).encode(), 9)) for text in texts.values()) <= MOST_BYTES
    assert not re.search(r"innerHTML|insertAdjacent|outerHTML|\.style\b|eval\(|fetch\(", "".join(texts.values()))


def test_month_arithmetic_keeps_to_the_calendar_with_temporal_and_without(plan: Page) -> None:
    first = date(2023, 12, 1)
    days = [[day.year, day.month, day.day] for day in (first + timedelta(n) for n in range(0, 1600, 3))]
    wrong = plan.evaluate(
        """async (days) => {
          const { shifted, compact } = await import(new URL("../../assets/js/tools/dates.js", location.href));
          const wrong = [];
          for (const [year, month, day] of days) for (const [amount, unit] of [[1, "month"], [-6, "month"], [3, "month"], [4, "week"], [-24, "hour"], [36, "hour"], [72, "hour"], [-60, "minute"]]) {
            const [own, plain] = [globalThis.Temporal, null].map((calendar) => compact(shifted({ year, month, day }, amount, unit, calendar)));
            if (own !== plain) wrong.push([year, month, day, amount, unit, own, plain]);
          }
          return [wrong, "Temporal" in globalThis, compact(shifted({ year: 2028, month: 1, day: 31 }, 1, "month", null)), compact(shifted({ year: 2027, month: 3, day: 1 }, 36, "hour", null))];
        }""",
        days,
    )
    assert wrong == [[], True, "20280229", "20270303"], json.dumps(wrong)[:300]
