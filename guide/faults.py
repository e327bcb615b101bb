"""Faults: what is wrong in a file, where, and what would be right, in words for the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 60  # characters of somebody's value that an error repeats


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong.

    file      path as the person knows it, such as `clinic.yml`
    line      line number from 1; 0 where the whole file is at fault
    key       dotted key, such as `opening_hours.monday.opens`; empty where there is none
    found     what stands there now
    expected  what would be right
    """

    file: str
    line: int
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        return one_line(f"{place}: {key}found {self.found}; {self.expected}")


class Faults(Exception):
    """Every fault that was found, so that a person can mend them all in one go."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Misfit(ValueError):
    """A value that a model cannot take, where the value alone would not say what is wrong.

    below  the place of the slip, from the value's own
    """

    def __init__(self, found: str, expected: str, below: tuple[str | int, ...] = ()) -> None:
        self.found = found
        self.expected = expected
        self.below = below
        super().__init__(f"found {found}; {expected}")


class MacroFault(ValueError):
    """A page called a macro with a value that does not exist or does not fit."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"found {found}; {expected}")


def one_line(text: str) -> str:
    """The text with line breaks and control characters shown as spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def quoted(value: object) -> str:
    """A value as an error repeats it: on one line, in quotes, and never long."""
    text = one_line(str(value))
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return f"“{text}”"


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is most like this one, or None where none is like it."""
    typed = word.strip().casefold().replace(" ", "_")
    begun = [one for one in known if len(typed) > 2 and one.casefold().startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    folded = {one.casefold(): one for one in reversed(known)}
    return next((folded[one] for one in difflib.get_close_matches(typed, folded, n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Sequence[str], otherwise: str) -> str:
    """The nearest known word as advice, or else the advice that was given."""
    near = nearest(word, known)
    return f"did you mean {quoted(near)}?" if near else otherwise


def listed(words: Iterable[str]) -> str:
    """Words as a plain list: `a, b or c`."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
