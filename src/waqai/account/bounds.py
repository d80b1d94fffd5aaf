"""The ends of one piece: counts that must be solved together, under every reading asked for and every named rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from waqai.account.counts import CountStatement, Link, ReadingChoice
from waqai.account.population import Node, Part, Population, accept, populate, said_key, series_key
from waqai.account.programme import Asked, End, Programme, alone, cells
from waqai.account.rules import (
    ALL_READINGS,
    CLOSED_NAMING,
    CONTRADICTION_SET_ASIDE,
    ONE_EVENT,
    RUNNING_TOTAL,
    SAME_ARTICLE_SAME_TOTAL,
    SAME_SOURCE_SAME_NUMBER,
    Policy,
)
from waqai.account.scope import Calendar, Scope, World, asked_days

LARGEST_PROGRAMME = 60_000
"""Node × cell variables of one programme; beyond it days are cut more coarsely, which can only widen an answer."""
LARGEST_SHRUNK = 12
"""Statements of a proof of which each is left out once to see whether the others force the same."""
MOST_AMBIGUOUS = 6
"""Ambiguous counts of one group whose readings are all combined; of further ones the relations are left open."""


@dataclass(slots=True)
class Tally:
    """One end of a piece (None: open) and what is behind it; `tight`: some possible world attains it."""

    value: int | None = 0
    statements: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    tight: bool = True


def volume(scope: Scope, calendar: Calendar) -> int:
    """How many cells a scope has."""
    return len(scope.sorts) * len(scope.units) * len(calendar.stretches(scope)) * len(scope.by)


class Settled:
    """Counts under one policy and one choice of readings, with the relations that hold together."""

    def __init__(self, population: Population, parts: Sequence[Part], policy: Policy, classes: Collection[str]) -> None:
        self._days = asked_days(policy)
        self._classes = classes
        self.set_aside: list[Part] = []
        self._coarse = False
        self.population = population
        self._programme = self._accepted(population, parts)

    def _accepted(self, population: Population, parts: Sequence[Part]) -> Programme | None:
        if len(population.nodes) == 1:
            return None
        whole = self._try(population, parts)
        if whole is None:
            self._halve(parts)
            whole = self._try(self.population, ())
        if whole is None:
            raise AssertionError("counts without relations always hold together")
        self.population = whole.population
        return whole

    def _try(self, population: Population, parts: Sequence[Part]) -> Programme | None:
        accepted = accept(population, parts)
        if accepted is None:
            return None
        programme = Programme(accepted, cells(accepted, self._calendar(accepted), self._classes))
        return programme if programme.feasible() else None

    def _halve(self, parts: Sequence[Part]) -> None:
        """Take the surer half first, set aside the single relations that contradict what was taken."""
        taken = self._try(self.population, parts)
        if taken is not None:
            self.population = taken.population
        elif len(parts) == 1:
            self.set_aside.append(parts[0])
        else:
            self._halve(parts[: len(parts) // 2])
            self._halve(parts[len(parts) // 2 :])

    def _calendar(self, population: Population) -> Calendar:
        """Days cut as finely as the largest programme allows."""
        scopes = [n.scope for n in population.nodes.values()]
        for grain in Calendar.GRAINS:
            calendar = Calendar(scopes, self._days, grain)
            self._coarse = grain != Calendar.GRAINS[0]
            if sum(volume(s, calendar) for s in scopes) <= LARGEST_PROGRAMME:
                return calendar
        return calendar

    def end(self, asked: Asked, *, high: bool) -> End:
        """One end of the bound."""
        if self._programme is None:
            return alone(next(iter(self.population.nodes.values())), asked, self._days)[high]
        end = self._programme.high(asked) if high else self._programme.low(asked)
        return replace(end, tight=False) if self._coarse else end

    def statements(self, names: Iterable[str]) -> set[str]:
        """The statements behind nodes."""
        return {c.iri for name in names for c in self.population.nodes[name].counts}


class Piece:
    """A group or a cluster of groups: its ends under all readings asked for, and the rules that mattered."""

    def __init__(
        self, counts: Sequence[CountStatement], world: World, policy: Policy, classes: Collection[str]
    ) -> None:
        self.counts = counts
        self.policy = policy
        self._world = world
        self._classes = classes
        self._settled: list[tuple[Settled, frozenset[str]]] | None = None
        self.units = frozenset().union(*(world.units_of(c) for c in counts))
        self.any_class = any(not c.leaves for c in counts)
        self.codes = frozenset(s for c in counts for sort in world.scope(c).sorts for s in sort.codes)

    def nodes(self) -> Iterable[Node]:
        """The nodes under the preferred readings, their scopes narrowed to their wholes'."""
        return self._variants()[0][0].population.nodes.values()

    def concerns(self, asked: Asked) -> bool:
        """May any of its dead be what is asked?"""
        return bool(self.units & asked.units) and (self.any_class or asked.victim_class in self.codes)

    def end(self, asked: Asked, high: bool) -> Tally:
        """One end, and statements that force it by themselves: with only these it is the same."""
        tally = self.extreme(asked, high)
        if tally.value != 0:
            tally.statements = self._forcing(asked, high, tally)
        return tally

    def _forcing(self, asked: Asked, high: bool, tally: Tally) -> set[str]:
        """Those whose numbers the solution leans on; more, as far as relations lead, until they do force it."""
        chosen = [c for c in self.counts if c.iri in tally.statements]
        while len(chosen) < len(self.counts) and not self._forces(chosen, asked, high, tally.value):
            near = _related(chosen, self.counts)
            chosen = near if len(near) > len(chosen) else list(self.counts)
        for count in reversed(chosen) if len(chosen) <= LARGEST_SHRUNK else ():
            fewer = [c for c in chosen if c is not count]
            if fewer and self._forces(fewer, asked, high, tally.value):
                chosen = fewer
        return {c.iri for c in chosen}

    def _forces(self, counts: Sequence[CountStatement], asked: Asked, high: bool, value: int | None) -> bool:
        return Piece(counts, self._world, self.policy, self._classes).extreme(asked, high).value == value

    def extreme(self, asked: Asked, high: bool) -> Tally:
        """The lowest low or highest high over the readings; of equal ones the preferred."""
        best: tuple[Settled, frozenset[str], End] | None = None
        for settled, readings in self._variants():
            end = settled.end(asked, high=high)
            if best is None or _beyond(end.value, best[2].value, high):
                best = (settled, readings, end)
        if best is None:
            return Tally()
        settled, readings, end = best
        contradicted = settled.set_aside or any(c.repaired for c in self.counts)
        rules = {CONTRADICTION_SET_ASIDE} if contradicted and end.value != 0 else set()
        tight = end.tight and sum(bool(c.readings) for c in self.counts) <= MOST_AMBIGUOUS
        return Tally(end.value, settled.statements(end.by), rules, set(readings) if end.by else set(), tight)

    def _variants(self) -> list[tuple[Settled, frozenset[str]]]:
        if self._settled is None:
            self._settled = [
                (Settled(*populate(self.counts, self._world, self.policy, links), self.policy, self._classes), readings)
                for links, readings in choices(self.counts, self.policy)
            ]
        return self._settled


