"""A new site is made beside the old one and takes its place in two renames."""

from __future__ import annotations

import errno
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Staged:
    """A site in the making.

    new   the folder it is built in
    site  the folder it will become
    """

    new: Path
    site: Path

    def publish(self) -> None:
        """Put the new site in the old one's place; wherever this is stopped, one of the two stands there, whole.

        Errors: OSError where a folder cannot be renamed; the old site is then put back.
        """
        try:
            if self.site.exists():
                self.site.rename(self._old)
            self.new.rename(self.site)
        finally:
            self.clear()

    def clear(self) -> None:
        """Leave nothing beside the site: neither one that was not published, nor the last one."""
        if self._old.exists() and not self.site.exists():
            self._old.rename(self.site)
        elif self._old.exists():
            self._keep_hidden_files()
            shutil.rmtree(self._old, ignore_errors=True)
        shutil.rmtree(self.new, ignore_errors=True)

    @property
    def _old(self) -> Path:
        return self.new.with_name(f"{self.new.name}-old")

    def _keep_hidden_files(self) -> None:
        """Hidden files in a site are its host's, such as .git: no build makes them, and MkDocs by itself spares them too."""
        for path in self._old.glob(".*"):
            if not (self.site / path.name).exists():
                path.rename(self.site / path.name)


def stage_beside(site: Path) -> Staged:
    """An empty folder on the same disk as the site, so that a rename is enough.

    site  where the site will stand; where it is a link to a folder, the folder is renewed and the link stays

    Errors: OSError where something else than a folder is there, or where nothing can be written beside it.
    """
    site = site.resolve()
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "It is no folder", str(site))
    site.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    new.chmod(0o755)  # mkdtemp makes a private folder, which a web server could not read
    return Staged(new, site)
