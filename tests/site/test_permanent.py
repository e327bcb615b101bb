"""Permanent links in the built site: short addresses, pages that lead on, ids that stay, and what hosts are told."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from conftest import ROOT
from guide.entries import Move
from guide.faults import Faults
from guide.pages import read_pages
from guide.project import Guide
from guide.publish.permanent import FAVICON, Redirect, redirect_lines, redirect_page, redirects, short_links_page, write_permanent
from guide.published import arrives

BOTH = ["shipped", "other"]
MOVES = [
    ("aftercare/sunshine.md", "aftercare/light.md"),
    ("aftercare/light.md", "aftercare/sun.md"),
    ("aftercare/light.md#hair", "aftercare/back-to-normal-life.md#makeup"),
    ("tanning.md", "aftercare/sun.md#tanning"),
    ("aftercare/sun.md#beach", "aftercare/sun.md#holiday"),
    ("aftercare/sun.md#top", "aftercare/sun.md"),
    ("aftercare/sun.md#lips", "decide/cold-sores.md"),
    ("index.md#start", "about/words.md"),
]
HOSTILE = "</title></h1><script>alert(1)</script><img src=x onerror=alert(1)>\"'> {{ 7*7 }} &lt; *a* `b`"


@pytest.fixture
def of(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A clinic's guide and its built site."""
    names = {"shipped": ("site", "guide"), "other": ("other_site", "other_guide")}[request.param]
    site, guide = (request.getfixturevalue(name) for name in names)
    return SimpleNamespace(site=site, guide=guide)


def parsed(text: str) -> Element:
    return html5lib.parse(text, namespaceHTMLElements=False)


def page(site: Path, address: str) -> Element:
    return parsed((site / address / "index.html").read_text(encoding="utf-8"))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def leads_to(tree: Element) -> str:
    """Where a page leads by itself, at once."""
    [refresh] = [meta.get("content") for meta in tree.iter("meta") if meta.get("http-equiv") == "refresh"]
    wait, _, to = refresh.partition("; url=")
    assert wait == "0"
    return to


# --- Short addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_topic_has_a_short_address_that_leads_to_the_heading_that_answers_it(of: SimpleNamespace) -> None:
    for topic in of.guide.library.topics.values():
        tree = page(of.site, f"go/{topic.slug}")
        file, _, heading = leads_to(tree).partition("#")
        target = (of.site / "go" / topic.slug / file).resolve()
        assert target == (of.site / topic.page.removesuffix(".md") / "index.html").resolve(), topic.slug
        assert heading == topic.heading
        assert f'id="{heading}"' in target.read_text(encoding="utf-8"), topic.slug


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_page_that_leads_on_says_what_it_is_and_has_a_link_for_those_whose_browser_stays(of: SimpleNamespace) -> None:
    for topic in of.guide.library.topics.values():
        tree = page(of.site, f"go/{topic.slug}")
        [link] = tree.iter("a")
        assert link.get("href") == leads_to(tree)
        assert len(text_of(link)) > 3
        assert tree.get("lang") == "en"
        assert text_of(tree.find(".//h1")) == " ".join(topic.name.split())
        assert text_of(tree.find(".//title")).startswith(text_of(tree.find(".//h1")))
        [canonical] = [each.get("href") for each in tree.iter("link") if each.get("rel") == "canonical"]
        assert canonical == of.guide.clinic.site_url + topic.page.removesuffix(".md") + "/"


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_such_pages_hold_no_script_no_style_and_nothing_of_another_host(of: SimpleNamespace) -> None:
    for file in (of.site / "go").rglob("index.html"):
        tree = page(file.parent, "")
        assert not [element.tag for element in tree.iter() if element.tag in ("script", "style", "iframe", "object", "form")]
        assert not [name for element in tree.iter() for name in element.attrib if name == "style" or name.startswith("on")]
        fetched = [element.get("src") or element.get("href") for element in tree.iter() if element.tag == "img" or element.get("rel") in ("icon", "stylesheet")]
        assert fetched and all((file.parent / each).is_file() for each in fetched), file
        assert not [link.get("href") for link in tree.iter("a") if urlsplit(link.get("href")).netloc or link.get("href").startswith("/")]


def test_the_sign_of_such_pages_is_that_of_all_others() -> None:
    assert f"favicon: {FAVICON}" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_list_of_short_addresses_has_each_topic_by_name_with_its_address_as_people_write_it(of: SimpleNamespace) -> None:
    tree = page(of.site, "go")
    entries = {text_of(entry.find("a")): entry for entry in tree.find(".//main").iter("li")}
    topics = of.guide.library.topics.values()
    assert list(entries) == sorted((" ".join(topic.name.split()) for topic in topics), key=str.casefold)
    for topic in topics:
        entry = entries[" ".join(topic.name.split())]
        assert text_of(entry.find("span")) == f"{of.guide.clinic.site_url.removeprefix('https://')}go/{topic.slug}/"
        assert (of.site / "go" / entry.find("a").get("href")).resolve() == of.site.resolve() / "go" / topic.slug / "index.html"
    assert (of.site / "go" / tree.find(".//header//a").get("href")).resolve() == of.site.resolve() / "index.html"


