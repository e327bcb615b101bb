"""The sitemap, with the days on which pages really changed.

Decided here, and why:

- The day is the page's own: the one on which it was last reviewed as a whole, which is the day that it shows. Where the clinic's own clinician
  has read the guide since, the page shows that day too, and it is the later one that counts. The list of changes has the day of the newest.
  The day of the build says nothing: a search engine that sees it on every page stops believing all of them.
- A page that names another address as the one that counts is left out, and so is every page that asks not to be listed: while an example
  value is left there is no sitemap at all.
- The packed one holds no time either, so that the same guide gives the same bytes.
"""

from __future__ import annotations

import gzip
import re
from datetime import date
from html import escape
from pathlib import Path

from guide.faults import Fault, Faults, quoted
from guide.pages import PageSource
from guide.project import Guide
from guide.publish.found import canonical

SITEMAP = "sitemap.xml"
PACKED = f"{SITEMAP}.gz"
CHANGES = "about/what-changed.md"
WRITTEN_DAY = re.compile(r"(\d{1,2}) (\w+) (\d{4})")


def write_sitemap(guide: Guide, site: Path) -> str:
    """Write the sitemap in the place of MkDocs' own, whose days are those of the build. Returns its name; empty where there is none.

    site  the built folder

    Errors: Faults where the newest change has no day.
    """
    pages = listed_pages(guide)
    for name in (SITEMAP, PACKED):
        (site / name).unlink(missing_ok=True)
    if not pages:
        return ""
    text = sitemap(guide, pages).encode()
    (site / SITEMAP).write_bytes(text)
    (site / PACKED).write_bytes(gzip.compress(text, mtime=0))
    return SITEMAP


def listed_pages(guide: Guide) -> list[PageSource]:
    """The pages that search engines may list under their own address."""
    if guide.clinic.example_values():
        return []
    return [page for page in guide.pages if canonical(guide, page.address) == guide.clinic.site_url + page.address]


def sitemap(guide: Guide, pages: list[PageSource]) -> str:
    """The sitemap of some pages, as sitemaps.org has it."""
    lines = (f"<url><loc>{escape(guide.clinic.site_url + page.address)}</loc><lastmod>{last_changed(guide, page)}</lastmod></url>\n" for page in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(lines)}</urlset>\n'


def last_changed(guide: Guide, page: PageSource) -> date:
    """The newest of the days that a page shows as its own."""
    reviewer = guide.clinic.named_reviewer
    days = [page.facts.reviewed_on, *([reviewer.reviewed_on] if reviewer else []), *([_newest_change(guide)] if page.name == CHANGES else [])]
    return max(days)


def _newest_change(guide: Guide) -> date:
    """The day of the newest change. Errors: Faults where CHANGELOG.md has none that is a day."""
    months = [guide.words["months"][f"m{number}"] for number in range(1, 13)]
    try:
        day, month, year = WRITTEN_DAY.fullmatch(guide.version).groups()
        return date(int(year), months.index(month) + 1, int(day))
    except (AttributeError, ValueError):
        raise Faults([Fault("CHANGELOG.md", 0, "", f"{quoted(guide.version)} as the day of the newest change", "write it as in 15 January 2026")]) from None
