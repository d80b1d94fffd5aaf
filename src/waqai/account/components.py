"""Which counts must be reckoned together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from waqai.account.counts import CountStatement
from waqai.account.population import said_key, series_key


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


def overlapping(bucket: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of (first, last, index) that overlap, enough of them to tie all that a chain of overlaps ties."""
    reach, holder = -1, -1
    for first, last, index in sorted(bucket):
        if first <= reach:
            yield holder, index
        if last > reach:
            reach, holder = last, index
