"""Which country a time zone is in, by the tables that come with the time zones themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

TABLES = ("zone.tab", "zone1970.tab")  # the first names one country to a zone, the second all that share it
CODES = {"UK": "GB"}  # our code → the code in the tables
# Territories that have letters of their own, and whose clinics may well name the country they belong to.
BELONG = {"US": {"AS", "GU", "MP", "PR", "VI"}, "FR": {"GF", "GP", "MQ", "RE", "YT"}, "GB": {"GG", "IM", "JE"}, "FI": {"AX"}, "NL": {"AW", "BQ", "CW", "SX"}}
SEVERAL = {"US", "CA", "AU"}  # countries in which the first zone of the table is no good guess


@lru_cache(maxsize=1)
def countries_by_zone() -> Mapping[str, frozenset[str]]:
    """The two-letter codes of the countries of each zone; a zone that is another's old name has none."""
    found: dict[str, set[str]] = {}
    for codes, zone in _rows():
        found.setdefault(zone, set()).update(codes)
    return {zone: frozenset(codes) for zone, codes in found.items()}


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[list[str], str], ...]:
    tables = (files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8") for table in TABLES)
    lines = (line.split("\t") for table in tables for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((codes.split(","), zone) for codes, _, zone, *_ in lines)


def fits(zone: str, country: str) -> bool:
    """Whether a zone may be that of a country; true where we cannot tell.

    country  two letters as the clinic file has them
    """
    code = CODES.get(country, country)
    there = countries_by_zone().get(zone)
    return code == "EU" or there is None or bool(there & ({code} | BELONG.get(code, set())))


def usual_zone(country: str) -> str | None:
    """The zone in which most people of a country live; None where it has several large ones, or we do not know it."""
    code = CODES.get(country, country)
    return None if code in SEVERAL else next((zone for codes, zone in _rows() if code in codes), None)
