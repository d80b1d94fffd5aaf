"""What the counts come to, piece by piece: victim sets that stand alone, and knots of sets that relations tie.

Nearly all victim sets stand alone; what one of them says of a class, units and days needs no programme. A knot is
solved over the units that it tells apart and no others: to a count of the whole country all its provinces are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from waqai.account.bounds import Piece, Tally, choices
from waqai.account.counts import CountStatement
from waqai.account.population import Node, populate
from waqai.account.programme import Asked
from waqai.account.rules import Policy
from waqai.account.scope import NOWHERE, Scope, Sort, World, country_of

Group = Sequence[CountStatement]


class Atlas:
    """The units and sorts of a world as the bits of whole numbers: what lies in what is one operation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._unit_bit = {unit: 1 << i for i, unit in enumerate(sorted(world.units))}
        self._sort_bit = {sort: 1 << i for i, sort in enumerate(world.taxonomy.sorts)}
        self._countries: dict[str, int] = defaultdict(int)
        for unit, bit in self._unit_bit.items():
            self._countries[country_of(unit)] |= bit
        self.everywhere = sum(self._unit_bit.values())

    def units(self, codes: Iterable[str]) -> int:
        """The bits of units, one by one."""
        mask = 0
        for code in codes:
            mask |= self._unit_bit.get(code, 0)
        return mask

    def reach(self, codes: Iterable[str]) -> int:
        """The bits of units of a small world: `SY` stands for all of the country, nowhere for everywhere."""
        mask = 0
        for code in codes:
            if code == NOWHERE:
                return self.everywhere
            mask |= self._countries[code] if country_of(code) == code else self._unit_bit[code]
        return mask

    def codes(self, mask: int) -> str:
        """The codes of units that have some bits, with spaces between: a country for all of its own, none for all."""
        if mask == self.everywhere:
            return NOWHERE
        found = {unit for unit, bit in self._unit_bit.items() if bit & mask}
        return " ".join(sorted(u for u in found if country_of(u) == u or country_of(u) not in found))

    def sorts(self, scope: Scope) -> int:
        """The bits of a scope's sorts, harmed by those asked for and by others.

        A guest is where its hosts are and where its own class is.
        """
        mask = 0
        for sort in scope.sorts:
            mask |= self._bits_of(sort)
        return (mask if True in scope.by else 0) | (mask << len(self._sort_bit) if False in scope.by else 0)

    def _bits_of(self, sort: Sort) -> int:
        if not sort.guest:
            return self._sort_bit[sort]
        return sum(bit for known, bit in self._sort_bit.items() if known.codes and known.codes <= sort.all_codes)

    def of_class(self, victim_class: str) -> int:
        """The bits of the sorts that are of a class, harmed by those asked for."""
        return sum(bit for sort, bit in self._sort_bit.items() if victim_class in sort.codes)


@dataclass(frozen=True, slots=True)
class Question:
    """What a bound is about, in bits: sorts, units, and the first and last day."""

    victim_class: str
    sorts: int
    units: int
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """That so many people, at least, are among the dead of these sorts, units and days; with the statements behind."""

    sorts: int
    units: int
    first: int
    last: int
    number: int
    statements: tuple[str, ...]

    def inside(self, question: Question) -> bool:
        """Are all of them what is asked?"""
        return not (
            self.sorts & ~question.sorts
            or self.units & ~question.units
            or self.first < question.days[0]
            or self.last > question.days[1]
        )

    def meets(self, question: Question) -> bool:
        """May any of them be what is asked?"""
        return bool(
            self.sorts & question.sorts
            and self.units & question.units
            and self.first <= question.days[1]
            and self.last >= question.days[0]
        )

    def covers(self, other: Claim) -> bool:
        """May each of the other's dead be one of these?"""
        return not (other.sorts & ~self.sorts or other.units & ~self.units) and (
            self.first <= other.first and other.last <= self.last
        )


