"""Every option that a reader could choose, side by side and in full, with the same rows for each."""

from __future__ import annotations

from collections.abc import MutableMapping
from itertools import groupby
from typing import Any

from markupsafe import Markup

from guide.entries import Option
from guide.macros.evidence import certainty_label, marks
from guide.pages import address_of
from guide.project import Guide

ROWS = ("for", "what_it_is", "life", "how_well", "harms", "pigment_risk", "downtime", "sessions")  # then cost, and how sure


def options_overview(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """A table of every option: how well it works, the risk of dark marks, days off, and how sure we are.

    Each name leads to the option's own part, so `options_in_full()` stands on the same page.

    Page: {{ options_overview() }}
    """
    rows = [
        {
            **option.model_dump(include={"id", "name", "how_well_short", "pigment_short", "downtime_short", "certainty"}),
            "certainty_label": certainty_label(guide, option.certainty),
            "marks": marks(guide, option.sources, on),
        }
        for option in guide.library.options.values()
    ]
    return guide.draw("options-overview", rows=rows)


def options_in_full(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every option with the same rows in the same order, below a heading of its own. It stands below a `##` heading.

    Page: {{ options_in_full() }}
    """
    options = guide.library.options.values()
    parts = [{"title": title, "options": [_shown(guide, option, on) for option in part]} for title, part in groupby(options, key=lambda option: option.part)]
    return guide.draw("options-in-full", parts=parts)


def _shown(guide: Guide, option: Option, on: MutableMapping[str, Any]) -> dict[str, Any]:
    words = guide.words["options"]
    cost = guide.words["cost_classes"][option.cost_class.replace("-", "_")]
    page, mark, part = option.page.partition("#")
    return {
        **option.model_dump(include={"id", "name", "certainty", "certainty_why"}),
        "rows": [*({"label": words[row], "text": getattr(option, row)} for row in ROWS), {"label": words["cost"], "text": f"{cost} {option.cost_why}"}],
        "certainty_label": certainty_label(guide, option.certainty),
        "href": f"{on.get('to_root', '')}{address_of(page)}{mark}{part}",
        "marks": marks(guide, option.sources, on),
    }
