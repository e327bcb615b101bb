"""What a build does with good and with bad input, run as a person runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import OTHER_CLINIC, ROOT, run_build

MARK = "the last good site"


@pytest.fixture
def last_good(tmp_path: Path) -> Path:
    """A published site, as an earlier build left it."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(MARK, encoding="utf-8")
    return site


def assert_stopped(done: subprocess.CompletedProcess, site: Path, *words: str) -> None:
    """The build failed in plain words and left the last good site as it was, with nothing beside it."""
    printed = done.stdout + done.stderr
    assert done.returncode != 0, printed
    assert "Traceback" not in printed
    for word in words:
        assert word in printed, printed
    assert (site / "index.html").read_text(encoding="utf-8") == MARK
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert not list(site.parent.glob(".site-*")), "a half made site was left behind"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: [", ("cannot be read",)),
        ("naem: A clinic", ("“naem”", "did you mean “name”?")),
        ("a: &a [x]\nb: *a\n", ("shortcut",)),
        ("", ("an empty file",)),
    ],
)
def test_a_bad_clinic_file_stops_the_build_and_leaves_the_last_good_site(text: str, words: tuple[str, ...], last_good: Path, tmp_path: Path) -> None:
    clinic = tmp_path / "bad.yml"
    clinic.write_text(text, encoding="utf-8")
    done = run_build(clinic=clinic, site=last_good)
    assert_stopped(done, last_good, *words)
    assert re.search(rf"^\s*{re.escape(str(clinic))}(:\d+)?: ", done.stderr, re.M), "each fault begins with the file and its line"


def test_a_clinic_file_that_is_missing_stops_the_build(last_good: Path, tmp_path: Path) -> None:
    done = run_build(clinic=tmp_path / "nowhere.yml", site=last_good)
    assert_stopped(done, last_good, "no such file")


BREAKS = {
    "an unknown source": ("docs/aftercare/results.md", 'cite("', 'cite("no-such-', "the unknown source"),
    "an undefined variable": ("docs/aftercare/results.md", "\n## ", "\n{{ nobody }}\n\n## ", "the unknown name “nobody”"),
    "a macro that fails": ("docs/aftercare/first-days.md", 'care_steps("first-day")', 'care_steps("day-one")', "“day-one”"),
    "a broken link": ("docs/index.md", ".md)", "-gone.md)", "which does not exist"),
    "a broken anchor": ("docs/index.md", ".md)", ".md#gone)", "whose part #gone does not exist"),
    "an orphan page": ("mkdocs.yml", "      - about/privacy.md\n", "", "a page that no menu leads to"),
    "an unknown key in the data": ("data/care.yml", "    stage:", "    stag:", "the unknown key “stag”"),
    "an unknown source in the data": ("data/concerns.yml", "mn-meta-12rct", "mn-meta-13rct", "did you mean “mn-meta-12rct”?"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_fault_in_a_page_or_in_the_data_stops_the_build_with_its_place(name: str, project: Path, last_good: Path) -> None:
    file, good, bad, words = BREAKS[name]
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert good in text, f"{file} no longer holds {good!r}: choose another text for this test to break"
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    assert_stopped(run_build(site=last_good, project=project), last_good, words)


def test_a_source_that_nothing_cites_stops_the_build(project: Path, last_good: Path) -> None:
    unused = '\n  - id: unused-2020\n    kind: trial\n    title: "Unused"\n    publisher: "Nobody"\n    doi: "10.1000/1"\n    seen: "abstract"\n    accessed_on: 2026-01-15\n'
    with (project / "data" / "references.yml").open("a", encoding="utf-8") as file:
        file.write(unused)
    assert_stopped(run_build(site=last_good, project=project), last_good, "“unused-2020”, which nothing cites")


def test_a_warning_of_the_engine_stops_the_build_too(project: Path, last_good: Path) -> None:
    page = project / "docs" / "about" / "privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[A picture that is not there][gone]\n\n[gone]: gone.png\n", encoding="utf-8")
    assert_stopped(run_build(site=last_good, project=project), last_good, "gone.png")


def test_a_good_build_takes_the_last_sites_place_and_leaves_nothing_beside_it(last_good: Path) -> None:
    done = run_build(site=last_good)
    assert done.returncode == 0, done.stderr
    assert MARK not in (last_good / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in last_good.parent.iterdir()] == ["site"]


def test_a_build_says_which_values_are_still_examples(last_good: Path) -> None:
    printed = run_build(site=last_good).stderr
    assert "still examples" in printed
    assert re.search(r"still an example: line \d+: name: ", printed)


def test_a_build_for_a_real_clinic_speaks_of_no_examples(last_good: Path) -> None:
    assert "still an example" not in run_build(site=last_good, clinic=OTHER_CLINIC).stderr


def test_the_site_stands_under_the_clinics_own_address(other_site: Path) -> None:
    page = (other_site / "aftercare" / "results" / "index.html").read_text(encoding="utf-8")
    address = re.search(r'<link rel="canonical" href="([^"]+)"', page)[1]
    assert address.endswith("/aftercare/results/")
    assert "obrien.test" in address
    assert "obrien.test" in (other_site / "sitemap.xml").read_text(encoding="utf-8")


def test_check_says_what_a_build_would_say(project: Path) -> None:
    (project / "docs" / "index.md").write_text("no front matter", encoding="utf-8")
    env = {**os.environ, "CLINIC": "clinic.yml"}
    done = subprocess.run([sys.executable, "-m", "guide", "check"], cwd=project, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "docs/index.md:1: found no front matter" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_is_content_with_the_shipped_guide() -> None:
    env = {**os.environ, "CLINIC": "clinic.yml"}
    done = subprocess.run([sys.executable, "-m", "guide", "check"], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("Nothing to mend.")


def test_a_theme_that_prints_something_else_stops_the_build(project: Path, last_good: Path) -> None:
    module = project / "guide" / "publish" / "leftovers.py"
    module.write_text(module.read_text(encoding="utf-8").replace('class="md-overlay"', 'class="md-other"'), encoding="utf-8")
    assert_stopped(run_build(site=last_good, project=project), last_good, "compare guide/publish/leftovers.py")


def test_no_page_holds_what_the_theme_leaves_over(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.search(r"__drawer|__search|md-dialog", page.read_text(encoding="utf-8")), page
