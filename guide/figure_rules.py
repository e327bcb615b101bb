"""What must hold for figures on a page: each stands beside its source, which was seen to give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.faults import Fault, listed, quoted
from guide.figures import FIGURE, numbers
from guide.library import Library
from guide.pages import PageSource
from guide.prose import unmarked

CITED = re.compile(r"\{\{\s*cite\(([^)]*)\)")
QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'")
REASON = re.compile(r"\{\{\s*certainty\([^{}]*\}\}")
LIST_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")


def shown(line: str) -> str:
    """What a reader sees of a line, without the mark that opens an entry of a list, and without a reason for certainty."""
    return LIST_MARK.sub("", unmarked(REASON.sub("", line)))


def sources_in(text: str) -> list[str]:
    """The sources that a text cites, in its order."""
    return [one or other for call in CITED.findall(text) for one, other in QUOTED.findall(call)]


def figure_faults(page: PageSource, number: int, line: str, library: Library) -> Iterator[Fault]:
    """A figure with no source on its line, or a number that none of the sources there was seen to give."""
    words, sources = shown(line), sources_in(line)
    if FIGURE.search(words) and not sources:
        yield page.fault(number, f"a figure with no source in {quoted(words.strip())}", 'add {{ cite("…") }} to the line, or say it without a figure')
    elif sources:
        yield from _number_faults(page, number, words, sources, library)


def reason_faults(page: PageSource, library: Library) -> Iterator[Fault]:
    """A number in the reason for a certainty that no source of the page was seen to give: it speaks of the answer above it."""
    for number, line in page.lines:
        for reason in REASON.findall(line):
            if FIGURE.search(unmarked(reason)):
                yield from _number_faults(page, number, unmarked(reason), list(dict.fromkeys(sources_in(page.body))), library)


def _number_faults(page: PageSource, number: int, words: str, sources: list[str], library: Library) -> Iterator[Fault]:
    strange = sorted(numbers(words) - library.figures_of(sources))
    if strange:
        found = f"{listed(strange)}, which data/figures.yml does not have for {listed(sources) or 'a page with no source'}"
        yield page.fault(number, found, "correct it, cite the source that gives it, or note there where it was seen")
