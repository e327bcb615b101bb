"""What people type, read as values of the clinic file, and shown to them again: times, links, countries and the rest.

Reading is generous, as in guide/meant.py: what cannot be told stays as typed, and the clinic file's own check says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from guide.clinic import PHONE, zones
from guide.duration import meant_duration, parse_duration
from guide.meant import LINK, country_meant, folder_meant, hours_meant, zone_meant

YES, NO = {"yes", "y", "true", "1", "yep", "ok"}, {"no", "n", "false", "0", "nope"}
CLOSED = {"closed", "close", "shut", "no", "off", "-"}
PARTS_OF_DAY = re.compile(r"\s*(?:,|;|&|\band\b|\bthen\b)\s*")
HOURS = "write the hours as in 9:00-17:30, or as in 9-12 and 13-17 with a lunch break, or write closed"
COLOUR = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
FEWEST_DIGITS = 3  # of what may be a telephone number, and not words with a figure in them


@dataclass(frozen=True)
class Kind:
    """One way in which answers are read.

    read   what was typed → the value. Errors: ValueError with what would be right
    show   the value → words
    lines  whether it is typed in several lines: `read` then gets a list of them
    """

    read: Callable[[Any], Any]
    show: Callable[[Any], str] = str
    lines: bool = False


def _yes_no(typed: str) -> bool:
    word = typed.lower().rstrip(".!")
    if word not in YES | NO:
        raise ValueError("write yes or no")
    return word in YES


def _country(codes: Collection[str], typed: str) -> str:
    return typed.upper() if typed.upper() in codes else country_meant(typed, codes) or typed


def _zone(typed: str) -> str:
    return typed if typed in zones() else zone_meant(typed, zones()) or typed


def _link(typed: str) -> str:
    rest = re.sub(r"(?i)^https?:?/*", "", typed)
    return f"https://{rest}" if LINK.fullmatch(rest) else typed


def _place(typed: str) -> str:
    """The whole address of the guide, with / at its end."""
    link = _link(typed)
    parts = urlsplit(link) if link.startswith("https://") else None
    return f"https://{parts.netloc}{folder_meant(parts.path)}" if parts and not parts.query and not parts.fragment else link


def host_and_folder(place: str) -> dict[str, str]:
    """The guide's whole address as the clinic file has it: the host, and the folder on it."""
    parts = place.split("/", 3)
    return {"address": "/".join(parts[:3]), "base_path": f"/{parts[3]}" if len(parts) > 3 else "/"}


def _day(typed: str) -> Any:
    if typed.lower().rstrip(".") in CLOSED:
        return "closed"
    spans = [hours_meant(part) for part in PARTS_OF_DAY.split(typed)]
    if not all(spans):
        raise ValueError(HOURS)
    return [{"opens": opens, "closes": closes} for opens, closes in spans]


def _shown_day(value: Any) -> str:
    return value if isinstance(value, str) else " and ".join(f"{span['opens']} to {span['closes']}" for span in value)


def _length(typed: str) -> str:
    try:
        return str(parse_duration(typed))
    except ValueError:
        return meant_duration(typed) or typed


def _date(typed: str) -> str:
    """A date as year-month-day. Numbers alone are left as typed: nobody can tell 1/2 from 2/1."""
    first, second = DAY_FIRST.fullmatch(typed), MONTH_FIRST.fullmatch(typed)
    day, month, year = (first[1], first[2], first[3]) if first else (second[2], second[1], second[3]) if second else ("", "", "")
    number = next((place for place, name in enumerate(MONTHS, 1) if month and name.startswith(month.lower())), 0)
    try:
        return date(int(year), number, int(day)).isoformat() if number else typed
    except ValueError:
        return typed


def _colour(typed: str) -> str:
    found = COLOUR.fullmatch(typed)
    if not found:
        return typed
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits.lower()}"


def _after_hours(typed: str) -> dict[str, str]:
    """A number to ring, or words."""
    is_number = PHONE.fullmatch(typed) and sum(sign.isdigit() for sign in typed) >= FEWEST_DIGITS
    return {"number": typed} if is_number else {"text": _text([typed])}


def _list(typed: list[str]) -> list[str]:
    return [part for line in typed for part in BETWEEN.split(line) if part]


def _text(typed: list[str]) -> str:
    """Lines as one text: each is a sentence, whether or not its full stop was typed."""
    return " ".join(f"{line}." if line[-1:].isalnum() else line for line in typed)


LINE = Kind(lambda typed: typed)
LINES = Kind(lambda typed: typed, ", ".join, lines=True)
LIST = Kind(_list, ", ".join, lines=True)
LINKS = Kind(lambda typed: [_link(part) for part in _list(typed)], ", ".join, lines=True)
TEXT = Kind(_text, lines=True)
YES_NO = Kind(_yes_no, lambda value: "yes" if value else "no")
ZONE = Kind(_zone)
URL = Kind(_link)
PLACE = Kind(_place)
DAY = Kind(_day, _shown_day)
LENGTH = Kind(_length)
DATE = Kind(_date)
COLOUR_KIND = Kind(_colour)
AFTER_HOURS = Kind(_after_hours, lambda value: next((text for text in value.values() if text), ""))


def country(codes: Collection[str]) -> Kind:
    """Reads a country by its letters or its name.

    codes  those that the guide knows
    """
    return Kind(partial(_country, codes))
