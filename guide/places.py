"""Reads YAML with the line of every key, and says in plain words what YAML itself would get wrong.

PyYAML's node tree is used, as MkDocs brings it: it knows the line and the very characters of each value,
which is what tells a bare `no` from a quoted "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guide.faults import Fault, quoted

Key = tuple[str | int, ...]

LARGEST_FILE = 1_000_000  # bytes; the largest data file here is a tenth of this
WORD_PROCESSORS = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")  # docx and odt, rtf, doc
SAVE_AGAIN = "save it again with the encoding UTF-8 (in Notepad: Save as, then UTF-8 beside Encoding)"
DEEPEST = 12  # levels of nesting; the clinic file needs four
YES_NO = re.compile(r"(?i)^(yes|no|on|off|y|n)$")
BASE_SIXTY = re.compile(r"^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$")
ODD_NUMBER = re.compile(r"(?i)^[-+]?(0\d[\d_]*|0x[\da-f_]+|0b[01_]+|0o[0-7_]+|\d[\d_]*_[\d_]*)$")
WHOLE = re.compile(r"^-?(0|[1-9]\d*)$")
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# What YAML cannot hold, and the rare line breaks that would put every line number after them out.
UNREADABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Quotation marks that a word processor makes: YAML takes them for a part of the value.
CURLY = re.compile("^[\u201c\u201d\u201e\u2018\u2019\u00ab][^\u201c\u201d\u201e\u00ab\u00bb]*[\u201c\u201d\u2018\u2019\u00bb]$")
LOST = re.compile(r"\s#(?:[^\s#]|\s\d).*$")  # as in Suite #4: YAML takes all from the # for a note
A_NOTE = "a note begins with #, a space and a word"
NOT_AN_ENTRY = re.compile(r"^(?:[\u2013\u2014\u2022\u00b7*-]|[A-Za-z][\w-]*:\S)(?!//)")  # a line that was meant as an entry or key, and is read as more text
EMPTY = {"", "~", "null", "Null", "NULL"}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as data, with the line on which each key stands.

    name   the file as its writer knows it, for errors
    data   plain dictionaries, lists, text, numbers, true, false, dates or None
    lines  dotted place → line number from 1
    """

    name: str
    data: Any
    lines: dict[Key, int] = field(default_factory=dict)

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest key above it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Each text in the file, with its key."""
        return _texts(self.data, ())


def _texts(value: Any, key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, (dict, list)):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*key, part))


def read_document(path: Path, name: str, largest: int = LARGEST_FILE) -> tuple[Document | None, list[Fault]]:
    """Read one YAML file.

    largest  the most bytes that such a file may have

    Returns the document, or None where it cannot be read at all, and every fault found on the way.
    """
    text, faults = read_text(path, name, largest)
    if text is None:
        return None, faults
    return parse_document(text, name)


def parse_document(text: str, name: str, first_line: int = 1) -> tuple[Document | None, list[Fault]]:
    """The same for text that is already at hand, such as a page's front matter.

    first_line  the line of the file on which the text begins
    """
    faults = [*_tabs(text, name, first_line), *_unreadable(text, name, first_line)]
    if faults:
        return None, faults
    try:
        faults = list(_forbidden(text, name, first_line))
        if faults:
            return None, faults
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        return None, [_syntax_fault(error, name, first_line)]
    reader = _Reader(name, first_line, text.split("\n"))
    data = reader.value(root, ()) if root is not None else None
    return Document(name, data, reader.lines), reader.faults


def read_text(path: Path, name: str, largest: int = LARGEST_FILE) -> tuple[str | None, list[Fault]]:
    """The text of a file in UTF-8, with plain line ends; or None and what is wrong.

    largest  the most bytes that such a file may have
    """
    try:
        if path.exists() and not path.is_file():
            return None, [Fault(name, 0, "", "a folder or a device", "give the name of a file")]
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        return None, [Fault(name, 0, "", "no such file", "check its name and the folder you are in")]
    except OSError as error:
        return None, [Fault(name, 0, "", f"a file that cannot be opened ({error.strerror})", "check that it is a file you may read")]
    if len(raw) > largest:
        return None, [Fault(name, 0, "", f"more than {largest} bytes", f"keep it under {largest} bytes")]
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> tuple[str | None, list[Fault]]:
    if raw.startswith(WORD_PROCESSORS):
        return None, [Fault(name, 0, "", "a word processor's document", "keep it as plain text: use Notepad, TextEdit (Format, Make Plain Text) or a code editor, not Word")]
    if b"\0" in raw:
        return None, [Fault(name, 0, "", "a file that is not plain text in UTF-8", SAVE_AGAIN)]
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        near = raw[: error.start].rsplit(b"\n", 1)[-1].decode("utf-8", "replace")[-20:]
        found = f"a letter or sign that is not UTF-8, after {quoted(near)}" if near.strip() else "a letter or sign that is not UTF-8"
        return None, [Fault(name, line, "", found, SAVE_AGAIN)]


def _tabs(text: str, name: str, first_line: int) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), first_line):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            yield Fault(name, number, "", "a tab at the start of the line", "use spaces, two for each step in")


def _unreadable(text: str, name: str, first_line: int) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), first_line):
        hidden = UNREADABLE.search(line)
        if hidden:
            yield Fault(name, number, "", f"the hidden character U+{ord(hidden[0]):04X}", "delete it, or type the line again")


def _forbidden(text: str, name: str, first_line: int) -> Iterator[Fault]:
    """Shortcuts and tags: an alias can unfold into millions of copies, and a tag can name code."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + first_line
        if isinstance(event, yaml.AliasEvent):
            yield Fault(name, line, "", f"the shortcut *{event.anchor}", "write the value out in full")
        elif getattr(event, "anchor", None):
            yield Fault(name, line, "", f"the shortcut &{event.anchor}", "leave the & word out; if the value itself begins with &, put it in quotes")
        elif getattr(event, "tag", None) is not None:
            yield Fault(name, line, "", f"the tag {quoted(event.tag)}", "leave the ! word out; if the value itself begins with !, put it in quotes")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                yield Fault(name, line, "", f"more than {DEEPEST} levels of nesting", "keep the shape of the example file")
                return
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _syntax_fault(error: yaml.YAMLError, name: str, first_line: int) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + first_line if mark else 0
    return Fault(
        name, line, "", "a line that cannot be read here",
        "check this line and the ones above it: a colon and a space after each key, the same number of spaces before keys side by side, "
        "every quotation mark and bracket closed, and quotation marks round a value that begins with a sign or holds a colon",
    )


