"""Whatever a clinic types shows as typed and does nothing: proved by a parser, for each value in each text of the clinic file.

The same is proved for the texts of the data, of pages' titles and of the list of changes, wherever a component shows them.

A guide with harmless values and one with hostile values are parsed as a browser parses them. Element by element they
must be the same, but that each harmless word has become the hostile value, letter by letter.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import ascii_lowercase
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pytest
import yaml
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from conftest import ROOT, built, run_build
from guide.__main__ import _NavLoader
from guide.entries import Option, Rate, Topic
from guide.macros import ON_PAGE, PLAIN, bound, page_end
from guide.pages import Heading
from guide.project import Guide, open_guide
from guide.publish.search import read_found

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an attribute's end": "\"><img src=x onerror=alert(1)>' onclick='alert(1)",
    "an element's end": "</bdi></p></div></title></style></textarea></script><h1>x",
    "a comment": "<!-- x --> --> <![CDATA[x]]> <?php x ?> <!DOCTYPE x>",
    "references to characters": "&lt;b&gt; &amp;amp; &#60;i&#62; &copy &nbsp;",
    "a template": '{{ 7*7 }} {% raw %} {# x #} {{ clinic("name") }} {%',
    "a format": "%s %(x)s {} {0} {name} {clinic} ${x}",
    "links": "[a](javascript:alert(1)) ![a](https://elsewhere.test/x.png) [a][b] [b]: https://elsewhere.test",
    "addresses": "https://elsewhere.test <https://elsewhere.test> me@elsewhere.test www.elsewhere.test",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ ^f^ ==g== ++h++ 2*3*4 a_b_c",
    "code": "`a` ``b`` ```c``` ~~~d~~~ \\* \\` \\",
    "a heading": "# a { #b } {: .c onclick=d }",
    "a list": "- a",
    "a numbered list": "1. a",
    "a quotation": "> a",
    "a box": '!!! summary "a"',
    "a table": "| a | b | --- | --- |",
    "a line": "---",
    "a definition": ": a [^1] [^1]: b *[HTML]: c",
    "signs of extensions": ":smile: :material-home: $x$ \\(y\\) === ??? ++ctrl++",
    "Markdown's own marks": "wzxhzdk:0 klzzwxh:0001",
    "text from right to left": "العربية (١) \u200f<עברית> \u200e!",
}
# What a web address and an e-mail address may hold at the most.
ADDRESS = "a_b_c*d*(e)!$&copy=f;g+h,i%22j%3Ck@l~m:n"
MAILBOX = "a_b_c+d'e-f"


def a_word(tag: str) -> str:
    return f"Harmless{tag}Word"


def clinic_file(hostile: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """A clinic file with a value of its own in each text, and what stands in the place of each harmless word.

    hostile  what each text begins with; None for harmless words
    """
    typed: dict[str, str] = {}
    one_language = re.sub("[,;/&]", "", f"{hostile} ")  # a language holds none of these

    def text(tag: str, odd: str = f"{hostile} ") -> str:
        typed[a_word(tag)] = a_word(tag) if hostile is None else f"{odd}{tag}"
        return typed[a_word(tag)]

    def address(tag: str) -> str:
        return f"https://host.test/{text(tag, ADDRESS)}"

    person = lambda tag: {"name": text(f"{tag}n"), "role": text(f"{tag}r"), "qualification": text(f"{tag}q"), "registration": {"body": text(f"{tag}b"), "number": text(f"{tag}g")}}  # noqa: E731  one line, used twice
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    content = {
        "name": text("aa"),
        "legal_name": text("ab"),
        "address": {"lines": [text("ac"), text("ad")], "town": text("ae"), "region": text("af"), "postcode": text("ag")},
        "country": "UK",
        "time_zone": "Europe/London",
        "languages": [text("ah", one_language), text("ai", one_language)],
        "phones": {"main": {"number": "020 7946 0958", "label": text("aj")}, "after_hours": {"text": text("ak")}},
        "email": f"{text('al', MAILBOX)}@host.test",
        "website": address("am"),
        "booking_link": address("an"),
        "opening_hours": {**dict.fromkeys(days, "closed"), "monday": [{"opens": "09:00", "closes": "17:00"}], "note": text("ao")},
        "practitioners": [person("b"), person("c")],
        "devices": [{"name": text("da"), "maker": text("db"), "licence": text("dc")}],
        "offers": {"rf": True, "prp": True},
        "protocol": {"make-up-after": "36 hours"},
        "price": text("ea"),
        "complaints": text("eb"),
        "reviewer": {"name": text("ec"), "role": text("ed"), "reviewed_on": date(2026, 11, 20)},
        "site": {"address": "https://guide.host.test", "base_path": "/"},
        "brand": {"colour": "#5b2a86"},
    }
    return content, typed


def written(folder: Path, hostile: str | None) -> tuple[Path, dict[str, str]]:
    """Such a clinic file on the disk."""
    content, typed = clinic_file(hostile)
    file = folder / "clinic.yml"
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    file.write_text(text, encoding="utf-8")
    return file, typed


# --- Every macro --------------------------------------------------------------------------------------------------


def page_of_every_macro() -> str:
    """A page that calls every macro as its docstring does: in a line, a list, a table, bold and alone."""
    uses = [re.search(r"Page: (.+)", inspect.getdoc(macro) or "")[1] for macro in {**PLAIN, **ON_PAGE}.values()]
    facts = [f'{{{{ {use} }}}}' for use in (*(f'clinic("{key}")' for key in ("address", "email", "legal_name", "name", "website")), 'phone("after_hours")', "reviewer()")]
    lines = [f"Before {fact} after.\n\n{fact}\n\n- {fact}\n\n1. {fact}\n\n> {fact}\n\n**{fact}**\n\n| a | b |\n| --- | --- |\n| {fact} | {fact} {fact} |\n\n!!! summary \"In short\"\n\n    - {fact}\n" for fact in facts]
    return "\n\n".join([*uses, *lines])


def shown(guide: Guide) -> Element:
    """The page of every macro with its end, as a browser parses it."""
    notes: dict[str, Any] = {"title": "A page", "description": "A page.", "reviewed_on": date(2026, 1, 15), "review_by": date(2027, 1, 15)}
    text = Environment(undefined=StrictUndefined).from_string(page_of_every_macro()).render(bound(guide, lambda: notes))
    text += f"\n\n{page_end.page_end(guide, notes)}\n"
    html = markdown.markdown(text, extensions=extensions())
    facts = Markup('<script type="application/ld+json">{}</script>').format(page_end.structured_data(guide, notes, "https://guide.host.test/page/"))
    return html5lib.parse(f"<!DOCTYPE html><title>A page</title>{facts}{html}")


def extensions() -> list[str]:
    """The Markdown extensions of a build: MkDocs' own and those of mkdocs.yml."""
    named = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _NavLoader)["markdown_extensions"]
    return ["toc", "tables", "fenced_code", *(next(iter(each)) if isinstance(each, dict) else each for each in named)]


