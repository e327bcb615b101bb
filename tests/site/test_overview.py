"""The pages that reach over all others: questions from A to Z, sources with the pages that use them, and what changed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from posixpath import normpath
from xml.etree.ElementTree import Element

import html5lib
import pytest

from conftest import ROOT
from guide.faults import Faults
from guide.pages import address_of
from guide.project import Guide

XHTML = "{http://www.w3.org/1999/xhtml}"


def tree_of(site: Path, address: str) -> Element:
    return html5lib.parse((site / address / "index.html").read_text(encoding="utf-8"))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def led_to(page: str, href: str) -> tuple[str, str]:
    """The address, seen from the site's first folder, and the heading that a link on a page leads to."""
    path, _, heading = href.partition("#")
    return f"{normpath(f'{page}/{path}')}/".removeprefix("./"), heading


def test_every_word_of_every_topic_leads_to_its_home(site: Path, guide: Guide) -> None:
    links = {(text_of(link).split(":")[0], *led_to("about/questions", link.attrib["href"])) for link in tree_of(site, "about/questions").iter(f"{XHTML}a")}
    expected = {(word, address_of(topic.page), topic.heading) for topic in guide.library.topics.values() for word in topic.index}
    assert expected <= links


def test_the_questions_stand_in_the_order_of_the_alphabet_below_their_letters(site: Path) -> None:
    sections = [section for section in tree_of(site, "about/questions").iter(f"{XHTML}section") if section.attrib.get("aria-labelledby", "").startswith("letter-")]
    letters = [text_of(next(section.iter(f"{XHTML}h2"))) for section in sections]
    assert letters == sorted(letters) and len(letters) == len(set(letters))
    for letter, section in zip(letters, sections, strict=True):
        words = [text_of(link).split(":")[0] for link in section.iter(f"{XHTML}a")]
        assert words == sorted(words, key=str.casefold) and all(word[0].upper() == letter for word in words)


def test_every_home_of_a_topic_is_in_the_built_page(site: Path, guide: Guide) -> None:
    for topic in guide.library.topics.values():
        headings = [element.attrib.get("id") for element in tree_of(site, address_of(topic.page)).iter() if re.fullmatch(rf"{XHTML}h[1-6]", str(element.tag))]
        assert headings.count(topic.heading) == 1, topic.slug


def test_the_list_of_sources_names_each_page_that_uses_a_source_and_no_other(site: Path, guide: Guide) -> None:
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    cited = {address_of(page): {entry.attrib["id"].removeprefix("source-") for entry in tree_of(site, address_of(page)).iter(f"{XHTML}li") if entry.attrib.get("id", "").startswith("source-")} for page in pages}
    for entry in tree_of(site, "about/sources").iter(f"{XHTML}li"):
        source = entry.attrib.get("id", "").removeprefix("all-")
        if source in guide.library.references:
            [used] = [element for element in entry.iter(f"{XHTML}span") if element.attrib.get("class") == "mg-source-list__used"]
            named = {led_to("about/sources", link.attrib["href"])[0] for link in used.iter(f"{XHTML}a")}
            assert named == {address for address, sources in cited.items() if source in sources}, source


def test_what_changed_shows_every_entry_of_the_changelog(site: Path) -> None:
    shown = text_of(tree_of(site, "about/what-changed"))
    lines = [line.lstrip("#- ").replace("`", "") for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()[3:] if line.strip()]
    assert [line for line in lines if line not in shown] == []


def test_a_changelog_without_a_day_is_told(tmp_path: Path, guide: Guide) -> None:
    (tmp_path / "CHANGELOG.md").write_text("# What changed\n", encoding="utf-8")
    with pytest.raises(Faults, match="CHANGELOG.md: found no change with its day"):
        replace(guide, root=tmp_path).version


def test_what_changed_lists_every_page_with_both_of_its_dates(site: Path) -> None:
    [table] = [table for table in tree_of(site, "about/what-changed").iter(f"{XHTML}table")]
    rows = [[text_of(cell) for cell in row] for row in table.iter(f"{XHTML}tr")][1:]
    assert len(rows) == len(list((ROOT / "docs").rglob("*.md")))
    assert all(re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", day) for _, *days in rows for day in days) and all(len(row) == 3 for row in rows)


@pytest.mark.parametrize("folder", ["drawings", "components"])
def test_no_template_of_ours_is_published(folder: str, site: Path) -> None:
    assert not (site / folder).exists()
    assert not any("{{" in path.read_text(encoding="utf-8") for path in site.rglob("*.svg"))


def test_every_source_says_how_old_it_is_by_its_year_or_the_day_on_which_it_was_read(site: Path, guide: Guide) -> None:
    for entry in tree_of(site, "about/sources").iter(f"{XHTML}li"):
        if entry.attrib.get("id", "").startswith("all-"):
            assert re.search(r"Read on \d{1,2} [A-Z][a-z]+ \d{4}\.", text_of(entry)), entry.attrib["id"]
    for entry in tree_of(site, "aftercare/when-to-call").iter(f"{XHTML}li"):
        source = guide.library.references.get(entry.attrib.get("id", "").removeprefix("source-"))
        assert source is None or bool(source.year) != ("Read on" in text_of(entry))
