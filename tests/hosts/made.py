"""A guide and the site that was built of it, and what a recipe writes for it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from guide.hosts.recipes import write_recipe
from guide.hosts.rules import Rules, read_rules
from guide.project import Guide


@dataclass(frozen=True, eq=False)
class Made:
    """A guide, and the site that was built of it."""

    guide: Guide
    site: Path

    @cached_property
    def rules(self) -> Rules:
        return read_rules(self.guide, self.site)


@cache
def shared_recipe(made: Made, name: str) -> Path:
    """The same, written once for all tests that only read it."""
    folder = tempfile.mkdtemp(prefix="guide-recipe-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return recipe(made, name, Path(folder))


def recipe(made: Made, name: str, build: Path) -> Path:
    """What a recipe wrote."""
    list(write_recipe(name, made.guide, made.site, build))
    return build / name
