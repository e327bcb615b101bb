"""What MkDocs calls when the same pages are built for Material's own search: the guide is read and handed over, and nothing is published.

guide/hooks.py would also take out of each page what Material's search box needs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from guide import build, tables  # noqa: E402  needs the path above, as MkDocs is a program of its own


@event_priority(100)  # as in guide/hooks.py: before mkdocs-macros
def on_config(config: Any) -> Any:
    """Read the clinic and the data, so that macros write the same pages."""
    config.markdown_extensions.append(tables.CardTables())
    build.prepare(ROOT, config)
    return config
