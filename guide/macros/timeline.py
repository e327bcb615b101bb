"""The strip of days: how long each thing is left out before and after a visit, as a bar and in words."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from markupsafe import Markup

from guide.duration import Duration, parse_duration
from guide.entries import TimelineRow
from guide.faults import MacroFault, listed, quoted
from guide.macros.care import length_said
from guide.macros.evidence import care_step, marks
from guide.project import Guide

# The line has one unit of length from each of these times to the next, so that the first days have room.
STOPS = [parse_duration(text) for text in ("24 hours", "3 days", "7 days", "2 weeks", "4 weeks")]
UNIT = 100
BEYOND = 80  # what is left for times longer than the last stop
REACH = UNIT * len(STOPS) + BEYOND
EDGE = 20  # room for the visit's own mark, where the line begins with it
HEIGHT = 10
# Which stops each view names, and whether always or only where there is room.
NAMED = {"before": {0: "wide", 2: "always", 4: "always"}, "after": {0: "always", 1: "wide", 2: "always", 3: "wide", 4: "always"}}


def care_timeline(guide: Guide, view: str, *, on: MutableMapping[str, Any]) -> Markup:
    """What to leave out and what to put on, row by row: how long in words, and as a bar on a line of days.

    view  before, for what begins before the visit, longest first and with its end after it;
          after, for all that holds after the visit, in the order in which it ends

    Errors: MacroFault for another view.

    Page: {{ care_timeline("after") }}
    """
    if view not in NAMED:
        raise MacroFault(quoted(view), f"write {listed(list(NAMED))}")
    rows = [row for row in guide.library.timeline.values() if (row.before if view == "before" else row.after)]
    left = -REACH if view == "before" else -EDGE
    return guide.draw(
        "care-timeline", view=view, box=f"{left} 0 {REACH - left} {HEIGHT}", stops=list(_stops(view, left)), ticks=_ticks(left), visit=_share(0, left),
        parts=[part for part in _parts(guide, view, rows, on) if part["rows"]],
    )


def reach(length: Duration) -> int:
    """How far from the visit a length of time reaches along the line: the longer, the further, and never past the end."""
    hours, begun = length.hours, 0.0
    for place, stop in enumerate(STOPS):
        if hours <= stop.hours:
            return round(UNIT * (place + (hours - begun) / (stop.hours - begun)))
        begun = stop.hours
    return round(REACH - BEYOND * begun / hours)


def in_order(guide: Guide, view: str, rows: Iterable[TimelineRow]) -> list[TimelineRow]:
    """Rows as a reader meets them: what begins first stands first, and after the visit what ends first."""
    def by_time(row: TimelineRow) -> tuple[float, float]:
        after = _length(guide, _after(guide, row)).hours
        return (-_length(guide, row.before).hours, -after) if view == "before" else (after, 0)

    return sorted(rows, key=by_time)


def _parts(guide: Guide, view: str, rows: list[TimelineRow], on: MutableMapping[str, Any]) -> Iterable[dict[str, Any]]:
    for title, group in (("leave_skin", "skin"), ("leave_day", "day"), ("put_on", None)):
        chosen = in_order(guide, view, [row for row in rows if row.group == group])
        yield {"title": guide.words["timeline"][title], "rows": [_shown(guide, view, row, on) for row in chosen]}


def _shown(guide: Guide, view: str, row: TimelineRow, on: MutableMapping[str, Any]) -> dict[str, Any]:
    after = _after(guide, row)
    first, last = 0, reach(_length(guide, after))
    if view == "before":
        first = -reach(_length(guide, row.before))
        said = [("leave_before", row.before), ("leave_also_after", after)]
    elif row.kind == "start":
        first, last = last, REACH
        said = [("start", after)]
    else:
        said = [("only" if row.kind == "only" else "leave_after", after)]
    return {"name": row.name, "kind": row.kind, "said": [_said(guide, word, step, on) for word, step in said], "bar": f"M{first} {HEIGHT // 2}H{last}"}


def _said(guide: Guide, word: str, step: str, on: MutableMapping[str, Any]) -> dict[str, Any]:
    start, _, end = guide.words["timeline"][word].partition("{time}")
    found = care_step(guide, step)
    length = length_said(guide, found)
    backed = [] if length["own"] else found.sources  # our sources do not stand behind a clinic's own figure
    return {"start": start, "end": end, "own_note": length["own_note"], "time": guide.draw("time", length=length["length"], own_note="", marks=marks(guide, backed, on))}


def _after(guide: Guide, row: TimelineRow) -> str:
    return row.after or guide.library.timeline[row.within].after


def _length(guide: Guide, step: str) -> Duration:
    length, _ = guide.length_of(care_step(guide, step))
    return length


def _stops(view: str, left: int) -> Iterable[dict[str, Any]]:
    """The names along the line, each with its place in per cent of the whole."""
    for sign in (-1, 1) if view == "before" else (1,):
        for place, shown in NAMED[view].items():
            amount, unit = str(STOPS[place]).split()
            yield {"at": _share(sign * reach(STOPS[place]), left), "amount": amount, "unit": unit, "shown": shown}


def _ticks(left: int) -> str:
    places = [sign * reach(stop) for sign in (-1, 1) for stop in STOPS]
    return "".join(f"M{place} 0v{HEIGHT}" for place in sorted(places) if place > left)


def _share(place: int, left: int) -> str:
    return f"{100 * (place - left) / (REACH - left):.1f}%"
