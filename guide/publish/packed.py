"""Lists of words in few bytes: each word once, then a short code wherever it stands. docs/assets/js/search-packed.js reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

# Signs that JSON leaves as they are, without the space and the stroke that part what is packed.
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;<=>?@[]^_`{}~'"
SHORT = 24  # how many words have a code of one sign: the most used ones
LONG = 81  # from which first sign on a code has three signs, below it two


def codes(texts: Iterable[str]) -> dict[str, str]:
    """A code for each word, the shortest for the words that are used most.

    texts  words parted by spaces and strokes
    """
    used = Counter(word for text in texts for word in text.replace("|", " ").split())
    often = sorted(used, key=lambda word: (-used[word], word))[:SHORT]
    others = sorted(set(used) - set(often))
    return {word: _code(place) for place, word in enumerate([*often, *others])}


def _code(place: int) -> str:
    size = len(SIGNS)
    if place < SHORT:
        return SIGNS[place]
    place -= SHORT
    twos = (LONG - SHORT) * size
    if place < twos:
        return SIGNS[SHORT + place // size] + SIGNS[place % size]
    place -= twos
    return SIGNS[LONG + place // size**2] + SIGNS[place // size % size] + SIGNS[place % size]


def packed(text: str, codes: Mapping[str, str]) -> str:
    """A text of words as their codes; the strokes between phrases stay.

    text  phrases parted by strokes, their words by spaces
    """
    return "|".join("".join(codes[word] for word in phrase.split()) for phrase in text.split("|"))


def packed_words(codes: Iterable[str]) -> str:
    """The words in the order of their codes, each with the number of letters that it shares with the one before, in base 36.

    codes  the words, as `codes` orders them
    """
    lines, before = [], ""
    for word in codes:
        shared = next((place for place, (one, other) in enumerate(zip(word, before, strict=False)) if one != other), min(len(word), len(before)))
        shared = min(shared, 35)
        lines.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + word[shared:])
        before = word
    return " ".join(lines)
