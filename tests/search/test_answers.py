"""Ours leads to the right place, asked in a real browser: no less than the bar, and without a list that holds the answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from audit import BAR
from guide.project import Guide
from guide.typed import LITTLE, typed_words
from judging import Answers, Ranked, judge, page_place
from queries import apart, homes, read_queries, sets

QUERIES = read_queries()
ASK_ALL = """
async ([address, questions]) => {
  const { searchOf } = await import(`${address}assets/js/search-rank.js`);
  const answer = searchOf(await (await fetch(`${address}search/index.json`)).json());
  return questions.map((question) => answer(question).pages.flatMap(({ lead, sections }) => [lead, ...sections].map(({ href }) => href)));
}
"""


@pytest.fixture(scope="module")
def answers(browser: Browser, address: str) -> Answers:
    """What ours lists for each query, by the query's id."""
    return dict(zip((query.id for query in QUERIES), ask(browser, address, [query.text for query in QUERIES]), strict=True))


def ask(browser: Browser, address: str, questions: list[str]) -> list[Ranked]:
    """What ours lists for each question."""
    page = browser.new_page()
    page.goto(address)
    listed = page.evaluate(ASK_ALL, [address, questions])
    page.close()
    return [[tuple(href.partition("#")[::2]) for href in links] for links in listed]


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, least in BAR.items() for figure in least])
def test_the_right_place_comes_first_as_often_as_we_promise(name: str, figure: str, answers: Answers, guide: Guide) -> None:
    scores = judge(sets(QUERIES)[name], answers, homes(guide.library.topics))
    assert getattr(scores, figure) >= BAR[name][figure], f"{name}: {scores}"


def test_no_query_that_is_kept_apart_stands_among_the_asks(guide: Guide) -> None:
    kept = {telling(query.text) for query in QUERIES if query.id in apart(QUERIES)}
    asked = {telling(ask) for topic in guide.library.topics.values() for ask in topic.asks}
    assert len(kept & asked) == 0, "an ask is the same as a query kept apart, little words aside; which one is not told, so that nobody tunes on it"


def telling(text: str) -> str:
    """A question without its little words."""
    return " ".join(word for word in typed_words(text) if word not in LITTLE)


def test_every_page_is_among_the_first_three_for_its_own_title(browser: Browser, address: str, site: Path) -> None:
    pages = json.loads((site / "search" / "index.json").read_text(encoding="utf-8"))["pages"]
    listed = ask(browser, address, [title for _, title in pages])
    assert [title for (page, title), links in zip(pages, listed, strict=True) if not 1 <= page_place(links, {(page, "")}) <= 3] == []


def test_every_topic_is_found_by_its_name_and_by_its_words_in_the_list_from_a_to_z(browser: Browser, address: str, guide: Guide) -> None:
    asked = [(word, topic) for topic in guide.library.topics.values() for word in (topic.name, *topic.index)]
    listed = ask(browser, address, [word for word, _ in asked])
    places = homes(guide.library.topics)
    assert [word for (word, topic), links in zip(asked, listed, strict=True) if not 1 <= page_place(links, {places[topic.slug]}) <= 3] == []
