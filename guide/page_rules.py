"""Checks every page before anything is built: front matter, shape, links, macros, and a source for each figure.

All faults come at once, each with its page and line, so that a writer can mend them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from guide.abbreviations import unexplained
from guide.claims import unbacked
from guide.faults import Fault, did_you_mean, listed, quoted
from guide.figure_rules import figure_faults, reason_faults, shown
from guide.figures import FIGURE
from guide.library import Library
from guide.macro_rules import macro_faults
from guide.macros import BLOCKS
from guide.models import validated
from guide.pages import HEADING, PageFacts, PageSource
from guide.places import Document, parse_document
from guide.project import Guide
from guide.wording import wording_faults

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")
ODD_LINK = re.compile(r"\]\(|\]\[|^ {0,3}\[[^\]]+\]:")
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
TYPED_CONTACT = re.compile(r"(?<![\w./-])\+?\d[\d ().-]{7,}\d|\b[\w.+-]+@[\w-]+\.\w+")
RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
BOX = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s*(.*?)\s*(?:\"(.*)\")?\s*$")
BOXES = ("summary", "unknown", "fact")  # docs/assets/css/admonition.css
CARE_CARDS = ("emergency", "urgent", "call-us")  # docs/assets/css/care-card.css; the word of each stands in data/words.yml, under care_cards
UNDERLINE = re.compile(r"^(=+|-+)\s*$")
SUMMARY = '!!! summary "In short"'
UNKNOWN = '!!! unknown "What is not known"'
LONGEST_SUMMARY = 5
ADVISING = ("decide/", "prepare/", "the-day/", "aftercare/")
ABOUT_US = "about/"
NO_UNKNOWNS = (ABOUT_US, "index.md")
SOURCED = re.compile(r"\{\{\s*(cite|rate|concerns_table|options_in_full|healing_days|care_steps|warning_signs|ask_first|advice_differs|drawing)\(")  # what shows sources
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
    faults = [*_nav_faults(pages, nav), *same_title_faults(pages), *_home_faults(guide.library, pages), *wording_faults(guide, pages)]
    for page in pages:
        faults += [*front_faults(page), *_shape_faults(page), *_line_faults(page, guide.library), *_claim_faults(page, pages), *_abbreviation_faults(page), *block_faults(page), *box_faults(page, guide.words["care_cards"]), *_link_faults(page, pages)]
        found, used = macro_faults(page, guide)
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


def _home_faults(library: Library, pages: list[PageSource]) -> Iterator[Fault]:
    """A topic, or an option, whose page or heading does not exist."""
    headings = {page.name: [heading.id for heading in page.headings if heading.id] for page in pages}
    for key, place, page, heading, field in _homes(library):
        document = library.documents[key]
        if page not in headings:
            yield Fault(document.name, document.line((key, place, "page")), f"{key}.{place + 1}.page", f"the page {quoted(page)}, which does not exist", did_you_mean(page, list(headings), "write its path under docs"))
        elif heading and heading not in headings[page]:
            found = f"{quoted(heading)}, which {page} does not have"
            yield Fault(document.name, document.line((key, place, field)), f"{key}.{place + 1}.{field}", found, did_you_mean(heading, headings[page], "name a heading of that page"))


def _homes(library: Library) -> Iterator[tuple[str, int, str, str, str]]:
    """Where more is said of each topic and option: file key, place, page, heading, and the field that names the heading."""
    for place, topic in enumerate(library.topics.values()):
        yield "topics", place, topic.page, topic.heading, "heading"
    for place, option in enumerate(library.options.values()):
        page, _, heading = option.page.partition("#")
        yield "options", place, page, heading, "page"


def same_title_faults(pages: list[PageSource]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for page in pages:
        match = re.search(r"^title:\s*(.+)$", page.front or "", re.M)
        title = match[1].strip("\"' ") if match else ""
        if title and title in seen:
            yield page.fault(2, f"the title {quoted(title)}, which docs/{seen[title]} has too", "give each page its own title")
        seen.setdefault(title, page.name)


def front_faults(page: PageSource) -> Iterator[Fault]:
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
    yield from heading_faults(page)
    yield from underline_faults(page)
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


def heading_faults(page: PageSource) -> Iterator[Fault]:
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


def underline_faults(page: PageSource) -> Iterator[Fault]:
    """Markdown's other kind of heading, which the rules for headings would not see."""
    for (_, above), (number, line) in pairwise(page.lines):
        if above.strip() and UNDERLINE.match(line):
            yield page.fault(number, "a line that makes the one above it a heading", "begin the heading with ## instead")


def _line_faults(page: PageSource, library: Library) -> Iterator[Fault]:
    yield from reason_faults(page, library)
    for number, line in page.lines:
        if RAW_HTML.search(MACRO.sub("", line)):
            yield page.fault(number, "raw HTML", "use Markdown or a macro, or ask for a component")
        bare = shown(line)
        if TYPED_CONTACT.search(bare):
            yield page.fault(number, "a phone number or e-mail address", "it belongs in clinic.yml: use phone(), clinic() or emergency_number()")
        elif not HEADING.match(line):
            yield from figure_faults(page, number, line, library)


