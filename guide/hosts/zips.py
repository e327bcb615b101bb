"""The guide as one file to unpack: for any folder of any host, and for a disk without a host."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

FOLDER = "microneedling-guide"  # in which all unpacks, so that nothing of the reader's is mixed with it
MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name: the same guide gives the same bytes on any day
READABLE = 0o100644 << 16


def write_zip(file: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip beside the last one, and put it in its place once it is whole. The same files give the same bytes.

    files  what is in each, by its path in the zip's one folder

    Errors: OSError where it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for name in sorted(files):
                entry = zipfile.ZipInfo(f"{FOLDER}/{name}", MOMENT)
                entry.create_system, entry.external_attr, entry.compress_type = 3, READABLE, zipfile.ZIP_DEFLATED
                packed.writestr(entry, files[name])
        os.chmod(beside, 0o644)
        os.replace(beside, file)
    finally:
        Path(beside).unlink(missing_ok=True)
