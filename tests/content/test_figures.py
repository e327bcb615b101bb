"""Each number on a page and in the data is one that its source was seen to give, or such a share rounded to whole people."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from guide.faults import Faults
from guide.figures import FIGURE, numbers, numbers_given
from guide.library import read_library


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1,029 people, 68.8% said so.", {"1029", "68.8"}),
        ("16 of 32, so about 50 of every 100", {"16", "32", "50", "100"}),
        ("from 24 to 48 hours", {"24", "48"}),
        ("1.50 mm", {"1.5"}),
        ("30-60 minutes", {"30", "60"}),
        ("CO2 laser, K202243, H2O", set()),
        ("SPF 30.", {"30"}),
        ("no figure at all", set()),
        ("24h, 0.5mm, .25 mm and 2x", {"24", "0.5", "0.25", "2"}),
        ("a 3D scan", set()),
        ("_9_ and **10**", {"9", "10"}),
        ("1,5 and 2,7", {"1", "5", "2", "7"}),
        ("Nine in ten, and one of every hundred", {"9", "10", "1", "100"}),
        ("two weeks and half a day", set()),
    ],
)
def test_every_number_of_a_text_is_found_and_no_part_of_a_name(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("seen", "also"),
    [
        ("68.8% were better", {"69", "7", "10", "100"}),
        ("22 of 30", {"73", "7", "10", "100"}),
        ("5 of 30 people", {"17", "2", "10", "100"}),
        ("0 of 39", {"0", "10", "100"}),
        ("12.5 per cent", {"13", "1", "10", "100"}),
    ],
)
def test_a_share_may_be_rounded_to_whole_people_of_ten_or_a_hundred(seen: str, also: set[str]) -> None:
    assert also <= numbers_given([seen])


@pytest.mark.parametrize("text", ["½ of it", "fifty percent", "Nine in ten people", "three out of four", "half of the people", "a third of women", "half the people", "a third of the group", "one person in five", "nine-in-ten", "twice as common", "three times as likely"])
def test_a_share_is_a_figure_in_words_too(text: str) -> None:
    assert FIGURE.search(text)


@pytest.mark.parametrize("text", ["two weeks", "half a day", "the other half", "one of the steps", "someone in tenancy"])
def test_other_words_are_no_figure(text: str) -> None:
    assert not FIGURE.search(text)


def test_no_other_sum_is_taken_for_granted() -> None:
    given = numbers_given(["22 of 30 people, 3 sessions"])
    assert given.isdisjoint({"8", "27", "90", "25"})


def faults_with(old: str, new: str, file: str, folder: Path) -> list[str]:
    """The faults of the shipped data with one text changed."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        read_library(data)
    except Faults as found:
        return [str(fault) for fault in found.faults]
    return []


def test_a_number_in_the_data_that_no_source_gives_is_told_with_its_line(tmp_path: Path) -> None:
    right = "    measured_in: "
    found = faults_with(right, f"{right}4711 people. ", "concerns.yml", tmp_path)
    line = 1 + (ROOT / "data" / "concerns.yml").read_text(encoding="utf-8").split(right)[0].count("\n")
    assert len(found) == 1 and found[0].startswith(f"data/concerns.yml:{line}: ") and "found 4711, which data/figures.yml does not have" in found[0]


def test_figures_of_an_unknown_source_are_told(tmp_path: Path) -> None:
    found = faults_with("sources: [sasaki-2019]", "sources: [sasaki-2091]", "figures.yml", tmp_path)
    assert any("figures" in fault and "“sasaki-2091”; did you mean “sasaki-2019”?" in fault for fault in found), found


def test_figures_may_not_be_taken_from_a_leaflet_that_only_shows_a_range(tmp_path: Path) -> None:
    found = faults_with("sources: [sasaki-2019]", "sources: [nuance-skinpen]", "figures.yml", tmp_path)
    assert any("“nuance-skinpen”, which only shows how far advice differs" in fault for fault in found), found
