"""What readers type into the search: each query with the topics that answer it, parted in two sets, and where those topics live."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.entries import Topic
from guide.pages import address_of

FILE = Path(__file__).with_name("queries.csv")
OTHERS = Path(__file__).with_name("other-queries.csv")  # by a writer who saw no page, no ask and no other query, only the names of the topics
SEED = 20261123  # of the draw: another one would make another third, and figures that cannot be compared
APART = 3  # one query in so many is kept apart
WHOLE, TUNING, KEPT_APART, OTHER_HAND = "whole set", "for tuning", "kept apart", "other hand"

Home = tuple[str, str]  # address of the page seen from the site's first folder, id of the heading


@dataclass(frozen=True)
class Query:
    """What somebody typed.

    id      its name in the file
    text    as typed, slips and all
    kind    keywords, question, misspelled or odd (slang, or a description in place of a word)
    topics  slugs of the one or two topics that answer it
    given   whether it is of the given set; otherwise another writer's
    """

    id: str
    text: str
    kind: str
    topics: tuple[str, ...]
    given: bool = True


def read_queries() -> list[Query]:
    """Every query, in the order of the files: the given ones, then those of the other writer."""
    return [query for path in (FILE, OTHERS) for query in _read(path)]


def _read(path: Path) -> Iterator[Query]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Query(row["id"], row["query"], row["kind"], tuple(filter(None, (row["topic"], row["second_topic"]))), given=path == FILE)


def apart(queries: Sequence[Query]) -> frozenset[str]:
    """The ids of the third of the given queries that is kept apart, drawn once and for good.

    Nobody looks at its misses while tuning: a search that was mended miss by miss proves nothing on the same queries.
    So its figure is the one to quote.
    """
    ids = sorted(query.id for query in queries if query.given)
    return frozenset(random.Random(SEED).sample(ids, len(ids) // APART))


def sets(queries: Sequence[Query]) -> dict[str, list[Query]]:
    """The queries by set: all that were given, the two thirds used for tuning, the third kept apart, and those of the other writer.

    Nothing was tuned on the other writer's either: they were first asked when engine and data stood.
    """
    kept = apart(queries)
    return {
        WHOLE: [query for query in queries if query.given],
        TUNING: [query for query in queries if query.given and query.id not in kept],
        KEPT_APART: [query for query in queries if query.id in kept],
        OTHER_HAND: [query for query in queries if not query.given],
    }


def homes(topics: Mapping[str, Topic]) -> dict[str, Home]:
    """Where each topic is answered, by its slug.

    topics  data/topics.yml, as guide.library reads it
    """
    return {slug: (address_of(topic.page), topic.heading) for slug, topic in topics.items()}
