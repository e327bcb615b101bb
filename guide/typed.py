"""How the search cuts up what people type and what we write: docs/assets/js/search-words.js does the same to a query."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = re.compile(r"['’‘`´]")
# A number with its decimals; a letter with a single number, such as A4; else letters alone: spf50 is spf and 50.
WORD = re.compile(r"[^\W\d_][0-9](?![^\W_])|[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+")

# Words that tell nothing apart, unless they belong to a phrase of data/synonyms.yml, such as "do it myself".
LITTLE = frozenset(
    """
    a an the and or but of to in on at for from with by as is are was were be been being am do does did doing done have has had having i im ive id
    me my mine myself we us our you your youre yours he she him her his they them their it its this that these those there here so very just really
    can could should would will shall may might must cannot what whats which how hows if then than some any get gets got getting go goes going want
    wants need needs know tell please ok okay alright thing things also about into too ever like u r ur pls
    """.split()
)

# "How often" and "how much" ask two things that neither word asks by itself.
HOW = ("long", "often", "many", "much", "soon", "old", "deep", "far", "big", "bad", "fast")
# Who asks so does not say that it is happening: no card of warning for a single word then.
CALM = (
    "how long", "how many", "how common", "how often", "will it", "will i", "will there", "does it", "is it normal", "common", "normal", "risk", "risks", "chance",
    "last year", "years ago", "in the past", "history of", "allergic to", "prevent", "avoid", "before", "have had", "used to", "is there", "can it",
)


def typed_words(text: str) -> list[str]:
    """The words of a text in lower case, without accents and apostrophes, in their order."""
    plain = unicodedata.normalize("NFD", APOSTROPHES.sub("", text.lower()))
    return WORD.findall("".join(" " if _other_number(sign) else sign for sign in plain if not unicodedata.category(sign).startswith("M")))


def _other_number(sign: str) -> bool:
    """Whether it is a number but none of 0 to 9, such as ½: Python takes it for a letter."""
    return unicodedata.category(sign).startswith("N") and not sign.isascii()