@dataclass(frozen=True, slots=True)
class Single:
    """One victim set that stands in no relation: its lowest number where it may lie, and its highest (None: open)."""

    claim: Claim
    high: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """That a source names victims of these sorts in these units: what makes rows."""

    sorts: frozenset[Sort]
    units: frozenset[str]


class _Small(World):
    """The world as a few counts tell it apart: one unit stands for all that the same of them may cover."""

    members: dict[str, list[str]]
    stands: dict[str, str]

    @classmethod
    def among(cls, world: World, counts: Iterable[CountStatement]) -> _Small:
        """The units that the counts tell apart."""
        known = list(counts)
        full = World.of(world.taxonomy, known, world.blame)
        spread = sorted({full.units_of(c) for c in known}, key=sorted)
        alike: dict[tuple[bool, ...], list[str]] = defaultdict(list)
        for unit in sorted(full.units):
            alike[tuple(unit in s for s in spread)].append(unit)
        small = cls(full.taxonomy, full.units, full.blame)
        small.__dict__["members"] = {units[0]: units for units in alike.values()}
        small.__dict__["stands"] = {unit: units[0] for units in alike.values() for unit in units}
        return small

    def units_of(self, count: CountStatement) -> frozenset[str]:
        """One unit for each sort of place that the count may cover."""
        return frozenset(self.stands[u] for u in World.units_of(self, count))


class Vicinity:
    """The world as some counts tell it apart, and what its units stand for in the whole world."""

    def __init__(self, counts: Group, atlas: Atlas) -> None:
        self.world = _Small.among(atlas.world, counts)
        self._atlas = atlas
        self.bits = {name: self._reach(units) for name, units in self.world.members.items()}

    def _reach(self, units: Sequence[str]) -> int:
        mask = 0
        for unit in units:
            others = [u for u in self.world.units if u != unit and unit in (NOWHERE, country_of(u))]
            mask |= self._atlas.reach([unit]) & ~self._atlas.reach(others)
        return mask

    def mask(self, units: Iterable[str]) -> int:
        """The units of the whole world that some of this one stand for."""
        mask = 0
        for name in units:
            mask |= self.bits[name]
        return mask

    def claim(self, node: Node) -> Claim:
        """What a victim set says by itself."""
        scope = node.scope
        behind = tuple(sorted(c.iri for c in node.counts))
        return Claim(self._atlas.sorts(scope), self.mask(scope.units), scope.first, scope.last, node.low, behind)

    def spread(self, node: Node) -> Spread:
        """Where it may lie, by the codes of all units."""
        return Spread(node.scope.sorts, frozenset(u for name in node.scope.units for u in self.world.members[name]))


@dataclass(frozen=True, slots=True)
class Setting:
    """Under what counts are reckoned: the world, the policy, the classes that any question asks for."""

    atlas: Atlas
    policy: Policy
    classes: frozenset[str]


