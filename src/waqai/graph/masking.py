"""Names of private persons never stand in a graph that is served or published: each letter becomes a block.

A name is looked for in folded text, so that diacritics, tatweel and particles written onto it (لفلان) do not hide it;
what is masked keeps its length, so offsets into the article's text hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from waqai.model import Article, Span, Statement
from waqai.text.letters import fold, folded, vanishes

BLOCK = "█"
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = "ال"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True)
class Mask:
    """The names of one article's private persons, as a pattern over folded text; None: there are none."""

    pattern: re.Pattern[str] | None

    def __call__(self, text: str) -> str:
        """The text with every letter of a name as a block; as long as it was."""
        if self.pattern is None:
            return text
        letters = list(text)
        plain = fold(text)
        for match in self.pattern.finditer(plain.text):
            end = plain.at[match.end("name") - 1] + 1
            while end < len(text) and vanishes(text[end]):
                end += 1
            for i in range(plain.at[match.start("name")], end):
                letters[i] = letters[i] if text[i].isspace() else BLOCK
        return "".join(letters)

    def hides(self, address: str) -> bool:
        """Does an address or a file name hold a name, plainly or percent-encoded?"""
        return self.pattern is not None and self.pattern.search(folded(unquote(address))) is not None


def mask(article: Article, statements: Sequence[Statement], persons: Iterable[Span] = ()) -> Mask:
    """What masks, in any text of this article, every name that its statements or `persons` mark as private."""
    spans = {span for statement in statements for span in statement.persons} | set(persons)
    names = {tuple(_WORD.findall(folded(span.of(article.text)))) for span in spans}
    ordered = sorted((name for name in names if name), key=lambda name: (-len(" ".join(name)), name))
    if not ordered:
        return Mask(None)
    choices = "|".join(r"[\W_]{1,3}".join(_word(word, first=not i) for i, word in enumerate(name)) for name in ordered)
    return Mask(re.compile(rf"{_BEFORE}[وف]?[بلك]?(?P<name>{choices}){_AFTER}"))


def _word(word: str, *, first: bool) -> str:
    """A word of a name; after ل its article loses a letter (للفلاني)."""
    if first and word.startswith(_ARTICLE):
        return rf"(?:{_ARTICLE}|(?<=ل)ل){re.escape(word.removeprefix(_ARTICLE))}"
    return re.escape(word)
