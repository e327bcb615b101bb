"""The clinic file: its model, how it is read, and faults told so that a receptionist can mend them.

Each check stands beside the field it guards. A check that must know the country, the folder or our own
limits finds them in `Surroundings`; so every fault is found at once, whatever else in the file is wrong.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers
from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, PrivateAttr, Tag, ValidationInfo, WithJsonSchema, field_validator, model_validator

from guide.contrast import COLOUR, darkened_to, ratio
from guide.duration import HOURS_IN, WRITTEN, Duration, meant_duration, parse_duration
from guide.entries import CareStep, Country, HelpLine
from guide.faults import Fault, Faults, Misfit, did_you_mean, listed, quoted
from guide.library import Library
from guide.meant import country_meant, days_together, folder_meant, hours_meant, link_advice, time_meant, zone_meant
from guide.models import Facts, Line, Sentence, validated
from guide.places import ISO_DATE, Document, Key, dotted, parse_document, read_text
from guide.slips import read_as_meant

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REGIONS = {"UK": "GB"}  # our code → the code that telephone numbers go by
LARGEST_CLINIC_FILE = 100_000  # bytes; the example file is a tenth of this
LARGEST_LOGO = 200_000  # bytes; each reader downloads it
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text at AA
LONGEST_FRAMES = 1_000  # characters: hosts read 2,000 in a line, and the rest of the policy has 600
LONGEST_HOURS = 24 * HOURS_IN["month"]
PRACTICE = re.compile(r"^\+1\d{3}55501\d\d$")  # North American numbers kept for examples
PRACTICE_IN_TEXT = re.compile(r"(?<!\d)555[-. ]01\d\d(?!\d)")
# Numbers kept for drama in the UK, Ireland and France: the numbering plan that we check by leaves them out.
DRAMA = re.compile(r"^\+(?:441632960\d{3}|447700900\d{3}|3532091\d{5}|3363998\d{4})$")
CLOCK = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
PHONE = re.compile(r"^[0-9+ ().\-/\u00a0\u202f\u2010-\u2013]+$")  # hyphens and spaces of every kind
EXTENSION = re.compile(r"(?i)ext|(?<![a-z])x\s*\d|#")
MOST_DIGITS = 15  # of a telephone number anywhere, by ITU-T E.164
MAILBOX = re.compile(r"^[A-Za-z0-9](?:[A-Za-z0-9_+'-]|\.(?!\.|@))*@")
URL_SIGNS = "-._~:/?#@!$&()*+,;=%"
BASE_PATH = re.compile(r"^/(?:[A-Za-z0-9_~][A-Za-z0-9._~-]*/)*$")
# What an SVG may not hold: it is shown as a picture, and opened by itself it must run nothing and ask no other host.
LIVE_SVG = re.compile(
    r"""(?ix) <(?:[\w.-]+:)?(?:script|foreignobject|iframe|a)\b | <!entity | <\?xml-stylesheet | javascript: | \son\w+\s*= | @import
    | (?:href\s*=\s*["']? | url\(\s*["']?) \s* (?:https?:|//)"""
)
ZONE_AREAS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
PICTURES = {".svg": b"<", ".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF"}


@dataclass(frozen=True)
class Surroundings:
    """What checks need besides the value they look at.

    document  the clinic file as read
    library   the data files
    country   the entry that answers for the file's country; None where the file names none that we know
    region    the country as telephone numbers know it, such as GB
    folder    the folder of the clinic file
    """

    document: Document
    library: Library
    country: Country | None
    region: str
    folder: Path


def _or_none(value: Any) -> Any:
    """An empty text means the same as no text."""
    return None if isinstance(value, str) and not value.strip() else value


MaybeLine = Annotated[Line | None, BeforeValidator(_or_none)]


def _time_of_day(value: Any) -> str:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        meant, later = time_meant(str(value)), time_meant(str(value), closing=True)
        afternoon = f', or "{later}" for the afternoon' if later != meant else ""
        raise ValueError(f'write "{meant}" in quotes{afternoon}' if meant else 'write the time in quotes, from "00:00" to "23:59", such as "09:30"')
    return value


Clock = Annotated[str, BeforeValidator(_time_of_day), WithJsonSchema({"type": "string", "pattern": CLOCK.pattern})]


def _https(text: str) -> str:
    if not text.startswith("https://"):
        raise ValueError(link_advice(text))
    odd = next((sign for sign in text if not (sign.isalnum() or sign in URL_SIGNS)), None)
    if odd:
        raise ValueError(f"take {'the space' if odd.isspace() else quoted(odd)} out: a link holds no spaces, quotes or brackets")
    try:
        parts = urlsplit(text)
        known_host = parts.port != 0 and "@" not in parts.netloc and _is_host(parts.hostname or "")
    except ValueError:
        known_host = False
    if not known_host:
        raise ValueError("write a whole web address, as your browser shows it, such as https://www.your-clinic.com/")
    return text


def _is_host(text: str) -> bool:
    labels = text.split(".")
    well_formed = all(label.replace("-", "").isalnum() and label.strip("-") == label and len(label) < 64 for label in labels)
    return well_formed and len(labels) > 1 and not labels[-1].isdigit()


Https = Annotated[Line, AfterValidator(_https), Field(json_schema_extra={"pattern": "^https://"})]


def _https_or_none(text: str) -> str:
    try:
        return _https(text)
    except ValueError as error:
        raise ValueError(f"{error}; leave it empty where there is none") from None


MaybeHttps = Annotated[
    Annotated[Line, AfterValidator(_https_or_none), Field(json_schema_extra={"pattern": "^https://"})] | None, BeforeValidator(_or_none)
]


def _mailbox(text: str) -> str:
    written = MAILBOX.match(text)
    if not written or not text.isascii() or len(text) > 254 or not _is_host(text[written.end() :]):
        raise ValueError("write one e-mail address alone, with nothing before or after it and no space in it, such as desk@your-clinic.com")
    return text


def _zone(text: str) -> str:
    if text not in zones():
        meant = zone_meant(text, zones())
        advice = 'write an area and a large city in your time zone, as in "America/New_York", "America/Chicago", "Europe/London" or "Pacific/Auckland"'
        raise ValueError(f"did you mean {quoted(meant)}?" if meant else advice)
    return text


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Every time zone that a clinic may name: those of a place, as a short name such as EST knows no summer time."""
    return frozenset(zone for zone in available_timezones() if zone.split("/")[0] in ZONE_AREAS)


def _strong_colour(value: Any) -> str:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise ValueError('write, in quotes, # and six digits or letters a to f, such as "#0b5d57"')
    found = ratio(value, "#ffffff")
    if found < LEAST_CONTRAST:
        shown = f"{quoted(value)}, which reaches {int(found * 100) / 100:.2f} to 1 against white"
        raise Misfit(shown, f'use a colour that reaches {LEAST_CONTRAST} to 1; the nearest darker one is "{darkened_to(value, "#ffffff", LEAST_CONTRAST)}"')
    return value.lower()


Colour = Annotated[str, BeforeValidator(_strong_colour), WithJsonSchema({"type": "string", "pattern": COLOUR.pattern})]


def _length(value: Any) -> Duration:
    try:
        length = parse_duration(value if isinstance(value, str) else "")
    except ValueError as error:
        meant = meant_duration(value) if isinstance(value, str) else None
        raise ValueError(f'did you mean "{meant}"?' if meant else f"{error}, in quotes; to keep our time, take the line out") from None
    if not 0 < length.hours <= LONGEST_HOURS:
        raise ValueError("write a length from 1 minute to 24 months; to keep our default, leave the key out")
    return length


Length = Annotated[Duration, BeforeValidator(_length), WithJsonSchema({"type": "string", "pattern": WRITTEN.pattern})]


def _day_written(value: Any) -> Any:
    """A date in quotes means the same as one without."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and ISO_DATE.match(value) else _or_none(value)
    except ValueError:
        return value  # no such day: told as any value that is not a date


class Address(Facts):
    """Where patients come to."""

    lines: list[Line] = Field(min_length=1, max_length=5, description="building, street and number, as on an envelope, without the town")
    town: Line
    region: MaybeLine = Field(None, description="state, province or county, where an envelope has one")
    postcode: MaybeLine = Field(None, description="postcode or ZIP code, in quotes")

    @property
    def printed(self) -> list[str]:
        """The address in lines, the town with its region and postcode on the last."""
        place = f"{self.town}, {self.region}" if self.region else self.town
        return [*self.lines, f"{place} {self.postcode}" if self.postcode else place]


class PhoneLine(Facts):
    """A telephone line."""

    number: Line = Field(description="as people write it where you are, with the area code, in quotes")
    label: MaybeLine = Field(None, description="what the line is called, such as “Front desk”")
    _dialled: str = PrivateAttr("")

    @field_validator("number")
    @classmethod
    def _can_be_rung(cls, number: str, info: ValidationInfo) -> str:
        _international(number, info.context)
        return number

    def model_post_init(self, context: Any, /) -> None:
        self._dialled = _international(self.number, context)

    @property
    def display(self) -> str:
        """The number as the clinic typed it."""
        return self.number

    @property
    def e164(self) -> str:
        """The number as it is dialled from anywhere: `+12025550142`."""
        return self._dialled


def _international(typed: str, around: Surroundings) -> str:
    _one_number(typed)
    if around.country is None:
        return ""  # the country itself is at fault and told; without it no number can be judged
    known = around.region if around.region in phonenumbers.SUPPORTED_REGIONS else None
    try:
        number = phonenumbers.parse(typed, known)
        dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        real = phonenumbers.is_valid_number(number) or DRAMA.match(dialled)
    except phonenumbers.NumberParseException:
        real = False
    if not real:
        raise ValueError(
            f"write a whole number that can be rung in {around.country.name}, with its area code; "
            "a number of another country begins with + and its country code"
        )
    return dialled


def _one_number(typed: str) -> None:
    if sum(sign.isdigit() for sign in typed) > MOST_DIGITS:
        raise ValueError("write one number only; a second line can be told in a text, such as opening_hours.note")
    if EXTENSION.search(typed):
        raise ValueError("write a number that can be rung without an extension")
    if not PHONE.fullmatch(typed):
        raise ValueError("write one number alone: digits, spaces, hyphens and brackets only")


def _as_line(value: Any) -> Any:
    if isinstance(value, dict):
        raise ValueError("write the number here, in quotes")
    return None if _or_none(value) is None else {"number": value}


class AfterHours(Facts):
    """What a patient does when the clinic is closed: one number to ring, or words."""

    number: Annotated[PhoneLine | None, BeforeValidator(_as_line), WithJsonSchema({"type": ["string", "null"]})] = Field(
        None, description="a number that is answered when you are closed; leave it out if you write text"
    )
    text: Annotated[Sentence | None, BeforeValidator(_or_none)] = Field(None, description="what to do when you are closed; leave it out if you give a number")

    @model_validator(mode="after")
    def _one_way(self) -> AfterHours:
        if (self.number is None) == (self.text is None):
            raise Misfit("both a number and a text" if self.text else "neither a number nor a text", "give one of number and text, and leave the other out")
        return self


class Phones(Facts):
    """The clinic's telephone lines."""

    main: PhoneLine = Field(description="the number that patients ring when you are open")
    after_hours: AfterHours


class Hours(Facts):
    """One stretch of time in which the clinic is open."""

    opens: Clock = Field(description="such as “09:00”, in quotes")
    closes: Clock = Field(description="such as “17:30”, in quotes")

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, closes: str, info: ValidationInfo) -> str:
        opens = info.data.get("opens")
        if opens and closes <= opens:
            raise ValueError(f"write a closing time after the opening time, {opens}")
        return closes


