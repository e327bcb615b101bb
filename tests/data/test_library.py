"""Each rule for the data files, broken once on purpose: the fault names the file, the line and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.faults import Faults
from guide.library import read_library

ROOT = Path(__file__).resolve().parents[2]

SOURCE = """
  - id: nobody-2020
    kind: trial
    title: "A trial"
    publisher: "A journal"
    {found}
    seen: "abstract"
    accessed_on: 2026-01-15
"""
STEP = """
  - id: test-step
    stage: first-day
    kind: do
    name: A step
    advice: Wait {time}.
    why: It heals.
    certainty: low
"""
CONDITION = """
  - id: test-condition
    group: wait
    name: A condition
    question: Have you had it in the last {botulinum-before}?
    why: It heals.
    what_to_do: Wait.
    certainty: low
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data files that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def add(data: Path, file: str, text: str) -> int:
    """Add text to the end of a file; the number of its first line that is not empty."""
    path = data / file
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1 + text.startswith("\n")


def faults_of(data: Path) -> list[str]:
    with pytest.raises(Faults) as raised:
        read_library(data)
    return [str(fault) for fault in raised.value.faults]


def test_the_shipped_data_files_keep_every_rule() -> None:
    assert read_library(ROOT / "data").references


STEPS = {
    "a step with a time that its advice does not say": ("    time: 7 days\n", "Wait {time}.", "Wait.", "says {time} in its advice"),
    "a step whose advice says a time that it does not have": ("", "", "", "says {time} in its advice"),
    "a step that a clinic may set, with no time": ("    clinic_may_set: true\n", "Wait {time}.", "Wait.", "needs a time, or else advice_when_set"),
    "advice for a clinic's time that does not say it": ("    clinic_may_set: true\n    advice_when_set: Wait.\n", "Wait {time}.", "Wait.", "advice_when_set says {time}"),
    "a least time with no reason": ("    time: 7 days\n    least: 2 days\n", "", "", "least_why and least_sources"),
    "a longest time with no reason": ("    time: 7 days\n    most: 9 days\n", "", "", "most_why and most_sources"),
    "a range with no source": ("    time: 7 days\n    differs: from one day to nine\n", "", "", "differs_sources"),
    "a time in other words": ("    time: a week\n", "", "", "such as"),
    "a default below its own limit": ("    time: 1 day\n    least: 2 days\n    least_why: Why.\n    least_sources: [alam-2014]\n", "", "", "may not be shorter than the limit of 2 days"),
    "a default beyond its own limit": ("    time: 9 days\n    most: 2 days\n    most_why: Why.\n    most_sources: [alam-2014]\n", "", "", "may not be longer than the limit of 2 days"),
    "an unknown source": ("    time: 7 days\n    sources: [alam-2041]\n", "", "", "did you mean “alam-2014”?"),
    "a leaflet as an authority": ("    time: 7 days\n    sources: [nuance-skinpen]\n", "", "", "rest it on another source"),
    "an unknown certainty": ("    time: 7 days\n", "certainty: low", "certainty: sure", "'expert-opinion'"),
    "an unknown key": ("    time: 7 days\n    tiem: x\n", "", "", "did you mean “time”?"),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_care_step_that_breaks_a_rule_is_told(name: str, data: Path) -> None:
    added, old, new, expected = STEPS[name]
    add(data, "care.yml", STEP.replace(old, new, 1) + added if old else STEP + added)
    faults = faults_of(data)
    assert any(expected in fault and fault.startswith("data/care.yml:") for fault in faults), faults


def test_an_id_may_stand_only_once(data: Path) -> None:
    line = add(data, "care.yml", STEP.replace("test-step", "make-up-after") + "    time: 7 days\n")
    assert any(fault.startswith(f"data/care.yml:{line}: ") and "a second time" in fault for fault in faults_of(data))


def test_a_source_that_nobody_could_find_is_told(data: Path) -> None:
    line = add(data, "references.yml", SOURCE.format(found="year: 2020"))
    assert any(fault.startswith(f"data/references.yml:{line}: ") and "so that a reader can find it" in fault for fault in faults_of(data))


@pytest.mark.parametrize("found", ['doi: "not a doi"', 'pmid: "PMC1"', 'pmcid: "123"', 'url: "http://plain.test/"', 'url: "javascript:alert(1)"'])
def test_a_malformed_identifier_is_told(found: str, data: Path) -> None:
    line = add(data, "references.yml", SOURCE.format(found=found))
    key = found.split(":")[0]
    assert any(f"data/references.yml:{line + 4}: " in fault and f".{key}: " in fault for fault in faults_of(data))


def test_a_condition_that_names_a_time_which_does_not_exist_is_told(data: Path) -> None:
    line = add(data, "suitability.yml", CONDITION.replace("{botulinum-before}", "{botulinum-befor}"))
    faults = faults_of(data)
    assert any(fault.startswith(f"data/suitability.yml:{line + 3}: ") and "did you mean “botulinum-before”?" in fault for fault in faults), faults


@pytest.mark.parametrize(("file", "good"), [("red-flags.yml", "{emergency}"), ("healing.yml", "{emergency}")])
def test_a_blank_that_nothing_fills_is_told(file: str, good: str, data: Path) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, "{emergancy}", 1), encoding="utf-8")
    assert any(fault.startswith(f"data/{file}:") and "did you mean “emergency”?" in fault for fault in faults_of(data))


