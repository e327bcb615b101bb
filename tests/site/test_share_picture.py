"""The picture that is shown beside a link: sharp, light, the clinic's own, and never with a letter that cannot be drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from conftest import ROOT
from guide.contrast import ratio
from guide.project import Guide
from guide.publish import share_picture as drawn
from guide.publish.share_picture import COLUMN, EDGE, FONT, HEIGHT, NAME_SIZES, SHARE_PICTURE, WIDTH, can_be_drawn, fitted, share_picture, write_share_picture

HEAVIEST = 60_000  # bytes: some programs show no heavier picture on a slow line
NAMES = [
    "A", "O'Brien & Søn <Skin>", "Clínica Ñandú", "Škoda & Żółć", "Κλινική Δέρματος", "Клиника кожи", "Phòng khám Da liễu Nguyễn", "No. 12 – “Skin” + Co. (UK)",
    "Cafe\u0301", "The Institute for Aesthetic Medicine of Northumberland and the Borders",
]  # fmt: skip
NOT_DRAWN = {"Arabic": "عيادة البشرة", "Hebrew": "מרפאת עור", "Hindi": "त्वचा क्लिनिक", "Chinese": "皮肤诊所", "Thai": "คลินิกผิวหนัง", "an emoji": "Skin 😀", "a stray accent": "Skin q\u0301", "a turned line": "Skin \u202enikS", "nothing": "   "}


def named(guide: Guide, name: str, colour: str = "#5b2a86") -> Guide:
    clinic = guide.clinic
    return replace(guide, clinic=clinic.model_copy(update={"name": name, "brand": clinic.brand.model_copy(update={"colour": colour})}))


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


def test_the_picture_has_the_size_that_is_asked_for_and_is_light(site: Path, other_site: Path) -> None:
    for folder in (site, other_site):
        file = folder / SHARE_PICTURE
        with Image.open(file) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert file.stat().st_size < HEAVIEST


def test_the_same_file_gives_the_same_bytes(other_guide: Guide, other_site: Path, tmp_path: Path) -> None:
    write_share_picture(other_guide, tmp_path)
    assert (tmp_path / SHARE_PICTURE).read_bytes() == (other_site / SHARE_PICTURE).read_bytes()


def test_the_picture_holds_no_time_and_no_word_of_the_machine(other_site: Path) -> None:
    chunks = re.findall(rb"(IHDR|PLTE|tRNS|IDAT|IEND|tEXt|zTXt|iTXt|tIME|eXIf|pHYs)", (other_site / SHARE_PICTURE).read_bytes())
    assert not {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"} & set(chunks)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_the_font_has_is_drawn(name: str, other_guide: Guide) -> None:
    assert can_be_drawn(name)
    assert not same(share_picture(named(other_guide, name)), share_picture(named(other_guide, "皮")))


@pytest.mark.parametrize("case", NOT_DRAWN)
def test_a_name_that_would_read_wrong_is_left_out_whole(case: str, other_guide: Guide) -> None:
    assert not can_be_drawn(NOT_DRAWN[case])
    assert same(share_picture(named(other_guide, NOT_DRAWN[case])), share_picture(named(other_guide, "皮")))


def test_one_letter_that_cannot_be_drawn_is_enough() -> None:
    assert can_be_drawn("Mill Lane Skin") and not can_be_drawn("Mill Lane Skin 皮")


def test_an_accent_is_drawn_the_same_however_it_was_typed(other_guide: Guide) -> None:
    assert same(share_picture(named(other_guide, "Cafe\u0301")), share_picture(named(other_guide, "Caf\u00e9")))


@pytest.mark.parametrize("name", [*NAMES, "W" * 20, "Word " * 18])
def test_a_name_keeps_to_its_column_in_the_largest_size_that_fits(name: str) -> None:
    size, lines = fitted(name, NAME_SIZES)
    assert " ".join(lines) == " ".join(drawn._composed(name).split())
    assert max(drawn._font(size).getlength(line) for line in lines) <= COLUMN
    larger = [each for each in NAME_SIZES if each > size]
    assert not larger or fitted(name, larger) is None


def test_a_name_that_fits_in_no_size_is_left_out_and_not_cut(other_guide: Guide) -> None:
    assert fitted("W" * 60, NAME_SIZES) is None
    assert same(share_picture(named(other_guide, "W" * 60)), share_picture(named(other_guide, "皮")))


@pytest.mark.parametrize("name", [*NAMES, "Word " * 18])
@pytest.mark.parametrize("example", [False, True])
def test_letters_touch_neither_the_sign_nor_the_edge(name: str, example: bool, other_guide: Guide) -> None:
    guide = named(other_guide, f"{name} Example" if example and len(name) < 60 else name)
    with_text, without = share_picture(guide), drawn._ground("#5b2a86")
    left, top, right, bottom = ImageChops.difference(with_text, without).getbbox()
    assert left >= EDGE - 8 and right <= EDGE + COLUMN + 8 and top >= 24 and bottom <= 500, (left, top, right, bottom)


def test_while_an_example_value_is_left_the_picture_says_so(guide: Guide) -> None:
    clinic = guide.clinic.model_copy()
    assert clinic.example_values()
    kept = share_picture(guide)
    words = {**guide.words, "shell": {**guide.words["shell"], "example_banner": "-"}}
    other = share_picture(replace(guide, library=replace(guide.library, words=words)))
    assert not same(kept, other)


def test_the_clinics_colour_shows_in_the_sign_and_its_name_stays_readable(other_guide: Guide) -> None:
    for colour in ("#5b2a86", "#0b5d57", "#767676", "#000000", "#b5122b"):
        name_colour = drawn.darkened_to(colour, drawn.PAPER, drawn.TEXT_RATIO)
        assert ratio(name_colour, drawn.PAPER) >= 7
        picture = share_picture(named(other_guide, "A", colour))
        shown = {"#{:02x}{:02x}{:02x}".format(*value) for _, value in picture.getcolors(WIDTH * HEIGHT)}
        assert {colour, name_colour, drawn.PAPER, drawn.INK} <= shown


def test_letters_on_the_picture_are_told_from_its_ground() -> None:
    assert ratio(drawn.INK, drawn.PAPER) >= 7 and ratio(drawn.QUIET, drawn.PAPER) >= 7


def test_colours_that_stand_in_the_style_sheet_too_are_the_same() -> None:
    tokens = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
    sign = (ROOT / "docs" / "assets" / "img" / "favicon.svg").read_text(encoding="utf-8")
    for name, colour in {"paper": drawn.PAPER, "ink": drawn.INK, "quiet": drawn.QUIET}.items():
        assert re.search(rf"--mg-colour-{name}: (#\w+);", tokens)[1] == colour
    assert drawn.WARM in sign


def test_the_font_comes_with_its_licence_and_from_no_machine(guide: Guide) -> None:
    assert FONT.is_relative_to(ROOT)
    licence = (FONT.parent / "LICENSE-literata.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert can_be_drawn(guide.words["shell"]["guide_name"]) and can_be_drawn(guide.words["shell"]["example_banner"])