def _open_or_closed(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower() == "closed":
        return "closed"
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        raise Misfit(quoted(value[0]), _hours_advice(value[0]), (0,))
    if isinstance(value, dict):
        raise Misfit("opens and closes without a dash before them", 'begin with a dash: - { opens: "09:00", closes: "17:00" }')
    if not isinstance(value, list):
        raise ValueError(_hours_advice(value))
    return value


def _hours_advice(value: Any) -> str:
    """What to write for a day, with the hours that were meant where we can tell."""
    opens, closes = hours_meant(str(value)) or ("09:00", "17:00")
    return f'write "closed", or a list of opens and closes: on the next line, four spaces in, - {{ opens: "{opens}", closes: "{closes}" }}'


def _in_order(hours: list[Hours]) -> list[Hours]:
    for before, after in zip(hours, hours[1:], strict=False):
        if after.opens < before.closes:
            raise Misfit(f"{before.opens} to {before.closes} and then {after.opens} to {after.closes}", "write the times in order, with no overlap")
    return hours


Day = Annotated[
    Annotated[Literal["closed"], Tag("closed")] | Annotated[list[Hours], Field(min_length=1), AfterValidator(_in_order), Tag("open")],
    Discriminator(lambda value: "open" if isinstance(value, list) else "closed"),
    BeforeValidator(_open_or_closed),
]


class OpeningHours(Facts):
    """When the clinic is open: for each day “closed”, or a list of opens and closes."""

    monday: Day
    tuesday: Day
    wednesday: Day
    thursday: Day
    friday: Day
    saturday: Day
    sunday: Day
    note: MaybeLine = Field(None, description="what the days alone do not say, such as public holidays")

    @model_validator(mode="before")
    @classmethod
    def _each_day_by_itself(cls, value: Any) -> Any:
        together = days_together(value) if isinstance(value, dict) else None
        if together:
            raise Misfit(f"several days in one, {quoted(together)}", "write each day on a line of its own, monday to sunday", (together,))
        return value

    def spans(self, day: str) -> list[Hours]:
        """The times of one day; none where the clinic is closed.

        day  monday to sunday
        """
        hours = getattr(self, day)
        return [] if hours == "closed" else hours


class Registration(Facts):
    """An entry in a register that a patient can look up."""

    body: Line = Field(description="the body that keeps the register or gives the licence")
    number: Line = Field(description="the number there, in quotes")


class Practitioner(Facts):
    """Somebody who gives the treatment."""

    name: Line
    role: Line = Field(description="what they are here, such as “Registered nurse”")
    qualification: Line
    registration: Registration


class Device(Facts):
    """A device that the clinic treats with."""

    name: Line
    maker: Line
    licence: Line = Field(description="clearance or licence number in your country, as on the maker's papers")


class Offers(Facts):
    """Related treatments; pages speak of them only where the clinic offers them."""

    rf: bool = Field(description="radiofrequency (RF) needling: true or false")
    prp: bool = Field(description="platelet-rich plasma (PRP) with needling: true or false")


class Reviewer(Facts):
    """The clinician who has read the whole guide for this clinic: all three keys, or none until there is one."""

    name: MaybeLine = None
    role: MaybeLine = Field(None, description="profession and qualification")
    reviewed_on: Annotated[date | None, BeforeValidator(_day_written)] = Field(None, description="the day they finished, such as 2026-01-31")

    @model_validator(mode="after")
    def _all_or_none(self) -> Reviewer:
        given = [key for key in ("name", "role", "reviewed_on") if getattr(self, key) is not None]
        if len(given) in (1, 2):
            raise Misfit(f"only {' and '.join(given)}", "fill in name, role and reviewed_on, or leave all three empty")
        return self


def _site_alone(text: str) -> str:
    site = f"https://{urlsplit(text).netloc}"
    if text.rstrip("/") != site:
        raise ValueError(f"write {quoted(site)} here, without what comes after it")
    if not site.isascii():
        raise ValueError("write it in plain letters, as your browser gives it when you copy it from the address bar; a part of it then begins with xn--")
    return site.lower()


def _in_one_header(sites: list[str]) -> list[str]:
    if sum(map(len, sites)) > LONGEST_FRAMES:
        raise Misfit(f"{len(sites)} sites", f"name fewer: all of them together may have {LONGEST_FRAMES} characters")
    return list(dict.fromkeys(sites))


# None of them means the same as no key; what is read is always a list.
Frames = Annotated[
    Annotated[list[Annotated[Https, AfterValidator(_site_alone)]], AfterValidator(_in_one_header)] | None, BeforeValidator(lambda value: [] if value is None else value)
]


class Site(Facts):
    """Where the finished guide will stand on the web."""

    address: Https = Field(description="https:// and the host alone, such as https://guide.your-clinic.com")
    base_path: Line = Field(description="the folder on that host, from / to /, such as /needling/; / alone where there is none")
    framed_by: Frames = Field([], description="websites that may show the guide inside a page of their own, each as https:// and the host alone; empty where there is none")

    @field_validator("address")
    @classmethod
    def _host_alone(cls, address: str) -> str:
        if address.removeprefix("https://").rstrip("/") != urlsplit(address).netloc:
            host = urlsplit(address).netloc
            raise ValueError(f"write {quoted('https://' + host)} here, without what comes after it; a folder goes in base_path")
        return address.rstrip("/")

    @field_validator("base_path")
    @classmethod
    def _folder(cls, path: str) -> str:
        if not BASE_PATH.fullmatch(path):
            meant = folder_meant(path)
            advice = 'begin and end with /, with plain letters, digits and hyphens between, such as "/needling/"; a single / where there is no folder'
            raise ValueError(f"did you mean {quoted(meant)}?" if BASE_PATH.fullmatch(meant) and "." not in meant else advice)
        return path


class Brand(Facts):
    """The clinic's look."""

    colour: Colour = Field(description="for links and buttons, in quotes; it must be readable on white")
    logo: MaybeLine = Field(None, description="an svg, png or webp file under 200 kB, named from the folder of the clinic file")
    _logo_file: Path | None = PrivateAttr(None)

    @field_validator("logo")
    @classmethod
    def _is_a_picture(cls, logo: str | None, info: ValidationInfo) -> str | None:
        if logo:
            _picture(logo, info.context.folder)
        return logo

    def model_post_init(self, context: Any, /) -> None:
        self._logo_file = context.folder / self.logo if self.logo else None

    @property
    def logo_file(self) -> Path | None:
        """Where the logo is; None where there is none."""
        return self._logo_file


def _picture(logo: str, folder: Path) -> None:
    kind = Path(logo).suffix.lower()
    if kind not in PICTURES:
        raise ValueError(f"name a picture that ends in {listed(PICTURES)}; leave it empty where there is none")
    if Path(logo).is_absolute() or ".." in Path(logo).parts or "\\" in logo:
        raise ValueError("put the picture beside the clinic file, or in a folder there, and name it from there with /")
    picture = _content(folder / logo)
    if not picture.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(PICTURES[kind]):
        raise ValueError(f"its content is not {kind}: save the picture again in that form")
    if kind == ".svg" and LIVE_SVG.search(picture.decode("utf-8", "replace")):
        raise ValueError("it holds a script or a link, or fetches from elsewhere: save it again as a plain svg, or as png")


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size if file.is_file() else None
        content = file.read_bytes() if size is not None and size < LARGEST_LOGO else b""
    except OSError:
        size, content = None, b""
    if size is None:
        raise ValueError("there is no such picture that can be opened: check its name, seen from the folder of the clinic file")
    if size >= LARGEST_LOGO:
        raise ValueError(f"it has {size} bytes: keep it under {LARGEST_LOGO}")
    return content


def _one_language(text: str) -> str:
    if re.search(r"[,;/&]| and | or ", text):
        raise ValueError("write each language on a line of its own, each line beginning with a dash")
    return text


class Clinic(Facts):
    """One clinic's facts. Everything that the guide says of the clinic comes from this file."""

    name: Line = Field(description="as patients know you")
    legal_name: Line = Field(description="the registered name of the business")
    address: Address
    country: Line = Field(description="two capital letters; it settles the emergency number, the advice line and where to report problems")
    time_zone: Annotated[Line, AfterValidator(_zone)] = Field(description="of your opening hours, such as America/New_York")
    languages: list[Annotated[Line, AfterValidator(_one_language)]] = Field(min_length=1, description="languages in which patients can talk with you, each by its name")
    phones: Phones
    email: Annotated[Line, AfterValidator(_mailbox)] = Field(description="one address that patients may write to")
    website: Https = Field(description="your own website, not this guide's")
    booking_link: MaybeHttps = Field(None, description="the page where patients book; empty where there is none")
    opening_hours: OpeningHours
    practitioners: list[Practitioner] = Field(min_length=1, description="everyone who gives the treatment")
    devices: list[Device] = Field(min_length=1, description="every device that you treat with")
    offers: Offers
    protocol: Annotated[dict[str, Length], BeforeValidator(lambda value: {} if value is None else value)] = Field(
        {}, description="lengths of time in which you differ from our defaults; empty where you differ in none"
    )
    price: Sentence = Field(description="what a course costs and what is included, as a statement")
    complaints: Sentence = Field(description="whom to tell, how, and where to go next if you do not settle it")
    reviewer: Reviewer | None = Field(None, description="all empty until a clinician has read the whole guide")
    site: Site
    brand: Brand
    _around: Surroundings = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        self._around = context

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str, info: ValidationInfo) -> str:
        library: Library = info.context.library
        if library.country(code) is None:
            codes = library.country_codes()
            meant = country_meant(code, codes)
            raise ValueError(f"did you mean {quoted(meant)}?" if meant else f"write one of {listed(codes)}, in quotes; the guide knows no other country yet")
        return code

    @property
    def address_lines(self) -> list[str]:
        """The address as on an envelope."""
        return self.address.printed

    @property
    def address_line(self) -> str:
        """The whole address on one line."""
        return ", ".join(self.address.printed)

    @property
    def emergency(self) -> HelpLine:
        """The emergency number of the clinic's country."""
        return self._around.country.emergency

    @property
    def named_reviewer(self) -> Reviewer | None:
        """The clinical reviewer, or None until there is one."""
        return self.reviewer if self.reviewer and self.reviewer.name else None

    @property
    def site_url(self) -> str:
        """The whole address of the guide, from https to the last /."""
        return self.site.address + self.site.base_path

    def line(self, *key: str | int) -> int:
        """The line of the clinic file on which a key stands, or the nearest key above it."""
        return self._around.document.line(key)

    def example_values(self) -> list[ExampleValue]:
        """Every value that is still one of the example clinic's, in the order of the file."""
        document = self._around.document
        lines = (self.phones.main, self.phones.after_hours.number)
        practice = {line.number for line in lines if line and PRACTICE.match(line.e164)}
        return [
            ExampleValue(dotted(key), document.line(key), text)
            for key, text in document.texts()
            if text.strip() in practice or "example" in text.casefold() or PRACTICE_IN_TEXT.search(text)
        ]


