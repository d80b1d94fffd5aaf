"""What tells the incident of a count from others, for when it is told again."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.extract.agents import tells_anew
from waqai.extract.circumstances import localities_in
from waqai.extract.drafts import Draft
from waqai.extract.persons import name_after
from waqai.extract.restating import Told
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Around, Stretch
from waqai.model import Period, PlaceRef

_OPENING = 3
_WAS = frozenset({"كان", "كانت"})
_DEEPEST = 6
"""Places of the register that lie one within the other, from a village to its country."""
_HEADLINE = 40
"""Tokens that a headline has at most."""


def around_of(scene: Scene, place: str) -> Iterator[str]:
    """The places in which a place lies, the nearest first."""
    for _ in range(_DEEPEST):
        parent = scene.parents.get(place)
        if parent is None:
            return
        yield parent
        place = parent


def telling_of(scene: Scene, index: int, draft: Draft, around: Around, places: tuple[PlaceRef, ...]) -> Told:
    """A count with the names, places, time and methods of its incident."""
    stretches = (around.sentence,) if around.alone else around.ordered(scene)
    own = frozenset(c for place in places for c in place.candidates) - scene.wide
    return Told(
        draft,
        index,
        is_lead(scene, index),
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


def is_lead(scene: Scene, index: int) -> bool:
    """The headline, or the first sentence of a text without one."""
    sentence = scene.sentences[index]
    return index == 0 or (sentence.paragraph == 0 and sentence.last <= _HEADLINE)
