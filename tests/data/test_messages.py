"""data/messages.yml: the messages that a clinic sends with a link, and what is told of a slip in them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from guide.faults import Fault
from guide.links.messages import MOMENTS, NAME, WHOLE, blanks, message_faults, read_messages
from guide.links.septets import room
from guide.project import Guide

TYPED = (ROOT / "data" / NAME).read_text(encoding="utf-8")
FIRST = """'{clinic}: before your visit, please read "{topic}": {link} Questions? Call {phone}.'"""


def faults_in(folder: Path, text: str, topics: list[str]) -> list[Fault]:
    """Everything that is wrong in a file of messages."""
    (folder / NAME).write_text(text, encoding="utf-8")
    messages, document, faults = read_messages(folder)
    return faults or list(message_faults(messages, document, dict.fromkeys(topics)))


def test_the_file_has_no_fault_and_each_moment_once(guide: Guide, tmp_path: Path) -> None:
    assert faults_in(tmp_path, TYPED, list(guide.library.topics)) == []
    assert [message.id for message in guide.library.messages.messages] == list(MOMENTS)


def test_no_form_of_a_message_names_the_treatment_as_others_may_see_it(guide: Guide) -> None:
    for message in guide.library.messages.messages:
        assert not [text for text in (*message.texts, *message.for_urgent) if re.search(r"(?i)needl|treatment|skin", text)]
    assert not re.search(r"(?i)needl|treatment|skin|topic|question", guide.library.messages.email.subject)


def test_each_form_keeps_the_link_and_the_number_to_call_and_those_after_the_visit_the_emergency_number(guide: Guide) -> None:
    for message in guide.library.messages.messages:
        for text in (*message.texts, *message.for_urgent):
            assert blanks(text) >= {"link", "phone"}, text
        assert message.id == "before" or all("emergency" in blanks(text) for text in message.texts)


SLIPS = {
    "a blank that stands for nothing": (FIRST, FIRST.replace("{phone}", "{fone}"), "messages.1.texts.1", "the blank “fone” stands for nothing here: did you mean “phone”?"),
    "a blank twice": (FIRST, FIRST.replace("{phone}", "{link}"), "messages.1.texts.1", "once only"),
    "a blank with no name": (FIRST, FIRST.replace("{phone}", "{}"), "messages.1.texts.1", "write each blank as a name in braces"),
    "half a brace": (FIRST, FIRST.replace("{phone}", "{phone"), "messages.1.texts.1", "close each brace"),
    "a blank that reaches into a value": (FIRST, FIRST.replace("{phone}", "{phone.x}"), "messages.1.texts.1", "stands for nothing here"),
    "a form of a value": (FIRST, FIRST.replace("{phone}", "{phone!r}"), "messages.1.texts.1", "write each blank as a name in braces"),
    "no link": (FIRST, FIRST.replace("{link}", ""), "messages.1.texts.1", "keep {link} and {phone} in it"),
    "a sign outside the alphabet": (FIRST, FIRST.replace("Questions?", "Questions…"), "messages.1.texts.1", "take “…” out: with it a message holds 70 characters"),
    "first a form without the clinic": (FIRST, FIRST.replace("{clinic}", "We"), "messages.1.texts", "begin with a form that holds {clinic} and {topic}"),
    "an urgent form without the number": ("Before your visit: {link} Questions? Call {phone}. Emergency: call {emergency}.", "Before your visit: {link} Call {phone}.", "messages.1", "keep {emergency} in each form"),
    "a moment that is not known": ("id: day-7", "id: day-8", "messages.5.id", "write"),
    "a moment twice": ("id: day-7", "id: day-3", "messages", "write each of before, same-day, day-1, day-3, day-7 once, in this order"),
    "an unknown key": ("    when: Some", "    whenn: Some", "messages.1.whenn", "did you mean “when”?"),
    "an e-mail that names no number": ("Call us on {phone}.", "Call us.", "email", "say {phone} in its paragraphs"),
    "an unknown topic that is urgent": ("urgent: [red-flags", "urgent: [red-flag", "urgent.1", "did you mean “red-flags”?"),
    "an unknown topic that is described": ("described: [what-day", "described: [qzxv", "described.1", "name a slug of data/topics.yml"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_file_its_line_and_what_would_be_right(slip: str, guide: Guide, tmp_path: Path) -> None:
    before, after, key, told = SLIPS[slip]
    assert TYPED.count(before) == 1, before
    changed = TYPED.replace(before, after)
    found = faults_in(tmp_path, changed, list(guide.library.topics))
    assert [fault for fault in found if fault.file == f"data/{NAME}" and fault.key == key and told in str(fault)], [str(fault) for fault in found]
    line = next(fault.line for fault in found if fault.key == key)
    where = next(number for number, (one, other) in enumerate(zip(changed.splitlines(), TYPED.splitlines(), strict=True), 1) if one != other)
    assert line == where or (line < where and key in ("messages", "messages.1", "messages.1.texts", "email")), "the line of what it is a part of, at least"


def test_a_topic_may_not_take_the_name_of_the_guide_as_a_whole(guide: Guide, tmp_path: Path) -> None:
    [fault] = faults_in(tmp_path, TYPED, [*guide.library.topics, WHOLE])
    assert f"“{WHOLE}”" in str(fault) and "give the topic another slug" in str(fault)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such file" in str(read_messages(tmp_path)[2][0])


# --- How much room a text takes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "alphabet", "units"),
    [
        ("", "GSM-7", 0),
        ("Call 911 @ £5 é Ø ß Ω _ ¿", "GSM-7", 25),
        ("~ [a] {b} € ^ | \\", "GSM-7", 26),
        ("a" * 160, "GSM-7", 160),
        ("ç", "UCS-2", 1),
        ("’", "UCS-2", 1),
        ("العربية", "UCS-2", 7),
        ("😀", "UCS-2", 2),
        ("`", "UCS-2", 1),
        ("\u00a0", "UCS-2", 1),
    ],
)
def test_the_room_is_reckoned_as_networks_do(text: str, alphabet: str, units: int) -> None:
    assert (room(text).alphabet, room(text).units) == (alphabet, units)


def test_one_sign_too_many_does_not_fit() -> None:
    assert room("a" * 160).fits and not room("a" * 161).fits and not room("€" * 81).fits
    assert room("ا" * 70).fits and not room("ا" * 71).fits


def test_a_library_without_messages_has_no_fault_of_its_own(guide: Guide) -> None:
    assert replace(guide.library, messages=type(guide.library).messages).messages.messages == []
