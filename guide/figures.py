"""Figures in texts: which stand in a line, and which its sources were seen to give.

A page may round what a source gives: 68.8% is also 69%, "69 of every 100" and "7 in 10"; 16 of 32 is also "50 of every 100".
No other sum is taken for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

FIGURE = re.compile(r"\d|\bper ?cent\b|%", re.I)  # whether there is any at all
# Not part of a name, such as CO2 or K202243. A comma or a point stands inside a figure only.
NUMBER = re.compile(r"(?<![\w.])(?<!\d,)\d+(?:,\d{3})*(?:\.\d+)?(?![\d]|[A-Za-z])")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")
SHARE = re.compile(r"\b(\d+) (?:of|in) (?:the |every |a group of )?(\d+)\b")
ROUND_GROUPS = {"10", "100"}


def numbers(text: str) -> set[str]:
    """Every number in a text, without the commas of thousands: `1,029 people` gives 1029."""
    return {_plain(match[0]) for match in NUMBER.finditer(text)}


def numbers_given(texts: Iterable[str]) -> set[str]:
    """Every number that a page may print after these texts: theirs, and shares rounded to whole people of 10 or 100."""
    given: set[str] = set()
    for text in texts:
        given |= numbers(text)
        shares = [float(share) for share in PERCENT.findall(text)]
        shares += [100 * int(part) / int(whole) for part, whole in SHARE.findall(text) if int(whole)]
        for share in shares:
            given |= {str(int(share + 0.5)), str(int(share / 10 + 0.5)), *ROUND_GROUPS}
    return given


def _plain(number: str) -> str:
    whole, point, part = number.replace(",", "").partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole
