"""A picture of 100 marks shows what its words say, and rounds as people do."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from pydantic import ValidationError

from guide.entries import Rate
from guide.macros.rates import rate
from guide.project import Guide

MADE = {"id": "made", "what": "got better", "group": "People.", "when": "Later.", "certainty": "low", "certainty_why": "Few people.", "sources": ["alam-2014"]}
SMALL = 1000  # bytes


def made(**values: object) -> Rate:
    return Rate(**{**MADE, **values})


def shown(guide: Guide, **values: object) -> str:
    """What a reader gets for a made-up rate."""
    library = replace(guide.library, rates={"made": made(**values)})
    return html.unescape(rate(replace(guide, library=library), "made", on={}))


def marks_in(path: str | None, cell: float) -> int:
    """How many marks the lines of a path make: as many as cells that each line begins."""
    return sum(int(float(length) // cell) + 1 for length in re.findall(r"h([\d.]+)", path or ""))


def drawn(page: str, kind: str) -> int:
    path = re.search(rf'mg-rate__{kind}" d="([^"]*)"', page)
    return marks_in(path and path[1], 10)


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({"count": 16, "of": 32}, 50),
        ({"count": 5, "of": 30}, 17),
        ({"count": 1, "of": 8}, 13),  # 12.5: halves go up
        ({"count": 3, "of": 8}, 38),  # 37.5: to the nearest even number would be 38 as well
        ({"count": 1, "of": 40}, 3),  # 2.5: to the nearest even number would be 2
        ({"per_100": "6.67", "of": 30}, 7),
        ({"per_100": "68.8", "of": 32}, 69),
        ({"per_100": "83", "of": 723}, 83),
        ({"count": 2, "of": 183}, 1),
        ({"count": 0, "of": 39}, 0),
    ],
)
def test_a_rate_is_rounded_to_whole_people_of_100(values: dict, whole: int) -> None:
    assert made(**values).in_100 == whole


@pytest.mark.parametrize("values", [{"count": 16, "of": 32}, {"count": 5, "of": 30}, {"per_100": "95.6", "of": 45}, {"count": 2, "of": 183}, {"count": 99, "of": 100}])
def test_a_picture_has_100_marks_and_as_many_filled_as_the_words_say(values: dict, guide: Guide) -> None:
    page, filled = shown(guide, **values), made(**values).in_100
    assert (drawn(page, "filled"), drawn(page, "hollow"), drawn(page, "hole")) == (filled, 100 - filled, 100 - filled)
    assert f'role="img" aria-label="{filled} of 100 marks are filled."' in page


def test_none_of_a_group_shows_as_rings_so_many_as_could_still_be(guide: Guide) -> None:
    page = shown(guide, count=0, of=39)
    assert [drawn(page, kind) for kind in ("filled", "ring", "ring-hole", "hollow", "hole")] == [0, 8, 8, 92, 92]
    assert 'aria-label="No mark of 100 is filled. 8 are rings: so many could still be."' in page


def test_no_two_marks_stand_in_one_place(guide: Guide) -> None:
    for share in range(1, 100):
        page = shown(guide, per_100=str(share), of=100)
        begun = {(float(x) // 10, int(y) // 10) for x, y in re.findall(r"M([\d.]+) (\d+)h", re.sub(r'<path class="mg-rate__hole".*', "", page))}
        assert drawn(page, "filled") + drawn(page, "hollow") == 100
        assert len(begun) == (10 if share % 10 == 0 else 11), "each row is one line, but the row in which the kind changes"


@pytest.mark.parametrize("name", ["neck-lines-better", "laser-dark-marks", "dark-marks-pci"])
def test_a_picture_is_small_enough_to_load_anywhere(name: str, guide: Guide) -> None:
    svg = re.search(r"<svg.*</svg>", rate(guide, name, on={}), re.S)[0]
    assert len(svg.encode()) < SMALL


def test_a_count_is_said_as_the_study_has_it_and_of_100_both_ways(guide: Guide) -> None:
    page = shown(guide, count=5, of=30)
    assert "5 of 30 people got better." in page
    assert re.findall(r'mg-rate__key--(\w+)">([^<]*)<', page) == [("filled", "That is about 17 of every 100."), ("hollow", "The other 83 did not.")]


def test_about_is_said_only_where_a_figure_was_rounded(guide: Guide) -> None:
    assert "That is 50 of every 100." in shown(guide, count=16, of=32)
    assert "In a study of 32 people, about 69 of every 100 got better." in shown(guide, per_100="68.8", of=32)
    page = shown(guide, per_100="83", of=723)
    assert "In a study of 723 people, 83 of every 100 got better." in page
    assert re.findall(r'mg-rate__key--(\w+)">([^<]*)<', page) == [("filled", "These 83 did."), ("hollow", "The other 17 did not.")]


@pytest.mark.parametrize(("of", "most"), [(30, 10), (39, 8), (41, 8), (60, 5), (300, 1)])
def test_none_of_a_small_group_comes_with_how_often_it_could_still_happen(of: int, most: int, guide: Guide) -> None:
    page = shown(guide, count=0, of=of)
    assert f"None of {of} people got better." in page
    assert f"up to about {most} of every 100 people" in page
    assert re.findall(r'mg-rate__key--(\w+)', page) == ["ring"] and "did not" not in page


BROKEN = {
    "a count and a percentage": {"count": 5, "per_100": "17", "of": 30},
    "neither a count nor a percentage": {"of": 30},
    "more people than there were": {"count": 31, "of": 30},
    "everyone": {"count": 30, "of": 30},
    "too few for one mark": {"count": 1, "of": 201},
    "too many for one hollow mark": {"per_100": "99.6", "of": 300},
    "none of a very small group": {"count": 0, "of": 29},
    "a percentage in other words": {"per_100": "17%", "of": 30},
    "a group of nobody": {"count": 0, "of": 0},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_rate_that_a_picture_of_100_cannot_show_is_told(name: str) -> None:
    with pytest.raises(ValidationError):
        made(**BROKEN[name])


def test_every_rate_names_its_group_its_time_its_sources_and_how_sure_it_is(guide: Guide) -> None:
    for name, found in guide.library.rates.items():
        on: dict = {}
        page = html.unescape(rate(guide, name, on=on))
        assert found.group in page and found.when in page and found.certainty_why in page
        assert "How sure:" in page
        assert on["cited"] == found.sources
