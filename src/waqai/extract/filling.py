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
from waqai.extract.restating import Told, join_restatements
from waqai.extract.scene import Scene
from waqai.model import ActorRef, Period, PlaceRef
from waqai.text.days import period_of

T = TypeVar("T")
_MEMORY = 3
"""Sentences for which what was told stays in mind."""
_LEAD = 1
"""Paragraphs that are a headline."""


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
    total: Draft | None = None
    total_sentence: int = -99


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
    victims = [actor for draft in around.cluster for actor in draft.organisations]
    methods = _first(methods_in(scene, stretch) for stretch in ordered)
    agents = _first(agents_in(scene, stretch, victims, voice) for stretch in ordered)
    places = _places(work, around, ordered, voice)
    day = next((d for stretch in (*ordered, around.sentence) if (d := day_in(scene, stretch))), None)
    period = period_of(day, scene.article.published) if day else None
    total = _is_total(scene, around, period)
    recalled = _recalled(work, index, total)
    for draft in around.cluster:
        draft.total = draft.total or total
        draft.perpetrators = draft.agents or agents or (recalled.agents if recalled else ())
        draft.perpetrators = tuple(a for a in draft.perpetrators if a.span not in {o.span for o in draft.organisations})
        own = draft.rule.methods if draft.rule else ()
        draft.methods = tuple(dict.fromkeys((*own, *methods))) or (recalled.methods if recalled else ())
        draft.places = places or (recalled.places if recalled else ())
        draft.period = period or (recalled.period if recalled and recalled.period else Period())
        _attribute(work, index, draft)
        draft.evidence = [scene.span(draft.first, draft.last)]
        work.told.append(_told(scene, index, draft, around, ordered))
    memory = work.memory
    lead = around.cluster[0]
    if not total:
        work.memory = Memory(
            index, lead.perpetrators, lead.methods, lead.places, period or (recalled.period if recalled else None),
            memory.source, memory.source_sentence, memory.party,
        )  # fmt: skip


def _first(found: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return next((values for values in found if values), ())


def _places(work: _Work, around: Around, ordered: tuple[Stretch, ...], voice: Voices) -> tuple[PlaceRef, ...]:
    scene = work.scene
    if around.alone:
        return places_in(scene, around.sentence, voice)
    return _first(places_in(scene, stretch, voice) for stretch in ordered) or places_in(scene, around.sentence, voice)[:1]


def _told(scene: Scene, index: int, draft: Draft, around: Around, ordered: tuple[Stretch, ...]) -> Told:
    stretches = (around.sentence,) if around.alone else ordered
    localities = frozenset().union(*(localities_in(scene, stretch) for stretch in stretches))
    names = frozenset(c for place in draft.places for c in place.candidates)
    return Told(
        draft,
        index,
        scene.sentences[index].paragraph < _LEAD,
        localities,
        names,
        draft.period.edtf() if draft.period.words else None,
        frozenset(draft.methods),
    )


def _is_total(scene: Scene, around: Around, period: Period | None) -> bool:
    if any(draft.total for draft in around.cluster):
        return True
    start = around.cluster[0].start
    if period and period.words and (period.open_end or (period.start and period.end and period.start != period.end)):
        return True
    window = Stretch(max(around.sentence.first, start - 12), around.sentence.last)
    return next(scene.hits(window.first, window.last, "periods", "total"), None) is not None


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
