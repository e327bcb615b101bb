"""What pages say of themselves: to search engines, and to programs that show a link."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from PIL import Image

from conftest import OTHER_CLINIC, ROOT, built, page_paths
from guide.clinic import Clinic, read_clinic
from guide.faults import Faults
from guide.library import read_library
from guide.macros.structured import json_for_html, structured_data
from guide.pages import read_pages
from guide.project import Guide
from guide.publish.found import ABOUT_THE_CLINIC, canonical, write_robots
from guide.publish.share_picture import SHARE_PICTURE
from install_vocabulary import VOCABULARY
from schema_org import SchemaOrg

BOTH = ["shipped", "other"]
PAGES = read_pages(ROOT / "docs")
PLAIN = (ROOT / "tests" / "clinics" / "plain.yml").read_text(encoding="utf-8")
GROUP = "https://group.test/guide/"  # the site that a clinic shares its text with
PARKING = """---
title: Where to park
description: How to find the clinic by car and by bus, and where to leave your car.
advice: false
reviewed_on: 2026-11-23
review_by: 2027-11-23
---

# Where to park

Park behind the house.
"""
NOTES = {"title": "A page", "description": "A page.", "advice": True, "reviewed_on": date(2026, 1, 15)}


@pytest.fixture
def of(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A clinic's guide and its built site."""
    names = {"shipped": ("site", "guide"), "other": ("other_site", "other_guide"), "shared": ("shared_site", "other_guide")}[request.param]
    site, guide = (request.getfixturevalue(name) for name in names)
    return SimpleNamespace(site=site, guide=guide)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a clinic with a page of its own, which shares the text with its group."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "pages").mkdir()
    (folder / "pages" / "parking.md").write_text(PARKING, encoding="utf-8")
    shutil.copy(OTHER_CLINIC.with_name("obrien.svg"), folder / "obrien.svg")
    typed = OTHER_CLINIC.read_text(encoding="utf-8")
    (folder / "clinic.yml").write_text(typed.replace("  base_path: /needling/\n", f"  base_path: /needling/\n  canonical_base: {GROUP}\n"), encoding="utf-8")
    return built(folder / "site", clinic=folder / "clinic.yml").site


@pytest.fixture(scope="module")
def schema_org() -> SchemaOrg:
    """schema.org's vocabulary; a test that cannot have it fails, so that nothing goes unchecked."""
    if not VOCABULARY.works():
        pytest.fail("No vocabulary of schema.org. `make test` brings it; by hand: python tests/install_vocabulary.py", pytrace=False)
    return SchemaOrg(VOCABULARY.path)


@cache
def page(site: Path, address: str) -> Element:
    text = (site / address / "index.html").read_text(encoding="utf-8")
    return html5lib.parse(text, namespaceHTMLElements=False)


def addresses(site: Path) -> list[str]:
    """Every page of a site, seen from its first folder."""
    return [path.lstrip("/") for path in page_paths(site)]


def facts(tree: Element) -> dict[str, Any]:
    [block] = [script for script in tree.iter("script") if script.get("type") == "application/ld+json"]
    return json.loads(block.text)


def told(tree: Element) -> dict[str, str]:
    """What the head says, each name once."""
    found = [(meta.get("property") or meta.get("name"), meta.get("content")) for meta in tree.iter("meta") if meta.get("property") or meta.get("name")]
    assert len({name for name, _ in found if name != "theme-color"}) == len([name for name, _ in found if name != "theme-color"])
    return dict(found)


def link(tree: Element, rel: str) -> str:
    [href] = [each.get("href") for each in tree.iter("link") if each.get("rel") == rel]
    return href


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing in structured data, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from things(each)


def structured(guide: Guide, address: str = "page/", **notes: Any) -> dict[str, Any]:
    return json.loads(structured_data(guide, NOTES | notes, address))


def with_site(guide: Guide, **values: Any) -> Guide:
    """The guide of a clinic with another `site`."""
    return replace(guide, clinic=guide.clinic.model_copy(update={"site": guide.clinic.site.model_copy(update=values)}))


