"""Counts that somebody in the article denies, or against which another party sets its own number."""

from __future__ import annotations

from itertools import pairwise

from waqai.extract.drafts import Draft
from waqai.extract.scene import Scene

_HEARSAY_GAP = 4
"""Tokens from a denial to the word that says what is denied (نفى الجيش صحة هذه الأنباء)."""


def doubt(scene: Scene, drafts: list[Draft]) -> None:
    """Set the certainty of what a later sentence denies, and of two parties' numbers that contradict each other."""
    denying = {index for index in range(len(scene.sentences)) if _denies_what_was_said(scene, index)}
    for draft in drafts:
        if draft.sentence + 1 in denying and draft.certainty == "claimed":
            draft.certainty = "denied"
    for before, draft in pairwise(draft for draft in drafts if draft.parent is None):
        if _contradict(before, draft):
            before.certainty = draft.certainty = "disputed"


def _denies_what_was_said(scene: Scene, index: int) -> bool:
    sentence = scene.sentences[index]
    for denial in scene.hits(sentence.first, sentence.last, "negation", "denial"):
        window = range(denial.last, min(sentence.last, denial.last + _HEARSAY_GAP))
        if any(scene.hit(i, "negation", "hearsay") for i in window):
            return True
    return False


def _contradict(before: Draft, draft: Draft) -> bool:
    """Of one incident, two parties count the same people differently."""
    parties = {actor.words for actor in before.source} ^ {actor.words for actor in draft.source}
    claimed = before.certainty in ("claimed", "denied") and draft.certainty == "claimed"
    same_people = before.outcomes == draft.outcomes and before.classes == draft.classes and bool(draft.classes)
    apart = (before.low, before.high) != (draft.low, draft.high) and before.numbered and draft.numbered
    near = draft.sentence - before.sentence <= 1
    return bool(parties) and claimed and same_people and apart and near and not (before.total or draft.total)
