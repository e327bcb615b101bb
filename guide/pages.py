"""Checks every page before anything is built: front matter, shape, links, macros, and a source for each figure.

All faults come at once, each with its page and line, so that a writer can mend them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from pydantic import StringConstraints

from guide.faults import Fault, MacroFault, did_you_mean, quoted
from guide.library import Library
from guide.macros import bound
from guide.models import Facts, validated
from guide.places import parse_document
from guide.project import Guide

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.S)
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{\s*#([a-z0-9-]+)\s*\})?\s*$")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
SOURCED = re.compile(r"\{\{\s*(cite|time|advice_differs)\(")
LIST_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
FIGURE = re.compile(r"\d|\bper ?cent\b|%", re.I)
TYPED_CONTACT = re.compile(r"(?<![\w./-])\+?\d[\d ().-]{7,}\d|\b[\w.+-]+@[\w-]+\.\w+")
RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
SUMMARY = '!!! summary "In short"'
UNKNOWN = '!!! unknown "What is not known"'
LONGEST_SUMMARY = 5
ADVISING = ("decide/", "prepare/", "the-day/", "aftercare/")
NO_UNKNOWNS = ("about/", "index.md")
CALL_CARD = re.compile(r"^\{\{\s*call_card\(")


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

    @cached_property
    def front(self) -> str | None:
        match = FRONT_MATTER.match(self.text)
        return match[1] if match else None

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
        return Fault(self.file, line, "", found, expected)


def read_pages(docs: Path) -> list[PageSource]:
    """Every page under the docs folder, in the order of their names."""
    paths = sorted(docs.rglob("*.md"))
    return [PageSource(path.relative_to(docs).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def page_faults(guide: Guide, pages: list[PageSource], nav: list[str]) -> list[Fault]:
    """Everything that is wrong in the pages, and sources that nothing uses.

    guide  the clinic and the data that macros take from
    pages  all pages
    nav    the pages that mkdocs.yml's nav names
    """
    cited = guide.library.cited_in_data()
    faults = list(_nav_faults(pages, nav)) + list(_same_title_faults(pages))
    for page in pages:
        faults += [*_front_faults(page), *_shape_faults(page), *_line_faults(page), *_link_faults(page, pages)]
        found, used = _macro_faults(page, guide)
        faults += found
        cited |= used
    return faults + list(_unused_sources(guide.library, cited))


def _nav_faults(pages: list[PageSource], nav: list[str]) -> Iterator[Fault]:
    names = [page.name for page in pages]
    for page in pages:
        if page.name not in nav:
            yield page.fault(0, "a page that no menu leads to", "add it to nav in mkdocs.yml, or delete it")
    for name in nav:
        if name not in names:
            yield Fault("mkdocs.yml", 0, "nav", f"the page {quoted(name)}, which does not exist", did_you_mean(name, names, "take it out of nav"))


def _same_title_faults(pages: list[PageSource]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for page in pages:
        match = re.search(r"^title:\s*(.+)$", page.front or "", re.M)
        title = match[1].strip("\"' ") if match else ""
        if title and title in seen:
            yield page.fault(2, f"the title {quoted(title)}, which docs/{seen[title]} has too", "give each page its own title")
        seen.setdefault(title, page.name)


def _front_faults(page: PageSource) -> Iterator[Fault]:
    if page.front is None:
        yield page.fault(1, "no front matter", "begin the page with ---, its keys, and --- again")
        return
    document, faults = parse_document(page.front, page.file, first_line=2)
    yield from faults
    if document is None:
        return
    facts, faults = validated(PageFacts, document)
    yield from faults
    if facts and facts.review_by <= facts.reviewed_on:
        yield page.fault(document.line(("review_by",)), f"a review due on {facts.review_by}, not after {facts.reviewed_on}", "give a later date")
    if facts and page.name.startswith(ADVISING) and not facts.advice:
        yield page.fault(document.line(("advice",)), "advice: false", "pages in this folder tell people what to do: write advice: true and add a call card")
    if facts and facts.advice and not any(CALL_CARD.match(line) for _, line in page.lines):
        yield page.fault(0, "advice, but no call card", 'add a line {{ call_card("the sign that should make the reader call") }}')


def _shape_faults(page: PageSource) -> Iterator[Fault]:
    yield from _heading_faults(page)
    filled = [(number, line) for number, line in page.lines if line.strip()]
    after_title = next((place for place, (_, line) in enumerate(filled) if line.startswith("# ")), None)
    if after_title is None or len(filled) < after_title + 2 or filled[after_title + 1][1].strip() != SUMMARY:
        yield page.fault(filled[after_title][0] if after_title is not None else 0, "no summary box after the title", f"begin with {SUMMARY}")
    else:
        points = _points_of_box(filled[after_title + 2 :])
        if not 1 <= points <= LONGEST_SUMMARY:
            yield page.fault(filled[after_title + 1][0], f"a summary of {points} lines", f"keep it to between 1 and {LONGEST_SUMMARY}")
    if not page.name.startswith(NO_UNKNOWNS) and not any(line.strip() == UNKNOWN for _, line in page.lines):
        yield page.fault(0, "nothing on what is not known", f"add a box {UNKNOWN}")


def _points_of_box(after: list[tuple[int, str]]) -> int:
    points = 0
    for _, line in after:
        if not line.startswith("    "):
            break
        points += line.startswith("    - ")
    return points


def _heading_faults(page: PageSource) -> Iterator[Fault]:
    ids: set[str] = set()
    level = 0
    for heading in page.headings:
        if heading.level == 1 and level:
            yield page.fault(heading.line, "a second title", "use ## for the parts of a page")
        if heading.level > level + 1:
            yield page.fault(heading.line, f"a heading of level {heading.level} below one of level {level}", f"use {'#' * (level + 1)}")
        if heading.level > 1 and not heading.id:
            yield page.fault(heading.line, "a heading with no permanent name", "add one at its end, such as { #first-wash }")
        if heading.id and heading.id in ids:
            yield page.fault(heading.line, f"the name {quoted(heading.id)} a second time", "give each heading its own")
        if "{{" in heading.text or "{%" in heading.text:
            yield page.fault(heading.line, "a macro in a heading", "put it in the text below, so that the heading's name never changes")
        ids.add(heading.id)
        level = heading.level


def _line_faults(page: PageSource) -> Iterator[Fault]:
    for number, line in page.lines:
        if RAW_HTML.search(MACRO.sub("", line)):
            yield page.fault(number, "raw HTML", "use Markdown or a macro, or ask for a component")
        bare = LIST_MARK.sub("", LINK.sub("", MACRO.sub("", line)))
        if TYPED_CONTACT.search(bare):
            yield page.fault(number, "a phone number or e-mail address", "it belongs in clinic.yml: use phone(), clinic() or emergency_number()")
        elif FIGURE.search(bare) and not line.startswith("#") and not SOURCED.search(line):
            yield page.fault(number, f"a figure with no source in {quoted(bare.strip())}", 'add {{ cite("…") }} to the line, or say it without a figure')


def _link_faults(page: PageSource, pages: list[PageSource]) -> Iterator[Fault]:
    by_name = {each.name: each for each in pages}
    for number, line in page.lines:
        for target in LINK.findall(MACRO.sub("", line)):
            yield from _target_faults(page, number, target, by_name)


def _target_faults(page: PageSource, number: int, target: str, pages: Mapping[str, PageSource]) -> Iterator[Fault]:
    path, _, anchor = target.partition("#")
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target):
        yield page.fault(number, f"a link to {quoted(target)}", "link to pages of the guide only; sources are cited, and clinic links are macros")
        return
    name = _joined(page.name, path) if path else page.name
    if name not in pages:
        yield page.fault(number, f"a link to {quoted(target)}, which does not exist", did_you_mean(name, list(pages), "write the way from this page to the other, ending in .md"))
        return
    ids = [heading.id for heading in pages[name].headings if heading.id]
    if anchor and anchor not in ids:
        yield page.fault(number, f"a link to {quoted(target)}, whose part #{anchor} does not exist", did_you_mean(anchor, ids, "name a heading of that page"))


def _joined(name: str, path: str) -> str:
    """A path as seen from a page, as a path under docs; it keeps `..` where it leads out of docs."""
    parts = name.split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _macro_faults(page: PageSource, guide: Guide) -> tuple[list[Fault], set[str]]:
    """Each macro call tried by itself, and the ids of the sources that the calls cite."""
    notes: dict[str, Any] = {}
    macros = bound(guide, lambda: notes)
    try:
        tree = Environment().parse(page.body)
    except TemplateSyntaxError as error:
        return [page.fault(error.lineno + page.first_line - 1, f"a macro that cannot be read ({error.message})", 'write it as {{ name("value") }}')], set()
    faults = []
    for node in tree.find_all(nodes.Name):
        if node.name not in macros:
            found = page.fault(node.lineno + page.first_line - 1, f"the unknown name {quoted(node.name)} in a macro", did_you_mean(node.name, list(macros), "see CONTRIBUTING.md for the list"))
            faults.append(found)
    for call in tree.find_all(nodes.Call):
        faults += _call_faults(page, call, macros)
    return faults, set(notes.get("cited", []))


def _call_faults(page: PageSource, call: nodes.Call, macros: Mapping[str, Any]) -> Iterator[Fault]:
    line = call.lineno + page.first_line - 1
    name = getattr(call.node, "name", None)
    if name not in macros:
        return
    try:
        values = [value.as_const() for value in call.args]
        named = {value.key: value.value.as_const() for value in call.kwargs}
        macros[name](*values, **named)
    except MacroFault as fault:
        yield page.fault(line, f"{name}: {fault.found}", fault.expected)
    except nodes.Impossible:
        yield page.fault(line, f"{name}() with a value that is worked out", "write the value itself, in quotes")
    except TypeError:
        yield page.fault(line, f"{name}() with the wrong number of values", f"see how other pages use {name}(), or CONTRIBUTING.md")


def _unused_sources(library: Library, cited: set[str]) -> Iterator[Fault]:
    document = library.documents["references"]
    for place, source in enumerate(library.references):
        if source not in cited:
            yield Fault(document.name, document.line(("references", place)), f"references.{place + 1}", f"the source {quoted(source)}, which nothing cites", "cite it, or delete it here")
