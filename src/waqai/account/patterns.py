"""To which victim sets one victim of a cell may belong together: the patterns that relations leave.

Where sets hang together as a tree and those told apart are told apart from all their neighbours, how many of each set
are in a cell says it all, and no patterns are needed (`tree`). Everywhere else only the patterns are exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from waqai.account.population import Population, told_apart

MOST_SETS, MOST_PATTERNS = 9, 256
"""Sets of one cell, and patterns of them that are told apart; beyond it only outer bounds are certain."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What holds between the victim sets of a population, set by set.

    `sums`: whole → for each breakdown its parts; `named`: whole → the parts named "among them"; `apart`: pairs that can
    share nobody, but for what follows from them for parts.
    """

    wholes: Mapping[str, frozenset[str]]
    sums: Mapping[str, tuple[frozenset[str], ...]]
    named: Mapping[str, frozenset[str]]
    apart: frozenset[frozenset[str]]

    @classmethod
    def of(cls, population: Population) -> Ties:
        """Those of a population."""
        wholes: dict[str, set[str]] = defaultdict(set)
        sums: dict[tuple[str, str], set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        for part in population.parts:
            wholes[part.child].add(part.whole)
            if part.breakdown:
                sums[part.whole, part.breakdown].add(part.child)
            if part.named:
                named[part.whole].add(part.child)
        breakdowns: dict[str, tuple[frozenset[str], ...]] = defaultdict(tuple)
        for (whole, _), parts in sorted(sums.items()):
            breakdowns[whole] = (*breakdowns[whole], frozenset(parts))
        return cls(_frozen(wholes), breakdowns, _frozen(named), frozenset(told_apart(population)))

    def tree(self, nodes: Collection[str]) -> bool:
        """Are these sets a tree, and those apart apart from all others that are apart from one of them?"""
        if any(len(self.wholes.get(n, ())) > 1 or len(self.sums.get(n, ())) > 1 for n in nodes):
            return False
        foes: dict[str, set[str]] = {n: {n} for n in nodes}
        for one, other in (sorted(pair) for pair in self.apart if pair <= set(nodes)):
            if self.wholes.get(one) != self.wholes.get(other):
                return False
            foes[one].add(other)
            foes[other].add(one)
        return all(foes[other] == mine for mine in foes.values() for other in mine)

    def patterns(
        self, nodes: Collection[str], closed: Collection[str], makers: Collection[str] | None
    ) -> list[frozenset[str]] | None:
        """Every pattern of a cell that these sets cover; None where there are too many.

        In `closed` wholes only named parts hold anybody; a guest is in one of the `makers`.
        """
        if len(nodes) > MOST_SETS:
            return None
        found = []
        for tried, pattern in enumerate(self._grown(self._ordered(nodes), frozenset())):
            if tried >= MOST_PATTERNS:
                return None
            if pattern and self._complete(pattern, closed) and (makers is None or pattern & frozenset(makers)):
                found.append(pattern)
        return found

    def _ordered(self, nodes: Collection[str]) -> list[str]:
        """Wholes before their parts."""
        placed: dict[str, None] = {}
        inside = set(nodes)

        def place(name: str) -> None:
            if name not in placed:
                for whole in sorted(self.wholes.get(name, frozenset()) & inside):
                    place(whole)
                placed[name] = None

        for name in sorted(inside):
            place(name)
        return list(placed)

    def _grown(self, names: list[str], pattern: frozenset[str]) -> Iterator[frozenset[str]]:
        if not names:
            yield pattern
            return
        first, *rest = names
        yield from self._grown(rest, pattern)
        fits = self.wholes.get(first, frozenset()) <= pattern
        if fits and not any(frozenset({first, other}) in self.apart for other in pattern):
            yield from self._grown(rest, pattern | {first})

    def _complete(self, pattern: frozenset[str], closed: Collection[str]) -> bool:
        """Is whoever is in a sum in a part of it, and whoever is in a closed whole in a named part?"""
        return all(pattern & parts for whole in pattern for parts in self.sums.get(whole, ())) and all(
            pattern & self.named[whole] for whole in pattern & frozenset(closed)
        )


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in sets.items()}
