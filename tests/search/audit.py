"""Holds the guide's search against Material's own and Pagefind, over the same pages and queries: `python tests/search/audit.py site`.

Prints how often each one leads to the right page and heading, what it loads and how fast ours is, and whether ours clears the bar.
It needs what requirements-audit.txt names. The figure to quote is that of the third kept apart. Its misses are never shown, nor
those of the other writer's queries.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from engines import ENGINES, Found, launched  # noqa: E402  all of these need the path above
from guide.library import read_library  # noqa: E402
from judging import EVERY_KIND, Answers, Scores, judge, judge_by_kind, misses_for_tuning  # noqa: E402
from queries import KEPT_APART, WHOLE, Home, Query, homes, read_queries, sets  # noqa: E402

# The least that ours must reach, as the issue asks it: share of queries, from 0 to 1.
BAR = {
    WHOLE: {"hit_1": 0.92, "hit_3": 0.98, "section_hit_1": 0.85},
    KEPT_APART: {"hit_1": 0.85, "hit_3": 0.95},
}
SAID = {"hit_1": "hit@1", "hit_3": "hit@3", "section_hit_1": "section hit@1"}


def ask_all(names: Sequence[str], site: Path, queries: Sequence[Query]) -> dict[str, Found]:
    """What each engine found, one engine after the other in one browser."""
    found = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        browser = launched(driver)
        for name in names:
            folder = Path(scratch) / name
            folder.mkdir()
            found[name] = ENGINES[name](site, queries, browser, folder)
        browser.close()
    return found


def score_lines(found: Mapping[str, Found], queries: Sequence[Query], places: Mapping[str, Home]) -> Iterator[str]:
    """The table: each set, engine and kind of query."""
    yield f"{'set':<11} {'engine':<9} {'queries':<11} {'n':>4} {'hit@1':>7} {'hit@3':>7} {'MRR':>6} {'section hit@1':>14}"
    for name, group in sets(queries).items():
        for engine, its in found.items():
            for kind, scores in judge_by_kind(group, its.answers, places).items():
                yield f"{name:<11} {engine:<9} {kind:<11} {_figures(scores)}"


def _figures(scores: Scores) -> str:
    return f"{scores.n:>4} {scores.hit_1:>7.1%} {scores.hit_3:>7.1%} {scores.mrr:>6.3f} {scores.section_hit_1:>14.1%}"


def weight_lines(found: Mapping[str, Found]) -> Iterator[str]:
    """What each engine loads until it first answers, and how long ours takes from a keystroke to its list."""
    yield f"{'engine':<9} {'files':>5} {'gzip -9, bytes':>15} {'brotli, bytes':>14}   loaded until the first answer"
    for engine, its in found.items():
        brotli = "not known" if its.weight.brotli is None else f"{its.weight.brotli:,}"
        yield f"{engine:<9} {its.weight.files:>5} {its.weight.gzip:>15,} {brotli:>14}"
    for engine, its in found.items():
        if its.times:
            yield f"{engine}: from a keystroke to the list, median {its.times.median:.1f} ms, worst {its.times.worst:.1f} ms"


def bar_lines(answers: Answers, queries: Sequence[Query], places: Mapping[str, Home]) -> Iterator[str]:
    """Each figure that ours must reach, what it reaches, and whether that is enough."""
    yield f"{'set':<11} {'figure':<14} {'bar':>6} {'ours':>7}"
    for name, least in BAR.items():
        scores = judge(sets(queries)[name], answers, places)
        for figure, bar in least.items():
            reached = getattr(scores, figure)
            yield f"{name:<11} {SAID[figure]:<14} {bar:>6.0%} {reached:>7.1%}  {'met' if reached >= bar else 'not met'}"


def miss_lines(answers: Answers, queries: Sequence[Query], places: Mapping[str, Home]) -> Iterator[str]:
    """Queries for tuning that ours leads to a wrong page: what was typed, what answers it, and what came first."""
    for query in misses_for_tuning(queries, answers, places):
        first = "#".join(answers[query.id][0]) if answers[query.id] else "nothing"
        yield f"{query.id} {query.kind}: “{query.text}” wants {' or '.join(query.topics)}; found {first}"


def report(found: Mapping[str, Found], queries: Sequence[Query], places: Mapping[str, Home], misses: bool) -> Iterator[str]:
    """All that the command prints, line by line."""
    yield from score_lines(found, queries, places)
    yield ""
    yield from weight_lines(found)
    if "ours" in found:
        yield ""
        yield from bar_lines(found["ours"].answers, queries, places)
        if misses:
            yield ""
            yield from miss_lines(found["ours"].answers, queries, places)


def main() -> None:
    """Read the command line, ask, print."""
    command = argparse.ArgumentParser(description="Hold the guide's search against two others.")
    command.add_argument("site", nargs="?", type=Path, default=ROOT / "site", help="the built guide; left out, the folder site")
    command.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES), help="only these")
    command.add_argument("--misses", action="store_true", help="also list what ours misses, of the queries for tuning")
    asked = command.parse_args()
    if not (asked.site / "index.html").exists():
        sys.exit(f"{asked.site}: no built guide there. Run `make site` first, or name the folder that holds one.")
    queries, places = read_queries(), homes(read_library(ROOT / "data").topics)
    print("\n".join(report(ask_all(asked.engines, asked.site, queries), queries, places, asked.misses)))


if __name__ == "__main__":
    main()
