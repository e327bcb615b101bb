"""Many clinics: each gets a site of its own, a bad one stops no other, and a second run builds only what changed.

Most tests build with a stand-in that takes no time: it writes one page. Those at the end run the command as it is.
"""

from __future__ import annotations

import errno
import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from conftest import OTHER_CLINIC, ROOT
from guide import __main__ as commands
from guide.faults import Faults
from guide.publish import hold
from guide.publish.swap import stage_beside
from guide.sites import hands, record, run, worker
from guide.sites.clinics import ClinicFile, find_clinics, shard
from guide.sites.hands import WorkerHand, outcomes
from guide.sites.one import Made, NotMade
from guide.sites.worker import BUILT, NOT_BUILT, Job, Outcome

NOT_ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals, and no way to hold a folder")


class Many:
    """A folder of many clinics, built by a stand-in, and what the last run said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.told: list[str] = []
        self.built: list[str] = []

    def write(self, name: str, text: str = "a clinic") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, part: tuple[int, int] = (1, 1)) -> int:
        self.said, self.told, self.built = [], [], []
        return run.build_sites(self.root, self.said.append, self.told.append, part, lambda many, root, sites: [NearHand(root, sites)])

    def build(self, root: Path, clinic: str, site: Path) -> Made:
        """The stand-in: one page, made of the clinic's file and of a page of the guide."""
        self.built.append(site.name)
        text = Path(clinic).read_text(encoding="utf-8")
        if "bad" in text:
            raise NotMade([f"{clinic}:1: found “bad”; write “good”"])
        staged = stage_beside(site)
        (staged.new / "index.html").write_text(text + (root / "docs" / "index.md").read_text(encoding="utf-8"), encoding="utf-8")
        staged.publish()
        return Made("logo.svg" if "logo" in text else "", text.count("example"))

    def page(self, slug: str) -> str:
        return (self.root / "sites" / slug / "index.html").read_text(encoding="utf-8")


class NearHand:
    """A hand that does its jobs in the test's own process."""

    def __init__(self, root: Path, sites: Path) -> None:
        self.root, self.sites = root, sites

    def build(self, job: Job) -> Outcome:
        return worker.answered(self.root, self.sites, job)

    def stop(self) -> None:
        """Nothing to stop."""

    def wait(self) -> None:
        """Nothing to wait for."""


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Many:
    """Three clinics of a guide of one page; the person is in its folder."""
    made = Many(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker, "build_clinic", made.build)
    for name in ("docs/index.md", "data/care.yml", "guide/build.py", "overrides/main.html", "mkdocs.yml", "CHANGELOG.md"):
        made.write(name, "first")
    made.write("requirements.txt", "mkdocs==1.6.1  # builds\n")
    for slug in ("leeds", "obrien", "york"):
        made.write(f"clinics/{slug}.yml", f"name: {slug}")
    return made


# --- Every clinic, whatever becomes of the others ------------------------------------------------------------------


def test_every_clinic_file_becomes_a_site_under_its_own_name(many: Many) -> None:
    assert many.run() == 0
    assert sorted(path.name for path in (many.root / "sites").iterdir()) == [".built", "leeds", "obrien", "york"]
    assert {slug: many.page(slug) for slug in ("leeds", "york")} == {"leeds": "name: leedsfirst", "york": "name: yorkfirst"}
    assert many.told == []


def test_a_bad_file_stops_no_other_and_keeps_its_last_good_site(many: Many) -> None:
    many.run()
    many.write("clinics/leeds.yml", "bad")
    many.write("clinics/york.yml", "name: new")
    assert many.run() == 1
    assert many.page("leeds") == "name: leedsfirst"
    assert many.page("york") == "name: newfirst"
    assert many.told == ["clinics/leeds.yml:1: found “bad”; write “good”", "1 to mend; where a site was not built, the last good one is untouched."]


def test_progress_and_the_table_are_plain_lines(many: Many) -> None:
    many.write("clinics/leeds.yml", "bad")
    many.write("clinics/obrien.yml", "example, example")
    many.run()
    assert not [line for line in many.said if not line.isprintable()]
    lines = [re.sub(r"\d+\.\d$", "0.0", line) for line in many.said]
    assert lines == [
        "3 clinics in clinics.",
        "  1 of 3  leeds  not built: 1 to mend",
        "  2 of 3  obrien  built in 0 s",
        "  3 of 3  york  built in 0 s",
        "clinic  result     faults  still example  seconds",
        "leeds   not built       1      not known      0.0",
        "obrien  built           0              2      0.0",
        "york    built           0              0      0.0",
        "3 clinics: 2 built, 0 as before, 1 not built.",
    ]


