"""Circumstances for every count: its own clause first, then its sentence, then what was told just before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from waqai.extract.agents import agents_in, speaks_only, tells_anew
from waqai.extract.allegiance import likely_own_people, own_people
from waqai.extract.attribution import Attribution, Voices
from waqai.extract.carrying import Doing, carry, unnamed
from waqai.extract.circumstances import day_in, localities_in, methods_in, places_in
from waqai.extract.doubts import doubt
from waqai.extract.drafts import Draft
from waqai.extract.groups import MEMBERS
from waqai.extract.locating import Site, is_narrow, places_apart, places_around, settle, where
from waqai.extract.mentions import full_mentions, fuller
from waqai.extract.persons import name_after
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.restating import Told, join_restatements
from waqai.extract.scene import Scene
from waqai.extract.sides import theirs, with_side
from waqai.extract.surroundings import Around, Stretch, surroundings
from waqai.model import ActorRef, Certainty, Day, Period, PlaceRef
from waqai.text.days import DayExpression, in_year, period_of, written_on, years_told

T = TypeVar("T")
_VOICE_MEMORY = 2
_MEMORY = 3
"""Sentences for which what was told stays in mind."""
_THEIR_RANKS = frozenset({"صفوفهم", "صفوفها", "صفوفه", "بصفوفهم", "بصفوفها"})
_PERIOD_REACH = 12
"""Tokens from a number to the words that make it a total."""
_THAT_THEY = frozenset({"انه", "انها", "بانه", "بانها", "it", "they", "انهم"})
_DATELINE = 4
"""Tokens within which the date of writing opens a text."""
_EARLY = 5
"""Sentences within which the main event is told."""
_WEEK = 7
_OPENING = 3
_AIR = frozenset({"airstrike", "drone_strike"})
_BETTER: Mapping[str, frozenset[str]] = {
    "attack": _AIR | {"shelling", "bombing", "suicide_bombing", "shooting", "clash", "ambush", "raid", "stabbing"},
    "shelling": _AIR,
    "other": frozenset({"bombing", "suicide_bombing", "landmine_or_remnant"}),
}
"""What was told before by a better word than `attack`, `bombardment` (قصف) and `explosion`."""
_SINCE = frozenset({"منذ", "since"})
_SINCE_REACH = 8
"""Tokens from `since` to the date of what has been since (منذ تدخل التحالف في آذار 2015)."""
_WAS = frozenset({"كان", "كانت"})
_BEFORE = _WAS | {"يذكر", "يشار", "سبق", "كانوا"}
_DEEPEST = 6
"""Places of the register that lie one within the other, from a village to its country."""
_HEADLINE = 40
"""Tokens that a headline has at most."""


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
class _Work:
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


def fill(scene: Scene, read: list[list[Draft]], speakers: list[Voices]) -> list[Draft]:
    """Fill in circumstances sentence by sentence, join restatements. Returns all counts in text order."""
    written = _dateline(scene) or scene.article.published or written_on(list(scene.days_at.values()), scene.tokens)
    work = _Work(scene, speakers, written, {} if written else years_told(list(scene.days_at.values())))
    for index, drafts in enumerate(read):
        _sentence(work, index, drafts)
    doubt(scene, [draft for drafts in read for draft in drafts if draft.outcomes])
    join_restatements(work.told)
    settle(scene, [draft for drafts in read for draft in drafts if draft.outcomes], work.sites)
    carry(scene, [draft for drafts in read for draft in drafts if draft.outcomes], work.doings)
    full = full_mentions(scene, [draft for drafts in read for draft in drafts])
    for draft in (draft for drafts in read for draft in drafts):
        _date(work, draft)
        draft.perpetrators = tuple(fuller(scene, actor, full) for actor in draft.perpetrators)
    return [draft for drafts in read for draft in drafts if draft.outcomes]


def _dateline(scene: Scene) -> Day | None:
    """The full date with which a text opens (`Sun Feb 21 2016 Twin bomb attacks …`)."""
    for first, day in scene.days_at.items():
        if first < _DATELINE and day.is_anchor:
            period = period_of(day, None)
            return period.start if period.start == period.end else None
    return None


def _date(work: _Work, draft: Draft) -> None:
    """Without any word of time an incident is of the main event's day, or of the day of writing.

    What is recalled without a time is of no known day.
    """
    if draft.period.words or draft.period.start or draft.total or work.written is None:
        return
    if work.scene.arabic and _recalls(work.scene, draft.sentence):
        return
    draft.period = work.lead or work.hint or Period(work.written, work.written)


def _sentence(work: _Work, index: int, drafts: list[Draft]) -> None:
    scene = work.scene
    sentence = scene.sentences[index]
    _remember_source(work, index)
    before = work.memory
    if sentence.apart:
        work.memory = Memory()
    work.sentence = drafts
    for around in surroundings(scene, index, drafts):
        _cluster(work, index, around)
    whole = Stretch(sentence.first, sentence.last)
    if not drafts:
        _remember(work, index, whole)
    else:
        _note_deed(work, index, whole)
    if sentence.apart:
        work.memory = before


def _cluster(work: _Work, index: int, around: Around) -> None:
    scene, voice = work.scene, work.voices[index]
    ordered = _telling(scene, around)
    _refer_back(scene, around)
    _own_people(work, index, around)
    victims = [actor for draft in around.cluster for actor in draft.organisations]
    harm = frozenset(d.trigger[0] for d in work.sentence if d.trigger and d.rule and d.rule.role == "noun")
    own = Memory(
        index,
        _first(agents_in(scene, stretch, around.cluster, work.sentence, voice) for stretch in ordered)
        or _subject(scene, around, victims),
        _first(methods_in(scene, stretch, harm) for stretch in ordered),
        places_around(scene, around, ordered, voice),
        _period(work, around, ordered),
    )
    standing = _standing(scene, around)
    total = _is_total(scene, around, ordered, own)
    anew = tells_anew(scene, ordered)
    how = own.methods or any(_by_its_word(scene, draft) for draft in around.cluster)
    if not how and any(next(scene.hits(s.first, s.last, "negation", "accident"), None) for s in ordered):
        for draft in around.cluster:
            draft.outcomes = ()
        return
    apart = places_apart(scene, around, voice)
    for position, draft in enumerate(around.cluster):
        own.places = apart[position] if apart else own.places
        recalled = replace(
            _recalled(work, index, draft, own, total=total or standing, anew=anew),
            anew=anew or _in_return(scene, around.sentence),
        )
        _complete(work, index, draft, own, recalled, total)
        if not any(part.parent is draft for part in work.sentence):
            with_side(scene, around.sentence, draft, work.sentence)
        _attribute(work, index, draft)
        draft.standing = standing
        draft.lead = _is_lead(scene, index)
        draft.evidence = [scene.span(draft.first, draft.last)]
        work.told.append(_told(scene, index, draft, around, own.places))
    _sides(around)
    _keep(work, around.cluster[0], own, index, background=_recalls(scene, index) or _elsewhere(work, own, anew=anew))


def _telling(scene: Scene, around: Around) -> tuple[Stretch, ...]:
    """The stretches that tell how it happened; the whole sentence where none beside the counts does."""
    near = around.ordered(scene)
    return near if any(methods_in(scene, stretch) for stretch in near) else (*near, around.sentence)


def _period(work: _Work, around: Around, ordered: tuple[Stretch, ...]) -> Period | None:
    scene = work.scene
    if next(scene.hits(around.sentence.first, around.sentence.last, "periods", "same"), None) and work.last_total:
        return work.last_total.period
    days = (
        day_in(scene, stretch, last=scene.arabic and stretch is around.before)
        for stretch in (*ordered, around.sentence)
    )
    day = next((d for d in days if d), None)
    return _laid(work, day) if day else None


def _laid(work: _Work, day: DayExpression) -> Period:
    period = period_of(in_year(day, work.years), work.written)
    since = any(work.scene.norm(i) in _SINCE for i in range(day.first - _SINCE_REACH, day.first))
    begins = since and not day.is_period and period.start is not None
    return replace(period, end=None, open_end=True) if begins else period


def _complete(work: _Work, index: int, draft: Draft, own: Memory, recalled: Memory, total: bool) -> None:
    """A slot is what the own clause says, else what is recalled."""
    draft.total = draft.total or total or recalled.total
    said = (*(draft.rule.methods if draft.rule else ()), *_by_its_word(work.scene, draft))
    told = recalled.methods if _told_better(own.methods, recalled.methods, anew=recalled.anew) else own.methods
    draft.methods = tuple(dict.fromkeys((*said, *told))) or recalled.methods
    draft.placed = any(is_narrow(work.scene, place) for place in own.places)
    draft.places = where(work.scene, own.places, recalled.places)
    doers = tuple(actor for actor in draft.agents or own.agents if not own_people(work.scene, actor, draft))
    draft.perpetrators = doers or _first(
        tuple(actor for actor in agents if not likely_own_people(work.scene, actor, draft))
        for agents in (_announcer(work, index, draft), _recalled_agents(work.scene, draft, own, recalled))
    )
    draft.period = own.period or recalled.period or Period()


def _in_return(scene: Scene, stretch: Stretch) -> bool:
    """`رداً على الهجوم`: the attack told before is why it was done, not how."""
    return any(scene.hit(hit.last, "methods") for hit in scene.hits(stretch.first, stretch.last, "negation", "speech"))


def _by_its_word(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """`تصفية 3 جنود`: what its own word of harm says of how."""
    return methods_in(scene, Stretch(*draft.trigger)) if draft.trigger else ()


def _told_better(own: tuple[str, ...], recalled: tuple[str, ...], *, anew: bool) -> bool:
    """`أسفر الهجوم عن …`, `خلف القصف …`: with the article it is the drone strike told before."""
    if anew or not own or not recalled:
        return False
    better = next((better for kind, better in _BETTER.items() if {*own} == {kind}), frozenset[str]())
    return not {*own} & {*recalled} and bool(better & {*recalled})


def _recalled_agents(scene: Scene, draft: Draft, own: Memory, recalled: Memory) -> tuple[ActorRef, ...]:
    """Who did it before, unless those harmed now are of the other side: then it was those harmed before."""
    fighters = bool(draft.classes) and "civilian" not in draft.classes
    other_side = (
        recalled.harmed and not _shared(draft.organisations, recalled.harmed) and draft.classes != recalled.classes
    )
    if fighters and other_side and "clash" in draft.methods:
        return recalled.harmed
    another = draft.placed and own.methods and draft.parent is None
    return () if another and any(unnamed(scene, actor) for actor in recalled.agents) else recalled.agents


def _shared(one: tuple[ActorRef, ...], other: tuple[ActorRef, ...]) -> bool:
    return any(_among(actor, other) for actor in one)


def _announcer(work: _Work, index: int, draft: Draft) -> tuple[ActorRef, ...]:
    """A force that announces the dead of its enemy killed them (أعلن الجيش مقتل 3 من مسلحي التنظيم)."""
    voice = work.voices[index].of(draft.start)
    if voice and draft.trigger and draft.rule and draft.rule.role in ("either", "active"):
        before = work.scene.norm(draft.trigger[0] - 1)
        if before in _THAT_THEY:
            return (voice.source,)
    if voice is None or voice.outlet:
        return ()
    enemy = "jihadist" in draft.classes or any(actor.candidates for actor in draft.organisations)
    arrests = draft.outcomes == ("captured",) and "arrest" in draft.methods
    return (voice.source,) if (voice.party and enemy) or (arrests and _fights(work.scene, voice)) else ()


def _fights(scene: Scene, voice: Attribution) -> bool:
    """Does a force speak, rather than who only tells of it?"""
    known = [scene.known[i] for i in voice.source.candidates if i in scene.known and i not in scene.watchers]
    return voice.party or any(actor.victim_class not in (None, "civilian") for actor in known)


def _elsewhere(work: _Work, own: Memory, *, anew: bool) -> bool:
    """Is another attack told than the one before, in another place?"""
    before = work.memory.places
    return anew and bool(own.places) and bool(before) and not _share(own.places, before)


def _keep(work: _Work, draft: Draft, own: Memory, index: int, *, background: bool) -> None:
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
        if work.lead is None and day and not background:
            work.lead = day


def _first(found: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return next((values for values in found if values), ())


def _among(actor: ActorRef, organisations: tuple[ActorRef, ...]) -> bool:
    """Is this actor the harmed one: the same words, or a name of the same register entry?"""
    return any(
        actor.span == other.span
        or (actor.candidates and actor.candidates == other.candidates)
        or actor.words == other.words
        for other in organisations
    )


def around_of(scene: Scene, place: str) -> Iterator[str]:
    """The places in which a place lies, the nearest first."""
    for _ in range(_DEEPEST):
        parent = scene.parents.get(place)
        if parent is None:
            return
        yield parent
        place = parent


def _told(scene: Scene, index: int, draft: Draft, around: Around, places: tuple[PlaceRef, ...]) -> Told:
    stretches = (around.sentence,) if around.alone else around.ordered(scene)
    own = frozenset(c for place in places for c in place.candidates) - scene.wide
    return Told(
        draft,
        index,
        _is_lead(scene, index),
        localities=frozenset().union(*(localities_in(scene, stretch) for stretch in stretches)),
        places=frozenset(c for place in draft.places for c in place.candidates),
        own=own,
        around=own.union(*(around_of(scene, place) for place in own)),
        when=draft.period if draft.period.words else Period(),
        methods=frozenset(draft.methods),
        names=_name(scene, draft, around),
        apart=_tells_apart(scene, index),
    )


def _name(scene: Scene, draft: Draft, around: Around) -> frozenset[str]:
    """The words of the name of one person who is counted."""
    if not scene.arabic:
        return draft.person
    if draft.low != 1 or draft.high != 1:
        return frozenset()
    alone = draft.noun is None and draft.bare
    found = (draft.first, draft.last) if alone else name_after(scene, draft.last, around.sentence.last)
    return frozenset(scene.norm(i) for i in range(*found)) if found else frozenset()


def _tells_apart(scene: Scene, index: int) -> bool:
    """`وفي سياق متصل`, `وكانت غارات قد …`: does the sentence open with words that tell of another incident?"""
    sentence = scene.sentences[index]
    if next(scene.hits(sentence.first, sentence.first + _OPENING, "relations", "apart"), None):
        return True
    recalls = scene.norm(sentence.first).removeprefix("و") in _WAS
    return recalls and tells_anew(scene, (Stretch(sentence.first, sentence.first + _OPENING),))


def _recalls(scene: Scene, index: int) -> bool:
    """`وكانت غارة قد …`, `يذكر أن`: does the sentence go back to what was before?"""
    return scene.arabic and scene.norm(scene.sentences[index].first).removeprefix("و") in _BEFORE


def _is_lead(scene: Scene, index: int) -> bool:
    """The headline, or the first sentence of a text without one."""
    sentence = scene.sentences[index]
    return index == 0 or (sentence.paragraph == 0 and sentence.last <= _HEADLINE)


def _is_total(scene: Scene, around: Around, ordered: tuple[Stretch, ...], own: Memory) -> bool:
    """Does the number run over a stretch of time or over many incidents?"""
    start, stop = around.cluster[0].start, max(draft.stop for draft in around.cluster)
    near = Stretch(max(around.sentence.first, start - _PERIOD_REACH), min(around.sentence.last, stop + _PERIOD_REACH))
    if next(scene.hits(near.first, near.last, "periods", "total"), None):
        return True
    day = next((d for stretch in (*ordered, near) if (d := day_in(scene, stretch))), None)
    if day and day.is_period and not day.is_same_period and _long(period_of(day, None)):
        return True
    month = own.period is not None and own.period.start is not None and own.period.start.day is None
    if month and not own.methods:
        return True
    return next(scene.hits(around.sentence.first, around.sentence.last, "periods", "spread", "same"), None) is not None


def _standing(scene: Scene, around: Around) -> bool:
    """Does it tell how many are held or missing now?"""
    stop = max(draft.stop for draft in around.cluster)
    window = range(max(around.sentence.first, around.cluster[0].start - 3), min(around.sentence.last, stop + 2))
    return any(scene.hit(i, "periods", "standing") for i in window)


def _sides(around: Around) -> None:
    """`4 من الجيش و2 من القوات في اشتباكات بين الطرفين`: each side's dead are the other's doing."""
    drafts = [d for d in around.cluster if d.organisations and d.parent is None]
    forces = {tuple(actor.words for actor in draft.organisations): draft.organisations for draft in drafts}
    if len(forces) != 2 or any(draft.perpetrators or "clash" not in draft.methods for draft in drafts):
        return
    for draft in drafts:
        own = tuple(actor.words for actor in draft.organisations)
        draft.perpetrators = next(actors for words, actors in forces.items() if words != own)


def _long(period: Period) -> bool:
    return not period.start or period.start != period.end


def _own_people(work: _Work, index: int, around: Around) -> None:
    """`أعلنت القوات مقتل أحد قادتها وإصابة عنصرين`: members named without a force are those of whoever announces it."""
    if not any(theirs(work.scene, draft) for draft in around.cluster):
        return
    for draft in around.cluster:
        voice = work.voices[index].of(draft.start)
        members = draft.noun is not None and draft.noun.id in MEMBERS
        if (
            voice
            and voice.source.candidates
            and not voice.outlet
            and members
            and not draft.classes
            and not draft.organisations
        ):
            draft.organisations, draft.registered = (voice.source,), True


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
    """`يواصل التنظيم … مخلفاً قتلى`: words of result speak of what the sentence's subject did."""
    start = around.cluster[0].start
    window = range(max(around.before.first, start - 3), start + 1)
    if not any(scene.hit(i, "relations", "result", "consequence") for i in window):
        return ()
    harmed = {victim.span for victim in victims}
    for i in range(around.sentence.first, start):
        phrase = phrase_at(scene, i, start)
        if phrase and _may_be_subject(scene, phrase):
            return tuple(actor for actor in phrase.actors if actor.span not in harmed)
    return ()


