"""Where sentences begin and end, and which of them are items of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from waqai.text.tokens import Token

LONGEST = 220
"""Tokens. A longer stretch without a full stop is cut, so that work within a sentence stays bounded."""

_STOPS = frozenset(".!?؟۔;؛")
_CLOSING = frozenset(":\"'”’)")
_HEAD = 3
"""Lines with which a page opens: its headline and what stands around it."""
_BULLETS = frozenset("-*•+●")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "lt",
        "col",
        "capt",
        "sgt",
        "st",
        "e",
        "w",
        "n",
        "s",
        "u",
        "no",
        "vs",
        "nr",
        "incl",
        "al",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
_WIDE_GAP = 5
"""Spaces in a row that stand for a lost line break in pages turned into text."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Token indices, half-open; `paragraph` numbers the lines; an `item` opens with a bullet.

    `apart`: no sentence of the text but a line that the page has between its paragraphs (a link, a caption).
    """

    first: int
    last: int
    paragraph: int
    item: bool = False
    apart: bool = False


def sentences(tokens: Sequence[Token]) -> list[Sentence]:
    """Cut the tokens into sentences, linear in their number."""
    found: list[Sentence] = []
    first, paragraph = 0, 0
    for i, token in enumerate(tokens):
        if token.kind == "break" or _gap_before(tokens, i):
            _close(found, tokens, first, i, paragraph)
            first = i + 1 if token.kind == "break" else i
            paragraph += 1
        elif _ends(tokens, i) or i - first >= LONGEST:
            _close(found, tokens, first, i + 1, paragraph)
            first = i + 1
    _close(found, tokens, first, len(tokens), paragraph)
    return found


def with_links(found: Sequence[Sentence], tokens: Sequence[Token]) -> list[Sentence]:
    """Lines without a full stop that follow each other, below the head of the page, are links to other pages."""
    lines = {s.paragraph: s for s in found if _is_line(s, tokens)}
    several = Counter(s.paragraph for s in found)
    run, links = 0, set[int]()
    for paragraph in several:
        run = run + 1 if paragraph in lines and several[paragraph] == 1 else 0
        if run > 1 and paragraph >= _HEAD:
            links |= {paragraph - 1, paragraph} if paragraph > _HEAD else {paragraph}
    return [replace(s, apart=True) if s.paragraph in links else s for s in found]


def _is_line(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    return not sentence.item and tokens[sentence.last - 1].norm not in _STOPS | _CLOSING


def _close(found: list[Sentence], tokens: Sequence[Token], first: int, last: int, paragraph: int) -> None:
    if any(token.kind != "mark" for token in tokens[first:last]):
        item = tokens[first].norm in _BULLETS
        inside = last < len(tokens) and _gap_before(tokens, first) and _gap_before(tokens, last)
        found.append(Sentence(first, last, paragraph, item, inside and tokens[last - 1].norm not in _STOPS))


def _gap_before(tokens: Sequence[Token], i: int) -> bool:
    return i > 0 and tokens[i].start - tokens[i - 1].end >= _WIDE_GAP


def _ends(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.kind != "mark" or token.norm not in _STOPS:
        return False
    if token.norm != ".":
        return True
    before = tokens[i - 1] if i else token
    glued = i + 1 < len(tokens) and tokens[i + 1].start == token.end and tokens[i + 1].kind in ("word", "digits")
    if glued and tokens[i + 1].norm.isascii():
        return False
    return before.norm not in _ABBREVIATIONS
