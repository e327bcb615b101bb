"""What the sheets to print hold: short lists of what other pages say at length, and lines to write on.

Nothing is typed here a second time: steps, conditions, signs and questions come from the data files, as on the pages.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup

from guide.macros.care import condition_parts, cut, signs_of_level, step_parts
from guide.macros.questions import EXPLAINED
from guide.project import Guide


def sheet_questions(guide: Guide) -> Markup:
    """Every question to ask a clinic, in groups, each with a box to tick and room for the answer.

    Page: {{ sheet_questions() }}
    """
    groups = [{"title": group.title, "asks": [EXPLAINED.sub(r"\2", ask) for ask in group.asks]} for group in guide.library.questions.values()]
    return guide.draw("sheet-questions", groups=groups)


def sheet_steps(guide: Guide, stage: str, *, on: MutableMapping[str, Any]) -> Markup:
    """What to do at one stage, a box to tick and an order each, with the clinic's own times.

    stage  weeks-before, days-before, on-the-day, first-day, first-week or first-month

    Errors: MacroFault for another stage.

    Page: {{ sheet_steps("first-day") }}
    """
    return guide.draw("sheet-steps", parts=_cut_for_paper(step_parts(guide, stage, on), "advice"))


def sheet_conditions(guide: Guide, group: str, *, on: MutableMapping[str, Any]) -> Markup:
    """What to tell the clinic about, a box to tick and a question each, with neither verdict nor sum.

    group  do-not, wait, ask-first or with-care

    Errors: MacroFault for another group.

    Page: {{ sheet_conditions("wait") }}
    """
    return guide.draw("sheet-conditions", parts=condition_parts(guide, group, on))


def sheet_signs(guide: Guide, level: str, *, on: MutableMapping[str, Any]) -> Markup:
    """Warning signs of one level: what each looks like and what to do.

    level  emergency, same-day or next-visit

    Errors: MacroFault for another level.

    Page: {{ sheet_signs("emergency") }}
    """
    shown = signs_of_level(guide, level, on)
    return guide.draw("sheet-signs", **{**shown, "parts": _cut_for_paper(shown["parts"], "do_now")})


def _cut_for_paper(parts: list[dict[str, Any]], field: str) -> list[dict[str, Any]]:
    """The same parts, each entry's text cut after the sentences that paper keeps; the rest is its `more`, for a screen."""
    for entry in (entry for part in parts for entry in part["entries"]):
        entry[field], entry["more"] = cut(entry[field], entry["on_sheet"])
    return parts


def lines_to_write(guide: Guide, first: str, *others: str) -> Markup:
    """A line to write on for each name that is given.

    first   what is to be written on the first line
    others  and on the others; may be left out

    Page: {{ lines_to_write("My name", "Date of my visit") }}
    """
    return guide.draw("lines-to-write", names=[first, *others])


def how_to_print(guide: Guide) -> Markup:
    """How to print the page on a phone and on a computer; not printed itself.

    Page: {{ how_to_print() }}
    """
    return guide.draw("how-to-print")
