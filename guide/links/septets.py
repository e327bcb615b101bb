"""How much room a text message has: 160 signs of the GSM alphabet, or 70 of any other.

Source of the alphabet and of the lengths: 3GPP TS 23.038, 6.2.1 (default alphabet and its extension table), and TS 23.040, 9.2.3.16.
"""

from __future__ import annotations

import string
from dataclasses import dataclass

ONE = frozenset("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà" + string.ascii_letters + string.digits)
TWO = frozenset("^{}\\[~]|€")  # an escape stands before each
GSM, UNICODE = "GSM-7", "UCS-2"
MOST = {GSM: 160, UNICODE: 70}  # in one message


@dataclass(frozen=True)
class Room:
    """The room that a text takes in a message.

    alphabet  `GSM-7`, or `UCS-2` where one sign stands outside of it
    units     signs of 7 bits in the first, an extended one counting as two; of 16 bits in the second
    """

    alphabet: str
    units: int

    @property
    def fits(self) -> bool:
        """Whether one message holds it."""
        return self.units <= MOST[self.alphabet]


def room(text: str) -> Room:
    """The room that a text takes."""
    if ONE.union(TWO).issuperset(text):
        return Room(GSM, len(text) + sum(sign in TWO for sign in text))
    return Room(UNICODE, len(text.encode("utf-16-be")) // 2)
