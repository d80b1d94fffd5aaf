"""What numbers must satisfy, as linear rows, and whether they can: a mixed-integer programme solved by HiGHS."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from waqai.account.programme import quiet_solver

_ALMOST = 1e-6
"""HiGHS holds rows to 1e-7; numbers are whole people."""


@dataclass(frozen=True, slots=True)
class Row:
    """One relation between numbers: low ≤ Σ factor × number ≤ high, as the words of its kind require."""

    kind: str
    terms: tuple[tuple[str, int], ...]
    low: float = 0
    high: float = math.inf

    @property
    def statements(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Stated:
    """The number of one statement; None at an open end."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class System:
    """Stated numbers and the rows that they should satisfy."""

    numbers: Mapping[str, Stated]
    rows: tuple[Row, ...]

    def elements(self) -> list[str | Row]:
        """All that may be part of a contradiction: first the statements, then the relations."""
        return [*self.numbers, *self.rows]

    def within(self, chosen: Collection[str | Row]) -> System:
        """The system with only some statements' numbers and some relations."""
        numbers = {n: s if n in chosen else Stated(None, None) for n, s in self.numbers.items()}
        return System(numbers, tuple(r for r in self.rows if r in chosen))


def plainly_holds(system: System) -> bool:
    """Do the rows hold with every number at its low end? Most systems do; then there is nothing to solve."""
    value = {n: s.low if s.low is not None else min(s.high or 0, 0) for n, s in system.numbers.items()}
    return all(r.low <= sum(f * value[n] for n, f in r.terms) <= r.high for r in system.rows)


class Solver:
    """Columns with ends, rows over them, and an objective: the smallest interface to HiGHS that the audit needs."""

    def __init__(self) -> None:
        self._highs = quiet_solver()
        self._columns = 0

    def column(self, low: float, high: float, *, whole: bool = False) -> int:
        """A new variable."""
        self._highs.addVar(low, high)
        if whole:
            self._highs.changeColIntegrality(self._columns, highspy.HighsVarType.kInteger)
        self._columns += 1
        return self._columns - 1

    def row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        """A new constraint."""
        known = dict(terms)
        indices = np.array(list(known), dtype=np.int32)
        self._highs.addRow(low, high, len(known), indices, np.array(list(known.values()), dtype=np.float64))

    def solve(self, costs: Mapping[int, float], *, greatest: bool = False) -> Sequence[float] | None:
        """The values of all variables where the objective is least (or greatest); None where nothing satisfies all."""
        every = np.array([costs.get(i, 0.0) for i in range(self._columns)], dtype=np.float64)
        self._highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), every)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize if greatest else highspy.ObjSense.kMinimize)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(self._highs.getSolution().col_value)


def can_hold(system: System) -> bool:
    """Is there a whole number for each statement, within what it states, that satisfies all rows?"""
    if plainly_holds(system):
        return True
    solver = Solver()
    at: dict[str, int] = {}
    for name, stated in system.numbers.items():
        at[name] = solver.column(stated.low or 0, math.inf if stated.high is None else stated.high, whole=True)
    for row in system.rows:
        solver.row(row.low, row.high, ((at[n], f) for n, f in row.terms))
    return solver.solve({}) is not None


def whole(value: float) -> int:
    """A solver's value as whole people."""
    return math.floor(value + _ALMOST)
