"""The commands of the Makefile, with stand-ins for Python and pip that write down what they are asked: nothing is installed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

import install_browser
import install_npm
from conftest import ROOT
from install_checker import CHECKER
from install_types import TYPESCRIPT

STAND_IN = """#!/bin/sh
echo "$@" >> "{log}"
echo "${{CLINIC-none}}" >> "{log}.clinic"
case "$*" in
  *sys.version_info*) exec "{python}" "$@" ;;
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$0" .venv/bin/pip ;;
esac
"""


WITH_MAKE = pytest.mark.skipif(os.name == "nt", reason="Windows has no make: README gives the steps that stand in for it")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone with no virtual environment, in a folder with a space and an accent in its name."""
    folder = tmp_path / "the guide, café"
    folder.mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "requirements-audit.txt"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    stand_in = folder / "python-stand-in"
    stand_in.write_text(STAND_IN.format(log=folder / "asked", python=sys.executable), encoding="utf-8")
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    return folder


def asked(folder: Path, *command: str, **more: str) -> list[str]:
    """What a command asks of Python; nothing of it is remembered for the next."""
    env = {name: value for name, value in os.environ.items() if name not in ("CLINIC", "MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(command, cwd=folder, env={**env, "PYTHON": "./python-stand-in", **more}, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    log = folder / "asked"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line for line in lines if "sys.version_info" not in line]


SITE = ["-m venv .venv", "-m pip install --quiet -r requirements.txt"]
TEST = [*SITE, "-m pip install --quiet -r requirements-test.txt"]
RUNS_TESTS = ["tests/install_browser.py", "tests/install_checker.py", "tests/install_types.py", "-m pytest -n auto tests"]
COMMANDS = [
    # command, what it installs, what it runs
    ("serve", SITE, ["-m mkdocs serve"]),
    ("site", SITE, ["-m mkdocs build"]),
    ("new-clinic", SITE, ["-m guide new"]),
    ("check", SITE, ["-m guide check"]),
    ("schema", SITE, ["-m guide schema"]),
    ("published", SITE, ["-m mkdocs build --quiet", "-m guide published"]),
    ("test", TEST, RUNS_TESTS),
    ("words", SITE, ["-m guide words"]),
    ("due", SITE, ["-m guide due"]),
    ("scores", SITE, ["-m guide scores"]),
    ("audit", [*TEST, "-m pip install --quiet -r requirements-audit.txt"], ["tests/install_browser.py", "-m mkdocs build --quiet", "-m guide audit", "tests/search/audit.py"]),
    ("pictures", TEST, ["tests/install_browser.py", "tests/pictures.py"]),
]


@WITH_MAKE
@pytest.mark.parametrize(("command", "installs", "runs"), COMMANDS, ids=[command for command, *_ in COMMANDS])
def test_a_command_installs_what_it_needs_once_and_a_second_time_nothing(command: str, installs: list[str], runs: list[str], fresh: Path) -> None:
    assert asked(fresh, "make", command) == [*installs, *runs]
    assert asked(fresh, "make", command) == runs


@WITH_MAKE
def test_the_files_to_look_at_for_claims_come_after_the_command(fresh: Path) -> None:
    asked(fresh, "make", "site")
    assert asked(fresh, "make", "words", "FILES=one.txt two.html") == ["-m guide words one.txt two.html"]


@WITH_MAKE
def test_ci_runs_make_test_and_nothing_else(fresh: Path, tmp_path: Path) -> None:
    assert asked(fresh, str(fresh / ".ci" / "run")) == [*TEST, *RUNS_TESTS]
    lines = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]


@WITH_MAKE
def test_changed_pins_are_installed(fresh: Path) -> None:
    asked(fresh, "make", "test")
    later = (fresh / ".venv" / "test.done").stat().st_mtime + 10
    os.utime(fresh / "requirements.txt", (later, later))
    assert asked(fresh, "make", "test")[:2] == TEST[1:]


@WITH_MAKE
def test_an_environment_that_was_left_half_made_is_made_again(fresh: Path) -> None:
    asked(fresh, "make", "site")
    for name in ("pip", "../site.done"):  # as where Python could be linked and pip could not be installed
        (fresh / ".venv" / "bin" / name).unlink()
    assert asked(fresh, "make", "site") == [*SITE, "-m mkdocs build"]


@WITH_MAKE
@pytest.mark.parametrize("way", ["before", "after"])
def test_another_clinics_file_may_stand_before_or_after_the_command(way: str, fresh: Path) -> None:
    clinic = "path/to/other clinic.yml"
    if way == "before":
        asked(fresh, "make", "site", CLINIC=clinic)
    else:
        asked(fresh, "make", "site", f"CLINIC={clinic}")
    assert (fresh / "asked.clinic").read_text(encoding="utf-8").splitlines()[-1] == clinic


@WITH_MAKE
def test_help_lists_every_command() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8").stdout
    listed = re.findall(r"^  make ([\w-]+) +\S", shown, re.M)
    assert listed == ["help", *(command for command in ("serve", "site", "new-clinic", "check", "test", "words", "due", "scores", "audit", "schema", "published", "pictures"))]


def test_every_pin_is_exact_and_has_its_reason() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[\w.-]+==[\w.]+(; [^#]+)? +# .+", line), f"{name}: {line}"


# --- The browser --------------------------------------------------------------------------------------------------


class Machine:
    """A machine without a browser on which some ways to get one work.

    works  the number of the way, from 0, by which a browser can be installed; None where none works
    """

    def __init__(self, works: int | None) -> None:
        self.works = works
        self.run: list[list[str]] = []

    def command(self, command: list[str], **options: object) -> subprocess.CompletedProcess:
        self.run.append(command)
        return subprocess.CompletedProcess(command, 0 if self.works is not None and command in install_browser.WAYS[self.works] else 1)

    def browser(self) -> str | None:
        return "/a/browser" if self.works is not None and install_browser.WAYS[self.works][-1] in self.run else None


@pytest.fixture
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(request.param)
    monkeypatch.setattr(install_browser.subprocess, "run", made.command)
    monkeypatch.setattr(install_browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install_browser, "find_browser", made.browser)
    return made


@pytest.mark.parametrize("machine", range(len(install_browser.WAYS)), indirect=True)
def test_ways_to_a_browser_are_tried_in_order_until_one_works(machine: Machine) -> None:
    install_browser.install_browser()
    firsts = [way[0] for way in install_browser.WAYS[: machine.works + 1]]
    assert [command for command in machine.run if command in firsts] == firsts
    assert machine.run[-1] == install_browser.WAYS[machine.works][-1]


def test_playwrights_own_comes_before_the_distributions_package() -> None:
    tools = ["playwright" if "playwright" in way[0] else "distribution" for way in install_browser.WAYS]
    assert tools == sorted(tools, reverse=True)
    assert "--with-deps" in install_browser.WAYS[0][0]


@pytest.mark.parametrize("machine", [None], indirect=True)
def test_where_no_way_works_a_person_is_told_what_to_do(machine: Machine) -> None:
    with pytest.raises(SystemExit, match="Install Chromium or Chrome by hand"):
        install_browser.install_browser()


def test_a_browser_that_is_there_comes_before_playwrights_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.touch()
    monkeypatch.setattr(install_browser.shutil, "which", {"google-chrome": "/there/chrome", "chromium-browser": "/there/a-note"}.get)
    monkeypatch.setattr(install_browser, "PLACES", ())
    monkeypatch.setattr(install_browser, "_playwrights_own", lambda: str(own))
    monkeypatch.setattr(install_browser, "works", lambda browser: browser != "/there/a-note")
    assert install_browser.find_browser() == "/there/chrome"
    monkeypatch.setattr(install_browser, "works", lambda browser: browser == str(own))
    assert install_browser.find_browser() == str(own)


@WITH_MAKE
def test_a_note_on_where_to_get_a_browser_is_no_browser(tmp_path: Path) -> None:
    note = tmp_path / "chromium-browser"
    note.write_text("#!/bin/sh\necho 'Command requires the chromium snap to be installed.' >&2\nexit 1\n", encoding="utf-8")
    note.chmod(0o755)
    assert not install_browser.works(str(note))
    assert not install_browser.works(str(tmp_path / "nothing"))


# --- What comes from npm ------------------------------------------------------------------------------------------

TOOL = install_npm.Tool(called="a tool", package="a-tool", version="1.2.3", pinned="", file="tool.js", run=("node",))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A machine with neither Java nor Node.js nor npm, where nothing can be installed; it gives the commands that were tried."""
    tried: list[list[str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
        tried.append(command)
        return subprocess.CompletedProcess(command, 1, stdout=b"")

    monkeypatch.setattr(install_npm.subprocess, "run", run)
    monkeypatch.setattr(install_npm.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install_npm, "KEPT", tmp_path / "npm")
    return tried


@pytest.mark.parametrize("program", install_npm.PACKAGES)
def test_where_a_program_cannot_be_installed_a_person_is_told_which(program: str, bare: list[list[str]]) -> None:
    with pytest.raises(SystemExit, match=f"a tool, which needs {re.escape(install_npm.PACKAGES[program][2])}. Install it by hand"):
        install_npm.bring(program, TOOL)
    assert [command for command in bare if "update" in command or "install" in command] == [way[0] for way in install_npm.ways(program)], "a way ends at its first command that fails"


@pytest.mark.parametrize("program", install_npm.PACKAGES)
@pytest.mark.parametrize("way", range(4))
def test_ways_to_a_program_are_tried_in_order_until_one_works(way: int, program: str, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    right = install_npm.ways(program)[way]

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
        bare.append(command)
        return subprocess.CompletedProcess(command, 0 if command in right else 1)

    monkeypatch.setattr(install_npm.subprocess, "run", run)
    monkeypatch.setattr(install_npm, "has", lambda name: right[-1] in bare)
    install_npm.bring(program, TOOL)
    assert bare[-len(right) :] == right


@pytest.mark.parametrize("tool", [CHECKER, TYPESCRIPT], ids=lambda tool: tool.package)
def test_a_tool_that_cannot_be_fetched_is_told(tool: install_npm.Tool, bare: list[list[str]]) -> None:
    with pytest.raises(SystemExit, match=f"npm could not fetch {tool.called}"):
        install_npm.fetch(tool)
    assert f"{tool.package}@{tool.version}" in bare[-1]


def test_a_program_that_does_not_run_its_tool_is_told(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    monkeypatch.setattr(install_npm, "bring", lambda program, tool: steps.append(program))
    monkeypatch.setattr(install_npm, "fetch", lambda tool: steps.append(tool.package))
    with pytest.raises(SystemExit, match="node does not run a tool"):
        install_npm.install(TOOL)
    assert steps == ["node", "npm", "a-tool"]


def test_a_tool_that_works_is_not_fetched_again(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install_npm.Tool, "works", lambda tool: True)
    install_npm.install(TOOL)
    assert bare == []


def test_a_package_other_than_the_one_that_was_pinned_is_not_kept(tmp_path: Path, bare: list[list[str]]) -> None:
    packed, inside = tmp_path / "packed.tgz", tmp_path / "tool.js"
    inside.write_bytes(b"a tool")
    with tarfile.open(packed, "w:gz") as package:
        package.add(inside, f"package/{TOOL.file}")
    with pytest.raises(SystemExit, match="It was not kept"):
        install_npm.unpack(packed, TOOL)
    assert not TOOL.folder.exists()
    pinned = replace(TOOL, pinned=hashlib.sha256(packed.read_bytes()).hexdigest())
    for _ in range(2):  # the second time, over a package that was there and did not work
        install_npm.unpack(packed, pinned)
        assert (pinned.folder / TOOL.file).read_bytes() == b"a tool"
    assert [kept.name for kept in install_npm.KEPT.iterdir()] == ["a-tool-1.2.3"]
