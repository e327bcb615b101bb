"""Each built page is HTML that a parser has nothing against, whose names stand once and whose references find what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

XHTML = "{http://www.w3.org/1999/xhtml}"
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget")
PAGE = "<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>{}</body></html>"


def complaints(html: str) -> Iterator[str]:
    """What is wrong with a page's markup."""
    parser = html5lib.HTMLParser()
    tree = parser.parse(html)
    yield from (f"line {line}: {code}" for (line, _), code, _ in parser.errors)
    ids = Counter(element.attrib["id"] for element in tree.iter() if "id" in element.attrib)
    yield from (f"the id {name} {times} times" for name, times in ids.items() if times > 1)
    for element in tree.iter():
        wanted = [name for key in REFERENCES for name in element.attrib.get(key, "").split()]
        href = element.attrib.get("href", "") if element.tag == f"{XHTML}a" else ""
        wanted += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        yield from (f"nothing has the id {name}" for name in wanted if name not in ids)


def test_every_page_is_valid_and_every_reference_finds_its_element(site: Path) -> None:
    found = {page.relative_to(site).as_posix(): list(complaints(page.read_text(encoding="utf-8"))) for page in site.rglob("*.html")}
    assert {page: told for page, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "body",
    ["<p>One<div>two</div></p>", "<table><p>One</p></table>", "<p id=a>One</p><p id=a>Two</p>", '<a href="#b">Two</a>', '<section aria-labelledby="b"></section>', '<p class="a" class="b">One</p>'],
)
def test_markup_that_is_not_valid_is_found(body: str) -> None:
    assert list(complaints(PAGE.format(body)))


def test_markup_that_is_valid_is_left_alone() -> None:
    assert list(complaints(PAGE.format('<p id="a">One</p><a href="#a">Two</a><section aria-labelledby="a"></section>'))) == []
