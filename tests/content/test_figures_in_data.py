"""A claim with a figure needs its source in the data files too: an entry that may stand without one may then hold none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from guide.entries import FILES
from guide.faults import Faults
from guide.library import read_library
from guide.library_rules import CLAIMS

STEP = """
  - id: test-step
    stage: first-day
    kind: do
    name: A step
    advice: Wait.
    advice_when_set: Wait {time}.
    clinic_may_set: true
    why: It heals.
    certainty: low
"""
CONDITION = """
  - id: test-condition
    group: wait
    name: A condition
    question: Have you had it?
    why: It heals.
    what_to_do: Wait.
    certainty: low
"""
TERM = """
  - id: test-term
    word: a word
    meaning: It heals.
"""
CONCERN = """
  - id: test-concern
    name: A concern
    verdict: may-help
    answer: It may help.
    change: It heals in 9 of 10 people.
    measured_in: Ten people.
    certainty: low
    certainty_why: It is small.
    other_options: None.
    sources: []
"""
SIGN = """
  - id: test-sign
    level: same-day
    sign: A sign
    looks_like: It looks so for 2 days.
    do_now: Call.
    sources: []
"""
WINDOW = """
  - id: test-window
    label: A day
    usual: [Redness in 9 of 10 people]
    call: [Pain]
    help_now: [Fever]
    sources: []
"""
COUNTRY = """
  - code: XX
    name: Nowhere
    emergency: { name: Emergency services, number: "000" }
    report_to: []
    sources: []
"""
DRAWING = """
  - id: test-drawing
    title: A title
    description: [A line.]
    caption: A caption.
    labels: { first: a word }
    sources: []
"""


def faults_with(entry: str, file: str, folder: Path) -> tuple[list[str], int]:
    """The faults of the shipped data with one more entry in a file, and the number of the entry's first line."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    before = (data / file).read_text(encoding="utf-8").rstrip("\n") + "\n"
    (data / file).write_text(before + entry, encoding="utf-8")
    try:
        read_library(data)
    except Faults as found:
        return [str(fault) for fault in found.faults], before.count("\n") + 2
    return [], before.count("\n") + 2


BROKEN = [
    ("care.yml", STEP, "name: A step", "name: 10 steps", "name"),
    ("care.yml", STEP, "advice: Wait.", "advice: Wait 9 days.", "advice"),
    ("care.yml", STEP, "Wait {time}.", "Wait {time}, as 95% of people do.", "advice_when_set"),
    ("care.yml", STEP, "why: It heals.", "why: It heals in ten per cent of people.", "why"),
    ("suitability.yml", CONDITION, "name: A condition", "name: Less than 2 weeks ago", "name"),
    ("suitability.yml", CONDITION, "Have you had it?", "Have you had it in the last 2 weeks?", "question"),
    ("suitability.yml", CONDITION, "why: It heals.", "why: It heals in 9 of 10 people.", "why"),
    ("suitability.yml", CONDITION, "what_to_do: Wait.", "what_to_do: Wait 9 days.", "what_to_do"),
    ("glossary.yml", TERM, "It heals.", "It heals in 28 days.", "meaning"),
    ("drawings.yml", DRAWING, "A title", "Day 1", "title"),
    ("drawings.yml", DRAWING, "A line.", "It heals in half of people.", "description"),
    ("drawings.yml", DRAWING, "A caption.", "Nine in ten people.", "caption"),
    ("drawings.yml", DRAWING, "a word", "1 mm", "labels"),
]


@pytest.mark.parametrize(("file", "entry", "good", "bad", "field"), BROKEN, ids=[f"{file} {field}" for file, *_, field in BROKEN])
def test_a_figure_in_an_entry_with_no_source_is_told_with_its_line(file: str, entry: str, good: str, bad: str, field: str, tmp_path: Path) -> None:
    faults, first = faults_with(entry.replace(good, bad), file, tmp_path)
    line = first + entry.replace(good, bad)[1:].split(bad)[0].count("\n")
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"data/{file}:{line}: ")
    assert f".{field}: found a figure with no source" in faults[0]
    assert "say it without a figure" in faults[0]


@pytest.mark.parametrize(("file", "entry"), [("care.yml", STEP), ("suitability.yml", CONDITION), ("glossary.yml", TERM)])
def test_an_entry_with_no_source_and_no_figure_is_right(file: str, entry: str, tmp_path: Path) -> None:
    assert faults_with(entry, file, tmp_path)[0] == []


def test_a_figure_with_its_source_is_right(tmp_path: Path) -> None:
    sourced = STEP.replace("It heals.", "It heals in 15 people.") + "    sources: [alam-2014]\n"
    assert faults_with(sourced, "care.yml", tmp_path)[0] == []


@pytest.mark.parametrize(("file", "entry"), [("concerns.yml", CONCERN), ("red-flags.yml", SIGN), ("healing.yml", WINDOW), ("countries.yml", COUNTRY)])
def test_where_an_entry_is_all_claims_it_has_a_source(file: str, entry: str, tmp_path: Path) -> None:
    faults, first = faults_with(entry, file, tmp_path)
    line = first + entry.rstrip("\n")[1:].count("\n")
    assert any(fault.startswith(f"data/{file}:{line}: ") and "an empty list; write at least one entry" in fault for fault in faults), faults


def test_each_kind_of_entry_needs_sources_or_has_its_texts_looked_at() -> None:
    sourced = {key for key, (_, model) in FILES.items() if "sources" in model.model_fields and model.model_fields["sources"].is_required()}
    assert sourced | set(CLAIMS) == set(FILES) - {"references", "topics", "synonyms", "worries", "moved"}, "sources themselves, addresses, and what readers ask and type claim nothing; all else does"
