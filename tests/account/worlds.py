"""Every possible world of a few counts, straight from what the words mean; nothing of the account's own code is used.

A victim has a class, perhaps a second one as a guest, a unit, a day, and is or is not by those asked for; and belongs
to the victim sets of some counts. Which combinations are possible is decided victim by victim; how many of each there
may be, by going through all of them.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from waqai.account.counts import CountStatement, Link

BROADER = {"forces": None, "army": "forces", "militia": "forces", "foreign": None, "civilian": None}
"""A small taxonomy: class → the class above it."""
PLACES = ("SY-HI", "SY-DY", "SY", "IQ-NI", "IQ", "")
"""Units; the rest of Syria, of Iraq, of the world."""
DAYS = range(6)
FIRST_DAY = dt.date(2021, 5, 1)
OURS = frozenset({"ours", "our-part"})
AROUND = frozenset({"alliance"})
"""Actors asked for; one that has members among them and others; all others are others."""
Thing = TypeVar("Thing")
Kind = tuple[str | None, str | None]
"""Class and no narrower one, and the class as a guest."""


def above(name: str | None) -> set[str]:
    """A class and all above it."""
    return set() if name is None else {name} | above(BROADER[name])


@dataclass(frozen=True)
class Place:
    """Where and when a victim may be, of what kind and by whom."""

    kind: Kind
    unit: str
    day: int
    by: bool


@dataclass(frozen=True)
class VictimSet:
    """One set of victims and the counts that state it."""

    counts: tuple[CountStatement, ...]

    @property
    def leaves(self) -> frozenset[str]:
        return frozenset().union(*(c.leaves for c in self.counts))

    @property
    def narrow(self) -> bool:
        """Is it narrowed by more than its class?"""
        return any(k in ("person", "occupation", "nationality") for c in self.counts for k, _ in c.traits)

    @cached_property
    def number(self) -> tuple[int, int | None]:
        """As many as all say; where they differ, from the lowest to the highest."""
        lows = [0 if c.certainty == "disputed" else c.low or 0 for c in self.counts]
        highs = [c.high for c in self.counts]
        known = [h for h in highs if h is not None]
        if known and max(lows) > min(known):
            return min(lows), None if None in highs else max(known)
        return max(lows), min(known, default=None)


def kinds_of(count: CountStatement, kinds: Sequence[Kind]) -> set[Kind]:
    return {k for k in kinds if not count.leaves or (above(k[0]) | above(k[1])) & count.leaves}


def units_of(count: CountStatement) -> set[str]:
    if count.units:
        return set(count.units)
    return {u for u in PLACES if not count.countries or u.partition("-")[0] in count.countries}


def days_of(count: CountStatement) -> set[int]:
    first = (count.first - FIRST_DAY).days if count.first else DAYS[0]
    last = (count.last - FIRST_DAY).days if count.last else DAYS[-1]
    return set(range(first, last + 1))


def by_of(count: CountStatement) -> set[bool]:
    """May they be by those asked for, and may they be by others?"""
    named = count.perpetrators
    if named and named <= OURS:
        return {True}
    return {False} if named and not named & (OURS | AROUND) else {True, False}


def common(options: Sequence[set[Thing]]) -> set[Thing]:
    """What all allow; where there is no such thing, what any allows."""
    return set.intersection(*options) or set.union(*options)


def hull(options: Sequence[set[int]]) -> set[int]:
    """The days that all allow; where there is none, all from the first to the last."""
    every = set.union(*options)
    return set(set.intersection(*options) or range(min(every), max(every) + 1))


class Story:
    """Counts under one choice of readings and rules."""

    def __init__(
        self, counts: Sequence[CountStatement], links: Mapping[str, Sequence[Link]], off: frozenset[str], *, by: bool
    ) -> None:
        self.off = off
        self.by = by
        self.links = {c.iri: [k for k in links[c.iri] if k.rule is None or k.rule not in off] for c in counts}
        self.revised_in_a_circle = False
        self.set_of = self._sets(counts)
        self.sets = sorted({id(s): s for s in self.set_of.values()}.values(), key=lambda s: s.counts[0].iri)
        self.at = {id(s): i for i, s in enumerate(self.sets)}
        self.inside = self._inside()
        self.circular = self.revised_in_a_circle or any(a == b for a, b in _closure(self.inside))
        self.sums = self._sums()
        self.kinds = self._kinds()
        self.allowed = [self._allowed(s) for s in self.sets]
        self.apart = self._apart()
        self.closing = self._closing() if "closed_naming" not in off else []

    def _sets(self, counts: Sequence[CountStatement]) -> dict[str, VictimSet]:
        """Count → its set: restated counts share one, an updated count is its update's."""
        by_iri = {c.iri: c for c in counts}
        same = {iri: {iri} for iri in by_iri}
        pairs = [(i, k.target) for i, ks in self.links.items() for k in ks if k.kind == "restates" and k.target in same]
        if "same_source_same_number" not in self.off:
            pairs += [(a.iri, b.iri) for a, b in itertools.combinations(counts, 2) if said_twice(a, b)]
        for a, b in pairs:
            joined = same[a] | same[b]
            for iri in joined:
                same[iri] = joined
        found = {iri: VictimSet(tuple(by_iri[i] for i in sorted(same[iri]))) for iri in by_iri}
        found = {iri: found[min(same[iri])] for iri in by_iri}
        newer: dict[int, VictimSet] = {}
        for iri in sorted(by_iri):
            for link in self.links[iri]:
                if link.kind == "updates" and link.target in found and found[iri] is not found[link.target]:
                    newer.setdefault(id(found[link.target]), found[iri])
        for iri in by_iri:
            passed: set[int] = set()
            while id(found[iri]) in newer and id(found[iri]) not in passed:
                passed.add(id(found[iri]))
                found[iri] = newer[id(found[iri])]
            self.revised_in_a_circle |= id(found[iri]) in newer
        return found

    def _pairs(self, *kinds: str) -> Iterator[tuple[int, int, str, Link]]:
        for iri, links in self.links.items():
            for link in links:
                if link.kind in kinds and link.target in self.set_of:
                    one, other = self.at[id(self.set_of[iri])], self.at[id(self.set_of[link.target])]
                    if one != other:
                        yield one, other, iri, link

    def _inside(self) -> set[tuple[int, int]]:
        """Part, whole."""
        found = {(a, b) for a, b, _, _ in self._pairs("subset_of", "contained_in")}
        found |= {(b, a) for a, b, _, _ in self._pairs("sum_of")}
        if "running_total" not in self.off:
            found |= set(self._series())
        return found

    def _series(self) -> Iterator[tuple[int, int]]:
        members: dict[object, set[int]] = defaultdict(set)
        for i, s in enumerate(self.sets):
            if s.number[0] == s.number[1]:
                for c in s.counts:
                    if c.kind == "period_total" and c.first and c.low is not None and c.low == c.high:
                        members[c.originator, c.first, c.leaves, c.units, c.countries, c.perpetrators, c.traits].add(i)
        for series in members.values():
            yield from itertools.combinations(sorted(series, key=self._age), 2)

    def _age(self, at: int) -> tuple[int, int, int]:
        """Of equal members of a series the one that ends first is the part: as many, so the same people."""
        return self.sets[at].number[0], max(hull([days_of(c) for c in self.sets[at].counts])), at

    def _sums(self) -> list[tuple[int, set[int]]]:
        found: dict[str, tuple[int, set[int]]] = {}
        for whole, part, iri, _ in self._pairs("sum_of"):
            found.setdefault(iri, (whole, set()))[1].add(part)
        return list(found.values())

    def _kinds(self) -> list[Kind]:
        """Classes; and guests: of a class that a whole names, counted in a part of another one."""
        plain: list[Kind] = [(None, None), *((name, None) for name in BROADER)]
        self.guests: dict[Kind, set[int]] = defaultdict(set)
        for part, whole in self.inside:
            mine, its = self.sets[part].leaves, self.sets[whole].leaves
            if mine and its and not self._meets(part, whole, plain):
                hosts = {leaf for leaf in its if not (above(leaf) - {leaf}) & its}
                for host, guest in itertools.product(hosts, mine):
                    self.guests[host, guest].add(whole)
        return [*plain, *self.guests]

    def _meets(self, part: int, whole: int, kinds: Sequence[Kind]) -> bool:
        mine: set[Kind] = common([kinds_of(c, kinds) for c in self.sets[part].counts])
        its: set[Kind] = common([kinds_of(c, kinds) for c in self.sets[whole].counts])
        return bool(mine & its)

    def _allowed(self, s: VictimSet) -> tuple[set[Kind], set[str], set[int], set[bool]]:
        plain = [k for k in self.kinds if k[1] is None]
        kinds: set[Kind] = common([kinds_of(c, plain) for c in s.counts])
        kinds |= {k for k in self.kinds if k[1] and (not s.leaves or (above(k[0]) | above(k[1])) & s.leaves)}
        units, by = common([units_of(c) for c in s.counts]), common([by_of(c) if self.by else {True} for c in s.counts])
        return kinds, units, hull([days_of(c) for c in s.counts]), by

    def _apart(self) -> set[frozenset[int]]:
        found = {frozenset({a, b}) for a, b, _, _ in self._pairs("disjoint_from")}
        found |= {frozenset(pair) for _, parts in self.sums for pair in itertools.combinations(parts, 2)}
        for whole in range(len(self.sets)):
            parts = sorted(a for a, b in self.inside if b == whole)
            for a, b in itertools.combinations(parts, 2):
                if any(listed_apart(x, y) for x in self.sets[a].counts for y in self.sets[b].counts):
                    found.add(frozenset({a, b}))
        return found

    def _closing(self) -> list[tuple[int, set[Kind], set[int]]]:
        """Whole, the kinds that a named part exhausts in it, its named parts."""
        named: dict[int, set[int]] = defaultdict(set)
        for part, whole, _, link in self._pairs("subset_of"):
            if link.source:
                named[whole].add(part)
        found = []
        for whole, parts in named.items():
            for part in parts:
                mine, its = self._kinds_inside(part), self._kinds_inside(whole)
                if self.sets[part].leaves and mine < its and not self.sets[part].narrow:
                    found.append((whole, mine, parts))
        return found

    def _kinds_inside(self, at: int) -> set[Kind]:
        """The kinds that a set may hold where it and all it is part of may hold them."""
        reached, waiting = {at}, [at]
        while waiting:
            here = waiting.pop()
            more = {b for a, b in self.inside if a == here} - reached
            reached |= more
            waiting += more
        return set.intersection(*(self.allowed[i][0] for i in reached))

    def victims(self) -> Iterator[tuple[Place, frozenset[int]]]:
        """Every sort of victim that may be: where it is and to which sets it belongs."""
        universe = [Place(k, u, d, b) for k in self.kinds for u in PLACES for d in DAYS for b in (True, False)]
        for place in universe:
            covering = [i for i in range(len(self.sets)) if self.covers(i, place)]
            for size in range(1, len(covering) + 1):
                for chosen in itertools.combinations(covering, size):
                    if self.possible(place, set(chosen)):
                        yield place, frozenset(chosen)

    def covers(self, at: int, place: Place) -> bool:
        kinds, units, days, by = self.allowed[at]
        return place.kind in kinds and place.unit in units and place.day in days and place.by in by

    def possible(self, place: Place, inside: set[int]) -> bool:
        """Does no relation forbid a victim at a place to belong to these sets and no others?"""
        if any(part in inside and whole not in inside for part, whole in self.inside):
            return False
        if any(pair <= inside for pair in self.apart):
            return False
        if any(whole in inside and not parts & inside for whole, parts in self.sums):
            return False
        if place.kind[1] and not self.guests[place.kind] & inside:
            return False
        return not any(w in inside and place.kind in kinds and not parts & inside for w, kinds, parts in self.closing)

    def sorts(
        self,
        victim_class: str,
        units: frozenset[str],
        days: range,
    ) -> set[tuple[frozenset[int], bool]]:
        """What victims may be, as far as the question and the sets tell them apart."""
        return {
            (
                inside,
                victim_class in above(place.kind[0]) | above(place.kind[1])
                and place.unit in units
                and place.day in days
                and place.by,
            )
            for place, inside in self.victims()
        }

    def ends(self, sorts: set[tuple[frozenset[int], bool]]) -> tuple[int, int | None] | None:
        """Fewest and most victims asked for in any world (None: no limit); None where no world is possible.

        Of a set without a highest number only that its lowest is reached is remembered, so that there are few states.
        """
        caps = [low if high is None else high for low, high in (s.number for s in self.sets)]
        open_ = {i for i, s in enumerate(self.sets) if s.number[1] is None}
        known: dict[tuple[int, ...], tuple[int, int]] = {(0,) * len(caps): (0, 0)}
        levels: dict[int, set[tuple[int, ...]]] = defaultdict(set, {0: set(known)})
        for level in range(sum(caps) + 1):
            for state, (inside, counted) in itertools.product(levels[level], sorts):
                if any(state[i] == caps[i] for i in inside - open_):
                    continue
                after = tuple(min(n + (i in inside), cap) for i, (n, cap) in enumerate(zip(state, caps, strict=True)))
                low, high = (dead + counted for dead in known[state])
                before = known.get(after, (low, high))
                known[after] = (min(low, before[0]), max(high, before[1]))
                levels[sum(after)].add(after)
        found = [
            ends
            for state, ends in known.items()
            if all(n >= s.number[0] for n, s in zip(state, self.sets, strict=True))
        ]
        if not found:
            return None
        endless = any(counted and inside <= open_ for inside, counted in sorts)
        return min(low for low, _ in found), None if endless else max(high for _, high in found)


