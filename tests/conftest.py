"""What tests share: the guide as the shipped clinic has it, built sites, and a browser that looks at them."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from guide.project import Guide, open_guide
from install_browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180_000  # milliseconds that a page may take on a slow machine; no test passes because of it
OTHER_CLINIC = ROOT / "tests" / "clinics" / "obrien.yml"


def run_build(*options: str, clinic: Path | str | None = None, site: Path | str, project: Path = ROOT, folder: Path | None = None) -> subprocess.CompletedProcess:
    """Run `mkdocs build` as a person would, and return what it printed and how it ended.

    options  more words for the command line
    clinic   what the person wrote for CLINIC; None where they wrote nothing
    site     the folder to build
    project  the guide's folder
    folder   the folder that the person is in; left out, the guide's
    """
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    env.pop("CLINIC", None)
    if clinic is not None:
        env["CLINIC"] = str(clinic)
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(project / "mkdocs.yml"), "--site-dir", str(site), *options]
    return subprocess.run(command, cwd=folder or project, env=env, capture_output=True, text=True, encoding="utf-8")


@dataclass(frozen=True)
class Built:
    """A site that was built without a fault, and what the command printed."""

    site: Path
    printed: str


def built(site: Path, clinic: Path | str | None = None) -> Built:
    """A site that was built without a fault."""
    done = run_build(site=site, clinic=clinic)
    assert done.returncode == 0, done.stderr
    return Built(site, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide with the shipped example clinic."""
    return open_guide(ROOT)


@pytest.fixture(scope="session")
def other_guide() -> Guide:
    """The guide with the second clinic: another country, another protocol, awkward characters."""
    return open_guide(ROOT, str(OTHER_CLINIC))


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The shipped clinic's site, built where an older site stood."""
    site = tmp_path_factory.mktemp("shipped") / "site"
    (site / ".git").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("the host's own", encoding="utf-8")
    (site / "gone.html").write_text("a page of the older site", encoding="utf-8")
    return built(site)


@pytest.fixture(scope="session")
def other_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The second clinic's site, built where there was none."""
    return built(tmp_path_factory.mktemp("other") / "site", clinic=OTHER_CLINIC)


@pytest.fixture(scope="session")
def site(shipped_build: Built) -> Path:
    """The shipped clinic's site."""
    return shipped_build.site


@pytest.fixture(scope="session")
def other_site(other_build: Built) -> Path:
    """The second clinic's site."""
    return other_build.site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may break."""
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("clinic.yml", "mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy / name)
    for name in ("data", "docs", "guide", "overrides"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: a test's own failure says what matters."""


def served(site: Path, folder: Path, base_path: str) -> Iterator[str]:
    """Serve a copy of a site under a base path, and give its address.

    folder  an empty folder, the host's root
    """
    shutil.copytree(site, folder / base_path.strip("/"), dirs_exist_ok=True)
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base_path}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path, guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped clinic's site, served as on a real host under its base path."""
    yield from served(site, tmp_path_factory.mktemp("host"), guide.clinic.site.base_path)


@pytest.fixture(scope="session")
def other_address(other_site: Path, other_guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the second clinic's site: long names, text from right to left."""
    yield from served(other_site, tmp_path_factory.mktemp("other-host"), other_guide.clinic.site.base_path)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The browser that is there, kept from talking to its maker."""
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": quiet}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """A browser that waits long for what must come: a slow machine gives the same answer as a fast one.

    It lets a test bring into a page what the guide's policy refuses, such as a style, to see a fault found: test_policy.py alone looks under the policy.
    """
    make = browser.new_context

    def patient(**options: Any) -> BrowserContext:
        context = make(**{"bypass_csp": True, **options})
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = patient
    return browser


def page_paths(site: Path) -> list[str]:
    """Every page of a built site, as the end of its address; the small ones that only lead on, and their list, have no article and are left out."""
    pages = (path for path in site.rglob("index.html") if "<article" in path.read_text(encoding="utf-8"))
    return sorted(path.parent.relative_to(site).as_posix().replace(".", "", 1) + "/" for path in pages)
