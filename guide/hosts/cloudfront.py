"""The guide for Amazon's S3 with CloudFront: a template that makes all of it, with the function that leads on.

`hosting/s3-cloudfront/template.yml` has all that is the same for every clinic; what comes from this build is put in here. The result is JSON,
which CloudFormation reads as well, and in which no value can become anything but a text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from guide.faults import Fault, Faults
from guide.hosts.rules import ASK_EACH_TIME, Rules
from guide.publish.headers import POLICY

SOURCE = Path("hosting") / "s3-cloudfront"
LARGEST_FUNCTION = 10_240  # bytes that CloudFront takes
LONGEST_HEADER = 1_783  # signs of a value that a policy of CloudFront takes
OWN_KEYS = {"X-Content-Type-Options", "Referrer-Policy", POLICY}  # headers for which CloudFront has keys of its own


def template(rules: Rules, root: Path) -> str:
    """The template, filled.

    root  the project's folder

    Errors: Faults where something is larger than CloudFront takes; OSError where the source cannot be read.
    """
    read = yaml.safe_load((root / SOURCE / "template.yml").read_text(encoding="utf-8"))
    parts = read["Resources"]
    too_long = [name for name, value in rules.headers.items() if len(value) > LONGEST_HEADER]
    if too_long:
        raise Faults([Fault("clinic file", 0, "site.framed_by", f"more than CloudFront takes for {too_long[0]}", "name fewer websites")])
    parts["Addresses"]["Properties"]["FunctionCode"] = function(rules, root)
    parts["Headers"]["Properties"]["ResponseHeadersPolicyConfig"] |= _headers(rules, "")
    site = parts["Site"]["Properties"]["DistributionConfig"]
    site["CustomErrorResponses"] = [{"ErrorCode": code, "ResponseCode": 404, "ResponsePagePath": rules.lost, "ErrorCachingMinTTL": 10} for code in (403, 404)]
    if rules.shared:
        parts["SharedHeaders"] = json.loads(json.dumps(parts["Headers"]))
        own = parts["SharedHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
        own |= {"Name": {"Fn::Sub": "${AWS::StackName}-shared"}, **_headers(rules, rules.shared[0])}
        like = {key: value for key, value in site["DefaultCacheBehavior"].items() if key != "FunctionAssociations"}
        site["CacheBehaviors"] = [{**like, "PathPattern": rules.base + name, "ResponseHeadersPolicyId": {"Ref": "SharedHeaders"}} for name in rules.shared]
    return json.dumps(read, indent=2, ensure_ascii=False) + "\n"


def _headers(rules: Rules, name: str) -> dict[str, Any]:
    """A policy of CloudFront that sends what every other host sends.

    name  a file, seen from the guide's first folder
    """
    sent = {key: value for key, value in rules.headers_of(name).items() if key not in OWN_KEYS}
    # What a file brings from the bucket counts before this: one that may be kept for good says so there.
    items = [{"Header": key, "Value": value, "Override": value != ASK_EACH_TIME} for key, value in sent.items()]
    return {"CustomHeadersConfig": {"Items": items}, "SecurityHeadersConfig": _security(rules.headers)}


def _security(headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": headers[POLICY], "Override": True},
        "ContentTypeOptions": {"Override": True},
        "ReferrerPolicy": {"ReferrerPolicy": headers["Referrer-Policy"], "Override": True},
        "StrictTransportSecurity": {"Fn::If": ["HttpsForGood", {"AccessControlMaxAgeSec": 31_536_000, "Override": True}, {"Ref": "AWS::NoValue"}]},
    }


def function(rules: Rules, root: Path) -> str:
    """What runs at each request: the function in hosting/s3-cloudfront, with this guide's addresses.

    Errors: Faults where it is larger than CloudFront takes.
    """
    code = (root / SOURCE / "addresses.js").read_text(encoding="utf-8")
    code = code[code.index("var ") :]  # comments are for us, and each byte counts
    ways = {redirect.start.rstrip("/"): _way(redirect.to, redirect.start, redirect.permanent) for redirect in rules.redirects}
    code = code.replace("var BASE = '/'", f"var BASE = {json.dumps(rules.base)}").replace("var WAYS = {}", f"var WAYS = {json.dumps(ways, separators=(',', ':'))}")
    if len(code.encode()) > LARGEST_FUNCTION:
        raise Faults([Fault("data/topics.yml", 0, "", "more short addresses than CloudFront's function can hold", f"leave the list to the pages themselves: see {SOURCE.as_posix()}")])
    return code


def _way(to: str, start: str, permanent: bool) -> str:
    """Where an address leads, as short as can be: `1` before one for good; `#` at its end where the heading is called as the address ends."""
    page, mark, heading = to.partition("#")
    same = mark and heading == start.rstrip("/").rpartition("/")[2]
    return f"{'1' if permanent else ''}{page}{mark}{'' if same else heading}"
