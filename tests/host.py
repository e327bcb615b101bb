"""A host for tests that reads `_headers` as Netlify and Cloudflare Pages do, and has our page for a wrong address."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def header_rules(text: str) -> dict[str, dict[str, str]]:
    """What a `_headers` file says: headers by address, which may end in `*`.

    Errors: AssertionError where an address, or a header of one, comes twice.
    """
    read: dict[str, dict[str, str]] = {}
    address = ""
    for line in text.splitlines():
        if line.startswith(" "):
            name, value = line.strip().split(": ", 1)
            assert name not in read[address], f"{name} twice"
            read[address][name] = value
        elif line and not line.startswith("#"):
            address = line
            assert address not in read, f"{address} twice"
            read[address] = {}
    return read


def headers_for(path: str, told: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Every header that the rules give to a path."""
    for address, headers in told.items():
        start, splat, _ = address.partition("*")
        if path.startswith(start) if splat else path == start:
            yield from headers.items()


class _Host(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args: object, told: dict[str, dict[str, str]], **more: object) -> None:
        self.told = told
        super().__init__(*args, **more)

    def end_headers(self) -> None:
        for name, value in headers_for(self.path.split("?")[0], self.told):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *args: object) -> None:
        lost = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(lost)))
        self.end_headers()
        self.wfile.write(lost)

    def log_message(self, *args: object) -> None:
        """Say nothing: a test's own failure says what matters."""


@contextmanager
def hosting(folder: Path, told: dict[str, dict[str, str]]) -> Iterator[str]:
    """The address of a host on a port, and so an origin, of its own.

    told  the headers that it sends, as `header_rules` gives them
    """
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder), told=told)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
