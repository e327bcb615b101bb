"""What a page may do in a reader's browser: one policy for the whole guide, on each page and in the headers that hosts send.

`response_headers` is the one list of headers: `_headers`, for hosts that read it, is made of it here, and recipes for
other hosts take it from there. Each page carries the policy too, for hosts that send no header and for pages on a disk.

Decided here, and why:

- One policy for all pages, so that a host needs one line. All that a page fetches is a file of ours; an inline script is
  trusted by its hash, and only if it stands word for word in a template. So no value, no page and no upgrade of the theme
  can bring one in unseen.
- `require-trusted-types-for`, as our scripts put pages together from elements and text, never from markup: browsers that
  know it refuse markup and code from a text, wherever a slip would let one through.
- `form-action 'self'`, as the search box leads to the same page with `?q=` where its script has not come yet.
- No `upgrade-insecure-requests`. No page names an http address that it fetches, so it would mend nothing; and in a clinic's
  own network without https it would ask for each style sheet and script where nobody answers.
- No `X-Frame-Options`: where a browser knows `frame-ancestors` it passes over it, and it cannot name the clinic's sites.
- `Cross-Origin-Resource-Policy: cross-origin`: everything here is public and the same for everyone, without a sign-in, and
  pictures, such as one of a link, are there for other sites to show.
- `Permissions-Policy` leaves out `clipboard-write`, by which a reader copies a list.
- No `Strict-Transport-Security`: it binds the host and all that stands on it, so it is the host's to send.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit

from guide.clinic import Clinic
from guide.faults import Fault, Faults, quoted
from guide.project import Guide

POLICY = "Content-Security-Policy"
HEADERS = "_headers"  # as Netlify and Cloudflare Pages read it: an address, then its headers, each on a line that begins with a space
HEAD = """\
# For hosts that read this file, such as Netlify and Cloudflare Pages. They look for it in the first folder of what they serve:
# where the guide stands in a folder of its own there, put this file beside that folder.
# Strict-Transport-Security is not here: it holds for the whole host, so turn it on there once all of it works by https.
"""
MOST_RULES = 100  # that Cloudflare Pages reads
# A name that changes with what is in the file: a browser may keep such a file for good. Ours are not such names, so they have no rule,
# and these hosts then let a browser ask each time whether there is a newer one.
FINGERPRINTED = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?(?:css|js)$")
FOR_GOOD = "public, max-age=31536000, immutable"
CHARSET = '<meta charset="utf-8">'  # comes first on each page: browsers look for it in the first 1,024 bytes
# What no page uses, and what would harm a reader most if something ill got into one: watching, sensors, devices, payment, who they are.
UNUSED = """
    accelerometer browsing-topics camera clipboard-read display-capture geolocation gyroscope hid identity-credentials-get idle-detection
    local-fonts magnetometer microphone midi otp-credentials payment publickey-credentials-create publickey-credentials-get screen-wake-lock
    serial storage-access usb window-management xr-spatial-tracking
""".split()
DATA = {"application/ld+json"}  # a script of this type is no script to a browser, and no policy speaks of it
INLINE_STYLE = "give it a class, with its rule in a style sheet in docs/assets/css"
INLINE_SCRIPT = "put it into a module in docs/assets/js, which main.js starts"
NOT_ALLOWED = "take it out: the policy in guide/publish/headers.py lets no page use it"
REFUSED = {"style": INLINE_STYLE, **dict.fromkeys(("applet", "audio", "base", "embed", "frame", "iframe", "object", "portal", "track", "video"), NOT_ALLOWED)}
ADDRESSES = {"action", "background", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
FETCHED = {"image": ("href", "xlink:href"), "img": ("src", "srcset"), "input": ("src",), "script": ("src", "href", "xlink:href"), "source": ("src", "srcset"), "use": ("href", "xlink:href")}
FETCHED_BY_LINK = {"apple-touch-icon", "dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet"}
IGNORED = re.compile(r"[\x00-\x20]")  # browsers pass over these within the name of a scheme
RUNS = ("javascript:", "vbscript:")


def write_headers(guide: Guide, site: Path) -> dict[str, str]:
    """Write the policy into every page, and `_headers`. Returns what a host sends with each answer, for recipes of other hosts.

    site  the built folder, with all its pages as they will be read

    Errors: Faults with everything on the pages that the policy would refuse.
    """
    templates, texts = _templates(guide.root), {file: file.read_text(encoding="utf-8") for file in sorted(site.rglob("*.html"))}
    pages = {file: read_page(text) for file, text in texts.items()}
    faults = [fault for file, page in pages.items() for fault in _faults(guide, templates, file.relative_to(site).as_posix(), page)]
    if faults:
        raise Faults(faults)
    rules = policy(script for page in pages.values() for script in page.scripts)
    meta = f'{CHARSET}\n<meta http-equiv="{POLICY}" content="{escape(as_text(rules), quote=False)}">'
    for file, text in texts.items():
        file.write_text(text.replace(CHARSET, meta, 1), encoding="utf-8")
    headers = response_headers(guide.clinic, rules)
    (site / HEADERS).write_text("".join(f"{line}\n" for line in header_lines(guide.clinic.site.base_path, headers, site)), encoding="utf-8")
    return headers


# --- The policy and the other headers -------------------------------------------------------------------------------


def policy(scripts: Iterable[str]) -> dict[str, str]:
    """What a page may do, by directive, as far as a page can say it itself.

    scripts  the inline scripts that may run
    """
    return {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *sorted({f"'{_hash(script)}'" for script in scripts})]),
        "style-src": "'self'",
        "img-src": "'self' data:",  # data: for the signs in tokens.css
        "connect-src": "'self'",  # the index of the search
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def as_text(rules: Mapping[str, str]) -> str:
    """A policy as browsers read it."""
    return "; ".join(f"{directive} {sources}" for directive, sources in rules.items())


def response_headers(clinic: Clinic, rules: Mapping[str, str]) -> dict[str, str]:
    """What a host sends with each answer, by header.

    rules  what `policy` gave; which sites may show a page in a frame can be said in a header alone
    """
    return {
        POLICY: as_text({**rules, "frame-ancestors": " ".join(clinic.site.framed_by) or "'none'"}),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def header_lines(base_path: str, headers: Mapping[str, str], site: Path) -> Iterator[str]:
    """The lines of `_headers`. Where two rules fit an address, these hosts send both; so no two speak of the same header.

    base_path  the guide's folder on its host, from / to /
    """
    yield from HEAD.splitlines()
    yield f"{base_path}*"
    yield from (f"  {name}: {value}" for name, value in headers.items())
    named = (file.relative_to(site).as_posix() for file in sorted(site.rglob("*")) if FINGERPRINTED.search(file.name))
    for name in islice(named, MOST_RULES - 1):
        yield f"{base_path}{quote(name)}"
        yield f"  Cache-Control: {FOR_GOOD}"


# --- What stands on the pages ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """Something on a page that the policy would refuse.

    typed     how it is written, by which its place is found
    found     what it is
    expected  what would be right
    """

    typed: str
    found: str
    expected: str


class PageReader(HTMLParser):
    """Reads a page for its inline scripts and for what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.slips: list[Slip] = []
        self.charset = False
        self._inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.charset |= tag == "meta" and "charset" in given
        self._inline = tag == "script" and not {"src", "href", "xlink:href"} & given.keys() and given.get("type", "").strip().lower() not in DATA
        if self._inline:
            self.scripts.append("")
        if tag in REFUSED:
            self.slips.append(Slip(f"<{tag}", f"the element <{tag}>", REFUSED[tag]))
        self.slips += (slip for name, value in given.items() for slip in _slips_in(tag, name, value, given))

    def handle_endtag(self, tag: str) -> None:
        self._inline = self._inline and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inline:
            self.scripts[-1] += data


