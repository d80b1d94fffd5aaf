"""From drafts to articles: what every article must have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from waqai.model import Article, Day, Lang, Span
from waqai.read.document import LARGEST, Draft, empty
from waqai.read.encoding import checked
from waqai.read.identity import article_id
from waqai.read.language import declared, language_of
from waqai.read.refusal import PassedOver, Refusal
from waqai.read.sources import drawn_from
from waqai.text.letters import folded
from waqai.text.published import parse_published, stamped

_ADDRESS = re.compile("https?://[^\\s\x00-\x20\x7f\ud800-\udfff]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What a name of a file or an outlet never needs: control characters, changes of direction, halves of characters."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of every article, for what a document does not say of itself."""

    publisher: str | None = None
    published: Day | None = None
    lang: Lang | None = None
    url: str | None = None


def read_articles(
    source: Path | BinaryIO | TextIO,
    *,
    publisher: str | None = None,
    published: Day | None = None,
    lang: Lang | None = None,
    url: str | None = None,
    largest: int = LARGEST,
) -> Iterator[Article | Refusal | PassedOver]:
    """Read a file, a folder (recursively, in sorted order, files of known suffix) or an open stream.

    What the caller gives holds where a document does not say it of itself. A publication day that is not understood
    is unknown, an address that is not http(s) is none. `largest` is in bytes, of one document. Raises nothing for a
    document that cannot be read: see `Refusal`. What holds no articles (pictures in a folder) is told: `PassedOver`.
    """
    given = Given(publisher, published, lang, url)
    for drawn in drawn_from(source, largest):
        yield article_of(drawn, given) if isinstance(drawn, Draft) else drawn


def article_of(draft: Draft, given: Given) -> Article | Refusal:
    """Settle language, day, headline and identity of a draft."""
    checked_text = checked(draft.text, draft.address)
    if isinstance(checked_text, Refusal):
        return checked_text
    if not any(char.isalpha() for char in checked_text):
        return empty(draft.address)
    text, headline = _with_headline(checked_text, draft)
    lang = (declared(draft.lang) if draft.lang else given.lang or language_of(text)) or None
    if lang is None:
        return Refusal(draft.address, "neither Arabic nor English", "hand in Arabic or English, or say --article-lang")
    said = parse_published(draft.published, lang) if draft.published else None
    url = next((url for url in (draft.url, given.url) if url and _ADDRESS.fullmatch(url)), None)
    return Article(
        id=article_id(url, text),
        text=text,
        lang=lang,
        file=_printable(draft.name),
        publisher=_printable(draft.publisher or given.publisher or "") or None,
        published=said or given.published or stamped(text),
        url=url,
        headline=headline,
        summary=draft.summary,
    )


def _printable(name: str) -> str:
    return _UNPRINTABLE.sub("�", name)


def _with_headline(text: str, draft: Draft) -> tuple[str, Span | None]:
    """The text, with its headline put first if it may and must be, and where the headline stands in it."""
    title = (draft.headline or "").strip()
    if not title:
        return text, _first_line(text)
    line, _, _ = text.partition("\n")
    if folded(line).strip() == folded(title).strip():
        return text, _trimmed(line)
    if not draft.exact:
        return f"{title}\n\n{text}", Span(0, len(title))
    at = text.find(title)
    return text, Span(at, at + len(title)) if at >= 0 else _first_line(text)


def _first_line(text: str) -> Span | None:
    """The first line, if a blank one follows it and then more text."""
    line, _, rest = text.partition("\n")
    after, _, body = rest.partition("\n")
    return _trimmed(line) if line.strip() and not after.strip() and body.strip() else None


def _trimmed(line: str) -> Span:
    start = len(line) - len(line.lstrip())
    return Span(start, start + len(line.strip()))
