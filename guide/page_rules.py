"""Checks every page before anything is built: front matter, shape, links, macros, and a source for each figure.

All faults come at once, each with its page and line, so that a writer can mend them in one go.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

from guide.claims import unbacked
from guide.faults import Fault, MacroFault, did_you_mean, listed, one_line, quoted
from guide.figures import FIGURE, numbers
from guide.library import Library
from guide.macros import BLOCKS, bound
from guide.models import validated
from guide.pages import PageFacts, PageSource
from guide.places import Document, parse_document
from guide.project import Guide
from guide.wording import wording_faults

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")
ODD_LINK = re.compile(r"\]\(|\]\[|^ {0,3}\[[^\]]+\]:")
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
CITED = re.compile(r"\{\{\s*(?:cite|advice_differs)\(([^)]*)\)")
QUOTED = re.compile(r'"([^"]+)"')
SOURCED = re.compile(r"\{\{\s*(cite|advice_differs)\(")
LIST_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
TYPED_CONTACT = re.compile(r"(?<![\w./-])\+?\d[\d ().-]{7,}\d|\b[\w.+-]+@[\w-]+\.\w+")
RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
SUMMARY = '!!! summary "In short"'
UNKNOWN = '!!! unknown "What is not known"'
LONGEST_SUMMARY = 5
ADVISING = ("decide/", "prepare/", "the-day/", "aftercare/")
NO_UNKNOWNS = ("about/", "index.md")
BLOCK = re.compile(rf"\{{\{{\s*({'|'.join(sorted(BLOCKS))})\(")
ALONE = re.compile(r"\{\{[^{}]*\}\}")
CALL_CARD = re.compile(r"^\{\{\s*call_card\(")


def page_faults(guide: Guide, pages: list[PageSource], nav: list[str]) -> tuple[list[Fault], dict[str, list[str]]]:
    """Everything that is wrong in the pages, and sources that nothing uses; and the pages that use each source.

    guide  the clinic and the data that macros take from
    pages  all pages
    nav    the pages that mkdocs.yml's nav names
    """
    cited = guide.library.cited_in_data()
    uses: dict[str, list[str]] = {}
    faults = [*_nav_faults(pages, nav), *_same_title_faults(pages), *_topic_faults(guide.library, pages), *wording_faults(guide, pages)]
    for page in pages:
        faults += [*_front_faults(page), *_shape_faults(page), *_line_faults(page, guide.library), *_claim_faults(page), *_block_faults(page), *_link_faults(page, pages)]
        found, used = _macro_faults(page, guide)
        faults += found
        for source in sorted(used):
            uses.setdefault(source, []).append(page.name)
    return faults + list(_unused_sources(guide.library, cited | set(uses))), uses


def _nav_faults(pages: list[PageSource], nav: list[str]) -> Iterator[Fault]:
    names = [page.name for page in pages]
    for page in pages:
        if page.name not in nav:
            yield page.fault(0, "a page that no menu leads to", "add it to nav in mkdocs.yml, or delete it")
    for name in nav:
        if name not in names:
            yield Fault("mkdocs.yml", 0, "nav", f"the page {quoted(name)}, which does not exist", did_you_mean(name, names, "take it out of nav"))


def _topic_faults(library: Library, pages: list[PageSource]) -> Iterator[Fault]:
    """A topic whose page or heading does not exist."""
    document = library.documents["topics"]
    by_name = {page.name: page for page in pages}
    for place, topic in enumerate(library.topics.values()):
        where = f"topics.{place + 1}"
        if topic.page not in by_name:
            line = document.line(("topics", place, "page"))
            yield Fault(document.name, line, f"{where}.page", f"the page {quoted(topic.page)}, which does not exist", did_you_mean(topic.page, list(by_name), "write its path under docs"))
            continue
        ids = [heading.id for heading in by_name[topic.page].headings if heading.id]
        if topic.heading not in ids:
            line = document.line(("topics", place, "heading"))
            yield Fault(document.name, line, f"{where}.heading", f"{quoted(topic.heading)}, which {topic.page} does not have", did_you_mean(topic.heading, ids, "name a heading of that page"))


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
    yield from (replace(fault, line=fault.line or 1) for fault in faults)
    if facts:
        yield from _fact_faults(page, facts, document)


def _fact_faults(page: PageSource, facts: PageFacts, document: Document) -> Iterator[Fault]:
    if facts.review_by <= facts.reviewed_on:
        yield page.fault(document.line(("review_by",)), f"a review due on {facts.review_by}, not after {facts.reviewed_on}", "give a later date")
    if page.name.startswith(ADVISING) and not facts.advice:
        yield page.fault(document.line(("advice",)), "advice: false", "pages in this folder tell people what to do: write advice: true and add a call card")
    if facts.advice and not any(CALL_CARD.match(line) for _, line in page.lines):
        yield page.fault(0, "advice, but no call card", 'add a line {{ call_card("the sign that should make the reader call") }}')
    for key in ("title", "description"):
        text = getattr(facts, key)
        if FIGURE.search(text):
            yield page.fault(document.line((key,)), f"a figure with no source in {quoted(text)}", "say it without a figure: searches show these words alone, with no source beside them")


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
        if FIGURE.search(heading.text):
            yield page.fault(heading.line, f"a figure with no source in {quoted(heading.text)}", "say it without a figure, and give the figure with its source in the text below")
        if "{{" in heading.text or "{%" in heading.text:
            yield page.fault(heading.line, "a macro in a heading", "put it in the text below, so that the heading's name never changes")
        ids.add(heading.id)
        level = heading.level


def _line_faults(page: PageSource, library: Library) -> Iterator[Fault]:
    for number, line in page.lines:
        if RAW_HTML.search(MACRO.sub("", line)):
            yield page.fault(number, "raw HTML", "use Markdown or a macro, or ask for a component")
        bare = LIST_MARK.sub("", LINK.sub("", MACRO.sub("", line)))
        if TYPED_CONTACT.search(bare):
            yield page.fault(number, "a phone number or e-mail address", "it belongs in clinic.yml: use phone(), clinic() or emergency_number()")
        elif FIGURE.search(bare) and not line.startswith("#") and not SOURCED.search(line):
            yield page.fault(number, f"a figure with no source in {quoted(bare.strip())}", 'add {{ cite("…") }} to the line, or say it without a figure')
        else:
            yield from _number_faults(page, number, line, bare, library)


def _claim_faults(page: PageSource) -> Iterator[Fault]:
    if not page.name.startswith(NO_UNKNOWNS):
        for number, words in unbacked(page.lines):
            found = f"a claim about benefit, harm or timing with no source in its paragraph: {quoted(words)}"
            yield page.fault(number, found, "cite a source, link to the page that does, say that none was found, or leave it out")


def _number_faults(page: PageSource, number: int, line: str, bare: str, library: Library) -> Iterator[Fault]:
    """A number that none of the sources on its line was seen to give."""
    sources = [source for call in CITED.findall(line) for source in QUOTED.findall(call)]
    strange = sorted(numbers(bare) - library.figures_of(sources)) if sources and not line.startswith("#") else []
    if strange:
        found = f"{listed(strange)}, which data/figures.yml does not have for {listed(sources)}"
        yield page.fault(number, found, "correct it, cite the source that gives it, or note there where it was seen")


def _block_faults(page: PageSource) -> Iterator[Fault]:
    typed = ["", *(line for _, line in page.lines), ""]
    for place, (number, line) in enumerate(page.lines, 1):
        block = BLOCK.search(line)
        if block and (not ALONE.fullmatch(line) or typed[place - 1].strip() or typed[place + 1].strip()):
            yield page.fault(number, f"{block[1]}() among other text", "give it a line of its own, with a blank line before and after")


def _link_faults(page: PageSource, pages: list[PageSource]) -> Iterator[Fault]:
    by_name = {each.name: each for each in pages}
    for number, line in page.lines:
        typed = MACRO.sub("", line)
        if ODD_LINK.search(LINK.sub("", typed)):
            yield page.fault(number, "a link in another form", "write [the words](the-page.md) where the link stands, with nothing else in the brackets")
        for target in LINK.findall(typed):
            yield from _target_faults(page, number, target, by_name)


def _target_faults(page: PageSource, number: int, target: str, pages: Mapping[str, PageSource]) -> Iterator[Fault]:
    path, _, anchor = target.partition("#")
    if not target:
        yield page.fault(number, "a link that leads nowhere", "name a page, ending in .md")
        return
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
    """Each macro call tried by itself, then the page as a whole; and the ids of the sources that the calls cite."""
    notes: dict[str, Any] = {}
    macros = bound(guide, lambda: notes)
    environment = Environment(undefined=StrictUndefined)
    try:
        tree = environment.parse(page.body)
        faults = list(_name_faults(page, tree, macros))
        for call in tree.find_all(nodes.Call):
            faults += _call_faults(page, call, macros)
        if not faults:
            faults += _render_faults(page, environment, bound(guide, dict))
    except TemplateSyntaxError as error:
        faults = [page.fault(error.lineno + page.first_line - 1, f"a macro that cannot be read ({error.message})", 'write it as {{ name("value") }}')]
    return faults, set(notes.get("cited", []))


def _name_faults(page: PageSource, tree: nodes.Template, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    for node in tree.find_all(nodes.Name):
        if node.name not in macros:
            found = f"the unknown name {quoted(node.name)} in a macro"
            yield page.fault(node.lineno + page.first_line - 1, found, did_you_mean(node.name, list(macros), "see CONTRIBUTING.md for the list"))


def _call_faults(page: PageSource, call: nodes.Call, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    line = call.lineno + page.first_line - 1
    name = getattr(call.node, "name", None)
    if name not in macros:
        return
    try:
        values = [value.as_const() for value in call.args]
        named = {value.key: value.value.as_const() for value in call.kwargs}
        if not all(isinstance(value, str) for value in (*values, *named.values())):
            raise MacroFault("a value that is no text", "write it in quotes")
        macros[name](*values, **named)
    except MacroFault as fault:
        yield page.fault(line, f"{name}: {fault.found}", fault.expected)
    except nodes.Impossible:
        yield page.fault(line, f"{name}() with a value that is worked out", "write the value itself, in quotes")
    except TypeError:
        yield page.fault(line, f"{name}() with the wrong number of values", f"see how other pages use {name}(), or CONTRIBUTING.md")
    except Exception as error:  # whatever a macro's own slip is, the writer learns where, and `mkdocs serve` stays up
        yield page.fault(line, f"{name}(), which failed ({_slip(error)})", "the page may be right: look in guide/macros")


def _render_faults(page: PageSource, environment: Environment, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    """What only shows when the whole page is filled in: filters, includes, sums, and what follows a macro's brackets."""
    try:
        environment.from_string(page.body).render(macros)
    except TemplateSyntaxError:
        raise
    except Exception as error:  # anything may go wrong in what a page works out; the build itself would show a traceback
        places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = (places[0] if places else 1) + page.first_line - 1
        yield page.fault(line, f"a macro that fails ({_slip(error)})", 'write {{ name("value") }} and nothing more')


def _slip(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}")


def _unused_sources(library: Library, cited: set[str]) -> Iterator[Fault]:
    document = library.documents["references"]
    for place, source in enumerate(library.references):
        if source not in cited:
            yield Fault(document.name, document.line(("references", place)), f"references.{place + 1}", f"the source {quoted(source)}, which nothing cites", "cite it, or delete it here")
