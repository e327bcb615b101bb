"""Each built page is valid HTML to the Nu checker, with nothing excepted but what it cannot tell from a disk; and its names stand once, its references find what they name."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

from install_checker import CHECKER

XHTML = "{http://www.w3.org/1999/xhtml}"
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget")
PAGE = "<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>{}</body></html>"
# The checker reads pages from a disk, where 'self' is nothing to it, and takes data for a script: test_policy.py asks a browser instead.
FROM_A_DISK = "violates Content Security Policy (meta tag)"
NOT_VALID = {
    "a box in a paragraph": "<p>One<div>two</div></p>",
    "a paragraph in a table": "<table><p>One</p></table>",
    "an id that stands twice": "<p id=a>One</p><p id=a>Two</p>",
    "an attribute that stands twice": '<p class="a" class="b">One</p>',
    "an element that is not closed": "<section><h2>One</h2>",
    "a role that repeats what the element is": '<table><tr><td role="cell">One</td></tr></table>',
    "a label for nothing": '<label for="b">One</label>',
    "a picture without words for it": '<img src="a.png">',
    "a button in a link": '<a href="a"><button type="button">One</button></a>',
    "an element of long ago": "<center>One</center>",
}


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """What starts the Nu checker; a test that cannot have it fails, so that no page goes unchecked."""
    if not CHECKER.works():
        pytest.fail("No HTML checker that works. `make test` brings it; by hand: python tests/install_checker.py", pytrace=False)
    return CHECKER.command


def told(checker: list[str], *sites: Path) -> Iterator[tuple[str, str]]:
    """What the Nu checker tells of all pages in the folders, warnings too: the file, and the line with what is wrong there."""
    command = [*checker, "--format", "json", "--stdout", "--skip-non-html", *map(str, sites)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout, done.stderr
    for message in json.loads(done.stdout)["messages"]:
        if FROM_A_DISK not in message["message"]:
            yield message["url"], f"line {message.get('lastLine')}: {message['message']}"


def lost(html: str) -> Iterator[str]:
    """Names that stand more than once on a page, and references to what it does not have."""
    tree = html5lib.parse(html)
    ids = Counter(element.attrib["id"] for element in tree.iter() if "id" in element.attrib)
    yield from (f"the id {name} {times} times" for name, times in ids.items() if times > 1)
    for element in tree.iter():
        wanted = [name for key in REFERENCES for name in element.attrib.get(key, "").split()]
        href = element.attrib.get("href", "") if element.tag == f"{XHTML}a" else ""
        wanted += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        yield from (f"nothing has the id {name}" for name in wanted if name not in ids)


def test_every_page_of_both_clinics_is_valid_html(checker: list[str], site: Path, other_site: Path) -> None:
    found = [f"{url}: {complaint}" for url, complaint in told(checker, site, other_site)]
    assert not found, "\n".join(found[:20])


def test_pages_that_are_not_valid_are_found(checker: list[str], tmp_path: Path) -> None:
    for name, body in NOT_VALID.items():
        (tmp_path / f"{name}.html").write_text(PAGE.format(body), encoding="utf-8")
    (tmp_path / "valid.html").write_text(PAGE.format("<h1>One</h1>"), encoding="utf-8")
    found = " ".join(url for url, _ in told(checker, tmp_path)).replace("%20", " ")
    assert [name for name in NOT_VALID if f"{name}.html" not in found] == []
    assert "/valid.html" not in found


def test_every_id_stands_once_and_every_reference_finds_its_element(site: Path) -> None:
    found = {page.relative_to(site).as_posix(): list(lost(page.read_text(encoding="utf-8"))) for page in site.rglob("*.html")}
    assert {page: names for page, names in found.items() if names} == {}


@pytest.mark.parametrize("body", ["<p id=a>One</p><p id=a>Two</p>", '<a href="#b">Two</a>', '<section aria-labelledby="b"></section>', '<button popovertarget="b">One</button>'])
def test_a_reference_to_nothing_is_found(body: str) -> None:
    assert list(lost(PAGE.format(body)))


def test_references_that_find_their_elements_are_left_alone() -> None:
    assert list(lost(PAGE.format('<p id="a">One</p><a href="#a">Two</a><section aria-labelledby="a"></section>'))) == []
