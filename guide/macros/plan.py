"""My plan: every step before, on the day of and after treatment in the order of its time, for a reader to put dates to.

The page is whole as it is drawn here. docs/assets/js/tools/plan.js reads its times from it, and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from guide.duration import Duration, parse_duration
from guide.entries import CareStep, HealingWindow
from guide.macros.care import advice_said, length_said
from guide.macros.clinic import advice_line, emergency_number, phone
from guide.macros.evidence import care_step, marks
from guide.pages import address_of
from guide.project import Guide

SINGLE, COURSE = "big-day", "course-before-big-day"  # these count from the reader's event alone, and all others from the treatment
RESULTS = "results"  # counts from both: a course shows what it did so long after its last session
MONTH_FIRST = ("US", "CA")  # as Unicode's CLDR has it for English there, and so as the browser writes dates
OWN_ENGLISH = (*MONTH_FIRST, "IE", "AU", "NZ")  # elsewhere a browser may write English dates month first, and so unlike the fields
CALLS = {"unwell": "clinic", "numbing-cream": "emergency"}  # steps about a sign that needs a call, and whom to call for it
SIGNS = "aftercare/when-to-call.md"  # the page that says which signs need help
DAY = 24  # hours
LAST_DAYS = -7.1 * 24  # hours: where steps of the last days stand that have no time of their own, before those of the last week


def my_plan(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every step in the order of its time: before treatment, on the day and after, then how to count back from an event.

    With a script, three fields put dates to them, and save them as a file for a calendar.

    Page: {{ my_plan() }}
    """
    return guide.draw(
        "my-plan",
        parts=[{"id": part, "title": guide.words["plan"][part], "moments": list(_moments(guide, part, on))} for part in ("before", "on_day", "after")],
        numbers=_numbers(guide),
        signs=f"{on.get('to_root', '')}{address_of(SIGNS)}",
        event=[_event_row(guide, step, name, on) for step, name in ((SINGLE, "event_single"), (RESULTS, "event_last_session"), (COURSE, "event_course"))],
        fields=("month", "day", "year") if guide.clinic.country in MONTH_FIRST else ("day", "month", "year"),
        locale=f"en-{guide.clinic.country if guide.clinic.country in OWN_ENGLISH else 'GB'}",
        zone=guide.clinic.time_zone,
        clock="h12" if guide.country.clock == 12 else "h23",
    )


def _numbers(guide: Guide) -> dict[str, Markup | None]:
    """Whom a reader can call, as the call card has it."""
    return {
        "clinic": phone(guide, "main"), "emergency": emergency_number(guide), "closed": phone(guide, "after_hours"),
        "advice": advice_line(guide) if guide.country.advice_line else None,
    }


def _moments(guide: Guide, part: str, on: MutableMapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a part, those of one moment together, first what comes first."""
    rows = sorted(_rows(guide, part, on), key=itemgetter("hours", "when"))
    for when, found in groupby(rows, key=itemgetter("when")):
        yield {"when": when, "rows": list(found)}


def _rows(guide: Guide, part: str, on: MutableMapping[str, Any]) -> Iterator[dict[str, Any]]:
    if part == "after":
        yield from _leave_out(guide)
        yield from _healing(guide, on)
    for step in guide.library.care.values():
        if step.id not in (SINGLE, COURSE) and _part_of(step) == part:
            yield _step_row(guide, step, part, on)


def _part_of(step: CareStep) -> str:
    return {"weeks-before": "before", "days-before": "before", "on-the-day": "on_day"}.get(step.stage, "after")


def _step_row(guide: Guide, step: CareStep, part: str, on: MutableMapping[str, Any]) -> dict[str, Any]:
    length, own = guide.length_of(step)
    timed = length is not None and part != "on_day"
    said = length_said(guide, step)
    return {
        "id": step.id,
        "kind": "back" if timed and part == "after" and step.kind == "do-not" else step.kind,  # what was left out comes back then
        "name": _sentence_case(step.calendar) if timed and step.calendar else step.name,
        "calendar": step.calendar if timed else "",
        "text": advice_said(guide, step, said),
        "own_note": said["own_note"],
        "call": CALLS.get(step.id, ""),
        "check": "",
        "names": [],
        "marks": marks(guide, [] if own else step.sources, on),
        **_when(guide, step, length, part),
    }


def _when(guide: Guide, step: CareStep, length: Duration | None, part: str) -> dict[str, Any]:
    """When a step's moment is: in words, as an amount and a unit to count from the day of treatment, and as hours to sort by."""
    words = guide.words["plan"]
    if part == "on_day":
        return {"when": words["when_day"], **_at(0, "day", 0)}
    if part == "before" and length is None:
        weeks = step.stage == "weeks-before"
        return {"when": words["when_book" if weeks else "when_days"], **_at("", "", float("-inf") if weeks else LAST_DAYS)}
    if length is None:
        return {"when": words["when_first"], **_at(0, "day", 0)}
    sign = -1 if part == "before" else 1
    return {"when": {"before": words["when_before"], "after": words["when_after"]}[part].format(time=length), **_at(sign * length.amount, length.unit, sign * length.hours)}


def _at(amount: int | str, unit: str, hours: float) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "hours": hours}


def _leave_out(guide: Guide) -> Iterator[dict[str, Any]]:
    """What is left out from the treatment on, off the skin and out of the day, by the names that the strip of days has for it."""
    words = guide.words["plan"]
    titles = {"skin": words["leave_skin"], "day": words["leave_day"]}
    for group, title in titles.items():
        names = [row.name for row in guide.library.timeline.values() if row.group == group and row.after]
        yield {**_own_row(f"leave-{group}", "do-not", title, words["leave_text"], words["when_first"]), "names": names}


def _healing(guide: Guide, on: MutableMapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each stage of healing, with what is usual in it."""
    words = guide.words["plan"]
    for window in guide.library.healing.values():
        begins = first_day(window)
        when = words["when_after"].format(time=begins) if begins.amount else words["when_first"]
        row = _own_row(window.id, "healing", words["healing"].format(label=window.label), " ".join(window.usual), when)
        row["check"] = words["healing_check"] if begins.amount else ""  # the day of treatment has none before it
        yield {**row, **_at(begins.amount, begins.unit, begins.hours), "calendar": words["healing_calendar"] if begins.amount else "", "marks": marks(guide, window.sources, on)}


def first_day(window: HealingWindow) -> Duration:
    """The day on which a stretch of healing begins, the day of treatment being day zero.

    What begins 24 hours after treatment at the soonest begins on day two: for whoever was treated last thing on day zero.
    """
    whole_days = int(parse_duration(window.begins).hours // DAY)
    return Duration(whole_days + 1 if whole_days else 0, "day")


def _own_row(name: str, kind: str, title: str, text: str, when: str) -> dict[str, Any]:
    return {"id": name, "kind": kind, "name": title, "calendar": "", "text": text, "own_note": "", "call": "", "check": "", "names": [], "marks": [], "when": when, **_at(0, "day", 0)}


def _event_row(guide: Guide, step: str, name: str, on: MutableMapping[str, Any]) -> dict[str, Any]:
    found = care_step(guide, step)
    length, _ = guide.length_of(found)
    text = advice_said(guide, found, length_said(guide, found))
    return {"id": step, "name": guide.words["plan"][name], "text": text, "amount": -length.amount, "unit": length.unit, "marks": marks(guide, found.sources, on)}


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
