"""Brings what the tests have from npm's registry, and what is needed to fetch and run it.

npm fetches a package by its exact version, and it is kept only if it is the very file that was pinned.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / ".venv" / "npm"
# What Debian and Fedora call the packages that bring each program, and what a person installs by hand.
PACKAGES = {
    "npm": ("npm", "nodejs-npm", "Node.js, which brings npm"),
    "node": ("nodejs", "nodejs", "Node.js 18 or newer"),
    "java": ("default-jre-headless", "java-latest-openjdk-headless", "Java 17 or newer"),
}


@dataclass(frozen=True)
class Tool:
    """A tool of the tests that comes from npm's registry.

    called   its name in a sentence
    package  its name there
    version  the one version that the tests use
    pinned   sha256 of what npm packs
    file     the file in the package that is run
    run      the program that runs it, and what is said to that program before the file
    """

    called: str
    package: str
    version: str
    pinned: str
    file: str
    run: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where the package is kept."""
        return KEPT / f"{self.package}-{self.version}"

    @property
    def command(self) -> list[str]:
        """What starts the tool."""
        return [*self.run, str(self.folder / self.file)]

    def works(self) -> bool:
        """Whether the tool is there and runs: on a Mac, `java` may be a mere note on where to get one."""
        try:
            shown = subprocess.run([*self.command, "--version"], capture_output=True)
        except OSError:
            return False
        return self.version.encode() in shown.stdout


def has(program: str) -> bool:
    """Whether a program is there and answers."""
    path = shutil.which(program)
    return path is not None and subprocess.run([path, "-version" if program == "java" else "--version"], capture_output=True).returncode == 0


def ways(program: str) -> list[list[list[str]]]:
    """Each way to bring a program, as a list of commands."""
    debian, fedora, _ = PACKAGES[program]
    apt = [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", debian]]
    dnf = [["dnf", "install", "-y", fedora]]
    return [way for each in (apt, dnf) for way in (each, [["sudo", "-n", *command] for command in each])]


def bring(program: str, tool: Tool) -> None:
    """Install a program that a tool needs where it is missing, by the first way that works."""
    if has(program):
        return
    for way in ways(program):
        if shutil.which(way[0][0]) and all(subprocess.run(command).returncode == 0 for command in way) and has(program):
            return
    sys.exit(f"The tests use {tool.called}, which needs {PACKAGES[program][2]}. Install it by hand, then run `make test` again.")


def fetch(tool: Tool) -> None:
    """Fetch a tool's package with npm."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([shutil.which("npm"), "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, f"{tool.package}@{tool.version}"], stdout=subprocess.DEVNULL)
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            sys.exit(f"npm could not fetch {tool.called} ({tool.package} {tool.version}). Look at what it says above, then run `make test` again.")
        unpack(packed, tool)


def unpack(packed: Path, tool: Tool) -> None:
    """Keep a package from npm, whole or not at all.

    packed  the package, a .tgz file
    """
    if hashlib.sha256(packed.read_bytes()).hexdigest() != tool.pinned:
        sys.exit(f"{tool.package} {tool.version} that npm fetched is not the file that the tests name for {tool.called}. It was not kept.")
    shutil.rmtree(tool.folder, ignore_errors=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder, tarfile.open(packed) as package:
        package.extractall(folder, filter="data")
        (Path(folder) / "package").rename(tool.folder)


def install(tool: Tool) -> None:
    """Bring what is missing: the program that runs the tool, npm, then the tool. Nothing, where the tool works."""
    if not tool.works():
        bring(tool.run[0], tool)
    if not tool.works():
        bring("npm", tool)
        fetch(tool)
        if not tool.works():
            sys.exit(f"{tool.run[0]} does not run {tool.called}. Install {PACKAGES[tool.run[0]][2]} by hand, then run `make test` again.")
    print(f"For the tests: {tool.called}, {tool.version}")
