"""What people write for times, places and links, and what they mean by it: for faults that say what would be right."""

from __future__ import annotations

import re
from collections.abc import Collection

from guide.faults import nearest, quoted

TIME = re.compile(r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?\s*(?:([ap])\.?m\.?|h|o'clock)?")
SPAN = re.compile(r"(.+?)\s*(?:-|\u2013|\u2014|to|until|till)\s*(.+)")
DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
SEVERAL_DAYS = re.compile(rf"{DAY}\s*(?:-|\u2013|\u2014|to|and|&|/|,)\s*{DAY}.*|week\s?days?|week\s?ends?|daily|every day")
LINK = re.compile(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/?&=%+-]*)?")
EARLIEST = 8  # o'clock: an earlier closing time without am or pm is meant for the afternoon

ZONES = {
    "America/New_York": "est edt et eastern", "America/Chicago": "cst cdt ct central", "America/Denver": "mst mdt mt mountain",
    "America/Los_Angeles": "pst pdt pt pacific", "Europe/London": "gmt bst uk england", "Europe/Dublin": "ireland",
    "Europe/Paris": "cet cest", "Australia/Sydney": "aest aedt", "Pacific/Auckland": "nzst nzdt",
}  # fmt: skip
COUNTRIES = {
    "UK": "united kingdom, england, scotland, wales, northern ireland, great britain, britain, u.k.",
    "US": "united states, united states of america, america, usa, u.s., u.s.a.", "CA": "canada", "AU": "australia", "NZ": "new zealand, aotearoa",
    "IE": "ireland, republic of ireland, éire, eire, roi", "EU": "european union", "AT": "austria", "BE": "belgium", "BG": "bulgaria", "CY": "cyprus",
    "CZ": "czechia, czech republic", "DE": "germany, deutschland", "DK": "denmark, danmark", "EE": "estonia", "ES": "spain, españa",
    "FI": "finland, suomi", "FR": "france", "GR": "greece", "HR": "croatia, hrvatska", "HU": "hungary", "IT": "italy, italia", "LT": "lithuania",
    "LU": "luxembourg", "LV": "latvia", "MT": "malta", "NL": "netherlands, holland, nederland", "PL": "poland, polska",
    "PT": "portugal", "RO": "romania", "SE": "sweden, sverige", "SI": "slovenia", "SK": "slovakia",
}  # fmt: skip


def time_meant(text: str, closing: bool = False) -> str | None:
    """`09:30` for `9.30`, `17:00` for `5pm`; None where we cannot tell.

    closing  whether it is a closing time: 5 is then five in the afternoon
    """
    found = TIME.fullmatch(text.strip(" \u00a0\u201c\u201d\u2018\u2019").lower())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > (12 if half else 23) or minute > 59 or (half and not hour):
        return None
    if half or (closing and 0 < hour < EARLIEST):
        hour = hour % 12 + (0 if half == "a" else 12)
    return f"{hour:02}:{minute:02}"


def hours_meant(text: str) -> tuple[str, str] | None:
    """The opening and the closing time of `9am-5pm`; None where we cannot tell."""
    span = SPAN.fullmatch(text.strip())
    opens, closes = (time_meant(span[1]), time_meant(span[2], closing=True)) if span else (None, None)
    return (opens, closes) if opens and closes else None


def days_together(keys: Collection[str]) -> str | None:
    """The first key that names several days at once, such as `mon-fri`."""
    return next((key for key in keys if SEVERAL_DAYS.fullmatch(key.strip().lower())), None)


def zone_meant(text: str, known: Collection[str]) -> str | None:
    """`Europe/London` for `London` or `GMT`; None where we cannot tell."""
    city = text.strip().lower().replace(" ", "_").replace("\\", "/").rsplit("/", 1)[-1]
    short = next((zone for zone, names in ZONES.items() if city.split("_")[0] in names.split()), None)
    same_city = next((zone for zone in sorted(known) if zone.lower().rsplit("/", 1)[-1] == city), None)
    return same_city or short or (nearest(text, sorted(known)) if "/" in text else None)


def country_meant(text: str, known: Collection[str]) -> str | None:
    """`UK` for `England`; None where we cannot tell."""
    name = text.strip().lower().removeprefix("the ")
    code = next((code for code, names in COUNTRIES.items() if name in names.split(", ")), name.upper())
    return code if code in known else None


def link_advice(text: str) -> str:
    """What to write where a link does not begin with https://."""
    rest = re.sub(r"(?i)^https?:?/*", "", text)
    if LINK.fullmatch(rest):
        return f"begin the link with https://, such as {quoted('https://' + rest)}"
    return "begin the link with https:// and write it whole, as your browser shows it"


def folder_meant(text: str) -> str:
    """`/needling/` for `needling`, and `/` for words that mean none."""
    return "/" if text.strip("/ ").lower() in ("", "none", "n/a", "no") else f"/{text.strip('/')}/"
