"""On whose side somebody fights: nobody is taken for the killer of his own men."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waqai.extract.drafts import Draft
from waqai.extract.phrases import phrase_at
from waqai.extract.scene import Scene
from waqai.model import Actor, ActorRef

_STATE = frozenset({"government_forces", "police_security", "foreign_state_forces", "pro_government_militia"})
_ABROAD = "foreign_state_forces"
_PHRASE = 8
"""Tokens in which a mention says whose force it is."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What is known of a side: the heads of the register's entries, classes, and countries."""

    heads: frozenset[str]
    classes: frozenset[str]
    countries: frozenset[str]


def own_people(scene: Scene, actor: ActorRef, draft: Draft) -> bool:
    """Are the harmed this actor's own people: named by the same words, of one side, or of one state's forces?"""
    if any(_same(actor, other) for other in draft.organisations):
        return True
    side, harmed = _side_of(scene, actor), _harmed(scene, draft)
    if side.heads and harmed.heads:
        return bool(side.heads & harmed.heads)
    if harmed.classes and harmed.classes <= _STATE:
        return bool(side.countries & harmed.countries) and (not side.classes or side.classes <= _STATE)
    return bool(harmed.classes) and not side.heads and harmed.classes == side.classes


def likely_own_people(scene: Scene, actor: ActorRef, draft: Draft) -> bool:
    """The same where the text does not say outright who did it: soldiers and police are those of the army at home."""
    if own_people(scene, actor, draft):
        return True
    side, harmed = _side_of(scene, actor), _harmed(scene, draft)
    if not harmed.classes or (harmed.heads and side.heads):
        return False
    if not harmed.classes <= _STATE or (side.countries and harmed.countries):
        return harmed.classes == side.classes
    return bool(side.classes) and side.classes <= _STATE - {_ABROAD}


def _same(actor: ActorRef, other: ActorRef) -> bool:
    return actor.span == other.span or bool(set(actor.candidates) & set(other.candidates)) or actor.words == other.words


def _harmed(scene: Scene, draft: Draft) -> _Side:
    sides = [_side_of(scene, actor) for actor in draft.organisations]
    nations = frozenset(code for code in draft.nationalities if not code.startswith("-"))
    return _Side(
        frozenset().union(*(side.heads for side in sides)),
        draft.classes or frozenset().union(*(side.classes for side in sides)),
        nations or frozenset().union(*(side.countries for side in sides)),
    )


def _side_of(scene: Scene, actor: ActorRef) -> _Side:
    entries = [scene.known[i] for i in actor.candidates if i in scene.known]
    if entries:
        return _Side(
            frozenset(_head(entry) for entry in entries),
            _given(entry.victim_class for entry in entries),
            _given(entry.country for entry in entries),
        )
    first = scene.starts.get(actor.span.start, -1) if actor.span else -1
    if first < 0:
        return _Side(frozenset(), frozenset(), frozenset())
    phrase = phrase_at(scene, first, min(first + _PHRASE, len(scene.tokens)))
    nation = scene.hit(first, "forces", "adjective")
    countries = phrase.countries if phrase and phrase.countries else (nation.term.country,) if nation else ()
    return _Side(frozenset(), phrase.classes if phrase else frozenset(), _given(countries))


def _given(values: Iterable[str | None]) -> frozenset[str]:
    return frozenset(value for value in values if value)


def _head(entry: Actor) -> str:
    """The forces of a state are one side; of other armed groups even those under one roof fight each other."""
    return entry.side or entry.id if entry.victim_class in _STATE else entry.id
