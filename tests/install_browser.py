"""Sees that the tests have a browser: one that is there, else Playwright's own, else the distribution's package.

It installs nothing where a browser is found.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)


def find_browser() -> str | None:
    """The path of a Chromium or Chrome, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    return next((place for place in [*PLACES, _playwrights_own()] if place and Path(place).exists()), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        return driver.chromium.executable_path


def install_browser() -> None:
    """Install a browser by the first way that works."""
    ways = [
        [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
        [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium", "fonts-dejavu-core"]],
        [["sudo", "-n", "apt-get", "update", "-q"], ["sudo", "-n", "apt-get", "install", "-y", "-q", "chromium"]],
        [["dnf", "install", "-y", "chromium"]],
    ]
    for way in ways:
        if shutil.which(way[0][0]) and all(subprocess.run(command).returncode == 0 for command in way) and find_browser():
            return
    sys.exit("No browser could be installed. Install Chromium or Chrome by hand, then run `make test` again.")


if __name__ == "__main__":
    if find_browser() is None:
        install_browser()
    print(f"Browser for the tests: {find_browser()}")
