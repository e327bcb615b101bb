"""How hard each page of a built site is to read: Flesch-Kincaid on what the page itself says, without its frame.

It is for tests and `make audit` alone: html5lib and textstat are not among what builds the guide.
"""

from __future__ import annotations

import re
import statistics
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from guide.faults import Fault, Faults

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)  # textstat 0.7.4, pinned because newer ones fetch a word list
    import textstat

HARDEST = 8.0  # no page may have a limit above this
MEDIAN = 6.0  # of all pages
LIMIT = 6.0  # of a page that is not named below
LIMITS: dict[str, float] = {}  # page → its own limit, up to HARDEST, with the reason on its line
FEWEST_WORDS = 40  # with fewer a grade means little
HAVE_NO_TEXT = ("about/sources.md",)  # pages that are lists of titles, which are other people's words

XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = {f"{XHTML}{name}" for name in ("p", "li", "td", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "figcaption")}
# Not the page's own text: sources, review line, clinic facts, links to other pages, and marks that lead to sources.
FRAME = {"mg-source-list", "mg-review-line", "mg-call-card", "mg-contact", "mg-people", "mg-opening-hours", "mg-statement", "mg-cite", "mg-print-line", "mg-certainty"}
NOTE = "mg-term__note"  # what a word means: it stands inside a sentence and opens beside it
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+")


@dataclass(frozen=True)
class Measure:
    """One page as a reader finds it.

    grade    Flesch-Kincaid, in years of school
    mean     words to a sentence
    longest  the longest sentence
    """

    page: str
    grade: float
    words: int
    mean: float
    longest: str

    @property
    def limit(self) -> float:
        return LIMITS.get(self.page, LIMIT)


def page_measures(site: Path, pages: Iterable[str]) -> list[Measure]:
    """Each page of a built site that has text of its own, measured.

    site   the built folder
    pages  the pages' paths under docs

    Errors: Faults where a page is not built yet.
    """
    missing = [Fault(built(Path(site.name), page).as_posix(), 0, "", "no such page", "build the site first: make site") for page in pages if not built(site, page).is_file()]
    if missing:
        raise Faults(missing)
    return [measured(page, own_text(built(site, page).read_text(encoding="utf-8"))) for page in pages if page not in HAVE_NO_TEXT]


def built(site: Path, page: str) -> Path:
    """Where a page stands in a built site."""
    name = page.removesuffix(".md")
    return site / ("index.html" if name == "index" else f"{name}/index.html")


def measured(page: str, text: str) -> Measure:
    """A page's text, measured."""
    sentences = [sentence for line in text.split("\n") for sentence in SENTENCE.split(line) if sentence]
    words = [len(sentence.split()) for sentence in sentences]
    return Measure(page, textstat.flesch_kincaid_grade(text), sum(words), sum(words) / max(len(words), 1), max(sentences, key=lambda one: len(one.split()), default=""))


def too_hard(measures: Iterable[Measure]) -> list[str]:
    """Each page above its limit, and the median where that is too high, in words for the person who wrote them."""
    measures = list(measures)
    hard = [f"docs/{one.page} reads at grade {one.grade:.1f}, and its limit is {one.limit:.1f}: shorten its sentences and choose shorter words" for one in measures if one.grade > one.limit]
    middle = statistics.median(one.grade for one in measures) if measures else 0
    return hard + ([f"the median grade is {middle:.1f}: bring it to {MEDIAN} or less"] if middle > MEDIAN else [])


def reading_lines(measures: Sequence[Measure]) -> Iterator[str]:
    """The measures as a table, the hardest page first, then their median and what is too hard."""
    wide = max(len(one.page) for one in measures)
    yield f"{'page':{wide}} {'grade':>5} {'words':>6} {'words to a sentence':>20}   longest sentence"
    for one in sorted(measures, key=lambda each: -each.grade):
        yield f"{one.page:{wide}} {one.grade:5.1f} {one.words:6} {one.mean:20.1f}   {len(one.longest.split())}: {one.longest}"
    yield f"The median grade is {statistics.median(one.grade for one in measures):.1f}."
    yield from too_hard(measures)


def own_text(html: str) -> str:
    """What a built page itself says, each block closed like a sentence."""
    article = next(html5lib.parse(html).iter(f"{XHTML}article"))
    sentences = (" ".join(text.split()) for text in _blocks(article))
    return "\n".join(sentence if re.search(r"[.!?:]$", sentence) else f"{sentence}." for sentence in sentences if sentence)


def _blocks(element: Element) -> Iterator[str]:
    """The text of each block: of one that holds others, first what it says before them."""
    for child in element:
        if child.tag == f"{XHTML}nav" or _is_frame(child):
            continue
        if _is_block(child):
            yield "".join(_words(child))
        yield from _blocks(child)


def _words(element: Element) -> Iterator[str]:
    """The words of an element, without those of blocks in it."""
    yield element.text or ""
    for child in element:
        if not _is_frame(child) and not _is_block(child):
            yield from _words(child)
        yield " " if child.tag == f"{XHTML}br" else ""
        yield child.tail or ""


def _is_block(element: Element) -> bool:
    return element.tag in BLOCKS or NOTE in element.attrib.get("class", "").split()


def _is_frame(element: Element) -> bool:
    return bool(FRAME & set(element.attrib.get("class", "").split()))
