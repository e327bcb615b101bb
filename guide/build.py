"""The steps of a build that need no engine but for a configuration to read and set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.faults import Faults
from guide.pages import page_faults, read_pages
from guide.project import Guide, open_guide
from guide.publish import brand, leftovers, shell, styles
from guide.publish.swap import Staged, stage_beside


def prepare(root: Path, config: Any) -> Guide:
    """Read everything, check every page, and give the theme what it prints on each page.

    root    the project's folder
    config  MkDocs' configuration: nav is read, extra is added to

    Errors: Faults with everything that is wrong.
    """
    guide = open_guide(root, config.extra["clinic_file"])
    faults = page_faults(guide, read_pages(Path(config.docs_dir)), list(nav_pages(config.nav)))
    if faults:
        raise Faults(faults)
    config.site_name = shell.site_name(guide)
    config.extra.update(shell.extra(guide))
    return guide


def use_clinic_address(guide: Guide, config: Any) -> None:
    """The address from the clinic file, for canonical links, the sitemap and the page for wrong addresses."""
    config.site_url = guide.clinic.site_url


def nav_pages(nav: Any) -> Iterator[str]:
    """Every page that a nav names, at any depth."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from nav_pages(part)


def stage(config: Any) -> Staged:
    """Turn the build to a folder beside the site."""
    staged = stage_beside(Path(config.site_dir))
    config.site_dir = str(staged.new)
    return staged


def finish(guide: Guide, site: Path) -> None:
    """Finish a built folder: what comes from the clinic file alone, one style sheet, and nothing that is not used.

    Errors: ThemeChanged where the theme's pages are not as we know them.
    """
    brand.write_brand(guide.clinic, site)
    styles.join_styles(site)
    leftovers.clear_leftovers(site)


def publish(staged: Staged) -> None:
    """Let the new site take the old one's place."""
    staged.publish()


def clear(staged: Staged) -> None:
    """Remove what is left of a build that was not published."""
    staged.clear()


def example_lines(guide: Guide) -> Iterator[str]:
    """What the builder reads about values that are still examples."""
    values = guide.clinic.example_values()
    if values:
        yield f"{len(values)} values are still examples, so every page says so and asks search engines to stay away:"
    for value in values:
        yield f"  still an example: {value}"
