"""How the counts of one event stand to each other, as far as we conclude it: told again, or brought up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from waqai.account.events.accounts import Account
from waqai.account.events.grouping import Event
from waqai.account.events.told import Told

Key = tuple[str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Concluded:
    """That one count says again (`restates`) or brings up to date (`updates`) what another said."""

    count: str
    other: str
    kind: Literal["restates", "updates"]
    reason: str


def relations(event: Event) -> Iterator[Concluded]:
    """Each count with the earliest one of the same victims, in an account that was judged to be of the same incident.

    Victims are the same if outcome, class and what else marks them are; of an account that has several such counts none
    is taken, since the words do not say which is the other's.
    """
    same = {(j.one, j.other) for j in event.judgements if j.verdict == "same"}
    earlier: dict[Key, list[tuple[Account, Told]]] = defaultdict(list)
    for account in event.accounts:
        for key, count in _single(account).items():
            for before, other in earlier[key]:
                if (min(before.iri, account.iri), max(before.iri, account.iri)) in same:
                    yield _concluded(account, count, before, other)
                    break
            earlier[key].append((account, count))


def _single(account: Account) -> Mapping[Key, Told]:
    """The counts that an account gives once for their victims, and that are no part of another."""
    found: dict[Key, list[Told]] = defaultdict(list)
    for told in account.told:
        if told.outcome and not told.parts_of and told.certainty != "denied" and (told.low or told.high):
            found[told.outcome, told.victim_class, told.traits].append(told)
    return {key: counts[0] for key, counts in found.items() if len(counts) == 1}


def _concluded(account: Account, count: Told, before: Account, other: Told) -> Concluded:
    if count.originator == other.originator and _number(count) != _number(other):
        later = account.article.later_than(before.article)
        if later is not None:
            newer, older = (count, other) if later else (other, count)
            return Concluded(newer.iri, older.iri, "updates", "the same source gives a later number of one event")
    return Concluded(count.iri, other.iri, "restates", "two accounts of one event give the number of the same victims")


def _number(told: Told) -> tuple[int | None, int | None]:
    return (told.low, told.high)
