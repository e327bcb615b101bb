"""What a page may do: one policy on every page and in `_headers`, as strict as what the pages use; and what it would refuse stops the build."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from conftest import ROOT, run_build
from guide.clinic import LONGEST_FRAMES, Clinic, read_clinic
from guide.faults import Fault, Faults
from guide.library import read_library
from guide.pages import read_pages
from guide.project import Guide
from guide.publish.headers import CHARSET, FINGERPRINTED, FOR_GOOD, HEADERS, MOST_RULES, POLICY, UNUSED, header_lines, policy, response_headers, write_headers
from host import header_rules
from test_build import assert_stopped, changed, last_good  # noqa: F401  the last is a fixture

BOTH = ["shipped", "other"]
LONGEST_LINE = 2_000  # characters in a line of `_headers` that Cloudflare Pages reads
IN_A_HEADER_ALONE = {"frame-ancestors", "report-uri", "report-to", "sandbox"}
PAGE = f"<!doctype html><html lang=en><head>{CHARSET}<title>One</title></head><body><h1>One</h1>%s</body></html>"


@pytest.fixture
def of(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A clinic's guide and its built site."""
    names = {"shipped": ("site", "guide"), "other": ("other_site", "other_guide")}[request.param]
    site, guide = (request.getfixturevalue(name) for name in names)
    return SimpleNamespace(site=site, guide=guide)


def parsed(page: Path) -> Element:
    return html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def directives(policy: str) -> dict[str, list[str]]:
    """A policy as a browser cuts it up; of a directive that comes twice it takes the first."""
    parts = [part.split() for part in policy.split(";")]
    assert len({name for name, *_ in parts}) == len(parts)
    return {name: sources for name, *sources in parts}


def on_page(page: Path) -> dict[str, list[str]]:
    [policy] = [meta.get("content") for meta in parsed(page).iter("meta") if meta.get("http-equiv") == POLICY]
    return directives(policy)


def sent(site: Path) -> dict[str, dict[str, str]]:
    return header_rules((site / HEADERS).read_text(encoding="utf-8"))


