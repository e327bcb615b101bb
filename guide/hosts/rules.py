"""What every host must know of the guide: where it stands, what to send with each answer, which address leads where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from guide.faults import Fault, Faults, quoted
from guide.project import Guide
from guide.publish.headers import FINGERPRINTED, FOR_GOOD, POLICY, SHARED, response_headers
from guide.publish.permanent import Redirect, redirects

# What a host says that a file is, by the end of its name. A browser that is told `nosniff` runs no script, and takes no style sheet, of another type.
TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "ico": "image/x-icon",
    "ics": "text/calendar",
    "txt": "text/plain",
    "xml": "application/xml",
    "webmanifest": "application/manifest+json",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "woff2": "font/woff2",
}
# Of these, the ones that are text: sent as UTF-8, and packed.
TEXT = ("html", "css", "js", "json", "map", "svg", "ics", "txt", "xml", "webmanifest")
ASK_EACH_TIME = "no-cache"  # a browser keeps the file, and asks each time whether there is a newer one: our names do not change with what is in them
MONTHS_OF_HTTPS = "max-age=31536000"
NOT_HTTPS_YET = "Take the # away only once all of this host works by https, for good: browsers then refuse http there for a year."
# The first may name another site, whose text search engines should list; then the second has the guide's own address.
OWN_ADDRESS = re.compile(r'<(?:link rel="canonical" href|meta property="og:url" content)="([^"]*)"')
META_POLICY = re.compile(rf'<meta http-equiv="{POLICY}" content="([^"]*)">')


@dataclass(frozen=True)
class Rules:
    """What a host must know.

    base       the guide's folder on its host, from / to /
    host       the name of the host, such as guide.example.com
    headers    what is sent with each answer, by header
    redirects  addresses that lead on, seen from the guide's first folder
    lasting    files that a browser may keep for good, as their name changes with what is in them; seen from there too
    shared     files that scripts of other websites may read
    """

    base: str
    host: str
    headers: dict[str, str]
    redirects: tuple[Redirect, ...]
    lasting: tuple[str, ...]
    shared: tuple[str, ...]

    @property
    def lost(self) -> str:
        """The page for wrong addresses."""
        return f"{self.base}404.html"

    def headers_of(self, name: str = "") -> dict[str, str]:
        """All that is sent with a file.

        name  seen from the guide's first folder; empty for any other file
        """
        kept = FOR_GOOD if name in self.lasting else ASK_EACH_TIME
        open_to_all = {"Access-Control-Allow-Origin": "*"} if name in self.shared else {}
        return {**self.headers, "Cache-Control": kept, **open_to_all}

    @property
    def special(self) -> tuple[str, ...]:
        """Files with which something else is sent than with the others."""
        return (*self.lasting, *self.shared)


def read_rules(guide: Guide, site: Path) -> Rules:
    """What a host must know of a built guide.

    site  the built folder

    Errors: Faults where there is none, or where it was built for another address.
    """
    first = site / "index.html"
    if not first.is_file():
        raise Faults([Fault(site.name, 0, "", "no built guide", "build it first: make site, or mkdocs build")])
    text = first.read_text(encoding="utf-8")
    addresses, policy = [unescape(address) for address in OWN_ADDRESS.findall(text)], META_POLICY.search(text)
    if policy is None or guide.clinic.site_url not in addresses:
        found = f"a guide for {quoted(addresses[-1])}" if addresses and policy else "a guide that is not whole"
        raise Faults([Fault(site.name, 0, "", found, f"build it for {guide.clinic.site_url}, the address in your clinic file: make site, or mkdocs build")])
    rules = dict(rule.split(" ", 1) for rule in unescape(policy[1]).split("; "))
    names = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*")) if FINGERPRINTED.search(file.name)]
    return Rules(
        base=guide.clinic.site.base_path,
        host=guide.clinic.site.address.removeprefix("https://"),
        headers=response_headers(guide.clinic, rules),
        redirects=tuple(redirects(guide.library)),
        lasting=tuple(names),
        shared=tuple(name for name in SHARED if (site / name).is_file()),
    )
