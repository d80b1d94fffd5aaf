"""The toll of one event from its accounts: how many people of a class they report harmed, and who says so.

In four steps, each by a named rule (docs/accounting.md, *The toll of one event*): which counts are of the event, what
one account says in all, which accounts of one originator are replaced by later ones, what the originators say together.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from waqai.account.events.told import Telling, Told

EVERYBODY = "everybody"
"""Victims of any class."""
CIVILIAN = "civilian"
UNSAID = frozenset({"unknown"})
SEVERAL = frozenset({"mixed"})

Reason = Literal[
    "vague",
    "denied",
    "over_a_period",
    "on_another_day",
    "at_another_place",
    "part_of_another",
    "told_elsewhere",
    "replaced_later",
    "of_another_class",
    "outnumbered",
]
"""Why a count does not bind a toll."""

LONGEST_INCIDENT = dt.timedelta(days=3)
NEARBY_DAYS = dt.timedelta(days=2)
"""Accounts of one night put it on either of two days, and *today* is told again on the day after."""
WEIGHT_OF_LEAD = 3
"""The day of an account's first count is what the article is about; the days of others may be background."""
_PART = frozenset({"subsetOf", "containedIn", "restates"})


@dataclass(frozen=True, slots=True)
class TollPolicy:
    """How accounts become one interval.

    `unsaid`: people of whom nobody says what they were are civilians (`presumed`), or may be (`possible`: the low end
    does without them). `sources`: where originators differ, what `most` of them say holds, or the span of `all`.
    """

    unsaid: Literal["presumed", "possible"] = "presumed"
    sources: Literal["most", "all"] = "most"


