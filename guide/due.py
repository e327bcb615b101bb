"""What must be looked at again, seen from a day: pages, sources, the marks of pages, and the reading by the clinic's clinician."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guide.faults import Faults, quoted
from guide.models import required
from guide.pages import PageFacts, PageSource
from guide.places import Document, parse_document
from guide.project import CLINIC_FILE, Guide
from guide.scores import Sheet

SOON = 60  # days before a page's review is due; long enough to find a clinician and read it
GOOD_FOR = timedelta(days=365)  # how long a look at a source, or a clinician's reading, is taken for fresh


@dataclass(frozen=True)
class Due:
    """One thing to look at again.

    line       0 where the whole file is meant
    days_late  days since it was due; none or fewer where it is due still
    """

    file: str
    line: int
    what: str
    days_late: int

    def __str__(self) -> str:
        when = f"late by {_days(self.days_late)}" if self.days_late > 0 else f"due in {_days(-self.days_late)}" if self.days_late else "due today"
        return f"{self.file}:{self.line}: {self.what}: {when}" if self.line else f"{self.file}: {self.what}: {when}"


def due_dates(guide: Guide, pages: Sequence[PageSource], day: date, sheets: Sequence[Sheet] = (), clinic_file: str = CLINIC_FILE) -> list[Due]:
    """Everything that is late on a day, and every review that comes up, the latest first.

    day          the day from which it is seen
    sheets       the two readers' marks, as far as there are any
    clinic_file  the clinic file as the person named it

    Errors: Faults with every page whose front matter cannot be read.
    """
    fronts = {page.name: (page.file, *_front(page)) for page in pages}
    every = [*_page_reviews(fronts), *_marks(fronts, sheets), *_source_looks(guide), *_clinician(guide, clinic_file)]
    entries = [Due(file, line, what, (day - by).days) for file, line, what, by, soon in every if (day - by).days > 0 or (by - day).days <= soon]
    return sorted(entries, key=lambda entry: (-entry.days_late, entry.file, entry.line))


def due_lines(entries: Sequence[Due]) -> Iterator[str]:
    """The entries as a person reads them, with a line that counts them."""
    late = sum(entry.days_late > 0 for entry in entries)
    yield from map(str, entries)
    yield f"{late} late, {len(entries) - late} to come." if entries else f"Nothing is late, and no page is due within {SOON} days."


Dated = tuple[str, int, str, date, int]  # file, line, what, the day it is due, and from how many days before it is told
Fronts = Mapping[str, tuple[str, PageFacts, Document]]  # a page's name → its file, its facts, and their lines


def _page_reviews(fronts: Fronts) -> Iterator[Dated]:
    for file, facts, document in fronts.values():
        yield file, document.line(("review_by",)), "review this page", facts.review_by, SOON


def _marks(fronts: Fronts, sheets: Sequence[Sheet]) -> Iterator[Dated]:
    """Marks from before a page's last review: they tell of another text."""
    for sheet in sheets:
        facts = fronts[sheet.of][1] if sheet.of in fronts else None
        if facts and sheet.marks.scored_on < facts.reviewed_on:
            yield sheet.document.name, sheet.document.line(("scored_on",)), f"mark {sheet.of} anew, as it was reviewed since", facts.reviewed_on, -1


def _front(page: PageSource) -> tuple[PageFacts, Document]:
    if page.front is None:
        raise Faults([page.fault(1, "no front matter", "run make check")])
    document, faults = parse_document(page.front, page.file, first_line=2)
    return required(PageFacts, document, faults), document


def _source_looks(guide: Guide) -> Iterator[Dated]:
    document = guide.library.documents["references"]
    for place, source in enumerate(guide.library.references.values()):
        line = document.line(("references", place, "accessed_on"))
        yield document.name, line, f"look at the source {quoted(source.id)} again", source.accessed_on + GOOD_FOR, -1


def _clinician(guide: Guide, clinic_file: str) -> Iterator[Dated]:
    reviewer = guide.clinic.named_reviewer
    if reviewer and reviewer.reviewed_on:
        yield clinic_file, 0, "reviewer.reviewed_on: let your clinician read the whole guide again", reviewer.reviewed_on + GOOD_FOR, SOON


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"

