"""What a set of counts says about the dead: who is part of whom, who cannot be the same, and where each may be.

The dead reported are the union of the counts' victim sets. Here the counts of one component become nodes: restated
counts are one node, revised counts are gone, the scope of a part is narrowed to its whole's, and relations that
contradict each other are told apart from those that hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise, product
from typing import TypeVar

from waqai.account.counts import CountStatement, Link
from waqai.account.rules import CLOSED_NAMING, RUNNING_TOTAL, SAME_SOURCE_SAME_NUMBER, Policy
from waqai.account.scope import Scope, Sort, World

PART_OF = frozenset({"subset_of", "contained_in"})
Pair = tuple[str, str]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Node:
    """One victim set: the counts that state it, its number and its scope. `low` 0 and `high` None bound nothing."""

    name: str
    counts: tuple[CountStatement, ...]
    low: int
    high: int | None
    scope: Scope

    @property
    def leaves(self) -> frozenset[str]:
        """The classes that the counts name; none: unknown."""
        return frozenset().union(*(c.leaves for c in self.counts))

    @property
    def traits(self) -> frozenset[tuple[str, str]]:
        return frozenset().union(*(c.traits for c in self.counts))


@dataclass(frozen=True, slots=True)
class Part:
    """That one node is part of another; `named`: "among them".

    `breakdown` is the count whose sum it is an item of: the parts of one breakdown make up the whole.
    """

    child: str
    whole: str
    breakdown: str = ""
    named: bool = False


@dataclass(slots=True)
class Population:
    """Nodes and what holds between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    apart: set[frozenset[str]] = field(default_factory=set)
    closed: bool = True
    """Is closed naming in force?"""
    guests: dict[Sort, set[str]] = field(default_factory=dict)
    """Sorts of guests, and the nodes among whose dead such guests are."""

    def above(self, child: str) -> set[str]:
        """All that a node is part of."""
        found: set[str] = set()
        waiting = {child}
        while waiting:
            waiting = {p.whole for p in self.parts if p.child in waiting} - found
            found |= waiting
        return found

    def children(self) -> dict[str, list[Part]]:
        """Whole → its parts."""
        found: dict[str, list[Part]] = defaultdict(list)
        for part in self.parts:
            found[part.whole].append(part)
        return found

    def roots(self) -> list[str]:
        """The nodes that are part of no other: the dead are their union."""
        inner = {p.child for p in self.parts}
        return [name for name in self.nodes if name not in inner]


def number(counts: Sequence[CountStatement]) -> tuple[int, int | None]:
    """The number that counts of the same people agree on; where they do not, the span from lowest to highest.

    A disputed count forces nobody to be dead: it opens the upper end only.
    """
    lows = [0 if c.certainty == "disputed" or c.low is None else c.low for c in counts]
    highs = [c.high for c in counts if c.high is not None]
    low, high = max(lows), min(highs, default=None)
    if high is not None and low > high:
        return min(lows), (max(highs) if len(highs) == len(counts) else None)
    return low, high


def populate(
    counts: Sequence[CountStatement], world: World, policy: Policy, reading: Mapping[str, Sequence[Link]]
) -> tuple[Population, list[Part]]:
    """The population of one component, and the relations that it might have, the surest first.

    `reading` holds the relations of the reading taken of each ambiguous count. The parts are not in the population
    yet: whoever solves it adds them as far as they can hold together.
    """
    links = {
        c.iri: [*(k for k in c.links if k.rule is None or policy.on(k.rule)), *reading.get(c.iri, ())] for c in counts
    }
    same = _identities(counts, links, policy)
    revised = _revisions(links, same)
    grouped: dict[str, list[CountStatement]] = defaultdict(list)
    for count in counts:
        if _final(same[count.iri], revised) == same[count.iri]:
            grouped[same[count.iri]].append(count)
    population = Population(closed=policy.on(CLOSED_NAMING))
    for name, members in grouped.items():
        population.nodes[name] = Node(name, tuple(members), *number(members), _meet([world.scope(c) for c in members]))
    node_of = {iri: _final(name, revised) for iri, name in same.items()}
    parts = _parts(counts, links, node_of)
    if policy.on(RUNNING_TOTAL):
        parts += _series(population.nodes.values())
    population.apart = _apart(links, node_of)
    _add_guests(population, parts, world)
    return population, _sure_first(parts)


