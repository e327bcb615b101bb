"""Every page, asset, header and redirect of the guide, under a real nginx and a real Apache, at the root of a host and in a folder."""

from __future__ import annotations

import gzip
import os
import re
import socket
from dataclasses import replace

import pytest

from conftest import ROOT
from crawl import Answer, Host, walk
from guide.hosts import apache, nginx
from guide.hosts.rules import ASK_EACH_TIME, FOR_GOOD, TEXT, TYPES
from guide.published import read_published
from guide.publish.headers import POLICY
from guide.publish.permanent import Redirect
from made import recipe
from servers import NOBODY, apache_with, nginx_with, readable_folder

pytest_plugins = ["hosted_guides"]

DEEP = "no/such/folder/or-page"
MOVED = Redirect("aftercare/sun-and-skin/", "aftercare/sun/#sun", permanent=True)


def lost(hosted, address: str) -> Answer:
    """The answer to a wrong address: our page, said to be lost."""
    answer = hosted.host.ask(address)
    assert answer.status == 404 and b'id="not-found"' in answer.body, (hosted.kind, address, answer.status)
    return answer


def leads_to(kind: str, port: int, address: str, host: str = "", scheme: str = "http") -> str:
    """How a host writes the address that it leads to: nginx as seen from the host, Apache always with it."""
    return address if kind == "nginx" else f"{scheme}://{host or f'127.0.0.1:{port}'}{address}"


def test_every_link_asset_and_heading_is_there(hosted) -> None:
    assert not hosted.walk.broken, "\n".join(sorted(hosted.walk.broken))
    assert any(path.endswith("search/index.json") for path in hosted.walk.answers), "else the search would have no index"
    assert any(path.endswith("tools/plan.js") or path.endswith("search-rank.js") for path in hosted.walk.answers), "else no script was followed"


def test_every_file_that_was_built_is_served_as_it_is(hosted) -> None:
    for file in sorted(hosted.made.site.rglob("*")):
        name = file.relative_to(hosted.made.site).as_posix()
        if file.is_file() and not name.startswith((".", "_")):
            answer = hosted.host.ask(f"{hosted.base}{name}")
            assert answer.status == 200 and answer.body == file.read_bytes(), name


def test_every_address_that_was_ever_published_leads_somewhere(hosted) -> None:
    for address in {known.partition("#")[0].lstrip("/") for known in read_published(ROOT / "data")}:
        assert hosted.host.ask(f"{hosted.base}{address}").status in (200, 302), address


def test_each_answer_has_every_header_its_type_and_its_letters(hosted) -> None:
    rules = hosted.made.rules
    asked = {**hosted.walk.answers, "lost": lost(hosted, f"{hosted.base}{DEEP}"), "short": hosted.host.ask(f"{hosted.base}go/sun/"), "folder": hosted.host.ask(f"{hosted.base}aftercare/sun")}
    assert "folder" in asked and asked["short"].status == 302 and asked["folder"].status == 301
    for path, answer in asked.items():
        for header, value in rules.headers.items():
            assert answer[header] == value, (path, header)
        name = path.removeprefix(hosted.base)
        assert answer["Cache-Control"] == rules.headers_of(name)["Cache-Control"], path
        ending = "html" if answer.status == 404 or path.endswith("/") else path.rpartition(".")[2]
        if answer.status in (200, 404):
            right = TYPES[ending] + ("; charset=utf-8" if ending in TEXT else "")
            assert answer["Content-Type"].lower().replace(";c", "; c") == right, path
    assert {POLICY, "Referrer-Policy", "X-Content-Type-Options"} <= rules.headers.keys()


def test_https_for_good_is_sent_only_where_the_host_turned_it_on(hosted) -> None:
    for address in (hosted.base, f"{hosted.base}assets/css/guide.css", f"{hosted.base}go/sun/", f"{hosted.base}{DEEP}"):
        assert bool(hosted.host.ask(address)["Strict-Transport-Security"]) == (hosted.base != "/"), address


