"""Who did it, carried over a whole article: from the body to its headline, and to counts that do not say it again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.extract.allegiance import likely_own_people
from waqai.extract.drafts import Draft
from waqai.extract.scene import Scene
from waqai.model import ActorRef

_REACH = 4
"""Sentences over which an actor is carried."""
_HEADLINE_REACH = 4
_CLAIM_REACH = 8
_AFTER = 1
"""Sentences after a count in which who did it may still be told."""
_KINDRED = (
    frozenset({"airstrike", "drone_strike", "shelling", "attack", "bombing"}),
    frozenset({"clash", "shooting", "raid", "ambush", "attack", "arrest", "abduction", "execution"}),
)
"""Kinds of events of which one may be told in the words of another."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody who is said to have done something, in which sentence and how."""

    sentence: int
    agents: tuple[ActorRef, ...]
    methods: tuple[str, ...]
    where: frozenset[str] = frozenset()
    when: str | None = None
    claim: bool = False
    """Does it claim or blame somebody for what was told before?"""
    near: frozenset[str] = frozenset()
    """The places of a sentence without counts."""


def carry(scene: Scene, drafts: Sequence[Draft], told: Iterable[Doing]) -> None:
    """Give each incident without a perpetrator the one actor of whom the article tells such deeds."""
    doings = [
        Doing(d.sentence, d.perpetrators, d.methods, _where(d), d.period.edtf())
        for d in drafts
        if d.perpetrators and not d.total
    ]
    doings = sorted((d for d in (*doings, *told) if not scene.sentences[d.sentence].apart), key=lambda d: d.sentence)
    sentences = [d.sentence for d in doings]
    parts: dict[int, list[Draft]] = defaultdict(list)
    for part in drafts:
        parts[id(part.parent)].append(part)
    for draft in drafts:
        apart = scene.sentences[draft.sentence].apart
        if draft.perpetrators or draft.total or apart:
            continue
        if draft.parent:
            draft.perpetrators = draft.parent.perpetrators
            continue
        harmed = [draft, *parts[id(draft)]]
        first = bisect_left(sentences, draft.sentence - _REACH)
        last = bisect_right(sentences, draft.sentence + max(_HEADLINE_REACH, _CLAIM_REACH))
        left_open = _left_open(scene, draft)
        within_reach = [d for d in doings[first:last] if (d.claim or not left_open) and not _own(scene, d, harmed)]
        draft.perpetrators = _carried(scene, draft, within_reach)


def _own(scene: Scene, doing: Doing, harmed: Sequence[Draft]) -> bool:
    """Are those who did it among those harmed, or on their side?"""
    return any(likely_own_people(scene, actor, draft) for actor in doing.agents for draft in harmed)


def _carried(scene: Scene, draft: Draft, doings: Sequence[Doing]) -> tuple[ActorRef, ...]:
    kin = [doing for doing in doings if _may_be_of(doing, draft)]
    about = [doing for doing in kin if _near(doing, draft)]
    near = () if all(_apart(doing, draft) for doing in about) else _the_one(scene, draft, about)
    if any(actor.candidates for actor in near):
        return near
    return _the_one(scene, draft, [doing for doing in kin if _claims(doing, draft)]) or (
        () if _of_another_place(scene, near, draft) else near
    )


def _apart(doing: Doing, draft: Draft) -> bool:
    """Does the count name a place of its own, and not the one where that was done?"""
    return draft.placed and not draft.lead and bool(doing.where) and not doing.where & _where(draft)


def _of_another_place(scene: Scene, agents: Sequence[ActorRef], draft: Draft) -> bool:
    """Gunmen whom nobody knows are not those of another place."""
    return draft.placed and not draft.lead and all(unnamed(scene, actor) for actor in agents)


def unnamed(scene: Scene, actor: ActorRef) -> bool:
    """Are these people whom nobody knows (مسلحون مجهولون)?"""
    first = scene.starts.get(actor.span.start) if actor.span else None
    if first is None or actor.candidates or scene.hit(first, "methods"):
        return False
    return scene.hit(first, "forces", "unnamed") is not None


def _the_one(scene: Scene, draft: Draft, doings: Sequence[Doing]) -> tuple[ActorRef, ...]:
    """The actor whom all these deeds are told of, as named last before the count."""
    if not doings or any(not alike(scene, doings[0].agents, doing.agents) for doing in doings):
        return ()
    before = [doing for doing in doings if doing.sentence <= draft.sentence]
    return (before[-1] if before else doings[0]).agents


def _claims(doing: Doing, draft: Draft) -> bool:
    """Who claims a deed or is blamed for it is told after it, not always right after."""
    return doing.claim and -_AFTER <= doing.sentence - draft.sentence <= _CLAIM_REACH


def _near(doing: Doing, draft: Draft) -> bool:
    """Who did it is told before the count or right after; to a headline it comes from the whole article."""
    after = doing.sentence - draft.sentence
    return -_REACH <= after <= (_HEADLINE_REACH if draft.lead else _AFTER)


def _may_be_of(doing: Doing, draft: Draft) -> bool:
    """May the draft tell of this deed? Not where it names another place and another day."""
    elsewhere = doing.where and draft.places and not doing.where & _where(draft)
    apart = doing.when and draft.period.words and doing.when != draft.period.edtf()
    return _kindred(doing, draft) and not (elsewhere and apart)


def _where(draft: Draft) -> frozenset[str]:
    return frozenset(candidate for place in draft.places for candidate in place.candidates)


def _kindred(doing: Doing, draft: Draft) -> bool:
    if doing.claim and (doing.methods or not draft.methods):
        return True
    if not draft.methods:
        elsewhere = draft.placed and doing.near and not doing.near & _where(draft)
        return draft.lead or (doing.sentence in (draft.sentence, draft.sentence - 1) and not elsewhere)
    if not doing.methods:
        return doing.sentence == draft.sentence
    one, two = set(doing.methods), set(draft.methods)
    if doing.sentence == draft.sentence and not one & two:
        return False
    return any(one & family and two & family for family in _KINDRED)


def _left_open(scene: Scene, draft: Draft) -> bool:
    """Does the sentence or the one after it say that nobody knows who did it?"""
    told = scene.sentences[draft.sentence : draft.sentence + 1 + _AFTER]
    return any(next(scene.hits(s.first, s.last, "agency", "unknown"), None) for s in told)


def alike(scene: Scene, one: Iterable[ActorRef], two: Iterable[ActorRef]) -> bool:
    """Do two mentions share an actor: an entry of the register, or a word that is not just `forces`?"""
    others = list(two)
    return any(_same(scene, actor, other) for actor in one for other in others)


def _same(scene: Scene, actor: ActorRef, other: ActorRef) -> bool:
    if set(actor.candidates) & set(other.candidates) or actor.words == other.words:
        return True
    return bool(_names(scene, actor) & _names(scene, other))


def _names(scene: Scene, actor: ActorRef) -> frozenset[str]:
    first = scene.starts.get(actor.span.start) if actor.span else None
    if first is None or actor.span is None:
        return frozenset(actor.words.split())
    found = set()
    while first < len(scene.tokens) and scene.tokens[first].span.start < actor.span.end:
        if scene.tokens[first].kind == "word" and not scene.hit(first, "forces", "force"):
            found.add(scene.tokens[first].forms[-1].removesuffix("ه"))
        first += 1
    return frozenset(found)
