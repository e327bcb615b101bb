"""Words explained, on the spot and in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from itertools import groupby
from typing import Any, TypeVar

from markupsafe import Markup

from guide.faults import MacroFault, did_you_mean, quoted
from guide.project import Guide

Entry = TypeVar("Entry")


def term(guide: Guide, word: str, shown: str = "", *, on: MutableMapping[str, Any]) -> Markup:
    """A word that explains itself when it is pressed, without leaving the page and without a script.

    word   id of data/glossary.yml
    shown  other words to show in the sentence; may be left out

    Errors: MacroFault for a word that the glossary does not have.

    Page: The needles reach the {{ term("dermis") }}.
    """
    glossary = guide.library.glossary
    if word not in glossary:
        raise MacroFault(f"the unknown word {quoted(word)}", did_you_mean(word, list(glossary), "add it to data/glossary.yml first"))
    on["terms"] = on.get("terms", 0) + 1
    return guide.draw("term", word=shown or glossary[word].word, meaning=glossary[word].meaning, key=f"word-{word}-{on['terms']}")


def glossary(guide: Guide) -> Markup:
    """All words explained, in the order of the alphabet.

    Page: {{ glossary() }}
    """
    return guide.draw("glossary", letters=by_letter(guide.library.glossary.values(), lambda entry: entry.word))


def by_letter(entries: Iterable[Entry], word: Callable[[Entry], str]) -> list[dict[str, Any]]:
    """Entries in the order of the alphabet, below the letters with which their words begin.

    word  gives the word by which an entry is found
    """
    in_order = sorted(entries, key=lambda entry: word(entry).casefold())
    return [{"letter": letter, "entries": list(found)} for letter, found in groupby(in_order, key=lambda entry: word(entry)[0].upper())]
