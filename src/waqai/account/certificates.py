"""Running totals that prove that two accounts tell of the same dead.

A source first tells of 16 dead in one place and 4 in another, and with them its total is 321; later of 22 and 6, and
with them it is 329. Were the 22 others than the 16, the total would have risen by at least 24; it rose by 8. So the
later accounts revise the earlier ones, place by place, and what the rise leaves over bounds what else there was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from waqai.account.counts import CountStatement
from waqai.account.series import Difference, Series, covers


@dataclass(frozen=True, slots=True)
class Certificate:
    """That `newer` tells again of the dead of `older`: the two totals of their source rose by too few for both.

    `others` is how many more died between the totals than the accounts of their articles tell.
    """

    newer: str
    older: str
    totals: tuple[str, str]
    rise: int
    others: int

    def reason(self) -> str:
        """Why, in short words."""
        return f"the source's running total rose by {self.rise}, too few for both to be of different people"


def certificates(series: Iterable[Series], counts: Iterable[CountStatement]) -> list[Certificate]:
    """All certificates that running totals give for accounts in the articles of their members."""
    told: dict[str, list[CountStatement]] = defaultdict(list)
    for count in counts:
        if _is_account(count):
            told[count.article].append(count)
    return [c for one in series for step in one.differences() for c in _certified(step, told)]


def _is_account(count: CountStatement) -> bool:
    exact = count.low is not None and count.low == count.high and not count.about
    part = any(k.kind in ("subset_of", "contained_in") and k.source for k in count.links)
    sure = count.certainty not in ("denied", "disputed")
    return count.kind in ("incident", "updated_toll") and exact and not part and sure


def _certified(step: Difference, told: dict[str, list[CountStatement]]) -> Iterator[Certificate]:
    earlier, later = step.earlier.count, step.later.count
    if not step.same_scope or step.low is None or step.low != step.high or earlier.article == later.article:
        return
    older = [c for c in told[earlier.article] if _counted_in(earlier, c)]
    newer = [c for c in told[later.article] if _counted_in(later, c)]
    pairs = _pairs(older, newer)
    if pairs is None:
        return
    needed = sum(c.low or 0 for c in newer) - sum(before.low or 0 for _, before in pairs)
    others = step.low - needed
    for after, before in pairs:
        if 0 <= others < (before.low or 0) <= (after.low or 0):
            yield Certificate(after.iri, before.iri, (earlier.iri, later.iri), step.low, others)


def _counted_in(total: CountStatement, count: CountStatement) -> bool:
    """Is the incident, by what its own words tell, one of those that the total of its article counts?"""
    return covers(total, count)


def _pairs(
    older: Sequence[CountStatement], newer: Sequence[CountStatement]
) -> list[tuple[CountStatement, CountStatement]] | None:
    """Each older account with the one newer account of its place, days and people; None where that is not plain."""
    pairs = []
    for before in older:
        same = [after for after in newer if _one_place(before, after)]
        if len(same) != 1 or sum(_one_place(other, same[0]) for other in older) != 1:
            return None
        pairs.append((same[0], before))
    return pairs or None


def _one_place(one: CountStatement, other: CountStatement) -> bool:
    """Do places, days, classes and perpetrators agree as far as both tell them?"""
    if one.leaves != other.leaves or not one.units & other.units:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    doers = not one.perpetrators or not other.perpetrators or bool(one.perpetrators & other.perpetrators)
    return doers and _days_meet(one, other)


def _days_meet(one: CountStatement, other: CountStatement) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first <= other.last and other.first <= one.last
