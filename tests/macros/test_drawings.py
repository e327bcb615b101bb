"""Each drawing has its file and its words, says aloud all that it shows, and takes its colours from the style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from guide.contrast import ratio
from guide.entries import LINE_END
from guide.faults import MacroFault
from guide.macros.drawings import drawing, picture
from guide.project import Guide

FILES = {path.stem: path for path in (ROOT / "overrides" / "drawings").glob("*.svg")}
CSS = (ROOT / "docs" / "assets" / "css" / "drawing.css").read_text(encoding="utf-8")
TOKENS = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")

LARGEST = 6_000  # bytes of a file, so that a page with a drawing stays light
SMALLEST_WORDS = 14  # pixels on the narrowest phone
NARROWEST = 320 - 2 * 16  # pixels that a drawing has there: the page less its padding, --mg-space-4 on either side

LABEL = re.compile(r"\blabels\.([a-z_]+)")
CLASS = re.compile(r"mg-drawing__[a-z-]+")
# What would tie a drawing to one scheme or make it more than a picture, and what to write instead.
NOT_HERE = {
    r"""\bstyle\b|<style""": "a class of docs/assets/css/drawing.css",
    r"""<script|\bon[a-z]+\s*=""": "nothing: a drawing does nothing",
    r"""(?<!url\()#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\(""": "a class of docs/assets/css/drawing.css",
    r"""\b(fill|stroke|color)\s*=\s*"(?!url\(#)""": "a class of docs/assets/css/drawing.css",
    r"""\bfont-[a-z]+\s*=""": "the one size of words, --mg-size-drawing",
    r"""href\s*=|url\((?!#)""": "the lines themselves: a drawing fetches nothing",
}


def not_allowed(svg: str) -> Iterator[str]:
    """What a drawing's file must not hold, each with what to write instead."""
    for pattern, instead in NOT_HERE.items():
        for found in re.finditer(pattern, svg):
            yield f"{found[0]!r}: write {instead}"


def typed_words(svg: str) -> list[str]:
    """Words that a file prints without taking them from the data."""
    bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", svg, flags=re.S)
    return [words for words in re.findall(r">([^<]*)<", bare) if re.search(r"\w", words)]


def test_every_drawing_has_its_file_and_every_file_its_drawing(guide: Guide) -> None:
    assert set(FILES) == set(guide.library.drawings), "overrides/drawings/<id>.svg and the entry <id> in data/drawings.yml belong together"


@pytest.mark.parametrize("name", FILES)
def test_a_drawing_is_a_picture_with_a_title_and_a_description(name: str, guide: Guide) -> None:
    entry, shown = guide.library.drawings[name], drawing(guide, name, on={})
    figure = ElementTree.fromstring(shown)
    svg = figure.find("svg")
    assert svg.get("role") == "img"
    heard = [svg.find(f"*[@id='{id}']") for id in svg.get("aria-labelledby").split()]
    assert [(part.tag, part.text) for part in heard] == [("title", entry.title), ("desc", " ".join(entry.description))]
    assert entry.caption in " ".join(figure.find("figcaption").itertext())
    assert [link.get("href") for link in figure.iter("a")] == [f"#source-{source}" for source in entry.sources]


@pytest.mark.parametrize("name", FILES)
def test_each_word_of_a_drawing_is_given_and_each_word_given_is_printed(name: str, guide: Guide) -> None:
    file, labels = FILES[name].read_text(encoding="utf-8"), guide.library.drawings[name].labels
    assert set(LABEL.findall(file)) == set(labels), f"{name}: the file and data/drawings.yml name different labels"
    assert not typed_words(file), f"{name}: move these words to data/drawings.yml"
    printed = {" ".join("".join(text.itertext()).split()) for text in ElementTree.fromstring(picture(guide, guide.library.drawings[name], "k")).iter("text")}
    for key, label in labels.items():
        for line in label.split(LINE_END):
            assert any(line in text for text in printed), f"{name}: {key} lacks {line!r}; print a label of several lines through lines()"
    assert not any("|" in text for text in printed), f"{name}: print a label of several lines through lines()"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_small_and_holds_lines_and_nothing_else(name: str) -> None:
    file = FILES[name].read_text(encoding="utf-8")
    assert FILES[name].stat().st_size < LARGEST, f"{name}: leave something out"
    assert file.startswith("{#-"), f"{name}: say in a comment what it draws and to what scale"
    assert not list(not_allowed(file))


