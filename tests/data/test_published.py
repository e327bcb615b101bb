"""No published address ever leads nowhere: the list of them, what is added to it, and what is told of one that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from guide import __main__ as commands
from guide.faults import Faults
from guide.pages import PageSource, read_pages
from guide.published import HEAD, NAME, add_published, arrives, built_addresses, lost_addresses, read_published

PAGE = '<article><h1 id="sun">Sun</h1><h2 class="a" id="shade">Shade</h2><p id="note">A note.</p></article>'
TYPED = "# Sun { #sun }\n\n## Shade { #shade }\n\n## Hats { #hats }\n"  # of which Hats is left out for this clinic


def onward(to: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={to}">'


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small site: a page, one that leads on to it, and a short address."""
    site = tmp_path / "site"
    texts = {"sun": PAGE, "sunshine": onward("../sun/index.html"), "sunburn": onward("../sun/index.html#shade"), "go": "<h1>Short</h1>", "go/sun": onward("../../sun/index.html#sun")}
    for folder, text in texts.items():
        (site / folder).mkdir(parents=True, exist_ok=True)
        (site / folder / "index.html").write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a short list."""
    (tmp_path / NAME).write_text(f"{HEAD}/go/\n/go/sun/\n/sun/\n/sun/#shade\n", encoding="utf-8")
    return tmp_path


# --- This guide ---------------------------------------------------------------------------------------------------


def test_every_published_address_still_leads_to_what_it_names(site: Path) -> None:
    lost = [str(fault) for fault in lost_addresses(ROOT / "data", site)]
    assert not lost, "\n".join(lost)


def test_every_address_of_the_guide_is_in_the_list(site: Path) -> None:
    missing = sorted(set(built_addresses(site, read_pages(ROOT / "docs"))) - set(read_published(ROOT / "data")))
    assert not missing, f"new addresses: run `make published`, and commit data/{NAME}: {missing}"


def test_the_list_is_sorted_and_holds_each_address_once() -> None:
    lines = [line for line in (ROOT / "data" / NAME).read_text(encoding="utf-8").splitlines() if line.startswith("/")]
    assert lines == sorted(set(lines)), "run `make published` once something was added, or sort the lines"


# --- What is published --------------------------------------------------------------------------------------------


def test_a_site_publishes_its_pages_their_typed_headings_and_its_short_addresses(built: Path) -> None:
    assert sorted(built_addresses(built, [PageSource("sun.md", TYPED)])) == ["/go/", "/go/sun/", "/sun/", "/sun/#shade", "/sun/#sun"]


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("sun/", True),
        ("sun/#shade", True),
        ("sun/#hats", False),
        ("moon/", False),
        ("sunshine/", True),
        ("sunshine/#shade", True),
        ("sunshine/#hats", False),
        ("sunburn/#hats", True),
        ("go/sun/", True),
        ("go/moon/", False),
    ],
)
def test_an_address_is_followed_as_a_reader_would(address: str, there: bool, built: Path) -> None:
    assert arrives(built, address) is there


def test_a_ring_of_pages_and_a_page_that_leads_nowhere_are_no_arrival(built: Path) -> None:
    (built / "sun" / "index.html").write_text(onward("../sunshine/index.html"), encoding="utf-8")
    assert not arrives(built, "sunshine/")
    (built / "sun" / "index.html").write_text(onward("../moon/index.html"), encoding="utf-8")
    assert not arrives(built, "sunshine/")


# --- What is told of one that was lost -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/moon/", "if it moved or was renamed, add it to data/moved.yml: old: moon.md and, below that, new: and where the answer stands now; otherwise put it back"),
        ("/sun/#hats", "old: sun.md#hats and"),
        ("/#top", "old: index.md#top and"),
        ("/go/moon/", "put the topic back into data/topics.yml; if its answer moved, change its page and heading there"),
    ],
)
def test_a_lost_address_is_told_with_what_to_do(address: str, words: str, built: Path, data: Path) -> None:
    add_published(data, [address])
    [lost] = lost_addresses(data, built)
    assert lost.line == read_published(data)[address]
    assert str(lost).startswith(f"data/{NAME}:{lost.line}: found {address}, which was published and leads nowhere now; ") and words in str(lost)


# --- The list ------------------------------------------------------------------------------------------------------


def test_what_is_new_is_added_in_its_place_and_nothing_is_taken_out(data: Path) -> None:
    assert add_published(data, ["/sun/", "/moon/#full", "/moon/"]) == ["/moon/", "/moon/#full"]
    assert (data / NAME).read_text(encoding="utf-8") == f"{HEAD}/go/\n/go/sun/\n/moon/\n/moon/#full\n/sun/\n/sun/#shade\n"
    assert [path.name for path in data.iterdir() if path.name.startswith(NAME)] == [NAME], "a half written list was left behind"


def test_with_nothing_new_the_list_is_not_written(data: Path) -> None:
    before = (data / NAME).stat().st_mtime_ns
    assert add_published(data, ["/sun/"]) == []
    assert (data / NAME).stat().st_mtime_ns == before


@pytest.mark.parametrize("line", ["sun/", "https://guide.test/sun/", "/sun", "/Sun/", "/sun/#", "<script>"])
def test_a_line_that_is_no_address_is_told(line: str, data: Path) -> None:
    with (data / NAME).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(Faults, match=f"data/{NAME}:{HEAD.count(chr(10)) + 5}: found .*; write an address as in the other lines"):
        read_published(data)


@pytest.mark.parametrize("content", [None, b"\xff/sun/\n"])
def test_a_list_that_cannot_be_read_is_told(content: bytes | None, data: Path) -> None:
    (data / NAME).unlink() if content is None else (data / NAME).write_bytes(content)
    with pytest.raises(Faults, match="a file that cannot be read .*; bring back the one that came with the guide"):
        read_published(data)


# --- The command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(built: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command `published` works on the small site and the short list."""
    (data / "docs").mkdir()
    (data / "docs" / "sun.md").write_text(TYPED, encoding="utf-8")
    (built / "index.html").write_text("<h1>Home</h1>", encoding="utf-8")
    monkeypatch.setattr(commands, "ROOT", data)
    monkeypatch.setattr(commands, "DATA", data)
    monkeypatch.setattr(commands, "DOCS", data / "docs")
    return data


def test_the_command_adds_what_is_new_and_says_so(elsewhere: Path, capsys: pytest.CaptureFixture) -> None:
    assert commands.main(["published"]) == 0
    assert capsys.readouterr().out == "Added: /sun/#sun\n1 added.\n"
    assert commands.main(["published"]) == 0
    assert capsys.readouterr().out == "0 added.\n"


def test_the_command_tells_a_lost_address_and_keeps_it(elsewhere: Path, capsys: pytest.CaptureFixture) -> None:
    add_published(elsewhere, ["/moon/"])
    assert commands.main(["published"]) == 1
    assert "/moon/, which was published and leads nowhere now" in capsys.readouterr().err
    assert "/moon/" in read_published(elsewhere)


def test_the_command_asks_for_a_built_guide_where_there_is_none(elsewhere: Path, built: Path, capsys: pytest.CaptureFixture) -> None:
    (built / "index.html").unlink()
    assert commands.main(["published"]) == 1
    assert capsys.readouterr().err.startswith("site: found no built guide; build it first, as make published does")
