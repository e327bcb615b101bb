"""No page is harder to read than its limit: Flesch-Kincaid on what a built page says, without its frame."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from conftest import ROOT
from guide.faults import Faults
from guide.reading import FEWEST_WORDS, HARDEST, HAVE_NO_TEXT, LIMIT, LIMITS, MEDIAN, Measure, built, measured, own_text, page_measures, reading_lines, too_hard

PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
HARD = "Percutaneous collagen induction necessitates comprehensive pretreatment dermatological evaluation of contraindications."
EASY = "Wash your face. Use cool water. Pat it dry."


@pytest.fixture(scope="module")
def measures(site: Path) -> dict[str, Measure]:
    """Each page of the built site, measured."""
    return {measure.page: measure for measure in page_measures(site, PAGES)}


@pytest.mark.parametrize("page", [page for page in PAGES if page not in HAVE_NO_TEXT])
def test_no_page_is_harder_than_its_limit(page: str, measures: dict[str, Measure]) -> None:
    assert measures[page].words > FEWEST_WORDS, f"docs/{page} has too few words to be measured"
    assert not too_hard([measures[page]]), "\n".join(too_hard([measures[page]]))
    assert measures[page].grade <= HARDEST


def test_the_median_page_is_no_harder_than_grade_6(measures: dict[str, Measure]) -> None:
    assert statistics.median(measure.grade for measure in measures.values()) <= MEDIAN


def test_a_limit_of_a_pages_own_is_needed_and_not_too_high(measures: dict[str, Measure]) -> None:
    for page, limit in LIMITS.items():
        assert LIMIT < limit <= HARDEST, page
        assert measures[page].grade > LIMIT, f"docs/{page} reads at grade {measures[page].grade}: take its limit out"


# --- The measure ---------------------------------------------------------------------------------------------------


def test_the_measure_tells_hard_text_from_easy_text() -> None:
    assert measured("x.md", HARD).grade > HARDEST
    assert measured("x.md", EASY).grade < 4


def test_a_page_above_its_limit_is_told_and_one_below_is_not() -> None:
    [line, median] = too_hard([measured("aftercare/hard.md", HARD)])
    assert line.startswith("docs/aftercare/hard.md reads at grade ")
    assert "its limit is 6.0: shorten its sentences" in line
    assert median.startswith("the median grade is ")
    assert too_hard([measured("aftercare/easy.md", EASY)]) == []


def test_a_pages_own_limit_stands_in_the_place_of_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Measure("a.md", 7.0, 100, 10.0, "A sentence.")
    assert too_hard([page, Measure("b.md", 1.0, 100, 10.0, ""), Measure("c.md", 1.0, 100, 10.0, "")])
    monkeypatch.setitem(LIMITS, "a.md", 7.5)
    assert too_hard([page, Measure("b.md", 1.0, 100, 10.0, ""), Measure("c.md", 1.0, 100, 10.0, "")]) == []


def test_words_and_sentences_are_counted() -> None:
    measure = measured("x.md", "One two three. Four five!\nSix.")
    assert (measure.words, measure.mean, measure.longest) == (6, 2.0, "One two three.")


def test_the_audit_shows_the_hardest_page_first_with_its_longest_sentence() -> None:
    lines = list(reading_lines([measured("easy.md", EASY), measured("hard.md", HARD)]))
    assert [line.split()[0] for line in lines[:3]] == ["page", "hard.md", "easy.md"]
    assert lines[1].endswith(HARD)


ARTICLE = """<article><h1>Title</h1><nav><p>Menu</p></nav><p>One <b>two</b>{}<br>end<span class="mg-term__note">Note</span>.</p>
<ul><li>Three<ul><li>four</li></ul></li></ul><figure><figcaption>Five</figcaption></figure>
<section class="mg-source-list"><p>Six</p></section></article><p>Seven</p>"""


def test_only_what_the_page_itself_says_is_measured() -> None:
    assert own_text(ARTICLE.format('<sup class="mg-cite">1</sup>')) == "Title.\nOne two end.\nNote.\nThree.\nfour.\nFive."


def test_a_page_that_is_not_built_yet_is_told(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        page_measures(tmp_path, ["aftercare/sun.md"])
    assert "build the site first: make site" in str(raised.value)
    assert built(tmp_path, "index.md") == tmp_path / "index.html"
