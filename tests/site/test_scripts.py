"""Scripts are few bytes, and a page loads a tool's script only where the tool stands."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from conftest import ROOT

MOST = 12_000  # bytes: all scripts of the tools together, as a host sends them
TOOLS = ROOT / "docs" / "assets" / "js" / "tools"


def test_the_scripts_of_all_tools_stay_within_their_bytes(site: Path) -> None:
    sizes = {script.name: len(gzip.compress(script.read_bytes(), 9)) for script in (site / "assets" / "js" / "tools").glob("*.js")}
    assert len(sizes) == len(list(TOOLS.glob("*.js"))) and sum(sizes.values()) < MOST, sizes


def test_every_tool_of_a_page_has_its_script_and_every_script_is_used(site: Path) -> None:
    named = {name for page in site.rglob("*.html") for name in re.findall(r'data-mg-tool="([^"]*)"', page.read_text(encoding="utf-8"))}
    taken_in = {name for script in TOOLS.glob("*.js") for name in re.findall(r'from "\./([\w-]+)\.js"', script.read_text(encoding="utf-8"))}
    assert named and named | taken_in == {script.stem for script in TOOLS.glob("*.js")} and all((TOOLS / f"{name}.js").exists() for name in named)


def test_published_scripts_carry_no_comment_but_a_licence(site: Path) -> None:
    for script in (site / "assets" / "js").rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"/\*(?!!)", text) and len(text) < 12_000, script.name
