"""Which actor a mention means, and what class its members count as where they were harmed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from waqai.model import Actor, ActorRef, CasualtyCount, Statement, VictimGroup
from waqai.resolve.context import Context

_STATE_CLASSES = frozenset({"government_forces", "foreign_state_forces"})
_GOVERNMENTS = frozenset({"State", "Authority"})
_COMBATANTS = frozenset({"government_forces", "foreign_state_forces", "pro_government_militia", "iran_backed_militia"})


def decide(refs: Sequence[ActorRef], country: str | None, context: Context) -> tuple[ActorRef, ...]:
    """Decide the actors of a statement that happened in a country."""
    return tuple(_decide(ref, country, context) for ref in refs)


def _decide(ref: ActorRef, country: str | None, context: Context) -> ActorRef:
    """A strong name decides alone; a weak or shared one by a mention elsewhere, else by the country of the event."""
    if ref.actor is not None:
        return ref
    matches = context.find(ref.words, "actor")
    candidates = ref.candidates or tuple(dict.fromkeys(i for match in matches for i in match.candidates))
    strong = [match.candidates for match in matches if match.strong]
    if len(candidates) == 1 and (not matches or any(candidates[0] in ids for ids in strong)):
        return replace(ref, candidates=candidates, actor=candidates[0])
    actor = _antecedent(ref, candidates, context) or _at_home(candidates, country, context)
    return replace(ref, candidates=candidates, actor=actor)


def _antecedent(ref: ActorRef, candidates: Sequence[str], context: Context) -> str | None:
    """The candidate that a strong name of its own mentions: the last one before the words, else the first one after."""
    at = ref.span.start if ref.span else 0
    mentioned = [(context.actor_starts[actor], actor) for actor in candidates if actor in context.actor_starts]
    before = [(starts[k - 1], actor) for starts, actor in mentioned if (k := bisect_left(starts, at))]
    return max(before)[1] if before else min(((starts[0], actor) for starts, actor in mentioned), default=(0, None))[1]


def _at_home(candidates: Sequence[str], country: str | None, context: Context) -> str | None:
    """The one candidate that belongs to the country of the event."""
    actors = [context.registers.actors[i] for i in candidates if i in context.registers.actors]
    home = [actor.id for actor in actors if country is not None and actor.country == country]
    return home[0] if len(home) == 1 else None


def classed(count: CasualtyCount, context: Context, by_id: Mapping[str, Statement]) -> VictimGroup:
    """The victims of a count with the classes that the register and the country of the event give them."""
    victims = count.victims
    if not victims.classes and (victims.fighters or _is_among_combatants(count, by_id)):
        organisations = tuple(_soldiers(ref, count, context) for ref in victims.organisations)
        victims = replace(victims, organisations=organisations)
    found = (context.registers.actors.get(ref.actor or "") for ref in victims.organisations)
    members = {actor: _class_of(actor, victims) for actor in found if actor}
    classes = victims.classes or frozenset(code for code in members.values() if code) or victims.presumed
    homes = {actor.country for actor, code in members.items() if code in _STATE_CLASSES and actor.country}
    homes = homes or {code for code in victims.nationalities if not code.startswith("-")}
    if not classes and _is_among_combatants(count, by_id) and homes & _nations_that_fight_abroad(context):
        classes = frozenset({"foreign_state_forces"})
    return replace(victims, classes=_seen_from(classes, homes, count.country, context))


def _class_of(actor: Actor, victims: VictimGroup) -> str | None:
    """What the members of an actor count as; the fighters of a state or a government are its forces."""
    governs = victims.fighters and bool(actor.kinds & _GOVERNMENTS)
    return actor.victim_class or ("government_forces" if governs else None)


def _is_among_combatants(count: CasualtyCount, by_id: Mapping[str, Statement]) -> bool:
    """Is it counted among fighters (1020 من قوات النظام، بينهم اثنان من الروس)? Then its people fought too."""
    wholes = [by_id.get(relation.target) for relation in count.relations if relation.kind == "subset_of"]
    among = [whole.victims.classes for whole in wholes if isinstance(whole, CasualtyCount)]
    return any(classes and classes <= _COMBATANTS for classes in among)


def _soldiers(ref: ActorRef, count: CasualtyCount, context: Context) -> ActorRef:
    """Of fighters a weak name (عناصر للنظام) has its second sign; among them, that of a state's forces (الروس)."""
    actor = context.registers.actors.get(ref.candidates[0]) if len(ref.candidates) == 1 else None
    if actor is None or ref.actor is not None:
        return ref
    at_home = count.victims.fighters and count.country is not None and actor.country == count.country
    if at_home or actor.victim_class in _STATE_CLASSES:
        return replace(ref, actor=actor.id)
    return ref


def _nations_that_fight_abroad(context: Context) -> set[str | None]:
    return {a.country for a in context.registers.actors.values() if a.victim_class == "foreign_state_forces"}


def _seen_from(classes: frozenset[str], homes: set[str], country: str | None, context: Context) -> frozenset[str]:
    """Soldiers of a state are government forces at home and foreign state forces elsewhere.

    Those of a country at war with itself, whose government the register holds as one of the parties, fight at home.
    """
    if not classes & _STATE_CLASSES or len(homes) != 1 or country is None:
        return classes
    at_home = country in homes or homes <= _divided_countries(context)
    return classes - _STATE_CLASSES | {"government_forces" if at_home else "foreign_state_forces"}


def _divided_countries(context: Context) -> set[str | None]:
    actors = context.registers.actors.values()
    return {a.country for a in actors if "Authority" in a.kinds} - {a.country for a in actors if "State" in a.kinds}
