"""Where an old address leads, and each way in which data/moved.yml could lead a reader nowhere."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from guide.build import checked_guide
from guide.faults import Faults
from guide.library import read_library
from guide.moves import KeptId, kept_id, landing, move_faults
from guide.pages import PageSource, read_pages

PAGES = {"index.md": "start", "sun.md": "sun shade", "skin/care.md": "care wash"}


def page(name: str, headings: str) -> PageSource:
    return PageSource(name, "".join(f"## A heading {{ #{heading} }}\n" for heading in headings.split()))


def told(tmp_path: Path, *moves: str, more: dict[str, str] | None = None) -> list[str]:
    """What is told of entries, each written as `old > new`, with three pages and whatever is added to them."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    entries = "".join(f"  - old: {old}\n    new: {new}\n" for old, new in (move.split(" > ") for move in moves))
    (data / "moved.yml").write_text(f"moved:\n{entries}" if moves else "moved: []\n", encoding="utf-8")
    try:
        library = read_library(data)
    except Faults as found:
        return [str(fault) for fault in found.faults]
    return [str(fault) for fault in move_faults(library, [page(*each) for each in (PAGES | (more or {})).items()])]


@pytest.mark.parametrize(
    "moves",
    [
        [],
        ["sunshine.md > sun.md"],
        ["sunshine.md > sun.md#shade"],
        ["sun.md#hats > sun.md#shade"],
        ["sun.md#hats > sun.md"],
        ["sun.md#hats > skin/care.md#wash"],
        ["sunshine.md > sun.md", "sunshine.md#hats > skin/care.md#wash", "sunshine.md#shadow > sun.md#shade"],
        ["first.md > second.md", "second.md > sun.md"],
        ["sun.md#hats > sun.md#hoods", "sun.md#hoods > skin/care.md#wash"],
        ["index.md#top > index.md#start"],
    ],
    ids=" and ".join,
)
def test_an_entry_that_leads_a_reader_on_is_left_alone(moves: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, *moves) == []


RULES = [
    # entries; the entry and the key that are told; what is told
    (["sunshine.md > elsewhere.md"], 1, "new", "“elsewhere.md”, which does not exist; write the path of a page under docs"),
    (["sunshine.md > skin/car.md"], 1, "new", "did you mean “skin/care.md”?"),
    (["sunshine.md > sun.md#shadow"], 1, "new", "“sun.md#shadow”, which does not exist; did you mean “shade”?"),
    (["sun.md#hats > sun.md#hoods"], 1, "new", "“sun.md#hoods”, which does not exist"),
    (["first.md > second.md", "second.md > third.md"], 1, "new", "“second.md”, which leads on to “third/”, which does not exist"),
    (["sunshine.md > sun.md", "first.md > sunshine.md#rain"], 2, "new", "“sunshine.md#rain”, which leads on to “sun/#rain”, which does not exist"),
    (["sun.md > skin/care.md"], 1, "old", "“sun.md”, which is still there; take this entry out, or else what it names"),
    (["sun.md#shade > skin/care.md#wash"], 1, "old", "“sun.md#shade”, which is still there"),
    (["gone.md#hats > sun.md#shade"], 1, "old", "a part of a page that is not there; say where its page went, too: an entry with old: gone.md"),
    (["first.md > second.md", "second.md > first.md"], 1, "new", "“second.md”, from where the way runs in a ring; lead it to a page that is there"),
    (["first.md > first.md"], 1, "new", "runs in a ring"),
    (["first.md > second.md", "second.md > third.md", "third.md > second.md"], 1, "new", "runs in a ring"),
    (["sun.md#hats > sun.md#hoods", "sun.md#hoods > sun.md#hats"], 2, "new", "runs in a ring"),
    (["sunshine.md > sun.md", "sunshine.md > skin/care.md"], 2, "", "“sunshine.md” a second time"),
    (["sunshine.md > sun.md", "sunshine/index.md > sun.md"], 2, "old", "stays at the same address as “sunshine.md”; keep one of the two"),
    (["a.md > sun.md", "b.md > sun.md", "a.md#why > sun.md#shade", "b.md#why > sun.md#sun"], 4, "old", "stays at the same address as “a.md#why”"),
    (["care.md > skin/care.md", "care.md#wash > sun.md#shade"], 2, "old", "whose page went to one that has another heading #wash; lead the whole page to one heading"),
    (["go/sun.md > sun.md"], 1, "old", "where the short addresses stand; change the topic in data/topics.yml instead"),
    (["https://elsewhere.test/ > sun.md"], 1, "old", "https://elsewhere.test/"),
    (["sunshine.md > ../sun.md"], 1, "new", "../sun.md"),
    (["sunshine.md > sun.md#<script>"], 1, "new", "<script>"),
    (["Sunshine.md > sun.md"], 1, "old", "Sunshine.md"),
]


