"""What one article, one series and two sources say about numbers: the rows that their statements should satisfy.

Only what the words themselves relate can accuse a source: relations that we concluded and readings of ambiguous words
are no claims of its. Rounded, vague, denied and disputed numbers bind nobody.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from waqai.account.audit.arithmetic import Row, Stated, System
from waqai.account.components import partition
from waqai.account.counts import CountStatement, Link
from waqai.account.population import cliques
from waqai.account.series import Difference, Series, covers

BREAKDOWN, PARTS, PART = "breakdown_does_not_add_up", "parts_above_whole", "part_above_whole"
SHRINKS, FALLS, SHORT = "update_shrinks", "running_total_falls", "running_total_below_incidents"
DIFFER = "sources_differ"
KINDS = (BREAKDOWN, PARTS, PART, SHRINKS, FALLS, SHORT, DIFFER)
"""The kinds of findings; where a contradiction rests on several relations the first of their kinds names it."""
NEIGHBOURS = 4
"""Members of a series on either side of a fall that say which of the two numbers is the odd one."""


def binds(count: CountStatement) -> bool:
    """Is it a number that its source stands by?"""
    return not (count.vague or count.about) and count.certainty not in ("denied", "disputed")


def stated(count: CountStatement) -> Stated:
    """The number of a statement, as far as it binds."""
    return Stated(count.low, count.high) if binds(count) else Stated(None, None)


def of_article(counts: Sequence[CountStatement], sentences: Mapping[str, int]) -> Iterator[System]:
    """The systems of one article's counts, of all outcomes: one for each set that its relations connect.

    `sentences` tells of each part at which offset its sentence begins.
    """
    at = {c.iri: i for i, c in enumerate(counts)}
    rows = list(_rows(counts, sentences))
    pairs = [(at[row.terms[0][0]], at[name]) for row in rows for name, _ in row.terms[1:]]
    parts = partition(len(counts), pairs)
    where = {counts[i].iri: number for number, part in enumerate(parts) for i in part}
    by_part: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_part[where[row.terms[0][0]]].append(row)
    for number, own in by_part.items():
        numbers = {counts[i].iri: stated(counts[i]) for i in parts[number]}
        yield System(numbers, tuple(dict.fromkeys(own)))


def _rows(counts: Sequence[CountStatement], sentences: Mapping[str, int]) -> Iterator[Row]:
    known = {c.iri: c for c in counts}
    parts: dict[tuple[str, int | None], list[CountStatement]] = defaultdict(list)
    for count in counts:
        said = [k for k in count.links if k.source and _of_its_own(count, known.get(k.target))]
        summed = [k.target for k in said if k.kind == "sum_of"]
        if len(summed) > 1:
            yield Row(BREAKDOWN, ((count.iri, 1), *((t, -1) for t in sorted(summed))), 0, 0)
        for link in said:
            if link.kind in ("subset_of", "contained_in") and not _summed(known[link.target], count.iri):
                parts[link.target, sentences.get(count.iri)].append(count)
                yield Row(PART, ((link.target, 1), (count.iri, -1)))
            elif link.kind == "updates":
                yield Row(SHRINKS, ((count.iri, 1), (link.target, -1)))
    for (whole, _), own in parts.items():
        for clique in cliques(sorted(c.iri for c in own), _apart(own)):
            if len(clique) > 1:
                yield Row(PARTS, ((whole, 1), *((name, -1) for name in clique)))


def _of_its_own(count: CountStatement, other: CountStatement | None) -> bool:
    """Are both said by one source? What two sources say in one article may differ."""
    return other is not None and other is not count and other.originator == count.originator


def _summed(whole: CountStatement, part: str) -> bool:
    """Is the part already an item of the whole's breakdown?"""
    return Link("sum_of", part) in whole.links


def _apart(parts: Sequence[CountStatement]) -> set[frozenset[str]]:
    told = {frozenset({c.iri, k.target}) for c in parts for k in c.links if k.kind == "disjoint_from" and k.source}
    pairs = (frozenset({a.iri, b.iri}) for i, a in enumerate(parts) for b in parts[:i] if _differ(a, b))
    return told & {frozenset({a.iri, b.iri}) for a in parts for b in parts} | set(pairs)


