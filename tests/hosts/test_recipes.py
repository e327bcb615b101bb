"""What the recipes write for hosts that cannot run here, held to the hosts' published schemas and rules; and values that mean harm."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT
from crawl import Host
from guide import __main__ as commands
from guide.faults import Faults
from guide.hosts import apache, cloudfront, listed, nginx
from guide.hosts.layout import pack
from guide.hosts.recipes import RECIPES, write_recipe
from guide.hosts.rules import TYPES, Rules
from guide.publish.headers import POLICY
from guide.publish.permanent import Redirect
from host import header_rules, headers_for
from install_hosts import WRANGLER
from made import Made, recipe, shared_recipe
from servers import apache_with, nginx_with, readable_folder

pytest_plugins = ["hosted_guides"]

HOSTING = ROOT / "hosting"
TOOLS = Path(sys.executable).parent
LARGEST_FILE = 25 * 1024 * 1024  # bytes, on Cloudflare
MOST_FILES = 20_000
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


@pytest.fixture(scope="module", params=["at_root", "in_folder"])
def one(request: pytest.FixtureRequest) -> Made:
    """The guide, at the root of a host and in a folder."""
    return request.getfixturevalue(request.param)


# --- What every recipe does -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_puts_every_page_where_the_host_shows_it(name: str, one: Made) -> None:
    public = shared_recipe(one, name) / "public"
    place = public if name == "github-pages" else public / one.rules.base.strip("/")
    for file in one.site.rglob("*"):
        there = place / file.relative_to(one.site)
        if file.is_file() and not any(part.startswith((".", "_")) for part in file.relative_to(one.site).parts):
            assert there.read_bytes() == file.read_bytes(), there
    assert not (place / ".git").exists(), "what the last host keeps in the site is not for this one"


@pytest.mark.parametrize("name", ["apache", "nginx", "s3-cloudfront"])
def test_a_recipe_written_twice_gives_the_same_bytes_and_leaves_nothing_of_the_last_one(name: str, at_root: Made, tmp_path: Path) -> None:
    first = {file.relative_to(tmp_path): file.read_bytes() for file in recipe(at_root, name, tmp_path).rglob("*") if file.is_file()}
    (tmp_path / name / "public" / "gone.html").write_text("a page of the last guide", encoding="utf-8")
    again = {file.relative_to(tmp_path): file.read_bytes() for file in recipe(at_root, name, tmp_path).rglob("*") if file.is_file()}
    assert again == first
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(".lock")] == [name]


def test_every_kind_of_file_has_its_type(at_root: Made) -> None:
    known = {*TYPES, "gz"}
    assert {file.suffix.lstrip(".") for file in at_root.site.rglob("*.*") if file.is_file() and not file.name.startswith(("_", "."))} <= known


def test_packed_copies_unpack_to_the_file(at_root: Made, tmp_path: Path) -> None:
    shutil.copytree(at_root.site / "aftercare", tmp_path / "copy")
    (tmp_path / "copy" / "tiny.txt").write_text("x", encoding="utf-8")
    pack(tmp_path / "copy")
    assert (tmp_path / "copy" / "sun" / "index.html.gz").is_file() and not (tmp_path / "copy" / "tiny.txt.gz").exists()


def test_a_host_that_is_not_known_is_told_with_those_that_are(at_root: Made, tmp_path: Path) -> None:
    with pytest.raises(Faults, match="did you mean “nginx”"):
        list(write_recipe("ngnix", at_root.guide, at_root.site, tmp_path))
    with pytest.raises(Faults, match="name one of github-pages, netlify"):
        list(write_recipe("zzz", at_root.guide, at_root.site, tmp_path))


def test_a_site_that_is_missing_or_for_another_address_is_refused_and_the_last_recipe_stays(at_root: Made, in_folder: Made, tmp_path: Path) -> None:
    recipe(at_root, "nginx", tmp_path)
    before = (tmp_path / "nginx" / "guide.conf").read_bytes()
    with pytest.raises(Faults, match="found no built guide; build it first"):
        list(write_recipe("nginx", at_root.guide, tmp_path / "none", tmp_path))
    with pytest.raises(Faults, match="found a guide for “https://guide.example.com/”; build it for https://guide.example.com/patients/microneedling/"):
        list(write_recipe("nginx", in_folder.guide, at_root.site, tmp_path))
    assert (tmp_path / "nginx" / "guide.conf").read_bytes() == before


def test_a_host_with_another_address_than_the_clinic_file_is_told(in_folder: Made, tmp_path: Path) -> None:
    for same in ("https://guide.example.com/patients/microneedling", "http://GUIDE.example.com/patients/microneedling/", ""):
        list(write_recipe("github-pages", in_folder.guide, in_folder.site, tmp_path, same))
    with pytest.raises(Faults, match="write address: https://clinic.github.io and base_path: /needling/ there"):
        list(write_recipe("github-pages", in_folder.guide, in_folder.site, tmp_path, "https://clinic.github.io/needling"))


def test_a_wrong_use_of_the_commands_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["host"], ["host", "nginx", "a", "b"], ["zip", "x"], ["offline", "x"]):
        assert commands.main(words) == 2
    assert "python -m guide host HOST [ADDRESS]" in capsys.readouterr().err
    assert commands.main(["host", "nginks"]) == 1
    assert "did you mean" in capsys.readouterr().err


# --- Values that mean harm --------------------------------------------------------------------------------------------

HARM = {
    "a quotation mark": 'x" always; return 200 "',
    "a backslash": "x\\",
    "a brace": "x; } server { listen 1;",
    "a percent sign": "x %{HTTP_HOST}e",
}


def with_header(rules: Rules, value: str) -> Rules:
    return replace(rules, headers={**rules.headers, "X-Harm": value})


@pytest.mark.parametrize("value", HARM.values(), ids=HARM)
def test_a_value_is_only_ever_text_in_nginx_and_apache(value: str, at_root: Made) -> None:
    rules = with_header(at_root.rules, value)
    with readable_folder() as folder:
        (folder / "index.html").write_text("the guide", encoding="utf-8")
        (folder / ".htaccess").write_text(apache.htaccess(rules), encoding="utf-8")
        with nginx_with(f"server {{ listen 80; {nginx.guide_conf(rules, str(folder))} }}") as started, Host(started.port) as host:
            assert host.ask("/")["X-Harm"] == value and host.ask("/").body == b"the guide"
        with apache_with(folder) as started, Host(started.port) as host:
            assert host.ask("/")["X-Harm"] == value and host.ask("/").body == b"the guide"


@pytest.mark.parametrize("value", ["$host", "a\nadd_header X-Evil yes;", "a\r\nb"])
def test_what_nginx_would_act_on_is_refused(value: str, at_root: Made) -> None:
    with pytest.raises(Faults, match="nginx would act on"):
        nginx.guide_conf(with_header(at_root.rules, value))


@pytest.mark.parametrize("value", ["${PATH}", "a\nHeader set X-Evil yes"])
def test_what_apache_would_act_on_is_refused(value: str, at_root: Made) -> None:
    with pytest.raises(Faults, match="Apache would act on"):
        apache.htaccess(with_header(at_root.rules, value))


def test_a_value_is_only_ever_text_in_the_template_of_cloudfront(at_root: Made) -> None:
    value = "${AWS::AccountId}\" !Ref x"
    read = json.loads(cloudfront.template(with_header(at_root.rules, value), ROOT))
    items = read["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"]
    assert {"Header": "X-Harm", "Value": value, "Override": True} in items


# --- Netlify and Cloudflare -------------------------------------------------------------------------------------------


def read_redirects(text: str) -> list[tuple[str, str, int]]:
    """`_redirects` as both hosts publish its rules: start, target and status on a line, the first that fits counts."""
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 3 and len(" ".join(row)) <= listed.LONGEST_REDIRECT for row in rows)
    assert all(start.startswith("/") and "#" not in start and "?" not in start and target.startswith("/") for start, target, _ in rows)
    return [(start, target, int(status)) for start, target, status in rows]


@pytest.mark.parametrize("name", ["netlify", "cloudflare"])
def test_each_short_address_is_listed_once_with_and_without_its_last_stroke(name: str, one: Made) -> None:
    rows = read_redirects((shared_recipe(one, name) / "public" / "_redirects").read_text(encoding="utf-8"))
    starts = [start for start, *_ in rows]
    assert len(starts) == len(set(starts)), "these hosts read the first of two"
    for redirect in one.rules.redirects:
        for start in (redirect.start, redirect.start.rstrip("/")):
            assert (f"{one.rules.base}{start}", f"{one.rules.base}{redirect.to}", redirect.status) in rows
    splats = [start for start in starts if "*" in start]
    assert len(rows) - len(splats) <= listed.MOST_REDIRECTS and len(splats) <= 100
    assert ("/", one.rules.base, 302) in rows or one.rules.base == "/"
    known = {301, 302, 303, 307, 308} | ({200, 404} if name == "netlify" else set())
    assert {status for *_, status in rows} <= known


def test_netlify_is_told_which_page_to_show_for_a_wrong_address_in_a_folder(in_folder: Made) -> None:
    rows = read_redirects((shared_recipe(in_folder, "netlify") / "public" / "_redirects").read_text(encoding="utf-8"))
    assert rows[-1] == (f"{in_folder.rules.base}*", in_folder.rules.lost, 404), "the first that fits counts, so this comes last"


@pytest.mark.parametrize("name", ["netlify", "cloudflare"])
def test_every_header_is_sent_once_and_within_the_limits(name: str, one: Made) -> None:
    public = shared_recipe(one, name) / "public"
    text = (public / "_headers").read_text(encoding="utf-8")
    assert all(len(line) <= listed.LONGEST_HEADER for line in text.splitlines())
    told = header_rules(text)
    assert len(told) <= listed.MOST_RULES
    for file in ("", "assets/css/guide.css", "404.html", *one.rules.special):
        sent = list(headers_for(f"{one.rules.base}{file}", told))
        assert len(sent) == len({header for header, _ in sent}), file
        assert one.rules.headers.items() <= dict(sent).items()
        assert dict(sent).get("Access-Control-Allow-Origin") == ("*" if file in one.rules.shared else None)
    assert not list(headers_for("/elsewhere/", told)) or one.rules.base == "/"
    files = [file for file in public.rglob("*") if file.is_file()]
    assert len(files) <= MOST_FILES and all(file.stat().st_size <= LARGEST_FILE for file in files)


def test_a_line_that_these_hosts_would_cut_is_refused(at_root: Made) -> None:
    with pytest.raises(Faults, match="site.framed_by"):
        listed.headers_file(with_header(at_root.rules, "x" * 2000))
    with pytest.raises(Faults, match="site.framed_by"):
        cloudfront.template(with_header(at_root.rules, "x" * 1784), ROOT)


def test_netlifys_file_names_what_the_recipe_writes() -> None:
    told = tomllib.loads((HOSTING / "netlify.toml").read_text(encoding="utf-8"))
    assert told.keys() == {"build"} and told["build"].keys() == {"command", "publish", "environment"}
    assert told["build"]["publish"] == "build/netlify/public" and told["build"]["command"].endswith("python -m guide host netlify")
    assert all(isinstance(value, str) for value in told["build"]["environment"].values())


def without_comments(text: str) -> str:
    return re.sub(r"^\s*//.*$", "", text, flags=re.M)


def test_cloudflares_file_keeps_its_published_schema_and_names_what_the_recipe_writes() -> None:
    schema = json.loads((WRANGLER.folder / WRANGLER.file).read_text(encoding="utf-8"))
    told = json.loads(without_comments((HOSTING / "wrangler.jsonc").read_text(encoding="utf-8")))
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert not list(checker.iter_errors(told))
    assert told["assets"]["directory"] == "./build/cloudflare/public"
    assert list(checker.iter_errors({**told, "assets": {**told["assets"], "not_found_handling": "our-page"}})), "else the schema would hold nothing"


# --- GitHub -----------------------------------------------------------------------------------------------------------


def test_githubs_workflow_keeps_its_published_schema() -> None:
    command = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, HOSTING / "github-pages.yml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_githubs_workflow_names_each_action_by_commit_and_may_do_no_more_than_it_must() -> None:
    text = (HOSTING / "github-pages.yml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    used = [step["uses"] for job in told["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used and all(PINNED.fullmatch(name) for name in used), used
    assert len(re.findall(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.M)) == len(used), "each says which release it is"
    assert told["permissions"] == {"contents": "read"}
    assert told["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert told["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("${{" in step.get("run", "") for job in told["jobs"].values() for step in job["steps"]), "a value of GitHub's in a command could become one"
    assert "build/github-pages/public" in text and "make host FOR=github-pages" in text


def test_github_is_given_the_guides_own_folder_as_its_first(in_folder: Made) -> None:
    public = shared_recipe(in_folder, "github-pages") / "public"
    assert (public / "index.html").is_file() and (public / "404.html").is_file() and (public / ".nojekyll").is_file()
    assert not (public / "_headers").exists() and not (public / "_redirects").exists()


# --- Amazon -----------------------------------------------------------------------------------------------------------


def test_amazons_template_keeps_its_published_schemas(one: Made) -> None:
    file = shared_recipe(one, "s3-cloudfront") / "template.json"
    done = subprocess.run([TOOLS / "cfn-lint", "--regions", "us-east-1", "eu-west-2", "--", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_amazons_template_is_found_wrong_where_it_is(at_root: Made, tmp_path: Path) -> None:
    read = json.loads(cloudfront.template(at_root.rules, ROOT))
    read["Resources"]["Site"]["Properties"]["DistributionConfig"]["HttpVersion"] = "http9"
    (tmp_path / "template.json").write_text(json.dumps(read), encoding="utf-8")
    assert subprocess.run([TOOLS / "cfn-lint", "--", tmp_path / "template.json"], capture_output=True).returncode


def test_amazons_template_sends_every_header_and_keeps_the_bucket_private(one: Made) -> None:
    read = json.loads(cloudfront.template(one.rules, ROOT))
    config = read["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    items = {item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]}
    security = config["SecurityHeadersConfig"]
    sent = {**items, POLICY: security["ContentSecurityPolicy"]["ContentSecurityPolicy"], "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"], "X-Content-Type-Options": "nosniff"}
    assert sent == one.rules.headers_of("") and len(items) <= 10
    assert all(read["Resources"]["Bucket"]["Properties"]["PublicAccessBlockConfiguration"].values())
    errors = read["Resources"]["Site"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    assert {(error["ErrorCode"], error["ResponseCode"], error["ResponsePagePath"]) for error in errors} == {(code, 404, one.rules.lost) for code in (403, 404)}


def test_amazon_lets_other_sites_read_the_list_of_links_alone(at_root: Made) -> None:
    read = json.loads(cloudfront.template(replace(at_root.rules, shared=("links.json",)), ROOT))
    site = read["Resources"]["Site"]["Properties"]["DistributionConfig"]
    assert [(part["PathPattern"], part["ResponseHeadersPolicyId"]) for part in site["CacheBehaviors"]] == [("/links.json", {"Ref": "SharedHeaders"})]
    assert "Access-Control" not in json.dumps(read["Resources"]["Headers"]) and "Access-Control-Allow-Origin" in json.dumps(read["Resources"]["SharedHeaders"])
    without = json.loads(cloudfront.template(replace(at_root.rules, shared=()), ROOT))
    assert "SharedHeaders" not in without["Resources"]


RUN = """
const answers = [];
for (const [uri, querystring] of JSON.parse(asked)) {
  const given = handler({ request: { method: 'GET', uri, querystring, headers: {} } });
  answers.push(given.statusCode ? [given.statusCode, given.headers.location.value] : given.uri);
}
JSON.stringify(answers);
"""


def answers(code: str, asked: list[tuple[str, dict]]) -> list:
    """What the function gives, run with nothing but the language itself, as at CloudFront."""
    script = f"const vm = require('vm'); console.log(vm.runInNewContext({json.dumps(code + RUN)}, {{ asked: {json.dumps(json.dumps(asked))} }}))"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_amazons_function_leads_on_as_every_other_host_does(one: Made) -> None:
    base = one.rules.base
    moved = Redirect("aftercare/old/", "aftercare/sun/", permanent=True)
    rules = replace(one.rules, redirects=(*one.rules.redirects, moved))
    query = {"q": {"value": "sun%20cream"}, "a": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}, "bare": {"value": ""}}
    expected: dict[tuple[str, bool], object] = {}
    for redirect in rules.redirects:
        page, mark, heading = redirect.to.partition("#")
        for start in (redirect.start, redirect.start.rstrip("/")):
            expected[base + start, False] = [redirect.status, base + redirect.to]
            expected[base + start, True] = [redirect.status, f"{base}{page}?q=sun%20cream&a=1&a=2&bare{mark}{heading}"]
    expected |= {
        (base, False): f"{base}index.html",
        (f"{base}aftercare/sun/", True): f"{base}aftercare/sun/index.html",
        (f"{base}aftercare/sun", False): [301, f"{base}aftercare/sun/"],
        (f"{base}aftercare/sun", True): [301, f"{base}aftercare/sun/?q=sun%20cream&a=1&a=2&bare"],
        (f"{base}assets/css/guide.css", False): f"{base}assets/css/guide.css",
        (f"{base}links.json", False): f"{base}links.json",
        (f"{base}go/toString", False): [301, f"{base}go/toString/"],
        (f"{base}constructor/", False): f"{base}constructor/index.html",
    }
    if base != "/":
        expected |= {("/", False): [302, base], (base.rstrip("/"), False): [301, base], ("/elsewhere/", False): "/elsewhere/", ("/patients", False): "/patients"}
    given = answers(cloudfront.function(rules, ROOT), [(uri, query if asked else {}) for uri, asked in expected])
    assert given == list(expected.values())


def test_amazons_function_leads_to_no_other_host(at_root: Made) -> None:
    given = answers(cloudfront.function(at_root.rules, ROOT), [("//evil.test/x", {}), ("//evil", {}), ("/\\evil", {})])
    assert not any(isinstance(each, list) and re.match(r"[a-z]*:?//|/\\", each[1]) for each in given), given


def test_amazons_function_is_small_and_old_enough_for_the_runtime(one: Made) -> None:
    code = cloudfront.function(one.rules, ROOT)
    assert len(code.encode()) <= cloudfront.LARGEST_FUNCTION
    assert not re.search(r"=>|`|\b(?:let|const|class|import|require|async|await|eval|setTimeout)\b", re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", code)), "ES 5.1 alone"
    many = replace(one.rules, redirects=tuple(Redirect(f"go/topic-{number}/", f"aftercare/page-{number}/#part", permanent=False) for number in range(300)))
    with pytest.raises(Faults, match="more short addresses than"):
        cloudfront.function(many, ROOT)


# --- The container ----------------------------------------------------------------------------------------------------


def test_the_dockerfile_has_nothing_that_its_checker_warns_of(tmp_path: Path) -> None:
    done = subprocess.run([TOOLS / "hadolint", "--failure-threshold", "info", HOSTING / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    bad = (HOSTING / "Dockerfile").read_text(encoding="utf-8").replace("alpine-slim", "latest")
    (tmp_path / "Dockerfile").write_text(bad.replace(":1.28-latest", ":latest"), encoding="utf-8")
    assert "DL3007" in subprocess.run([TOOLS / "hadolint", tmp_path / "Dockerfile"], capture_output=True, text=True).stdout


def test_the_dockerfile_copies_what_the_recipe_writes_and_runs_without_rights() -> None:
    lines = (HOSTING / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert f"COPY --from=build /guide/build/container/public {nginx.CONTAINER_FOLDER}/public" in lines
    assert "COPY --from=build /guide/build/container/default.conf /etc/nginx/conf.d/default.conf" in lines
    assert "USER 101" in lines and f"EXPOSE {nginx.CONTAINER_PORT}" in lines and nginx.CONTAINER_PORT > 1023
    assert any(line.startswith("HEALTHCHECK") and f"127.0.0.1:{nginx.CONTAINER_PORT}/" in line for line in lines)


def test_the_container_is_built_of_what_it_may_see(tmp_path: Path) -> None:
    patterns = [line for line in (HOSTING / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert patterns[0] == "*" and not any(fnmatch(".git", pattern) or fnmatch("tests", pattern) for pattern in patterns[1:])
    for name in (pattern[1:] for pattern in patterns if pattern.startswith("!")):
        here = ROOT / name
        if here.is_dir():
            shutil.copytree(here, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif here.is_file():
            shutil.copy(here, tmp_path / name)
    (steps,) = re.findall(r"^RUN (python -m mkdocs .+)$", (HOSTING / "Dockerfile").read_text(encoding="utf-8"), re.M)
    for step in steps.split(" && "):
        done = subprocess.run([sys.executable, *step.split()[1:]], cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "CLINIC": "", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "build" / "container" / "default.conf").is_file() and (tmp_path / "build" / "container" / "public" / "index.html.gz").is_file()


# --- The words --------------------------------------------------------------------------------------------------------


def test_each_recipe_is_explained_with_how_to_take_it_back() -> None:
    text = (HOSTING / "README.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## ([a-z0-9-]+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    assert {*RECIPES, "zip", "offline"} <= parts.keys()
    for name in (*RECIPES, "zip", "offline"):
        assert "### How to take it back" in parts[name], name
    for name in RECIPES:
        assert f"make host FOR={name}" in parts[name] or f"guide host {name}" in parts[name], name
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (HOSTING / path).exists(), path
