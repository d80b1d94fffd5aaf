"""The words of harm in a sentence: verbs and nouns of killing, hurting, capturing."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.extract.scene import Scene
from waqai.lexicon import Hit, Term
from waqai.model import Outcome

_NEED_GAP = 18
AND = frozenset({"and", "or", "و", "&", "/", "أو", "او"})


@dataclass(slots=True)
class Trigger:
    """A word of harm, or two joined ones (killed and injured)."""

    first: int
    last: int
    term: Term
    outcomes: tuple[Outcome, ...]
    used: bool = False

    @property
    def verb(self) -> bool:
        """Is it a verb?"""
        return self.term.role in ("passive", "active", "either")


def triggers(scene: Scene, index: int) -> list[Trigger]:
    """The words of harm in a sentence, in order, joined ones as one."""
    sentence = scene.sentences[index]
    found: list[Trigger] = []
    for hit in scene.hits(sentence.first, sentence.last, "outcomes", "passive", "active", "either", "noun"):
        if not _needs_met(scene, hit, sentence.last) or scene.in_day(hit.first):
            continue
        as_noun = scene.hit(hit.first, "outcomes", "noun") if found and found[-1].term.role == "noun" else None
        outcome = hit.term.outcome or "killed"
        if found and _joined(scene, found[-1], as_noun or hit):
            found[-1].last = hit.last
            found[-1].outcomes = tuple(dict.fromkeys((*found[-1].outcomes, outcome)))
            continue
        found.append(Trigger(hit.first, hit.last, hit.term, (outcome,)))
    return found


def _needs_met(scene: Scene, hit: Hit, end: int) -> bool:
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
