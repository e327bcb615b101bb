"""The questions of the clinic file, in the order in which a receptionist is asked, and what comes of their answers.

Which questions there are follows from the answers so far: so going back, and going on another day, need no more than those.
A key of the file that has no question of its own here is asked for by the words that describe it in guide/clinic.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guide.adopt import kinds
from guide.adopt.kinds import Kind
from guide.clinic import DAYS, clinic_schema, steps_to_set
from guide.entries import CareStep
from guide.library import Library
from guide.zones import usual_zone

Answers = Mapping[str, Any]  # key of a question → its answer; None where it was skipped

PARTS = ("Who you are", "How patients reach you", "Who treats, and with what", "Your own rules", "The website")
LATER_PARTS = {"opening_hours": 1, "phones": 1, "practitioners": 2, "devices": 2, "offers": 2, "protocol": 3, "reviewer": 3}  # of keys with no question of their own
ANOTHER = "another"  # after each entry of a list: whether one more follows
KEEP_OURS = "protocol.keep"  # whether the guide's own times stand
NO_KEYS = (f".{ANOTHER}", KEEP_OURS)  # answers that steer the questions and stand in no file
GROUPS = {"protocol", "reviewer"}  # keys with keys below them that may all be left out
REPLACED = {"after_hours", "protocol"}  # groups in which an answer takes the place of the whole example
PLACE = "site"  # the guide's whole address, which the file holds in two keys
PLACE_KEYS = (f"{PLACE}.address", f"{PLACE}.base_path")
ENGLISH_SPOKEN = {"US", "CA", "UK", "GB", "IE", "AU", "NZ"}
# What people are shown as an example, by country where it differs. Telephone numbers are those that nobody has.
SHOWN = {
    "US": {"town": "Springfield", "region": "IL", "postcode": "62704", "phone": "(202) 555-0142", "registration": "Illinois Nursing Board", "price": "One session is $300.", "zone": "Eastern, Central, Mountain or Pacific, or a large city near you"},
    "UK": {"town": "Leeds", "region": "West Yorkshire", "postcode": "LS1 1AA", "phone": "0113 496 0123", "registration": "NMC, GMC or GDC", "price": "One session is £200.", "zone": "London"},
    "IE": {"town": "Cork", "region": "Co. Cork", "postcode": "T12 X123", "phone": "020 910 1234", "registration": "NMBI or the Medical Council", "price": "One session is €220.", "zone": "Dublin"},
    "AU": {"town": "Perth", "region": "WA", "postcode": "6000", "phone": "(02) 5550 1234", "registration": "Ahpra", "price": "One session is $350.", "zone": "Sydney, Perth, or another large city near you"},
}  # fmt: skip
ELSEWHERE = {"town": "Lyon", "region": "the state, province or county", "postcode": "69001", "phone": "as you print it, with the area code", "registration": "the body that keeps your register", "price": "One session is 200 euros.", "zone": "a large city near you, such as Toronto or Paris"}
# Of keys without a question of their own, those whose description says too little to somebody who is asked.
PLAINER: Mapping[str, Mapping[str, Any]] = {
    "site.framed_by": {
        "label": "Shown inside",
        "ask": "Does a website show the guide inside a page of its own? Give its address.",
        "help": "Ask whoever looks after your website. No other website can show it so, and nobody passes it off as theirs. Skip this where there is none.",
        "example": "https://www.your-clinic.com",
        "kind": kinds.LINKS,
    },
}


@dataclass(frozen=True)
class Question:
    """One question.

    key       the key of the file that it fills, or the group of keys below it; dotted, entries of a list counted from 1
    part      the part that it belongs to, as a place in PARTS
    label     what it is, in a word or two, for the list of answers
    ask       the question
    help      what helps to answer it
    example   an answer that would do; empty where the question says it
    kind      how the answer is read
    free      whether it may be skipped
    default   the answer where only Enter is pressed; None where there is none
    """

    key: str
    part: int
    label: str
    ask: str
    help: str = ""
    example: str = ""
    kind: Kind = kinds.LINE
    free: bool = False
    default: Any = None


class Questionnaire:
    """The questions of the clinic file.

    library  the data files: countries, and the times that a clinic may set
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        schema = clinic_schema(library)
        self._keys = list(_leaves(schema, schema, ""))

    def plan(self, answers: Answers) -> list[Question]:
        """Every question that these answers lead to, in order."""
        asked = [*_who(answers, self.library), *_reach(answers), *_treating(answers), *_rules(answers, self.library), *_website()]
        return sorted([*asked, *self._others({question.key for question in asked})], key=lambda question: question.part)

    def _others(self, asked: set[str]) -> Iterator[Question]:
        """A question for each key that none of ours fills."""
        for key, part, free in self._keys:
            above = key.rpartition(".")[0]
            if not {key, above} - {PLACE} & asked and key.partition(".")[0] not in GROUPS and key not in PLACE_KEYS:
                words = str(part.get("description") or key.replace("_", " ").replace(".", ", "))
                label = key.rpartition(".")[2].replace("_", " ").capitalize()
                where = LATER_PARTS.get(key.partition(".")[0], len(PARTS) - 1)
                said = PLAINER.get(key, {"label": label, "ask": f"{words[:1].upper()}{words[1:]}", "kind": _kind_of(part)})
                yield Question(key, where, **said, free=free, default=part.get("default") or None)