def _differ(one: CountStatement, other: CountStatement) -> bool:
    """Can no one be of both: other provinces, other persons (women, children), civilians and others?"""
    if one.units and other.units and not one.units & other.units:
        return True
    persons = [{v for k, v in c.traits if k == "person"} for c in (one, other)]
    if all(persons) and not persons[0] & persons[1]:
        return True
    leaves = (one.leaves, other.leaves)
    return all(leaves) and frozenset({"civilian"}) in leaves and not leaves[0] & leaves[1]


def of_series(series: Series, incidents: Sequence[CountStatement]) -> Iterator[System]:
    """The systems of a running total: one around each fall, and one for each rise below the incidents within it."""
    members = [m.count for m in series.members if m.day is not None]
    at = {c.iri: i for i, c in enumerate(members)}
    for step in series.differences():
        if step.falls:
            i, j = at[step.earlier.count.iri], at[step.later.count.iri]
            near = members[max(0, i - NEIGHBOURS) : j + NEIGHBOURS + 1]
            rows = (Row(FALLS, ((b.iri, 1), (a.iri, -1))) for a, b in pairwise(near) if covers(b, a))
            yield System({c.iri: stated(c) for c in near}, tuple(rows))
        elif inside := _between(step, incidents):
            pair = (step.earlier.count, step.later.count)
            terms = ((pair[1].iri, 1), (pair[0].iri, -1), *((c.iri, -1) for c in inside))
            yield System({c.iri: stated(c) for c in (*pair, *inside)}, (Row(SHORT, terms),))


def _between(step: Difference, incidents: Sequence[CountStatement]) -> list[CountStatement]:
    """For each day after the earlier total's up to the later one's, its largest incident within the later's scope.

    Incidents of one day may be one told twice; those of different days are different people.
    """
    largest: dict[dt.date, CountStatement] = {}
    after, upto = step.earlier.day, step.later.day
    if not step.same_scope or after is None or upto is None:
        return []
    for incident in incidents:
        day = incident.first
        if day is None or day != incident.last or not after < day < upto or incident.low is None:
            continue
        best = largest.get(day)
        if covers(step.later.count, incident) and (best is None or (best.low or 0) < incident.low):
            largest[day] = incident
    return [largest[day] for day in sorted(largest)]


def between_sources(counts: Iterable[CountStatement]) -> Iterator[tuple[CountStatement, CountStatement]]:
    """Statements of two originators about one event, or one scope and period, of which only one can be right."""
    known = {c.iri: c for c in counts if binds(c)}
    pairs = [(c, known[k.target]) for c in known.values() for k in c.links if _of_one_event(k) and k.target in known]
    same: dict[tuple[object, ...], list[CountStatement]] = defaultdict(list)
    for count in known.values():
        if count.kind == "period_total" and count.first and count.last and not count.open_end and count.leaves:
            scope = (count.units, count.countries, count.leaves, count.traits, count.perpetrators)
            same[*scope, count.first, count.last].append(count)
    for group in same.values():
        pairs += [(a, b) for i, a in enumerate(group) for b in group[:i]]
    seen: set[frozenset[str]] = set()
    for a, b in pairs:
        key = frozenset({a.iri, b.iri})
        if a.originator != b.originator and _exclude(a, b) and key not in seen:
            seen.add(key)
            yield (a, b) if a.iri < b.iri else (b, a)


def _of_one_event(link: Link) -> bool:
    return link.kind == "restates" and link.rule == "one_event"


def _exclude(one: CountStatement, other: CountStatement) -> bool:
    return any(a.low is not None and b.high is not None and a.low > b.high for a, b in ((one, other), (other, one)))


def incidents_of(counts: Iterable[CountStatement]) -> Mapping[str, list[CountStatement]]:
    """Incidents whose numbers bind, by originator."""
    found: dict[str, list[CountStatement]] = defaultdict(list)
    for count in counts:
        if count.kind in ("incident", "updated_toll") and binds(count):
            found[count.originator].append(count)
    return found
