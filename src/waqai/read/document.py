"""A document as it comes in, as bytes; and as a draft of an article, before its language and identity are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from waqai.read.refusal import Refusal

LARGEST = 10_000_000
"""Bytes of one document, or of one line of JSON Lines: no news article comes near it."""


@dataclass(frozen=True)
class Document:
    """An open document. `name` becomes the article's file, `address` stands in refusals; `head` is already read."""

    name: str
    address: str
    stream: BinaryIO
    head: bytes
    largest: int = LARGEST

    def whole(self) -> bytes | Refusal:
        """All its bytes, if they are not too many and there are any."""
        content = self.head + self.stream.read(max(self.largest + 1 - len(self.head), 0))
        if len(content) > self.largest:
            return too_large(self.address, self.largest)
        return content if content.strip() else empty(self.address)

    def lines(self) -> Iterator[tuple[int, bytes | Refusal]]:
        """Its lines that are not blank, numbered from 1, one at a time; a line that is too long is skipped over."""
        number, line = 1, self.head
        while line:
            if len(line) > self.largest:
                self._skip_line(line)
                yield number, too_large(f"{self.address}:{number}", self.largest)
            elif line.strip():
                yield number, line
            number, line = number + 1, self.stream.readline(self.largest + 1)

    def _skip_line(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self.stream.readline(1 << 16)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's text with what its document says of it, in the document's words.

    `exact`: the text may not be touched, since offsets are counted in it; else a headline that it lacks is put first.
    """

    name: str
    address: str
    text: str
    headline: str | None = None
    publisher: str | None = None
    published: str | None = None
    lang: str | None = None
    url: str | None = None
    exact: bool = True


def empty(address: str) -> Refusal:
    """There is nothing in it."""
    return Refusal(address, "empty: there is no text in it", "hand in a document with text")


def too_large(address: str, largest: int) -> Refusal:
    """It is larger than a news article can be."""
    return Refusal(
        address, f"larger than {largest:,} bytes", "split it: one article a file, or one a line of JSON Lines"
    )
