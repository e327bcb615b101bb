"""The countries file: which countries it answers for, and that no number stands there that was not confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.entries import Country
from guide.library import Library, read_library
from guide.places import parse_document

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
# Code, emergency number, advice line, number for reports: as confirmed on 22 November 2026. None: no single one could be.
CONFIRMED = [
    ("US", "911", None, "1-800-332-1088"),
    ("CA", "911", "811", None),
    ("UK", "999", "111", None),
    ("GB", "999", "111", None),
    ("IE", "112", None, None),
    ("AU", "000", None, "1800 809 361"),
    ("NZ", "111", "0800 611 116", None),
    ("EU", "112", None, None),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT / "data")


def numbers(country: Country) -> tuple[str, str | None, str | None]:
    advice = country.advice_line.number if country.advice_line else None
    return country.emergency.number, advice, next((place.phone for place in country.report_to if place.phone), None)


@pytest.mark.parametrize(("code", "emergency", "advice", "report"), CONFIRMED)
def test_each_number_is_the_confirmed_one(code: str, emergency: str, advice: str | None, report: str | None, library: Library) -> None:
    assert numbers(library.country(code)) == (emergency, advice, report), f"data/countries.yml, {code}"


def test_no_country_is_without_a_confirmed_entry(library: Library) -> None:
    assert {country.code for country in library.countries.values()} == {code for code, *_ in CONFIRMED} - {"GB"}


@pytest.mark.parametrize("code", MEMBERS)
def test_every_member_of_the_union_rings_112(code: str, library: Library) -> None:
    assert library.country(code).emergency.number == "112"


def test_no_code_has_two_entries(library: Library) -> None:
    codes = library.country_codes()
    assert len(codes) == len(set(codes))


def test_every_country_says_where_to_report_and_rests_on_a_source(library: Library) -> None:
    for country in library.countries.values():
        assert all(place.url for place in country.report_to), country.code
        assert country.report_to, country.code
        assert country.sources, country.code


def test_an_unknown_code_has_no_entry(library: Library) -> None:
    assert library.country("XX") is None


def test_numbers_stand_in_quotes_so_that_none_is_read_as_another() -> None:
    (fault,) = parse_document("countries:\n  - code: AU\n    number: 000\n", "data/countries.yml")[1]
    assert "000 without quotes" in fault.found
