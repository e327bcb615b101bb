"""What a text file says to its readers, in blocks, without markup; each character knows the line that it stands on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from guide.entries import LINE_END
from guide.pages import FRONT_MATTER
from guide.places import Document, parse_document

# Marks that no reader sees and that could split a word: the soft hyphen, and spaces of no width.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SPACES = re.compile(r"\s+")
FRONT_LINE = re.compile(r"^\s*(?:-\s+)?(?:[\w-]+:\s+)?([\"']?)(.*?)\1\s*$")
SPOKEN_MACROS = {"call_card": 0, "booking_link": 0, "certainty": 1, "term": 1}  # what a page hands to these, readers see, but for so many ids before it
MACRO = re.compile(r"\{\{\s*(\w*).*?\}\}|\{%.*?%\}", re.S)
TEXT_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
COMMENT = re.compile(r"<!--.*?-->|\{#.*?#\}", re.S)
ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}\n]*\}")
BREAK = re.compile(r"(?i)<br\s*/?>")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
EMPHASIS = re.compile(r"\*\*+|(?<=\S)\*|\*(?=\S)|(?<!\w)_+|_+(?!\w)|`+|~~")
BOX = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s+[\w -]*(?:\"(.*)\")?\s*$")
OPENS = re.compile(r"^\s*(?:#+|[-*+•·–—>]|\d+[.)])\s+")  # a heading, an entry of a list or a cited line
RULE = re.compile(r"^\s*[-=*_|:\s]{3,}$")
HYPHENATED = re.compile(r"[^\W\d_]-$")
UNFINISHED = re.compile(r"[,;:.!?-]$")
SHORT_LINE = 40  # characters: a line that ends sooner was broken on purpose, as on a leaflet
INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
SILENT = {"script", "style", "template"}
SPOKEN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "content"}


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an entry of a list or a cell of a table.

    text   its words, with single spaces; a line break stands where a line was broken on purpose
    lines  for each character, the line of the file from 1
    """

    text: str
    lines: tuple[int, ...]


class _Writer:
    """Collects the characters of blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._lines: list[int] = []

    def write(self, text: str, line: int) -> None:
        for number, part in enumerate(text.split("\n"), line):
            self._put(part if number == line else f" {part}", number)

    def _put(self, part: str, line: int) -> None:
        shown = SPACES.sub(" ", unicodedata.normalize("NFKC", part).translate(UNSEEN))
        if shown.startswith(" ") and (not self._text or self._text[-1].isspace()):
            shown = shown[1:]
        self._text.extend(shown)
        self._lines.extend([line] * len(shown))

    def next_line(self, text: str, line: int) -> None:
        """More of the same block: a word that is split over the end of the line is one word again."""
        if HYPHENATED.search("".join(self._text[-2:])) and text[:1].islower():
            self._text.pop()
            self._lines.pop()
        elif self._text and text[:1].isupper() and self._lines.count(self._lines[-1]) <= SHORT_LINE and not UNFINISHED.search(self._text[-1]):
            self.break_line(line)
        else:
            self.write(" ", line)
        self.write(text, line)

    def break_line(self, line: int) -> None:
        """A line break on purpose: words may go on over it, and yet a new thought may begin."""
        if self._text:
            self._text.append("\n")
            self._lines.append(line)

    def close(self) -> None:
        if "".join(self._text).strip():
            self.blocks.append(Block("".join(self._text), tuple(self._lines)))
        self._text, self._lines = [], []

    def alone(self, text: str, line: int) -> None:
        self.close()
        self.write(text, line)
        self.close()


def blocks_of(text: str, name: str) -> list[Block]:
    """What a file says, read as its name's ending tells.

    text  the whole file
    name  its name: .html and .htm are read as HTML, .yml and .yaml as YAML, all else as text or Markdown
    """
    ending = name.lower().rpartition(".")[2]
    if ending in ("html", "htm", "xhtml") or re.match(r"(?i)\s*<(!doctype|html)\b", text):
        return html_blocks(text)
    if ending in ("yml", "yaml"):
        document, _ = parse_document(text, name)
        if document is not None:
            return data_blocks(document)
    return text_blocks(text)


def data_blocks(document: Document) -> list[Block]:
    """Each text of a YAML file, on the line of its key. Ids are names and not read."""
    writer = _Writer()
    for key, text in document.texts():
        if not key or key[-1] != "id":
            writer.alone(text.replace(LINE_END, " "), document.line(key))
    return [Block(block.text, (block.lines[0],) * len(block.text)) for block in writer.blocks]


def text_blocks(text: str) -> list[Block]:
    """What a plain text or a Markdown page says."""
    writer = _Writer()
    front = FRONT_MATTER.match(text)
    first = 1
    if front:
        for number, line in enumerate(front[1].split("\n"), 2):
            writer.alone(FRONT_LINE.sub(r"\2", line), number)
        first += front[0].count("\n")
    for number, line in enumerate(unmarked(text[front.end() :] if front else text).split("\n"), first):
        _text_line(writer, line, number)
    writer.close()
    return writer.blocks


def _text_line(writer: _Writer, line: str, number: int) -> None:
    box, opens = BOX.match(line), OPENS.match(line)
    if not line.strip() or RULE.match(line):
        writer.close()
    elif box:
        writer.alone(box[1] or "", number)
    elif line.lstrip().startswith("|"):
        for cell in line.strip().strip("|").split("|"):
            writer.alone(cell, number)
    elif opens:
        writer.close()
        writer.write(line[opens.end() :], number)
        if opens[0].lstrip().startswith("#"):
            writer.close()
    else:
        writer.next_line(line.strip(), number)


def unmarked(text: str) -> str:
    """The text without macros, comments, tags and link targets, each line where it was.

    Words that a link shows stay, and so do those that a page hands to a macro for its readers (SPOKEN_MACROS).
    """
    text = COMMENT.sub(lambda match: _kept(match, ""), text)
    text = MACRO.sub(lambda match: _kept(match, _spoken(match)), text)
    text = ATTRIBUTES.sub("", text)
    text = LINK.sub(lambda match: _kept(match, match[1]), text)
    text = TAG.sub(lambda match: _kept(match, ""), BREAK.sub(" ", text))
    return re.sub(r"&#?\w+;", lambda match: unescape(match[0]), EMPHASIS.sub("", _marked_lists(text)))


def _marked_lists(text: str) -> str:
    """A star that opens an entry of a list as a dash, so that it is not taken for emphasis."""
    return re.sub(r"(?m)^(\s*)\*(?=\s)", r"\1-", text)


def _kept(match: re.Match, words: str) -> str:
    return words + "\n" * (match[0].count("\n") - words.count("\n"))


def _spoken(macro: re.Match) -> str:
    if macro[1] not in SPOKEN_MACROS:
        return ""
    return " ".join(one or other for one, other in TEXT_VALUE.findall(macro[0])[SPOKEN_MACROS[macro[1]] :])


def html_blocks(text: str) -> list[Block]:
    """What an HTML page says, with the texts of pictures and the description for search engines."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    reader.writer.close()
    return reader.writer.blocks


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = _Writer()
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        spoken = [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]
        if tag == "br":
            self.writer.break_line(line)
        elif tag not in INLINE or spoken:
            self.writer.close()
        for value in spoken:
            self.writer.alone(value, line)
        if tag == "q":
            self.writer.write("“", line)
        if tag in SILENT:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self.writer.write("”", self.getpos()[0])
        if tag not in INLINE and tag != "br":
            self.writer.close()
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.writer.write(data, self.getpos()[0])
