"""Tables that Markdown writes: each cell learns its column's name, so that a narrow screen can show a row as a card.
Its caption is what stands above it, for ears only, as eyes have just read it: a line that leads up to it by a colon, or the heading.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

CLASS = "mg-card-table"  # docs/assets/css/card-table.css
HIDDEN = "mg-hidden"  # docs/assets/css/base.css
LATE = 4  # a later step has a smaller number: what stands inside a line 20, the headings' ids 5
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class CardTables(Extension):
    """Markdown's tables, as cards where there is no room."""

    def extendMarkdown(self, md: Markdown) -> None:  # the name that Markdown calls
        md.treeprocessors.register(_CardTables(md), "card-tables", LATE)


class _CardTables(Treeprocessor):
    def run(self, root: Element) -> None:
        heading = lead = ""
        for element in root.iter():
            if element.tag in HEADINGS:
                heading, lead = _words(element), ""
            elif element.tag == "p":
                words = "".join(element.itertext())
                lead = words.removesuffix(":") if words.endswith(":") and not HTML_PLACEHOLDER_RE.search(words) else ""
            elif element.tag == "table":
                _name(element, lead or heading)
                lead = ""


def _words(cell: Element) -> str:
    """A cell's own words, without what a macro wrote."""
    return " ".join(HTML_PLACEHOLDER_RE.sub("", "".join(cell.itertext())).split())


def _name(table: Element, words: str) -> None:
    names = [_words(cell) for cell in table.iterfind("thead/tr/th")]
    table.set("class", CLASS)
    caption = Element("caption", {"class": HIDDEN})
    caption.text = words
    table.insert(0, caption)
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        first, *rest = row
        first.tag = "th"  # it says what the row is about
        first.set("scope", "row")
        for cell, name in zip(rest, names[1:], strict=True):
            if name:
                cell.set("data-label", name)
