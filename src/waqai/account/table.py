"""Which bounds an answer shows: one row a unit, and one for each set of units known only jointly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from waqai.account.counts import Queryable, read_consistent
from waqai.account.parcels import Spread
from waqai.account.programme import Asked
from waqai.account.progress import Watch, unwatched
from waqai.account.reckoning import Bound, Reckoning, enters
from waqai.account.rules import Policy
from waqai.account.scope import NOWHERE, Taxonomy, World, country_of, read_blame, read_taxonomy
from waqai.account.slices import published_before
from waqai.account.sources import said_by, supported
from waqai.ask import BoundsWanted
from waqai.errors import StoreError


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a victim class, the codes of its place (several: known jointly), the bound."""

    victim_class: str
    places: tuple[str, ...]
    bound: Bound


class Table:
    """All lines of one question under one policy."""

    def __init__(self, store: Queryable, wanted: BoundsWanted, policy: Policy, watch: Watch = unwatched) -> None:
        every = said_by(read_consistent(store, wanted.outcome), policy.sources)
        day = policy.published_before
        counts = published_before(every, store, day) if day else every
        taxonomy = read_taxonomy(store)
        core = core_of(taxonomy, wanted)
        if counts:
            check_known(core, taxonomy)
        named = {c.victim_class for c in counts if enters(c)}
        self.classes = tuple(sorted({*wanted.classes, *(named & core)}))
        self._core = core
        self._world = World.of(taxonomy, every, read_blame(store, policy.by) if policy.by else None)
        self._reckoning = Reckoning(
            supported(counts, self._world, policy.minimum_sources), self._world, policy, {*self.classes, *core}, watch
        )

    def lines(self) -> Iterator[Line]:
        """The rows, by class and place; a set of units only where it says more than its members do."""
        return lines(self.classes, self._core, self._reckoning.spreads, self._world.units, self._bound)

    def line(self, victim_class: str, places: tuple[str, ...]) -> Line:
        """One row whether it would be shown or not; a country stands for all of it."""
        units = frozenset(u for u in self._world.units if u in places or country_of(u) in places)
        return Line(victim_class, places, self._bound(victim_class, places, units))

    def _bound(self, victim_class: str, places: tuple[str, ...], units: frozenset[str]) -> Bound:  # noqa: ARG002
        return self._reckoning.bound(Asked(victim_class, units))


BoundOf = Callable[[str, tuple[str, ...], frozenset[str]], Bound]
"""The bound of a class, of a place as it is shown, and of the units that it stands for."""


def lines(
    classes: Iterable[str], core: frozenset[str], spreads: Iterable[Spread], world: frozenset[str], bound_of: BoundOf
) -> Iterator[Line]:
    """The rows of some classes: one for each unit that a count names, one for a set of units that says more."""
    named = [s for s in spreads if s.units - {NOWHERE}]
    for victim_class in classes:
        makers = [s for s in named if _may_hold(s, victim_class, core)]
        single = {unit: bound_of(victim_class, (unit,), frozenset({unit})) for unit in sorted(_units(makers))}
        shown = {unit: bound for unit, bound in single.items() if bound.high != 0}
        yield from (Line(victim_class, (unit,), bound) for unit, bound in shown.items())
        for places, units in sorted(_joint(makers, world).items()):
            bound = bound_of(victim_class, places, units)
            if bound.high != 0 and _says_more(bound, [shown[u] for u in units if u in shown]):
                yield Line(victim_class, places, bound)


def _may_hold(spread: Spread, victim_class: str, core: frozenset[str]) -> bool:
    """May a count by what it names put victims of this class, of the sorts that make rows, anywhere?"""
    return any(victim_class in s.all_codes and s.all_codes & core for s in spread.sorts)


def check_known(core: frozenset[str], taxonomy: Taxonomy) -> None:
    """Raises StoreError where the vocabulary in the store lacks classes that make rows."""
    if not core <= taxonomy.codes:
        raise StoreError(
            f"the vocabulary in the store does not know {', '.join(sorted(core - taxonomy.codes)) or 'any class'}",
            cure="open the store to write once: the data rooms are then brought up to date in it",
        )


def core_of(taxonomy: Taxonomy, wanted: BoundsWanted) -> frozenset[str]:
    """The classes that make rows: the collection's, or those named; a count of none of them makes no row alone."""
    if wanted.collection is None:
        return frozenset(wanted.classes)
    return taxonomy.collections.get(wanted.collection, frozenset({wanted.collection}))


def _placed(spread: Spread) -> bool:
    """Does it name units, not only a country or nothing?"""
    return all(country_of(unit) != unit for unit in spread.units)


def _units(spreads: Iterable[Spread]) -> set[str]:
    return set[str]().union(*(s.units for s in spreads if _placed(s)))


def _joint(spreads: Iterable[Spread], world: frozenset[str]) -> dict[tuple[str, ...], frozenset[str]]:
    """The sets of units that a count spreads over, by the codes shown; a country stands for all of it."""
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    for spread in spreads:
        if _placed(spread):
            if len(spread.units) > 1:
                sets[tuple(sorted(spread.units))] = spread.units
        elif NOWHERE not in spread.units:
            countries = tuple(sorted({country_of(u) for u in spread.units}))
            sets[countries] = frozenset(u for u in world if country_of(u) in countries)
    return sets


def _says_more(joint: Bound, members: Sequence[Bound]) -> bool:
    highs = [m.high for m in members]
    lower = joint.low > sum(m.low for m in members)
    return lower or (joint.high is not None and (None in highs or joint.high < sum(h or 0 for h in highs)))


def compared(store: Queryable, wanted: BoundsWanted, policy: Policy) -> Iterator[tuple[Line, Line]]:
    """The rows that the articles published before a day would give, and those of now, where the two differ.

    A row shown in one of them only is reckoned in the other too: nobody compares with nothing.
    """
    then, now = Table(store, wanted, policy), Table(store, wanted, replace(policy, published_before=None))
    before, after = ({(line.victim_class, line.places): line for line in table.lines()} for table in (then, now))
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key) or then.line(*key), after.get(key) or now.line(*key)
        if (old.bound.low, old.bound.high) != (new.bound.low, new.bound.high):
            yield old, new
