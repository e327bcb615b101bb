"""The index of the search holds each topic's place with its question, its answer and the ways to ask for it, in few bytes."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import ROOT
from guide.entries import Synonyms
from guide.faults import Faults
from guide.library import read_library
from guide.pages import PageSource, address_of
from guide.project import Guide
from guide.publish.packed import MOST, SIGNS, codes, packed, packed_words, short_codes
from guide.publish.search import LISTS, SHEETS, BuiltPage, Section, lean, own_sections, phrases_with_little_words, read_found, words_found_nowhere_else

SCRIPTS = ["parts.js", "search.js", "search-show.js", "search-rank.js", "search-index.js", "search-spelling.js", "search-words.js", "search-packed.js", "vendor/stemmer.js"]
MOST_BYTES = 60_000  # index and scripts together, as a host sends them


@pytest.fixture(scope="module")
def index(site: Path) -> dict:
    return json.loads((site / "search" / "index.json").read_text(encoding="utf-8"))


def test_every_topic_has_its_place_with_its_question_and_the_first_sentence_of_the_answer(index: dict, guide: Guide) -> None:
    found = {(index["pages"][page][0], heading): (title, snippet) for page, heading, title, snippet in index["homes"]}
    for topic in guide.library.topics.values():
        title, snippet = found[address_of(topic.page), topic.heading]
        assert title and snippet.endswith((".", "?", "!", ":")) and snippet != title, topic.slug


def test_a_page_on_which_no_topic_is_at_home_can_be_found_too(index: dict, guide: Guide) -> None:
    lived_in = {address_of(topic.page) for topic in guide.library.topics.values()}
    others = {index["pages"][page][0] for page, heading, *_ in index["homes"] if not heading}
    assert others and not others & lived_in and len(others | lived_in) == len(index["pages"])


def test_no_text_holds_markup_or_the_mark_of_a_source(index: dict) -> None:
    for *_, title, snippet in index["homes"]:
        assert not re.search(r"<|&[a-z]+;|&#|[a-z.][0-9]{1,2}(, [0-9]+)*$", f"{title}\n{snippet}"), (title, snippet)


def test_the_first_sentence_passes_over_the_name_of_a_box_and_over_source_marks() -> None:
    html = "<p>In short</p> <ul> <li>Wait two days<sup>1, 2</sup> at least. Then look.</li> <li>More.</li></ul>"
    assert Section("", "Title", html).snippet == "Wait two days at least. Then look."


def test_a_short_first_sentence_takes_the_next_ones_along_only_while_they_are_short() -> None:
    assert Section("", "Title", f"<p>No. We found none. {'Long ' * 40}tail.</p>").snippet == "No. We found none."


def test_a_topic_at_a_pages_main_heading_is_the_page_itself() -> None:
    built = BuiltPage("sun/", Section("", "Sun", "<p>Stay in the shade.</p>"), [Section("hats", "Hats", "<p>Wear one.</p>")])
    assert (built.section("sun").title, built.section("hats").title) == ("Sun", "Hats")


def test_sections_come_to_the_page_that_they_stand_on() -> None:
    docs = [{"location": "a/", "title": "A", "text": ""}, {"location": "a/#b", "title": "B &amp; <b>C</b>", "text": "<p>x</p>"}, {"location": "d/", "title": "D", "text": ""}]
    pages = read_found({"docs": docs})
    assert [(page.address, [section.title for section in page.sections]) for page in pages.values()] == [("a/", ["B & C"]), ("d/", [])]


def test_an_ask_loses_its_little_words_unless_a_phrase_needs_them() -> None:
    spelled = phrases_with_little_words([Synonyms(word="at home", also=["do it myself"])])
    assert lean("Can I do it myself, please?", spelled) == "can i do it myself please"
    assert lean("Can I wear make-up?", spelled) == "wear make up"


def test_how_often_and_how_much_keep_their_first_word() -> None:
    spelled = phrases_with_little_words([])
    assert lean("How often can I do it, and how does it feel?", spelled) == "how often feel"


def test_index_and_scripts_stay_within_their_bytes(site: Path) -> None:
    files = [site / "search" / "index.json", *(site / "assets" / "js" / name for name in SCRIPTS)]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < MOST_BYTES


def test_every_script_that_the_search_takes_in_is_counted() -> None:
    folder = ROOT / "docs" / "assets" / "js"
    taken_in = {"search.js"}
    for name in SCRIPTS:
        taken_in |= {Path(found).as_posix() for found in re.findall(r"(?:from|import\() ?\"\./([\w/-]+\.js)\"", (folder / name).read_text(encoding="utf-8"))}
    assert taken_in == set(SCRIPTS)


def test_every_list_that_answers_nothing_by_itself_is_a_page(index: dict) -> None:
    assert set(LISTS) <= {address for address, _ in index["pages"]}


def test_the_index_of_the_theme_is_not_published(site: Path) -> None:
    assert [path.name for path in (site / "search").iterdir()] == ["index.json"]


# --- Packed words -------------------------------------------------------------------------------------------------


def unpacked(text: str, words: list[str]) -> list[list[str]]:
    """What docs/assets/js/search-packed.js makes of it, so that a slip shows without a browser too."""
    phrases, short = [], short_codes(len(words))
    for length, part in enumerate(text.split(" "), 1):
        signs = [SIGNS.index(sign) for sign in part]
        found = []
        while signs:
            first = signs.pop(0)
            found.append(words[first if first < short else short + (first - short) * len(SIGNS) + signs.pop(0)])
        phrases += [found[at : at + length] for at in range(0, len(found), length)]
    return phrases


def many(count: int) -> list[str]:
    """So many words, of which the first are used most."""
    return [f"{'abcdefghij'[number % 10]}word{number}x" for number in range(count)]


@pytest.mark.parametrize("count", [1, len(SIGNS), len(SIGNS) + 1, 3000, MOST])
def test_every_word_comes_back_from_its_code_however_many_there_are(count: int) -> None:
    phrases = [*([word] for word in many(count)), many(count)[:2] * 2, many(count)[-3:]]
    code = codes(word for phrase in phrases for word in phrase)
    assert unpacked(packed(phrases, code), list(code)) == sorted(phrases, key=len)
    assert len(set(code.values())) == count


def test_more_words_than_codes_stop_the_build() -> None:
    with pytest.raises(ValueError, match=rf"{MOST + 1} words .* codes for {MOST}"):
        codes(many(MOST + 1))


def test_a_list_without_phrases_is_empty() -> None:
    assert packed([], {}) == packed([[]], {}) == ""


def test_the_most_used_words_have_the_shortest_codes() -> None:
    code = codes([*["scar"] * 9, *many(3000)])
    assert len(code["scar"]) == 1 and {len(signs) for signs in code.values()} == {1, 2}


def test_words_that_begin_alike_share_their_letters() -> None:
    assert packed_words(["scar", "scarring", "scars", "sun"]) == "AscarEringEsBun"
    assert packed_words(["a" * 40 + "b", "a" * 40 + "c"]).endswith("Z" + "a" * 15 + "c"), "25 letters and more have no other capital"


def test_no_sign_of_a_code_is_changed_by_json_or_parts_what_is_packed() -> None:
    assert json.dumps(SIGNS, ensure_ascii=False) == f'"{SIGNS}"' and len(set(SIGNS)) == len(SIGNS) and " " not in SIGNS


def test_no_word_of_the_index_holds_a_capital(index: dict) -> None:
    assert re.fullmatch(r"([A-Z][^A-Z\s]*)+", index["words"])


# --- What of a page the search knows ------------------------------------------------------------------------------


def page(address: str, body: str, *sections: tuple[str, str]) -> tuple[PageSource, BuiltPage]:
    """A page as typed and as built: its body, and the ids of its built sections with the text of each."""
    return PageSource(f"{address}.md", body), BuiltPage(f"{address}/", Section("", "Title", "<p>Words.</p>"), [Section(heading, "Heading", f"<p>{text}</p>") for heading, text in sections])


def test_a_tools_own_heading_is_no_place_to_find_and_a_writers_is() -> None:
    source, built = page("a", "# A\n\n## My list { #my-list }\n", ("my-list", "One."), ("my-questions", "Two."), ("mg-order", "Three."), ("healing-week-2", "Four."), ("sources", "Five."))
    assert [section.id for section in own_sections(source, built)] == ["my-list", "healing-week-2"]


def test_no_result_leads_to_a_heading_that_the_page_has_only_once_its_tool_is_used(index: dict, site: Path) -> None:
    for (address, _), sections in zip(index["pages"], index["sections"], strict=True):
        html = re.sub(r"<template.*?</template>", "", (site / address / "index.html").read_text(encoding="utf-8"), flags=re.S)
        assert [heading for heading, _ in sections if f'id="{heading}"' not in html] == [], address


def test_a_word_on_one_page_alone_is_kept_though_a_list_or_a_sheet_has_it_too() -> None:
    pages = [page("a", "", ("one", "Cookies and scars.")), page("b", "", ("two", "Scars.")), page(SHEETS + "c", "", ("three", "Cookies.")), page(LISTS[0].rstrip("/"), "", ("four", "Cookies."))]
    assert list(words_found_nowhere_else(pages, {"cookies", "scars"})) == [["cookies"], [], [], []]


# --- The words that mean the same ---------------------------------------------------------------------------------


def faults_with(lines: Iterable[str], tmp_path: Path) -> list[str]:
    """What is told of the data with more groups of synonyms."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    file = data / "synonyms.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    try:
        read_library(data)
    except Faults as found:
        return [str(fault) for fault in found.faults]
    return []


def test_a_word_in_two_groups_is_told_however_it_is_written(tmp_path: Path) -> None:
    told = faults_with(['  - word: "moon"', '    also: ["Roaccutane", "make-up"]'], tmp_path)
    assert len(told) == 2 and all(line.startswith("data/synonyms.yml:") for line in told)
    assert "“Roaccutane”, which also stands with “isotretinoin”" in told[0] and "make-up" in told[1]


def test_what_would_call_up_a_warning_at_any_question_is_told(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    file = data / "red-flags.yml"
    file.write_text(file.read_text(encoding="utf-8").replace('typed: ["fever"', 'typed: ["is it", "fever"', 1), encoding="utf-8")
    with pytest.raises(Faults) as told:
        read_library(data)
    assert [str(fault) for fault in told.value.faults if "“is it”" in str(fault) and "data/red-flags.yml:" in str(fault)]


def test_a_word_that_the_search_passes_over_is_told(tmp_path: Path) -> None:
    told = faults_with(['  - word: "moon"', '    also: ["the"]'], tmp_path)
    assert len(told) == 1 and "“the”" in told[0] and "passes over" in told[0]
