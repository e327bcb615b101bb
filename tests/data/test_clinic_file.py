"""The clinic file: what is read from a right one, and what is said of each thing that can be wrong in one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from library_for_tests import LIBRARY

from guide.clinic import DAYS, Clinic, clinic_schema, read_clinic, schema_text, steps_to_set
from guide.contrast import darkened_to, lightened_to, ratio
from guide.entries import CareStep
from guide.faults import Fault, Faults
from guide.library import read_library

ROOT = Path(__file__).resolve().parents[2]
CLINICS = ROOT / "tests" / "clinics"
PLAIN = (CLINICS / "plain.yml").read_text(encoding="utf-8")
REFRESH = "run `make schema`"


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        read_clinic(path, LIBRARY, "clinic.yml")
    return raised.value.faults


def faults_in(folder: Path, text: str | bytes) -> list[Fault]:
    path = folder / "clinic.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return faults_of(path)


def clinic_from(folder: Path, text: str) -> Clinic:
    path = folder / "clinic.yml"
    path.write_text(text, encoding="utf-8")
    return read_clinic(path, LIBRARY)


def changed(old: str, new: str) -> str:
    assert PLAIN.count(old) == 1, f"plain.yml holds {old!r} {PLAIN.count(old)} times"
    return PLAIN.replace(old, new)


def line_of(mark: str, text: str) -> int:
    return text[: text.index(mark)].count("\n") + 1


MONDAY = '  monday: [{ opens: "09:00", closes: "17:00" }]'
LOGO = '  colour: "#0b5d57"'

# What stands in plain.yml, what is put in its place, and then of the one fault: its key, part of what was found, part of what would be right.
BAD_VALUES = {
    "a misspelt key": ("legal_name:", "legal_nmae:", "legal_nmae", "unknown key “legal_nmae”", "did you mean “legal_name”?"),
    "an unknown key": ("email:", "zzz: 1\nemail:", "zzz", "unknown key “zzz”", "known here: name, legal_name, address"),
    "a misspelt key further in": ("  town:", "  twon:", "address.twon", "unknown key “twon”", "did you mean “town”?"),
    "a misspelt key in a list": ("    role:", "    rolle:", "practitioners.1.rolle", "unknown key", "did you mean “role”?"),
    "a misspelt key of a day's hours": ('{ opens: "09:00"', '{ open: "09:00"', "opening_hours.monday.1.open", "unknown key", "did you mean “opens”?"),
    "a misspelt day": ("  tuesday:", "  tusday:", "opening_hours.tusday", "unknown key", "did you mean “tuesday”?"),
    "an empty value": ("name: Plain Clinic\n", "name:\n", "name", "nothing after the colon", "in quotes"),
    "an empty text": ("name: Plain Clinic\n", 'name: " "\n', "name", "“”", "write something"),
    "an empty list": ("[English]", "[]", "languages", "an empty list", "at least one"),
    "a number for text": ("name: Plain Clinic\n", "name: 12\n", "name", "“12”", "write text here, in quotes"),
    "text for a list": ("[English]", "English", "languages", "“English”", "write a list"),
    "text for keys": ("\n  rf: false\n  prp: false", " none", "offers", "“none”", "write rf and prp below it"),
    "a list for text": ("price: Ask us.", "price: [Ask us.]", "price", "a list", "write text here"),
    "a bare no": ("rf: false", "rf: no", "offers.rf", "no without quotes, which a computer", "write true or false"),
    "a bare no in text": ("[English]", "[no]", "languages.1", "no without quotes", 'write "no" in quotes'),
    "a quoted no": ("rf: false", 'rf: "no"', "offers.rf", "“no”", "write true or false"),
    "a bare time": ('closes: "17:00"', "closes: 17:00", "opening_hours.monday.1.closes", "17:00 without quotes", 'write "17:00" in quotes'),
    "a bare time of another form": ('opens: "09:00"', "opens: 9:00", "opening_hours.monday.1.opens", "9:00 without quotes", 'write "09:00" in quotes'),
    "a bare number with a zero": ('postcode: "00000"', "postcode: 01234", "address.postcode", "01234 without quotes", "in quotes"),
    "an hour that does not exist": ('closes: "17:00"', 'closes: "24:30"', "opening_hours.monday.1.closes", "“24:30”", 'to "23:59"'),
    "a time in words": ('opens: "09:00"', "opens: 9am", "opening_hours.monday.1.opens", "“9am”", 'write "09:00" in quotes'),
    "closing before opening": ('closes: "17:00"', 'closes: "08:00"', "opening_hours.monday.1.closes", "“08:00”", "after the opening time, 09:00"),
    "closing when opening": ('closes: "17:00"', 'closes: "09:00"', "opening_hours.monday.1.closes", "“09:00”", "after the opening time"),
    "hours that overlap": (MONDAY, '  monday: [{ opens: "09:00", closes: "13:00" }, { opens: "12:30", closes: "17:00" }]', "opening_hours.monday", "09:00 to 13:00 and then 12:30", "no overlap"),
    "hours out of order": (MONDAY, '  monday: [{ opens: "14:00", closes: "17:00" }, { opens: "09:00", closes: "12:00" }]', "opening_hours.monday", "14:00 to 17:00 and then", "in order"),
    "a day without hours": (MONDAY, "  monday: []", "opening_hours.monday", "an empty list", "at least one entry"),
    "a day in words": (MONDAY, "  monday: mornings", "opening_hours.monday", "“mornings”", 'write "closed", or a list'),
    "a day left empty": (MONDAY, "  monday:", "opening_hours.monday", "nothing after the colon", 'write "closed", or a list'),
    "a bare no for a day": (MONDAY, "  monday: no", "opening_hours.monday", "no without quotes", 'write "closed", or a list'),
    "a country that we do not know": ('country: "US"', 'country: "XX"', "country", "“XX”", "write one of DE, EU, FR"),
    "a country in small letters": ('country: "US"', 'country: "us"', "country", "“us”", "did you mean “US”?"),
    "a country by its name with an article": ('country: "US"', "country: United Kingdom", "country", "“United Kingdom”", "did you mean “UK”?"),
    "a country by its name": ('country: "US"', "country: Ireland", "country", "“Ireland”", "did you mean “IE”?"),
    "a time zone that does not exist": ("America/New_York", "America/NewYork", "time_zone", "“America/NewYork”", "did you mean “America/New_York”?"),
    "a folder of time zones": ("America/New_York", "America", "time_zone", "“America”", ""),
    "a time zone outside its folder": ("America/New_York", "../../etc/passwd", "time_zone", "passwd", "write an area and a large city"),
    "a phone number with a digit short": ("(202) 555-0142", "(202) 555-014", "phones.main.number", "555-014", "rung in the United States"),
    "a phone number without its area": ("(202) 555-0142", "555-0142", "phones.main.number", "“555-0142”", "with its area code"),
    "a phone number of no area": ("(202) 555-0142", "(123) 456-7890", "phones.main.number", "456-7890", "rung in the United States"),
    "a phone number of another country": ("(202) 555-0142", "020 7946 0958", "phones.main.number", "“020 7946 0958”", "a number of another country begins with +"),
    "an emergency number for the clinic's": ("(202) 555-0142", "911", "phones.main.number", "“911”", "rung in"),
    "a phone number with letters": ("(202) 555-0142", "1-800-SKIN-PEN", "phones.main.number", "SKIN", "digits, spaces, hyphens and brackets only"),
    "a phone number with an extension": ("(202) 555-0142", "(202) 555-0142 x5", "phones.main.number", "x5", "without an extension"),
    "a phone number that would dial on": ("(202) 555-0142", "(202) 555-0142;ext=1", "phones.main.number", ";ext=1", "without an extension"),
    "a phone number without quotes": ('number: "(202) 555-0142"', "number: 2025550142", "phones.main.number", "“2025550142”", "in quotes"),
    "an impossible number after hours": ("    text: Leave a message.", '    number: "12"', "phones.after_hours.number", "“12”", "rung in"),
    "keys for the number after hours": ("    text: Leave a message.", '    number: { number: "(202) 555-0142" }', "phones.after_hours.number", "keys below it", "write the number here"),
    "both ways after hours": ("    text: Leave a message.", '    number: "(202) 555-0142"\n    text: Or wait.', "phones.after_hours", "both a number and a text", "give one"),
    "no way after hours": ("    text: Leave a message.", "    text:", "phones.after_hours", "neither a number nor a text", "give one"),
    "an http link": ("https://plain.test/", "http://plain.test/", "website", "“http://plain.test/”", "begin the link with https://"),
    "a script for a link": ("booking_link:", 'booking_link: "javascript:alert(1)"', "booking_link", "“javascript:alert(1)”", "begin the link with https://"),
    "a data link": ("booking_link:", 'booking_link: "data:text/html,hi"', "booking_link", "“data:text/html,hi”", "begin the link with https://"),
    "a link without its https": ("https://plain.test/", "www.plain.test", "website", "“www.plain.test”", "https://"),
    "a link with a space": ("https://plain.test/", "https://plain.test/a b", "website", "a b", "a link holds no spaces"),
    "a link with a quote": ("https://plain.test/", "https://plain.test/\"onclick='x'", "website", "onclick", "take “\"” out"),
    "a link with a bracket": ("https://plain.test/", "https://plain.test/<b>", "website", "<b>", "take “<” out"),
    "a link with a backslash": ("https://plain.test/", "https://plain.test\\@elsewhere.test", "website", "elsewhere", "take “\\” out"),
    "a link with a name before the host": ("https://plain.test/", "https://plain.test@elsewhere.test/", "website", "@elsewhere", "whole web address"),
    "a link without a host": ("https://plain.test/", "https:///plain", "website", "https:///plain", "whole web address"),
    "a link to a bare name": ("https://plain.test/", "https://localhost/", "website", "localhost", "whole web address"),
    "a link with a port in words": ("https://plain.test/", "https://plain.test:x/", "website", ":x", "whole web address"),
    "an e-mail without a host": ("front@plain.test", "front@plain", "email", "“front@plain”", "one e-mail address"),
    "an e-mail with a subject": ("front@plain.test", "front@plain.test?bcc=x@y.test", "email", "?bcc", "one e-mail address"),
    "two e-mails": ("front@plain.test", "front@plain.test,back@plain.test", "email", "back@", "one e-mail address"),
    "an e-mail with its mailto": ("front@plain.test", '"mailto:front@plain.test"', "email", "mailto", "nothing before"),
    "an e-mail with two dots": ("front@plain.test", "front..desk@plain.test", "email", "..", "one e-mail address"),
    "an e-mail with a second line": ("front@plain.test", '"front@plain.test\\nBcc: x@y.test"', "email", "Bcc", "in one piece"),
    "a colour too pale": ('"#0b5d57"', '"#6db6d8"', "brand.colour", "“#6db6d8”, which reaches 2.25 to 1 against white", '4.5 to 1; the nearest darker one is "#4b7d95"'),
    "a colour without quotes": ('"#0b5d57"', "#0b5d57", "brand.colour", "“#0b5d57”, which is taken for a note and lost", '"#0b5d57"; a note begins'),
    "a colour by its name": ('"#0b5d57"', "teal", "brand.colour", "“teal”", "six digits"),
    "a short colour": ('"#0b5d57"', '"#055"', "brand.colour", "“#055”", "six digits"),
    "a logo that is not there": (LOGO, f"{LOGO}\n  logo: none.svg", "brand.logo", "“none.svg”", "no such picture"),
    "a logo with a name beyond measure": (LOGO, f"{LOGO}\n  logo: {'a' * 290}.svg", "brand.logo", "aaa", "no such picture"),
    "a folder for a logo": (LOGO, f"{LOGO}\n  logo: .svg", "brand.logo", "“.svg”", "ends in .svg"),
    "a logo of another kind": (LOGO, f"{LOGO}\n  logo: clinic.yml", "brand.logo", "“clinic.yml”", "ends in .svg, .png or .webp"),
    "a logo from elsewhere": (LOGO, f"{LOGO}\n  logo: https://plain.test/a.svg", "brand.logo", "https", "no such picture"),
    "a logo from above": (LOGO, f"{LOGO}\n  logo: ../a.svg", "brand.logo", "../a.svg", "beside the clinic file"),
    "an unknown step": ("protocol:", 'protocol:\n  retinoid-before: "5 days"', "protocol.retinoid-before", "unknown key “retinoid-before”", "did you mean “retinoids-before”?"),
    "a step that no clinic sets": ("protocol:", 'protocol:\n  gel-only: "5 days"', "protocol.gel-only", "“gel-only”", "leave it out"),
    "a time that is too long": ("protocol:", 'protocol:\n  sunscreen-after: "3 days"', "protocol.sunscreen-after", "“3 days”", "write “24 hours” or shorter. Why: Bare skin marks. Source: After needling (A hospital)"),
    "a time that is too short": ("protocol:", 'protocol:\n  make-up-after: "12 hours"', "protocol.make-up-after", "“12 hours”", "write “24 hours” or longer. Why: Skin is open until then. Source: After needling (A hospital)"),
    "a length beyond measure": ("protocol:", 'protocol:\n  retinoids-before: "25 months"', "protocol.retinoids-before", "“25 months”", "24 months"),
    "a time of nothing": ("protocol:", 'protocol:\n  retinoids-before: "0 days"', "protocol.retinoids-before", "“0 days”", "from 1 minute"),
    "a length in words": ("protocol:", "protocol:\n  retinoids-before: a week", "protocol.retinoids-before", "“a week”", 'did you mean "1 week"?'),
    "a time without its unit": ("protocol:", "protocol:\n  retinoids-before: 7", "protocol.retinoids-before", "“7”", 'such as "7 days"'),
    "a protocol in a list": ("protocol:", "protocol: [retinoids-before]", "protocol", "a list", "write keys below"),
    "a reviewer without a date": ("reviewer:", "reviewer:\n  name: Test Reviewer\n  role: Doctor", "reviewer", "only name and role", "or leave all three empty"),
    "a review date in words": ("reviewer:", "reviewer:\n  name: Test Reviewer\n  role: Doctor\n  reviewed_on: May 2026", "reviewer.reviewed_on", "“May 2026”", "2026-01-31"),
    "a review date that does not exist": ("reviewer:", "reviewer:\n  name: Test Reviewer\n  role: Doctor\n  reviewed_on: 2026-02-30", "reviewer.reviewed_on", "“2026-02-30”", "2026-01-31"),
    "an http site": ("https://guide.plain.test", "http://guide.plain.test", "site.address", "http://", "https://"),
    "a site address with a folder": ("https://guide.plain.test", "https://guide.plain.test/a", "site.address", "/a", "base_path"),
    "a site address with a question mark": ("https://guide.plain.test", "https://guide.plain.test?", "site.address", "test?", "base_path"),
    "a base path without its end": ("base_path: /", "base_path: /needling", "site.base_path", "“/needling”", "did you mean “/needling/”?"),
    "a base path with dots": ("base_path: /", "base_path: /../", "site.base_path", "“/../”", "plain letters"),
    "a hidden character": ("price: Ask us.", "price: Ask \u202eus.", "price", "Ask", "hidden character U+202E"),
    "a control character": ("price: Ask us.", 'price: "Ask \\x07us."', "price", "Ask", "hidden character U+0007"),
    "two lines in a value": ("price: Ask us.", "price: |\n  Ask\n  us.", "price", "Ask us.", "in one piece"),
    "a value without end": ("name: Plain Clinic\n", f"name: {'a' * 301}\n", "name", "aaa…", "300 characters"),
    "a macro without quotes": ("price: Ask us.", "price: {{ price }}", "price", "a list or group where a key should be", "write text here"),
}


@pytest.mark.parametrize("case", BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_each_bad_value_gives_one_plain_fault(case: tuple[str, str, str, str, str], tmp_path: Path) -> None:
    old, new, key, found, expected = case
    text = changed(old, new)
    faults = faults_in(tmp_path, text)
    assert len(faults) == 1, [str(fault) for fault in faults]
    fault = faults[0]
    assert (fault.file, fault.key) == ("clinic.yml", key)
    assert fault.line == line_of_key(key, text), str(fault)
    assert found in fault.found, str(fault)
    assert expected in fault.expected, str(fault)
    assert "\n" not in str(fault)


def line_of_key(key: str, text: str) -> int:
    """The line on which the last word of a dotted key stands as a key, after the words before it; items of a list share their lines."""
    at = 0
    for part in key.split("."):
        if not part.isdigit():
            at = re.compile(rf"(?m)(^|[\s{{]){re.escape(part)}:").search(text, at).end()
    return text[:at].count("\n") + 1


NEEDED = [line.split(":")[0] for line in PLAIN.splitlines() if re.match(r"[a-z_]+:", line)]
FREE = {"booking_link", "protocol", "reviewer"}


@pytest.mark.parametrize("key", sorted(set(NEEDED) - FREE))
def test_each_missing_key_is_named(key: str, tmp_path: Path) -> None:
    text = re.sub(rf"(?ms)^{key}:.*?(?=^[a-z_]+:|\Z)", "", PLAIN)
    assert (key, "nothing", f"the key “{key}” is needed here, at the start of a line") in [(fault.key, fault.found, fault.expected) for fault in faults_in(tmp_path, text)]


@pytest.mark.parametrize("key", sorted(FREE))
def test_a_key_that_may_be_left_out_may_be_left_out(key: str, tmp_path: Path) -> None:
    assert clinic_from(tmp_path, re.sub(rf"(?m)^{key}:.*\n", "", PLAIN)).name == "Plain Clinic"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = PLAIN
    for old, new in (
        ("name: Plain Clinic\n", "name: 12\n"),
        ('"(202) 555-0142"', '"12"'),
        ("https://plain.test/", "http://plain.test/"),
        ('closes: "17:00"', 'closes: "08:00"'),
        ("rf: false", "rf: no"),
        ("protocol:", 'protocol:\n  make-up-after: "1 hour"\n  nonsense: "1 hour"'),
        ('"#0b5d57"', '"#ffffff"'),
        ("email:", "emial:"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    keys = [fault.key for fault in faults_in(tmp_path, text)]
    assert keys == [
        "name", "phones.main.number", "emial", "website", "opening_hours.monday.1.closes", "offers.rf",
        "protocol.make-up-after", "protocol.nonsense", "brand.colour",
    ]  # fmt: skip


def test_a_key_twice_names_both_lines(tmp_path: Path) -> None:
    fault = faults_in(tmp_path, PLAIN + "name: Another\n")[0]
    assert (fault.line, fault.key) == (PLAIN.count("\n") + 1, "name")
    assert "a second time (first on line 2)" in fault.found


def test_an_unknown_country_hides_no_other_fault_and_blames_no_number(tmp_path: Path) -> None:
    text = changed('country: "US"', 'country: "XX"').replace("https://plain.test/", "plain.test")
    assert [fault.key for fault in faults_in(tmp_path, text)] == ["country", "website"]


BAD_FILES = {
    "a tab": (PLAIN.replace("  town:", "\ttown:"), 6, "a tab at the start", "use spaces"),
    "a file in Latin letters": (PLAIN.replace("Plain Clinic", "Søn").encode("latin-1"), 2, "not UTF-8", "encoding UTF-8"),
    "an empty file": ("", 0, "an empty file", "begin with a copy"),
    "notes alone": ("# nothing\n", 0, "an empty file", "begin with a copy"),
    "a list": ("- name: Plain\n", 1, "a list or a single value", "begin with a copy"),
    "a single word": ("name\n", 1, "a list or a single value", "begin with a copy"),
    "a quote left open": (PLAIN.replace("name: Plain Clinic", 'name: "Plain'), 2, "the quotation mark", "at the end of the value as well"),
    "a colon in a value": (PLAIN.replace("name: Plain Clinic", "name: Plain: Clinic"), 2, "a colon inside the value “Plain: Clinic”", '"Plain: Clinic"'),
    "an alias": ("a: &a [1]\nb: *a\n", 1, "the shortcut &a", "leave the & word out"),
    "a tag": ("a: !!python/object:os.system x\n", 1, "the tag", "leave the ! word out"),
    "a second document": (PLAIN + "---\nname: x\n", PLAIN.count("\n") + 1, "cannot be read", "check this line"),
    "deep nesting": ("a: " + "[" * 50_000, 1, "levels of nesting", "shape of the example"),
    "deep nesting by lines": ("\n".join(" " * deep + "a:" for deep in range(40)), 13, "levels of nesting", "shape of the example"),
    "a huge file": ("#" * 100_001, 0, "more than 100000 bytes", "keep it under"),
}


@pytest.mark.parametrize("case", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_each_bad_file_gives_a_plain_fault(case: tuple[str | bytes, int, str, str], tmp_path: Path) -> None:
    text, line, found, expected = case
    fault = faults_in(tmp_path, text)[0]
    assert fault.line == line, str(fault)
    assert found in fault.found
    assert expected in fault.expected


def test_an_alias_bomb_is_turned_away_before_it_unfolds(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    faults = faults_in(tmp_path, bomb)
    assert len(faults) > 1
    assert all("the shortcut" in fault.found for fault in faults)


def test_a_missing_file_is_named_as_the_person_gave_it(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        read_clinic(tmp_path / "none.yml", LIBRARY)
    assert str(raised.value) == f"{tmp_path / 'none.yml'}: found no such file; check its name and the folder you are in"
    assert faults_of(tmp_path / "none.yml")[0].file == "clinic.yml"


def test_a_folder_is_not_a_clinic_file(tmp_path: Path) -> None:
    assert "a folder" in faults_of(tmp_path)[0].found


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only some systems have a file without end")
def test_a_device_without_end_is_not_read() -> None:
    assert "a folder or a device" in faults_of(Path("/dev/zero"))[0].found


def test_one_wrong_byte_in_a_big_line_names_its_line(tmp_path: Path) -> None:
    assert faults_in(tmp_path, PLAIN.encode() + b"# " + b"x" * 1000 + b"\xff\n")[0].line == PLAIN.count("\n") + 1


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_files_from_any_system_read_the_same(ending: str, tmp_path: Path) -> None:
    (tmp_path / "clinic.yml").write_bytes(b"\xef\xbb\xbf" + PLAIN.replace("\n", ending).encode())
    assert read_clinic(tmp_path / "clinic.yml", LIBRARY).name == "Plain Clinic"


LOGOS = {
    "too big": ("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * 200_000, "keep it under 200000"),
    "another form": ("logo.png", b"GIF89a", "its content is not .png"),
    "a script": ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "holds a script"),
    "a handler": ("logo.svg", b"<svg onload='x()'></svg>", "holds a script"),
    "a far picture": ("logo.svg", b"<svg><image href='https://elsewhere.test/a.png'/></svg>", "fetches from elsewhere"),
    "a script by another name": ("logo.svg", b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>1</s:script></s:svg>", "holds a script"),
    "a link": ("logo.svg", b"<svg><a href='#'/></svg>", "or a link"),
    "a far colour": ("logo.svg", b"<svg><rect fill='url( //elsewhere.test/a)'/></svg>", "fetches from elsewhere"),
    "an entity": ("logo.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "holds a script"),
}


@pytest.mark.parametrize("case", LOGOS.values(), ids=LOGOS.keys())
def test_a_logo_that_would_harm_readers_is_turned_away(case: tuple[str, bytes, str], tmp_path: Path) -> None:
    name, content, expected = case
    (tmp_path / name).write_bytes(content)
    faults = faults_in(tmp_path, changed(LOGO, f"{LOGO}\n  logo: {name}"))
    assert [fault.key for fault in faults] == ["brand.logo"]
    assert expected in faults[0].expected


def test_a_plain_logo_is_found_from_the_clinic_file(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "Logo.SVG").write_bytes(b"\xef\xbb\xbf\n<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")
    clinic = clinic_from(tmp_path, changed(LOGO, f"{LOGO}\n  logo: art/Logo.SVG"))
    assert clinic.brand.logo_file == tmp_path / "art" / "Logo.SVG"


def test_no_logo_is_no_file(tmp_path: Path) -> None:
    assert clinic_from(tmp_path, changed(LOGO, f'{LOGO}\n  logo: ""')).brand.logo_file is None


NUMBERS = [
    ("US", "202.555.0142", "+12025550142"),
    ("US", "+1 (202) 555-0142", "+12025550142"),
    ("US", "+44 20 7946 0958", "+442079460958"),
    ("UK", "020 7946 0958", "+442079460958"),
    ("UK", "01632\u00a0960001", "+441632960001"),
    ("UK", "07700 900123", "+447700900123"),
    ("GB", "020 7946 0958", "+442079460958"),
    ("IE", "020 910 1234", "+353209101234"),
    ("EU", "+44 20 7946 0958", "+442079460958"),
    ("DE", "030 23125000", "+493023125000"),
]


@pytest.mark.parametrize(("country", "typed", "dialled"), NUMBERS)
def test_a_number_shows_as_typed_and_dials_from_anywhere(country: str, typed: str, dialled: str, tmp_path: Path) -> None:
    main = clinic_from(tmp_path, PLAIN.replace('"US"', f'"{country}"').replace("(202) 555-0142", typed)).phones.main
    assert (main.display, main.e164) == (typed, dialled)


def test_a_number_for_the_whole_union_needs_its_country_code(tmp_path: Path) -> None:
    assert "begins with +" in faults_in(tmp_path, PLAIN.replace('"US"', '"EU"'))[0].expected


@pytest.mark.parametrize(("code", "number"), [("US", "911"), ("UK", "999"), ("GB", "999"), ("IE", "112"), ("FR", "112")])
def test_the_country_gives_the_emergency_number(code: str, number: str, tmp_path: Path) -> None:
    clinic = clinic_from(tmp_path, PLAIN.replace('"US"', f'"{code}"').replace("(202) 555-0142", "+1 202 555 0142"))
    assert clinic.emergency.number == number


def test_a_number_after_hours_dials_like_the_main_one(tmp_path: Path) -> None:
    after = clinic_from(tmp_path, changed("    text: Leave a message.", '    number: "202 555 0177"')).phones.after_hours
    assert (after.number.display, after.number.e164, after.text) == ("202 555 0177", "+12025550177", None)


def test_the_whole_address_of_the_guide_is_put_together(tmp_path: Path) -> None:
    assert clinic_from(tmp_path, changed("https://guide.plain.test\n", "https://guide.plain.test/\n").replace("base_path: /", "base_path: /a/b-c/")).site_url == "https://guide.plain.test/a/b-c/"


def test_the_address_prints_in_lines_and_on_one_line(tmp_path: Path) -> None:
    clinic = clinic_from(tmp_path, PLAIN)
    assert clinic.address_lines == ["1 Plain Street", "Plainville, NY 00000"]
    assert clinic.address_line == "1 Plain Street, Plainville, NY 00000"
    without = clinic_from(tmp_path, PLAIN.replace("  region: NY\n", "").replace('  postcode: "00000"\n', ""))
    assert without.address_lines == ["1 Plain Street", "Plainville"]


def test_each_day_gives_its_times_or_none(tmp_path: Path) -> None:
    hours = clinic_from(tmp_path, PLAIN.replace(MONDAY, '  monday: [{ opens: "09:00", closes: "12:00" }, { opens: "12:00", closes: "17:00" }]')).opening_hours
    assert [(span.opens, span.closes) for span in hours.spans("monday")] == [("09:00", "12:00"), ("12:00", "17:00")]
    assert [day for day in DAYS if hours.spans(day)] == ["monday"]


def test_a_protocol_at_the_limit_stands(tmp_path: Path) -> None:
    protocol = clinic_from(tmp_path, changed("protocol:", 'protocol:\n  make-up-after: "1 day"\n  retinoids-before: "24 months"')).protocol
    assert {step: str(length) for step, length in protocol.items()} == {"make-up-after": "1 day", "retinoids-before": "24 months"}


@pytest.mark.parametrize("empty", ["reviewer:", "reviewer:\n  name:\n  role: ''\n  reviewed_on:"])
def test_no_reviewer_is_named_until_there_is_one(empty: str, tmp_path: Path) -> None:
    assert clinic_from(tmp_path, changed("reviewer:", empty)).named_reviewer is None


@pytest.mark.parametrize("day", ["2026-11-20", '"2026-11-20"'])
def test_a_whole_reviewer_is_named(day: str, tmp_path: Path) -> None:
    named = clinic_from(tmp_path, changed("reviewer:", f"reviewer:\n  name: Test Reviewer\n  role: Doctor\n  reviewed_on: {day}")).named_reviewer
    assert (named.name, named.role, named.reviewed_on.isoformat()) == ("Test Reviewer", "Doctor", "2026-11-20")


EXAMPLES = [
    ("Plain Street", "Example Street", "address.lines.1"),
    ("front@plain.test", "front@EXAMPLE.org", "email"),
    ("Ask us.", "Ask on 202-555-0199.", "price"),
    ("Ask us.", "Ask us, for example.", "price"),
]


@pytest.mark.parametrize(("old", "new", "key"), EXAMPLES)
def test_a_value_that_is_still_an_example_is_found(old: str, new: str, key: str, tmp_path: Path) -> None:
    text = PLAIN.replace(old, new)
    values = clinic_from(tmp_path, text).example_values()
    assert (key, line_of(new, text)) in [(value.key, value.line) for value in values]


def test_a_practice_number_is_an_example_however_it_is_typed(tmp_path: Path) -> None:
    for typed in ("(202) 555-0142", "2025550142", "+1 202 555 01 42"):
        values = clinic_from(tmp_path, PLAIN.replace("(202) 555-0142", typed)).example_values()
        assert [(value.key, value.value) for value in values] == [("phones.main.number", typed)]


def test_another_clinic_holds_no_example(tmp_path: Path) -> None:
    assert clinic_from(tmp_path, PLAIN.replace("(202) 555-0142", "+44 20 7555 0123")).example_values() == []


def test_the_second_clinic_keeps_every_awkward_value_as_typed() -> None:
    clinic = read_clinic(CLINICS / "obrien.yml", LIBRARY)
    assert clinic.name == "O'Brien & Søn <Skin>"
    assert clinic.address_lines[0] == "الطابق الأول، مبنى النور"
    for typed in ("{{ 7*7 }}", '<script>alert("price")</script>', "**bold**", "السعر"):
        assert typed in clinic.price
    assert clinic.example_values() == []
    assert clinic.offers.rf
    assert clinic.named_reviewer.name == "Test Reviewer"
    assert clinic.site_url == "https://guide.obrien.test/needling/"


def test_words_of_any_script_are_let_through(tmp_path: Path) -> None:
    typed = "می\u200cخواهم 300\u202f€ 👩\u200d⚕️ שלום\u200f हिन्दी"
    assert clinic_from(tmp_path, changed("price: Ask us.", f"price: {typed}")).price == typed


# --- The files of this project ---------------------------------------------------------------------------------------


def test_the_shipped_clinic_fits_the_data_files_and_is_marked_as_an_example() -> None:
    clinic = read_clinic(ROOT / "clinic.yml", read_library(ROOT / "data"))
    keys = " ".join(value.key for value in clinic.example_values())
    for part in ("name", "legal_name", "address", "phones.main", "phones.after_hours", "email", "website", "booking_link", "opening_hours", "practitioners", "price", "complaints", "site"):
        assert part in keys, f"clinic.yml: give {part} a value that holds the word example"
    assert clinic.named_reviewer is None


def test_the_second_clinic_fits_the_data_files() -> None:
    library = read_library(ROOT / "data")
    clinic = read_clinic(CLINICS / "obrien.yml", library)
    differing = [step for step, length in clinic.protocol.items() if length != library.care[step].default]
    assert differing == list(clinic.protocol), "tests/clinics/obrien.yml: let each time differ from our default"


def protocol_line(step: CareStep) -> str:
    """How the example clinic shows a time that a clinic may set: the key, our time, what it is, and its limits."""
    parts = [step.name if step.time else f"{step.name}; we give no time"]
    parts += [f"no shorter than {step.least}"] if step.least else []
    parts += [f"no longer than {step.most}"] if step.most else []
    return f'{step.id}: "{step.time or "… days"}" # {"; ".join(parts)}'


def test_the_shipped_clinic_shows_each_time_that_a_clinic_may_set() -> None:
    text = (ROOT / "clinic.yml").read_text(encoding="utf-8")
    shown = re.findall(r"(?m)^  # ([a-z-]+: \".*)$", text)
    wanted = [protocol_line(step) for step in steps_to_set(read_library(ROOT / "data")).values()]
    assert shown == wanted, "clinic.yml, under protocol: write\n  # " + "\n  # ".join(wanted)


def test_the_shipped_clinic_opens_with_its_schema() -> None:
    assert (ROOT / "clinic.yml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=data/clinic.schema.json\n")


def test_the_schema_file_is_fresh() -> None:
    shipped = (ROOT / "data" / "clinic.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(read_library(ROOT / "data")), f"data/clinic.schema.json is out of date; {REFRESH}"


def test_the_schema_knows_countries_and_times_from_the_data() -> None:
    schema = clinic_schema(LIBRARY)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["country"]["enum"] == LIBRARY.country_codes()
    protocol = schema["properties"]["protocol"]
    assert list(protocol["properties"]) == ["retinoids-before", "make-up-after", "exercise-after", "sun-after", "sunscreen-after", "next-session"]
    assert protocol["properties"]["make-up-after"]["description"] == "Make up after. Our default: 24 hours. Shortest allowed: 24 hours."
    assert protocol["additionalProperties"] is False


def test_every_part_of_the_schema_is_closed_and_described() -> None:
    schema = clinic_schema(LIBRARY)
    for name, part in schema["$defs"].items():
        assert part["additionalProperties"] is False, name
        assert part["description"], name
    assert schema["additionalProperties"] is False
    assert json.dumps(schema)


# --- Colours ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("a", "b", "expected"), [("#000000", "#ffffff", 21.0), ("#FFFFFF", "#ffffff", 1.0), ("#777777", "#ffffff", 4.478), ("#ffffff", "#767676", 4.542)])
def test_ratios_are_those_of_wcag(a: str, b: str, expected: float) -> None:
    assert ratio(a, b) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("colour", ["#ffffff", "#ffee00", "#6db6d8", "#ff0000", "#777777"])
def test_a_darkened_colour_reaches_the_ratio_and_no_more_than_it_must(colour: str) -> None:
    assert 4.5 <= ratio(darkened_to(colour, "#ffffff", 4.5), "#ffffff") < 4.6


@pytest.mark.parametrize("colour", ["#000000", "#0b5d57", "#00007f"])
def test_a_lightened_colour_reaches_the_ratio(colour: str) -> None:
    assert 7 <= ratio(lightened_to(colour, "#14201e", 7), "#14201e") < 7.3


def test_a_colour_that_is_strong_enough_stays() -> None:
    assert darkened_to("#0b5d57", "#ffffff", 4.5) == "#0b5d57"


@pytest.mark.parametrize("call", [lambda: darkened_to("#333333", "#000000", 4.5), lambda: lightened_to("#999999", "#ffffff", 4.5), lambda: ratio("red", "#ffffff"), lambda: ratio("#fff", "#ffffff")])
def test_a_colour_that_cannot_be_had_is_an_error(call: object) -> None:
    with pytest.raises(ValueError, match="#"):
        call()
