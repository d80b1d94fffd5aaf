"""The bounds of the linear programme equal those found by going through every possible set of dead."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.account.counts import CountStatement, Link
from waqai.account.programme import Asked
from waqai.account.reckoning import Reckoning
from waqai.account.rules import Policy
from waqai.account.scope import Taxonomy, World

TAXONOMY = Taxonomy(
    {"forces": [], "army": ["forces"], "militia": ["forces"], "civilian": []},
    {"militia_classes": ["militia"]},
)
UNITS = ("SY-HI", "SY-DY")
HOLDS = {"forces": {"forces", "army", "militia"}, "army": {"army"}, "militia": {"militia"}, "civilian": {"civilian"}}
"""Class → the classes that victims of it may be of and of no narrower one."""


@dataclass(frozen=True)
class Victim:
    """What one victim may be: of a class and no narrower one, in a unit, in the victim sets of some counts."""

    leaf: str
    unit: str
    members: frozenset[str]


def _possible(counts: Sequence[CountStatement]) -> Iterator[Victim]:
    """Every sort of victim that no relation and no scope forbids; written without the account's own code."""
    for leaf, unit in itertools.product(HOLDS, UNITS):
        for size in range(1, len(counts) + 1):
            for chosen in itertools.combinations(counts, size):
                inside = {c.iri for c in chosen}
                covered = all(leaf in _holds(c) and unit in c.units for c in chosen)
                if covered and _relations_hold(inside, counts) and _closed_naming_holds(inside, leaf, counts):
                    yield Victim(leaf, unit, frozenset(inside))


def _relations_hold(inside: set[str], counts: Sequence[CountStatement]) -> bool:
    for count in counts:
        for link in count.links:
            if link.kind in ("subset_of", "contained_in") and count.iri in inside and link.target not in inside:
                return False
            if link.kind == "disjoint_from" and {count.iri, link.target} <= inside:
                return False
    return True


def _closed_naming_holds(inside: set[str], leaf: str, counts: Sequence[CountStatement]) -> bool:
    """A victim of a class that a part exhausts, counted in the whole, is in one of the parts named."""
    for whole in (c for c in counts if c.iri in inside):
        parts = [c for c in counts if any(k.kind == "subset_of" and k.target == whole.iri for k in c.links)]
        exhausting = [p for p in parts if leaf in _holds(p) and _holds(p) & _holds(whole) < _holds(whole)]
        if exhausting and not inside & {p.iri for p in parts}:
            return False
    return True


def _holds(count: CountStatement) -> set[str]:
    return set().union(*(HOLDS[leaf] for leaf in count.leaves))


def enumerated(counts: Sequence[CountStatement], asked: Asked) -> tuple[int, int] | None:
    """Lowest and highest number of asked dead over all worlds in which every count is as many as it says."""
    names = [c.iri for c in counts]
    limits = [c.high or 0 for c in counts]
    states = {((0,) * len(counts), 0)}
    for sort in _possible(counts):
        step = tuple(int(name in sort.members) for name in names)
        counted = int(sort.leaf in HOLDS[asked.victim_class] and sort.unit in asked.units)
        frontier = set(states)
        while frontier:
            frontier = {
                (tuple(t + s for t, s in zip(totals, step, strict=True)), dead + counted) for totals, dead in frontier
            }
            frontier = {
                (t, d) for t, d in frontier if all(n <= limit for n, limit in zip(t, limits, strict=True))
            } - states
            states |= frontier
    found = [d for t, d in states if all(n >= (c.low or 0) for n, c in zip(t, counts, strict=True))]
    return (min(found), max(found)) if found else None


@st.composite
def stories(draw: st.DrawFn) -> list[CountStatement]:
    """One to four counts with small numbers; each may be part of an earlier one, or told apart from it."""
    counts: list[CountStatement] = []
    for number in range(draw(st.integers(1, 4))):
        low = draw(st.integers(0, 3))
        victim_class = draw(st.sampled_from(sorted(HOLDS)))
        meeting = [c for c in counts if _holds(c) & HOLDS[victim_class]]
        links: tuple[Link, ...] = ()
        related = draw(st.booleans())
        if meeting and related:
            kind = draw(st.sampled_from(["subset_of", "contained_in", "disjoint_from"]))
            links = (Link(kind, draw(st.sampled_from(meeting)).iri),)
        counts.append(
            CountStatement(
                iri=f"k{number}",
                article="a",
                low=low,
                high=low + draw(st.integers(0, 1)),
                leaves=frozenset({victim_class}),
                units=draw(st.sampled_from([frozenset(UNITS), frozenset(UNITS[:1]), frozenset(UNITS[1:])])),
                links=links,
            )
        )
    return counts


@settings(max_examples=300, deadline=None)
@given(stories(), st.sampled_from(["forces", "militia", "civilian"]), st.sampled_from([UNITS, UNITS[:1]]))
def test_bounds_are_those_of_every_possible_world(
    counts: list[CountStatement], victim_class: str, units: tuple[str, ...]
) -> None:
    asked = Asked(victim_class, frozenset(units))
    truth = enumerated(counts, asked)
    if truth is None:  # the counts contradict each other: relations are set aside, see test_contradictions.py
        return
    bound = Reckoning(counts, World.of(TAXONOMY, counts), Policy(), [victim_class]).bound(asked)
    assert (bound.low, bound.high) == truth, [
        (c.iri, c.low, c.high, set(c.leaves), set(c.units), c.links) for c in counts
    ]