def _slips_in(tag: str, name: str, value: str, given: Mapping[str, str]) -> Iterator[Slip]:
    typed = f'{name}="{value}"'
    if name == "style":
        yield Slip(typed, f"an inline style, {quoted(value)}", INLINE_STYLE)
    elif name.startswith("on"):
        yield Slip(typed, f"the inline script {name}, {quoted(value)}", INLINE_SCRIPT)
    elif name == "srcdoc":
        yield Slip(typed, f"a page within the page, {quoted(value)}", NOT_ALLOWED)
    elif _runs(tag, name, value, given):
        yield Slip(typed, f"an address that runs a script, {quoted(value)}", "link to a page, or use a button with a module in docs/assets/js")
    elif name in _fetching(tag, given) and _elsewhere(value, data=tag in ("img", "image")):
        what = "a script" if tag == "script" else "a file"
        yield Slip(typed, f"{what} from another host or with a whole address, {quoted(value)}", "put it into docs/assets, and name it from there")


def _runs(tag: str, name: str, value: str, given: Mapping[str, str]) -> bool:
    """Whether a browser would take the value for an address and run it."""
    if tag == "meta" and name == "content" and given.get("http-equiv", "").strip().lower() == "refresh":
        value = value.partition("=")[2].strip(" \t\n'\"")
    elif name not in ADDRESSES:
        return False
    return IGNORED.sub("", value).lower().startswith(RUNS)


def _fetching(tag: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """The attributes from which a browser fetches something by itself."""
    if tag == "link":
        return ("href",) if FETCHED_BY_LINK & set(given.get("rel", "").lower().split()) else ()
    return FETCHED.get(tag, ())


def _elsewhere(addresses: str, *, data: bool) -> bool:
    """Whether one of the addresses names a host or a scheme.

    addresses  one, or several as `srcset` has them
    data       whether one that holds the file itself will do
    """
    if data and addresses.strip().lower().startswith("data:"):
        return False
    try:
        parts = [urlsplit(address.strip().replace("\\", "/")) for address in addresses.split(",")]
    except ValueError:
        return True  # brackets that belong to no host that we know
    return any(part.scheme or part.netloc for part in parts)


def read_page(text: str) -> PageReader:
    """A page, read as a browser does."""
    page = PageReader()
    page.feed(text)
    page.close()
    return page


def _templates(root: Path) -> dict[str, str]:
    """Every template by its name, seen from the project's folder."""
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in sorted((root / "overrides").rglob("*")) if file.suffix in (".html", ".svg")}


def _faults(guide: Guide, templates: Mapping[str, str], name: str, page: PageReader) -> Iterator[Fault]:
    """What is wrong on a page, each fault with the file and the line where it was written, as far as that can be told.

    name  the page's file, seen from the built folder
    """
    unknown = [script for script in page.scripts if not any(f">{script}</script>" in text for text in templates.values())]
    slips = [*page.slips, *(Slip(f">{script}</script>", f"an inline script that no template holds word for word, {quoted(script)}", INLINE_SCRIPT) for script in unknown)]
    sources = {source.file: source.text for source in guide.pages if f"{source.address}index.html" == name} | dict(templates)
    for slip in slips:
        file, line = next(_places(sources, slip.typed), (f"{name}, as built", 0))
        yield Fault(file, line, "", slip.found, slip.expected)
    if not page.charset:
        yield Fault(f"{name}, as built", 0, "", f"no {CHARSET}", "let the head of its template begin with it: the policy stands right after it")


def _places(sources: Mapping[str, str], typed: str) -> Iterator[tuple[str, int]]:
    for file, text in sources.items():
        if typed in text:
            yield file, text[: text.index(typed)].count("\n") + 1
