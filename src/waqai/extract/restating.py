"""When a later sentence only says again what an earlier one said: one count, two places in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from waqai.extract.drafts import Draft
from waqai.model import Day, Period

_SMALL = 2
"""Numbers that incidents share by chance."""
_ROUND = 20
_ROUNDING = 1.05
"""From how many people on, and up to how much more, `more than` speaks of the number that is told exactly elsewhere."""
_REACH = 60
"""Earlier counts that a count is compared with, so that work stays linear."""

_ANYBODY = frozenset({"شخص", "individual", "آخر", "other"})
_ANY_CIVILIAN = _ANYBODY | {"مدني", "civilian", "مواطن"}
_FAMILIES = (
    frozenset({"airstrike", "drone_strike", "shelling", "attack", "bombing", "other"}),
    frozenset({"clash", "shooting", "ambush", "raid", "attack"}),
    frozenset({"bombing", "suicide_bombing", "attack", "other", "landmine_or_remnant"}),
)
"""Kinds of events that texts call by each other's names."""


@dataclass(slots=True)
class Told:
    """A count with what tells its incident from others."""

    draft: Draft
    sentence: int
    lead: bool
    opening: bool = False
    """Does it stand in the first sentence that counts anybody?"""
    localities: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    """The places that its own clause names, and not what is recalled."""
    when: Period = field(default_factory=Period)
    """The time that its own words give."""
    methods: frozenset[str] = field(default_factory=frozenset)
    number: Draft | None = None
    """The count that gave a number to this one, which was told vaguely."""


def join_restatements(told: list[Told]) -> None:
    """Mark each count that restates an earlier one (`Draft.restates`)."""
    for count in told:
        count.opening = count.lead or (count.sentence == told[0].sentence and not count.draft.total)
    for position, later in enumerate(told):
        for earlier in reversed(told[max(0, position - _REACH) : position]):
            if _same(earlier, later):
                later.draft.restates = earlier.draft.restates or earlier.draft
                _widen(earlier, later)
                break


def _same(earlier: Told, later: Told) -> bool:
    one, two = earlier.draft, later.draft
    if one.outcomes != two.outcomes or earlier.sentence == later.sentence or _related(one, two):
        return False
    if not _numbers_agree(earlier, later) or not _classes_agree(one, two):
        return False
    return one.total == two.total and _one_incident(earlier, later)


def _related(one: Draft, two: Draft) -> bool:
    """A part is not its whole; parts of one whole, or of two different ones, are not each other."""
    if _is_whole_of(one, two) or _is_whole_of(two, one):
        return True
    if one.parent is None or two.parent is None:
        return False
    return one.parent is two.parent or _first(one.parent) is not _first(two.parent)


def _is_whole_of(whole: Draft, part: Draft) -> bool:
    return part.parent is not None and _first(part.parent) is _first(whole)


def _first(draft: Draft) -> Draft:
    return draft.restates or draft


def _numbers_agree(earlier: Told, later: Told) -> bool:
    one, two = earlier.number or earlier.draft, later.draft
    if one.numbered and two.numbered:
        if one.low == two.low and one.high == two.high:
            return True
        if "more_than" in (one.operator, two.operator):
            return _rounded(one, two)
        return one.low == two.low and None in (one.high, two.high)
    if one.numbered or two.numbered:
        return _vague_meets_number(earlier, later)
    if (one.parent is None) != (two.parent is None):
        return False
    same_words = one.vague_word == two.vague_word
    told_near = bool(earlier.localities & later.localities) and not one.parent and not two.parent
    return one.classes == two.classes and (same_words or earlier.lead or told_near)


def _rounded(one: Draft, two: Draft) -> bool:
    """`أكثر من 440` and then 442: a round number and the one that it stands for."""
    if one.operator == two.operator or one.outcomes != two.outcomes:
        return False
    floor, exact = (one, two) if one.operator == "more_than" else (two, one)
    low, number = floor.low or 0, exact.low or 0
    return exact.low == exact.high and number > _ROUND and low <= number <= low * _ROUNDING