def country_of(answers: Answers) -> str:
    """The clinic's country; empty as long as it is not known."""
    return answers.get("country") or ""


def _shown(answers: Answers) -> Mapping[str, str]:
    code = country_of(answers)
    return SHOWN.get("UK" if code == "GB" else code, ELSEWHERE)


def _who(answers: Answers, library: Library) -> Iterator[Question]:
    shown, code = _shown(answers), country_of(answers)
    yield Question("name", 0, "Name", "What is your clinic called?", "The name by which patients know you.", "Mill Lane Skin Clinic")
    yield Question("legal_name", 0, "Registered name", "What is the registered name of the business?", "As it stands on your bills. Often the same, with Ltd or LLC.", "Mill Lane Skin Clinic Ltd", default=answers.get("name"))
    yield Question("country", 0, "Country", "In which country is the clinic?", "It settles the emergency number, the advice line and where patients report problems. In the European Union, name the country itself.", "US, UK, Ireland, Canada, Australia, New Zealand, France", kinds.country(library.country_codes()))
    yield Question("address.lines", 0, "Address", "Where do patients come to? Building, street and number, without the town.", "As on an envelope, one line at a time, five at most.", "First floor, then 12 Mill Lane", kinds.LINES)
    yield Question("address.town", 0, "Town", "Which town or city?", "", shown["town"])
    yield Question("address.region", 0, "Region", "Which state, province or county, if your address has one?", "As people write it on an envelope.", shown["region"], free=True)
    yield Question("address.postcode", 0, "Postcode", "What is the postcode or ZIP code?", "", shown["postcode"], free=True)
    yield Question("time_zone", 0, "Time zone", "In which time zone are your opening hours?", "A large city in the same zone will do.", shown["zone"], kinds.ZONE, default=usual_zone(code) if code else None)
    yield Question("languages", 0, "Languages", "In which languages can patients talk with you?", "One to a line, or with commas between.", "English, Spanish", kinds.LIST, default=["English"] if code in ENGLISH_SPOKEN else None)


def _reach(answers: Answers) -> Iterator[Question]:
    phone = _shown(answers)["phone"]
    yield Question("phones.main.number", 1, "Phone", "Which number do patients ring when you are open?", "As people write it where you are, with the area code. No extension.", phone)
    yield Question("phones.main.label", 1, "Name of that line", "What is that line called?", "Patients see it beside the number.", "Front desk", free=True)
    yield Question("phones.after_hours", 1, "When you are closed", "What do patients do when you are closed?", "Give a number that is answered then, or say in a sentence what to do. Not the emergency number: the guide adds that.", "Leave a message. We ring back by ten the next morning.", kinds.AFTER_HOURS)
    yield Question("email", 1, "E-mail", "To which e-mail address may patients write?", "One address.", "hello@your-clinic.com")
    yield Question("website", 1, "Website", "What is the address of your own website?", "As your browser shows it.", "https://www.your-clinic.com/", kinds.URL)
    yield Question("booking_link", 1, "Booking page", "Is there a page where patients book? Give its address.", "", "https://www.your-clinic.com/book", kinds.URL, free=True)
    before = None
    for day in DAYS:
        name = day.capitalize()
        weekend = day in DAYS[5:]
        example = "9:00-17:30, or 9-12 and 13-17 with a lunch break, or closed" if day == DAYS[0] else ""
        yield Question(f"opening_hours.{day}", 1, name, f"When are you open on {name}?", "Times on the 24-hour clock, or with am and pm. Write closed for a day on which you are closed.", example, kinds.DAY, default="closed" if weekend else before)
        before = answers.get(f"opening_hours.{day}") or before
    yield Question("opening_hours.note", 1, "Note on the hours", "Is there something that the days alone do not say?", "", "Closed on public holidays.", free=True)


