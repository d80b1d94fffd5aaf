"""Where the dead of a count may be: classes × units × days × by whom, and the cells that this cuts the world into."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from waqai.account.counts import CountStatement, Queryable, code, rows
from waqai.account.rules import Policy
from waqai.graph import WQV

FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()
NOWHERE = ""
"""The unit that stands for every place of which no count names the country."""
BY_ANYBODY = frozenset({True})
"""Nobody is asked for: all harm is by whom it may be."""


@dataclass(frozen=True, slots=True, order=True)
class Sort:
    """A sort of victim: the codes of all classes it belongs to (upward closed).

    `guest` are those it has only as part of another count: a Russian among the dead of the government's forces is
    counted with them and is of the foreign forces too.
    """

    codes: frozenset[str]
    guest: frozenset[str] = frozenset()

    @property
    def all_codes(self) -> frozenset[str]:
        return self.codes | self.guest


class Taxonomy:
    """The victim classes: which is part of which, and the collections that questions name."""

    def __init__(self, broader: Mapping[str, Iterable[str]], collections: Mapping[str, Iterable[str]]) -> None:
        self.broader = {narrow: frozenset(wide) for narrow, wide in broader.items()}
        self.collections = {name: frozenset(members) for name, members in collections.items()}
        everything = set(self.broader).union(*self.broader.values(), *self.collections.values())
        self.codes = frozenset(everything) - {"unknown", "mixed"}

    def up(self, name: str) -> frozenset[str]:
        """A class and all classes it is part of."""
        return frozenset({name}).union(*(self.up(wide) for wide in self.broader.get(name, ())))

    @cached_property
    def sorts(self) -> tuple[Sort, ...]:
        """One sort for each class (its members of no narrower class), and one for victims of no class at all."""
        return (Sort(frozenset()), *(Sort(self.up(name)) for name in sorted(self.codes)))

    def general(self, leaves: frozenset[str]) -> frozenset[str]:
        """Of the classes that a count names, those that are not part of another one named."""
        return frozenset(leaf for leaf in leaves if not (self.up(leaf) - {leaf}) & leaves)


_SCHEME = "SELECT ?class WHERE { ?class skos:inScheme wqv:victim_classes }"
_BROADER = "SELECT ?narrow ?wide WHERE { ?narrow skos:inScheme wqv:victim_classes ; skos:broader ?wide }"
_MEMBERS = """SELECT ?collection ?member WHERE {
  ?collection a skos:Collection ; skos:member ?member . ?member skos:inScheme wqv:victim_classes }"""


def read_taxonomy(store: Queryable) -> Taxonomy:
    """The vocabulary's victim classes and collections, from the store."""
    broader: dict[str, set[str]] = {code(row["class"]): set() for row in rows(store, _SCHEME)}
    for row in rows(store, _BROADER):
        broader.setdefault(code(row["narrow"]), set()).add(code(row["wide"]))
    collections: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, _MEMBERS):
        if row["collection"].startswith(WQV):
            collections[code(row["collection"])].add(code(row["member"]))
    return Taxonomy(broader, collections)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a count's dead may be: sorts × units × days (ordinals, both ends included) × by those asked for or not."""

    sorts: frozenset[Sort]
    units: frozenset[str]
    first: int
    last: int
    by: frozenset[bool] = BY_ANYBODY

    def empty(self) -> bool:
        return not self.sorts or not self.units or self.first > self.last or not self.by

    def within(self, other: Scope) -> Scope:
        """What both may cover."""
        return Scope(
            self.sorts & other.sorts,
            self.units & other.units,
            max(self.first, other.first),
            min(self.last, other.last),
            self.by & other.by,
        )

    def meets(self, other: Scope) -> bool:
        return not self.within(other).empty()


@dataclass(frozen=True, slots=True)
class Blame:
    """The actors asked for: `inside` are they and all beneath them, `touching` hold some of those or are held by them.

    A militia backed by Iran is inside when Iran is asked for; an alliance of which it is part only touches.
    """

    inside: frozenset[str]
    touching: frozenset[str]

    def of(self, named: frozenset[str]) -> frozenset[bool]:
        """May harm for which these actors are named be by those asked for, and may it be by others?"""
        if named and named <= self.inside:
            return frozenset({True})
        if named and not named & (self.inside | self.touching):
            return frozenset({False})
        return frozenset({True, False})


_BENEATH = "SELECT ?actor ?above WHERE { ?actor wq:partOf|wq:backedBy ?above }"
_ALIKE = """SELECT ?actor ?class ?patron WHERE { ?actor a wq:Actor ; wq:victimClass ?class .
  { ?actor wq:backedBy|wq:loyalTo ?patron } UNION { ?actor a wq:Coalition BIND("coalition" AS ?patron) } }"""
_CLASS = "SELECT ?actor ?class WHERE { ?actor a wq:Actor ; wq:victimClass ?class }"