class ExampleValue(NamedTuple):
    """A value that the clinic has yet to change."""

    key: str
    line: int
    value: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.key}: {quoted(self.value)}"


def read_clinic(path: Path, library: Library, name: str | None = None) -> Clinic:
    """Read and check a clinic file.

    path     the file
    library  the data files: countries, and which times a clinic may set
    name     the path as the person gave it, for faults; left out, `path` as it stands

    Errors: Faults with everything that is wrong in the file.
    """
    name = name or str(path)
    text, faults = read_text(path, name, LARGEST_CLINIC_FILE)
    if text is None:
        raise Faults(faults)
    clinic, faults = _read(text, name, library, path.parent)
    if clinic is None:
        raise Faults(_with_slips(text, name, library, path.parent, faults))
    return clinic


def _read(text: str, name: str, library: Library, folder: Path) -> tuple[Clinic | None, list[Fault]]:
    """The clinic, or None and every fault that can be found in the text as it stands."""
    document, faults = parse_document(text, name)
    if document is None:
        return None, faults
    if not isinstance(document.data, dict):
        return None, faults or [_not_a_clinic(document)]
    clinic, found = checked_clinic(document, library, folder)
    return (None, _merged(faults, found)) if faults or found else (clinic, [])


def checked_clinic(document: Document, library: Library, folder: Path) -> tuple[Clinic | None, list[Fault]]:
    """The clinic that a document describes, or None, and every fault in its values.

    document  keys and values, from a file or from answers to questions
    folder    the folder of the clinic file, where its logo is looked for
    """
    around = _surroundings(document, library, folder)
    clinic, found = validated(Clinic, document, around)
    return clinic, found + _protocol_faults(around)


