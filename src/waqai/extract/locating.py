"""Where it happened: the nearest words that tell a place, a narrow one before a country or a wide region.

A sentence often tells of several deeds, each with its own place: what follows `فيما`, `while` is another one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.extract.attribution import Voices
from waqai.extract.circumstances import PLACE_PREPOSITIONS, places_in
from waqai.extract.drafts import Draft
from waqai.extract.restating import kindred
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Around, Stretch
from waqai.model import PlaceRef

_SEVERAL = 2
_SUBJECT = 4
"""Tokens from `and` to the verb of what it joins."""
_AHEAD = 3


def places_around(scene: Scene, around: Around, near: tuple[Stretch, ...], voice: Voices) -> tuple[PlaceRef, ...]:
    """The places of a cluster of counts: of its own clause, else those told nearest in its sentence."""
    clause = _clause(scene, around)
    own = tuple(Stretch(max(s.first, clause.first), min(s.last, clause.last)) for s in near)
    found = _nearest(scene, (clause, around.sentence) if around.alone else own, around, voice)
    return found or _nearest(scene, (*near, *around.farther), around, voice)


def _nearest(scene: Scene, asked: Iterable[Stretch], around: Around, voice: Voices) -> tuple[PlaceRef, ...]:
    """The first stretch that tells a narrow place, else the first that tells any."""
    first: tuple[PlaceRef, ...] = ()
    for stretch in asked:
        found = places_in(scene, stretch, voice, around.cluster)
        if any(is_narrow(scene, place) for place in found):
            return found
        first = first or found
    return first


def places_apart(scene: Scene, around: Around, voice: Voices) -> list[tuple[PlaceRef, ...]] | None:
    """`رجل في داريا، و4 في جوبر، وطفل في إدلب`: the places of each count, where a cluster tells several inside it.

    A whole is where its parts are; any other count without one is where the one after it is, else where the one before
    it was.
    """
    cluster, clause = around.cluster, _clause(scene, around)
    ends = [*(draft.first for draft in cluster[1:]), max(clause.last, cluster[-1].end)]
    told = [
        tuple(p for p in places_in(scene, Stretch(draft.end, end), voice, cluster) if is_narrow(scene, p))
        for draft, end in zip(cluster, ends, strict=True)
    ]
    if sum(map(bool, told)) < _SEVERAL:
        return None
    for at in range(len(told) - 2, -1, -1):
        parts = [places for places, draft in zip(told, cluster, strict=True) if draft.parent is cluster[at]]
        told[at] = told[at] or tuple(dict.fromkeys(place for places in parts for place in places)) or told[at + 1]
    for at in range(1, len(told)):
        told[at] = told[at] or told[at - 1]
    return told


def _clause(scene: Scene, around: Around) -> Stretch:
    """The stretch around a cluster up to where the sentence goes over to another deed."""
    start, stop = around.cluster[0].start, max(draft.stop for draft in around.cluster)
    before = [hit.first for hit in scene.hits(around.sentence.first, start, "relations", "meanwhile")]
    after = next(scene.hits(stop, around.sentence.last, "relations", "meanwhile"), None)
    end = min(after.first if after else around.sentence.last, _next_deed(scene, stop, around.sentence.last))
    return Stretch(before[-1] if before else around.sentence.first, end)


def _next_deed(scene: Scene, stop: int, end: int) -> int:
    """Where, after a count and at a comma, it is told whom else somebody hit (`، واستهدفت …`, `, and … shelled …`)."""
    for hit in scene.hits(stop, end, "agency", "attacks"):
        opening = hit.first if scene.arabic else _and_before(scene, hit.first)
        joined = hit.prefix.startswith("و") if scene.arabic else opening < hit.first
        if joined and scene.norm(opening - 1) in (",", "،"):
            return opening
    return end


def _and_before(scene: Scene, i: int) -> int:
    return next((at for at in range(i - 1, max(0, i - _SUBJECT) - 1, -1) if scene.norm(at) == "and"), i)


def where(scene: Scene, own: tuple[PlaceRef, ...], recalled: tuple[PlaceRef, ...]) -> tuple[PlaceRef, ...]:
    """The places of its own clause; a name that may be no place at all tells less than what was told before."""
    return own if any(is_narrow(scene, place) or is_wide(scene, place) for place in own) else recalled or own


@dataclass(frozen=True, slots=True)
class Site:
    """Where a sentence without counts says that something was done, and what."""

    sentence: int
    places: tuple[PlaceRef, ...]
    methods: frozenset[str]


def settle(scene: Scene, drafts: Sequence[Draft], sites: Sequence[Site]) -> None:
    """Where no narrow place is told with a count or before, the one told right after, before others are counted."""
    counted = sorted({draft.sentence for draft in drafts})
    sites = [site for site in sites if not scene.sentences[site.sentence].apart]
    told = [site for site in sites if any(is_narrow(scene, place) for place in site.places)]
    for draft in drafts:
        if draft.total and not draft.places and not _runs_over(scene, draft):
            draft.places = _told_just_before(draft, drafts, told)
        if draft.total or any(is_narrow(scene, place) for place in draft.places):
            continue
        if draft.parent:
            draft.places = draft.parent.places or draft.places
            continue
        end = next((at for at in counted if at > draft.sentence), len(scene.sentences))
        window = range(draft.sentence + 1, min(end, draft.sentence + _AHEAD + 1))
        after = (site.places for site in told if site.sentence in window and _may_be_of(site, draft))
        draft.places = next(after, ()) or _told_of_the_lead(draft, drafts) or draft.places


def _runs_over(scene: Scene, total: Draft) -> bool:
    """Does the text say over what time it runs?"""
    sentence = scene.sentences[total.sentence]
    said = next(scene.hits(sentence.first, sentence.last, "periods", "total"), None)
    return bool(total.period.start or total.period.words or said)


def _told_just_before(total: Draft, drafts: Sequence[Draft], told: Sequence[Site]) -> tuple[PlaceRef, ...]:
    """A toll without a time and a place of its own is of what the sentence before tells."""
    sites = [site.places for site in told if site.sentence == total.sentence - 1]
    counts = [d.places for d in drafts if d.placed and d.sentence == total.sentence - 1]
    return next(iter((*counts, *sites)), ())


def _told_of_the_lead(lead: Draft, drafts: Sequence[Draft]) -> tuple[PlaceRef, ...]:
    """Where the body counts as many as the headline does, though in words that do not restate it."""
    same = (
        draft.places
        for draft in drafts
        if draft.placed
        and 0 < draft.sentence - lead.sentence <= _AHEAD
        and (draft.outcomes, draft.low, draft.high) == (lead.outcomes, lead.low, lead.high)
    )
    return next(same, ()) if lead.lead and lead.numbered else ()


def _may_be_of(site: Site, draft: Draft) -> bool:
    """May a count be of what a later sentence tells?"""
    return draft.lead or kindred(site.methods, frozenset(draft.methods))


def told_best(scene: Scene, again: Sequence[Draft]) -> tuple[PlaceRef, ...]:
    """Of the places of a count that is told several times: those told beside it, in the body before the headline."""
    ordered = sorted(again, key=lambda draft: (not draft.placed, draft.lead))
    narrow = (draft.places for draft in ordered if any(is_narrow(scene, place) for place in draft.places))
    return next(narrow, None) or next((draft.places for draft in again if draft.places), ())


def is_wide(scene: Scene, place: PlaceRef) -> bool:
    """Is it a country or a region that lies in several units?"""
    return any(candidate in scene.wide for candidate in place.candidates)


def is_narrow(scene: Scene, place: PlaceRef) -> bool:
    """Does it tell more than a country or a wide region, and is a place meant for sure?"""
    first = scene.starts.get(place.span.start) if place.span else None
    match = scene.places_at.get(first) if first is not None else None
    if match is None or first is None or is_wide(scene, place) or scene.norm(first - 1) == "from":
        return False
    announced = place.span is not None and len(place.words) > place.span.end - place.span.start
    return match.strong or announced or scene.norm(first - 1) in PLACE_PREPOSITIONS or scene.norm(first)[0] == "ب"
