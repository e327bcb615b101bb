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
from guide.pages import address_of
from guide.project import Guide
from guide.publish.packed import LONG, SHORT, SIGNS, codes, packed, packed_words
from guide.publish.search import LISTS, BuiltPage, Section, lean, phrases_with_little_words, read_found, topic_homes

SCRIPTS = ["parts.js", "search.js", "search-show.js", "search-rank.js", "search-index.js", "search-spelling.js", "search-words.js", "search-packed.js", "vendor/stemmer.js"]
MOST = 60_000  # bytes, index and scripts together, as a host sends them


@pytest.fixture(scope="module")
def index(site: Path) -> dict:
    return json.loads((site / "search" / "index.json").read_text(encoding="utf-8"))


def test_every_topic_has_its_place_with_its_question_and_the_first_sentence_of_the_answer(index: dict, guide: Guide) -> None:
    found = {(index["pages"][page][0], heading): (title, snippet) for page, heading, title, snippet, _ in index["homes"]}
    for topic in guide.library.topics.values():
        title, snippet = found[address_of(topic.page), topic.heading]
        assert title and snippet.endswith((".", "?", "!", ":")) and snippet != title, topic.slug


def test_a_page_on_which_no_topic_is_at_home_can_be_found_too(index: dict, guide: Guide) -> None:
    lived_in = {address_of(topic.page) for topic in guide.library.topics.values()}
    others = {index["pages"][page][0] for page, heading, *_ in index["homes"] if not heading}
    assert others and not others & lived_in and len(others | lived_in) == len(index["pages"])


def test_no_text_holds_markup_or_the_mark_of_a_source(index: dict) -> None:
    for *_, title, snippet, names in index["homes"]:
        assert not re.search(r"<|&[a-z]+;|&#|[a-z.][0-9]{1,2}(, [0-9]+)*$", f"{title}\n{snippet}\n{names}"), (title, snippet)


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
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < MOST


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


def unpacked(text: str, words: list[str]) -> list[str]:
    """What docs/assets/js/search-packed.js makes of it, so that a slip shows without a browser too."""
    phrases = []
    for phrase in text.split("|"):
        found, at = [], 0
        while at < len(phrase):
            first = SIGNS.index(phrase[at])
            length = 1 if first < SHORT else 2 if first < LONG else 3
            signs = [SIGNS.index(sign) for sign in phrase[at : at + length]]
            at += length
            size = len(SIGNS)
            below = [0, SHORT - SHORT * size, SHORT + (LONG - SHORT) * size - LONG * size**2][length - 1]
            found.append(words[sum(sign * size**power for power, sign in enumerate(reversed(signs))) + below])
        phrases.append(" ".join(found))
    return phrases


def many(count: int) -> list[str]:
    """So many words, of which the first are used most."""
    return [f"{'abcdefghij'[number % 10]}word{number}x" for number in range(count)]


@pytest.mark.parametrize("count", [1, SHORT, SHORT + 1, SHORT + (LONG - SHORT) * len(SIGNS), SHORT + (LONG - SHORT) * len(SIGNS) + 1, 6000])
def test_every_word_comes_back_from_its_code_however_many_there_are(count: int) -> None:
    text = "|".join([" ".join(many(count)[:5] * 3), " ".join(many(count))])
    code = codes([text])
    assert unpacked(packed(text, code), list(code)) == text.split("|")
    assert len(set(code.values())) == count


def test_the_most_used_words_have_the_shortest_codes() -> None:
    code = codes(["scar " * 9, " ".join(many(300))])
    assert len(code["scar"]) == 1 and max(map(len, code.values())) == 2


def test_words_that_begin_alike_share_their_letters() -> None:
    assert packed_words(["scar", "scarring", "scars", "sun"]) == "0scar 4ring 4s 1un"
    assert packed_words(["a" * 40 + "b", "a" * 40 + "c"]).split()[1] == "z" + "a" * 5 + "c", "36 letters and more have no number"


def test_no_sign_of_a_code_is_changed_by_json_or_parts_what_is_packed() -> None:
    assert json.dumps(SIGNS, ensure_ascii=False) == f'"{SIGNS}"' and len(set(SIGNS)) == len(SIGNS) and not set(SIGNS) & set(' |"\\')


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


def test_a_stroke_in_a_name_parts_no_list(guide: Guide) -> None:
    topic = next(iter(guide.library.topics.values()))
    built = BuiltPage(address_of(topic.page), Section("", "A", "<p>B.</p>"))
    [home] = topic_homes([topic.model_copy(update={"index": ["one|two", "three"]})], [(None, built)], {built.address: 0})
    assert home[4] == "one two|three"


def test_a_word_that_the_search_passes_over_is_told(tmp_path: Path) -> None:
    told = faults_with(['  - word: "moon"', '    also: ["the"]'], tmp_path)
    assert len(told) == 1 and "“the”" in told[0] and "passes over" in told[0]
