"""The lowest and highest number of reported dead for a class, units and days, over all counts that may matter.

Counts that stand in relations form a group; what different groups hold may or may not be the same people. The most dead
there can be is reached when no two groups share anybody: high ends add up over groups. The fewest is reached when
groups share as many as they can: what a group forces is a claim, and of claims that may be of the same people only the
packing of those that cannot adds up (`packing`). A group that forces nobody by itself forces nobody with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from heapq import nsmallest
from typing import Protocol

from waqai.account.bounds import Tally, rules_present
from waqai.account.components import groups
from waqai.account.counts import CountStatement
from waqai.account.packing import Floor, cover, tied
from waqai.account.parcels import Atlas, Claim, Group, Knot, Parcels, Question, Setting, Single, parcels, reach_of
from waqai.account.programme import Asked
from waqai.account.progress import Watch, unwatched
from waqai.account.rules import VAGUE_NEVER_ENTERS, Policy
from waqai.account.scope import World, asked_days

LARGEST_PROOF = 12
"""Counts of a group that are reckoned anew without a rule; of a larger group each rule that changes it is named."""
LARGEST_ROW = 20_000
"""Claims inside a row of several units that are weighed against each other; beyond it each unit is taken by itself."""
LARGEST_TANGLE = 1_500
"""Claims × cells that may be solved as one programme where knots overlap others; beyond it relations are left aside."""
MOST_CITED = 20
"""Statements that one end of a bound names; how many there are in all it says, too."""
MOST_PEOPLE = 10_000_000_000
"""A number above that of all people alive is a slip of the source or of reading."""


@dataclass(frozen=True, slots=True)
class Bound:
    """An answer: lowest and highest number (None: open), the statements that prove it, the rules it used.

    Of very many statements those that weigh most are named, and `unnamed` others are behind an end; where none are left
    out, `low_statements` and `high_statements` by themselves force the same end. `low_readings` and `high_readings` are
    the readings (IRIs) taken at either end where they are not the preferred. Where the bound is not `tight` it is
    certain, but a longer search may find a narrower one.
    """

    low: int
    high: int | None
    statements: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    low_readings: tuple[str, ...] = ()
    high_readings: tuple[str, ...] = ()
    tight: bool = True
    unnamed: int = 0
    low_statements: tuple[str, ...] = ()
    high_statements: tuple[str, ...] = ()


@dataclass(slots=True)
class End:
    """One end of a bound (None: open) and what is behind it: statements with their weights, rules, readings."""

    value: int | None = 0
    cited: list[tuple[int, str]] = field(default_factory=list)
    proof: int = 0
    rules: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    tight: bool = True

    def add(self, value: int | None, cited: Sequence[tuple[int, str]], proof: int) -> None:
        """Add what others come to. Once open it stays so, and only what opens it stands behind it."""
        if self.value is None and value is not None:
            return
        if value is None and self.value is not None:
            self.value, self.cited, self.proof = None, [], 0
            self.rules, self.readings = set(), set()
        elif self.value is not None and value is not None:
            self.value += value
        self.cited += cited
        self.proof += proof

    def tally(self, tally: Tally) -> None:
        """Add a knot's end."""
        before = self.value
        self.tight = self.tight and tally.tight
        weight = tally.value or 0
        self.add(tally.value, [(-weight, s) for s in sorted(tally.statements)][:MOST_CITED], len(tally.statements))
        if before is not None or tally.value is None:
            self.rules |= tally.rules
            self.readings |= tally.readings

    def add_floor(self, floor: Floor) -> None:
        """Add what claims come to that share no place with the others."""
        self.add(floor.number, _weighed(floor.claims), sum(len(c.statements) for c in floor.claims))
        self.tight = self.tight and floor.tight

    def statements(self) -> list[str]:
        """Those that weigh most."""
        return [statement for _, statement in sorted(self.cited)[:MOST_CITED]]

    def unnamed(self) -> int:
        """How many more there are."""
        return max(0, self.proof - MOST_CITED)


