"""Takes the pictures of README.md and CONTRIBUTING.md from the built site: `make pictures`.

Each key page becomes one picture of four settings side by side: on a phone in light and in dark colours, on a wide
screen, and on paper. They are files in pictures/, so that whoever opens the repository sees what the guide looks like.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import built, served  # noqa: E402  the tests' own way to build and serve, which needs the path above
from install_browser import find_browser  # noqa: E402

PAGES = {
    "home": "",
    "how-it-works": "understand/how-it-works/",
    "what-it-can-help": "understand/what-it-can-help/",
    "before-you-book": "decide/is-it-for-me/",
    "brown-and-black-skin": "decide/brown-and-black-skin/",
    "options": "options/side-by-side/",
    "getting-ready": "prepare/getting-ready/",
    "the-visit": "the-day/step-by-step/",
    "first-days": "aftercare/first-days/",
    "warning-signs": "aftercare/when-to-call/",
}
SETTINGS = [
    # width and height of the screen or the sheet, colour scheme, medium
    (390, 844, "light", "screen"),
    (390, 844, "dark", "screen"),
    (1280, 844, "light", "screen"),
    (794, 1123, "light", "print"),
]
TALL, GAP = 844, 24  # pixels: height of the strip, and room between its pictures
GROUND = "#d9d4ca"


def take_pictures(folder: Path) -> None:
    """Build the shipped clinic's guide and photograph its key pages.

    folder  where the pictures go; a picture there that is none of them is deleted
    """
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = built(Path(scratch) / "site").site
        with contextmanager(served)(site, Path(scratch) / "host", "/") as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            for name, page in PAGES.items():
                shots = [photograph(browser, f"{address}{page}", *setting) for setting in SETTINGS]
                side_by_side(browser, shots, folder / f"{name}.png")
            browser.close()
    for old in folder.glob("*.png"):
        if old.stem not in PAGES:
            old.unlink()


def photograph(browser: Browser, url: str, width: int, height: int, scheme: str, medium: str) -> bytes:
    """The top of a page as a PNG."""
    view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    view.emulate_media(media=medium)
    view.goto(url)
    shot = view.screenshot()
    view.close()
    return shot


def side_by_side(browser: Browser, shots: list[bytes], path: Path) -> None:
    """Join pictures of any size into a strip of one height."""
    images = "".join(f'<img height="{TALL}" src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots)
    view = browser.new_page(viewport={"width": 4096, "height": TALL + 2 * GAP})
    view.set_content(f'<body style="margin:0;background:{GROUND}"><div style="display:inline-flex;gap:{GAP}px;padding:{GAP}px">{images}</div>')
    view.locator("div").screenshot(path=path)
    view.close()


if __name__ == "__main__":
    take_pictures(ROOT / "pictures")
