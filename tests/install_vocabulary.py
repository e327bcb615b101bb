"""Sees that the tests have schema.org's vocabulary: npm's schema-dts has all of it, as types that Google makes of each release, and runs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from install_npm import Tool, install


@dataclass(frozen=True)
class Vocabulary(Tool):
    """A tool that is only read."""

    @property
    def path(self) -> Path:
        """The file that is read."""
        return self.folder / self.file

    def works(self) -> bool:
        """Whether it is there: it is kept whole or not at all."""
        return self.path.is_file()


VOCABULARY = Vocabulary(
    called="schema.org's vocabulary",
    package="schema-dts",
    version="2.1.0",
    pinned="120408039b33cba2e9fa4a9f85a867ab6df059240c5b7111ea480118b8ea8ebb",
    file="dist/schema.d.ts",
    run=("npm",),
)

if __name__ == "__main__":
    install(VOCABULARY)
