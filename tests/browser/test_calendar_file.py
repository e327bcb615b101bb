"""The file for calendars: read back by two readers, over 300 days in five time zones, with leap days, ends of years and changes of clocks."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar
from playwright.sync_api import Browser, Page

from conftest import PATIENCE

ZONES = ["America/New_York", "Europe/London", "Pacific/Auckland", "Asia/Kathmandu", "America/St_Johns"]
TRIES = 300
MADE = "2027-01-04T09:30:00Z"
# Days that go wrong first: leap days, ends of years, and those on which clocks change in one of the zones.
HARD = [
    date(2028, 2, 29), date(2028, 2, 28), date(2028, 3, 1), date(2027, 12, 31), date(2028, 1, 1), date(2027, 1, 31), date(2027, 3, 13), date(2027, 3, 14),
    date(2027, 11, 6), date(2027, 11, 7), date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31), date(2027, 4, 3), date(2027, 4, 4),
    date(2027, 9, 25), date(2027, 9, 26),
]
WORDS = ["stop retinol; \\ a, b", "ünïcödé — “quoted” 🧖🏾‍♀️ " * 6, "one\r\ntwo\nthree", "x" * 200, "肌" * 80, "a\u0007b"]
MAKE = """async ([cases, words, made, reminder, zone]) => {
  const tools = new URL("assets/js/tools/", location.href);
  const [{ calendarFile }, { momentAfter, shifted }] = await Promise.all([import(new URL("ics.js", tools)), import(new URL("dates.js", tools))]);
  return cases.map(({ year, month, day, time, hours, days }, nth) => {
    const visit = { year, month, day };
    return calendarFile(visit, [
      { id: "before", title: "Skin appointment: " + words[nth % words.length], text: words[(nth + 1) % words.length], day: shifted(visit, -days, "day") },
      { id: "visit", title: "Skin appointment", text: "x", day: visit },
      { id: "month", title: "Skin appointment", text: "x", day: shifted(visit, 1, "month") },
      { id: "make-up-after", title: "Skin appointment", text: "x", day: visit, moment: momentAfter(visit, time, zone, hours) },
    ], { made: new Date(made), reminder });
  });
}"""


def cases() -> list[dict]:
    """300 days, the hard ones first, each with an hour and waits."""
    draw = random.Random(20270105)
    days = [*HARD, *(date(2024, 1, 1) + timedelta(draw.randrange(365 * 20)) for _ in range(TRIES - len(HARD)))]
    return [
        {"year": day.year, "month": day.month, "day": day.day, "time": f"{draw.randrange(8, 21):02}:{draw.choice((0, 15, 30, 45)):02}", "hours": draw.choice((24, 36, 48, 72)), "days": draw.randrange(1, 40)}
        for day in days
    ]


CASES = cases()


@pytest.fixture(params=ZONES)
def abroad(request: pytest.FixtureRequest, browser: Browser, address: str):
    """A page on a device in some time zone, and that zone."""
    context = browser.new_context(timezone_id=request.param)
    page = context.new_page()
    page.goto(f"{address}404.html")
    yield page, request.param
    context.close()


@pytest.fixture
def page_at_home(browser: Browser, address: str):
    context = browser.new_context(timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}404.html")
    yield page
    context.close()


def files(page: Page, zone: str, *, reminder: bool = False, wanted: list[dict] = CASES) -> list[str]:
    return page.evaluate(MAKE, [wanted, WORDS, MADE, reminder, zone])


def badly_folded(text: str) -> list[str]:
    """Lines that are too long, or do not end as RFC 5545 has it."""
    lines = text.encode().split(b"\r\n")
    faults = [line.decode() for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    return faults + ([] if lines[-1] == b"" else ["no end of the last line"])


def month_later(day: date) -> date:
    """The same number a month on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), first_of_next - timedelta(1))


