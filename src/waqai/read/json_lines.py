"""JSON Lines, one article a line, read line by line; and JSON, one article or a list of them.

Keys: text (needed), file, headline (or title), publisher, published, lang, url; others are ignored. The text is taken
as it is, to the character.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader, RawIOBase

from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.refusal import Refusal

_ONE_A_LINE = "write one JSON object a line, with at least the key text"


def drafts(document: Document) -> Iterator[Draft | Refusal]:
    """The articles of a JSON Lines file, in order."""
    for number, line in _in_utf8(document).lines():
        address = f"{document.address}:{number}"
        yield line if isinstance(line, Refusal) else _draft_of_line(line, address, f"{document.name}:{number}")


def whole(document: Document) -> Iterator[Draft | Refusal]:
    """The articles of a JSON file: an object, a list of objects, or after all one object a line."""
    content = document.whole()
    text = decoded(content, document.address) if isinstance(content, bytes) else content
    if isinstance(text, Refusal):
        yield text
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        content = text.encode("utf-8", "surrogatepass")
        yield from drafts(Document.of_bytes(document.name, document.address, content, document.largest))
        return
    if isinstance(value, dict):
        yield _draft(value, document.address, document.name)
        return
    members = value if isinstance(value, list) else [value]
    for number, member in enumerate(members, start=1):
        yield _draft(member, f"{document.address}[{number}]", f"{document.name}[{number}]")


def starts_like(head: bytes) -> bool:
    """Is this the beginning of a JSON Lines file: one object a line?"""
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not end:
        return line.startswith(b"{")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Recoded(RawIOBase):
    """A stream of UTF-16 as a stream of UTF-8."""

    def __init__(self, stream: BufferedReader) -> None:
        super().__init__()
        self._characters = codecs.getreader("utf-16")(stream, "replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = self._characters.read(len(buffer)).encode("utf-8", "replace")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _in_utf8(document: Document) -> Document:
    """JSON Lines as some shells write them, in UTF-16 with its mark, are UTF-8 from here on."""
    if not document.head().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return document
    return replace(document, stream=BufferedReader(_Recoded(document.stream)))


def _draft_of_line(line: bytes, address: str, name: str) -> Draft | Refusal:
    try:
        return _draft(json.loads(line.decode("utf-8-sig")), address, name)
    except UnicodeDecodeError as error:
        return Refusal(address, f"not UTF-8 at byte {error.start} of the line", "save the file as UTF-8")
    except RecursionError:
        return Refusal(address, "broken JSON: nested too deeply", _ONE_A_LINE)
    except ValueError as error:
        return Refusal(address, f"broken JSON: {error}", _ONE_A_LINE)


def _draft(value: object, address: str, name: str) -> Draft | Refusal:
    if not isinstance(value, dict):
        return Refusal(address, f"no JSON object but {type(value).__name__}", _ONE_A_LINE)
    text = value.get("text")
    if not isinstance(text, str):
        return Refusal(address, "has no text: the key text is missing or no string", _ONE_A_LINE)

    def said(*keys: str) -> str | None:
        return next(
            (str(value[key]) for key in keys if isinstance(value.get(key), str | int) and value[key] != ""), None
        )

    return Draft(
        said("file") or name,
        address,
        text,
        headline=said("headline", "title"),
        publisher=said("publisher"),
        published=said("published"),
        lang=said("lang"),
        url=said("url"),
    )
