"""What the words beside a name say of the place: its kind, its side, whether it holds another or is joined to it."""

from __future__ import annotations

from itertools import takewhile

from waqai.model import PlaceRef
from waqai.resolve.context import Context
from waqai.resolve.words import BESIDE, CONTAINING, DIRECTION, DISTANCE, KIND_AFTER, KIND_BEFORE, NEAR, ORIGIN
from waqai.text.letters import folded
from waqai.text.tokens import Token, phrase_tokens

_AND = frozenset({"و", "and", "او", "or", "&"})
_KIND = KIND_BEFORE | KIND_AFTER
_WRITTEN_ON = frozenset([*"#\"'“”«»(.", "the"])
"""Marks and the article, which may stand between a word and the name that it goes with (E. #Aleppo)."""
_BREAKS = frozenset(",،.;؛")
_FAR_REACH = 40
"""Characters before a name in which the word for its distance stands."""
_REACH = 20
"""Characters before a name in which the word before it stands."""


def around(ref: PlaceRef, context: Context) -> tuple[Token, ...]:
    """The words of a mention and the one before its name."""
    inside = phrase_tokens(ref.words)
    if ref.span is None:
        return inside
    before = phrase_tokens(context.article.text[max(0, ref.span.start - _REACH) : ref.span.start])
    while len(before) > 1 and before[-1].norm in _WRITTEN_ON:
        before = before[:-1]
    return before[-1:] + inside


def kind_announced(ref: PlaceRef, context: Context) -> str | None:
    """The kind of place that a word of the mention, or the word before it, announces."""
    kinds = (kind for word in reversed(around(ref, context)) for kind in map(_KIND.get, word.forms) if kind)
    return next(kinds, None)


def goes_with_a_place(word: Token) -> bool:
    """May the word stand beside a place's name without being part of it (بمدينة)?"""
    return any(form in BESIDE for form in word.forms)


def has_sign(ref: PlaceRef, context: Context) -> bool:
    """Does a word say that a place is meant (في سورية, بالباب, قرية الزيارة)?"""
    return _begins_with_in(ref, context) or any(goes_with_a_place(word) for word in around(ref, context))


def _begins_with_in(ref: PlaceRef, context: Context) -> bool:
    """Is *in* written onto it (بالباب), rather than the first letter of its name (بري)?"""
    words = folded(ref.words).removeprefix("و")
    names = (folded(name.text) for place in context.places(ref.candidates) for name in place.names)
    return words.startswith("ب") and not any(name.startswith("ب") and words.startswith(name) for name in names)


def is_aside(ref: PlaceRef, context: Context) -> bool:
    """Is it named as what the event was near to, or as where somebody or something came from?"""
    return any(word.norm in NEAR or word.norm in ORIGIN for word in around(ref, context))


def is_far(ref: PlaceRef, context: Context) -> bool:
    """Is it named as that from which the event was some way off (110 كيلومترات شمالي بغداد)?"""
    if ref.span is None:
        return False
    before = phrase_tokens(context.article.text[max(0, ref.span.start - _FAR_REACH) : ref.span.start])
    words = takewhile(lambda word: word.norm not in _BREAKS, reversed(before))
    return any(word.norm in DISTANCE for word in words)


def direction(ref: PlaceRef, context: Context) -> tuple[int, int] | None:
    """The side of it on which the event was, as steps east and north (شمال شرق صنعاء); None if no side is named.

    A region's name may hold one (الغوطة الشرقية), and a side of a unit's countryside (ريف حلب الشمالي) is in it.
    """
    words = around(ref, context)
    if any(word.norm in CONTAINING for word in words) or not all(
        p.administrative for p in context.places(ref.candidates)
    ):
        return None
    steps = [step for word in words if (step := DIRECTION.get(word.norm.removeprefix("ب")))]
    return (sum(east for east, _ in steps), sum(north for _, north in steps)) if steps else None


def contains(ref: PlaceRef, context: Context) -> bool:
    """Is it named as the unit in which something lies (ريف حماة, في حماة, بحماة)?"""
    words = around(ref, context)
    return any(word.norm in CONTAINING for word in words) or _begins_with_in(ref, context)


def follows(first: PlaceRef, second: PlaceRef, context: Context) -> bool:
    """Is the second only another name of the first (غرب العاصمة العراقية بغداد)?"""
    if first.span is None or second.span is None:
        return False
    return not context.article.text[first.span.end : second.span.start].strip(" ،,\"'“”")


def are_joined(first: PlaceRef, second: PlaceRef, context: Context) -> bool:
    """Does *and* stand between two mentions, or is it written onto the second (وبادية)?

    The words of a mention may begin before its span, which is the name alone.
    """
    if first.span is None or second.span is None or second.span.start < first.span.end:
        return False
    text = context.article.text
    start = second.span.end - len(second.words)
    begin = start if text[start : second.span.end] == second.words else second.span.start
    gap = folded(text[first.span.end : begin]).strip(" ،,")
    return gap in _AND or (not gap and _begins_with_and(second, context))


def _begins_with_and(ref: PlaceRef, context: Context) -> bool:
    names = (name for place in context.places(ref.candidates) for name in place.names)
    return ref.words.startswith("و") and not any(folded(name.text).startswith("و") for name in names)


def bare_name(words: str) -> str:
    """What is left of a mention's words without those that stand beside a name (بلدة اليعقوبية)."""
    return " ".join(word.norm for word in phrase_tokens(words) if word.kind == "word" and not goes_with_a_place(word))