def _meet(scopes: Sequence[Scope]) -> Scope:
    """What the scopes of restated counts have in common; where they have nothing in common, what they have together."""
    firsts, lasts = [s.first for s in scopes], [s.last for s in scopes]
    days = (max(firsts), min(lasts)) if max(firsts) <= min(lasts) else (min(firsts), max(lasts))
    return Scope(
        _common([s.sorts for s in scopes]), _common([s.units for s in scopes]), *days, _common([s.by for s in scopes])
    )


def _common(options: Sequence[frozenset[Thing]]) -> frozenset[Thing]:
    return frozenset.intersection(*options) or frozenset.union(*options)


def _identities(
    counts: Sequence[CountStatement], links: Mapping[str, Sequence[Link]], policy: Policy
) -> dict[str, str]:
    """Count → the count that stands for all that state the same."""
    same = {c.iri: c.iri for c in counts}

    def find(iri: str) -> str:
        while same[iri] != iri:
            iri = same[iri]
        return iri

    pairs = [(iri, k.target) for iri, ks in links.items() for k in ks if k.kind == "restates" and k.target in same]
    if policy.on(SAME_SOURCE_SAME_NUMBER):
        pairs += _said_twice(counts)
    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        same[second] = first
    return {iri: find(iri) for iri in same}


def said_key(c: CountStatement) -> tuple[object, ...] | None:
    """What two counts must share to be the same one said twice; None where the text leaves the days open."""
    if c.first is None or not (c.last or c.open_end) or not c.units:
        return None
    days = (c.first, None if c.open_end else c.last)
    return (c.originator, c.low, c.high, c.kind, c.leaves, c.units, c.perpetrators, c.traits, *days)


def _said_twice(counts: Sequence[CountStatement]) -> list[Pair]:
    by_key: dict[tuple[object, ...], list[CountStatement]] = defaultdict(list)
    for count in counts:
        key = said_key(count)
        if key is not None:
            by_key[key].append(count)
    return [(group[0].iri, c.iri) for group in by_key.values() for c in group[1:] if c.article != group[0].article]


def _revisions(links: Mapping[str, Sequence[Link]], same: Mapping[str, str]) -> dict[str, str]:
    """Node → the node that revises it."""
    revised: dict[str, str] = {}
    for iri, known in links.items():
        for link in known:
            if link.kind == "updates" and link.target in same:
                newer, older = same[iri], same[link.target]
                if older not in revised and _final(newer, revised) != older:
                    revised[older] = newer
    return revised


def _final(name: str, revised: Mapping[str, str]) -> str:
    while name in revised:
        name = revised[name]
    return name


def _parts(
    counts: Sequence[CountStatement], links: Mapping[str, Sequence[Link]], node_of: Mapping[str, str]
) -> list[Part]:
    found: dict[Part, None] = {}
    for count in counts:
        for link in links[count.iri]:
            if link.target not in node_of:
                continue
            here, there = node_of[count.iri], node_of[link.target]
            if here == there:
                continue
            if link.kind in PART_OF:
                found[Part(here, there, named=link.kind == "subset_of" and link.source)] = None
            elif link.kind == "sum_of":
                found[Part(there, here, breakdown=count.iri)] = None
    return list(found)


def series_key(c: CountStatement) -> tuple[object, ...] | None:
    """What the members of one source's running total share: all but the number and the last day."""
    if c.kind != "period_total" or c.first is None or c.low is None or c.low != c.high:
        return None
    return (c.originator, c.first, c.leaves, c.units, c.countries, c.perpetrators, c.traits)


def _series(nodes: Iterable[Node]) -> list[Part]:
    """Members of one source's running total: the smaller is part of the larger (one that falls is a finding)."""
    series: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    for node in (n for n in nodes if n.low == n.high):
        for key in {key for c in node.counts if (key := series_key(c))}:
            series[key].append(node)
    parts = []
    for members in series.values():
        members.sort(key=lambda n: (n.low, n.scope.last, n.name))
        parts += [Part(a.name, b.name) for a, b in pairwise(members)]
    return parts


def _apart(links: Mapping[str, Sequence[Link]], node_of: Mapping[str, str]) -> set[frozenset[str]]:
    """Pairs of nodes that the words tell apart."""
    pairs = {
        frozenset({node_of[iri], node_of[k.target]})
        for iri, known in links.items()
        for k in known
        if k.kind == "disjoint_from" and k.target in node_of
    }
    return {pair for pair in pairs if len(pair) == 2}


def _sure_first(parts: list[Part]) -> list[Part]:
    return sorted(set(parts), key=lambda p: (not p.named, not p.breakdown, p.whole, p.child, p.breakdown))


