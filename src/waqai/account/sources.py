"""Which counts enough independent sources report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from waqai.account.counts import CountStatement
from waqai.account.reckoning import enters
from waqai.account.scope import Scope, World


def said_by(counts: Sequence[CountStatement], originators: frozenset[str]) -> list[CountStatement]:
    """The counts that begin with one of these sources; none named: all. A relation to what is left out says nothing."""
    return [c for c in counts if not originators or c.originator in originators]


def supported(counts: Sequence[CountStatement], world: World, minimum: int) -> list[CountStatement]:
    """The counts whose harm at least `minimum` distinct originators report; vague ones stay, they never enter.

    Two counts report the same harm where classes, units and days may overlap and some number fits both. The same
    originator through several outlets is one source.
    """
    if minimum <= 1:
        return list(counts)
    scopes = {c.iri: world.scope(c) for c in counts}
    by_unit: dict[str, list[CountStatement]] = defaultdict(list)
    for count in filter(enters, counts):
        for unit in scopes[count.iri].units:
            by_unit[unit].append(count)
    return [c for c in counts if not enters(c) or _originators(c, by_unit, scopes) >= minimum]


def _originators(count: CountStatement, by_unit: dict[str, list[CountStatement]], scopes: dict[str, Scope]) -> int:
    scope = scopes[count.iri]
    others = {other.iri: other for unit in scope.units for other in by_unit[unit]}
    return len({o.originator for o in others.values() if _numbers_meet(count, o) and scope.meets(scopes[o.iri])})


def _numbers_meet(one: CountStatement, other: CountStatement) -> bool:
    return all(a.low is None or b.high is None or a.low <= b.high for a, b in ((one, other), (other, one)))
