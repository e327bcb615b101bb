"""Two readers have marked every page, each by themselves, and every score is at its bar or above."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT
from guide.__main__ import main
from guide.faults import Faults
from guide.scores import GUIDE, READERS, Instrument, OpenScore, agreement, read_instruments, read_open, read_sheets, score_lines, scores_of, settled, sheet_name, shortfalls, stray_faults

DATA = ROOT / "data"
PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
PAGE = "aftercare/sun.md"


@cache
def instruments() -> dict[str, Instrument]:
    """The checklists, read when a test first asks, so that a fault in them fails tests and not their collection."""
    return read_instruments(DATA)


@pytest.mark.parametrize("of", [*PAGES, GUIDE])
def test_both_readers_marked_every_item_and_every_score_is_at_its_bar(of: str) -> None:
    sheets, faults = read_sheets(DATA, [of], instruments())
    assert not faults, "\n".join(map(str, faults))
    known = [score for score in read_open(DATA) if score.of == of]
    low = [line for sheet in sheets for line in shortfalls(sheet, instruments(), known)]
    assert not low, "\n".join(low)
    assert settled(sheets, instruments(), known) == []


def test_every_open_score_is_one_of_a_page_or_the_guide() -> None:
    assert [score.of for score in read_open(DATA) if score.of not in [*PAGES, GUIDE]] == []


def test_an_open_score_is_passed_over_and_told_once_it_is_settled(data: Path) -> None:
    known = [OpenScore(of=GUIDE, scale="jama benchmarks", why="No names are given.", mend="The owner can give them.")]
    sheets, _ = read_sheets(data, [GUIDE], instruments())
    assert settled(sheets, instruments(), known) == ["guide, jama benchmarks: at its bar by now, so take it out of data/scores/open.yml"]
    marked(data, "1", "0", instrument="jama", of=GUIDE)
    sheets, _ = read_sheets(data, [GUIDE], instruments())
    assert settled(sheets, instruments(), known) == []
    assert [line for sheet in sheets for line in shortfalls(sheet, instruments(), known)] == []
    assert [line for sheet in sheets for line in shortfalls(sheet, instruments(), known[1:])] != []


def test_there_are_no_marks_for_a_page_that_does_not_exist() -> None:
    assert list(stray_faults(DATA, [*PAGES, GUIDE])) == []


# --- The checklists ------------------------------------------------------------------------------------------------


def test_each_checklist_has_as_many_items_as_its_makers_gave_it() -> None:
    count = {(instrument.id, scale.id): len(scale.items) for instrument in instruments().values() for scale in instrument.scales}
    assert count == {
        ("pemat", "understandability"): 17, ("pemat", "actionability"): 7, ("cdc", "index"): 20, ("discern", "questions"): 15,
        ("discern", "overall"): 1, ("jama", "benchmarks"): 4, ("ipdas", "qualifying"): 6, ("ipdas", "certifying"): 6, ("ipdas", "quality"): 23,
    }
    for instrument in instruments().values():
        numbers = [item.number for scale in instrument.scales for item in scale.items]
        assert numbers == sorted(set(numbers)), instrument.id
        assert all(str(item.after) in instrument.items for scale in instrument.scales for item in scale.items if item.after)


def test_the_bars_are_those_that_we_set_ourselves() -> None:
    bars = [scale.bar for instrument in instruments().values() for scale in instrument.scales]
    assert bars == [95, 95, 90, 70, 5, 4, 1, 3, None]


def test_a_checklist_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    text = (DATA / "instruments.yml").read_text(encoding="utf-8")
    (tmp_path / "instruments.yml").write_text(text.replace("counts: share", "counts: shares", 1), encoding="utf-8")
    line = next(number for number, typed in enumerate(text.split("\n"), 1) if "counts: share" in typed and not typed.startswith("#"))
    with pytest.raises(Faults) as raised:
        read_instruments(tmp_path)
    assert str(raised.value).startswith(f"data/instruments.yml:{line}: ")


# --- The marks -----------------------------------------------------------------------------------------------------


def sheet_text(reader: str, of: str = PAGE) -> str:
    """A whole sheet on which every item has the highest mark."""
    judged = "guide" if of == GUIDE else "page"
    lines = [f"page: {of}", "scored_on: 2026-01-15", *(["main_message: Keep strong sun off."] if of != GUIDE else [])]
    for instrument in instruments().values():
        if instrument.judges == judged:
            lines += [f"{instrument.id}:", *(f'  {number}: [{scale.highest}, "the {reader} reader saw {instrument.id} {number}"]' for number, (scale, _) in instrument.items.items())]
    return "\n".join(lines) + "\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two readers' sheets for one page and for the guide, which a test may break."""
    shutil.copy(DATA / "instruments.yml", tmp_path)
    for reader in READERS:
        for of in (PAGE, GUIDE):
            path = tmp_path / "scores" / reader / sheet_name(of)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(sheet_text(reader, of), encoding="utf-8")
    return tmp_path


