"""No page is harder to read than grade 8: Flesch-Kincaid on what a built page says, without its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
import textstat

from conftest import ROOT

XHTML = "{http://www.w3.org/1999/xhtml}"
HARDEST = 8.0
BLOCKS = {f"{XHTML}{name}" for name in ("p", "li", "td", "dd", "dt", "h1", "h2", "h3", "h4", "caption")}
# Not the page's own text: sources, review line, clinic facts, links to other pages, and marks that lead to sources.
FRAME = {"mg-source-list", "mg-review-line", "mg-call-card", "mg-facts", "mg-people", "mg-opening-hours", "mg-statement", "mg-cite", "mg-print-line", "mg-certainty"}
PAGES = sorted(path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md"))
HAS_NO_TEXT_OF_ITS_OWN = {"about/sources"}


def own_text(site: Path, page: str) -> str:
    """What the page itself says, each block closed like a sentence."""
    path = site / ("index.html" if page == "index" else f"{page}/index.html")
    article = next(html5lib.parse(path.read_text(encoding="utf-8")).iter(f"{XHTML}article"))
    sentences = (" ".join(text.split()) for text in _blocks(article))
    return "\n".join(sentence if re.search(r"[.!?:]$", sentence) else f"{sentence}." for sentence in sentences if sentence)


def _blocks(element: Element) -> Iterator[str]:
    """The text of each innermost block."""
    for child in element:
        if child.tag == f"{XHTML}nav" or FRAME & set(child.attrib.get("class", "").split()):
            continue
        if child.tag in BLOCKS and not any(inner.tag in BLOCKS for inner in child.iter() if inner is not child):
            yield "".join(_words(child))
        else:
            yield from _blocks(child)


def _words(element: Element) -> Iterator[str]:
    if not FRAME & set(element.attrib.get("class", "").split()):
        yield element.text or ""
        for child in element:
            yield from _words(child)
    yield element.tail or "" if element.tag not in BLOCKS else ""


@pytest.mark.parametrize("name", [page for page in PAGES if page not in HAS_NO_TEXT_OF_ITS_OWN])
def test_no_page_is_harder_than_grade_8(name: str, site: Path) -> None:
    text = own_text(site, name)
    assert len(text.split()) > 40, text
    grade = textstat.flesch_kincaid_grade(text)
    assert grade <= HARDEST, f"docs/{name}.md reads at grade {grade}: shorten its sentences and choose shorter words"


def test_the_measure_tells_hard_text_from_easy_text() -> None:
    hard = "Percutaneous collagen induction necessitates comprehensive pretreatment dermatological evaluation of contraindications."
    assert textstat.flesch_kincaid_grade(hard) > HARDEST
    assert textstat.flesch_kincaid_grade("Wash your face. Use cool water. Pat it dry.") < 4
