"""How well a search answers: from what it listed for each query to shares of queries. No browser, no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries import Home, Query, apart

DEEPEST = 10  # places that count: each engine is asked for so many pages, and no reader looks further
EVERY_KIND = "all"
KINDS = ("keywords", "question", "misspelled", "odd")

Ranked = Sequence[Home]  # links in the order that a reader sees; those to one page follow each other
Answers = Mapping[str, Ranked]  # by the query's id; empty where nothing was found


@dataclass(frozen=True)
class Scores:
    """How well one engine answers some queries; each figure but `n` from 0 to 1.

    n             how many queries
    hit_1         share whose first page holds an answer
    hit_3         share with such a page among the first three
    mrr           mean of 1 / place of the first such page; 0 where none is among the first DEEPEST
    section_hit_1 share whose first link leads to the very heading that answers
    """

    n: int
    hit_1: float
    hit_3: float
    mrr: float
    section_hit_1: float


def judge(queries: Sequence[Query], answers: Answers, homes: Mapping[str, Home]) -> Scores:
    """Scores of one engine over these queries.

    homes  where each topic is answered, by its slug

    Errors: KeyError where a query was not asked, or where its topic has no home: no figure is better than one with a hole.
    """
    if not queries:
        return Scores(0, 0.0, 0.0, 0.0, 0.0)
    places = [page_place(answers[query.id], right(query, homes)) for query in queries]
    return Scores(
        n=len(queries),
        hit_1=_mean(place == 1 for place in places),
        hit_3=_mean(0 < place <= 3 for place in places),
        mrr=_mean(1 / place if place else 0 for place in places),
        section_hit_1=_mean(section_hit(answers[query.id], right(query, homes)) for query in queries),
    )


def judge_by_kind(queries: Sequence[Query], answers: Answers, homes: Mapping[str, Home]) -> dict[str, Scores]:
    """Scores over all these queries, then over those of each kind that is among them."""
    groups = {EVERY_KIND: list(queries)} | {kind: [query for query in queries if query.kind == kind] for kind in KINDS}
    return {kind: judge(group, answers, homes) for kind, group in groups.items() if group}


def right(query: Query, homes: Mapping[str, Home]) -> set[Home]:
    """The headings that answer a query: a second topic counts as well as the first."""
    return {homes[topic] for topic in query.topics}


def page_place(ranked: Ranked, wanted: set[Home]) -> int:
    """The place of the first page that holds an answer, counted in pages from 1; 0 where none is among the first DEEPEST."""
    pages = list(dict.fromkeys(page for page, _ in ranked))[:DEEPEST]
    holding = {page for page, _ in wanted}
    return next((place for place, page in enumerate(pages, 1) if page in holding), 0)


def section_hit(ranked: Ranked, wanted: set[Home]) -> bool:
    """Whether the very first link leads to a heading that answers."""
    return bool(ranked) and ranked[0] in wanted


def misses_for_tuning(queries: Sequence[Query], answers: Answers, homes: Mapping[str, Home]) -> list[Query]:
    """Queries whose first page holds no answer; never one that nothing is tuned on.

    queries  all of them: the third is drawn from the whole
    """
    kept = apart(queries)
    return [query for query in queries if query.given and query.id not in kept and page_place(answers[query.id], right(query, homes)) != 1]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
