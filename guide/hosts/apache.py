"""The guide for Apache, from 2.4: a `.htaccess` in the guide's first folder, as clinics on shared hosts can change nothing else.

Decided here, and why:

- Redirects by mod_rewrite, not mod_alias: that one would put what stands after `?` behind what stands after `#`.
- Apache puts scheme and host before each address that it leads to, and behind a proxy it does not know that readers came by https. So where
  the proxy says so, our redirects say it too. The guide's own folder without its last stroke is out of this file's reach, and goes by http first.
- The condition of a packed file is rewritten: Apache adds `-gzip` to its mark, and would else never answer "not changed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guide.faults import Fault, Faults, quoted
from guide.hosts.rules import MONTHS_OF_HTTPS, NOT_HTTPS_YET, TEXT, TYPES, Rules

HTACCESS = ".htaccess"
UNSAFE = re.compile(r"[\x00-\x1f\x7f]|\$\{")  # ${…} names a variable of the server


def htaccess(rules: Rules) -> str:
    """The whole file.

    Errors: Faults where a value can do something in it.
    """
    parts = (_head(rules), _types(), _packed(), _sent(rules), _ways(rules))
    return "".join(f"{line}\n" for part in parts for line in part)


def _head(rules: Rules) -> Iterator[str]:
    yield "# The guide, for Apache 2.4. It lies in the guide's first folder. Made by `python -m guide host apache`: make it again after each build,"
    yield "# as the policy and the short addresses are those of this build. Your host must allow it (AllowOverride All), as most shared hosts do."
    yield "Options -Indexes -MultiViews"
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {_quoted(rules.lost)}"
    yield f"ErrorDocument 403 {_quoted(rules.lost)}"


def _types() -> Iterator[str]:
    yield ""
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_mime.c>"
    yield from (f"    AddType {kind} .{ending}" for ending, kind in TYPES.items())
    yield f"    AddCharset utf-8 {' '.join(f'.{ending}' for ending in TEXT)}"
    yield "</IfModule>"


def _packed() -> Iterator[str]:
    yield ""
    yield "<IfModule mod_deflate.c>"
    yield "    <IfModule mod_filter.c>"
    yield f"        AddOutputFilterByType DEFLATE {' '.join(dict.fromkeys(TYPES[ending] for ending in TEXT))}"
    yield "    </IfModule>"
    yield "</IfModule>"


def _sent(rules: Rules) -> Iterator[str]:
    yield ""
    yield "<IfModule mod_headers.c>"
    yield from _headers(rules.headers_of())
    for name in rules.special:
        yield f"    <If {_quoted(_is(rules.base + name))}>"
        yield from (f"    {line}" for line in _headers({key: value for key, value in rules.headers_of(name).items() if key not in rules.headers}))
        yield "    </If>"
    yield '''    RequestHeader edit If-None-Match '^"(.*)-gzip"$' '"$1", "$1-gzip"' '''.rstrip()
    yield f"    # {NOT_HTTPS_YET}"
    yield f'    # Header always set Strict-Transport-Security "{MONTHS_OF_HTTPS}"'
    yield "</IfModule>"


def _is(address: str) -> str:
    return f"%{{REQUEST_URI}} == '{address}'"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    # In a header's value, % opens a value of the server's.
    yield from (f"    Header always set {name} {_quoted(value.replace('%', '%%'))}" for name, value in headers.items())


def _ways(rules: Rules) -> Iterator[str]:
    yield ""
    yield "<IfModule mod_rewrite.c>"
    yield "    RewriteEngine On"
    yield "    # Hidden files, but for what proves to others whose host this is; and folders without a page of their own."
    yield r"    RewriteRule (^|/)\.(?!well-known/) - [R=404,L]"
    yield "    RewriteCond %{REQUEST_FILENAME} -d"
    yield "    RewriteCond %{REQUEST_FILENAME}/index.html !-f"
    yield "    RewriteRule . - [R=404,L]"
    yield "    # Behind a proxy that readers reach by https, lead them on by https."
    yield "    RewriteCond %{HTTP:X-Forwarded-Proto} =https [NC]"
    yield "    RewriteRule ^ - [E=MG_HOST:https://%{HTTP_HOST}]"
    yield "    # Short addresses, and pages that moved. What stands after ? is kept, before what stands after #; Apache wants to see that ? here."
    for redirect in rules.redirects:
        page, mark, heading = redirect.to.partition("#")
        start = f"^{re.escape(redirect.start.rstrip('/'))}/?$"
        yield "    RewriteCond %{QUERY_STRING} ."
        for asked in ("?%{QUERY_STRING}", ""):
            yield f'    RewriteRule "{start}" "%{{ENV:MG_HOST}}{_bare(rules.base + page)}{asked}{_bare(mark + heading)}" [R={redirect.status},NE,L]'
    yield "    # A folder's address ends with a stroke."
    yield "    RewriteCond %{REQUEST_FILENAME} -d"
    yield f'    RewriteRule "^(.*[^/])$" "%{{ENV:MG_HOST}}{_bare(rules.base)}$1/" [R=301,L]'
    yield "</IfModule>"


def _quoted(value: str) -> str:
    return f'"{_bare(value)}"'


def _bare(value: str) -> str:
    """A value for the inside of Apache's quotation marks.

    Errors: Faults where it holds what Apache would act on.
    """
    if UNSAFE.search(value):
        raise Faults([Fault("apache", 0, "", f"{quoted(value)}, in which Apache would act on a sign", "take the sign out of that value in your clinic file")])
    return value.replace("\\", "\\\\").replace('"', '\\"')
