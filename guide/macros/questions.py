"""Questions to ask a clinic: as lists on their page, with what the clinic itself answers, and as a list of the reader's own."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

from markupsafe import Markup

from guide.entries import Question
from guide.faults import MacroFault, listed, quoted
from guide.macros.clinic import hours
from guide.macros.words import term
from guide.project import Guide, shown_as_typed

EXPLAINED = re.compile(r"\{([a-z0-9-]+)\|([^{}|]+)\}")  # a word of the glossary, and what stands for it in a question
# What people type for a value that is still to come. So is one that holds neither a letter nor a digit.
TO_COME = {"n/a", "na", "tba", "tbc", "tbd", "to do", "to follow", "todo", "xxx"}


class Part(NamedTuple):
    """One statement of the clinic's answer to a question.

    values  in the clinic's own words
    label   what they are; empty where the question says it
    tel     the number to dial, where the value is one
    """

    values: list[str]
    label: str = ""
    tel: str = ""


def questions_to_ask(guide: Guide, group: str, *, on: MutableMapping[str, Any]) -> Markup:
    """The questions of one group, numbered, each with the clinic's own answer where its file gives one.

    A hard word explains itself when it is pressed.

    group  id of data/questions.yml

    Errors: MacroFault for another group, or for a word that the glossary does not have.

    Page: {{ questions_to_ask("person") }}
    """
    known = guide.library.questions
    if group not in known:
        raise MacroFault(quoted(group), f"write {listed(list(known))}")
    shown = [{"ask": _explained(guide, question.ask, on), "answer": clinic_says(guide, question)} for question in known[group].questions]
    return guide.draw("questions-to-ask", questions=shown)


def question_list(guide: Guide) -> Markup:
    """With a script, a list of the reader's own: questions that they tick or write, in their own order, to print or to send.

    It stands below the questions, on the same page.

    Page: {{ question_list() }}
    """
    return guide.draw("question-list", email=guide.clinic.email)


def _explained(guide: Guide, ask: str, on: MutableMapping[str, Any]) -> Markup:
    words, *rest = EXPLAINED.split(ask)  # words, id, what stands for it, words, …
    shown = [shown_as_typed(words)]
    for word, stands, after in zip(rest[0::3], rest[1::3], rest[2::3], strict=True):
        shown += [term(guide, word, stands, on=on), shown_as_typed(after)]
    return Markup("").join(shown)


def clinic_says(guide: Guide, question: Question) -> list[Part]:
    """The clinic's own answer to a question; empty where its file gives none, or none yet."""
    parts = ANSWERS[question.answered_by](guide) if question.answered_by else []
    return [part for part in parts if all(map(_given, part.values))]


def _given(value: str) -> bool:
    """Whether a value is there, and not only its place."""
    return bool(re.search(r"[^\W_]", value)) and value.strip(" .!…[](){}<>").casefold() not in TO_COME


def _numbing_time(guide: Guide) -> list[Part]:
    """Only a time that the clinic has set: ours is a limit, and no answer of the clinic's."""
    length = guide.clinic.protocol.get("numbing-cream")
    return [Part([str(length)], guide.words["question_list"]["numbing_time"])] if length else []


def _out_of_hours(guide: Guide) -> list[Part]:
    """Whom to call when the clinic is closed, and when that is; nothing where only the hours are known."""
    words = guide.words
    after = guide.clinic.phones.after_hours
    called = after.number.display if after.number else after.text or ""
    first, *others = (Part([row["days"], row["times"]]) for row in hours(guide))
    note = guide.clinic.opening_hours.note
    closed = Part([called], words["call"]["when_closed"], after.number.e164 if after.number else "")
    return [closed, first._replace(label=words["question_list"]["hours"]), *others, *([Part([note])] if note else [])] if _given(called) else []


def _rf(guide: Guide) -> list[Part]:
    return [Part([guide.words["question_list"]["rf" if guide.clinic.offers.rf else "no_rf"]])]


# What each name of `answered_by` takes from the clinic file.
ANSWERS: dict[str, Callable[[Guide], list[Part]]] = {
    "complaints": lambda guide: [Part([guide.clinic.complaints])],
    "devices": lambda guide: [Part([device.name, device.maker]) for device in guide.clinic.devices],
    "licences": lambda guide: [Part([device.name, device.licence]) for device in guide.clinic.devices],
    "numbing_time": _numbing_time,
    "out_of_hours": _out_of_hours,
    "practitioners": lambda guide: [Part([person.name, person.role]) for person in guide.clinic.practitioners],
    "price": lambda guide: [Part([guide.clinic.price])],
    "qualifications": lambda guide: [Part([person.name, person.qualification]) for person in guide.clinic.practitioners],
    "registrations": lambda guide: [Part([person.name, person.registration.body, person.registration.number]) for person in guide.clinic.practitioners],
    "rf": _rf,
}
