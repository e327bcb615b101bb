"""Slips of typing in the clinic file: each told in one plain line, at its own line, and hiding no other fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from library_for_tests import LIBRARY

from guide.clinic import clinic_shape, read_clinic
from guide.duration import meant_duration, parse_duration
from guide.faults import Fault, Faults, nearest
from guide.meant import country_meant, days_together, folder_meant, hours_meant, link_advice, time_meant, zone_meant
from guide.places import parse_document
from guide.slips import read_as_meant

PLAIN = (Path(__file__).resolve().parents[1] / "clinics" / "plain.yml").read_text(encoding="utf-8")
MONDAY = '  monday: [{ opens: "09:00", closes: "17:00" }]'
PERSON = PLAIN[PLAIN.index("  - name: Plain Practitioner") : PLAIN.index("devices:")]
SECOND = PERSON.replace("Plain", "Second").replace("  - name", "    name")


def faults_in(folder: Path, text: str | bytes) -> list[Fault]:
    path = folder / "clinic.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(Faults) as raised:
        read_clinic(path, LIBRARY, "clinic.yml")
    return raised.value.faults


def changed(old: str, new: str) -> str:
    assert PLAIN.count(old) == 1, f"plain.yml holds {old!r} {PLAIN.count(old)} times"
    return PLAIN.replace(old, new)


# What stands in plain.yml, what is typed in its place, and of the one fault: words on its line, its key, part of what was found, part of what would be right.
NAME = "name: Plain Clinic\n"
SLIPS = {
    "a sign at the start: @": (NAME, "name: @Glow\n", "@Glow", "name", "begins with @", '"@Glow"'),
    "a sign at the start: %": (NAME, "name: %Glow\n", "%Glow", "name", "begins with %", '"%Glow"'),
    "a sign at the start: `": (NAME, "name: `Glow`\n", "`Glow`", "name", "begins with `", '"`Glow`"'),
    "a sign at the start: *": (NAME, "name: *Glow*\n", "*Glow", "name", "the shortcut sign *", '"*Glow*"'),
    "a sign at the start: &": (NAME, "name: & Glow\n", "& Glow", "name", "the shortcut sign &", '"& Glow"'),
    "a sign at the start: !": (NAME, "name: ! Glow\n", "! Glow", "name", "the shortcut sign !", '"! Glow"'),
    "a sign at the start: ?": (NAME, "name: ? Glow\n", "? Glow", "name", "begins with ?", '"? Glow"'),
    "a bracket at the start": (NAME, "name: [Glow] Skin\n", "[Glow]", "name", "begins with [", '"[Glow] Skin"'),
    "a dash alone": ("booking_link:", "booking_link: -", "booking_link: -", "booking_link", "- alone", "or nothing"),
    "a colon in a price": ("price: Ask us.", "price: One session: £200", "£200", "price", "a colon inside", '"One session: £200"'),
    "a colon in an address": ("[1 Plain Street]", "\n    - Entrance: back door", "Entrance", "address.lines.1", "a colon inside", '"Entrance: back door"'),
    "a link with a space after its colon": ("https://plain.test/", "https: //plain.test/", "https: /", "website", "a colon inside", "take the space"),
    "an apostrophe between apostrophes": (NAME, "name: 'O'Brien Skin'\n", "O'Brien", "name", "more text after the second '", '"O\'Brien Skin"'),
    "quotation marks round a part": (NAME, 'name: "Glow" clinic\n', '"Glow"', "name", 'more text after the second "', "'\"Glow\" clinic'"),
    "a quotation mark left open": (NAME, 'name: "Glow\n', '"Glow', "name", 'the quotation mark "', 'write " at the end'),
    "an apostrophe left open": (NAME, "name: 'Glow\n", "'Glow", "name", "the quotation mark '", "write ' at the end"),
    "a backslash": (NAME, 'name: "C:\\Windows"\n', "Windows", "name", "the sign \\", "single quotation marks"),
    "curly quotation marks": (NAME, "name: “Glow”\n", "Glow", "name", "curly quotation marks, “ and ”", 'type straight ones instead: "Glow"'),
    "curly quotation marks round a country": ('"US"', "“US”", "“US”", "country", "curly quotation marks", '"US"'),
    "a number with # in an address": ("[1 Plain Street]", "\n    - Suite #4", "#4", "address.lines.1", "“#4”, which is taken for a note and lost", '"Suite #4"'),
    "a number with # and a space": ("[1 Plain Street]", "\n    - Suite # 4", "# 4", "address.lines.1", "“# 4”, which is taken for a note and lost", '"Suite # 4"'),
    "a # in a price": ("price: Ask us.", "price: Session #1 is $200 # our price", "#1", "price", "“#1 is $200”", '"Session #1 is $200"'),
    "a # after quotation marks": (NAME, 'name: "Glow" #1\n', "#1", "name", "“#1”, which is taken for a note and lost", "quotation marks"),
    "no space after the colon": (NAME, "name:Glow\n", "Glow", "name", "no space after “name:”", "a space after the colon"),
    "no colon": (NAME, "name Glow\n", "Glow", "name", "no colon after “name”", "write “name:”"),
    "a hard space after the colon": (NAME, "name:\u00a0Glow\n", "Glow", "name", "a space of another kind", "press the space bar"),
    "a hard space at the start": ("  town:", "\u00a0\u00a0town:", "town:", "", "a space of another kind (U+00A0)", "press the space bar"),
    "a wide colon": ("email: ", "email\uff1a ", "email", "email", "a colon of another kind", "a plain colon"),
    "a byte order mark in the middle": ("email: ", "\ufeffemail: ", "email", "", "the hidden character U+FEFF", "delete it"),
    "a tab": ("  town:", "\ttown:", "town:", "", "a tab at the start", "use spaces"),
    "a tab inside": (NAME, "name: Glow\tSkin\n", "Glow", "name", "Glow", "in the place of the tab"),
    "a key too far in": ("email: ", "  email: ", "email", "email", "“email” with 2 spaces", "begin the line with no space"),
    "a key too far out": ("  town:", "town:", "town:", "address.town", "“town” with no space", "with 2 spaces, as the line “lines:” above"),
    "a key a space out": ("  town:", " town:", "town:", "address.town", "with 1 space", "with 2 spaces"),
    "a first key too far in": ("  rf:", "   rf:", "rf:", "offers.rf", "with 3 spaces", "with 2 spaces, as the line “prp:” below"),
    "keys not below their own": ("  rf: false\n  prp:", "rf: false\nprp:", "rf:", "offers.rf", "with no space", "as it belongs to “offers:”"),
    "a key that another place has too": ("  address: https", "address: https", "https://guide", "site.address", "with no space", "as it belongs to “site:”"),
    "a time of the clinic's at a wrong place": ("protocol:", 'protocol:\nexercise-after: "5 days"', "exercise", "protocol.exercise-after", "with no space", "with 2 spaces"),
    "times of the clinic's at two places": ("protocol:", 'protocol:\n   exercise-after: "5 days"\n  sun-after: "3 weeks"', "exercise", "protocol.exercise-after", "with 3 spaces", "with 2 spaces"),
    "a heading made a note": ("\naddress:", "\n# address:", "lines:", "address.lines", "without the line “address:”", "on a line of its own before it"),
    "no dash before a practitioner": ("  - name: Plain Pr", "    name: Plain Pr", "Plain Pr", "practitioners.1.name", "without a dash", "begin each entry"),
    "a dash before each key": ("    role: Nurse", "  - role: Nurse", "role", "practitioners.1.role", "a dash before “role”", "in the place of the dash"),
    "a second practitioner without a dash": (PERSON, PERSON + SECOND, "Second Pr", "practitioners.2.name", "without a dash", "begin each entry"),
    "a second practitioner without a dash, further out": (PERSON, PERSON + SECOND.replace("    name", "  name"), "Second Pr", "practitioners.2.name", "without a dash", "begin each entry"),
    "no space after a dash": ("  - name: Plain Pr", "  -name: Plain Pr", "Plain Pr", "practitioners", "no space after the dash", "put a space"),
    "no space after a dash in a list": ("[English]", "\n  -English", "-English", "languages", "no space after the dash", "put a space"),
    "a long dash": ("[English]", "\n  – English", "– English", "languages", "– at the start", "a plain hyphen"),
    "a bullet": ("[English]", "\n  • English", "• English", "languages", "• at the start", "a plain hyphen"),
    "a list on its key's line": ("[English]", "- English", "- English", "languages", "a list on one line", "on a line of its own below"),
    "hours without a comma": (MONDAY, '  monday:\n    - { opens: "09:00" closes: "17:00" }', "09:00", "opening_hours.monday.1", "cannot be read", "with a comma between"),
    "hours without a closing brace": (MONDAY, '  monday:\n    - { opens: "09:00", closes: "17:00"', "09:00", "opening_hours.monday.1", "cannot be read", "{ and } at the ends"),
    "hours without spaces": (MONDAY, '  monday:\n    - { opens:"09:00", closes:"17:00" }', "09:00", "opening_hours.monday.1", "no colon and space after “opens”", "{ opens:"),
    "hours without a dash": (MONDAY, '  monday:\n    { opens: "09:00", closes: "17:00" }', "09:00", "opening_hours.monday", "no dash", "begin the line with a dash"),
    "hours without a dash on one line": (MONDAY, '  monday: { opens: "09:00", closes: "17:00" }', "09:00", "opening_hours.monday", "without a dash", "begin with a dash"),
    "two keys on one line": (MONDAY, '  monday:\n    - opens: "09:00", closes: "17:00"', "09:00", "opening_hours.monday.1.opens", "more text", "each key on a line of its own"),
    "hours in two entries": (MONDAY, '  monday:\n    - opens: "09:00"\n    - closes: "17:00"', "closes", "opening_hours.monday.1.closes", "a dash before “closes”", "in the place"),
    "hours in words": (MONDAY, "  monday: 9.30am - 5pm", "9.30am", "opening_hours.monday", "“9.30am - 5pm”", '{ opens: "09:30", closes: "17:00" }'),
    "several days at once": (MONDAY, "  mon-fri: 9am-5pm", "mon-fri", "opening_hours.mon-fri", "several days in one", "each day on a line of its own"),
    "text outside its key": ("price: Ask us.", "price: >-\nAsk us.", "Ask us.", "price", "does not stand below its key", "two spaces more"),
    "text on the line of >-": ("price: Ask us.", "price: >- Ask us.", "Ask us.", "price", "on the same line after >-", "on the next line"),
    "a stray line": ("price: Ask us.", "price: Ask us.\nOr call.", "Or call.", "", "the line “Or call.”", "begin it with #"),
    "a note that lost its #": ("protocol:", "protocol:\n  (days before)", "(days before)", "", "the line “(days before)”", "begin it with #"),
    "a colon in a second line": ("price: Ask us.", "price: Ask us.\n  A course: £500.", "£500", "price", "a colon inside the text", "write >-"),
    "a list of keys that have no values": ("  rf: false\n  prp: false", "  - rf\n  - prp", "offers:", "offers", "a list", "write rf and prp below it"),
    "an extension": ("(202) 555-0142", "202 555 0142 ext 5", "ext 5", "phones.main.number", "ext 5", "without an extension"),
    "two numbers": ("(202) 555-0142", "(202) 555-0142 / (202) 555-0177", "0177", "phones.main.number", "0177", "one number only"),
    "a country's everyday name": ('"US"', "England", "England", "country", "“England”", "did you mean “UK”?"),
    "a short time zone": ("America/New_York", "EST", "EST", "time_zone", "“EST”", "did you mean “America/New_York”?"),
    "a city for a time zone": ("America/New_York", "London", "London", "time_zone", "“London”", "did you mean “Europe/London”?"),
    "languages in one entry": ("[English]", "\n  - English and Spanish", "English and", "languages.1", "“English and Spanish”", "on a line of its own"),
    "no booking": ("booking_link:", "booking_link: none", "none", "booking_link", "“none”", "leave it empty"),
    "a practitioner's name alone": (PERSON, "  - Plain Practitioner\n", "Plain Pr", "practitioners.1", "“Plain Practitioner”", "write name, role, qualification and registration below it"),
    "a key in capitals": ("  rf:", "  RF:", "RF:", "offers.RF", "unknown key “RF”", "did you mean “rf”?"),
    "a key with a space": ("legal_name:", "Legal name:", "Legal", "Legal name", "unknown key “Legal name”", "did you mean “legal_name”?"),
    "a review date in another form": ("reviewer:", "reviewer:\n  name: Test\n  role: Doctor\n  reviewed_on: 22/11/2026", "22/11", "reviewer.reviewed_on", "“22/11/2026”", "year-month-day"),
    "an address with a folder": ("https://guide.plain.test", "https://guide.plain.test/needling", "needling", "site.address", "needling", "write “https://guide.plain.test” here"),
}


@pytest.mark.parametrize("case", SLIPS.values(), ids=SLIPS.keys())
def test_each_slip_gives_one_plain_fault_at_its_line(case: tuple[str, str, str, str, str, str], tmp_path: Path) -> None:
    old, new, mark, key, found, expected = case
    text = changed(old, new)
    faults = faults_in(tmp_path, text)
    assert len(faults) == 1, [str(fault) for fault in faults]
    fault = faults[0]
    start = text.index(new)
    assert fault.line == text[: text.index(mark, max(0, start - 20))].count("\n") + 1, str(fault)
    assert fault.key == key, str(fault)
    assert found in fault.found, str(fault)
    assert expected in fault.expected, str(fault)


@pytest.mark.parametrize("case", SLIPS.values(), ids=SLIPS.keys())
def test_no_slip_hides_another_fault(case: tuple[str, str, str, str, str, str], tmp_path: Path) -> None:
    old, new, _, key, *_ = case
    text = changed(old, new).replace("complaints: Tell us.", "complaints: @us")
    assert [fault.key for fault in faults_in(tmp_path, text) if fault.key != key] == ["complaints"]


def test_many_slips_are_told_at_once(tmp_path: Path) -> None:
    text = PLAIN
    typed = [
        (NAME, "name: @Glow\n"), ("  town:", "\ttown:"), ('"US"', "England"), ("America/New_York", "EST"), ("[English]", "English"),
        ("(202) 555-0142", "020 7946 0958 ext 3"), ("https://plain.test/", "http://plain.test/"), (MONDAY, "  monday: 9am-5pm"),
        ("  - name: Plain Pr", "    name: Plain Pr"), ("rf: false", "rf: no"), ("protocol:", "protocol:\n   exercise-after: one week"),
        ("base_path: /", "base_path: needling"), ('"#0b5d57"', "#0b5d57"),
    ]  # fmt: skip
    for old, new in typed:
        assert text.count(old) == 1
        text = text.replace(old, new)
    faults = faults_in(tmp_path, text)
    assert len(faults) == len(typed), [str(fault) for fault in faults]
    assert [fault.line for fault in faults] == sorted({fault.line for fault in faults})


STYLES = {
    "deeper": PLAIN.replace("\n  ", "\n    ").replace("\n      ", "\n        ").replace("\n    - name", "\n      - name"),
    "list without an indent": PLAIN.replace("[English]", "\n- English\n- Spanish"),
    "braces over several lines": PLAIN.replace(MONDAY, '  monday: [\n    { opens: "09:00",\n      closes: "17:00" }\n  ]'),
    "quotation marks over several lines": PLAIN.replace("price: Ask us.", 'price: "Ask us:\n  at the desk"'),
    "plain text over several lines": PLAIN.replace("price: Ask us.", "price: Ask us\n  at the desk\n\ncomplaints: See below\n").replace("complaints: Tell us.\n", ""),
    "a long text": PLAIN.replace("price: Ask us.", "price: >-\n   One session: £200 #1\n   - and more\ncomplaints: |-\n  - Tell us: all").replace("complaints: Tell us.\n", ""),
    "keys in quotation marks": PLAIN.replace("email:", '"email":'),
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES.keys())
def test_a_right_file_in_another_style_has_no_slips(text: str) -> None:
    assert read_as_meant(text, "clinic.yml", clinic_shape(LIBRARY))[1] == []


def test_another_file_altogether_is_told_as_such(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, "- name: Plain\n- town: Plainville\n")
    assert "begin with a copy" in fault.expected


WRONG_FILES = {
    "a Word document": b"PK\x03\x04\x14\x00" + bytes(range(256)),
    "a rich text": b"{\\rtf1\\ansi\n" + PLAIN.encode(),
    "Unicode as Notepad once called it": PLAIN.encode("utf-16"),
    "the same without a mark": PLAIN.encode("utf-16-le"),
    "a pound sign of Windows": PLAIN.replace("Ask us.", "£200").encode("cp1252"),
}


@pytest.mark.parametrize("content", WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_a_file_saved_in_another_form_is_one_fault(content: bytes, tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, content)
    assert "plain text" in fault.expected or "UTF-8" in fault.expected


def test_a_letter_that_is_not_utf_8_is_told_with_what_stands_before_it(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, PLAIN.replace("Ask us.", "from £200").encode("cp1252"))
    assert (fault.line, fault.found) == (PLAIN[: PLAIN.index("Ask us.")].count("\n") + 1, "a letter or sign that is not UTF-8, after “price: from”")


SILENT = [
    ("languages: [English]", "languages:\n  - English\n    – Spanish", "“– Spanish”, which is taken for more of the text above"),
    ("    number: \"(202) 555-0142\"", "    number: \"(202) 555-0142\"\n    label: Front\n      desk:1", "“desk:1”, which is taken for more"),
    ("booking_link:", "booking_link: #1", "“#1”, which is taken for a note and lost"),
]


@pytest.mark.parametrize(("old", "new", "found"), SILENT)
def test_nothing_is_lost_in_silence(old: str, new: str, found: str, tmp_path: Path) -> None:
    _, faults = parse_document(changed(old, new), "clinic.yml")
    assert found in str(faults[0])
    assert faults_in(tmp_path, changed(old, new))


# --- What was meant --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9.30", "09:30"), ("9am", "09:00"), ("5pm", "17:00"), ("12am", "00:00"), ("12 p.m.", "12:00"), ("0900", "09:00"), ("9:00 am", "09:00"), ("“09:00”", "09:00"), ("24:00", None), ("13pm", None), ("noon", None), ("٣", None)],
)  # fmt: skip
def test_a_time_is_understood_as_people_write_it(typed: str, meant: str | None) -> None:
    assert time_meant(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [("9-5", ("09:00", "17:00")), ("9.30 to 17.30", ("09:30", "17:30")), ("10am–8pm", ("10:00", "20:00")), ("mornings", None)])
def test_hours_are_understood_as_people_write_them(typed: str, meant: tuple[str, str] | None) -> None:
    assert hours_meant(typed) == meant


@pytest.mark.parametrize("key", ["Mon-Fri", "monday to friday", "Sat & Sun", "weekdays", "Weekend", "daily"])
def test_several_days_in_one_key_are_noticed(key: str) -> None:
    assert days_together(["note", key]) == key


def test_one_day_is_one_day() -> None:
    assert days_together(["monday", "tues", "wed.", "note"]) is None


@pytest.mark.parametrize(("typed", "meant"), [("GMT", "Europe/London"), ("New York", "America/New_York"), ("europe\\dublin", "Europe/Dublin"), ("Central Time", "America/Chicago"), ("GMT+1", None), ("Texas", None)])
def test_a_time_zone_is_understood_by_its_city_or_short_name(typed: str, meant: str | None) -> None:
    assert zone_meant(typed, {"Europe/London", "Europe/Dublin", "America/New_York", "America/Chicago"}) == meant


@pytest.mark.parametrize(("typed", "meant"), [("USA", "US"), ("Scotland", "UK"), ("The Netherlands", "NL"), ("ROI", "IE"), ("uk", "UK"), ("gb", "GB"), ("Norway", None), ("NO", None), ("", None)])
def test_a_country_is_understood_by_its_name(typed: str, meant: str | None) -> None:
    assert country_meant(typed, ["DE", "GB", "IE", "NL", "RO", "UK", "US"]) == meant


def test_no_country_is_meant_that_we_do_not_know() -> None:
    assert country_meant("Germany", ["UK", "US"]) is None


@pytest.mark.parametrize("typed", ["www.plain.test/a", "http://www.plain.test/a", "https:/www.plain.test/a", "HTTPS://www.plain.test/a"])
def test_a_link_is_shown_with_its_https(typed: str) -> None:
    assert "“https://www.plain.test/a”" in link_advice(typed)


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "data:text/html,hi", "none", "http://<b>", "ftp://plain.test"])
def test_no_link_is_made_of_anything_else(typed: str) -> None:
    assert "such as" not in link_advice(typed)


@pytest.mark.parametrize(("typed", "meant"), [("needling", "/needling/"), ("/needling", "/needling/"), ("none", "/"), ("//", "/")])
def test_a_folder_is_understood_without_its_slashes(typed: str, meant: str) -> None:
    assert folder_meant(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("one week", "1 week"), ("48h", "48 hours"), ("48 hrs", "48 hours"), ("a month", "1 month"), ("1 year", "12 months"), ("30 mins", "30 minutes"), ("2wks", "2 weeks"), ("7", None), ("5-7 days", None), ("zero days", None), ("² days", None), ("٣ days", None)],
)  # fmt: skip
def test_a_length_is_understood_as_people_write_it(typed: str, meant: str | None) -> None:
    assert meant_duration(typed) == meant


@pytest.mark.parametrize("typed", ["7 Days", " 7  days ", "7 DAYS"])
def test_a_length_is_read_whatever_its_capitals_and_spaces(typed: str) -> None:
    assert str(parse_duration(typed)) == "7 days"


def test_the_nearest_word_is_found_whatever_its_capitals_or_by_its_beginning() -> None:
    days = ["monday", "tuesday", "wednesday"]
    assert [nearest(word, days) for word in ("Monday", "WED", "tues")] == ["monday", "wednesday", "tuesday"]


def test_a_closed_day_may_be_written_with_a_capital(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(changed(MONDAY, "  monday: Closed"), encoding="utf-8")
    assert read_clinic(path, LIBRARY).opening_hours.spans("monday") == []


def test_a_date_is_still_a_date(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(changed("reviewer:", "reviewer:\n  name: A\n  role: B\n  reviewed_on: 2026-11-20"), encoding="utf-8")
    assert read_clinic(path, LIBRARY).named_reviewer.reviewed_on == date(2026, 11, 20)
