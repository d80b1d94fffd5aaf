"""The words of harm in a sentence: verbs and nouns of killing, hurting, capturing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from waqai.extract.drafts import Draft
from waqai.extract.nouns import held, people
from waqai.extract.scene import Scene
from waqai.lexicon import Hit, Term
from waqai.model import Outcome

_NEED_GAP = 18
_ARTICLES = frozenset({"a", "an", "the", "another"})
AND = frozenset({"and", "or", "و", "&", "/", "أو", "او"})


@dataclass(slots=True)
class Trigger:
    """A word of harm, or two joined ones (killed and injured)."""

    first: int
    last: int
    term: Term
    outcomes: tuple[Outcome, ...]
    used: bool = False
    object_at: int = 0
    """Where those harmed begin, when a subject stands between."""
    joined: list[Hit] = field(default_factory=list)
    """The second words, where there are several."""

    @property
    def verb(self) -> bool:
        """Is it a verb?"""
        return self.term.role in ("passive", "active", "either")


def triggers(scene: Scene, index: int) -> list[Trigger]:
    """The words of harm in a sentence, in order, joined ones as one."""
    sentence = scene.sentences[index]
    found: list[Trigger] = []
    for hit in scene.hits(sentence.first, sentence.last, "outcomes", "passive", "active", "either", "noun"):
        if not needs_met(scene, hit, sentence.last) or scene.in_day(hit.first) or _attribute(scene, hit):
            continue
        if found and _of_the_dead(scene, found[-1], hit):
            continue
        as_noun = scene.hit(hit.first, "outcomes", "noun") if found and found[-1].term.role == "noun" else None
        outcome = hit.term.outcome or "killed"
        if found and _joined(scene, found[-1], as_noun or hit):
            found[-1].last = hit.last
            found[-1].joined.append(hit)
            found[-1].outcomes = tuple(dict.fromkeys((*found[-1].outcomes, outcome)))
            continue
        found.append(Trigger(hit.first, hit.last, hit.term, (outcome,)))
    return found


def parted(scene: Scene, words: list[Trigger], drafts: list[Draft]) -> list[Trigger]:
    """`شخص قتل وأصيب ثلاثة`: of two joined verbs between two amounts each has its own."""
    starts, ends = {draft.first for draft in drafts}, {draft.end for draft in drafts}
    return [part for word in words for part in _parts(scene, word, starts, ends)]


def _parts(scene: Scene, word: Trigger, starts: set[int], ends: set[int]) -> Iterator[Trigger]:
    before = word.first - 1 if scene.norm(word.first - 1) in ("قد", "كان", "كانت") else word.first
    if not (scene.arabic and word.verb and word.joined and before in ends and word.last in starts):
        yield word
        return
    second = word.joined[-1]
    yield Trigger(word.first, second.first, word.term, word.outcomes[:1])
    yield Trigger(second.first, second.last, second.term, (second.term.outcome or "killed",))


def _attribute(scene: Scene, hit: Hit) -> bool:
    """`two of the killed mercenaries`: a participle that tells of those counted before."""
    participle = hit.last - hit.first == 1 and scene.norm(hit.first).endswith("ed")
    return participle and (scene.norm(hit.first - 1) == "the" or (not scene.arabic and held(scene, hit.first)))


def _of_the_dead(scene: Scene, before: Trigger, hit: Hit) -> bool:
    """`the body of a kidnapped farmer`: a participle between a noun of harm and who was harmed tells of earlier."""
    if scene.arabic or before.term.role != "noun" or before.term.agreeing or not scene.norm(hit.first).endswith("ed"):
        return False
    small = all(scene.norm(i) in _ARTICLES or i in scene.numbers_at for i in range(before.last, hit.first))
    return small and hit.first - before.last <= 1 and people(scene, hit.last) is not None


def needs_met(scene: Scene, hit: Hit, end: int) -> bool:
    """Does one of the words that a term needs follow it?"""
    if not hit.term.needs:
        return True
    window = range(hit.last, min(end, hit.last + _NEED_GAP))
    return any(form in hit.term.needs for i in window for form in scene.tokens[i].forms)


def _joined(scene: Scene, before: Trigger, hit: Hit) -> bool:
    if before.term.agreeing != hit.term.agreeing or (before.term.role == "noun") != (hit.term.role == "noun"):
        return False
    if hit.first == before.last and hit.prefix == "و":
        return True
    return hit.first == before.last + 1 and scene.norm(before.last) in AND
