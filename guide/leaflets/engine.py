"""WeasyPrint, which sets a hand-out on paper: where it is missing, what to install; and nothing that it may fetch but what the hand-out holds."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.faults import Fault, Faults, listed, quoted
from guide.leaflets.running import mark_running
from guide.leaflets.sheet import Sheet

STYLE = Path(__file__).with_name("leaflet.css")
PAPERS = {"a4": "A4", "letter": "Letter"}  # how a file's name ends, and what CSS calls the paper
REQUIREMENTS = "requirements-leaflets.txt"
LIBRARIES = (
    "Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core; "
    "Fedora: sudo dnf install pango harfbuzz liberation-sans-fonts dejavu-sans-fonts; macOS: brew install pango; "
    "Windows: install MSYS2 from msys2.org, then in its window pacman -S mingw-w64-ucrt-x86_64-pango"
)


@dataclass(frozen=True)
class Leaflet:
    """A hand-out as a PDF.

    content  the file
    sides    how many sides of paper it fills
    """

    content: bytes
    sides: int


class Engine:
    """WeasyPrint with the style sheet of the hand-outs, for as many of them as are wanted.

    Errors: Faults where WeasyPrint or a library that it needs is not there.
    """

    def __init__(self) -> None:
        self._weasyprint = load()
        self._style = STYLE.read_text(encoding="utf-8")

    def leaflet(self, sheet: Sheet, paper: str) -> Leaflet:
        """A hand-out as a tagged PDF: the same bytes for the same sheet, with the same fonts and libraries.

        paper  a4 or letter

        Errors: Faults where a letter is in no font, something would have to be fetched, or WeasyPrint finds fault with the sheet.
        """
        css = [self._weasyprint.CSS(string=text, url_fetcher=self._fetcher()) for text in (self._style, f"@page {{ size: {PAPERS[paper]} }}")]
        with _said() as said:
            html = self._weasyprint.HTML(string=sheet.html, base_url=sheet.address, url_fetcher=self._fetcher())
            document = html.render(stylesheets=css, pdf_variant="pdf/ua-1", pdf_tags=True)
            written = io.BytesIO()
            document.write_pdf(written, finisher=mark_running, pdf_variant="pdf/ua-1", pdf_identifier=True)
        _refuse_what_cannot_be_shown(sheet, document.fonts.values(), said)
        return Leaflet(written.getvalue(), len(document.pages))

    def _fetcher(self) -> Any:
        return _only_what_it_holds(self._weasyprint)


def load() -> Any:
    """The WeasyPrint package.

    Errors: Faults with what to install, where it or a library of the system is missing.
    """
    try:
        with redirect_stdout(io.StringIO()):  # where a library is missing, it prints a page of its own
            import weasyprint
    except ImportError:
        raise Faults([Fault("leaflets", 0, "", "no WeasyPrint", f"type: python -m pip install -r {REQUIREMENTS}, as make leaflets does")]) from None
    except OSError as error:
        raise Faults([Fault("leaflets", 0, "", f"no library that WeasyPrint can use ({_briefly(error)})", f"install it. {LIBRARIES}")]) from None
    return weasyprint


def _briefly(error: OSError) -> str:
    return (str(error).splitlines() or [""])[0].partition(": ")[0]


def _only_what_it_holds(weasyprint: Any) -> Any:
    """A fetcher that reads data addresses and refuses all else: no network, and no file of this computer."""

    class Fetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.casefold().startswith("data:"):
                raise ValueError(f"{url} is not fetched")
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols={"data"}, allow_redirects=False)


@contextmanager
def _said() -> Iterator[list[str]]:
    """What WeasyPrint could not do meanwhile. Mere warnings are left aside: a logo may hold styles that it does not know."""
    listener, logger = _Listener(logging.ERROR), logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.said
    finally:
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _refuse_what_cannot_be_shown(sheet: Sheet, fonts: Any, said: list[str]) -> None:
    letters = sorted({chr(code) for font in fonts for code in font.missing})
    if letters:
        found = f"{listed(quoted(letter) for letter in letters)}, which no font of this computer has"
        raise Faults([Fault(f"leaflets/{sheet.name}", 0, "", found, "install a font that has it, such as those of fonts-noto-core on Debian, or write it in other letters in the clinic file")])
    if said:
        raise Faults(Fault(f"leaflets/{sheet.name}", 0, "", quoted(line), "save the logo again as a plain svg or as png, or mend overrides/components/leaflet.html") for line in said)