# --- Structured data, held against the vocabulary ---------------------------------------------------------------------


@pytest.mark.parametrize("of", [*BOTH, "shared"], indirect=True)
def test_schema_org_has_every_type_and_property_and_lets_it_stand_there(of: SimpleNamespace, schema_org: SchemaOrg) -> None:
    for address in addresses(of.site):
        assert list(schema_org.faults(facts(page(of.site, address)))) == [], address


# What would be wrong in the first page's data: the way to a value, what stands there, and what is said of it.
WRONG = {
    "a type that nobody has": (["@type"], "NeedlingPage", "no type 'NeedlingPage'"),
    "a thing of no type": (["about", "@type"], "Needling", "no type 'Needling'"),
    "a property that nobody has": (["reviewedOn"], "2026-01-15", "MedicalWebPage has no property 'reviewedOn'"),
    "a property of another type": (["telephone"], "+12025550142", "MedicalWebPage has no property 'telephone'"),
    "a property of a kind of it": (["isPartOf", "lastReviewed"], "2026-01-15", "WebSite has no property 'lastReviewed'"),
    "a property that another has replaced": (["aspect"], "treatment", "taken the place of 'aspect'"),
    "a thing of another type": (["publisher"], {"@type": "MedicalProcedure", "name": "A"}, "publisher: a MedicalProcedure"),
    "a thing of a wider type": (["about", "procedureType"], {"@type": "Thing", "name": "A"}, "procedureType: a Thing"),
    "a text for a thing": (["publisher"], "A clinic", "publisher: 'A clinic'"),
    "a member that no enumeration has": (["specialty"], "https://schema.org/Needling", "specialty: 'https://schema.org/Needling'"),
    "a member of another enumeration": (["specialty"], "https://schema.org/PercutaneousProcedure", "specialty: 'https://schema.org/Perc"),
    "a day as people write it": (["lastReviewed"], "15 January 2026", "lastReviewed: '15 January 2026'"),
    "half an address": (["url"], "/aftercare/sun/", "url: '/aftercare/sun/'"),
    "a number for a text": (["publisher", "telephone"], 12025550142, "telephone: 12025550142"),
    "an empty text": (["about", "name"], "", "name: ''"),
    "one wrong thing in a list": (["citation"], [{"@type": "Person", "name": "A"}], "citation: a Person"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_schema_org_does_not_have_is_found(case: str, other_site: Path, schema_org: SchemaOrg) -> None:
    way, value, said = WRONG[case]
    data = deepcopy(facts(page(other_site, "")))
    place = data
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = value
    [fault] = list(schema_org.faults(data))
    assert said in fault


def test_the_vocabulary_was_read_whole(schema_org: SchemaOrg) -> None:
    text = VOCABULARY.path.read_text(encoding="utf-8")
    assert sum(map(len, schema_org._own.values())) == len(re.findall(r'^ {4}"\w+"\?: SchemaValue<', text, re.M))
    assert {"telephone", "medicalSpecialty", "openingHours", "legalName", "name"} <= schema_org.properties("MedicalClinic").keys()


# --- Structured data, held against the page ---------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_each_page_tells_its_own_name_address_day_and_sources(of: SimpleNamespace) -> None:
    for source in PAGES:
        tree = page(of.site, source.address)
        data = facts(tree)
        listed = [next(each.iter("cite")) for each in tree.iter("li") if each.get("id", "").startswith("source-")]
        assert (data["name"], data["description"], data["url"]) == (source.facts.title, source.facts.description, of.guide.clinic.site_url + source.address)
        assert [each["name"] for each in data.get("citation", [])] == ["".join(each.itertext()) for each in listed], source.file


def test_no_page_says_that_a_clinician_reviewed_it_before_one_is_named(site: Path, guide: Guide) -> None:
    assert guide.clinic.named_reviewer is None
    for source in PAGES:
        data = facts(page(site, source.address))
        assert "reviewedBy" not in data
        assert data["lastReviewed"] == source.facts.reviewed_on.isoformat()


def test_a_named_reviewer_stands_beside_the_day_on_which_they_finished_and_no_other(other_guide: Guide) -> None:
    reviewer = other_guide.clinic.named_reviewer
    data = structured(other_guide, reviewed_on=date(2031, 1, 1))
    assert data["reviewedBy"] == {"@type": "Person", "name": reviewer.name, "jobTitle": reviewer.role}
    assert data["lastReviewed"] == reviewer.reviewed_on.isoformat()


def test_only_a_page_on_the_treatment_is_a_medical_one(shared_site: Path) -> None:
    medical = {address: facts(page(shared_site, address))["@type"] == "MedicalWebPage" for address in addresses(shared_site)}
    assert not any(medical[address] for address in ("clinic/parking/", ABOUT_THE_CLINIC, "about/privacy/"))
    assert all(medical[source.address] for source in PAGES if source.facts.advice)
    assert all(("about" in facts(page(shared_site, address))) is found for address, found in medical.items())


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_what_a_page_names_in_short_stands_in_full_on_the_first_page(of: SimpleNamespace) -> None:
    full = {each["@id"]: each for each in things(facts(page(of.site, ""))) if "@id" in each}
    for address in addresses(of.site):
        for each in things({key: value for key, value in facts(page(of.site, address)).items() if key != "breadcrumb"}):
            if "@id" in each:
                assert each.items() <= full[each["@id"]].items(), address


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_path_leads_from_the_first_page_to_pages_that_are_there(of: SimpleNamespace) -> None:
    root = of.guide.clinic.site_url
    assert "breadcrumb" not in facts(page(of.site, ""))
    for source in PAGES:
        if source.address:
            items = facts(page(of.site, source.address))["breadcrumb"]["itemListElement"]
            assert [each["position"] for each in items] == [1, 2]
            assert [each["item"]["@id"] for each in items] == [root, root + source.address]
            assert items[-1]["name"] == source.facts.title


def test_the_clinics_hours_and_address_are_those_of_its_file(other_site: Path, other_guide: Guide) -> None:
    clinic = facts(page(other_site, ABOUT_THE_CLINIC))["publisher"]
    assert clinic["openingHours"] == ["Mo-Tu 08:30-12:15", "Mo-Tu 13:45-18:30", "Th 12:05-20:10", "Sa 10:20-13:50"]
    place = other_guide.clinic.address
    assert clinic["address"] == {"@type": "PostalAddress", "streetAddress": ", ".join(place.lines), "addressLocality": place.town, "postalCode": place.postcode, "addressCountry": "GB"}
    for key in ("image", "logo"):
        assert (other_site / clinic[key].removeprefix(other_guide.clinic.site_url)).is_file()


def test_nothing_is_told_for_what_earns_nothing_or_for_what_no_key_says(site: Path, other_site: Path) -> None:
    for path in (*site.rglob("*.html"), *other_site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"FAQPage|medicalSpecialty|aggregateRating|\"Review\"|priceRange", text), path


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "\"'\\", "]]>", "&lt;/script&gt;", "\x7f\u202e"])
def test_a_hostile_value_stays_a_text_inside_its_script(hostile: str, other_guide: Guide) -> None:
    clinic = other_guide.clinic.model_copy(update={"name": hostile, "legal_name": hostile, "email": hostile})
    text = structured_data(replace(other_guide, clinic=clinic), {**NOTES, "title": hostile, "description": hostile}, "")
    tree = html5lib.parse(f'<!DOCTYPE html><title>A</title><script type="application/ld+json">{text}</script><p id="after">', namespaceHTMLElements=False)
    assert [each.get("id") for each in tree.iter("p")] == ["after"]
    assert len(list(tree.iter("script"))) == 1
    data = facts(tree)
    assert (data["name"], data["publisher"]["name"], data["publisher"]["legalName"], data["publisher"]["email"]) == (hostile,) * 4
    assert not re.search("[<>&\u2028\u2029]", text)


