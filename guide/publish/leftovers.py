"""Takes out of built pages what Material 9.8.1's base.html prints outside its blocks and our pages never use.

Its two check boxes also carry an attribute that HTML does not allow there, so without them the pages are valid.
"""

from __future__ import annotations

from pathlib import Path

# As base.html prints them (lines 99 to 101 and 190 to 192), each exactly once on every page.
LEFTOVERS = (
    '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">',
    '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">',
    '<label class="md-overlay" for="__drawer"></label>',
    '<div class="md-dialog" data-md-component="dialog">\n      <div class="md-dialog__inner md-typeset"></div>\n    </div>',
)
# The folder of our templates that MkDocs takes for files of the theme, as they do not end in .html.
TEMPLATES = "drawings"


class ThemeChanged(Exception):
    """The theme prints something else than this step was written for."""


def clear_leftovers(site: Path) -> None:
    """Take the theme's unused elements out of every page, and our templates out of the site.

    site  the built folder

    Errors: ThemeChanged where a page does not hold each of them once, as after a change of the theme's version.
    """
    _clear_templates(site / TEMPLATES)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for leftover in LEFTOVERS:
            if text.count(leftover) != 1:
                raise ThemeChanged(f"{page.relative_to(site)}: found {leftover[:60]}… {text.count(leftover)} times, not once; compare guide/publish/leftovers.py with the theme's base.html")
            text = text.replace(leftover, "")
        page.write_text(text, encoding="utf-8")


def _clear_templates(folder: Path) -> None:
    """Take our templates out, and leave what a page in a folder of the same name may have put beside them."""
    for template in folder.glob("*.svg"):
        template.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
