"""Sees that the tests have a real nginx and a real Apache: those that are there, else the distribution's packages; and the schema of Cloudflare's tool.

On Debian and Ubuntu the packages are fetched and unpacked into .venv and not installed: so no service is started or enabled, no port is
needed, and nothing of the machine changes. On Fedora an installed service does not start by itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from install_npm import Tool, install

KEPT = Path(__file__).resolve().parent.parent / ".venv" / "hosts"
DEBIAN = ("nginx", "apache2-bin")
BY_HAND = "Install nginx and Apache by hand (they need not run), then run `make test` again."
# Where each may be, and where Apache's modules then are.
PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin")
MODULES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/lib/httpd/modules", "/usr/libexec/apache2", "/opt/homebrew/lib/httpd/modules")


class Schema(Tool):
    """A package of which the tests read one file and run none."""

    def works(self) -> bool:
        return (self.folder / self.file).is_file()


WRANGLER = Schema(
    called="the schema of Cloudflare's wrangler.jsonc",
    package="wrangler",
    version="4.164.0",
    pinned="e6c72570c9df0e254e66a6e049cbdddb3826b115d2c85694d41527a0552a8860",
    file="config-schema.json",
    run=("node",),
)


@dataclass(frozen=True)
class Server:
    """A server that can be started.

    program  its file
    modules  the folder of its modules; None where it has none
    env      what it is started with
    """

    program: Path
    modules: Path | None
    env: dict[str, str]

    def works(self) -> bool:
        try:
            return subprocess.run([self.program, "-v"], env=self.env, capture_output=True).returncode == 0
        except OSError:
            return False


def find_nginx() -> Server | None:
    """An nginx that works, or None."""
    return next((server for server in _found("nginx") if server.works()), None)


def find_apache() -> Server | None:
    """An Apache that works, with its modules, or None."""
    return next((server for name in ("apache2", "httpd") for server in _found(name) if server.modules and server.works()), None)


def _found(name: str) -> Iterator[Server]:
    known = [shutil.which(name), *(f"{place}/{name}" for place in PLACES)]
    modules = next((Path(folder) for folder in MODULES if Path(folder, "mod_rewrite.so").is_file()), None)
    yield from (Server(Path(path), modules, dict(os.environ)) for path in known if path and Path(path).is_file())
    own = KEPT / "usr" / "sbin" / name
    if own.is_file():
        libraries = os.pathsep.join(str(folder) for folder in sorted((KEPT / "usr" / "lib").glob("*-linux-*")))
        yield Server(own, KEPT / "usr" / "lib" / "apache2" / "modules", {**os.environ, "LD_LIBRARY_PATH": libraries})


def unpack_debian() -> None:
    """Fetch the packages, with those that they need and the machine has not, and unpack them, whole or not at all."""
    for command in (["apt-get", "update", "-q"], ["sudo", "-n", "apt-get", "update", "-q"]):
        if shutil.which(command[0]) and subprocess.run(command).returncode == 0:
            break
    plan = subprocess.run(["apt-get", "install", "--simulate", "--no-install-recommends", *DEBIAN], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    names = [line.split()[1] for line in plan.stdout.splitlines() if line.startswith("Inst ")]
    # A package that is there already is not in the plan, and may still lack the server: Debian splits them now and then.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # so that apt may fetch as the user that it has for that
        if not names or subprocess.run(["apt-get", "download", "-q", *names], cwd=folder).returncode:
            return
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT.parent) as beside:
            whole = Path(beside) / "hosts"
            for package in sorted(Path(folder).glob("*.deb")):
                if subprocess.run(["dpkg-deb", "-x", package, whole]).returncode:
                    return
            whole.chmod(0o755)
            shutil.rmtree(KEPT, ignore_errors=True)
            whole.rename(KEPT)


def install_hosts() -> None:
    """Bring both by the first way that works."""
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        unpack_debian()
    for command in (["dnf", "install", "-y", "nginx", "httpd"], ["sudo", "-n", "dnf", "install", "-y", "nginx", "httpd"]):
        if not (find_nginx() and find_apache()) and shutil.which("dnf") and shutil.which(command[0]):
            subprocess.run(command)
    if not (find_nginx() and find_apache()):
        sys.exit(f"The tests use nginx and Apache, and could not bring them. {BY_HAND}")


if __name__ == "__main__":
    if not (find_nginx() and find_apache()):
        install_hosts()
    install(WRANGLER)
    print(f"Hosts for the tests: {find_nginx().program}, {find_apache().program}")
