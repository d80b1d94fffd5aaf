"""Which place a mention means.

The rules, in this order; each narrows the candidates if it leaves any:

1. the kind that a word beside the name announces (محافظة, قضاء, مدينة);
2. the units of the statement's other places, then of the places named in its sentence;
3. the country of these, then the countries of the article, the most often named first;
4. where the rest disagree: a place whose strong name it is, before one that bears it weakly;
5. a unit, country or region before a facility, a district, a town – of homonyms in one unit.

What is left is decided if it lies in one set of units; else the mention stays open, with its candidates. A town or
district that cannot lie where the text says (… بريف حماة, … شمالي بغداد) is a namesake of a place that the registers
do not know: it stays open too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from waqai.model import Place, PlaceRef, Span
from waqai.resolve import beside
from waqai.resolve.context import Context
from waqai.text.names import NameMatch
from waqai.text.tokens import phrase_tokens

_RANK = ("FirstLevelUnit", "Country", "Region", "Facility", "District", "Town")
_MARKS = " ،,–-/"


def separate(refs: Sequence[PlaceRef], context: Context) -> list[PlaceRef]:
    """One mention for each name in the words (بادية دير الزور والرقة وحمص)."""
    return [mention for ref in refs for mention in _separate(ref, context)]


def _separate(ref: PlaceRef, context: Context) -> list[PlaceRef]:
    if ref.candidates or ref.place:
        return [ref]
    matches = _named(ref.words, context)
    if len(matches) < 2:
        return [replace(ref, candidates=matches[0].candidates if matches else ())]
    found: list[PlaceRef] = []
    start = 0
    for following in [*matches[1:], None]:
        end = following.span.start if following else len(ref.words)
        words = ref.words[start:end].strip(_MARKS)
        first = ref.words.index(words, start)
        span = Span(ref.span.start + first, ref.span.start + first + len(words)) if ref.span else None
        found.append(PlaceRef(words, span, matches[len(found)].candidates))
        start = end
    return found


def _named(words: str, context: Context) -> list[NameMatch]:
    """The places that a mention's words name; a weak name only where no other word could go with it (أم عين)."""
    inside = phrase_tokens(words)
    taken = [match for match in context.names.find(inside) if match.sort == "place"]
    at = {i for match in taken for i in range(match.first, match.last)}

    def stands_alone(match: NameMatch) -> bool:
        around = [i for i in (match.first - 1, match.last) if 0 <= i < len(inside)]
        return all(i in at or inside[i].kind != "word" or beside.goes_with_a_place(inside[i]) for i in around)

    return [match for match in taken if match.strong or stands_alone(match) or _is_country(match.candidates, context)]


def _is_country(candidates: Sequence[str], context: Context) -> bool:
    return all(place.kind == "Country" for place in context.places(candidates))


def is_meant(ref: PlaceRef, refs: Sequence[PlaceRef], context: Context) -> bool:
    """Is a place meant? A country needs a word of place (في سورية; not قوات سورية), a weak name a second sign.

    The second sign is a word that stands beside names of places, or another place of the statement in its unit.
    """
    places = context.places(ref.candidates)
    if not places or ref.place is not None or ref.span is None or beside.has_sign(ref, context):
        return True
    if _is_country(ref.candidates, context):
        return False
    others = certain_units(context.places(other.candidates) for other in refs if other is not ref)
    return bool(_strongly_named(ref, context) & set(ref.candidates)) or any(
        others & set(place.units) for place in places
    )


def country_of_adjectives(refs: Sequence[PlaceRef], context: Context) -> str | None:
    """The country that an adjective gives to the rest of the words (مواقع أمنية عراقية)."""
    qualified = [ref for ref in refs if _is_country(ref.candidates, context) and len(phrase_tokens(ref.words)) > 1]
    return next(iter(certain_countries(context.places(ref.candidates) for ref in qualified)), None)


def tells_a_place(refs: Sequence[PlaceRef]) -> bool:
    """Is a place meant by any of them, one that the registers do not know included?"""
    return any(ref.place is not None or not ref.candidates for ref in refs)


def unknown_names(refs: Sequence[PlaceRef]) -> list[str]:
    """What mentions that the registers do not know are called, without the words beside the name."""
    return [name for ref in refs if not ref.candidates and (name := beside.bare_name(ref.words))]