def test_only_the_clinics_own_sites_may_frame_it(hosted) -> None:
    policy = hosted.host.ask(hosted.base)[POLICY]
    assert policy.endswith("frame-ancestors 'none'" if hosted.base == "/" else "frame-ancestors https://www.clinic.test")


def test_a_file_is_kept_for_good_only_if_its_name_changes_with_it(hosted) -> None:
    rules = hosted.made.rules
    assert hosted.host.ask(f"{hosted.base}assets/css/guide.css")["Cache-Control"] == ASK_EACH_TIME
    for name in rules.lasting:
        assert hosted.host.ask(f"{hosted.base}{name}")["Cache-Control"] == FOR_GOOD, name


def test_what_is_there_already_is_not_sent_again(hosted) -> None:
    for name in ("", "assets/css/guide.css", "search/index.json"):
        for packing in ("identity", "gzip"):
            address = f"{hosted.base}{name}"
            first = hosted.host.ask(address, Accept_Encoding=packing)
            assert first["ETag"], "else a browser has nothing to ask with"
            again = hosted.host.ask(address, Accept_Encoding=packing, If_None_Match=first["ETag"])
            assert again.status == 304 and not again.body, (name, packing, first["ETag"])
            assert hosted.host.ask(address, Accept_Encoding=packing, If_None_Match='"another"').status == 200


def test_text_is_packed_for_those_who_take_it(hosted) -> None:
    for name in ("", "aftercare/sun/", "assets/css/guide.css", "assets/js/main.js", "search/index.json", "assets/img/favicon.svg"):
        plain = hosted.host.ask(f"{hosted.base}{name}")
        packed = hosted.host.ask(f"{hosted.base}{name}", Accept_Encoding="gzip")
        assert not plain["Content-Encoding"] and gzip.decompress(packed.body) == plain.body, name
        assert packed["Content-Encoding"] == "gzip" and len(packed.body) < len(plain.body), name
        assert "accept-encoding" in packed["Vary"].lower(), name


def test_the_page_for_a_wrong_address_is_whole_at_any_depth(hosted) -> None:
    for address in (DEEP, "x", "x/", "aftercare/sun/x/y/z.html", "go/no-such-topic/", "x%20y", "aftercare/sun/index.html/more"):
        lost(hosted, f"{hosted.base}{address}")
    from_there = walk(_Lost(hosted.host), f"{hosted.base}{DEEP}", base=hosted.base)
    assert not from_there.broken, "\n".join(sorted(from_there.broken))
    assert any(path.endswith("guide.css") for path in from_there.answers)


