"""A page as its writer typed it: front matter, lines, headings, and where each stands in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from guide.faults import Fault, Faults
from guide.models import Facts
from guide.places import parse_document, read_text

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.S)
ENDINGS = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}  # of what MkDocs takes for a page
INDEX = re.compile(r"(^|/)index\.md$")
HEADING = re.compile(r"^(#{1,6})\s*(.*?)\s*(?:\{\s*#([a-z0-9-]+)\s*\})?\s*$")


class PageFacts(Facts):
    """A page's front matter."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    description: Annotated[str, StringConstraints(min_length=30, max_length=155)]
    advice: bool
    reviewed_on: date
    review_by: date


@dataclass(frozen=True)
class Heading:
    """A heading with its level from 1, its id (empty where none is given) and its line."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True)
class PageSource:
    """One page as its writer typed it.

    name  its path under docs, with forward slashes
    text  the whole file
    """

    name: str
    text: str

    @property
    def file(self) -> str:
        return f"docs/{self.name}"

    @property
    def address(self) -> str:
        return address_of(self.name)

    @cached_property
    def front(self) -> str | None:
        match = FRONT_MATTER.match(self.text)
        return match[1] if match else None

    @cached_property
    def facts(self) -> PageFacts:
        """The front matter of a page in which the page rules found no fault."""
        document, _ = parse_document(self.front or "", self.file)
        return PageFacts.model_validate(document.data)

    @cached_property
    def first_line(self) -> int:
        """The line of the file on which the body begins."""
        match = FRONT_MATTER.match(self.text)
        return match[0].count("\n") + 1 if match else 1

    @cached_property
    def body(self) -> str:
        return FRONT_MATTER.sub("", self.text, count=1)

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """The body's lines with their numbers in the file."""
        return list(enumerate(self.body.split("\n"), self.first_line))

    @cached_property
    def headings(self) -> list[Heading]:
        found = ((number, HEADING.match(line)) for number, line in self.lines)
        return [Heading(len(match[1]), match[2], match[3] or "", number) for number, match in found if match]

    def fault(self, line: int, found: str, expected: str) -> Fault:
        """A fault of this page; line 0 where the whole page is at fault."""
        return Fault(self.file, line, "", found, expected)


def address_of(name: str) -> str:
    """Where a page stands on the site, seen from its first folder: `about/words.md` at `about/words/`.

    name  the page's path under docs
    """
    return INDEX.sub(r"\1", name).removesuffix(".md") + ("" if INDEX.search(name) else "/")


def read_pages(docs: Path) -> list[PageSource]:
    """Every page under a folder, in the order of their names.

    docs  the folder `docs`

    Errors: Faults with every page that cannot be read, such as one that is not UTF-8.
    """
    pages, faults = [], []
    for path in sorted(path for path in docs.rglob("*") if path.suffix in ENDINGS):
        name = path.relative_to(docs).as_posix()
        text, found = read_text(path, f"docs/{name}")
        faults += found
        pages.append(PageSource(name, text or ""))
    if faults:
        raise Faults(faults)
    return pages
