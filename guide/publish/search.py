"""The index of our search: made of the sections that MkDocs' own search plugin found, and of data/topics.yml and data/synonyms.yml.

A topic's section comes with the words in which people ask for it, as these find it better than its text does.
Of the text of all pages, only words that stand nowhere else in the index are kept, each with its pages.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.entries import RedFlag, Synonyms, Topic
from guide.library import Library
from guide.pages import PageSource, address_of
from guide.publish.packed import LONG, SHORT, SIGNS, codes, packed, packed_words
from guide.typed import CALM, HOW, LITTLE, typed_words

FOUND = "search/search_index.json"  # as MkDocs' plugin writes it; our pages have no other use for it
INDEX = "search/index.json"
# Pages that hold every word of the guide: they are lists to look things up in, and answer nothing by themselves.
SHEETS = "sheets/"  # their headings are those of the pages that they are made of
LISTS = ("about/words/", "about/sources/", "about/questions/", "about/what-changed/")
STARTS = ("when-to-call", "red-flags", "pain", "before-prep")  # topics
FURNITURE = frozenset({"sources", "in-one-picture"})  # headings that every other page has too
CITED = re.compile(r"<sup>.*?</sup>", re.S)
BLOCK = re.compile(r"<(?:p|li)>(.*?)</(?:p|li)>", re.S)
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"(?<=[.?!:]) +(?=[A-Z])")
ENDS = (".", "?", "!", ":")  # so that the name of a box, such as "In short", is no sentence
SNIPPET = 150  # signs, as far as whole sentences allow


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


def search_index(library: Library, pages: list[tuple[PageSource, BuiltPage]]) -> dict[str, Any]:
    """What search-index.js reads.

    pages     list of [address, title]
    sections  one for each page: its headings as [id, text]
    homes     what can come first: [page's place, heading's id, title, snippet, names joined by |]
    asks      one for each topic's home: how people ask for it, packed
    same      groups of words that mean the same, packed
    little    words that tell nothing apart
    how       words that ask something of their own after "how"
    calm      phrases with which nobody says that it is happening
    signs     warning signs: [level, sign, what people type for it joined by |]
    starts    places of the homes that help where nothing is like the question
    rest      one for each page: words of its text that stand nowhere else, packed
    words     the words of `asks`, `rest` and `same`, packed
    code      how they are packed: the signs, and from which one on a code has two and three
    """
    places = {built.address: place for place, (_, built) in enumerate(pages)}
    homes = [*topic_homes(library.topics.values(), pages, places), *_page_homes(library.topics.values(), pages, places)]
    asks = list(_asks(library))
    sections = [[[section.id, section.title] for section in built.sections if section.id not in FURNITURE and built.address not in LISTS and not built.address.startswith(SHEETS)] for _, built in pages]
    same = ["|".join(" ".join(typed_words(phrase)) for phrase in (entry.word, *entry.also)) for entry in library.synonyms.values()]
    shown = [page.facts.title for page, _ in pages]
    known = typed_words(" ".join([*shown, *(title for page in sections for _, title in page), *same, *(text for home in homes for text in home[2:]), *asks]))
    rest = list(_rest(pages, _written(library, pages) - set(known) - LITTLE))
    code = codes([*asks, *rest, *same])
    return {
        "pages": [[built.address, title] for (_, built), title in zip(pages, shown, strict=True)],
        "sections": sections,
        "homes": homes,
        "same": [packed(each, code) for each in same],
        "little": " ".join(sorted(LITTLE)),
        "how": " ".join(HOW),
        "calm": "|".join(CALM),
        "signs": [*_signs(library)],
        "starts": [list(library.topics).index(slug) for slug in STARTS],
        "asks": [packed(each, code) for each in asks],
        "rest": [packed(each, code) for each in rest],
        "words": packed_words(code),
        "code": [SIGNS, SHORT, LONG],
    }


def topic_homes(topics: Iterable[Topic], pages: list[tuple[PageSource, BuiltPage]], places: Mapping[str, int]) -> Iterator[list[Any]]:
    """Each topic's section, with its names."""
    for topic in topics:
        place = places[address_of(topic.page)]
        section = pages[place][1].section(topic.heading)
        yield [place, topic.heading, section.title, section.snippet, _joined(topic.index)]