def parts(tree: Element) -> Iterator[tuple[str, str]]:
    """Each element, attribute and text of a tree in their order, with the place at which it stands."""
    for element in tree.iter():
        tag = str(element.tag)
        yield "element", tag
        yield from ((f"{tag} {name}", value) for name, value in sorted(element.attrib.items()))
        yield f"text in {tag}", spoken(element)
        yield f"text after {tag}", element.tail or ""


def spoken(element: Element) -> str:
    """An element's own text; of structured data, the values that a machine reads."""
    if element.attrib.get("type") == "application/ld+json":
        return "\n".join(values(json.loads(element.text)))
    return element.text or ""


def values(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (text for key in data for text in values(data[key]))
    elif isinstance(data, list):
        yield from (text for each in data for text in values(each))
    else:
        yield str(data)


def assert_shows_as_typed(hostile: Element, harmless: Element, typed: dict[str, str], where: str) -> None:
    """The two trees are one, but for the words, which have become what was typed."""
    harmless_parts, hostile_parts = list(parts(harmless)), list(parts(hostile))
    for (place, before), (found_place, found) in zip(harmless_parts, hostile_parts, strict=False):
        expected = re.sub(r"Harmless[a-z]+Word", lambda word: typed[word[0]], before)
        assert (found_place, found) == (place, expected), f"{where}: {found_place} holds {found!r} and not {expected!r}"
    assert len(hostile_parts) == len(harmless_parts), f"{where}: a value has become an element or an attribute"


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Element:
    file, _ = written(tmp_path_factory.mktemp("harmless"), None)
    return shown(open_guide(ROOT, str(file)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_each_value_in_each_text_shows_as_typed_from_every_macro(kind: str, harmless: Element, tmp_path: Path) -> None:
    file, typed = written(tmp_path, HOSTILE[kind])
    assert_shows_as_typed(shown(open_guide(ROOT, str(file))), harmless, typed, kind)


def test_the_page_of_every_macro_shows_each_text_of_the_clinic_file(harmless: Element) -> None:
    """Else the tests above would prove nothing for a text that no macro shows."""
    everything = "\n".join(value for _, value in parts(harmless))
    _, typed = clinic_file(None)
    assert [word for word in typed if word not in everything] == []


def test_the_comparison_finds_a_value_that_is_not_escaped(harmless: Element, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, typed = written(tmp_path, HOSTILE["emphasis"])
    monkeypatch.setattr("guide.project.LIVELY", re.compile(r"[&<>\"']"))  # as HTML alone would need it
    with pytest.raises(AssertionError):
        assert_shows_as_typed(shown(open_guide(ROOT, str(file))), harmless, typed, "emphasis")


# --- Texts of the data ---------------------------------------------------------------------------------------------


def with_odd_data(guide: Guide, hostile: str | None) -> tuple[Guide, dict[str, str]]:
    """The guide with one rate, option, drawing, topic, page and change, each text of which is hostile, and what stands where.

    hostile  what each text begins with; None for harmless words
    """
    typed: dict[str, str] = {}

    def text(tag: str) -> str:
        odd = f"{hostile} {tag}".replace("| ", "|").replace("`", "")  # a bar ends a line of a drawing; changes are shown without marks of code
        typed[a_word(tag)] = a_word(tag) if hostile is None else odd
        return f"Z {typed[a_word(tag)]}"  # a letter first, as words stand below theirs

    sure = {"certainty": "low", "certainty_why": text("aa"), "sources": ["alam-2014"]}
    rows = ("part", "name", "for", "what_it_is", "life", "how_well", "how_well_short", "harms", "pigment_risk", "pigment_short", "downtime", "downtime_short", "sessions", "cost_why")
    drawn = guide.library.drawings["skin-depths"]
    odd = {
        "rates": {"made": Rate(id="made", what=text("ba"), count=5, of=30, group=text("bb"), when=text("bc"), note=text("bd"), **sure)},
        "options": {"made": Option(id="made", page="options/made.md", cost_class="low", **{row: text(f"c{letter}") for row, letter in zip(rows, ascii_lowercase, strict=False)}, **sure)},
        "drawings": {drawn.id: drawn.model_copy(update={
            "title": text("da"), "description": [text("db")], "caption": text("dc"), "labels": {key: text(f"e{letter}") for key, letter in zip(drawn.labels, ascii_lowercase, strict=False)},
        })},
        "topics": {"made": Topic(slug="made", name="Made", page="made.md", heading="made", asks=["a", "b", "c"], index=[text("fa")])},
    }
    facts = SimpleNamespace(title=text("ga"), reviewed_on=date(2026, 1, 15), review_by=date(2027, 1, 15))
    page = SimpleNamespace(name="made.md", address="made/", facts=facts, headings=[Heading(2, text("gb"), "made", 1)])
    made = replace(guide, library=replace(guide.library, **odd), pages=(page,))
    vars(made)["changelog"] = f"# What changed\n\n## {text('ha')}\n\n{text('hb')}\n\n- {text('hc')}\n"  # in the place of the file
    return made, typed


def data_shown(guide: Guide) -> Element:
    """What shows these data, as a browser parses it."""
    notes: dict[str, Any] = {}
    macros = bound(guide, lambda: notes)
    blocks = [macros["rate"]("made"), macros["drawing"]("skin-depths"), *(macros[name]() for name in ("options_overview", "options_in_full", "questions_a_to_z", "changes", "review_dates"))]
    return html5lib.parse(f"<!DOCTYPE html><title>A page</title>{markdown.markdown(chr(10).join(f'{block}{chr(10)}' for block in blocks), extensions=extensions())}")


@pytest.mark.parametrize("kind", HOSTILE)
def test_each_text_of_the_data_shows_as_typed(kind: str, guide: Guide) -> None:
    harmless, words = with_odd_data(guide, None)
    before = data_shown(harmless)
    everything = "\n".join(value for _, value in parts(before))
    assert [word for word in words if word not in everything] == [], "a text that nothing shows proves nothing"
    hostile, typed = with_odd_data(guide, HOSTILE[kind])
    assert_shows_as_typed(data_shown(hostile), before, typed, kind)


# --- The whole site, frame and all --------------------------------------------------------------------------------


def shares() -> list[str]:
    """All hostile values, in as few texts as a clinic's name has room for."""
    texts = [""]
    for value in HOSTILE.values():
        if len(texts[-1]) + len(value) > 280:  # of the 300 characters that a name may have
            texts.append("")
        texts[-1] = f"{texts[-1]} {value}".strip()
    return texts


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harmless-site")
    return built(folder / "site", clinic=written(folder, None)[0]).site


@pytest.mark.parametrize("text", shares(), ids=lambda text: text[:12])
def test_each_value_shows_as_typed_on_every_page_of_a_site(text: str, harmless_site: Path, tmp_path: Path) -> None:
    file, typed = written(tmp_path, text)
    site = built(tmp_path / "site", clinic=file).site
    pages = sorted(page.relative_to(harmless_site) for page in harmless_site.rglob("*.html"))
    assert pages == sorted(page.relative_to(site) for page in site.rglob("*.html"))
    for page in pages:
        trees = [html5lib.parse((folder / page).read_text(encoding="utf-8")) for folder in (site, harmless_site)]
        assert_shows_as_typed(*trees, typed, str(page))
    assert_index_shows_as_typed(site, harmless_site, typed)


def assert_index_shows_as_typed(site: Path, harmless_site: Path, typed: dict[str, str]) -> None:
    """The search index holds plain text: what readers are shown of it, word for word."""
    indexes = [json.loads((folder / "search" / "index.json").read_text(encoding="utf-8")) for folder in (site, harmless_site)]
    for part in ("pages", "sections", "homes", "same", "signs"):
        found, before = (list(values(index[part])) for index in indexes)
        assert found == [re.sub(r"Harmless[a-z]+Word", lambda word: typed[word[0]], text) for text in before], f"search index, {part}"


@pytest.mark.parametrize("kind", HOSTILE)
def test_each_text_shows_as_typed_in_the_search_index(kind: str) -> None:
    """MkDocs' own index, from which ours is made, holds HTML."""
    text = " ".join(f"{HOSTILE[kind]} end.".split())
    docs = [{"location": "made/", "title": escape(text), "text": ""}, {"location": "made/#here", "title": escape(text), "text": f"<p>{escape(text)}<sup>1</sup></p>"}]
    page = read_found({"docs": docs})["made/"]
    (section,) = page.sections
    assert (page.whole.title, section.title, section.text) == (text, text, text)
    assert section.snippet and text.startswith(section.snippet)


def test_a_heading_that_speaks_of_markup_makes_none_in_the_list_of_headings(project: Path, tmp_path: Path) -> None:
    page = project / "docs" / "aftercare" / "results.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## What is &lt;img src=x onerror=alert()&gt;? { #markup }\n", encoding="utf-8")
    done = run_build(site=tmp_path / "built", project=project)
    assert done.returncode == 0, done.stderr
    tree = html5lib.parse((tmp_path / "built" / "aftercare" / "results" / "index.html").read_text(encoding="utf-8"))
    images = [element.attrib for element in tree.iter("{http://www.w3.org/1999/xhtml}img")]
    assert all("onerror" not in image for image in images)
    assert "What is <img src=x onerror=alert()>?" in "".join(tree.itertext())
