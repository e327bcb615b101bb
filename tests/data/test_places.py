"""Reading YAML: the line of every key, and plain words for what YAML itself would get wrong or let through."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guide.faults import Fault, Faults, did_you_mean, listed, quoted
from guide.models import Facts, Line, Slug, validated
from guide.places import dotted, parse_document, read_document


def read(text: str) -> Any:
    document, faults = parse_document(text, "file.yml")
    assert faults == []
    return document.data


def faults_in(text: str, first_line: int = 1) -> list[Fault]:
    return parse_document(text, "file.yml", first_line)[1]


def test_every_key_and_entry_knows_its_line() -> None:
    document, _ = parse_document("a: 1\nb:\n  - c: 2\n    d: [3,\n      4]\n  - 5\n", "file.yml")
    assert {dotted(key): line for key, line in document.lines.items() if key} == {
        "a": 1, "b": 2, "b.1": 3, "b.1.c": 3, "b.1.d": 4, "b.1.d.1": 4, "b.1.d.2": 5, "b.2": 6,
    }  # fmt: skip


def test_a_key_that_is_not_there_has_the_line_of_what_is_above_it() -> None:
    document, _ = parse_document("a: 1\nb:\n  c: 2\n", "file.yml")
    assert (document.line(("b", "none")), document.line(("none",))) == (2, 1)


def test_lines_count_from_where_the_text_begins() -> None:
    assert faults_in("a: 1\na: 2\n", first_line=11)[0].line == 12


VALUES = [
    ("plain words", "plain words"), ('"no"', "no"), ("'10:30'", "10:30"), ("true", True), ("False", False), ("12", 12), ("-3", -3), ("1.5", "1.5"), ("9.30", "9.30"), ("+12025550142", "+12025550142"),
    ("", None), ("~", None), ("null", None), ("2026-11-22", date(2026, 11, 22)), ("2026-13-40", "2026-13-40"), ('"2026-11-22"', "2026-11-22"),
    ("1" * 40, "1" * 40), ("1e3", "1e3"), (".inf", ".inf"), ("12:60", "12:60"), ("Ask us.", "Ask us."), ('"{{ 7*7 }}"', "{{ 7*7 }}"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), VALUES)
def test_a_value_is_what_it_looks_like(typed: str, value: Any) -> None:
    read_value = read(f"a: {typed}")["a"]
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize("typed", ["no", "Yes", "ON", "off", "y", "N", "10:30", "1:2:3", "-10:30", "0123", "0x1F", "0o17", "0b1", "1_000"])
def test_a_bare_value_that_yaml_reads_in_its_own_way_is_a_fault(typed: str) -> None:
    (fault,) = faults_in(f"x: 1\na:\n  b: {typed}\n")
    assert (fault.line, fault.key) == (3, "a.b")
    assert fault.found.startswith(f"{typed} without quotes, which a computer may take for")
    assert f'"{typed}" in quotes' in fault.expected


@pytest.mark.parametrize("typed", ["no", "10:30", "0123"])
def test_the_same_value_in_quotes_is_text(typed: str) -> None:
    assert read(f'a: "{typed}"') == {"a": typed}


BROKEN = [
    ("a: 1\na: 2\n", 2, "the key “a” a second time (first on line 1)"),
    ("a:\n  b: 1\n  b: 2\n", 3, "the key “b” a second time"),
    ("a: {b: 1, b: 2}\n", 1, "the key “b” a second time"),
    ("a:\n\tb: 1\n", 2, "a tab at the start"),
    ("a: 1\n  \tb: 1\n", 2, "a tab at the start"),
    ("a: &b 1\n", 1, "the shortcut &b"),
    ("a: *b\n", 1, "the shortcut *b"),
    ("<<: *b\n", 1, "the shortcut *b"),
    ("a: !!python/name:os.system\n", 1, "the tag"),
    ("a: !thing 1\n", 1, "the tag"),
    ("a: {{ b }}\n", 1, "a list or group where a key should be"),
    ("? [a]\n: 1\n", 1, "a list or group where a key should be"),
    ("a: 'b\n", 2, "cannot be read"),
    ("a: b: c\n", 1, "cannot be read"),
    ("a: %b\n", 1, "cannot be read"),
    ("a: @b\n", 1, "cannot be read"),
    ("a: 1\n---\nb: 1\n", 2, "cannot be read"),
    ("a: 1\n b: 1\n", 2, "cannot be read"),
    ("a: b\nc: \x00\n", 2, "the hidden character U+0000"),
    ("a: b\u2028c\n", 1, "the hidden character U+2028"),
]


@pytest.mark.parametrize(("text", "line", "found"), BROKEN)
def test_each_broken_text_gives_a_plain_fault(text: str, line: int, found: str) -> None:
    fault = faults_in(text)[0]
    assert fault.line == line, str(fault)
    assert found in fault.found
    assert fault.expected


def test_every_tab_is_told_at_once() -> None:
    assert [fault.line for fault in faults_in("a:\n\tb: 1\n\tc: 2\n")] == [2, 3]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "- - "])
def test_deep_nesting_is_turned_away(opening: str) -> None:
    assert any("levels of nesting" in fault.found for fault in faults_in(opening * 20_000))


def test_a_file_is_read_whatever_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    document, faults = read_document(tmp_path / "a.yml", "a.yml")
    assert (document.data, faults) == ({"a": 1, "b": 2}, [])


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"#" * 101)
    assert "more than 100 bytes" in read_document(tmp_path / "a.yml", "a.yml", largest=100)[1][0].found
    assert read_document(tmp_path / "a.yml", "a.yml", largest=101)[1] == []


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "no such file" in read_document(tmp_path / "none.yml", "none.yml")[1][0].found
    assert "a folder" in read_document(tmp_path, "folder")[1][0].found


# --- How faults read -------------------------------------------------------------------------------------------------


def test_a_fault_is_one_line_with_file_line_key_found_and_what_would_be_right() -> None:
    assert str(Fault("clinic.yml", 3, "name", "“a\nb”", "write text")) == "clinic.yml:3: name: found “a b”; write text"
    assert str(Fault("clinic.yml", 0, "", "no such file", "check its name")) == "clinic.yml: found no such file; check its name"


def test_faults_come_in_the_order_of_the_file_and_each_once() -> None:
    early, late = Fault("a", 2, "", "x", "y"), Fault("a", 10, "", "x", "y")
    assert Faults([late, early, late]).faults == [early, late]


def test_long_and_hidden_text_is_quoted_short_and_plain() -> None:
    assert quoted("a\x1b[31m\n" + "b" * 100) == "“a [31m " + "b" * 52 + "…”"


def test_the_nearest_word_is_suggested_and_only_if_it_is_near() -> None:
    assert did_you_mean("nmae", ["name", "email"], "no") == "did you mean “name”?"
    assert did_you_mean("zzz", ["name", "email"], "no") == "no"
    assert listed(["a", "b", "c"]) == "a, b or c"


# --- Models ----------------------------------------------------------------------------------------------------------


class Part(Facts):
    """Part of a file, for these tests."""

    id: Slug
    word: Line


class Whole(Facts):
    """A file, for these tests."""

    parts: list[Part]
    count: int = 1


def model_faults(text: str) -> list[tuple[int, str, str, str]]:
    document, _ = parse_document(text, "file.yml")
    return [(fault.line, fault.key, fault.found, fault.expected) for fault in validated(Whole, document)[1]]


def test_a_misspelt_key_is_not_told_missing_as_well() -> None:
    assert model_faults("parts:\n  - id: a\n    wrod: b\n") == [(3, "parts.1.wrod", "the unknown key “wrod”", "did you mean “word”?")]


def test_an_unknown_key_and_a_missing_one_are_both_told() -> None:
    assert [(key, found) for _, key, found, _ in model_faults("parts:\n  - id: a\n    zzz: b\n")] == [("parts.1.word", "nothing"), ("parts.1.zzz", "the unknown key “zzz”")]


@pytest.mark.parametrize(
    ("typed", "found", "expected"),
    [
        ("{id: A, word: b}", "“A”", "small letters, digits and single hyphens"),
        ("{id: a, word: 1}", "“1”", "write text here, in quotes"),
        ("{id: a, word: }", "nothing after the colon", "write text here, in quotes"),
        ("{id: a, word: true}", "true without quotes", "write text here, in quotes"),
        ("{id: a, word: 2026-11-22}", "“2026-11-22”", "write text here, in quotes"),
        ("word", "“word”", "write id and word below it, each on its own line"),
    ],
)
def test_what_does_not_fit_is_told_in_plain_words(typed: str, found: str, expected: str) -> None:
    ((line, _, told, right),) = model_faults(f"count: 2\nparts:\n  - {typed}\n")
    assert (line, told) == (3, found)
    assert expected in right


def test_right_to_left_text_and_its_joiners_are_let_through() -> None:
    document, _ = parse_document("parts:\n  - id: a\n    word: می\u200cخواهم\u200f\n", "file.yml")
    assert validated(Whole, document)[0].parts[0].word == "می\u200cخواهم\u200f"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\ufeff", "\u200b", "\u00ad"])
def test_hidden_characters_are_named(hidden: str) -> None:
    ((_, key, _, expected),) = model_faults(f'parts:\n  - id: a\n    word: "b{hidden}c"\n')
    assert (key, expected) == ("parts.1.word", f"take out the hidden character U+{ord(hidden):04X}")