# --- The policy on the pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_every_page_carries_the_same_policy_before_anything_that_it_speaks_of(of: SimpleNamespace) -> None:
    policies = []
    for page in of.site.rglob("*.html"):
        head = list(parsed(page).find("head"))
        assert [element.tag for element in head[:2]] == ["meta", "meta"], page
        assert (head[0].get("charset"), head[1].get("http-equiv")) == ("utf-8", POLICY), page
        assert page.read_bytes().index(b"charset") < 1_024, page
        policies.append(head[1].get("content"))
    assert len(policies) > 100 and len(set(policies)) == 1


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_policy_has_the_hash_of_each_inline_script_and_no_other(of: SimpleNamespace) -> None:
    found = set()
    for page in of.site.rglob("*.html"):
        inline = [script.text for script in parsed(page).iter("script") if "src" not in script.attrib and script.get("type") != "application/ld+json"]
        found |= {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline}
    assert len(found) == 1, "the guide has one inline script, overrides/shell/scheme.html"
    assert set(on_page(of.site / "index.html")["script-src"]) == {"'self'", *found}


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_policy_lets_in_nothing_by_default_nothing_unsafe_and_no_other_host(of: SimpleNamespace) -> None:
    policy = on_page(of.site / "index.html")
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["trusted-types"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    allowed = {source for sources in policy.values() for source in sources}
    assert {source for source in allowed if not source.startswith("'sha256-")} == {"'none'", "'self'", "'script'", "data:"}
    assert not IN_A_HEADER_ALONE & policy.keys(), "a browser complains of these on a page"


def test_the_policy_lets_in_nothing_that_no_page_uses(site: Path) -> None:
    policy = on_page(site / "index.html")
    style, scripts = (site / "assets" / "css" / "guide.css").read_text(encoding="utf-8"), "".join(path.read_text(encoding="utf-8") for path in (site / "assets" / "js").rglob("*.js"))
    used = {"script-src", "style-src"}
    used |= {"img-src"} if 'url("data:' in style else set()
    used |= {"connect-src"} if "fetch(" in scripts else set()
    used |= {"form-action"} if any("action" not in form.attrib for form in parsed(site / "index.html").iter("form")) else set()
    granted = {name for name, sources in policy.items() if sources != ["'none'"]} - {"require-trusted-types-for"}
    assert granted == used and ["'self'", "data:"] == policy["img-src"]


# --- What hosts are told ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_hosts_send_the_policy_of_the_pages_and_who_may_show_them_in_a_frame(of: SimpleNamespace) -> None:
    headers = sent(of.site)[f"{of.guide.clinic.site.base_path}*"]
    policy = directives(headers[POLICY])
    assert {name: sources for name, sources in policy.items() if name != "frame-ancestors"} == on_page(of.site / "index.html")
    assert policy["frame-ancestors"] == (of.guide.clinic.site.framed_by or ["'none'"])


def test_one_of_the_clinics_names_sites_that_may_show_it_and_one_names_none(guide: Guide, other_guide: Guide) -> None:
    assert (guide.clinic.site.framed_by, other_guide.clinic.site.framed_by) == ([], ["https://obrien.test", "https://xn--sn-lka.test:8443"])


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_hosts_send_the_other_headers_and_leave_out_what_binds_the_whole_host(of: SimpleNamespace) -> None:
    headers = sent(of.site)[f"{of.guide.clinic.site.base_path}*"]
    assert headers.pop(POLICY)
    features = headers.pop("Permissions-Policy").split(", ")
    assert features == [f"{feature}=()" for feature in UNUSED] and len(set(features)) == len(features)
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(features) and "clipboard-write=()" not in features
    assert headers == {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "cross-origin"}


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_the_file_for_hosts_keeps_what_these_hosts_ask(of: SimpleNamespace) -> None:
    text, read = (of.site / HEADERS).read_text(encoding="utf-8"), sent(of.site)
    assert text.isascii() and text.endswith("\n") and max(map(len, text.splitlines())) <= LONGEST_LINE
    assert len(read) <= MOST_RULES and all(address.startswith(of.guide.clinic.site.base_path) and address.count("*") <= 1 for address in read)
    assert all(value and value.isprintable() for headers in read.values() for value in headers.values())


def test_the_second_clinic_stands_in_a_folder_of_its_host(other_guide: Guide) -> None:
    assert other_guide.clinic.site.base_path != "/", "else the tests here would prove nothing of such a folder"


@pytest.mark.parametrize("of", BOTH, indirect=True)
def test_only_a_file_whose_name_changes_with_it_is_kept_for_good(of: SimpleNamespace) -> None:
    base, (first, *named) = of.guide.clinic.site.base_path, list(sent(of.site).items())
    assert "Cache-Control" not in first[1], "a host would join two values"
    for address, headers in named:
        assert headers == {"Cache-Control": FOR_GOOD} and FINGERPRINTED.search(address) and (of.site / address.removeprefix(base)).is_file()


@pytest.mark.parametrize("name", ["main.js", "guide.css", "index.json", "logo.svg", "deadbeef.js", "a.deadbee.js", "a.deadbeef.js.map", "a.20261123.html", "search-index.js"])
def test_a_name_that_stays_when_its_file_changes_is_no_such_name(name: str) -> None:
    assert not FINGERPRINTED.search(name)


def test_many_such_files_are_as_many_as_a_host_reads_and_odd_names_are_written_as_addresses(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"a * {number:03}.{number:08x}.min.js").write_text("", encoding="utf-8")
    read = header_rules("\n".join(header_lines("/a/", {"X": "1"}, tmp_path)))
    assert len(read) == MOST_RULES and list(read)[:2] == ["/a/*", "/a/a%20%2A%20000.00000000.min.js"]


# --- The sites that the clinic names ----------------------------------------------------------------------------------

PLAIN = (ROOT / "tests" / "clinics" / "plain.yml").read_text(encoding="utf-8")
NOT_SITES = {
    "a text": ("https://a.test", "site.framed_by", "“https://a.test”", "write a list"),
    "no https": ("[http://a.test]", "site.framed_by.1", "“http://a.test”", "begin the link with https://"),
    "a star": ('["*"]', "site.framed_by.1", "“*”", "https://"),
    "a star for a part of the host": ('["https://*.a.test"]', "site.framed_by.1", "“https://*.a.test”", "write a whole web address"),
    "a page": ("[https://a.test/guide]", "site.framed_by.1", "“https://a.test/guide”", "write “https://a.test” here, without what comes after it"),
    "more than one word": ('["https://a.test; script-src *"]', "site.framed_by.1", "script-src", "take the space out"),
    "another directive": ('["https://a.test;x"]', "site.framed_by.1", "“https://a.test;x”", "write a whole web address"),
    "a second header": (r'["https://a.test\r\nX: 1"]', "site.framed_by.1", "https://a.test X: 1", "in one piece"),
    "letters that a header cannot hold": ("[https://søn.test]", "site.framed_by.1", "“https://søn.test”", "begins with xn--"),
    "a word of the policy": ("[\"'self'\"]", "site.framed_by.1", "“'self'”", "https://"),
    "far too many": (f"[{', '.join(f'https://a-rather-long-name-{n}.test' for n in range(40))}]", "site.framed_by", "40 sites", "name fewer"),
}


def clinic_with(folder: Path, typed: str) -> Clinic:
    (folder / "clinic.yml").write_text(PLAIN.replace("  base_path: /\n", f"  base_path: /\n  framed_by: {typed}\n"), encoding="utf-8")
    return read_clinic(folder / "clinic.yml", read_library(ROOT / "data"), "clinic.yml")


@pytest.mark.parametrize("case", NOT_SITES)
def test_what_is_no_site_is_told_in_plain_words(case: str, tmp_path: Path) -> None:
    typed, key, found, expected = NOT_SITES[case]
    with pytest.raises(Faults) as raised:
        clinic_with(tmp_path, typed)
    [fault] = raised.value.faults
    assert (fault.file, fault.key) == ("clinic.yml", key)
    assert found in fault.found and expected in fault.expected and "\n" not in str(fault)


@pytest.mark.parametrize("typed", ["", "[]", "~"])
def test_no_site_is_no_site_however_it_is_written(typed: str, tmp_path: Path) -> None:
    assert clinic_with(tmp_path, typed).site.framed_by == []


def test_sites_are_read_once_each_in_small_letters_without_a_last_stroke(tmp_path: Path) -> None:
    assert clinic_with(tmp_path, '["https://A.test/", "https://b.test:8443", "https://a.TEST"]').site.framed_by == ["https://a.test", "https://b.test:8443"]


def test_the_longest_list_of_sites_still_fits_a_line(guide: Guide) -> None:
    sites = [f"https://{'a' * 40}-{number}.test" for number in range(LONGEST_FRAMES // 56)]
    clinic = guide.clinic.model_copy(update={"site": guide.clinic.site.model_copy(update={"framed_by": sites})})
    assert len(f"  {POLICY}: {response_headers(clinic, policy(['a', 'b', 'c', 'd']))[POLICY]}") <= LONGEST_LINE


# --- Made again -------------------------------------------------------------------------------------------------------


def unfinished(site: Path, copy: Path) -> Path:
    """A few pages of a site, as they were before they had a policy."""
    for name in ("index.html", "404.html", "about/words/index.html", "go/sun/index.html"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        text, found = re.subn(rf'\n<meta http-equiv="{POLICY}"[^>]*>', "", (site / name).read_text(encoding="utf-8"))
        assert found == 1
        (copy / name).write_text(text, encoding="utf-8")
    return copy


def test_the_same_pages_give_the_same_bytes_wherever_they_are(site: Path, guide: Guide, tmp_path: Path) -> None:
    one, two = (unfinished(site, tmp_path / name) for name in ("one", "two"))
    assert write_headers(guide, one) == write_headers(guide, two)
    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert len(files) == 5
    assert [name for name in files if (one / name).read_bytes() != (two / name).read_bytes()] == []
    assert [name for name in files if name.suffix == ".html" and (one / name).read_bytes() != (site / name).read_bytes()] == []


# --- What the policy would refuse -------------------------------------------------------------------------------------

SLIPS = {
    "an inline style": ('<p style="color: red">One</p>', "an inline style, “color: red”", "docs/assets/css"),
    "an inline style on a drawing": ('<svg><path STYLE="fill:red"/></svg>', "an inline style", "docs/assets/css"),
    "a style sheet on the page": ("<style>p { color: red }</style>", "the element <style>", "docs/assets/css"),
    "a handler": ('<button onclick="go()">One</button>', "the inline script onclick, “go()”", "docs/assets/js"),
    "a handler in capitals": ("<body ONLOAD=go()>", "the inline script onload", "docs/assets/js"),
    "an inline script": ("<script>go()</script>", "no template holds word for word, “go()”", "docs/assets/js"),
    "an inline module": ("<script type=module>go()</script>", "no template holds word for word", "docs/assets/js"),
    "a map of modules": ('<script type=importmap>{"imports": {}}</script>', "no template holds word for word", "docs/assets/js"),
    "a part of a script of ours": ("<script>apply(detail);</script>", "no template holds word for word", "docs/assets/js"),
    "a javascript: address": ('<a href="javascript:go()">One</a>', "an address that runs a script, “javascript:go()”", "a button"),
    "a javascript: address in disguise": ('<a href=" JAVA\tscript&colon;go()">One</a>', "an address that runs a script", "a button"),
    "a javascript: address in a drawing": ('<svg><a xlink:href="javascript:go()">One</a></svg>', "an address that runs a script", "a button"),
    "a form that runs a script": ('<form action="javascript:go()"></form>', "an address that runs a script", "a button"),
    "a page that leads on to a script": ('<meta http-equiv=refresh content="0; url=javascript:go()">', "an address that runs a script", "a button"),
    "a script from another host": ('<script src="https://elsewhere.test/a.js"></script>', "a script from another host or with a whole address, “https://elsewhere.test/a.js”", "docs/assets"),
    "a script from another host by its name alone": ('<script src="//elsewhere.test/a.js"></script>', "a script from another host", "docs/assets"),
    "a script from another host by other strokes": ('<script src="\\\\elsewhere.test/a.js"></script>', "a script from another host", "docs/assets"),
    "a script in its own address": ('<script src="data:text/javascript,go()"></script>', "a script from another host", "docs/assets"),
    "a script from an address that is none": ('<script src="http://[a"></script>', "a script from another host", "docs/assets"),
    "a picture from another host": ('<img alt="" src="https://elsewhere.test/a.png">', "a file from another host", "docs/assets"),
    "the second of two pictures from another host": ('<img alt="" srcset="a.png 1x, https://elsewhere.test/a.png 2x">', "a file from another host", "docs/assets"),
    "a style sheet from another host": ('<link rel=stylesheet href="https://elsewhere.test/a.css">', "a file from another host", "docs/assets"),
    "a word to another host": ('<link rel=preconnect href="https://elsewhere.test">', "a file from another host", "docs/assets"),
    "a frame": ('<iframe src="a.html" title="One"></iframe>', "the element <iframe>", "lets no page use it"),
    "another base": ('<base href="/">', "the element <base>", "lets no page use it"),
    "a page within the page": ('<p srcdoc="<b>">One</p>', "a page within the page", "lets no page use it"),
}  # fmt: skip
HARMLESS = {
    "data": '<script type="application/ld+json">{"a": 1}</script>',
    "a script of ours": '<script type="module" src="../assets/js/main.js"></script>',
    "a picture in its own address": '<img alt="" src="data:image/png;base64,AA==">',
    "links": '<a href="https://elsewhere.test/">One</a> <a href="tel:+1">Two</a> <a href="mailto:a@b.test">Three</a>',
    "the address that counts": '<link rel="canonical" href="https://elsewhere.test/">',
    "words that only look like it": '<p title="javascript: a style=&quot;b&quot;">style="c" onclick="d" &lt;script&gt;e&lt;/script&gt; javascript:f</p>',
    "a note": '<!-- <script>go()</script> <p style="a"> -->',
}


def faults_of(guide: Guide, site: Path, body: str) -> list[Fault]:
    (site / "index.html").write_text(PAGE % body, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        write_headers(guide, site)
    return raised.value.faults


@pytest.mark.parametrize("slip", SLIPS)
def test_what_the_policy_would_refuse_is_told_in_plain_words_and_nothing_is_written(slip: str, guide: Guide, tmp_path: Path) -> None:
    body, found, expected = SLIPS[slip]
    [fault] = faults_of(guide, tmp_path, body)
    assert fault.file == "index.html, as built"
    assert found in fault.found and expected in fault.expected
    assert "\n" not in str(fault)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == PAGE % body
    assert not (tmp_path / HEADERS).exists()


@pytest.mark.parametrize("part", HARMLESS)
def test_what_the_policy_allows_or_does_not_speak_of_is_left_alone(part: str, guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE % HARMLESS[part], encoding="utf-8")
    write_headers(guide, tmp_path)
    assert HARMLESS[part] in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_page_on_which_no_policy_can_stand_is_told(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>One</title>", encoding="utf-8")
    with pytest.raises(Faults, match=f"index.html, as built: found no {CHARSET}"):
        write_headers(guide, tmp_path)


def test_all_slips_are_told_at_once_where_they_were_written_and_each_once(guide: Guide, tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    shutil.copytree(ROOT / "overrides", project / "overrides")
    changed(project, "overrides/shell/footer.html", "<footer ", '<footer onclick="go()" ')
    line = (project / "overrides" / "shell" / "footer.html").read_text(encoding="utf-8").split("onclick")[0].count("\n") + 1
    pages = [replace(page, text=page.text + '\n[One](#){ style="color: red" }\n') if page.name == "about/words.md" else page for page in read_pages(ROOT / "docs")]
    (site / "about" / "words").mkdir(parents=True)
    (site / "about" / "words" / "index.html").write_text(PAGE % '<a style="color: red">One</a><footer onclick="go()"></footer>', encoding="utf-8")
    faults = faults_of(replace(guide, root=project, pages=tuple(pages)), site, '<footer onclick="go()"></footer>')
    [words] = [page for page in pages if page.name == "about/words.md"]
    assert [(fault.file, fault.line) for fault in faults] == [("docs/about/words.md", words.text.count("\n")), ("overrides/shell/footer.html", line)]


def test_a_build_with_such_a_slip_stops_in_plain_words_and_leaves_the_last_good_site(project: Path, last_good: Path) -> None:  # noqa: F811  the fixture
    changed(project, "overrides/shell/footer.html", "<footer ", '<footer style="color: red" ')
    done = run_build(site=last_good, project=project)
    assert_stopped(done, last_good, "overrides/shell/footer.html:", "found an inline style, “color: red”; give it a class", "1 to mend; the last good site is untouched.")
