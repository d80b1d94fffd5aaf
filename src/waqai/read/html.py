"""HTML pages: the article without what stands around it, by trafilatura.

The date is taken where the page declares it (metadata, time elements, address), never searched for in the text: the
extractor would fill what is missing and take dates of other articles.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from trafilatura import bare_extraction
from trafilatura.settings import Document as Page

from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.refusal import Refusal

# A page without text is told once, as a refusal; without a handler the library's own complaint would be printed too.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())
_DECLARED_DATES = {"extensive_search": False, "original_date": True}


def drafts(document: Document) -> Iterator[Draft | Refusal]:
    """The one article of a page."""
    content = document.whole()
    source = decoded(content, document.address, html=True) if isinstance(content, bytes) else content
    if isinstance(source, Refusal):
        yield source
        return
    page = bare_extraction(
        source, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DECLARED_DATES
    )
    if not isinstance(page, Page) or not (page.text or "").strip():
        yield Refusal(document.address, "no article text found in the HTML", "hand in the article's text as plain text")
        return
    yield Draft(
        document.name,
        document.address,
        page.text or "",
        headline=page.title,
        publisher=page.sitename,
        published=page.date,
        url=page.url,
        exact=False,
    )
