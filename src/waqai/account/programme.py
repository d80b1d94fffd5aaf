"""The programme of one component, solved by HiGHS (Huangfu and Hall 2018).

Variables: in a cell whose nodes are a tree (`patterns`), how many of each node's dead are there, and how many dead in
all (the union over the nodes that are part of no other); in any other, how many dead belong to each set of nodes that
one victim may belong to. Cells that the same nodes cover and that no question tells apart are one. People are whole:
where the linear programme's solution is not, branch and bound follows. Where either would be too large the ends are
certain, but not shown to be tight.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from waqai.account.outline import Outline
from waqai.account.patterns import Ties
from waqai.account.population import Node, Population, all_apart, narrows
from waqai.account.scope import Calendar, Sort

MOST_COLUMNS = 10_000
"""Columns of a programme from which on no more cells are told by patterns."""
LARGEST_SEARCH = 1_000
"""Columns of a programme that branch and bound is tried on."""
MOST_BRANCHES = 500
"""Nodes of its tree: a number of steps, not a time, so that an answer is the same everywhere."""
_ALMOST = 1e-6
"""HiGHS holds rows to 1e-7; bounds are whole people."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for the dead: the nodes that may cover it and what a question can ask about it.

    `closed` are the wholes in which only named parts hold victims of this sort; `makers` are the nodes among whose dead
    the guests of this cell are (None: no guests here).
    """

    nodes: tuple[str, ...]
    classes: frozenset[str]
    unit: str
    asked: bool
    by: bool
    closed: frozenset[str]
    makers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bound is about: a victim class in a set of units (and in the days asked for)."""

    victim_class: str
    units: frozenset[str]

    def holds(self, cell: Cell) -> bool:
        return cell.asked and cell.by and self.victim_class in cell.classes and cell.unit in self.units


@dataclass(frozen=True, slots=True)
class End:
    """One end of a bound (None: open), the nodes whose numbers force it, and whether some world attains it."""

    value: int | None
    by: frozenset[str] = frozenset()
    tight: bool = True


def cells(population: Population, calendar: Calendar, classes: Collection[str]) -> list[Cell]:
    """The cells of a population, merged as far as nothing tells them apart."""
    covering: dict[tuple[Sort, str, int, bool], list[str]] = defaultdict(list)
    for name, node in population.nodes.items():
        scope = node.scope
        for place in product(scope.sorts, scope.units, calendar.stretches(scope), scope.by):
            covering[place].append(name)
    closed = _closed(population) if population.closed else {}
    merged: dict[Cell, None] = {}
    for (sort, unit, stretch, by), names in covering.items():
        makers = tuple(n for n in names if n in population.guests[sort]) if sort.guest else None
        shut = frozenset(w for w in names for shutting in closed.get(w, ()) if sort in shutting)
        asked = calendar.asked(stretch)
        merged[Cell(tuple(names), sort.all_codes & frozenset(classes), unit, asked, by, shut, makers)] = None
    return sorted(merged, key=_order)


def _order(cell: Cell) -> tuple[object, ...]:
    where = (cell.unit, cell.nodes, sorted(cell.classes), cell.asked, cell.by)
    return (*where, sorted(cell.closed), cell.makers or ())


def _closed(population: Population) -> dict[str, list[frozenset[Sort]]]:
    """Whole → the sorts that a named part exhausts in it."""
    found: dict[str, list[frozenset[Sort]]] = defaultdict(list)
    for part in population.parts:
        child, whole = population.nodes[part.child], population.nodes[part.whole]
        if part.named and child.leaves and child.scope.sorts < whole.scope.sorts and not narrows(child):
            found[part.whole].append(child.scope.sorts)
    return found


