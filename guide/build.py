"""The steps of a build that need no engine but for a configuration to read and set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.faults import Faults
from guide.moves import move_faults
from guide.own import OwnPage, chosen_clinic, pages_folder, read_own_pages
from guide.own_rules import own_faults
from guide.page_rules import page_faults
from guide.pages import read_pages
from guide.project import CLINIC_FILE, Guide, clinic_path, open_guide
from guide.publish import brand, headers, leftovers, permanent, scripts, search, shell, styles
from guide.publish.swap import Staged, stage_beside


def prepare(root: Path, config: Any) -> Guide:
    """Read everything, check every page, and give the theme what it prints on each page.

    root    the project's folder
    config  MkDocs' configuration: nav is read, extra is added to

    Errors: Faults with everything that is wrong.
    """
    named = chosen_clinic(root, str(config.extra["clinic_file"] or ""))
    guide = checked_guide(root, named, Path(config.docs_dir), config.nav)
    config.site_name = shell.site_name(guide)
    own = [page.name for page in own_pages(guide)]
    config.nav = [*config.nav, {guide.clinic.name: own}] if own else config.nav
    config.extra.update(shell.extra(guide), clinic_file=str(clinic_path(root, named)), guide=guide)
    return guide


def checked_guide(root: Path, clinic_file: str | None, docs: Path, nav: Any) -> Guide:
    """The guide, once everything in it is found to be right.

    root         the project's folder
    clinic_file  the clinic file as the person named it; None or empty for the project's own
    docs         the folder of the pages
    nav          the menu as mkdocs.yml has it

    Errors: Faults with everything that is wrong.
    """
    guide, order = open_guide(root, clinic_file), list(nav_pages(nav))
    pages = read_pages(docs)
    faults, uses = page_faults(guide, pages, order)
    faults += move_faults(guide.library, pages)
    own = read_own_pages(clinic_path(root, clinic_file), clinic_file or CLINIC_FILE)
    found, used = own_faults(guide, own, pages)
    if faults or found:
        raise Faults(faults + found)
    uses = {source: [*uses.get(source, []), *used.get(source, [])] for source in {**uses, **used}}
    return replace(guide, pages=(*sorted(pages, key=lambda page: [*order, page.name].index(page.name)), *own), uses=uses)


def own_pages(guide: Guide) -> list[OwnPage]:
    """The clinic's own pages, which stand after the guide's."""
    return [page for page in guide.pages if isinstance(page, OwnPage)]


def nav_pages(nav: Any) -> Iterator[str]:
    """Every page that a nav names, at any depth."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from nav_pages(part)


def stage(guide: Guide, config: Any) -> Staged:
    """Turn the build to a folder beside the site, and to the address from the clinic file.

    The address is for canonical links, the sitemap and the page for wrong addresses.

    Errors: OSError where nothing can be written there.
    """
    staged = stage_beside(Path(config.site_dir))
    config.site_dir, config.site_url = str(staged.new), guide.clinic.site_url
    return staged


def clinic_files(guide: Guide, config: Any) -> list[Path]:
    """The clinic's own files, wherever they are: its clinic file, and its logo and the folder of its pages where there are any."""
    pages = pages_folder(Path(config.extra["clinic_file"]))
    return [Path(path) for path in (config.extra["clinic_file"], guide.clinic.brand.logo_file, pages if pages.is_dir() else None) if path]


def finish(guide: Guide, site: Path, *, served: bool = False) -> None:
    """Finish a built folder: what comes from the clinic file alone, one style sheet, lean scripts, the index of the search, nothing that is not used, permanent links, and what pages may do.

    served  whether `mkdocs serve` shows it: it renews an open page by an inline script of its own, which the policy would refuse

    Errors: ThemeChanged where the theme's pages are not as we know them; Faults where a link cannot stay, or a page holds what its policy would refuse; OSError where a file cannot be written.
    """
    brand.write_brand(guide.clinic, site)
    styles.join_styles(site)
    scripts.lean_scripts(site)
    search.write_search(guide.library, guide.pages, site)
    leftovers.clear_leftovers(site)
    permanent.write_permanent(guide, site)
    if not served:
        headers.write_headers(guide, site)


def example_lines(guide: Guide) -> Iterator[str]:
    """What the builder reads about values that are still examples."""
    values = guide.clinic.example_values()
    if values:
        many = "1 value is still an example" if len(values) == 1 else f"{len(values)} values are still examples"
        yield f"{many}, so every page says so and asks search engines to stay away:"
    for value in values:
        yield f"  still an example: {value}"
