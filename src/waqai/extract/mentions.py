"""Short mentions and the fuller ones that they refer back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from waqai.extract.drafts import Draft
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.model import ActorRef

_FORCE_WORDS = 6


def full_mentions(scene: Scene, counted: Iterable[Draft]) -> dict[str, ActorRef]:
    """The first phrase that names a force of each state (الطيران الحربي الروسي), and no people who are counted."""
    harmed = {i for draft in counted for i in range(draft.first, draft.end)}
    found: dict[str, ActorRef] = {}
    by_weapon: dict[str, ActorRef] = {}
    for i, hits in scene.hits_at.items():
        forces = any(hit.term.sort == "forces" and hit.term.role == "force" for hit in hits)
        if scene.arabic and forces and i not in harmed:
            phrase = phrase_at(scene, i, min(i + _FORCE_WORDS, len(scene.tokens)))
            if phrase and len(phrase.actors) == 1 and (country := _country(scene, phrase)):
                if not _is_deed(scene, i):
                    found.setdefault(country, phrase.actors[0])
                elif scene.norm(i).startswith("ال") and phrase.registered:
                    by_weapon.setdefault(country, phrase.actors[0])
    return {**scene.state_forces, **by_weapon, **found}


def _is_deed(scene: Scene, i: int) -> bool:
    """`قصف روسي` names what was done; `طائرة روسية` names who did it, though it tells how too."""
    how = scene.hit(i, "methods")
    return how is not None and not (how.term.role == "weapon" and "airstrike" in how.term.methods)


def _country(scene: Scene, phrase: Phrase) -> str | None:
    """The state whose force it is, though the register knows the force by name (الجيش التركي)."""
    adjective = scene.hit_to(phrase.last, "forces", "adjective")
    return adjective.term.country if adjective and adjective.first > phrase.first else None


def fuller(scene: Scene, actor: ActorRef, full: dict[str, ActorRef]) -> ActorRef:
    """An adjective alone (غارة روسية) refers to the force that the text, or else the register, names in full."""
    first = scene.starts.get(actor.span.start) if actor.span else None
    hit = scene.hit(first, "forces", "adjective") if first is not None else None
    if hit is None or actor.span is None:
        return actor
    whole = full.get(hit.term.country or "", actor)
    if actor.candidates and not set(actor.candidates) & set(whole.candidates):
        return actor
    alone = scene.tokens[hit.last - 1].span.end >= actor.span.end
    if alone and whole.span:
        return whole
    return replace(actor, actor=next(iter(whole.candidates), None))