@pytest.mark.parametrize(("moves", "entry", "key", "words"), RULES, ids=[" and ".join(moves) for moves, *_ in RULES])
def test_an_entry_that_would_lead_a_reader_nowhere_is_told_with_its_line(moves: list[str], entry: int, key: str, words: str, tmp_path: Path) -> None:
    line = 2 * entry + (key == "new")
    faults = told(tmp_path, *moves)
    assert any(fault.startswith(f"data/moved.yml:{line}: moved.{entry}{f'.{key}' if key else ''}: found ") and words in fault for fault in faults), faults


def test_an_entry_that_is_no_pair_of_addresses_is_told(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    (data / "moved.yml").write_text("moved:\n  - old: sunshine.md\n    nwe: sun.md\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_library(data)
    assert "data/moved.yml:3: moved.1.nwe: found the unknown key “nwe”; did you mean “new”?" in str(raised.value)


@pytest.mark.parametrize("name", ["go.md", "go/index.md", "go/sun.md"])
def test_a_page_that_would_stand_where_short_addresses_do_is_told(name: str, tmp_path: Path) -> None:
    assert told(tmp_path, more={name: ""}) == [f"docs/{name}: found a page where the short addresses stand; give it another folder and name than go"]


def test_such_a_fault_stops_a_check_of_the_guide(project: Path) -> None:
    (project / "data" / "moved.yml").write_text("moved:\n  - old: sunshine.md\n    new: moon.md\n", encoding="utf-8")
    nav = re.findall(r"[\w/-]+\.md", (project / "mkdocs.yml").read_text(encoding="utf-8"))
    with pytest.raises(Faults, match="data/moved.yml:3: moved.1.new: found “moon.md”, which does not exist"):
        checked_guide(project, str(project / "clinic.yml"), project / "docs", nav)


def test_the_shipped_entries_keep_every_rule() -> None:
    assert list(move_faults(read_library(ROOT / "data"), read_pages(ROOT / "docs"))) == []


# --- Where an old address leads -----------------------------------------------------------------------------------

WAYS = {
    "a/": "b/", "b/": "c/", "c/#x": "d/#y", "a/#own": "e/",
    "whole/": "c/#part", "whole/#hat": "e/#hat",
    "ring/": "round/", "round/": "ring/",
}


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("c/", "c/"),
        ("a/", "c/"),
        ("a/#kept", "c/#kept"),
        ("a/#x", "d/#y"),
        ("a/#own", "e/"),
        ("whole/", "c/#part"),
        ("whole/#other", "c/#part"),
        ("ring/", None),
        ("ring/#x", None),
    ],
)
def test_an_address_leads_on_over_as_many_moves_as_there_were(address: str, end: str | None) -> None:
    assert landing(WAYS, address) == end


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("c/#x", KeptId("c/", "x", "d/#y")),
        ("a/#own", KeptId("c/", "own", "e/")),
        ("a/", None),
        ("whole/#hat", None),
        ("ring/#x", None),
    ],
)
def test_an_old_heading_keeps_its_id_where_its_page_stands_now(old: str, kept: KeptId | None) -> None:
    assert kept_id(WAYS, old) == kept


def test_what_is_told_does_not_hang_on_the_shipped_entries(tmp_path: Path) -> None:
    library = read_library(ROOT / "data")
    assert list(move_faults(replace(library, moved={}), [page("index.md", "start")])) == []