def marked(data: Path, item: str, mark: str, instrument: str = "pemat", of: str = PAGE, reader: str = "first") -> int:
    """Give one item another mark; the line on which it stands."""
    path = data / "scores" / reader / sheet_name(of)
    head, tail = path.read_text(encoding="utf-8").split(f"{instrument}:\n", 1)
    tail, changed = re.subn(rf"(?m)^  {item}: \[\d,", f"  {item}: [{mark},", tail, count=1)
    assert changed
    path.write_text(f"{head}{instrument}:\n{tail}", encoding="utf-8")
    return f"{head}{instrument}:\n{tail}".split(f"  {item}: [{mark},")[0].count("\n") + 1


def faults_of(data: Path, of: str = PAGE) -> list[str]:
    return [str(fault) for fault in read_sheets(data, [of], instruments())[1]]


def lows_of(data: Path, of: str = PAGE) -> list[str]:
    sheets, faults = read_sheets(data, [of], instruments())
    assert not faults, "\n".join(map(str, faults))
    return [line for sheet in sheets for line in shortfalls(sheet, instruments())]


@pytest.mark.parametrize("of", [PAGE, GUIDE])
def test_whole_sheets_have_no_fault_and_pass(of: str, data: Path) -> None:
    assert faults_of(data, of) == []
    assert lows_of(data, of) == []


def edit(old: str, new: str, data: Path) -> None:
    path = data / "scores" / "first" / sheet_name(PAGE)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


