"""The picture that other programs show beside a link to the guide: the guide's name, the clinic's, and the guide's sign, large.

Made at each build from the clinic file alone, without a network; the same file gives the same bytes. No page loads it: its head names it.

Decided here, and why:

- Drawn by Pillow, with a font of ours in `fonts/`: what a machine has installed would give each clinic another picture.
- No logo: most are drawn for a bar forty pixels high, and an SVG cannot be drawn here. The name says whose guide it is.
- A name with a letter that the font does not have is left out, and so is one that needs its letters joined or turned round: nothing is
  better than boxes, or than a name that reads wrong.
- Shapes are drawn three times as large and made smaller, so that their edges are smooth; letters are drawn in their own size, so that they are sharp.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from guide.contrast import darkened_to
from guide.project import Guide
from guide.publish.brand import TEXT_RATIO

SHARE_PICTURE = "assets/share.png"  # its place in the site
WIDTH, HEIGHT = 1200, 630  # what the programs that show it ask for
FONT = Path(__file__).parent / "fonts" / "literata-500.ttf"
# As in docs/assets/css/tokens.css and docs/assets/img/favicon.svg.
PAPER = "#fbf8f3"
INK = "#1e2829"
QUIET = "#434b4c"
WARM = "#c9744f"
LARGER = 3  # how much larger shapes are drawn
EDGE = 80
COLUMN = 740  # width of the text; the needles stand to the right of it
ROOM = 496  # height above the layers
TITLE_SIZES = (92, 80, 68)
NAME_SIZES = (50, 44, 38, 32)  # shown 300 wide, the smallest is still 8 high
BADGE = 30
BADGE_SIZE = 32
GAP = 18
LINE = 11
SURFACE = 520  # around which the first layer waves
NEEDLES = (914, 992, 1070)
MOST_LINES = 3
LEADING = 1.18
COLOURS = 128  # enough for smooth edges, at half the bytes
NO_GLYPH = "\U0010ffff"  # no font has a letter for it


@dataclass(frozen=True)
class Text:
    """Lines in one size and colour."""

    size: int
    lines: list[str]
    colour: str

    @property
    def leading(self) -> int:
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def write_share_picture(guide: Guide, site: Path) -> None:
    """Write the picture.

    site  the built folder
    """
    file = site / SHARE_PICTURE
    file.parent.mkdir(parents=True, exist_ok=True)
    share_picture(guide).quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, optimize=True)


def share_picture(guide: Guide) -> Image.Image:
    """The picture, ready to be written."""
    words, clinic = guide.words["shell"], guide.clinic
    name = fitted(clinic.name, NAME_SIZES) if can_be_drawn(clinic.name) else None
    texts = [Text(*fitted(words["guide_name"], TITLE_SIZES), INK), *([Text(*name, darkened_to(clinic.brand.colour, PAPER, TEXT_RATIO))] if name else [])]
    badge = words["example_banner"] if clinic.example_values() else ""
    picture = _ground(clinic.brand.colour)
    _write(ImageDraw.Draw(picture), badge, texts)
    return picture


# --- Letters ----------------------------------------------------------------------------------------------------------


def can_be_drawn(name: str) -> bool:
    """Whether the font shows each letter of a name, and shows it where it belongs."""
    letters = set(_composed(name)) - {" "}
    return bool(letters) and all(unicodedata.category(letter)[0] not in "MC" and _glyph(letter) != _glyph(NO_GLYPH) for letter in letters)


def _composed(text: str) -> str:
    """A text with each accent joined to its letter where that is one character, and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _glyph(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(TITLE_SIZES[0]).getmask(letter)
    return mask.size, bytes(mask)


def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font; the plain layout is the one that every machine has."""
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


def fitted(text: str, sizes: Iterable[int]) -> tuple[int, list[str]] | None:
    """The largest size in which a text fits its column, with its lines; None where it fits in none.

    sizes  in pixels, the largest first
    """
    words = _composed(text).split(" ")
    for size in sizes:
        wide = partial(_font(size).getlength)
        for count in range(1, MOST_LINES + 1):
            lines = min(_broken(words, count), key=lambda lines: max(map(wide, lines)), default=[])
            if lines and max(map(wide, lines)) <= COLUMN:
                return size, lines
    return None


def _broken(words: list[str], count: int) -> Iterator[list[str]]:
    """Every way to break words into so many lines."""
    for ends in combinations(range(1, len(words)), count - 1):
        starts = (0, *ends)
        yield [" ".join(words[start:end]) for start, end in zip(starts, (*ends, len(words)), strict=True)]


def _write(draw: ImageDraw.ImageDraw, badge: str, texts: list[Text]) -> None:
    """Write what there is, one below the other, in the middle of the room above the layers."""
    heights = [BADGE + GAP] * bool(badge) + [text.height for text in texts] + [GAP] * (len(texts) - 1)
    top = (ROOM - sum(heights)) // 2
    if badge:
        font = _font(BADGE_SIZE)
        draw.text((EDGE + 3, top + BADGE // 2), badge, font=font, fill=QUIET, anchor="lm")
        top += BADGE + GAP
    for text in texts:
        for line in text.lines:
            draw.text((EDGE, top + text.leading // 2), line, font=_font(text.size), fill=text.colour, anchor="lm")
            top += text.leading
        top += GAP


# --- The sign ---------------------------------------------------------------------------------------------------------


def _ground(brand: str) -> Image.Image:
    """The guide's sign over the whole picture: needles above, layers of skin below."""
    large = Image.new("RGB", (WIDTH * LARGER, HEIGHT * LARGER), PAPER)
    draw = ImageDraw.Draw(large)
    draw.circle(_scaled((NEEDLES[1], 236)), 166 * LARGER, fill=_mixed(WARM, 0.2))
    for x in NEEDLES:
        _needle(draw, x, round(_wave(SURFACE, x)) - 30, brand)
    _layer(draw, SURFACE, brand, _mixed(brand, 0.1))
    _layer(draw, SURFACE + 62, WARM, _mixed(WARM, 0.26))
    return large.reduce(LARGER)


def _needle(draw: ImageDraw.ImageDraw, x: int, tip: int, colour: str) -> None:
    """A needle from above the picture to its tip, which is round: a picture of sharp points would put off those who fear them."""
    draw.rounded_rectangle((*_scaled((x - LINE / 2, -LINE)), *_scaled((x + LINE / 2, tip))), LINE * LARGER / 2, fill=colour)


def _layer(draw: ImageDraw.ImageDraw, height: int, line: str, below: str) -> None:
    """A wave from edge to edge, and what lies below it."""
    edge = range(0, WIDTH + 1, 2)
    floor = ((WIDTH, HEIGHT), (0, HEIGHT))
    for down, colour in ((0, line), (LINE, below)):
        draw.polygon([_scaled(point) for point in (*((x, _wave(height, x) + down) for x in edge), *floor)], fill=colour)


def _wave(height: int, x: int) -> float:
    return height + 22 * math.sin(2 * math.pi * x / 680 + 0.4)


def _scaled(point: tuple[float, float]) -> tuple[float, float]:
    return point[0] * LARGER, point[1] * LARGER


def _mixed(colour: str, share: float) -> str:
    """Paper with a share of a colour in it."""
    ends = ([int(each[place : place + 2], 16) for place in (1, 3, 5)] for each in (PAPER, colour))
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in zip(*ends, strict=True)))