def _page_homes(topics: Iterable[Topic], pages: list[tuple[PageSource, BuiltPage]], places: Mapping[str, int]) -> Iterator[list[Any]]:
    """Each page on which no topic is at home, with its description."""
    lived_in = {places[address_of(topic.page)] for topic in topics}
    for place, (page, built) in enumerate(pages):
        if place not in lived_in:
            yield [place, "", built.whole.title, page.facts.description, ""]


def _headings(built: BuiltPage) -> list[list[str]]:
    """The headings of a page that answer something, each with its id."""
    if built.address in LISTS or built.address.startswith(SHEETS):
        return []
    return [[section.id, section.title] for section in built.sections if section.id not in FURNITURE]


def _asks(library: Library) -> Iterator[str]:
    """The words in which people ask for each topic, joined by |."""
    spelled = phrases_with_little_words(library.synonyms.values())
    for topic in library.topics.values():
        yield "|".join(sorted({lean(ask, spelled) for ask in topic.asks} - {""}))


def _signs(library: Library) -> Iterator[list[str]]:
    """What must never be looked for in vain, most urgent first."""
    for worry in library.worries.values():
        yield ["harm", worry.sign, _joined(worry.typed)]
    for flag in library.red_flags.values():
        if flag.typed:
            yield [flag.level, flag.sign, _joined(flag.typed)]


def _joined(texts: Iterable[str]) -> str:
    """Texts in one, parted by strokes; a stroke of their own becomes a space."""
    return "|".join(text.replace("|", " ") for text in texts)


def lean(ask: str, spelled: re.Pattern[str]) -> str:
    """An ask without little words but "how" in "how often"; or whole where it holds a phrase that needs them.

    spelled  finds such phrases, in words as `typed_words` gives them
    """
    words = typed_words(ask)
    if spelled.search(" ".join(words)):
        return " ".join(words)
    return " ".join(word for place, word in enumerate(words) if word not in LITTLE or (word == "how" and words[place + 1 : place + 2] and words[place + 1] in HOW))


def phrases_with_little_words(synonyms: Iterable[Synonyms]) -> re.Pattern[str]:
    """Finds every phrase of the synonyms in which a little word stands."""
    phrases = (typed_words(phrase) for entry in synonyms for phrase in (entry.word, *entry.also))
    needed = sorted(" ".join(words) for words in phrases if LITTLE & set(words))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, needed))})\b" if needed else r"(?!)")


def _written(library: Library, pages: list[tuple[PageSource, BuiltPage]]) -> set[str]:
    """Every word that somebody wrote: a built page's text also runs words together where the page sets them apart by space alone."""
    data = (text for document in library.documents.values() for text in _strings(document.data))
    return set(typed_words(" ".join([*data, *(page.body for page, _ in pages)])))


def _strings(data: Any) -> Iterator[str]:
    """Every text in a document, at any depth."""
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _strings(part)


def _rest(pages: list[tuple[PageSource, BuiltPage]], wanted: set[str]) -> Iterator[str]:
    """The words of each page's text that are wanted and stand on no other page: any others tell little, and each one weighs."""
    found = [set() if built.address in LISTS else set(typed_words(_text(built))) & wanted for _, built in pages]
    pages_with = Counter(word for words in found for word in words)
    return (" ".join(sorted(word for word in words if pages_with[word] == 1 and not word[0].isdigit())) for words in found)


def _text(built: BuiltPage) -> str:
    return " ".join(section.text for section in [built.whole, *built.sections] if section.id not in FURNITURE)


def _plain(text: str) -> str:
    """Text without source marks and tags, its white space as single spaces."""
    return " ".join(html.unescape(TAG.sub(" ", CITED.sub("", text))).split())
