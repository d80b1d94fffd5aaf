"""From a file, a folder or a stream to articles: which format, and what every article must have.

One module per format; the tables below are where a new one is added.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from waqai.model import Article, Day, Lang, Span
from waqai.read import html, json_lines, plain
from waqai.read.document import LARGEST, Document, Draft, empty
from waqai.read.encoding import checked
from waqai.read.identity import article_id
from waqai.read.language import declared, language_of
from waqai.read.refusal import Refusal
from waqai.text.letters import folded
from waqai.text.published import parse_published

_ADDRESS = re.compile("https?://[^\\s\x00-\x20\x7f\ud800-\udfff]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What a name of a file or an outlet never needs: control characters, changes of direction, halves of characters."""
LONGEST = 500_000
"""Characters of one article: a hundred times a long one. What is longer is a book or a page that went wrong."""
Drafts = Callable[[Document], Iterator[Draft | Refusal]]

BY_SUFFIX: dict[str, Drafts] = {
    ".txt": plain.drafts,
    ".html": html.drafts,
    ".htm": html.drafts,
    ".json": json_lines.whole,
    ".jsonl": json_lines.drafts,
    ".ndjson": json_lines.drafts,
}
BY_CONTENT: tuple[tuple[Callable[[bytes], bool], Drafts], ...] = (
    (json_lines.starts_like, json_lines.drafts),
    (
        lambda line: line.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")),
        html.drafts,
    ),
    (lambda line: line.lstrip().startswith((b"{", b"[")), json_lines.whole),
)
"""For a stream, and for a file whose suffix says nothing: what its first line looks like; else it is plain text."""


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
) -> Iterator[Article | Refusal]:
    """Read a file, a folder (recursively, in sorted order, files of known suffix) or an open stream.

    What the caller gives holds where a document does not say it of itself. A publication day that is not understood
    is unknown, an address that is not http(s) is none. `largest` is in bytes, of one document. Raises nothing for a
    document that cannot be read: see `Refusal`.
    """
    given = Given(publisher, published, lang, url)
    for drawn in _drafts(source, largest):
        yield drawn if isinstance(drawn, Refusal) else article_of(drawn, given)


def article_of(draft: Draft, given: Given) -> Article | Refusal:
    """Settle language, day, headline and identity of a draft."""
    checked_text = checked(draft.text, draft.address)
    if isinstance(checked_text, Refusal):
        return checked_text
    if not any(char.isalpha() for char in checked_text):
        return empty(draft.address)
    if len(checked_text) > LONGEST:
        return Refusal(draft.address, f"longer than {LONGEST:,} characters", "hand in one article at a time")
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
        published=said or given.published,
        url=url,
        headline=headline,
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


# ---------------------------------------------------------------- where documents come from


def _drafts(source: Path | BinaryIO | TextIO, largest: int) -> Iterator[Draft | Refusal]:
    if not isinstance(source, Path):
        yield from _from_stream(_binary(source), "stdin", "standard input", largest)
    elif source.is_dir():
        yield from _from_folder(source, largest)
    else:
        yield from _from_file(source, source.name, largest)


def _from_folder(folder: Path, largest: int) -> Iterator[Draft | Refusal]:
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in BY_SUFFIX and p.is_file())
    visible = [p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    if not visible:
        suffixes = ", ".join(BY_SUFFIX)
        yield Refusal(
            str(folder), "no article in this folder", f"put files with one of these endings into it: {suffixes}"
        )
    for path in visible:
        yield from _from_file(path, path.relative_to(folder).as_posix(), largest)


def _from_file(path: Path, name: str, largest: int) -> Iterator[Draft | Refusal]:
    try:
        with path.open("rb") as stream:
            yield from _from_stream(stream, name, str(path), largest)
    except FileNotFoundError:
        yield Refusal(str(path), "there is no such file or folder", "check the path")
    except OSError as error:
        yield Refusal(str(path), f"cannot be opened: {error.strerror}", "check its rights, and that the disk is there")


def _from_stream(stream: BinaryIO, name: str, address: str, largest: int) -> Iterator[Draft | Refusal]:
    head = stream.readline(largest + 1)
    by_content = next((drafts for looks, drafts in BY_CONTENT if looks(head)), plain.drafts)
    drafts = BY_SUFFIX.get(Path(name).suffix.lower(), by_content)
    yield from drafts(Document(name, address, stream, head, largest))


def _binary(stream: BinaryIO | TextIO) -> BinaryIO:
    """The bytes under a text stream; one that lives in memory is encoded."""
    if not isinstance(stream, io.TextIOBase):
        return cast("BinaryIO", stream)
    under: BinaryIO | None = getattr(stream, "buffer", None)
    return under or io.BytesIO(stream.read().encode("utf-8", "replace"))
