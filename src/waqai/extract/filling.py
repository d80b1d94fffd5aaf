"""Circumstances for every count: its own clause first, then its sentence, then what was told just before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from waqai.extract.agents import agents_in, speaks_only, tells_anew
from waqai.extract.allegiance import likely_own_people, own_people
from waqai.extract.attribution import Attribution, Voices
from waqai.extract.carrying import carry, unnamed
from waqai.extract.circumstances import methods_in
from waqai.extract.doubts import doubt
from waqai.extract.drafts import Draft
from waqai.extract.groups import MEMBERS
from waqai.extract.locating import is_narrow, places_apart, places_around, settle, where
from waqai.extract.memory import Memory, Work, is_elsewhere, keep, note_deed, recalled_for, recalls, remember
from waqai.extract.mentions import full_mentions, fuller
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.restating import join_restatements
from waqai.extract.scene import Scene
from waqai.extract.sides import theirs, with_side
from waqai.extract.sourcing import attribute, remember_source
from waqai.extract.surroundings import Around, Stretch, surroundings
from waqai.extract.tellings import is_lead, telling_of
from waqai.extract.timing import dateline, is_standing, is_total, period_around, settle_day
from waqai.model import ActorRef, Period
from waqai.text.days import written_on, years_told

T = TypeVar("T")
_THEIR_RANKS = frozenset({"صفوفهم", "صفوفها", "صفوفه", "بصفوفهم", "بصفوفها"})
_THAT_THEY = frozenset({"انه", "انها", "بانه", "بانها", "it", "they", "انهم"})
_HAVE = frozenset({"had", "has", "have", "قد"})
_AIR = frozenset({"airstrike", "drone_strike"})
_BETTER: Mapping[str, frozenset[str]] = {
    "attack": _AIR | {"shelling", "bombing", "suicide_bombing", "shooting", "clash", "ambush", "raid", "stabbing"},
    "shelling": _AIR,
    "other": frozenset({"bombing", "suicide_bombing", "landmine_or_remnant"}),
}
"""What was told before by a better word than `attack`, `bombardment` (قصف) and `explosion`."""


def fill(scene: Scene, read: list[list[Draft]], speakers: list[Voices]) -> list[Draft]:
    """Fill in circumstances sentence by sentence, join restatements. Returns all counts in text order."""
    written = dateline(scene) or scene.article.published or written_on(list(scene.days_at.values()), scene.tokens)
    work = Work(scene, speakers, written, {} if written else years_told(list(scene.days_at.values())))
    for index, drafts in enumerate(read):
        _sentence(work, index, drafts)
    doubt(scene, [draft for drafts in read for draft in drafts if draft.outcomes])
    join_restatements(work.told)
    settle(scene, [draft for drafts in read for draft in drafts if draft.outcomes], work.sites)
    carry(scene, [draft for drafts in read for draft in drafts if draft.outcomes], work.doings)
    full = full_mentions(scene, [draft for drafts in read for draft in drafts])
    for draft in (draft for drafts in read for draft in drafts):
        settle_day(work, draft)
        draft.perpetrators = tuple(fuller(scene, actor, full) for actor in draft.perpetrators)
    return [draft for drafts in read for draft in drafts if draft.outcomes]


def _sentence(work: Work, index: int, drafts: list[Draft]) -> None:
    scene = work.scene
    sentence = scene.sentences[index]
    remember_source(work, index)
    before = work.memory
    if sentence.apart:
        work.memory = Memory()
    work.sentence = drafts
    for around in surroundings(scene, index, drafts):
        _cluster(work, index, around)
    whole = Stretch(sentence.first, sentence.last)
    if not drafts:
        remember(work, index, whole)
    else:
        note_deed(work, index, whole)
    if sentence.apart:
        work.memory = before


def _cluster(work: Work, index: int, around: Around) -> None:
    scene, voice = work.scene, work.voices[index]
    ordered = _telling(scene, around)
    _refer_back(scene, around)
    _own_people(work, index, around)
    victims = [actor for draft in around.cluster for actor in draft.organisations]
    harm = frozenset(d.trigger[0] for d in work.sentence if d.trigger and d.rule and d.rule.role == "noun")
    own = Memory(
        index,
        _doers(work, index, around, ordered) or _subject(scene, around, victims),
        _first(methods_in(scene, stretch, harm) for stretch in ordered),
        places_around(scene, around, ordered, voice),
        period_around(work, around, ordered),
    )
    standing = is_standing(scene, around)
    total = is_total(scene, around, ordered, own)
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
            recalled_for(work, index, draft, own, total=total or standing, anew=anew),
            anew=anew or _in_return(scene, around.sentence),
        )
        _complete(work, index, draft, own, recalled, total)
        if not any(part.parent is draft for part in work.sentence):
            with_side(scene, around.sentence, draft, work.sentence)
        attribute(work, index, draft)
        draft.standing = standing
        draft.lead = is_lead(scene, index)
        draft.evidence = [scene.span(draft.first, draft.last)]
        work.told.append(telling_of(scene, index, draft, around, own.places))
    _sides(around)
    keep(work, around.cluster[0], own, index, background=recalls(scene, index) or is_elsewhere(work, own, anew=anew))


def _doers(work: Work, index: int, around: Around, ordered: tuple[Stretch, ...]) -> tuple[ActorRef, ...]:
    """Who did it, by the nearest words; not who did another deed (غارات إسرائيلية … ومقتل جنديين بهجوم)."""
    scene = work.scene
    told: tuple[str, ...] = ()
    for stretch in ordered:
        found = agents_in(scene, stretch, around.cluster, work.sentence, work.voices[index])
        if found:
            return () if told and {*told}.isdisjoint(methods_in(scene, stretch) or told) else found
        if not told and stretch is around.after and tells_anew(scene, (stretch,)):
            told = methods_in(scene, stretch)
    return ()


def _telling(scene: Scene, around: Around) -> tuple[Stretch, ...]:
    """The stretches that tell how it happened; the whole sentence where none beside the counts does."""
    near = around.ordered(scene)
    return near if any(methods_in(scene, stretch) for stretch in near) else (*near, around.sentence)


def _complete(work: Work, index: int, draft: Draft, own: Memory, recalled: Memory, total: bool) -> None:
    """A slot is what the own clause says, else what is recalled."""
    draft.total = draft.total or total or recalled.total
    said = (*(draft.rule.methods if draft.rule else ()), *_by_its_word(work.scene, draft))
    told = recalled.methods if _told_better(own.methods, recalled.methods, anew=recalled.anew) else own.methods
    draft.methods = tuple(dict.fromkeys((*said, *told))) or recalled.methods
    draft.placed = any(is_narrow(work.scene, place) for place in own.places)
    draft.places = where(work.scene, own.places, recalled.places)
    speaker, party = _of_itself(work, index, draft)
    told_of = draft.agents or (speaker if party else ()) or own.agents
    doers = tuple(actor for actor in told_of if not own_people(work.scene, actor, draft))
    draft.perpetrators = doers or _first(
        tuple(actor for actor in agents if not likely_own_people(work.scene, actor, draft))
        for agents in (speaker, _announcer(work, index, draft), _recalled_agents(work.scene, draft, own, recalled))
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


def _of_itself(work: Work, index: int, draft: Draft) -> tuple[tuple[ActorRef, ...], bool]:
    """`The coalition claimed it had killed 30`: the pronoun stands for who says so; and is that a party?"""
    voice = work.voices[index].of(draft.start)
    active = draft.rule is not None and draft.rule.role in ("either", "active")
    if voice is None or draft.trigger is None or not active:
        return (), False
    before = draft.trigger[0] - 1
    while work.scene.norm(before) in _HAVE:
        before -= 1
    itself = work.scene.norm(before) in _THAT_THEY or _claims_to(work.scene, before)
    return ((voice.source,), voice.party) if itself else ((), False)


def _claims_to(scene: Scene, i: int) -> bool:
    """`claimed to have killed`."""
    return scene.norm(i) == "to" and scene.hit_to(i, "attribution", "says") is not None


def _announcer(work: Work, index: int, draft: Draft) -> tuple[ActorRef, ...]:
    """A force that announces the dead of its enemy killed them (أعلن الجيش مقتل 3 من مسلحي التنظيم)."""
    voice = work.voices[index].of(draft.start)
    if voice is None or voice.outlet:
        return ()
    enemy = "jihadist" in draft.classes or any(actor.candidates for actor in draft.organisations)
    arrests = draft.outcomes == ("captured",) and "arrest" in draft.methods
    return (voice.source,) if (voice.party and enemy) or (arrests and _fights(work.scene, voice)) else ()


def _fights(scene: Scene, voice: Attribution) -> bool:
    """Does a force speak, rather than who only tells of it?"""
    known = [scene.known[i] for i in voice.source.candidates if i in scene.known and i not in scene.watchers]
    return voice.party or any(actor.victim_class not in (None, "civilian") for actor in known)


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


def _sides(around: Around) -> None:
    """`4 من الجيش و2 من القوات في اشتباكات بين الطرفين`: each side's dead are the other's doing."""
    drafts = [d for d in around.cluster if d.organisations and d.parent is None]
    forces = {tuple(actor.words for actor in draft.organisations): draft.organisations for draft in drafts}
    if len(forces) != 2 or any(draft.perpetrators or "clash" not in draft.methods for draft in drafts):
        return
    for draft in drafts:
        own = tuple(actor.words for actor in draft.organisations)
        draft.perpetrators = next(actors for words, actors in forces.items() if words != own)


def _own_people(work: Work, index: int, around: Around) -> None:
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
    results = (scene.hit(i, "relations", "result", "consequence") for i in window)
    if not any(hit and scene.norm(hit.last) != "that" for hit in results):  # they claim that
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
