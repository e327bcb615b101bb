"""What `make check` says of a clinic file that fits by itself: what does not go together, what is past due, what is left empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import ROOT
from guide.clinic import read_clinic
from guide.due import GOOD_FOR
from guide.own import OwnPage
from guide.project import Guide
from guide.second_look import changed_on, check_lines, left_empty, second_look
from guide.zones import fits, usual_zone

PLAIN = (ROOT / "tests" / "clinics" / "plain.yml").read_text(encoding="utf-8")
DAY = date(2027, 3, 1)
REVIEWED = "reviewer:\n  name: Test Reviewer\n  role: Doctor\n  reviewed_on: {day}"


def guide_of(guide: Guide, folder: Path, text: str) -> Guide:
    path = folder / "clinic.yml"
    path.write_text(text, encoding="utf-8")
    return replace(guide, clinic=read_clinic(path, guide.library))


def changed(old: str, new: str) -> str:
    assert PLAIN.count(old) == 1, f"plain.yml holds {old!r} {PLAIN.count(old)} times"
    return PLAIN.replace(old, new)


# What stands in plain.yml, what is put in its place; then the key that is named, part of what was found, part of what would be right.
CONTRADICTIONS = {
    "a price for RF that is not offered": ("price: Ask us.", "price: Needling is $300. RF needling is $500.", "price", "“RF needling is $500.”, and offers.rf is false", "write true under offers.rf"),
    "a price for PRP that is not offered": ("price: Ask us.", "price: Add platelet-rich plasma for $200.", "price", "offers.prp is false", "take it out here"),
    "a device for RF that is not offered": ("name: Test pen", "name: Test RF pen", "devices.1.name", "“Test RF pen”, and offers.rf is false", "offers.rf"),
    "one number for open and closed": ("text: Leave a message.", "number: 202-555-0142", "phones.after_hours.number", "the number of phones.main", "when you are closed"),
    "never open": ('[{ opens: "09:00", closes: "17:00" }]', '"closed"', "opening_hours", "every day closed", "give the hours"),
    "a time zone of another country": ("America/New_York", "Europe/London", "time_zone", "“Europe/London”, which is not in the country “US”", "correct the one or the other"),
    "the guide in the website's place": ("https://guide.plain.test", "https://plain.test", "site.address", "your own website, with no folder", "under base_path"),
    "one person twice": ("devices:", '  - name: plain  practitioner\n    role: Nurse\n    qualification: Test\n    registration: { body: Board, number: "2" }\ndevices:', "practitioners.2.name", "the same as in entry 1", "each person once"),
    "one registration for two": ("devices:", '  - name: Other\n    role: Nurse\n    qualification: Test\n    registration: { body: Test Board, number: "TEST-0001" }\ndevices:', "practitioners.2.registration.number", "the same as in entry 1", "own number"),
    "a reading still to come": ("reviewer:", REVIEWED.format(day="2027-03-02"), "reviewer.reviewed_on", "2027-03-02, which is still to come", "the day on which"),
    "a reading before the newest change": ("reviewer:", REVIEWED.format(day="2026-03-02"), "reviewer.reviewed_on", "and the guide has changed since, on ", "read what is new"),
    "a reading past due": ("reviewer:", REVIEWED.format(day="2026-02-28"), "reviewer.reviewed_on", "2026-02-28, which is past due by 1 day", "read the whole guide again"),
}


@pytest.mark.parametrize("case", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_what_does_not_go_together_is_told_with_its_line(case: tuple[str, str, str, str, str], guide: Guide, tmp_path: Path) -> None:
    old, new, key, found, better = case
    text = changed(old, new)
    faults = second_look(guide_of(guide, tmp_path, text), DAY, "own/clinic.yml")
    assert [fault.key for fault in faults] == [key], [str(fault) for fault in faults]
    assert found in faults[0].found and better in faults[0].expected, str(faults[0])
    assert faults[0].file == "own/clinic.yml"
    last = key.rpartition(".")[2]
    assert f"{last}:" in text.splitlines()[faults[0].line - 1], str(faults[0])


GOES_TOGETHER = {
    "RF that is denied": ("price: Ask us.", "price: We do not offer RF needling."),
    "RF that is offered": ("rf: false", "rf: true"),
    "a place of the country's own": ("America/New_York", "America/Puerto_Rico"),
    "a folder on the website": ("address: https://guide.plain.test\n  base_path: /", "address: https://plain.test\n  base_path: /needling/"),
    "no reviewer": ("reviewer:", "reviewer:"),
}


@pytest.mark.parametrize("case", GOES_TOGETHER.values(), ids=GOES_TOGETHER.keys())
def test_what_goes_together_is_not_told(case: tuple[str, str], guide: Guide, tmp_path: Path) -> None:
    assert second_look(guide_of(guide, tmp_path, changed(*case)), DAY, "clinic.yml") == []


@pytest.mark.parametrize(("after", "words"), [(0, None), (365, None), (366, "past due by 1 day"), (400, "past due by 35 days")])
def test_a_reading_is_good_for_a_year(after: int, words: str | None, guide: Guide, tmp_path: Path) -> None:
    read_on = changed_on(guide)
    found = second_look(guide_of(guide, tmp_path, changed("reviewer:", REVIEWED.format(day=read_on))), read_on + timedelta(days=after), "clinic.yml")
    assert [words in fault.found for fault in found] == ([True] if words else [])
    assert timedelta(days=365) == GOOD_FOR


def test_what_is_left_empty_is_told_with_its_line(guide: Guide, tmp_path: Path) -> None:
    lines = left_empty(guide_of(guide, tmp_path, PLAIN).clinic)
    assert [line.split(": ")[1] for line in lines] == ["booking_link", "protocol", "reviewer", "brand.logo"]
    assert "line 41: reviewer: pages say that no clinician has checked them" in lines


def test_the_last_line_says_whether_anything_is_left(guide: Guide, tmp_path: Path) -> None:
    def told(text: str) -> list[str]:
        return list(check_lines(guide_of(guide, tmp_path, text), [], DAY, "clinic.yml"))

    assert told(PLAIN)[-1] == "Nothing to mend."
    lines = told(changed("America/New_York", "Europe/London"))
    assert "1 to look at again. No build stops for it:" in lines
    assert lines[-1] == "Nothing else to mend."


def test_a_page_of_the_clinics_own_that_is_late_is_told(guide: Guide, tmp_path: Path) -> None:
    text = "---\ntitle: Parking\ndescription: How to find a place for your car near the clinic.\nadvice: false\nreviewed_on: 2026-01-15\nreview_by: 2027-02-27\n---\n\n# Parking\n"
    page = OwnPage("clinic/parking.md", text, "own/pages/parking.md", tmp_path / "parking.md")
    lines = list(check_lines(guide_of(guide, tmp_path, PLAIN), [page], DAY, "clinic.yml"))
    assert "  own/pages/parking.md:6: review this page: late by 2 days" in lines
    assert "late" not in "".join(check_lines(guide_of(guide, tmp_path, PLAIN), [page], date(2027, 2, 27), "clinic.yml"))


@pytest.mark.parametrize(("zone", "country", "is_there"), [("Europe/London", "UK", True), ("Europe/London", "GB", True), ("Europe/Paris", "UK", False), ("Europe/Amsterdam", "NL", True), ("Europe/Belfast", "US", True), ("Asia/Tokyo", "EU", True)])
def test_a_zone_is_held_against_its_country_where_we_can_tell(zone: str, country: str, is_there: bool) -> None:
    assert fits(zone, country) is is_there


@pytest.mark.parametrize(("country", "zone"), [("UK", "Europe/London"), ("IE", "Europe/Dublin"), ("DE", "Europe/Berlin"), ("NZ", "Pacific/Auckland"), ("US", None), ("AU", None), ("EU", None)])
def test_a_country_has_its_usual_zone_or_none(country: str, zone: str | None) -> None:
    assert usual_zone(country) == zone
