"""What to tell the clinic: every condition as a box to tick, and the clinic's number beside what cannot wait."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib

from guide.duration import parse_duration
from guide.macros.tell import tell_the_clinic
from guide.project import Guide

CANNOT_WAIT = {"pregnancy", "isotretinoin-now", "skin-cancer", "infection", "chemo-radiotherapy"}
FIRST_STEP = {"infection": "Call {emergency} now", "cold-sore-now": "Get urgent help now", "skin-cancer": "Show a doctor"}
STOPS_MEDICINE = re.compile(r"(?<!not )(?<!never )(?<!no need to )\bstop\b", re.I)


def points(guide: Guide) -> dict[str, Element]:
    """The place of each condition, by its id."""
    page = html5lib.parseFragment(tell_the_clinic(guide, on={}), namespaceHTMLElements=False)
    return {item.find("input").get("data-mg-point"): item for item in page.iter("li") if item.get("class") == "mg-tell__point"}


def test_every_condition_is_a_box_whose_label_is_its_question(guide: Guide) -> None:
    shown = points(guide)
    assert set(shown) == set(guide.library.suitability)
    for point, item in shown.items():
        box, label = item.find("input"), item.find("label")
        assert (box.get("type"), label.get("for")) == ("checkbox", box.get("id"))
        assert guide.library.suitability[point].question.split("{")[0].split("'")[0] in "".join(label.itertext())


def test_what_cannot_wait_is_a_choice_of_the_data_and_shows_the_clinics_number(other_guide: Guide) -> None:
    asked = {point for point, entry in other_guide.library.suitability.items() if entry.call_now}
    assert asked == CANNOT_WAIT, "a new danger answer, or one fewer: see that its next step is plain, and name it here"
    number = f"tel:{other_guide.clinic.phones.main.e164}"
    assert {point for point, item in points(other_guide).items() if any(link.get("href") == number for link in item.iter("a"))} == asked


def test_a_condition_that_is_no_longer_urgent_loses_the_number(guide: Guide) -> None:
    calm = {point: entry.model_copy(update={"call_now": False}) for point, entry in guide.library.suitability.items()}
    assert not any(link.get("href", "").startswith("tel:") for link in points(replace(guide, library=replace(guide.library, suitability=calm)))["pregnancy"].iter("a"))


def test_a_clinics_own_time_stands_in_the_question_and_says_so(guide: Guide) -> None:
    own = replace(guide, clinic=guide.clinic.model_copy(update={"protocol": {"sun-before": parse_duration("5 weeks")}}))
    question = "".join(points(own)["sunburn-tan"].find("label").itertext())
    assert "less than 5 weeks (your clinic’s own figure" in question


def test_no_next_step_tells_anyone_to_stop_a_medicine(guide: Guide) -> None:
    assert [point for point, entry in guide.library.suitability.items() if STOPS_MEDICINE.search(entry.what_to_do)] == [], "say whom to ask"
    assert STOPS_MEDICINE.search("Stop your tablets.")


def test_the_first_step_comes_before_the_clinics_number_which_says_that_it_comes_after(other_guide: Guide) -> None:
    shown = points(other_guide)
    for point in CANNOT_WAIT:
        said = " ".join("".join(shown[point].itertext()).split())
        step, number = said.index("Do this first"), said.index("After that, tell the clinic: Call")
        assert step < number
    for point, first in FIRST_STEP.items():
        assert other_guide.library.suitability[point].what_to_do.startswith(first), point


def test_both_who_may_be_pregnant_and_who_takes_isotretinoin_hear_to_call_before_the_next_dose(guide: Guide) -> None:
    assert all("before the next dose" in guide.library.suitability[point].what_to_do for point in ("pregnancy", "isotretinoin-now"))
