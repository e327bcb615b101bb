"""Fixtures: the guide built for the root of a host and for a folder, and served by real hosts.

A plugin that the test files here name, and no conftest: pytest knows one module of that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from conftest import ROOT, built
from crawl import Host, Walk, walk
from guide.hosts import nginx
from guide.project import Guide, open_guide
from made import Made, recipe
from servers import apache_with, nginx_with, readable_folder

FOLDER = "/patients/microneedling/"
FRAMED_BY = "https://www.clinic.test"


@pytest.fixture(scope="session")
def at_root(guide: Guide, site: Path) -> Made:
    """The shipped clinic's guide, at the root of its host."""
    assert guide.clinic.site.base_path == "/", "else the tests here would prove nothing of the root"
    return Made(guide, site)


@pytest.fixture(scope="session")
def in_folder(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same in a folder of its host, and shown in the clinic's own pages."""
    folder = tmp_path_factory.mktemp("in-folder")
    text = (ROOT / "clinic.yml").read_text(encoding="utf-8")
    changed = text.replace("\n  base_path: /", f"\n  base_path: {FOLDER}").replace("\n  framed_by:\n", f"\n  framed_by:\n    - {FRAMED_BY}\n")
    assert FOLDER in changed and FRAMED_BY in changed
    (folder / "clinic.yml").write_text(changed, encoding="utf-8")
    return Made(open_guide(ROOT, str(folder / "clinic.yml")), built(folder / "site", clinic=folder / "clinic.yml").site)


@pytest.fixture(scope="session", params=["root", "folder"])
def made(request: pytest.FixtureRequest) -> Made:
    """The guide, once at the root of a host and once in a folder."""
    return request.getfixturevalue({"root": "at_root", "folder": "in_folder"}[request.param])


@dataclass(frozen=True)
class Hosted:
    """A guide on a real host."""

    kind: str
    made: Made
    host: Host
    log: Path

    @property
    def base(self) -> str:
        return self.made.rules.base

    @cached_property
    def walk(self) -> Walk:
        """From each page that was built to all that it names."""
        pages = (file.parent.relative_to(self.made.site).as_posix() for file in self.made.site.rglob("index.html"))
        return walk(self.host, *(f"{self.base}{page}/".replace("/./", "/") for page in pages), base=self.base)


def _nginx(made: Made, build: Path, *, https: bool) -> str:
    """The recipe's server block, put where this machine can read it."""
    told = recipe(made, "nginx", build)
    guide_conf = (told / "guide.conf").read_text(encoding="utf-8").replace(nginx.FOLDER, str(told))
    (told / "guide.conf").write_text(guide_conf.replace("# add_header Strict", "add_header Strict") if https else guide_conf, encoding="utf-8")
    return (told / "server.conf").read_text(encoding="utf-8").replace(nginx.FOLDER, str(told))


@pytest.fixture(scope="session", params=["nginx", "apache"])
def hosted(request: pytest.FixtureRequest, made: Made) -> Iterator[Hosted]:
    """The guide under a real nginx and a real Apache, at the root and in a folder; in the folder, its host turned https on for good."""
    https = made.rules.base != "/"
    with readable_folder() as build:
        if request.param == "nginx":
            with nginx_with(_nginx(made, build, https=https)) as started, Host(started.port) as host:
                yield Hosted("nginx", made, host, started.log)
        else:
            told = recipe(made, "apache", build)
            file = told / "public" / made.rules.base.strip("/") / ".htaccess"
            if https:
                file.write_text(file.read_text(encoding="utf-8").replace("# Header always set Strict", "Header always set Strict"), encoding="utf-8")
            with apache_with(told / "public") as started, Host(started.port) as host:
                yield Hosted("apache", made, host, started.log)