def test_no_permanent_link_is_in_the_sitemap_or_in_the_search(site: Path) -> None:
    assert "/go/" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert '"go/' not in (site / "search" / "index.json").read_text(encoding="utf-8")


# --- What hosts are told --------------------------------------------------------------------------------------------


def rules(text: str) -> list[list[str]]:
    """The rules of a `_redirects` file, as Netlify and Cloudflare Pages cut it up."""
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_hosts_are_told_each_short_address_with_and_without_its_last_stroke_under_the_clinics_folder(of: SimpleNamespace) -> None:
    base = of.guide.clinic.site.base_path
    told = {start: (to, status) for start, to, status in rules((of.site / "_redirects").read_text(encoding="utf-8"))}
    for topic in of.guide.library.topics.values():
        expected = (f"{base}{topic.page.removesuffix('.md')}/#{topic.heading}", "302")
        assert told[f"{base}go/{topic.slug}"] == told[f"{base}go/{topic.slug}/"] == expected


def test_the_second_clinic_stands_in_a_folder_of_its_host(other_guide: Guide) -> None:
    assert other_guide.clinic.site.base_path != "/", "else the tests here would prove nothing of such a folder"


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_rules_for_hosts_keep_what_these_hosts_ask(of: SimpleNamespace) -> None:
    """Cloudflare Pages: 2,000 rules of 1,000 characters, each start once, one of six statuses. Hosts that go by its kind read 1,000 rules."""
    lines = rules((of.site / "_redirects").read_text(encoding="utf-8"))
    assert 100 < len(lines) <= 1000
    assert all(len(" ".join(line)) <= 1000 for line in lines)
    assert len({start for start, *_ in lines}) == len(lines)
    assert {status for *_, status in lines} <= {"301", "302"}
    assert all(re.fullmatch(r"/[a-z0-9/-]*(#[a-z0-9-]+)?", part) for *parts, _ in lines for part in parts)
    assert not [line for line in lines if line[0].rstrip("/") == line[1].rstrip("/")]


def test_each_rule_for_hosts_leads_to_a_place_that_is_there(site: Path, guide: Guide) -> None:
    base = guide.clinic.site.base_path
    for line in redirect_lines(guide):
        _, to, _ = line.split()
        assert arrives(site, urljoin(base, to).removeprefix(base)), line


# --- Moves ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved_guide(guide: Guide) -> Guide:
    """The shipped guide, as if pages and headings had moved before."""
    moves = {old: Move(old=old, new=new) for old, new in MOVES}
    return replace(guide, library=replace(guide.library, moved=moves), pages=tuple(read_pages(ROOT / "docs")))


