"""A guide and the site that was built of it, and what a recipe writes for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from guide.hosts.recipes import write_recipe
from guide.hosts.rules import Rules, read_rules
from guide.project import Guide


@dataclass(frozen=True)
class Made:
    """A guide, and the site that was built of it."""

    guide: Guide
    site: Path

    @cached_property
    def rules(self) -> Rules:
        return read_rules(self.guide, self.site)


def recipe(made: Made, name: str, build: Path) -> Path:
    """What a recipe wrote."""
    list(write_recipe(name, made.guide, made.site, build))
    return build / name
