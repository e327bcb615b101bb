"""The clinic's colours, as a style sheet that the theme reads, and its logo."""

from __future__ import annotations

import shutil
from pathlib import Path

from guide.clinic import Clinic
from guide.contrast import darkened_to, lightened_to

# The grounds on which text in the brand's colour stands, as in docs/assets/css/tokens.css: the darkest of the light
# scheme and the lightest of the dark one. What reads there reads on every other ground.
LIGHT_GROUND = "#f3ede3"
DARK_GROUND = "#262d2e"
TEXT_RATIO = 7.0  # WCAG 2.2, 1.4.6: text at AAA


def write_brand(clinic: Clinic, site: Path) -> None:
    """Write assets/css/brand.css, and copy the logo where there is one.

    site  the built folder
    """
    style = site / "assets" / "css" / "brand.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(brand_css(clinic.brand.colour), encoding="utf-8")
    if clinic.brand.logo_file:
        logo = site / logo_path(clinic)
        logo.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(clinic.brand.logo_file, logo)


def brand_css(colour: str) -> str:
    """The brand colour for light pages and a tint of it for dark ones, each strong enough for text.

    colour  #rrggbb, as the clinic gave it
    """
    on_light = darkened_to(colour, LIGHT_GROUND, TEXT_RATIO)
    on_dark = lightened_to(colour, DARK_GROUND, TEXT_RATIO)
    return f":root{{--mg-brand:{on_light};--mg-brand-ink:#ffffff;--mg-brand-on-dark:{on_dark}}}\n"


def logo_path(clinic: Clinic) -> str:
    """The logo's place in the site; empty where there is none."""
    return f"assets/clinic/logo{clinic.brand.logo_file.suffix.lower()}" if clinic.brand.logo_file else ""
