"""Puts a clinic's answers into the shipped clinic file, each in its place, with every comment of that file kept.

The file is changed line by line and not written anew from data, as YAML libraries lose comments.
What comes out is read again, and must say exactly what went in.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guide.faults import Fault, Faults
from guide.places import parse_document

KEY = re.compile(r"^( *)([A-Za-z][\w-]*):(?=\s|$)(.*)$")
SET_OFF = re.compile(r"^( *)# ([a-z][a-z0-9-]*):( .*)$")  # a key that is a comment until a clinic sets it
NOTE = re.compile(r"""^\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'#\s](?:[^#]|(?<!\s)#)*?)?(\s+#(?:\s.*)?|\s*)$""")
PLAIN = re.compile(r"[A-Za-z]+(?:[ .,&()/'-]{1,2}[A-Za-z]+)*[.)]?")  # what YAML reads as it was typed
TAKEN = {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "closed"}  # words that the shipped file has in quotation marks, or that YAML takes for another kind of value
EITHER_OR = {"after_hours"}  # groups that are written anew: one of their keys stands in the place of another
LONGEST = 90  # signs of a value that still goes on its key's own line
WIDTH = 110  # of a text that goes on lines of its own
SCHEMA = re.compile(r"^# yaml-language-server: \$schema=.*$", re.M)
NO_SUCH_CLINIC = "# This clinic does not exist. As long"  # true of the shipped file alone


@dataclass(frozen=True)
class _Place:
    """Where a key stands.

    start   its line, from 0
    end     the line after its value
    indent  the spaces before it
    """

    start: int
    end: int
    indent: int


def filled(template: str, data: Mapping[str, Any], schema: str = "") -> str:
    """The template's text with the data's values in it.

    template  a clinic file that can be read, with its comments
    data      the values, in the form that the file has; what it does not name stays as it is
    schema    where the schema for editors is, seen from the new file; left out, the template's line stays

    Errors: Faults where the template is not a clinic file as we know it.
    """
    for careful in (False, True):
        text = _Lines(template, careful).filled(data)
        document, _ = parse_document(text, "clinic.yml")
        if document is not None and _agrees(document.data, data):
            return _own_head(text, schema)
    raise Faults([Fault("clinic.yml", 0, "", "a file that answers cannot be put into", "fetch the clinic.yml that came with the guide")])


def _own_head(text: str, schema: str) -> str:
    if schema:
        text = SCHEMA.sub(lambda _: f"# yaml-language-server: $schema={schema}", text, count=1)
    return text.replace(NO_SUCH_CLINIC, "# As long", 1)


def _agrees(found: Any, wanted: Any) -> bool:
    """Whether every value that was wanted is there; a group in which nothing is set may be empty."""
    if isinstance(wanted, Mapping):
        below = found if isinstance(found, dict) else {}
        return all(_agrees(below.get(key), value) for key, value in wanted.items())
    return found == wanted


