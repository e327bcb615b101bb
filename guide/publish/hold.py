"""Holds a folder or a file for one process alone: the system lets go of it when the process ends, in whatever way.

So what a killed build left can be told from what another build is making.
Windows has no such lock on folders, and some network disks have none at all: there nothing is held, and nothing is taken for left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Hold:
    """A folder or file that this process holds.

    handle  of the open folder or file
    """

    handle: int

    def let_go(self) -> None:
        """Let others hold it; a second time does nothing."""
        with suppress(OSError):
            os.close(self.handle)


def hold(path: Path, *, wait: bool) -> Hold | None:
    """Hold a folder or a file; None where another process holds it, or where nothing can be held.

    wait  whether to wait until the other one is done
    """
    if fcntl is None:
        return None
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return None
    except BaseException:  # Ctrl-C while it waits
        os.close(handle)
        raise
    return Hold(handle)


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Do something while no other process that asks does it to the same folder or file."""
    held = hold(path, wait=True)
    try:
        yield
    finally:
        if held:
            held.let_go()
