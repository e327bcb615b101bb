"""How the guide is found and shared: what its pages say of themselves to search engines, and to programs that show a link.

Decided here, and why:

- Where a clinic shares the text with another site (`site.canonical_base`), a page names that site's page as the one that counts. Pages that
  only this clinic has, about itself or written by itself, still name themselves. So does what is shown beside a link: a patient who is
  sent this clinic's link sees this clinic's name and picture.
- `noindex` while an example value is left is said by the page alone. So robots.txt keeps no page from being read: a search engine that
  may not read a page never sees its `noindex`, and may list its address all the same.
- robots.txt is read at the root of a host alone. Where the guide stands in a folder, the host has its own, and none is written here.
"""

from __future__ import annotations

from pathlib import Path

from guide.own import ADDRESS
from guide.project import Guide
from guide.publish.share_picture import HEIGHT, SHARE_PICTURE, WIDTH
from guide.publish.shell import site_name

ABOUT_THE_CLINIC = "about/the-clinic/"  # of the guide's pages, the one whose text is the clinic's own
LOCALE = "en_GB"  # of the guide's words, as Open Graph writes it
ROBOTS = "robots.txt"
ROBOTS_HEAD = """\
# Every page may be read. A page that is not to be listed says so itself, by noindex: it must be read for that to be seen.
User-agent: *
Allow: /
"""


def canonical(guide: Guide, address: str) -> str:
    """The whole address under which search engines should know a page.

    address  the page's own, seen from the guide's first folder; empty for the first page
    """
    own = address == ABOUT_THE_CLINIC or address.startswith(f"{ADDRESS}/")
    base = None if own else guide.clinic.site.canonical_base
    return (base or guide.clinic.site_url) + address


def share(guide: Guide) -> dict[str, str | int]:
    """What every page tells programs that show a link to it, as the theme's templates print it."""
    return {
        "picture": guide.clinic.site_url + SHARE_PICTURE,
        "width": WIDTH,
        "height": HEIGHT,
        "alt": site_name(guide),
        "locale": LOCALE,
    }


def write_robots(guide: Guide, site: Path, sitemap: str) -> None:
    """Write robots.txt where the guide is at the root of its host.

    site     the built folder
    sitemap  the sitemap's name there; empty where there is none
    """
    if guide.clinic.site.base_path == "/":
        named = f"Sitemap: {guide.clinic.site_url}{sitemap}\n" if sitemap else ""
        (site / ROBOTS).write_text(ROBOTS_HEAD + named, encoding="utf-8")
