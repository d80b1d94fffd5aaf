"""The linear programme of one component, solved by HiGHS (Huangfu and Hall 2018).

Variables: for every node and every cell it may cover, how many of its dead are there; for every cell, how many dead
there are in all (the union over the nodes that are part of no other). Cells that the same nodes cover and that no
question tells apart are one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import product

import highspy
import numpy as np

from waqai.account.population import Node, Part, Population, all_apart, cliques, narrows
from waqai.account.scope import Calendar, Sort

_ALMOST = 1e-6
"""HiGHS holds rows to 1e-7; bounds are whole people."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for the dead: the nodes that may cover it and what a question can ask about it.

    `closed` are the wholes in which only named parts hold victims of this sort; `hosts` are the nodes in whose class
    a guest is counted (None: no guests here).
    """

    nodes: tuple[str, ...]
    classes: frozenset[str]
    unit: str
    asked: bool
    by: bool
    closed: frozenset[str]
    hosts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bound is about: a victim class in a set of units (and in the days asked for)."""

    victim_class: str
    units: frozenset[str]

    def holds(self, cell: Cell) -> bool:
        return cell.asked and cell.by and self.victim_class in cell.classes and cell.unit in self.units


@dataclass(frozen=True, slots=True)
class End:
    """One end of a bound (None: open) and the nodes whose numbers force it."""

    value: int | None
    by: frozenset[str] = frozenset()


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
        hosts = tuple(n for n in names if population.nodes[n].leaves & sort.codes) if sort.guest else None
        shut = frozenset(w for w in names for shutting in closed.get(w, ()) if sort in shutting)
        asked = calendar.asked(stretch)
        merged[Cell(tuple(names), sort.all_codes & frozenset(classes), unit, asked, by, shut, hosts)] = None
    return sorted(merged, key=_order)


