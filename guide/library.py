"""The data files: their models, how they are read, and the checks that reach across them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, create_model, model_validator

from guide.duration import Duration, parse_duration
from guide.faults import Fault, Faults, did_you_mean, quoted
from guide.models import Facts, Line, Sentence, Slug, validated
from guide.places import Document, read_document
from guide.words import Words

Certainty = Literal["high", "moderate", "low", "very-low", "expert-opinion"]
SourceIds = Annotated[list[Slug], Field(min_length=1)]
BLANK = re.compile(r"\{([a-z0-9-]+)\}")  # a care step's id stands for its time, and `emergency` for the country's number
FILLED = {"suitability": ("question", "why", "what_to_do"), "red_flags": ("looks_like", "do_now"), "healing": ("usual", "not_usual")}
EMERGENCY = "emergency"
FIGURE = re.compile(r"\d|\bper ?cent\b|%", re.I)
# Texts of entries that may have no source. Left out are care.yml's `time`, which the page says is our own careful
# choice, and what has sources of its own beside it.
CLAIMS = {"care": ("name", "advice", "advice_when_set", "why"), "suitability": ("name", "question", "why", "what_to_do"), "glossary": ("meaning",)}


def _a_length(text: str) -> str:
    parse_duration(text)
    return text


DurationText = Annotated[str, AfterValidator(_a_length)]


class Source(Facts):
    """A paper, an official record or a page that a claim rests on."""

    id: Slug = Field(description="permanent name, author-year")
    kind: Literal[
        "trial", "randomised-trial", "systematic-review", "meta-analysis", "review", "case-report",
        "regulator", "device-label", "guideline", "law", "society", "patient-information", "clinic-leaflet", "news",
    ]
    title: Sentence
    authors: Line | None = None
    publisher: Line = Field(description="journal, body or clinic")
    year: int | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")] | None = None
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC\d+$")] | None = None
    record: Line | None = Field(None, description="official record number, such as DEN160029")
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$")] | None = Field(None, description="the body's own address, never a mirror")
    seen: Line = Field(description="how much of it was read: abstract, full text, summary page …")
    accessed_on: date
    only_shows_range: bool = Field(False, description="a clinic's leaflet or news: shows how far advice differs, never an authority")

    @model_validator(mode="after")
    def _can_be_found(self) -> Source:
        if not (self.doi or self.pmid or self.pmcid or self.record or self.url or self.only_shows_range):
            raise ValueError("give a doi, pmid, pmcid, record or url, so that a reader can find it")
        return self


class Concern(Facts):
    """Something people want treated, and what is known of it."""

    id: Slug
    name: Line
    verdict: Literal["helps-some", "may-help", "add-on-only", "not-shown"]
    answer: Sentence = Field(description="one plain sentence")
    change: Sentence = Field(description="how big the change was, in words and numbers")
    measured_in: Sentence = Field(description="how many people, in what kind of study")
    certainty: Certainty
    certainty_why: Sentence
    other_options: Sentence = Field(description="what works as well or better")
    sources: SourceIds


class CareStep(Facts):
    """One instruction before, on the day of or after treatment."""

    id: Slug
    stage: Literal["weeks-before", "days-before", "on-the-day", "first-day", "first-week", "first-month"]
    kind: Literal["do", "do-not", "ask"]
    name: Line
    advice: Sentence = Field(description="one order, to `you`; {time} stands for the length of time")
    advice_when_set: Sentence | None = Field(None, description="the same with {time}, for a clinic that sets a time where we give none")
    why: Sentence
    time: DurationText | None = Field(None, description="our careful default")
    clinic_may_set: bool = Field(False, description="the clinic file may give another length under protocol")
    least: DurationText | None = Field(None, description="the shortest that a clinic may set")
    least_why: Sentence | None = None
    least_sources: list[Slug] = []
    most: DurationText | None = Field(None, description="the longest that a clinic may set, where later is less safe")
    most_why: Sentence | None = None
    most_sources: list[Slug] = []
    differs: Sentence | None = Field(None, description="how far advice differs, such as `from 24 hours to 2 weeks`")
    differs_sources: list[Slug] = []
    sources: list[Slug] = Field([], description="what the advice itself rests on; empty where we found none")
    certainty: Certainty

    @model_validator(mode="after")
    def _hangs_together(self) -> CareStep:
        if self.clinic_may_set and bool(self.time) == bool(self.advice_when_set):
            raise ValueError("a step that a clinic may set needs a time, or else advice_when_set")
        if self.advice_when_set and "{time}" not in self.advice_when_set:
            raise ValueError("advice_when_set says {time}")
        if ("{time}" in self.advice) != (self.time is not None):
            raise ValueError("a step with a time says {time} in its advice, and one without does not")
        if self.least and not (self.least_why and self.least_sources):
            raise ValueError("a limit needs least_why and least_sources")
        if self.most and not (self.most_why and self.most_sources):
            raise ValueError("a limit needs most_why and most_sources")
        if self.differs and not self.differs_sources:
            raise ValueError("a range needs differs_sources")
        return self

    @property
    def default(self) -> Duration | None:
        return parse_duration(self.time) if self.time else None


class Suitability(Facts):
    """A condition to tell the clinic about before booking."""

    id: Slug
    group: Literal["do-not", "wait", "ask-first", "with-care"]
    name: Line
    question: Sentence = Field(description="a care step's id in braces stands for its time, and {emergency} for the country's number, here and in why and what_to_do")
    why: Sentence
    what_to_do: Sentence
    sources: list[Slug] = Field([], description="empty where we found none; then `why` says so")
    certainty: Certainty


class RedFlag(Facts):
    """A warning sign and what to do about it."""

    id: Slug
    level: Literal["emergency", "same-day", "next-visit"]
    sign: Line
    looks_like: Sentence
    do_now: Sentence
    sources: SourceIds


class HealingWindow(Facts):
    """What is usual and what is not in one stretch of healing."""

    id: Slug
    label: Line
    usual: Annotated[list[Sentence], Field(min_length=1)]
    not_usual: Annotated[list[Sentence], Field(min_length=1)]
    sources: SourceIds


class Term(Facts):
    """A word explained."""

    id: Slug
    word: Line
    meaning: Sentence
    also: list[Line] = Field([], description="other words for it")


class HelpLine(Facts):
    """A number that the public can ring."""

    name: Line
    number: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{2,20}$")]
    note: Line | None = None


class ReportTo(Facts):
    """Where a reader reports a problem with a device, product or treatment."""

    name: Line
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$")] | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 -]{3,20}$")] | None = None


class Country(Facts):
    """What a clinic's country settles."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Line
    also: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = Field([], description="other codes that this entry answers for")
    emergency: HelpLine
    advice_line: HelpLine | None = Field(None, description="None where no single national line was found")
    report_to: list[ReportTo]
    sources: SourceIds


