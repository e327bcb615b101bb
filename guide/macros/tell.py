"""What to tell the clinic before booking, as boxes to tick of which a script makes a list."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup

from guide.macros.care import SENTENCE_END, condition_parts
from guide.project import Guide

# The groups of the page, by their words in data/words.yml: those who should not have it, or not now, hear that they may have to wait, or not have it.
GROUPS = {"group_wait": ("do-not", "wait"), "group_ask": ("ask-first",), "group_care": ("with-care",)}


def tell_the_clinic(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every condition to tell the clinic about as a box to tick, in three groups, and below them the list that a script makes of the ticks.

    Page: {{ tell_the_clinic() }}
    """
    groups = [
        {"title": guide.words["tell"][name], "parts": [_told(part) for group in held for part in condition_parts(guide, group, on)]}
        for name, held in GROUPS.items()
    ]
    main = guide.clinic.phones.main
    return guide.draw("tell-the-clinic", groups=groups, phone={"display": main.display, "e164": main.e164}, email=guide.clinic.email)


def _told(part: dict[str, Any]) -> dict[str, Any]:
    """A part whose conditions say what to do as steps too: in a hurry, each order is found on a line of its own."""
    entries = [{**entry, "steps": [Markup(step) for step in SENTENCE_END.split(entry["what_to_do"])]} for entry in part["entries"]]
    return {**part, "entries": entries}
