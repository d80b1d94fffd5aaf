"""The fewest people that claims can be about, when nothing is known but where the dead of each claim may be.

Every claim says that at least so many dead lie in its box (sorts × units × days). Fewest dead overall is a covering
problem; its dual packs claims that share no place, and any packing is proof that there are as many dead as its claims
say. Claims of one box but for the days make the constraint matrix one of intervals: there the best packing is found by
going through the days once, and is exact (Fulkerson and Gross 1965). A few claims of several boxes are solved by linear
programming. Many are packed greedily: a bound that is certain, and may not be the best.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from waqai.account.components import overlapping, partition
from waqai.account.parcels import Claim
from waqai.account.programme import Quiet

LARGEST_COVER = 4_000
"""Claims × cells of one covering programme in a refresh; beyond it claims are packed greedily."""
DEEPEST = 40
"""Layers of wide claims over narrow ones that are taken off before the rest is packed greedily."""
_ALMOST = 1e-6


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many dead, by these claims; `tight`: it is known that fewer are impossible and more not forced."""

    number: int
    claims: tuple[Claim, ...]
    tight: bool = True


NOTHING = Floor(0, ())


def both(floors: Iterable[Floor]) -> Floor:
    """Floors of claims that share no place, together."""
    known = list(floors)
    return Floor(sum(f.number for f in known), tuple(c for f in known for c in f.claims), all(f.tight for f in known))


def tied(claims: Sequence[Claim]) -> list[list[int]]:
    """Claims between which a chain of overlapping boxes leads."""
    buckets: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    sorts, units = _atoms({c.sorts for c in claims}), _atoms({c.units for c in claims})
    for index, claim in enumerate(claims):
        for sort in sorts[claim.sorts]:
            for unit in units[claim.units]:
                buckets[sort, unit].append((claim.first, claim.last, index))
    return partition(len(claims), (pair for bucket in buckets.values() for pair in overlapping(bucket)))


