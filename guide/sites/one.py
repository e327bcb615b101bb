"""Builds the site of one clinic. Nothing else in this folder knows how a site is made."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.faults import one_line


@dataclass(frozen=True)
class Made:
    """What a build tells of the clinic whose site now stands.

    logo      the clinic's logo, seen from the folder of its file; empty where there is none
    examples  how many of its values are still examples
    """

    logo: str
    examples: int


class NotMade(Exception):
    """A site that could not be built; the last good one stands as it was.

    lines  what is wrong, one line each
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def build_clinic(root: Path, clinic: str, site: Path) -> Made:
    """Build a clinic's site beside the one that stands, and let it take that one's place.

    root    the project's folder
    clinic  the clinic file as the person knows it
    site    the folder of its site

    Errors: NotMade with everything that is wrong.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    os.environ["CLINIC"] = clinic  # as mkdocs.yml asks for it
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's notice, of which requirements.txt says all there is to say
    with _Told(clinic) as told:
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except MkDocsException as error:
            raise NotMade(told.lines or [one_line(f"{clinic}: {error}")]) from None
    facts = config.extra["guide"].clinic
    logo = facts.brand.logo_file
    return Made(logo.relative_to(Path(clinic).absolute().parent).as_posix() if logo else "", len(facts.example_values()))


class _Told(logging.Handler):
    """Gathers what a build tells of faults, a line each, and keeps all that it tells off the screen."""

    def __init__(self, clinic: str) -> None:
        super().__init__(logging.WARNING)
        self.clinic = clinic
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        head, *faults = record.getMessage().splitlines()
        listed = faults and head.endswith(":")  # a fault names its file by itself; what the engine tells does not
        self.lines += faults if listed else [one_line(f"{self.clinic}: {record.getMessage()}")]

    def __enter__(self) -> _Told:
        log = logging.getLogger("mkdocs")
        self.before = log.propagate
        log.propagate = False
        log.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        log = logging.getLogger("mkdocs")
        log.propagate = self.before
        log.removeHandler(self)
