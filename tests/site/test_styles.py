"""The style sheets keep the house style: raw values in tokens.css alone, nothing unused, each component in its file."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from conftest import ROOT
from guide.publish.brand import brand_css

FOLDER = ROOT / "docs" / "assets" / "css"
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.css"))}
COMMENT = re.compile(r"/\*.*?\*/", re.S)
# What asks for a size, where CSS takes no name for one: a query, and the margin of a sheet of paper.
ASKS = re.compile(r"@(?:media|container|supports)[^{]*|@page[^{]*\{\s*margin:[^;]*;")
TOKEN_MADE, TOKEN_USED = re.compile(r"(--mg-[\w-]+)\s*:"), re.compile(r"var\((--mg-[\w-]+)")
CLASS = re.compile(r"\.((?:mg|md)-[\w-]+)")
IN_MARKUP = re.compile(r"""class(?:Name)?\s*=\s*["']([^"']*)["']""")
# What a rule must not hold, and what to write instead.
NOT_HERE = {
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(": "a colour of tokens.css",
    r"(?<![\w.-])\d*\.?\d+(?:px|r?em|pt|mm|ch|vh|vw|m?s)\b": "a length or time of tokens.css",
    r"!important": "a rule that is more exact, or later",
    r"(?<![-\w])(?:margin|padding|border)-(?:top|left|right|bottom)\b|(?<![-\w])(?:top|left|right|bottom|width|height)\s*:": "the logical property, such as margin-block or inline-size",
    r"(?m)^\s*(?:[^{}:;@]*\s)?#[a-z][\w-]*[^;{}]*\{": "a class",
}


def rules(css: str) -> str:
    """A style sheet without comments, and without what may hold a raw value."""
    return ASKS.sub("", COMMENT.sub("", css))


def not_allowed(css: str) -> list[str]:
    """What stands in the rules of a file and should not, each with what to write instead."""
    return [f"{found[0].strip()!r}: write {instead}" for pattern, instead in NOT_HERE.items() for found in re.finditer(pattern, rules(css))]


def markup() -> str:
    """Everything that can name a class: templates, drawings, pages, scripts and code."""
    kinds = {"overrides": ("html", "svg"), "docs": ("md", "js"), "guide": ("py",)}
    paths = [path for folder, ends in kinds.items() for end in ends for path in (ROOT / folder).rglob(f"*.{end}")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def names(text: str, name: str) -> bool:
    """Whether a text names a class: in full, or up to the `--` or `__` where a template goes on with a value."""
    stem = re.escape(re.sub(r"^(.*(?:--|__)).*", r"\1", name))
    return bool(re.search(rf"(?<![\w-])(?:{re.escape(name)}(?![\w-])|{stem}{{{{)", text))


@pytest.mark.parametrize("name", [name for name in FILES if name != "tokens.css"])
def test_a_file_has_no_raw_value_and_nothing_else_that_the_house_style_forbids(name: str) -> None:
    assert not_allowed(FILES[name]) == [], name


@pytest.mark.parametrize("rule", [".mg-a { color: #fff }", ".mg-a { margin: 2px }", ".mg-a { transition: scale 0.2s }", ".mg-a { color: red !important }", ".mg-a { margin-left: 0 }", ".mg-a { width: 100% }", "#mg-a { color: red }"])
def test_each_thing_that_the_house_style_forbids_is_found(rule: str) -> None:
    assert not_allowed(rule)


def test_every_token_is_used_and_every_token_used_exists() -> None:
    every = "\n".join(COMMENT.sub("", css) for css in FILES.values())
    made, used = set(TOKEN_MADE.findall(every)) | set(TOKEN_MADE.findall(brand_css("#336699"))), set(TOKEN_USED.findall(every))
    assert made - used == set(), "take these out of the style sheets"
    assert used - made == set(), "add these to tokens.css"


def test_every_class_that_is_drawn_is_given_to_something() -> None:
    drawn = {name for css in FILES.values() for name in CLASS.findall(COMMENT.sub("", css)) if name.startswith("mg-")}
    text = markup()
    assert [name for name in drawn if not names(text, name)] == [], "no template, page, script or module gives these classes to anything"
    assert not names(text, "mg-made-up") and not names(text, "mg-rate-made-up")


def test_every_class_that_is_given_is_drawn() -> None:
    drawn = {name for css in FILES.values() for name in CLASS.findall(COMMENT.sub("", css))}
    given = {name for classes in IN_MARKUP.findall(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", markup())) for name in classes.split() if re.fullmatch(r"mg-[\w-]*[a-z]", name)}
    assert len(given) > 100
    assert given - drawn == set(), "give these classes a rule, or take them out of the markup"


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_first_what_it_draws_and_where_its_markup_stands(name: str) -> None:
    head = re.match(r"/\*(.*?)\*/", FILES[name], re.S)
    assert head, f"{name}: begin with a comment"
    templates = re.findall(r"[\w-]+\.html", head[1])
    known = {path.name for path in (ROOT / "overrides").rglob("*.html")}
    assert set(templates) <= known, f"{name}: names a template that does not exist"
    drawn = {found for found in CLASS.findall(COMMENT.sub("", FILES[name])) if found.startswith("mg-")}
    assert templates or not drawn or "Markup:" in head[1] or name in ("base.css", "tokens.css", "print.css"), f"{name}: add “Markup: overrides/components/….html”"


def test_a_colour_scheme_is_asked_for_in_tokens_alone_where_the_readers_choice_finds_it() -> None:
    """overrides/shell/scheme.html tells each such rule what the reader chose, and looks at the top of the style sheet only."""
    assert [name for name, css in FILES.items() if "prefers-color-scheme" in COMMENT.sub("", css)] == ["tokens.css"]
    assert re.search(r"(?m)^@media \(prefers-color-scheme: dark\) \{", FILES["tokens.css"])


def test_the_first_page_has_the_shape_that_its_style_sheet_looks_for(site: Path) -> None:
    """Markdown gives lists no class, so home.css finds doors and stations by where they stand in docs/index.md."""
    page = html5lib.parse((site / "index.html").read_text(encoding="utf-8"), namespaceHTMLElements=False)
    article = list(page.find(".//article"))
    kinds = [part.get("class", "") or part.tag for part in article]
    assert kinds[:4] == ["h1", "admonition summary", "h2", "ul"], "docs/index.md: put the list of first questions right below the first heading"
    assert [[part.tag for part in door] for door in article[3]] == [["a"]] * len(article[3]), "each first question is a bare link"
    assert kinds.count("ol") == 1, "docs/index.md: the one numbered list is the way, step by step"
    assert [[part.tag for part in station] for station in article[kinds.index("ol")]] == [["strong", "ul"]] * 6, "each step is a bold name with a list of links; home.css lines up six"
