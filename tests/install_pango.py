"""Sees that the tests of the leaflets have Pango, with which WeasyPrint sets letters, and fonts of the width that the leaflets are made for.

It installs nothing where they are there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

DEBIAN = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation", "fonts-dejavu-core"]
FEDORA = ["pango", "harfbuzz", "liberation-sans-fonts", "dejavu-sans-fonts"]
APT = [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", *DEBIAN]]
DNF = [["dnf", "install", "-y", *FEDORA]]
BREW = [["brew", "install", "pango"]]
WAYS = [APT, [["sudo", "-n", *command] for command in APT], DNF, [["sudo", "-n", *command] for command in DNF], BREW]
# Asked in a program of its own: what could not be loaded once is not looked for again. The second letter is Arabic.
ASKS = """
import warnings
warnings.simplefilter("error")
import weasyprint
document = weasyprint.HTML(string='<p style="font-family: Liberation Sans, Arial, DejaVu Sans">A\\u0639').render()
document.write_pdf()
families = [font.family for font in document.fonts.values()]
assert not any(font.missing for font in document.fonts.values()), families
"""


def works() -> bool:
    """Whether WeasyPrint sets a Latin and an Arabic letter, without a warning."""
    return subprocess.run([sys.executable, "-c", ASKS], capture_output=True).returncode == 0


def install() -> None:
    """Install what is missing by the first way that brings it."""
    for way in WAYS:
        if shutil.which(way[0][0]) and all(subprocess.run(command).returncode == 0 for command in way) and works():
            return
    sys.exit("The tests of the leaflets need Pango and the fonts Liberation Sans and DejaVu Sans. Install them by hand as README says, then run `make test` again.")


if __name__ == "__main__":
    if not works():
        install()
    print("For the tests: Pango, and fonts for the leaflets")
