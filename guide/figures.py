"""Figures in texts: which stand in a line, and which its sources were seen to give.

A page may round what a source gives: 68.8% is also 69%, "69 of every 100" and "7 in 10"; 16 of 32 is also "50 of every 100".
No other sum is taken for granted. A share is a figure in words too: "nine in ten", "half of people", "twice as common".
Other numbers in words ("two weeks") are not looked at: they stand in too many sentences that claim nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

IN_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "hundred": 100}
ONE = rf"(?:{'|'.join(IN_WORDS)})"
EVERY = r"(?:every |each |the |all |a group of |a )?"
PEOPLE = r"(?:people|persons?|them|those|patients?|adults?|wom[ae]n|m[ae]n|users?|group|scars)"
AMONG = rf"(?: {PEOPLE})?[ -]+(?:in|of|out of)[ -]+{EVERY}"
SHARE_IN_WORDS = re.compile(rf"\b({ONE}|\d+)({AMONG})({ONE}|\d+)\b", re.I)
PART = rf"\b(?:half|(?:thirds?|quarters?|fifths?) of) (?:of )?{EVERY}{PEOPLE}\b|\b(?:twice|double|{ONE} times) (?:as|the)\b"
FIGURE = re.compile(rf"\d|[¼-¾⅐-⅞]|%|\bper ?cent\b|{PART}|\b{ONE}{AMONG}{ONE}\b", re.I)  # whether there is any at all
UNIT = r"(?:x|mm|cm|nm|kg|mg|ml|g|h|hrs?|st|nd|rd|th)\b"
# Not part of a name, such as CO2 or K202243; a unit may follow at once, as in 24h.
NUMBER = re.compile(rf"(?<![^\W_])(?<![^\W_]\.)(?:\d+(?:,\d{{3}})*(?:\.\d+)?|\.\d+)(?=(?i:{UNIT})|(?![\dA-Za-z]))")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")
SHARE = re.compile(rf"\b(\d+){AMONG}(\d+)\b")
ROUND_GROUPS = {"10", "100"}


def numbers(text: str) -> set[str]:
    """Every number in a text, without the commas of thousands: `1,029 people` gives 1029, and `nine in ten` 9 and 10."""
    return {_plain(match[0]) for match in NUMBER.finditer(in_digits(text))}


def in_digits(text: str) -> str:
    """A text with each share in words as one in digits: `nine in ten` becomes `9 in 10`."""
    return SHARE_IN_WORDS.sub(lambda match: f"{_digits(match[1])}{match[2]}{_digits(match[3])}", text)


def _digits(number: str) -> str:
    return str(IN_WORDS.get(number.casefold(), number))


def numbers_given(texts: Iterable[str]) -> set[str]:
    """Every number that a page may print after these texts: theirs, and shares rounded to whole people of 10 or 100."""
    given: set[str] = set()
    for text in map(in_digits, texts):
        given |= numbers(text)
        shares = [float(share) for share in PERCENT.findall(text)]
        shares += [100 * int(part) / int(whole) for part, whole in SHARE.findall(text) if int(whole)]
        for share in shares:
            given |= {str(int(share + 0.5)), str(int(share / 10 + 0.5)), *ROUND_GROUPS}
    return given


def _plain(number: str) -> str:
    whole, point, part = number.replace(",", "").partition(".")
    part = part.rstrip("0")
    return f"{whole or 0}.{part}" if part else whole
