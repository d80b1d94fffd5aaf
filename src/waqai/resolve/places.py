"""Which place a mention means, and which first-level units a statement is about.

The rules, in this order; each narrows the candidates if it leaves any:

1. the kind that a word beside the name announces (محافظة, قضاء, مدينة);
2. the units of the statement's other places, then of the places named in its sentence;
3. the country of these, then the countries of the article, the most often named first;
4. a unit, country or region before a district, a district before a town – of homonyms in one unit.

What is left is decided if it lies in one set of units; else the mention stays open, with its candidates.

A town or district that lies elsewhere than the unit named as its own (قرية … بريف حماة) is a namesake: it stays open.

The *units* of a statement are those that its places are or lie in, all of them: nested mentions (a village, its town,
its province) name the same unit again and coordinated ones name several. A place that is only near (قرب) counts when
nothing else does. A region that is not administrative gives no unit unless it lies within one. What it *covers*
are these units and what its regions overlap: a region beside a unit that it overlaps is where in the unit (nested:
the unit stands); a region joined to it by *and* (غرب الفرات وبادية حمص) is a further place (coordinated: both stand).
Regions alone, nested, cover what they have in common; a region whose sense is not decided covers all its senses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waqai.model import Place, PlaceRef, Span
from waqai.resolve.context import Context
from waqai.resolve.words import BESIDE, CONTAINING, KIND_AFTER, KIND_BEFORE, NEAR
from waqai.text.letters import folded
from waqai.text.names import NameMatch
from waqai.text.tokens import Token, tokens

_RANK = ("FirstLevelUnit", "Country", "Region", "Facility", "District", "Town")
_AND = frozenset({"و", "and", "او", "or", "&"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a statement is: its places decided, and the units and the country that follow."""

    places: tuple[PlaceRef, ...] = ()
    units: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    country: str | None = None


def scope(refs: Sequence[PlaceRef], sentence: Span, context: Context) -> Scope:
    """Decide the places of one statement. The country is None where no place gives it."""
    mentions = [mention for ref in refs for mention in _mentions(ref, context)]
    decided = [_decide(ref, mentions, sentence, context) for ref in mentions]
    with_sense = tuple(_with_sense(ref, decided, sentence, context) for ref in decided)
    units = _units(with_sense, context)
    return Scope(with_sense, units, _covers(with_sense, units, context), _country(with_sense, units, context))


def unknown_names(refs: Sequence[PlaceRef]) -> list[str]:
    """What mentions that the registers do not know are called, without the words beside the name (بلدة اليعقوبية)."""
    return [name for ref in refs if not ref.candidates and (name := _bare_name(ref.words))]


def _bare_name(words: str) -> str:
    return " ".join(t.norm for t in tokens(words) if t.kind == "word" and t.norm not in BESIDE | KIND_AFTER.keys())


def _mentions(ref: PlaceRef, context: Context) -> list[PlaceRef]:
    """One mention for each name in the words (بادية دير الزور والرقة وحمص), as many as the words name."""
    if ref.candidates:
        return [ref]
    matches = _named(ref.words, context)
    if len(matches) < 2:
        return [replace(ref, candidates=matches[0].candidates if matches else ())]
    found, start = [], 0
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        end = following.span.start if following else len(ref.words)
        words, first = _trimmed(ref.words[start:end], start)
        span = Span(ref.span.start + first, ref.span.start + first + len(words)) if ref.span else None
        found.append(PlaceRef(words, span, match.candidates))
        start = end
    return found


def _named(words: str, context: Context) -> list[NameMatch]:
    """The places that a mention's words name; a weak name only where no other word could go with it (أم عين)."""
    inside = tokens(words)
    taken = [match for match in context.names.find(inside) if match.sort == "place"]
    at = {i for match in taken for i in range(match.first, match.last)}

    def stands_alone(match: NameMatch) -> bool:
        around = [i for i in (match.first - 1, match.last) if 0 <= i < len(inside)]
        return all(i in at or inside[i].kind != "word" or inside[i].norm in BESIDE for i in around)

    return [match for match in taken if match.strong or stands_alone(match) or _is_country(match, context)]


