"""Addresses that were published and are others now: where each leads in the end, and what is wrong in data/moved.yml.

An address here is seen from the guide's first folder, such as `aftercare/sun/` or `aftercare/sun/#holiday`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guide.faults import Fault, did_you_mean, quoted
from guide.library import Library
from guide.pages import PageSource, address_of

GO = "go/"  # where the short addresses of topics stand


@dataclass(frozen=True)
class KeptId:
    """The id of a heading that has gone, which stays on a page so that links to it still find something.

    page  the address of the page on which it stays
    id    the id
    to    the address of what stands for the heading now; on the same page where it was only renamed
    """

    page: str
    id: str
    to: str


def ways(library: Library) -> dict[str, str]:
    """Where each old address leads, by one step."""
    return {place_address(move.old): place_address(move.new) for move in library.moved.values()}


def place_address(place: str) -> str:
    """The address of a place in data/moved.yml: `aftercare/sun.md#holiday` stands at `aftercare/sun/#holiday`."""
    page, mark, heading = place.partition("#")
    return address_of(page) + mark + heading


def landing(ways: Mapping[str, str], address: str) -> str | None:
    """Where an address leads in the end, over as many moves as there were: itself where nothing moved, None where it runs in a ring.

    ways  where each old address leads, by one step
    """
    passed: set[str] = set()
    while (onward := _onward(ways, address)) is not None:
        if address in passed:
            return None
        passed.add(address)
        address = onward
    return address


def _onward(ways: Mapping[str, str], address: str) -> str | None:
    """One step: by an entry of its own, or else with its page; a heading keeps its id on the page's new place, unless that names one."""
    page, mark, heading = address.partition("#")
    if address in ways or not heading or page not in ways:
        return ways.get(address)
    return ways[page] if "#" in ways[page] else ways[page] + mark + heading


def kept_id(ways: Mapping[str, str], old: str) -> KeptId | None:
    """What stays of an old address on a page; None where it names no heading, or where its page leads to one heading whatever a link asks for.

    ways  where each old address leads, by one step; none of them runs in a ring
    """
    page, _, heading = old.partition("#")
    home, to = landing(ways, page), landing(ways, old)
    return KeptId(home, heading, to) if heading and home is not None and to is not None and "#" not in home else None


def move_faults(library: Library, pages: list[PageSource]) -> Iterator[Fault]:
    """Everything that would make an old address, or a short one, lead nowhere.

    pages  every page as typed
    """
    headings = {page.address: [heading.id for heading in page.headings if heading.id] for page in pages}
    for page in pages:
        if page.address.startswith(GO):
            yield page.fault(0, "a page where the short addresses stand", f"give it another folder and name than {GO.rstrip('/')}")
    known = ways(library)
    kept: dict[tuple[str, str], str] = {}
    for place, move in enumerate(library.moved.values()):
        for field, found, expected in (*_old_faults(move.old, known, headings), *_new_faults(move.old, move.new, known, headings, pages), *_kept_faults(move.old, known, headings, kept)):
            document = library.documents["moved"]
            yield Fault(document.name, document.line(("moved", place, field)), f"moved.{place + 1}.{field}", found, expected)


def _old_faults(old: str, ways: Mapping[str, str], headings: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """An old address that is not old, or of which nobody could say where it was."""
    address = place_address(old)
    page, _, heading = address.partition("#")
    if address.startswith(GO):
        yield "old", f"{quoted(old)}, where the short addresses stand", "change the topic in data/topics.yml instead: its short address stays"
    elif heading in headings[page] if heading and page in headings else page in headings:
        yield "old", f"{quoted(old)}, which is still there", "take this entry out, or else what it names"
    elif heading and page not in headings and page not in ways:
        yield "old", f"{quoted(old)}, a part of a page that is not there", f"say where its page went, too: an entry with old: {old.partition('#')[0]}"


def _new_faults(old: str, new: str, ways: Mapping[str, str], headings: Mapping[str, list[str]], pages: list[PageSource]) -> Iterator[tuple[str, str, str]]:
    """A new address that is not there, or from which the way leads on and never ends."""
    end = landing(ways, place_address(old))
    if end is None:
        yield "new", f"{quoted(new)}, from where the way runs in a ring", "lead it to a page that is there"
        return
    page, _, heading = end.partition("#")
    named = quoted(new) if end == place_address(new) else f"{quoted(new)}, which leads on to {quoted(end)}"
    if page not in headings:
        yield "new", f"{named}, which does not exist", did_you_mean(new.partition("#")[0], [page.name for page in pages], "write the path of a page under docs")
    elif heading and heading not in headings[page]:
        yield "new", f"{named}, which does not exist", did_you_mean(heading, headings[page], "name a heading of that page")


def _kept_faults(old: str, ways: Mapping[str, str], headings: Mapping[str, list[str]], kept: dict[tuple[str, str], str]) -> Iterator[tuple[str, str, str]]:
    """An old address that stands in data/moved.yml already, in another form; or an id that cannot stay, as its page has it for something else.

    kept  what stays so far, with the entry that it stays for; this one is added
    """
    address = place_address(old)
    stays = kept_id(ways, address)
    key = (stays.page, stays.id) if stays else (address, "")
    if key in kept:
        yield "old", f"{quoted(old)}, which stays at the same address as {quoted(kept[key])}", "keep one of the two; or, where they come from two pages, lead one of these to a heading"
    elif stays and address.partition("#")[0] != stays.page and stays.id in headings.get(stays.page, []):
        yield "old", f"{quoted(old)}, whose page went to one that has another heading #{stays.id}", "lead the whole page to one heading, such as new: page.md#heading, or give that heading another id"
    kept.setdefault(key, old)
