"""Words, numbers and marks with their offsets, and the forms a word may have under its clitics."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from waqai.model import Span
from waqai.text.letters import fold, vanishes

KNOWN_WORDS = 1 << 16
"""How many words a table keeps for which something was worked out: more than a language's news has."""

TokenKind = Literal["word", "digits", "mark", "break"]

# A word keeps an inner apostrophe or hyphen (Deir ez-Zor is three words with marks; it's is one word).
# Where a page glues a word of one script to one of the other (`Publicمقتل`), a new word begins.
_ARABIC = r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]+"
_LETTERS = r"[^\W\d_\u0620-\u06ff]+"
_TOKEN = re.compile(
    rf"(?P<digits>\d+(?:[.,]\d{{3}})*(?!\d))|(?P<word>{_ARABIC}|{_LETTERS}(?:'{_LETTERS})*)|(?P<break>\n+)"
    r"|(?P<mark>[^\w\s]|_)"
)
_LONGEST_DIGITS = 24
"""A longer run of digits is no number of anything; to work with it as one takes time without bound."""
# fmt: off
_CLITICS = (
    "وال", "فال", "بال", "كال", "وبال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك",
)
# fmt: on


class Token(NamedTuple):
    """A word, a run of digits, a mark or a line break. `norm` is folded, `start` and `end` are in the original.

    `forms`: the word as it stands and without the particles that Arabic writes onto it, longest first.
    """

    kind: TokenKind
    norm: str
    start: int
    end: int
    forms: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Its characters in the original."""
        return Span(self.start, self.end)


@lru_cache(maxsize=KNOWN_WORDS)
def forms_of(norm: str) -> tuple[str, ...]:
    """A folded word as it stands and without its particles, longest first; what is left has at least two letters.

    `بحمص` → (`بحمص`, `حمص`); `والرقه` → (`والرقه`, `الرقه`, `رقه`).
    """
    found = [norm]
    for clitic in _CLITICS:
        if norm.startswith(clitic) and len(norm) - len(clitic) >= 2:
            rest = norm[len(clitic) :]
            if rest not in found:
                found.append(rest)
            if clitic in ("لل", "ولل") and "ال" + rest not in found:
                found.append("ال" + rest)
    return tuple(sorted(found, key=len, reverse=True))


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, in order, linear in its length."""
    folded = fold(text)
    at = folded.at
    found: list[Token] = []
    for match in _TOKEN.finditer(folded.text):
        kind = cast("TokenKind", match.lastgroup)
        norm = match[0]
        start, end = match.span()
        if not folded.even:
            start, end = at[start], _past_marks(text, at[end - 1] + 1)
        if kind == "digits":
            norm = norm.replace(",", "")
            if len(norm) > _LONGEST_DIGITS:
                kind, norm = "mark", "…"
        found.append(Token(kind, norm, start, end, forms_of(norm)))
    return found


@lru_cache(maxsize=1 << 12)
def phrase_tokens(phrase: str) -> tuple[Token, ...]:
    """The tokens of a phrase, such as the same article gives again and again."""
    return tuple(tokens(phrase))


def _past_marks(text: str, end: int) -> int:
    """Past diacritics and the like, which belong to the character before them."""
    while end < len(text) and vanishes(text[end]):
        end += 1
    return end