def _order(cell: Cell) -> tuple[object, ...]:
    where = (cell.unit, cell.nodes, sorted(cell.classes), cell.asked, cell.by)
    return (*where, sorted(cell.closed), cell.hosts or ())


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
        self._apart = all_apart(population)
        self._told = frozenset().union(*self._apart)
        self._columns = 0
        self._at: dict[tuple[str, int], int] = {}
        self._rows: list[tuple[float, float, dict[int, float]]] = []
        self._numbers: list[str] = []
        self._union = self._build()
        self._highs = self._load()

    def _build(self) -> list[int]:
        for index, cell in enumerate(self.cells):
            for name in cell.nodes:
                self._at[name, index] = self._column()
        self._number_rows()
        children = self.population.children()
        groups = {whole: cliques(sorted({p.child for p in parts}), self._apart) for whole, parts in children.items()}
        summed = {whole: {p.child for p in parts if p.summed} for whole, parts in children.items()}
        named = {whole: {p.child for p in parts if p.named} for whole, parts in children.items()}
        roots = self.population.roots()
        above = _roots_above(self.population.parts, roots)
        for index, cell in enumerate(self.cells):
            self._part_rows(index, cell, groups, summed)
            self._closed_rows(index, cell, named)
            self._guest_rows(index, cell)
        return [self._union_column(index, cell, roots, above) for index, cell in enumerate(self.cells)]

    def _column(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        self._rows.append((low, high, dict(terms)))

    def _at_cell(self, names: Iterable[str], index: int, factor: float) -> Iterator[tuple[int, float]]:
        return ((self._at[n, index], factor) for n in names if (n, index) in self._at)

    def _number_rows(self) -> None:
        """Each node's dead over all its cells are as many as its counts say."""
        columns: dict[str, list[int]] = {name: [] for name in self.population.nodes}
        for (name, _), column in self._at.items():
            columns[name].append(column)
        for name, node in self.population.nodes.items():
            self._row(node.low, math.inf if node.high is None else node.high, ((c, 1.0) for c in columns[name]))
            self._numbers.append(name)

    def _part_rows(
        self,
        index: int,
        cell: Cell,
        groups: Mapping[str, Sequence[tuple[str, ...]]],
        summed: Mapping[str, Collection[str]],
    ) -> None:
        """Parts that cannot overlap fit into their whole together; the items of a sum make it up."""
        for whole in cell.nodes:
            mine = self._at[whole, index]
            for clique in groups.get(whole, ()):
                terms = dict(self._at_cell(clique, index, 1.0))
                if terms:
                    self._row(-math.inf, 0, [*terms.items(), (mine, -1.0)])
            if summed.get(whole):
                self._row(0, 0, [*self._at_cell(summed[whole], index, 1.0), (mine, -1.0)])

    def _closed_rows(self, index: int, cell: Cell, named: Mapping[str, Collection[str]]) -> None:
        """Victims of a class that a part exhausts are in a part."""
        for whole in cell.closed:
            self._row(-math.inf, 0, [(self._at[whole, index], 1.0), *self._at_cell(named[whole], index, -1.0)])

    def _guest_rows(self, index: int, cell: Cell) -> None:
        """A guest is here only as one of its hosts' dead."""
        for name in cell.nodes if cell.hosts is not None else ():
            if name not in (cell.hosts or ()):
                self._row(-math.inf, 0, [(self._at[name, index], 1.0), *self._at_cell(cell.hosts or (), index, -1.0)])

    def _union_column(self, index: int, cell: Cell, roots: Collection[str], above: Mapping[str, frozenset[str]]) -> int:
        """At least what the roots hold that cannot be the same, at most what they hold together."""
        here = [n for n in cell.nodes if n in roots]
        single = len(here) == 1 and cell.hosts is None
        union = self._at[here[0], index] if single else self._column()
        for clique in cliques([n for n in cell.nodes if n in self._told or n in roots], self._apart):
            if not (single and here[0] in clique):
                self._row(-math.inf, 0, [*self._at_cell(clique, index, 1.0), (union, -1.0)])
        if single:
            return union
        hosts = here if cell.hosts is None else [n for n in here if n in cell.hosts]
        self._row(0, math.inf, [*self._at_cell(hosts, index, 1.0), (union, -1.0)])
        for name in cell.nodes:
            shared = len(above.get(name, frozenset()) & set(hosts))
            if shared > 1:
                own = (self._at[name, index], 1.0 - shared)
                self._row(0, math.inf, [*self._at_cell(hosts, index, 1.0), (union, -1.0), own])
        return union

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
        """Can all the numbers and relations hold together?"""
        self._highs.run()
        return self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def low(self, asked: Asked) -> End:
        """The fewest dead that the question can be answered with, and the nodes whose numbers prove it."""
        value, by = self._solve(asked, highspy.ObjSense.kMinimize)
        lowest = math.ceil((value or 0) - _ALMOST)
        return End(lowest, by if lowest else frozenset())

    def high(self, asked: Asked) -> End:
        """The most dead, None where nothing limits them; and the nodes that prove it, or that leave it open."""
        value, by = self._solve(asked, highspy.ObjSense.kMaximize)
        return End(None, self._open(asked)) if value is None else End(math.floor(value + _ALMOST), by)

    def _solve(self, asked: Asked, sense: highspy.ObjSense) -> tuple[float | None, frozenset[str]]:
        """The optimum and the nodes whose number rows have a dual value: with these the optimum is proved."""
        wanted = {column for column, cell in zip(self._union, self.cells, strict=True) if asked.holds(cell)}
        if not wanted:
            return 0.0, frozenset()
        costs = np.array([float(i in wanted) for i in range(self._columns)])
        self._highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None, frozenset()
        duals = self._highs.getSolution().row_dual
        forcing = frozenset(name for row, name in enumerate(self._numbers) if abs(duals[row]) > _ALMOST)
        return self._highs.getInfo().objective_function_value, forcing

    def _open(self, asked: Asked) -> frozenset[str]:
        """The nodes without an upper limit that may cover what is asked."""
        open_ = {name for name, node in self.population.nodes.items() if node.high is None}
        return frozenset(n for cell in self.cells if asked.holds(cell) for n in cell.nodes if n in open_)


def _roots_above(parts: Sequence[Part], roots: Collection[str]) -> dict[str, frozenset[str]]:
    """Node → the roots that it is part of."""
    wholes: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        wholes[part.child].add(part.whole)
    above: dict[str, frozenset[str]] = {root: frozenset({root}) for root in roots}
    for name in TopologicalSorter(wholes).static_order():
        if name in wholes:
            above[name] = frozenset().union(*(above[whole] for whole in wholes[name]))
    return above


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
