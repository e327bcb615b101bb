"""Writes into data/access.yml what the tests of access found: `make access` runs them first, into a file in JUnit's form.

The statement of accessibility prints it, so nothing there is typed in by hand.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import yaml
from install_browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "data" / "access.yml"


@dataclass(frozen=True)
class Run:
    """What a run of tests found.

    day     the day on which it began, as year-month-day
    ran     how many tests ran, by file
    failed  how many of them did not pass, by file
    """

    day: str
    ran: dict[str, int]
    failed: dict[str, int]


class NotRun(Exception):
    """A check has no test that ran, so nothing can be said of it."""


def read_run(results: Path) -> Run:
    """Read what pytest wrote with --junitxml. A test that was skipped did not run.

    Errors: OSError and ParseError where it cannot be read.
    """
    suite = next(ElementTree.parse(results).iter("testsuite"))
    ran: dict[str, int] = {}
    failed: dict[str, int] = {}
    for case in suite.iter("testcase"):
        if case.find("skipped") is not None:
            continue
        file = f"{case.get('classname', '').replace('.', '/')}.py"
        ran[file] = ran.get(file, 0) + 1
        failed[file] = failed.get(file, 0) + int(any(case.find(tag) is not None for tag in ("failure", "error")))
    return Run(datetime.fromisoformat(suite.get("timestamp", "")).date().isoformat(), ran, failed)


def recorded(text: str, run: Run, browser: str) -> str:
    """The text of data/access.yml with what a run found; all else in it as it was.

    browser  the browser's name and version

    Errors: NotRun with each check none of whose tests ran.
    """
    checks = yaml.safe_load(text)["access"]
    idle = [f"{check['id']}: no test of {file} ran" for check in checks for file in check["tests"] if not run.ran.get(file)]
    if idle:
        raise NotRun("\n".join(idle))
    head, *parts = re.split(r"(?m)^(?=  - id: )", text)
    return head + "".join(_with(part, dict(_found(check, run)) | {"browser": f'"{browser}"'}) for part, check in zip(parts, checks, strict=True))


def _found(check: dict, run: Run) -> Iterator[tuple[str, object]]:
    yield "ran", sum(run.ran[file] for file in check["tests"])
    yield "failed", sum(run.failed[file] for file in check["tests"])
    yield "ran_on", run.day


def _with(part: str, values: dict[str, object]) -> str:
    """An entry with these lines at its end, in the place of those that it had."""
    kept = re.sub(rf"(?m)^    (?:{'|'.join(values)}): .*\n", "", part)
    return kept + "".join(f"    {key}: {value}\n" for key, value in values.items())


def files_to_run(text: str) -> list[str]:
    """Every file of tests that data/access.yml names, once."""
    return list(dict.fromkeys(file for check in yaml.safe_load(text)["access"] for file in check["tests"]))


def main(results: str = "") -> int:
    """Print the files of tests to run; or, given what pytest wrote, write down what they found."""
    text = RECORD.read_text(encoding="utf-8")
    if not results:
        print(*files_to_run(text))
        return 0
    run = read_run(Path(results))
    version = subprocess.run([find_browser(), "--version"], capture_output=True, text=True, check=True).stdout
    try:
        RECORD.write_text(recorded(text, run, " ".join(version.split()[:2])), encoding="utf-8")
    except NotRun as idle:
        print(idle, file=sys.stderr)
        return 1
    print(f"data/access.yml: {sum(run.ran.values())} tests ran on {run.day}, {sum(run.failed.values())} failed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
