"""Findings about sources: contradictions with their smallest sets, what repairs say, and the reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from waqai.account.audit.arithmetic import Row, Stated, System, can_hold
from waqai.account.audit.claims import DIFFER, KINDS, between_sources, incidents_of, of_article, of_series, stated
from waqai.account.audit.conflicts import minimal_conflicts, smallest_conflict
from waqai.account.audit.reasons import reason
from waqai.account.audit.repairs import Repairs, Span, smallest_repairs
from waqai.account.counts import CountStatement, Queryable, read_counts, rows
from waqai.account.series import Series, series

MOST_TOGETHER = 40
"""Statements and relations of one system that are looked at together."""
OUTCOMES = ("killed", "injured", "captured", "missing", "killed_or_injured")


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """One contradiction: who is contradicted, in which articles, by which smallest set of statements.

    `sets` is the number of minimal sets known, up to MOST_CONFLICTS, `changes` how many numbers the smallest
    repairs change, `values` what each number of the set is in all of them (None: no end); empty where not known.
    """

    kind: str
    sources: tuple[str, ...]
    articles: tuple[str, ...]
    statements: tuple[str, ...]
    reason: Mapping[str, str]
    sets: int = 1
    changes: int = 1
    values: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All counts by outcome, the day on which each article was published, and in which sentence parts are told."""

    counts: Mapping[str, Sequence[CountStatement]]
    published: Mapping[str, dt.date]
    sentences: Mapping[str, int]
    """Part → the offset at which its sentence begins."""

    def series(self) -> list[Series]:
        """All running totals that were told more than once."""
        return [s for outcome, counts in self.counts.items() for s in series(counts, outcome, self.published)]


_PUBLISHED = "SELECT ?article ?day WHERE { ?article a wq:Article ; <https://schema.org/datePublished> ?day }"
_SENTENCES = """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?s (MIN(?start - STRLEN(?before)) AS ?at) WHERE {
  ?s wq:subsetOf ?whole ; wq:evidence ?evidence . ?evidence oa:hasSelector ?quote, ?position .
  ?quote oa:prefix ?before . ?position oa:start ?start } GROUP BY ?s"""
_WHOLE_DAY = len("2021-05-03")


def read_ledger(store: Queryable) -> Ledger:
    """What a store says, all outcomes."""
    days = {r["article"]: r["day"] for r in rows(store, _PUBLISHED) if len(r["day"]) == _WHOLE_DAY}
    return Ledger(
        {outcome: read_counts(store, outcome) for outcome in OUTCOMES},
        {article: dt.date.fromisoformat(day) for article, day in days.items()},
        {r["s"]: int(r["at"]) for r in rows(store, _SENTENCES)},
    )


def findings(ledger: Ledger) -> list[SourceFinding]:
    """All findings, by kind and statement."""
    found = {(f.kind, f.statements): f for f in _all(ledger)}
    return [found[key] for key in sorted(found)]


def _all(ledger: Ledger) -> Iterator[SourceFinding]:
    known = {c.iri: c for counts in ledger.counts.values() for c in counts}
    by_article: dict[str, list[CountStatement]] = defaultdict(list)
    for count in known.values():
        by_article[count.article].append(count)
    for told in by_article.values():
        for system in of_article(told, ledger.sentences):
            yield from contradictions(system, known)
    for outcome, counts in ledger.counts.items():
        incidents = incidents_of(counts)
        for total in series(counts, outcome, ledger.published):
            for system in of_series(total, incidents.get(total.originator, ())):
                yield from contradictions(system, known)
        for pair in between_sources(counts):
            yield from contradictions(_differing(pair), known)


def _differing(pair: tuple[CountStatement, CountStatement]) -> System:
    one, other = pair
    row = Row(DIFFER, ((one.iri, 1), (other.iri, -1)), 0, 0)
    return System({c.iri: stated(c) for c in pair}, (row,))


def contradictions(system: System, known: Mapping[str, CountStatement]) -> Iterator[SourceFinding]:
    """One finding for each contradiction of a system that stands apart from the others', the smallest first.

    Of a system that is too large each relation is looked at alone.
    """
    if can_hold(system):
        return
    if len(system.elements()) > MOST_TOGETHER and len(system.rows) > 1:
        for row in system.rows:
            yield from contradictions(System({n: system.numbers[n] for n in row.statements}, (row,)), known)
        return
    sets, _ = minimal_conflicts(system)
    repairs = smallest_repairs(system)
    rest = system
    while not can_hold(rest):
        conflict = smallest_conflict(rest)
        yield _finding(conflict, len(sets), repairs, known)
        rest = System(rest.numbers, tuple(row for row in rest.rows if row not in conflict))


def _finding(
    conflict: frozenset[str | Row], sets: int, repairs: Repairs, known: Mapping[str, CountStatement]
) -> SourceFinding:
    relations = sorted((e for e in conflict if isinstance(e, Row)), key=lambda row: (KINDS.index(row.kind), row.terms))
    statements = tuple(sorted(e for e in conflict if isinstance(e, str)))
    told = [known[iri] for iri in statements]
    return SourceFinding(
        kind=relations[0].kind,
        sources=tuple(sorted({c.originator for c in told})),
        articles=tuple(sorted({c.article for c in told})),
        statements=statements,
        reason=reason(relations, {iri: _number(known, iri) for row in relations for iri in row.statements}),
        sets=max(1, sets),
        changes=max(1, repairs.changes),
        values={iri: repairs.values[iri] for iri in statements if iri in repairs.values},
    )


def _number(known: Mapping[str, CountStatement], iri: str) -> Stated:
    return Stated(known[iri].low, known[iri].high)
