"""The plan counts from what the data says, and shows every number to call where a step is about a sign that needs a call."""

from __future__ import annotations

import html
import re

import pytest

from guide.duration import Duration
from guide.entries import HealingWindow
from guide.macros.plan import CALLS, first_day, my_plan
from guide.project import Guide

STEP = re.compile(r'<li class="mg-my-plan__step [^>]*data-mg-step="([\w-]+)".*?(?=<li class="mg-my-plan__(?:step|day)|<h3)', re.S)
CALL = re.compile(r'<div class="mg-my-plan__call">.*?</div>', re.S)


def steps(shown: str) -> dict[str, str]:
    """The markup of each step by its id."""
    return {found[1]: found[0] for found in STEP.finditer(shown)}


def links(part: str) -> list[str]:
    return re.findall(r'href="(tel:[^"]+)"', part)


# The days of healing


@pytest.mark.parametrize(("begins", "day"), [("0 hours", 0), ("6 hours", 0), ("23 hours", 0), ("24 hours", 2), ("36 hours", 2), ("3 days", 4), ("4 weeks", 29)])
def test_a_stretch_of_healing_begins_on_the_soonest_day_for_whoever_was_treated_last_thing(begins: str, day: int, guide: Guide) -> None:
    window = next(iter(guide.library.healing.values())).model_copy(update={"begins": begins})
    assert isinstance(window, HealingWindow) and first_day(window) == Duration(day, "day")


def test_each_stretch_of_healing_stands_on_the_day_that_its_name_says(guide: Guide) -> None:
    days = {window.id: first_day(window).amount for window in guide.library.healing.values()}
    assert days == {"first-6-hours": 0, "first-24-hours": 0, "days-2-to-3": 2, "days-4-to-7": 4, "week-2": 8, "week-4-on": 29}
    shown = steps(my_plan(guide, on={}))
    assert {name: int(re.search(r'data-mg-amount="(\d+)" data-mg-unit="day"', shown[name])[1]) for name in days} == days


# Whom to call


def test_each_step_about_a_sign_that_needs_a_call_shows_whom_to_call_and_no_other_step_does(guide: Guide) -> None:
    shown = steps(my_plan(guide, on={}))
    phones = guide.clinic.phones
    every = [f"tel:{phones.main.e164}", f"tel:{guide.country.emergency.number}", f"tel:{phones.after_hours.number.e164}"]
    assert {step: links(part) for step, part in shown.items() if links(part)} == {"unwell": every, "numbing-cream": every[1:2]}
    assert set(CALLS) <= set(guide.library.care)


def test_every_number_stands_above_the_dates_and_again_where_healing_begins(guide: Guide, other_guide: Guide) -> None:
    for clinic in (guide, other_guide):
        shown = my_plan(clinic, on={})
        before, after = CALL.finditer(shown)
        assert before.end() < shown.index("<form") and shown.index('id="mg-plan-after"') < after.start() < shown.index('data-mg-part="after"')
        for found in (before, after):
            assert links(found[0])[:2] == [f"tel:{clinic.clinic.phones.main.e164}", f"tel:{clinic.country.emergency.number}"]
            assert clinic.words["call"]["when_closed"] in found[0]


def test_a_clinic_with_no_second_number_says_what_to_do_when_it_is_closed_and_whom_else_to_ask(other_guide: Guide) -> None:
    shown = html.unescape(my_plan(other_guide, on={}))
    lines = [re.sub(r"<[^>]+>", "", found[0]) for found in CALL.finditer(shown)]
    assert other_guide.clinic.phones.after_hours.number is None and all('say "needling"' in each for each in lines)
    assert other_guide.words["call"]["also"] in lines[-1] and other_guide.country.advice_line.name in lines[-1]


def test_what_to_leave_out_stands_as_two_lists_with_each_thing_once(guide: Guide) -> None:
    shown = steps(html.unescape(my_plan(guide, on={})))
    names = [name for step in ("leave-skin", "leave-day") for name in re.findall(r"<li>(.*?)</li>", shown[step])]
    assert sorted(names) == sorted(row.name for row in guide.library.timeline.values() if row.group and row.after)
