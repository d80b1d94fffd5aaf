"""What a number is in every smallest repair (Flesca, Furfaro, Parisi 2010: consistent answers, aggregate constraints).

A repair changes numbers so that all relations hold; a smallest one changes as few statements as possible. A number that
is the same in all of them is known whatever was misprinted; else it has the span of values that they give it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from waqai.account.audit.arithmetic import Solver, System, can_hold, whole
from waqai.account.audit.conflicts import rounds

MOST_REPAIRS = 64
"""Sets of numbers to change that are gone through; with more of them nothing is said of the values."""

Span = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Repairs:
    """How many numbers the smallest repairs change, and the span (None: open) of each number over all of them.

    There are no values where there are too many ways to repair; `changes` is then the fewest that are certain.
    """

    changes: int
    values: dict[str, Span]


def smallest_repairs(system: System) -> Repairs:
    """The smallest repairs of a system; those of one that holds change nothing."""
    ways: list[frozenset[str]] = []
    fewest = 0
    for looked_at, (way, repairs) in enumerate(_ways(system)):
        fewest = max(fewest, len(way))
        if ways and len(way) > len(ways[0]):
            break
        if looked_at >= rounds(system) or len(ways) == MOST_REPAIRS:
            return Repairs(fewest, {})
        ways += [way] if repairs else []
    spans = [_spans(system, way) for way in ways]
    return Repairs(len(ways[0]), {name: _hull([span[name] for span in spans]) for name in system.numbers})


def _ways(system: System) -> Iterator[tuple[frozenset[str], bool]]:
    """Sets of statements to change, the smallest first, and whether that makes peace: hitting sets."""
    names = list(system.numbers)
    hitting = Solver()
    at = {name: hitting.column(0, 1, whole=True) for name in names}
    while (values := hitting.solve(dict.fromkeys(at.values(), 1.0))) is not None:
        changed = frozenset(name for name in names if values[at[name]] > 0.5)
        repairs = can_hold(_without(system, changed))
        yield changed, repairs
        if repairs:
            hitting.row(-math.inf, len(changed) - 1, ((at[name], 1.0) for name in changed))
        else:
            hitting.row(1, len(names), ((at[name], 1.0) for name in _conflict(system, changed)))


def _without(system: System, changed: frozenset[str]) -> System:
    return system.within([e for e in system.elements() if e not in changed])


def _conflict(system: System, changed: frozenset[str]) -> list[str]:
    """Statements not changed that cannot hold together under all relations; none of them can be spared."""
    kept = [name for name in system.numbers if name not in changed]
    for name in tuple(kept):
        spared = frozenset(system.numbers) - (set(kept) - {name})
        if not can_hold(_without(system, spared)):
            kept.remove(name)
    return kept


def _spans(system: System, changed: frozenset[str]) -> dict[str, Span]:
    """The least and the greatest value of each number where only some may change."""
    solver = Solver()
    at: dict[str, int] = {}
    for name, stated in system.numbers.items():
        free = name in changed or stated.high is None
        low = 0 if name in changed else stated.low or 0
        at[name] = solver.column(low, math.inf if free else stated.high or 0, whole=True)
    for row in system.rows:
        solver.row(row.low, row.high, [(at[n], float(f)) for n, f in row.terms])
    return {
        name: (_end(solver, column, greatest=False) or 0, _end(solver, column, greatest=True))
        for name, column in at.items()
    }


def _end(solver: Solver, column: int, *, greatest: bool) -> int | None:
    """The least or greatest value of a number; None where nothing limits it."""
    values = solver.solve({column: 1.0}, greatest=greatest)
    return whole(values[column]) if values else None


def _hull(spans: list[Span]) -> Span:
    highs = [high for _, high in spans if high is not None]
    return min(low for low, _ in spans), max(highs) if len(highs) == len(spans) else None
