"""Wherever the swap of the old site for the new one is stopped, one of the two stands there whole, and nothing beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.publish.swap import Staged, stage_beside

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


@pytest.mark.parametrize("stopped_at", [1, 2])
@pytest.mark.parametrize("cause", [OSError, KeyboardInterrupt])
def test_a_swap_that_is_stopped_puts_the_old_site_back(cause: type[BaseException], stopped_at: int, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = made(site, "new")
    monkeypatch.setattr(Path, "rename", stopping(cause, stopped_at))
    with pytest.raises(cause):
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
    first, second = made(site, "first"), made(site, "second")
    rename, between = Path.rename, [second.publish]

    def renamed(self: Path, target: Path) -> Path:
        done = rename(self, target)
        while between:  # right after the first has moved the old site away
            between.pop()()
        return done

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(OSError):
        first.publish()
    assert stands(site) == "second"