def _may_be_subject(scene: Scene, phrase: Phrase) -> bool:
    """A force that is not just one side of a fight (`اشتباكات بين الشرطة ومتظاهرين أسفرت عن`)."""
    if scene.norm(phrase.first - 1) in ("بين", "between") or speaks_only(scene, phrase):
        return False
    return phrase.named or scene.hit(phrase.first, "forces") is not None


def _recalled(work: _Work, index: int, draft: Draft, own: Memory, *, total: bool, anew: bool) -> Memory:
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
        period = None if _recalls(work.scene, index) else memory.period or work.lead
        return Memory(index, places=memory.places, period=period)
    return memory


def _over_that_time(work: _Work, index: int) -> Memory | None:
    """The stretch of time told before; and all that was told of it, where it is `these attacks` that did the harm."""
    since, sentence = work.since, work.scene.sentences[index]
    if since is None or index - since.sentence > _MEMORY:
        return None
    these = next(work.scene.hits(sentence.first, sentence.last, "periods", "same"), None)
    return since if these and index == since.sentence + 1 else Memory(index, period=since.period)


def _share(one: tuple[PlaceRef, ...], other: tuple[PlaceRef, ...]) -> bool:
    return bool({c for place in one for c in place.candidates} & {c for place in other for c in place.candidates})