def read_blame(store: Queryable, actor: str) -> Blame:
    """Who is beneath an actor by the register (part of it, backed by it), and who may be meant with it.

    That is who shares members with it; a coalition of its class, whose members the register does not name; and, as
    *the Iran-backed militias* stands for many, whoever has its class and its backer or government.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, _BENEATH):
        members[row["above"]].add(row["actor"])
    inside = _beneath(actor, members)
    sharing = {a for a in members if _beneath(a, members) & inside}
    return Blame(inside, frozenset(sharing | _meant(store, inside)) - inside)


def _meant(store: Queryable, inside: frozenset[str]) -> set[str]:
    """The actors whose names may stand for some of those asked for."""
    classes = {row["class"] for row in rows(store, _CLASS) if row["actor"] in inside}
    patrons: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows(store, _ALIKE):
        patrons[row["actor"]].add((row["class"], row["patron"]))
    ours = frozenset().union(*(patrons[a] for a in inside if a in patrons))
    coalitions = {("coalition", c) for c in classes}
    return {a for a, known in patrons.items() if known & ours or {(p, c) for c, p in known} & coalitions}


def _beneath(actor: str, members: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """An actor and all beneath it; a circle in a register ends."""
    found, waiting = {actor}, [actor]
    while waiting:
        more = set(members.get(waiting.pop(), ())) - found
        found |= more
        waiting.extend(more)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class World:
    """The units, classes and perpetrators that all counts of a question span."""

    taxonomy: Taxonomy
    units: frozenset[str]
    blame: Blame | None = None

    @classmethod
    def of(cls, taxonomy: Taxonomy, counts: Iterable[CountStatement], blame: Blame | None = None) -> World:
        """Every unit named, `SY` for the rest of a country, and nowhere for the rest of the world."""
        named: set[str] = {NOWHERE}
        for count in counts:
            named |= count.units | count.countries
            named |= {country_of(unit) for unit in count.units}
        return cls(taxonomy, frozenset(named), blame)

    def and_units(self, units: Iterable[str]) -> World:
        """The same world with units that a question names and perhaps no count."""
        more = {u for unit in units for u in (unit, country_of(unit))}
        return replace(self, units=self.units | more)

    def units_of(self, count: CountStatement) -> frozenset[str]:
        """The units a count may spread over; a country stands for all its units and the rest of it."""
        if count.units:
            return count.units
        if count.countries:
            return frozenset(u for u in self.units if country_of(u) in count.countries)
        return self.units

    def scope(self, count: CountStatement, sorts: Iterable[Sort] | None = None) -> Scope:
        """A count's own scope, before any relation narrows it."""
        return Scope(
            sorts_of(count.leaves, self.taxonomy.sorts if sorts is None else sorts),
            self.units_of(count),
            count.first.toordinal() if count.first else FIRST_DAY,
            count.last.toordinal() if count.last else LAST_DAY,
            self.blame.of(count.perpetrators) if self.blame else BY_ANYBODY,
        )


def country_of(unit: str) -> str:
    """ISO 3166-2 codes begin with the country's ISO 3166-1 code."""
    return unit.partition("-")[0]


def sorts_of(leaves: frozenset[str], sorts: Iterable[Sort]) -> frozenset[Sort]:
    """The sorts that a count of these classes may hold; a count of no class may hold any."""
    return frozenset(s for s in sorts if not leaves or s.all_codes & leaves)


def asked_days(policy: Policy) -> tuple[int, int]:
    """The days asked for, as ordinals."""
    return (
        policy.since.toordinal() if policy.since else FIRST_DAY,
        policy.until.toordinal() if policy.until else LAST_DAY,
    )


class Calendar:
    """Time cut into stretches in which no scope begins or ends. Coarser grains cut at fewer days."""

    GRAINS = ("day", "month", "year", "none")

    def __init__(self, scopes: Iterable[Scope], asked: tuple[int, int], grain: str = "day") -> None:
        cuts = {asked[0], asked[1] + 1}
        if grain != "none":
            cuts |= {_floor(s.first, grain) for s in scopes} | {_floor(s.last, grain, after=True) for s in scopes}
        self._starts = sorted({FIRST_DAY} | {c for c in cuts if FIRST_DAY < c <= LAST_DAY})
        self._asked = asked

    def stretches(self, scope: Scope) -> range:
        """The numbers of the stretches that a scope may reach into."""
        return range(bisect_right(self._starts, scope.first) - 1, bisect_left(self._starts, scope.last + 1))

    def asked(self, stretch: int) -> bool:
        """Does a stretch lie in the days asked for?"""
        return self._asked[0] <= self._starts[stretch] <= self._asked[1]


def _floor(ordinal: int, grain: str, *, after: bool = False) -> int:
    """The first day of the grain in which a day lies; `after`: of the next one."""
    if ordinal in (FIRST_DAY, LAST_DAY):
        return LAST_DAY + 1 if after else FIRST_DAY
    day = dt.date.fromordinal(ordinal)
    if after and day.year == dt.MAXYEAR:
        return LAST_DAY + 1
    match grain:
        case "day":
            return ordinal + after
        case "month":
            months = day.year * 12 + day.month - 1 + after
            return dt.date(months // 12, months % 12 + 1, 1).toordinal()
        case _:
            return dt.date(day.year + after, 1, 1).toordinal()
