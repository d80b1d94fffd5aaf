"""Relations that we conclude once actors and places are decided, each under a named rule of reading.

`same_article_same_total`: a period count is contained in a wider one of the same article, source, perpetrator and
classes when its place names the region in which the wider one is counted and its time is not outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from waqai.model import SEVERAL, ActorRef, CasualtyCount, Day, Relation, Statement

RULE = "same_article_same_total"
_REACH = 60
"""Totals of one kind that a count is compared with, so that work stays linear."""


def conclude(statements: Sequence[Statement]) -> list[Statement]:
    """Add the concluded relations to resolved statements; their order is kept."""
    sound = _without_impossible_parts(statements)
    parts = _parts(sound)
    summed = [_summed(s, parts) if isinstance(s, CasualtyCount) else s for s in sound]
    totals = _comparable(summed)
    return [_concluded(s, totals) if isinstance(s, CasualtyCount) else s for s in summed]


def _without_impossible_parts(statements: Sequence[Statement]) -> list[Statement]:
    """What is larger than a whole, or holds it, or is of another harm, is no part of it; a lower toll revises none."""
    counts = {s.id: s for s in statements if isinstance(s, CasualtyCount)}
    wholes: dict[str, str] = {}
    found: list[Statement] = []
    for statement in statements:
        if isinstance(statement, CasualtyCount):
            kept = tuple(r for r in statement.relations if _possible(statement, r, counts, wholes))
            wholes.update((statement.id, relation.target) for relation in kept if relation.kind == "subset_of")
            found.append(replace(statement, relations=kept))
        else:
            found.append(statement)
    return found


def _possible(
    count: CasualtyCount, relation: Relation, counts: Mapping[str, CasualtyCount], wholes: Mapping[str, str]
) -> bool:
    if relation.kind == "updates":
        earlier = counts[relation.target]
        return count.high is None or earlier.low is None or count.high >= earlier.low
    return relation.kind != "subset_of" or _may_be_part(count.id, relation, counts, wholes)


def _may_be_part(part: str, relation: Relation, counts: Mapping[str, CasualtyCount], wholes: Mapping[str, str]) -> bool:
    whole = counts[relation.target]
    low, high = counts[part].low, whole.high
    outcomes = {counts[part].outcome, whole.outcome}
    if len(outcomes) > 1 and "killed_or_injured" not in outcomes:
        return False
    above: str | None = relation.target
    while above is not None and above != part:
        above = wholes.get(above)
    return above is None and (low is None or high is None or low <= high)


Key = tuple[str, str, frozenset[str], frozenset[str]]


def _comparable(statements: Sequence[Statement]) -> dict[Key, list[CasualtyCount]]:
    """Period totals by outcome, source, perpetrators and classes."""
    found: dict[Key, list[CasualtyCount]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement, CasualtyCount) and statement.kind == "period_total" and statement.low is not None:
            found[_key(statement)].append(statement)
    return found


def _key(count: CasualtyCount) -> Key:
    source = _name(count.source[0]) if count.source else ""
    return count.outcome, source, frozenset(map(_name, count.perpetrators)), count.victims.classes


def _name(actor: ActorRef) -> str:
    return actor.actor or actor.words


def _concluded(count: CasualtyCount, totals: dict[Key, list[CasualtyCount]]) -> CasualtyCount:
    if (
        count.kind != "period_total"
        or any(r.kind != "sum_of" for r in count.relations)
        or not count.victims.classes
        or not count.perpetrators
    ):
        return count
    wider = next(_wider(count, totals.get(_key(count), [])[:_REACH]), None)
    if wider is None:
        return count
    reason = "same source, perpetrator and classes; its place is the region in which the other is counted"
    relation = Relation("contained_in", wider.id, "waqai", reason, RULE)
    return replace(count, relations=(*count.relations, relation))


def _wider(count: CasualtyCount, others: list[CasualtyCount]) -> Iterator[CasualtyCount]:
    for other in others:
        larger = other.low is not None and count.low is not None and count.low < other.low
        if other is not count and larger and _region_of(count, other) and not _outside(count, other):
            yield other


def _region_of(count: CasualtyCount, wider: CasualtyCount) -> bool:
    """Is the wider one counted within the region that this one names, or this one within the wider's units?"""
    if not count.covers or not wider.units:
        return False
    return set(wider.units) <= set(count.covers) or set(count.covers) <= set(wider.units)


def _outside(count: CasualtyCount, wider: CasualtyCount) -> bool:
    """Does the text put its time before the wider one's start or after its end?"""
    start, end = wider.period.start, wider.period.end
    return _before(count.period.start, start) or _before(end, count.period.end)


def _before(day: Day | None, other: Day | None) -> bool:
    return day is not None and other is not None and day.last() < other.first()


def _summed(count: CasualtyCount, parts: dict[str, list[CasualtyCount]]) -> CasualtyCount:
    """A whole of people not named holds the classes of its parts where they make it up; else it is of several."""
    own = parts.get(count.id, [])
    if count.victims.classes - SEVERAL or not own:
        return count
    classes = frozenset[str]().union(*(_classes(part, parts) for part in own))
    known = sum(part.low or 0 for part in own)
    told = all(part.victims.classes for part in own if (part.low or 0) > 1)
    made_up = count.low is not None and known >= count.low and told
    if len(classes) > 1 and (classes & SEVERAL or not made_up):
        return replace(count, victims=replace(count.victims, classes=SEVERAL))
    return replace(count, victims=replace(count.victims, classes=classes)) if made_up else count


def _classes(part: CasualtyCount, parts: dict[str, list[CasualtyCount]]) -> frozenset[str]:
    """The class of a part, else what its own parts are; fighters of nobody named are a kind of their own."""
    inner = (inner.victims.classes for inner in parts.get(part.id, ()))
    classes = part.victims.classes or frozenset[str]().union(*inner)
    return classes or (SEVERAL if part.victims.fighters else frozenset())


def _parts(statements: Sequence[Statement]) -> dict[str, list[CasualtyCount]]:
    found: dict[str, list[CasualtyCount]] = defaultdict(list)
    for statement in statements:
        for relation in statement.relations if isinstance(statement, CasualtyCount) else ():
            if relation.kind == "subset_of" and isinstance(statement, CasualtyCount):
                found[relation.target].append(statement)
    return found
