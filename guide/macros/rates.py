"""How many people something happened to in a study: a picture of 100 marks, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from math import ceil
from typing import Any

from markupsafe import Markup

from guide.entries import Rate
from guide.faults import MacroFault, did_you_mean, quoted
from guide.macros.evidence import certainty, marks
from guide.project import Guide

ACROSS = 10  # marks in a row
CELL = 10  # a mark's room, in the picture's own unit
DISC = (5, 0.1)  # where the first mark of a row begins in its cell, and how long a mark is along the line
SQUARE = (1.5, 7)


def rate(guide: Guide, name: str, *, on: MutableMapping[str, Any]) -> Markup:
    """A picture of 100 marks for one figure of one study, with the figure in words, who was studied, when, and how sure that is.

    name  id of data/rates.yml

    Where it happened to no one, the words add how often it could still happen, by the rule of three: at most 3 in n,
    for a group of 30 people or more (Hanley and Lippman-Hand, JAMA 1983;249:1743-1745).

    Errors: MacroFault for an unknown id.

    Page: {{ rate("dark-marks-dogra") }}
    """
    found = _rate(guide, name)
    said, yes, no = _in_words(guide, found)
    possible = found.in_100 or _most(found)
    picture = guide.words["rate"]["picture" if found.in_100 else "picture_none"].format(share=possible)
    return guide.draw(
        "rate", said=said, yes=yes, no=no, group=found.group, when=found.when, note=found.note, picture=picture, only_possible=not found.in_100,
        discs="".join(_lines(0, possible, *DISC)), hollow="".join(_lines(possible, 100, *SQUARE)),
        marks=marks(guide, found.sources, on), certainty=certainty(guide, found.certainty, found.certainty_why, on=on),
    )


def _rate(guide: Guide, name: str) -> Rate:
    rates = guide.library.rates
    if name not in rates:
        raise MacroFault(f"the unknown rate {quoted(name)}", did_you_mean(name, list(rates), "see data/rates.yml"))
    return rates[name]


def _in_words(guide: Guide, found: Rate) -> tuple[str, str, str]:
    """What happened to how many; what the round marks stand for, and what the square ones, which may need no words."""
    words = guide.words["rate"]
    share = str(found.in_100) if found.share.denominator == 1 else words["about"].format(share=found.in_100)
    if found.count == 0:
        return words["none"].format(of=found.of, what=found.what), words["none_limit"].format(most=_most(found)), ""
    rest = words["rest"].format(rest=100 - found.in_100)
    if found.count is None:
        return words["percentage"].format(of=found.of, share=share, what=found.what), words["did"].format(share=found.in_100), rest
    return words["counted"].format(count=found.count, of=found.of, what=found.what), words["share"].format(share=share), rest


def _most(found: Rate) -> int:
    """Of how many in 100 it may still be true, where it happened to no one; 0 where it did happen."""
    return ceil(300 / found.of) if found.count == 0 else 0


def _lines(first: int, end: int, start: float, length: float) -> Iterator[str]:
    """A line through each row of marks from `first` to before `end`; dashes make the marks.

    start   where a mark begins in its cell
    length  how far a mark reaches along the line
    """
    while first < end:
        row, place = divmod(first, ACROSS)
        count = min(ACROSS - place, end - first)
        yield f"M{CELL * place + start} {CELL * row + CELL // 2}h{CELL * (count - 1) + length}"
        first += count
