"""The marks that two readers give the guide, item by item, and the scores that follow from them.

The checklists stand in data/instruments.yml. Marks stand in data/scores/first and data/scores/second, one file for each
page and one, guide.yml, for the guide as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from guide.faults import Fault, Misfit, did_you_mean, listed, quoted
from guide.models import Facts, Line, Sentence, Slug, required, validated
from guide.places import Document, read_document

READERS = ("first", "second")
GUIDE = "guide"  # stands for the guide as a whole where a page could stand
FEWEST_WORDS = 4  # of a proof: fewer can hardly say where the reader looked
SHARED_PROOFS = 4  # of two readers' proofs at most one in so many may be the same, word for word
FORM = 'write the mark and its proof, such as [1, "the first box says what to do tonight"]'


class Item(Facts):
    """One question of a checklist."""

    number: int = Field(description="as its makers count")
    ask: Sentence
    na: Line | None = Field(None, description="when it does not apply; items with the same reason apply together or not at all")
    after: int | None = Field(None, description="the item without which this one scores nothing")
    untested: bool = Field(False, description="it may be left open until clinicians and patients have tried the guide")


class Scale(Facts):
    """Items that make one score together."""

    id: Slug
    name: Line
    lowest: int
    highest: int
    counts: Literal["share", "sum", "each"]
    bar: int | None = Field(None, description="the least that passes; None where there is no bar")
    items: list[Item] = Field(min_length=1)


class Instrument(Facts):
    """A checklist by which patient information is judged."""

    id: Literal["pemat", "cdc", "discern", "jama", "ipdas"]
    name: Line
    made_by: Line
    judges: Literal["page", "guide"]
    scales: list[Scale] = Field(min_length=1)

    @cached_property
    def items(self) -> dict[str, tuple[Scale, Item]]:
        """Each item by its number, as text, with its scale."""
        return {str(item.number): (scale, item) for scale in self.scales for item in scale.items}


class _Instruments(Facts):
    instruments: list[Instrument] = Field(min_length=1)


class Mark(Facts):
    """What a reader gave an item, and where on the page it shows."""

    mark: int | Literal["na", "untested"]
    proof: Sentence


def _from_pair(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 2:
        raise Misfit("something other than a mark and its proof", FORM)
    mark, proof = value
    if isinstance(mark, bool) or not (isinstance(mark, int) or mark in ("na", "untested")):
        raise Misfit(quoted(mark), f"write the mark as a number, or na; {FORM}")
    if not isinstance(proof, str):
        raise Misfit("a proof that is no text", f"put it in quotes; {FORM}")
    return {"mark": mark, "proof": proof}


Marks = dict[str, Annotated[Mark, BeforeValidator(_from_pair)]]


class PageMarks(Facts):
    """One reader's marks for one page."""

    page: Line = Field(description="the page's path under docs, such as aftercare/sun.md")
    scored_on: date = Field(description="the day on which this reader read the page")
    main_message: Sentence = Field(description="the one main message as this reader found it; the index asks for it first")
    pemat: Marks
    cdc: Marks


class GuideMarks(Facts):
    """One reader's marks for the guide as a whole."""

    page: Literal["guide"]
    scored_on: date
    discern: Marks
    jama: Marks
    ipdas: Marks


class OpenScore(Facts):
    """A score that is below its bar for a reason that stands in the open."""

    of: Line = Field(description="a page's path under docs, or `guide`")
    scale: Line = Field(description="the ids of a checklist and its scale, such as `jama benchmarks`")
    why: Sentence
    mend: Sentence = Field(description="what would mend it, and who can")


class _OpenScores(Facts):
    open: list[OpenScore]


@dataclass(frozen=True)
class Sheet:
    """One reader's marks for a page or for the guide, as read and found to be right.

    of      the page's path under docs, or `guide`
    reader  first or second
    """

    of: str
    reader: str
    marks: PageMarks | GuideMarks
    document: Document = field(compare=False, repr=False)

    def given(self, instrument: Instrument) -> Mapping[str, Mark]:
        """The marks for one instrument, by item number."""
        return getattr(self.marks, instrument.id)


