"""Statements about events that carry no number: claims of responsibility, strikes, operations."""

from __future__ import annotations

from dataclasses import replace

from waqai.extract.agents import agents_in, longer_before, speaks_only
from waqai.extract.attribution import Voices
from waqai.extract.circumstances import day_in, methods_in, places_in
from waqai.extract.mentions import fuller
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Stretch
from waqai.extract.triggers import needs_met
from waqai.lexicon import Hit
from waqai.model import ActorRef, EventStatement, Period
from waqai.text.days import DayExpression, period_of
from waqai.text.moments import Point

_NEGATION_GAP = 6
_DENIAL_GAP = 10
"""Between a verb of denying and what is denied stands who denies it."""
_NO_OBJECT = frozenset({"by", "in", "at", "on", "during", "for", "since", "after", "and"})
_BE = frozenset({"was", "were", "been", "being", "be", "are", "is"})
_REACH = 5
_BEFORE = 12
_WEAPON_REACH, _WEAPON_BEFORE = 8, 4
_DEED_REACH = 8
_NAME_REACH = 3
_GENERAL = {
    "shelling": ("drone_strike", "airstrike"),
    "attack": ("drone_strike", "airstrike", "shelling", "suicide_bombing", "bombing", "landmine_or_remnant", "ambush"),
}
"""Kinds that a weapon told beside them makes more exact, and to what."""
_TOLD_REACH = 3
"""Sentences back to the attack that a claim is of."""


def events_in(scene: Scene, index: int, voices: Voices, number: int) -> list[EventStatement]:
    """The events of one sentence, each kind once; ids go on from `number`.

    An event needs somebody who did it; one that is told to have happened (`came under fire`) needs a place instead.
    """
    sentence = scene.sentences[index]
    found: dict[str, EventStatement] = {}
    for hit in scene.hits(sentence.first, sentence.last, "events"):
        if hit.term.kind in found or not needs_met(scene, hit, sentence.last) or _not_told(scene, hit, sentence.first):
            continue
        event = _event(scene, hit, index, voices, f"e{number + len(found)}")
        told = event.places if hit.term.role == "happening" else event.actors
        if told and event.kind not in found:
            found[event.kind] = event
    return list(found.values())


def carried_back(scene: Scene, index: int, event: EventStatement, speakers: list[Voices]) -> EventStatement:
    """A claim of `the attack` is of the one told before: its place and day, where the claim names none itself."""
    if event.kind != "claim_of_responsibility" or (event.places and event.period.words):
        return event
    for earlier in range(index - 1, max(-1, index - 1 - _TOLD_REACH), -1):
        sentence = scene.sentences[earlier]
        whole = Stretch(sentence.first, sentence.last)
        verbs = scene.hits(whole.first, whole.last, "agency", "attacks")
        attacked = bool(methods_in(scene, whole)) or next(verbs, None) is not None
        places, day = places_in(scene, whole, speakers[earlier]), day_in(scene, whole)
        if attacked and (places or day):
            period = period_of(day, scene.article.published) if day else Period()
            return replace(event, places=event.places or places, period=event.period if event.period.words else period)
    return event


def _not_told(scene: Scene, hit: Hit, floor: int) -> bool:
    """Is it denied, only wanted, or told by the noun that follows (استهدفت غارات جوية)?"""
    deed = scene.hit(hit.last, "events") if hit.term.kind == "attack" else None
    if deed and deed.term.role == "noun":
        return True
    if hit.term.role == "verb" and (_purpose(scene, hit) or _suffered(scene, hit)):
        return True
    window = range(max(floor, hit.first - _NEGATION_GAP), hit.first + 1)
    if any(scene.hit(i, "negation", "negation", "hypothetical", "speech") for i in window):
        return True
    return any(scene.hit(i, "negation", "denial") for i in range(max(floor, hit.first - _DENIAL_GAP), hit.first + 1))


def _purpose(scene: Scene, hit: Hit) -> bool:
    """`لشن هجمات`, `to launch an attack`: what somebody wants, not what was done."""
    return scene.norm(hit.first).startswith("ل") if scene.arabic else scene.norm(hit.first - 1) == "to"


def _suffered(scene: Scene, hit: Hit) -> bool:
    """`attacked by settlers`, `nationals detained in the north`: the one named before did not do it."""
    if scene.arabic or hit.last - hit.first > 1:
        return False
    return scene.norm(hit.last) in _NO_OBJECT or any(scene.norm(hit.first - back) in _BE for back in (1, 2))


def _event(scene: Scene, hit: Hit, index: int, voices: Voices, local_id: str) -> EventStatement:
    sentence = scene.sentences[index]
    whole = Stretch(sentence.first, sentence.last)
    following = next((h.first for h in scene.hits(hit.last, sentence.last, "events")), sentence.last)
    own, rest, before = (
        Stretch(hit.first, following),
        Stretch(hit.first, sentence.last),
        Stretch(whole.first, hit.first),
    )
    actors = _actors(scene, hit, whole, voices)
    claim = hit.term.kind == "claim_of_responsibility"
    voice = voices.of(hit.first)
    day = _day(scene, rest, before)
    about = (
        next((m for m in methods_in(scene, Stretch(hit.last, sentence.last))), hit.term.about)
        if claim
        else hit.term.about
    )
    return EventStatement(
        id=local_id,
        evidence=(scene.span(hit.first, min(hit.last + _REACH, sentence.last)),),
        sentence=scene.span(sentence.first, sentence.last),
        kind=_kind(scene, hit, whole),
        about=about,
        actors=tuple(fuller(scene, actor, scene.state_forces) for actor in actors),
        targets=_targets(scene, hit, whole),
        places=next((found for part in (own, rest, before) if (found := places_in(scene, part, voices))), ()),
        period=period_of(day, scene.article.published) if day else Period(),
        source=_claimed_through(scene, whole, actors) if claim else (voice.source,) if voice and voice.source else (),
        certainty="claimed" if claim else "stated",
    )