def _with_slips(text: str, name: str, library: Library, folder: Path, faults: list[Fault]) -> list[Fault]:
    """The faults with slips of typing told as such, and what they hid or caused by themselves."""
    shape = clinic_shape(library)
    if not any(":" in line and line.partition(":")[0].strip() in shape for line in text.splitlines()):
        return faults  # another file altogether
    meant, slips = read_as_meant(text, name, shape)
    lines = {fault.line for fault in slips}
    told = slips + [fault for fault in _read(meant, name, library, folder)[1] if fault.line not in lines]
    readable = parse_document(text, name)[0] is not None
    return faults if not slips or (readable and len(told) > len(faults)) else told


def clinic_shape(library: Library) -> dict[str, Any]:
    """The keys of a clinic file: None for a text, a dictionary for keys below it, a list for a list's entry."""
    schema = clinic_schema(library)

    def shape(part: dict[str, Any]) -> Any:
        if "$ref" in part:
            return shape(schema["$defs"][part["$ref"].rsplit("/", 1)[-1]])
        if "properties" in part:
            return {key: shape(below) for key, below in part["properties"].items()}
        if "items" in part:
            return [shape(part["items"])]
        return next((found for found in map(shape, part.get("anyOf") or part.get("oneOf", [])) if found), None)

    return shape(schema)


