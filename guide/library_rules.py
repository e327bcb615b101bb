"""What must hold between the data files, and what no model of a single entry can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from guide.duration import parse_duration
from guide.entries import BLANK, EMERGENCY, FILES
from guide.faults import Fault, did_you_mean, listed, quoted
from guide.figures import FIGURE, numbers
from guide.typed import LITTLE, typed_words

if TYPE_CHECKING:
    from guide.library import Library

# Lists that may be cut into parts, each with the field that says which list an entry is in.
LISTS = {"care": "stage", "suitability": "group", "red_flags": "level"}
# Texts in which a blank may stand.
FILLED = {"suitability": ("question", "why", "what_to_do"), "red_flags": ("looks_like", "do_now"), "healing": ("usual", "call", "help_now")}
# Texts of entries that may have no source. Left out are care.yml's `time`, which the page says is our own careful
# choice, and what has sources of its own beside it.
CLAIMS = {"care": ("name", "advice", "advice_when_set", "why"), "timeline": ("name",), "suitability": ("name", "question", "why", "what_to_do"), "questions": ("title", "asks"), "glossary": ("meaning",), "drawings": ("title", "description", "caption", "labels")}
# Texts whose numbers are held against what their entry's sources were seen to give.
NUMBERED = {
    "concerns": ("name", "answer", "change", "measured_in", "certainty_why", "other_options"),
    "care": ("name", "advice", "advice_when_set", "why"),
    "suitability": ("name", "question", "why", "what_to_do"),
    "red_flags": ("sign", "looks_like", "do_now"),
    "healing": ("label", "usual", "call", "help_now"),
    "rates": ("as_given", "what", "group", "when", "certainty_why", "note"),
    "options": ("name", "for", "what_it_is", "how_well", "how_well_short", "harms", "pigment_risk", "pigment_short", "downtime", "downtime_short", "sessions", "cost_why", "certainty_why"),
    "drawings": ("title", "description", "caption", "labels"),
}


def citations(library: Library) -> Iterator[tuple[str, int, str, str]]:
    """Each (file key, place, field, source id) in the data files."""
    for key in FILES:
        for place, entry in enumerate(getattr(library, key).values()):
            for field in ("sources", "least_sources", "most_sources", "differs_sources"):
                for source in getattr(entry, field, []):
                    yield key, place, field, source


def cross_faults(library: Library) -> Iterable[Fault]:
    known = list(library.references)
    for key, place, field, source in citations(library):
        document = library.documents[key]
        where = (document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}")
        if source not in library.references:
            yield Fault(*where, f"the unknown source {quoted(source)}", did_you_mean(source, known, "add it to data/references.yml first"))
        elif library.references[source].only_shows_range and field != "differs_sources":
            yield Fault(*where, f"{quoted(source)}, which only shows how far advice differs", "rest it on another source, or say less")
    yield from _limit_faults(library)
    yield from _blank_faults(library)
    yield from _figure_faults(library)
    yield from _number_faults(library)
    yield from _topic_faults(library)
    yield from _synonym_faults(library)
    yield from _typed_faults(library)
    yield from _part_faults(library)
    yield from _row_faults(library)
    yield from _concern_faults(library)


def _figure_faults(library: Library) -> Iterable[Fault]:
    """A figure in the text of an entry that names no source."""
    for key, fields in CLAIMS.items():
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            for field, text in _fields(entry, fields) if not getattr(entry, "sources", []) else ():
                if FIGURE.search(text):
                    mend = "name its source under `sources`, or say it without a figure" if hasattr(entry, "sources") else "say it without a figure"
                    yield Fault(document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}", f"a figure with no source in {quoted(text)}", mend)


def _number_faults(library: Library) -> Iterable[Fault]:
    """A number in the text of an entry that none of the entry's sources was seen to give."""
    for key, fields in NUMBERED.items():
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            given = library.figures_of(entry.sources)
            for field, text in _fields(entry, fields) if entry.sources else ():
                strange = sorted(numbers(text) - given)
                if strange:
                    yield Fault(
                        document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}",
                        f"{listed(strange)}, which data/figures.yml does not have for its sources", "correct it, name the source that gives it, or note there where it was seen",
                    )


def _topic_faults(library: Library) -> Iterable[Fault]:
    """Two topics with one home: then one of them is not answered first."""
    document = library.documents["topics"]
    homes: dict[tuple[str, str], str] = {}
    for place, topic in enumerate(library.topics.values()):
        home = (topic.page, topic.heading)
        if home in homes:
            found = f"{topic.page}#{topic.heading}, the home of {quoted(homes[home])}"
            yield Fault(document.name, document.line(("topics", place, "heading")), f"topics.{place + 1}.heading", found, "give each topic a heading of its own")
        homes.setdefault(home, topic.slug)


