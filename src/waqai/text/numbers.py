"""Whole numbers in a text: digits, words and both together, with their tokens and offsets.

Safe rather than greedy. Not numbers here: ordinals (`find_ordinals`), fractions, percentages, clock times, parts of
names (F-16, T-72), ages ("61-year-old"), vague words (عشرات, dozens, "two dozen", "a hundred or so" keeps its hundred).
Years and days are numbers too: the caller drops those inside a `waqai.text.days.DayExpression`.
Arabic words that are also other words count only where they can be nothing else: short forms (ست، سبع، عشر …) before
an indefinite noun or من; الاثنين is Monday; tens with the article alone (العشرين) are ordinals; أحد and إحدى stand in
compounds only; أصفار and صفر never. English "one" is no number after any, no, this, the other and the like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from waqai.model import Lang, Span
from waqai.text.number_grammar import (
    Part,
    arabic_ordinal,
    arabic_words,
    digits,
    english_ordinal,
    english_words,
    is_mark,
    may_begin_number,
    may_begin_ordinal,
    touch,
)
from waqai.text.number_words import PERCENT
from waqai.text.tokens import Token

Form = Literal["digits", "words", "mixed", "range", "ordinal"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `first` and `last` are token indices, half-open; `low` < `high` only for a range ("5-6").

    `definite`: with the article (الثلاثة, الـ12), so it may refer back to a number given before.
    """

    first: int
    last: int
    span: Span
    low: int
    high: int
    form: Form
    definite: bool = False