class Knot:
    """Counts that relations tie: both ends by linear programming, over no more of the world than they tell apart.

    What was found out about it before can be handed in (`known`, as `found` gives it): then nothing is solved again.
    """

    def __init__(self, counts: Group, setting: Setting, known: Mapping[str, Any] | None = None) -> None:
        self.counts = counts
        self.name = min(c.iri for c in counts)
        self._setting = setting
        self._vicinity = Vicinity(counts, setting.atlas)
        self._known = known
        self._ends = {_key(told): _tally(told) for told in known["ends"]} if known else {}
        self.asked = 0
        """How many ends were solved that were not known."""

    @cached_property
    def _piece(self) -> Piece:
        return Piece(self.counts, self._vicinity.world, self._setting.policy, self._setting.classes)

    @cached_property
    def units(self) -> int:
        """All units that it may cover."""
        world = self._vicinity.world
        return self._vicinity.mask(frozenset().union(*(world.units_of(c) for c in self.counts)))

    @cached_property
    def codes(self) -> frozenset[str] | None:
        """The classes that its dead may be of; None: any."""
        if self._known:
            codes = self._known["codes"]
            return None if codes is None else frozenset(codes)
        return None if self._piece.any_class else self._piece.codes

    @cached_property
    def claims(self) -> list[Claim]:
        """What its victim sets say one by one, relations left aside but for where they may lie."""
        told = self._known["claims"] if self._known else self._told
        mask = self._vicinity.mask
        return [
            Claim(sorts, mask(units), days[0], days[1], number, tuple(by)) for sorts, units, days, number, by in told
        ]

    @cached_property
    def _told(self) -> list[tuple[int, list[str], tuple[int, int], int, list[str]]]:
        claims = [(self._vicinity.claim(n), n.scope) for n in self._piece.nodes()]
        return [(c.sorts, sorted(s.units), (c.first, c.last), c.number, list(c.statements)) for c, s in claims]

    @cached_property
    def spreads(self) -> set[Spread]:
        """Where those of its victim sets that name a class may lie."""
        return {self._vicinity.spread(n) for n in self._piece.nodes() if n.leaves}

    def concerns(self, question: Question) -> bool:
        """May any of its dead be what is asked?"""
        return bool(self.units & question.units) and (self.codes is None or question.victim_class in self.codes)

    def end(self, question: Question, *, high: bool) -> Tally:
        """One end, of this knot alone, with the statements and readings behind it."""
        units = frozenset(
            name
            for name, bits in self._vicinity.bits.items()
            if (bits & question.units if high else not bits & ~question.units)
        )
        key = (question.victim_class, units, high)
        if key not in self._ends:
            self._ends[key] = self._piece.end(Asked(question.victim_class, units), high)
            self.asked += 1
        return self._ends[key]

    def found(self) -> dict[str, Any]:
        """All that was found out about it, as JSON holds it."""
        ends = [
            [name, sorted(units), high, t.value, sorted(t.statements), sorted(t.rules), sorted(t.readings)]
            for (name, units, high), t in self._ends.items()
        ]
        told = self._known["claims"] if self._known else self._told
        return {"codes": None if self.codes is None else sorted(self.codes), "claims": told, "ends": ends}


def _key(told: Sequence[Any]) -> tuple[str, frozenset[str], bool]:
    return told[0], frozenset(told[1]), told[2]


def _tally(told: Sequence[Any]) -> Tally:
    return Tally(told[3], set(told[4]), set(told[5]), set(told[6]))


@dataclass(slots=True)
class Parcels:
    """What counts come to: single victim sets and knots, and where their sources name victims."""

    singles: list[Single] = field(default_factory=list)
    knots: list[Knot] = field(default_factory=list)
    spreads: set[Spread] = field(default_factory=set)

    def add(self, other: Parcels) -> None:
        """Take in those of other counts."""
        self.singles += other.singles
        self.knots += other.knots
        self.spreads |= other.spreads


def reach_of(counts: Group, atlas: Atlas) -> tuple[int, int]:
    """All sorts and units that any of some counts may cover, before a relation narrows it."""
    sorts = units = 0
    for count in counts:
        scope = atlas.world.scope(count)
        sorts, units = sorts | atlas.sorts(scope), units | atlas.units(scope.units)
    return sorts, units


def parcels(counts: Group, setting: Setting) -> Parcels:
    """What one group of counts comes to."""
    readings = [links for links, _ in choices(counts, setting.policy)]
    if len(readings) == 1:
        vicinity = Vicinity(counts, setting.atlas)
        population, parts = populate(counts, vicinity.world, setting.policy, readings[0])
        if not parts and not population.apart:
            nodes = list(population.nodes.values())
            return Parcels(
                [Single(vicinity.claim(n), n.high) for n in nodes], [], {vicinity.spread(n) for n in nodes if n.leaves}
            )
    knot = Knot(counts, setting)
    return Parcels([], [knot], set(knot.spreads))