def _is_country(match: NameMatch, context: Context) -> bool:
    """Is it a country's adjective, which says where the place is (مواقع عراقية)?"""
    return all(place.kind == "Country" for place in context.places(match.candidates))


def _trimmed(words: str, start: int) -> tuple[str, int]:
    """Some words without the marks and spaces around them, and where they then start."""
    left = len(words) - len(words.lstrip(" ،,–-/"))
    return words.strip(" ،,–-/"), start + left


def _decide(ref: PlaceRef, refs: Sequence[PlaceRef], sentence: Span, context: Context) -> PlaceRef:
    """Narrow the candidates of one mention; `place` is set if they come down to one set of units."""
    if ref.place is not None:
        return ref
    left = context.places(ref.candidates)
    kind = _kind_announced(ref, context)
    left = _narrow(left, [p for p in left if kind and _is_kind(p, kind)])
    others = [context.places(other.candidates) for other in refs if other is not ref]
    for units in (_certain_units(others), _certain_units([context.places(sorted(context.named_in(sentence)))])):
        left = _narrow(left, [p for p in left if units & set(p.units)])
    for country in [*_certain_countries(others), *context.countries]:
        left = _narrow(left, [p for p in left if p.country == country])
    best = sorted(left, key=lambda p: _RANK.index(p.kind))
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


def _is_namesake(place: Place, ref: PlaceRef, refs: Sequence[PlaceRef], context: Context) -> bool:
    """Is it a place of the same name elsewhere, since the text says in which other unit its own lies?"""
    if place.kind not in ("Town", "District") or not place.units:
        return False
    others = [other for other in refs if other is not ref and _contains(other, context)]
    units = _certain_units(context.places(other.candidates) for other in others)
    return bool(units) and not units & set(place.units)


def _contains(ref: PlaceRef, context: Context) -> bool:
    """Is it named as the unit in which something lies (ريف حماة, في حماة, بحماة)?"""
    if not any(p.kind == "FirstLevelUnit" for p in context.places(ref.candidates)):
        return False
    words = [*(_before(ref.span, context) if ref.span else []), *tokens(ref.words)]
    names = tokens(ref.words)
    return any(word.norm in CONTAINING for word in words) or bool(names and names[0].norm.startswith("ب"))


def _kind_announced(ref: PlaceRef, context: Context) -> str | None:
    """The kind of place that a word of the mention, or the word before it in the text, announces."""
    inside = tokens(ref.words)
    if ref.span is not None:
        inside = [*_before(ref.span, context), *inside]
    kinds = [KIND_BEFORE.get(t.norm) or KIND_BEFORE.get(t.norm[1:]) or KIND_AFTER.get(t.norm) for t in inside]
    return next((kind for kind in reversed(kinds) if kind), None)


def _before(span: Span, context: Context) -> list[Token]:
    """The word before a span."""
    start = max(0, span.start - 20)
    return tokens(context.article.text[start : span.start])[-1:]


def _certain_units(groups: Iterable[Sequence[Place]]) -> set[str]:
    """The units that mentions name beyond doubt: where the candidates include a unit, or all lie in one."""
    found: set[str] = set()
    for places in groups:
        named = {p.id for p in places if p.kind == "FirstLevelUnit"}
        shared = set.intersection(*(set(p.units) for p in places)) if places else set()
        found |= named or shared
    return found


def _certain_countries(groups: Iterable[Sequence[Place]]) -> list[str]:
    return [c for places in groups if len({p.country for p in places}) == 1 and (c := places[0].country)]


