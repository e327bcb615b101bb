"""The two zips: one that works from any folder of any host, and the files of the one for a disk. tests/browser/test_offline.py opens that one."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawl import Host, walk
from guide.hosts import portable, zips
from guide.hosts.classic import UnknownModule, classic_script
from guide.hosts.portable import LeadsNowhere, any_folder, offline, to_file
from made import Made
from servers import apache_with, nginx_with, readable_folder

pytest_plugins = ["hosted_guides"]


@pytest.fixture(scope="module")
def files(in_folder: Made) -> dict[str, bytes]:
    """The files for any folder, of a guide that was built for a folder of its own."""
    return any_folder(in_folder.guide, in_folder.site)


@pytest.fixture(scope="module")
def on_disk(in_folder: Made) -> dict[str, bytes]:
    """The files for a disk."""
    return offline(in_folder.guide, in_folder.site)


@pytest.fixture(scope="module", params=["/", "/else/where/"])
def elsewhere(request: pytest.FixtureRequest, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Host, str]]:
    """The zip, unpacked in another folder than the clinic file has, on a host that knows nothing of the guide; and that folder."""
    with readable_folder() as public:
        zips.write_zip(public / "guide.zip", files)
        place = public / request.param.strip("/")
        with zipfile.ZipFile(public / "guide.zip") as packed:
            packed.extractall(place)
        with nginx_with(f"types {{ text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; }} server {{ listen 80; root {public}; absolute_redirect off; }}") as started, Host(started.port) as host:
            yield host, f"{request.param}{zips.FOLDER}/"


def test_it_works_from_any_folder(elsewhere: tuple[Host, str], files: dict[str, bytes]) -> None:
    host, base = elsewhere
    pages = [f"{base}{name.removesuffix('index.html')}" for name in files if name.endswith("index.html")]
    walked = walk(host, *pages, base=base)
    assert not walked.broken, "\n".join(sorted(walked.broken))
    assert any(path.endswith("search/index.json") for path in walked.answers)


def test_no_page_names_the_folder_of_the_clinic_file_but_in_whole_addresses(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".html"):
            assert not re.search(rb'\b(?:href|src|action|data-mg-\w+)="/', data), name


def test_its_page_for_wrong_addresses_needs_nothing_and_leads_to_the_guides_own_address(in_folder: Made, files: dict[str, bytes]) -> None:
    text = files["404.html"].decode()
    assert in_folder.guide.clinic.site_url in text and in_folder.guide.clinic.phones.main.e164 in text
    assert not re.search(r"<(?:script|img|link)\b|url\(", text)
    style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
    policy = re.search(r'content="(default-src[^"]*)"', text)[1]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in html.unescape(policy), "else a browser would refuse its look"


def test_a_zip_has_the_same_bytes_each_time_and_one_folder(tmp_path: Path, files: dict[str, bytes]) -> None:
    zips.write_zip(tmp_path / "one.zip", files)
    zips.write_zip(tmp_path / "two.zip", dict(reversed(files.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names) and all(name.startswith(f"{zips.FOLDER}/") for name in names)
        assert not any(".." in name.split("/") or name.rpartition("/")[2].startswith((".", "_")) for name in names)
        assert {entry.date_time for entry in packed.infolist()} == {zips.MOMENT}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.zip", "two.zip"], "nothing is left beside it"


def test_a_zip_that_cannot_be_written_leaves_the_last_one(tmp_path: Path) -> None:
    zips.write_zip(tmp_path / "guide.zip", {"a": b"1"})
    before = (tmp_path / "guide.zip").read_bytes()
    with pytest.raises(TypeError):
        zips.write_zip(tmp_path / "guide.zip", {"a": None})
    assert (tmp_path / "guide.zip").read_bytes() == before and len(list(tmp_path.iterdir())) == 1


# --- For a disk -------------------------------------------------------------------------------------------------------


def test_the_offline_guide_names_no_module_no_worker_and_no_file_of_another_host(on_disk: dict[str, bytes]) -> None:
    for name, data in on_disk.items():
        text = data.decode() if name.endswith((".html", ".css", ".js", ".svg")) else ""
        assert 'type="module"' not in text and "new Worker" not in text and "modulepreload" not in text, name
        assert not re.search(r'<(?:script|img|iframe|source)\b[^>]*\bsrc="(?:https?:)?//|@import|url\(\s*["\']?(?:https?:)?//|<link\b[^>]*rel="(?:stylesheet|icon|preload|preconnect|dns-prefetch)"[^>]*href="(?:https?:)?//', text), name
    assert not any(name.startswith(("assets/javascripts", "assets/stylesheets")) for name in on_disk), "the theme's own scripts, of which one calls another host"
    assert "assets/js/vendor/stemmer.LICENSE.txt" in on_disk, "a licence goes where its code goes"


def test_each_page_of_the_offline_guide_may_ask_no_host(on_disk: dict[str, bytes]) -> None:
    for name, data in on_disk.items():
        if name.endswith(".html"):
            (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', data.decode())
            rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
            assert rules["default-src"] == "'none'" and rules["connect-src"] == "'none'" and rules["require-trusted-types-for"] == "'script'"
            assert not re.search(r"https?:|\*|unsafe", policy), name


def test_the_offline_guide_works_on_a_host_too(on_disk: dict[str, bytes]) -> None:
    with readable_folder() as public:
        zips.write_zip(public / "guide.zip", on_disk)
        with zipfile.ZipFile(public / "guide.zip") as packed:
            packed.extractall(public)
        with apache_with(public, "AddType text/html .html\nAddType text/css .css") as started, Host(started.port) as host:
            base = f"/{zips.FOLDER}/"
            walked = walk(host, *(f"{base}{name}" for name in on_disk if name.endswith(".html")), base=base)
    assert not walked.broken, "\n".join(sorted(walked.broken))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("../sun/", "../sun/index.html"),
        ("../sun/#after", "../sun/index.html#after"),
        ("../sun/?q=a/", "../sun/index.html?q=a/"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("#part", "#part"),
        ("", ""),
        ("../search/index.json", "../search/index.json"),
        ("https://doi.org/", "https://doi.org/"),
        ("//host.test/", "//host.test/"),
        ("tel:+12025550142", "tel:+12025550142"),
        ("mailto:a@b.test", "mailto:a@b.test"),
    ],
)
def test_an_address_of_a_folder_becomes_that_of_its_page(typed: str, meant: str) -> None:
    assert to_file(typed) == meant


def test_a_link_of_the_offline_guide_that_leads_nowhere_is_told() -> None:
    with pytest.raises(LeadsNowhere, match="a/index.html: a link to ../b/index.html"):
        portable._see_links({"a/index.html": b'<a class="x" href="../b/index.html">b</a>'})


# --- One plain script of many modules ---------------------------------------------------------------------------------


def ran(folder: Path, **texts: str) -> str:
    """What a set of modules says, as one plain script."""
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    script = classic_script(folder, "main.js", "({ ok: true, json: async () => ({ asked: address }) })")
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_modules_take_from_each_other_as_they_did(tmp_path: Path) -> None:
    said = ran(
        tmp_path,
        main='import{one,two as second}from"./other.js";import { Kind } from "./other.js";console.log(one(),second,new Kind().name);import("./later.js").then(({start})=>start());',
        other='export function one(){return"1"}export const two=2;export class Kind{name="kind"}',
        later='import{two}from"./other.js";export async function start(){const got=await fetch("x");console.log(two,(await got.json()).asked)}',
    )
    assert said == "1 2 kind\n2 x"


def test_a_module_is_started_once_and_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert ran(tmp_path, main='import{a}from"./a.js";import{b}from"./b.js";console.log(a,b);', a='console.log("a starts");export const a=1;', b='import{a}from"./a.js";export const b=a+1;', never='console.log("never");export const c=1;') == "a starts\n1 2"


def test_a_module_that_fails_is_caught_as_a_failed_import_is(tmp_path: Path) -> None:
    assert ran(tmp_path, main='import("./none.js").catch(()=>console.log("caught"));import("./bad.js").catch(()=>console.log("caught too"));', bad='export const a=1;throw new Error("x");') == "caught\ncaught too"


@pytest.mark.parametrize("text", ['import x from "./a.js";', 'import * as all from "./a.js";', 'import "./a.js";', "export default 1;", "export { a };", 'export * from "./a.js";', "console.log(import.meta.url);"])
def test_a_form_that_is_not_known_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("const a = 1;", encoding="utf-8")
    (tmp_path / "main.js").write_text(f"const first = 1;{text}", encoding="utf-8")
    with pytest.raises(UnknownModule, match="main.js"):
        classic_script(tmp_path, "main.js", "0")


def test_modules_that_need_each_other_in_a_ring_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import{b}from"./b.js";export const a=1;', encoding="utf-8")
    (tmp_path / "b.js").write_text('import{a}from"./a.js";export const b=1;', encoding="utf-8")
    with pytest.raises(UnknownModule, match="a.js, b.js"):
        classic_script(tmp_path, "a.js", "0")


def test_a_word_in_a_text_is_no_statement(tmp_path: Path) -> None:
    assert ran(tmp_path, main='// import x from "y"\nconsole.log("import * as a; export default b");') == "import * as a; export default b"