class _Lines:
    """A clinic file's lines, while values are put in.

    careful  whether each value is put in quotation marks, on one line
    """

    def __init__(self, template: str, careful: bool) -> None:
        self.lines = template.split("\n")
        self.careful = careful
        document, _ = parse_document(template, "clinic.yml")
        self.shipped = document.data if document else None

    def filled(self, data: Mapping[str, Any]) -> str:
        for key, value in data.items():
            if key == "protocol" or not isinstance(self.shipped, dict) or self.shipped.get(key, self) != value:
                self._put((key,), value, 0, len(self.lines), 0)
        return "\n".join(self.lines)

    def _put(self, path: tuple[str, ...], value: Any, start: int, end: int, indent: int) -> None:
        """Put a value at its key, which is looked for among some lines, or add the key as the last of these."""
        place = self._find(path[-1], start, end, indent)
        if place is None and path[-2:-1] == ("protocol",):
            place = self._switched_on(path[-1], start, end)
        if place is None:
            self._add(path[-1], value, start, end, indent)
        elif isinstance(value, Mapping) and path[-1] not in EITHER_OR:
            self._inside(path, value, place)
        else:
            self.lines[place.start : place.end] = self._written(self.lines[place.start], place.indent, path[-1], value)

    def _inside(self, path: tuple[str, ...], value: Mapping[str, Any], place: _Place) -> None:
        if path == ("protocol",):
            self._switch_off(place)
        for key, below in value.items():
            now = self._at(place.start, place.indent)
            self._put((*path, key), below, now.start + 1, now.end, self._below(now))

    def _below(self, place: _Place) -> int:
        """The indent of the keys below a key."""
        for line in self.lines[place.start + 1 : place.end]:
            found = KEY.match(line)
            if found:
                return len(found[1])
        return place.indent + 2

    def _find(self, key: str, start: int, end: int, indent: int) -> _Place | None:
        for number in range(start, end):
            found = KEY.match(self.lines[number])
            if found and found[2] == key and len(found[1]) == indent:
                return self._at(number, indent)
        return None

    def _at(self, number: int, indent: int) -> _Place:
        """The extent of the key on a line: all that stands further in, without the comments that follow it."""
        end = number + 1
        for place in range(number + 1, len(self.lines)):
            line = self.lines[place]
            column = len(line) - len(line.lstrip())
            entry = line.lstrip().startswith("- ") and column == indent  # a list may stand right below its key
            if line.strip() and column <= indent and not entry:
                break
            if line.strip() and (not line.lstrip().startswith("#") or SET_OFF.match(line)):
                end = place + 1
        return _Place(number, end, indent)

    # --- Times of the clinic's own, which are comments until they are set ---

    def _switch_off(self, place: _Place) -> None:
        """Make every time a comment again: the data says which are set."""
        for number in range(place.start + 1, place.end):
            found = KEY.match(self.lines[number])
            if found:
                self.lines[number] = f"{found[1]}# {found[2]}:{found[3]}"

    def _switched_on(self, key: str, start: int, end: int) -> _Place | None:
        for number in range(start, end):
            found = SET_OFF.match(self.lines[number])
            if found and found[2] == key:
                self.lines[number] = f"{found[1]}{key}:{found[3]}"
                return _Place(number, number + 1, len(found[1]))
        return None

    # --- Writing ---

    def _add(self, key: str, value: Any, start: int, end: int, indent: int) -> None:
        last = next((number for number in reversed(range(start, end)) if self.lines[number].strip()), start - 1)
        self.lines[last + 1 : last + 1] = self._written("", indent, key, value)

    def _written(self, line: str, indent: int, key: str, value: Any) -> list[str]:
        note = _note(line)
        head = f"{' ' * indent}{key}:"
        if isinstance(value, Mapping):
            return [head + note, *(part for name, below in value.items() for part in self._written("", indent + 2, name, below))]
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [head + note, *(part for entry in value for part in self._entry(entry, indent + 2))]
        if isinstance(value, str) and len(value) > LONGEST and not self.careful and "  " not in value:
            return [f"{head} >-{note}", *(" " * (indent + 2) + part for part in textwrap.wrap(value, WIDTH, break_long_words=False, break_on_hyphens=False))]
        return [f"{head}{'' if value is None else ' ' + self._scalar(value)}{note}"]

    def _entry(self, entry: Any, indent: int) -> Iterator[str]:
        """One entry of a list, its keys below each other; the hours of a day on one line."""
        start = " " * indent + "- "
        if not isinstance(entry, Mapping):
            yield start + self._scalar(entry)
        elif set(entry) == {"opens", "closes"}:
            yield f'{start}{{ opens: "{entry["opens"]}", closes: "{entry["closes"]}" }}'
        else:
            first, *rest = [line for name, value in entry.items() for line in self._written("", indent + 2, name, value)]
            yield start + first.lstrip()
            yield from rest

    def _scalar(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        text = str(value)
        if not self.careful and PLAIN.fullmatch(text) and text.lower() not in TAKEN and not re.fullmatch(r"[A-Z]{2}", text):
            return text
        return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _note(line: str) -> str:
    """The note at the end of a key's line, with one space before it; empty where there is none."""
    found = KEY.match(line)
    note = NOTE.match(found[3]) if found else None
    return f" {note[1].strip()}" if note and note[1].strip() else ""
