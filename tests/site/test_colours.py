"""Every colour of the style sheet reads on every ground that it may stand on, in both schemes and with any clinic's brand."""

from __future__ import annotations

import random
import re

import pytest

from conftest import ROOT
from guide.contrast import ratio
from guide.publish.brand import brand_css

TOKENS = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "surface", "sunk", "target")
TEXT, MARK = 7.0, 3.0  # WCAG 2.2, 1.4.6 at AAA and 1.4.11 at AA
INKS = ("ink", "quiet", "visited", "do", "stop", "ask")
MARKS = ("rule", "focus")
PAIRS = [("amber-ink", "amber"), ("alarm-ink", "alarm")]
BRANDS = [f"#{random.Random(seed).randrange(0x1000000):06x}" for seed in range(300)]
BRANDS += ["#000000", "#ffffff", "#ffff00", "#00ffff", "#ff0000", "#0000ff", "#808080"]


def colours(scheme: str) -> dict[str, str]:
    """Every plain colour of a scheme by its name; the dark one holds what it does not change from the light one.

    scheme  light or dark
    """
    light, dark, *_ = re.split(r"@media ", TOKENS)
    assert dark.startswith("(prefers-color-scheme: dark)"), "tokens.css gives the dark scheme before any other @media"
    text = light + (dark if scheme == "dark" else "")
    return dict(re.findall(r"--mg-colour-([a-z-]+): (#[0-9a-f]{3,6});", text))


def six(colour: str) -> str:
    """A colour in six digits: `#fff` as `#ffffff`."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def contrast(one: str, other: str) -> float:
    return ratio(six(one), six(other))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_and_marks_read_on_every_ground(ground: str, scheme: str) -> None:
    named = colours(scheme)
    for names, least in ((INKS, TEXT), (MARKS, MARK)):
        for name in names:
            found = contrast(named[name], named[ground])
            assert found >= least, f"tokens.css, {scheme}: {name} on {ground} has {found:.2f} to 1, and {least} is the least"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_on_a_coloured_head_read(ink: str, ground: str, scheme: str) -> None:
    named = colours(scheme)
    assert contrast(named[ink], named[ground]) >= TEXT


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_reads_on_every_ground_as_text_and_so_as_a_mark(brand: str) -> None:
    made = dict(re.findall(r"--mg-([a-z-]+):(#[0-9a-f]{6})", brand_css(brand)))
    for scheme, name in (("light", "brand"), ("dark", "brand-on-dark")):
        for ground in GROUNDS:
            found = contrast(made[name], colours(scheme)[ground])
            assert found >= TEXT, f"{brand} becomes {made[name]}, which has {found:.2f} to 1 on {ground} in the {scheme} scheme"
    assert contrast(made["brand-ink"], made["brand"]) >= TEXT, "the band has the brand as its ground in both schemes"


def test_a_colour_that_is_too_pale_is_found() -> None:
    assert contrast("#777777", colours("light")["paper"]) < TEXT
    assert contrast("#aaaaaa", colours("light")["paper"]) < MARK
