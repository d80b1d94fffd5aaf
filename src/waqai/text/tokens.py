"""Words, numbers and marks with their offsets, and the forms a word may have under its clitics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from waqai.model import Span
from waqai.text.letters import fold, vanishes

TokenKind = Literal["word", "digits", "mark", "break"]

# A word keeps an inner apostrophe or hyphen (Deir ez-Zor is three words with marks; it's is one word).
_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,]\d{3})*(?!\d))|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<break>\n+)|(?P<mark>[^\w\s]|_)"
)
# fmt: off
_CLITICS = (
    "وال", "فال", "بال", "كال", "وبال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits, a mark or a line break. `norm` is folded, `span` is in the original."""

    kind: TokenKind
    norm: str
    span: Span

    @property
    def forms(self) -> tuple[str, ...]:
        """The word as it stands and without the particles that Arabic writes onto it, longest first."""
        return _forms(self.norm) if self.kind == "word" else (self.norm,)


@cache
def _forms(norm: str) -> tuple[str, ...]:
    """`بحمص` → (`بحمص`, `حمص`); `والرقه` → (`والرقه`, `الرقه`, `رقه`). What is left has at least two letters."""
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
    found: list[Token] = []
    for match in _TOKEN.finditer(folded.text):
        kind = match.lastgroup
        first, last = match.start(), match.end() - 1
        end = folded.at[last] + 1
        while end < len(text) and vanishes(text[end]):
            end += 1
        norm = match.group().replace(",", "") if kind == "digits" else match.group()
        found.append(Token(kind, norm, Span(folded.at[first], end)))  # type: ignore[arg-type]
    return found