@dataclass(frozen=True)
class Score:
    """What one scale comes to for one reader.

    points  a percentage, a sum, or for `each` the number of items that pass
    of      the most that could be had
    lost    the items that cost points
    passed  whether it is at the bar or above; True where there is no bar
    """

    instrument: Instrument
    scale: Scale
    points: int
    of: int
    lost: list[int]
    passed: bool

    @property
    def name(self) -> str:
        """The ids of its checklist and scale."""
        return f"{self.instrument.id} {self.scale.id}"


def read_instruments(folder: Path) -> dict[str, Instrument]:
    """The checklists by id.

    folder  the folder `data`

    Errors: Faults with everything that is wrong in the file.
    """
    read = required(_Instruments, *read_document(folder / "instruments.yml", "data/instruments.yml"))
    return {instrument.id: instrument for instrument in read.instruments}


def read_open(folder: Path) -> list[OpenScore]:
    """The scores that are known to be below their bar, and why.

    folder  the folder `data`

    Errors: Faults with everything that is wrong in scores/open.yml.
    """
    document, faults = read_document(folder / "scores" / "open.yml", "data/scores/open.yml")
    read, found = validated(_OpenScores, document) if document else (None, [])
    if faults or found or read is None:
        raise Faults([*faults, *found])
    return read.open


def sheet_name(of: str) -> str:
    """The file in which a reader marks a page: `aftercare/sun.md` stands in `aftercare-sun.yml`."""
    return f"{of.removesuffix('.md').replace('/', '-')}.yml"


def read_sheets(folder: Path, of: Sequence[str], instruments: Mapping[str, Instrument], readers: Sequence[str] = READERS) -> tuple[list[Sheet], list[Fault]]:
    """The readers' sheets for some pages, and every fault in them.

    folder       the folder `data`
    of           the pages, by their paths under docs, and `guide`
    instruments  the checklists
    readers      whose; one reader by themselves need not see what the other wrote
    """
    sheets, faults = [], []
    for one in of:
        pair = []
        for reader in readers:
            sheet, found = _read_sheet(folder, one, reader, instruments)
            faults += found
            pair += [sheet] if sheet else []
        sheets += pair
        if len(pair) == 2:
            faults += _copied_faults(*pair)
    return sheets, faults


def stray_faults(folder: Path, of: Iterable[str]) -> Iterator[Fault]:
    """A file of marks for a page that does not exist."""
    known = {sheet_name(one): one for one in of}
    for reader in READERS:
        for path in sorted((folder / "scores" / reader).glob("*")):
            if path.name not in known:
                yield Fault(f"data/scores/{reader}/{path.name}", 0, "", "marks for a page that does not exist", did_you_mean(path.name, list(known), "delete the file"))


def _read_sheet(folder: Path, of: str, reader: str, instruments: Mapping[str, Instrument]) -> tuple[Sheet | None, list[Fault]]:
    name = f"data/scores/{reader}/{sheet_name(of)}"
    path = folder / "scores" / reader / sheet_name(of)
    if not path.exists():
        return None, [Fault(name, 0, "", "no marks yet", f"let the {reader} reader mark {of}; CONTRIBUTING.md says how")]
    document, faults = read_document(path, name)
    if document is None:
        return None, faults
    model = GuideMarks if of == GUIDE else PageMarks
    marks, found = validated(model, document)
    faults = faults + found
    if marks is None or faults:
        return None, faults
    sheet = Sheet(of, reader, marks, document)
    faults = list(_sheet_faults(sheet, instruments))
    return (None if faults else sheet), faults