RATE = """
  - id: test-rate
    what: got better
    count: 5
    of: 30
    group: People.
    when: Later.
    certainty: low
    certainty_why: Few people.
    sources: [dogra-asian-skin]
"""
RATES = {
    "a count and a percentage": ("count: 5", 'count: 5\n    per_100: "17"', "either a count or per_100"),
    "a percentage that is no text": ("count: 5", "per_100: 17", "write text here, in quotes"),
    "more people than there were": ("count: 5", "count: 31", "shows from 1 to 99"),
    "none of very few": ("count: 5\n    of: 30", "count: 0\n    of: 9", "too little for a picture"),
    "a count that its source does not give": ("count: 5", "count: 19", "19, which data/figures.yml does not have"),
    "an unknown source": ("dogra-asian-skin", "dogra-asian", "did you mean “dogra-asian-skin”?"),
    "a leaflet as an authority": ("dogra-asian-skin", "nuance-skinpen", "rest it on another source"),
    "no source": ("[dogra-asian-skin]", "[]", "write at least one entry"),
    "an unknown key": ("group:", "grup:", "did you mean “group”?"),
}
OPTION = """
  - id: test-option
    part: A part
    name: An option
    page: options/side-by-side.md
    for: Scars.
    what_it_is: A thing.
    life: It is like that.
    how_well: It may help.
    how_well_short: May help
    harms: Not measured.
    pigment_risk: Not measured.
    pigment_short: Not measured
    downtime: None.
    downtime_short: None
    sessions: One.
    cost_class: not-known
    cost_why: We found no survey.
    certainty: low
    certainty_why: Few people.
    sources: [dogra-asian-skin]
"""
OPTIONS = {
    "a page with no ending": ("side-by-side.md", "side-by-side", "write it in the form"),
    "a cost in other words": ("not-known", "cheap", "'not-known'"),
    "a missing row": ("    harms: Not measured.\n", "", "“harms”"),
    "a figure that its source does not give": ("It may help.", "It helps 19 of 20 people.", "19 or 20, which data/figures.yml does not have"),
    "an unknown source": ("dogra-asian-skin", "dogra-asian", "did you mean “dogra-asian-skin”?"),
    "no source": ("[dogra-asian-skin]", "[]", "write at least one entry"),
    "an unknown key": ("    for: Scars", "    four: Scars", "did you mean “for”?"),
}


@pytest.mark.parametrize(("file", "entry"), [("rates.yml", RATE), ("options.yml", OPTION)])
def test_a_rate_and_an_option_that_keep_every_rule_have_no_fault(file: str, entry: str, data: Path) -> None:
    add(data, file, entry)
    assert read_library(data)


@pytest.mark.parametrize(("file", "entry", "good", "bad", "expected"), [
    *(("rates.yml", RATE, *RATES[name]) for name in RATES), *(("options.yml", OPTION, *OPTIONS[name]) for name in OPTIONS),
], ids=[*(f"rate: {name}" for name in RATES), *(f"option: {name}" for name in OPTIONS)])
def test_a_rate_or_an_option_that_breaks_a_rule_is_told(file: str, entry: str, good: str, bad: str, expected: str, data: Path) -> None:
    assert good in entry
    line = add(data, file, entry.replace(good, bad, 1))
    faults = faults_of(data)
    told = [fault for fault in faults if expected in fault and fault.startswith(f"data/{file}:")]
    assert told, faults
    assert int(told[0].split(":")[1]) >= line


def test_faults_in_several_files_come_at_once(data: Path) -> None:
    add(data, "care.yml", STEP)
    add(data, "red-flags.yml", "\n  - id: x\n")
    files = {fault.split(":")[0] for fault in faults_of(data)}
    assert files == {"data/care.yml", "data/red-flags.yml"}


def test_a_data_file_that_is_missing_is_told(data: Path) -> None:
    (data / "glossary.yml").unlink()
    assert faults_of(data) == ["data/glossary.yml: found no such file; check its name and the folder you are in"]


def test_a_part_of_a_list_that_begins_a_second_time_is_told_with_its_line(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    text = (data / "care.yml").read_text(encoding="utf-8").rstrip("\n") + "\n"
    apart = STEP.replace("Wait {time}.", "Wait.").replace("    kind: do\n", "    part: Your skin\n    kind: do\n")
    (data / "care.yml").write_text(text + apart, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_library(data)
    [told] = map(str, raised.value.faults)
    assert told.startswith(f"data/care.yml:{text.count(chr(10)) + 2}: ") and "found the part “Your skin”, which has ended further up" in told
