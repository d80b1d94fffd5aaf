"""What was told so far, and what of it still holds for what is told now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from waqai.extract.agents import agents_in
from waqai.extract.attribution import Attribution, Voices
from waqai.extract.carrying import Doing
from waqai.extract.circumstances import day_in, methods_in, places_in
from waqai.extract.drafts import Draft
from waqai.extract.locating import Site
from waqai.extract.restating import Told
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Stretch
from waqai.model import ActorRef, Day, Period, PlaceRef
from waqai.text.days import DayExpression, in_year, period_of

_MEMORY = 3
"""Sentences for which what was told stays in mind."""
_EARLY = 5
"""Sentences within which the main event is told."""
_WEEK = 7
_SINCE = frozenset({"منذ", "since"})
_SINCE_REACH = 8
"""Tokens from `since` to the date of what has been since (منذ تدخل التحالف في آذار 2015)."""
_BEFORE = frozenset({"كان", "كانت", "كانوا", "يذكر", "يشار", "سبق"})


@dataclass(slots=True)
class Memory:
    """What was told of an event, and in which sentence."""

    sentence: int = -9
    agents: tuple[ActorRef, ...] = ()
    methods: tuple[str, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    period: Period | None = None
    total: bool = False
    harmed: tuple[ActorRef, ...] = ()
    classes: frozenset[str] = frozenset()
    """Who was harmed, by which one tells the sides of a fight apart."""
    anew: bool = False
    """Is what is told now another attack than this one?"""


@dataclass(slots=True)
class Work:
    """A text as it is gone through, sentence by sentence."""

    scene: Scene
    voices: list[Voices]
    written: Day | None
    """The day of writing: of publication, or the one that the text gives itself."""
    years: dict[int, int] = field(default_factory=dict)
    """The years that the text gives to months, where the day of writing is not known."""
    memory: Memory = field(default_factory=Memory)
    last_total: Memory | None = None
    since: Memory | None = None
    """The last stretch of time that a sentence without counts names."""
    lead: Period | None = None
    """The first single day that a count was given: the day of the main event."""
    hint: Period | None = None
    """The first day of the last week that a sentence without counts gives to a deed."""
    voice: Attribution | None = None
    spoke: int = -9
    told: list[Told] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    """Who is said to have done what in sentences without counts."""
    sites: list[Site] = field(default_factory=list)
    """Where sentences without counts say that something was done."""
    sentence: list[Draft] = field(default_factory=list)
    """The counts of the sentence at hand."""


def laid_out(work: Work, day: DayExpression) -> Period:
    """The period that a time expression gives, seen from the day of writing."""
    period = period_of(in_year(day, work.years), work.written)
    since = any(work.scene.norm(i) in _SINCE for i in range(day.first - _SINCE_REACH, day.first))
    begins = since and not day.is_period and period.start is not None
    return replace(period, end=None, open_end=True) if begins else period


def is_elsewhere(work: Work, own: Memory, *, anew: bool) -> bool:
    """Is another attack told than the one before, in another place?"""
    before = work.memory.places
    return anew and bool(own.places) and bool(before) and not _share(own.places, before)


def keep(work: Work, draft: Draft, own: Memory, index: int, *, background: bool) -> None:
    """Remember the event just told; a total apart from the incidents."""
    kept = Memory(
        index,
        draft.perpetrators,
        draft.methods,
        draft.places,
        draft.period,
        draft.total,
        draft.organisations,
        draft.classes,
    )
    if draft.total:
        work.last_total = kept
    else:
        work.memory = kept
        day = own.period if own.period and own.period.start and own.period.start == own.period.end else None
        if work.lead is None and day and not background and not _beside(work.scene, day):
            work.lead = day


def _beside(scene: Scene, period: Period) -> bool:
    """Is it a day counted from another (`a day earlier`), which cannot be the main event's?"""
    first = scene.starts.get(period.span.start) if period.span else None
    return first in scene.days_at and scene.days_at[first].is_beside


def recalls(scene: Scene, index: int) -> bool:
    """`وكانت غارة قد …`, `يذكر أن`: does the sentence go back to what was before?"""
    return scene.arabic and scene.norm(scene.sentences[index].first).removeprefix("و") in _BEFORE


