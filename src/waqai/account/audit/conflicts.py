"""Smallest sets of statements and relations that cannot hold together.

All minimal ones are enumerated with a map of what is already known, largest unexplored sets first (MARCO: Liffiton,
Previti, Malik, Marques-Silva 2016). The one with the fewest statements is found by implicit hitting sets (Ignatiev,
Previti, Liffiton, Marques-Silva 2015): whatever contradicts itself meets every set whose absence would make peace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from waqai.account.audit.arithmetic import Row, Solver, System, can_hold

Element = str | Row
Conflict = frozenset[Element]
MOST_CONFLICTS = 32
"""Minimal sets that are enumerated of one system; beyond them there are said to be more."""
_STEPS = 2000
_FEWEST_ROUNDS = 5


def rounds(system: System) -> int:
    """Sets that are looked at for one answer: a list of many parts may have exponentially many."""
    return max(_FEWEST_ROUNDS, _STEPS // (len(system.numbers) + len(system.rows)))


def shrink(system: System, chosen: Collection[Element]) -> Conflict:
    """A minimal contradiction within a set that contradicts itself, by deletion: relations are dropped first."""
    kept = set(chosen)
    for element in reversed([e for e in system.elements() if e in kept]):
        if not can_hold(system.within(kept - {element})):
            kept.remove(element)
    return frozenset(kept)


def minimal_conflicts(system: System, most: int = MOST_CONFLICTS) -> tuple[list[Conflict], bool]:
    """All minimal contradictions, at most so many; and whether these are all."""
    elements = system.elements()
    explored, at = _map(elements)
    found: list[Conflict] = []
    for _ in range(rounds(system)):
        values = explored.solve(dict.fromkeys(at.values(), 1.0), greatest=True)
        if values is None:
            return found, True
        seed = {e for e in elements if values[at[e]] > 0.5}
        if can_hold(system.within(seed)):
            explored.row(1, len(elements), ((at[e], 1.0) for e in elements if e not in seed))
            continue
        if len(found) == most:
            return found, False
        found.append(shrink(system, seed))
        explored.row(0, len(found[-1]) - 1, ((at[e], 1.0) for e in found[-1]))
    return found, False


def smallest_conflict(system: System) -> Conflict:
    """The contradiction with the fewest statements, and of these the fewest relations.

    The system must contradict itself. Where it has too many sets to go through, a minimal one, which may not be the
    smallest.
    """
    elements = system.elements()
    hitting, at = _map(elements)
    costs = {at[e]: 1.0 if isinstance(e, Row) else len(system.rows) + 1.0 for e in elements}
    for _ in range(rounds(system)):
        values = hitting.solve(costs)
        if values is None:
            raise AssertionError("the whole system contradicts itself")
        chosen = {e for e in elements if values[at[e]] > 0.5}
        if not can_hold(system.within(chosen)):
            return frozenset(chosen)
        grown = _grow(system, chosen, elements)
        hitting.row(1, len(elements), ((at[e], 1.0) for e in elements if e not in grown))
    return shrink(system, elements)


def _map(elements: Iterable[Element]) -> tuple[Solver, dict[Element, int]]:
    solver = Solver()
    return solver, {element: solver.column(0, 1, whole=True) for element in elements}


def _grow(system: System, chosen: set[Element], elements: Iterable[Element]) -> set[Element]:
    """A largest set around one that holds together that still does."""
    grown = set(chosen)
    for element in elements:
        if element not in grown and can_hold(system.within(grown | {element})):
            grown.add(element)
    return grown