class _Reader:
    """Turns YAML nodes into plain values, keeping lines and collecting faults."""

    def __init__(self, name: str, first_line: int, typed: list[str]) -> None:
        self.name = name
        self.first_line = first_line
        self.typed = typed
        self.lines: dict[Key, int] = {}
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, key: Key) -> Any:
        self.lines.setdefault(key, node.start_mark.line + self.first_line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key, place)) for place, child in enumerate(node.value)]
        return self._scalar(node, key)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + self.first_line
            if not isinstance(name_node, yaml.ScalarNode):
                self._fault(line, key, "a list or group where a key should be", "write a plain word before the colon")
                continue
            name = str(name_node.value)
            here = (*key, name)
            if name in result:
                first = self.lines[here]
                self._fault(line, here, f"the key {quoted(name)} a second time (first on line {first})", "keep one of the two")
                continue
            self.lines[here] = line
            result[name] = self.value(value_node, here)
        return result

    def _scalar(self, node: yaml.ScalarNode, key: Key) -> Any:
        typed = node.value
        self._lost(node, key)
        if node.style:  # a quoted or block value; plain ones have None, or "" from the C reader
            return typed
        line = node.start_mark.line + self.first_line
        if YES_NO.match(typed):
            self._fault(line, key, f"{typed} without quotes, which a computer may take for true or false", f'write "{typed}" in quotes')
        elif BASE_SIXTY.match(typed) or ODD_NUMBER.match(typed):
            self._fault(line, key, f"{typed} without quotes, which a computer may take for another number", f'write "{typed}" in quotes')
        elif CURLY.match(typed):
            self._fault(line, key, f"curly quotation marks, {typed[0]} and {typed[-1]}", f'type straight ones instead: "{quoted(typed[1:-1])[1:-1]}"')
        return _plain_value(typed)

    def _lost(self, node: yaml.ScalarNode, key: Key) -> None:
        """Tell what is taken for a note, or for more of the text above it, and was meant otherwise."""
        start, end = node.start_mark.line, node.end_mark.line
        after = "" if node.style in ("|", ">") else self.typed[end][node.end_mark.column :]
        lost = re.match(r"\s*" + LOST.pattern, after)
        if lost:
            self._fault(end + self.first_line, key, f"{quoted(lost[0].strip())}, which is taken for a note and lost", f"put quotation marks round the whole value; {A_NOTE}")
        for place in range(start + 1, end + 1) if not node.style else ():
            words = self.typed[place].strip()
            if NOT_AN_ENTRY.match(words):
                advice = 'begin an entry of a list with a hyphen and a space, "- ", and put a space after the colon of a key'
                self._fault(place + self.first_line, key, f"{quoted(words)}, which is taken for more of the text above", advice)

    def _fault(self, line: int, key: Key, found: str, expected: str) -> None:
        self.faults.append(Fault(self.name, line, dotted(key), found, expected))


def _plain_value(typed: str) -> Any:
    if typed in EMPTY:
        return None
    if typed in ("true", "True", "TRUE"):
        return True
    if typed in ("false", "False", "FALSE"):
        return False
    if WHOLE.match(typed) and len(typed) < 19:
        return int(typed)
    if ISO_DATE.match(typed):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return typed
    return typed


def dotted(key: Key) -> str:
    """A key as people say it: `practitioners.2.name`, counting from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
