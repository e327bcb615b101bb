"""Lists of words in few bytes: each word once, then a code of one sign or two wherever it stands. docs/assets/js/search-packed.js reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

# What JSON leaves as it is, from # on; ! stands for the backslash, which JSON would double. A space parts what is packed.
SIGNS = "".join(map(chr, range(ord("#"), ord("~") + 1))).replace("\\", "!")
MOST = len(SIGNS) ** 2  # words that codes of two signs reach


def codes(words: Iterable[str]) -> dict[str, str]:
    """A code for each word, of one sign for the words that are used most; the others in the order of the alphabet.

    words  every word, as often as it is used

    Errors: ValueError where there are more different words than codes.
    """
    used = Counter(words)
    if len(used) > MOST:
        raise ValueError(f"{len(used)} words in the index of the search, and codes for {MOST}: give guide/publish/packed.py codes of three signs")
    short = short_codes(len(used))
    often = sorted(used, key=lambda word: (-used[word], word))[:short]
    return {word: _code(place, short) for place, word in enumerate([*often, *sorted(set(used) - set(often))])}


def short_codes(count: int) -> int:
    """How many words have a code of one sign: as many as leave signs enough for all others to have two.

    count  how many different words there are
    """
    return (MOST - count) // (len(SIGNS) - 1)


def _code(place: int, short: int) -> str:
    if place < short:
        return SIGNS[place]
    first, second = divmod(place - short, len(SIGNS))
    return SIGNS[short + first] + SIGNS[second]


def packed(phrases: Sequence[Sequence[str]], codes: Mapping[str, str]) -> str:
    """Phrases as the codes of their words: all of one word, a space, all of two, and so on, so that nothing has to part them.

    phrases  each as its words
    """
    longest = max(map(len, phrases), default=0)
    return " ".join("".join(codes[word] for phrase in phrases if len(phrase) == length for word in phrase) for length in range(1, longest + 1))


def packed_words(codes: Iterable[str]) -> str:
    """The words in the order of their codes; a capital before each tells how many letters it shares with the one before: A none, B one.

    codes  the words in lower case, as `codes` orders them
    """
    packed, before = "", ""
    for word in codes:
        shared = next((place for place, (one, other) in enumerate(zip(word, before, strict=False)) if one != other), min(len(word), len(before)))
        shared = min(shared, 25)
        packed += chr(ord("A") + shared) + word[shared:]
        before = word
    return packed