class _Lost:
    """A host on which our page for wrong addresses may stand where a walk begins."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def ask(self, address: str) -> Answer:
        answer = self.host.ask(address)
        return replace(answer, status=200) if address.endswith(DEEP) else answer


def test_a_folder_shows_no_list_and_nothing_hidden_is_shown(hosted) -> None:
    for folder in ("assets/", "assets/js/", "assets/css/", "search/"):
        assert b"Index of" not in lost(hosted, f"{hosted.base}{folder}").body
    for hidden in (".htaccess", ".git/HEAD", "assets/.secret", "aftercare/.env", "_headers", "_redirects", "guide.conf"):
        answer = hosted.host.ask(f"{hosted.base}{hidden}")
        assert answer.status in (403, 404) and b'id="not-found"' in answer.body, hidden


def test_no_way_leads_out_of_the_guide(hosted) -> None:
    for path in ("../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "assets/..%5c..%5c/etc/passwd", "....//....//etc/passwd"):
        with socket.create_connection(("127.0.0.1", hosted.host.port)) as line:
            line.sendall(f"GET {hosted.base}{path} HTTP/1.1\r\nHost: guide.test\r\nConnection: close\r\n\r\n".encode())
            said = b"".join(iter(lambda: line.recv(65536), b""))
        assert said.split()[1] in (b"400", b"403", b"404") and b"root:" not in said, path


def test_head_says_what_get_says(hosted) -> None:
    for name in ("", "assets/css/guide.css", "go/sun/", DEEP):
        whole, head = hosted.host.ask(f"{hosted.base}{name}"), hosted.host.ask(f"{hosted.base}{name}", "HEAD")
        passing = ("date", "transfer-encoding", "keep-alive", "connection", "content-length", "accept-ranges")
        assert head.status == whole.status and not head.body
        assert {k: v for k, v in head.headers.items() if k not in passing} == {k: v for k, v in whole.headers.items() if k not in passing}, name


def test_nothing_can_be_sent_to_it(hosted) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert hosted.host.ask(f"{hosted.base}no-such-page", method).status in (404, 405)
        assert hosted.host.ask(f"{hosted.base}", method).status in (200, 403, 404, 405)
    assert hosted.host.ask(hosted.base).body == (hosted.made.site / "index.html").read_bytes()


def test_each_short_address_leads_on_and_keeps_the_question(hosted) -> None:
    assert hosted.made.rules.redirects, "else nothing would be proved"
    for redirect in hosted.made.rules.redirects:
        page, mark, heading = redirect.to.partition("#")
        for start in (redirect.start, redirect.start.rstrip("/")):
            answer = hosted.host.ask(f"{hosted.base}{start}")
            assert (answer.status, answer["Location"]) == (redirect.status, leads_to(hosted.kind, hosted.host.port, f"{hosted.base}{redirect.to}")), start
            asked = hosted.host.ask(f"{hosted.base}{start}?q=sun%20cream&a=%C3%A9%26")
            assert asked["Location"] == leads_to(hosted.kind, hosted.host.port, f"{hosted.base}{page}?q=sun%20cream&a=%C3%A9%26{mark}{heading}"), start
        assert hosted.host.ask(f"{hosted.base}{page}").status == 200


def test_a_short_address_takes_nothing_more(hosted) -> None:
    for address in ("go/sun/more", "go/sunny/", "go/su", "xgo/sun/", "aftercare/go/sun/"):
        lost(hosted, f"{hosted.base}{address}")


def test_a_missing_last_stroke_is_added(hosted) -> None:
    for address in ("aftercare/sun", "aftercare/first-days", "go", *([""] if hosted.base != "/" else [])):
        start = f"{hosted.base}{address}".rstrip("/")
        answer = hosted.host.ask(f"{start}?q=sun")
        assert (answer.status, answer["Location"]) == (301, leads_to(hosted.kind, hosted.host.port, f"{start}/?q=sun")), start


def test_behind_a_proxy_a_redirect_leads_to_the_address_that_the_reader_has(hosted) -> None:
    proxied = {"Host": "guide.example.com", "X_Forwarded_Proto": "https"}
    for start, to in (("aftercare/sun", "aftercare/sun/"), ("go/sun/", "aftercare/sun/#sun"), ("go/sun", "aftercare/sun/#sun")):
        answer = hosted.host.ask(f"{hosted.base}{start}", **proxied)
        assert answer["Location"] == leads_to(hosted.kind, 0, f"{hosted.base}{to}", "guide.example.com", "https"), start
    odd = hosted.host.ask(f"{hosted.base}aftercare/sun", Host="guide.example.com", X_Forwarded_Proto="javascript")
    assert odd["Location"] == leads_to(hosted.kind, 0, f"{hosted.base}aftercare/sun/", "guide.example.com")


def test_a_link_cannot_lead_to_another_host_or_bring_a_header(hosted) -> None:
    for address in ("//evil.test/..", "/%2fevil.test/aftercare/sun", "//evil.test/aftercare", "/%0d%0aX-Evil:%20yes/", "/go/sun?%0d%0aX-Evil:%20yes", "/go/sun?q=//evil.test"):
        answer = hosted.host.ask(f"{hosted.base.rstrip('/')}{address}")
        assert not answer["X-Evil"] and not re.match(r"(?i)(?:[a-z]+:)?//(?!127\.0\.0\.1:)", answer["Location"]), (address, answer["Location"])


def test_the_host_has_nothing_to_complain_of(hosted) -> None:
    hosted.host.ask(hosted.base)
    bad = [line for line in hosted.log.read_text(errors="replace").splitlines() if re.search(r"\[(?:[a-z_]+:)?(?:emerg|alert|crit|warn)\]", line)]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("kind", ["nginx", "apache"])
def test_a_page_that_moved_leads_on_for_good(in_folder, kind: str) -> None:
    rules = replace(in_folder.rules, redirects=(MOVED,))
    with readable_folder() as folder:
        page = folder / "public" / rules.base.strip("/") / "aftercare" / "sun" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("here", encoding="utf-8")
        (page.parents[2] / apache.HTACCESS).write_text(apache.htaccess(rules), encoding="utf-8")
        conf = f"server {{ listen 80; {nginx.guide_conf(rules, str(folder / 'public'))} }}"
        with apache_with(folder / "public") if kind == "apache" else nginx_with(conf) as started, Host(started.port) as host:
            answer = host.ask(f"{rules.base}{MOVED.start}?a=b")
            assert (answer.status, answer["Location"]) == (301, leads_to(kind, started.port, f"{rules.base}aftercare/sun/?a=b#sun")), started.log.read_text()


@pytest.mark.parametrize("kind", ["nginx", "apache"])
def test_scripts_of_other_sites_may_read_the_list_of_links_and_no_other_file(in_folder, kind: str) -> None:
    rules = replace(in_folder.rules, shared=("links.json",), lasting=())
    with readable_folder() as folder:
        place = folder / "public" / rules.base.strip("/")
        (place / "about").mkdir(parents=True)
        for name in ("links.json", "other.json", "about/links.json", "404.html"):
            (place / name).write_text("{}", encoding="utf-8")
        (place / apache.HTACCESS).write_text(apache.htaccess(rules), encoding="utf-8")
        conf = f"server {{ listen 80; {nginx.guide_conf(rules, str(folder / 'public'))} }}"
        with apache_with(folder / "public") if kind == "apache" else nginx_with(conf) as started, Host(started.port) as host:
            told = {name: host.ask(f"{rules.base}{name}") for name in ("links.json", "other.json", "about/links.json", "404.html")}
    assert {name: answer["Access-Control-Allow-Origin"] for name, answer in told.items()} == {"links.json": "*", "other.json": "", "about/links.json": "", "404.html": ""}
    assert all(answer["X-Content-Type-Options"] == "nosniff" and answer.status == 200 for answer in told.values())


def test_the_guide_leaves_the_rest_of_a_clinics_nginx_alone(in_folder) -> None:
    rules = in_folder.rules
    with readable_folder() as folder:
        place = folder / "public" / rules.base.strip("/")
        place.mkdir(parents=True)
        (place / "index.html").write_text("the guide", encoding="utf-8")
        conf = f"server {{ listen 80; location / {{ return 200 'the clinic'; }} location ~ \\.html$ {{ return 200 'the clinic'; }} {nginx.guide_conf(rules, str(folder / 'public'))} }}"
        with nginx_with(conf) as started, Host(started.port) as host:
            assert host.ask("/").body == b"the clinic" and not host.ask("/")[POLICY]
            assert host.ask("/patients/").body == b"the clinic"
            assert host.ask(rules.base).body == b"the guide" and host.ask(rules.base)[POLICY]
            assert host.ask(f"{rules.base}index.html").body == b"the guide", "a rule of the clinic's must not catch a page of the guide"


def test_the_container_serves_without_rights_and_is_found_well(made) -> None:
    with readable_folder() as build:
        told = recipe(made, "container", build)
        conf = (told / "default.conf").read_text(encoding="utf-8").replace(f'"{nginx.CONTAINER_FOLDER}/', f'"{told}/')
        with nginx_with(conf, user=NOBODY if os.geteuid() == 0 else None) as started, Host(started.port) as host:
            first = host.ask("/")
            if made.rules.base == "/":
                assert first.status == 200
            else:
                assert (first.status, first["Location"]) == (302, made.rules.base), "what looks whether it is well asks for the first address"
            walked = walk(host, made.rules.base, base=made.rules.base)
            assert not walked.broken, "\n".join(sorted(walked.broken))
            assert host.ask(made.rules.base)[POLICY] == made.rules.headers[POLICY]
            assert host.ask(f"{made.rules.base}aftercare/sun", Host="guide.test")["Location"] == f"{made.rules.base}aftercare/sun/"
