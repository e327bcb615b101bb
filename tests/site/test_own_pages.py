"""A clinic's own file and pages: they are found, merged into the site, and held to the rules; no newer guide touches them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import OTHER_CLINIC, ROOT, Built, run_build
from guide.build import checked_guide
from guide.faults import Faults
from guide.own import ADDRESS, OwnPage, chosen_clinic, pages_folder, read_own_pages
from guide.own_rules import own_faults
from guide.pages import read_pages
from guide.project import Guide

FRONT = """---
title: Where to park
description: How to find the clinic by car and by bus, and where to leave your car.
advice: false
reviewed_on: 2026-11-23
review_by: 2027-11-23
---
"""
# As a clinic would write it: a price, minutes, a telephone number and another website, none of which the guide's own pages may have.
PARKING = f"""{FRONT}
# Where to park

Park behind the house. It costs £3 for 2 hours.
Call the car park on 0113 496 0999, or see [their page](https://www.carpark.test/leeds?x=1#map).

## By bus

Take bus 12 to Mill Lane, then walk for 5 minutes. Ask for the CCTV room.
Before you come, read [how to get ready](../prepare/getting-ready.md) and [what to expect at ours](with-us/first-visit.md).
"""
VISIT = FRONT.replace("Where to park", "Your first visit") + "\n# Your first visit\n\nRing at the door. [Where to park](../parking.md)\n"


def write_own(folder: Path, parking: str = PARKING) -> Path:
    """A clinic's folder as it makes it; gives the clinic file."""
    (folder / "pages" / "with-us").mkdir(parents=True)
    (folder / "pages" / "parking.md").write_text(parking, encoding="utf-8")
    (folder / "pages" / "with-us" / "first-visit.md").write_text(VISIT, encoding="utf-8")
    (folder / "pages" / ".DS_Store").write_bytes(b"\0")
    shutil.copy(OTHER_CLINIC.with_name("obrien.svg"), folder / "obrien.svg")
    shutil.copy(OTHER_CLINIC, folder / "clinic.yml")
    return folder / "clinic.yml"


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a clinic with two pages of its own."""
    folder = tmp_path_factory.mktemp("clinic")
    done = run_build(site=folder / "site", clinic=write_own(folder / "own"))
    assert done.returncode == 0, done.stderr
    return folder / "site"


# --- In the site --------------------------------------------------------------------------------------------------


def test_an_own_page_stands_in_the_menu_of_every_page_below_the_clinics_name(merged: Path) -> None:
    for page in ("index.html", "aftercare/sun/index.html", "clinic/parking/index.html"):
        text = (merged / page).read_text(encoding="utf-8")
        menu = text[text.index('<nav class="mg-side"') : text.index("</nav>", text.index('<nav class="mg-side"'))]
        section = menu[menu.rindex("mg-journey__title") :]
        assert "O&#39;Brien &amp; Søn &lt;Skin&gt;</summary>" in section, page
        assert section.count("mg-journey__link") == 2, page
        assert "Where to park" in section and "Your first visit" in section, page


def test_an_own_page_has_the_frame_of_every_page(merged: Path) -> None:
    page = (merged / "clinic" / "parking" / "index.html").read_text(encoding="utf-8")
    for part in ("mg-header", "mg-footer", "mg-review-line", "mg-print-line", '<link rel="canonical" href="https://guide.obrien.test/needling/clinic/parking/">'):
        assert part in page
    assert '<a href="https://www.carpark.test/leeds?x=1#map">their page</a>' in page
    assert '<a href="../../prepare/getting-ready/">how to get ready</a>' in page


def test_an_own_page_is_found_by_the_search_and_by_search_engines(merged: Path) -> None:
    index = json.loads((merged / "search" / "index.json").read_text(encoding="utf-8"))
    assert ["clinic/parking/", "Where to park"] in index["pages"]
    place = index["pages"].index(["clinic/parking/", "Where to park"])
    assert any(home[0] == place and "by car and by bus" in home[3] for home in index["homes"])
    assert "<loc>https://guide.obrien.test/needling/clinic/parking/</loc>" in (merged / "sitemap.xml").read_text(encoding="utf-8")


def test_an_own_page_is_in_the_list_of_reviews(merged: Path) -> None:
    assert 'href="../../clinic/parking/"' in (merged / "about" / "what-changed" / "index.html").read_text(encoding="utf-8")


def test_without_own_pages_nothing_changes(other_build: Built, merged: Path) -> None:
    paths = {path.relative_to(other_build.site) for path in other_build.site.rglob("*.html")}
    with_own = {path.relative_to(merged) for path in merged.rglob("*.html")}
    assert {path.as_posix() for path in with_own - paths} == {"clinic/parking/index.html", "clinic/with-us/first-visit/index.html"}
    assert paths - with_own == set()
    assert "/needling/clinic/" not in (other_build.site / "sitemap.xml").read_text(encoding="utf-8")


def test_no_page_of_the_guide_ever_takes_the_place_of_own_pages() -> None:
    assert not (ROOT / "docs" / ADDRESS).exists()


# --- The clinic's own folder --------------------------------------------------------------------------------------


def test_the_clinics_own_file_comes_before_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert chosen_clinic(tmp_path, None) is None
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "clinic.yml").write_text("", encoding="utf-8")
    assert Path(chosen_clinic(tmp_path, None)) == Path("own/clinic.yml")
    assert chosen_clinic(tmp_path, "other.yml") == "other.yml"


@pytest.mark.parametrize(("file", "folder"), [("own/clinic.yml", "own/pages"), ("clinic.yml", "pages"), ("clinics/leeds.yml", "clinics/leeds-pages")])
def test_own_pages_stand_beside_the_clinic_file(file: str, folder: str) -> None:
    assert pages_folder(Path(file)) == Path(folder)


def test_build_and_check_take_what_is_in_the_folder_own(project: Path, tmp_path: Path) -> None:
    write_own(project / "own", PARKING.replace("# Where", "## Where"))
    done = run_build(site=tmp_path / "site", project=project)
    assert done.returncode != 0
    assert "own/pages/parking.md:9: found a heading of level 2 below one of level 0" in done.stderr.replace("\\", "/")
    checked = subprocess.run([sys.executable, "-m", "guide", "check"], cwd=project, env={**os.environ, "PYTHONUTF8": "1", "CLINIC": ""}, capture_output=True, text=True, encoding="utf-8")
    assert checked.returncode == 1
    assert "own/pages/parking.md:9: " in checked.stderr.replace("\\", "/")


def test_a_newer_guide_laid_over_the_old_one_leaves_everything_of_the_clinics(project: Path) -> None:
    write_own(project / "own")
    before = {path: path.read_bytes() for path in (project / "own").rglob("*") if path.is_file()}
    for name in ("clinic.yml", "mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, project / name)
    for name in ("data", "docs", "guide", "overrides"):
        shutil.copytree(ROOT / name, project / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    assert {path: path.read_bytes() for path in (project / "own").rglob("*") if path.is_file()} == before
    tracked = subprocess.run(["git", "ls-files", "own", "pages"], cwd=ROOT, capture_output=True, text=True)
    assert tracked.stdout == "", "the guide ships nothing in the clinic's own folder"


# --- The rules ----------------------------------------------------------------------------------------------------


def faults_of(guide: Guide, folder: Path, parking: str) -> list[str]:
    clinic = write_own(folder / "own", parking)
    pages = read_pages(ROOT / "docs")
    return [str(fault) for fault in own_faults(guide, read_own_pages(clinic, "own/clinic.yml"), pages)[0]]


def test_a_page_on_what_is_the_clinics_own_passes(guide: Guide, tmp_path: Path) -> None:
    assert faults_of(guide, tmp_path, PARKING) == []


SUN = next(page for page in read_pages(ROOT / "docs") if page.name == "aftercare/sun.md").facts.title
BAD = {
    "no front matter": (FRONT, "", "own/pages/parking.md:1: found no front matter"),
    "a front matter without its review": ("review_by: 2027-11-23\n", "", "own/pages/parking.md:1: review_by: found nothing"),
    "a review before the last one": ("2027-11-23", "2025-11-23", "own/pages/parking.md:6: found a review due on 2025-11-23"),
    "advice without a call card": ("advice: false", "advice: true", "advice, but no call card"),
    "a title that the guide has": ("title: Where to park", f"title: {SUN}", f"own/pages/parking.md:2: found the title “{SUN}”"),
    "raw HTML": ("Park behind", "<script>x</script> Park behind", "found raw HTML"),
    "an unknown macro": ("Park behind", '{{ nobody("x") }} Park behind', "the unknown name “nobody”"),
    "a macro that fails": ("Park behind", '{{ time("no-such") }} Park behind', "own/pages/parking.md:11: found time: "),
    "a claim that we never make": ("Park behind", "Needling is painless. Park behind", "“painless”"),
    "a claim on the treatment": ("Park behind", "Needling makes scars better in most people. Park behind", "a claim about the treatment with no source"),
    "a figure on the treatment": ("Park behind", "We set the needles to 1.5 mm for each skin. Park behind", "a figure with no source"),
    "a link that leads nowhere": ("getting-ready.md", "getting-redy.md", "did you mean “../prepare/getting-ready.md”?"),
    "a link to a part that is not there": ("getting-ready.md", "getting-ready.md#nowhere", "whose part #nowhere does not exist"),
    "a link without https": ("https://www.carpark", "http://www.carpark", "begin a link to another website with https://"),
    "a link that runs a script": ("https://www.carpark.test/leeds?x=1#map", "javascript:alert(1)", "begin a link to another website with https://"),
    "a box of another kind": ("Park behind", '!!! danger "Mind"\n\n    The step.\n\nPark behind', "a box of the kind “danger”"),
    "a skipped level of headings": ("## By bus", "#### By bus", "a heading of level 4 below one of level 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_a_bad_own_page_gives_one_plain_line(case: tuple[str, str, str], guide: Guide, tmp_path: Path) -> None:
    old, new, told = case
    assert old in PARKING
    faults = faults_of(guide, tmp_path, PARKING.replace(old, new, 1))
    assert len(faults) == 1, faults
    assert told in faults[0] and faults[0].startswith("own/pages/parking.md:"), faults


def test_money_may_be_written_beside_the_treatment(guide: Guide, tmp_path: Path) -> None:
    assert faults_of(guide, tmp_path, PARKING.replace("Park behind", "Pay £50 on the day of your session. Park behind")) == []


@pytest.mark.parametrize("name", ["aftercare/first-days.md", "index.md"])
def test_a_page_of_the_same_name_as_one_of_ours_is_refused(name: str, guide: Guide, tmp_path: Path) -> None:
    page = OwnPage(f"{ADDRESS}/{name}", VISIT.replace("../parking.md", "../../prepare/getting-ready.md" if "/" in name else "../prepare/getting-ready.md"), f"own/pages/{name}", tmp_path)
    faults = [str(fault) for fault in own_faults(guide, [page], read_pages(ROOT / "docs"))[0]]
    assert faults == [f"own/pages/{name}: found the name of a page of the guide, docs/{name}; give it another name: your own pages are added to the guide and take no page's place"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("parking.md.txt", "a file that is no page; save the page as plain text under a name that ends in .md"),
        ("map.png", "a file that is no page"),
        ("Car Park.md", "a name that makes no good web address"),
        ("söder.md", "a name that makes no good web address"),
    ],
)
def test_a_file_that_is_no_page_is_told(name: str, told: str, tmp_path: Path) -> None:
    clinic = write_own(tmp_path / "own")
    (tmp_path / "own" / "pages" / name).write_text(VISIT, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_own_pages(clinic, "own/clinic.yml")
    fault, *more = raised.value.faults
    assert more == []
    assert str(fault).startswith(f"own/pages/{name}: found {told}")


def test_a_page_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    clinic = write_own(tmp_path / "own")
    (tmp_path / "own" / "pages" / "parking.md").write_bytes(PARKING.replace("£", "").replace("By bus", "By b\u00fcs").encode("latin-1"))
    with pytest.raises(Faults, match=r"own/pages/parking.md:14: found a letter or sign that is not UTF-8"):
        read_own_pages(clinic, "own/clinic.yml")


def test_a_bad_own_page_stops_the_build_and_leaves_the_last_good_site(tmp_path: Path) -> None:
    site = tmp_path / "host" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("the last good site", encoding="utf-8")
    clinic = write_own(tmp_path / "own", PARKING.replace("getting-ready.md", "gone.md"))
    done = run_build(site=site, clinic=clinic)
    assert done.returncode != 0
    assert done.stderr.count("parking.md:") == 1
    assert "1 to mend; the last good site is untouched." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert (site / "index.html").read_text(encoding="utf-8") == "the last good site"


def test_faults_of_the_guide_and_of_own_pages_are_told_together(project: Path) -> None:
    clinic = write_own(project / "own", PARKING.replace("getting-ready.md", "gone.md"))
    page = project / "docs" / "aftercare" / "sun.md"
    page.write_text(page.read_text(encoding="utf-8").replace("\n## ", "\n{{ nobody }}\n\n## ", 1), encoding="utf-8")
    with pytest.raises(Faults) as raised:
        checked_guide(project, str(clinic), project / "docs", [path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md")])
    files = {Path(fault.file).name for fault in raised.value.faults}
    assert files == {"parking.md", "sun.md"}


def test_an_own_page_that_cites_is_named_beside_its_source(project: Path) -> None:
    clinic = write_own(project / "own", PARKING.replace("## By bus", 'Needling may help some scars.{{ cite("alam-2014") }}\n\n## By bus'))
    names = [path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md")]
    guide = checked_guide(project, str(clinic), project / "docs", names)
    assert f"{ADDRESS}/parking.md" in guide.uses["alam-2014"]
