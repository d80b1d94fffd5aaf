"""HTML pages: the article without what stands around it, by trafilatura.

The date is taken where the page declares it (metadata, time elements, address), never searched for in the text: the
extractor would fill what is missing and take dates of other articles.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document as Page

from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.refusal import Refusal

# A page without text is told once, as a refusal; without a handler the library's own complaint would be printed too.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())
_DECLARED_DATES = {"extensive_search": False, "original_date": True}


_LONG_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*+"|'[^']*+'){20000,}+""")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 5000
"""In one tag: libxml2 compares each with all before it, so that 200,000 of them take minutes."""

_BROKEN_PAGE = (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError)
"""What the extractor raises on pages that are hardly HTML."""


def starts_like(head: bytes) -> bool:
    """Is this the beginning of a page?"""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<?xml"))


def drafts(document: Document) -> Iterator[Draft | Refusal]:
    """The one article of a page."""
    yield page(document)


def page(document: Document, *, charset: str | None = None, url: str | None = None) -> Draft | Refusal:
    """The article of a page; `charset` and `url` are what its server said."""
    content = document.whole()
    source = decoded(content, document.address, html=True, charset=charset) if isinstance(content, bytes) else content
    if isinstance(source, Refusal):
        return source
    if _overloaded(source):
        return Refusal(document.address, "a tag with thousands of attributes", "hand in the text as plain text")
    try:
        found = bare_extraction(
            source,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=_DECLARED_DATES,
        )
    except _BROKEN_PAGE:
        found = None
    if not isinstance(found, Page) or not (found.text or "").strip():
        return Refusal(
            document.address, "no article text found in the HTML", "hand in the article's text as plain text"
        )
    address = _address(found.url, url)
    return Draft(
        document.name,
        document.address,
        found.text or "",
        headline=found.title,
        publisher=found.sitename or _host(address),
        published=found.date,
        url=address,
        exact=False,
    )


def _address(said: str | None, asked: str | None) -> str | None:
    """The address that a page gives itself, unless it names another site or only the front page."""
    if not asked or (said and _host(said) == _host(asked) and urlsplit(said).path.strip("/")):
        return said
    return asked


def _host(address: str | None) -> str | None:
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _overloaded(source: str) -> bool:
    """Is there a tag with more attributes than any page has?"""
    tags = (_QUOTED.sub("", tag[0]) for tag in _LONG_TAG.finditer(source))
    return any(len(tag.split()) > _MOST_ATTRIBUTES for tag in tags)
