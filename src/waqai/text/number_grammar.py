"""The grammar of numbers: from a token onwards, the number that stands there, if one does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from waqai.model import Lang
from waqai.text.number_words import (
    ARABIC_ELEVENTH,
    ARABIC_ORDINALS,
    ENGLISH,
    ENGLISH_ORDINALS,
    PERCENT,
    PLURAL_SCALES,
    Atom,
    arabic_atom,
)
from waqai.text.tokens import KNOWN_WORDS, Token, forms_of


@dataclass(frozen=True, slots=True)
class Part:
    """A number read up to the token `last`; `unit` is its smallest scale, below which more may follow after و."""

    value: int
    last: int
    scale: int = 1
    definite: bool = False
    atom: Atom | None = None


_THOUSANDS_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th"}


def is_mark(tokens: Sequence[Token], i: int, marks: str) -> bool:
    return 0 <= i < len(tokens) and tokens[i].kind == "mark" and tokens[i].norm in marks


def touch(tokens: Sequence[Token], i: int, steps: int) -> bool:
    """Do the tokens i … i + steps stand together with nothing between?"""
    if i < 0 or i + steps >= len(tokens):
        return False
    return all(tokens[j].end >= tokens[j + 1].start for j in range(i, i + steps))


# ---------------------------------------------------------------- digits


def digits(tokens: Sequence[Token], i: int, lang: Lang) -> Part | None:
    """`12`, `1,020`, `1.020` (three digits after a dot), `2.5 million`, `3 آلاف و200`; value -1: not a whole number."""
    decimal, last = _decimal(tokens, i)
    if last == i:
        return None
    scale, end = _scale_after(tokens, last, lang)
    value = decimal * scale
    if value != int(value):
        return Part(-1, end)
    definite = i > 0 and tokens[i - 1].norm in {"ال", "وال", "بال", "لل", "فال", "ولل"} and touch(tokens, i - 1, 1)
    part = Part(int(value), end, scale, definite)
    return _and_more(tokens, part, lang) if scale > 1 else part


def _decimal(tokens: Sequence[Token], i: int) -> tuple[Decimal, int]:
    """The digits from token i, decimals included, and the token after them."""
    norm = tokens[i].norm
    if is_mark(tokens, i + 1, ".,") and i + 2 < len(tokens) and tokens[i + 2].kind == "digits" and touch(tokens, i, 2):
        tail = tokens[i + 2].norm
        return (Decimal(f"{norm}.{tail}"), i + 3) if norm.isdigit() and tail.isdigit() else (Decimal(0), i)
    if _THOUSANDS_DOTS.fullmatch(norm):
        return Decimal(norm.replace(".", "")), i + 1
    return (Decimal(norm), i + 1) if norm.isdigit() else (Decimal(0), i)


def _scale_after(tokens: Sequence[Token], i: int, lang: Lang) -> tuple[int, int]:
    atom = atom_at(tokens, i, lang)
    if atom is None or atom.joined or atom.definite:
        return 1, i
    scales = atom.part == "scale" or (atom.value == 100 and lang == "en")
    return (atom.value, i + 1) if scales else (1, i)


def atom_at(tokens: Sequence[Token], i: int, lang: Lang) -> Atom | None:
    if not 0 <= i < len(tokens) or tokens[i].kind != "word":
        return None
    return arabic_atom(tokens[i].norm) if lang == "ar" else ENGLISH.get(tokens[i].norm)


# ---------------------------------------------------------------- Arabic words


def arabic_at(tokens: Sequence[Token], i: int) -> tuple[Atom | None, int]:
    """The atom at i and the token after it; a و written apart belongs to the word after it."""
    if i + 1 < len(tokens) and tokens[i].norm == "و" and tokens[i].kind == "word":
        atom = atom_at(tokens, i + 1, "ar")
        return (Atom(atom.part, atom.value, True, atom.definite, atom.short) if atom else None), i + 2
    return atom_at(tokens, i, "ar"), i + 1


@lru_cache(maxsize=KNOWN_WORDS)
def may_begin_number(norm: str, lang: Lang) -> bool:
    """Can a number written in words begin with this word?"""
    return arabic_atom(norm) is not None if lang == "ar" else norm in ENGLISH or norm in ("a", "an", "half")


@lru_cache(maxsize=KNOWN_WORDS)
def may_begin_ordinal(norm: str, lang: Lang) -> bool:
    """Can an ordinal begin with this word or these digits?"""
    if lang == "en":
        return norm.isdigit() or norm in ENGLISH_ORDINALS or norm in ENGLISH
    ten = arabic_atom(norm)
    return any(form in ARABIC_ORDINALS or form in ARABIC_ELEVENTH for form in forms_of(norm)) or (
        ten is not None and ten.definite
    )


def arabic_words(tokens: Sequence[Token], i: int) -> Part | None:
    if tokens[i].norm in PERCENT or tokens[i].norm == "و":
        return None
    part = _arabic_group(tokens, i)
    return _and_more(tokens, part, "ar") if part else None


def _arabic_group(tokens: Sequence[Token], i: int) -> Part | None:
    """A number below a thousand with its scale: ثلاثة آلاف, اثنا عشر ألفا, مئة, ألف, ألفان."""
    atom, after = arabic_at(tokens, i)
    if atom is None:
        return None
    if atom.part == "scales":
        return Part(atom.value, after, atom.value // 2, atom.definite, atom)
    if atom.part == "scale":
        plural = tokens[after - 1].norm.endswith(tuple(PLURAL_SCALES))
        return None if plural else Part(_alone(tokens, after, atom), after, atom.value, atom.definite, atom)
    part = _arabic_below_1000(tokens, i)
    if part is None:
        return None
    scale, after = _scale_after(tokens, part.last, "ar")
    return Part(part.value * scale, after, scale, part.definite, part.atom) if scale > 1 else part


def _alone(tokens: Sequence[Token], after: int, atom: Atom) -> int:
    """What a scale without a number is worth: ألف 1,000; but ألفا before a noun is the construct of ألفان: 2,000."""
    construct = tokens[after - 1].norm.endswith("الفا") and atom.value == 1_000
    noun = after < len(tokens) and tokens[after].kind == "word" and tokens[after].norm not in ("من", "و")
    return 2_000 if construct and noun and not tokens[after].norm.startswith("و") else atom.value


def _arabic_below_1000(tokens: Sequence[Token], i: int) -> Part | None:
    atom, after = arabic_at(tokens, i)
    if atom is None:
        return None
    follower, end = arabic_at(tokens, after)
    hundred = follower is not None and follower.part == "hundred" and follower.value == 100 and not follower.joined
    if atom.part == "unit" and atom.value > 2 and hundred:
        return _with_rest(tokens, Part(atom.value * 100, end, 1, atom.definite, None))
    if atom.part == "hundred":
        return _with_rest(tokens, Part(atom.value, after, 1, atom.definite, atom))
    return _arabic_below_100(tokens, i)


def _with_rest(tokens: Sequence[Token], hundreds: Part) -> Part:
    """مئة وخمسة وعشرون: what follows the hundreds after و."""
    rest = _arabic_below_100(tokens, hundreds.last) if _goes_on(tokens, hundreds.last) else None
    return Part(hundreds.value + rest.value, rest.last, 1, hundreds.definite, None) if rest else hundreds


def _arabic_below_100(tokens: Sequence[Token], i: int) -> Part | None:
    """1–99: a unit, a teen (أربعة عشر), a unit and a ten (خمسة وعشرون), or a ten."""
    atom, after = arabic_at(tokens, i)
    if atom is None or atom.part not in ("unit", "bound", "ten-tail", "ten"):
        return None
    follower, end = arabic_at(tokens, after)
    if atom.part in ("unit", "bound") and follower:
        teen = follower.part == "ten-tail" and not follower.joined and not follower.definite
        if teen or (follower.part == "ten" and follower.joined):
            return Part(atom.value + follower.value, end, 1, atom.definite, None)
    return None if atom.part == "bound" else Part(atom.value, after, 1, atom.definite, atom)


def _and_more(tokens: Sequence[Token], part: Part, lang: Lang) -> Part:
    """What follows a scale: ألف ومئتان وخمسة, 3 آلاف و200, "two thousand (and) five"."""
    while part.scale > 1:
        more = _more_arabic(tokens, part) if lang == "ar" else _more_english(tokens, part)
        if more is None or more.value >= part.scale:
            return part
        part = Part(part.value + more.value, more.last, more.scale, part.definite, None)
    return part


def _more_arabic(tokens: Sequence[Token], part: Part) -> Part | None:
    i = part.last
    if i + 1 < len(tokens) and tokens[i].norm == "و" and tokens[i + 1].norm.isdigit():
        if not (is_mark(tokens, i + 2, ".,/:") and touch(tokens, i + 1, 1)):
            scale, end = _scale_after(tokens, i + 2, "ar")
            return Part(int(tokens[i + 1].norm) * scale, end, scale)
        return None
    return _arabic_group(tokens, i) if _goes_on(tokens, i) else None


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Is the number word at i joined by و to what is before it? Folded, وأحد عشر is written as واحد is."""
    atom, after = arabic_at(tokens, i)
    if atom is None or atom.joined or tokens[i].norm != "واحد":
        return atom is not None and atom.joined
    compound = _arabic_below_100(tokens, i)
    return compound is not None and compound.last > after


