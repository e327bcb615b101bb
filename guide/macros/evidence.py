"""What is known, from where, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any, get_args

from markupsafe import Markup

from guide.entries import CareStep, Certainty, Source
from guide.faults import MacroFault, did_you_mean, listed, quoted
from guide.project import Guide

LEVELS_EXPLAINED = "about/who-writes-this/#how-sure"
LEVELS = list(get_args(Certainty))


def cite(guide: Guide, *sources: str, on: MutableMapping[str, Any]) -> Markup:
    """Small numbers that lead to the sources at the page's end.

    sources  ids of data/references.yml

    Errors: MacroFault for no id, an unknown id, or a source that only shows how far advice differs.

    Page: Most scars look a little better.{{ cite("alam-2014") }}
    """
    if not sources:
        raise MacroFault("cite() with nothing in it", 'name a source, such as cite("alam-2014")')
    for source in sources:
        if _source(guide, source).only_shows_range:
            raise MacroFault(f"cite({quoted(source)}), a leaflet that only shows how far advice differs", "cite another source, or use advice_differs()")
    return guide.draw("cite", marks=marks(guide, sources, on))


def marks(guide: Guide, sources: Iterable[str], on: MutableMapping[str, Any]) -> list[dict[str, Any]]:
    """The number of each source on this page, given out in the order in which they are first named."""
    cited: list[str] = on.setdefault("cited", [])
    cited += [source for source in dict.fromkeys(sources) if source not in cited]
    return [{"number": cited.index(source) + 1, "source_id": source} for source in sources]


def certainty(guide: Guide, level: str, because: str = "", *, on: MutableMapping[str, Any]) -> Markup:
    """How sure we are, in words and a small bar, with the reason.

    level    high, moderate, low, very-low or expert-opinion, in GRADE's sense
    because  the reason, as a short clause; may be left out

    Errors: MacroFault for another level.

    Page: {{ certainty("low", "small studies with no comparison group") }}
    """
    href = f"{on.get('to_root', '')}{LEVELS_EXPLAINED}"
    return guide.draw("certainty", level=level, label=certainty_label(guide, level), because=because, href=href)


def certainty_label(guide: Guide, level: str) -> str:
    """The words for a level of certainty. Errors: MacroFault for an unknown level."""
    if level not in LEVELS:
        raise MacroFault(quoted(level), f"write {listed(LEVELS)}")
    return guide.words["certainty"][level.replace("-", "_")]


def concerns_table(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every concern with what changed, in how many people, and how sure that is.

    Page: {{ concerns_table() }}
    """
    rows = [
        {
            **concern.model_dump(include={"name", "answer", "change", "measured_in", "other_options", "certainty"}),
            "href": f"#{concern.id}",
            "certainty_label": certainty_label(guide, concern.certainty),
            "marks": marks(guide, concern.sources, on),
        }
        for concern in guide.library.concerns.values()
    ]
    return guide.draw("concerns-table", rows=rows)


def advice_differs(guide: Guide, step: str, *, on: MutableMapping[str, Any]) -> Markup:
    """How far advice on one step differs, and between whom.

    step  id of data/care.yml

    Errors: MacroFault for an unknown step, or one whose range we do not know.

    Page: {{ advice_differs("make-up-after") }}
    """
    found = care_step(guide, step)
    if not found.differs:
        raise MacroFault(quoted(step), "this step has no `differs` in data/care.yml")
    text = guide.words["care"]["differs"].format(name=found.name, range=found.differs)
    return guide.draw("advice-differs", text=text, marks=marks(guide, found.differs_sources, on))


def care_step(guide: Guide, step: str) -> CareStep:
    """One step of data/care.yml. Errors: MacroFault for an unknown id."""
    care = guide.library.care
    if step not in care:
        raise MacroFault(f"the unknown step {quoted(step)}", did_you_mean(step, list(care), "see data/care.yml"))
    return care[step]


def source_list(guide: Guide, on: MutableMapping[str, Any]) -> Markup:
    """The page's sources with their numbers, or nothing where it cites none."""
    cited = on.get("cited", [])
    if not cited:
        return Markup("")
    sources = [{"number": number, **described(guide, _source(guide, source))} for number, source in enumerate(cited, 1)]
    return guide.draw("source-list", sources=sources)


def all_sources(guide: Guide, *, on: MutableMapping[str, Any]) -> Markup:
    """Every source of the guide, by kind, with the pages that use it.

    Page: {{ all_sources() }}
    """
    names = guide.words["source_kinds"]
    groups = []
    for kind in get_args(Source.model_fields["kind"].annotation):
        found = [
            {**described(guide, source), "used_on": list(_used_on(guide, source.id, on))} for source in guide.library.references.values() if source.kind == kind
        ]
        if found:
            groups.append({"id": kind, "label": names[kind.replace("-", "_")], "sources": found})
    return guide.draw("all-sources", groups=groups)


def _used_on(guide: Guide, source: str, on: MutableMapping[str, Any]) -> Iterable[dict[str, str]]:
    names = guide.uses.get(source, [])
    return ({"title": page.facts.title, "href": f"{on.get('to_root', '')}{page.address}"} for page in guide.pages if page.name in names)


def described(guide: Guide, source: Source) -> dict[str, Any]:
    """What a reader sees of a source: who, what, where, and the ways to find it."""
    shown = source.model_dump(include={"id", "authors", "title", "publisher", "year", "seen"})
    return {**shown, "accessed": guide.written(source.accessed_on), "identifiers": list(_identifiers(guide, source)), "range_only": source.only_shows_range}


def _identifiers(guide: Guide, source: Source) -> Iterable[dict[str, str | None]]:
    if source.doi:
        yield {"label": f"doi {source.doi}", "href": f"https://doi.org/{source.doi}"}
    if source.pmid:
        yield {"label": f"PubMed {source.pmid}", "href": f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"}
    if source.pmcid:
        yield {"label": source.pmcid, "href": f"https://pmc.ncbi.nlm.nih.gov/articles/{source.pmcid}/"}
    if source.record:
        yield {"label": source.record, "href": None}
    if source.url:
        yield {"label": guide.words["sources"]["own_page"], "href": source.url}


def _source(guide: Guide, source: str) -> Source:
    references = guide.library.references
    if source not in references:
        raise MacroFault(f"the unknown source {quoted(source)}", did_you_mean(source, list(references), "add it to data/references.yml first"))
    return references[source]
