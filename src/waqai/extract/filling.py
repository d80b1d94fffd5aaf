"""Circumstances for every count: its own clause first, then its sentence, then what was told just before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from waqai.extract.attribution import Voices
from waqai.extract.circumstances import (
    Around,
    Stretch,
    agents_in,
    day_in,
    localities_in,
    methods_in,
    places_in,
    surroundings,
)
from waqai.extract.drafts import Draft
from waqai.extract.phrases import phrase_at
from waqai.extract.restating import Told, join_restatements
from waqai.extract.scene import Scene
from waqai.model import ActorRef, Period, PlaceRef
from waqai.text.days import period_of

T = TypeVar("T")
_MEMORY = 3
"""Sentences for which what was told stays in mind."""
_THEIR_RANKS = frozenset({"صفوفهم", "صفوفها", "صفوفه", "بصفوفهم", "بصفوفها"})
_PERIOD_REACH = 12
"""Tokens from a number to the words that make it a total."""
_HEADLINE = 40
"""Tokens that a headline has at most."""


@dataclass(slots=True)
class Memory:
    """What the last sentences told of an event."""

    sentence: int = -9
    agents: tuple[ActorRef, ...] = ()
    methods: tuple[str, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    period: Period | None = None
    source: tuple[ActorRef, ...] = ()
    source_sentence: int = -9
    party: bool = False


@dataclass(slots=True)
class _Work:
    scene: Scene
    voices: list[Voices]
    memory: Memory = field(default_factory=Memory)
    told: list[Told] = field(default_factory=list)
    total: Period | None = None
    """The period of the last total, to which `the same period` points."""


def fill(scene: Scene, read: list[list[Draft]], speakers: list[Voices]) -> list[Draft]:
    """Fill in circumstances sentence by sentence, join restatements. Returns all counts in text order."""
    work = _Work(scene, speakers)
    for index, drafts in enumerate(read):
        _sentence(work, index, drafts)
    join_restatements(work.told)
    return [draft for drafts in read for draft in drafts]


def _sentence(work: _Work, index: int, drafts: list[Draft]) -> None:
    scene = work.scene
    sentence = scene.sentences[index]
    _remember_source(work, index)
    for around in surroundings(scene, index, drafts):
        _cluster(work, index, around)
    if not drafts:
        _remember(work, index, Stretch(sentence.first, sentence.last))


def _cluster(work: _Work, index: int, around: Around) -> None:
    scene, voice = work.scene, work.voices[index]
    ordered = around.ordered(scene)
    _refer_back(scene, around)
    victims = [actor for draft in around.cluster for actor in draft.organisations]
    methods = _first(methods_in(scene, stretch) for stretch in ordered)
    agents = _first(agents_in(scene, stretch, victims, voice) for stretch in ordered) or _subject(scene, around, victims)
    places = _places(work, around, ordered, voice)
    day = next((d for stretch in (*ordered, around.sentence) if (d := day_in(scene, stretch))), None)
    period = period_of(day, scene.article.published) if day else None
    if next(scene.hits(around.sentence.first, around.sentence.last, "periods", "same"), None) and work.total:
        period = work.total
    total = _is_total(scene, around, period)
    recalled = _recalled(work, index, total)
    for draft in around.cluster:
        draft.total = draft.total or total
        draft.perpetrators = draft.agents or agents or (recalled.agents if recalled else ())
        draft.perpetrators = tuple(a for a in draft.perpetrators if not _among(a, draft.organisations))
        own = draft.rule.methods if draft.rule else ()
        draft.methods = tuple(dict.fromkeys((*own, *methods))) or (recalled.methods if recalled else ())
        draft.places = places or (recalled.places if recalled else ())
        draft.period = period or (recalled.period if recalled and recalled.period else Period())
        _attribute(work, index, draft)
        draft.evidence = [scene.span(draft.first, draft.last)]
        work.told.append(_told(scene, index, draft, around, ordered))
    memory = work.memory
    lead = around.cluster[0]
    if total and period and period.words:
        work.total = period
    if not total:
        work.memory = Memory(
            index, lead.perpetrators, lead.methods, lead.places, period or (recalled.period if recalled else None),
            memory.source, memory.source_sentence, memory.party,
        )  # fmt: skip


def _first(found: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return next((values for values in found if values), ())


def _among(actor: ActorRef, organisations: tuple[ActorRef, ...]) -> bool:
    """Is this actor the harmed one: the same words, or a name of the same register entry?"""
    return any(
        actor.span == other.span or (actor.candidates and actor.candidates == other.candidates) or actor.words == other.words
        for other in organisations
    )


def _places(work: _Work, around: Around, ordered: tuple[Stretch, ...], voice: Voices) -> tuple[PlaceRef, ...]:
    scene = work.scene
    if around.alone:
        return places_in(scene, around.sentence, voice, around.cluster)
    found = (places_in(scene, stretch, voice, around.cluster) for stretch in ordered)
    return _first(found) or places_in(scene, around.sentence, voice)[:1]


def _told(scene: Scene, index: int, draft: Draft, around: Around, ordered: tuple[Stretch, ...]) -> Told:
    stretches = (around.sentence,) if around.alone else ordered
    localities = frozenset().union(*(localities_in(scene, stretch) for stretch in stretches))
    names = frozenset(c for place in draft.places for c in place.candidates)
    return Told(
        draft,
        index,
        _is_lead(scene, index),
        localities,
        names,
        draft.period.edtf() if draft.period.words else None,
        frozenset(draft.methods),
    )


def _is_lead(scene: Scene, index: int) -> bool:
    """The headline, or the first sentence of a text without one."""
    sentence = scene.sentences[index]
    return index == 0 or (sentence.paragraph == 0 and sentence.last <= _HEADLINE)


def _is_total(scene: Scene, around: Around, period: Period | None) -> bool:
    if any(draft.total for draft in around.cluster):
        return True
    start = around.cluster[0].start
    if period and period.words and (period.open_end or (period.start and period.end and period.start != period.end)):
        return True
    stop = max(draft.stop for draft in around.cluster)
    near = Stretch(max(around.sentence.first, start - _PERIOD_REACH), min(around.sentence.last, stop + _PERIOD_REACH))
    if next(scene.hits(near.first, near.last, "periods", "total"), None):
        return True
    return next(scene.hits(around.sentence.first, around.sentence.last, "periods", "spread", "same"), None) is not None


def _refer_back(scene: Scene, around: Around) -> None:
    """`قتلى في صفوفهم`: the ranks are those of the force named last."""
    draft = around.cluster[-1]
    if draft.organisations or not any(scene.norm(i) in _THEIR_RANKS for i in range(draft.last, draft.last + 3)):
        return
    for i in range(draft.first - 1, around.sentence.first - 1, -1):
        phrase = phrase_at(scene, i, draft.first)
        if phrase and phrase.named:
            whole = phrase_at(scene, i - 2, draft.first) if i - 2 >= around.sentence.first else None
            chosen = whole if whole and whole.last >= phrase.last else phrase
            for member in around.cluster:
                member.organisations, member.classes = chosen.actors, chosen.classes
            return


def _subject(scene: Scene, around: Around, victims: list[ActorRef]) -> tuple[ActorRef, ...]:
    """`يواصل التنظيم … مخلفاً قتلى`: a participle of result speaks of the sentence's subject."""
    start = around.cluster[0].start
    if not any(scene.hit(i, "relations", "result") for i in range(max(around.before.first, start - 3), start + 1)):
        return ()
    harmed = {victim.span for victim in victims}
    for i in range(around.sentence.first, start):
        phrase = phrase_at(scene, i, start)
        if phrase:
            return tuple(actor for actor in phrase.actors if actor.span not in harmed)
    return ()


