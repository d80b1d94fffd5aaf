"""The lowest and highest number of reported dead for a class, units and days, over all counts that may matter.

Both ends are solved in pieces. Counts that stand in relations form a group; what different groups hold may or may not
be the same people. The most dead there can be is reached when no two groups share anybody, so high ends add up over
groups. The fewest is reached when groups share as many as they can, so low ends add up only over clusters: groups
between whose scopes no chain of overlaps leads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from waqai.account.bounds import LARGEST_PROGRAMME, Piece, Tally, volume
from waqai.account.components import clusters, groups
from waqai.account.counts import CountStatement
from waqai.account.population import Node
from waqai.account.programme import Asked
from waqai.account.rules import VAGUE_NEVER_ENTERS, Policy
from waqai.account.scope import Calendar, Scope, World, asked_days

Group = list[CountStatement]
WIDEST = 10
"""One group in so many, the widest, leaves a cluster that is too large, and is reckoned apart."""


@dataclass(frozen=True, slots=True)
class Bound:
    """An answer: lowest and highest number (None: open), the statements that prove it, the rules it used.

    `low_readings` and `high_readings` are the readings (IRIs) taken at either end where they are not the preferred.
    """

    low: int
    high: int | None
    statements: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    low_readings: tuple[str, ...] = ()
    high_readings: tuple[str, ...] = ()


class Cluster:
    """The low end of groups that may share victims.

    Too many for one programme: the groups of widest scope are reckoned apart. What the others force stays true
    without them, and what they force stays true without the others: the larger of the two is a low end.
    """

    def __init__(self, members: Sequence[Group], reckoning: Reckoning) -> None:
        self.piece: Piece | None = None
        self.rest: list[Cluster] = []
        narrow, wide = _thin(members, reckoning)
        if len(narrow) == len(members):
            self.piece = reckoning.piece(members)
            return
        self.piece = reckoning.piece(wide)
        self.rest = reckoning.clusters(narrow)

    def low(self, asked: Asked) -> Tally:
        """The low end of what is asked."""
        together = self.piece.end(asked, high=False) if self.piece and self.piece.concerns(asked) else Tally()
        rest = Tally()
        for cluster in self.rest:
            rest.add(cluster.low(asked))
        return max(together, rest, key=lambda tally: tally.value or 0)


def _thin(members: Sequence[Group], reckoning: Reckoning) -> tuple[list[Group], list[Group]]:
    """Groups that fit into programmes of their clusters, and the widest ones, taken out until the others do."""
    narrow, wide = list(members), list[Group]()
    while len(narrow) > len(members) // 2 and not reckoning.fits(narrow):
        narrow.sort(key=reckoning.extent)
        cut = len(narrow) - max(1, len(narrow) // WIDEST)
        narrow, wide = narrow[:cut], wide + narrow[cut:]
    return (narrow, wide) if reckoning.fits(narrow) else (list(members), [])


class Reckoning:
    """All accepted counts of one outcome under one policy, ready to be asked."""

    def __init__(
        self, counts: Sequence[CountStatement], world: World, policy: Policy, classes: Collection[str]
    ) -> None:
        self._world = world
        self._policy = policy
        self._classes = frozenset(classes)
        self._vague = [(c, world.scope(c)) for c in counts if c.vague]
        self._scopes: dict[int, list[Scope]] = {}
        accepted = [c for c in counts if enters(c)]
        self.groups = groups(accepted)
        self._pieces = [self.piece([group]) for group in self.groups]
        self._clusters = self.clusters(self.groups)

    def piece(self, members: Sequence[Group]) -> Piece:
        """Groups as one piece, in the order of their counts' IRIs."""
        counts = sorted((c for group in members for c in group), key=lambda c: c.iri)
        return Piece(counts, self._world, self._policy, self._classes)

    def nodes(self) -> Iterator[Node]:
        """All victim sets that the counts state."""
        for piece in self._pieces:
            yield from piece.nodes()

    def clusters(self, members: Sequence[Group]) -> list[Cluster]:
        """The clusters of some groups."""
        return [Cluster([members[i] for i in part], self) for part in clusters(members, self._world)]

    def fits(self, members: Sequence[Group]) -> bool:
        """Does every cluster of these groups fit into one programme, days cut as finely as they are known?"""
        for part in clusters(members, self._world):
            scopes = [scope for i in part for scope in self._scopes_of(members[i])]
            calendar = Calendar(scopes, asked_days(self._policy))
            if len(part) > 1 and sum(volume(scope, calendar) for scope in scopes) > LARGEST_PROGRAMME:
                return False
        return True

    def _scopes_of(self, group: Group) -> list[Scope]:
        if id(group) not in self._scopes:
            self._scopes[id(group)] = [self._world.scope(c) for c in group]
        return self._scopes[id(group)]

    def extent(self, group: Group) -> int:
        """Days × units of a group's widest scope."""
        return max((s.last - s.first + 1) * len(s.units) for s in self._scopes_of(group))

    def bound(self, asked: Asked) -> Bound:
        """The answer to one question."""
        low, high = Tally(), Tally()
        for cluster in self._clusters:
            low.add(cluster.low(asked))
        for piece in self._pieces:
            if piece.concerns(asked):
                high.add(piece.end(asked, high=True))
        rules = low.rules | high.rules | ({VAGUE_NEVER_ENTERS} if self._vague_beside(asked) else set())
        return Bound(
            low.value or 0,
            high.value,
            tuple(sorted(low.statements | high.statements)),
            tuple(sorted(rules)),
            tuple(sorted(low.readings)),
            tuple(sorted(high.readings)),
        )

    def _vague_beside(self, asked: Asked) -> bool:
        days = asked_days(self._policy)
        return any(
            asked.units & scope.units
            and scope.first <= days[1]
            and scope.last >= days[0]
            and any(asked.victim_class in sort.codes for sort in scope.sorts)
            for _, scope in self._vague
        )


def enters(count: CountStatement) -> bool:
    """Vague and denied counts stand beside an answer, not in it."""
    return not count.vague and count.certainty != "denied"