# ---------------------------------------------------------------- English words


def english_words(tokens: Sequence[Token], i: int) -> Part | None:
    norm = tokens[i].norm
    if norm == "half":
        return _half_a_million(tokens, i)
    if norm in ("a", "an") and i + 1 < len(tokens):
        atom = atom_at(tokens, i + 1, "en")
        if atom and atom.part in ("hundred", "scale"):
            return _and_more(tokens, _english_scaled(tokens, Part(1, i + 1)), "en")
        return None
    part = _english_below_100(tokens, i)
    return _and_more(tokens, _english_scaled(tokens, part), "en") if part else None


def _half_a_million(tokens: Sequence[Token], i: int) -> Part | None:
    scale, last = _scale_after(tokens, i + 2, "en")
    article = i + 1 < len(tokens) and tokens[i + 1].norm == "a"
    return Part(scale // 2, last, scale) if article and scale > 1 else None


def _english_below_100(tokens: Sequence[Token], i: int) -> Part | None:
    atom = atom_at(tokens, i, "en")
    if atom is None or atom.part not in ("unit", "ten"):
        return None
    if atom.part == "ten":
        j = i + 2 if is_mark(tokens, i + 1, "-") and touch(tokens, i, 2) else i + 1
        unit = atom_at(tokens, j, "en")
        if unit and unit.part == "unit" and 0 < unit.value < 10:
            return Part(atom.value + unit.value, j + 1)
    return Part(atom.value, i + 1, 1, False, atom)


def _english_scaled(tokens: Sequence[Token], part: Part) -> Part:
    """A hundred with its rest, and the scale after it: "two hundred and three thousand"."""
    atom = atom_at(tokens, part.last, "en")
    if atom and atom.part == "hundred" and part.value > 0:
        part = Part(part.value * 100, part.last + 1)
        rest = _english_below_100(tokens, _past_and(tokens, part.last))
        if rest and rest.value:
            part = Part(part.value + rest.value, rest.last)
    scale, last = _scale_after(tokens, part.last, "en")
    return Part(part.value * scale, last, scale) if scale > 1 else part


def _past_and(tokens: Sequence[Token], i: int) -> int:
    return i + 1 if i < len(tokens) and tokens[i].norm == "and" else i


def _more_english(tokens: Sequence[Token], part: Part) -> Part | None:
    more = _english_below_100(tokens, _past_and(tokens, part.last))
    return _english_scaled(tokens, more) if more and more.value else None


# ---------------------------------------------------------------- ordinals


def arabic_ordinal(tokens: Sequence[Token], i: int) -> Part | None:
    """أول, الثالث, الخامسة عشرة, الحادي والعشرين, العشرين."""
    if tokens[i].kind != "word":
        return None
    stem = next((form for form in tokens[i].forms if form in ARABIC_ORDINALS or form in ARABIC_ELEVENTH), None)
    follower, end = arabic_at(tokens, i + 1)
    if stem is None:
        return _definite_ten(tokens, i)
    value = ARABIC_ORDINALS.get(stem, 1)
    if follower and value < 10:
        teen = follower.part == "ten-tail" and not follower.joined and not follower.definite
        if teen or (follower.part == "ten" and follower.joined):
            return Part(value + follower.value, end, 1, stem != tokens[i].norm)
    return None if stem in ARABIC_ELEVENTH else Part(value, i + 1, 1, stem != tokens[i].norm)


def _definite_ten(tokens: Sequence[Token], i: int) -> Part | None:
    atom = atom_at(tokens, i, "ar")
    before, _ = arabic_at(tokens, i - 1) if i else (None, 0)
    if atom is None or atom.part != "ten" or not atom.definite or (before and before.definite):
        return None
    return Part(atom.value, i + 1, 1, True)


def english_ordinal(tokens: Sequence[Token], i: int) -> Part | None:
    norm = tokens[i].norm
    if norm.isdigit():
        ending = i + 1 < len(tokens) and tokens[i + 1].norm in _ORDINAL_ENDINGS and touch(tokens, i, 1)
        return Part(int(norm), i + 2) if ending else None
    if norm in ENGLISH_ORDINALS:
        return Part(ENGLISH_ORDINALS[norm], i + 1)
    ten = ENGLISH.get(norm)
    if ten is None or ten.part != "ten" or not (is_mark(tokens, i + 1, "-") and touch(tokens, i, 2)):
        return None
    unit = ENGLISH_ORDINALS.get(tokens[i + 2].norm, 10)
    return Part(ten.value + unit, i + 3) if unit < 10 else None