def _day(scene: Scene, rest: Stretch, before: Stretch) -> DayExpression | None:
    """The date that the sentence gives, else the time told after the words, else before them."""
    told = [day for stretch in (rest, before) if (day := day_in(scene, stretch))]
    return next((day for day in told if _is_date(day)), told[0] if told else None)


def _is_date(day: DayExpression) -> bool:
    return isinstance(day.when, Point) and bool(day.when.month and day.when.day)


def _kind(scene: Scene, hit: Hit, whole: Stretch) -> str:
    """The weapon told beside a general word says which kind it was (قصفت مقاتلات، استهدفت المدينة بالمدفعية)."""
    said = hit.term.kind or ""
    if said not in _GENERAL or (said == "shelling" and hit.last - hit.first > 1):
        return said
    reach = range(hit.last, min(hit.last + _WEAPON_REACH, whole.last))
    ends = next((i for i in reach if _stops(scene, i)), reach.stop)
    deed = _deed_before(scene, hit, whole)
    before = Stretch(deed.first if deed else max(whole.first, hit.first - _WEAPON_BEFORE), hit.first)
    for stretch in (Stretch(hit.last, max(hit.last, ends)), before):
        exact = [method for method in methods_in(scene, stretch) if method in _GENERAL[said]]
        if exact:
            return exact[0]
    return said


def _stops(scene: Scene, i: int) -> bool:
    return scene.tokens[i].kind in ("mark", "break") or scene.hit(i, "events") is not None


def _deed_before(scene: Scene, hit: Hit, whole: Stretch) -> Hit | None:
    """`غارة إسرائيلية استهدفت مزرعة`: what the verb says, it says of the deed named before it, not of an actor."""
    if not scene.arabic or hit.term.role != "verb" or hit.prefix:
        return None
    floor = max(whole.first, hit.first - _DEED_REACH)
    marks = (i + 1 for i in range(hit.first - 1, floor - 1, -1) if scene.tokens[i].kind in ("mark", "break"))
    deeds = list(scene.hits(next(marks, floor), hit.first, "methods"))
    subject = hit.term.kind != "attack" and phrase_at(scene, hit.last, whole.last) is not None
    return deeds[-1] if deeds and not subject else None


def _claimed_through(scene: Scene, whole: Stretch, actors: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """A claim is the claimant's own word; where it names the channel, the channel's words stand for the source."""
    for channel in scene.hits(whole.first, whole.last, "attribution", "channel"):
        span = scene.span(channel.first, channel.last)
        claimant = actors[0] if actors else ActorRef("")
        return (replace(claimant, words=span.of(scene.article.text), span=span),)
    return actors


def _actors(scene: Scene, hit: Hit, whole: Stretch, voices: Voices) -> tuple[ActorRef, ...]:
    """Who did it: named within the words, right beside them, then in their half of the sentence.

    Who is named beside a blast was hit by it more often than not (انفجرت عبوة بسيارة تابعة لقوات النظام).
    """
    if hit.term.role == "happening":
        rest = Stretch(hit.first, whole.last)
        return () if hit.term.kind == "bombing" else agents_in(scene, rest, (), (), voices)
    inside = next((p for i in range(hit.first, hit.last) if (p := phrase_at(scene, i, whole.last))), None)
    if inside:
        return inside.actors
    if hit.term.role == "noun":
        halves = (Stretch(hit.first, whole.last), Stretch(whole.first, hit.last), whole)
        found = next((a for half in halves if (a := agents_in(scene, half, (), (), voices))), ())
        if found:
            return found
    deed = _deed_before(scene, hit, whole)
    if deed:
        return agents_in(scene, Stretch(deed.first, hit.first), (), (), voices)
    if scene.norm(hit.first - 1) == "and":
        return agents_in(scene, Stretch(whole.first, hit.first), (), (), voices)
    after = None if hit.first in scene.actor_ends else _doer_after(scene, hit, whole)
    found = after.actors if after else _subject(scene, hit, whole)
    return found if found or scene.arabic else agents_in(scene, whole, (), (), voices)


def _doer_after(scene: Scene, hit: Hit, whole: Stretch) -> Phrase | None:
    """The subject right after an Arabic verb; past `على` or a target stands who suffered it."""
    for i in range(hit.last, min(hit.last + 3, whole.last)) if scene.arabic else ():
        if scene.norm(i) == "علي" or scene.hit(i, "agency", "target", "against"):
            return None
        phrase = phrase_at(scene, i, whole.last)
        if phrase:
            return phrase
    return None


def _subject(scene: Scene, hit: Hit, whole: Stretch) -> tuple[ActorRef, ...]:
    """The actor named last before the words (أعلن داعش، الأحد، مسؤوليته)."""
    for i in range(hit.first - 1, max(whole.first, hit.first - _BEFORE) - 1, -1):
        phrase = phrase_at(scene, i, hit.first)
        if phrase and not speaks_only(scene, phrase):
            return (longer_before(scene, phrase, max(whole.first, i - _NAME_REACH), hit.first) or phrase).actors
    return ()


def _targets(scene: Scene, hit: Hit, whole: Stretch) -> tuple[ActorRef, ...]:
    for target in scene.hits(hit.last, whole.last, "agency", "target"):
        for i in range(target.last, min(target.last + 3, whole.last)):
            phrase = phrase_at(scene, i, whole.last)
            if phrase:
                return phrase.actors
    return ()
