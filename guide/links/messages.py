"""The model of data/messages.yml: what a clinic sends with a link, with blanks for what differs from topic to topic and from clinic to clinic."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from guide.faults import Fault, did_you_mean, listed, quoted
from guide.links.septets import GSM, room
from guide.models import Facts, Line, Sentence, Slug, validated
from guide.places import Document, read_document

NAME = "messages.yml"
MOMENTS = ("before", "same-day", "day-1", "day-3", "day-7")
WHOLE = "guide"  # stands for a slug where the guide as a whole is meant
IN_TEXT = {"clinic", "topic", "link", "phone", "emergency"}
IN_EMAIL = IN_TEXT | {"question", "after_hours"}
STAY = {"link", "phone"}


def blanks(text: str) -> set[str]:
    """The names of the blanks in a text.

    Errors: ValueError where its braces are no such blanks.
    """
    try:
        found = [part for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise ValueError("close each brace: a blank is a name in braces, such as {link}") from None
    names = [name for _, name, form, turn in found if name and not form and not turn]
    if len(names) < len(found) or len(set(names)) < len(names):
        raise ValueError("write each blank as a name in braces, such as {link}, and once only")
    return set(names)


def _known(text: str, known: set[str]) -> None:
    for name in sorted(blanks(text) - known):
        raise ValueError(f"the blank {quoted(name)} stands for nothing here: " + did_you_mean(name, sorted(known), f"write {listed(sorted(known))}"))


def _text(text: str) -> str:
    _known(text, IN_TEXT)
    if not blanks(text) >= STAY:
        raise ValueError("keep {link} and {phone} in it, however short it is")
    own = string.Formatter().vformat(text, (), dict.fromkeys(IN_TEXT, ""))
    if room(own).alphabet != GSM:
        odd = next(sign for sign in own if room(sign).alphabet != GSM)
        raise ValueError(f"take {quoted(odd)} out: with it a message holds 70 characters and not 160")
    return text


def _paragraph(text: str) -> str:
    _known(text, IN_EMAIL)
    return text


def _forms(texts: list[str]) -> list[str]:
    if texts and not (blanks(texts[0]) >= {"clinic", "topic"} and not blanks(texts[-1]) & {"clinic", "topic"}):
        raise ValueError("begin with a form that holds {clinic} and {topic}, and end with one that holds neither")
    return texts


Forms = Annotated[list[Annotated[Line, AfterValidator(_text)]], Field(min_length=2), AfterValidator(_forms)]


class Message(Facts):
    """A text message for one moment round the visit."""

    id: Literal[MOMENTS]
    name: Line
    when: Line = Field(description="when a clinic sends it")
    texts: Forms = Field(description="its forms: the first that fits into one message is taken")
    urgent_texts: Forms | None = Field(None, description="its forms for topics that are urgent, where `texts` does not hold the emergency number")

    @model_validator(mode="after")
    def _keeps_the_emergency_number(self) -> Message:
        if not all("emergency" in blanks(text) for text in self.for_urgent):
            raise ValueError("keep {emergency} in each form, or else give urgent_texts, each with it")
        return self

    @property
    def for_urgent(self) -> list[str]:
        """The forms for topics that are urgent."""
        return self.urgent_texts or self.texts


class Email(Facts):
    """An e-mail: plain text, one paragraph after another."""

    subject: Annotated[Line, AfterValidator(_paragraph)]
    paragraphs: Annotated[list[Annotated[Sentence, AfterValidator(_paragraph)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _says_whom_to_call(self) -> Email:
        missing = (STAY | {"emergency"}) - set().union(*map(blanks, self.paragraphs))
        if missing:
            raise ValueError(f"say {listed(f'{{{name}}}' for name in sorted(missing))} in its paragraphs")
        return self


class Messages(Facts):
    """All of data/messages.yml."""

    messages: list[Message]
    email: Email
    urgent: list[Slug] = Field(description="topics whose messages, card and posters always hold the emergency number")
    described: list[Slug] = Field(description="topics whose card says what their page holds, and not its first sentence")


NONE = Messages.model_construct(messages=[], email=None, urgent=[], described=[])


def read_messages(data: Path) -> tuple[Messages, Document | None, list[Fault]]:
    """What data/messages.yml holds, or none of it and what is wrong there.

    data  the folder `data`
    """
    document, faults = read_document(data / NAME, f"data/{NAME}")
    if document is None:
        return NONE, None, faults
    read, found = validated(Messages, document)
    return read or NONE, document, faults + found


def message_faults(messages: Messages, document: Document, topics: Mapping[str, Any]) -> Iterator[Fault]:
    """What no model of the file alone can say: each moment once and in order, topics that exist, and one name that no topic may take.

    topics  those of data/topics.yml, by slug
    """
    found = [message.id for message in messages.messages]
    if found != list(MOMENTS):
        yield Fault(document.name, document.line(("messages",)), "messages", f"the moments {listed(found)}", f"write each of {', '.join(MOMENTS)} once, in this order")
    for field in ("urgent", "described"):
        for place, slug in enumerate(getattr(messages, field)):
            if slug not in topics:
                yield Fault(document.name, document.line((field, place)), f"{field}.{place + 1}", f"the unknown topic {quoted(slug)}", did_you_mean(slug, list(topics), "name a slug of data/topics.yml"))
    if WHOLE in topics:
        yield Fault("data/topics.yml", 0, "", f"the slug {quoted(WHOLE)}, by which links name the guide as a whole", "give the topic another slug")