def test_two_readers_find_the_same_days_and_moments_in_every_time_zone(abroad: tuple[Page, str]) -> None:
    page, device = abroad
    zone = ZONES[(ZONES.index(device) + 1) % len(ZONES)]  # the clinic's: not the device's, so that one cannot stand for the other
    made = files(page, zone)
    assert len(made) == TRIES
    for case, text in zip(CASES, made, strict=True):
        assert badly_folded(text) == []
        visit = date(case["year"], case["month"], case["day"])
        hour, minute = map(int, case["time"].split(":"))
        begins = datetime(visit.year, visit.month, visit.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        wanted = {"before": visit - timedelta(case["days"]), "visit": visit, "month": month_later(visit), "make-up-after": begins + timedelta(hours=case["hours"])}
        for read in (by_icalendar(text), by_vobject(text)):
            assert {name: start for name, (start, _, _) in read.items()} == wanted, (case, zone)
            assert all(type(start) is type(end) for start, end, _ in read.values())
            assert read["visit"][1] - read["visit"][0] == timedelta(1), "a day ends where the next begins"


def by_icalendar(text: str) -> dict[str, tuple]:
    found = {}
    for event in Calendar.from_ical(text).walk("VEVENT"):
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else start + event.decoded("DURATION")
        found[_step(str(event["UID"]))] = (start, end, str(event["SUMMARY"]))
    return found


def by_vobject(text: str) -> dict[str, tuple]:
    found = {}
    for event in vobject.readOne(text).vevent_list:
        start = event.dtstart.value
        start = start.astimezone(UTC) if isinstance(start, datetime) else start
        end = event.dtend.value if hasattr(event, "dtend") else start + event.duration.value
        found[_step(event.uid.value)] = (start, end, event.summary.value)
    return found


def _step(uid: str) -> str:
    """The step's id, from a name such as 20270105-make-up-after@skin-appointment."""
    return uid.partition("@")[0].partition("-")[2]


def test_names_never_change_and_the_stamp_is_the_clock_that_was_given(page_at_home: Page) -> None:
    once, again = (files(page_at_home, "Europe/London", wanted=CASES[:3]) for _ in range(2))
    assert once == again
    event = Calendar.from_ical(once[0]).walk("VEVENT")[0]
    assert str(event["UID"]) == "20280229-before@skin-appointment"
    assert event.decoded("DTSTAMP") == datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    names = [str(event["UID"]) for text in files(page_at_home, "Europe/London") for event in Calendar.from_ical(text).walk("VEVENT")]
    days = {(case["year"], case["month"], case["day"]) for case in CASES}
    assert len(set(names)) == 4 * len(days)


def test_every_sign_comes_back_as_it_was(page_at_home: Page) -> None:
    for nth, text in enumerate(files(page_at_home, "Europe/London", wanted=CASES[: len(WORDS)])):
        wanted = "Skin appointment: " + WORDS[nth].replace("\r\n", "\n").replace("\u0007", "")
        assert by_icalendar(text)["before"][2] == wanted
        assert by_vobject(text)["before"][2] == wanted


def test_a_reminder_is_there_only_if_it_is_asked_for(page_at_home: Page) -> None:
    without, with_it = (files(page_at_home, "Europe/London", reminder=reminder, wanted=CASES[:1])[0] for reminder in (False, True))
    assert "VALARM" not in without
    triggers = [alarm.decoded("TRIGGER") for alarm in Calendar.from_ical(with_it).walk("VALARM")]
    assert triggers == [timedelta(hours=-12), timedelta(hours=-12), timedelta(hours=9), timedelta(0)], "what comes back is not told too soon"


def test_the_checks_notice_a_long_line_a_bare_end_and_a_wrong_day() -> None:
    assert badly_folded("SUMMARY:" + "é" * 40 + "\r\n")
    assert badly_folded("A:1\nB:2\r\n") and badly_folded("A:1")
    assert badly_folded("A:1\r\nB:2\r\n") == []
    assert month_later(date(2027, 1, 31)) == date(2027, 2, 28) and month_later(date(2028, 1, 31)) == date(2028, 2, 29) and month_later(date(2027, 12, 5)) == date(2028, 1, 5)