def _claim_faults(page: PageSource, pages: list[PageSource]) -> Iterator[Fault]:
    """A claim with no source, nor a link to a page that has one. Pages about this guide claim nothing of needling."""
    if not page.name.startswith(ABOUT_US):
        sourced = {each.name for each in pages if SOURCED.search(each.body)}
        for number, words in unbacked(page.lines, lambda target: landing(page.name, target)[0] in sourced):
            found = f"a claim about benefit, harm or timing with no source in its paragraph: {quoted(words)}"
            yield page.fault(number, found, "cite a source, link to the page that does, say that none was found, or leave it out")


def _abbreviation_faults(page: PageSource) -> Iterator[Fault]:
    for number, letters in unexplained(page.lines):
        expected = "say what it means where it comes first, such as “needling with heat (RF)”, use term(), or write it out; everyday ones stand in guide/abbreviations.py"
        yield page.fault(number, f"the abbreviation {quoted(letters)} with nothing that explains it", expected)


def block_faults(page: PageSource) -> Iterator[Fault]:
    typed = ["", *(line for _, line in page.lines), ""]
    for place, (number, line) in enumerate(page.lines, 1):
        block = BLOCK.search(line)
        if block and (not ALONE.fullmatch(line) or typed[place - 1].strip() or typed[place + 1].strip()):
            yield page.fault(number, f"{block[1]}() among other text", "give it a line of its own, with a blank line before and after")


def box_faults(page: PageSource, level_words: Mapping[str, str]) -> Iterator[Fault]:
    """A box whose look or title a reader would not understand: of a kind that we do not draw, or a care card that does not say its level."""
    facts = 0
    for number, line in page.lines:
        box = BOX.match(line)
        if box:
            yield from _one_box_faults(page, number, box[1], box[2] or "", level_words)
            facts += box[1] == "fact"
            if box[1] == "fact" and facts > 1:
                yield page.fault(number, "a second fact box", "keep the one fact that a reader should stop at, and say the other in the text")


def _one_box_faults(page: PageSource, number: int, kind: str, title: str, level_words: Mapping[str, str]) -> Iterator[Fault]:
    kinds = [*BOXES, *CARE_CARDS]
    if kind not in kinds:
        yield page.fault(number, f"a box of the kind {quoted(kind)}", did_you_mean(kind, kinds, f"write {listed(kinds)}"))
        return
    word = level_words[kind.replace("-", "_")] if kind in CARE_CARDS else ""
    if "{" in title:
        yield page.fault(number, "a macro in the title of a box", "put it in the text of the box: its quotation marks would end the title")
    elif not title:
        yield page.fault(number, "a box with no title", f'write it in quotation marks, such as !!! {kind} "{word or "Worth knowing"}"')
    elif word and not re.match(rf"{re.escape(word)}\b", title):
        yield page.fault(number, f"a care card whose title {quoted(title)} does not say its level", f"begin it with {quoted(word)}, so that nobody needs the colour to know")


def _link_faults(page: PageSource, pages: list[PageSource]) -> Iterator[Fault]:
    by_name = {each.name: each for each in pages}
    for number, line in page.lines:
        typed = MACRO.sub("", line)
        if ODD_LINK.search(LINK.sub("", typed)):
            yield page.fault(number, "a link in another form", "write [the words](the-page.md) where the link stands, with nothing else in the brackets")
        for target in LINK.findall(typed):
            yield from target_faults(page, number, target, by_name)


def target_faults(page: PageSource, number: int, target: str, pages: Mapping[str, PageSource]) -> Iterator[Fault]:
    if not target:
        yield page.fault(number, "a link that leads nowhere", "name a page, ending in .md")
        return
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target):
        yield page.fault(number, f"a link to {quoted(target)}", "link to pages of the guide only; sources are cited, and clinic links are macros")
        return
    name, anchor = landing(page.name, target)
    if name not in pages:
        yield page.fault(number, f"a link to {quoted(target)}, which does not exist", did_you_mean(name, list(pages), "write the way from this page to the other, ending in .md"))
        return
    ids = [heading.id for heading in pages[name].headings if heading.id]
    if anchor and anchor not in ids:
        yield page.fault(number, f"a link to {quoted(target)}, whose part #{anchor} does not exist", did_you_mean(anchor, ids, "name a heading of that page"))


def landing(name: str, target: str) -> tuple[str, str]:
    """The page to which a link on a page leads, as a path under docs, and the part of it; empty where it names none."""
    path, _, anchor = target.partition("#")
    return (_joined(name, path) if path else name), anchor


def _joined(name: str, path: str) -> str:
    """A path as seen from a page, as a path under docs; it keeps `..` where it leads out of docs."""
    parts = name.split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _unused_sources(library: Library, cited: set[str]) -> Iterator[Fault]:
    document = library.documents["references"]
    for place, source in enumerate(library.references):
        if source not in cited:
            yield Fault(document.name, document.line(("references", place)), f"references.{place + 1}", f"the source {quoted(source)}, which nothing cites", "cite it, or delete it here")
