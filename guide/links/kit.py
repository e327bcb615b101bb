"""The link kit of a clinic, as data: for each topic its link, card, messages, e-mail, QR code and posters.

Decided here, and why:

- A link that others send, print or build in is the short address of a topic: it stays, wherever the answer moves.
- Its host is written in the letters of the domain name system, as a code or a message with other letters is larger and read by fewer.
- A poster prints the address as people type it. On a card there is no room for a long one: then there is no card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import segno

from guide.links.messages import WHOLE
from guide.links.model import MODEL, Code, GuideFacts, Links, Moment, Of, Posters, Text, Topic
from guide.links.texts import dialled, mail, shortened
from guide.moves import place_address
from guide.project import Guide
from guide.publish.permanent import go_address

LINKS = "links/"  # where the kit stands, seen from the guide's first folder
JSON = "links.json"
SIZES = ("a4", "a5", "letter", "card")
LONGEST_ON_CARD = 72  # letters of an address
QUIET = 4  # modules, by ISO/IEC 18004
LEVEL = "m"  # of error correction: a code that can lose 15 in 100; more would make its modules smaller on a card


@dataclass(frozen=True)
class Told:
    """How a page answers a topic.

    question  its heading
    answer    the first sentence below that
    """

    question: str
    answer: str


@dataclass(frozen=True)
class Subject:
    """What a link leads to.

    slug    a topic's, or WHOLE for the guide as a whole
    link    the whole address to send and print
    typed   the same as people type it
    page    the whole address of the answer
    urgent  whether the emergency number stays in whatever leads there
    """

    slug: str
    name: str
    told: Told
    link: str
    typed: str
    page: str
    urgent: bool

    @property
    def place(self) -> str:
        """The address of its page in the kit, seen from the guide's first folder."""
        return f"{LINKS}{self.slug}/"

    @cached_property
    def code(self) -> segno.QRCode:
        """Its QR code."""
        return segno.make(self.link, error=LEVEL, micro=False, boost_error=False)


def subjects(guide: Guide, told: Mapping[str, Told]) -> Iterator[Subject]:
    """The guide as a whole, then each topic in the order of the data.

    told  how pages answer topics, by slug
    """
    words, messages, site = guide.words["links"], guide.library.messages, guide.clinic.site_url
    descriptions = {page.name: page.facts.description for page in guide.pages}
    whole = Told(words["whole_question"], descriptions["index.md"])
    yield Subject(WHOLE, guide.words["shell"]["guide_name"], whole, in_plain_letters(site), as_typed(site), in_plain_letters(site), urgent=False)
    for topic in guide.library.topics.values():
        short = site + go_address(topic.slug)
        own = told[topic.slug]
        answer = descriptions[topic.page] if topic.slug in messages.described else own.answer
        page = in_plain_letters(site + place_address(f"{topic.page}#{topic.heading}"))
        yield Subject(topic.slug, topic.name, Told(own.question, answer), in_plain_letters(short), as_typed(short), page, topic.slug in messages.urgent)


def in_plain_letters(address: str) -> str:
    """An address with its host as the domain name system has it, where that means the same host; otherwise as it is."""
    host = urlsplit(address).hostname or ""
    try:
        plain = host.encode("idna").decode("ascii")
        same = plain.encode("ascii").decode("idna") == host
    except UnicodeError:
        return address
    return address.replace(urlsplit(address).netloc, urlsplit(address).netloc.lower().replace(host, plain), 1) if same else address


def as_typed(address: str) -> str:
    """An address as people type it: browsers add what comes before and after."""
    return address.removeprefix("https://").removesuffix("/")


def values(guide: Guide, subject: Subject) -> dict[str, str]:
    """What stands for each blank of a message."""
    phones = guide.clinic.phones
    return {
        "clinic": guide.clinic.name,
        "topic": subject.name,
        "question": subject.told.question,
        "link": subject.link,
        "phone": dialled(phones.main.display),
        "after_hours": phones.after_hours.number.display if phones.after_hours.number else phones.after_hours.text or "",
        "emergency": dialled(guide.country.emergency.number),
    }


def texts(guide: Guide, subject: Subject) -> dict[str, Text | None]:
    """The text message for each moment, by the moment's id."""
    filled = values(guide, subject)
    return {message.id: shortened(message.for_urgent if subject.urgent else message.texts, filled) for message in guide.library.messages.messages}


def card(guide: Guide, subject: Subject) -> str:
    """The card for a web page, as HTML."""
    more = guide.words["links"]["card_more"].format(topic=subject.name)
    return str(guide.draw("link-card", subject=subject, clinic=guide.clinic.name, emergency=guide.country.emergency.number, more=more))


def topic(guide: Guide, subject: Subject) -> Topic:
    """All that leads to one topic."""
    address = in_plain_letters(guide.clinic.site_url) + subject.place
    modules = len(subject.code.matrix)
    return Topic(
        slug=subject.slug,
        name=subject.name,
        question=subject.told.question,
        answer=subject.told.answer,
        urgent=subject.urgent,
        link=subject.link,
        page=subject.page,
        kit=address,
        texts=texts(guide, subject),
        email=mail(guide.library.messages.email, values(guide, subject)),
        html=card(guide, subject),
        qr=Code(svg=f"{address}qr.svg", png=f"{address}qr.png", modules=modules, millimetres=float(modules)),
        posters=Posters(**{size: f"{address}{size}/" if has_poster(subject, size) else None for size in SIZES}),
    )


def has_poster(subject: Subject, size: str) -> bool:
    """Whether there is a poster of that size: only a card may have too little room."""
    return size != "card" or len(subject.typed) <= LONGEST_ON_CARD


def links(guide: Guide, subjects: Iterable[Subject]) -> Links:
    """All of links.json.

    subjects  the guide as a whole, then each topic
    """
    whole, *topics = (topic(guide, subject) for subject in subjects)
    main = guide.clinic.phones.main
    return Links(
        model=MODEL,
        example=bool(guide.clinic.example_values()),
        clinic=Of(name=guide.clinic.name, phone=main.display, phone_to_dial=main.e164, emergency=guide.country.emergency.number),
        guide=GuideFacts(name=guide.words["shell"]["guide_name"], address=in_plain_letters(guide.clinic.site_url), version=guide.version, language=guide.words["permanent"]["language"]),
        moments=[Moment(id=message.id, name=message.name, when=message.when) for message in guide.library.messages.messages],
        whole=whole,
        topics=topics,
    )
