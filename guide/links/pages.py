"""The pages of the link kit: the list of topics, one page for each, and its sheets to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from guide.links.kit import JSON, LINKS, SIZES, Subject, has_poster
from guide.links.model import Text, Topic
from guide.links.septets import GSM, MOST, room
from guide.project import Guide, shown_as_typed
from guide.publish.brand import logo_path
from guide.publish.permanent import FAVICON, way
from guide.publish.shell import site_name

# Up to how many letters each text of a sheet stands in large letters, and up to how many in those of the middle.
QUESTION, ADDRESS, NAME = (30, 52), (42, 90), (36, 90)
LONGEST_NAME_ON_CARD = 48


def frame(guide: Guide, address: str, title: str) -> dict[str, object]:
    """What the frame of such a page prints.

    address  the page's, seen from the guide's first folder
    """
    return {
        "site_name": site_name(guide),
        "clinic": guide.clinic.name,
        "example": bool(guide.clinic.example_values()),
        "root": "../" * address.count("/"),
        "icon": FAVICON,
        "logo": logo_path(guide.clinic) or FAVICON,
        "home": way(address, ""),
        "canonical": guide.clinic.site_url + address,
        "title": title,
    }


def list_page(guide: Guide, subjects: Sequence[Subject]) -> Markup:
    """The first page of the kit.

    subjects  the guide as a whole, then each topic
    """
    whole, *topics = ({"name": subject.name, "to": way(LINKS, subject.place)} for subject in subjects)
    topics.sort(key=lambda topic: topic["name"].casefold())
    return guide.draw("link-list", **frame(guide, LINKS, guide.words["links"]["title"]), whole=whole, topics=topics, data=f"../{JSON}")


def topic_page(guide: Guide, subject: Subject, topic: Topic) -> Markup:
    """The page with all that leads to one topic.

    topic  the same as links.json has it
    """
    words = guide.words["links"]
    return guide.draw(
        "link-kit",
        **frame(guide, subject.place, subject.name),
        topic=topic,
        typed=subject.typed,
        messages=list(_messages(guide, topic)),
        letters=room(guide.clinic.name).alphabet != GSM,
        body=in_lines(topic.email.body),
        card=Markup(topic.html),
        html=in_lines(topic.html),
        code_alt=words["code_alt"].format(address=subject.typed),
        code_note=words["code_note"].format(size=topic.qr.modules + 2 * topic.qr.quiet_zone),
        posters=[{"name": size_name(guide, size), "to": way(subject.place, poster_place(subject, size))} for size in SIZES if has_poster(subject, size)],
        back=way(subject.place, LINKS),
    )


def _messages(guide: Guide, topic: Topic) -> Iterable[dict[str, object]]:
    for message in guide.library.messages.messages:
        text = topic.texts[message.id]
        yield {"id": message.id, "name": message.name, "when": message.when, "text": text, **(_told_of(guide, text) if text else {})}


def _told_of(guide: Guide, text: Text) -> dict[str, str]:
    """What is said below a text message: its room, and what was left out of it."""
    words = guide.words["links"]
    left = {"": "", "clinic": words["left_clinic"], "topic": words["left_topic"], "clinic topic": words["left_both"]}
    return {"size": words["text_size"].format(units=text.units, most=MOST[text.alphabet], alphabet=text.alphabet), "left_out": left[" ".join(text.left_out)]}


def in_lines(text: str) -> Markup:
    """A text that keeps its line ends and empty lines in a template, where a component drops those."""
    return Markup(str(shown_as_typed(text)).replace("\n", "&#10;"))


def poster_place(subject: Subject, size: str) -> str:
    """The address of a sheet to print, seen from the guide's first folder."""
    return f"{subject.place}{size}/"


def size_name(guide: Guide, size: str) -> str:
    """What a size of paper is called."""
    return guide.words["links"]["card_size" if size == "card" else size]


def poster_page(guide: Guide, subject: Subject, size: str) -> Markup:
    """A sheet to print.

    size  one of SIZES
    """
    words, clinic, place = guide.words["links"], guide.clinic, poster_place(subject, size)
    return guide.draw(
        "link-poster",
        **{**frame(guide, place, words["poster_title"].format(topic=subject.name, size=size_name(guide, size))), "example": False},
        examples=bool(clinic.example_values()),
        subject=subject,
        size=size,
        how=words["how_to_print_card"] if size == "card" else words["how_to_print"].format(size=size_name(guide, size)),
        scan=words["type" if size == "card" else "scan"],
        question_length=length(subject.told.question, QUESTION),
        address_length=length(subject.typed, ADDRESS),
        name_length=length(clinic.name, NAME),
        clinic_shown=size != "card" or len(clinic.name) <= LONGEST_NAME_ON_CARD,
        phone=" ".join(clinic.phones.main.display.split()),
        emergency=guide.country.emergency.number if subject.urgent else "",
        code_alt=words["code_alt"].format(address=subject.typed),
        back=way(place, subject.place),
    )


def length(text: str, limits: tuple[int, int]) -> str:
    """How long a text is, as its class on a sheet says it.

    limits  up to how many letters it is short, and up to how many of the middle
    """
    short, medium = limits
    return "short" if len(text) <= short else "medium" if len(text) <= medium else "long"
