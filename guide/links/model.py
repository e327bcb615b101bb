"""The model of links.json: what booking systems read. CONTRIBUTING.md tells it in words, data/links.schema.json as a JSON Schema."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from guide.links.messages import MOMENTS
from guide.models import Facts

SCHEMA = "links.schema.json"
MODEL = 1  # goes up where something here is renamed, taken out or means something else; what is only new leaves it as it is
Address = Annotated[str, StringConstraints(pattern="^https://")]
Filled = Annotated[str, StringConstraints(min_length=1)]


class Text(Facts):
    """A text message that fits into one."""

    text: Filled
    characters: Annotated[int, Field(ge=1, le=160)]
    alphabet: Literal["GSM-7", "UCS-2"] = Field(description="GSM-7: up to 160 units of 7 bits; UCS-2: up to 70 units of 16 bits")
    units: Annotated[int, Field(ge=1, le=160)] = Field(description="the room that it takes; in GSM-7 these are septets, and a sign such as € or ~ takes two")
    left_out: list[Literal["clinic", "topic"]] = Field(description="the names for which there was no room, or which hold letters outside the GSM alphabet")


class Mail(Facts):
    """An e-mail in plain text."""

    subject: Filled
    body: Filled


class Code(Facts):
    """The QR code of the link."""

    svg: Address
    png: Address
    modules: Annotated[int, Field(ge=21, le=177)] = Field(description="on each side, without the quiet zone")
    quiet_zone: Literal[4] = Field(4, description="modules of white on each side, in both pictures")
    millimetres: Annotated[float, Field(ge=20)] = Field(description="on each side as the pictures are made, without the quiet zone; print it no smaller than 20")


class Posters(Facts):
    """Pages to print, each on one sheet of its size; null where the address has no room on it."""

    a4: Address
    a5: Address
    letter: Address
    card: Address | None = Field(description="85 by 55 millimetres")


class Topic(Facts):
    """All that leads to one topic."""

    slug: Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="permanent name")
    name: Filled
    question: Filled
    answer: Filled = Field(description="one sentence")
    urgent: bool = Field(description="the emergency number stands in each of its messages")
    link: Address = Field(description="permanent: it leads to the answer, wherever that moves")
    page: Address = Field(description="where the answer stands now")
    kit: Address = Field(description="the page with all of this for people")
    texts: dict[Literal[MOMENTS], Text | None] = Field(description="by moment; null where the clinic's address leaves no room for any form")
    email: Mail
    html: Filled = Field(description="a card for a web page: valid by itself, with no script, style or frame, every value escaped")
    qr: Code
    posters: Posters


class Moment(Facts):
    """When a text message is sent."""

    id: Literal[MOMENTS]
    name: Filled
    when: Filled


class Of(Facts):
    """Whose links these are."""

    name: Filled
    phone: Filled
    phone_to_dial: Annotated[str, StringConstraints(pattern=r"^\+\d+$")]
    emergency: Filled = Field(description="the emergency number of the clinic's country")


class GuideFacts(Facts):
    """Which guide these links lead to."""

    name: Filled
    address: Address
    version: Filled = Field(description="the day of its newest change, as people write it")
    language: Filled


class Links(Facts):
    """All of links.json."""

    model: Literal[MODEL] = Field(description="the version of this model")
    example: bool = Field(description="whether a value of the clinic is still an invented example: then send and print none of this")
    clinic: Of
    guide: GuideFacts
    moments: list[Moment]
    whole: Topic = Field(description="the guide as a whole")
    topics: list[Topic]


def links_schema() -> dict[str, Any]:
    """The JSON Schema of links.json."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Links.model_json_schema(mode="serialization")}


def schema_text() -> str:
    """The schema as data/links.schema.json holds it."""
    return json.dumps(links_schema(), indent=2, ensure_ascii=False) + "\n"