def _sheet_faults(sheet: Sheet, instruments: Mapping[str, Instrument]) -> Iterator[Fault]:
    if sheet.marks.page != sheet.of:
        yield _fault(sheet, ("page",), quoted(sheet.marks.page), f"write {sheet.of}, as the file's name says")
    for instrument in instruments.values():
        if instrument.judges == (GUIDE if sheet.of == GUIDE else "page"):
            yield from _mark_faults(sheet, instrument)
            yield from _together_faults(sheet, instrument)


def _mark_faults(sheet: Sheet, instrument: Instrument) -> Iterator[Fault]:
    given = sheet.given(instrument)
    missing = [number for number in instrument.items if number not in given]
    if missing:
        yield _fault(sheet, (instrument.id,), f"no mark for {', '.join(missing)}", "mark every item")
    for number, mark in given.items():
        where = (instrument.id, number)
        if number not in instrument.items:
            yield _fault(sheet, where, f"the unknown item {quoted(number)}", f"{instrument.name} has the items {', '.join(instrument.items)}")
            continue
        scale, item = instrument.items[number]
        if mark.mark == "na" and not item.na:
            yield _fault(sheet, where, "na", f"this item always applies: write {_marks_of(scale)}")
        if mark.mark == "untested" and not item.untested:
            yield _fault(sheet, where, "untested", f"this item can be judged now: write {_marks_of(scale)}")
        if isinstance(mark.mark, int) and not scale.lowest <= mark.mark <= scale.highest:
            yield _fault(sheet, where, quoted(mark.mark), f"write {_marks_of(scale)}")
        if len(mark.proof.split()) < FEWEST_WORDS:
            yield _fault(sheet, where, f"the proof {quoted(mark.proof)}", f"say in {FEWEST_WORDS} words or more where on the page it shows")


def _together_faults(sheet: Sheet, instrument: Instrument) -> Iterator[Fault]:
    """Marks that do not go together: part of a group left out, or points for an item whose ground is missing."""
    given = sheet.given(instrument)
    groups: dict[str, list[str]] = {}
    for number, (_, item) in instrument.items.items():
        if item.na and number in given:
            groups.setdefault(item.na, []).append(number)
        ground = given.get(str(item.after))
        if ground is not None and ground.mark == 0 and number in given and given[number].mark != 0:
            yield _fault(sheet, (instrument.id, number), quoted(given[number].mark), f"write 0, as item {item.after} has 0")
    for reason, numbers in groups.items():
        left_out = [number for number in numbers if given[number].mark == "na"]
        if left_out and left_out != numbers:
            yield _fault(sheet, (instrument.id, left_out[0]), f"na for {', '.join(left_out)} alone", f"{listed(numbers).replace(' or ', ' and ')} are na together ({reason}), or none is")


def _copied_faults(first: Sheet, second: Sheet) -> Iterator[Fault]:
    """Two readers who judge by themselves do not write the same words."""
    proofs = [{_plain(mark.proof) for mark in _all_marks(sheet)} for sheet in (first, second)]
    same = proofs[0] & proofs[1]
    if len(same) * SHARED_PROOFS > min(len(each) for each in proofs):
        yield _fault(second, ("page",), f"{len(same)} proofs that are the first reader's, word for word", "let the second reader judge alone, and say in their own words what they saw")


def _all_marks(sheet: Sheet) -> Iterator[Mark]:
    for value in vars(sheet.marks).values():
        if isinstance(value, dict):
            yield from value.values()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _marks_of(scale: Scale) -> str:
    return listed(str(mark) for mark in range(scale.lowest, scale.highest + 1))


def _fault(sheet: Sheet, key: tuple[str, ...], found: str, expected: str) -> Fault:
    return Fault(sheet.document.name, sheet.document.line(key), ".".join(key), found, expected)


def scores_of(sheet: Sheet, instruments: Mapping[str, Instrument]) -> list[Score]:
    """Every score of a sheet, in the order of the checklists."""
    fitting = [instrument for instrument in instruments.values() if hasattr(sheet.marks, instrument.id)]
    return [_score(instrument, scale, sheet.given(instrument)) for instrument in fitting for scale in instrument.scales]


