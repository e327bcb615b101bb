"""What is late, and what is due soon, is told from any day that it is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from guide import __main__ as commands
from guide.due import SOON, Due, due_dates, due_lines
from guide.faults import Faults
from guide.pages import PageSource
from guide.places import Document
from guide.project import Guide

PAGE = "---\ntitle: A page\ndescription: A page for tests that says nothing much at all.\nadvice: true\nreviewed_on: 2026-01-15\nreview_by: 2027-01-15\n---\n\n# A page\n"
PAGES = [PageSource("aftercare/page.md", PAGE)]
REVIEW_BY = date(2027, 1, 15)


def guide_with(accessed: date = REVIEW_BY, read: date | None = None) -> Guide:
    """As much of a guide as is asked here: one source, and the day on which the clinic's clinician read it all."""
    lines = Document("data/references.yml", {}, {("references", 0, "accessed_on"): 9})
    library = SimpleNamespace(references={"nobody-2020": SimpleNamespace(id="nobody-2020", accessed_on=accessed)}, documents={"references": lines})
    return SimpleNamespace(library=library, clinic=SimpleNamespace(named_reviewer=SimpleNamespace(reviewed_on=read) if read else None))


def told(day: date, guide: Guide | None = None, **more: object) -> list[str]:
    return [str(entry) for entry in due_dates(guide or guide_with(), PAGES, day, **more)]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-SOON - 1, None), (-SOON, f"due in {SOON} days"), (-1, "due in 1 day"), (0, "due today"), (1, "late by 1 day"), (40, "late by 40 days"),
    ],
)
def test_a_review_is_told_from_60_days_before_and_as_long_as_it_is_late(days: int, words: str | None) -> None:
    assert told(REVIEW_BY + timedelta(days=days)) == ([f"docs/aftercare/page.md:6: review this page: {words}"] if words else [])


@pytest.mark.parametrize(("days", "words"), [(365, None), (366, "late by 1 day"), (400, "late by 35 days")])
def test_a_source_that_was_looked_at_more_than_a_year_ago_is_told(days: int, words: str | None) -> None:
    day = date(2026, 6, 1)
    expected = [f"data/references.yml:9: look at the source “nobody-2020” again: {words}"] if words else []
    assert told(day, guide_with(accessed=day - timedelta(days=days))) == expected


@pytest.mark.parametrize(("days", "words"), [(300, None), (364, "due in 1 day"), (366, "late by 1 day")])
def test_a_clinicians_reading_of_more_than_a_year_ago_is_told(days: int, words: str | None) -> None:
    day = date(2026, 6, 1)
    expected = [f"own.yml: reviewer.reviewed_on: let your clinician read the whole guide again: {words}"] if words else []
    assert told(day, guide_with(read=day - timedelta(days=days)), clinic_file="own.yml") == expected


@pytest.mark.parametrize(("scored", "late"), [(date(2026, 1, 14), True), (date(2026, 1, 15), False)])
def test_marks_from_before_a_pages_review_are_told(scored: date, late: bool) -> None:
    sheet = SimpleNamespace(of="aftercare/page.md", marks=SimpleNamespace(scored_on=scored), document=Document("data/scores/first/aftercare-page.yml", {}, {("scored_on",): 2}))
    expected = ["data/scores/first/aftercare-page.yml:2: mark aftercare/page.md anew, as it was reviewed since: late by 17 days"] if late else []
    assert told(date(2026, 2, 1), sheets=[sheet]) == expected


def test_what_is_latest_comes_first() -> None:
    entries = due_dates(guide_with(accessed=date(2020, 1, 1)), PAGES, REVIEW_BY)
    assert [entry.file for entry in entries] == ["data/references.yml", "docs/aftercare/page.md"]


def test_the_last_line_counts_what_is_late() -> None:
    assert list(due_lines([Due("a", 1, "b", 3), Due("a", 2, "b", -3)]))[-1] == "1 late, 1 to come."
    assert list(due_lines([])) == [f"Nothing is late, and no page is due within {SOON} days."]


def test_a_page_whose_dates_cannot_be_read_is_told() -> None:
    with pytest.raises(Faults) as raised:
        due_dates(guide_with(), [PageSource("a.md", PAGE.replace("2027-01-15", "soon"))], REVIEW_BY)
    assert "docs/a.md:6: review_by: found “soon”" in str(raised.value)


@pytest.mark.parametrize(("late", "status"), [(1, 1), (0, 0), (-5, 0)])
def test_the_command_ends_with_1_only_where_something_is_late(late: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(commands, "open_guide", lambda *values: None)
    monkeypatch.setattr(commands, "due_dates", lambda *values: [Due("docs/a.md", 1, "review this page", late)])
    assert commands.main(["due"]) == status
    assert "docs/a.md:1: review this page: " in capsys.readouterr().out


def test_only_the_command_asks_for_todays_date() -> None:
    folder = Path(commands.__file__).parent
    asking = [path.name for path in sorted(folder.rglob("*.py")) if ".today(" in path.read_text(encoding="utf-8") or ".now(" in path.read_text(encoding="utf-8")]
    assert asking == ["__main__.py"]
