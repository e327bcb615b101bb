"""The guide for hosts that read `_headers` and `_redirects` from the first folder of what they serve: Netlify and Cloudflare."""

from __future__ import annotations

from collections.abc import Iterator

from guide.faults import Fault, Faults
from guide.hosts.rules import ASK_EACH_TIME, Rules

# As Cloudflare's documents have them; Netlify sets no lower ones.
MOST_RULES = 100  # of headers
LONGEST_HEADER = 2000  # signs of a line
MOST_REDIRECTS = 2000
LONGEST_REDIRECT = 1000  # signs of a line


def headers_file(rules: Rules) -> str:
    """What `_headers` says. Where two rules fit an address, these hosts send both; so no two speak of the same header.

    Errors: Faults where a line is longer than these hosts read.
    """
    lines = [f"{rules.base}*", *_sent(rules.headers)]
    for name in rules.special:
        more = {key: value for key, value in rules.headers_of(name).items() if key not in rules.headers}
        # Both hosts let a browser ask each time where nothing else is said.
        lines += [f"{rules.base}{name}", *_sent({key: value for key, value in more.items() if value != ASK_EACH_TIME})]
    if any(len(line) > LONGEST_HEADER for line in lines) or sum(not line.startswith(" ") for line in lines) > MOST_RULES:
        raise Faults([Fault("clinic file", 0, "site.framed_by", "more than this host reads in one line", "name fewer websites")])
    return _text(lines)


def _sent(headers: dict[str, str]) -> Iterator[str]:
    yield from (f"  {name}: {value}" for name, value in headers.items())


def redirects_file(rules: Rules, *, names_lost_page: bool) -> str:
    """What `_redirects` says: short addresses, pages that moved, and from the host's first address to the guide.

    names_lost_page  whether this host must be told which page to show for a wrong address in a folder
    """
    lines = []
    for redirect in rules.redirects:
        for start in (redirect.start.rstrip("/"), redirect.start):
            lines.append(f"{rules.base}{start} {rules.base}{redirect.to} {redirect.status}")
    if rules.base != "/":
        lines.append(f"/ {rules.base} 302")
        if names_lost_page:
            lines.append(f"{rules.base}* {rules.lost} 404")  # comes last: the first line that fits counts
    return _text(lines)


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
