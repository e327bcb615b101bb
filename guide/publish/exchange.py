"""Lets two folders change places in one step, as Linux and macOS can and Python's own library cannot ask for."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

HERE = -100  # AT_FDCWD of Linux: a path is seen from the folder that the process is in
SWAP = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change places; False where the system or the disk cannot, and both are then where they were.

    Source: renameat2(2) of Linux, from glibc 2.28; renamex_np(2) of macOS.
    """
    one, other = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "linux":
            return ctypes.CDLL(None).renameat2(HERE, one, HERE, other, SWAP) == 0
        if sys.platform == "darwin":
            return ctypes.CDLL(None).renamex_np(one, other, SWAP) == 0
    except AttributeError:  # a C library that does not know it
        pass
    return False
