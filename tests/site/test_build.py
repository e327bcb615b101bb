"""What a build does with good and with bad input, run as a person runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import OTHER_CLINIC, ROOT, Built, run_build
from guide.build import checked_guide
from guide.faults import Faults
from guide.publish.leftovers import LEFTOVERS, clear_leftovers

MARK = "the last good site"


@pytest.fixture
def last_good(tmp_path: Path) -> Path:
    """A published site, as an earlier build left it."""
    site = tmp_path / "host" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text(MARK, encoding="utf-8")
    return site


def assert_stopped(done: subprocess.CompletedProcess, site: Path, *words: str) -> None:
    """The build failed in plain words and left the last good site as it was, with nothing beside it."""
    printed = done.stdout + done.stderr
    assert done.returncode != 0, printed
    assert "Traceback" not in printed, printed
    for word in words:
        assert word in printed, printed
    assert (site / "index.html").read_text(encoding="utf-8") == MARK
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert [path.name for path in site.parent.iterdir()] == ["site"], "a half made site was left behind"


def changed(project: Path, file: str, good: str, bad: str) -> None:
    """Change a text in a copy of the project."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert good in text, f"{file} no longer holds {good!r}: choose another text for this test to break"
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")


# --- The clinic file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: [", ("found ", "; ")),
        ("naem: A clinic", ("“naem”", "did you mean “name”?")),
        ("", ("an empty file",)),
    ],
)
def test_a_bad_clinic_file_stops_the_build_and_leaves_the_last_good_site(text: str, words: tuple[str, ...], last_good: Path, tmp_path: Path) -> None:
    clinic = tmp_path / "bad.yml"
    clinic.write_text(text, encoding="utf-8")
    done = run_build(clinic=clinic, site=last_good)
    assert_stopped(done, last_good, *words)
    assert re.search(rf"^\s*{re.escape(str(clinic))}(:\d+)?: ", done.stderr, re.M), "each fault begins with the file and its line"


@pytest.mark.parametrize("clinic", ["nowhere.yml", "1"])
def test_a_clinic_file_that_is_missing_stops_the_build(clinic: str, last_good: Path) -> None:
    assert_stopped(run_build(clinic=clinic, site=last_good), last_good, f"\n{clinic}: found no such file")


def test_a_clinic_file_is_looked_for_in_the_folder_that_the_person_is_in(last_good: Path, tmp_path: Path) -> None:
    (tmp_path / "my clinic.yml").write_text("naem: A clinic", encoding="utf-8")
    (tmp_path / "clinic.yml").write_text("name: [", encoding="utf-8")
    assert_stopped(run_build(clinic="my clinic.yml", site=last_good, folder=tmp_path), last_good, "my clinic.yml:1: ", "“naem”")


