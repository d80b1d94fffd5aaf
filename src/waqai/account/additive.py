"""The sum guard: whether the numbers that a query adds are of different people, and if not, why not.

A sum of counts is true only if no victim stands in two of them. That is decided from the statements which the query
adds over the data at hand: by the relations between them under the named rules, and by classes, places and days. Where
nothing proves that two of them are apart, they may be the same people, and the sum is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyoxigraph as ox

from waqai.account.components import groups
from waqai.account.counts import CountStatement, Link, Queryable, code, read_counts, rows
from waqai.account.population import Population, accept, all_apart, populate
from waqai.account.rules import Policy
from waqai.account.scope import Scope, World, read_taxonomy
from waqai.ask.adding import ADDED, ROWS, Witness, witnesses

Why = Literal[
    "part_of",
    "restates",
    "updates",
    "may_share",
    "repeated",
    "distinct",
    "outcomes",
    "no_count",
    "hidden",
]
MOST_REASONS = 5
"""Reasons told of one sum; one would do, a few show the pattern."""
MOST_PAIRS = 200_000
"""Pairs of counts compared for one sum; beyond it nothing is proved."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sum is not one: the kind, the statements concerned, and what the relation was concluded from, if told."""

    why: Why
    statements: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether all that a query adds is additive. `sums` is how many sums it has, `statements` how many they add."""

    sums: int
    statements: int
    reasons: tuple[Reason, ...] = ()

    @property
    def additive(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Added:
    """The statements that one row of a sum adds, and of how many solutions."""

    statements: frozenset[str]
    solutions: int


def judge(store: Queryable, sparql: str, policy: Policy | None = None) -> Verdict:
    """Whether what a query adds over this store is additive. Raises QueryError for a text that cannot be followed."""
    reasons: dict[Reason, None] = {}
    added: set[str] = set()
    found = witnesses(sparql)
    ledger = Ledger(store, policy or Policy())
    for witness in found:
        if witness.text is None:
            reasons[Reason("hidden")] = None
            continue
        for row in added_by(store, witness):
            added |= row.statements
            reasons |= dict.fromkeys(_row_reasons(ledger, witness, row))
            if len(reasons) >= MOST_REASONS:
                break
    return Verdict(len(found), len(added), tuple(reasons)[:MOST_REASONS])


def added_by(store: Queryable, witness: Witness) -> Iterator[Added]:
    """What each row of a sum adds."""
    for row in rows(store, witness.text or ""):
        yield Added(frozenset(row.get(ADDED, "").split()), int(row.get(ROWS, "0")))


def _row_reasons(ledger: Ledger, witness: Witness, row: Added) -> Iterator[Reason]:
    if witness.of.grouped and row.solutions * len(witness.of.statements) > len(row.statements):
        yield Reason("repeated")
    if witness.of.distinct and len(row.statements) > 1:
        yield Reason("distinct")
    yield from ledger.reasons(row.statements)


@dataclass(slots=True)
class Ledger:
    """The counts of a store, read when a sum needs them."""

    store: Queryable
    policy: Policy
    _books: dict[str, Book] = field(default_factory=dict)

    def reasons(self, statements: Iterable[str]) -> Iterator[Reason]:
        """Why the numbers of these statements must not be added; nothing where they may."""
        wanted = frozenset(statements)
        known = outcomes(self.store, wanted)
        unknown = sorted(wanted - known.keys())
        if unknown:
            yield Reason("no_count", tuple(unknown[:1]))
        by_outcome: dict[str, list[str]] = defaultdict(list)
        for iri, outcome in sorted(known.items()):
            by_outcome[outcome].append(iri)
        if len(by_outcome) > 1:
            yield Reason("outcomes", tuple(iris[0] for iris in by_outcome.values()))
        for outcome, iris in by_outcome.items():
            yield from self.book(outcome).reasons(iris)

    def book(self, outcome: str) -> Book:
        """All counts of one outcome."""
        if outcome not in self._books:
            self._books[outcome] = Book(self.store, outcome, self.policy)
        return self._books[outcome]


def outcomes(store: Queryable, statements: Iterable[str]) -> dict[str, str]:
    """Statement → its outcome, of those that are counts."""
    values = " ".join(str(ox.NamedNode(iri)) for iri in sorted(statements))
    found = rows(store, f"SELECT ?s ?o WHERE {{ VALUES ?s {{ {values} }} ?s a wq:CasualtyCount ; wq:outcome ?o }}")
    return {row["s"]: code(row["o"]) for row in found}


class Book:
    """The counts of one outcome, their groups, and what holds between them."""

    def __init__(self, store: Queryable, outcome: str, policy: Policy) -> None:
        self.counts = {c.iri: c for c in read_counts(store, outcome)}
        self.world = World.of(read_taxonomy(store), self.counts.values())
        self._policy = policy
        self._store = store
        members = groups(list(self.counts.values()))
        self._members = {c.iri: group for group in members for c in group}
        self._group_of = {c.iri: number for number, group in enumerate(members) for c in group}
        self._settled: dict[int, Settlement] = {}

    def settled(self, iri: str) -> Settlement:
        """The group of a count, its relations applied."""
        number = self._group_of[iri]
        if number not in self._settled:
            self._settled[number] = Settlement(self._members[iri], self.world, self._policy)
        return self._settled[number]

    def reasons(self, iris: Sequence[str]) -> Iterator[Reason]:
        """Pairs of these counts that tell, or may tell, of the same people: the related ones first."""
        told = 0
        for reason in self._related(iris):
            yield Reason(reason.why, reason.statements, self._because(*reason.statements))
            told += 1
            if told == MOST_REASONS:
                return
        if not told:
            yield from self._unproved(iris)

    def _related(self, iris: Sequence[str]) -> Iterator[Reason]:
        by_group: dict[int, list[str]] = defaultdict(list)
        for iri in iris:
            by_group[self._group_of[iri]].append(iri)
        for members in by_group.values():
            if len(members) > 1:
                yield from self.settled(members[0]).related(members)

    def _unproved(self, iris: Sequence[str]) -> Iterator[Reason]:
        """The first pair that may share victims, whatever the reason why nobody knows."""
        scopes = {iri: self.settled(iri).scope(iri) for iri in iris}
        for compared, (one, other) in enumerate(_meeting(scopes), 1):
            apart = self._group_of[one] == self._group_of[other] and self.settled(one).are_apart(one, other)
            if not apart or compared > MOST_PAIRS:
                yield Reason("may_share", (one, other))
                return

    def _because(self, one: str, other: str) -> str:
        """The recorded reason of a relation between two statements, either way."""
        a, b = ox.NamedNode(one), ox.NamedNode(other)
        pattern = f"VALUES (?s ?t) {{ ({a} {b}) ({b} {a}) }} ?s wq:relation ?r . ?r wq:relatesTo ?t ; wq:reason ?why"
        found = rows(self._store, f"SELECT ?why WHERE {{ {pattern} }} ORDER BY ?why LIMIT 1")
        return next((row["why"] for row in found), "")


class Settlement:
    """One group of related counts under the preferred readings: who is part of whom, and who is apart."""

    def __init__(self, counts: Sequence[CountStatement], world: World, policy: Policy) -> None:
        readings = {c.iri: _preferred(c, policy) for c in counts if c.readings}
        population, parts = populate(counts, world, policy, readings)
        self.population: Population = accept(population, parts) or population
        self._world = world
        self._counts = {c.iri: c for c in counts}
        self._node = {c.iri: node for node in self.population.nodes.values() for c in node.counts}
        self._wholes = _above(self.population)
        self._apart = all_apart(self.population)

    def scope(self, iri: str) -> Scope:
        """Where the dead of a count may be, narrowed by what it is part of."""
        node = self._node.get(iri)
        return node.scope if node else self._world.scope(self._counts[iri])

    def related(self, iris: Sequence[str]) -> Iterator[Reason]:
        """Counts of the same people, revised ones, and parts beside their wholes."""
        first: dict[str, str] = {}
        for iri in iris:
            node = self._node.get(iri)
            if node is None:
                yield Reason("updates", (self._reviser(iri), iri))
            elif node.name in first:
                yield Reason("restates", (iri, first[node.name]))
            else:
                first[node.name] = iri
        for name, iri in first.items():
            for whole in sorted(self._wholes.get(name, frozenset()) & first.keys()):
                yield Reason("part_of", (iri, first[whole]))

    def _reviser(self, iri: str) -> str:
        """A count that revises this one; the count itself where the revision goes by way of another."""
        links = ((c.iri, k) for c in self._counts.values() for k in c.links)
        return next((name for name, k in links if k.kind == "updates" and k.target == iri), iri)

    def are_apart(self, one: str, other: str) -> bool:
        """Is it proved that no victim is in both?"""
        a, b = self._node.get(one), self._node.get(other)
        return a is not None and b is not None and frozenset({a.name, b.name}) in self._apart


def _preferred(count: CountStatement, policy: Policy) -> list[Link]:
    chosen = next((r.links for r in count.readings if r.preferred), ())
    return [k for k in chosen if k.rule is None or policy.on(k.rule)]


def _above(population: Population) -> Mapping[str, frozenset[str]]:
    """Node → all nodes that it is part of, however far up."""
    direct: dict[str, set[str]] = defaultdict(set)
    for part in population.parts:
        direct[part.child].add(part.whole)
    found: dict[str, frozenset[str]] = {}
    for name, wholes in direct.items():
        seen, waiting = set[str](), [*wholes]
        while waiting:
            whole = waiting.pop()
            if whole not in seen:
                seen.add(whole)
                waiting += direct.get(whole, ())
        found[name] = frozenset(seen)
    return found


def _meeting(scopes: Mapping[str, Scope]) -> Iterator[tuple[str, str]]:
    """Pairs of counts that share a class, a unit and a day."""
    seen: set[tuple[str, str]] = set()
    buckets: dict[tuple[str, object], list[tuple[int, int, str]]] = defaultdict(list)
    for iri, scope in scopes.items():
        for unit in scope.units:
            for sort in scope.sorts:
                buckets[unit, sort].append((scope.first, scope.last, iri))
    for bucket in buckets.values():
        for pair in _overlaps(sorted(bucket)):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _overlaps(bucket: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    running: list[tuple[int, str]] = []
    for first, last, iri in bucket:
        running = [(until, other) for until, other in running if until >= first]
        yield from ((min(iri, other), max(iri, other)) for _, other in running)
        running.append((last, iri))
