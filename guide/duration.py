"""Lengths of time as people write them: `45 minutes`, `24 hours`, `7 days`, `6 months`."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOURS_IN = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730}  # a month is a twelfth of 365 days
SPOKEN = re.compile(r"([0-9]{1,3}|[a-z]+)\s*-?\s*(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mths?|mos?|months?|y|yrs?|years?)\.?")
UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week", "mth": "month", "mo": "month", "y": "year"}
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WRITTEN = re.compile(r"^([0-9]{1,3}) (minute|hour|day|week|month)s?$")


@dataclass(frozen=True)
class Duration:
    """An amount and its unit.

    amount  whole number, 0 or more
    unit    minute, hour, day, week or month
    """

    amount: int
    unit: str

    @property
    def hours(self) -> float:
        return self.amount * HOURS_IN[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


def parse_duration(text: str) -> Duration:
    """Read `7 days`.

    Errors: ValueError with what would be right, where the text is anything else.
    """
    match = WRITTEN.match(" ".join(text.lower().split()))
    if not match:
        raise ValueError('write a whole number and minutes, hours, days, weeks or months, such as "7 days"')
    return Duration(int(match[1]), match[2])


def meant_duration(text: str) -> str | None:
    """`48 hours` for `48 hrs`, `1 week` for `one week`; None where we cannot tell.

    text  a length of time as people say it
    """
    found = SPOKEN.fullmatch(text.strip().lower())
    number = found[1] if found else ""
    amount = int(number) if number.isdigit() else 1 if number in ("a", "an") else NUMBERS.index(number) if number in NUMBERS else 0
    if not found or not amount:
        return None
    unit = next(UNITS[start] for start in ("mth", "mo", "m", "h", "d", "w", "y") if found[2].startswith(start))
    return str(Duration(amount * 12, "month") if unit == "year" else Duration(amount, unit))
