"""Times of day stand as people of the clinic's country write them."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest

from guide.clinic import DAYS
from guide.macros.clinic import opening_hours
from guide.project import Guide

TIMES = [
    ("09:00", "17:00", "9\u00a0am to 5\u00a0pm"),
    ("00:00", "12:00", "midnight to noon"),
    ("12:30", "24:00", "12:30\u00a0pm to midnight"),
    ("00:15", "11:05", "12:15\u00a0am to 11:05\u00a0am"),
    ("13:00", "23:59", "1\u00a0pm to 11:59\u00a0pm"),
]


def shown(guide: Guide, country: str, opens: str, closes: str) -> str:
    """The opening hours of a clinic that keeps the same ones each day."""
    span = guide.clinic.opening_hours.spans("monday")[0].model_copy(update={"opens": opens, "closes": closes})
    hours = guide.clinic.opening_hours.model_copy(update=dict.fromkeys(DAYS, [span]))
    clinic = guide.clinic.model_copy(update={"country": country, "opening_hours": hours})
    return html.unescape(opening_hours(replace(guide, clinic=clinic)))


@pytest.mark.parametrize(("opens", "closes", "expected"), TIMES)
def test_where_people_write_5_pm_so_do_the_hours(opens: str, closes: str, expected: str, guide: Guide) -> None:
    assert f"<bdi>{expected}</bdi>" in shown(guide, "US", opens, closes)


def test_where_people_write_17_00_so_do_the_hours(guide: Guide) -> None:
    assert "<bdi>09:00 to 17:00</bdi>" in shown(guide, "EU", "09:00", "17:00")
