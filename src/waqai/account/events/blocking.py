"""Which pairs of accounts are compared at all: those of one unit within a few days, and those without a unit, or main
stories without a finer place, with all of their country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

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


def partners(key: Key) -> tuple[Key, ...]:
    """The blocks with whose accounts those of a block are compared: `*` are the placed ones of a country."""
    where, day = key
    return ((where.removesuffix("*"), day),) if where.endswith("*") else (key, (f"{where}*", day))


def pairs(accounts: Sequence[Account], fresh: Collection[str] | None = None) -> Iterator[tuple[Account, Account]]:
    """All pairs of accounts of different articles that share a block, each once, in a fixed order.

    `fresh`: only those with an account of these names.
    """
    blocks: dict[Key, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for key in keys(account):
            blocks[key].append(number)
    new = [fresh is None or account.iri in fresh for account in accounts]
    for number, account in enumerate(accounts):
        if new[number]:
            met = {other for key in keys(account) for met in partners(key) for other in blocks.get(met, ())}
            for other in sorted(met):
                if (other < number or not new[other]) and accounts[other].article.iri != account.article.iri:
                    yield accounts[other], account
