"""The messages of one topic: the forms of data/messages.yml, filled with a clinic's values and cut to fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from guide.links.messages import Email, blanks
from guide.links.model import Mail, Text
from guide.links.septets import room

MAY_GO = ("clinic", "topic")  # never the link, nor whom to call
ODD_SPACE, ODD_HYPHEN = re.compile(r"\s+"), re.compile("[\u2010-\u2013]")


def shortened(forms: Iterable[str], values: Mapping[str, str]) -> Text | None:
    """The first form that one message holds; None where even the shortest is too long.

    forms   of one message, as data/messages.yml has them
    values  what stands for each blank
    """
    for form in forms:
        text = form.format_map(values)
        taken = room(text)
        if taken.fits:
            return Text(text=text, characters=len(text), alphabet=taken.alphabet, units=taken.units, left_out=[name for name in MAY_GO if name not in blanks(form)])
    return None


def mail(email: Email, values: Mapping[str, str]) -> Mail:
    """The e-mail, its paragraphs with an empty line between them."""
    return Mail(subject=email.subject.format_map(values), body="\n\n".join(paragraph.format_map(values) for paragraph in email.paragraphs))


def dialled(phone: str) -> str:
    """A telephone number with plain spaces and hyphens alone: with others a message would hold 70 characters only."""
    return ODD_HYPHEN.sub("-", ODD_SPACE.sub(" ", phone))
