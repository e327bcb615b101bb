"""The worksheet on what matters to a reader, and the facts that it puts in the reader's order. It recommends nothing."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from markupsafe import Markup

from guide.entries import Concern, Option
from guide.macros.drawings import drawing
from guide.macros.evidence import certainty_label, marks
from guide.macros.options import ROWS
from guide.pages import address_of
from guide.project import Guide

# Each answer on hopes with the rows of an option that it is about, and each on days off with the most days.
HOPES = {"hope_change": "how_well", "hope_stay": "how_well", "hope_feel": "life", "hope_unseen": "life downtime", "hope_visits": "sessions"}
DAYS = {"days_0": 0, "days_3": 3, "days_7": 7, "days_more": 999}
# Each question with one answer: its hint, the rows that it is about, and its answers.
ASKS = {
    "q_days": ("q_days_hint", "downtime", tuple(DAYS)),
    "q_marks": ("q_marks_hint", "pigment_risk", ("marks_none", "marks_small", "marks_more")),
    "q_cost": (None, "cost", ("cost_low", "cost_some", "cost_course")),
    "q_sure": ("q_sure_hint", "how_well", ("sure_good", "sure_some", "sure_little")),
}
# Concerns, and the rows of an option, below small headings, so that no list is long. The script fills the rows that were ticked.
PARTS = {
    "part_scars": ("acne-scars", "stretch-marks", "other-scars"),
    "part_lines": ("fine-lines-and-wrinkles", "texture", "loose-skin", "sun-damage", "large-pores", "cellulite"),
    "part_colour": ("melasma", "hair-loss", "dark-marks", "age-spots"),
}
ROW_PARTS = {"row_ticked": (), "row_what": ROWS[:3], "row_weigh": (*ROWS[3:], "cost")}
MOST = ("how_well", "harms", "pigment_risk", "downtime", "sessions", "cost", "life")


def what_matters(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """A worksheet to tick, and below it every option with all its facts; with a script, they come in the reader's order.

    Page: {{ what_matters() }}
    """
    library = guide.library
    return guide.draw(
        "what-matters", asks=list(_asks(guide)), drawing=drawing(guide, "tick-then-read", on=on),
        options=[_option(guide, option, on) for option in library.options.values()],
        concerns=[{"title": title, "concerns": [_concern(guide, concern, on) for concern in part]} for title, part in _concern_parts(guide)],
    )


def _asks(guide: Guide) -> Iterable[dict[str, Any]]:
    """Every question. docs/assets/js/tools/matters.js knows the first and the third by their place, and the last."""
    words = guide.words["matters"]
    concerns = [{"title": title, "answers": [{"value": concern.id, "text": concern.name} for concern in part]} for title, part in _concern_parts(guide)]
    yield _ask(guide, "q_bothers", "q_bothers_hint", "for how_well", concerns, many=True)
    yield _ask(guide, "q_hopes", "q_hopes_hint", "", _alone({"value": hope, "text": words[hope], "rows": rows} for hope, rows in HOPES.items()), many=True)
    for title, (hint, rows, answers) in ASKS.items():
        yield _ask(guide, title, hint, rows, _alone({"value": answer, "text": words[answer], "days": DAYS.get(answer)} for answer in answers))
    yield _ask(guide, "q_most", "q_most_hint", "", _alone({"value": row, "text": guide.words["options"][row], "rows": row} for row in MOST))


def _alone(answers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers that are few enough to need no heading."""
    return [{"title": None, "answers": list(answers)}]


def _ask(guide: Guide, title: str, hint: str | None, rows: str, parts: list[dict[str, Any]], *, many: bool = False) -> dict[str, Any]:
    words = guide.words["matters"]
    parts = [{**part, "answers": [{"rows": "", "days": None, **answer} for answer in part["answers"]]} for part in parts]
    return {"name": title.removeprefix("q_"), "title": words[title], "hint": words[hint] if hint else None, "rows": rows, "many": many, "parts": parts}


def _concern_parts(guide: Guide) -> list[tuple[str, list[Concern]]]:
    """The concerns below their headings, in each as the data orders them: the best supported first."""
    concerns = guide.library.concerns.values()
    return [(guide.words["matters"][title], [concern for concern in concerns if concern.id in part]) for title, part in PARTS.items()]


def _option(guide: Guide, option: Option, on: MutableMapping[str, Any]) -> dict[str, Any]:
    words = guide.words["options"]
    cost = guide.words["cost_classes"][option.cost_class.replace("-", "_")]
    page, mark, part = option.page.partition("#")
    rows = {row: {"id": row, "label": words[row], "text": getattr(option, row)} for row in ROWS}
    rows["cost"] = {"id": "cost", "label": words["cost"], "text": f"{cost} {option.cost_why}"}
    return {
        **option.model_dump(include={"id", "name", "stays_first", "concerns", "downtime_days_most", "certainty", "certainty_why"}),
        "parts": [{"title": guide.words["matters"][title], "rows": [rows[row] for row in part]} for title, part in ROW_PARTS.items()],
        "certainty_label": certainty_label(guide, option.certainty),
        "href": f"{on.get('to_root', '')}{address_of(page)}{mark}{part}",
        "marks": marks(guide, option.sources, on),
    }


def _concern(guide: Guide, concern: Concern, on: MutableMapping[str, Any]) -> dict[str, Any]:
    shown = concern.model_dump(include={"id", "name", "answer", "change", "other_options", "certainty", "certainty_why"})
    return {**shown, "certainty_label": certainty_label(guide, concern.certainty), "marks": marks(guide, concern.sources, on)}
