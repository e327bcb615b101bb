"""Lengths of time as people write them: `45 minutes`, `24 hours`, `7 days`, `6 months`."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOURS_IN = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730}  # a month is a twelfth of 365 days
WRITTEN = re.compile(r"^(\d{1,3}) (minute|hour|day|week|month)s?$")


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
    match = WRITTEN.match(text.strip())
    if not match:
        raise ValueError('write a whole number and minutes, hours, days, weeks or months, such as "7 days"')
    return Duration(int(match[1]), match[2])