def decide(ref: PlaceRef, refs: Sequence[PlaceRef], sentence: Span, context: Context) -> PlaceRef:
    """Narrow the candidates of one of a statement's mentions; `place` is set if they come down to one set of units."""
    if ref.place is not None:
        return ref
    left = context.places(ref.candidates)
    kind = beside.kind_announced(ref, context)
    left = _narrow(left, [p for p in left if kind and _is_kind(p, kind)])
    others = [context.places(other.candidates) for other in refs if other is not ref]
    for units in (certain_units(others), certain_units(context.places(ids) for ids in context.named_in(sentence))):
        left = _narrow(left, [p for p in left if units & set(p.units)])
    for country in [*certain_countries(others), *context.countries]:
        left = _narrow(left, [p for p in left if p.country == country])
    best = sorted(left, key=lambda p: _RANK.index(p.kind))
    if best and not _agree(best):
        strongly = _strongly_named(ref, context)
        best = _narrow(best, [p for p in best if p.id in strongly])
    if not best or not _agree(best) or _is_namesake(best[0], ref, refs, context):
        return ref
    return replace(ref, place=best[0].id)


def _narrow(before: list[Place], after: list[Place]) -> list[Place]:
    return after or before


def _is_kind(place: Place, kind: str) -> bool:
    """A city may stand as a district of the same name where the gazetteer does not have it."""
    return place.kind == kind or (kind == "Town" and place.kind == "District")


def _agree(places: Sequence[Place]) -> bool:
    """Do all lie in the units of the first? A unit or a country stands for what bears its name inside it."""
    first = places[0]
    if first.kind in ("FirstLevelUnit", "Country") and sum(p.kind == first.kind for p in places) == 1:
        return True
    return all(p.units == first.units and p.country == first.country for p in places)


def _strongly_named(ref: PlaceRef, context: Context) -> set[str]:
    """The ids of the places that the words of a mention name strongly."""
    return {place for match in context.find(ref.words, "place") for place in match.strongly}


def _is_namesake(place: Place, ref: PlaceRef, refs: Sequence[PlaceRef], context: Context) -> bool:
    """Does the text say that it lies in another unit, or on another side of one, or in another country?"""
    if place.kind not in ("Town", "District", "FirstLevelUnit") or not place.units:
        return False
    others = [other for other in refs if other is not ref and not beside.are_joined(other, ref, context)]
    if any(_abroad(other, place, ref, context) for other in others):
        return True
    return place.kind != "FirstLevelUnit" and any(_excludes(other, place, context) for other in others)


def _abroad(other: PlaceRef, place: Place, ref: PlaceRef, context: Context) -> bool:
    """Is a unit of the article's own country named beside a name of another one, of which it tells nothing else?"""
    units = [p for p in context.places(other.candidates) if p.kind == "FirstLevelUnit"]
    if len(units) != 1 or units[0].country == place.country or units[0].country not in context.countries[:1]:
        return False
    return not context.tells_else_of(place.country, ref.candidates)


def _excludes(other: PlaceRef, place: Place, context: Context) -> bool:
    units = [p for p in context.places(other.candidates) if p.kind == "FirstLevelUnit"]
    if len(units) != 1 or units[0].id in place.units or units[0].country != place.country:
        return False
    side = beside.direction(other, context)
    return beside.contains(other, context) if side is None else not _is_on_side(place, units[0], side)


def _is_on_side(place: Place, unit: Place, side: tuple[int, int]) -> bool:
    """Does a place lie north, east … of a unit's point? True where the register has no point for one of them."""
    points = (place.longitude, place.latitude, unit.longitude, unit.latitude)
    if None in points:
        return True
    east, north, from_east, from_north = (float(value or 0) for value in points)
    return side[0] * (east - from_east) + side[1] * (north - from_north) > 0


def certain_units(groups: Iterable[Sequence[Place]]) -> set[str]:
    """The units that mentions name beyond doubt: where the candidates include a unit, or all lie in one."""
    found: set[str] = set()
    for places in groups:
        named = {p.id for p in places if p.kind == "FirstLevelUnit"}
        shared = set.intersection(*(set(p.units) for p in places)) if places else set()
        found |= named or shared
    return found


def certain_countries(groups: Iterable[Sequence[Place]]) -> list[str]:
    """The countries of mentions whose candidates all lie in one."""
    return [c for places in groups if len({p.country for p in places}) == 1 and (c := places[0].country)]