def _treating(answers: Answers) -> Iterator[Question]:
    yield from _entries(answers, "practitioners", "another person who gives the treatment", _person)
    yield from _entries(answers, "devices", "another device that you treat with", _device)
    yield Question("offers.rf", 2, "RF needling", "Do you offer radiofrequency (RF) needling?", "Needling with heat. Pages speak of it only where you offer it.", "", kinds.YES_NO, default=False)
    yield Question("offers.prp", 2, "PRP", "Do you offer platelet-rich plasma (PRP) with needling?", "It is made from the patient's own blood. Pages speak of it only where you offer it.", "", kinds.YES_NO, default=False)


def _entries(answers: Answers, group: str, another: str, asked: Callable[[Answers, str, int], Iterator[Question]]) -> Iterator[Question]:
    place, more = 0, True
    while more:
        place += 1
        yield from asked(answers, f"{group}.{place}", place)
        key = f"{group}.{place}.{ANOTHER}"
        yield Question(key, 2, "One more", f"Is there {another}?", "", "", kinds.YES_NO, default=False)
        more = answers.get(key) is True


def _person(answers: Answers, key: str, place: int) -> Iterator[Question]:
    name = answers.get(f"{key}.name") or "this person"
    first = "the first person who gives" if place == 1 else "the next person who gives"
    yield Question(f"{key}.name", 2, "Person", f"What is the full name of {first} the treatment?", "As the register has it.", "Ann Miller")
    yield Question(f"{key}.role", 2, "Role", f"What is the role of {name} at your clinic?", "", "Registered nurse")
    yield Question(f"{key}.qualification", 2, "Qualification", f"What is the qualification of {name}?", "", "BSc Nursing")
    yield Question(f"{key}.registration.body", 2, "Register", f"Who keeps the register, or gives the licence, in which {name} stands?", "Patients look this up.", _shown(answers)["registration"], default=answers.get(f"practitioners.{place - 1}.registration.body"))
    yield Question(f"{key}.registration.number", 2, "Number there", f"What is the number of {name} there?", "", "12A3456B")


def _device(answers: Answers, key: str, place: int) -> Iterator[Question]:
    name = answers.get(f"{key}.name") or "this device"
    yield Question(f"{key}.name", 2, "Device", "What is the name of the device?" if place == 1 else "What is the name of the next device?", "As it stands on the device.", "SkinPen Precision")
    yield Question(f"{key}.maker", 2, "Maker", f"Who makes {name}?", "", "Bellus Medical")
    yield Question(f"{key}.licence", 2, "Licence", f"What is the clearance or licence number of {name} in your country?", "As on the maker's papers: the FDA clearance, or the number of the certificate or of the entry in the register of devices.", "FDA DEN160029")


def _rules(answers: Answers, library: Library) -> Iterator[Question]:
    yield Question(KEEP_OURS, 3, "The guide's own times", "Do you keep all of the guide's own careful times, before and after treatment?", "Answer no to go through them one by one and give your own where they differ. The page then says that they are yours.", "", kinds.YES_NO, default=True)
    if answers.get(KEEP_OURS) is False:
        yield from map(_step, steps_to_set(library).values())
    yield Question("price", 3, "Price", "What does the treatment cost, and what is included?", "One price or fact to a line. Patients read them one after the other.", _shown(answers)["price"], kinds.TEXT)
    yield Question("complaints", 3, "Complaints", "How does a patient complain?", "Whom to tell, how, and where to go next if you do not settle it. One sentence to a line.", "Tell the practice manager in person, by phone or by e-mail.", kinds.TEXT)
    yield Question("reviewer.name", 3, "Clinician who read it", "Has a clinician read the whole guide for your clinic? Give the full name.", "Skip this until there is one: pages then say that no clinician has checked them.", "Dr Sam Reed", free=True)
    if answers.get("reviewer.name"):
        yield Question("reviewer.role", 3, "Role", "What is the profession and qualification of that clinician?", "", "Consultant dermatologist")
        yield Question("reviewer.reviewed_on", 3, "Read on", "On which day did they finish reading?", "", "2026-01-31", kinds.DATE)


def _step(step: CareStep) -> Question:
    ours = f"We say {step.time}." if step.time else "We give no time: the page tells people to ask you."
    limits = [f"No shorter than {step.least}."] if step.least else []
    limits += [f"No longer than {step.most}."] if step.most else []
    wait = {"before": " before treatment", "after": " after treatment"}.get(step.id.rpartition("-")[2], "")
    return Question(f"protocol.{step.id}", 3, step.name, f"{step.name}: what is your own time{wait}?", " ".join([ours, *limits]), step.time or "7 days", kinds.LENGTH, free=True)