def test_without_a_word_on_the_clinic_the_projects_own_file_is_built_from_any_folder(project: Path, tmp_path: Path) -> None:
    (tmp_path / "clinic.yml").write_text("name: [", encoding="utf-8")
    done = run_build(clinic="", site="built/here", project=project, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = (project / "built" / "here" / "index.html").read_text(encoding="utf-8")  # MkDocs sees a relative site_dir from its own file
    assert "Example Skin Clinic" in shown
    assert [path.name for path in (project / "built").iterdir()] == ["here"]


# --- Pages, data and the engine -----------------------------------------------------------------------------------

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
def test_check_tells_a_fault_in_a_page_or_in_the_data_with_its_place(name: str, project: Path) -> None:
    file, good, bad, words = BREAKS[name]
    changed(project, file, good, bad)
    nav = re.findall(r"[\w/-]+\.md", (project / "mkdocs.yml").read_text(encoding="utf-8"))
    with pytest.raises(Faults) as raised:
        checked_guide(project, str(project / "clinic.yml"), project / "docs", nav)
    assert any(words in str(fault) and re.match(r"(docs|data)/[\w/-]+\.(md|yml)(:\d+)?: ", str(fault)) for fault in raised.value.faults), str(raised.value)


@pytest.mark.parametrize("name", ["an unknown source", "an orphan page", "an unknown key in the data"])
def test_such_a_fault_stops_the_build(name: str, project: Path, last_good: Path) -> None:
    file, good, bad, words = BREAKS[name]
    changed(project, file, good, bad)
    assert_stopped(run_build(site=last_good, project=project), last_good, words)


BEHIND = {
    "an undefined variable": ("docs/aftercare/results.md", "\n## ", "\n{{ nobody }}\n\n## ", "'nobody' is undefined"),
    "a macro that fails": ("docs/aftercare/first-days.md", 'care_steps("first-day")', 'care_steps("day-one")', "“day-one”"),
    "a broken link": ("docs/index.md", ".md)", "-gone.md)", "not found among documentation files"),
    "a broken anchor": ("docs/index.md", ".md)", ".md#gone)", "does not contain an anchor '#gone'"),
    "an orphan page": ("mkdocs.yml", "      - about/privacy.md\n", "", "not included in the \"nav\""),
}


@pytest.mark.parametrize("name", BEHIND)
def test_behind_our_own_checks_the_engine_would_stop_too(name: str, project: Path, last_good: Path) -> None:
    file, good, bad, words = BEHIND[name]
    changed(project, file, good, bad)
    changed(project, "guide/page_rules.py", '    cited = guide.library.cited_in_data()\n', "    return [], {}\n")
    done = run_build(site=last_good, project=project)
    assert done.returncode != 0, done.stderr
    assert words in done.stdout + done.stderr
    assert [path.name for path in last_good.iterdir()] == ["index.html"]
    assert [path.name for path in last_good.parent.iterdir()] == ["site"]


def test_a_source_that_nothing_cites_stops_the_build(project: Path, last_good: Path) -> None:
    unused = '\n  - id: unused-2020\n    kind: trial\n    title: "Unused"\n    publisher: "Nobody"\n    doi: "10.1000/1"\n    seen: "abstract"\n    accessed_on: 2026-01-15\n'
    with (project / "data" / "references.yml").open("a", encoding="utf-8") as file:
        file.write(unused)
    assert_stopped(run_build(site=last_good, project=project), last_good, "“unused-2020”, which nothing cites")


# --- A build that is stopped on its way ---------------------------------------------------------------------------

STOPS = {
    "a theme that prints something else": ("guide/publish/leftovers.py", 'class="md-overlay"', 'class="md-other"', "compare guide/publish/leftovers.py"),
    "a file that cannot be written": ("guide/publish/styles.py", '    folder = site / "assets" / "css"', '    folder = site / "index.html" / "css"\n    folder.mkdir()', "Not a directory"),
    "a person who presses Ctrl+C": ("guide/publish/styles.py", '    folder = site / "assets" / "css"', "    raise KeyboardInterrupt", "Aborted!"),
}


@pytest.mark.parametrize("name", STOPS)
def test_a_build_that_stops_while_it_finishes_leaves_the_last_good_site(name: str, project: Path, last_good: Path) -> None:
    file, good, bad, words = STOPS[name]
    changed(project, file, good, bad)
    assert_stopped(run_build(site=last_good, project=project), last_good, words)


def test_a_slip_in_our_own_code_leaves_the_last_good_site_too(project: Path, last_good: Path) -> None:
    changed(project, "guide/publish/styles.py", '    folder = site / "assets" / "css"', "    raise ValueError('a slip')")
    assert run_build(site=last_good, project=project).returncode != 0
    assert (last_good / "index.html").read_text(encoding="utf-8") == MARK
    assert [path.name for path in last_good.parent.iterdir()] == ["site"]


def test_a_file_where_the_site_should_be_is_told_and_left(tmp_path: Path) -> None:
    for site in (tmp_path / "file", tmp_path / "file" / "site"):
        (tmp_path / "file").write_text(MARK, encoding="utf-8")
        done = run_build(site=site)
        assert done.returncode != 0
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert re.search(rf"^{re.escape(str(tmp_path / 'file'))}.*The guide was not built", done.stdout, re.M), done.stdout
        assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == [MARK]


# --- A build that goes well ---------------------------------------------------------------------------------------


def test_a_good_build_takes_the_last_sites_place_and_leaves_nothing_beside_it(shipped_build: Built) -> None:
    assert (shipped_build.site / "index.html").exists()
    assert not (shipped_build.site / "gone.html").exists()
    assert [path.name for path in shipped_build.site.parent.iterdir()] == ["site"]


def test_a_build_says_where_the_site_stands(shipped_build: Built) -> None:
    assert f"The guide stands in {shipped_build.site}\n" in shipped_build.printed


def test_what_the_host_keeps_hidden_in_a_site_stays(shipped_build: Built) -> None:
    assert (shipped_build.site / ".git" / "HEAD").read_text(encoding="utf-8") == "the host's own"


def test_a_build_says_which_values_are_still_examples(shipped_build: Built, other_build: Built) -> None:
    assert "still examples" in shipped_build.printed
    assert re.search(r"still an example: line \d+: name: ", shipped_build.printed)
    assert "still an example" not in other_build.printed


def test_the_site_stands_under_the_clinics_own_address(other_site: Path) -> None:
    page = (other_site / "aftercare" / "results" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<link rel="canonical" href="([^"]+)"', page)[1] == "https://guide.obrien.test/needling/aftercare/results/"
    assert "<loc>https://guide.obrien.test/needling/aftercare/results/</loc>" in (other_site / "sitemap.xml").read_text(encoding="utf-8")


