"""A new site is made beside the old one and takes its place in two renames."""

from __future__ import annotations

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
        """Put the new site in the old one's place; the old one stays until the new one stands.

        Errors: OSError where the folder cannot be renamed; the old site is then put back.
        """
        old = self.new.with_name(f"{self.new.name}-old")
        if self.site.exists():
            self.site.rename(old)
        try:
            self.new.rename(self.site)
        except OSError:
            if old.exists():
                old.rename(self.site)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def clear(self) -> None:
        """Remove the folder of a site that was not published."""
        shutil.rmtree(self.new, ignore_errors=True)


def stage_beside(site: Path) -> Staged:
    """An empty folder on the same disk as the site, so that a rename is enough."""
    site.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    new.chmod(0o755)  # mkdtemp makes a private folder, which a web server could not read
    return Staged(new, site)
