"""What readers are told of the checks of access is what a run of the tests found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

import access_record
from access_record import NotRun, Run, read_run, recorded, files_to_run
from conftest import ROOT
from guide.entries import AccessCheck
from guide.project import Guide

ENTRY = """\
# Kept by people.
access:
  - id: keyboard
    says: The keyboard reaches all
    tests: [tests/browser/test_keyboard.py, tests/browser/test_access.py]
    ran: 7
    failed: 7
    ran_on: 2020-01-01
    browser: "none"
"""
RESULTS = """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" timestamp="2026-11-23T10:00:00.123456+00:00">
<testcase classname="tests.browser.test_keyboard" name="a"/>
<testcase classname="tests.browser.test_keyboard" name="b"><failure message="no"/></testcase>
<testcase classname="tests.browser.test_keyboard" name="c"><skipped/></testcase>
<testcase classname="tests.browser.test_access" name="d"><error message="no"/></testcase>
<testcase classname="tests.browser.test_axe" name="e"/>
</testsuite></testsuites>
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "results.xml").write_text(RESULTS, encoding="utf-8")
    return read_run(tmp_path / "results.xml")


def test_a_run_gives_its_day_and_what_ran_and_failed_in_each_file(run: Run) -> None:
    assert run.day == "2026-11-23"
    assert run.ran == {"tests/browser/test_keyboard.py": 2, "tests/browser/test_access.py": 1, "tests/browser/test_axe.py": 1}
    assert run.failed == {"tests/browser/test_keyboard.py": 1, "tests/browser/test_access.py": 1, "tests/browser/test_axe.py": 0}


def test_what_a_run_found_is_written_and_all_else_stays(run: Run) -> None:
    expected = ENTRY.replace("ran: 7", "ran: 3").replace("failed: 7", "failed: 2").replace("2020-01-01", "2026-11-23").replace('"none"', '"Chromium 1.2"')
    assert recorded(ENTRY, run, "Chromium 1.2") == expected


def test_a_check_that_was_never_run_gets_its_lines(run: Run) -> None:
    never = "".join(line for line in ENTRY.splitlines(True) if line.split(":")[0].strip() not in ("ran", "failed", "ran_on", "browser"))
    assert recorded(never, run, "Chromium 1.2") == recorded(ENTRY, run, "Chromium 1.2")


def test_a_check_that_did_not_run_is_told_and_nothing_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    record = tmp_path / "access.yml"
    record.write_text(ENTRY.replace("test_access.py", "test_print.py"), encoding="utf-8")
    monkeypatch.setattr(access_record, "RECORD", record)
    with pytest.raises(NotRun, match=r"^keyboard: no test of tests/browser/test_print\.py ran$"):
        recorded(record.read_text(encoding="utf-8"), run, "Chromium 1.2")
    assert access_record.main(str(tmp_path / "results.xml")) == 1
    assert "keyboard" in capsys.readouterr().err and "2020-01-01" in record.read_text(encoding="utf-8")


def test_every_check_names_files_of_tests_that_are_there() -> None:
    files = files_to_run(access_record.RECORD.read_text(encoding="utf-8"))
    assert files and [file for file in files if not (ROOT / file).is_file()] == []


def test_a_result_that_is_not_whole_is_told() -> None:
    with pytest.raises(ValidationError, match="let `make access` write"):
        AccessCheck(id="keyboard", says="The keyboard reaches all", tests=["tests/browser/test_keyboard.py"], ran=3)


def test_the_statement_shows_what_each_check_found_and_when(site: Path, guide: Guide) -> None:
    page = (site / "about" / "accessibility" / "index.html").read_text(encoding="utf-8")
    for check in yaml.safe_load(access_record.RECORD.read_text(encoding="utf-8"))["access"]:
        row = next(row for row in page.split("<tr>") if check["says"] in row)
        if "ran" in check:
            assert f">{check['ran']}<" in row and f">{check['failed'] or 'none'}<" in row and guide.written(check["ran_on"]) in row
        else:
            assert row.count(">not yet<") == 2 and ">not known yet<" in row