def _not_a_clinic(document: Document) -> Fault:
    found = "an empty file" if document.data is None else "a list or a single value where keys should be"
    return Fault(document.name, 0 if document.data is None else 1, "", found, "begin with a copy of the clinic.yml that came with the guide")


def _surroundings(document: Document, library: Library, folder: Path) -> Surroundings:
    code = document.data.get("country")
    code = code.strip() if isinstance(code, str) else ""
    return Surroundings(document, library, library.country(code), REGIONS.get(code, code), folder)


def _merged(read: list[Fault], checked: list[Fault]) -> list[Fault]:
    """The faults of reading and of checking, those about the same value as one: what stands there, and what fits there."""
    found = {(fault.line, fault.key): fault.found for fault in read}
    places = {(fault.line, fault.key) for fault in checked}
    told = [replace(fault, found=found.get((fault.line, fault.key), fault.found)) for fault in checked]
    return told + [fault for fault in read if (fault.line, fault.key) not in places]


def steps_to_set(library: Library) -> dict[str, CareStep]:
    """The care steps whose time a clinic may set, by id."""
    return {step.id: step for step in library.care.values() if step.clinic_may_set}


def _protocol_faults(around: Surroundings) -> list[Fault]:
    document, library = around.document, around.library
    protocol = document.data.get("protocol")
    faults = []
    for name, value in protocol.items() if isinstance(protocol, dict) else ():
        words = _unknown_step(name, library) or _beyond_limit(name, value, library)
        if words:
            key: Key = ("protocol", name)
            faults.append(Fault(document.name, document.line(key), dotted(key), *words))
    return faults


