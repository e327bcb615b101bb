"""What is written for each host: the register, and the steps that all share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from guide.faults import Fault, Faults, did_you_mean, quoted
from guide.hosts import apache, cloudfront, listed, nginx
from guide.hosts.layout import PUBLIC, copy_site, pack, write
from guide.hosts.rules import Rules, read_rules
from guide.project import Guide
from guide.publish.headers import HEADERS
from guide.publish.permanent import REDIRECTS
from guide.publish.swap import stage_beside

Recipe = Callable[[Rules, Path, Path, Path], None]  # the rules, the built guide, the folder to fill, the project's folder


def _nginx(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    pack(copy_site(site, folder / PUBLIC, rules.base))
    write(folder / "guide.conf", nginx.guide_conf(rules))
    write(folder / "server.conf", nginx.server_conf(rules))


def _container(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    pack(copy_site(site, folder / PUBLIC, rules.base))
    write(folder / "default.conf", nginx.container_conf(rules))


def _apache(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    write(copy_site(site, folder / PUBLIC, rules.base) / apache.HTACCESS, apache.htaccess(rules))


def _netlify(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    copy_site(site, folder / PUBLIC, rules.base)
    write(folder / PUBLIC / HEADERS, listed.headers_file(rules))
    write(folder / PUBLIC / REDIRECTS, listed.redirects_file(rules, names_lost_page=True))


def _cloudflare(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    copy_site(site, folder / PUBLIC, rules.base)
    write(folder / PUBLIC / HEADERS, listed.headers_file(rules))
    write(folder / PUBLIC / REDIRECTS, listed.redirects_file(rules, names_lost_page=False))  # it looks for 404.html in each folder on the way up


def _github(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    # GitHub puts what it is given into the project's folder by itself; so the guide's own folder is not made again.
    copy_site(site, folder / PUBLIC, "/")
    write(folder / PUBLIC / ".nojekyll", "")  # for those who publish from a branch: else GitHub leaves out names that begin with _


def _s3(rules: Rules, site: Path, folder: Path, root: Path) -> None:
    copy_site(site, folder / PUBLIC, rules.base)
    write(folder / "template.json", cloudfront.template(rules, root))


RECIPES: dict[str, Recipe] = {
    "github-pages": _github,
    "netlify": _netlify,
    "cloudflare": _cloudflare,
    "nginx": _nginx,
    "apache": _apache,
    "s3-cloudfront": _s3,
    "container": _container,
}


def write_recipe(name: str, guide: Guide, site: Path, build: Path, address: str = "") -> Iterator[str]:
    """Write what one host needs into a folder of its name, and give the lines to print. The last one there stays until all is written.

    site     the built guide
    build    where the folder goes
    address  where the host says that the guide will stand; empty where that is not known

    Errors: Faults where the host is not known, the guide was not built for the clinic file, or the host has another address; OSError where something cannot be written.
    """
    if name not in RECIPES:
        raise Faults([Fault("host", 0, "", quoted(name), did_you_mean(name, RECIPES, f"name one of {', '.join(RECIPES)}"))])
    rules = read_rules(guide, site)
    _same_address(rules, address, guide)
    staged = stage_beside(build / name)
    try:
        RECIPES[name](rules, site, staged.new, guide.root)
        staged.publish()
    finally:
        staged.clear()
    yield f"Written: {staged.site}"
    yield f"What to do next: hosting/README.md, under {name}."


def _same_address(rules: Rules, address: str, guide: Guide) -> None:
    """See that the host will show the guide where the clinic file says; http and https are the host's own matter.

    Errors: Faults with both addresses.
    """
    told = urlsplit(address)
    if address and (told.netloc.lower(), f"{told.path.rstrip('/')}/") != (rules.host.lower(), rules.base):
        right = f"write address: https://{told.netloc} and base_path: {told.path.rstrip('/')}/ there, or let the host use {guide.clinic.site_url}"
        raise Faults([Fault("clinic file", 0, "site", f"{guide.clinic.site_url}, and the host has {quoted(address)}", right)])
