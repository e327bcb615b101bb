"""Sees that the tests have a browser: one that is there, else Playwright's own, else the distribution's package.

It installs nothing where a browser is found that works.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# The shell without windows comes first: it opens pages in half the time, and is the same browser otherwise.
NAMES = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
SLOWEST = 60  # seconds that a browser may take to start on a busy machine
PLAYWRIGHT = [sys.executable, "-m", "playwright", "install"]
# Each way is a list of commands; Playwright's own comes first, with the system's libraries or where they are there already.
WAYS = (
    [[*PLAYWRIGHT, "--with-deps", "chromium"]],
    [[*PLAYWRIGHT, "chromium"]],
    [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium-headless-shell", "fonts-dejavu-core"]],
    [["apt-get", "install", "-y", "-q", "chromium", "fonts-dejavu-core"]],
    [["sudo", "-n", "apt-get", "update", "-q"], ["sudo", "-n", "apt-get", "install", "-y", "-q", "chromium-headless-shell", "fonts-dejavu-core"]],
    [["sudo", "-n", "apt-get", "install", "-y", "-q", "chromium", "fonts-dejavu-core"]],
    [["dnf", "install", "-y", "chromium"]],
    [["sudo", "-n", "dnf", "install", "-y", "chromium"]],
)


def find_browser() -> str | None:
    """The path of a Chromium or Chrome that works, or None."""
    return next(filter(works, _candidates()), None)


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if Path(place).exists())
    own = _playwrights_own()
    if Path(own).exists():
        yield own


@cache
def works(browser: str) -> bool:
    """Whether a browser opens a page: Ubuntu's `chromium-browser` may be a mere note on where to get one."""
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "data:text/html,<p>here</p>"]
    try:
        shown = subprocess.run(command, capture_output=True, timeout=SLOWEST)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"here" in shown.stdout


def _playwrights_own() -> str:
    """Where Playwright keeps its own Chromium, whether it is there yet or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        return driver.chromium.executable_path


def install_browser() -> None:
    """Install a browser by the first way that ends with one that works."""
    for way in WAYS:
        if shutil.which(way[0][0]) and all(subprocess.run(command).returncode == 0 for command in way):
            works.cache_clear()
            if find_browser():
                return
    sys.exit("No browser could be installed. Install Chromium or Chrome by hand, then run `make test` again.")


if __name__ == "__main__":
    if find_browser() is None:
        install_browser()
    print(f"Browser for the tests: {find_browser()}")