def _atoms(masks: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Each mask as the parts of it that no mask tells apart, one bit for each part."""
    known = sorted(masks)
    alike: dict[tuple[int, ...], int] = {}
    everything = 0
    for mask in known:
        everything |= mask
    while everything:
        bit = everything & -everything
        everything ^= bit
        alike.setdefault(tuple(i for i, mask in enumerate(known) if mask & bit), bit)
    atoms: dict[int, list[int]] = {mask: [] for mask in known}
    for within, bit in alike.items():
        for i in within:
            atoms[known[i]].append(bit)
    return {mask: tuple(bits) for mask, bits in atoms.items()}


def cover(claims: Sequence[Claim], limit: int = LARGEST_COVER, depth: int = 0) -> Floor:
    """The fewest dead that all claims can be about."""
    telling = _telling(claims)
    return both(_component([telling[i] for i in part], limit, depth) for part in tied(telling))


def _telling(claims: Sequence[Claim]) -> list[Claim]:
    """Of claims of one box the largest."""
    best: dict[tuple[int, int, int, int], Claim] = {}
    for claim in claims:
        box = (claim.sorts, claim.units, claim.first, claim.last)
        if box not in best or (-claim.number, claim.statements) < (-best[box].number, best[box].statements):
            best[box] = claim
    return sorted(best.values(), key=lambda c: c.statements)


def _component(claims: list[Claim], limit: int, depth: int) -> Floor:
    """Claims that a chain ties. One that covers all others either is all there is, or says nothing more."""
    if len({(c.sorts, c.units) for c in claims}) == 1:
        return _intervals(claims)
    wide, rest = _peeled(claims)
    if not wide:
        return _programme(claims, limit) or _greedy(claims)
    largest = max(wide, key=lambda c: (c.number, c.statements))
    inner = cover(rest, limit, depth + 1) if depth < DEEPEST else _greedy(rest)
    if inner.number > largest.number:
        return inner
    return Floor(largest.number, (largest,), inner.tight or sum(c.number for c in rest) <= largest.number)


def _peeled(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that cover all narrower ones, and the others."""
    order = sorted(claims, key=_width, reverse=True)
    hulls = [order[-1]]
    for claim in reversed(order[:-1]):
        last = hulls[-1]
        sorts, units = last.sorts | claim.sorts, last.units | claim.units
        hulls.append(Claim(sorts, units, min(last.first, claim.first), max(last.last, claim.last), 0, ()))
    hulls.reverse()
    peeled = 0
    while peeled + 1 < len(order) and order[peeled].covers(hulls[peeled + 1]):
        peeled += 1
    return order[:peeled], order[peeled:]


def _intervals(claims: Sequence[Claim]) -> Floor:
    """The heaviest claims of which no two share a day."""
    order = sorted(claims, key=lambda c: (c.last, c.first, c.statements))
    ends = [c.last for c in order]
    best, before = [0], [0] * len(order)
    for i, claim in enumerate(order):
        before[i] = bisect_left(ends, claim.first)
        best.append(max(best[-1], best[before[i]] + claim.number))
    chosen, i = list[Claim](), len(order)
    while i:
        if best[i] == best[i - 1]:
            i -= 1
        else:
            chosen.append(order[i - 1])
            i = before[i - 1]
    return Floor(best[-1], tuple(reversed(chosen)))


def _cells(claims: Sequence[Claim]) -> list[frozenset[int]]:
    """For each place that the claims tell apart those that reach it, but for places where others reach, too."""
    starts = sorted({c.first for c in claims} | {c.last + 1 for c in claims})
    sorts, units = _atoms({c.sorts for c in claims}), _atoms({c.units for c in claims})
    covering: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for index, claim in enumerate(claims):
        for stretch in range(bisect_left(starts, claim.first), bisect_left(starts, claim.last + 1)):
            for sort in sorts[claim.sorts]:
                for unit in units[claim.units]:
                    covering[sort, unit, stretch].add(index)
    cells = sorted({frozenset(c) for c in covering.values()}, key=lambda c: (-len(c), sorted(c)))
    largest: list[frozenset[int]] = []
    holding: dict[int, list[frozenset[int]]] = defaultdict(list)
    for cell in cells:
        if not any(cell <= other for other in holding[min(cell)]):
            largest.append(cell)
            for index in cell:
                holding[index].append(cell)
    return largest


def _programme(claims: Sequence[Claim], limit: int) -> Floor | None:
    """The covering programme; the claims whose rows have a dual value prove it. None where it is too large."""
    if len(claims) ** 2 > limit * 4:
        return None
    cells = _cells(claims)
    if len(cells) * len(claims) > limit:
        return None
    highs = Quiet()  # type: ignore[no-untyped-call]
    size = len(cells)
    highs.addVars(size, np.zeros(size), np.full(size, highspy.kHighsInf))
    highs.changeColsCost(size, np.arange(size, dtype=np.int32), np.ones(size))
    columns: list[list[int]] = [[] for _ in claims]
    for column, cell in enumerate(cells):
        for index in cell:
            columns[index].append(column)
    for claim, places in zip(claims, columns, strict=True):
        highs.addRow(claim.number, highspy.kHighsInf, len(places), np.array(places, np.int32), np.ones(len(places)))
    highs.run()
    duals = highs.getSolution().row_dual
    number = math.ceil(highs.getInfo().objective_function_value - _ALMOST)
    return Floor(number, tuple(c for c, dual in zip(claims, duals, strict=True) if abs(dual) > _ALMOST))


class _Lane:
    """The chosen claims of one sort and unit, by day."""

    def __init__(self) -> None:
        self._days: list[tuple[int, int, int]] = []

    def meeting(self, claim: Claim) -> Iterator[int]:
        """The chosen ones that share a day with a claim; chosen ones share none with each other."""
        at = bisect_right(self._days, (claim.first + 1, 0, 0)) - 1
        if at >= 0 and self._days[at][1] >= claim.first:
            yield self._days[at][2]
        for first, _, index in self._days[at + 1 :]:
            if first > claim.last:
                return
            yield index

    def add(self, claim: Claim, index: int) -> None:
        insort(self._days, (claim.first, claim.last, index))

    def drop(self, claim: Claim, index: int) -> None:
        del self._days[bisect_left(self._days, (claim.first, claim.last, index))]


def _greedy(claims: Sequence[Claim]) -> Floor:
    """A packing: from narrow claims to wide ones, one takes the place of those it overlaps if it is more than they."""
    sorts, units = _atoms({c.sorts for c in claims}), _atoms({c.units for c in claims})
    lanes: dict[tuple[int, int], _Lane] = defaultdict(_Lane)
    chosen: set[int] = set()
    for index in _narrow_first(claims):
        claim = claims[index]
        mine = [lanes[sort, unit] for sort in sorts[claim.sorts] for unit in units[claim.units]]
        rivals = {rival for lane in mine for rival in lane.meeting(claim)}
        if sum(claims[r].number for r in rivals) >= claim.number:
            continue
        for rival in rivals:
            chosen.remove(rival)
            gone = claims[rival]
            for sort in sorts[gone.sorts]:
                for unit in units[gone.units]:
                    lanes[sort, unit].drop(gone, rival)
        chosen.add(index)
        for lane in mine:
            lane.add(claim, index)
    picked = tuple(claims[i] for i in sorted(chosen))
    return Floor(sum(c.number for c in picked), picked, tight=False)


def _narrow_first(claims: Sequence[Claim]) -> list[int]:
    """From narrow boxes to wide ones; of those that differ only in days, the best packing before all others."""
    tracks: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        tracks[claim.sorts, claim.units].append(claim)
    best = {id(c) for track in tracks.values() for c in _intervals(track).claims}
    return sorted(range(len(claims)), key=lambda i: (_boxes(claims[i]), id(claims[i]) not in best, _width(claims[i])))


def _boxes(claim: Claim) -> int:
    return claim.units.bit_count() * claim.sorts.bit_count()


def _width(claim: Claim) -> tuple[int, int, int, int, int, tuple[str, ...]]:
    boxes = _boxes(claim)
    return ((claim.last - claim.first + 1) * boxes, claim.last, claim.first, boxes, -claim.number, claim.statements)
