"""What MkDocs calls: read and check everything before a build, publish after it. Each hook is a few lines.

The site is built beside the last one and takes its place only when all went well, so that no fault,
and no build that is stopped halfway, can harm what is already published.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.utils import CountHandler

ROOT = Path(__file__).resolve().parent.parent

log = logging.getLogger("mkdocs.guide")
state: dict[str, Any] = {"command": "build"}


def on_startup(command: str, dirty: bool) -> None:
    """Note whether pages are being served: then MkDocs gives the folder and the address itself."""
    state["command"] = command


@event_priority(100)  # before mkdocs-macros, which would read the same files and could not list their faults
def on_config(config: Any) -> Any:
    """Read the clinic and the data, check all pages, and tell MkDocs the clinic's name and address."""
    on_shutdown()  # what an earlier build left: `mkdocs serve --clean` makes many with one start
    _fresh_code()
    from guide import build, tables

    config.markdown_extensions.append(tables.CardTables())
    with _told_plainly():
        state["guide"] = build.prepare(ROOT, config)
        if state["command"] != "serve":
            state["staged"] = build.stage(state["guide"], config)
    for line in build.example_lines(state["guide"]):
        log.info("%s", line)
    return config


def on_files(files: Any, config: Any) -> Any:
    """Let MkDocs find the clinic's own pages, which stand in a folder of their own."""
    from mkdocs.structure.files import File

    from guide import build

    for page in build.own_pages(state["guide"]):
        files.append(File.generated(config, page.name, abs_src_path=str(page.path)))
    return files


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Rebuild when a file of the clinic changes, wherever it is."""
    from guide import build

    for path in build.clinic_files(state["guide"], config):
        server.watch(str(path))
    return server


@event_priority(-100)  # after every other step has written its files
def on_post_build(config: Any) -> None:
    """Write the clinic's colours and logo, then let the new site take the old one's place."""
    from guide import build

    with _told_plainly():
        build.finish(state["guide"], Path(config.site_dir), served=state["command"] == "serve")
        if "staged" in state and not _warned():
            config.site_dir = str(state["staged"].site)  # where `mkdocs gh-deploy` looks next
            state["staged"].publish()
            log.info("The guide stands in %s", config.site_dir)


def on_shutdown() -> None:
    """Leave nothing half made behind."""
    if "staged" in state:
        state.pop("staged").clear()


def _warned() -> bool:
    """Whether MkDocs is about to stop for warnings: it counts them only where it is strict."""
    return any(handler.get_counts() for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler))


@contextmanager
def _told_plainly() -> Iterator[None]:
    """End the build in plain words where the cause is a file that somebody here can mend."""
    from guide.faults import Faults
    from guide.publish.leftovers import ThemeChanged

    try:
        yield
    except Faults as faults:
        log.error("%s", "\n".join(["The guide was not built. To mend:", *map(str, faults.faults)]))
        raise Abort(f"{len(faults.faults)} to mend; the last good site is untouched.") from None
    except ThemeChanged as change:
        raise Abort(str(change)) from None
    except OSError as error:
        raise Abort(f"{error.filename or 'The site'}: {error.strerror}. The guide was not built; the last good site is untouched.") from None


def _fresh_code() -> None:
    """Let our code be found, and a changed macro be read anew.

    MkDocs is a program of its own, so our folder is not on its path; and `mkdocs serve` keeps modules between builds.
    """
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    for name in [name for name in sys.modules if name == "guide" or name.startswith("guide.")]:
        del sys.modules[name]