def _weighed(claims: Iterable[Claim]) -> list[tuple[int, str]]:
    return nsmallest(MOST_CITED, ((-c.number, s) for c in claims for s in c.statements))


class Alike:
    """Single victim sets of the same sorts and units."""

    def __init__(self, singles: Sequence[Single]) -> None:
        self.singles = singles
        self.sorts, self.units = singles[0].claim.sorts, singles[0].claim.units
        self.first = min(s.claim.first for s in singles)
        self.last = max(s.claim.last for s in singles)
        self.claims = [s.claim for s in singles if s.claim.number]
        self.forcing = len(self.claims)
        self._end = highest(singles)

    def high(self, question: Question) -> End:
        """The most dead that they can be together in the days asked for."""
        if question.days[0] <= self.last and self.first <= question.days[1]:
            inside = all(question.days[0] <= s.claim.last and s.claim.first <= question.days[1] for s in self.singles)
            return self._end if inside else highest([s for s in self.singles if s.claim.meets(question)])
        return End()


def highest(singles: Iterable[Single]) -> End:
    """High ends of single victim sets, added up."""
    known = [s for s in singles if s.high != 0]
    open_ = [s for s in known if s.high is None]
    end = End(None if open_ else sum(s.high or 0 for s in known))
    behind = open_ or known
    end.cited = nsmallest(MOST_CITED, ((-(s.high or 0), name) for s in behind for name in s.claim.statements))
    end.proof = sum(len(s.claim.statements) for s in behind)
    return end


class Kind(Protocol):
    """Single victim sets of the same sorts and units, wherever they are kept."""

    sorts: int
    units: int

    @property
    def claims(self) -> Sequence[Claim]:
        """What they force."""

    @property
    def forcing(self) -> int:
        """How many force something."""

    def high(self, question: Question) -> End:
        """The most dead that they can be together."""


def alike(singles: Iterable[Single]) -> list[Alike]:
    """Single victim sets, those of the same sorts and units side by side."""
    found: dict[tuple[int, int], list[Single]] = defaultdict(list)
    for single in singles:
        found[single.claim.sorts, single.claim.units].append(single)
    return [Alike(found[key]) for key in sorted(found)]


class Counts(Protocol):
    """Counts by their IRIs."""

    def __getitem__(self, iri: str, /) -> CountStatement: ...


