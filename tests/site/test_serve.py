"""`mkdocs serve` shows each change at once, survives a fault in any file, and stops in plain words where the first build fails."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import OTHER_CLINIC

LONGEST = 60  # seconds that a build may take on a slow and busy machine


def serve_command(project: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(project / "mkdocs.yml"), "--dev-addr", f"127.0.0.1:{port}"]


def environment(clinic: Path, folder: Path) -> dict[str, str]:
    """What a person's shell holds; what is made for the time being goes to a folder that the test can look at."""
    folder.mkdir(exist_ok=True)
    return {**os.environ, "CLINIC": str(clinic), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "TMPDIR": str(folder)}


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something to hold."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)


class Served:
    """A guide that is being served, with the clinic file in another folder than the project."""

    def __init__(self, project: Path, clinic: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.log = folder / "serve.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(serve_command(project, port), cwd=folder, env=environment(clinic, folder / "tmp"), stdout=log, stderr=log)

    def told(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def shows(self, text: str, page: str = "about/the-clinic/") -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}{page}", timeout=LONGEST) as answer:
                return text in answer.read().decode("utf-8")
        except OSError:
            return False

    def changed(self, file: Path, good: str, bad: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert good in text, f"{file} no longer holds {good!r}: choose another text for this test to change"
        file.write_text(text.replace(good, bad, 1), encoding="utf-8")


@pytest.fixture
def served(project: Path, tmp_path: Path) -> Iterator[Served]:
    clinic = tmp_path / "elsewhere"
    clinic.mkdir()
    for name in (OTHER_CLINIC.name, "obrien.svg"):
        shutil.copy(OTHER_CLINIC.parent / name, clinic / name)
    serving = Served(project, clinic / OTHER_CLINIC.name, tmp_path)
    yield serving
    serving.process.terminate()
    serving.process.wait(LONGEST)


def test_each_change_shows_and_no_fault_ends_the_serving(served: Served, project: Path, tmp_path: Path) -> None:
    clinic, page = tmp_path / "elsewhere" / OTHER_CLINIC.name, project / "docs" / "about" / "the-clinic.md"
    until(lambda: served.shows("Test Reviewer", "index.html"), f"the first build: {served.told()}")

    served.changed(clinic, "Test Reviewer", "Second Reviewer")
    until(lambda: served.shows("Second Reviewer"), "a change in the clinic file")

    served.changed(clinic, "name: O'Brien", "naem: O'Brien")
    until(lambda: "did you mean “name”?" in served.told(), "a fault in the clinic file")
    assert served.process.poll() is None
    served.changed(clinic, "naem: O'Brien", "name: Mended & O'Brien")
    until(lambda: served.shows("Mended &amp; O&#39;Brien"), "the mended clinic file")

    served.changed(page, "\n## ", '\n{{ clinic("nmae") }}\n\n## ')
    until(lambda: "did you mean “name”?" in served.told().rpartition("the-clinic.md")[2], "a fault in a page")
    assert served.process.poll() is None
    served.changed(page, '{{ clinic("nmae") }}', "A sentence from a page.")
    until(lambda: served.shows("A sentence from a page."), "a change in a page")

    served.changed(project / "data" / "words.yml", 'checked_by: "', 'checked_by: "A word from the data ')
    until(lambda: served.shows("A word from the data"), "a change in a data file")

    served.changed(project / "overrides" / "components" / "review-line.html", '<div class="mg-review-line">', '<div class="mg-review-line"><p>A template’s own.</p>')
    until(lambda: served.shows("A template’s own."), "a change in a template")

    served.changed(project / "guide" / "project.py", 'return f"{day.day} ', 'return f"A macro says {day.day} ')
    until(lambda: served.shows("A macro says"), "a change in a macro")

    served.changed(tmp_path / "elsewhere" / "obrien.svg", "<svg ", '<svg data-changed="yes" ')
    until(lambda: served.shows('data-changed="yes"', "assets/clinic/logo.svg"), "a change in the logo")
    assert "Traceback" not in served.told()


def test_a_fault_at_the_first_build_ends_in_plain_words_and_leaves_nothing(project: Path, tmp_path: Path) -> None:
    clinic = tmp_path / "bad.yml"
    clinic.write_text("naem: A clinic", encoding="utf-8")
    done = subprocess.run(serve_command(project, 8000), cwd=tmp_path, env=environment(clinic, tmp_path / "tmp"), capture_output=True, text=True, encoding="utf-8", timeout=LONGEST)
    assert done.returncode != 0
    assert "did you mean “name”?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not list((tmp_path / "tmp").iterdir())
    assert not (project / "site").exists()