def _closure(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """All that follows from parts of parts."""
    known = set(pairs)
    while more := {(a, d) for a, b in known for c, d in known if b == c} - known:
        known |= more
    return known


def said_twice(a: CountStatement, b: CountStatement) -> bool:
    """One originator's number for the same victims, places and days in two articles."""
    if a.article == b.article or not a.units or a.first is None or not (a.last or a.open_end):
        return False

    def said(c: CountStatement) -> tuple[object, ...]:
        days = (c.first, None if c.open_end else c.last, c.open_end)
        return (c.originator, c.low, c.high, c.kind, c.leaves, c.units, c.perpetrators, c.traits, days)

    return said(a) == said(b)


def listed_apart(a: CountStatement, b: CountStatement) -> bool:
    """Items of one list: in one article, of different traits, or incidents at different places."""
    if a.article != b.article:
        return False
    for kind in {k for k, _ in a.traits} & {k for k, _ in b.traits}:
        if not {v for k, v in a.traits if k == kind} & {v for k, v in b.traits if k == kind}:
            return True
    return a.kind == b.kind == "incident" and bool(a.places and b.places) and not a.places & b.places


def truth(
    counts: Sequence[CountStatement],
    victim_class: str,
    units: frozenset[str],
    days: range,
    *,
    by: bool = False,
    all_readings: bool = False,
    off: frozenset[str] = frozenset(),
) -> tuple[int, int | None] | None:
    """The ends over all worlds of all readings asked for; None where some reading contradicts itself."""
    entering = [c for c in counts if not c.vague and c.certainty != "denied"]
    options = [[r.links for r in c.readings if all_readings or r.preferred] or [()] for c in entering]
    found = []
    for chosen in itertools.product(*options):
        links = {c.iri: [*c.links, *more] for c, more in zip(entering, chosen, strict=True)}
        story = Story(entering, links, off, by=by)
        ends = None if story.circular else story.ends(story.sorts(victim_class, units, days))
        if ends is None:
            return None
        found.append(ends)
    highs = [high for _, high in found]
    return min(low for low, _ in found), None if None in highs else max(h for h in highs if h is not None)
