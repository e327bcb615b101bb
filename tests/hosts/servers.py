"""Starts a real nginx and a real Apache on a port of their own, each with its own small configuration round what the recipe wrote."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from guide.hosts import nginx
from install_hosts import Server, find_apache, find_nginx

NOBODY = 65534  # Apache serves no page as root, so its folder must be open to someone else
TEMPS = "client_body proxy fastcgi uwsgi scgi".split()
APACHE_MODULES = "mpm_event unixd authz_core dir mime headers rewrite deflate filter alias autoindex negotiation setenvif".split()


@dataclass(frozen=True)
class Started:
    """A server at work.

    port  where it listens, on this machine alone
    log   what it complains of
    """

    port: int
    log: Path


@contextmanager
def readable_folder() -> Iterator[Path]:
    """A folder that any user may read: those of pytest are for one."""
    with tempfile.TemporaryDirectory(prefix="guide-host-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextmanager
def running(server: Server, folder: Path, port: int, *words: str, user: int | None = None) -> Iterator[Started]:
    """Start a server, wait until it answers, and end it.

    words  its command line
    user   as whom it runs; None for who runs the tests
    """
    log = folder / "error.log"
    process = subprocess.Popen([str(server.program), *words], env=server.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, user=user, group=user, extra_groups=[] if user else None)
    try:
        while not _answers(port):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
            assert process.poll() is None, f"{server.program}: {process.stdout.read().decode()} {log.read_text() if log.exists() else ''}"
        yield Started(port, log)
    finally:
        process.terminate()
        process.communicate()


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def nginx_with(conf: str, user: int | None = None) -> Iterator[Started]:
    """nginx with a recipe's server block.

    conf  the block, its `listen` as the recipe has it
    user  as whom it runs
    """
    found, port = find_nginx(), free_port()
    assert found, "no nginx; run tests/install_hosts.py"
    with readable_folder() as folder:
        if user is not None:
            program = shutil.copy2(found.program, folder / "nginx")  # the checkout may be closed to that user
            found = Server(Path(program), None, found.env)
            os.chown(folder, user, user)
        told = conf.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(f"listen {nginx.CONTAINER_PORT};", f"listen 127.0.0.1:{port};")
        assert str(port) in told, "else nginx would listen where the recipe says"
        rights = "user root;" if user is None and os.geteuid() == 0 else ""
        temps = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPS)
        (folder / "nginx.conf").write_text(f"{rights} daemon off; worker_processes 1; pid {folder}/pid; events {{}} http {{ access_log off; {temps}\n{told} }}", encoding="utf-8")
        with running(found, folder, port, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), user=user) as started:
            yield started


@contextmanager
def apache_with(public: Path, more: str = "") -> Iterator[Started]:
    """Apache with a folder whose `.htaccess` may say all, and the habits of a shared host: lists of files, and guessing names.

    more  lines of the server's own configuration
    """
    found, port = find_apache(), free_port()
    assert found, "no Apache; run tests/install_hosts.py"
    with readable_folder() as folder:
        (folder / "mime.types").write_text("", encoding="utf-8")
        loads = "".join(f"LoadModule {name}_module {file}\n" for name in APACHE_MODULES if (file := found.modules / f"mod_{name}.so").is_file())
        user = f"User #{NOBODY}\nGroup #{NOBODY}\n" if os.geteuid() == 0 else ""
        lines = [
            f'ServerRoot "{folder}"\nDefaultRuntimeDir "{folder}"\nPidFile "{folder}/pid"\nErrorLog "{folder}/error.log"\nMutex "file:{folder}" default',
            f"Listen 127.0.0.1:{port}\nServerName guide.test\nTypesConfig {folder}/mime.types\nStartServers 1\nServerLimit 2\nThreadLimit 25\nMaxRequestWorkers 50",
            f'DocumentRoot "{public}"\n<Directory "{public}">\nOptions Indexes FollowSymLinks MultiViews\nAllowOverride All\nRequire all granted\n</Directory>',
            '<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>',
            more,
        ]
        (folder / "apache.conf").write_text(loads + user + "\n".join(lines) + "\n", encoding="utf-8")
        with running(found, folder, port, "-f", str(folder / "apache.conf"), "-DFOREGROUND") as started:
            yield started
