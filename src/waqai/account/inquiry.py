"""One question asked freely: how many of a class were reported harmed, where, when, by whom, according to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waqai.account.components import groups
from waqai.account.counts import CountStatement, Queryable, read_consistent
from waqai.account.names import Named, Names
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning, enters
from waqai.account.rules import Policy
from waqai.account.scope import Scope, World, asked_days, country_of, read_blame, read_taxonomy
from waqai.account.separate import Separate, separate
from waqai.account.sources import said_by, supported
from waqai.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An outcome, a victim class, units and countries (none: anywhere), and which counts enter how.

    `policy` holds the IRIs of `by` and `sources`.
    """

    outcome: Named
    victim_class: Named
    places: tuple[Named, ...]
    by: Named | None
    sources: tuple[Named, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Words:
    """An inquiry as people write it: codes, IRIs or names; days as YYYY-MM-DD."""

    outcome: str
    victim_class: str
    places: Sequence[str] = ()
    by: str | None = None
    sources: Sequence[str] = ()
    since: str | None = None
    until: str | None = None

    def inquiry(self, names: Names, policy: Policy) -> Inquiry:
        """What the words name. Raises ParameterError for a word that names nothing or several things."""
        outcome, victim_class = names.outcome(self.outcome), names.victim_class(self.victim_class)
        places = {place.code: place for place in map(names.place, self.places)}
        by = names.actor(self.by) if self.by is not None else None
        sources = {source.iri: source for source in map(names.originator, self.sources)}
        since, until = _day(self.since, "--from"), _day(self.until, "--until")
        if since and until and until < since:
            raise ParameterError(f"{until} is before {since}", address="--until", cure="give a day on or after --from")
        policy = replace(policy, since=since, until=until, by=by.iri if by else None, sources=frozenset(sources))
        return Inquiry(outcome, victim_class, tuple(places.values()), by, tuple(sources.values()), policy)


def _day(text: str | None, option: str) -> dt.date | None:
    try:
        return None if text is None else dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise ParameterError(f"{text!r} is no day", address=option, cure="write YYYY-MM-DD") from error


@dataclass(frozen=True, slots=True)
class Finding:
    """The bound for one place, or for all together; `naive` is what adding the counts would have said.

    `separate` are pairs behind the highest number that were not taken together, with the reason.
    """

    places: tuple[Named, ...]
    bound: Bound
    naive: int
    separate: tuple[Separate, ...]


def inquire(store: Queryable, inquiry: Inquiry) -> list[Finding]:
    """Each place in the order asked, then all together where they are several. Raises StoreError."""
    policy, victim_class = inquiry.policy, inquiry.victim_class.code
    counts = said_by(read_consistent(store, inquiry.outcome.code), policy.sources)
    blame = read_blame(store, policy.by) if policy.by else None
    world = World.of(read_taxonomy(store), counts, blame).and_units(p.code for p in inquiry.places)
    accepted = concerning(supported(counts, world, policy.minimum_sources), world, inquiry)
    reckoning = Reckoning(accepted, world, policy, [victim_class])
    sets: list[tuple[Named, ...]] = [(place,) for place in inquiry.places]
    if len(sets) != 1:
        sets.append(inquiry.places)
    found = []
    for places in sets:
        asked = Asked(victim_class, _units([p.code for p in places], world))
        bound = reckoning.bound(asked)
        behind = [c for c in accepted if c.iri in bound.high_statements]
        naive = naive_sum(accepted, world, policy, asked)
        found.append(Finding(places, bound, naive, tuple(separate(behind, world))))
    return found


def concerning(counts: Sequence[CountStatement], world: World, inquiry: Inquiry) -> list[CountStatement]:
    """The counts that may matter: those of groups of which some count may be of the dead asked for."""
    victim_class = inquiry.victim_class.code
    sorts = frozenset(s for s in world.taxonomy.sorts if victim_class in s.codes)
    asked = Scope(sorts, _units([p.code for p in inquiry.places], world), *asked_days(inquiry.policy))
    return [c for group in groups(counts) if any(world.scope(m).meets(asked) for m in group) for c in group]


def _units(places: Iterable[str], world: World) -> frozenset[str]:
    """The units that places stand for: a country for all of its own and what is not known closer; none: everywhere."""
    wanted = set(places)
    return frozenset(u for u in world.units if not wanted or u in wanted or country_of(u) in wanted)


def naive_sum(counts: Sequence[CountStatement], world: World, policy: Policy, asked: Asked) -> int:
    """What adding up the numbers would say: every count of the class that names a place asked for, repeats and all."""
    first, last = asked_days(policy)
    total = 0
    for count in filter(enters, counts):
        scope = world.scope(count)
        of_class = bool(count.leaves) and all(asked.victim_class in world.taxonomy.up(leaf) for leaf in count.leaves)
        then_by_them = scope.first <= last and scope.last >= first and True in scope.by
        if of_class and then_by_them and (count.units or count.countries) & asked.units:
            total += count.low if count.low is not None else count.high or 0
    return total