def test_a_fault_that_all_clinics_share_is_told_once(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(root: Path, clinic: str, site: Path) -> Made:
        raise NotMade(["docs/index.md:1: found no front matter; write it"])

    monkeypatch.setattr(worker, "build_clinic", broken)
    assert many.run() == 1
    assert many.told[:-1] == ["docs/index.md:1: found no front matter; write it"]


def test_a_folder_without_a_clinic_file_is_told_and_how_to_write_one(many: Many) -> None:
    shutil.rmtree(many.root / "clinics")
    with pytest.raises(Faults, match="clinics: found no clinic file; write one, such as clinics/leeds.yml: make new-clinic CLINIC=clinics/leeds.yml"):
        many.run()
    assert not (many.root / "sites").exists()


def test_a_file_in_the_place_of_the_sites_is_told_and_left(many: Many) -> None:
    many.write("sites", "a file")
    with pytest.raises(Faults, match="sites: found a place where nothing can be written"):
        many.run()
    assert (many.root / "sites").read_text(encoding="utf-8") == "a file"


def test_files_are_named_as_the_person_sees_them(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write("clinics/leeds.yml", "bad")
    monkeypatch.chdir(many.root / "docs")
    many.run()
    assert many.told[0] == "../clinics/leeds.yml:1: found “bad”; write “good”"


# --- Only what changed ---------------------------------------------------------------------------------------------


def test_a_second_run_builds_nothing(many: Many) -> None:
    many.write("clinics/obrien.yml", "logo example")
    many.write("clinics/logo.svg")
    many.run()
    assert many.run() == 0
    assert many.built == []
    assert many.said[1] == "As before: 3. To build: 0."
    assert [line.split() for line in many.said if line.startswith("obrien")] == [["obrien", "as", "before", "0", "1", "0.0"]]


@pytest.mark.parametrize("name", ["docs/index.md", "docs/new.md", "data/care.yml", "data/scores/a.yml", "guide/build.py", "overrides/main.html", "mkdocs.yml", "CHANGELOG.md", "requirements.txt"])
def test_what_all_sites_are_made_of_changes_them_all(name: str, many: Many) -> None:
    many.run()
    many.write(name, "second")
    many.run()
    assert many.built == ["leeds", "obrien", "york"]


def test_another_version_of_what_builds_changes_them_all(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many.run()
    monkeypatch.setattr(record, "version", lambda name: "1.6.2")
    many.run()
    assert many.built == ["leeds", "obrien", "york"]


@pytest.mark.parametrize("name", ["clinics/leeds.yml", "clinics/leeds-pages/parking.md", "clinics/logo.svg"])
def test_what_one_clinic_owns_changes_its_site_alone(name: str, many: Many) -> None:
    many.write("clinics/leeds.yml", "logo")
    many.write("clinics/logo.svg")
    many.run()
    many.write(name, "changed")
    many.run()
    assert many.built == ["leeds"]


@pytest.mark.parametrize("name", ["clinics/logo.svg", "clinics/leeds-pages/parking.md", "docs/old.md"])
def test_what_is_taken_away_is_a_change_too(name: str, many: Many) -> None:
    many.write("clinics/leeds.yml", "logo")
    gone = many.write(name)
    many.run()
    gone.unlink()
    many.run()
    assert "leeds" in many.built


@pytest.mark.parametrize("name", ["guide/__pycache__/build.pyc", "docs/.index.md.swp", "clinics/leeds.yml.draft", "tests/test_a.py"])
def test_what_no_build_reads_is_no_change(name: str, many: Many) -> None:
    many.run()
    many.write(name)
    many.run()
    assert many.built == []


@pytest.mark.parametrize("tamper", ["changed", "taken away", "added", "the whole site"])
def test_a_site_that_somebody_tampered_with_is_built_again(tamper: str, many: Many) -> None:
    many.run()
    page = many.root / "sites" / "york" / "index.html"
    if tamper == "changed":
        page.write_text("changed by somebody", encoding="utf-8")
    elif tamper == "taken away":
        page.unlink()
    elif tamper == "added":
        many.write("sites/york/more/index.html")
    else:
        shutil.rmtree(page.parent)
    many.run()
    assert many.built == ["york"]
    assert many.page("york") == "name: yorkfirst"


def test_what_the_host_keeps_hidden_in_a_site_is_no_change(many: Many) -> None:
    many.run()
    many.write("sites/york/.git/HEAD")
    many.run()
    assert many.built == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"made_of": "x"}', "null"])
def test_a_record_that_was_cut_short_counts_as_none(text: str, many: Many) -> None:
    many.run()
    many.write("sites/.built/york.json", text)
    many.run()
    assert many.built == ["york"]


def test_a_file_that_changes_while_its_site_is_built_is_built_again(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(root: Path, clinic: str, site: Path) -> Made:
        made = many.build(root, clinic, site)
        many.write("clinics/york.yml", "name: saved in the meantime")
        return made

    monkeypatch.setattr(worker, "build_clinic", meanwhile)
    many.run()
    monkeypatch.setattr(worker, "build_clinic", many.build)
    many.run()
    assert many.page("york") == "name: saved in the meantimefirst"


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Leeds.yml", "leeds city.yml", "leeds_city.yml", "léeds.yml", "leeds.yaml", "LEEDS.YML", "leeds-.yml", "le--eds.yml", "nul.yml", "com1.yml", f"{'a' * 64}.yml", "Hull/clinic.yml"])
def test_a_name_that_makes_no_site_is_told_and_the_others_are_built(name: str, many: Many) -> None:
    (many.root / "clinics" / "leeds.yml").unlink()  # which on some disks is Leeds.yml too
    many.write(f"clinics/{name}")
    assert many.run() == 1
    assert many.built == ["obrien", "york"]
    assert many.told[0].startswith(f"clinics/{name}: found the name “")
    assert "use small letters, digits and single hyphens" in many.told[0]


def test_a_clinic_may_have_a_folder_of_its_own(many: Many) -> None:
    many.write("clinics/hull/clinic.yml", "name: hull")
    many.write("clinics/hull/pages/parking.md")
    many.run()
    assert many.page("hull") == "name: hullfirst"
    many.write("clinics/hull/pages/parking.md", "changed")
    many.run()
    assert many.built == ["hull"]


def test_two_files_for_one_site_are_told_and_neither_is_built(many: Many) -> None:
    many.write("clinics/leeds/clinic.yml")
    assert many.run() == 1
    assert many.built == ["obrien", "york"]
    assert many.told[:2] == [
        "clinics/leeds.yml: found a second clinic file for “leeds”, beside clinics/leeds/clinic.yml; keep one of the two",
        "clinics/leeds/clinic.yml: found a second clinic file for “leeds”, beside clinics/leeds.yml; keep one of the two",
    ]


def test_pictures_drafts_pages_and_hidden_files_are_no_clinics(many: Many) -> None:
    for name in ("logo.svg", "leeds.yml.draft", "leeds.yml.old", "leeds-pages/parking.md", ".hull.yml", ".git/clinic.yml", "README.md"):
        many.write(f"clinics/{name}")
    assert [clinic.slug for clinic in find_clinics(many.root / "clinics", "clinics")] == ["leeds", "obrien", "york"]


def test_a_site_whose_clinic_file_is_gone_stays_and_is_told(many: Many) -> None:
    many.run()
    (many.root / "clinics" / "york.yml").unlink()
    many.run()
    assert many.said[-1] == "sites/york stays, though its clinic file is gone. To take it away, delete that folder."
    assert many.page("york") == "name: yorkfirst"
    shutil.rmtree(many.root / "sites" / "york")
    many.run()
    assert not any("york" in line for line in many.said)
    assert not (many.root / "sites" / ".built" / "york.json").exists()


# --- Shares for runners --------------------------------------------------------------------------------------------


def named(many: int) -> list[ClinicFile]:
    return [ClinicFile(f"clinic-{number}", f"clinics/clinic-{number}.yml") for number in range(many)]


@pytest.mark.parametrize("of", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("clinics", [0, 1, 5, 100, 1000])
def test_every_clinic_is_in_one_share_and_shares_differ_by_one_at_most(clinics: int, of: int) -> None:
    shares = [shard(named(clinics), number, of) for number in range(1, of + 1)]
    assert sorted(clinic.slug for share in shares for clinic in share) == sorted(clinic.slug for clinic in named(clinics))
    sizes = [len(share) for share in shares]
    assert max(sizes) - min(sizes) <= 1


def test_shares_do_not_hang_on_the_order_of_files() -> None:
    assert shard(named(100), 2, 3) == shard(named(100)[::-1], 2, 3)


def test_a_clinic_that_comes_moves_one_clinic_at_most_from_each_share_to_the_next() -> None:
    for new in range(100, 150):
        before, after = ({clinic.slug: number for number in range(1, 5) for clinic in shard(clinics, number, 4)} for clinics in (named(100), [*named(100), *named(new + 1)[-1:]]))
        assert sum(after[slug] != number for slug, number in before.items()) <= 3


def test_the_shares_of_one_list_build_each_clinic_once(many: Many) -> None:
    built = []
    for number in (1, 2, 3, 4):
        assert many.run((number, 4)) == 0
        built += many.built
        assert re.fullmatch(rf"[01] clinics? of 3 in clinics, share {number} of 4\.", many.said[0])
    assert sorted(built) == ["leeds", "obrien", "york"]
    many.run()
    assert many.built == [], "what the shares built is the same as what one run builds"


def test_a_share_tells_no_clinic_of_another_share_as_gone(many: Many) -> None:
    many.run()
    assert not any("stays" in line for number in (1, 2) for line in (many.run((number, 2)), *many.said)[1:])


@pytest.mark.parametrize("words", [["--shard", "0/4"], ["--shard", "5/4"], ["--shard", "--shard"], ["1/4"], ["1/4", "--shard"]])
def test_a_share_that_cannot_be_is_told(words: list[str], capsys: pytest.CaptureFixture) -> None:
    assert commands.main(["sites", *words]) == 1
    assert "write which share and how many there are, such as --shard 1/4" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--shard", "1"], ["--shard=1/4"], ["--jobs", "4"], ["--shard", "1/4", "2/4"]])
def test_other_words_are_answered_with_how_the_command_is_called(words: list[str], capsys: pytest.CaptureFixture) -> None:
    assert commands.main(["sites", *words]) == 2
    assert "python -m guide sites [--shard I/N]" in capsys.readouterr().err


# --- The recipes for runners ---------------------------------------------------------------------------------------

GITHUB, GITLAB = (ROOT / "hosting" / f"many-clinics.{host}.yml" for host in ("github", "gitlab"))


@pytest.mark.parametrize(("recipe", "schema"), [(GITHUB, "github-workflows"), (GITLAB, "gitlab-ci")], ids=["GitHub", "GitLab"])
@pytest.mark.parametrize("broken", [False, True], ids=["as it is", "with a slip"])
def test_a_recipe_keeps_its_hosts_published_schema(recipe: Path, schema: str, broken: bool, tmp_path: Path) -> None:
    copy = tmp_path / "recipe.yml"
    copy.write_text(recipe.read_text(encoding="utf-8").replace("timeout", "tmeout" if broken else "timeout"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(copy)], capture_output=True, text=True, check=False)
    assert done.returncode == int(broken), done.stdout + done.stderr


def commands_of(recipe: Path) -> list[str]:
    """The command of each of a recipe's runners, with the host's own names filled in as the host fills them in."""
    read = yaml.safe_load(recipe.read_text(encoding="utf-8"))["jobs" if recipe is GITHUB else "build"]
    if recipe is GITLAB:
        [command], of = read["script"], read["parallel"]
        return [command.replace("$CI_NODE_INDEX", str(number)).replace("$CI_NODE_TOTAL", str(of)) for number in range(1, of + 1)]
    [command] = [step["run"] for step in read["build"]["steps"] if "run" in step]
    shards = read["build"]["strategy"]["matrix"]["shard"]
    return [command.replace("${{ matrix.shard }}", str(number)).replace("${{ strategy.job-total }}", str(len(shards))) for number in shards]


@pytest.mark.parametrize("recipe", [GITHUB, GITLAB], ids=["GitHub", "GitLab"])
def test_the_runners_of_a_recipe_build_each_clinic_once(recipe: Path, many: Many) -> None:
    for number in range(10):
        many.write(f"clinics/clinic-{number}.yml")
    built = []
    for command in commands_of(recipe):
        share = re.fullmatch(r"make sites SHARD=(\d+)/(\d+)", command)
        assert share, command
        shutil.rmtree(many.root / "sites", ignore_errors=True)  # each runner begins with none
        assert many.run((int(share[1]), int(share[2]))) == 0
        built.append(many.built)
    assert sorted(slug for each in built for slug in each) == sorted(clinic.slug for clinic in find_clinics(many.root / "clinics", "clinics"))
    assert {len(each) for each in built} == {3, 4}


@NOT_ON_WINDOWS
@pytest.mark.parametrize(("words", "asks"), [((), "-m guide sites"), (("SHARD=1/4",), "-m guide sites --shard 1/4")])
def test_make_hands_on_the_share(words: tuple[str, ...], asks: str) -> None:
    shown = subprocess.run(["make", "--dry-run", "sites", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1].rstrip().endswith(asks)


def test_github_may_only_read_and_keeps_no_password() -> None:
    read = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))
    assert read["permissions"] == {"contents": "read"}
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    assert [step for step in steps if "uses" in step and not re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])] == []
    assert [step["with"]["persist-credentials"] for step in steps if "checkout" in step.get("uses", "")] == [False]


# --- What goes wrong on the way ------------------------------------------------------------------------------------

FULL = OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_keeps_the_last_good_site_and_is_told(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many.run()
    many.write("docs/index.md", "second")

    def full(site: Path) -> None:
        raise FULL

    monkeypatch.setitem(globals(), "stage_beside", full)
    assert many.run() == 1
    assert many.page("york") == "name: yorkfirst"
    assert many.told[0] == "clinics/leeds.yml: No space left on device"


def test_a_disk_without_room_for_the_record_costs_only_another_build(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, made: record.Record) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        patched.setattr(worker, "write_record", full)
        assert many.run() == 0
    assert many.run() == 0
    assert many.built == ["leeds", "obrien", "york"]


def test_a_slip_in_our_own_code_is_told_and_stops_no_other_clinic(many: Many, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def slip(root: Path, clinic: str, site: Path) -> Made:
        return many.build(root, clinic, site) if site.name != "obrien" else 1 / 0

    monkeypatch.setattr(worker, "build_clinic", slip)
    assert many.run() == 1
    assert many.built == ["leeds", "york"]
    assert many.told[0] == "clinics/obrien.yml: the build stopped by a slip in the guide's own code, ZeroDivisionError; above is where"
    assert "in slip" in capsys.readouterr().err


def test_what_a_killed_build_left_is_cleared_up_even_where_nothing_is_built(many: Many) -> None:
    many.run()
    many.write("sites/.york-being-built-abc12345/half.html")
    (many.root / "sites" / "leeds").rename(many.root / "sites" / ".leeds-being-built-xyz67890-last")
    many.run()
    assert many.built == []
    assert sorted(path.name for path in (many.root / "sites").iterdir()) == [".built", "leeds", "obrien", "york"]


# A worker that says on its standard error which process it is, and then does as the clinic's name says.
STAND_IN = """
import json, os, signal, sys
for line in sys.stdin:
    job = json.loads(line)
    if job["slug"] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if job["slug"] == "ends":
        sys.exit(7)
    print(json.dumps({"slug": job["slug"], "result": "built", "lines": [str(os.getpid())]}), flush=True)
"""


def worked(*slugs: str) -> dict[str, Outcome]:
    """What became of clinics with one worker."""
    hand = WorkerHand([sys.executable, "-c", STAND_IN], os.environ)
    return {outcome.slug: outcome for outcome in outcomes([hand], [Job(slug, f"clinics/{slug}.yml", "") for slug in slugs])}


@NOT_ON_WINDOWS
def test_a_worker_that_is_killed_or_ends_fails_its_own_clinic_alone() -> None:
    ended = worked("first", "killed", "next", "ends", "last")
    assert [ended[slug].result for slug in ("first", "next", "last")] == [BUILT] * 3
    assert ended["killed"].lines == ["clinics/killed.yml: its build was ended by the signal 9 before it was done; build it again"]
    assert ended["ends"].lines == ["clinics/ends.yml: its build was ended with status 7 before it was done; build it again"]
    assert len({ended[slug].lines[0] for slug in ("first", "next", "last")}) == 3, "each time a new worker"


def test_a_worker_that_cannot_be_started_is_told() -> None:
    [outcome] = outcomes([WorkerHand(["/no/such/program"], os.environ)], [Job("leeds", "clinics/leeds.yml", "")])
    assert outcome.result == NOT_BUILT
    assert outcome.lines[0].startswith("clinics/leeds.yml: its build could not be started: ")


def test_a_worker_is_made_anew_before_it_takes_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "LIFE", 2)
    ended = worked("a", "b", "c", "d", "e")
    assert len({ended[slug].lines[0] for slug in "ab"}) == len({ended[slug].lines[0] for slug in "cd"}) == 1
    assert len({ended[slug].lines[0] for slug in "abcde"}) == 3


# --- The command as it is, with a stand-in for the build alone -----------------------------------------------------

WAITS = '''
import sys
from dataclasses import dataclass
from pathlib import Path
from guide.publish.swap import stage_beside

class NotMade(Exception): lines = []

@dataclass
class Made: logo: str = ""; examples: int = 0

def build_clinic(root, clinic, site):
    """Build half a site, say so, and go on only when somebody writes into the pipe `go`."""
    staged = stage_beside(site)
    try:
        (staged.new / "index.html").write_text("new")
        print("building", site.name, file=sys.stderr, flush=True)
        (root / "go").read_text()
        staged.publish()
    finally:
        staged.clear()
    return Made()
'''


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A project whose build waits in its middle until it is told to go on; the clinic has an old site."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "guide", root / "guide", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "guide" / "sites" / "one.py").write_text(WAITS, encoding="utf-8")
    for name in ("clinics", "docs", "data", "overrides", "sites/leeds"):
        (root / name).mkdir(parents=True)
    for name in ("mkdocs.yml", "CHANGELOG.md", "requirements.txt", "clinics/leeds.yml"):
        (root / name).touch()
    (root / "sites" / "leeds" / "index.html").write_text("old", encoding="utf-8")
    os.mkfifo(root / "go")
    return root


def started(root: Path) -> subprocess.Popen[str]:
    """The command, running."""
    return subprocess.Popen([sys.executable, "-m", "guide", "sites"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def beside(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "sites").iterdir())


@NOT_ON_WINDOWS
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_a_command_that_is_stopped_leaves_the_last_good_site_and_no_process(how: signal.Signals, waiting: Path) -> None:
    command = started(waiting)
    assert command.stderr.readline() == "building leeds\n"
    assert len(beside(waiting)) == 3, "half a site stands beside the old one"
    command.send_signal(how)
    said, told = command.communicate()  # which comes back only once no worker holds its standard error any more
    assert beside(waiting) == [".built", "leeds"]
    assert (waiting / "sites" / "leeds" / "index.html").read_text(encoding="utf-8") == "old"
    if how is signal.SIGKILL:
        assert command.returncode == -how
    else:
        assert command.returncode == 130
        assert told == "Stopped. What was built stands; every other site is as it was.\n"
        assert said.endswith("0 clinics: 0 built, 0 as before, 0 not built.\n")


@NOT_ON_WINDOWS
def test_of_two_commands_at_once_each_site_is_built_by_one(waiting: Path) -> None:
    first = started(waiting)
    assert first.stderr.readline() == "building leeds\n"
    second = started(waiting)
    assert second.stdout.readline() == "1 clinic in clinics.\n"
    (waiting / "go").write_text("go", encoding="utf-8")
    said = [command.communicate() for command in (first, second)]
    assert [command.returncode for command in (first, second)] == [0, 0], said
    assert "1 clinic: 1 built, 0 as before, 0 not built.\n" in said[0][0]
    assert "1 clinic: 0 built, 1 as before, 0 not built.\n" in said[1][0]
    assert "building" not in said[1][1]
    assert beside(waiting) == [".built", "leeds"]


@NOT_ON_WINDOWS
def test_a_command_that_waits_for_another_one_can_be_stopped(waiting: Path) -> None:
    (waiting / "sites" / ".built").mkdir()
    record_file = waiting / "sites" / ".built" / "leeds.json"
    record_file.touch()
    held = hold.hold(record_file, wait=False)
    command = started(waiting)
    assert command.stdout.readline() == "1 clinic in clinics.\n"
    command.send_signal(signal.SIGINT)
    told = command.communicate()[1]
    assert command.returncode == 130, told
    held.let_go()


@NOT_ON_WINDOWS
def test_a_killed_worker_is_told_and_its_site_stays(waiting: Path) -> None:
    command = started(waiting)
    assert command.stderr.readline() == "building leeds\n"
    [worker_id] = subprocess.run(["ps", "-o", "pid=", "--ppid", str(command.pid)], capture_output=True, text=True, check=True).stdout.split()
    os.kill(int(worker_id), signal.SIGKILL)
    told = command.communicate()[1]
    assert command.returncode == 1
    assert told.startswith("clinics/leeds.yml: its build was ended by the signal 9 before it was done; build it again\n")
    assert (waiting / "sites" / "leeds" / "index.html").read_text(encoding="utf-8") == "old"


# --- The whole, once -----------------------------------------------------------------------------------------------

READS = """
import os, sys
log = os.open(os.environ["READ"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def heard(event, told):
    if event == "open" and isinstance(told[0], str) and not told[2] & (os.O_WRONLY | os.O_RDWR):
        os.write(log, (os.path.abspath(told[0]) + os.linesep).encode())
sys.addaudithook(heard)
"""


def _on_one_core() -> None:
    """Leave the command one core, and so one worker, which builds one site after the other."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.CompletedProcess[str], list[Path]]]:
    """The real project with two good clinics and a bad one: the folder, what the command printed, and the files that it read."""
    folder = tmp_path_factory.mktemp("whole")
    root, log, listens = folder / "project", folder / "read", folder / "listens"
    shutil.copytree(ROOT, root, ignore=lambda path, names: [name for name in names if name == "__pycache__" or (path == str(ROOT) and name not in {*record.SHARED, "clinic.yml"})])
    (root / "clinics").mkdir()
    for name in ("obrien.yml", "obrien.svg"):
        shutil.copy(OTHER_CLINIC.with_name(name), root / "clinics" / name)
    shutil.copy(root / "clinic.yml", root / "clinics" / "shipped.yml")
    (root / "clinics" / "bad.yml").write_text("name: [", encoding="utf-8")
    listens.mkdir()
    (listens / "sitecustomize.py").write_text(READS, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(listens), "READ": str(log)}
    done = subprocess.run([sys.executable, "-m", "guide", "sites"], cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=_on_one_core if os.name != "nt" else None)
    yield root, done, [Path(line) for line in dict.fromkeys(log.read_text(encoding="utf-8").splitlines())]


def test_clinics_that_one_process_builds_have_the_same_sites_as_each_built_alone(whole: tuple, site: Path, other_site: Path) -> None:
    root, done, _ = whole
    assert done.returncode == 1, done.stderr
    for slug, alone in (("shipped", site), ("obrien", other_site)):
        files = {path.relative_to(alone) for path in alone.rglob("*") if path.is_file() and ".git" not in path.parts}
        together = root / "sites" / slug
        assert {path.relative_to(together) for path in together.rglob("*") if path.is_file()} == files
        assert [name for name in files if not filecmp.cmp(alone / name, together / name, shallow=False)] == []


def test_the_bad_clinic_of_the_whole_is_told_as_make_check_tells_it(whole: tuple) -> None:
    root, done, _ = whole
    assert not (root / "sites" / "bad").exists()
    assert done.stderr.startswith("clinics/bad.yml: address: found nothing; ")
    assert re.search(r"^bad +not built +\d+ +not known +\d+\.\d$", done.stdout, re.M)
    assert re.search(r"^shipped +built +0 +[1-9]\d* +\d+\.\d$", done.stdout, re.M)


def test_every_file_that_a_build_reads_counts_as_what_it_was_made_of(whole: tuple) -> None:
    root, _, read = whole
    inside = [path.relative_to(root) for path in read if path.is_relative_to(root)]
    ours = [path for path in inside if path.parts[0] != "sites" and "__pycache__" not in path.parts]
    assert {"docs", "data", "guide", "overrides", "mkdocs.yml", "clinics"} <= {path.parts[0] for path in ours}
    assert [path for path in ours if path.parts[0] not in (*record.SHARED, "clinics")] == []
    assert {path for path in ours if path.parts[0] == "clinics"} == {Path("clinics", name) for name in ("bad.yml", "obrien.yml", "obrien.svg", "shipped.yml")}


def test_a_record_holds_no_path_of_this_machine(whole: tuple) -> None:
    root, _, _ = whole
    kept = json.loads((root / "sites" / ".built" / "obrien.json").read_text(encoding="utf-8"))
    assert kept["logo"] == "obrien.svg"
    assert str(root) not in json.dumps(kept)
