"""Takes the pictures of the README from the built site: `make pictures`.

They are files in pictures/, so that a reader of the repository sees what the guide looks like.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import built, served  # noqa: E402  the tests' own way to build and serve, which needs the path above
from install_browser import find_browser  # noqa: E402

SHOTS = [
    # name, page, width and height in pixels, colour scheme
    ("home-phone", "", 390, 844, "light"),
    ("aftercare-phone", "aftercare/first-days/", 390, 844, "dark"),
    ("call-phone", "aftercare/when-to-call/", 390, 844, "light"),
    ("evidence-desk", "understand/what-it-can-help/", 1280, 844, "light"),
]


def take_pictures(folder: Path) -> None:
    """Build the shipped clinic's guide and photograph it.

    folder  where the pictures go
    """
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = built(Path(scratch) / "site").site
        with contextmanager(served)(site, Path(scratch) / "host", "/") as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            for name, page, width, height, scheme in SHOTS:
                view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                view.goto(f"{address}{page}")
                view.screenshot(path=folder / f"{name}.png")
                view.close()
            browser.close()


if __name__ == "__main__":
    take_pictures(ROOT / "pictures")
