"""The audit is fair to each engine, tells what is met and what is not, and shows no miss of the third kept apart."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

from audit import bar_lines, report
from conftest import ROOT
from engines import Found, Times, Weight, place_of, stock_config, title_ids, weight_of
from queries import Home, apart, read_queries

RIGHT, WRONG = ("aftercare/sun/", "sun"), ("about/words/", "words")
QUERIES = read_queries()
PLACES: dict[str, Home] = {topic: RIGHT for query in QUERIES for topic in query.topics}


def found(wrong: set[str]) -> Found:
    """What an engine found that is right but for these ids."""
    answers = {query.id: [WRONG if query.id in wrong else RIGHT] for query in QUERIES}
    return Found(answers, Weight(2, 1000, None), Times(3.0, 9.0))


def test_a_link_to_the_top_of_a_page_is_one_to_its_title() -> None:
    titles = {"aftercare/sun/": "sun"}
    assert place_of("http://host/aftercare/sun/", titles) == RIGHT
    assert place_of("http://host/aftercare/sun/?h=hat#holiday", titles) == ("aftercare/sun/", "holiday")
    assert place_of("http://host/", titles) == ("", "")


def test_titles_are_read_from_the_built_pages(tmp_path: Path) -> None:
    for page, html in {"aftercare/sun": '<h1 class="big" id="sun">Sun</h1>', "about": "<h1>Without a name</h1>"}.items():
        (tmp_path / page).mkdir(parents=True)
        (tmp_path / page / "index.html").write_text(html, encoding="utf-8")
    assert title_ids(tmp_path) == {"aftercare/sun/": "sun"}


def test_a_file_asked_for_twice_weighs_once(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_bytes(b"word " * 100)
    weight = weight_of(tmp_path, ["/index.json", "/index.json"])
    assert (weight.files, weight.gzip) == (1, len(gzip.compress(b"word " * 100, 9)))


def test_material_gets_the_same_pages_and_nothing_else_of_ours() -> None:
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = stock_config(ours)
    assert config["theme"]["name"] == "material" and "custom_dir" not in config["theme"] and "extra_css" not in config
    assert "search" in config["plugins"] and [plugin for plugin in config["plugins"] if "macros" in plugin]
    assert Path(config["docs_dir"]) == ROOT / "docs" and "understand/what-it-is.md" in str(config["nav"])


def test_a_bar_that_is_just_reached_is_met_and_one_just_missed_is_not() -> None:
    kept = sorted(apart(QUERIES))  # 75 queries: 85% of them is 63.75
    for misses, said in ((11, "met"), (12, "not met")):
        line = next(line for line in bar_lines(found(set(kept[:misses])).answers, QUERIES, PLACES) if line.startswith("kept apart  hit@1"))
        assert line.split("%")[-1].strip() == said, line


def test_misses_are_told_only_when_asked_for_and_never_of_the_third_kept_apart() -> None:
    all_wrong = {"ours": found({query.id for query in QUERIES})}
    assert told(report(all_wrong, QUERIES, PLACES, misses=False)) == set()
    assert told(report(all_wrong, QUERIES, PLACES, misses=True)) == {query.id for query in QUERIES if query.given} - apart(QUERIES)


def told(lines: Iterable[str]) -> set[str]:
    """The ids of the queries that lines speak of."""
    return {query.id for line in lines for query in QUERIES if line.startswith(f"{query.id} ")}


def test_a_report_without_ours_has_no_bar() -> None:
    lines = list(report({"material": found(set())}, QUERIES, PLACES, misses=True))
    assert not [line for line in lines if "bar" in line or "met" in line]
