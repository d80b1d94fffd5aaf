"""Which pairs of accounts are compared at all: those that share a place or a unit within a few days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from waqai.account.events.accounts import Account

WINDOW = 3
"""Days that may lie between two accounts of one incident."""
MOST_DAYS = 14
"""An account that may be of more days than that is of no day."""

Key = tuple[str, int]


def keys(account: Account) -> Iterator[Key]:
    """The blocks of an account: where × day. Two accounts at most WINDOW days apart share one."""
    if account.days is None or (account.days[1] - account.days[0]).days > MOST_DAYS:
        return
    days = range(account.days[0].toordinal(), account.days[1].toordinal() + WINDOW + 1)
    for where in places(account):
        for day in days:
            yield where, day


def places(account: Account) -> frozenset[str]:
    """What stands for where it was: its units, else its countries, and place names that no register knows."""
    return account.units or account.countries or frozenset({""})


def pairs(accounts: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """All pairs of accounts of different articles that share a block, each once, in a fixed order."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for key in keys(account):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for pair in combinations(members, 2):
            if pair not in seen and accounts[pair[0]].article.iri != accounts[pair[1]].article.iri:
                seen.add(pair)
    for one, other in sorted(seen):
        yield accounts[one], accounts[other]


def newest_day(accounts: Iterable[Account]) -> dt.date | None:
    """The last day that any of them may be of."""
    return max((a.days[1] for a in accounts if a.days), default=None)
