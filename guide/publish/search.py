"""The index of our search: made of the sections that MkDocs' own search plugin found, and of data/topics.yml and data/synonyms.yml.

A topic's section comes with the words in which people ask for it, as these find it better than its text does.
Of the text of all pages, only words that stand nowhere else in the index are kept, each with its pages.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.entries import Synonyms
from guide.library import Library
from guide.pages import PageSource, address_of
from guide.publish.packed import codes, packed, packed_words
from guide.typed import CALM, HOW, LITTLE, typed_words

FOUND = "search/search_index.json"  # as MkDocs' plugin writes it; our pages have no other use for it
INDEX = "search/index.json"
# Pages that hold every word of the guide: they are lists to look things up in, and answer nothing by themselves.
SHEETS = "sheets/"  # their headings are those of the pages that they are made of
LISTS = ("about/words/", "about/sources/", "about/questions/", "about/what-changed/")
STARTS = ("when-to-call", "red-flags", "pain", "before-prep")  # topics
FURNITURE = frozenset({"sources", "in-one-picture"})  # headings that every other page has too
TOOLS = ("mg-", "my-")  # so begin the ids of a tool's own headings: they tell nothing by themselves, or show only once it is used
CITED = re.compile(r"<sup>.*?</sup>", re.S)
BLOCK = re.compile(r"<(?:p|li)>(.*?)</(?:p|li)>", re.S)
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"(?<=[.?!:]) +(?=[A-Z])")
ENDS = (".", "?", "!", ":")  # so that the name of a box, such as "In short", is no sentence
SNIPPET = 150  # signs, as far as whole sentences allow

Phrases = list[list[str]]  # each as its words


@dataclass(frozen=True)
class Section:
    """A heading of a built page with the text below it; the page itself where `id` is empty."""

    id: str
    title: str
    html: str

    @property
    def text(self) -> str:
        return _plain(self.html)

    @property
    def snippet(self) -> str:
        """The first sentence of the text, and the next ones while they are short."""
        blocks = map(_plain, BLOCK.findall(self.html))
        first, *more = SENTENCE.split(next((block for block in blocks if block.endswith(ENDS)), ""))
        for sentence in more:
            if len(first) + len(sentence) >= SNIPPET:
                break
            first += f" {sentence}"
        return first


@dataclass
class BuiltPage:
    """A page as the plugin found it."""

    address: str
    whole: Section
    sections: list[Section] = field(default_factory=list)

    def section(self, heading: str) -> Section:
        """A section by its id; the whole page where its main heading has that id."""
        return next((section for section in self.sections if section.id == heading), self.whole)


Page = tuple[PageSource, BuiltPage]  # as typed and as built


def write_search(library: Library, pages: Iterable[PageSource], site: Path) -> None:
    """Write search/index.json, and take away the index that it was made of.

    pages  the pages as typed, in the order of the menu
    site   the built folder

    Errors: OSError where a file cannot be read or written.
    """
    found = read_found(json.loads((site / FOUND).read_text(encoding="utf-8")))
    index = search_index(library, [(page, found[page.address]) for page in pages if page.address in found])
    (site / INDEX).write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    (site / FOUND).unlink()


def read_found(found: Mapping[str, Any]) -> dict[str, BuiltPage]:
    """The built pages by address, from the plugin's index.

    found  search_index.json as read: its `docs` hold location, title and text of each page, then of its sections
    """
    pages: dict[str, BuiltPage] = {}
    for each in found["docs"]:
        address, _, heading = each["location"].partition("#")
        section = Section(heading, _plain(each["title"]), each["text"])
        if heading:
            pages[address].sections.append(section)
        else:
            pages[address] = BuiltPage(address, section)
    return pages


def search_index(library: Library, pages: Sequence[Page]) -> dict[str, Any]:
    """What search-index.js reads. Lists of phrases are packed.

    pages     list of [address, title]
    sections  one for each page: its headings as [id, text]
    homes     what can come first, those of the topics first: [page's place, heading's id, title, snippet]
    little    words that tell nothing apart
    how       words that ask something of their own after "how"
    calm      phrases with which nobody says that it is happening
    signs     warning signs, the most urgent first: [level, sign]
    starts    places of the homes that help where nothing is like the question
    asks      one for each topic: how people ask for it
    names     one for each home: what the list from A to Z calls it, or the menu
    same      groups that mean the same
    typed     one for each sign: what people type for it
    rest      one for each page: words of its text that stand nowhere else
    words     the words of all these, packed
    """
    homes, signs = list(_homes(library, pages)), list(_signs(library))
    sections = [[[section.id, section.title] for section in own_sections(page, built)] for page, built in pages]
    lists = {
        "asks": list(_asks(library)),
        "names": [_phrases(names) for *_, names in homes],
        "same": [_phrases([entry.word, *entry.also]) for entry in library.synonyms.values()],
        "typed": [_phrases(typed) for *_, typed in signs],
    }
    titles = [*(title for _, _, title, *_ in homes), *(title for page in sections for _, title in page)]
    wanted = _written(library, pages).difference(_words(lists), typed_words(" ".join(titles)), LITTLE)
    lists["rest"] = [[[word] for word in words] for words in words_found_nowhere_else(pages, wanted)]
    code = codes(_words(lists))
    return {
        "pages": [[built.address, page.facts.title] for page, built in pages],
        "sections": sections,
        "homes": [home[:-1] for home in homes],
        "little": " ".join(sorted(LITTLE)),
        "how": " ".join(HOW),
        "calm": "|".join(CALM),
        "signs": [sign[:-1] for sign in signs],
        "starts": [list(library.topics).index(slug) for slug in STARTS],
        **{name: [packed(phrases, code) for phrases in each] for name, each in lists.items()},
        "words": packed_words(code),
    }


def _homes(library: Library, pages: Sequence[Page]) -> Iterator[tuple[int, str, str, str, list[str]]]:
    """What can come first: each topic's section, then each page on which no topic is at home.

    A home is its page's place, its heading's id, title, snippet, and its names: those in the list from A to Z, or the page's in the menu.
    """
    places = {built.address: place for place, (_, built) in enumerate(pages)}
    for topic in library.topics.values():
        place = places[address_of(topic.page)]
        section = pages[place][1].section(topic.heading)
        yield place, topic.heading, section.title, section.snippet, topic.index
    lived_in = {address_of(topic.page) for topic in library.topics.values()}
    for place, (page, built) in enumerate(pages):
        if built.address not in lived_in:
            yield place, "", built.whole.title, page.facts.description, [page.facts.title]


def own_sections(page: PageSource, built: BuiltPage) -> list[Section]:
    """The headings of a page that answer something: those that its writer typed, and those of components but for tools."""
    written = {heading.id for heading in page.headings}
    return [section for section in built.sections if _answers(built) and section.id not in FURNITURE and (section.id in written or not section.id.startswith(TOOLS))]


def _answers(built: BuiltPage) -> bool:
    """Whether a page answers by itself, and does not only gather what others say."""
    return built.address not in LISTS and not built.address.startswith(SHEETS)


def _asks(library: Library) -> Iterator[Phrases]:
    """The words in which people ask for each topic."""
    spelled = phrases_with_little_words(library.synonyms.values())
    for topic in library.topics.values():
        yield [ask.split() for ask in sorted({lean(ask, spelled) for ask in topic.asks})]


def _signs(library: Library) -> Iterator[tuple[str, str, list[str]]]:
    """What must never be looked for in vain, most urgent first: its level, its name, and what people type for it."""
    for worry in library.worries.values():
        yield "harm", worry.sign, worry.typed
    for flag in library.red_flags.values():
        if flag.typed:
            yield flag.level, flag.sign, flag.typed


def _phrases(texts: Iterable[str]) -> Phrases:
    return [typed_words(text) for text in texts]


def _words(lists: Mapping[str, Iterable[Phrases]]) -> Iterator[str]:
    """Every word of some lists of phrases, as often as it stands there."""
    return (word for each in lists.values() for phrases in each for phrase in phrases for word in phrase)


def lean(ask: str, spelled: re.Pattern[str]) -> str:
    """An ask without little words but "how" in "how often"; or whole where it holds a phrase that needs them.

    spelled  finds such phrases, in words as `typed_words` gives them
    """
    words = typed_words(ask)
    if spelled.search(" ".join(words)):
        return " ".join(words)
    return " ".join(word for word, after in zip(words, [*words[1:], ""], strict=True) if word not in LITTLE or (word == "how" and after in HOW))


def phrases_with_little_words(synonyms: Iterable[Synonyms]) -> re.Pattern[str]:
    """Finds every phrase of the synonyms in which a little word stands."""
    phrases = (typed_words(phrase) for entry in synonyms for phrase in (entry.word, *entry.also))
    needed = sorted(" ".join(words) for words in phrases if LITTLE & set(words))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, needed))})\b" if needed else r"(?!)")


def _written(library: Library, pages: Sequence[Page]) -> set[str]:
    """Every word that somebody wrote: a built page's text also runs words together where the page sets them apart by space alone."""
    data = (text for document in library.documents.values() for text in _strings(document.data))
    return set(typed_words(" ".join([*data, *(page.body for page, _ in pages)])))


def _strings(data: Any) -> Iterator[str]:
    """Every text in a document, at any depth."""
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _strings(part)


def words_found_nowhere_else(pages: Sequence[Page], wanted: Collection[str]) -> Iterator[list[str]]:
    """Of each page's text, the wanted words that stand on no other page that answers: any others tell little, and each one weighs."""
    found = [set(typed_words(_text(page, built))).intersection(wanted) if _answers(built) else set() for page, built in pages]
    pages_with = Counter(word for words in found for word in words)
    return (sorted(word for word in words if pages_with[word] == 1 and not word[0].isdigit()) for words in found)


def _text(page: PageSource, built: BuiltPage) -> str:
    return " ".join(section.text for section in [built.whole, *own_sections(page, built)])


def _plain(text: str) -> str:
    """Text without source marks and tags, its white space as single spaces."""
    return " ".join(html.unescape(TAG.sub(" ", CITED.sub("", text))).split())
