"""The strip of days draws each time as long as it is, from the data and the clinic's own figures, and says it in words."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser
from pydantic import ValidationError

from conftest import ROOT
from guide.duration import parse_duration
from guide.entries import TimelineRow
from guide.faults import MacroFault
from guide.library_rules import cross_faults
from guide.macros.timeline import NAMED, REACH, care_timeline, in_order, reach
from guide.project import Guide

RISING = ["30 minutes", "12 hours", "24 hours", "36 hours", "2 days", "3 days", "4 days", "7 days", "8 days", "2 weeks", "15 days", "4 weeks", "30 days", "6 weeks", "3 months", "6 months"]
STYLES = "\n".join((ROOT / "docs" / "assets" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "base", "shell", "care-timeline", "cite", "own", "time"))
BAR = re.compile(r'<path class="mg-care-timeline__bar mg-care-timeline__bar--(\w+)" d="M(-?\d+) \d+H(-?\d+)"')


def rows(guide: Guide, view: str) -> dict[str, tuple[str, str, int, int]]:
    """Each row's words by its name: what it says but for numbers of sources, the kind of its bar, and where that begins and ends."""
    found = {}
    shown = re.sub(r"<sup.*?</sup>", "", html.unescape(care_timeline(guide, view, on={})))
    for row in ElementTree.fromstring(shown).iter("li"):
        name, said = ("".join(part.itertext()) for part in row.find("p"))
        kind, first, last = BAR.search(ElementTree.tostring(row, "unicode")).groups()
        found[name.rstrip(":")] = (said, kind, int(first), int(last))
    return found


def with_own(guide: Guide, **own: str) -> Guide:
    """The guide of a clinic with its own times."""
    protocol = {step.replace("_", "-"): parse_duration(text) for step, text in own.items()}
    return replace(guide, clinic=guide.clinic.model_copy(update={"protocol": protocol}))


def test_a_longer_time_reaches_further_whatever_its_unit_and_never_past_the_end() -> None:
    places = [reach(parse_duration(text)) for text in RISING]
    assert places == sorted(set(places))
    assert 0 < places[0] and places[-1] < REACH


@pytest.mark.parametrize(("one", "same"), [("24 hours", "1 day"), ("7 days", "1 week"), ("14 days", "2 weeks"), ("48 hours", "2 days")])
def test_one_time_in_two_units_reaches_as_far(one: str, same: str) -> None:
    assert reach(parse_duration(one)) == reach(parse_duration(same))


def test_each_bar_is_as_long_as_its_steps_say(guide: Guide) -> None:
    shown = rows(guide, "before")
    for row in guide.library.timeline.values():
        if not row.before:
            continue
        after = row.after or guide.library.timeline[row.within].after
        _, kind, first, last = shown[row.name]
        assert (kind, first, last) == ("leave", -reach(guide.library.care[row.before].default), reach(guide.library.care[after].default))


def test_what_to_start_is_drawn_from_its_time_on(guide: Guide) -> None:
    said, kind, first, last = rows(guide, "after")["Sunscreen"]
    assert (said, kind, first, last) == ("Start 24 hours after.", "start", reach(guide.library.care["sunscreen-after"].default), REACH)


def test_a_clinics_own_figure_moves_its_bar_and_is_marked_as_its_own(guide: Guide, other_guide: Guide) -> None:
    ours, theirs = (rows(each, "after")["Make-up"] for each in (guide, other_guide))
    assert theirs[3] > ours[3]
    assert theirs[0] == "None for 36 hours after (your clinic’s own figure; this guide says 24 hours)."
    assert "your clinic" not in ours[0]
    assert rows(other_guide, "before")["Retinol creams that you buy"][2] == -reach(parse_duration("5 days"))


def test_our_sources_do_not_stand_behind_a_clinics_own_figure(guide: Guide) -> None:
    notes: dict = {}
    care_timeline(with_own(guide, sun_before="10 days", fake_tan_before="10 days"), "before", on=notes)
    ours: dict = {}
    care_timeline(guide, "before", on=ours)
    assert "chelwest-pre" in ours["cited"] and "chelwest-pre" not in notes["cited"]


def test_before_the_visit_what_begins_first_stands_first_and_after_it_what_ends_first(guide: Guide) -> None:
    for view, step in (("before", 2), ("after", 3)):
        shown = rows(guide, view)
        for group in ("skin", "day"):
            named = {row.name for row in guide.library.timeline.values() if row.group == group}
            places = [row[step] for name, row in shown.items() if name in named]
            assert len(places) > 2 and places == sorted(places)


