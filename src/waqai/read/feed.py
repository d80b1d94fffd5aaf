"""Feeds: RSS (0.9x, 1.0, 2.0) and Atom, an article for each entry.

An entry gives its content, or, where it has only one, its summary, marked as such. Entities that a document declares
are never followed: neither to other files nor into each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import cast

from lxml import etree

from waqai.read import html
from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.markup import text_of
from waqai.read.refusal import PassedOver, Refusal

_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTENT = ("encoded", "content")
_SUMMARY = ("description", "summary", "subtitle")
_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")


def starts_like(head: bytes) -> bool:
    """Is this the beginning of a feed?"""
    return bool(_ROOT.search(head.replace(b"\0", b"")[:2048])) and b"<html" not in head[:2048].lower()


def drafts(document: Document) -> Iterator[Draft | Refusal | PassedOver]:
    """The articles of a feed; a page that only looks like XML is read as a page."""
    if not starts_like(document.head()):
        yield from html.drafts(document)
        return
    content = document.whole()
    source = decoded(content, document.address, html=True) if isinstance(content, bytes) else content
    if isinstance(source, Refusal):
        yield source
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    root = cast("etree._Element | None", etree.fromstring(_plain_xml(source), parser))
    entries = [] if root is None else [e for e in root.iter() if _local(e) in ("item", "entry")]
    publisher = None if root is None else _title_of(root)
    for number, entry in enumerate(entries, 1):
        yield _draft(entry, f"{document.name}:{number}", f"{document.address}, entry {number}", publisher)
    broken = next((e for e in parser.error_log if e.level_name == "FATAL"), None)
    if broken is not None:
        reason = f"broken XML at line {broken.line}: {broken.message.strip()}"
        yield Refusal(document.address, reason, "fetch the feed again; the entries before it were read")
    elif not entries:
        yield Refusal(document.address, "a feed without entries", "fetch it again, or hand in the articles' pages")


def _plain_xml(source: str) -> bytes:
    """The feed in UTF-8, without a declaration of another encoding or of entities, without what XML forbids."""
    body = _DOCTYPE.sub("", _DECLARATION.sub("", source, count=1), count=1)
    named = _NAMED.sub(lambda m: unescape(m[0]) if m[0][1:] in html5 else m[0], body)
    return _NOT_XML.sub(" ", named).strip().encode("utf-8", "replace")


def _draft(entry: etree._Element, name: str, address: str, publisher: str | None) -> Draft | Refusal:
    content, summary = _first_text(entry, _CONTENT), _first_text(entry, _SUMMARY)
    text = content or summary
    title = text_of(_first_text(entry, ("title",)) or "").replace("\n", " ") or None
    if not text:
        return Refusal(address, "an entry without text", "hand in the article's page")
    return Draft(
        name,
        address,
        text,
        headline=title,
        publisher=_source_of(entry) or publisher,
        published=_first_text(entry, _DATES),
        url=_link_of(entry),
        exact=False,
        summary=not content,
    )


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first_text(entry: etree._Element, names: tuple[str, ...]) -> str | None:
    """The text of the first child that is called so and holds any, in the order of the names."""
    for name in names:
        for child in entry:
            if _local(child) == name and (text := text_of(_inner(child))):
                return text
    return None


def _inner(element: etree._Element) -> str:
    """What is in an element: its characters, or, where it holds elements (XHTML), their markup."""
    if len(element) and any(isinstance(child.tag, str) for child in element):
        return etree.tostring(element, encoding="unicode", with_tail=False)
    return "".join(str(part) for part in element.itertext())


def _title_of(root: etree._Element) -> str | None:
    """The feed's own title: its channel's, or its root's."""
    home = next((child for child in root if _local(child) == "channel"), root)
    return _first_text(home, ("title",))


def _source_of(entry: etree._Element) -> str | None:
    """The outlet that an entry of a collected feed comes from."""
    source = next((child for child in entry if _local(child) == "source"), None)
    if source is None:
        return None
    return _first_text(source, ("title",)) or text_of(source.text or "") or None


def _link_of(entry: etree._Element) -> str | None:
    links = [child for child in entry if _local(child) == "link"]
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    addresses = [link.get("href") or "".join(str(part) for part in link.itertext()) for link in pages]
    others = [child.text or "" for child in entry if _local(child) in ("guid", "id")]
    found = (address.strip() for address in (*addresses, *others))
    return next((address for address in found if address.startswith(("http://", "https://"))), None)
