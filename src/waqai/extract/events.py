"""Statements about events that carry no number: claims of responsibility, strikes, operations."""

from __future__ import annotations

from dataclasses import replace

from waqai.extract.agents import agents_in, speaks_only
from waqai.extract.attribution import Voices
from waqai.extract.circumstances import day_in, methods_in, places_in
from waqai.extract.mentions import fuller
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Stretch
from waqai.lexicon import Hit
from waqai.model import ActorRef, EventStatement, Period
from waqai.text.days import period_of

_NEGATION_GAP = 6
_DENIAL_GAP = 10
"""Between a verb of denying and what is denied stands who denies it."""
_NO_OBJECT = frozenset({"by", "in", "at", "on", "during", "for", "since", "after", "and"})
_BE = frozenset({"was", "were", "been", "being", "be", "are", "is"})
_REACH = 5
_BEFORE = 12
_TOLD_REACH = 3
"""Sentences back to the attack that a claim is of."""


def events_in(scene: Scene, index: int, voices: Voices, number: int) -> list[EventStatement]:
    """The events of one sentence, each kind once; ids go on from `number`."""
    sentence = scene.sentences[index]
    found: dict[str, EventStatement] = {}
    for hit in scene.hits(sentence.first, sentence.last, "events"):
        if hit.term.kind in found or _negated(scene, hit, sentence.first):
            continue
        event = _event(scene, hit, index, voices, f"e{number + len(found)}")
        if event.actors:
            found[hit.term.kind or ""] = event
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


def _negated(scene: Scene, hit: Hit, floor: int) -> bool:
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
    actors = _actors(scene, hit, whole, voices)
    claim = hit.term.kind == "claim_of_responsibility"
    voice = voices.of(hit.first)
    day = day_in(scene, whole)
    about = (
        next((m for m in methods_in(scene, Stretch(hit.last, sentence.last))), hit.term.about)
        if claim
        else hit.term.about
    )
    return EventStatement(
        id=local_id,
        evidence=(scene.span(hit.first, min(hit.last + _REACH, sentence.last)),),
        sentence=scene.span(sentence.first, sentence.last),
        kind=hit.term.kind or "",
        about=about,
        actors=tuple(fuller(scene, actor, scene.state_forces) for actor in actors),
        targets=_targets(scene, hit, whole),
        places=places_in(scene, whole, voices),
        period=period_of(day, scene.article.published) if day else Period(),
        source=_claimed_through(scene, whole, actors) if claim else (voice.source,) if voice and voice.source else (),
        certainty="claimed" if claim else "stated",
    )


def _claimed_through(scene: Scene, whole: Stretch, actors: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """A claim is the claimant's own word; where it names the channel, the channel's words stand for the source."""
    for channel in scene.hits(whole.first, whole.last, "attribution", "channel"):
        span = scene.span(channel.first, channel.last)
        claimant = actors[0] if actors else ActorRef("")
        return (replace(claimant, words=span.of(scene.article.text), span=span),)
    return actors


def _actors(scene: Scene, hit: Hit, whole: Stretch, voices: Voices) -> tuple[ActorRef, ...]:
    inside = next((p for i in range(hit.first, hit.last) if (p := phrase_at(scene, i, whole.last))), None)
    if inside:
        return inside.actors
    if hit.term.role == "noun" or not scene.arabic:
        found = agents_in(scene, whole, (), (), voices)
        if found:
            return found
    after = _doer_after(scene, hit, whole)
    return after.actors if after else _subject(scene, hit, whole)


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
            longer = phrase_at(scene, i - 1, hit.first) if i > whole.first else None
            return (longer or phrase).actors
    return ()


def _targets(scene: Scene, hit: Hit, whole: Stretch) -> tuple[ActorRef, ...]:
    for target in scene.hits(hit.last, whole.last, "agency", "target"):
        for i in range(target.last, min(target.last + 3, whole.last)):
            phrase = phrase_at(scene, i, whole.last)
            if phrase:
                return phrase.actors
    return ()