def recalled_for(work: Work, index: int, draft: Draft, own: Memory, *, total: bool, anew: bool) -> Memory:
    """What was told before and still holds for this count."""
    whole = draft.parent
    if whole is not None:
        return Memory(index, whole.perpetrators, whole.methods, whole.places, whole.period, whole.total)
    if work.scene.sentences[index].item and work.last_total:
        return work.last_total
    if total:
        return _over_that_time(work, index) or Memory(index)
    memory = work.memory
    if index - memory.sentence > _MEMORY:
        return Memory(index, period=work.lead)
    elsewhere = bool(own.places) and bool(memory.places) and not _share(own.places, memory.places)
    if anew or elsewhere:
        period = None if recalls(work.scene, index) else memory.period or work.lead
        return Memory(index, places=memory.places, period=period)
    return memory


def _over_that_time(work: Work, index: int) -> Memory | None:
    """The stretch of time told before; and all that was told of it, where it is `these attacks` that did the harm."""
    since, sentence = work.since, work.scene.sentences[index]
    if since is None or index - since.sentence > _MEMORY:
        return None
    these = next(work.scene.hits(sentence.first, sentence.last, "periods", "same"), None)
    return since if these and index == since.sentence + 1 else Memory(index, period=since.period)


def _share(one: tuple[PlaceRef, ...], other: tuple[PlaceRef, ...]) -> bool:
    return bool(_candidates(one) & _candidates(other))


def _candidates(places: tuple[PlaceRef, ...]) -> frozenset[str]:
    return frozenset(candidate for place in places for candidate in place.candidates)


def remember(work: Work, index: int, stretch: Stretch) -> None:
    """A sentence without counts may tell who did what and where."""
    scene, voice = work.scene, work.voices[index]
    agents = agents_in(scene, stretch, (), (), voice)
    methods = methods_in(scene, stretch)
    if not (agents or methods) or opens_with_source(scene, index):
        return
    places = places_in(scene, stretch, voice)
    day = day_in(scene, stretch)
    work.sites.append(Site(index, places, frozenset(methods)))
    denied = next(scene.hits(stretch.first, stretch.last, "negation", "denial"), None)
    if agents and not denied:
        near = _candidates(places)
        work.doings.append(Doing(index, agents, methods, claim=_claims(scene, stretch), near=near))
    memory = work.memory
    laid = laid_out(work, day) if day else None
    period = laid if laid and _is_a_day(laid) else memory.period
    if day and laid and day.is_period and laid.start and laid.start != laid.end:
        work.since = Memory(index, agents, methods, places, laid, total=True)
        if _counts_deeds(scene, stretch):
            work.memory = Memory(index, agents, methods, places, laid, total=True)
            return
    if work.hint is None and index < _EARLY and day and not day.is_beside and _recent(work, laid_out(work, day)):
        work.hint = laid_out(work, day)
    work.memory = Memory(index, agents or memory.agents, methods or memory.methods, places or memory.places, period)


def _claims(scene: Scene, sentence: Stretch) -> bool:
    """Does it tell who is held responsible for what was told before?"""
    return next(scene.hits(sentence.first, sentence.last, "agency", "blames", "claims"), None) is not None


def note_deed(work: Work, index: int, sentence: Stretch) -> None:
    """What a sentence tells of somebody other than who harmed those that it counts."""
    scene, voice = work.scene, work.voices[index]
    agents = agents_in(scene, sentence, (), work.sentence, voice)
    if not agents or next(scene.hits(sentence.first, sentence.last, "negation", "denial"), None):
        return
    day = day_in(scene, sentence)
    where = _candidates(places_in(scene, sentence, voice))
    when = laid_out(work, day).edtf() if day else None
    work.doings.append(Doing(index, agents, methods_in(scene, sentence), where, when, _claims(scene, sentence)))


def _is_a_day(period: Period) -> bool:
    """Is it one day or month, or one that is only words (a weekday of an unknown week)?"""
    return period.start == period.end and (period.start is None or period.start.month is not None)


def _counts_deeds(scene: Scene, stretch: Stretch) -> bool:
    """`منذ مطلع العام نحو 400 هجوم`: what is counted over the period are attacks, and what follows is their toll."""
    numbers = (scene.numbers_at[i] for i in range(stretch.first, stretch.last) if i in scene.numbers_at)
    return any(scene.hit(number.last, "methods") for number in numbers if not scene.in_day(number.first))


def _recent(work: Work, period: Period) -> bool:
    """Is it one day of the week before the day of writing?"""
    day, written = period.start, work.written
    if written is None or written.day is None or day is None or day.day is None or day != period.end:
        return False
    return 0 <= (written.first() - day.first()).days < _WEEK


def opens_with_source(scene: Scene, index: int) -> bool:
    """`According to …`: does the sentence begin with who says so?"""
    return scene.hit(scene.sentences[index].first, "attribution", "according") is not None