def _remember(work: _Work, index: int, stretch: Stretch) -> None:
    """A sentence without counts may tell who did what and where."""
    scene, voice = work.scene, work.voices[index]
    agents = agents_in(scene, stretch, (), (), voice)
    methods = methods_in(scene, stretch)
    if not (agents or methods) or _opens_with_source(scene, index):
        return
    places = places_in(scene, stretch, voice)
    day = day_in(scene, stretch)
    work.sites.append(Site(index, places, frozenset(methods)))
    denied = next(scene.hits(stretch.first, stretch.last, "negation", "denial"), None)
    if agents and not denied:
        work.doings.append(Doing(index, agents, methods, claim=_claims(scene, stretch)))
    memory = work.memory
    laid = _laid(work, day) if day else None
    period = laid if laid and _is_a_day(laid) else memory.period
    if day and laid and day.is_period and laid.start and laid.start != laid.end:
        work.since = Memory(index, agents, methods, places, laid, total=True)
        if _counts_deeds(scene, stretch):
            work.memory = Memory(index, agents, methods, places, laid, total=True)
            return
    if work.hint is None and index < _EARLY and day and _recent(work, _laid(work, day)):
        work.hint = _laid(work, day)
    work.memory = Memory(index, agents or memory.agents, methods or memory.methods, places or memory.places, period)


