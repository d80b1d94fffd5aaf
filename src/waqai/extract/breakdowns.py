"""Breakdowns: a number of people told once more as a list of all its parts (`42: 30 في حلب و12 في إدلب`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from waqai.extract.drafts import Draft
from waqai.extract.scene import Scene

_NEARLY_ALL = 0.8
"""Parts that make up less of their whole, or as much more, are no list of all its parts: something was told beside."""
_OPENING_GAP = 14
"""Tokens from a whole to what opens the list of its parts."""


def breakdowns(scene: Scene, drafts: Sequence[Draft]) -> list[tuple[Draft, list[Draft]]]:
    """Wholes with the list of all their parts. The parts need not add up: that is for the audit."""
    parts: dict[int, list[Draft]] = defaultdict(list)
    wholes: dict[int, Draft] = {}
    for draft in drafts:
        if draft.parent is not None:
            wholes[id(draft.parent)] = draft.parent
            parts[id(draft.parent)].append(draft)
    return [(wholes[key], own) for key, own in parts.items() if _all_told(scene, wholes[key], own, drafts)]


def _all_told(scene: Scene, whole: Draft, parts: Sequence[Draft], drafts: Sequence[Draft]) -> bool:
    """Is everybody of the whole in the list, and everybody in the list of the whole?"""
    if len(parts) < 2 or not all(_exact(draft) for draft in (whole, *parts)) or parts[0].sentence != whole.sentence:
        return False
    same = all(part.outcomes == whole.outcomes for part in parts)
    opening = _opening(scene, whole, parts[0])
    if not same or opening is None or _more(scene, opening, parts, drafts, whole):
        return False
    known, number = sum(part.low or 0 for part in parts), whole.low or 0
    if known == number:
        return True
    counted = not any(part.bare or part.listed for part in parts)
    return counted and number * _NEARLY_ALL <= known <= number / _NEARLY_ALL


def _exact(draft: Draft) -> bool:
    return draft.low is not None and draft.low == draft.high and draft.operator == "exact"


def _opening(scene: Scene, whole: Draft, first: Draft) -> int | None:
    """Where the list opens: a colon, brackets, or words (وهم, as follows), and none that name only some (بينهم)."""
    between = range(whole.last, first.first)
    if len(between) > _OPENING_GAP or next(scene.hits(whole.last, first.first + 1, "relations", "subset"), None):
        return None
    cue = next(scene.hits(whole.last, first.first, "relations", "list"), None)
    if cue:
        return cue.first
    return next((i for i in between if scene.norm(i) in (":", "(")), None)


def _more(scene: Scene, opening: int, parts: Sequence[Draft], drafts: Sequence[Draft], whole: Draft) -> bool:
    """Is there a number, or an amount without one, in the list that is of none of the parts?"""
    last = max(part.last for part in parts)
    end = scene.sentences[parts[-1].sentence].last
    covered = {i for draft in drafts if _within(draft, whole) for i in range(draft.first, draft.last)}
    if any(i in scene.numbers_at and i not in covered and not scene.in_day(i) for i in range(opening, last)):
        return True
    following = range(last, end)
    others = any(scene.hit(i, "victims", "other") for i in range(opening, end))
    loose = any(not draft.numbered and draft.parent is whole for draft in drafts)
    again = any(i in scene.numbers_at and not scene.in_day(i) and not _told(i, drafts) for i in following)
    return others or loose or again


def _within(draft: Draft, whole: Draft) -> bool:
    while draft.parent is not None and draft.parent is not whole:
        draft = draft.parent
    return draft.parent is whole


def _told(i: int, drafts: Sequence[Draft]) -> bool:
    """Is a number after the list that of another count?"""
    return any(draft.first <= i < draft.last for draft in drafts)
