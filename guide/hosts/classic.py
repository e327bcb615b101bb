"""Makes one plain script of the guide's modules: a page opened from a disk may start a plain script, and never a module.

Each module becomes a function that is called once, the first time that another one asks for it; so what a page does not use is not started.
It knows the few forms of `import` and `export` that our scripts have, and refuses every other one.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = r"\{([^{}]*)\}"
IMPORT = re.compile(rf'\bimport\s*{NAMES}\s*from\s*"([^"]+)";?')
LATER = re.compile(r"\bimport\(")
EXPORT = re.compile(r"\bexport\s+((?:async\s+)?function\b\*?|class\b|const\b|let\b)\s*([\w$]+)")
RENAMED = re.compile(r"\s+as\s+")
LEFT_OVER = re.compile(r"(?:^|[;}\s])(?:import\s*[\w*{\"]|export\s*[\w*{])|\bimport\.meta\b")
TEXTS = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)  # in which a word is no statement

# `load` starts a module, or gives what it gave before; `later` is what import() was. Modules name each other as seen from themselves.
FRAME = """\
(() => {
"use strict";
const fetch = async (address) => %(fetched)s;
const begun = {};
const place = (from, name) => new URL(name, `file:///${from}`).pathname.slice(1);
const load = (name) => begun[name] ?? modules[name](begun[name] = {}, (other) => load(place(name, other)), async (other) => load(place(name, other)));
const modules = {
%(modules)s
};
load(%(first)s);
})();
"""


class UnknownModule(Exception):
    """A script says something that this step was not written for."""


def classic_script(folder: Path, first: str, fetched: str) -> str:
    """One plain script of all modules in a folder.

    folder   the modules, with those in folders below
    first    the module that is started, seen from the folder
    fetched  what stands in for an answer from the network, as an expression of JavaScript in which `address` is what was asked for

    Errors: UnknownModule where a module holds a form that is not known, or names one that is not there, or they go round in a ring.
    """
    texts = {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.js"))}
    _see_no_ring(texts)
    modules = ",\n".join(f"{json.dumps(name)}: ($given, $load, $later) => {{\n{_as_function(name, text)}\n}}" for name, text in texts.items())
    return FRAME % {"fetched": fetched, "modules": modules, "first": json.dumps(first)}


def _as_function(name: str, text: str) -> str:
    """A module's text as the inside of a function."""
    given = [found[2] for found in EXPORT.finditer(text)]
    body = IMPORT.sub(lambda found: f"const {{{_renamed(found[1])}}} = $load({json.dumps(found[2])});", text)
    body = LATER.sub("$later(", EXPORT.sub(r"\1 \2", body))
    if LEFT_OVER.search(TEXTS.sub('""', body)):
        raise UnknownModule(f"{name}: an import or export of a form that guide/hosts/classic.py does not know; write import {{ a }} from \"./b.js\", or export before a function, class or const")
    return f"{body}\nreturn Object.assign($given, {{ {', '.join(given)} }});"


def _renamed(names: str) -> str:
    """What stands in the braces of an import, as taking apart an object has it."""
    return ", ".join(RENAMED.sub(": ", each.strip()) for each in names.split(",") if each.strip())


def _see_no_ring(texts: Mapping[str, str]) -> None:
    """See that each module can be whole before another one takes something from it."""
    needs = {name: list(_needed(name, text)) for name, text in texts.items()}
    whole: set[str] = set()
    while left := needs.keys() - whole:
        ready = {name for name in left if whole.issuperset(needs[name])}
        if not ready:
            raise UnknownModule(f"{', '.join(sorted(left))}: modules that need each other, or one that is not there")
        whole |= ready


def _needed(name: str, text: str) -> Iterator[str]:
    for found in IMPORT.finditer(text):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
