"""Which counts must be solved together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from waqai.account.counts import CountStatement
from waqai.account.population import said_key, series_key
from waqai.account.scope import World


def partition(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of 0 … size-1, in order of their first member."""
    leader = list(range(size))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    parts: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        parts[find(i)].append(i)
    return list(parts.values())


def groups(counts: Sequence[CountStatement]) -> list[list[CountStatement]]:
    """Counts that stand in any relation to each other, in any reading and under any rule."""
    at = {c.iri: i for i, c in enumerate(counts)}
    pairs = [
        (i, at[k.target])
        for i, c in enumerate(counts)
        for k in (*c.links, *(k for r in c.readings for k in r.links))
        if k.target in at
    ]
    for key in (said_key, series_key):
        pairs += _alike(counts, key)
    return [[counts[i] for i in part] for part in partition(len(counts), pairs)]


def _alike(
    counts: Sequence[CountStatement], key: Callable[[CountStatement], tuple[object, ...] | None]
) -> Iterator[tuple[int, int]]:
    first: dict[tuple[object, ...], int] = {}
    for i, count in enumerate(counts):
        shared = key(count)
        if shared is not None:
            yield first.setdefault(shared, i), i


def clusters(pieces: Sequence[Sequence[CountStatement]], world: World) -> list[list[int]]:
    """Groups between which a chain of overlapping scopes leads: those that may share victims."""
    buckets: dict[tuple[str, object], list[tuple[int, int, int]]] = defaultdict(list)
    for index, counts in enumerate(pieces):
        for scope in {world.scope(c) for c in counts}:
            for unit in scope.units:
                for sort in scope.sorts:
                    buckets[unit, sort].append((scope.first, scope.last, index))
    return partition(len(pieces), (pair for bucket in buckets.values() for pair in _overlaps(bucket)))


def _overlaps(bucket: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    reach, holder = -1, -1
    for first, last, index in sorted(bucket):
        if first <= reach:
            yield holder, index
        if last > reach:
            reach, holder = last, index