def _website() -> Iterator[Question]:
    yield Question(PLACE, 4, "Address of the guide", "At which web address will this guide stand?", "Ask whoever looks after your website, or write later. It is not your website's own first page.", "https://www.your-clinic.com/needling/, or https://guide.your-clinic.com", kinds.PLACE)
    yield Question("brand.colour", 4, "Colour", "Which colour do links and buttons have?", "Six digits and letters a to f, as your designer writes them. It must be readable on white.", "#0b5d57, a deep green", kinds.COLOUR_KIND, default="#0b5d57")
    yield Question("brand.logo", 4, "Logo", "Do you have a logo? Put it beside the clinic file and give its name.", "An svg, png or webp picture under 200 kB.", "logo.svg", free=True)


def _leaves(schema: Mapping[str, Any], part: Mapping[str, Any], above: str) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """Every key that holds a value and not keys, with its schema, and whether it may be left out. Lists of groups are passed over: they have questions of their own."""
    for name, raw in part.get("properties", {}).items():
        below = _resolved(schema, raw)
        key = f"{above}.{name}" if above else name
        if "properties" in below:
            yield from _leaves(schema, below, key)
        elif "properties" not in _resolved(schema, below.get("items", {})):
            yield key, {**below, **{word: raw[word] for word in ("description", "default") if word in raw}}, name not in part.get("required", [])


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part itself where it only names another, or the first that says something where several may fit."""
    while "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    several = [_resolved(schema, one) for one in part.get("anyOf", part.get("oneOf", []))]
    return next((one for one in several if one.get("type") != "null"), part)


def _kind_of(part: Mapping[str, Any]) -> Kind:
    return {"boolean": kinds.YES_NO, "array": kinds.LIST}.get(part.get("type", ""), kinds.LINE)


# --- Answers and the file -----------------------------------------------------------------------------------------


def as_data(answers: Answers) -> dict[str, Any]:
    """The answers in the form of the clinic file."""
    data: dict[str, Any] = {}
    for key, value in answers.items():
        if key == PLACE:
            data.setdefault(PLACE, {}).update(kinds.host_and_folder(value) if value else {})
        elif not key.endswith(NO_KEYS) and not (key.startswith("protocol.") and (answers.get(KEEP_OURS) is not False or value is None)):
            _put(data, key.split("."), value)
    if KEEP_OURS in answers:
        data.setdefault("protocol", {})
    return data


def _put(data: Any, path: list[str], value: Any) -> None:
    """Put a value at a place, and make what is missing on the way to it."""
    here, *below = path
    if isinstance(data, list):
        place = int(here) - 1
        data += [{} for _ in range(place + 1 - len(data))]
        _put(data[place], below, value)
    elif below:
        _put(data.setdefault(here, [] if below[0].isdigit() else {}), below, value)
    else:
        data[here] = value


def over(example: Any, data: Any) -> Any:
    """The data, and below it the example where nothing was answered yet."""
    if isinstance(data, dict) and isinstance(example, dict):
        return {**example, **{key: value if key in REPLACED else over(example.get(key), value) for key, value in data.items()}}
    if isinstance(data, list) and isinstance(example, list) and example:
        return [over(example[0], entry) for entry in data]
    return data


def as_answers(data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a clinic file gives, as far as it has the form of one."""
    answers: dict[str, Any] = {}
    for key, value in data.items():
        if value is not None or key not in GROUPS:
            _take(answers, key, value)
    place = data.get(PLACE)
    if isinstance(place, dict) and isinstance(place.get("address"), str):
        answers[PLACE] = f"{place['address'].rstrip('/')}{place.get('base_path') or '/'}"
        answers = {key: value for key, value in answers.items() if key not in PLACE_KEYS}
    answers[KEEP_OURS] = not any(key.startswith("protocol.") for key in answers)
    return answers


def _take(answers: dict[str, Any], key: str, value: Any) -> None:
    if key == "phones.after_hours" or not isinstance(value, (dict, list)):
        answers[key] = value.isoformat() if hasattr(value, "isoformat") else value
    elif isinstance(value, dict):
        for name, below in value.items():
            _take(answers, f"{key}.{name}", below)
    elif value and all(isinstance(entry, dict) for entry in value) and not key.startswith("opening_hours."):
        for place, entry in enumerate(value, 1):
            _take(answers, f"{key}.{place}", entry)
            answers[f"{key}.{place}.{ANOTHER}"] = place < len(value)
    else:
        answers[key] = value or None