def _vague_meets_number(earlier: Told, later: Told) -> bool:
    """`شهداء بقصف` in the headline and their number in the text; or a bare `deaths` after the number was told."""
    one, two = earlier.number or earlier.draft, later.draft
    if _anybody_there(earlier, later):
        return True
    if one.parent or (two.parent and not _part_alone(one, two)):
        return False
    if two.numbered:
        many = earlier.opening and (two.low or 0) > 1 and (not one.classes or one.classes == two.classes)
        return many and (one.bare or (not one.naked and _no_other_place(earlier, later)))
    plain = earlier.opening and not two.organisations and not later.localities and two.noun is not None
    if two.bare:
        return plain and not two.classes and two.noun is not None and two.noun.sort == "outcomes"
    return plain and two.noun is not None and two.noun.id in _ANY_CIVILIAN


def _no_other_place(earlier: Told, later: Told) -> bool:
    apart = later.localities and not later.localities & earlier.localities
    return not apart and (not later.own or bool(later.own & earlier.own))


def _part_alone(one: Draft, two: Draft) -> bool:
    """`مقتل مدنيين` and then `54 شخصاً بينهم 28 مدنياً`: only the part is of those that were told vaguely."""
    return bool(one.classes) and one.classes == two.classes and two.parent is not None and not two.parent.classes


def _anybody_there(earlier: Told, later: Told) -> bool:
    """`leaving several people injured`, where a number was told for the same town: nobody new."""
    one, two = earlier.draft, later.draft
    anybody = two.noun is not None and two.noun.id in _ANYBODY and not two.organisations
    there = earlier.localities & later.localities or earlier.own & later.own
    return anybody and not two.numbered and not two.parent and one.numbered and bool(there)


def _classes_agree(one: Draft, two: Draft) -> bool:
    if one.noun and two.noun and one.noun.child != two.noun.child and not {one.noun.id, two.noun.id} & _ANY_CIVILIAN:
        return False
    if one.organisations and two.organisations and not _shared(one, two):
        return False
    if one.noun and two.noun and one.noun.gender and two.noun.gender and one.noun.gender != two.noun.gender:
        return False
    if (
        one.noun
        and two.noun
        and {one.noun.role, two.noun.role} == {"person", "member"}
        and not {one.noun.id, two.noun.id} & _ANYBODY
    ):
        return bool(one.classes & two.classes)
    return not one.classes or not two.classes or bool(one.classes & two.classes)


def _shared(one: Draft, two: Draft) -> bool:
    """Is one organisation named in both, by its words or its entries in the register?"""
    names = {name for actor in one.organisations for name in (actor.words, *actor.candidates)}
    return any(name in names for actor in two.organisations for name in (actor.words, *actor.candidates))


def _one_incident(earlier: Told, later: Told) -> bool:
    apart = earlier.localities and later.localities and not earlier.localities & later.localities
    if apart and not (earlier.lead and (later.draft.low or 0) > _SMALL):
        return False
    shared = earlier.places & later.places
    if earlier.own and later.own and not earlier.own & later.own and not earlier.lead:
        return False
    if _told_of_other_days(earlier, later):
        return False
    headed = earlier.lead and (later.draft.low or 0) > _SMALL
    if not headed and earlier.methods and later.methods and not kindred(earlier.methods, later.methods):
        return False
    small = (later.draft.low or 0) <= _SMALL
    if small and not earlier.lead:
        return (
            bool(shared)
            or bool(earlier.localities & later.localities)
            or (later.sentence - earlier.sentence > 1 and not later.places)
        )
    return True


def _told_of_other_days(earlier: Told, later: Told) -> bool:
    one, two = earlier.when, later.when
    if not later.draft.numbered:
        return bool(one.words and two.words) and one.edtf() != two.edtf()
    return _days_between(one, two) > (0 if (later.draft.low or 0) <= _SMALL else 1)


def _days_between(one: Period, two: Period) -> int:
    """How many days the one lies after the other; 0 where they meet or either is unknown.

    The night of one day is the early morning of the next: a telling number may be told with either.
    """
    return max(_gap(one.end, two.start), _gap(two.end, one.start), 0)


def _gap(end: Day | None, start: Day | None) -> int:
    return (start.first() - end.last()).days if end and start else 0


def kindred(one: frozenset[str], two: frozenset[str]) -> bool:
    """May two texts that name these kinds of events tell of one?"""
    return bool(one & two) or any(one & family and two & family for family in _FAMILIES)


def _widen(earlier: Told, later: Told) -> None:
    """What was restated is known by both places' words."""
    if not earlier.draft.numbered and later.draft.numbered:
        earlier.number = earlier.number or later.draft
    earlier.localities = earlier.localities or later.localities
    earlier.places |= later.places
    earlier.when = earlier.when if earlier.when.words else later.when
    earlier.methods |= later.methods
