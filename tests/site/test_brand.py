"""The clinic's colour reaches the style sheet, and its logo stands on every page. test_colours.py proves that the colour reads."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from conftest import ROOT, page_paths
from guide.project import Guide
from guide.publish.brand import DARK_GROUND, LIGHT_GROUND, brand_css, logo_path

TOKENS = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")


def value_of(css: str, name: str) -> str:
    return re.search(rf"--mg-{name}:\s*(#[0-9a-f]{{6}})", css)[1]


@pytest.mark.parametrize("ground", [LIGHT_GROUND, DARK_GROUND])
def test_the_grounds_are_colours_of_the_style_sheet(ground: str) -> None:
    assert ground in TOKENS


def test_the_built_style_sheet_holds_the_clinics_colour(site: Path, guide: Guide) -> None:
    built = (site / "assets" / "css" / "guide.css").read_text(encoding="utf-8")
    assert value_of(brand_css(guide.clinic.brand.colour), "brand-on-dark") in built


def test_a_logo_stands_on_every_page_and_is_the_clinics_own_file(other_site: Path, other_guide: Guide) -> None:
    logo = other_site / logo_path(other_guide.clinic)
    assert logo.read_bytes() == other_guide.clinic.brand.logo_file.read_bytes()
    for page in (other_site / path.lstrip("/") / "index.html" for path in (*page_paths(other_site), "go/")):
        sources = [image.attrib["src"] for image in html5lib.parse(page.read_text(encoding="utf-8")).iter("{http://www.w3.org/1999/xhtml}img")]
        assert any((page.parent / source).resolve() == logo.resolve() for source in sources), page