@pytest.mark.parametrize("view", NAMED)
def test_no_list_of_a_strip_is_longer_than_seven_rows(view: str, guide: Guide) -> None:
    lists = ElementTree.fromstring(care_timeline(guide, view, on={})).iter("ul")
    assert all(1 <= len(rows) <= 7 for rows in lists), "more than seven are hard to keep in mind"


def test_a_clinics_own_figure_puts_its_row_in_its_place(guide: Guide) -> None:
    longer = with_own(guide, alcohol_after="6 weeks")
    leave = [row for row in guide.library.timeline.values() if row.kind == "leave" and row.after]
    assert in_order(guide, "after", leave)[0].id == "alcohol"
    assert in_order(longer, "after", leave)[-1].id == "alcohol"
    assert rows(longer, "after")["Alcohol"][3] > rows(guide, "after")["Facials, peels and lasers"][3]


@pytest.mark.parametrize("view", NAMED)
def test_each_row_says_its_time_in_words_and_each_bar_is_silent(view: str, guide: Guide) -> None:
    page = ElementTree.fromstring(care_timeline(guide, view, on={}))
    assert all(picture.get("aria-hidden") == "true" for picture in page.iter("svg"))
    for name, (said, *_) in rows(guide, view).items():
        assert re.search(r"\b\d+ (hour|day|week|month)s?", said), name
        assert said.endswith("."), name


@pytest.mark.parametrize("view", NAMED)
def test_a_strip_needs_no_style_or_colour_of_its_own(view: str, guide: Guide) -> None:
    shown = care_timeline(guide, view, on={})
    assert not re.search(r"""\bstyle=|\b(fill|stroke|color)=|<style|\bid=""", shown)


def test_no_step_that_a_prescriber_must_settle_is_drawn_as_an_order_to_stop(guide: Guide) -> None:
    steps = {step for row in guide.library.timeline.values() for step in (row.before, row.after) if step}
    assert not steps & {"isotretinoin-wait", "blood-thinners", "hydroquinone-before", "painkillers-before"}
    assert not [step for step in steps if guide.library.care[step].kind == "ask"]


def test_another_view_is_told(guide: Guide) -> None:
    with pytest.raises(MacroFault) as raised:
        care_timeline(guide, "all", on={})
    assert "before" in raised.value.expected and "after" in raised.value.expected


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "either `after`"),
        ({"after": "make-up-after", "within": "make-up"}, "either `after`"),
        ({"within": "strong-creams"}, "give `before` too"),  # else it would show nowhere
        ({"before": "sun-before", "after": "sun-after", "kind": "start", "group": None}, "kind: leave"),
        ({"after": "sun-after", "group": None}, "give `group`"),
        ({"after": "sun-after", "kind": "only"}, "give `group`"),
    ],
)
def test_a_row_that_could_not_be_drawn_is_told(row: dict, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        TimelineRow(**{"id": "made", "kind": "leave", "group": "day", "name": "Made", **row})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"after": "make-up-afterr"}, "did you mean “make-up-after”?"),
        ({"after": "blood-thinners"}, "name a step of data/care.yml that has a time"),  # a step with no time
        ({"after": "make-up-after", "before": "smoking"}, "name a step of data/care.yml that has a time"),
        ({"before": "sun-before", "within": "retinoids"}, "name a row that has `after`"),  # a row whose own end is elsewhere
    ],
)
def test_a_row_whose_time_stands_nowhere_is_told(row: dict, expected: str, guide: Guide) -> None:
    made = TimelineRow(id="make-up", kind="leave", group="skin", name="Made", **row)
    library = replace(guide.library, timeline={**guide.library.timeline, "make-up": made})
    assert any(fault.key.startswith("timeline.") and expected in fault.expected for fault in cross_faults(library))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("view", NAMED)
def test_a_screen_reader_hears_lists_with_each_rows_words_and_nothing_scrolls_sideways(view: str, width: int, guide: Guide, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang='en'><style>{STYLES}</style><main class='mg-page'>{care_timeline(guide, view, on={})}</main>")
    page.evaluate("document.querySelectorAll('.mg-cite').forEach((marks) => marks.remove())")  # numbers of sources, heard as links
    heard = page.locator("main").aria_snapshot()
    for name, (said, *_) in rows(guide, view).items():
        assert f"{name}: {said}" in heard
    assert heard.count("- listitem") == len(rows(guide, view))
    assert "img" not in heard
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    context.close()
