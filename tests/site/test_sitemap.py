"""The sitemap: pages that count, each with a day on which it really changed."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from guide.faults import Faults
from guide.own import OwnPage
from guide.pages import PageSource, read_pages
from guide.project import Guide
from guide.publish.sitemap import PACKED, SITEMAP, last_changed, listed_pages, write_sitemap

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAGES = tuple(read_pages(ROOT / "docs"))
SUN = next(page for page in PAGES if page.name == "aftercare/sun.md")
CHANGES = next(page for page in PAGES if page.name == "about/what-changed.md")


def entries(text: bytes) -> dict[str, str]:
    """The day of each address."""
    found = [(url.findtext("s:loc", None, NAMES), url.findtext("s:lastmod", None, NAMES)) for url in ElementTree.fromstring(text).findall("s:url", NAMES)]
    assert len(dict(found)) == len(found)
    return dict(found)


def reviewed(page: PageSource, day: str) -> PageSource:
    return replace(page, text=re.sub(r"reviewed_on: \S+", f"reviewed_on: {day}", page.text))


def without_reviewer(guide: Guide) -> Guide:
    return replace(guide, clinic=guide.clinic.model_copy(update={"reviewer": None}))


def test_the_sitemap_lists_every_page_once_with_its_own_day(other_site: Path, other_guide: Guide) -> None:
    listed = entries((other_site / SITEMAP).read_bytes())
    assert listed == {other_guide.clinic.site_url + page.address: last_changed(other_guide, page).isoformat() for page in PAGES}
    for page in PAGES:
        assert listed[other_guide.clinic.site_url + page.address] >= page.facts.reviewed_on.isoformat()


def test_the_day_is_the_pages_own_and_never_that_of_the_build(other_guide: Guide) -> None:
    guide = without_reviewer(other_guide)
    assert last_changed(guide, reviewed(SUN, "2019-03-04")) == date(2019, 3, 4)
    assert last_changed(guide, OwnPage("clinic/parking.md", reviewed(SUN, "2019-03-05").text, "own/pages/parking.md", Path("parking.md"))) == date(2019, 3, 5)


def test_a_clinicians_reading_counts_where_it_is_the_later_day(other_guide: Guide) -> None:
    read_on = other_guide.clinic.named_reviewer.reviewed_on
    assert last_changed(other_guide, reviewed(SUN, "2019-03-04")) == read_on
    assert last_changed(other_guide, reviewed(SUN, "2031-03-04")) == date(2031, 3, 4)


def test_the_list_of_changes_has_the_day_of_the_newest_change(other_guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text("# What changed\n\n## 5 March 2031: new\n\n## 1 January 2032: older, though its day is later\n", encoding="utf-8")
    guide = replace(without_reviewer(other_guide), root=tmp_path)
    assert last_changed(guide, CHANGES) == date(2031, 3, 5)
    assert last_changed(guide, SUN) == SUN.facts.reviewed_on


@pytest.mark.parametrize("day", ["March 2031", "31 February 2031", "5 Brumaire 2031", "2031-03-05"])
def test_a_change_without_a_day_is_told(day: str, other_guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text(f"# What changed\n\n## {day}: new\n", encoding="utf-8")
    with pytest.raises(Faults, match="write it as in 15 January 2026"):
        last_changed(replace(other_guide, root=tmp_path), CHANGES)


def test_while_an_example_value_is_left_there_is_no_sitemap(site: Path, guide: Guide) -> None:
    assert guide.clinic.example_values() and listed_pages(replace(guide, pages=PAGES)) == []
    assert not (site / SITEMAP).exists() and not (site / PACKED).exists()


def test_a_page_that_counts_elsewhere_is_left_out(other_guide: Guide) -> None:
    clinic = other_guide.clinic
    own = OwnPage("clinic/parking.md", SUN.text, "own/pages/parking.md", Path("parking.md"))
    shared = replace(other_guide, pages=(*PAGES, own), clinic=clinic.model_copy(update={"site": clinic.site.model_copy(update={"canonical_base": "https://group.test/"})}))
    assert [page.name for page in listed_pages(shared)] == ["about/the-clinic.md", "clinic/parking.md"]
    assert len(listed_pages(replace(other_guide, pages=(*PAGES, own)))) == len(PAGES) + 1


def test_the_packed_sitemap_is_the_same_and_holds_no_time(other_site: Path) -> None:
    packed = (other_site / PACKED).read_bytes()
    assert gzip.decompress(packed) == (other_site / SITEMAP).read_bytes()
    assert packed[4:8] == b"\0\0\0\0", "a time of packing would change the file at each build"
    assert not packed[3] & 8, "nor does it hold a name"


def test_the_same_guide_gives_the_same_bytes_in_the_place_of_an_older_one(other_guide: Guide, tmp_path: Path) -> None:
    guide = replace(other_guide, pages=PAGES)
    (tmp_path / SITEMAP).write_text("an older one", encoding="utf-8")
    written = []
    for _ in range(2):
        assert write_sitemap(guide, tmp_path) == SITEMAP
        written.append(((tmp_path / SITEMAP).read_bytes(), (tmp_path / PACKED).read_bytes()))
    assert written[0] == written[1]


def test_an_address_is_written_so_that_xml_can_hold_it(other_guide: Guide, tmp_path: Path) -> None:
    clinic = other_guide.clinic
    awkward = clinic.model_copy(update={"site": clinic.site.model_copy(update={"address": "https://a.test&<b>"})})
    write_sitemap(replace(other_guide, pages=(SUN,), clinic=awkward), tmp_path)
    assert list(entries((tmp_path / SITEMAP).read_bytes())) == ["https://a.test&<b>/needling/aftercare/sun/"]
