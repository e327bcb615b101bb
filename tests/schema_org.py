"""Checks structured data against schema.org's vocabulary: each type, each property, where the property belongs, and what it may hold.

The vocabulary is read from schema-dts, which writes it as types of TypeScript: for a type such as WebPage, `WebPageBase` has its own
properties and says whose others it takes over, and `type WebPage` lists its kinds, or the members of an enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"^(?:export )?interface (\w+) extends ([^{]+) \{\n(.*?)^\}", re.M | re.S)
PROPERTY = re.compile(r'^ {4}(?:(/\*\*(?:(?!\*/).)*\*/)\s*)?"(\w+)"\?: SchemaValue<([^\n]+), "\w+">;$', re.M | re.S)
KINDS = re.compile(r"^export type (\w+) = (.+);$", re.M)
ADDRESS = re.compile(r"https://[^\s\"<>]+")
SCHEMA = "https://schema.org/"
# What a plain value may be, by range: those that are not here are things.
PLAIN = {"Text": str, "URL": str, "Date": str, "DateTime": str, "Time": str, "Number": (int, float), "Integer": int, "Float": float, "Boolean": bool}


@dataclass(frozen=True)
class Property:
    """What a property may hold, and whether another one has taken its place."""

    ranges: frozenset[str]
    gone: bool


class SchemaOrg:
    """schema.org's vocabulary.

    path  schema.d.ts of schema-dts
    """

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self._above: dict[str, list[str]] = {}
        self._own: dict[str, dict[str, Property]] = {}
        for name, above, body in BLOCK.findall(text):
            self._above[name] = re.findall(r"\b(\w+Base)\b", above)
            self._own[name] = {key: Property(frozenset(re.findall(r"\w+", ranges)) - {"IdReference"}, "@deprecated" in note) for note, key, ranges in PROPERTY.findall(body)}
        self._kinds = {name: set(re.findall(r'(?<!")\b[A-Z]\w+(?!")', re.sub(r'"[^"]*"', "", kinds))) for name, kinds in KINDS.findall(text)}
        self._members = {name: {each.removeprefix(SCHEMA) for each in re.findall(r'"([^"]+)"', kinds)} for name, kinds in KINDS.findall(text)}

    def knows(self, kind: str) -> bool:
        """Whether it has a type of this name."""
        return f"{kind}Leaf" in self._above

    def properties(self, kind: str) -> dict[str, Property]:
        """Every property of a type, its own and those that it takes over."""
        return self._properties(f"{kind}Leaf")

    @cache
    def _properties(self, block: str) -> dict[str, Property]:
        taken = {key: found for above in self._above.get(block, []) for key, found in self._properties(above).items()}
        return taken | self._own.get(block, {})

    @cache
    def kinds(self, kind: str) -> frozenset[str]:
        """A type and every kind of it."""
        below = {each for each in self._kinds.get(kind, set()) if each != f"{kind}Leaf"}
        return frozenset({kind}.union(*(self.kinds(each) for each in below)))

    def members(self, kind: str) -> set[str]:
        """The members of an enumeration and of every kind of it."""
        return set().union(*(self._members.get(each, set()) for each in self.kinds(kind)))

    def faults(self, thing: dict[str, Any], where: str = "") -> Iterator[str]:
        """Everything in a thing that schema.org does not have so.

        where  the way to it, for the text of a fault
        """
        kind = thing.get("@type", "")
        where = where or kind
        if not self.knows(kind):
            yield f"{where}: there is no type {kind!r}"
            return
        for key, value in thing.items():
            found = self.properties(kind).get(key)
            if key.startswith("@"):
                continue
            if found is None:
                yield f"{where}: {kind} has no property {key!r}"
            elif found.gone:
                yield f"{where}: another property has taken the place of {key!r}"
            else:
                for each in value if isinstance(value, list) else [value]:
                    yield from self._value_faults(each, found.ranges, f"{where}.{key}")

    def _value_faults(self, value: Any, ranges: frozenset[str], where: str) -> Iterator[str]:
        if isinstance(value, dict) and set(value) != {"@id"}:
            kind = value.get("@type", "")
            if self.knows(kind) and not any(kind in self.kinds(each) for each in ranges):
                yield f"{where}: a {kind}, and it may hold {sorted(ranges)}"
            yield from self.faults(value, where)
        elif not isinstance(value, dict) and not any(self._fits(value, each) for each in ranges):
            yield f"{where}: {value!r}, and it may hold {sorted(ranges)}"

    def _fits(self, value: Any, kind: str) -> bool:
        """Whether a plain value is one of a range."""
        if kind not in PLAIN:
            return isinstance(value, str) and value.startswith(SCHEMA) and value.removeprefix(SCHEMA) in self.members(kind)
        if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind != "Boolean") or value == "":
            return False
        return {"URL": is_address, "Date": is_day}.get(kind, lambda _: True)(value)


def is_address(text: str) -> bool:
    """Whether a text is a whole web address."""
    return bool(ADDRESS.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
