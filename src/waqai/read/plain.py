"""Plain text, with or without a head.

A head is a block between two lines `---` at the very top, with lines `key: value`: title (or headline), publisher,
published (or date), lang, url; other keys are ignored. Anything else at the top is text, kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.refusal import Refusal

_HEAD = re.compile(r"---[ \t]*\n(?P<lines>(?:[^\n]*\n)*?)---[ \t]*(?:\n+|\Z)")
_LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")


def drafts(document: Document) -> Iterator[Draft | Refusal]:
    """The one article of a text file."""
    content = document.whole()
    text = decoded(content, document.address) if isinstance(content, bytes) else content
    if isinstance(text, Refusal):
        yield text
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head, body = _split(text)
    yield Draft(
        document.name,
        document.address,
        body,
        headline=head.get("title") or head.get("headline"),
        publisher=head.get("publisher"),
        published=head.get("published") or head.get("date"),
        lang=head.get("lang"),
        url=head.get("url"),
        exact=not head,
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    block = _HEAD.match(text)
    if block is None:
        return {}, text
    lines = [line for line in block["lines"].splitlines() if line.strip()]
    matches = [_LINE.fullmatch(line.strip()) for line in lines]
    head = {m["key"].lower(): m["value"].strip().strip("\"'") for m in matches if m}
    return (head, text[block.end() :]) if head and all(matches) else ({}, text)
