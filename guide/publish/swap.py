"""A new site is made beside the old one and takes its place in one step: whatever stops a build, a whole site stands there.

Three names stand beside a site while it is renewed, each hidden and beginning with the site's own:

- `.site-being-built-abc12345`: not whole. Its build holds it, so that no other one takes it for left.
- the same with `-done`: whole. First the new site; once the two have changed places, the old one.
- the same with `-last`: the old site, whole, for the moment between two renames where two folders cannot change places in one step.

What a killed build left under these names is put right by the next one.
"""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.publish.exchange import exchange
from guide.publish.hold import Hold, hold, holding

MARK = "-being-built-"
LEFT = re.compile(rf"\.(.+){MARK}[a-z0-9_]{{8}}(-done|-last)?")  # as mkdtemp ends a name


@dataclass(frozen=True)
class Staged:
    """A site in the making.

    new   the folder it is built in
    site  the folder it will become
    held  keeps other builds off `new`; None where nothing can be held
    """

    new: Path
    site: Path
    held: Hold | None = None

    def publish(self) -> None:
        """Put the new site in the old one's place; wherever this is stopped, one of the two stands there, whole.

        Errors: OSError where a folder cannot be renamed; the old site is then put back.
        """
        with holding(self.site.parent):
            try:
                self._swap()
            finally:
                self._tidy()

    def clear(self) -> None:
        """Leave nothing beside the site: neither one that was not published, nor the last one."""
        with holding(self.site.parent):
            self._tidy()

    def _swap(self) -> None:
        self.new.rename(self._done)
        if not self.site.exists():
            self._done.rename(self.site)
        elif not exchange(self._done, self.site):
            self.site.rename(self._last)
            self._done.rename(self.site)

    def _tidy(self) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        for whole in (self._last, self._done):
            if whole.exists() and not self.site.exists():
                whole.rename(self.site)
            elif whole.exists():
                self._keep_hidden_files(whole)
                with suppress(OSError):  # the next build tries again
                    shutil.rmtree(whole.rename(self.new), ignore_errors=True)  # no name may promise a whole site while it is being removed
        if self.held:
            self.held.let_go()

    @property
    def _done(self) -> Path:
        return self.new.with_name(f"{self.new.name}-done")

    @property
    def _last(self) -> Path:
        return self.new.with_name(f"{self.new.name}-last")

    def _keep_hidden_files(self, old: Path) -> None:
        """Hidden files in a site are its host's, such as .git: no build makes them, and MkDocs by itself spares them too."""
        for path in old.glob(".*"):
            if not (self.site / path.name).exists():
                path.rename(self.site / path.name)


def stage_beside(site: Path) -> Staged:
    """An empty folder on the same disk as the site, so that a rename is enough; what a killed build left there is put right.

    site  where the site will stand; where it is a link to a folder, the folder is renewed and the link stays

    Errors: OSError where something else than a folder is there, or where nothing can be written beside it.
    """
    site = site.resolve()
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "It is no folder", str(site))
    site.parent.mkdir(parents=True, exist_ok=True)
    with holding(site.parent):
        _clear_left(site.parent, site.name)
        new = Path(tempfile.mkdtemp(prefix=f".{site.name}{MARK}", dir=site.parent))
        new.chmod(0o755)  # mkdtemp makes a private folder, which a web server could not read
        return Staged(new, site, hold(new, wait=False))


def clear_left(folder: Path) -> None:
    """Put right what killed builds left beside any site in a folder."""
    with holding(folder):
        _clear_left(folder)


def _clear_left(folder: Path, name: str | None = None) -> None:
    """Put right what killed builds left beside one site, or beside each; the folder is held."""
    for staged in set(_left(folder)):
        if name in (None, staged.site.name):
            _put_right(staged)


def _left(folder: Path) -> Iterator[Staged]:
    for path in folder.glob(f".*{MARK}*"):
        found = LEFT.fullmatch(path.name)
        if found and path.is_dir():
            yield Staged(path.with_name(path.name.removesuffix(found[2] or "")), folder / found[1])


def _put_right(staged: Staged) -> None:
    """Tidy up after a build, unless it is still at work: then it holds its folder."""
    there = [path for path in (staged.new, staged._done, staged._last) if path.exists()]
    held = [hold(path, wait=False) for path in there]
    if all(held) or not (staged.site.exists() or staged.new in there):  # without a site, a whole one comes first, wherever nothing can be held
        staged._tidy()
    for each in held:
        if each:
            each.let_go()
