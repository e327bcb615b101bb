"""Walks through a hosted guide by plain HTTP, from its first page to every address that a page, a style sheet or a script names."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

IN_STYLES = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IN_SCRIPTS = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)\"""")
REFRESH = re.compile(r"url=(.*)", re.I)


@dataclass(frozen=True)
class Answer:
    """What a host said to one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, header: str) -> str:
        return self.headers.get(header.lower(), "")


class Host:
    """A host on this machine, asked over one connection at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line = http.client.HTTPConnection("127.0.0.1", port)

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """One request, its path sent as it is.

        headers  with _ for -
        """
        try:
            return self._ask(address, method, headers)
        except (http.client.HTTPException, ConnectionError):
            self.line.close()  # a host may end a connection when it likes
            return self._ask(address, method, headers)

    def _ask(self, address: str, method: str, headers: dict[str, str]) -> Answer:
        self.line.request(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        told = self.line.getresponse()
        names = [name.lower() for name, _ in told.getheaders()]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice, f"{address}: {twice} sent twice"
        return Answer(told.status, {name.lower(): value for name, value in told.getheaders()}, told.read())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.named: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        self.named += [given[name] for name in ("href", "src", "poster", "data-mg-index") if name in given and given.get("rel") != "canonical"]
        self.named += [each.split()[0] for each in given.get("srcset", "").split(",") if each.strip()]
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.named += REFRESH.findall(given["content"])


@dataclass
class Walk:
    """All that was found on a walk.

    answers  by path
    broken   what leads nowhere, each with where it is named
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def of_type(self, kind: str) -> Iterator[tuple[str, Answer]]:
        return ((path, answer) for path, answer in self.answers.items() if answer["content-type"].split(";")[0] == kind)


def walk(host: Host, *starts: str, base: str) -> Walk:
    """Follow every link from some addresses.

    base  the guide's folder: what lies outside it is broken, as nobody but the guide is there
    """
    done, parts = Walk(), set()
    waiting = [(start, start) for start in starts]
    while waiting:
        path, named_on = waiting.pop()
        if path in done.answers:
            continue
        answer = done.answers[path] = host.ask(path)
        if answer.status not in (200, 301, 302) or not path.startswith(base):
            done.broken.add(f"{named_on}: {path} gives {answer.status}")
        led = [re.sub(r"^https?://127[^/]*", "", answer["Location"])] if answer["Location"] else []
        for named in [*led, *_named(path, answer, done)]:
            whole, part = urldefrag(urljoin(f"http://host.test{path}", named))
            if urlsplit(whole).netloc == "host.test" and urlsplit(whole).scheme == "http":
                there = urlsplit(whole).path
                waiting.append((there, path))
                parts.add((there, unquote(part), path))
    for there, part, named_on in parts:
        if part and there in done.ids and part not in done.ids[there]:
            done.broken.add(f"{named_on}: {there} has no #{part}")
    return done


def _named(path: str, answer: Answer, done: Walk) -> list[str]:
    kind = answer["content-type"].split(";")[0]
    if kind == "text/html":
        page = _Page()
        page.feed(answer.body.decode())
        done.ids[path] = page.ids
        return page.named
    if kind in ("text/css", "text/javascript"):
        found = (IN_STYLES if kind == "text/css" else IN_SCRIPTS).findall(answer.body.decode())
        return [name for name in found if not name.startswith(("data:", "#"))]
    return []
