"""What goes into the two zips: the guide for any folder of any host, and the guide for a disk, which needs no host and asks none.

Decided here, and why:

- The page for wrong addresses is shown at any depth, and cannot know its folder: in the zip for any folder it is whole by itself, and its one
  link is the guide's own address. From a disk nobody shows it, so it is left out there.
- From a disk, a link to a folder shows a list of files, so each link names the page's file. Modules, workers and fetch do not work there:
  all modules become one plain script, and the index of the search comes as a script that sets one name.
- From a disk, browsers do not agree whether 'self' means the folder; `file:` says it to all of them, and still lets no host be asked. `'self'` stays
  beside it, so that the same folder works on a host too. There is nothing left to fetch, so `connect-src` is 'none'.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from guide.hosts.classic import classic_script
from guide.hosts.layout import FOR_ONE_HOST
from guide.hosts.rules import META_POLICY, read_rules
from guide.project import Guide
from guide.publish.headers import POLICY, as_text
from guide.publish.search import INDEX
from guide.publish.shell import site_name

SCRIPTS = "assets/js"
FIRST = "main.js"
OFFLINE = f"{SCRIPTS}/offline.js"
INDEX_SCRIPT = "search/index.js"
FOUND = "mgSearchIndex"  # the one name that a script of the offline guide sets: another one reads it, and no fetch can stand between them
LOST = "404.html"
# What the theme brings and no page of ours uses; what is for search engines, other websites and the clinic itself; and what became one script.
THEMES = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
FOR_OTHERS = ("sitemap.xml", "robots.txt", "links.json", "links/", "assets/css/links.css", "assets/share.png")
NOT_OFFLINE = (*THEMES, *FOR_OTHERS, f"{SCRIPTS}/", INDEX)
KEPT_LICENCES = ".LICENSE.txt"
LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")', re.S)
MODULE = re.compile(rf'<script type="module" src="((?:\.\./)*){SCRIPTS}/{FIRST}"></script>')
LOCAL = re.compile(r"(?![a-z][a-z0-9+.-]*:|//|#)", re.I)
STYLE = """\
:root{color-scheme:light dark}
body{max-inline-size:34rem;margin:10vh auto;padding:0 1.25rem;font:1.125rem/1.6 system-ui,sans-serif}
a{display:inline-block;padding-block:.6rem}"""


def any_folder(guide: Guide, site: Path) -> dict[str, bytes]:
    """The files of the guide for any folder of any host, by path.

    site  the built folder

    Errors: Faults where there is none, or it was built for another address.
    """
    read_rules(guide, site)
    files = {name: data for name, data in _files(site) if name not in FOR_ONE_HOST}
    files[LOST] = lost_page(guide).encode()
    return files


def lost_page(guide: Guide) -> str:
    """A page for wrong addresses that needs no other file, wherever it is shown."""
    style = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    rules = {"default-src": "'none'", "style-src": f"'sha256-{style}'", "base-uri": "'none'", "form-action": "'none'"}
    main, look = guide.clinic.phones.main, Markup("<style>{}</style>").format(Markup(STYLE))
    page = guide.draw("lost", policy=as_text(rules), policy_name=POLICY, look=look, site_name=site_name(guide), home=guide.clinic.site_url, display=main.display, e164=main.e164)
    return f"{page}\n"


def offline(guide: Guide, site: Path) -> dict[str, bytes]:
    """The files of the guide for a disk, by path.

    site  the built folder

    Errors: Faults where there is none, or it was built for another address; UnknownModule where a script cannot be made plain; LeadsNowhere where a link would.
    """
    read_rules(guide, site)
    files = {name: data for name, data in _files(site) if name not in (*FOR_ONE_HOST, LOST) and (not name.startswith(NOT_OFFLINE) or name.endswith(KEPT_LICENCES))}
    for name in [name for name in files if name.endswith(".html")]:
        files[name] = _page(files[name].decode(), name).encode()
    files[INDEX_SCRIPT] = _index((site / INDEX).read_text(encoding="utf-8")).encode()
    files[OFFLINE] = classic_script(site / SCRIPTS, FIRST, f"({{ ok: true, json: async () => {FOUND} }})").encode()
    _see_links(files)
    return files


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if file.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, file.read_bytes()


def _page(text: str, name: str) -> str:
    """A page as it works from a disk."""
    text = LINK.sub(lambda found: f"{found[1]}{html.escape(to_file(html.unescape(found[2])))}{found[3]}", text)
    scripts = rf'<script defer src="\1{INDEX_SCRIPT}"></script><script defer src="\1{OFFLINE}"></script>'
    return META_POLICY.sub(_policy, MODULE.sub(scripts, text)).replace(f'{INDEX}"', f'{INDEX_SCRIPT}"')


def _policy(found: re.Match[str]) -> str:
    rules = html.unescape(found[1]).replace("'self'", "'self' file:").replace("connect-src 'self' file:", "connect-src 'none'")
    return f'<meta http-equiv="{POLICY}" content="{html.escape(rules, quote=False)}">'


def to_file(address: str) -> str:
    """An address of a folder of ours as that of its page; any other one as it is."""
    if not address or not LOCAL.match(address):
        return address
    path, rest = re.fullmatch(r"([^?#]*)(.*)", address, re.S).groups()
    if path.endswith("/"):
        return f"{path}index.html{rest}"
    if posixpath.basename(path) in (".", ".."):
        return f"{path}/index.html{rest}"
    return address


def _index(text: str) -> str:
    """The index of the search as a plain script, its addresses those of files."""
    index = json.loads(text)
    index["pages"] = [[f"{address}index.html", *rest] for address, *rest in index["pages"]]
    return f"var {FOUND} = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


class LeadsNowhere(Exception):
    """A link of the offline guide that leads to no file of it."""


def _see_links(files: dict[str, bytes]) -> None:
    """See that each link of each page leads to a file, as nobody can mend a guide on a patient's disk."""
    for name, data in files.items():
        if not name.endswith(".html"):
            continue
        for found in LINK.finditer(data.decode()):
            address = html.unescape(found[2])
            path = re.split("[?#]", address)[0]
            if path and LOCAL.match(address) and posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) not in files:
                raise LeadsNowhere(f"{name}: a link to {address}, which is no file of the offline guide")