_HUNDRED_OF = {"الميه", "المايه", "cent"}
_VAGUE_UNITS = {"عشرات", "ميات", "مييات", "dozen", "dozens", "hundreds", "thousands", "score", "scores"}
_FRACTIONS = {"third", "thirds", "quarter", "quarters", "fifth", "fifths", "half", "halves"}
_NO_NUMBER_ONE = {"no", "any", "some", "every", "each", "this", "that", "which", "another", "other", "first", "last"}
_PLACE_HEADS = {"بير", "تل", "جبل", "شارع", "قريه", "حي", "ميدان", "دوار", "طريق"}
"""Words before which a short number word is part of a name: بئر السبع, شارع الستين, تل سبع."""
_CLITICS_BEFORE_DIGITS = {"و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "فال", "ول", "وب", "ولل", "وبال"}


@dataclass(frozen=True)
class Numerals:
    """The numbers and the ordinals of a text by their first token."""

    numbers: dict[int, Number]
    ordinals: dict[int, Number]

    @classmethod
    def of(cls, tokens: Sequence[Token], lang: Lang) -> Numerals:
        """Those of a text, linear in the number of tokens."""
        ordinals = find_ordinals(tokens, lang)
        taken = {i for ordinal in ordinals for i in range(ordinal.first, ordinal.last)}
        numbers = _merged(tokens, _plain(tokens, lang, taken))
        return cls({number.first: number for number in numbers}, {number.first: number for number in ordinals})


def find_numbers(tokens: Sequence[Token], lang: Lang) -> list[Number]:
    """The numbers of a text in order, none overlapping."""
    return list(Numerals.of(tokens, lang).numbers.values())


def find_ordinals(tokens: Sequence[Token], lang: Lang) -> list[Number]:
    """Ordinals ("الثالث", "الخامس والعشرين", "third", "12th"), `form` "ordinal"."""
    reader = arabic_ordinal if lang == "ar" else english_ordinal
    found: list[Number] = []
    free = 0
    for i, token in enumerate(tokens):
        part = reader(tokens, i) if i >= free and may_begin_ordinal(token.norm, lang) else None
        if part:
            found.append(_number(tokens, i, part, "ordinal"))
            free = part.last
    return found


def _plain(tokens: Sequence[Token], lang: Lang, taken: set[int]) -> Iterator[Number]:
    words = arabic_words if lang == "ar" else english_words
    free = 0
    for i, token in enumerate(tokens):
        written = token.kind == "digits"
        if i < free or i in taken or not (written or may_begin_number(token.norm, lang)):
            continue
        part = digits(tokens, i, lang) if written else words(tokens, i)
        if part and any(j in taken for j in range(i, part.last)):
            part = None
        if part and _counts(tokens, i, part, lang):
            kinds = {t.kind for t in tokens[i : part.last]}
            form: Form = "words" if "digits" not in kinds else "mixed" if "word" in kinds else "digits"
            yield _number(tokens, i, part, form)
        free = part.last if part else i + 1


def _number(tokens: Sequence[Token], first: int, part: Part, form: Form) -> Number:
    span = Span(tokens[first].start, tokens[part.last - 1].end)
    return Number(first, part.last, span, part.value, part.value, form, part.definite)


def _merged(tokens: Sequence[Token], numbers: Iterator[Number]) -> Iterator[Number]:
    """Join "5-6" and "أربعة أو خمسة" into one range."""
    before: Number | None = None
    for number in numbers:
        if before and before.low == before.high and _joins_range(tokens, before, number):
            span = Span(before.span.start, number.span.end)
            low, high = sorted((before.low, number.low))
            before = Number(before.first, number.last, span, low, high, "range")
            continue
        if before:
            yield before
        before = number
    if before:
        yield before


def _joins_range(tokens: Sequence[Token], before: Number, number: Number) -> bool:
    if number.first != before.last + 1:
        return False
    between = tokens[before.last]
    if between.norm in ("or", "او"):
        return number.low != before.low
    rising = before.low < number.low
    return (
        rising and between.norm == "-" and touch(tokens, before.last - 1, 2) and not is_mark(tokens, number.last, "-/")
    )


# ---------------------------------------------------------------- what is no count


def _counts(tokens: Sequence[Token], i: int, part: Part, lang: Lang) -> bool:
    if part.value < 0 or _is_share(tokens, part.last):
        return False
    if tokens[i].kind == "digits":
        return not _in_a_name_or_time(tokens, i, part.last)
    return _arabic_counts(tokens, i, part) if lang == "ar" else _english_counts(tokens, i, part)


def _is_share(tokens: Sequence[Token], last: int) -> bool:
    """A percentage, a fraction, or a number of dozens follows."""
    after = [t.norm for t in tokens[last : last + 2]]
    if not after:
        return False
    if after[0] in PERCENT | _VAGUE_UNITS | _FRACTIONS:
        return True
    if len(after) < 2:
        return False
    in_hundred = after[0] in ("في", "per") and after[1] in _HUNDRED_OF
    return in_hundred or (after[0] == "-" and after[1] in _FRACTIONS | _VAGUE_UNITS)


def _in_a_name_or_time(tokens: Sequence[Token], i: int, last: int) -> bool:
    before, after = i - 1, last
    if touch(tokens, before, 1) and _glued_before(tokens, before):
        return True
    if not touch(tokens, last - 1, 1):
        return False
    if tokens[after].kind == "word":
        return tokens[after].norm.isascii()
    if is_mark(tokens, after, "-") and touch(tokens, after, 1):
        nxt = tokens[after + 1]
        return nxt.norm in ("year", "years", "month", "day", "hour") or (
            nxt.norm.isdigit() and _both_years(tokens[i], nxt)
        )
    return is_mark(tokens, after, ":/") and touch(tokens, after, 1) and tokens[after + 1].kind == "digits"


def _both_years(one: Token, other: Token) -> bool:
    return all(t.norm.isdigit() and 1900 <= int(t.norm) <= 2100 for t in (one, other))


def _glued_before(tokens: Sequence[Token], before: int) -> bool:
    """Is the token that touches the digits from the left the head of a name (F-16), a time (:30) or a date (/10)?"""
    token = tokens[before]
    if token.kind == "word":
        return token.norm not in _CLITICS_BEFORE_DIGITS
    if token.norm in ":/.,":
        return touch(tokens, before - 1, 1) and tokens[before - 1].kind == "digits"
    if token.norm != "-" or not touch(tokens, before - 1, 1):
        return False
    head = tokens[before - 1]
    return head.kind == "word" or (head.norm.isdigit() and _both_years(head, tokens[before + 1]))


def _arabic_counts(tokens: Sequence[Token], i: int, part: Part) -> bool:
    atom = part.atom
    if atom is None:
        return True
    if atom.definite and (atom.short or atom.part in ("ten", "hundred") or (atom.value == 2 and _is_monday(tokens[i]))):
        return False
    if i and tokens[i - 1].norm in _PLACE_HEADS:
        return False
    return not atom.short or _before_a_noun(tokens, part.last)


def _is_monday(token: Token) -> bool:
    return token.norm.endswith("اثنين")


def _before_a_noun(tokens: Sequence[Token], last: int) -> bool:
    """Short forms count things without the article: ست نساء, عشر من; nothing else shows that they are numbers."""
    if last >= len(tokens) or tokens[last].kind != "word":
        return False
    return not tokens[last].norm.startswith("ال") and tokens[last].norm != "و"


def _english_counts(tokens: Sequence[Token], i: int, part: Part) -> bool:
    before = tokens[i - 1].norm if i else ""
    after = tokens[part.last].norm if part.last < len(tokens) else ""
    if part.atom is None:
        return True
    if part.value == 1:
        return before not in _NO_NUMBER_ONE and after != "another"
    return part.value > 0 or before not in ("ground", "from", "point")
