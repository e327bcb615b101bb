"""Permanent links: a short address for each topic, a page at each address that moved, and the ids of headings that have gone.

All of it works on any host and from a folder: small pages that lead on at once by themselves, or by their link.
Where the host can lead on by itself, `redirects` has what it needs; of that, `_redirects` is made here.

Decided here, and why:

- Pages name the file `index.html` when they lead on, so that they work from a folder on a disk too. A host is told the plain address.
- No `noindex` (but while an example value is left): a search engine that obeys it may drop the page that it leads to. An instant
  refresh and the canonical address both say which page counts.
- A short address is what stays, and what it leads to may change: so hosts say 302, and browsers do not remember it. A moved page says 301.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.faults import Fault, Faults, quoted
from guide.library import Library
from guide.moves import GO, KeptId, kept_id, landing, place_address, ways
from guide.project import Guide
from guide.publish.brand import logo_path
from guide.publish.shell import site_name

FAVICON = "assets/img/favicon.svg"  # as in mkdocs.yml
REDIRECTS = "_redirects"  # as Netlify and Cloudflare Pages read it: start, target and status; a target may name a heading
HEAD = """\
# For hosts that read this file, such as Netlify and Cloudflare Pages. They look for it in the first folder of what they serve:
# where the guide stands in a folder of its own there, put this file beside that folder. Without it, the pages lead on by themselves.
"""
# Where the text of a page ends, by what comes next on it.
ENDS = ('<nav class="mg-next"', '<nav class="mg-all-pages"', "</article>")


@dataclass(frozen=True)
class Redirect:
    """An address that leads to another one; both seen from the guide's first folder.

    start      a page's address, such as `go/sun/`
    to         where it leads, such as `aftercare/sun/#sun`
    permanent  whether it will never lead anywhere else
    """

    start: str
    to: str
    permanent: bool

    @property
    def status(self) -> int:
        """What a host answers."""
        return 301 if self.permanent else 302


def go_address(slug: str) -> str:
    """The short address of a topic, seen from the guide's first folder."""
    return f"{GO}{slug}/"


def redirects(library: Library) -> list[Redirect]:
    """Every address that leads to another one: the short addresses of topics, then pages that moved, each with where it leads in the end."""
    known = ways(library)
    topics = [Redirect(go_address(topic.slug), place_address(f"{topic.page}#{topic.heading}"), permanent=False) for topic in library.topics.values()]
    return topics + [Redirect(old, landing(known, old), permanent=True) for old in known if "#" not in old]


def write_permanent(guide: Guide, site: Path) -> None:
    """Write a page at each address that leads on, the list of the short ones, `_redirects`, and the ids that stay.

    site  the built folder, with all its pages

    Errors: Faults where an id cannot stay on its page; OSError where a file cannot be written.
    """
    names = _names(guide)
    topics = {go_address(topic.slug): topic.name for topic in guide.library.topics.values()}
    for redirect in redirects(guide.library):
        _write(site, redirect.start, redirect_page(guide, redirect, topics.get(redirect.start, ""), names[redirect.to]))
    _write(site, GO, short_links_page(guide))
    (site / REDIRECTS).write_text(HEAD + "".join(f"{line}\n" for line in redirect_lines(guide)), encoding="utf-8")
    for kept in _kept(guide):
        _keep_id(guide, site, kept, names[kept.to])


def _names(guide: Guide) -> dict[str, str]:
    """What each page and heading is called, by address."""
    pages = {page.address: page.facts.title for page in guide.pages}
    return pages | {f"{page.address}#{heading.id}": heading.text for page in guide.pages for heading in page.headings if heading.id}


def _write(site: Path, address: str, page: str) -> None:
    file = site / address / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{page}\n", encoding="utf-8")


def redirect_page(guide: Guide, redirect: Redirect, topic: str, name: str) -> str:
    """A page that leads on at once.

    topic  the topic's name; empty for a page that moved
    name   what it leads to is called
    """
    words = guide.words["permanent"]
    canonical = guide.clinic.site_url + redirect.to.partition("#")[0]
    return guide.draw("redirect", **_frame(guide, redirect.start), title=topic or name, says=words["answer" if topic else "moved"], name=name, to=way(redirect.start, redirect.to), canonical=canonical)


def short_links_page(guide: Guide) -> str:
    """The list of all short addresses, by name, each as a link and in the letters to read out."""
    shown = guide.clinic.site_url.removeprefix("https://")
    topics = sorted(guide.library.topics.values(), key=lambda topic: topic.name.casefold())
    links = [{"name": topic.name, "to": way(GO, go_address(topic.slug)), "address": shown + go_address(topic.slug)} for topic in topics]
    logo = logo_path(guide.clinic) or FAVICON
    return guide.draw("short-links", **_frame(guide, GO), title=guide.words["permanent"]["list_title"], links=links, home=way(GO, ""), logo=logo, canonical=guide.clinic.site_url + GO)


def _frame(guide: Guide, address: str) -> dict[str, object]:
    """What the frame of such a page prints."""
    return {"site_name": site_name(guide), "clinic": guide.clinic.name, "example": bool(guide.clinic.example_values()), "root": "../" * address.count("/"), "icon": FAVICON}


def way(start: str, to: str) -> str:
    """The relative way from a page to another one, as far as its file: it works under any address, and from a disk.

    start  the address of the page on which the link stands
    """
    page, mark, heading = to.partition("#")
    return f"{'../' * start.count('/')}{page}index.html{mark}{heading}"


def redirect_lines(guide: Guide) -> Iterator[str]:
    """The lines of `_redirects`, each address with and without its last stroke, under the clinic's folder on the host."""
    base = guide.clinic.site.base_path
    for redirect in redirects(guide.library):
        for start in (redirect.start.rstrip("/"), redirect.start):
            yield f"{base}{start} {base}{redirect.to} {redirect.status}"


def _kept(guide: Guide) -> Iterator[KeptId]:
    known = ways(guide.library)
    yield from (kept for kept in (kept_id(known, old) for old in known) if kept)


def _keep_id(guide: Guide, site: Path, kept: KeptId, name: str) -> None:
    """Let an old id stay on its page: at the heading that stands for it now, or else as a line that leads to where that is."""
    file = site / kept.page / "index.html"
    text = file.read_text(encoding="utf-8")
    if f'id="{kept.id}"' in text:
        raise Faults([Fault("data/moved.yml", 0, "", f"{quoted(f'#{kept.id}')}, an id that a part of /{kept.page} has", "lead the page to another heading, or take the entry out")])
    page, _, heading = kept.to.partition("#")
    if page == kept.page:
        text = _with_id(text, heading, guide.draw("kept-id", id=kept.id))
    else:
        line = guide.draw("moved-part", id=kept.id, to=way(kept.page, kept.to), name=name)
        end = next(end for end in ENDS if end in text)
        before, _, after = text.rpartition(end)
        text = f"{before}{line}\n{end}{after}"
    file.write_text(text, encoding="utf-8")


def _with_id(text: str, heading: str, markup: str) -> str:
    """A page with markup at the start of a heading; as it was where the heading is left out for this clinic.

    heading  its id; empty for the page's title
    """
    opening = rf'<h[1-6]\b[^>]*\bid="{re.escape(heading)}"[^>]*>' if heading else r"<h1\b[^>]*>"
    return re.sub(opening, lambda found: f"{found[0]}{markup}", text, count=1)