def test_json_that_may_end_its_script_would_be_found() -> None:
    assert json_for_html({"a": "</script>"}) == '{"a":"\\u003c/script\\u003e"}'


# --- Titles and descriptions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_a_title_and_a_description_have_a_length_that_is_shown_whole(source: Any) -> None:
    assert 5 <= len(source.facts.title) <= 60
    assert 50 <= len(source.facts.description) <= 160
    assert source.facts.description.endswith((".", "?"))


@pytest.mark.parametrize("of", [*BOTH, "shared"], indirect=True)
def test_no_two_pages_have_a_title_or_a_description_in_common(of: SimpleNamespace) -> None:
    pages = [page(of.site, address) for address in addresses(of.site)]
    titles = ["".join(next(tree.iter("title")).itertext()) for tree in pages]
    assert len(set(titles)) == len({told(tree)["description"] for tree in pages}) == len(pages)
    assert all(of.guide.clinic.name in title for title in titles)


# --- What is shown beside a link --------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [*BOTH, "shared"], indirect=True)
def test_every_page_says_what_to_show_beside_a_link_to_it(of: SimpleNamespace) -> None:
    root = of.guide.clinic.site_url
    for address in addresses(of.site):
        head, data = told(page(of.site, address)), facts(page(of.site, address))
        assert head["og:type"] == ("article" if address else "website")
        assert (head["og:url"], head["og:description"]) == (root + address, data["description"]) == (root + address, head["description"])
        assert head["og:title"] == (data["name"] if address else head["og:site_name"])
        assert of.guide.clinic.name in head["og:site_name"] and of.guide.clinic.name in head["og:image:alt"]
        assert (head["og:image"], head["og:locale"], head["twitter:card"]) == (root + SHARE_PICTURE, "en_GB", "summary_large_image")


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_picture_is_there_in_the_size_that_pages_tell_and_no_page_loads_it(of: SimpleNamespace) -> None:
    with Image.open(of.site / SHARE_PICTURE) as picture:
        size = picture.size
    for path in of.site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        assert not [each for each in tree.iter() for name in ("src", "srcset", "href", "data-src") if SHARE_PICTURE in each.get(name, "")], path
        if "og:image" in text:
            assert (told(tree)["og:image:width"], told(tree)["og:image:height"]) == tuple(map(str, size))
    assert not [path for path in of.site.rglob("*.css") if SHARE_PICTURE in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_a_page_that_no_one_should_share_says_nothing_of_it(of: SimpleNamespace) -> None:
    lost = (of.site / "404.html").read_text(encoding="utf-8")
    assert "og:" not in lost and "ld+json" not in lost and 'content="noindex"' in lost


# --- The address that counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_a_page_counts_under_its_own_address(of: SimpleNamespace) -> None:
    for address in addresses(of.site):
        assert link(page(of.site, address), "canonical") == of.guide.clinic.site_url + address


def test_a_clinic_that_shares_the_text_names_the_other_site_but_for_what_only_it_has(shared_site: Path, other_guide: Guide) -> None:
    own = {address for address in addresses(shared_site) if link(page(shared_site, address), "canonical") == other_guide.clinic.site_url + address}
    assert own == {ABOUT_THE_CLINIC, "clinic/parking/"}
    for address in set(addresses(shared_site)) - own:
        assert link(page(shared_site, address), "canonical") == GROUP + address


def test_sharing_the_text_changes_nothing_that_readers_see(shared_site: Path, other_guide: Guide) -> None:
    text = (shared_site / "aftercare" / "sun" / "index.html").read_text(encoding="utf-8")
    shown = text[text.index("<body") : text.index('<script type="application/ld+json"')]
    assert GROUP not in shown and f"{other_guide.clinic.site_url}aftercare/sun/" in shown


def clinic_with(folder: Path, typed: str) -> Clinic:
    (folder / "clinic.yml").write_text(PLAIN.replace("  base_path: /\n", f"  base_path: /\n  canonical_base: {typed}\n"), encoding="utf-8")
    return read_clinic(folder / "clinic.yml", read_library(ROOT / "data"), "clinic.yml")


@pytest.mark.parametrize("typed", ["", "~", '""', "https://guide.plain.test"])
def test_no_other_site_is_no_other_site_however_it_is_written(typed: str, tmp_path: Path, guide: Guide) -> None:
    if "plain.test" in typed:
        with pytest.raises(Faults, match="leave it empty"):
            clinic_with(tmp_path, typed)
    else:
        clinic = clinic_with(tmp_path, typed)
        assert clinic.site.canonical_base is None
        assert canonical(replace(guide, clinic=clinic), "aftercare/sun/") == "https://guide.plain.test/aftercare/sun/"


@pytest.mark.parametrize(("typed", "read"), [("https://A.test", "https://a.test/"), ("https://a.test:8443/b", "https://a.test:8443/b/"), ("https://guide.plain.test/b/", "https://guide.plain.test/b/")])
def test_the_other_site_is_read_from_its_host_to_its_last_stroke(typed: str, read: str, tmp_path: Path) -> None:
    assert clinic_with(tmp_path, typed).site.canonical_base == read


NO_GUIDES = {
    "no https": ("http://a.test/", "“http://a.test/”", "begin the link with https://"),
    "a question mark": ("https://a.test/b/?page=1", "page=1", "“https://a.test/b/”"),
    "a part of a page": ('"https://a.test/b/#top"', "#top", "“https://a.test/b/”"),
    "its own address": ("https://guide.plain.test/", "guide.plain.test", "leave it empty"),
    "its own address in capitals": ("https://GUIDE.plain.test", "GUIDE.plain.test", "leave it empty"),
    "a way up": ("https://a.test/../b/", "/../b/", "“https://a.test/”"),
    "markup": ('"https://a.test/<b>/"', "<b>", "take “<” out"),
    "a quote": ("'https://a.test/\"x/'", '"x/', "out: a link holds no spaces, quotes"),
    "a second line": (r'"https://a.test/\nX: 1"', "a.test/", "in one piece"),
    "a script": ("javascript:alert(1)", "javascript", "https://"),
    "a list": ("[https://a.test/]", "", "write"),
    "no host": ("https:///b/", "https:///b/", "whole web address"),
}


@pytest.mark.parametrize("case", NO_GUIDES)
def test_what_is_no_guide_is_told_in_one_plain_line(case: str, tmp_path: Path) -> None:
    typed, found, expected = NO_GUIDES[case]
    with pytest.raises(Faults) as raised:
        clinic_with(tmp_path, typed)
    [fault] = raised.value.faults
    assert (fault.file, fault.key.split(".1")[0]) == ("clinic.yml", "site.canonical_base")
    assert found in fault.found and expected in fault.expected and "\n" not in str(fault)


# --- What search engines may read -------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [*BOTH, "shared"], indirect=True)
def test_noindex_stays_on_every_page_while_an_example_value_is_left_and_on_none_after(of: SimpleNamespace) -> None:
    left = bool(of.guide.clinic.example_values())
    for address in [*addresses(of.site), "go/", "go/sun/"]:
        assert (told(page(of.site, address)).get("robots") == "noindex") is left, address


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_robots_txt_stands_at_a_root_alone_and_keeps_nobody_out(of: SimpleNamespace) -> None:
    file = of.site / "robots.txt"
    assert file.is_file() is (of.guide.clinic.site.base_path == "/")
    if file.is_file():
        assert rules(file) == [("User-agent", "*"), ("Allow", "/")], "a page that may not be read cannot say noindex"


def test_robots_txt_names_the_sitemap_by_its_whole_address_where_there_is_one(tmp_path: Path, other_guide: Guide) -> None:
    write_robots(with_site(other_guide, base_path="/"), tmp_path, "sitemap.xml")
    assert rules(tmp_path / "robots.txt")[2:] == [("Sitemap", "https://guide.obrien.test/sitemap.xml")]


def rules(file: Path) -> list[tuple[str, str]]:
    """The lines of a robots.txt but for its comments."""
    return [tuple(line.split(": ", 1)) for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
