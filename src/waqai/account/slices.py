"""Bounds cut by means of harm and month, and bounds as they stood before a day of publication.

By means: only counts that name the means enter; one that names several may be of any of them, so it opens upper ends
and forces nobody. Counts of the same harm share what is named of it: a number told again or revised without the means
is of the means told before, and a part that names none is of its whole's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from waqai.account.components import partition
from waqai.account.counts import CountStatement, Link, Queryable, code, read_consistent, rows
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning, enters
from waqai.account.rules import Policy
from waqai.account.scope import World, country_of, read_taxonomy
from waqai.account.sources import said_by, supported

LONGEST_INCIDENT = 31
"""Days between the ends of an incident that still says in which month it was, or between which two."""
SAME_HARM = frozenset({"restates", "updates"})
NOT_NAMED = "unknown"
"""The means of counts that name none."""

_METHODS = "SELECT ?s ?method WHERE { ?s wq:outcome wqv:%s ; wq:method ?method }"
_PUBLISHED = """PREFIX schema: <https://schema.org/>
SELECT ?article ?day WHERE { ?article a wq:Article ; schema:datePublished ?day }"""


@dataclass(frozen=True, slots=True)
class Slice:
    """One row: a class, a country, a means (NOT_NAMED: none), a month by its first and last day, the bound."""

    victim_class: str
    country: str
    method: str
    first: dt.date
    last: dt.date
    bound: Bound


def slices(store: Queryable, outcome: str, classes: Sequence[str], policy: Policy) -> Iterator[Slice]:
    """The bounds of classes by country, means and month. Months in which no incident is told of have no row."""
    counts = said_by(read_consistent(store, outcome), policy.sources)
    world = World.of(read_taxonomy(store), counts)
    counts = supported(counts, world, policy.minimum_sources)
    for method, named in sorted(_by_method(counts, _methods(store, outcome)).items()):
        for first, last in _months(named, policy):
            inside = replace(policy, since=first, until=last)
            met = [c for c in named if _meets(c, first, last)]
            reckoning = Reckoning(met, world, inside, set(classes))
            yield from _rows(reckoning, world, classes, (method, first, last), _countries(met))


def _rows(
    reckoning: Reckoning,
    world: World,
    classes: Sequence[str],
    cut: tuple[str, dt.date, dt.date],
    countries: Iterable[str],
) -> Iterator[Slice]:
    method, first, last = cut
    for country in countries:
        units = frozenset(u for u in world.units if country_of(u) == country)
        for victim_class in classes:
            bound = reckoning.bound(Asked(victim_class, units))
            if bound.high != 0:
                yield Slice(victim_class, country, method, first, last, bound)


def _countries(counts: Iterable[CountStatement]) -> list[str]:
    named = {country_of(u) for c in counts if enters(c) for u in (*c.units, *c.countries)}
    return sorted(named - {""})


def _methods(store: Queryable, outcome: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, _METHODS % outcome):
        found[row["s"]].add(code(row["method"]))
    return found


def _by_method(counts: Sequence[CountStatement], named: Mapping[str, set[str]]) -> dict[str, list[CountStatement]]:
    """Means → the counts of it; a count of several is in each, forcing nobody."""
    whole = _shared(counts, named)
    found: dict[str, list[CountStatement]] = defaultdict(list)
    for count in counts:
        methods = whole.get(count.iri) or {NOT_NAMED}
        for method in methods:
            found[method].append(count if len(methods) == 1 else replace(count, low=None))
    return found


def _shared(counts: Sequence[CountStatement], named: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Count → the means named of its harm, by itself, by those of the same harm, or by its whole."""
    at = {c.iri: i for i, c in enumerate(counts)}
    links = [(c, k) for c in counts for k in _links(c) if k.target in at]
    same = [(at[c.iri], at[k.target]) for c, k in links if k.kind in SAME_HARM]
    found: dict[str, set[str]] = {}
    for part in partition(len(counts), same):
        methods = set[str]().union(*(named.get(counts[i].iri, set()) for i in part))
        found |= {counts[i].iri: methods for i in part}
    for count, link in links:
        if link.kind == "subset_of" and not found[count.iri]:
            found[count.iri] = found[link.target]
    return found


def _links(count: CountStatement) -> list[Link]:
    return [*count.links, *(k for r in count.readings if r.preferred for k in r.links)]


def _meets(count: CountStatement, first: dt.date, last: dt.date) -> bool:
    return (count.first is None or count.first <= last) and (count.last is None or count.last >= first)


def _months(counts: Iterable[CountStatement], policy: Policy) -> Iterator[tuple[dt.date, dt.date]]:
    """The months, cut to the days asked for, in which an incident is told of."""
    since, until = policy.since or dt.date.min, policy.until or dt.date.max
    days: set[dt.date] = set()
    for count in counts:
        if count.first and count.last and (count.last - count.first).days <= LONGEST_INCIDENT and enters(count):
            days |= {count.first, count.last}
    for first, last in sorted({_month(day) for day in days}):
        if first <= until and last >= since:
            yield max(first, since), min(last, until)


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    first = day.replace(day=1)
    if (day.year, day.month) == (dt.MAXYEAR, 12):
        return first, dt.date.max
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first, following - dt.timedelta(days=1)


def published_before(counts: Iterable[CountStatement], store: Queryable, day: dt.date) -> list[CountStatement]:
    """The counts of articles that are not surely published on or after a day; without a day an article stays."""
    later = {row["article"] for row in rows(store, _PUBLISHED) if _earliest(row["day"]) >= day.isoformat()}
    return [count for count in counts if count.article not in later]


def _earliest(day: str) -> str:
    """The first day that YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    day = day.removesuffix("Z")[:10]
    return day + "-01-01"[len(day) - 10 :] if len(day) < 10 else day