class Quiet(highspy.Highs):
    """HiGHS greets on standard output while its callbacks are set up, before it can be silenced from outside."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet_solver() -> highspy.Highs:
    """An empty programme that writes nothing and takes one thread."""
    highs = Quiet()  # type: ignore[no-untyped-call]
    highs.setOptionValue("threads", 1)
    return highs


class Programme:
    """Rows and columns of one component; each question is another objective over the same polytope."""

    def __init__(self, population: Population, cells_: Sequence[Cell]) -> None:
        self.population = population
        self.cells = cells_
        self.exact = True
        """Is every cell told as it is, so that every whole solution is a possible world?"""
        self._ties = Ties.of(population)
        self._apart = all_apart(population)
        self._columns = 0
        self._holding: dict[str, list[int]] = {name: [] for name in population.nodes}
        self._rows: list[tuple[float, float, dict[int, float]]] = []
        self._numbers: list[str] = []
        self._people: list[int] = []
        self._union = self._build()
        self._highs = self._load()
        self._whole: highspy.Highs | None = None

    def _build(self) -> list[list[int]]:
        """The columns that make up each cell's dead."""
        outline = Outline(self.population, self._ties, self._apart)
        known: dict[tuple[object, ...], list[frozenset[str]] | None] = {}
        union = []
        for cell in self.cells:
            shape = (cell.nodes, cell.closed, cell.makers)
            if shape not in known:
                known[shape] = self._patterns(cell)
            patterns = known[shape]
            union.append([self._outlined(cell, outline)] if patterns is None else self._counted(patterns))
        for name, node in self.population.nodes.items():
            self._row(node.low, math.inf if node.high is None else node.high, ((c, 1.0) for c in self._holding[name]))
            self._numbers.append(name)
        return union

    def _patterns(self, cell: Cell) -> list[frozenset[str]] | None:
        """The patterns of a cell that needs them and has not too many."""
        if cell.makers is None and self._ties.tree(cell.nodes):
            return None
        few = self._columns < MOST_COLUMNS
        patterns = self._ties.patterns(cell.nodes, cell.closed, cell.makers) if few else None
        self.exact = self.exact and patterns is not None
        return patterns

    def _counted(self, patterns: Sequence[frozenset[str]]) -> list[int]:
        columns = []
        for pattern in patterns:
            columns.append(self._column(people=True))
            for name in pattern:
                self._holding[name].append(columns[-1])
        return columns

    def _outlined(self, cell: Cell, outline: Outline) -> int:
        at = {name: self._column(people=True) for name in cell.nodes}
        for name, column in at.items():
            self._holding[name].append(column)
        for low, high, terms in outline.inner(cell):
            self._row(low, high, ((at[name], factor) for name, factor in terms.items()))
        roots = outline.roots(cell)
        alone = len(roots) == 1 and cell.makers is None
        union = at[roots[0]] if alone else self._column(people=False)
        for sense, terms in outline.union(cell, roots):
            if alone and (sense > 0 or roots[0] in terms):
                continue
            low, high = (0.0, math.inf) if sense > 0 else (-math.inf, 0.0)
            self._row(low, high, [*((at[name], factor) for name, factor in terms.items()), (union, -1.0)])
        return union

    def _column(self, *, people: bool) -> int:
        if people:
            self._people.append(self._columns)
        self._columns += 1
        return self._columns - 1

    def _row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        self._rows.append((low, high, dict(terms)))

    def _load(self) -> highspy.Highs:
        highs = quiet_solver()
        highs.setOptionValue("solver", "simplex")
        highs.addVars(self._columns, np.zeros(self._columns), np.full(self._columns, highspy.kHighsInf))
        lows = np.array([low for low, _, _ in self._rows])
        highs_ = np.array([high for _, high, _ in self._rows])
        starts = np.cumsum([0, *(len(terms) for _, _, terms in self._rows)])[:-1].astype(np.int32)
        indices = np.array([i for _, _, terms in self._rows for i in terms], dtype=np.int32)
        values = np.array([v for _, _, terms in self._rows for v in terms.values()], dtype=np.float64)
        highs.addRows(len(self._rows), lows, highs_, len(indices), starts, indices, values)
        return highs

    def feasible(self) -> bool:
        """Can all the numbers and relations hold together, of whole people?"""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        if self._is_whole() or self._columns > LARGEST_SEARCH:
            return True
        search = self._search(np.zeros(self._columns), highspy.ObjSense.kMinimize)
        return search.getModelStatus() != highspy.HighsModelStatus.kInfeasible

    def low(self, asked: Asked) -> End:
        """The fewest dead that the question can be answered with, and the nodes whose numbers prove it."""
        end = self._solve(asked, highspy.ObjSense.kMinimize)
        return end if end.value else replace(end, by=frozenset())

    def high(self, asked: Asked) -> End:
        """The most dead, None where nothing limits them; and the nodes that prove it, or that leave it open."""
        return self._solve(asked, highspy.ObjSense.kMaximize)

    def _solve(self, asked: Asked, sense: highspy.ObjSense) -> End:
        """The optimum and the nodes whose number rows have a dual value: with these the optimum is proved."""
        union = zip(self._union, self.cells, strict=True)
        wanted = [column for columns, cell in union if asked.holds(cell) for column in columns]
        if not wanted:
            return End(0)
        costs = np.zeros(self._columns)
        costs[wanted] = 1.0
        self._highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        self._highs.changeObjectiveSense(sense)
        self._highs.clearSolver()  # of several proofs the one that is found does not depend on what was asked before
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return End(None, self._open(asked), self.exact)
        value = _outwards(self._highs.getInfo().objective_function_value, sense)
        if not self._is_whole():
            return self._whole_end(asked, costs, sense, value)
        duals = self._highs.getSolution().row_dual[len(self._rows) - len(self._numbers) :]
        forcing = frozenset(n for n, dual in zip(self._numbers, duals, strict=True) if abs(dual) > _ALMOST)
        return End(value, forcing, self.exact)

    def _is_whole(self) -> bool:
        """Is the solution at hand one of whole people?"""
        people = np.array(self._highs.getSolution().col_value)[self._people]
        return bool(np.all(np.abs(people - np.round(people)) < _ALMOST))

    def _whole_end(self, asked: Asked, costs: NDArray[np.float64], sense: highspy.ObjSense, value: int) -> End:
        """The optimum over whole people, or as near to it as the search comes."""
        behind = frozenset(n for cell in self.cells if asked.holds(cell) for n in cell.nodes)
        if self._columns > LARGEST_SEARCH:
            return End(value, behind, tight=False)
        search = self._search(costs, sense)
        info = search.getInfo()
        optimal = search.getModelStatus() == highspy.HighsModelStatus.kOptimal
        certain = round(info.objective_function_value) if optimal else _outwards(info.mip_dual_bound, sense)
        return End(certain, behind, self.exact and optimal)

    def _search(self, costs: NDArray[np.float64], sense: highspy.ObjSense) -> highspy.Highs:
        """Branch and bound over whole people, for so many nodes."""
        if self._whole is None:
            self._whole = self._load()
            size = len(self._people)
            kinds = np.full(size, highspy.HighsVarType.kInteger)
            self._whole.changeColsIntegrality(size, np.array(self._people, dtype=np.int32), kinds)
            self._whole.setOptionValue("mip_max_nodes", MOST_BRANCHES)
            self._whole.setOptionValue("mip_rel_gap", 0.0)
        self._whole.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        self._whole.changeObjectiveSense(sense)
        self._whole.run()
        return self._whole

    def _open(self, asked: Asked) -> frozenset[str]:
        """The nodes without an upper limit, in no limited one, that may cover what is asked."""
        limited = {name for name, node in self.population.nodes.items() if node.high is not None}
        open_ = {n for n in self.population.nodes.keys() - limited if not self.population.above(n) & limited}
        return frozenset(n for cell in self.cells if asked.holds(cell) for n in cell.nodes if n in open_)


def _outwards(value: float, sense: highspy.ObjSense) -> int:
    """Whole people: a lowest number is rounded up, a highest down."""
    return math.ceil(value - _ALMOST) if sense == highspy.ObjSense.kMinimize else math.floor(value + _ALMOST)


def alone(node: Node, asked: Asked, days: tuple[int, int]) -> tuple[End, End]:
    """The bounds from one count alone: all of its dead, some, or none are where the question asks."""
    scope = node.scope
    inside = [asked.victim_class in sort.all_codes for sort in scope.sorts]
    meets = scope.first <= days[1] and scope.last >= days[0] and True in scope.by
    if not (any(inside) and scope.units & asked.units and meets):
        return End(0), End(0)
    by = frozenset({node.name})
    certain = all(inside) and scope.units <= asked.units and days[0] <= scope.first and scope.last <= days[1]
    certain = certain and False not in scope.by
    return (End(node.low, by) if certain and node.low else End(0)), End(node.high, by)
