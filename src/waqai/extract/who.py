"""Who the harmed were, where the words about others tell it: once the whole article is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from waqai.extract.drafts import Draft
from waqai.extract.nouns import CIVILIANS, OF, people
from waqai.extract.parts import take_after
from waqai.extract.scene import Scene
from waqai.model import CIVIL, SEVERAL

_MOSTLY_REACH = 4
"""Tokens from a count to the words that tell most of them apart, and from these to who they are."""
_MOST = "proportion"
"""The entry for more than half, beside that for some."""
_FROM = OF | {"from"}


def tell_kinds(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Others, and parts, are of those they stand with, whom another sentence may name; then what is told of most."""
    _by_parts([draft for draft in drafts if not draft.numbered], drafts)
    for draft in drafts:
        if draft.like and not draft.classes and not draft.organisations:
            take_after(draft)
    for draft in drafts:
        if _anybody(draft) and (_mostly(scene, draft) or _of_the_people(scene, draft)):
            draft.likely = CIVIL
    _by_parts(drafts, drafts)
    for before, draft in pairwise(drafts):
        if _twins(before, draft):
            before.classes, draft.classes = before.classes or draft.classes, draft.classes or before.classes
            before.likely, draft.likely = before.likely or draft.likely, draft.likely or before.likely


def _by_parts(wholes: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    for whole in wholes:
        parts = [part for part in drafts if part.parent is whole] if _anybody(whole) else []
        if parts:
            whole.classes = _told_by_parts(whole, parts)
            whole.likely = whole.likely or _suggested_by_parts(whole, parts)


def _twins(before: Draft, draft: Draft) -> bool:
    """`قتلى وجرحى بينهم نساء وأطفال`: the women and children are of both."""
    both = draft.beside is before and before.bare and draft.bare and not before.numbered and not draft.numbered
    return both and before.outcomes != draft.outcomes and not (before.organisations or draft.organisations)


def _anybody(draft: Draft) -> bool:
    """Does nothing tell yet who they were?"""
    member = draft.noun is not None and draft.noun.role == "member"
    return not (draft.classes or draft.organisations or member)


def _mostly(scene: Scene, draft: Draft) -> bool:
    """`18 people, mostly children`, `معظمهم من النساء والأطفال`."""
    for i in range(draft.end, draft.stop + _MOSTLY_REACH):
        share = scene.hit(i, "relations", "proportion")
        if share and share.term.id == _MOST:
            return _first_is_civilian(scene, share.last, share.last + _MOSTLY_REACH)
    return False


def _first_is_civilian(scene: Scene, first: int, last: int) -> bool:
    hits = (people(scene, i) for i in range(first, last))
    return next((hit.term.victim_class == "civilian" for hit in hits if hit and hit.term.victim_class), False)


def _of_the_people(scene: Scene, draft: Draft) -> bool:
    """`خمسة أشخاص من عائلة واحدة`, `ثلاثة من أهالي البلدة`, `four people from the same family`."""
    if scene.norm(draft.end) not in _FROM:
        return False
    hits = (scene.hit(i, "victims", "reference") for i in range(draft.end + 1, draft.end + _MOSTLY_REACH))
    return any(hit.term.victim_class == "civilian" for hit in hits if hit)


def _told_by_parts(whole: Draft, parts: Sequence[Draft]) -> frozenset[str]:
    """Civilians among people are not all of them."""
    named = [part for part in parts if part.classes == CIVIL and part.noun is not None and part.noun.id in CIVILIANS]
    if not named or _others_among(parts):
        return frozenset()
    all_of_them = whole.numbered and sum(part.low or 0 for part in named) >= (whole.low or 0)
    return CIVIL if all_of_them else SEVERAL


def _suggested_by_parts(whole: Draft, parts: Sequence[Draft]) -> frozenset[str]:
    """Women and children among people suggest civilians, where they are a crowd's or half of an incident's."""
    civilians = [part for part in parts if part.classes == CIVIL]
    known = sum(part.low or 0 for part in civilians)
    most = 2 * known >= (whole.low or 0) > 0 and not whole.total
    enough = most if whole.numbered else len(civilians) > 1
    return CIVIL if enough and not _others_among(parts) else frozenset()


def _others_among(parts: Sequence[Draft]) -> bool:
    return any(part.classes not in (CIVIL, frozenset()) or part.organisations for part in parts)