def _unknown_step(name: str, library: Library) -> tuple[str, str] | None:
    known = steps_to_set(library)
    if name in known:
        return None
    if name in library.care:
        return f"the key {quoted(name)}", "leave it out: our own time stands, as no clinic sets this one"
    return f"the unknown key {quoted(name)}", did_you_mean(name, list(known), f"a clinic may set {listed(known)}")


def _beyond_limit(name: str, value: Any, library: Library) -> tuple[str, str] | None:
    step = library.care[name]
    try:
        length = _length(value).hours
    except ValueError:
        return None  # told already, as a value of the wrong form
    if step.least and length < parse_duration(step.least).hours:
        return quoted(value), _limit(f"write {quoted(step.least)} or longer", step.least_why, step.least_sources, library)
    if step.most and length > parse_duration(step.most).hours:
        return quoted(value), _limit(f"write {quoted(step.most)} or shorter", step.most_why, step.most_sources, library)
    return None


def _limit(order: str, why: str, sources: list[str], library: Library) -> str:
    return f"{order}. Why: {why.rstrip('.')}. Source: {listed(_named(source, library) for source in sources)}"


def _named(source: str, library: Library) -> str:
    entry = library.references.get(source)
    return f"{entry.title.rstrip('.')} ({entry.publisher})" if entry else source


def clinic_schema(library: Library) -> dict[str, Any]:
    """The clinic file's JSON Schema, by which editors complete and check it.

    library  the data files: country codes, and which times a clinic may set
    """
    schema = Clinic.model_json_schema()
    keys = schema["properties"]
    keys["country"]["enum"] = library.country_codes()
    keys["protocol"] = {
        "description": keys["protocol"]["description"],
        "type": ["object", "null"],
        "properties": {step.id: _step_schema(step) for step in steps_to_set(library).values()},
        "additionalProperties": False,
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _step_schema(step: CareStep) -> dict[str, str]:
    shortest = f" Shortest allowed: {step.least}." if step.least else ""
    longest = f" Longest allowed: {step.most}." if step.most else ""
    default = f"Our default: {step.time}." if step.time else "We give no time."
    return {"type": "string", "pattern": WRITTEN.pattern, "description": f"{step.name}. {default}{shortest}{longest}"}


def schema_text(library: Library) -> str:
    """The schema as data/clinic.schema.json holds it."""
    return json.dumps(clinic_schema(library), indent=2, ensure_ascii=False) + "\n"
