"""A document as it comes in, as bytes; and as a draft of an article, before its language and identity are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO

from waqai.read.refusal import PassedOver, Refusal

LARGEST = 20_000_000
"""Bytes of one document, or of one line of JSON Lines: what is larger is no article, and memory has an end."""
HEAD = 4096
"""Bytes at the beginning that show of which kind a document is."""


@dataclass(frozen=True)
class Document:
    """An open document. `name` becomes the article's file, `address` stands in refusals."""

    name: str
    address: str
    stream: BufferedReader
    largest: int = LARGEST

    @classmethod
    def of_bytes(cls, name: str, address: str, content: bytes, largest: int = LARGEST) -> Document:
        """A document that lies in memory."""
        return cls(name, address, BufferedReader(BytesIO(content)), largest)

    def head(self) -> bytes:
        """Its first bytes; they are still there to be read."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self) -> bytes | Refusal:
        """All its bytes, if they are not too many and there are any."""
        content = self.stream.read(self.largest + 1)
        if len(content) > self.largest:
            return too_large(self.address, self.largest)
        return content if content.strip() else empty(self.address)

    def lines(self) -> Iterator[tuple[int, bytes | Refusal]]:
        """Its lines that are not blank, numbered from 1, one at a time; a line that is too long is skipped over."""
        number = 0
        while line := self.stream.readline(self.largest + 1):
            number += 1
            if len(line) > self.largest:
                self._skip_line(line)
                yield number, too_large(f"{self.address}:{number}", self.largest)
            elif line.strip():
                yield number, line

    def _skip_line(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self.stream.readline(1 << 16)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's text with what its document says of it, in the document's words.

    `exact`: the text may not be touched, since offsets are counted in it; else a headline that it lacks is put first.
    `summary`: it is the summary of a feed, which may be shorter than the article.
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
    summary: bool = False


Drafts = Callable[[Document], Iterator[Draft | Refusal | PassedOver]]


def empty(address: str) -> Refusal:
    """There is nothing in it."""
    return Refusal(address, "empty: there is no text in it", "hand in a document with text")


def too_large(address: str, largest: int) -> Refusal:
    """It is larger than a news article can be."""
    return Refusal(
        address, f"larger than {largest:,} bytes", "split it: one article a file, or one a line of JSON Lines"
    )
