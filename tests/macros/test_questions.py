"""What the clinic file answers of the questions to ask it: the clinic's own words beside the question, and nothing where they are missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from conftest import ROOT
from guide.duration import parse_duration
from guide.entries import Answer, Question
from guide.faults import Faults
from guide.library import read_library
from guide.macros.questions import ANSWERS, clinic_says, questions_to_ask
from guide.project import Guide

MISSING = ["…", "-", "???", " — ", "tbc", "TBC.", "[to follow]", "n/a", "TODO", "____"]


def said(guide: Guide, answer: str) -> list[str]:
    """Every value that a guide answers a question with, in order."""
    return [value for part in clinic_says(guide, Question(ask="Is it so?", answered_by=answer)) for value in part.values]


def with_clinic(guide: Guide, **values: Any) -> Guide:
    """The guide of a clinic that differs in a few values."""
    return replace(guide, clinic=guide.clinic.model_copy(update=values))


def test_each_name_that_a_question_may_give_takes_something_from_the_clinic_file_and_is_used() -> None:
    used = {question.answered_by for group in read_library(ROOT / "data").questions.values() for question in group.questions}
    assert set(get_args(Answer)) == set(ANSWERS) == used - {None}


def test_the_clinics_own_values_answer(other_guide: Guide) -> None:
    clinic = other_guide.clinic
    people, devices = clinic.practitioners, clinic.devices
    assert said(other_guide, "price") == [clinic.price]
    assert said(other_guide, "complaints") == [clinic.complaints]
    assert said(other_guide, "practitioners") == [value for person in people for value in (person.name, person.role)]
    assert said(other_guide, "qualifications") == [value for person in people for value in (person.name, person.qualification)]
    assert said(other_guide, "registrations") == [value for person in people for value in (person.name, person.registration.body, person.registration.number)]
    assert said(other_guide, "devices") == [value for device in devices for value in (device.name, device.maker)]
    assert said(other_guide, "licences") == [value for device in devices for value in (device.name, device.licence)]


def test_whether_rf_needling_is_offered_is_said_either_way(guide: Guide, other_guide: Guide) -> None:
    words = guide.words["question_list"]
    assert said(guide, "rf") == [words["no_rf"]]
    assert said(other_guide, "rf") == [words["rf"]]


def test_whom_to_call_at_night_is_a_number_to_dial_or_a_text_with_the_hours_after_it(guide: Guide, other_guide: Guide) -> None:
    number = guide.clinic.phones.after_hours.number
    assert said(guide, "out_of_hours")[:3] == [number.display, "Monday to Wednesday", "9\u00a0am to 5\u00a0pm"]
    assert f'href="tel:{number.e164}"' in questions_to_ask(guide, "aftercare", on={})
    assert said(other_guide, "out_of_hours")[0] == other_guide.clinic.phones.after_hours.text
    assert said(other_guide, "out_of_hours")[-1] == other_guide.clinic.opening_hours.note


def test_the_hours_alone_are_no_answer_to_whom_to_call_at_night(other_guide: Guide) -> None:
    phones = other_guide.clinic.phones
    unknown = phones.model_copy(update={"after_hours": phones.after_hours.model_copy(update={"text": "tbc"})})
    assert said(with_clinic(other_guide, phones=unknown), "out_of_hours") == []


def test_the_time_of_numbing_cream_is_said_only_where_the_clinic_has_set_it(guide: Guide) -> None:
    assert said(guide, "numbing_time") == [], "our own limit is no answer of the clinic's"
    assert said(with_clinic(guide, protocol={"numbing-cream": parse_duration("40 minutes")}), "numbing_time") == ["40 minutes"]


@pytest.mark.parametrize("value", MISSING)
def test_a_value_that_is_still_missing_is_never_shown_as_an_answer(value: str, guide: Guide) -> None:
    [device], [person] = guide.clinic.devices, guide.clinic.practitioners
    registration = person.registration.model_copy(update={"number": value})
    unfilled = with_clinic(
        guide, price=value, complaints=value, devices=[device.model_copy(update={"licence": value})],
        practitioners=[person.model_copy(update={"qualification": value, "registration": registration})],
    )
    for answer in ("price", "complaints", "licences", "qualifications", "registrations"):
        assert said(guide, answer) and said(unfilled, answer) == [], answer
    assert guide.words["question_list"]["says"] not in questions_to_ask(unfilled, "money", on={})
    assert said(unfilled, "devices"), "what the file gives is still said"


def test_an_answer_shows_as_typed_and_does_nothing(other_guide: Guide) -> None:
    shown = questions_to_ask(other_guide, "money", on={})
    assert "<script" not in shown and "<img" not in shown and "{{" not in shown and "](" not in shown
    assert "&#60;script&#62;" in shown


def test_a_name_that_the_clinic_file_does_not_have_is_told_with_those_that_it_has(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    file = data / "questions.yml"
    text = file.read_text(encoding="utf-8").replace("answered_by: price", "answered_by: prise")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_library(data)
    [fault] = map(str, raised.value.faults)
    line = text.split("answered_by: prise")[0].count("\n") + 1
    assert f"data/questions.yml:{line}:" in fault and "“prise”" in fault and "'price'" in fault and "'out_of_hours'" in fault