class _File(BaseModel):
    """A data file: one top-level key that holds a list or, for words, groups of words."""

    model_config = Facts.model_config


FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "references": ("references.yml", Source),
    "concerns": ("concerns.yml", Concern),
    "care": ("care.yml", CareStep),
    "suitability": ("suitability.yml", Suitability),
    "red_flags": ("red-flags.yml", RedFlag),
    "healing": ("healing.yml", HealingWindow),
    "glossary": ("glossary.yml", Term),
    "countries": ("countries.yml", Country),
}


@dataclass(frozen=True)
class Library:
    """All data files, each entry by its id, in the order of its file."""

    references: Mapping[str, Source]
    concerns: Mapping[str, Concern]
    care: Mapping[str, CareStep]
    suitability: Mapping[str, Suitability]
    red_flags: Mapping[str, RedFlag]
    healing: Mapping[str, HealingWindow]
    glossary: Mapping[str, Term]
    countries: Mapping[str, Country]
    words: Mapping[str, Mapping[str, str]]
    documents: Mapping[str, Document]

    def country(self, code: str) -> Country | None:
        """The entry that answers for a two-letter code, or None."""
        return next((c for c in self.countries.values() if code == c.code or code in c.also), None)

    def country_codes(self) -> list[str]:
        """Every code that `country` knows, sorted."""
        return sorted(code for c in self.countries.values() for code in (c.code, *c.also))

    def cited_in_data(self) -> set[str]:
        """The ids of all sources that an entry of a data file rests on."""
        return {source for _, _, _, source in _citations(self)}


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
    faults = list(_cross_faults(library))
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
        own = getattr(entry, "id", None) or entry.code
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


def _citations(library: Library) -> Iterator[tuple[str, int, str, str]]:
    """Each (file key, place, field, source id) in the data files."""
    for key in FILES:
        for place, entry in enumerate(getattr(library, key).values()):
            for field in ("sources", "least_sources", "most_sources", "differs_sources"):
                for source in getattr(entry, field, []):
                    yield key, place, field, source


def _cross_faults(library: Library) -> Iterable[Fault]:
    known = list(library.references)
    for key, place, field, source in _citations(library):
        document = library.documents[key]
        where = (document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}")
        if source not in library.references:
            yield Fault(*where, f"the unknown source {quoted(source)}", did_you_mean(source, known, "add it to data/references.yml first"))
        elif library.references[source].only_shows_range and field != "differs_sources":
            yield Fault(*where, f"{quoted(source)}, which only shows how far advice differs", "rest it on another source, or say less")
    yield from _limit_faults(library)
    yield from _blank_faults(library)
    yield from _figure_faults(library)


def _figure_faults(library: Library) -> Iterable[Fault]:
    """A figure in the text of an entry that names no source."""
    for key, fields in CLAIMS.items():
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            for field in fields if not getattr(entry, "sources", []) else ():
                text = getattr(entry, field) or ""
                if FIGURE.search(text):
                    mend = "name its source under `sources`, or say it without a figure" if hasattr(entry, "sources") else "say it without a figure"
                    yield Fault(document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}", f"a figure with no source in {quoted(text)}", mend)


def _blank_faults(library: Library) -> Iterable[Fault]:
    """A blank in a text, such as {botulinum-before}, must be a step that has a time, or the emergency number."""
    known = [EMERGENCY, *(step.id for step in library.care.values() if step.time)]
    for key, fields in FILLED.items():
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            for field, text in ((field, text) for field in fields for text in _texts(getattr(entry, field))):
                for blank in (blank for blank in BLANK.findall(text) if blank not in known):
                    yield Fault(
                        document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}",
                        f"the blank {quoted(blank)}", did_you_mean(blank, known, "name a step of data/care.yml that has a time, or write {emergency}"),
                    )


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _limit_faults(library: Library) -> Iterable[Fault]:
    document = library.documents["care"]
    for place, step in enumerate(library.care.values()):
        where = (document.name, document.line(("care", place, "time")), f"care.{place + 1}.time")
        if step.default and step.least and step.default.hours < parse_duration(step.least).hours:
            yield Fault(*where, quoted(step.time), f"the default may not be shorter than the limit of {step.least}")
        if step.default and step.most and step.default.hours > parse_duration(step.most).hours:
            yield Fault(*where, quoted(step.time), f"the default may not be longer than the limit of {step.most}")
