"""What readers type into the search: each query with the topics that answer it, parted in two sets, and where those topics live."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.entries import Topic
from guide.pages import address_of

FILE = Path(__file__).with_name("queries.csv")
SEED = 20261123  # of the draw: another one would make another third, and figures that cannot be compared
APART = 3  # one query in so many is kept apart
WHOLE, TUNING, KEPT_APART = "whole set", "for tuning", "kept apart"

Home = tuple[str, str]  # address of the page seen from the site's first folder, id of the heading


@dataclass(frozen=True)
class Query:
    """What somebody typed.

    id      its name in the file
    text    as typed, slips and all
    kind    keywords, question or misspelled
    topics  slugs of the one or two topics that answer it
    """

    id: str
    text: str
    kind: str
    topics: tuple[str, ...]


def read_queries(path: Path = FILE) -> list[Query]:
    """Every query, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Query(row["id"], row["query"], row["kind"], tuple(filter(None, (row["topic"], row["second_topic"]))))
            for row in csv.DictReader(file)
        ]


def apart(queries: Sequence[Query]) -> frozenset[str]:
    """The ids of the third that is kept apart, drawn once and for good.

    Nobody looks at its misses while tuning: a search that was mended miss by miss proves nothing on the same queries.
    So its figure is the one to quote.
    """
    ids = sorted(query.id for query in queries)
    return frozenset(random.Random(SEED).sample(ids, len(ids) // APART))


def sets(queries: Sequence[Query]) -> dict[str, list[Query]]:
    """The queries by set: all, the two thirds used for tuning, and the third kept apart."""
    kept = apart(queries)
    return {
        WHOLE: list(queries),
        TUNING: [query for query in queries if query.id not in kept],
        KEPT_APART: [query for query in queries if query.id in kept],
    }


def homes(topics: Mapping[str, Topic]) -> dict[str, Home]:
    """Where each topic is answered, by its slug.

    topics  data/topics.yml, as guide.library reads it
    """
    return {slug: (address_of(topic.page), topic.heading) for slug, topic in topics.items()}