class Stock:
    """What counts come to, ready to be asked."""

    def __init__(self, kinds: Sequence[Kind], knots: Iterable[Knot], counts: Counts, setting: Setting) -> None:
        self._counts = counts
        self._setting = setting
        self._alike = kinds
        self._knots = sorted(knots, key=lambda k: k.name)
        self._tangles: dict[tuple[str, ...], Knot | None] = {}
        self._lows: dict[Question, End] = {}

    def high(self, question: Question) -> End:
        """The most dead there can be: nobody is counted by two."""
        end = End()
        for alike in self._alike:
            if alike.sorts & question.sorts and alike.units & question.units:
                most = alike.high(question)
                end.add(most.value, most.cited, most.proof)
        for knot in self._knots:
            if knot.concerns(question):
                end.tally(knot.end(question, high=True))
        return end

    def low(self, question: Question) -> End:
        """The fewest dead that there must be; of several units at least what each forces by itself."""
        end = self._together(question)
        if question.units & (question.units - 1) and (self._knots or not end.tight):
            each = self._unit_by_unit(question)
            return each if (each.value or 0) > (end.value or 0) else end
        return end

    def _together(self, question: Question) -> End:
        within = [alike for alike in self._alike if _within(alike, question)]
        if sum(alike.forcing for alike in within) > LARGEST_ROW and question.units & (question.units - 1):
            return self._unit_by_unit(question)
        claims = [c for alike in within for c in alike.claims if c.inside(question)]
        knots = [(k, k.end(question, high=False)) for k in self._knots if k.concerns(question)]
        forcing = [(k, tally) for k, tally in knots if tally.value]
        end = End()
        if not forcing:
            end.add_floor(cover(claims))
            return end
        shapes = [*claims, *(_shape(k, question) for k, _ in forcing)]
        for part in tied(shapes):
            mine = [shapes[i] for i in part if i < len(claims)]
            tied_knots = [forcing[i - len(claims)] for i in part if i >= len(claims)]
            self._add_low(end, mine, tied_knots, question)
        return end

    def _unit_by_unit(self, question: Question) -> End:
        """What each unit forces by itself; what is known only of several is left aside."""
        end, units = End(tight=False), question.units
        while units:
            bit = units & -units
            units ^= bit
            low = self.low_of_unit(replace(question, units=bit))
            end.add(low.value, low.cited, low.proof)
        return end

    def low_of_unit(self, question: Question) -> End:
        """The fewest dead of a single unit."""
        if question not in self._lows:
            self._lows[question] = self._together(question)
        return self._lows[question]

    def _add_low(self, end: End, claims: list[Claim], knots: list[tuple[Knot, Tally]], question: Question) -> None:
        """Add what a chain of overlapping claims and knots forces."""
        if not knots:
            end.add_floor(cover(claims))
        elif len(knots) == 1 and not claims:
            end.tally(knots[0][1])
        else:
            tangle = self._tangle(claims, [k for k, _ in knots])
            if tangle is not None:
                end.tally(tangle.end(question, high=False))
            else:
                self._relaxed(end, claims, knots, question)

    def _tangle(self, claims: Sequence[Claim], knots: Sequence[Knot]) -> Knot | None:
        """All of them as one programme; None where it would be too large."""
        names = sorted({*(s for c in claims for s in c.statements), *(c.iri for k in knots for c in k.counts)})
        key = tuple(names)
        if key not in self._tangles:
            fits = len(names) ** 2 <= LARGEST_TANGLE
            self._tangles[key] = Knot([self._counts[name] for name in names], self._setting) if fits else None
        return self._tangles[key]

    def _relaxed(self, end: End, claims: list[Claim], knots: list[tuple[Knot, Tally]], question: Question) -> None:
        """What they force if relations are left aside, or the largest knot alone."""
        inner = [c for k, _ in knots for c in k.claims if c.number and c.inside(question)]
        whole = [
            replace(_shape(k, question), number=t.value or 0, statements=tuple(sorted(t.statements))) for k, t in knots
        ]
        floor = cover([*claims, *inner, *whole])
        end.add_floor(replace(floor, tight=False))
        for _, tally in knots:
            if tally.statements & {s for c in floor.claims for s in c.statements}:
                end.rules |= tally.rules
                end.readings |= tally.readings


def _within(alike: Kind, question: Question) -> bool:
    return not (alike.sorts & ~question.sorts or alike.units & ~question.units)


def _shape(knot: Knot, question: Question) -> Claim:
    """Where those of a knot's dead may be that are asked for."""
    met = [c for c in knot.claims if c.meets(question)]
    sorts = units = 0
    for claim in met:
        sorts, units = sorts | claim.sorts, units | claim.units
    first, last = min(c.first for c in met), max(c.last for c in met)
    return Claim(sorts & question.sorts, units & question.units, first, last, 0, (knot.name,))


class Ruled:
    """A group of counts to which named rules apply, and what it would come to without each of them.

    `load` gives the counts, when they are needed.
    """

    def __init__(self, rules: Iterable[str], load: Callable[[], Group], setting: Setting) -> None:
        self.rules = frozenset(rules)
        self._load = load
        self._setting = setting
        self._stocks: dict[str | None, Stock] = {}

    @cached_property
    def _counts(self) -> Group:
        return self._load()

    @cached_property
    def statements(self) -> frozenset[str]:
        """The counts of the group."""
        return frozenset(c.iri for c in self._counts)

    def changing(self, rules: Collection[str], question: Question, *, high: bool) -> set[str]:
        """Those of some rules without which this group's end would be another."""
        if len(self._counts) > LARGEST_PROOF:
            return set(rules)
        value = self._end(None, question, high)
        return {rule for rule in rules if self._end(rule, question, high) != value}

    def _end(self, without: str | None, question: Question, high: bool) -> int | None:
        if without not in self._stocks:
            policy = self._setting.policy if without is None else self._setting.policy.without(without)
            setting = replace(self._setting, policy=policy)
            known = {c.iri: c for c in self._counts}
            mine = parcels(self._counts, setting)
            self._stocks[without] = Stock(alike(mine.singles), mine.knots, known, setting)
        stock = self._stocks[without]
        return (stock.high(question) if high else stock.low(question)).value