BAD = [
    '<path style="fill:red"/>', '<path fill="red"/>', '<path stroke="#1e2829"/>', '<path fill="rgb(0 0 0)"/>', "<style>path{}</style>",
    '<text font-size="9">', "<script>", '<g onclick="x()">', '<image href="x.png"/>', '<path fill="url(https://example.org)"/>',
]


@pytest.mark.parametrize("svg", BAD)
def test_what_a_drawing_must_not_hold_is_found(svg: str) -> None:
    assert list(not_allowed(svg))


def test_a_pattern_of_the_drawings_own_is_allowed_and_a_typed_word_is_found() -> None:
    assert not list(not_allowed('<rect fill="url(#{{ key }}-a)" class="mg-drawing__shape"/>'))
    assert typed_words('<text x="1">{{ labels.fat }}</text><text>Fat</text>') == ["Fat"]


@pytest.mark.parametrize("name", FILES)
def test_words_can_be_read_on_the_narrowest_phone(name: str) -> None:
    wide = float(re.search(r'viewBox="\S+ \S+ (\S+) ', FILES[name].read_text(encoding="utf-8"))[1])
    size = float(re.search(r"--mg-size-drawing: ([\d.]+)px", TOKENS)[1])
    assert size * NARROWEST / wide >= SMALLEST_WORDS, f"{name}: draw it narrower"
    assert CSS.count("font-size: var(--mg-size-drawing)") == 1


def test_every_class_of_a_drawing_is_styled_and_every_style_is_used() -> None:
    used = {name for file in FILES.values() for name in CLASS.findall(file.read_text(encoding="utf-8"))}
    assert used | {"mg-drawing__caption"} == set(CLASS.findall(CSS))


def colours(scheme: str) -> dict[str, str]:
    """Every colour token of a scheme, as six digits."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    dark = dark.split("@media print")[0]
    found = dict(re.findall(r"--mg-colour-([a-z-]+): (#[0-9a-f]{3,6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--mg-colour-([a-z-]+): (#[0-9a-f]{3,6});", dark))
    return {name: value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:]) for name, value in found.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("drawn", "ground", "least"),
    [
        *(("ink", ground, 7) for ground in ("surface", "sunk", "skin-deep", "skin-fat")),  # words stand on these
        *(("ink", ground, 3) for ground in ("skin-outer",)),
        *(("stop", ground, 3) for ground in ("surface", "sunk", "skin-deep")),
        ("tone-deep", "tone-light", 3),
        ("tone-deep", "tone-tan", 3),
        ("flush-deep", "tone-brown", 3),
        ("tone-tan", "tone-deep", 3),
        ("flush-deep", "backdrop", 7),  # words stand on this
        ("tone-light", "flush-deep", 7),
        ("tone-deep", "backdrop", 3),
        ("tone-light", "tone-brown", 3),
        ("tone-light", "tone-deep", 3),
    ],
)
def test_words_and_lines_stand_out_from_what_they_are_drawn_on(drawn: str, ground: str, least: float, scheme: str) -> None:
    of = colours(scheme)
    assert ratio(of[drawn], of[ground]) >= least


def test_the_same_drawing_twice_on_a_page_has_ids_of_its_own(guide: Guide) -> None:
    notes: dict = {}
    ids = re.findall(r'\bid="([^"]+)"', "".join(drawing(guide, name, on=notes) for name in [*FILES, *FILES]))
    assert len(ids) == len(set(ids))


def test_a_drawing_that_there_is_none_of_is_told(guide: Guide) -> None:
    with pytest.raises(MacroFault) as raised:
        drawing(guide, "skin-depth", on={})
    assert "did you mean “skin-depths”?" in raised.value.expected
