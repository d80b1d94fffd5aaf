"""When a later sentence only says again what an earlier one said: one count, two places in the text."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from waqai.extract.drafts import Draft
from waqai.model import Day, Period

_SMALL = 2
"""Numbers that incidents share by chance."""
_SHARE = 0.2
"""By how much two sources' numbers of the same people differ at most."""
_NAME_WORDS = 2
_FEW = 4
"""Up to how many people numbers say little by themselves."""
_ROUND = 20
_ROUNDING = 1.05
"""From how many people on, and up to how much more, `more than` speaks of the number that is told exactly elsewhere."""
_REACH = 60
"""Earlier counts that a count is compared with, so that work stays linear."""
_TELLINGS = 8
"""Sentences in which a count was told last, whose other counts are compared, so that work stays linear."""

_ANYBODY = frozenset({"شخص", "individual", "آخر", "other"})
_ANY_CIVILIAN = _ANYBODY | {"مدني", "civilian", "مواطن"}
_FAMILIES = (
    frozenset({"airstrike", "drone_strike", "shelling", "attack", "bombing", "other", "raid"}),
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
    around: frozenset[str] = frozenset()
    """These, and the places in which they lie."""
    when: Period = field(default_factory=Period)
    """The time that its own words give."""
    methods: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = frozenset()
    """The words of the name of the one person that it counts."""
    apart: bool = False
    """Does its sentence say that it tells of another incident?"""
    kinds: frozenset[str] = frozenset()
    """The classes of its parts."""
    number: Draft | None = None
    """The count that gave a number to this one, which was told vaguely."""
    first: Told | None = None
    """The first telling of what this one tells again."""

    @property
    def counted(self) -> Draft:
        """The telling that has the number, where one has."""
        first = self.first or self
        return first.number or first.draft


def join_restatements(told: list[Told]) -> None:
    """Mark each count that restates an earlier one (`Draft.restates`)."""
    parts: dict[int, frozenset[str]] = {}
    for count in told:
        if count.draft.parent:
            parts[id(count.draft.parent)] = parts.get(id(count.draft.parent), frozenset()) | count.draft.classes
    body = next((count.sentence for count in told if not count.lead), None)
    for count in told:
        count.kinds = parts.get(id(count.draft), frozenset())
        count.opening = count.lead or (count.sentence in (told[0].sentence, body) and not count.draft.total)
    for position, later in enumerate(told):
        recent = told[max(0, position - _REACH) : position]
        same = [earlier for earlier in recent if _part_again(earlier, later) or _same(earlier, later)]
        if same:
            earlier = max(same, key=lambda told: (_equal(told.draft, later.draft), told.draft.first))
            later.draft.restates, later.first = _first(earlier.draft), earlier.first or earlier
            _widen(later.first, later)
    _join_siblings(told)


def _join_siblings(told: list[Told]) -> None:
    """`3 قتلى و12 جريحاً` and, of the same, `3 قتلى و13 جريحاً`: what is told with a restatement restates too."""
    by_sentence: dict[int, list[Told]] = {}
    for count in told:
        by_sentence.setdefault(count.sentence, []).append(count)
    tellings: dict[int, deque[int]] = {}
    for count in told:
        first = _first(count.draft)
        tellings.setdefault(id(first), deque(maxlen=_TELLINGS)).append(count.sentence)
        if count.draft.restates is None or (count.counted.low or 0) <= _SMALL:
            continue
        before = [t for s in tellings[id(first)] if s < count.sentence for t in by_sentence[s]]
        for sibling in by_sentence[count.sentence]:
            if sibling.draft.restates is None and not sibling.draft.parent:
                twin = next((t for t in reversed(before) if _told_otherwise(t, sibling)), None)
                sibling.draft.restates = _first(twin.draft) if twin else None
                sibling.first = (twin.first or twin) if twin else None


def _told_otherwise(earlier: Told, later: Told) -> bool:
    """Two numbers of the same people, as two sources have them; or one of them is vague."""
    one, two = earlier.draft, later.draft
    if one.outcomes != two.outcomes or one.parent or two.toll or one.total != two.total:
        return False
    if not _classes_agree(one, two) or not _one_incident(earlier, later):
        return False
    one = earlier.counted
    if not (one.numbered and two.numbered):
        several = (one.low or _ROUND) > 1 and (two.low or _ROUND) > 1
        return one.numbered == two.numbered or (several and one.classes == two.classes)
    low, high = sorted((one.low or 0, two.low or 0))
    return low > _SMALL and high - low <= max(1, high * _SHARE)


def _same(earlier: Told, later: Told) -> bool:
    one, two = earlier.draft, later.draft
    if one.outcomes != two.outcomes or earlier.sentence == later.sentence or _related(one, two):
        return False
    if (one.parent is None) != (two.parent is None) and _of_another_kind(one, two):
        return False
    if earlier.names and later.names:
        return _namesakes(earlier.names, later.names)
    if _somebody_new(earlier, later) or not _numbers_agree(earlier, later) or not _classes_agree(one, two):
        return False
    return _as_much_a_total(earlier, later) and _one_incident(earlier, later)


def _somebody_new(earlier: Told, later: Told) -> bool:
    """`المواطن فلان` and then `امرأة`: who was named is not told again without the article by another noun."""
    one, two = earlier.draft, later.draft
    if not earlier.names or earlier.lead or two.low != 1 or two.definite or one.noun is None or two.noun is None:
        return False
    return one.noun.id != two.noun.id and two.noun.gender is not None


def _telling(earlier: Told, later: Told) -> bool:
    """A number that incidents seldom share, of people harmed in one way and by one doer."""
    by = {actor.words for actor in earlier.draft.perpetrators} & {actor.words for actor in later.draft.perpetrators}
    return (later.draft.low or 0) > _FEW and bool(by) and bool(earlier.methods & later.methods)


def _part_again(earlier: Told, later: Told) -> bool:
    """`including one journalist`, told again with the whole: the same kind of people of the same whole."""
    one, two = earlier.draft, later.draft
    whole, other = one.parent, two.parent
    if whole is None or other is None or whole is other or _first(whole) is not _first(other):
        return False
    same_noun = one.noun is not None and two.noun is not None and one.noun.id == two.noun.id
    return same_noun and one.outcomes == two.outcomes and one.numbered and (one.low, one.high) == (two.low, two.high)


def _as_much_a_total(earlier: Told, later: Told) -> bool:
    """A headline leaves out that its number runs over many incidents or a stretch of time."""
    one, two = earlier.draft, later.draft
    return one.total == two.total or (earlier.lead and two.parent is None and one.numbered == two.numbered)


def _of_another_kind(one: Draft, two: Draft) -> bool:
    """Women or children who are a part are not the people who are counted elsewhere."""
    if one.noun is None or two.noun is None:
        return False
    return (one.noun.child, one.noun.gender) != (two.noun.child, two.noun.gender)


def _equal(one: Draft, two: Draft) -> bool:
    return one.numbered and one.low == two.low and one.high == two.high


def _namesakes(one: frozenset[str], two: frozenset[str]) -> bool:
    """Are two names the same person's? Of a family only one word is shared."""
    return len(one & two) >= min(len(one), len(two), _NAME_WORDS)


def _related(one: Draft, two: Draft) -> bool:
    """A part is not its whole; parts of one whole, or of two, are not each other, and a number alone tells no part."""
    if _is_whole_of(one, two) or _is_whole_of(two, one):
        return True
    if one.parent is None or two.parent is None:
        return one.parent is not None and two.naked
    return one.parent is two.parent or _first(one.parent) is not _first(two.parent)


def _is_whole_of(whole: Draft, part: Draft) -> bool:
    return part.parent is not None and _first(part.parent) is _first(whole)


def _first(draft: Draft) -> Draft:
    return draft.restates or draft


def _numbers_agree(earlier: Told, later: Told) -> bool:
    one, two = earlier.counted, later.draft
    if one.numbered and two.numbered:
        if one.low == two.low and one.high == two.high:
            return True
        if "more_than" in (one.operator, two.operator):
            return _rounded(one, two)
        return one.low == two.low and None in (one.high, two.high)
    if one.numbered or two.numbered:
        return not later.apart and _vague_meets_number(earlier, later)
    if later.apart or (one.parent is None) != (two.parent is None) or not _may_be_those(earlier, two):
        return False
    others = two.noun is not None and two.noun.role == "other"
    told_near = bool(earlier.localities & later.localities) and not one.parent and not two.parent
    return one.vague_word == two.vague_word or earlier.lead or told_near or (earlier.opening and others)


def _rounded(one: Draft, two: Draft) -> bool:
    """`أكثر من 440` and then 442: a round number and the one that it stands for."""
    if one.operator == two.operator or one.outcomes != two.outcomes:
        return False
    floor, exact = (one, two) if one.operator == "more_than" else (two, one)
    low, number = floor.low or 0, exact.low or 0
    return exact.low == exact.high and number > _ROUND and low <= number <= low * _ROUNDING


def _vague_meets_number(earlier: Told, later: Told) -> bool:
    """`شهداء بقصف` in the headline and their number in the text; or a bare `deaths` after the number was told."""
    one, two = earlier.counted, later.draft
    if _anybody_there(earlier, later):
        return True
    if one.parent or (two.parent and not _part_alone(one, two)):
        return False
    if two.numbered:
        many = earlier.opening and (two.low or 0) > 1 and _of_those(one, later)
        return many and (one.bare or (not one.naked and _no_other_place(earlier, later)))
    several = (one.low or one.high or 0) > 1
    plain = earlier.opening and several and not two.organisations and not later.localities and two.noun is not None
    if two.bare:
        return plain and not two.classes and two.noun is not None and two.noun.sort == "outcomes"
    same_noun = one.noun is not None and two.noun is not None and one.noun.id == two.noun.id
    return plain and two.noun is not None and (same_noun or two.noun.id in _ANY_CIVILIAN)


def _may_be_those(earlier: Told, two: Draft) -> bool:
    """Are those who are told vaguely again of the kind of the first?"""
    one = earlier.draft
    kind = one.classes or earlier.kinds
    return kind == two.classes or (
        earlier.opening and _classes_agree(one, two) and (not kind or not two.classes or bool(kind & two.classes))
    )


def _of_those(one: Draft, later: Told) -> bool:
    """Are those who are numbered, and not only a part of them, of the kind that was told vaguely?"""
    two = later.draft
    anybody = two.noun is not None and two.noun.id in _ANYBODY and not two.organisations
    if one.noun and one.noun.role == "other" and not one.classes and two.classes:
        return False
    return not one.classes or one.classes == two.classes or (anybody and not two.classes and not later.kinds)


def _no_other_place(earlier: Told, later: Told) -> bool:
    apart = later.localities and not later.localities & earlier.localities
    return not apart and (not later.own or (bool(earlier.own) and not _elsewhere(earlier, later)))


def _elsewhere(earlier: Told, later: Told) -> bool:
    """Does each name places of its own, of which none lies in one of the other's?"""
    meet = earlier.own & later.around or later.own & earlier.around
    return bool(earlier.own and later.own) and not meet


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
    if _elsewhere(earlier, later) and not (earlier.lead or _telling(earlier, later)):
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
