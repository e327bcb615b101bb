"""Sees that the tests have the Nu HTML checker, the one that says whether a page is valid, and a Java to run it.

The checker comes from npm's registry, by npm: Python's has it only in a version that does not know the HTML of today.
It installs nothing where a checker is found that works.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "26.9.27"
PINNED = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"  # sha256 of what npm packs
INSIDE = "package/build/dist/vnu.jar"
CHECKER = Path(__file__).resolve().parent.parent / ".venv" / "checker" / f"vnu-{VERSION}.jar"
# What Debian and Fedora call the packages that bring each tool, and what a person installs by hand.
PACKAGES = {
    "npm": ("npm", "nodejs-npm", "Node.js, which brings npm"),
    "java": ("default-jre-headless", "java-latest-openjdk-headless", "Java 17 or newer"),
}


def works() -> bool:
    """Whether the checker is there and Java runs it: on a Mac, `java` may be a mere note on where to get one."""
    try:
        shown = subprocess.run(["java", "-jar", str(CHECKER), "--version"], capture_output=True)
    except OSError:
        return False
    return VERSION.encode() in shown.stdout


def has(tool: str) -> bool:
    """Whether a tool is there and answers."""
    path = shutil.which(tool)
    return path is not None and subprocess.run([path, "-version" if tool == "java" else "--version"], capture_output=True).returncode == 0


def ways(tool: str) -> list[list[list[str]]]:
    """Each way to bring a tool, as a list of commands."""
    debian, fedora, _ = PACKAGES[tool]
    apt = [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", debian]]
    dnf = [["dnf", "install", "-y", fedora]]
    return [way for each in (apt, dnf) for way in (each, [["sudo", "-n", *command] for command in each])]


def bring(tool: str) -> None:
    """Install a tool where it is missing, by the first way that works."""
    if has(tool):
        return
    for way in ways(tool):
        if shutil.which(way[0][0]) and all(subprocess.run(command).returncode == 0 for command in way) and has(tool):
            return
    sys.exit(f"The tests check every page with the Nu HTML checker, which needs {PACKAGES[tool][2]}. Install it by hand, then run `make test` again.")


def fetch() -> None:
    """Fetch the checker, and keep it only if it is the very file that was pinned."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([shutil.which("npm"), "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, f"vnu-jar@{VERSION}"], stdout=subprocess.DEVNULL)
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            sys.exit(f"npm could not fetch the Nu HTML checker (vnu-jar {VERSION}). Look at what it says above, then run `make test` again.")
        unpack(packed)


def unpack(packed: Path) -> None:
    """Take the checker out of a package from npm.

    packed  the package, a .tgz file
    """
    if hashlib.sha256(packed.read_bytes()).hexdigest() != PINNED:
        sys.exit(f"The Nu HTML checker {VERSION} that npm fetched is not the one that tests/install_checker.py names. It was not kept.")
    CHECKER.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(packed) as package:
        CHECKER.write_bytes(package.extractfile(INSIDE).read())


def install_checker() -> None:
    """Bring what is missing: Java, npm, then the checker."""
    bring("java")
    if not works():
        bring("npm")
        fetch()
    if not works():
        sys.exit(f"Java does not run the Nu HTML checker. Install {PACKAGES['java'][2]} by hand, then run `make test` again.")


if __name__ == "__main__":
    if not works():
        install_checker()
    print(f"HTML checker for the tests: Nu {VERSION}")