@pytest.fixture(scope="module")
def moved(moved_guide: Guide, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    copy = Path(shutil.copytree(site, tmp_path_factory.mktemp("moved") / "site"))
    write_permanent(moved_guide, copy)
    return copy


@pytest.mark.parametrize(
    ("address", "to"),
    [("aftercare/light", "../../aftercare/sun/index.html"), ("aftercare/sunshine", "../../aftercare/sun/index.html"), ("tanning", "../aftercare/sun/index.html#tanning")],
)
def test_a_page_that_moved_leads_on_from_its_old_address_in_one_step(address: str, to: str, moved: Path, guide: Guide) -> None:
    tree = page(moved, address)
    assert leads_to(tree) == to
    assert guide.words["permanent"]["moved"] in text_of(tree.find(".//main"))
    [canonical] = [each.get("href") for each in tree.iter("link") if each.get("rel") == "canonical"]
    assert canonical == f"{guide.clinic.site_url}aftercare/sun/"


def test_hosts_are_told_for_good_where_a_page_went(moved: Path) -> None:
    told = {start: (to, status) for start, to, status in rules((moved / "_redirects").read_text(encoding="utf-8"))}
    assert told["/aftercare/sunshine"] == told["/aftercare/sunshine/"] == ("/aftercare/sun/", "301")
    assert told["/tanning/"] == ("/aftercare/sun/#tanning", "301")
    assert not [start for start in told if "#" in start], "a host never sees what stands after #"


def test_the_redirects_are_there_for_other_hosts_as_data(moved_guide: Guide) -> None:
    found = redirects(moved_guide.library)
    assert Redirect("go/sun/", "aftercare/sun/#sun", permanent=False) in found
    assert found[-1] == Redirect("tanning/", "aftercare/sun/#tanning", permanent=True)
    assert len(found) == len(moved_guide.library.topics) + 3


def test_an_old_id_stays_at_the_heading_that_was_renamed(moved: Path) -> None:
    tree = page(moved, "aftercare/sun")
    parents = {child: parent for parent in tree.iter() for child in parent}
    places = {element.get("id"): parents[element] for element in tree.iter("span") if element.get("id") in ("beach", "top")}
    assert places["beach"].get("id") == "holiday" and places["beach"].tag == "h2"
    assert places["top"].tag == "h1"
    assert all(text_of(element) == "" for element in tree.iter("span") if element.get("id") == "beach")


@pytest.mark.parametrize(
    ("address", "old", "to"),
    [
        ("aftercare/sun", "lips", "../../decide/cold-sores/index.html"),
        ("aftercare/sun", "hair", "../../aftercare/back-to-normal-life/index.html#makeup"),
        ("", "start", "about/words/index.html"),
    ],
)
def test_an_answer_that_went_to_another_page_leaves_a_plain_line_that_leads_there(address: str, old: str, to: str, moved: Path, guide: Guide) -> None:
    tree = page(moved, address)
    [line] = [element for element in tree.find(".//article").iter("p") if element.get("id") == old]
    assert line.find("a").get("href") == to
    assert (moved / address / to.partition("#")[0]).is_file()
    assert text_of(line).startswith(guide.words["permanent"]["part_moved"]) and len(text_of(line.find("a"))) > 3


def test_the_line_stands_where_the_text_ends_before_what_to_read_next(moved: Path) -> None:
    text = (moved / "aftercare" / "sun" / "index.html").read_text(encoding="utf-8")
    assert text.index('id="sunburnt"') < text.index('id="lips"') < text.index('<nav class="mg-next"') < text.index('id="sources"')


@pytest.mark.parametrize("address", ["aftercare/sunshine/", "aftercare/sunshine/#holiday", "aftercare/light/#hair", "aftercare/sunshine/#hair", "tanning/#anything", "aftercare/sun/#beach", "aftercare/sun/#top", "aftercare/sun/#lips", "#start"])
def test_a_reader_with_an_old_link_arrives(address: str, moved: Path, site: Path) -> None:
    assert arrives(moved, address)
    assert not arrives(site, address), "it would arrive without the move, too"


def test_an_id_stands_once_though_headings_moved(moved: Path) -> None:
    for address in ("", "aftercare/sun"):
        ids = [element.get("id") for element in page(moved, address).iter() if element.get("id")]
        assert len(ids) == len(set(ids))


def test_an_id_that_a_component_has_on_that_page_cannot_stay_and_is_told(guide: Guide, site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    moves = {"aftercare/sun.md#sources": Move(old="aftercare/sun.md#sources", new="about/sources.md")}
    with pytest.raises(Faults, match="“#sources”, an id that a part of /aftercare/sun/ has"):
        write_permanent(replace(guide, library=replace(guide.library, moved=moves), pages=tuple(read_pages(ROOT / "docs"))), copy)


def test_an_old_id_of_a_heading_that_this_clinic_leaves_out_is_left_out_too(moved_guide: Guide, site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    file = copy / "aftercare" / "sun" / "index.html"
    file.write_text(file.read_text(encoding="utf-8").replace('<h2 id="holiday">', "<h2>"), encoding="utf-8")
    write_permanent(moved_guide, copy)
    assert 'id="beach"' not in file.read_text(encoding="utf-8")


# --- Values that could do something ---------------------------------------------------------------------------------


def shown(guide: Guide, name: str) -> list[Element]:
    """Every page and part that is made here, with one text in all places that take one."""
    clinic = guide.clinic.model_copy(update={"name": f"{name} clinic"})
    sun = guide.library.topics["sun"].model_copy(update={"name": f"{name} topic"})
    odd = replace(guide, clinic=clinic, library=replace(guide.library, topics={"sun": sun}))
    pages = [redirect_page(odd, Redirect("go/sun/", "aftercare/sun/#sun", permanent=False), f"{name} topic", f"{name} heading"), short_links_page(odd), guide.draw("moved-part", id="lips", to="../index.html", name=f"{name} part")]
    return [parsed(str(each)) for each in pages]


def test_whatever_a_name_holds_shows_as_typed(guide: Guide) -> None:
    for hostile, harmless in zip(shown(guide, HOSTILE), shown(guide, "Harmless"), strict=True):
        before, after = list(harmless.iter()), list(hostile.iter())
        assert [element.tag for element in after] == [element.tag for element in before]
        for one, other in zip(before, after, strict=True):
            assert other.attrib == one.attrib
            assert (other.text or "") == (one.text or "").replace("Harmless", HOSTILE)


def test_the_comparison_finds_a_name_that_is_not_escaped(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.project.LIVELY", re.compile("(?!)"))
    with pytest.raises(AssertionError):
        test_whatever_a_name_holds_shows_as_typed(guide)
