"""The whole of what a build works from: one clinic's facts, the data files and the component templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from guide.clinic import Clinic, read_clinic
from guide.duration import Duration
from guide.entries import CareStep, Country
from guide.faults import Fault, Faults
from guide.library import Library, read_library
from guide.pages import PageSource

CLINIC_FILE = "clinic.yml"
RELEASE = re.compile(r"^## ([^:\n]+)", re.M)  # in CHANGELOG.md, newest first
# What Markdown could act on inside a line, and what HTML could. As numbers they show as typed and do nothing.
LIVELY = re.compile(r"[&<>\"'\\`*_{}\[\]!~^=|$]")


@dataclass(frozen=True)
class Guide:
    """One clinic's guide, ready to fill macros and pages.

    root     the project's folder
    clinic   the clinic file as read
    library  the data files as read
    pages    the pages as typed, in the order of the menu; empty until they are checked
    uses     the names of the pages that use each source
    """

    root: Path
    clinic: Clinic
    library: Library
    pages: tuple[PageSource, ...] = ()
    uses: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def country(self) -> Country:
        return self.library.country(self.clinic.country)

    @cached_property
    def changelog(self) -> str:
        """What changed in the guide and when, for readers and clinics."""
        return (self.root / "CHANGELOG.md").read_text(encoding="utf-8")

    @property
    def version(self) -> str:
        """Which version of the guide this is: the day of its newest change, as CHANGELOG.md writes it."""
        newest = RELEASE.search(self.changelog)
        if newest is None:
            raise Faults([Fault("CHANGELOG.md", 0, "", "no change with its day", "write one below a line such as ## 15 January 2026: what is new")])
        return newest[1]

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        return self.library.words

    def written(self, day: date) -> str:
        """A date as people write it: 15 January 2026."""
        return f"{day.day} {self.words['months'][f'm{day.month}']} {day.year}"

    def length_of(self, step: CareStep) -> tuple[Duration | None, bool]:
        """The time of a step, and whether it is the clinic's own and not our default."""
        own = self.clinic.protocol.get(step.id)
        if own is None or own == step.default:
            return step.default, False
        return own, True

    def draw(self, component: str, **values: Any) -> Markup:
        """A component's HTML.

        component  the file's name in overrides/components, without its ending
        """
        return self.fill(f"{component}.html", words=self.words, **values)

    def fill(self, template: str, **values: Any) -> Markup:
        """A template's markup, with every value escaped, and no blank line that would end it in Markdown.

        template  the file's name in overrides/components or overrides/drawings
        """
        html = self._templates.get_template(template).render(**values)
        return Markup("\n".join(line.strip() for line in html.splitlines() if line.strip()))

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader([self.root / "overrides" / folder for folder in ("components", "drawings")]),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=shown_as_typed,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def shown_as_typed(value: Any) -> Any:
    """A value for HTML or Markdown in which no character does anything but show.

    Markup passes unchanged: it was made by a component, so its values went through here already.
    """
    if value is None:
        return ""
    if hasattr(value, "__html__"):
        return value
    return Markup(LIVELY.sub(lambda match: f"&#{ord(match[0])};", str(value)))


def open_guide(root: Path, clinic_file: str | None = None) -> Guide:
    """Read the data files and one clinic's file.

    root         the project's folder
    clinic_file  the clinic file as the person named it; left out, the project's own

    Errors: Faults with everything that is wrong in the data, or else in the clinic file.
    """
    library = read_library(root / "data")
    return Guide(root, read_clinic(clinic_path(root, clinic_file), library, clinic_file or CLINIC_FILE), library)


def clinic_path(root: Path, clinic_file: str | None = None) -> Path:
    """Where a clinic file is: a path is seen from the folder that the person is in, and the project's own from there."""
    return Path(clinic_file).absolute() if clinic_file else root / CLINIC_FILE
