"""Archives of web pages (WARC), as Common Crawl publishes them: an article for each page.

Read record by record, compressed or not. Answers other than 200, what is no page, requests and revisits are passed over
and counted; a record that is cut short or too large is refused by itself.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from waqai.read import html, plain
from waqai.read.document import Document, Draft, too_large
from waqai.read.refusal import PassedOver, Refusal

_PAGES = ("text/html", "application/xhtml+xml", "")
_AGAIN = "fetch the archive again"
_LONGEST_HEAD = 1 << 16
_WINDOW, _GLIMPSE = 1 << 20, 1 << 12
_MOST_DAMAGES = 1000
_BEGINNING = re.compile(rb"WARC/1\.[01]\r?\n|\x1f\x8b\x08")
_DESCRIPTIONS = (WarcRecordType.warcinfo, WarcRecordType.request, WarcRecordType.metadata)
_CONTENTS = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)


def starts_like(head: bytes) -> bool:
    """Is this the beginning of an archive?"""
    return head.startswith(b"WARC/")


def drafts(document: Document) -> Iterator[Draft | Refusal | PassedOver]:
    """The articles of an archive. Where it is damaged it is read on from the next record that is whole again."""
    aside: Counter[str] = Counter()
    number, damages = 0, 0
    start: int | None = 0
    while start is not None:
        last = start
        try:
            for record in _records(document):
                number, last = number + 1, record.stream_pos
                drawn = _drawn(record, number, document)
                if isinstance(drawn, str):
                    aside[drawn] += 1
                elif drawn is not None:
                    yield from drawn if isinstance(drawn, list) else [drawn]
            start = None
        except (OSError, ValueError) as error:
            damages += 1
            start = _next_record(document, last + 1) if damages < _MOST_DAMAGES else None
            rest = "what came first was read" if start is None else "the rest was read"
            yield Refusal(document.address, f"damaged after record {number}: {error}", f"{_AGAIN}; {rest}")
    if number == damages == 0:
        yield Refusal(document.address, "no record in this archive", _AGAIN)
    yield from (PassedOver(document.address, what, count) for what, count in sorted(aside.items()))


def _records(document: Document) -> Iterator[WarcRecord]:
    return iter(
        ArchiveIterator(
            cast("BinaryIO", document.stream),
            record_types=WarcRecordType.any_type,
            parse_http=False,
            max_header_len=_LONGEST_HEAD,
        )
    )


def _next_record(document: Document, after: int) -> int | None:
    """Go to the first place from an offset on where a record begins, compressed by itself or not at all."""
    stream = document.stream
    if not stream.seekable():
        return None
    stream.seek(after)
    base, window = after, b""
    while block := stream.read(_WINDOW):
        window += block
        for match in _BEGINNING.finditer(window):
            head = window[match.start() : match.start() + _GLIMPSE]
            if starts_like(head) or starts_like(_inflated(head)):
                stream.seek(base + match.start())
                return base + match.start()
        kept = window[-_GLIMPSE:]
        base, window = base + len(window) - len(kept), kept
    return None


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 16)
    except zlib.error:
        return b""


def _drawn(record: WarcRecord, number: int, document: Document) -> list[Draft | Refusal] | Refusal | str | None:
    try:
        return _of_record(record, number, document)
    except (OSError, ValueError) as error:
        return Refusal(f"{document.address}, record {number}", f"not readable: {error}", _AGAIN)


def _of_record(record: WarcRecord, number: int, document: Document) -> list[Draft | Refusal] | Refusal | str | None:
    """Its article, a refusal, why it is passed over, or nothing for what only describes the archive."""
    sort = record.record_type
    if sort in _DESCRIPTIONS:
        return None
    if sort not in _CONTENTS:
        return "revisits of a page" if sort == WarcRecordType.revisit else "records of another kind"
    if not _is_whole(record, document.largest):
        return Refusal(f"{document.address}, record {number}", "cut short", _AGAIN)
    media, charset = _media_of(record)
    is_text = sort == WarcRecordType.conversion and media == "text/plain"
    if record.http_headers is not None and record.http_headers.status_code != 200:
        return "answers without a page (redirects, errors)"
    if not is_text and media not in _PAGES:
        return "records that are no HTML"
    return _article(record, number, document, charset, is_text=is_text)


def _is_whole(record: WarcRecord, largest: int) -> bool:
    """Is all of a record there? One that is too large anyway is not fetched to see."""
    said = record.content_length
    if said > largest + _LONGEST_HEAD:
        return True
    block = record.reader.read(said)
    record.set_bytes_content(block)
    return len(block) == said


def _media_of(record: WarcRecord) -> tuple[str, str | None]:
    """The media type and the charset: of the answer, or of the record itself."""
    if record.record_type == WarcRecordType.response:
        record.parse_http(auto_decode="all", quirks_mode=True)
        return (record.http_content_type or "").strip().lower(), record.http_charset
    said = (record.headers.get("Content-Type") or "").lower()
    return said.partition(";")[0].strip(), said.partition("charset=")[2].strip(" \"'") or None


def _article(
    record: WarcRecord, number: int, document: Document, charset: str | None, *, is_text: bool
) -> list[Draft | Refusal] | Refusal:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    name, address = f"{document.name}:{number}", f"{document.address}, record {number} <{url}>"
    body = record.reader.read(document.largest + 1)
    if len(body) > document.largest:
        return too_large(address, document.largest)
    page = Document.of_bytes(name, address, body, document.largest)
    if is_text:
        return [_addressed(drawn, url) for drawn in plain.drafts(page)]
    return [html.page(page, charset=charset, url=url)]


def _addressed(drawn: Draft | Refusal, url: str) -> Draft | Refusal:
    return replace(drawn, url=url) if isinstance(drawn, Draft) else drawn