@dataclass(frozen=True, slots=True)
class Toll:
    """Lowest and highest number of reported victims of a class with an outcome (whole people).

    `low` None: no account gives a number; `high` None: open. `statements` bind the interval; `left_out` are the other
    counts of the outcome, each with the reason.
    """

    outcome: str
    victim_class: str
    low: int | None
    high: int | None
    statements: tuple[str, ...] = ()
    left_out: tuple[tuple[str, Reason], ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    """What one account says in all of a class, and of everybody (`total`)."""

    low: int
    high: int | None
    total: tuple[int, int | None]
    counts: tuple[Told, ...]
    originator: str
    telling: Telling

    def replaces(self, other: _Version) -> bool:
        """Is it told later, or nobody knows which is, and they say the same?"""
        later = self.telling.later_than(other.telling)
        return later or (
            later is None and self.total == other.total and (self.low, self.high) == (other.low, other.high)
        )


class _Reckoning:
    """The toll of one event for one outcome, and why counts were left out."""

    def __init__(self, tellings: Sequence[Telling], outcome: str, victim_class: str, policy: TollPolicy) -> None:
        self.tellings = sorted(tellings, key=lambda t: (t.published or dt.date.max, t.iri))
        self.outcome, self.victim_class, self.policy = outcome, victim_class, policy
        self.left: dict[str, Reason] = {}
        self.days = _days(self.tellings)
        self.places = _places(self.tellings)

    def toll(self) -> Toll:
        versions = [v for telling in self.tellings for v in self._version(telling)]
        agreed = self._agreed(self._latest(versions))
        binding = {count.iri for version in agreed for count in version.counts}
        low, high = _span(agreed)
        left = tuple(sorted((iri, why) for iri, why in self.left.items() if iri not in binding))
        return Toll(self.outcome, self.victim_class, low, high, tuple(sorted(binding)), left)

    def _version(self, telling: Telling) -> Iterator[_Version]:
        counts = [c for c in telling.told if c.outcome == self.outcome and self._enters(c)]
        counts = self._at_the_place(self._of_the_day(counts))
        told = {c.iri for c in counts}
        for count in counts:
            if any(kind in _PART and target in told for kind, target in count.relations):
                self.left[count.iri] = "part_of_another"
        wholes = self._together([c for c in counts if c.iri not in self.left] or counts[:1])
        if not wholes:
            return
        low, high = _sum(self._of_class(count, counts) for count in wholes)
        total = _sum((count.low or 0, count.high) for count in wholes)
        yield _Version(low, high, total, tuple(wholes), wholes[0].originator, telling)

    def _enters(self, count: Told) -> bool:
        reason: Reason | None = None
        if count.low is None and count.high is None:
            reason = "vague"
        elif count.certainty == "denied":
            reason = "denied"
        elif count.sort == "state" or (count.sort == "period_total" and not _short(count)):
            reason = "over_a_period"
        if reason is not None:
            self.left[count.iri] = reason
        return reason is None

    def _of_the_day(self, counts: Sequence[Told]) -> list[Told]:
        if self.days is None:
            return list(counts)
        kept = []
        for count in counts:
            if _apart(count, self.days) > NEARBY_DAYS:
                self.left[count.iri] = "on_another_day"
            else:
                kept.append(count)
        return kept

    def _at_the_place(self, counts: Sequence[Told]) -> list[Told]:
        """Where counts at the place that most accounts name are told, those at other places are of something else."""
        here = {c.iri for c in counts if self.places & _named(c)}
        if not here:
            return list(counts)
        kept = []
        for count in counts:
            if count.iri in here or not _named(count) or any(target in here for _, target in count.relations):
                kept.append(count)
            else:
                self.left[count.iri] = "at_another_place"
        return kept

    def _together(self, wholes: Sequence[Told]) -> list[Told]:
        """The counts that make up an account's toll: the first, what its sentence adds, and what revises them."""
        taken: list[Told] = []
        for count in wholes:
            replaced = {target for kind, target in count.relations if kind == "updates"}
            besides = any(
                kind == "disjointFrom" and target in {t.iri for t in taken} for kind, target in count.relations
            )
            if replaced & {t.iri for t in taken}:
                for old in (t for t in taken if t.iri in replaced):
                    self.left[old.iri] = "replaced_later"
                taken = [t for t in taken if t.iri not in replaced]
            elif taken and not besides and count.sentence != taken[-1].sentence:
                self.left[count.iri] = "told_elsewhere"
                continue
            taken.append(count)
        return taken

    def _of_class(self, count: Told, counts: Sequence[Told]) -> tuple[int, int | None]:
        """How many of a count are of the class: by its own class, by a part that names it, or by what its parts leave.

        A part that is named by its class alone is all of the class (closed naming); children or medics are not.
        """
        low, high = count.low or 0, count.high
        if self.victim_class in (EVERYBODY, count.victim_class):
            return low, high
        if count.victim_class not in UNSAID | SEVERAL:
            return 0, 0
        parts = [p for p in counts if ("subsetOf", count.iri) in p.relations]
        inside = [p for p in parts if p.victim_class == self.victim_class]
        if any(not p.traits for p in inside):
            return _sum((p.low or 0, p.high) for p in inside)
        named = sum(p.low or 0 for p in inside)
        outside = sum(p.low or 0 for p in parts if p.victim_class not in {self.victim_class} | UNSAID | SEVERAL)
        rest = None if high is None else max(named, high - outside)
        if self.victim_class == CIVILIAN and count.victim_class in UNSAID and self.policy.unsaid == "presumed":
            return max(named, low - outside), rest
        return named, rest

    def _latest(self, versions: Sequence[_Version]) -> list[_Version]:
        """The last version of each originator; all of those of which nobody knows which is the last."""
        latest: list[_Version] = []
        for version in versions:
            same = [v for v in latest if v.originator == version.originator]
            if any(v.telling.later_than(version.telling) for v in same):
                self._leave([version], "replaced_later")
                continue
            replaced = [v for v in same if version.replaces(v)]
            self._leave(replaced, "replaced_later")
            latest = [*(v for v in latest if v not in replaced), version]
        return latest

    def _agreed(self, versions: Sequence[_Version]) -> list[_Version]:
        """What holds of versions that differ.

        One that puts all of its dead into other classes says nothing of this class, unless it tells of as many dead as
        one that does: then they are the same people, and what they were is disputed.
        """
        speaking = [v for v in versions if v.high != 0]
        agreed = self._prevailing(speaking or versions)
        if not speaking:
            return agreed
        totals = {v.total for v in agreed}
        disputing = [v for v in versions if v.high == 0 and v.total in totals]
        self._leave([v for v in versions if v.high == 0 and v.total not in totals], "of_another_class")
        return [*agreed, *disputing]

    def _prevailing(self, versions: Sequence[_Version]) -> list[_Version]:
        """The versions that most originators give, if several do; else all."""
        versions = _refined(versions)
        ends = Counter((v.low, v.high) for v in versions)
        most = max(ends.values(), default=0)
        if self.policy.sources == "all" or most == 1:
            return list(versions)
        self._leave([v for v in versions if ends[v.low, v.high] < most], "outnumbered")
        return [v for v in versions if ends[v.low, v.high] == most]

    def _leave(self, versions: Sequence[_Version], reason: Reason) -> None:
        self.left.update((count.iri, reason) for version in versions for count in version.counts)


def toll(
    tellings: Sequence[Telling],
    outcome: str = "killed",
    victim_class: str = CIVILIAN,
    policy: TollPolicy = TollPolicy(),
) -> Toll:
    """The toll of the event that these tellings are of: `told` of each holds what it says of that event.

    The order of the tellings changes nothing.
    """
    return _Reckoning(tellings, outcome, victim_class, policy).toll()


OUTCOMES = ("killed", "injured", "killed_or_injured", "captured", "missing")


def tolls(tellings: Sequence[Telling], policy: TollPolicy = TollPolicy()) -> list[Toll]:
    """The table of an event: everybody, civilians and every class named, by outcome; no rows without a number."""
    found: list[Toll] = []
    for outcome in OUTCOMES:
        counts = [told for telling in tellings for told in telling.told if told.outcome == outcome]
        named = sorted({c.victim_class for c in counts} - UNSAID - SEVERAL - {CIVILIAN})
        rows = [toll(tellings, outcome, victim_class, policy) for victim_class in (EVERYBODY, CIVILIAN, *named)]
        found += [row for row in rows if row.low is not None]
    return found


def _apart(count: Told, day: dt.date) -> dt.timedelta:
    """How far from a day all the days of a count are; nothing where it may have been on it."""
    first, last = count.first or count.last or day, count.last or day
    return max(day - last, first - day, dt.timedelta(0))


def _short(count: Told) -> bool:
    return count.first is not None and count.last is not None and count.last - count.first <= LONGEST_INCIDENT


def _refined(versions: Sequence[_Version]) -> list[_Version]:
    """Of the same number of dead one account may say better what they were than another: both hold together."""
    together: dict[tuple[int, int | None], list[_Version]] = defaultdict(list)
    for version in versions:
        together[version.total].append(version)
    refined: list[_Version] = []
    for version in versions:
        same = together[version.total]
        low = max(v.low for v in same)
        high = min((v.high for v in same if v.high is not None), default=None)
        consistent = high is None or low <= high
        refined.append(replace(version, low=low, high=high) if consistent else version)
    return refined


def _sum(ends: Iterable[tuple[int, int | None]]) -> tuple[int, int | None]:
    """Both ends added up; one open end opens the sum."""
    low, high = 0, 0
    is_open = False
    for least, most in ends:
        low += least
        is_open |= most is None
        high += most or 0
    return low, None if is_open else high


def _span(versions: Sequence[_Version]) -> tuple[int | None, int | None]:
    if not versions:
        return None, None
    highs = [v.high for v in versions]
    return min(v.low for v in versions), None if None in highs else max(h for h in highs if h is not None)


def _named(count: Told) -> frozenset[str]:
    return count.places - count.units or frozenset(count.place_words)


def _days(tellings: Sequence[Telling]) -> dt.date | None:
    """The day that most accounts put it on, of equal ones the latest."""
    votes: Counter[dt.date] = Counter()
    for telling in tellings:
        votes.update(_votes(telling))
    return max(votes, key=lambda day: (votes[day], day), default=None)


def _votes(telling: Telling) -> Counter[dt.date]:
    """How often an account's counts name each day; those of its first count weigh more. Nobody is harmed after it."""
    harms = [told for told in telling.told if told.outcome is not None and _short(told) and told.sort != "state"]
    votes = Counter(day for harm in harms for day in _each(harm))
    votes.update(dict.fromkeys(_each(harms[0]), WEIGHT_OF_LEAD - 1) if harms else {})
    latest = telling.published or dt.date.max
    return Counter({day: times for day, times in votes.items() if day <= latest})


def _each(count: Told) -> list[dt.date]:
    if count.first is None or count.last is None:
        return []
    return [count.first + dt.timedelta(days=n) for n in range((count.last - count.first).days + 1)]


def _places(tellings: Sequence[Telling]) -> frozenset[str]:
    """The places that most accounts name, if more than one does."""
    naming = Counter(place for t in tellings for place in {p for told in t.told if told.outcome for p in _named(told)})
    most = max(naming.values(), default=0)
    return frozenset(place for place, times in naming.items() if times == most > 1)
