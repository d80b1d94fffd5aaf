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
_CANDIDATES = ["cp1256", "cp1252", "utf_16_le", "utf_16_be"]
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
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BROKEN = re.compile("[ØÙÃÐ][\u0080-\u00bf\u0152-\u0192\u2018-\u2122]")
"""UTF-8 that was once read as a Western encoding: two signs where one Arabic letter was."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LOW_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAVE = "save it as UTF-8"


def decoded(content: bytes, address: str, *, html: bool = False) -> str | Refusal:
    """The text of a document: UTF-8, UTF-16, or windows-1256/1252 where the text itself proves it."""
    kind = next((name for magic, name in _FORMATS.items() if content.startswith(magic)), None)
    if kind:
        return Refusal(address, f"binary: it is {kind}", "hand in its text, as plain text or HTML")
    text = _by_mark(content) or _strictly(content, "utf-8")
    if text is None or _is_binary(text):
        text = (_as_declared(content) if html else None) or _as_proved(content)
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


def _as_declared(content: bytes) -> str | None:
    declared = _DECLARED.search(content[:4096])
    return _strictly(content, declared.group(1).decode("ascii")) if declared else None


def _as_proved(content: bytes) -> str | None:
    """What the detector takes it for, if it then reads as Arabic or English without control characters."""
    match = from_bytes(content, cp_isolation=_CANDIDATES).best()
    text = _strictly(content, match.encoding) if match else None
    if text is None or _is_binary(text) or "\ufffd" in text or language_of(text) is None:
        return None
    return text


def _is_binary(text: str) -> bool:
    return "\0" in text or len(_LOW_CONTROLS.findall(text)) > len(text) / 50