def _recalled(work: _Work, index: int, total: bool) -> Memory | None:
    if total or index - work.memory.sentence > _MEMORY:
        return None
    return work.memory


def _remember(work: _Work, index: int, stretch: Stretch) -> None:
    """A sentence without counts may tell who did what and where."""
    scene, voice = work.scene, work.voices[index]
    agents = agents_in(scene, stretch, (), voice)
    methods = methods_in(scene, stretch)
    places = places_in(scene, stretch, voice)
    if not (agents or methods):
        return
    day = day_in(scene, stretch)
    memory = work.memory
    work.memory = Memory(
        index, agents or memory.agents, methods or memory.methods, places or memory.places,
        period_of(day, scene.article.published) if day else memory.period,
        memory.source, memory.source_sentence, memory.party,
    )  # fmt: skip


def _remember_source(work: _Work, index: int) -> None:
    voice = work.voices[index]
    if voice.named:
        last = voice.named[-1]
        work.memory.source, work.memory.source_sentence, work.memory.party = (last.source,), index, last.party


def _attribute(work: _Work, index: int, draft: Draft) -> None:
    voice = work.voices[index].of(draft.start)
    if voice:
        draft.source = (voice.source,)
        draft.certainty = "claimed" if voice.party else "stated"
    elif work.voices[index].continues and index - work.memory.source_sentence <= 2:
        draft.source = work.memory.source
        draft.certainty = "claimed" if work.memory.party else "stated"