Reaching = tuple[tuple[int, int], Ruled]
"""A group with the sorts and units that its counts may cover."""


def _same(counts: Group) -> Group:
    return counts


def assembled(stock: Stock, question: Question, ruled: Iterable[Reaching], beside: set[str]) -> Bound:
    """Both ends of a bound, and what it was read by; `ruled` with the sorts and units of each."""
    low, high = stock.low(question), stock.high(question)
    statements = sorted({*low.statements(), *high.statements()})
    rules = low.rules | high.rules | beside | _rules(ruled, question, set(statements))
    return Bound(
        low.value or 0,
        high.value,
        tuple(statements),
        tuple(sorted(rules)),
        tuple(sorted(low.readings)),
        tuple(sorted(high.readings)),
        low.tight and high.tight,
        max(low.unnamed(), high.unnamed()),
        tuple(sorted(low.statements())),
        tuple(sorted(high.statements())),
    )


def _rules(ruled: Iterable[Reaching], question: Question, statements: set[str]) -> set[str]:
    """The rules without which an end would be another, group by group."""
    found: set[str] = set()
    for (sorts, units), group in ruled:
        if not (sorts & question.sorts and units & question.units) or group.rules <= found:
            continue
        found |= group.changing(group.rules - found, question, high=True)
        if group.rules - found and group.statements & statements:
            found |= group.changing(group.rules - found, question, high=False)
    return found


class Reckoning:
    """All accepted counts of one outcome under one policy, ready to be asked."""

    def __init__(
        self,
        counts: Sequence[CountStatement],
        world: World,
        policy: Policy,
        classes: Collection[str],
        watch: Watch = unwatched,
    ) -> None:
        self._atlas = Atlas(world)
        self._days = asked_days(policy)
        setting = Setting(self._atlas, policy, frozenset(classes))
        self._vague = [(c, world.scope(c)) for c in counts if c.vague]
        accepted = {c.iri: c for c in counts if enters(c)}
        whole = Parcels()
        self._ruled: list[tuple[tuple[int, int], Ruled]] = []
        known = groups(list(accepted.values()))
        for group in watch(known, "counts that belong together", len(known)):
            members = sorted(group, key=lambda c: c.iri)
            mine = parcels(members, setting)
            whole.add(mine)
            rules = rules_present(members, policy)
            if rules:
                self._ruled.append((reach_of(members, self._atlas), Ruled(rules, partial(_same, members), setting)))
        self.spreads = whole.spreads
        self._stock = Stock(alike(whole.singles), whole.knots, accepted, setting)

    def bound(self, asked: Asked) -> Bound:
        """The answer to one question."""
        atlas = self._atlas
        question = Question(
            asked.victim_class, atlas.of_class(asked.victim_class), atlas.units(asked.units), self._days
        )
        beside = {VAGUE_NEVER_ENTERS} if self._vague_beside(asked) else set[str]()
        return assembled(self._stock, question, self._ruled, beside)

    def _vague_beside(self, asked: Asked) -> bool:
        return any(
            asked.units & scope.units
            and scope.first <= self._days[1]
            and scope.last >= self._days[0]
            and any(asked.victim_class in sort.codes for sort in scope.sorts)
            for _, scope in self._vague
        )


def enters(count: CountStatement) -> bool:
    """Vague and denied counts stand beside an answer, not in it; nor do numbers of more people than there are."""
    possible = (count.low or 0) <= MOST_PEOPLE and (count.high or 0) <= MOST_PEOPLE
    return possible and not count.vague and count.certainty != "denied"