def _with_sense(ref: PlaceRef, refs: Sequence[PlaceRef], sentence: Span, context: Context) -> PlaceRef:
    """Read a region's sense: for which the statement's places speak, else the sentence's, else the article's."""
    senses = context.senses.get(ref.place or "", ())
    if not senses:
        return ref
    statement = frozenset(i for r in refs for i in _with_parents(r.place, context))
    nearby = (statement, context.named_in(sentence), context.named_in(None))
    for named in (*nearby, *(frozenset({country}) for country in context.countries)):
        spoken = [(len(named & {*s.contexts}), s.id) for s in senses]
        most = max(spoken)
        if most[0] and [n for n, _ in spoken].count(most[0]) == 1:
            return replace(ref, sense=most[1])
    return ref


def _with_parents(place: str | None, context: Context) -> list[str]:
    entry = context.registers.places.get(place or "")
    return [entry.id, *entry.units] if entry else []


def _units(refs: Sequence[PlaceRef], context: Context) -> tuple[str, ...]:
    """The units that the places are or lie in, in text order; one that is only near counts when nothing else does."""
    inside = [ref for ref in refs if not _is_near(ref, context)]
    for group in (inside, refs):
        units = dict.fromkeys(unit for ref in group for unit in _units_of(ref, context))
        if units:
            return tuple(units)
    return ()


def _is_near(ref: PlaceRef, context: Context) -> bool:
    words = tokens(ref.words)[:1] + (_before(ref.span, context) if ref.span else [])
    return any(word.norm in NEAR for word in words)


def _units_of(ref: PlaceRef, context: Context) -> tuple[str, ...]:
    place = context.registers.places.get(ref.sense or ref.place or "")
    if place is None or not (place.administrative or len(place.units) == 1):
        return ()
    return place.units


def _covers(refs: Sequence[PlaceRef], units: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """The units and what the regions overlap, as the rule at the head says."""
    covered = dict.fromkeys(units)
    regions: list[set[str]] = []
    for at, ref in enumerate(refs):
        overlapped = _overlapped(ref, context)
        if not overlapped:
            continue
        joined = any(_are_joined(a, b, context) for a, b in _neighbours(refs, at))
        if joined or (units and not overlapped & set(units)):
            covered.update(dict.fromkeys(sorted(overlapped)))
        elif not units:
            regions.append(overlapped)
    covered.update(dict.fromkeys(sorted(set.intersection(*regions) or set.union(*regions)) if regions else ()))
    return tuple(covered)


def _overlapped(ref: PlaceRef, context: Context) -> set[str]:
    """What a region that is not administrative overlaps, in the sense read, or in all its senses."""
    place = context.registers.places.get(ref.sense or ref.place or "")
    if place is None or place.administrative:
        return set()
    return set(place.units).union(*(sense.units for sense in context.senses.get(place.id, ())))


def _neighbours(refs: Sequence[PlaceRef], at: int) -> Iterable[tuple[PlaceRef, PlaceRef]]:
    return zip(refs[max(0, at - 1) : at + 1], refs[max(0, at - 1) + 1 : at + 2], strict=False)


def _are_joined(first: PlaceRef, second: PlaceRef, context: Context) -> bool:
    """Does *and* stand between two mentions, or is it written onto the second (وبادية)?

    The words of a mention may begin before its span, which is the name alone.
    """
    if first.span is None or second.span is None:
        return False
    text = context.article.text
    start = second.span.end - len(second.words)
    begin = start if text[start : second.span.end] == second.words else second.span.start
    gap = folded(text[first.span.end : begin]).strip(" ،,")
    if gap in _AND:
        return True
    return not gap and _begins_with_and(second, context)


def _begins_with_and(ref: PlaceRef, context: Context) -> bool:
    names = (name for place in context.places(ref.candidates) for name in place.names)
    return ref.words.startswith("و") and not any(folded(name.text).startswith("و") for name in names)


def _country(refs: Sequence[PlaceRef], units: tuple[str, ...], context: Context) -> str | None:
    if units:
        return units[0].partition("-")[0]
    places = [context.registers.places.get(ref.sense or ref.place or "") for ref in refs]
    known = sorted((p for p in places if p and p.country), key=lambda p: p.kind == "Country")
    found = known[0].country if known else None
    return found or next(iter(_certain_countries(context.places(ref.candidates) for ref in refs)), None)