def _claims(scene: Scene, sentence: Stretch) -> bool:
    """Does it tell who is held responsible for what was told before?"""
    return next(scene.hits(sentence.first, sentence.last, "agency", "blames", "claims"), None) is not None


def _note_deed(work: _Work, index: int, sentence: Stretch) -> None:
    """What a sentence tells of somebody other than who harmed those that it counts."""
    scene, voice = work.scene, work.voices[index]
    agents = agents_in(scene, sentence, (), work.sentence, voice)
    if not agents or next(scene.hits(sentence.first, sentence.last, "negation", "denial"), None):
        return
    day = day_in(scene, sentence)
    where = frozenset(c for place in places_in(scene, sentence, voice) for c in place.candidates)
    when = _laid(work, day).edtf() if day else None
    work.doings.append(Doing(index, agents, methods_in(scene, sentence), where, when, _claims(scene, sentence)))


def _is_a_day(period: Period) -> bool:
    """Is it one day or month, or one that is only words (a weekday of an unknown week)?"""
    return period.start == period.end and (period.start is None or period.start.month is not None)


def _counts_deeds(scene: Scene, stretch: Stretch) -> bool:
    """`منذ مطلع العام نحو 400 هجوم`: what is counted over the period are attacks, and what follows is their toll."""
    numbers = (scene.numbers_at[i] for i in range(stretch.first, stretch.last) if i in scene.numbers_at)
    return any(scene.hit(number.last, "methods") for number in numbers if not scene.in_day(number.first))


