"""`python -m guide new`: what is asked, what is said of an answer that does not fit, and the file that comes of it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from guide import new_clinic as command
from guide.adopt import draft, questions
from guide.adopt.asking import Stopped, Terminal
from guide.adopt.draft import draft_of, read_draft
from guide.adopt.filling import filled
from guide.adopt.interview import Interview, without_entry
from guide.adopt.questions import ANOTHER, KEEP_OURS, PARTS, as_answers, as_data, over
from guide.clinic import Clinic, clinic_schema, read_clinic, steps_to_set
from guide.faults import Faults
from guide.library import read_library
from guide.models import _printable

LIBRARY = read_library(ROOT / "data")
TEMPLATE = (ROOT / "clinic.yml").read_text(encoding="utf-8")
EXAMPLE = yaml.safe_load(TEMPLATE)

# One answer to each question, in order, by the key that it is for; an empty one is Enter alone.
ANSWERS = {
    "name": "Mill Lane Skin",
    "legal_name": "Mill Lane Skin Ltd",
    "country": "England",
    "address.lines": ["First floor", "12 Mill Lane", ""],
    "address.town": "Leeds",
    "address.region": "",
    "address.postcode": "LS1 1AA",
    "time_zone": "",
    "languages": ["English, Polish", ""],
    "phones.main.number": "0113 496 0123",
    "phones.main.label": "Front desk",
    "phones.after_hours": "Leave a message",
    "email": "hello@millane.test",
    "website": "www.millane.test",
    "booking_link": "",
    "opening_hours.monday": "9-5",
    "opening_hours.tuesday": "",
    "opening_hours.wednesday": "9am to 12:30 and 13.30 - 7pm",
    "opening_hours.thursday": "",
    "opening_hours.friday": "9-3",
    "opening_hours.saturday": "",
    "opening_hours.sunday": "",
    "opening_hours.note": "",
    "practitioners.1.name": "Ann Miller",
    "practitioners.1.role": "Nurse",
    "practitioners.1.qualification": "BSc Nursing",
    "practitioners.1.registration.body": "NMC",
    "practitioners.1.registration.number": "12A3456B",
    "practitioners.1.another": "no",
    "devices.1.name": "SkinPen Precision",
    "devices.1.maker": "Bellus Medical",
    "devices.1.licence": "UKCA 12",
    "devices.1.another": "",
    "offers.rf": "",
    "offers.prp": "",
    "protocol.keep": "",
    "price": ["One session is £200", "A course of three is £540", ""],
    "complaints": ["Tell the practice manager.", ""],
    "reviewer.name": "",
    "site": "www.millane.test/needling",
    "brand.colour": "",
    "brand.logo": "",
}


def lines(changed: dict[str, Any] | None = None, until: str | None = None) -> list[str]:
    """What is typed in answer to every question.

    changed  other answers, by the key that they are for
    until    the last question that is answered; left out, all are
    """
    typed: list[str] = []
    for question in questions.Questionnaire(LIBRARY).plan({}):
        answer = {**ANSWERS, **(changed or {})}.get(question.key, "")
        typed += answer if isinstance(answer, list) else [answer]
        if question.key == until:
            break
    return typed


def asked(target: Path, typed: Iterable[str] | bytes, person: bool = False) -> tuple[int, str]:
    """How the command ends, and all that the screen shows."""
    source = typed if isinstance(typed, bytes) else "".join(f"{line}\n" for line in typed).encode()
    shown = io.StringIO()
    ends = command.new_clinic(ROOT, str(target), io.BytesIO(source), shown, typed=person)
    return ends, shown.getvalue()


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """The data files are read once for all tests here, and not at each call of the command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "read_library", lambda folder: LIBRARY)
        yield


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "clinic.yml"


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The file of a clinic that answered every question, and what the screen showed."""
    target = tmp_path_factory.mktemp("answered") / "clinic.yml"
    ends, shown = asked(target, lines())
    assert ends == 0, shown
    return target, shown


# --- The file -----------------------------------------------------------------------------------------------------


def test_where_everything_was_answered_the_file_fits_and_holds_no_example(answered: tuple[Path, str]) -> None:
    clinic = read_clinic(answered[0], LIBRARY)
    assert clinic.example_values() == []
    assert clinic.name == "Mill Lane Skin"
    assert clinic.address_lines == ["First floor", "12 Mill Lane", "Leeds LS1 1AA"]
    assert [(span.opens, span.closes) for span in clinic.opening_hours.spans("thursday")] == [("09:00", "12:30"), ("13:30", "19:00")]
    assert clinic.price == "One session is £200. A course of three is £540."
    assert clinic.site_url == "https://www.millane.test/needling/"
    assert clinic.protocol == {}


def test_every_comment_of_the_shipped_file_is_kept(answered: tuple[Path, str]) -> None:
    text = answered[0].read_text(encoding="utf-8")
    notes = [line for line in TEMPLATE.splitlines() if line.lstrip().startswith("#")]
    there = text.splitlines()
    missing = [note for note in notes if note not in there]
    assert [note.split(" ")[1] for note in missing] == ["yaml-language-server:", "This"]
    ends = re.findall(r"(?m)^ *(\w+):.*?( # .*)$", TEMPLATE)
    for key, note in ends:
        assert any(line.strip().startswith(f"{key}:") and line.endswith(note) for line in there), f"the note on {key}"


def test_what_equals_the_shipped_file_stays_as_it_is_typed_there() -> None:
    assert filled(TEMPLATE, over(EXAMPLE, as_data(as_answers(EXAMPLE)))) == TEMPLATE.replace("# This clinic does not exist. As long", "# As long")


def test_every_key_of_the_clinic_file_is_asked_for() -> None:
    schema = clinic_schema(LIBRARY)
    plan = [question.key for question in questions.Questionnaire(LIBRARY).plan({KEEP_OURS: False, "reviewer.name": "A"})]
    shape = set(keys_of(schema, schema, ""))
    filled_by = {re.sub(r"\.1\b", "", key) for key in plan} | {"site.address", "site.base_path"}
    assert {key for key in shape if not any(key == each or key.startswith(f"{each}.") for each in filled_by)} == set()
    assert len(plan) == len(set(plan))


def keys_of(schema: dict, part: dict, above: str) -> Iterable[str]:
    """Every key that holds a value, at any depth; entries of lists without their numbers."""
    part = questions._resolved(schema, part)
    inner = part.get("properties") or questions._resolved(schema, part.get("items", {})).get("properties")
    if not inner:
        yield above
    for name, below in (inner or {}).items():
        yield from keys_of(schema, below, f"{above}.{name}" if above else name)


def test_a_key_that_comes_with_a_newer_guide_is_asked_for_by_its_description(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = clinic_schema(LIBRARY)
    schema["properties"]["parking"] = {"type": "boolean", "description": "whether patients can park: true or false"}
    schema["$defs"]["Site"]["properties"]["robots"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "what robots may do"}
    monkeypatch.setattr(questions, "clinic_schema", lambda library: schema)
    plan = {question.key: question for question in questions.Questionnaire(LIBRARY).plan({})}
    assert plan["parking"].ask.startswith("Whether patients can park")
    assert plan["parking"].kind.read("yes") is True
    assert plan["site.robots"].free


# Values that YAML would take for something else, or stop at.
HOSTILE = [
    '"quoted"', "it's", "a: b", "Suite #4", "*star", "&and", "!bang", "%percent", "@at", "`tick", "- dash", "? mark", "| pipe", "> more", "{brace}", "[list]", "{{ 7*7 }}",
    "yes", "no", "null", "~", "true", "1e3", "0123", "10:30", "2026-01-31", "#hash", "a # b", "back\\slash", "👩‍⚕️ 😀", "طابق", "“curly”", "x: 'y' \"z\"", "---", "...", "<b>",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_typed_stands_in_the_file_as_it_was_typed(value: str, target: Path) -> None:
    changed = {"name": value, "address.lines": [value, ""], "address.town": value, "practitioners.1.name": value, "devices.1.licence": value, "opening_hours.note": value, "price": [f"{value} {value} " * 12 + "end.", ""]}
    ends, shown = asked(target, lines(changed))
    assert ends == 0, shown
    clinic = read_clinic(target, LIBRARY)
    assert {clinic.name, clinic.address.lines[0], clinic.address.town, clinic.practitioners[0].name, clinic.devices[0].licence, clinic.opening_hours.note} == {value}
    assert clinic.price == f"{value} {value} " * 12 + "end."


def _can_be_typed(text: str) -> bool:
    try:
        return bool(_printable(text)) and text == text.strip()
    except ValueError:
        return False


@settings(deadline=None, max_examples=200)
@given(name=st.text(min_size=1, max_size=200).filter(_can_be_typed), lines_typed=st.lists(st.text(min_size=1, max_size=60).filter(_can_be_typed), min_size=1, max_size=4))
def test_no_value_changes_on_its_way_through_the_file(name: str, lines_typed: list[str]) -> None:
    data = over(EXAMPLE, {"name": name, "price": name * 3, "address": {"lines": lines_typed}, "devices": [{"name": name, "maker": line, "licence": name} for line in lines_typed]})
    found = yaml.safe_load(filled(TEMPLATE, data))
    assert {key: found[key] for key in ("name", "price", "address", "devices")} == {key: data[key] for key in ("name", "price", "address", "devices")}


def test_own_times_take_their_comment_off_and_the_others_stay_comments(target: Path) -> None:
    own = {"retinoids-before": "9 days", "make-up-after": "one week"}
    ends, shown = asked(target, lines({"protocol.keep": ["no", *(own.get(step, "") for step in steps_to_set(LIBRARY))]}))
    assert ends == 0, shown
    assert {step: str(length) for step, length in read_clinic(target, LIBRARY).protocol.items()} == {"retinoids-before": "9 days", "make-up-after": "1 week"}
    assert '\n  retinoids-before: "9 days" # Retinol' in target.read_text(encoding="utf-8")
    assert '\n  # sun-before: "2 weeks" # Sun' in target.read_text(encoding="utf-8")
    assert "We say 7 days." in shown
    assert "No shorter than 24 hours." in shown


# --- Answers ------------------------------------------------------------------------------------------------------


def interview(typed: Iterable[str], answers: dict[str, Any] | None = None, folder: Path = ROOT) -> tuple[Interview, io.StringIO]:
    shown = io.StringIO()
    source = io.BytesIO("".join(f"{line}\n" for line in typed).encode())
    return Interview(Terminal(source, shown, typed=False), LIBRARY, EXAMPLE, folder, lambda: None, {"country": "UK", **(answers or {})}), shown


def put(key: str, *typed: str, **answers: Any) -> tuple[Any, str]:
    """The answer to one question, and what the screen shows."""
    talk, shown = interview(typed, answers)
    question = next(question for question in talk.plan() if question.key == key)
    talk._put(question, first=False)
    return talk.answers[key], shown.getvalue()


GENEROUS = [
    ("country", "Ireland", "IE"),
    ("country", "gb", "GB"),
    ("country", "the United States", "US"),
    ("time_zone", "Dublin", "Europe/Dublin"),
    ("languages", "English, Polish and Arabic", ["English", "Polish", "Arabic"]),
    ("website", "www.plain.test/start", "https://www.plain.test/start"),
    ("website", "http://plain.test", "https://plain.test"),
    ("opening_hours.monday", "9:30-17.00", [{"opens": "09:30", "closes": "17:00"}]),
    ("opening_hours.monday", "9-12, 1pm-5pm", [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}]),
    ("opening_hours.monday", "Shut", "closed"),
    ("offers.rf", "Y", True),
    ("phones.after_hours", "0113 496 0999", {"number": "0113 496 0999"}),
    ("phones.after_hours", "Ring 111", {"text": "Ring 111."}),
    ("site", "guide.plain.test", "https://guide.plain.test/"),
    ("site", "https://plain.test/a/b", "https://plain.test/a/b/"),
    ("brand.colour", "0B5D57", "#0b5d57"),
    ("brand.colour", "#055", "#005555"),
    ("name", '"stop"', "stop"),
    ("name", "\x1b[A\x1b[200~Skin\tOne\x1b[201~", "Skin One"),
]


@pytest.mark.parametrize(("key", "typed", "value"), GENEROUS)
def test_an_answer_is_read_as_it_was_meant(key: str, typed: str, value: Any) -> None:
    more = [""] if key == "languages" else []
    assert put(key, typed, *more)[0] == value


def test_a_date_may_be_written_in_words() -> None:
    for typed in ("31 January 2026", "Jan 31, 2026", "31st jan 2026", "2026-01-31"):
        assert put("reviewer.reviewed_on", typed, **{"reviewer.name": "A", "reviewer.role": "Doctor"})[0] == "2026-01-31"


# The question, what does not fit, what the screen says of it, and what does.
MISFITS = [
    ("name", "a" * 301, "keep it to 300 characters", "Mill Lane"),
    ("name", "Mill \u202eLane", "take out the hidden character U+202E", "Mill Lane"),
    ("country", "Atlantis", "the guide knows no other country yet", "UK"),
    ("time_zone", "EST5", "write an area and a large city in your time zone", "London"),
    ("phones.main.number", "12", "write a whole number that can be rung in the United Kingdom", "0113 496 0123"),
    ("phones.main.number", "0113 496 0123 ext 4", "without an extension", "0113 496 0123"),
    ("phones.after_hours", "999", "write a whole number that can be rung", "Ring 111."),
    ("email", "hello@", "write one e-mail address alone", "hello@plain.test"),
    ("website", "my site", "write it whole, as your browser shows it", "plain.test"),
    ("opening_hours.monday", "all day", "write the hours as in 9:00-17:30", "closed"),
    ("opening_hours.monday", "17-9", "write a closing time after the opening time, 17:00", "9-17"),
    ("opening_hours.monday", "9-12 and 11-15", "write the times in order, with no overlap", "9-12"),
    ("offers.rf", "perhaps", "write yes or no", "no"),
    ("site", "somewhere", "write it whole, as your browser shows it", "guide.plain.test"),
    ("brand.colour", "teal", "six digits or letters a to f", "#0b5d57"),
    ("brand.colour", "#ffee00", "the nearest darker one is", "#0b5d57"),
    ("brand.logo", "none.svg", "there is no such picture", "none"),
    ("protocol.make-up-after", "1 hour", "write “24 hours” or longer. Why:", "2 days"),
    ("protocol.retinoids-before", "a while", "such as \"7 days\"", "9 days"),
    ("protocol.retinoids-before", "25 months", "press Enter", ""),
    ("reviewer.reviewed_on", "1/2/2026", "write the date as year-month-day", "2026-02-01"),
    ("price", "a" * 601, "keep it to 600 characters", "none yet"),
]


@pytest.mark.parametrize(("key", "wrong", "says", "right"), MISFITS)
def test_an_answer_that_does_not_fit_is_told_at_once_and_asked_again(key: str, wrong: str, says: str, right: str) -> None:
    answers = {KEEP_OURS: False, "reviewer.name": "A", "reviewer.role": "Doctor"}
    more = [""] if key == "price" else []
    shown = put(key, wrong, right, *more, **answers)[1]
    told = " ".join(shown.split())
    assert told.count("That does not fit: ") == 1, shown
    assert says in told, shown
    # Words for somebody who writes the file: nobody who is asked sees quotation marks, keys or dashes there.
    assert not re.search(r"in quotes|the key|take the line out|begin(?:ning)? with a dash|opening_hours|base_path|after the colon", told), told


@pytest.mark.parametrize("key", ["name", "email", "phones.main.number", "site", "opening_hours.monday", "price", "devices.1.licence"])
def test_enter_alone_is_no_answer_where_one_is_needed(key: str) -> None:
    talk, shown = interview(["", "none", "later"])
    question = next(question for question in talk.plan() if question.key == key)
    talk._put(question, first=False)
    assert shown.getvalue().count("This one is needed. Type later if you do not know it yet.") == 2
    assert talk.later == {key}


@pytest.mark.parametrize("typed", ["", "later", "none"])
def test_what_is_free_can_be_skipped(typed: str) -> None:
    assert put("booking_link", typed)[0] is None


def test_what_enter_takes_is_said_before() -> None:
    assert "Enter takes: Mill Lane" in put("legal_name", "", name="Mill Lane")[1]
    assert "Enter keeps: Mill Ltd" in put("legal_name", "", legal_name="Mill Ltd")[1]
    assert "Enter skips it." in put("booking_link", "")[1]
    assert "Enter takes: 09:00 to 17:00" in put("opening_hours.tuesday", "", **{"opening_hours.monday": [{"opens": "09:00", "closes": "17:00"}]})[1]
    assert "Enter takes: Europe/London" in put("time_zone", "")[1]
    assert "Enter" not in put("time_zone", "Chicago", country="US")[1]


@pytest.mark.parametrize("word", ["help", "?"])
def test_help_explains_and_asks_again(word: str) -> None:
    value, shown = put("phones.main.number", word, "0113 496 0123")
    assert "As people write it where you are, with the area code." in shown
    assert "back goes to the question before." in shown
    assert value == "0113 496 0123"


def test_an_answer_that_looks_like_an_example_is_taken_and_told() -> None:
    value, shown = put("phones.main.number", "(202) 555-0142", country="US")
    assert value == "(202) 555-0142"
    assert "not for publication until you change it" in " ".join(shown.split())


def test_a_line_that_does_not_fit_leaves_the_lines_before_it() -> None:
    value, shown = put("address.lines", "First floor", "12 Mill \u202eLane", "12 Mill Lane", "")
    assert value == ["First floor", "12 Mill Lane"]
    assert shown.count("That does not fit") == 1


def test_back_takes_the_last_line_away_and_then_the_question_back() -> None:
    value, shown = put("price", "One is £2", "Two is £3", "back", "Two is £4", "")
    assert value == "One is £2. Two is £4."
    assert "Taken away: Two is £3" in shown
    talk, _ = interview(["One is £2", "back", "back"])
    assert talk._put(next(question for question in talk.plan() if question.key == "price"), first=False) is True


def test_back_goes_to_the_question_before_with_its_answer(target: Path) -> None:
    typed = ["back", "Wrong Name", "back", "Mill Lane Skin", *lines()[1:]]
    ends, shown = asked(target, typed)
    assert ends == 0, shown
    assert "There is no question before this one here." in shown
    assert "Enter keeps: Wrong Name" in shown
    assert read_clinic(target, LIBRARY).name == "Mill Lane Skin"


def test_entries_are_asked_one_at_a_time_and_another_is_offered(target: Path) -> None:
    people = {"practitioners.1.another": ["yes", "Bob", "Doctor", "MBBS", "", "7654321", "y", "Cy", "Nurse", "BSc", "GMC", "1", "n"]}
    ends, shown = asked(target, lines(people))
    assert ends == 0, shown
    assert [(person.name, person.registration.body) for person in read_clinic(target, LIBRARY).practitioners] == [("Ann Miller", "NMC"), ("Bob", "NMC"), ("Cy", "GMC")]
    assert "What is the role of Bob at your clinic?" in shown


def test_an_entry_can_be_taken_out_of_the_middle() -> None:
    answers = {"d.1.name": "a", "d.1.another": True, "d.2.name": "b", "d.2.another": True, "d.3.name": "c", "d.3.another": False}
    assert without_entry(answers, "d", 2) == {"d.1.name": "a", "d.1.another": True, "d.2.name": "c", "d.2.another": False}
    assert without_entry(answers, "d", 3) == {"d.1.name": "a", "d.1.another": False, "d.2.name": "b", "d.2.another": False} | {"d.1.another": True}
    assert without_entry(answers, "d", 1) == {"d.1.name": "b", "d.1.another": True, "d.2.name": "c", "d.2.another": False}


def test_an_answer_that_another_one_overtakes_is_asked_again() -> None:
    talk, shown = interview(["020 910 1234"], {"country": "IE", "phones.main.number": "0113 496 0123", "phones.after_hours": {"text": "Wait."}})
    talk.mend()
    assert talk.answers["phones.main.number"] == "020 910 1234"
    assert "One answer does not go with the others:" in shown.getvalue()


# --- Stopping and going on ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [["stop"], ["quit"], []], ids=["stop", "quit", "the end of a pipe"])
def test_stopping_keeps_every_answer_and_says_how_to_go_on(end: list[str], target: Path) -> None:
    ends, shown = asked(target, [*lines(until="email"), *end])
    assert ends == 1
    assert not target.exists()
    assert "Your answers are kept in clinic.yml.draft" in shown
    assert f"type: make new-clinic CLINIC={target}" in " ".join(shown.split())
    assert read_draft(target)["email"] == "hello@millane.test"


def test_going_on_asks_only_what_is_left(target: Path) -> None:
    asked(target, [*lines(until="email"), "stop"])
    rest = lines()[len(lines(until="email")) :]
    ends, shown = asked(target, rest)
    assert ends == 0, shown
    assert "What is your clinic called?" not in shown
    assert shown.index("You stopped before.") < shown.index("What is the address of your own website?")
    assert read_clinic(target, LIBRARY).example_values() == []
    assert [path.name for path in target.parent.iterdir()] == ["clinic.yml"], "the draft is gone once the file is written"


def test_stopping_before_the_first_answer_leaves_nothing(target: Path) -> None:
    ends, shown = asked(target, ["stop"])
    assert (ends, list(target.parent.iterdir())) == (1, [])
    assert "Nothing was changed." in shown


def test_at_the_end_a_person_who_leaves_has_not_written_the_file(target: Path) -> None:
    ends, _ = asked(target, lines(), person=True)
    assert (ends, target.exists(), draft_of(target).exists()) == (1, False, True)


def test_a_draft_that_cannot_be_read_is_kept_and_not_used(target: Path) -> None:
    draft_of(target).write_text("{", encoding="utf-8")
    ends, shown = asked(target, lines())
    assert ends == 0, shown
    assert "cannot be read, and is now called clinic.yml.draft.old" in " ".join(shown.split())
    assert (target.parent / "clinic.yml.draft.old").read_text(encoding="utf-8") == "{"


def test_what_is_left_for_later_stays_an_example_and_is_asked_next_time(target: Path) -> None:
    ends, shown = asked(target, lines({"devices.1.licence": "later", "phones.main.number": "later", "practitioners.1.registration.number": "later"}))
    assert ends == 0, shown
    keys = [value.key for value in read_clinic(target, LIBRARY).example_values()]
    assert keys == ["phones.main.number", "practitioners.1.registration.number", "devices.1.licence"]
    assert "3 values are still an example" in shown
    ends, shown = asked(target, ["0113 496 0123", "12A3456B", "UKCA 12", "", "yes"])
    assert ends == 0, shown
    assert "What is your clinic called?" not in shown
    assert read_clinic(target, LIBRARY).example_values() == []


# --- A file that is there already ---------------------------------------------------------------------------------


def test_the_answers_of_a_file_are_kept_and_one_part_can_be_changed(target: Path) -> None:
    asked(target, lines())
    before = target.read_text(encoding="utf-8")
    website = [question.key for question in questions.Questionnaire(LIBRARY).plan({}) if question.part == len(PARTS) - 1]
    ends, shown = asked(target, [str(len(PARTS)), *("#5b2a86" if key == "brand.colour" else "" for key in website), "", "yes"])
    assert ends == 0, shown
    assert "is there already, for Mill Lane Skin" in " ".join(shown.split())
    assert target.read_text(encoding="utf-8") == before.replace("#0b5d57", "#5b2a86")
    assert (target.parent / "clinic.yml.old").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("end", ["no", "stop"])
def test_an_old_file_is_replaced_only_after_a_yes(end: str, target: Path) -> None:
    asked(target, lines())
    before = target.read_bytes()
    ends, _ = asked(target, ["1", "Another Name", *[""] * 9, "", "what?", end] if end == "no" else ["stop"])
    assert (ends, target.read_bytes()) == (1, before)
    assert not (target.parent / "clinic.yml.old").exists()


def test_each_old_file_is_kept_under_a_name_of_its_own(target: Path) -> None:
    asked(target, lines())
    for _ in range(2):
        asked(target, ["", "yes"])
    assert sorted(path.name for path in target.parent.iterdir()) == ["clinic.yml", "clinic.yml.old", "clinic.yml.old-1"]


@pytest.mark.parametrize("name", ["obrien.yml", "plain.yml"])
def test_a_file_that_was_written_by_hand_says_the_same_afterwards(name: str, tmp_path: Path) -> None:
    for file in ("obrien.yml", "plain.yml", "obrien.svg"):
        (tmp_path / file).write_bytes((ROOT / "tests" / "clinics" / file).read_bytes())
    target = tmp_path / name
    before = read_clinic(target, LIBRARY)
    # What is free and not in the file is asked, as is what is still an example.
    given = {question.key: "" for question in questions.Questionnaire(LIBRARY).plan(as_answers(yaml.safe_load(target.read_text(encoding="utf-8")))) if question.free}
    held = as_answers(yaml.safe_load(target.read_text(encoding="utf-8")))
    left = [key for key in given if key not in held and not key.startswith(("reviewer", "protocol"))]
    ends, shown = asked(target, [*(["(202) 555-0142"] if name == "plain.yml" else []), *("" for _ in left), "", "yes"])
    assert ends == 0, shown
    after = read_clinic(target, LIBRARY)
    assert after.model_dump(exclude={"reviewer"}) == before.model_dump(exclude={"reviewer"})
    assert after.named_reviewer == before.named_reviewer


def test_a_file_that_cannot_be_read_is_told_and_left(target: Path) -> None:
    target.write_text("name: [", encoding="utf-8")
    with pytest.raises(Faults, match=r"clinic.yml:\d+: "):
        asked(target, lines())
    assert target.read_text(encoding="utf-8") == "name: ["


@pytest.mark.parametrize(("make", "name", "says"), [("dir", "clinic.yml", "a folder"), ("", "clinic.doc", "ends in .yml"), ("file", "inside/clinic.yml", "a file where its folder should be")])
def test_a_name_that_cannot_be_a_clinic_file_is_told_before_anything_is_asked(make: str, name: str, says: str, tmp_path: Path) -> None:
    if make == "dir":
        (tmp_path / name).mkdir()
    elif make == "file":
        (tmp_path / "inside").write_text("", encoding="utf-8")
    with pytest.raises(Faults, match=says):
        asked(tmp_path / name, [])


# --- Writing ------------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_leaves_the_old_file_and_says_so(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(target, lines())
    before = target.read_bytes()
    real = os.replace

    def full(source: str, end: Path) -> None:
        if Path(end) == target:
            raise OSError(28, "No space left on device")
        real(source, end)

    monkeypatch.setattr(draft.os, "replace", full)
    with pytest.raises(Faults, match="No space left on device"):
        asked(target, ["1", "Another Name", *[""] * 9, "", "yes"])
    assert target.read_bytes() == before
    assert read_draft(target)["name"] == "Another Name"
    assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == [], "nothing half written is left"


def test_the_file_is_plain_text_that_others_may_read_and_names_its_schema(answered: tuple[Path, str]) -> None:
    raw = answered[0].read_bytes()
    assert b"\r" not in raw
    named = re.match(rb"# yaml-language-server: \$schema=(.*)\n", raw)[1].decode()
    assert (answered[0].parent / named).resolve() == ROOT / "data" / "clinic.schema.json"
    if os.name != "nt":
        assert answered[0].stat().st_mode & 0o777 == 0o644


def test_a_draft_holds_the_answers_and_nothing_else(target: Path) -> None:
    asked(target, [*lines(until="address.town"), "stop"])
    assert json.loads(draft_of(target).read_text(encoding="utf-8")) == {"name": "Mill Lane Skin", "legal_name": "Mill Lane Skin Ltd", "country": "UK", "address.lines": ["First floor", "12 Mill Lane"], "address.town": "Leeds"}


# --- The screen ---------------------------------------------------------------------------------------------------


def test_the_screen_shows_plain_lines_that_a_screen_reader_can_read(answered: tuple[Path, str]) -> None:
    shown = answered[1]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown)
    answers = {line for answer in ANSWERS.values() for line in ([answer] if isinstance(answer, str) else answer)}
    assert [line for line in shown.splitlines() if len(line) > 100 and not any(answer and answer in line for answer in answers)] == []
    assert [line for line in shown.splitlines() if line.startswith("Part ") and " of " in line] == [f"Part {number} of {len(PARTS)}: {name}" for number, name in enumerate(PARTS, 1)]


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-8"])
def test_a_window_of_any_kind_shows_every_line(encoding: str, target: Path) -> None:
    shown = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    ends = command.new_clinic(ROOT, str(target), io.BytesIO("".join(f"{line}\n" for line in lines({"name": "Søn 😀", "email": ["a@", "a@plain.test"]})).encode()), shown, typed=False)
    assert ends == 0
    shown.seek(0)
    assert "That does not fit: found" in shown.read()
    assert read_clinic(target, LIBRARY).name == "Søn 😀"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_come_through_in_utf_8_and_in_a_windows_code_page(encoding: str, target: Path) -> None:
    typed = "\r\n".join(lines({"name": "Søn & Café"}))
    ends, shown = asked(target, f"{typed}\r\n".encode(encoding))
    assert ends == 0, shown
    assert read_clinic(target, LIBRARY).name == "Søn & Café"


def run(project: Path, typed: str | bytes, *words: str) -> subprocess.CompletedProcess:
    env = {**os.environ, "PYTHONUTF8": "1", "CLINIC": ""}
    return subprocess.run([sys.executable, "-m", "guide", *words], cwd=project, env=env, input=typed, capture_output=True, text=True, encoding="utf-8")


def test_the_command_writes_the_clinics_own_file_which_check_then_reads(project: Path) -> None:
    shipped = (project / "clinic.yml").read_bytes()
    done = run(project, "\n".join(lines()) + "\n", "new")
    assert done.returncode == 0, done.stderr
    assert "Written: own/clinic.yml" in done.stdout
    assert (project / "clinic.yml").read_bytes() == shipped, "the example that came with the guide stays"
    checked = run(project, "", "check", "2026-11-23")
    assert checked.returncode == 0, checked.stderr
    assert "still an example" not in checked.stdout
    assert checked.stdout.endswith("Nothing to mend.\n")


def test_a_clinic_that_wrote_into_the_shipped_file_finds_its_answers(project: Path) -> None:
    plain = (ROOT / "tests" / "clinics" / "plain.yml").read_text(encoding="utf-8").replace("(202) 555-0142", "(212) 736 5000")
    (project / "clinic.yml").write_text(TEMPLATE.replace("name: Example Skin Clinic #", "name: Plain Clinic #"), encoding="utf-8")
    assert plain
    done = run(project, "stop\n", "new")
    assert "for Plain Clinic" in " ".join(done.stdout.split())


def shown_in_contributing(part: str) -> list[str]:
    """What CONTRIBUTING shows of a screen in one part, line by line, with every line number as N."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(f"\n### {part}\n")[1].split("\n### ")[0]
    blocks = re.findall(r"```text\n(.*?)```", text, re.S)
    return [_numbered(line) for block in blocks for line in block.splitlines() if line and not line.startswith("$ ")]


