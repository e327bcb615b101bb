"""Which sentences claim something about benefit, harm or timing, so that a source must stand beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

SUBJECTS = re.compile(
    r"\b(helps?|helped|better|worse|improv\w+|soften\w*|fades?|faded|fading|effective|risk\w*|infect\w+|burn(s|ed)?|harm(s|ed|ful)?|bleed\w*|bruis\w*"
    r"|swell\w*|reduc\w+|cur(e|es|ed)|prevent\w*|reliev\w+|remov(es?|ed)|tighten\w*|lighten\w*|darken\w*|permanent\w*|heal(s|ed|ing)?|scarring|collagen|hours?|days?|weeks?|months?|years?|lasts?|likely|often|rare(ly)?|common(ly)?|most people|safe(r|ly)?|dangerous)\b",
    re.I,
)
# Words that open a clause before the main one: what follows its comma counts.
OPENS_CLAUSE = re.compile(r"^(then|first|if|when|before|after|once|until|where)\b", re.I)
# An order is advice, and not a claim, unless it gives its reason.
ORDER = re.compile(
    r"^(do|don['’]t|never|always|ask|tell|call|ring|say|show|keep|wait|use|put|take|stay|leave|go|get|book|bring|write|read|see|check|look|avoid|have|let|make|plan|choose"
    r"|start|stop|wash|wear|eat|drink|sleep|remember|note|give|pick|count|think|find|try|send|follow|be|come|turn|speak"
    r"|agree|move|report|trust|walk|press|lie|sit|hold|rest|cover|pat|treat|expect|so use)\b(?!.*(\bbecause\b|, (as|since) ))",
    re.I,
)
# What says that nothing is known, speaks of this guide or of the calendar alone, helps to choose and not to heal, quotes
# someone, or is the claim that the text goes on to weigh.
NO_CLAIM = re.compile(
    r"\b(we found (no|only|none|nothing)|not measured|we do not know|(nobody|no one) (knows|can)|not known|not tested|this (guide|page|list)|weekday|helps? you (to )?(compare|decide|choose|ask))\b|^[\"“]|^\*\*The claim:|^\w+ \w+ in the [\"“]", re.I
)
BACKED = re.compile(r"\{\{\s*(cite|time|advice_differs|certainty|advice_line|report_problem)\(")
LINK = re.compile(r"\]\(([^)\s]*)\)")
MACRO = re.compile(r"\{\{.*?\}\}")
MARKS = re.compile(r"^(\s*([-*]|\d+\.)\s+|\s*\|\s*|\s+)|\s*\|?\s*$")
QUESTION = re.compile(r"^\*\*[^*]*\?\*\*$")  # in bold: the text goes on to answer it
CLOSING = "*_)”\"'"
SENTENCE_END = (".", "!", "…")
NEXT_SENTENCE = re.compile(r"(?<=[.!])[\"”’)*_]*\s+(?=[A-Z\"“*])")
UNKNOWN_BOX = "!!! unknown"


def unbacked(lines: list[tuple[int, str]], has_sources: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Each claim in whose paragraph no source stands, and no link to a page that has sources.

    lines        a page's lines with their numbers
    has_sources  whether the page to which a link's target leads has sources

    A list or a table counts as one paragraph; the box that says what is not known is left out.
    """
    for paragraph in _paragraphs(lines):
        if not any(BACKED.search(line) or any(map(has_sources, LINK.findall(line))) for _, line in paragraph):
            yield from ((number, _words(line)) for number, line in paragraph if claims(line))


def claims(line: str) -> bool:
    """Whether a line of a page claims something about benefit, harm or timing, in any of its sentences."""
    words = _words(line)
    return not line.startswith(("#", "!!!")) and not QUESTION.match(words) and any(map(_claims, NEXT_SENTENCE.split(words)))


def _claims(sentence: str) -> bool:
    if not sentence.rstrip(CLOSING).endswith(SENTENCE_END) or NO_CLAIM.search(sentence):
        return False
    return bool(SUBJECTS.search(sentence)) and not _orders(sentence.lstrip("*"))


def _orders(sentence: str) -> bool:
    """Whether a sentence tells people to do something, at its beginning or after a clause that says when."""
    if OPENS_CLAUSE.match(sentence):
        return any(ORDER.match(part.strip()) for part in sentence.split(",")[1:])
    return bool(ORDER.match(sentence))


def _words(line: str) -> str:
    return MARKS.sub("", MACRO.sub("", MARKS.sub("", line))).strip()


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    paragraph: list[tuple[int, str]] = []
    not_known = False
    for number, line in [*lines, (0, "")]:
        if line.startswith("!!!"):
            not_known = line.startswith(UNKNOWN_BOX)
        elif line.strip() and not line.startswith("    "):
            not_known = False
        if line.strip() and not not_known:
            paragraph.append((number, line))
        elif paragraph:
            yield paragraph
            paragraph = []