def test_no_page_holds_what_the_theme_leaves_over(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.search(r"__drawer|__search|md-dialog", page.read_text(encoding="utf-8")), page


def test_no_template_and_no_file_of_data_is_published(site: Path) -> None:
    assert not (site / "drawings").exists()
    assert [path for path in site.rglob("*") if path.suffix in (".yml", ".md", ".py") or path.name == "clinic.schema.json"] == []
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".svg", ".css")}
    assert [path for path, text in texts.items() if "{#-" in text or "{{ labels" in text] == []


def test_what_a_writer_puts_in_a_folder_of_that_name_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "drawings" / "index.html"
    page.parent.mkdir()
    page.write_text("".join(LEFTOVERS), encoding="utf-8")
    (tmp_path / "drawings" / "skin-depths.svg").write_text("{#- A template. -#}", encoding="utf-8")
    clear_leftovers(tmp_path)
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]


def test_the_built_site_is_where_a_command_that_uploads_it_looks(project: Path, tmp_path: Path) -> None:
    def git(*words: str) -> str:
        done = subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@test", *words], cwd=project, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "--quiet", "--bare", str(tmp_path / "host.git"))
    git("init", "--quiet")
    git("remote", "add", "origin", str(tmp_path / "host.git"))
    git("commit", "--quiet", "--allow-empty", "--message", "A commit")
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CLINIC": "", **{f"GIT_{who}_{what}": "a@test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}
    done = subprocess.run([sys.executable, "-m", "mkdocs", "gh-deploy", "--quiet"], cwd=project, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "index.html" in git("--git-dir", str(tmp_path / "host.git"), "ls-tree", "--name-only", "gh-pages").split()


# --- `make check` -------------------------------------------------------------------------------------------------


def run_check(project: Path, clinic: str | None = None) -> subprocess.CompletedProcess:
    env = {**os.environ, "PYTHONUTF8": "1", "CLINIC": clinic or ""}
    return subprocess.run([sys.executable, "-m", "guide", "check"], cwd=project, env=env, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("docs/index.md", "no front matter", "docs/index.md:1: found no front matter"),
        ("docs/index.md", "\udcff", "docs/index.md:1: "),
        ("mkdocs.yml", "site_name: x\nnav: [", "mkdocs.yml:"),
        ("mkdocs.yml", "site_name: x\n", "mkdocs.yml: nav: found no list of pages"),
    ],
)
def test_check_says_what_is_wrong_in_plain_words(file: str, text: str, told: str, project: Path) -> None:
    (project / file).write_text(text, encoding="utf-8", errors="surrogateescape")
    done = run_check(project)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_check_is_content_with_the_shipped_guide_and_names_its_examples() -> None:
    done = run_check(ROOT)
    assert done.returncode == 0, done.stderr
    assert "still an example: line " in done.stdout
    assert done.stdout.rstrip().endswith("Nothing to mend.")


def test_check_reads_another_clinics_file() -> None:
    done = run_check(ROOT, str(OTHER_CLINIC.relative_to(ROOT)))
    assert done.returncode == 0, done.stderr
    assert "still an example" not in done.stdout
    assert done.stdout.rstrip().endswith("to mend.")