def _numbered(line: str) -> str:
    return re.sub(r"(?<=line )\d+|(?<=yml:)\d+", "N", line).rstrip()


def test_contributing_shows_what_the_screen_shows(project: Path) -> None:
    screen = run(project, "Mill Lane Skin\nstop\n", "new").stdout
    (project / "own" / "clinic.yml.draft").unlink()
    answers = {"phones.main.number": ["12", "0113 496 0123"], "practitioners.1.another": ["yes", "Bob", "Doctor", "MBBS", "GMC", "1", ""], "devices.1.licence": "later"}
    screen += run(project, "\n".join(lines(answers)) + "\n", "new").stdout
    there = {_numbered(line) for line in screen.splitlines()}
    assert [line for line in shown_in_contributing("1. Answer the questions") if line not in there] == []


def test_contributing_shows_what_check_says(project: Path) -> None:
    answers = {"price": ["RF needling is £500.", ""], "reviewer.name": ["Sam Reed", "Doctor", "2025-11-20"], "devices.1.licence": "later", "protocol.keep": ["no", *("9 days" if step == "retinoids-before" else "" for step in steps_to_set(LIBRARY))], "brand.logo": "logo.svg"}
    (project / "own").mkdir()
    shutil.copy(ROOT / "tests" / "clinics" / "obrien.svg", project / "own" / "logo.svg")
    assert run(project, "\n".join(lines(answers)) + "\n", "new").returncode == 0
    screen = run(project, "", "check", "2026-11-23").stdout
    assert shown_in_contributing("2. Check") == [_numbered(line) for line in screen.splitlines()]


