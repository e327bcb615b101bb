"""The figures of the audit are what they are called, and the third kept apart stays apart."""

from __future__ import annotations

import pytest

from guide.project import Guide
from judging import DEEPEST, KINDS, Ranked, judge, judge_by_kind, misses_for_tuning, page_place, section_hit
from queries import KEPT_APART, TUNING, WHOLE, Query, apart, homes, read_queries, sets

HOMES = {"sun": ("aftercare/sun/", "sun"), "makeup": ("aftercare/back-to-normal-life/", "makeup")}
SUN = {HOMES["sun"]}
OTHER = ("about/words/", "words")


def query(name: str, *topics: str, kind: str = "keywords") -> Query:
    return Query(name, f"words of {name}", kind, topics or ("sun",))


def pages(count: int) -> list[tuple[str, str]]:
    """So many pages, none of which answers."""
    return [(f"page-{number}/", "top") for number in range(count)]


def test_a_hit_is_the_page_whatever_its_section() -> None:
    assert page_place([("aftercare/sun/", "holiday")], SUN) == 1
    assert page_place([OTHER], SUN) == 0


def test_a_section_hit_is_the_very_heading_first_of_all() -> None:
    assert section_hit([("aftercare/sun/", "sun"), OTHER], SUN)
    assert not section_hit([("aftercare/sun/", "holiday"), ("aftercare/sun/", "sun")], SUN)
    assert not section_hit([OTHER, ("aftercare/sun/", "sun")], SUN)


def test_the_same_heading_on_another_page_is_no_hit() -> None:
    assert not section_hit([("about/words/", "sun")], SUN)
    assert page_place([("about/words/", "sun")], SUN) == 0


def test_places_count_pages_and_not_links() -> None:
    assert page_place([("about/words/", "a"), ("about/words/", "b"), ("aftercare/sun/", "sun")], SUN) == 2


@pytest.mark.parametrize(("before", "place"), [(DEEPEST - 1, DEEPEST), (DEEPEST, 0)])
def test_no_place_counts_beyond_the_deepest(before: int, place: int) -> None:
    assert page_place([*pages(before), ("aftercare/sun/", "sun")], SUN) == place


def test_nothing_found_is_no_hit() -> None:
    scores = judge([query("q1")], {"q1": []}, HOMES)
    assert (scores.hit_1, scores.hit_3, scores.mrr, scores.section_hit_1) == (0, 0, 0, 0)


def test_a_second_topic_counts_as_well_as_the_first() -> None:
    answers: dict[str, Ranked] = {"q1": [HOMES["makeup"]]}
    assert judge([query("q1", "sun", "makeup")], answers, HOMES).section_hit_1 == 1
    assert judge([query("q1", "sun", "makeup")], answers, HOMES).hit_1 == 1
    assert judge([query("q1", "sun")], answers, HOMES).hit_1 == 0


def test_scores_are_shares_of_all_queries() -> None:
    answers = {"q1": [HOMES["sun"]], "q2": [*pages(2), HOMES["sun"]], "q3": [*pages(3), HOMES["sun"]], "q4": pages(4)}
    scores = judge([query(name) for name in answers], answers, HOMES)
    assert (scores.n, scores.hit_1, scores.hit_3, scores.section_hit_1) == (4, 1 / 4, 2 / 4, 1 / 4)
    assert scores.mrr == pytest.approx((1 + 1 / 3 + 1 / 4 + 0) / 4)


def test_a_query_that_was_not_asked_stops_the_judging() -> None:
    with pytest.raises(KeyError):
        judge([query("q1"), query("q2")], {"q1": []}, HOMES)


def test_a_topic_without_a_home_stops_the_judging() -> None:
    with pytest.raises(KeyError):
        judge([query("q1", "moon")], {"q1": []}, HOMES)


def test_each_kind_is_judged_by_itself() -> None:
    asked = [query("q1", kind="keywords"), query("q2", kind="question"), query("q3", kind="misspelled")]
    scores = judge_by_kind(asked, {"q1": [HOMES["sun"]], "q2": [], "q3": [OTHER, HOMES["sun"]]}, HOMES)
    assert {kind: (its.n, its.hit_1, its.hit_3) for kind, its in scores.items()} == {
        "all": (3, 1 / 3, 2 / 3),
        "keywords": (1, 1, 1),
        "question": (1, 0, 0),
        "misspelled": (1, 0, 1),
    }


def test_every_query_is_of_a_kind_that_is_judged() -> None:
    assert {query.kind for query in read_queries()} == set(KINDS)


def test_every_topic_of_a_query_has_a_home(guide: Guide) -> None:
    known = homes(guide.library.topics)
    assert sorted({topic for query in read_queries() for topic in query.topics} - set(known)) == []
    assert known["sun"] == HOMES["sun"]


def test_each_query_has_an_id_of_its_own_and_a_topic() -> None:
    asked = read_queries()
    assert len({query.id for query in asked}) == len(asked)
    assert [query.id for query in asked if not 1 <= len(query.topics) <= 2 or not query.text] == []


def test_the_third_kept_apart_is_a_third_and_always_the_same() -> None:
    asked = read_queries()
    assert len(apart(asked)) == sum(query.given for query in asked) // 3
    assert apart(asked) == apart(list(reversed(asked)))
    assert sorted(apart(asked))[:3] == ["q012", "q028", "q040"], "another third is drawn: put SEED, APART and queries.csv back, or no figure can be compared with an older one"


def test_the_two_sets_are_the_whole_and_share_nothing() -> None:
    parted = sets(read_queries())
    names = {name: {query.id for query in group} for name, group in parted.items()}
    assert names[TUNING] | names[KEPT_APART] == names[WHOLE] and not names[TUNING] & names[KEPT_APART]
    assert names[KEPT_APART] == apart(read_queries())


def test_misses_of_queries_that_nothing_is_tuned_on_are_never_told() -> None:
    asked = read_queries()
    known = {topic: HOMES["sun"] for query in asked for topic in query.topics}
    told = misses_for_tuning(asked, {query.id: [OTHER] for query in asked}, known)
    assert {query.id for query in told} == {query.id for query in asked if query.given} - apart(asked)


def test_what_was_found_is_no_miss() -> None:
    asked = [query(f"q{number}") for number in range(6)]
    assert misses_for_tuning(asked, {query.id: [HOMES["sun"]] for query in asked}, HOMES) == []
