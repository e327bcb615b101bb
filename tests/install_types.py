"""Sees that the tests have TypeScript, whose checker reads the types in our scripts' comments, and a Node.js to run it.

6.0 is the last that is one package for every machine; 7 has another package for each.
"""

from __future__ import annotations

from install_npm import Tool, install

TYPESCRIPT = Tool(
    called="the type checker of TypeScript",
    package="typescript",
    version="6.0.3",
    pinned="33cd0ee1beaa8c9e9d15a9da836c62ddea4c34a42d7c2d349dbc80d94165d22a",
    file="lib/tsc.js",
    run=("node",),
)

if __name__ == "__main__":
    install(TYPESCRIPT)
