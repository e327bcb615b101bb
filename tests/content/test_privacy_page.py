"""The page on privacy says nothing of the guide that a test would not notice if it were not so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import html5lib
import pytest
import yaml

from conftest import ROOT
from guide.prose import blocks_of
from guide.project import Guide

PAGE = ROOT / "docs" / "about" / "privacy.md"
PROOFS = Path(__file__).with_name("privacy-proofs.yml")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")
FACT = re.compile(r"false|true|[\d-]+|In short|Your privacy|What does this site know about me\?")  # of the page's front matter, and its titles
# What a page loads by itself, by tag and attribute. A link is followed only when it is pressed.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "srcset", "video": "src", "audio": "src", "embed": "src", "object": "data", "form": "action"}
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}


def sentences(text: str) -> list[str]:
    """What a page says, sentence by sentence."""
    parts = (part.strip() for block in blocks_of(text, "page.md") for part in SENTENCE_END.split(block.text))
    return list(dict.fromkeys(part for part in parts if not FACT.fullmatch(part)))


@cache
def proofs() -> tuple[dict, ...]:
    return tuple(yaml.safe_load(PROOFS.read_text(encoding="utf-8")))


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests that a file holds, in a folder of tests."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(part.name for part in tree.body if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"))


def unproved(said: list[str], listed: tuple[dict, ...]) -> Iterator[str]:
    """What does not fit: a sentence without an entry, an entry without a sentence, a proof that is no test."""
    known = [entry["says"] for entry in listed]
    yield from (f"nothing proves: {sentence}" for sentence in said if sentence not in known)
    yield from (f"the page does not say: {sentence}" for sentence in known if sentence not in said)
    for entry in listed:
        if bool(entry.get("tests")) == bool(entry.get("about")):
            yield f"wants either tests or what it is about: {entry['says']}"
        yield from (f"no such test: {test}" for test in entry.get("tests", ()) if not _is_test(test))


def _is_test(test: str) -> bool:
    file, _, name = test.partition("::")
    return (ROOT / "tests" / file).is_file() and name in names_in(file)


def test_every_sentence_of_the_page_is_proved_or_speaks_of_something_else() -> None:
    assert list(unproved(sentences(PAGE.read_text(encoding="utf-8")), proofs())) == []


@pytest.mark.parametrize(
    ("said", "listed", "fault"),
    [
        (["We sell nothing."], (), "nothing proves: We sell nothing."),
        ([], ({"says": "We sell nothing.", "about": "shops"},), "the page does not say: We sell nothing."),
        (["We sell nothing."], ({"says": "We sell nothing.", "tests": ["content/test_privacy_page.py::test_of_old"]},), "no such test: content/test_privacy_page.py::test_of_old"),
        (["We sell nothing."], ({"says": "We sell nothing."},), "wants either tests or what it is about: We sell nothing."),
    ],
)
def test_a_sentence_that_nothing_proves_is_found(said: list[str], listed: tuple[dict, ...], fault: str) -> None:
    assert list(unproved(said, listed)) == [fault]


def elements(site: Path) -> Iterator[tuple[Path, dict[str, str], str]]:
    """Every element of every page: the page, its attributes and its tag."""
    for page in sorted(site.rglob("*.html")):
        for element in html5lib.parse(page.read_bytes(), namespaceHTMLElements=False).iter():
            if isinstance(element.tag, str):
                yield page, dict(element.attrib), element.tag


def foreign(site: Path) -> Iterator[str]:
    """What a page would load from another host, or asks of a reader as a sign-in does."""
    for page, attributes, tag in elements(site):
        address = attributes.get("href", "") if tag == "link" and FETCHED & set(attributes.get("rel", "").split()) else attributes.get(LOADED.get(tag, ""), "")
        if re.match(r"(?i)\s*([a-z]+:)?//", address):
            yield f"{page.relative_to(site)}: {tag} {address}"
        if tag == "input" and attributes.get("type") in ("password", "email"):
            yield f"{page.relative_to(site)}: a field for a {attributes['type']}"


def test_no_page_has_a_sign_in_or_anything_from_another_host(site: Path) -> None:
    assert list(foreign(site)) == []


@pytest.mark.parametrize("harm", ['<img src="//ads.example/1.png">', '<link rel="preload stylesheet" href="https://fonts.example/a.css">', '<form action="https://x.example/in">', '<input type="password">'])
def test_a_sign_in_and_what_comes_from_another_host_are_found(harm: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{harm}", encoding="utf-8")
    assert len(list(foreign(tmp_path))) == 1


def links(site: Path, start: str) -> set[str]:
    return {attributes["href"] for _, attributes, tag in elements(site) if tag == "a" and attributes.get("href", "").startswith(start)}


def test_phone_booking_and_mail_links_lead_out_of_the_guide(site: Path, guide: Guide) -> None:
    assert f"tel:{guide.clinic.phones.main.e164}" in links(site, "tel:")
    assert guide.clinic.booking_link in links(site, "https:")
    assert any(link.startswith(f"mailto:{guide.clinic.email}") for link in links(site, "mailto:"))


def test_a_link_to_a_source_goes_straight_to_its_own_site_and_tells_it_not_where_the_reader_was(site: Path, guide: Guide) -> None:
    own = {source.url for source in guide.library.references.values() if source.url} | {f"https://doi.org/{source.doi}" for source in guide.library.references.values() if source.doi}
    assert own <= links(site, "https:")
    page = (site / "about" / "sources" / "index.html").read_text(encoding="utf-8")
    assert '<meta name="referrer" content="no-referrer">' in page
