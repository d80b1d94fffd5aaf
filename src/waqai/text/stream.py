"""A stretch of tokens as the grammars of days read it: look at a word, see through its particles, step on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from waqai.model import Lang
from waqai.text.moments import Point
from waqai.text.numbers import Number, Numerals
from waqai.text.tokens import Token

_Value = TypeVar("_Value")

FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True)
class Stream:
    """Tokens with the numbers and ordinals that begin at them. An index outside is an empty word."""

    tokens: Sequence[Token]
    text: str
    numbers: Mapping[int, Number]
    ordinals: Mapping[int, Number]

    @classmethod
    def over(cls, tokens: Sequence[Token], text: str, numerals: Numerals) -> Stream:
        """A stream over the tokens of a text."""
        return cls(tokens, text, numerals.numbers, numerals.ordinals)

    def norm(self, i: int) -> str:
        """The folded word or mark at i."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def among(self, i: int, table: Set[str]) -> bool:
        """Is the word at i, with or without its particles, in a table?"""
        return 0 <= i < len(self.tokens) and not table.isdisjoint(self.tokens[i].forms)

    def value(self, i: int, table: Mapping[str, _Value]) -> _Value | None:
        """What a table says of the word at i, with or without its particles."""
        for form in self.tokens[i].forms if 0 <= i < len(self.tokens) else ():
            if form in table:
                return table[form]
        return None

    def written(self, i: int) -> str:
        """The word at i as the text writes it."""
        return self.tokens[i].span.of(self.text) if 0 <= i < len(self.tokens) else ""

    def upper(self, i: int) -> bool:
        """Is the word at i written with a capital?"""
        return 0 <= i < len(self.tokens) and self.text[self.tokens[i].start].isupper()

    def touch(self, i: int, j: int) -> bool:
        """Do the tokens from i to j stand together with nothing between?"""
        if i < 0 or j >= len(self.tokens):
            return False
        return all(self.tokens[k].end >= self.tokens[k + 1].start for k in range(i, j))

    def digits(self, i: int, low: int, high: int) -> int | None:
        """The digits at i as a number between two limits."""
        if not 0 <= i < len(self.tokens) or self.tokens[i].kind != "digits" or not self.norm(i).isdigit():
            return None
        number = int(self.norm(i)) if len(self.norm(i)) <= 4 else -1
        return number if low <= number <= high else None

    def year(self, i: int) -> int | None:
        """A year of the Gregorian calendar in four digits, not marked as a Hijri one."""
        return self.digits(i, FIRST_YEAR, LAST_YEAR) if self.norm(i + 1) != "ه" else None


def numeric_date(stream: Stream, i: int, lang: Lang) -> tuple[Point, int] | None:
    """`29/10/2017`, `2017-10-29`, `29.10.2017`: see `ordered` for the order of day and month."""
    separator = stream.norm(i + 1)
    if separator not in ("/", "-", ".") or stream.norm(i + 3) != separator:
        return None
    if separator != "/" and not stream.touch(i, i + 4):
        return None
    year, month, day = stream.year(i), stream.digits(i + 2, 1, 12), stream.digits(i + 4, 1, 31)
    if year and month and day:
        return Point(year, month, day), i + 5
    one, two, year = stream.digits(i, 1, 31), stream.digits(i + 2, 1, 31), stream.year(i + 4)
    return (ordered(one, two, year, lang), i + 5) if one and two and year else None


def ordered(one: int, two: int, year: int, lang: Lang) -> Point:
    """Day and month of a numeric date. What the numbers leave open, the language decides.

    Arabic outlets write the day first. English ones write either first, so that only the year is sure.
    """
    if one == two and one <= 12:
        return Point(year, one, two)
    if two > 12 >= one:
        return Point(year, one, two)
    if one > 12 >= two or (lang == "ar" and two <= 12):
        return Point(year, two, one)
    return Point(year)
