"""The data files, read as one library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, create_model

from guide.entries import FILES, CareStep, Concern, Country, Drawing, HealingWindow, Move, Option, QuestionGroup, Rate, RedFlag, SeenFigures, Source, Suitability, Synonyms, Term, TimelineRow, Topic, Worry
from guide.faults import Fault, Faults, quoted
from guide.figures import numbers, numbers_given
from guide.library_rules import citations, cross_faults
from guide.models import Facts, validated
from guide.places import Document, read_document
from guide.words import Words

NAMES = ("id", "code", "slug", "word", "old")  # what an entry goes by, whichever its model has


class _File(BaseModel):
    """A data file: one top-level key that holds a list or, for words, groups of words."""

    model_config = Facts.model_config


@dataclass(frozen=True)
class Library:
    """All data files, each entry by its id, in the order of its file."""

    references: Mapping[str, Source]
    concerns: Mapping[str, Concern]
    care: Mapping[str, CareStep]
    timeline: Mapping[str, TimelineRow]
    suitability: Mapping[str, Suitability]
    red_flags: Mapping[str, RedFlag]
    healing: Mapping[str, HealingWindow]
    questions: Mapping[str, QuestionGroup]
    glossary: Mapping[str, Term]
    countries: Mapping[str, Country]
    figures: Mapping[str, SeenFigures]
    topics: Mapping[str, Topic]
    moved: Mapping[str, Move]
    synonyms: Mapping[str, Synonyms]
    worries: Mapping[str, Worry]
    rates: Mapping[str, Rate]
    options: Mapping[str, Option]
    drawings: Mapping[str, Drawing]
    words: Mapping[str, Mapping[str, str]]
    documents: Mapping[str, Document]

    def country(self, code: str) -> Country | None:
        """The entry that answers for a two-letter code, or None."""
        return next((c for c in self.countries.values() if code == c.code or code in c.also), None)

    def country_codes(self) -> list[str]:
        """Every code that `country` knows, sorted."""
        return sorted(code for c in self.countries.values() for code in (c.code, *c.also))

    def cited_in_data(self) -> set[str]:
        """The ids of all sources that an entry of a data file rests on; that figures were seen in one is no use of it."""
        return {source for key, _, _, source in citations(self) if key != "figures"}

    def figures_of(self, sources: Iterable[str]) -> set[str]:
        """Every number that a text beside these sources may print.

        sources  ids of data/references.yml
        """
        return set().union(*(self._figures_by_source.get(source, set()) for source in sources))

    @cached_property
    def _figures_by_source(self) -> Mapping[str, set[str]]:
        given: dict[str, set[str]] = {}
        for entry in self.figures.values():
            for source in entry.sources:
                given.setdefault(source, set()).update(numbers_given([entry.seen]))
        for source, entry in self.references.items():
            given.setdefault(source, set()).update(numbers(str(entry.year or "")))
        return given


def read_library(folder: Path) -> Library:
    """Read and check every data file.

    folder  the folder `data`

    Errors: Faults with every fault in every file.
    """
    faults: list[Fault] = []
    parts: dict[str, dict] = {}
    documents: dict[str, Document] = {}
    for key, (name, model) in FILES.items():
        entries, document, found = _read_entries(folder / name, f"data/{name}", key, model)
        faults += found
        parts[key], documents[key] = entries, document
    words, document, found = _read_words(folder / "words.yml")
    faults += found
    if faults:
        raise Faults(faults)
    library = Library(**parts, words=words, documents={**documents, "words": document})
    faults = list(cross_faults(library))
    if faults:
        raise Faults(faults)
    return library


def _read_entries(path: Path, name: str, key: str, model: type[BaseModel]) -> tuple[dict, Document | None, list[Fault]]:
    document, faults = read_document(path, name)
    if document is None:
        return {}, None, faults
    whole = create_model("Whole", __base__=_File, **{key: (list[model], ...)})
    read, found = validated(whole, document)
    faults += found
    entries: dict[str, BaseModel] = {}
    for place, entry in enumerate(getattr(read, key, [])):
        own = next(str(getattr(entry, key)) for key in NAMES if hasattr(entry, key))
        if own in entries:
            faults.append(Fault(name, document.line((key, place)), f"{key}.{place + 1}", f"the id {quoted(own)} a second time", "give each entry its own id"))
        entries[own] = entry
    return entries, document, faults


def _read_words(path: Path) -> tuple[Mapping, Document | None, list[Fault]]:
    document, faults = read_document(path, "data/words.yml")
    if document is None:
        return {}, None, faults
    read, found = validated(create_model("Whole", __base__=_File, words=(Words, ...)), document)
    return (read.words.model_dump() if read else {}), document, faults + found
