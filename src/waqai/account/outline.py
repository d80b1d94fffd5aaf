"""The rows of a cell that say how many of each set are in it; exact where the sets are a tree, else an outer bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from waqai.account.patterns import Ties
from waqai.account.population import Population, cliques

if TYPE_CHECKING:
    from waqai.account.programme import Cell

Terms = Mapping[str, float]
"""Node → factor."""
_NO_LIMIT = float("inf")


class Outline:
    """What a population's relations say of the numbers of each node in one cell."""

    def __init__(self, population: Population, ties: Ties, apart: set[frozenset[str]]) -> None:
        self._ties = ties
        self._apart = apart
        self._told = frozenset().union(*apart)
        self._roots = frozenset(population.roots())
        self._above = _roots_above(ties.wholes, self._roots)
        children: dict[str, set[str]] = defaultdict(set)
        for child, wholes in ties.wholes.items():
            for whole in wholes:
                children[whole].add(child)
        self._groups = {whole: cliques(sorted(parts), apart) for whole, parts in children.items()}

    def roots(self, cell: Cell) -> list[str]:
        """The cell's nodes that are part of no other: their union are its dead."""
        return [n for n in cell.nodes if n in self._roots]

    def inner(self, cell: Cell) -> Iterator[tuple[float, float, Terms]]:
        """Low, high and terms of the rows between nodes."""
        here = set(cell.nodes)
        for whole in cell.nodes:
            for clique in self._groups.get(whole, ()):
                if here & set(clique):
                    yield -_NO_LIMIT, 0.0, {**dict.fromkeys(sorted(here & set(clique)), 1.0), whole: -1.0}
            for parts in self._ties.sums.get(whole, ()):
                yield 0.0, 0.0, {**dict.fromkeys(sorted(here & parts), 1.0), whole: -1.0}
        for whole in sorted(cell.closed):
            yield -_NO_LIMIT, 0.0, {**dict.fromkeys(sorted(here & self._ties.named[whole]), -1.0), whole: 1.0}
        for name in cell.nodes if cell.makers is not None else ():
            if name not in (cell.makers or ()):
                yield -_NO_LIMIT, 0.0, {**dict.fromkeys(cell.makers or (), -1.0), name: 1.0}
        for one, other in (sorted(pair) for pair in self._apart if pair <= here):
            if other in self._ties.wholes.get(one, ()) or one in self._ties.wholes.get(other, ()):
                yield 0.0, 0.0, {one if other in self._ties.wholes.get(one, ()) else other: 1.0}

    def union(self, cell: Cell, roots: Sequence[str]) -> Iterator[tuple[int, Terms]]:
        """Terms that the dead are at least (-1) or at most (1)."""
        for clique in cliques([n for n in cell.nodes if n in self._told or n in self._roots], self._apart):
            yield -1, dict.fromkeys(clique, 1.0)
        hosts = list(roots) if cell.makers is None else [n for n in cell.nodes if n in cell.makers]
        yield 1, dict.fromkeys(hosts, 1.0)
        for name in cell.nodes if cell.makers is None else ():
            shared = len(self._above.get(name, frozenset()) & set(roots))
            if shared > 1:
                yield 1, {**dict.fromkeys(roots, 1.0), name: 1.0 - shared}


def _roots_above(wholes: Mapping[str, frozenset[str]], roots: frozenset[str]) -> dict[str, frozenset[str]]:
    """Node → the roots that it is part of."""
    above: dict[str, frozenset[str]] = {root: frozenset({root}) for root in roots}
    for name in TopologicalSorter(wholes).static_order():
        if name in wholes:
            above[name] = frozenset().union(*(above[whole] for whole in wholes[name]))
    return above
