"""Wherever the swap of the old site for the new one is stopped, one of the two stands there whole, and nothing beside it."""

from __future__ import annotations

import filecmp
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Built
from guide.publish import hold, swap
from guide.publish.exchange import exchange
from guide.publish.swap import Staged, clear_left, stage_beside

NOT_ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files, and links only for administrators")


def made(site: Path, text: str) -> Staged:
    """A new site, built and not yet published."""
    staged = stage_beside(site)
    (staged.new / "index.html").write_text(text, encoding="utf-8")
    return staged


def stands(site: Path) -> str:
    """The text of the site's first page; nothing else may be in its folder, or beside it."""
    assert [path.name for path in site.parent.iterdir()] == [site.name]
    assert [path.name for path in site.iterdir() if not path.name.startswith(".")] == ["index.html"]
    return (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site."""
    site = tmp_path / "host" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("old", encoding="utf-8")
    return site


def test_a_new_site_takes_the_old_ones_place(site: Path) -> None:
    made(site, "new").publish()
    assert stands(site) == "new"


def test_a_first_site_needs_no_old_one_and_no_folder(tmp_path: Path) -> None:
    site = tmp_path / "not yet" / "here" / "site"
    made(site, "new").publish()
    assert stands(site) == "new"


def test_a_site_that_is_not_published_leaves_nothing(site: Path) -> None:
    made(site, "new").clear()
    assert stands(site) == "old"


@NOT_ON_WINDOWS
def test_a_published_site_can_be_read_by_a_web_server(site: Path) -> None:
    made(site, "new").publish()
    assert site.stat().st_mode & 0o777 == 0o755


@pytest.fixture(params=["in one step", "in two"])
def swapped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways in which two folders change places: in one step, and by two renames where the system cannot do that."""
    if request.param == "in two":
        monkeypatch.setattr(swap, "exchange", lambda first, second: False)
    elif os.name == "nt":
        pytest.skip("Windows can exchange no folders")
    return request.param


def test_a_new_site_takes_the_old_ones_place_either_way(swapped: str, site: Path) -> None:
    made(site, "new").publish()
    assert stands(site) == "new"


@pytest.mark.parametrize("stopped_at", [1, 2, 3])
@pytest.mark.parametrize("cause", [OSError, KeyboardInterrupt])
def test_a_swap_that_is_stopped_puts_the_old_site_back(cause: type[BaseException], stopped_at: int, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda first, second: False)
    staged = made(site, "new")
    monkeypatch.setattr(Path, "rename", stopping(cause, stopped_at))
    with pytest.raises(cause):
        staged.publish()
    assert stands(site) == "old"


def test_a_swap_in_one_step_has_only_one_moment_before_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = made(site, "new")
    monkeypatch.setattr(Path, "rename", stopping(OSError, 1))
    with pytest.raises(OSError):
        staged.publish()
    assert stands(site) == "old"


def stopping(cause: type[BaseException], stopped_at: int) -> Callable[[Path, Path], Path]:
    """A `rename` that fails at its first, second … call, and works at any other."""
    rename, calls = Path.rename, []

    def renamed(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == stopped_at:
            raise cause
        return rename(self, target)

    return renamed


def test_what_the_host_keeps_hidden_moves_to_the_new_site(site: Path) -> None:
    for name in (".git", ".well-known"):
        (site / name).mkdir()
        (site / name / "kept").write_text("kept", encoding="utf-8")
    staged = made(site, "new")
    (staged.new / ".well-known").mkdir()
    staged.publish()
    assert stands(site) == "new"
    assert (site / ".git" / "kept").exists()
    assert not (site / ".well-known" / "kept").exists(), "what the build makes itself is the build's"


@NOT_ON_WINDOWS
@pytest.mark.parametrize("there", [True, False], ids=["a folder", "no folder yet"])
def test_a_link_to_a_folder_stays_and_the_folder_is_renewed(there: bool, site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    target = site if there else tmp_path / "elsewhere" / "site"
    link.symlink_to(target, target_is_directory=True)
    made(link, "new").publish()
    assert link.is_symlink()
    assert stands(target) == "new"


def test_a_file_in_the_sites_place_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.write_text("a file", encoding="utf-8")
    with pytest.raises(NotADirectoryError, match="It is no folder"):
        stage_beside(site)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["a file"]


def test_of_two_builds_at_once_the_last_one_stands(site: Path) -> None:
    first, second = made(site, "first"), made(site, "second")
    first.publish()
    second.publish()
    assert stands(site) == "second"


def test_of_two_builds_that_swap_in_the_same_moment_one_stands_and_the_other_fails(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where nothing can be held: on Windows, and on some network disks."""
    monkeypatch.setattr(hold, "fcntl", None)
    monkeypatch.setattr(swap, "exchange", lambda first, second: False)
    first, second = made(site, "first"), made(site, "second")
    rename, between = Path.rename, [second.publish]

    def renamed(self: Path, target: Path) -> Path:
        done = rename(self, target)
        while between and self == site:  # right after the first has moved the old site away
            between.pop()()
        return done

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(OSError):
        first.publish()
    assert stands(site) == "second"


@NOT_ON_WINDOWS
def test_while_one_build_swaps_no_other_one_can(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free: list[bool] = []

    def exchanged(first: Path, second: Path) -> bool:
        free.append(hold.hold(site.parent, wait=False) is not None)
        return exchange(first, second)

    monkeypatch.setattr(swap, "exchange", exchanged)
    made(site, "new").publish()
    assert free == [False]
    assert hold.hold(site.parent, wait=False), "afterwards it is free"


# --- What a killed build leaves -----------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from guide.publish import swap

def killed(*words):
    os.kill(os.getpid(), signal.SIGKILL)

def counted(self, target, rename=Path.rename, calls=[]):
    calls.append(target)
    return killed() if len(calls) == stop else rename(self, target)

site, way, stop = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
staged = swap.stage_beside(site)
(staged.new / "index.html").write_text("new", encoding="utf-8")
if way == "in two":
    swap.exchange = lambda first, second: False
Path.rename = counted
if way == "before the exchange":
    swap.exchange = killed
if way == "after the exchange":
    swap.exchange, exchange = lambda *both: exchange(*both) and killed(), swap.exchange
if way == "while the old one is removed":
    swap.shutil.rmtree = lambda folder, ignore_errors: (folder / "index.html").exists() and ((folder / "index.html").unlink(), killed())
staged.publish()
"""
# How a build is killed: the way of the swap, the rename before which it is killed, and what stands then.
KILLS = {
    "before the swap": ("in one step", 1, "old"),
    "before the exchange": ("before the exchange", 99, "old"),
    "right after the exchange": ("after the exchange", 99, "new"),
    "before the old site is removed": ("in one step", 2, "new"),
    "while the old site is being removed": ("while the old one is removed", 99, "new"),
    "before the first of two renames": ("in two", 2, "old"),
    "between two renames": ("in two", 3, None),
    "after both": ("in two", 4, "new"),
}


@NOT_ON_WINDOWS
@pytest.mark.parametrize("name", KILLS)
def test_a_killed_build_leaves_a_whole_site_and_the_next_one_clears_up(name: str, site: Path) -> None:
    way, stop, left = KILLS[name]
    (site / ".git").mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(site), way, str(stop)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(site.parent.iterdir())) > 1 or left is None, "this kill should leave something to clear up"
    if left:
        assert (site / "index.html").read_text(encoding="utf-8") == left
    clear_left(site.parent)
    assert stands(site) == (left or "old"), "put back where a system needs two renames"
    assert (site / ".git").is_dir(), "what is the host's comes through every kill"


@NOT_ON_WINDOWS
def test_the_next_build_of_the_same_site_clears_up_by_itself(site: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(site), "in one step", "1"], cwd=ROOT, check=False)
    made(site, "newer").publish()
    assert stands(site) == "newer"


@NOT_ON_WINDOWS
def test_a_first_build_that_is_killed_in_its_swap_leaves_the_new_site_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-c", KILLED, str(site), "in one step", "2"], cwd=ROOT, check=False)
    assert not site.exists()
    clear_left(tmp_path)
    assert stands(site) == "new"


@NOT_ON_WINDOWS
def test_what_another_build_is_making_is_not_cleared_up(site: Path) -> None:
    working = made(site, "working")
    made(site, "quick").publish()
    clear_left(site.parent)
    assert (working.new / "index.html").exists()
    working.publish()
    assert stands(site) == "working"


def test_folders_of_other_names_are_not_cleared_up(site: Path) -> None:
    others = [".site-settings", ".site-being-built-by-hand", ".site-being-built-abc12345.zip"]
    for name in others:
        (site.parent / name).mkdir()
    left = site.parent / ".site-north-being-built-abc12345"
    left.mkdir()
    made(site, "new").publish()
    assert sorted(path.name for path in site.parent.iterdir()) == sorted([*others, left.name, "site"])
    clear_left(site.parent)
    assert left.exists() == (os.name == "nt"), "it is beside another site of the folder"
    assert all((site.parent / name).exists() for name in others)


def test_where_nothing_can_be_held_a_half_made_site_stays_and_a_whole_one_is_put_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hold, "fcntl", None)
    half = site.with_name(".site-being-built-abc12345")
    half.mkdir()
    site.rename(site.with_name(".site-being-built-xyz67890-last"))
    clear_left(site.parent)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert half.is_dir(), "it may be another build's"


def test_a_file_that_cannot_be_held_is_not_held(tmp_path: Path) -> None:
    assert hold.hold(tmp_path / "nothing", wait=True) is None


# --- The build as a person runs it --------------------------------------------------------------------------------


def building(site: Path, *before: str) -> subprocess.Popen[str]:
    """A build of the shipped guide, running.

    before  words of a shell that come before it, such as a limit
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CLINIC": ""}
    return subprocess.Popen(["sh", "-c", " ".join([*before, 'exec "$@"']), "sh", *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


@NOT_ON_WINDOWS
def test_a_build_that_can_write_no_more_says_so_and_keeps_the_old_site(site: Path) -> None:
    """A limit to the size of a file stands in for a full disk: both refuse to write in the middle of a file."""
    build = building(site, "ulimit -f 400;")
    said, told = build.communicate()
    assert build.returncode == 1
    assert "File too large. The guide was not built; the last good site is untouched." in said, told
    assert "Traceback" not in told
    assert stands(site) == "old"


@NOT_ON_WINDOWS
def test_a_build_that_is_killed_keeps_the_old_site_and_the_next_one_clears_up(site: Path) -> None:
    with building(site) as build:
        assert any("Building documentation to directory" in line for line in build.stderr)
        build.kill()
    assert len(list(site.parent.iterdir())) == 2
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    clear_left(site.parent)
    assert stands(site) == "old"


@NOT_ON_WINDOWS
def test_two_builds_at_once_both_end_well_and_a_whole_site_stands(shipped_build: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    builds = [building(site), building(site)]
    told = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(shipped_build.site) for path in shipped_build.site.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert [file for file in files if not filecmp.cmp(site / file, shipped_build.site / file, shallow=False)] == []
