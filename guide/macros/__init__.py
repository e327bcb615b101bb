"""The register: which macros pages may call, and the calls that hand them to MkDocs.

PLAIN macros need the guide alone. ON_PAGE macros also keep notes on the page that calls them, such as
which sources it has cited so far: these stand in the page's front matter dictionary.
BLOCKS names those, of both, that stand alone on their line.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from typing import Any

from guide.macros import care, clinic, drawings, evidence, matters, options, overview, page_end, plan, questions, rates, sheets, tell, timeline, words
from guide.project import Guide

PLAIN: dict[str, Callable] = {
    "advice_line": clinic.advice_line,
    "booking_link": clinic.booking_link,
    "call_card": clinic.call_card,
    "changes": overview.changes,
    "clinic": clinic.clinic,
    "complaints": clinic.complaints,
    "contact": clinic.contact,
    "devices": clinic.devices,
    "emergency_number": clinic.emergency_number,
    "glossary": words.glossary,
    "how_to_print": sheets.how_to_print,
    "lines_to_write": sheets.lines_to_write,
    "offers": clinic.offers,
    "opening_hours": clinic.opening_hours,
    "phone": clinic.phone,
    "practitioners": clinic.practitioners,
    "price": clinic.price,
    "question_list": questions.question_list,
    "report_problem": clinic.report_problem,
    "reviewer": clinic.reviewer,
    "sheet_questions": sheets.sheet_questions,
}

ON_PAGE: dict[str, Callable] = {
    "advice_differs": evidence.advice_differs,
    "all_sources": evidence.all_sources,
    "ask_first": care.ask_first,
    "care_steps": care.care_steps,
    "care_timeline": timeline.care_timeline,
    "certainty": evidence.certainty,
    "cite": evidence.cite,
    "concerns_table": evidence.concerns_table,
    "drawing": drawings.drawing,
    "healing_days": care.healing_days,
    "my_plan": plan.my_plan,
    "options_in_full": options.options_in_full,
    "options_overview": options.options_overview,
    "questions_a_to_z": overview.questions_a_to_z,
    "questions_to_ask": questions.questions_to_ask,
    "rate": rates.rate,
    "review_dates": overview.review_dates,
    "sheet_conditions": sheets.sheet_conditions,
    "sheet_signs": sheets.sheet_signs,
    "sheet_steps": sheets.sheet_steps,
    "tell_the_clinic": tell.tell_the_clinic,
    "term": words.term,
    "time": care.time,
    "warning_signs": care.warning_signs,
    "what_matters": matters.what_matters,
}

# Those that give whole blocks: Markdown leaves a block alone only where it stands by itself.
BLOCKS = {
    "advice_differs", "all_sources", "ask_first", "call_card", "care_steps", "care_timeline", "changes", "complaints",
    "concerns_table", "contact", "devices", "drawing", "glossary", "healing_days", "how_to_print", "lines_to_write",
    "my_plan", "opening_hours", "options_in_full", "options_overview", "practitioners", "price", "question_list", "questions_a_to_z",
    "questions_to_ask", "rate", "review_dates", "sheet_conditions", "sheet_questions", "sheet_signs", "sheet_steps",
    "tell_the_clinic", "warning_signs", "what_matters",
}


def bound(guide: Guide, notes: Callable[[], MutableMapping[str, Any]]) -> dict[str, Callable]:
    """Every macro by its name in pages, ready to call.

    notes  gives the notes of the page that is being made
    """
    plain = {name: partial(macro, guide) for name, macro in PLAIN.items()}
    return plain | {name: _on_page(macro, guide, notes) for name, macro in ON_PAGE.items()}


def _on_page(macro: Callable, guide: Guide, notes: Callable[[], MutableMapping[str, Any]]) -> Callable:
    return lambda *values, **named: macro(guide, *values, **named, on=notes())


def define_env(env: Any) -> None:
    """Hand the macros to mkdocs-macros."""
    guide = env.conf["extra"]["guide"]
    for name, macro in bound(guide, lambda: _notes(env.page)).items():
        env.variables.pop(name, None)  # the theme's values, under extra, would hide a macro of the same name
        env.macro(macro, name)


def _notes(page: Any) -> MutableMapping[str, Any]:
    """The page's notes; `to_root` leads from the page to the site's first folder."""
    page.meta["to_root"] = "../" * page.url.count("/")
    return page.meta


def on_post_page_macros(env: Any) -> None:
    """Add the sources and the review line, and the facts that machines read."""
    guide = env.conf["extra"]["guide"]
    env.markdown += f"\n\n{page_end.page_end(guide, on=env.page.meta)}\n"
    env.page.meta["reviewed_written"] = guide.written(env.page.meta["reviewed_on"])
    env.page.meta["structured_data"] = page_end.structured_data(guide, env.page.meta, env.page.canonical_url or "")
