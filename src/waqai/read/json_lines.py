"""JSON Lines, one article a line, read line by line; and JSON, one article or a list of them.

Keys: text (needed), file, headline (or title), publisher, published, lang, url; others are ignored. The text is taken
as it is, to the character.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

from waqai.read.document import Document, Draft
from waqai.read.encoding import decoded
from waqai.read.refusal import Refusal

_ONE_A_LINE = "write one JSON object a line, with at least the key text"


def drafts(document: Document) -> Iterator[Draft | Refusal]:
    """The articles of a JSON Lines file, in order."""
    for number, line in document.lines():
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
        stream = BytesIO(text.encode("utf-8"))
        again = Document(document.name, document.address, stream, stream.readline(), document.largest)
        yield from drafts(again)
        return
    if isinstance(value, dict):
        yield _draft(value, document.address, document.name)
        return
    members = value if isinstance(value, list) else [value]
    for number, member in enumerate(members, start=1):
        yield _draft(member, f"{document.address}[{number}]", f"{document.name}[{number}]")


def starts_like(line: bytes) -> bool:
    """Is this the first line of a JSON Lines file?"""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


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
