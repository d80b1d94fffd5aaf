"""Running totals: "since 24 March 2019" told again and again with a higher number, and what lies between two tellings.

Members of one series are of one originator, outcome, victim group and start; their places and perpetrators may be told
in more or fewer words. The difference of two members bounds what happened between them, as Iraq Body Count subtracts
what is known from a total (docs/accounting.md).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from waqai.account.components import partition
from waqai.account.counts import CountStatement


@dataclass(frozen=True, slots=True)
class Member:
    """One telling of a running total: its count, and the day until which it runs (None: unknown)."""

    count: CountStatement
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two members: from `low` to `high` (None: open) more people, after the one day up to the other.

    Where the scopes differ (`same_scope` false) the difference bounds nothing and is shown only.
    """

    earlier: Member
    later: Member
    low: int | None
    high: int | None
    same_scope: bool

    @property
    def falls(self) -> bool:
        """Is the later total lower, though it covers all that the earlier one does?"""
        return self.high is not None and self.high < 0 and covers(self.later.count, self.earlier.count)


@dataclass(frozen=True, slots=True)
class Series:
    """The members of one running total, by the day until which they run; those of unknown day are last."""

    outcome: str
    members: tuple[Member, ...]

    @property
    def originator(self) -> str:
        return self.members[0].count.originator

    @property
    def first(self) -> dt.date | None:
        return self.members[0].count.first

    def differences(self) -> list[Difference]:
        """Between each member whose day is known and the next; members of one day with one number are one."""
        dated = [m for m in self.members if m.day is not None]
        return [difference(a, b) for a, b in pairwise(dated) if (a.day, _span(a)) != (b.day, _span(b))]


def _span(member: Member) -> tuple[int | None, int | None]:
    return member.count.low, member.count.high


def is_total(count: CountStatement) -> bool:
    """Is it a running total with a number that can be compared?"""
    numbered = count.low is not None or count.high is not None
    return count.kind == "period_total" and count.first is not None and numbered and not count.about


def until(count: CountStatement, published: dt.date | None) -> dt.date | None:
    """The day until which a running total runs: its last day, or the day on which its article was published."""
    if published is None:
        return None if count.open_end else count.last
    return published if count.last is None or count.open_end else min(count.last, published)


def series(counts: Iterable[CountStatement], outcome: str, published: Mapping[str, dt.date]) -> list[Series]:
    """The running totals of counts of one outcome that were told at least twice; `published` by article."""
    alike: dict[tuple[object, ...], list[CountStatement]] = defaultdict(list)
    for count in counts:
        if is_total(count) and count.certainty not in ("denied", "disputed"):
            alike[count.originator, count.first, count.leaves, count.traits].append(count)
    found = []
    for group in alike.values():
        for part in _of_one_scope(group):
            if len({c.article for c in part}) > 1:
                members = [Member(c, until(c, published.get(c.article))) for c in part]
                found.append(Series(outcome, tuple(sorted(members, key=_order))))
    return sorted(found, key=lambda s: s.members[0].count.iri)


def _order(member: Member) -> tuple[dt.date, int, str]:
    number = member.count.low if member.count.low is not None else member.count.high
    return member.day or dt.date.max, number or 0, member.count.iri


def _of_one_scope(counts: Sequence[CountStatement]) -> list[list[CountStatement]]:
    """Counts apart from each other where neither's places and perpetrators hold the other's.

    Equal scopes are merged first, so that work is on the few ways in which a total is told, not on its tellings.
    """
    scopes: dict[tuple[object, ...], list[CountStatement]] = defaultdict(list)
    for count in counts:
        scopes[count.units, count.countries, count.perpetrators].append(count)
    ways = list(scopes.values())
    pairs = [(i, j) for i, one in enumerate(ways) for j in range(i) if _told_alike(one[0], ways[j][0])]
    return [[c for i in part for c in ways[i]] for part in partition(len(ways), pairs)]


def _told_alike(one: CountStatement, other: CountStatement) -> bool:
    places = one.units <= other.units or other.units <= one.units
    named = bool(one.units) == bool(other.units) and one.countries == other.countries
    doers = one.perpetrators <= other.perpetrators or other.perpetrators <= one.perpetrators
    return places and named and doers


def covers(wide: CountStatement, narrow: CountStatement) -> bool:
    """Does everybody whom `narrow` counts belong to what `wide` counts, by class, place, time and perpetrator?"""
    places = not wide.units or (bool(narrow.units) and narrow.units <= wide.units)
    countries = not wide.countries or (bool(narrow.countries) and narrow.countries <= wide.countries)
    classes = not wide.leaves or (bool(narrow.leaves) and narrow.leaves <= wide.leaves)
    doers = not wide.perpetrators or (bool(narrow.perpetrators) and narrow.perpetrators <= wide.perpetrators)
    since = wide.first is None or (narrow.first is not None and narrow.first >= wide.first)
    return places and countries and classes and doers and since and wide.traits <= narrow.traits


def difference(earlier: Member, later: Member) -> Difference:
    """How many more the later member counts; open where an end of the two is."""
    a, b = earlier.count, later.count
    low = None if b.low is None or a.high is None else b.low - a.high
    high = None if b.high is None or a.low is None else b.high - a.low
    return Difference(earlier, later, low, high, covers(a, b) and covers(b, a))
