"""Which pairs of accounts are compared at all: those of one unit within a few days, and those without a unit, or main
stories without a finer place, with all of their country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from waqai.account.events.accounts import Account
from waqai.account.events.evidence import TOGETHER, WINDOW, roams

MOST_DAYS = 14
"""An account that may be of more days than that is of no day."""

Key = tuple[str, int]


def keys(account: Account) -> Iterator[Key]:
    """The blocks of an account: where × day. Two accounts at most WINDOW days apart share one."""
    days = set[int]()
    if account.days is not None and (account.days[1] - account.days[0]).days <= MOST_DAYS:
        days.update(range(account.days[0].toordinal(), account.days[1].toordinal() + WINDOW + 1))
    if account.main and account.article.published:
        first = account.article.published.toordinal()
        days.update(range(first, first + TOGETHER + 1))
    for day in days:
        for unit in account.units:
            yield unit, day
        for country in account.countries or {""}:
            yield f"{country}{'*' if account.units and not roams(account) else ''}", day


def pairs(accounts: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """All pairs of accounts of different articles that share a block, each once, in a fixed order."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for key in keys(account):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for (where, day), members in blocks.items():
        if where.endswith("*"):
            placeless = blocks.get((where.removesuffix("*"), day), ())
            found: Iterable[tuple[int, int]] = product(placeless, members)
        else:
            found = combinations(members, 2)
        seen.update((min(pair), max(pair)) for pair in found)
    for one, other in sorted(seen):
        if accounts[one].article.iri != accounts[other].article.iri:
            yield accounts[one], accounts[other]
