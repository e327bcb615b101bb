"""A hand-out as one HTML text, whole in itself: the article of its built page, in the frame of a leaflet."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from guide.clinic import Clinic
from guide.faults import Fault, Faults, quoted
from guide.pages import PageSource
from guide.project import Guide

FOLDER = "sheets/"  # where in docs/ the pages stand that are handed out: overrides/main.html knows them by it too
ARTICLE = re.compile(r"<article\b[^>]*>.*?</article>", re.S)
# A level of warning signs is a heading by its looks. Here it is one by its tag too, so that a list of headings has it.
LEVEL = re.compile(r'<p class="(mg-sheet-signs__level[^"]*)">(.*?)</p>', re.S)
# WeasyPrint makes a second link of each element inside one, which PDF/UA forbids: so a link holds words alone.
LINK = re.compile(r"(<a\b[^>]*>)(.*?)(</a>)", re.S)
# PDF knows lists of items alone, and no list of terms: the clinic's hours become a plain list.
TERMS = re.compile(r"<dl\b([^>]*)>(.*?)</dl>", re.S)
TERM = re.compile(r"<(/?)d[td]>")
TAG = re.compile(r"<[^>]*>")
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
MARK = 8  # letters of the mark that tells one wording from another
# Sheets with no place for the clinic's record: a reader's own questions are for the reader.
NOT_ON_RECORD = {"questions-to-ask"}


@dataclass(frozen=True)
class Sheet:
    """A hand-out, ready to be set.

    name     what its files are called, such as `getting-ready`
    html     the whole of it, with its logo inside
    address  where its page stands: links are seen from there
    """

    name: str
    html: str
    address: str


def sheet_pages(guide: Guide) -> list[PageSource]:
    """The pages that are handed out, in the order of the menu."""
    return [page for page in guide.pages if page.name.startswith(FOLDER)]


def read_sheet(guide: Guide, page: PageSource, site: Path) -> Sheet:
    """A hand-out as its built page has it.

    site  the built folder

    Errors: Faults where the page has no article, or the guide's version is no day.
    """
    name, address = Path(page.name).stem, guide.clinic.site_url + page.address
    article = article_of(site, page)
    facts, clinic = page.facts, guide.clinic
    title = next(heading.text for heading in page.headings if heading.level == 1)
    html = guide.draw(
        "leaflet",
        title=title,
        description=facts.description,
        clinic=clinic,
        phone=clinic.phones.main,
        emergency=guide.country.emergency.number,
        logo=logo_data(clinic),
        example=bool(clinic.example_values()),
        version=guide.version,
        version_day=version_day(guide).isoformat(),
        reviewed=guide.written(facts.reviewed_on),
        wording=wording_mark(article),
        address=address,
        article=Markup(for_tags(article)),  # made by the build, so its values are escaped
        on_record=name not in NOT_ON_RECORD,
    )
    return Sheet(name, plain_links(html), address)


def article_of(site: Path, page: PageSource) -> str:
    """The part of a built page that a reader came for."""
    file = site / page.address / "index.html"
    found = ARTICLE.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise Faults([Fault(page.file, 0, "", "no article on its built page", "bring back overrides/main.html as it came with the guide")])
    return found[0]


def for_tags(article: str) -> str:
    """The same article in elements that have a tag in PDF."""
    headed = LEVEL.sub(r'<h3 class="\1">\2</h3>', article)
    return TERMS.sub(lambda terms: f"<ul{terms[1]}>{_items(terms[2])}</ul>", headed)


def _items(terms: str) -> str:
    """The pairs of a list of terms, each as one item."""
    return TERM.sub(r"<\1span>", terms).replace("<div>", "<li>").replace("</div>", "</li>")


def plain_links(html: str) -> str:
    """The same text with nothing but words in each link."""
    return LINK.sub(lambda link: link[1] + TAG.sub("", link[2]) + link[3], html)


def wording_mark(article: str) -> str:
    """A short mark that is the same as long as the words are: a record can say which wording was handed out."""
    words = " ".join(TAG.sub(" ", article).split())
    return hashlib.sha256(words.encode()).hexdigest()[:MARK]


def version_day(guide: Guide) -> date:
    """The day of the guide's version. It stands in the file as its date, so that the same guide gives the same bytes.

    Errors: Faults where the version is not written as a day.
    """
    months = [guide.words["months"][f"m{number}"] for number in range(1, 13)]
    try:
        day, month, year = guide.version.split()
        return date(int(year), months.index(month) + 1, int(day))
    except ValueError:
        raise Faults([Fault("CHANGELOG.md", 0, "", quoted(guide.version), "begin the newest change with its day, such as ## 15 January 2026: what is new")]) from None


def logo_data(clinic: Clinic) -> str:
    """The clinic's logo as a data address, so that nothing has to be fetched; empty where there is none."""
    file = clinic.brand.logo_file
    return f"data:{PICTURES[file.suffix.lower()]};base64,{base64.b64encode(file.read_bytes()).decode()}" if file else ""
