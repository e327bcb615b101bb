"""One file is enough: the second clinic's site holds nothing of the first, and shows each value as typed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
import yaml

from conftest import OTHER_CLINIC, ROOT, page_paths
from guide.project import Guide

XHTML = "{http://www.w3.org/1999/xhtml}"


# Values of the first clinic that prove nothing: the guide itself, its sources or the theme speak of them too.
COMMON = {"/", "00000", "US", "Bellus Medical", "SkinPen Precision"}


def texts_of(clinic_file: Path) -> set[str]:
    """Every text that a clinic file holds."""
    return set(_texts(yaml.safe_load(clinic_file.read_text(encoding="utf-8"))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _texts(inner))
    elif isinstance(value, str):
        yield value.strip()


def files_of(site: Path) -> list[Path]:
    """Every text file of a built site that the guide writes; the theme's own are left aside."""
    kinds = {".html", ".json", ".xml", ".css", ".txt"}
    return [path for path in site.rglob("*") if path.suffix in kinds and "lunr" not in path.parts]


def shown_in(page: Path) -> str:
    """The page's text as a browser reads it, without what it does not show."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"))
    for parent in tree.iter():
        for child in list(parent):
            if child.tag in (f"{XHTML}script", f"{XHTML}style"):
                parent.remove(child)
    return " ".join("".join(tree.itertext()).split())


def test_no_file_of_the_second_site_holds_a_value_of_the_first(other_site: Path, guide: Guide, other_guide: Guide) -> None:
    phones = guide.clinic.phones
    made_of_them = {phones.main.e164, phones.after_hours.number.e164, guide.clinic.site_url, guide.clinic.address_line}
    traces = (texts_of(ROOT / "clinic.yml") | made_of_them) - texts_of(OTHER_CLINIC) - COMMON
    assert COMMON <= texts_of(ROOT / "clinic.yml"), "take out of COMMON what the shipped file no longer holds"
    assert len(traces) > 25, "the shipped file should hold more values that can be told apart"
    for path in files_of(other_site):
        text = html.unescape(path.read_text(encoding="utf-8"))
        left = [trace for trace in traces if trace in text and re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", text)]
        assert not left, f"{path.relative_to(other_site)} still holds {left}"


def test_no_page_of_the_second_site_gives_the_first_countrys_emergency_number(other_site: Path, guide: Guide, other_guide: Guide) -> None:
    first, second = guide.clinic.emergency.number, other_guide.clinic.emergency.number
    assert first != second
    for page in other_site.rglob("*.html"):
        assert not re.search(rf"\b{first}\b", shown_in(page)), f"{page} says {first}"


def test_every_page_names_the_second_clinic_as_it_was_typed(other_site: Path, other_guide: Guide) -> None:
    for page in other_site.rglob("*.html"):
        assert other_guide.clinic.name in shown_in(page), f"{page.relative_to(other_site)} does not show the clinic's name"


def test_the_values_of_the_second_clinic_show_as_typed(other_site: Path, other_guide: Guide) -> None:
    shown = shown_in(other_site / "about" / "the-clinic" / "index.html")
    clinic = other_guide.clinic
    values = [*clinic.address_lines, clinic.price, clinic.complaints, clinic.email, *(p.name for p in clinic.practitioners), *(d.name for d in clinic.devices)]
    for value in values:
        assert " ".join(value.split()) in shown, f"the page shows another text than {value!r}"


def test_no_value_becomes_an_element_or_runs(other_site: Path) -> None:
    for page in other_site.rglob("*.html"):
        tree = html5lib.parse(page.read_text(encoding="utf-8"))
        for element in tree.iter():
            assert element.tag != f"{XHTML}skin", f"a value became an element on {page}"
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, f"{page}: {element.tag} has {handlers}"
            for name in ("href", "src"):
                value = element.attrib.get(name, "")
                assert not re.match(r"(?i)\s*(javascript|data|vbscript):", value), f"{page}: {name}={value}"


def test_every_script_of_the_second_site_is_a_file_of_ours_or_data_but_for_the_choice_of_colours(other_site: Path) -> None:
    [colours] = re.findall(r"<script>(.+)</script>", (ROOT / "overrides" / "shell" / "scheme.html").read_text(encoding="utf-8"), re.S)
    for page in other_site.rglob("*.html"):
        tree = html5lib.parse(page.read_text(encoding="utf-8"))
        for script in tree.iter(f"{XHTML}script"):
            source, kind = script.attrib.get("src", ""), script.attrib.get("type", "")
            assert source or kind == "application/ld+json" or script.text == colours, f"{page} holds an inline script"
            assert not re.match(r"(?i)[a-z]+:|//", source), f"{page} takes a script from {source}"


def test_sums_in_a_value_are_not_worked_out(other_site: Path) -> None:
    typed = OTHER_CLINIC.read_text(encoding="utf-8")
    assert "{{ 7*7 }}" in typed, "the second clinic's file should hold a sum"
    assert any("{{ 7*7 }}" in shown_in(page) for page in other_site.rglob("*.html"))


def test_the_structured_data_is_the_second_clinics(other_site: Path, other_guide: Guide) -> None:
    for path in page_paths(other_site):
        tree = html5lib.parse((other_site / path.lstrip("/") / "index.html").read_text(encoding="utf-8"))
        [block] = [s for s in tree.iter(f"{XHTML}script") if s.attrib.get("type") == "application/ld+json"]
        data = json.loads(block.text)
        assert data["publisher"]["name"] == other_guide.clinic.name
        assert data["publisher"]["telephone"] == other_guide.clinic.phones.main.e164


def test_the_second_clinics_own_figures_stand_on_the_pages_and_are_said_to_be_its_own(other_site: Path, other_guide: Guide) -> None:
    own = {key: length for key, length in other_guide.clinic.protocol.items() if length != other_guide.library.care[key].default}
    assert own, "the second clinic should have a protocol of its own"
    everything = " ".join(shown_in(page) for page in other_site.rglob("*.html"))
    note = other_guide.words["care"]["own_figure"]
    for key, length in own.items():
        said = note.format(default=other_guide.library.care[key].default)
        assert str(length) in everything, f"{key}: {length} is on no page"
        assert said in everything, f"{key}: no page says {said!r}"


@pytest.mark.parametrize("number", ["999", "111"])
def test_the_second_clinics_country_gives_the_numbers(other_site: Path, number: str) -> None:
    shown = shown_in(other_site / "aftercare" / "when-to-call" / "index.html")
    assert re.search(rf"\b{number}\b", shown)


def test_a_clinic_with_no_example_value_has_no_banner_and_may_be_found(other_site: Path, other_guide: Guide) -> None:
    assert other_guide.clinic.example_values() == []
    for page in other_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert other_guide.words["shell"]["example_banner"] not in text
        assert page.name == "404.html" or "noindex" not in text


def test_while_an_example_value_is_left_every_page_says_so_and_asks_not_to_be_indexed(site: Path, guide: Guide) -> None:
    assert guide.clinic.example_values()
    for page in site.rglob("*.html"):
        assert guide.words["shell"]["example_banner"] in shown_in(page), f"{page} has no banner"
        assert '<meta name="robots" content="noindex' in page.read_text(encoding="utf-8"), f"{page} may be indexed"
