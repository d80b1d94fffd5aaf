"""Where documents come from: files, folders of them, standard input; compressed or not; and of which kind they are.

One module per format; the tables below are where a new one is added.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO, TextIO, cast

from waqai.read import feed, html, json_lines, plain, warc
from waqai.read.document import Document, Draft, Drafts
from waqai.read.refusal import PassedOver, Refusal

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Drawn = Draft | Refusal | PassedOver

BY_SUFFIX: dict[str, Drafts] = {
    ".txt": plain.drafts,
    ".html": html.drafts,
    ".htm": html.drafts,
    ".xhtml": html.drafts,
    ".shtml": html.drafts,
    ".json": json_lines.whole,
    ".jsonl": json_lines.drafts,
    ".ndjson": json_lines.drafts,
    ".rss": feed.drafts,
    ".atom": feed.drafts,
    ".xml": feed.drafts,
    ".rdf": feed.drafts,
    ".warc": warc.drafts,
}
BY_CONTENT: tuple[tuple[Callable[[bytes], bool], Drafts], ...] = (
    (warc.starts_like, warc.drafts),
    (feed.starts_like, feed.drafts),
    (html.starts_like, html.drafts),
    (json_lines.starts_like, json_lines.drafts),
    (lambda head: head.lstrip().startswith((b"{", b"[")), json_lines.whole),
)
"""For a stream, and for a file whose suffix says nothing: what its beginning looks like; else it is plain text."""
_SAVED_PAGES = ((feed.starts_like, feed.drafts), (html.starts_like, html.drafts))
"""What people save under the ending of a text or of the other."""
_TEXTS = (plain.drafts, html.drafts, feed.drafts)
COMPRESSED: dict[str, tuple[bytes, Callable[[io.BufferedReader], io.RawIOBase]]] = {
    ".gz": (b"\x1f\x8b", lambda stream: cast("io.RawIOBase", gzip.GzipFile(fileobj=stream))),
    ".zst": (b"\x28\xb5\x2f\xfd", lambda stream: cast("io.RawIOBase", zstd.ZstdFile(stream))),
}
_BUFFER = 1 << 16
_DAMAGED = (OSError, EOFError, zlib.error, zstd.ZstdError)


def drawn_from(source: Path | BinaryIO | TextIO, largest: int) -> Iterator[Drawn]:
    """Every draft of a file, a folder or a stream, and what could not be read."""
    if not isinstance(source, Path):
        yield from _from_stream(_binary(source), "stdin", "standard input", largest)
    elif source.is_dir():
        yield from _from_folder(source, largest)
    else:
        yield from _from_file(source, source.name, largest)


# ---------------------------------------------------------------- folders


def _from_folder(folder: Path, largest: int) -> Iterator[Drawn]:
    aside: Counter[str] = Counter()
    seen = False
    for entry in _walk(folder):
        if isinstance(entry, Refusal):
            yield entry
        elif entry.is_symlink() and entry.is_dir():
            aside["links to folders"] += 1
        elif _kind(entry.name) is None:
            aside[f"files {PurePath(entry.name).suffix or 'without an ending'}"] += 1
        elif not entry.is_file():
            yield Refusal(entry.path, "no regular file", "hand it in by itself, if it is a pipe")
        else:
            seen = True
            yield from _from_file(Path(entry.path), Path(entry.path).relative_to(folder).as_posix(), largest)
    yield from (PassedOver(str(folder), what, number) for what, number in sorted(aside.items()))
    if not seen:
        suffixes = ", ".join(BY_SUFFIX)
        cure = f"put files with one of these endings into it: {suffixes}, also followed by .gz or .zst"
        yield Refusal(str(folder), "no article in this folder", cure)


def _walk(folder: Path) -> Iterator[os.DirEntry[str] | Refusal]:
    """What lies in a folder and below, in sorted order, one folder in memory at a time; no hidden ones, no links."""
    waiting = [_listed(str(folder))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Refusal) or not entry.is_dir(follow_symlinks=False):
            yield entry
        else:
            waiting.append(_listed(entry.path))


def _listed(folder: str) -> Iterator[os.DirEntry[str] | Refusal]:
    try:
        with os.scandir(folder) as entries:
            visible = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        return iter([Refusal(folder, f"cannot be opened: {error.strerror}", "check the folder's rights")])
    return iter(visible)


# ---------------------------------------------------------------- files and streams


def _from_file(path: Path, name: str, largest: int) -> Iterator[Drawn]:
    try:
        stream = path.open("rb", buffering=_BUFFER)
    except FileNotFoundError:
        yield Refusal(str(path), "there is no such file or folder", "check the path")
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        yield Refusal(str(path), f"cannot be opened: {reason}", "check its rights, and that the disk is there")
        return
    with stream:
        yield from _from_stream(stream, name, str(path), largest)


def _from_stream(stream: BinaryIO | io.RawIOBase, name: str, address: str, largest: int) -> Iterator[Drawn]:
    try:
        document = _opened(Document(name, address, _buffered(stream), largest))
        yield from _drafts_of(document)(document)
    except _DAMAGED as error:
        yield Refusal(
            address, f"damaged, and not readable to its end: {error}", "fetch it again; what came first was read"
        )


def _opened(document: Document) -> Document:
    """The document under its compression; an archive of web pages is taken apart by its own reader."""
    if _kind(document.name) is warc.drafts:
        return document
    for magic, opener in COMPRESSED.values():
        if document.head().startswith(magic):
            return replace(document, stream=_buffered(opener(document.stream)))
    return document


def _drafts_of(document: Document) -> Drafts:
    head = document.head()
    kind = _kind(document.name)
    table = BY_CONTENT if kind is None else _SAVED_PAGES if kind in _TEXTS else ()
    return next((drafts for looks, drafts in table if looks(head)), kind or plain.drafts)


def _kind(name: str) -> Drafts | None:
    """What a name's ending says."""
    path = PurePath(name.lower())
    return BY_SUFFIX.get(PurePath(path.stem).suffix if path.suffix in COMPRESSED else path.suffix)


def _buffered(stream: BinaryIO | io.RawIOBase) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), _BUFFER)


def _binary(stream: BinaryIO | TextIO) -> BinaryIO:
    """The bytes under a text stream; one that lives in memory is encoded."""
    if not isinstance(stream, io.TextIOBase):
        return cast("BinaryIO", stream)
    under: BinaryIO | None = getattr(stream, "buffer", None)
    return under or io.BytesIO(stream.read().encode("utf-8", "replace"))
