"""What must hold for a clinic's own pages: the guide's rules where they guard readers, and not where they guard its evidence.

As for our pages: front matter, headings in order, no raw HTML, known macros and boxes, links that lead somewhere, none of the claims that
we never make, a call card below advice. A claim or a figure about the treatment needs its source here too.
Not asked for: the boxes on top and on what is not known, names of headings, explained abbreviations, and a source for figures on other
matters, such as the way from the station. Telephone numbers, e-mail addresses, prices and links to other websites may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from guide import page_rules
from guide.claims import claims, unbacked
from guide.faults import Fault, did_you_mean, quoted
from guide.figure_rules import CITED, figure_faults
from guide.macro_rules import macro_faults
from guide.own import ADDRESS, OwnPage
from guide.page_rules import LINK, MACRO, ODD_LINK, RAW_HTML
from guide.pages import HEADING, PageSource
from guide.project import Guide
from guide.prose import text_blocks
from guide.wording import findings, read_claims

# What speaks of the treatment: there the guide's rules for evidence hold.
OF_TREATMENT = re.compile(r"(?i)\b(?:micro-?)?needl\w+|\bskin\w*|\bscar\w*|\bcollagen|\bsessions?\b|\btreat\w*|\bheal\w*|\baftercare|\bprp\b|\brf\b|\bwrinkle\w*|\bpores?\b|\bpigment\w*|\bred(?:ness)?\b")
MONEY = re.compile(r"[£$€]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:£|€|euros?\b|dollars?\b|pounds?\b)")
OUTSIDE = re.compile(r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:[/?#]\S*)?|mailto:\S+@\S+|tel:\+?[0-9-]+")
NOT_ASKED = "a heading with no permanent name"  # a rule of ours that own pages need not keep
CALENDAR = re.compile(r"(?i)\b(?:hours?|days?|weeks?|months?|years?)\b")  # alone no claim: "on the day of your session"
NEXT_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
A_FIGURE = "a figure with no source"


def own_faults(guide: Guide, own: Sequence[OwnPage], pages: Sequence[PageSource]) -> tuple[list[Fault], dict[str, list[str]]]:
    """Everything that is wrong in the clinic's own pages, and which of them use each source.

    pages  the guide's pages
    """
    every = {page.name: page for page in (*pages, *own)}
    uses: dict[str, list[str]] = {}
    faults = list(_name_faults(own, pages))
    for page in own:
        faults += [*_shape_faults(page, guide), *_line_faults(page, guide), *_evidence_faults(page, guide, every), *_link_faults(page, every)]
        found, used = macro_faults(page, guide)
        faults += found
        for source in sorted(used):
            uses.setdefault(source, []).append(page.name)
    return faults, uses


def _name_faults(own: Sequence[OwnPage], pages: Sequence[PageSource]) -> Iterator[Fault]:
    """A page that goes by the name of one of ours, and would only seem to take its place; or by the title of another."""
    names = {page.name for page in pages}
    for page in own:
        inside = page.name.removeprefix(f"{ADDRESS}/")
        if inside in names:
            yield page.fault(0, f"the name of a page of the guide, docs/{inside}", "give it another name: your own pages are added to the guide and take no page's place")
    mine = {page.file for page in own}
    for fault in page_rules.same_title_faults([*pages, *own]):
        if fault.file in mine:
            yield replace(fault, found=fault.found.replace(f"docs/{ADDRESS}/", ""))


def _shape_faults(page: OwnPage, guide: Guide) -> Iterator[Fault]:
    every = [*page_rules.front_faults(page), *page_rules.heading_faults(page), *page_rules.underline_faults(page), *page_rules.block_faults(page), *page_rules.box_faults(page, guide.words["care_cards"])]
    for fault in every:
        if fault.found != NOT_ASKED and not (fault.found.startswith(A_FIGURE) and not OF_TREATMENT.search(fault.found)):
            yield fault


def _line_faults(page: OwnPage, guide: Guide) -> Iterator[Fault]:
    for number, line in page.lines:
        if RAW_HTML.search(MACRO.sub("", line)):
            yield page.fault(number, "raw HTML", "write plain Markdown, or use a macro; see CONTRIBUTING.md")
        for sentence in () if HEADING.match(line) else NEXT_SENTENCE.split(line):
            if CITED.search(sentence) or OF_TREATMENT.search(sentence):
                yield from figure_faults(page, number, MONEY.sub("", sentence), guide.library)


def _evidence_faults(page: OwnPage, guide: Guide, every: Mapping[str, PageSource]) -> Iterator[Fault]:
    sourced = {name for name, each in every.items() if page_rules.SOURCED.search(each.body)}
    for number, words in unbacked(page.lines, lambda target: page_rules.landing(page.name, target)[0] in sourced):
        if any(OF_TREATMENT.search(sentence) and claims(CALENDAR.sub("", sentence)) for sentence in NEXT_SENTENCE.split(words)):
            yield page.fault(number, f"a claim about the treatment with no source in its paragraph: {quoted(words)}", "link to the page of the guide that says so, cite a source, or leave it out")
    never = read_claims(guide.root / "data")
    for block in text_blocks(page.text):
        for finding in findings(block, never):
            yield finding.fault(page.file)


def _link_faults(page: OwnPage, every: Mapping[str, PageSource]) -> Iterator[Fault]:
    for number, line in page.lines:
        typed = MACRO.sub("", line)
        if ODD_LINK.search(LINK.sub("", typed)):
            yield page.fault(number, "a link in another form", "write [the words](the-page.md) where the link stands, with nothing else in the brackets")
        for target in LINK.findall(typed):
            if not OUTSIDE.fullmatch(target):
                yield from target_faults(page, number, target, every)


def target_faults(page: OwnPage, number: int, target: str, every: Mapping[str, PageSource]) -> Iterator[Fault]:
    """A link to another website in a form that we do not take, or to a page that is not there."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|www\.", target):
        yield page.fault(number, f"a link to {quoted(target)}", "begin a link to another website with https://, as your browser shows it")
        return
    name, _ = page_rules.landing(page.name, target)
    if name not in every:
        ours = [f"../{each}" for each in every if not each.startswith(f"{ADDRESS}/")] + [each.removeprefix(f"{ADDRESS}/") for each in every if each.startswith(f"{ADDRESS}/")]
        yield page.fault(number, f"a link to {quoted(target)}, which does not exist", did_you_mean(target, ours, "write ../ and the page's path under docs, such as ../aftercare/first-days.md"))
        return
    yield from page_rules.target_faults(page, number, target, every)