BROKEN = {
    "an item with no mark": ('  7: [1, "the first reader saw pemat 7"]\n', "", "pemat: found no mark for 7; mark every item"),
    "an item that does not exist": ("  12: [1,", "  13: [1,", "pemat.13: found the unknown item “13”; PEMAT-P has the items 1, 2"),
    "a mark above the highest": ("  7: [1,", "  7: [2,", "pemat.7: found “2”; write 0 or 1"),
    "a mark in words": ("  7: [1,", '  7: ["good",', "pemat.7: found “good”; write the mark as a number, or na"),
    "true for a mark": ("  7: [1,", "  7: [true,", "write the mark as a number, or na"),
    "na where the item always applies": ("  7: [1,", "  7: [na,", "pemat.7: found na; this item always applies: write 0 or 1"),
    "untested where it can be judged": ("  7: [1,", "  7: [untested,", "pemat.7: found untested; this item can be judged now"),
    "na for a part of a group": ("  17: [1,", "  17: [na,", "found na for 17 alone; 16, 17 and 18 are na together (no pictures), or none is"),
    "a proof of two words": ('"the first reader saw pemat 7"', '"it does"', "pemat.7: found the proof “it does”; say in 4 words or more"),
    "a mark with no proof": ('  7: [1, "the first reader saw pemat 7"]', "  7: [1]", "a mark and its proof"),
    "a mark by itself": ('  7: [1, "the first reader saw pemat 7"]', "  7: 1", "a mark and its proof"),
    "a proof that is no text": ('"the first reader saw pemat 7"', "7", "a proof that is no text"),
    "an item twice": ("  8: [1,", "  7: [1,", "the key “7” a second time"),
    "another page's marks": ("page: aftercare/sun.md", "page: aftercare/sin.md", "page: found “aftercare/sin.md”; write aftercare/sun.md"),
    "no main message": ("main_message: Keep strong sun off.\n", "", "the key “main_message” is needed"),
    "an unknown key": ("cdc:\n", "cdd:\n", "did you mean “cdc”?"),
    "no day": ("scored_on: 2026-01-15", "scored_on: soon", "such as 2026-01-31"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_sheet_that_breaks_a_rule_is_told_with_its_file(name: str, data: Path) -> None:
    old, new, told = BROKEN[name]
    edit(old, new, data)
    faults = faults_of(data)
    assert any(told in fault and fault.startswith("data/scores/first/aftercare-sun.yml:") for fault in faults), faults


def test_a_fault_has_the_line_of_its_item(data: Path) -> None:
    line = marked(data, "20", "na")
    assert faults_of(data) == [f"data/scores/first/aftercare-sun.yml:{line}: pemat.20: found na; this item always applies: write 0 or 1"]


def test_all_faults_of_both_readers_come_at_once(data: Path) -> None:
    marked(data, "1", "na")
    marked(data, "2", "7")
    marked(data, "1", "na", reader="second")
    assert len(faults_of(data)) == 3


def test_one_readers_sheet_can_be_checked_without_the_others(data: Path) -> None:
    marked(data, "1", "na", reader="second")
    sheets, faults = read_sheets(data, [PAGE], instruments(), ["first"])
    assert ([sheet.reader for sheet in sheets], faults) == (["first"], [])


def test_points_for_an_item_whose_ground_is_missing_are_told(data: Path) -> None:
    marked(data, "1", "0", "cdc")
    assert [fault.split("found ")[1] for fault in faults_of(data)] == ["“1”; write 0, as item 1 has 0"] * 3


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_who_has_not_marked_a_page_is_told(reader: str, data: Path) -> None:
    (data / "scores" / reader / sheet_name(PAGE)).unlink()
    [fault] = faults_of(data)
    assert fault.startswith(f"data/scores/{reader}/aftercare-sun.yml: found no marks yet; let the {reader} reader mark {PAGE}")


def test_two_readers_with_the_same_words_are_told(data: Path) -> None:
    (data / "scores" / "second" / sheet_name(PAGE)).write_text(sheet_text("first"), encoding="utf-8")
    [fault] = faults_of(data)
    assert "found 44 proofs that are the first reader's, word for word" in fault


def test_a_few_proofs_may_be_the_same_by_chance(data: Path) -> None:
    path = data / "scores" / "second" / sheet_name(PAGE)
    path.write_text(path.read_text(encoding="utf-8").replace("second reader saw pemat 2", "first reader saw pemat 2"), encoding="utf-8")
    assert faults_of(data) == []


def test_marks_for_a_page_that_does_not_exist_are_told(data: Path) -> None:
    [first, second] = stray_faults(data, ["aftercare/sum.md", GUIDE])
    assert str(first) == "data/scores/first/aftercare-sun.yml: found marks for a page that does not exist; did you mean “aftercare-sum.yml”?"
    assert second.file.startswith("data/scores/second/")


# --- The scores ----------------------------------------------------------------------------------------------------


def points(data: Path, of: str = PAGE) -> dict[str, tuple[int, int]]:
    sheets, faults = read_sheets(data, [of], instruments())
    assert not faults, "\n".join(map(str, faults))
    return {score.scale.id: (score.points, score.of) for score in scores_of(sheets[0], instruments())}


def test_a_share_counts_only_the_items_that_apply(data: Path) -> None:
    for item in ("16", "17", "18"):
        marked(data, item, "na")
    marked(data, "19", "na")
    marked(data, "6", "0")
    marked(data, "7", "0")
    assert points(data)["understandability"] == (100 * 11 // 13, 100)
    assert points(data)["actionability"] == (100, 100)


def test_a_score_below_its_bar_names_page_checklist_reader_and_items(data: Path) -> None:
    marked(data, "15", "0")
    marked(data, "26", "0", reader="second")
    assert lows_of(data) == [
        "aftercare/sun.md, PEMAT-P, Understandability, first reader: 94 of 100, where 95 passes; lost 15",
        "aftercare/sun.md, PEMAT-P, Actionability, second reader: 85 of 100, where 95 passes; lost 26",
    ]


def test_the_index_passes_at_90_and_not_below(data: Path) -> None:
    marked(data, "4", "0", "cdc")
    marked(data, "8", "0", "cdc")
    assert lows_of(data) == []
    marked(data, "9", "0", "cdc")
    [low] = lows_of(data)
    assert low.endswith("85 of 100, where 90 passes; lost 4, 8, 9")


def test_sums_and_single_items_have_their_own_bars(data: Path) -> None:
    for item in ("1", "2", "3", "4", "5"):
        marked(data, item, "4", "discern", GUIDE)
    assert points(data, GUIDE)["questions"] == (70, 75)
    assert lows_of(data, GUIDE) == []
    marked(data, "6", "4", "discern", GUIDE)
    marked(data, "16", "4", "discern", GUIDE)
    marked(data, "4", "0", "jama", GUIDE)
    marked(data, "3", "0", "ipdas", GUIDE)
    marked(data, "12", "2", "ipdas", GUIDE)
    assert [low.split(" reader: ")[1] for low in lows_of(data, GUIDE)] == [
        "69 of 75, where 70 passes; lost 1, 2, 3, 4, 5, 6",
        "0 of 1, where each item needs 5; lost 16",
        "3 of 4, where 4 passes; lost 4",
        "5 of 6, where each item needs 1; lost 3",
        "5 of 6, where each item needs 3; lost 12",
    ]


def test_what_only_people_can_test_may_be_left_open(data: Path) -> None:
    marked(data, "26", "untested", "ipdas", GUIDE)
    marked(data, "15", "1", "ipdas", GUIDE)
    assert points(data, GUIDE)["quality"] == (21, 23)
    assert lows_of(data, GUIDE) == []


def test_the_readers_agreement_is_counted_item_by_item(data: Path) -> None:
    marked(data, "4", "0", "cdc")
    marked(data, "8", "0", "cdc", reader="second")
    marked(data, "9", "0", "cdc")
    marked(data, "9", "0", "cdc", reader="second")
    sheets, _ = read_sheets(data, [PAGE], instruments())
    assert agreement(sheets, instruments())["cdc"] == (18, 20)
    assert agreement(sheets[:1], instruments())["cdc"] == (0, 0)
    lines = list(score_lines(sheets, instruments()))
    assert lines[-1] == "Both readers gave the same mark for 18 of 20 items of CDC Clear Communication Index (90%)."
    assert [line.split()[:2] for line in lines[:2]] == [[PAGE, "first"], [PAGE, "second"]]
    assert "BELOW THE BAR" not in "".join(lines)


def test_a_slip_in_a_pages_name_is_told(capsys: pytest.CaptureFixture) -> None:
    assert main(["scores", "docs/indes.md"]) == 1
    assert "did you mean “index.md”?" in capsys.readouterr().err
