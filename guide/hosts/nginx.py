"""The guide for nginx: a file for a server that is there already, a server of its own, and the one in a container."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guide.faults import Fault, Faults, quoted
from guide.hosts.rules import MONTHS_OF_HTTPS, NOT_HTTPS_YET, TEXT, TYPES, Rules

FOLDER = "/srv/microneedling"  # where the steps in hosting/README.md put the files
CONTAINER_FOLDER = "/guide"
CONTAINER_PORT = 8080  # a server without rights of its own can open no port below 1024
UNSAFE = re.compile(r"[$\x00-\x1f\x7f]")  # nginx knows no way to write a $ that names no variable


def guide_conf(rules: Rules, public: str = f"{FOLDER}/public") -> str:
    """What stands in a server block: the guide at its address, and nothing beside it.

    public  the folder that is served, on the host

    Errors: Faults where a value can do something in this file.
    """
    return _text(_guide(rules, public))


def server_conf(rules: Rules) -> str:
    """A server of its own for the guide, for a host that has no other."""
    lines = [
        "# The guide on a host of its own. Copy it to /etc/nginx/conf.d/ and let certbot, or whoever looks after the host, add https.",
        "# Does a server for this host exist already? Then leave this file out, and put the line `include …` into that server's block.",
        "server {",
        "    listen 80;",
        f"    server_name {_quoted(rules.host)};",
        f"    include {FOLDER}/guide.conf;",
        "}",
    ]
    return _text(lines)


def container_conf(rules: Rules) -> str:
    """The server in the container: it answers to any name, on a port above 1024, and writes to /tmp alone."""
    lead_on = [] if rules.base == "/" else ["    location = / {", f"        return 302 {_quoted(rules.base)};", "    }"]
    lines = [
        "server {",
        f"    listen {CONTAINER_PORT};",
        "    absolute_redirect off; # what stands before the container has another port, and https",
        *lead_on,
        *(f"    {line}".rstrip() for line in _guide(rules, f"{CONTAINER_FOLDER}/public")),
        "}",
    ]
    return _text(lines)


def _guide(rules: Rules, public: str) -> Iterator[str]:
    yield "# The guide, for a server block of nginx 1.18 or newer. Made by `python -m guide host nginx`: make it again after each build, as the"
    yield "# policy and the short addresses are those of this build."
    if rules.base != "/":
        yield from _block(f"location = {_quoted(rules.base.rstrip('/'))}", ["absolute_redirect off;", f'return 301 "{_bare(rules.base)}$is_args$args";', *_headers(rules.headers_of())])
    yield from _block(f"location ^~ {_quoted(rules.base)}", _inside(rules, public))


def _inside(rules: Rules, public: str) -> Iterator[str]:
    yield f"root {_quoted(public)}; # where you put the folder `public`"
    yield "index index.html;"
    yield "absolute_redirect off; # a redirect names no host and no scheme: right behind any proxy"
    yield "server_tokens off;"
    yield "error_page 404 " + _quoted(rules.lost) + ";"
    yield "error_page 403 =404 " + _quoted(rules.lost) + "; # a folder without a page of its own"
    yield from _block("types", [f"{kind} {' '.join(ending for ending, each in TYPES.items() if each == kind)};" for kind in dict.fromkeys(TYPES.values())])
    yield "default_type application/octet-stream;"
    texts = " ".join(dict.fromkeys(TYPES[ending] for ending in TEXT if ending != "html"))  # nginx always counts text/html in
    yield "charset utf-8;"
    yield f"charset_types {texts};"
    yield "gzip on;"
    yield f"gzip_types {texts};"
    yield "gzip_vary on;"
    yield "gzip_static on; # the packed files beside the plain ones"
    yield from _headers(rules.headers_of())
    yield f"# {NOT_HTTPS_YET}"
    yield f'# add_header Strict-Transport-Security "{MONTHS_OF_HTTPS}" always;'
    yield ""
    yield "# Hidden files, but for what proves to others whose host this is."
    yield from _block(r'location ~ "/\.(?!well-known/)"', ["return 404;"])
    for name in rules.special:
        yield from _block(f"location = {_quoted(rules.base + name)}", _headers(rules.headers_of(name)))
    yield "# Short addresses, and pages that moved."
    for redirect in rules.redirects:
        page, mark, heading = redirect.to.partition("#")
        target = f'"{_bare(rules.base + page)}$is_args$args{_bare(mark + heading)}"'
        for start in (redirect.start.rstrip("/"), redirect.start):
            yield f"location = {_quoted(rules.base + start)} {{ return {redirect.status} {target}; }}"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    yield from (f"add_header {name} {_quoted(value)} always;" for name, value in headers.items())


def _block(opening: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{opening} {{"
    yield from (f"    {line}".rstrip() for line in lines)
    yield "}"


def _quoted(value: str) -> str:
    return f'"{_bare(value)}"'


def _bare(value: str) -> str:
    """A value for the inside of nginx's quotation marks.

    Errors: Faults where it holds what nginx would act on.
    """
    if UNSAFE.search(value):
        raise Faults([Fault("nginx", 0, "", f"{quoted(value)}, in which nginx would act on a sign", "take the sign out of that value in your clinic file")])
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _text(lines) -> str:
    return "".join(f"{line}\n" for line in lines)