def _recent(work: _Work, period: Period) -> bool:
    """Is it one day of the week before the day of writing?"""
    day, written = period.start, work.written
    if written is None or written.day is None or day is None or day.day is None or day != period.end:
        return False
    return 0 <= (written.first() - day.first()).days < _WEEK


def _opens_with_source(scene: Scene, index: int) -> bool:
    return scene.hit(scene.sentences[index].first, "attribution", "according") is not None


def _attribute(work: _Work, index: int, draft: Draft) -> None:
    """The source named in the sentence, in a fragment after it, or the one that goes on speaking."""
    voice = work.voices[index].of(draft.start)
    following = index + 1
    if voice is None and following < len(work.voices) and _opens_with_source(work.scene, following):
        voice = next(iter(work.voices[following].named), None)
    if voice is None and draft.parent is not None and draft.parent.sentence != index:
        draft.source, draft.certainty = draft.parent.source, _doubted(draft) or draft.parent.certainty
    elif voice is None and work.voices[index].continues and index - work.spoke <= _VOICE_MEMORY:
        voice = work.voice
    if voice and voice.refers and work.voice:
        voice = work.voice
    if voice:
        draft.source = (voice.source,)
        draft.certainty = _doubted(draft) or ("claimed" if voice.party else "stated")


def _doubted(draft: Draft) -> Certainty | None:
    """What its own words say of it goes before what its source is."""
    return draft.certainty if draft.certainty in ("denied", "disputed") else None


def _remember_source(work: _Work, index: int) -> None:
    voice = work.voices[index]
    named = [source for source in voice.named if not (source.refers and work.voice)]
    if named:
        work.voice, work.spoke = named[-1], index