def _related(chosen: Sequence[CountStatement], counts: Sequence[CountStatement]) -> list[CountStatement]:
    """Some counts and those that stand in a relation to one of them."""
    names = {c.iri for c in chosen}
    keys = {key for c in chosen for key in (said_key(c), series_key(c)) if key}
    found = []
    for count in counts:
        targets = {k.target for k in (*count.links, *(k for r in count.readings for k in r.links))}
        told = any(
            count.iri in {k.target for k in (*c.links, *(k for r in c.readings for k in r.links))} for c in chosen
        )
        if count.iri in names or targets & names or told or {said_key(count), series_key(count)} & keys:
            found.append(count)
    return found


def rules_present(counts: Sequence[CountStatement], policy: Policy) -> list[str]:
    """The rules in force that may change what these counts come to."""
    links = [k for c in counts for k in (*c.links, *(k for r in c.readings for k in r.links))]
    present = {
        CLOSED_NAMING: _may_close(counts),
        SAME_ARTICLE_SAME_TOTAL: any(k.rule == SAME_ARTICLE_SAME_TOTAL for k in links),
        ONE_EVENT: any(k.rule == ONE_EVENT for k in links),
        RUNNING_TOTAL: _repeats(series_key(c) for c in counts),
        SAME_SOURCE_SAME_NUMBER: _repeats(said_key(c) for c in counts),
    }
    return [rule for rule, may in present.items() if may and policy.on(rule)]


def _may_close(counts: Sequence[CountStatement]) -> bool:
    """Is a part named that is of narrower classes than its whole?"""
    leaves = {c.iri: c.leaves for c in counts}
    return any(
        k.kind == "subset_of" and c.leaves and c.leaves != leaves.get(k.target, c.leaves)
        for c in counts
        for k in (*c.links, *(k for r in c.readings for k in r.links))
    )


def _repeats(keys: Iterable[tuple[object, ...] | None]) -> bool:
    known = [k for k in keys if k is not None]
    return len(set(known)) < len(known)


def _beyond(value: int | None, best: int | None, high: bool) -> bool:
    if not high:
        return (value or 0) < (best or 0)
    return best is not None and (value is None or value > best)


def choices(
    counts: Sequence[CountStatement], policy: Policy
) -> Iterator[tuple[Mapping[str, Sequence[Link]], frozenset[str]]]:
    """The relations of each choice of readings, the preferred choice first; with the readings not preferred."""
    ambiguous = [c for c in counts if c.readings]
    options: list[list[ReadingChoice | None]] = []
    for number, count in enumerate(ambiguous):
        readings = sorted(count.readings, key=lambda r: not r.preferred)
        if policy.readings != ALL_READINGS:
            readings = [r for r in readings if r.preferred]
        elif number >= MOST_AMBIGUOUS:
            readings = []
        options.append([*readings] or [None])
    for chosen in product(*options):
        links = {c.iri: _allowed(r, policy) for c, r in zip(ambiguous, chosen, strict=True) if r is not None}
        yield links, frozenset(r.iri for r in chosen if r is not None and not r.preferred)


def _allowed(reading: ReadingChoice, policy: Policy) -> list[Link]:
    return [k for k in reading.links if k.rule is None or policy.on(k.rule)]
