"""Each built page shows where its claims come from, when it was reviewed and by whom, and whom to call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from conftest import ROOT, page_paths
from guide.project import Guide

XHTML = "{http://www.w3.org/1999/xhtml}"
PAGES = sorted(path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md"))


def tree_of(site: Path, page: str) -> Element:
    path = site / ("index.html" if page == "index" else f"{page}/index.html")
    return html5lib.parse(path.read_text(encoding="utf-8"))


def with_class(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if name in element.attrib.get("class", "").split())


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_each_page_in_docs_is_built(site: Path) -> None:
    assert len(page_paths(site)) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_citation_lands_on_a_source_and_every_source_is_cited(name: str, site: Path) -> None:
    tree = tree_of(site, name)
    marks = {link.attrib["href"] for mark in with_class(tree, "mg-cite") for link in mark.iter(f"{XHTML}a")}
    listed = {f"#{entry.attrib['id']}" for entry in tree.iter(f"{XHTML}li") if entry.attrib.get("id", "").startswith("source-")}
    assert marks == listed


def test_the_page_of_all_sources_holds_each_of_them_once(site: Path, guide: Guide) -> None:
    listed = [entry.attrib["id"] for entry in tree_of(site, "about/sources").iter(f"{XHTML}li") if entry.attrib.get("id", "").startswith("all-")]
    assert sorted(listed) == sorted(f"all-{source}" for source in guide.library.references)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_with_a_summary_of_at_most_five_lines(name: str, site: Path) -> None:
    [summary] = with_class(tree_of(site, name), "summary")
    assert 1 <= len(list(summary.iter(f"{XHTML}li"))) <= 5


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_when_it_was_reviewed_when_it_is_due_and_that_no_clinician_has_checked_it(name: str, site: Path, guide: Guide) -> None:
    [line] = with_class(tree_of(site, name), "mg-review-line")
    assert len(re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", text_of(line))) == 2
    assert guide.words["review"]["not_checked"] in text_of(line)


def test_a_clinics_reviewer_is_named_on_every_page(other_site: Path, other_guide: Guide) -> None:
    reviewer = other_guide.clinic.named_reviewer
    assert reviewer, "the second clinic's file should name a reviewer"
    for page in PAGES:
        [line] = with_class(tree_of(other_site, page), "mg-review-line")
        assert reviewer.name in text_of(line)
        assert other_guide.words["review"]["not_checked"] not in text_of(line)


@pytest.mark.parametrize("name", [page for page in PAGES if page.split("/")[0] in ("decide", "prepare", "the-day", "aftercare")])
def test_a_page_that_gives_advice_has_a_call_card_with_number_hours_and_emergency(name: str, site: Path, guide: Guide) -> None:
    cards = list(with_class(tree_of(site, name), "mg-call-card"))
    assert cards
    shown = text_of(cards[0])
    assert guide.clinic.phones.main.display in shown
    assert guide.clinic.emergency.number in shown
    assert any(hours["times"] in shown for hours in _hours(guide))


def _hours(guide: Guide) -> list[dict[str, str]]:
    from guide.macros.clinic import hours

    return hours(guide)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_gives_machines_its_facts_with_its_review_date(name: str, site: Path) -> None:
    tree = tree_of(site, name)
    [block] = [script for script in tree.iter(f"{XHTML}script") if script.attrib.get("type") == "application/ld+json"]
    data = json.loads(block.text)
    assert data["@type"] == "MedicalWebPage"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", data["lastReviewed"])
    assert data["publisher"]["telephone"].startswith("+")
    assert "reviewedBy" not in data


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_title_and_no_skipped_heading(name: str, site: Path) -> None:
    levels = [int(element.tag[-1]) for element in tree_of(site, name).iter() if re.fullmatch(rf"{re.escape(XHTML)}h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def test_titles_and_descriptions_differ_from_page_to_page(site: Path) -> None:
    titles, descriptions = [], []
    for page in PAGES:
        tree = tree_of(site, page)
        titles.append(text_of(next(tree.iter(f"{XHTML}title"))))
        descriptions += [meta.attrib["content"] for meta in tree.iter(f"{XHTML}meta") if meta.attrib.get("name") == "description"]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(PAGES)
