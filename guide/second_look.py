"""A second look at a clinic file that fits by itself: what does not go together in it, what is past due, and what is left empty.

None of it stops a build, as a person has to judge: a text may name a treatment for another reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from guide.build import example_lines
from guide.clinic import DAYS, Clinic
from guide.due import GOOD_FOR, due_dates
from guide.faults import Fault, quoted
from guide.pages import PageSource
from guide.places import Key, dotted
from guide.project import Guide
from guide.zones import fits

RELATED = {
    "rf": ("RF needling", re.compile(r"\bRF\b|\bradio[\s-]?frequency\b", re.I)),
    "prp": ("PRP", re.compile(r"\bPRP\b|\bplatelet[\s-]?rich\b|\bvampire\b", re.I)),
}
TEXTS = ("price", "complaints")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
DENIED = re.compile(r"(?i)\b(?:no|not|never|without|nor|except)\b|n['’]t\b")
MAY_BE_EMPTY = {
    ("booking_link",): "pages name no way to book online",
    ("protocol",): "the guide's own times stand",
    ("reviewer",): "pages say that no clinician has checked them",
    ("brand", "logo"): "pages show the guide's own sign",
}


def second_look(guide: Guide, day: date, clinic_file: str) -> list[Fault]:
    """What does not go together in the clinic file, and what is past due, by line.

    day          the day from which it is seen
    clinic_file  the clinic file as the person named it
    """
    found = [*_offers(guide.clinic), *_phones(guide.clinic), *_hours(guide.clinic), *_people(guide.clinic), *_places(guide.clinic), *_reading(guide, day)]
    return sorted(Fault(clinic_file, guide.clinic.line(*key), dotted(key), what, better) for key, what, better in found)


def check_lines(guide: Guide, own: Sequence[PageSource], day: date, clinic_file: str) -> Iterator[str]:
    """What `check` says of a clinic file and of a clinic's own pages in which it found no fault.

    own          the clinic's own pages
    day          the day from which it is seen
    clinic_file  the clinic file as the person named it
    """
    yield from example_lines(guide)
    files = {page.file for page in own}
    odd = [*map(str, second_look(guide, day, clinic_file)), *(str(due) for due in due_dates(guide, own, day) if due.file in files and due.days_late > 0)]
    if odd:
        yield f"{len(odd)} to look at again. No build stops for {'it' if len(odd) == 1 else 'them'}:"
        yield from (f"  {line}" for line in odd)
    empty = left_empty(guide.clinic)
    if empty:
        yield "Left empty, as they may be:"
        yield from (f"  {line}" for line in empty)
    yield "Nothing else to mend." if odd else "Nothing to mend."


def left_empty(clinic: Clinic) -> list[str]:
    """What the clinic file leaves empty, as it may, and what pages then say."""
    values = {("booking_link",): clinic.booking_link, ("protocol",): clinic.protocol, ("reviewer",): clinic.named_reviewer, ("brand", "logo"): clinic.brand.logo}
    return [f"line {clinic.line(*key)}: {dotted(key)}: {MAY_BE_EMPTY[key]}" for key, value in values.items() if not value]


Odd = tuple[Key, str, str]  # where, what was found, and what would be right


def _offers(clinic: Clinic) -> Iterator[Odd]:
    """A treatment that a text or a device speaks of, and that the clinic says it does not offer."""
    texts: list[tuple[Key, str]] = [((key,), getattr(clinic, key)) for key in TEXTS]
    texts += [(("devices", place, "name"), device.name) for place, device in enumerate(clinic.devices)]
    for treatment, (name, words) in RELATED.items():
        if not getattr(clinic.offers, treatment):
            for key, text in texts:
                sentence = next((each for each in SENTENCE.split(text) if words.search(each) and not DENIED.search(each)), None)
                if sentence:
                    yield key, f"{quoted(sentence)}, and offers.{treatment} is false", f"write true under offers.{treatment} if you offer {name}, or take it out here"


def _phones(clinic: Clinic) -> Iterator[Odd]:
    after = clinic.phones.after_hours.number
    if after and after.e164 == clinic.phones.main.e164:
        yield ("phones", "after_hours", "number"), "the number of phones.main", "give a number that is answered when you are closed, or say under text what to do then"


def _hours(clinic: Clinic) -> Iterator[Odd]:
    if not any(clinic.opening_hours.spans(day) for day in DAYS):
        yield ("opening_hours",), "every day closed", "give the hours of the days on which you are open"


def _people(clinic: Clinic) -> Iterator[Odd]:
    yield from _twice("practitioners", [person.name for person in clinic.practitioners], ("name",), "write each person once")
    numbers = [f"{person.registration.body} {person.registration.number}" for person in clinic.practitioners]
    yield from _twice("practitioners", numbers, ("registration", "number"), "give each person's own number")
    yield from _twice("devices", [device.name for device in clinic.devices], ("name",), "write each device once")


def _twice(group: str, values: Iterable[str], below: Key, better: str) -> Iterator[Odd]:
    values = [" ".join(value.casefold().split()) for value in values]
    again = {value for value, count in Counter(values).items() if count > 1}
    for place, value in enumerate(values):
        if value in again and values.index(value) != place:
            yield (group, place, *below), f"the same as in entry {values.index(value) + 1}", better


def _places(clinic: Clinic) -> Iterator[Odd]:
    if not fits(clinic.time_zone, clinic.country):
        yield ("time_zone",), f"{quoted(clinic.time_zone)}, which is not in the country {quoted(clinic.country)}", "correct the one or the other"
    if urlsplit(clinic.website).hostname == urlsplit(clinic.site.address).hostname and clinic.site.base_path == "/":
        yield ("site", "address"), "the address of your own website, with no folder", "give the guide a folder under base_path, such as /needling/, or an address of its own: here it would take your website's place"


def _reading(guide: Guide, day: date) -> Iterator[Odd]:
    """The clinician's reading: in the future, older than the guide, or older than it may be."""
    reviewer = guide.clinic.named_reviewer
    read_on = reviewer.reviewed_on if reviewer else None
    if read_on is None:
        return
    key: Key = ("reviewer", "reviewed_on")
    if read_on > day:
        yield key, f"{read_on}, which is still to come", "write the day on which the reading was finished"
    elif read_on + GOOD_FOR < day:
        yield key, f"{read_on}, which is past due by {_days(day - read_on - GOOD_FOR)}", "let your clinician read the whole guide again, and write that day"
    elif read_on < changed_on(guide):
        yield key, f"{read_on}, and the guide has changed since, on {guide.version}", "let your clinician read what is new (see the page What changed), and write that day"


def changed_on(guide: Guide) -> date:
    """The day of the guide's newest change."""
    day, month, year = guide.version.split()
    names = list(guide.words["months"].values())
    return date(int(year), names.index(month) + 1, int(day))


def _days(length: timedelta) -> str:
    return "1 day" if length.days == 1 else f"{length.days} days"
