"""Bytes to text, never guessed: what cannot be told for sure is refused."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from waqai.read.language import language_of
from waqai.read.refusal import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1256", "cp1252", "iso8859_6", "utf_16_le", "utf_16_be"]
"""What Arabic and English news are written in besides UTF-8."""
_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
}
_DECLARED = re.compile(rb"<(?:meta[^>]{1,200}charset|\?xml[^>]{1,100}encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BROKEN = re.compile("[ØÙÃÐ][\u0080-\u00bf\u0152-\u0192\u2018-\u2122]")
"""UTF-8 that was once read as a Western encoding: two signs where one Arabic letter was."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LOW_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAVE = "save it as UTF-8"


def decoded(content: bytes, address: str, *, html: bool = False, charset: str | None = None) -> str | Refusal:
    """The text of a document: UTF-8, UTF-16, or an older encoding where the page says or the text itself proves it.

    `charset` is what the server said, which a page's own word does not overrule.
    """
    kind = next((name for magic, name in _FORMATS.items() if content.startswith(magic)), None)
    if kind:
        return Refusal(address, f"binary: it is {kind}", "hand in its text, as plain text or HTML")
    text = _by_mark(content) or _strictly(content, "utf-8")
    if text is None or _is_binary(text):
        text = (_as_said(content, charset) if html else None) or _as_proved(content) or _mixed(content)
    if text is None:
        binary = b"\0" in content
        reason = "binary: it is no text" if binary else "its encoding cannot be told"
        return Refusal(address, reason, "hand in its text, as plain text or HTML" if binary else _SAVE)
    return text


def checked(text: str, address: str) -> str | Refusal:
    """A text fit to be kept: control characters become spaces, so that offsets hold; what is broken is refused."""
    surrogate = next((i for i, char in enumerate(text) if "\ud800" <= char <= "\udfff"), None)
    if surrogate is not None:
        return Refusal(
            address, f"half a character (a lone surrogate) at offset {surrogate}", "repair the text at that offset"
        )
    broken = len(_BROKEN.findall(text)) + text.count("\ufffd")
    if broken > len(text) / 20:
        return Refusal(
            address, "its letters were broken by a wrong encoding before it came here", "fetch the original again"
        )
    return _CONTROLS.sub(" ", text)


def _by_mark(content: bytes) -> str | None:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    return _strictly(content, encoding) if encoding else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _as_said(content: bytes, charset: str | None) -> str | None:
    """What the server, else the page's head says, if it can be so."""
    declared = _DECLARED.search(content[:4096])
    said = [charset or "", declared.group(1).decode("ascii") if declared else ""]
    texts = (_strictly(content, name) for name in said if name)
    return next((text for text in texts if text is not None and not _is_binary(text)), None)


def _mixed(content: bytes) -> str | None:
    """Lines in UTF-8 and lines in windows-1256 in one document; or UTF-8 with a few bytes that are lost.

    A lost byte stays as a replacement character: nothing is made up for it.
    """
    if b"\0" in content:
        return None
    lines = content.splitlines(keepends=True)
    texts = [_strictly(line, "utf-8") for line in lines]
    text = "".join(t if t is not None else _line(line) for t, line in zip(texts, lines, strict=True))
    if all(t is None for t in texts) or text.count("\ufffd") > len(text) / 100 or language_of(text) is None:
        return None
    return text


def _line(line: bytes) -> str:
    """A line that is no UTF-8: windows-1256 if it is Arabic then, else UTF-8 with its lost bytes shown."""
    lossy = line.decode("utf-8", "replace")
    old = _strictly(line, "cp1256")
    few = lossy.count("\ufffd") <= len(lossy) / 20
    return old if not few and old is not None and language_of(old) == "ar" else lossy


def _as_proved(content: bytes) -> str | None:
    """What the detector takes it for, if it then reads as Arabic or English without control characters."""
    match = from_bytes(content, cp_isolation=_CANDIDATES).best()
    text = _strictly(content, match.encoding) if match else None
    if text is None or _is_binary(text) or "\ufffd" in text or language_of(text) is None:
        return None
    return text


def _is_binary(text: str) -> bool:
    return "\0" in text or len(_LOW_CONTROLS.findall(text)) > len(text) / 50
