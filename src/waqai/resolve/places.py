"""Which first-level units a statement is about.

The *units* of a statement are those that its places are or lie in, all of them: nested mentions (a village, its town,
its province) name the same unit again and coordinated ones name several. A place that is only near (قرب), or of which
only a side is named (شمالي بغداد), counts when nothing else does or when it is joined to the rest by *and*. A region
that is not administrative gives no unit unless it lies within one.

What it *covers* are these units and what its regions overlap: a region beside a unit that it overlaps is where in the
unit (nested: the unit stands); a region joined to it by *and* (غرب الفرات وبادية حمص) is a further place (coordinated:
both stand). Regions alone, nested, cover what they have in common; a region whose sense is not decided covers all its
senses. Nothing covered: it is not known over which units the count may spread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waqai.model import Place, PlaceRef, Span
from waqai.resolve import beside, mentions
from waqai.resolve.context import Context


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a statement is: its places decided, and the units and the country that follow."""

    places: tuple[PlaceRef, ...] = ()
    units: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    country: str | None = None


def scope(refs: Sequence[PlaceRef], sentence: Span, context: Context) -> Scope:
    """Decide the places of one statement. The country is None where no place gives it."""
    named = mentions.separate(refs, context)
    meant = [ref for ref in named if mentions.is_meant(ref, named, context)]
    decided = [mentions.decide(ref, meant, sentence, context) for ref in meant]
    places = tuple(_with_sense(ref, decided, sentence, context) for ref in decided)
    units = _units(places, context)
    country = _country(places, units, context) or mentions.country_of_adjectives(named, context)
    return Scope(places, units, _covers(places, units, context), country)


def _place(ref: PlaceRef, context: Context) -> Place | None:
    """The place decided, in the sense read."""
    return context.registers.places.get(ref.sense or ref.place or "")


def _with_sense(ref: PlaceRef, refs: Sequence[PlaceRef], sentence: Span, context: Context) -> PlaceRef:
    """Read a region's sense: for which the statement's places speak, else the sentence's, else the article's."""
    senses = context.senses.get(ref.place or "", ())
    if not senses:
        return ref
    statement = {i for r in refs for i in _with_units(r.place, context)}
    nearby = [statement, {i for ids in context.named_in(sentence) for i in ids}, context.named]
    for named in (*nearby, *({country} for country in context.countries)):
        spoken = sorted(((len(named & {*sense.contexts}), sense.id) for sense in senses), reverse=True)
        if spoken[0][0] > (spoken[1][0] if len(spoken) > 1 else 0):
            return replace(ref, sense=spoken[0][1])
    return ref


def _with_units(place: str | None, context: Context) -> list[str]:
    entry = context.registers.places.get(place or "")
    return [entry.id, *entry.units] if entry else []


def _units(refs: Sequence[PlaceRef], context: Context) -> tuple[str, ...]:
    """The units that the places are or lie in, in text order."""
    inside = [ref for at, ref in enumerate(refs) if not _is_aside(refs, at, context)]
    beside_it = [ref for ref in refs if not beside.is_far(ref, context)]
    for group in (inside, beside_it, refs):
        units = dict.fromkeys(unit for ref in group for unit in _units_of(ref, context))
        if units:
            return tuple(units)
    return ()


def _is_aside(refs: Sequence[PlaceRef], at: int, context: Context) -> bool:
    """Is it named only as what the event was near to, or on one side of?"""
    if beside.is_aside(refs[at], context) or beside.is_far(refs[at], context):
        return True
    if (
        at
        and refs[at].place
        and refs[at - 1].place == refs[at].place
        and beside.follows(refs[at - 1], refs[at], context)
    ):
        return _is_aside(refs, at - 1, context)
    joined = any(beside.are_joined(a, b, context) for a, b in _neighbours(refs, at))
    return beside.direction(refs[at], context) is not None and not joined


def _units_of(ref: PlaceRef, context: Context) -> tuple[str, ...]:
    place = _place(ref, context)
    return place.units if place and (place.administrative or len(place.units) == 1) else ()


def _covers(refs: Sequence[PlaceRef], units: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """The units and what the regions overlap, as the rule at the head says."""
    covered = dict.fromkeys(units)
    nested: list[set[str]] = []
    for at, ref in enumerate(refs):
        overlapped = _overlapped(ref, context)
        joined = any(beside.are_joined(a, b, context) for a, b in _neighbours(refs, at))
        if joined or (units and not overlapped & set(units)):
            covered.update(dict.fromkeys(sorted(overlapped)))
        elif overlapped and not units:
            nested.append(overlapped)
    common = set.intersection(*nested) or set.union(*nested) if nested else set()
    covered.update(dict.fromkeys(sorted(common)))
    return tuple(covered)


def _overlapped(ref: PlaceRef, context: Context) -> set[str]:
    """What a region that is not administrative overlaps, in the sense read, or in all its senses."""
    place = _place(ref, context)
    if place is None or place.administrative:
        return set()
    return set(place.units).union(*(sense.units for sense in context.senses.get(place.id, ())))


def _neighbours(refs: Sequence[PlaceRef], at: int) -> Iterable[tuple[PlaceRef, PlaceRef]]:
    """A mention and the one before it, and it and the one after it."""
    return zip(refs[max(0, at - 1) : at + 1], refs[max(0, at - 1) + 1 : at + 2], strict=False)


def _country(refs: Sequence[PlaceRef], units: tuple[str, ...], context: Context) -> str | None:
    """The country of the units, else of the most specific place decided, else the one on which all candidates agree."""
    if units:
        return units[0].partition("-")[0]
    known = sorted((p for ref in refs if (p := _place(ref, context)) and p.country), key=lambda p: p.kind == "Country")
    if known:
        return known[0].country
    return next(iter(mentions.certain_countries(context.places(ref.candidates) for ref in refs)), None)
