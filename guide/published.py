"""The addresses that were ever published: none of them may ever lead nowhere. They stand in data/published.txt."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from guide.faults import Fault, Faults, quoted
from guide.moves import GO
from guide.pages import PageSource

NAME = "published.txt"
HEAD = """\
# Every address that this guide ever published, seen from its first folder: pages, their headings, and short addresses.
# `make published` adds what is new. Nothing is ever taken out: somebody has saved it, printed it or linked to it.
# A page or a heading that moved has an entry in data/moved.yml.
"""
HEADING = re.compile(r'<h[1-6]\b[^>]*?\bid="([^"]*)"')
REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def read_published(data: Path) -> dict[str, int]:
    """Each published address with its line.

    data  the folder `data`

    Errors: Faults with every line that is no address.
    """
    name = f"data/{NAME}"
    try:
        lines = (data / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Faults([Fault(name, 0, "", f"a file that cannot be read ({getattr(error, 'strerror', 'not UTF-8')})", "bring back the one that came with the guide")]) from None
    found = {line: number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")}
    odd = [Fault(name, number, "", quoted(line), "write an address as in the other lines, such as /aftercare/sun/#holiday") for line, number in found.items() if not re.fullmatch(r"/([a-z0-9-]+/)*(#[a-z0-9-]+)?", line)]
    if odd:
        raise Faults(odd)
    return found


def add_published(data: Path, addresses: Iterable[str]) -> list[str]:
    """Add addresses to the list, and return those that were new; it is written whole or not at all, and loses no line.

    data  the folder `data`
    """
    known = read_published(data)
    new = sorted(set(addresses) - set(known))
    if new:
        beside = data / f"{NAME}.new"
        beside.write_text(HEAD + "".join(f"{address}\n" for address in sorted({*known, *new})), encoding="utf-8")
        os.replace(beside, data / NAME)
    return new


def built_addresses(site: Path, pages: Iterable[PageSource]) -> Iterator[str]:
    """What a built site publishes: its pages, those of their headings whose id was typed, and the short addresses.

    Ids that a component or MkDocs makes of other words are left out: they change with those words.

    pages  every page as typed
    """
    for page in pages:
        yield f"/{page.address}"
        ids = HEADING.findall(_text(site, page.address))
        yield from (f"/{page.address}#{heading.id}" for heading in page.headings if heading.id in ids)
    yield from (f"/{path.parent.relative_to(site).as_posix()}/" for path in (site / GO).rglob("index.html"))


def lost_addresses(data: Path, site: Path) -> Iterator[Fault]:
    """Each published address from which a reader of a built site no longer gets to what it names, with what to do about it.

    data  the folder `data`
    """
    for address, line in read_published(data).items():
        if not arrives(site, address.removeprefix("/")):
            yield Fault(f"data/{NAME}", line, "", f"{address}, which was published and leads nowhere now", _mend(address))


def arrives(site: Path, address: str) -> bool:
    """Whether a reader who follows an address comes to a page that has the part it names.

    A page that leads on is followed; the part goes along unless the new address names one, as browsers do with a host's redirect.

    address  seen from the site's first folder
    """
    page, _, part = address.partition("#")
    passed: set[str] = set()
    while page not in passed:
        passed.add(page)
        text = _text(site, page)
        onward = REFRESH.search(text)
        if not onward:
            return f'id="{part}"' in text if part else bool(text)
        page, _, named = urljoin(f"/{page}", html.unescape(onward[1])).removeprefix("/").partition("#")
        page, part = page.removesuffix("index.html"), named or part
    return False


def _text(site: Path, page: str) -> str:
    """A page of a built site; empty where there is none."""
    path = site / page / "index.html"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _mend(address: str) -> str:
    """What to do about an address that leads nowhere."""
    if address.startswith(f"/{GO}"):
        return "put the topic back into data/topics.yml; if its answer moved, change its page and heading there"
    page, mark, heading = address.removeprefix("/").partition("#")
    old = f"{page.rstrip('/') or 'index'}.md{mark}{heading}"
    return f"if it moved or was renamed, add it to data/moved.yml: old: {old} and, below that, new: and where the answer stands now; otherwise put it back"