def _add_guests(population: Population, parts: Sequence[Part], world: World) -> None:
    """A part of another class than its whole makes a sort that is both: the Russians among the government's dead."""
    taxonomy = world.taxonomy
    made: dict[Sort, set[str]] = defaultdict(set)
    for part in parts:
        child, whole = population.nodes[part.child], population.nodes[part.whole]
        if not child.leaves or not whole.leaves or child.scope.sorts & whole.scope.sorts:
            continue
        for host, guest in product(taxonomy.general(whole.leaves), child.leaves):
            made[Sort(taxonomy.up(host), taxonomy.up(guest) - taxonomy.up(host))].add(whole.name)
    population.guests = dict(made)
    for name, node in population.nodes.items() if made else ():
        more = frozenset(s for s in made if not node.leaves or s.all_codes & node.leaves)
        population.nodes[name] = replace(node, scope=replace(node.scope, sorts=node.scope.sorts | more))


def accept(population: Population, parts: Sequence[Part]) -> Population | None:
    """The population with more relations, scopes narrowed; None where they make a circle or leave a part no place."""
    known = [*population.parts, *parts]
    wholes: dict[str, set[str]] = defaultdict(set)
    for part in known:
        wholes[part.child].add(part.whole)
    nodes = dict(population.nodes)
    try:
        for name in TopologicalSorter(wholes).static_order():
            for whole in sorted(wholes.get(name, ())):
                nodes[name] = replace(nodes[name], scope=nodes[name].scope.within(nodes[whole].scope))
            if nodes[name].scope.empty() and nodes[name].low > 0:
                return None
    except CycleError:
        return None
    return replace(population, nodes=nodes, parts=known)


def narrows(node: Node) -> bool:
    """Is a named part narrowed by more than its class (women, medics, Afghans), so that it cannot exhaust the class?"""
    return any(kind in ("person", "occupation", "nationality") for kind, _ in node.traits)


def are_apart(one: Node, other: Node) -> bool:
    """Are two parts of one whole items of one list that differ in trait or place, so that they share no victim?"""
    return any(
        a.article == b.article and (_traits_differ(a, b) or _incidents_differ(a, b))
        for a, b in product(one.counts, other.counts)
    )


def _traits_differ(one: CountStatement, other: CountStatement) -> bool:
    for kind in {k for k, _ in one.traits} & {k for k, _ in other.traits}:
        values = [{v for k, v in count.traits if k == kind} for count in (one, other)]
        if not values[0] & values[1]:
            return True
    return False


def _incidents_differ(one: CountStatement, other: CountStatement) -> bool:
    return one.kind == other.kind == "incident" and bool(one.places and other.places) and not one.places & other.places


def cliques(names: Sequence[str], apart: set[frozenset[str]]) -> list[tuple[str, ...]]:
    """Sets of which every two are apart: around each name the first largest one, so that every name is in one."""
    told = frozenset().union(*apart)
    found: set[tuple[str, ...]] = {(name,) for name in names if name not in told}
    for name in (n for n in names if n in told):
        clique = [name]
        for other in names:
            if other in told and other != name and all(frozenset({other, member}) in apart for member in clique):
                clique.append(other)
        found.add(tuple(sorted(clique)))
    return sorted(found)


def told_apart(population: Population) -> Iterator[frozenset[str]]:
    """Pairs told apart by the words, items of one sum, and items of one list."""
    yield from population.apart
    for parts in population.children().values():
        breakdowns = {(p.child, p.breakdown) for p in parts if p.breakdown}
        yield from (frozenset({a, b}) for (a, m), (b, n) in combinations(sorted(breakdowns), 2) if m == n)
        for one, other in combinations(sorted({p.child for p in parts}), 2):
            if are_apart(population.nodes[one], population.nodes[other]):
                yield frozenset({one, other})


def all_apart(population: Population) -> set[frozenset[str]]:
    """Every pair of nodes that cannot share a victim: those told apart, and parts of such."""
    told, children = set(told_apart(population)), population.children()
    below = {name: _below(name, children) for name in frozenset().union(*told)}
    closed = {frozenset({a, b}) for one, other in map(sorted, told) for a in below[one] for b in below[other]}
    return {pair for pair in closed if len(pair) == 2}


def _below(name: str, children: Mapping[str, Sequence[Part]]) -> set[str]:
    """A node and all that are part of it."""
    found, waiting = {name}, [name]
    while waiting:
        for part in children.get(waiting.pop(), ()):
            if part.child not in found:
                found.add(part.child)
                waiting.append(part.child)
    return found