def _score(instrument: Instrument, scale: Scale, given: Mapping[str, Mark]) -> Score:
    marks = {item.number: given[str(item.number)].mark for item in scale.items}
    counted = {number: mark for number, mark in marks.items() if isinstance(mark, int)}
    if scale.counts == "each":
        least = scale.bar if scale.bar is not None else scale.highest
        lost = [number for number, mark in counted.items() if mark < least]
        return Score(instrument, scale, len(counted) - len(lost), len(marks), lost, scale.bar is None or not lost)
    lost = [number for number, mark in counted.items() if mark < scale.highest]
    points, of = sum(counted.values()), scale.highest * len(counted)
    if scale.counts == "share":
        points, of = (100 * points // of if of else 100), 100
    return Score(instrument, scale, points, of, lost, scale.bar is None or points >= scale.bar)


def shortfalls(sheet: Sheet, instruments: Mapping[str, Instrument], known: Iterable[OpenScore] = ()) -> list[str]:
    """Each score below its bar, as a line that names the page, the checklist, the reader and the items.

    known  scores that are passed over, as their reason stands in the open
    """
    passed_over = {(score.of, score.scale) for score in known}
    return [
        f"{sheet.of}, {score.instrument.name}, {score.scale.name}, {sheet.reader} reader: {score.points} of {score.of}{_bar_of(score.scale)}; lost {', '.join(map(str, score.lost))}"
        for score in scores_of(sheet, instruments)
        if not score.passed and (sheet.of, score.name) not in passed_over
    ]


def settled(sheets: Sequence[Sheet], instruments: Mapping[str, Instrument], known: Iterable[OpenScore]) -> list[str]:
    """The open scores that no reader finds below the bar any more: their entries can go."""
    low = {(sheet.of, score.name) for sheet in sheets for score in scores_of(sheet, instruments) if not score.passed}
    return [f"{score.of}, {score.scale}: at its bar by now, so take it out of data/scores/open.yml" for score in known if (score.of, score.scale) not in low]


def _bar_of(scale: Scale) -> str:
    return f", where each item needs {scale.bar}" if scale.counts == "each" else f", where {scale.bar} passes"


def agreement(sheets: Iterable[Sheet], instruments: Mapping[str, Instrument]) -> dict[str, tuple[int, int]]:
    """For each checklist, how many items both readers marked alike, and how many both marked."""
    alike = {name: (0, 0) for name in instruments}
    seen: dict[str, Sheet] = {}
    for sheet in sheets:
        other = seen.setdefault(sheet.of, sheet)
        for name, instrument in instruments.items() if other is not sheet else ():
            if hasattr(sheet.marks, name):
                pairs = [(mark.mark, other.given(instrument)[number].mark) for number, mark in sheet.given(instrument).items()]
                same, both = alike[name]
                alike[name] = (same + sum(one == two for one, two in pairs), both + len(pairs))
    return alike


def score_lines(sheets: Sequence[Sheet], instruments: Mapping[str, Instrument]) -> Iterator[str]:
    """The scores as a table: a line for each page and reader, then how far the readers agree."""
    wide = max((len(sheet.of) for sheet in sheets), default=0)
    for sheet in sheets:
        parts = [f"{score.name} {score.points}{_of(score)}" + "".join(_lost(score)) for score in scores_of(sheet, instruments)]
        yield f"{sheet.of:{wide}} {sheet.reader:7} {'   '.join(parts)}"
    for name, (same, both) in agreement(sheets, instruments).items():
        if both:
            yield f"Both readers gave the same mark for {same} of {both} items of {instruments[name].name} ({100 * same // both}%)."


def _of(score: Score) -> str:
    return "%" if score.scale.counts == "share" else f" of {score.of}"


def _lost(score: Score) -> Iterator[str]:
    if score.lost:
        yield f" ({'lost' if score.passed else 'BELOW THE BAR, lost'} {', '.join(map(str, score.lost))})"