@pytest.mark.parametrize("words", [["new", "a.yml", "b.yml"], ["check", "2026-01-01", "x"]])
def test_too_many_words_after_a_command_are_told(words: list[str], project: Path) -> None:
    done = run(project, "", *words)
    assert done.returncode == 2
    assert "python -m guide new [FILE]" in done.stderr


def test_check_looks_from_a_day_that_exists(project: Path) -> None:
    done = run(project, "", "check", "2026-13-45")
    assert done.returncode == 1
    assert "found “2026-13-45”; write a day as year-month-day" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_in_a_real_terminal_ctrl_c_keeps_what_was_typed(project: Path) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:  # what a person runs
        os.chdir(project)
        os.environ["CLINIC"] = ""
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests run in the background hand on that they ignore it
        os.execv(sys.executable, [sys.executable, "-m", "guide", "new"])
    shown = _until(terminal, "clinic called?.*Your answer: ")
    os.write(terminal, "Søn Skin\n".encode())
    shown += _until(terminal, "of the business?.*Your answer: ")
    os.write(terminal, b"\x03")
    shown += _until(terminal, "make new-clinic")
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 1
    assert read_draft(project / "own" / "clinic.yml") == {"name": "Søn Skin"}
    assert "Traceback" not in shown
    assert "\x1b" not in shown


def _until(terminal: int, words: str) -> str:
    """What the terminal shows, until it ends with some words."""
    shown = ""
    raw = b""
    while not re.search(words, shown, re.S):
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            more = b""
        assert more, shown
        raw += more
        shown = raw.decode("utf-8", "replace")
    return shown


def test_stopped_is_what_the_end_of_typing_means() -> None:
    with pytest.raises(Stopped):
        Terminal(io.BytesIO(b""), io.StringIO(), typed=True).ask("?")


def test_the_models_of_a_clinic_and_of_the_answers_agree() -> None:
    answers = as_answers(yaml.safe_load((ROOT / "tests" / "clinics" / "obrien.yml").read_text(encoding="utf-8")))
    assert answers["practitioners.1." + ANOTHER] is True
    assert answers["site"] == "https://guide.obrien.test/needling/"
    assert set(as_data(answers)) <= set(Clinic.model_fields)
