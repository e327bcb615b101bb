"""What people type that YAML cannot read, or reads in another place: found line by line, told in plain words, read as meant.

So one slip does not hide the others: the file is checked once more with each slip mended in memory.
Only a file that has a fault already comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guide.faults import Fault, nearest, quoted
from guide.places import A_NOTE, CURLY, LOST, UNREADABLE, dotted, parse_document

# None for a text, a dictionary for a group of keys, a list with the shape of its entries.
Shape = None | dict[str, Any] | list[Any]

KEY = re.compile(r"""^(["']?)([A-Za-z][\w -]*?)\1\s*[:\uff1a](?=\s|$)(.*)$""")
GLUED = re.compile(r"^([A-Za-z][\w-]*)\s*[:\uff1a](?!//)(\S.*)$")
BARE = re.compile(r"^([A-Za-z][\w-]*)\s+(.*)$")
DASH = re.compile(r"^([-\u2013\u2014\u2022\u00b7])(\s*)(\S.*)$|^(\*)(\s+)(\S.*)$")
HIDDEN = re.compile("^[\ufeff\u200b\u2060]+")
BLOCK = re.compile(r"^[|>][-+0-9]*(?:\s+#.*)?$")
SIGN = re.compile(r"^(?:[@`%&*!|>,\]}]|[-?](?=\s|$))")
ESCAPE = re.compile(r'\\(?:\\|(?![0abtnvfre "/N_LPxuU]))')
COLON = re.compile(r":(?:\s|$)")
NEXT_LINE = "write >- after the key's own colon and begin the text on the next line"
AHEAD = 30  # lines in which a quotation mark or bracket that is open may be closed
LONGEST_FLOW = 1000  # characters between brackets that are looked into


def read_as_meant(text: str, name: str, shape: dict[str, Shape]) -> tuple[str, list[Fault]]:
    """The text with each slip mended, line for line, and a fault for each.

    name   the file as its writer knows it
    shape  the keys that the file may have
    """
    lines = _Lines(text, name, shape)
    lines.read()
    return "\n".join(lines.mended), lines.faults


@dataclass
class _Group:
    """Keys that stand side by side, while they are read.

    shape   the keys that may stand here
    key     its own dotted place
    above   the column in the file of the key above it
    depth   the column where its keys belong
    column  the column in the file of its keys; None until the first is read
    seen    the keys that were read
    first   the line of the first key
    moved   whether the key above stood at a wrong column, so that these may as well
    excused a wrong column that was told once already
    """

    shape: dict[str, Shape]
    key: tuple[str | int, ...]
    above: int
    depth: int
    column: int | None = None
    seen: list[str] = field(default_factory=list)
    first: int = 0
    moved: bool = False
    excused: int | None = None


@dataclass
class _List:
    """The entries of a list, while they are read; the fields are those of a group."""

    entry: Shape
    key: tuple[str | int, ...]
    above: int
    depth: int
    column: int | None = None
    count: int = 0
    last: _Group | None = None
    moved: bool = False


@dataclass(frozen=True)
class _Text:
    """A plain text that the next lines may continue."""

    key: tuple[str | int, ...]
    column: int
    depth: int
    begun: bool


class _Lines:
    """Reads a file's lines one by one, with the groups and lists that are open at each."""

    def __init__(self, text: str, name: str, shape: dict[str, Shape]) -> None:
        self.lines = text.split("\n")
        self.name = name
        self.root = shape
        self.open: list[_Group | _List] = [_Group(shape, (), -1, 0, 0)]
        self.text: _Text | None = None
        self.mended: list[str] = []
        self.faults: list[Fault] = []
        self.number = 0  # of the line that is read, from 1
        self.dashed = False  # whether the key that is read lacks the dash before it

    def read(self) -> None:
        while self.number < len(self.lines):
            self.number += 1
            self._line(self.lines[self.number - 1])

    def _line(self, raw: str) -> None:
        line = self._without_odd_signs(raw)
        text = line.strip()
        if not text or text.startswith("#") or text in ("---", "..."):
            self.mended.append(line)
            return
        column = len(line) - len(line.lstrip())
        dash = DASH.match(text)
        if dash and self._list_for(text):
            self._entry(column, *[part for part in dash.groups() if part is not None])
        elif not self._key_line(column, text):
            self._other(column, text)

    def _without_odd_signs(self, raw: str) -> str:
        """The line without tabs, hidden characters and odd spaces at its start."""
        start = raw[: len(raw) - len(raw.lstrip())]
        hidden = UNREADABLE.search(raw) or HIDDEN.match(raw.lstrip())
        if "\t" in start:
            self._slip((), "a tab at the start of the line", "use spaces, two for each step in")
        elif hidden:
            self._slip((), f"the hidden character U+{ord(hidden[0]):04X}", "delete it, or type the line again")
        elif start.strip(" "):
            self._slip((), f"a space of another kind (U+{ord(start.strip(' ')[0]):04X}) at the start of the line", "delete it and press the space bar instead")
        return re.sub(r"[^\S ]", " ", start.replace("\t", "  ")) + HIDDEN.sub("", UNREADABLE.sub("", raw.lstrip())).lstrip()

    def _slip(self, key: tuple[str | int, ...], found: str, expected: str, line: int | None = None) -> None:
        self.faults.append(Fault(self.name, line or self.number, dotted(key), found, expected))

    # --- Keys ---

    def _key_line(self, column: int, text: str) -> bool:
        """Read a line that begins with a key, or with a known one that lacks its colon or the space after it."""
        written = KEY.match(text)
        if written:
            if self._continues(column, written[2]):
                return False
            if self._is_entry_with_colon(column, text):
                return True
            if text[written.start(3) - 1] != ":":
                self._slip_at_key(column, written[2], "a colon of another kind", "delete it and type a plain colon, and a space after it")
            self._key(column, written[2], written[3])
            return True
        glued, bare = GLUED.match(text), BARE.match(text)
        if glued and self._is_known(glued[1]):
            self._slip_at_key(column, glued[1], f"no space after “{glued[1]}:”", "put a space after the colon")
            self._key(column, glued[1], " " + glued[2])
        elif bare and not self._continues(column, "") and any(isinstance(here, _Group) and here.column == column and bare[1] in here.shape for here in self.open):
            self._slip_at_key(column, bare[1], f"no colon after {quoted(bare[1])}", f"write “{bare[1]}:” and a space before the value")
            self._key(column, bare[1], " " + bare[2])
        else:
            return False
        return True

    def _is_entry_with_colon(self, column: int, text: str) -> bool:
        """Take a line such as `English:` below `languages:` as the entry that was meant."""
        newest = self.open[-1]
        key = _key_in(text)
        if self._is_known(key) or self._sections_with(key) or not (isinstance(newest, _List) and newest.entry is None):
            return False
        if newest.column not in (None, column) or column <= newest.above:
            return False
        self._slip(newest.key, f"{quoted(text)} in a list", "begin each entry with a dash and a space, and leave the colon out")
        newest.column = column
        self.mended.append(" " * newest.depth + "- " + text.replace(":", ""))
        return True

    def _slip_at_key(self, column: int, key: str, found: str, expected: str) -> None:
        group = self._group_at(column, key)
        self._slip((*group.key, key) if group else (key,), found, expected)

    def _is_known(self, key: str) -> bool:
        return any(key in here.shape for here in self.open if isinstance(here, _Group))

    def _continues(self, column: int, key: str) -> bool:
        """Whether a line goes on with the text above it."""
        return self.text is not None and self.text.begun and column > self.text.column and not self._is_known(key) and not self._sections_with(key)

    def _key(self, column: int, key: str, rest: str) -> None:
        self.dashed = False
        group = self._placed(column, key)
        start = " " * (group.depth - 2) + "- " if self.dashed else " " * group.depth
        self._written(group, column, key, rest, start)

    def _written(self, group: _Group, column: int, key: str, rest: str, start: str) -> None:
        place = (*group.key, key)
        group.first = group.first or self.number
        group.seen.append(key)
        if rest[:1] not in ("", " ", "\t"):
            self._slip(place, "a space of another kind after the colon", "delete it and press the space bar instead")
        known = key if key in group.shape else nearest(key, list(group.shape))
        shape = group.shape.get(known) if known else {}
        self.text = None
        line = f"{start}{key}:"
        moved = any(fault.line == self.number for fault in self.faults)
        value = rest.strip()
        if not value or value.startswith("# ") or value == "#" or (value.startswith("#") and shape is not None):
            self.mended.append(line)
            self._open_below(place, shape, column, group.depth + 2, moved)
        else:
            self._value(line, value, _Text(place, column, group.depth, True), shape)

    def _open_below(self, place: tuple[str | int, ...], shape: Shape, column: int, depth: int, moved: bool) -> None:
        if isinstance(shape, dict):
            self.open.append(_Group(shape, place, column, depth, moved=moved))
        elif isinstance(shape, list):
            self.open.append(_List(shape[0], place, column, depth, moved=moved))
        else:
            self.text = _Text(place, column, depth - 2, False)

    # --- Where a key belongs ---

    def _group_at(self, column: int, key: str) -> _Group | None:
        """The open group to which a key at this column belongs by YAML's own rule."""
        newest = self.open[-1]
        if isinstance(newest, _Group) and newest.column is None and column > newest.above:
            return newest
        return next((here for here in reversed(self.open) if isinstance(here, _Group) and here.column == column), None)

    def _placed(self, column: int, key: str) -> _Group:
        here, newest = self._group_at(column, key), self.open[-1]
        if here and here is not newest and key in here.seen and isinstance(newest, _Group) and not newest.seen and key in newest.shape:
            here = self._moved_to(newest, column, key)
        elif here is None or (here.shape and key not in here.shape):
            here = self._where_known(column, key) or self._kept(here, column) or self._at_wrong_column(column, key)
        elif self._begins_next(here, key):
            here = self._next_entry(here, key)
        else:
            here = self._kept(here, column)
        while self.open[-1] is not here:
            self.open.pop()
        return here

    def _kept(self, here: _Group | None, column: int) -> _Group | None:
        if here and here.column is None:
            here.column = column
        return here

    def _where_known(self, column: int, key: str) -> _Group | None:
        """The place for a key that is known elsewhere: the column is the slip."""
        newest = self.open[-1]
        if isinstance(newest, _List) and newest.column is None and isinstance(newest.entry, dict) and key in newest.entry:
            return self._entry_without_dash(newest, column, key)
        for here in reversed(self.open):
            if isinstance(here, _Group) and key in here.shape and (key not in here.seen or self._begins_next(here, key)):
                return self._moved_to(here, column, key)
        return self._below_a_missing_line(column, key)

    def _moved_to(self, here: _Group, column: int, key: str) -> _Group:
        if self._begins_next(here, key):
            return self._next_entry(here, key)
        if here.column is None and (here.moved or column == here.above + 2):
            return self._kept(here, column)
        if column == here.excused:
            return here
        if len(here.seen) == 1 and column == here.above + 2 and not self._is_entry(here):
            self._slip((*here.key, here.seen[0]), f"{quoted(here.seen[0])} {_spaces(here.column)}", f"begin the line with {_count(column)}, as the line “{key}:” below", here.first)
            here.column = column
            return here
        wanted = here.above + 2 if here.column is None else here.column
        here.excused = column if here.column is None else here.excused
        self._slip((*here.key, key), f"{quoted(key)} {_spaces(column)}", f"begin the line with {_count(wanted)}{_as_in(here)}")
        return here

    def _at_wrong_column(self, column: int, key: str) -> _Group:
        groups = [here for here in self.open if isinstance(here, _Group) and here.column is not None]
        here = min(reversed(groups), key=lambda group: abs((group.column or 0) - column))
        self._slip((*here.key, key), f"{quoted(key)} {_spaces(column)}", f"begin the line with {_count(here.column or 0)}{_as_in(here)}")
        return here

    def _below_a_missing_line(self, column: int, key: str) -> _Group | None:
        """The group for a key whose own line above was deleted or made a note."""
        above = self._sections_with(key)
        if not above or (column == 0 and len(above) > 1) or not self.mended or not _is_free(self.mended[-1]):
            return None
        self._slip((above[0], key), f"{quoted(key)} without the line “{above[0]}:” above it", f"write “{above[0]}:” on a line of its own before it")
        self.mended[-1] = f"{above[0]}:"
        self.open[0].seen.append(above[0])
        del self.open[1:]
        self.open.append(_Group(self.root[above[0]], (above[0],), 0, 2, column, moved=True))
        return self.open[-1]

    def _sections_with(self, key: str) -> list[str]:
        """The sections of the file that were not read yet and know a key."""
        return [name for name, shape in self.root.items() if isinstance(shape, dict) and key in shape and name not in self.open[0].seen]

    # --- Lists ---

    def _list_for(self, text: str) -> _List | None:
        """The open list to which a line with a dash belongs."""
        lists = [here for here in reversed(self.open) if isinstance(here, _List)]
        key = _key_in(text)
        having = [here for here in lists if isinstance(here.entry, dict) and key in here.entry]
        return next(iter(having or lists), None)

    def _entry(self, column: int, dash: str, gap: str, content: str) -> None:
        here = self._list_for(f"{dash} {content}")
        while self.open[-1] is not here:
            self.open.pop()
        if dash != "-":
            self._slip(here.key, f"{dash} at the start of the line", "begin the line with a plain hyphen and a space: - ")
        elif not gap:
            self._slip(here.key, "no space after the dash", "put a space between the dash and the word after it")
        elif here.column is not None and column != here.column:
            self._slip(here.key, f"a dash {_spaces(column)}", f"begin the line with {_count(here.column)}, as the other dashes of the list")
        here.column = column if here.column is None else here.column
        self.text = None
        start = " " * here.depth + "- "
        written = KEY.match(content) or GLUED.match(content)
        if written and isinstance(here.entry, dict) and _key_in(content) in here.entry:
            self._entry_of_keys(here, column + max(2, len(dash + gap)), content, start)
        else:
            here.count += 1
            shape = here.entry if content[:1] in "{[" else None
            self._value(start.rstrip(), content, _Text((*here.key, here.count - 1), column, here.depth, True), shape)

    def _entry_of_keys(self, here: _List, column: int, content: str, start: str) -> None:
        key, rest = _key_in(content), (KEY.match(content) or GLUED.match(content)).groups()[-1]
        if here.last and here.last.column == column and key not in here.last.seen and key != next(iter(here.last.shape)):
            self._slip((*here.last.key, key), f"a dash before {quoted(key)}, which belongs to the entry above", "put a space in the place of the dash")
            self.open.append(here.last)
            self._written(here.last, column, key, rest, " " * here.last.depth)
            return
        group = self._new_entry(here, column)
        if not KEY.match(content):
            self._slip((*group.key, key), f"no space after “{key}:”", "put a space after the colon")
            rest = " " + rest
        self._written(group, column, key, rest, start)

    def _new_entry(self, here: _List, column: int) -> _Group:
        here.last = _Group(here.entry, (*here.key, here.count), here.above, here.depth + 2, column)
        here.count += 1
        self.open.append(here.last)
        return here.last

    def _begins_next(self, here: _Group, key: str) -> bool:
        """Whether a key that was read already begins the next entry of its list."""
        return self._is_entry(here) and here.seen[:1] == [key]

    def _is_entry(self, here: _Group) -> bool:
        return bool(here.key) and isinstance(here.key[-1], int)

    def _next_entry(self, here: _Group, key: str) -> _Group:
        while self.open[-1] is not here:
            self.open.pop()
        self.open.pop()
        group = self._new_entry(self.open[-1], here.column)
        self._slip((*group.key, key), f"{quoted(key)} without a dash before it", "begin each entry of the list with a dash and a space")
        self.dashed = True
        return group

    def _entry_without_dash(self, here: _List, column: int, key: str) -> _Group:
        group = self._new_entry(here, column)
        here.column = column
        advice = "begin each entry of the list with a dash and a space, and the entry's other lines two spaces further in"
        self._slip((*group.key, key), f"{quoted(key)} without a dash before it", advice)
        self.dashed = True
        return group

    # --- Values ---

    def _value(self, line: str, value: str, text: _Text, shape: Shape) -> None:
        if BLOCK.match(value):
            self.mended.append(f"{line} {value}")
            self._block(text)
        elif value[0] in "\"'":
            self._quoted(line, value, text)
        elif value[0] in "{[" and len(value) < LONGEST_FLOW:
            self._flow(line, value, text, shape)
        else:
            self._plain(line, value, text, shape)

    def _mend(self, line: str, value: str, text: _Text, found: str, expected: str | None = None) -> None:
        """Tell a value that cannot stand as it is, and let the text that was meant stand in its place."""
        self._slip(text.key, found, expected or _quote_it(value))
        self.mended.append(f"{line} '{_as_text(value)}'")
        self.text = None

    def _plain(self, line: str, value: str, text: _Text, shape: Shape) -> None:
        words = re.split(r"\s+#", value, maxsplit=1)[0]
        sign = SIGN.match(value)
        lost = LOST.search(" " + value)
        if lost:
            whole = _before_note(value)
            self._mend(line, whole, text, f"{quoted(_before_note(lost[0].strip()))}, which is taken for a note and lost", f"{_quote_it(whole)}; {A_NOTE}")
        elif sign and isinstance(shape, list) and value.startswith("-"):
            self._mend(line, words, text, "a list on one line", "write each entry on a line of its own below, beginning with a dash and a space")
        elif sign and sign[0] in "|>":
            self._mend(line, words, text, f"text on the same line after {words.split()[0]}", "begin the text on the next line, two spaces further in")
        elif sign and len(words) == 1:
            self._mend(line, words, text, f"{sign[0]} alone", "write a value, or nothing where the key may be left empty")
        elif sign:
            shortcut = "the shortcut sign " if sign[0] in "&*!" else ""
            self._mend(line, words, text, f"a value that begins with {shortcut}{sign[0]}", _quote_it(words))
        elif CURLY.match(words):
            self._mend(line, words[1:-1], text, f"curly quotation marks, {words[0]} and {words[-1]}", f'type straight ones instead: "{_short(words[1:-1])}"')
        elif COLON.search(words):
            link = words.lower().startswith("http")
            self._mend(line, words, text, f"a colon inside the value {quoted(words)}", "take the space after the colon out" if link else _quote_it(words))
        else:
            self.mended.append(f"{line} {value}")
            self.text = text

    def _quoted(self, line: str, value: str, text: _Text) -> None:
        end = _closing(value)
        if end is None and self._closed_below(line, value, text):
            return
        inner, after = value[1:end], value[end + 1 :] if end else ""
        if end is None:
            words = re.split(r"\s+#", value, maxsplit=1)[0]
            self._mend(line, words[1:], text, f"the quotation mark {value[0]} before {quoted(words[1:])} and none after it", f"write {value[0]} at the end of the value as well")
        elif after.strip() and not re.match(r"\s+#", after):
            two = after.lstrip().startswith(",") and COLON.search(after)
            advice = "write each key on a line of its own, without commas" if two else f"{_quote_inside(value)}; {A_NOTE}"
            self._mend(line, re.split(r"\s+#", value, maxsplit=1)[0], text, f"more text after the second {value[0]}", advice)
        elif value[0] == '"' and ESCAPE.search(inner.replace("\\\\", "")):
            self._mend(line, inner, text, "the sign \\ between double quotation marks", f"write / instead, or use single quotation marks: '{_short(inner)}'")
        elif LOST.search(after):
            self._mend(line, inner, text, f"{quoted(after.strip())}, which is taken for a note and lost", f"put it inside the quotation marks; {A_NOTE}")
        else:
            self.mended.append(f"{line} {value}")

    def _closed_below(self, line: str, value: str, text: _Text) -> bool:
        """Take the next lines too where a quotation mark is closed in one of them."""
        for more, following in enumerate(self._belonging(text.column), 1):
            if _closing(value + "\n" + following) is not None or (value[0] in following and more == 1 and _closing(value[0] + following) is not None):
                self._take(line, value, more, text.depth)
                return True
            value += "\n" + following
        return False

    def _belonging(self, column: int) -> Iterator[str]:
        """The next lines that stand further in and begin no key that we know."""
        for raw in self.lines[self.number : self.number + AHEAD]:
            words = raw.strip()
            outside = len(raw) - len(raw.lstrip()) <= column and words[:1] not in ("]", "}")
            if outside or self._is_known(_key_in(words)):
                return
            yield words

    def _take(self, line: str, value: str, more: int, depth: int) -> None:
        self.mended.append(f"{line} {value.split(chr(10))[0]}")
        for raw in self.lines[self.number : self.number + more]:
            self.mended.append(" " * (depth + 2) + raw.strip())
        self.number += more

    def _flow(self, line: str, value: str, text: _Text, shape: Shape) -> None:
        if self._flow_below(line, value, text):
            return
        words = re.split(r"\s+#", value, maxsplit=1)[0]
        below = shape[0] if isinstance(shape, list) else shape
        known = below if isinstance(below, dict) and value.startswith("{") else {}
        loose = [key for key in known if re.search(rf"\b{key}\b", words) and not re.search(rf"\b{key}\b\s*:\s", words)]
        if loose:
            self._slip(text.key, f"no colon and space after {quoted(loose[0])}", _as_example(known))
            self.mended.append(f"{line} {{}}")
        elif _readable(value):
            self.mended.append(f"{line} {value}")
        elif known:
            self._slip(text.key, f"{quoted(words)}, which cannot be read", f"{_as_example(known)}, with a comma between, and {{ and }} at the ends")
            self.mended.append(f"{line} {{}}")
        else:
            self._mend(line, words, text, f"a value that begins with {value[0]}", _quote_it(words))

    def _flow_below(self, line: str, value: str, text: _Text) -> bool:
        """Take the next lines too where a bracket is closed in one of them."""
        if _readable(value):
            return False
        for more, following in enumerate(self._belonging(text.column), 1):
            value += "\n " + following
            if len(value) > LONGEST_FLOW:
                return False
            if _readable(value):
                self._take(line, value, more, text.depth)
                return True
        return False

    # --- Texts over several lines ---

    def _block(self, text: _Text) -> None:
        """The lines of a text that begins with | or >."""
        first, told = None, False
        while self.number < len(self.lines):
            raw = self.lines[self.number]
            column = len(raw) - len(raw.lstrip())
            if raw.strip() and column <= text.column:
                if first is not None and not told or self._begins_something(raw):
                    return
                told = told or self._told_outside(text)
            first = column if first is None and raw.strip() else first
            self.number += 1
            self.mended.append(" " * (text.depth + 2) + UNREADABLE.sub("", raw[min(first or 0, column) :].replace("\t", "  ")) if raw.strip() else "")

    def _begins_something(self, raw: str) -> bool:
        words = raw.strip()
        return words.startswith("#") or bool(KEY.match(words)) or bool(DASH.match(words))

    def _told_outside(self, text: _Text) -> bool:
        self._slip(text.key, "text that does not stand below its key", "begin each line of the text with two spaces more than the key", self.number + 1)
        return True

    def _other(self, column: int, text: str) -> None:
        """A line that begins neither a key nor an entry: more of the text above, or a stray."""
        newest = self.open[-1]
        below = newest.column is None and column >= newest.above and not (self.text and column > self.text.column)
        if self.text and column > self.text.column:
            self._continued(text)
        elif below and isinstance(newest, _List) and isinstance(newest.entry, dict) and text.startswith("{"):
            self._slip(newest.key, f"no dash before {quoted(text)}", "begin the line with a dash and a space")
            self._entry(column, "-", " ", text)
        elif below and (text.startswith("-") if isinstance(newest, _Group) else newest.entry is None) or newest.column is None and not getattr(newest, "shape", True):
            self.mended.append(" " * newest.depth + text)
        else:
            advice = "if it belongs to the text above, begin it with two spaces more than the key there; if it is a note, begin it with #"
            self._slip((), f"the line {quoted(text)}", advice)
            self.mended.append(f"# {text}")

    def _continued(self, text: str) -> None:
        above = self.text
        if COLON.search(text):
            self._slip(above.key, f"a colon inside the text {quoted(text)}", f"{NEXT_LINE}, or put quotation marks round the whole text")
        elif LOST.search(text):
            self._slip(above.key, f"{quoted(LOST.search(text)[0].strip())}, which is taken for a note and lost", NEXT_LINE)
        elif not above.begun:
            self._value(" " * (above.depth + 2), text, _Text(above.key, above.column, above.depth, True), None)
            return
        self.mended.append(" " * (above.depth + 2) + text.replace(":", " ").replace("#", " "))


def _key_in(text: str) -> str:
    """The key with which a line begins, after its dash; empty where it has none."""
    dash = DASH.match(text)
    content = (dash[3] or dash[6]) if dash else text
    written = KEY.match(content)
    glued = GLUED.match(content)
    return written[2] if written else glued[1] if glued else ""


def _closing(value: str) -> int | None:
    """Where the quotation mark with which a value begins is closed."""
    inside = r"\"(?:[^\"\\]|\\.)*\"" if value[0] == '"' else r"'(?:[^']|'')*'"
    found = re.match(inside, value, re.DOTALL)
    return found.end() - 1 if found else None


def _is_free(line: str) -> bool:
    """Whether a line holds nothing but a note."""
    return not line.strip() or line.strip().startswith("#")


def _before_note(value: str) -> str:
    """A value without the note after it, by our rule that a note has a space after its #."""
    return re.split(r"\s# (?!\d)", value, maxsplit=1)[0]


def _readable(value: str) -> bool:
    return parse_document(value, "")[0] is not None


def _as_text(value: str) -> str:
    return value.replace("'", "''").replace("\n", " ")


def _short(value: str) -> str:
    return quoted(value)[1:-1]


def _quote_it(value: str) -> str:
    """Advice to put a value in quotation marks, and in those that it does not hold itself."""
    if '"' not in value and "\\" not in value:
        return f'put quotation marks round the whole value: "{_short(value)}"'
    return f"put single quotation marks round the whole value: '{_short(_as_text(value))}'"


def _quote_inside(value: str) -> str:
    words = re.split(r"\s+#", value, maxsplit=1)[0]
    plain = words[1:-1] if words[0] == words[-1] else words
    return _quote_it(plain)


def _as_example(known: dict[str, Shape]) -> str:
    return "write it as in { " + ", ".join(f'{key}: "…"' for key in known) + " }"


def _count(spaces: int) -> str:
    return "no space" if spaces == 0 else "1 space" if spaces == 1 else f"{spaces} spaces"


def _spaces(column: int) -> str:
    return f"with {_count(column)} before it"


def _as_in(here: _Group) -> str:
    if here.seen:
        return f", as the line “{here.seen[-1]}:” above"
    return f", as it belongs to “{here.key[-1]}:”" if here.key else ""
