"""Folding: one spelling for what readers take as the same word, with the way back to the original offsets.

Arabic news writes one word in many ways: with and without hamza, diacritics, tatweel, presentation forms, Persian
letters; and cuts words apart with tatweel to pass automatic moderation (مـ ـقـ ـتـ ـل, مقـ.ـتل). All fold to one form.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_SAME = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي",
        "ؤ": "و", "ۆ": "و", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه",
        "ک": "ك", "گ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف", "ژ": "ز",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‑": "-", "−": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
        "٪": "%", "٫": ".", "٬": ",",
    }
)  # fmt: skip
TATWEEL = "ـ"


_ODD = "\0"
"""Stands, while a text is folded, for a character that vanishes or becomes several."""
_ODDITIES = re.compile(f"{_ODD}|[ .](?={_ODD})|(?<={_ODD})[ .]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `at[i]` is the offset in the original of the folded character i, `at[-1]` the original length.

    `even`: each character of the original became one, so that all offsets are the same.
    """

    text: str
    at: Sequence[int]
    even: bool = False


@cache
def _fold_character(char: str) -> str:
    if "0" <= char <= "9" or char in " \n.,":
        return char
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf") or char == TATWEEL:
        return ""
    if category == "Cc":
        return char if char == "\n" else " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    same = char.translate(_SAME)
    if same != char:
        return same
    parts = unicodedata.normalize("NFKD", char)
    return "".join(c for c in parts.translate(_SAME) if unicodedata.category(c) != "Mn").lower()


class _Table(dict[int, str]):
    """What `str.translate` asks: for each character its folded form, or `_ODD` where that is not one character."""

    def __missing__(self, code: int) -> str:
        form = _fold_character(chr(code))
        self[code] = form if len(form) == 1 else _ODD
        return self[code]


_TABLE = _Table()


def vanishes(char: str) -> bool:
    """Does this character belong to the one before it (a diacritic, tatweel, a joiner)?"""
    return not _fold_character(char)


def is_arabic(char: str) -> bool:
    """Is it a letter of the Arabic script?"""
    return "\u0620" <= char <= "\u06ff" and char.isalpha()


def _cuts_a_word(text: str, at: int) -> bool:
    """Is this space or dot inside a word that tatweel marks as going on (مـ ـقـ ـتـ ـل, م ـقـ, مقـ.ـتل, مقـ.تل)?"""
    before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else ""
    if text[at] == ".":
        return TATWEEL in (before, after) and all(side == TATWEEL or is_arabic(side) for side in (before, after))
    if before == TATWEEL:
        return after == TATWEEL and at + 2 < len(text) and is_arabic(text[at + 2])
    return after == TATWEEL and is_arabic(before) and at + 2 < len(text) and is_arabic(text[at + 2])


def fold(text: str) -> Folded:
    """Fold a text in one pass, linear in its length."""
    plain = text.translate(_TABLE)
    if _ODD not in plain:
        return Folded(plain, range(len(text) + 1), even=True)
    parts: list[str] = []
    at = array("L")
    start = 0
    for match in _ODDITIES.finditer(plain):
        offset = match.start()
        if plain[offset] != _ODD and not _cuts_a_word(text, offset):
            continue
        form = "" if plain[offset] != _ODD else _fold_character(text[offset])
        parts += plain[start:offset], form
        at.extend(range(start, offset))
        at.extend([offset] * len(form))
        start = offset + 1
    parts.append(plain[start:])
    at.extend(range(start, len(text) + 1))
    return Folded("".join(parts), at)


def folded(text: str) -> str:
    """The folded form alone, for names and words of the data rooms."""
    return fold(text).text
