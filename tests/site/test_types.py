"""Every script of ours passes TypeScript's checker, with the types that stand in its comments."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from install_types import TYPESCRIPT

SCRIPTS = Path("docs/assets/js")
RULES = Path("tests/tsconfig.json")
WRONG = {
    "a number where a text is asked for": "/** @param {string} text */\nexport function say(text) {\n  return text;\n}\nsay(1);\n",
    "a name that nothing has": "document.boddy;\n",
    "what may be missing": 'document.querySelector("main").remove();\n',
    "a parameter without a type": "export function say(text) {\n  return text;\n}\n",
    "a variable that nothing uses": "const one = 1;\nexport {};\n",
    "a part that is not what it is taken for": '/** @type {HTMLInputElement} */\nexport const box = document.body.querySelector("form");\n',
    "what browsers have had for too short a time": "new Set().union(new Set());\n",
}


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """What starts the type checker; a test that cannot have it fails, so that no script goes unchecked."""
    if not TYPESCRIPT.works():
        pytest.fail("No type checker that works. `make test` brings it; by hand: python tests/install_types.py", pytrace=False)
    return TYPESCRIPT.command


def told(checker: list[str], project: Path) -> list[str]:
    """What is wrong in the scripts of a project, a line for each; what stands in vendor/ is as its makers wrote it."""
    done = subprocess.run([*checker, "--project", str(RULES), "--pretty", "false"], cwd=project, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0 or done.stdout, done.stderr
    lines = re.sub(r"\n +", " ", done.stdout).splitlines()
    return [line for line in lines if not line.startswith(f"{SCRIPTS.as_posix()}/vendor/")]


def test_every_script_passes_the_type_checker(checker: list[str]) -> None:
    found = told(checker, ROOT)
    assert not found, "\n".join(["The type checker says:", *found])


def test_a_wrong_type_is_found_in_every_folder_but_vendor(checker: list[str], tmp_path: Path) -> None:
    (tmp_path / RULES).parent.mkdir()
    shutil.copy(ROOT / RULES, tmp_path / RULES)
    for folder in (".", "tools", "vendor"):
        (tmp_path / SCRIPTS / folder).mkdir(parents=True, exist_ok=True)
        for name, script in WRONG.items():
            (tmp_path / SCRIPTS / folder / f"{name}.js").write_text(script, encoding="utf-8")
        (tmp_path / SCRIPTS / folder / "right.js").write_text("/** @type {string} */\nexport const right = document.title;\n", encoding="utf-8")
    found = {line.partition("(")[0] for line in told(checker, tmp_path)}
    assert found == {f"{(SCRIPTS / folder / name).as_posix()}.js" for folder in (".", "tools") for name in WRONG}
