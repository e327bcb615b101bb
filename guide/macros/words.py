"""Words explained, on the spot and in one list."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup

from guide.faults import MacroFault, did_you_mean, quoted
from guide.project import Guide


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
    entries = sorted(guide.library.glossary.values(), key=lambda entry: entry.word.casefold())
    return guide.draw("glossary", terms=entries)