def _synonym_faults(library: Library) -> Iterable[Fault]:
    """A word in two groups of synonyms, so that it means two things; or one that the search does not read."""
    document = library.documents["synonyms"]
    groups: dict[str, str] = {}
    for place, entry in enumerate(library.synonyms.values()):
        for word in (entry.word, *entry.also):
            words = typed_words(word)
            where = (document.name, document.line(("synonyms", place)), f"synonyms.{place + 1}")
            if not set(words) - LITTLE and len(words) < 2:
                yield Fault(*where, quoted(word), "leave it out: the search passes over this word")
            elif " ".join(words) in groups:
                yield Fault(*where, f"{quoted(word)}, which also stands with {quoted(groups[' '.join(words)])}", "keep it in one of the two")
            groups.setdefault(" ".join(words), entry.word)


def _typed_faults(library: Library) -> Iterable[Fault]:
    """Something typed for a warning sign that would call up its card at any question."""
    for key in ("red_flags", "worries"):
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            for phrase in entry.typed:
                if not set(typed_words(phrase)) - LITTLE:
                    yield Fault(document.name, document.line((key, place, "typed")), f"{key}.{place + 1}.typed", quoted(phrase), "add a word that tells: little words stand in every question")


def _part_faults(library: Library) -> Iterable[Fault]:
    """A part that begins twice in one list: its heading would stand there twice."""
    for key, listing in LISTS.items():
        document = library.documents[key]
        begun: list[tuple[str, str | None]] = []
        for place, entry in enumerate(getattr(library, key).values()):
            part = (getattr(entry, listing), entry.part)
            if part in begun[:-1]:
                found = f"the part {quoted(entry.part or '')}, which has ended further up"
                yield Fault(document.name, document.line((key, place)), f"{key}.{place + 1}.part", found, "move the entry to the others of its part")
            elif part not in begun:
                begun.append(part)


def _blank_faults(library: Library) -> Iterable[Fault]:
    """A blank in a text, such as {botulinum-before}, must be a step that has a time, or the emergency number."""
    known = [EMERGENCY, *(step.id for step in library.care.values() if step.time)]
    for key, fields in FILLED.items():
        document = library.documents[key]
        for place, entry in enumerate(getattr(library, key).values()):
            for field, text in _fields(entry, fields):
                for blank in (blank for blank in BLANK.findall(text) if blank not in known):
                    yield Fault(
                        document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}",
                        f"the blank {quoted(blank)}", did_you_mean(blank, known, "name a step of data/care.yml that has a time, or write {emergency}"),
                    )


def _row_faults(library: Library) -> Iterable[Fault]:
    """A row of the strip of days whose time stands nowhere."""
    document = library.documents["timeline"]
    steps = ([step.id for step in library.care.values() if step.time], "name a step of data/care.yml that has a time")
    rows = ([row.id for row in library.timeline.values() if row.after], "name a row that has `after`")
    for place, row in enumerate(library.timeline.values()):
        for field, (known, mend) in (("before", steps), ("after", steps), ("within", rows)):
            named = getattr(row, field)
            if named and named not in known:
                yield Fault(document.name, document.line(("timeline", place, field)), f"timeline.{place + 1}.{field}", quoted(named), did_you_mean(named, known, mend))


def _concern_faults(library: Library) -> Iterable[Fault]:
    """An option for a concern that does not exist: nobody could tick it."""
    document, known = library.documents["options"], list(library.concerns)
    for place, option in enumerate(library.options.values()):
        for concern in (concern for concern in option.concerns if concern not in known):
            yield Fault(document.name, document.line(("options", place, "concerns")), f"options.{place + 1}.concerns", quoted(concern), did_you_mean(concern, known, "name an entry of data/concerns.yml"))


def _fields(entry: BaseModel, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text in some fields of an entry, whether a field holds one text, a list of them, labels, or none."""
    for field in fields:
        value = getattr(entry, field) or ""
        texts = [value] if isinstance(value, str) else value.values() if isinstance(value, dict) else value
        yield from ((field, text) for text in texts)


def _limit_faults(library: Library) -> Iterable[Fault]:
    document = library.documents["care"]
    for place, step in enumerate(library.care.values()):
        where = (document.name, document.line(("care", place, "time")), f"care.{place + 1}.time")
        if step.default and step.least and step.default.hours < parse_duration(step.least).hours:
            yield Fault(*where, quoted(step.time), f"the default may not be shorter than the limit of {step.least}")
        if step.default and step.most and step.default.hours > parse_duration(step.most).hours:
            yield Fault(*where, quoted(step.time), f"the default may not be longer than the limit of {step.most}")
