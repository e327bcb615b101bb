"""Sees that the tests have the Nu HTML checker, the one that says whether a page is valid, and a Java to run it.

It comes from npm's registry: Python's has it only in a version that does not know the HTML of today.
"""

from __future__ import annotations

from install_npm import Tool, install

CHECKER = Tool(
    called="the Nu HTML checker",
    package="vnu-jar",
    version="26.9.27",
    pinned="5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
    file="build/dist/vnu.jar",
    run=("java", "-jar"),
)

if __name__ == "__main__":
    install(CHECKER)
