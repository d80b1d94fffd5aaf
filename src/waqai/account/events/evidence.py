"""What speaks for and against two accounts being of one incident: named findings, each at one of a few levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waqai.account.events.accounts import Account
from waqai.account.events.ground import Ground
from waqai.account.events.wording import echoes, held, likeness, rarities
from waqai.model import Registers

CLOSE_KM, FAR_KM = 6.0, 30.0
FAMILIES: Mapping[str, str] = {
    "airstrike": "air", "drone_strike": "air", "missile_strike": "fire", "shelling": "fire", "bombing": "blast",
    "suicide_bombing": "blast", "landmine_or_remnant": "mine", "shooting": "bullets", "clash": "bullets",
    "ambush": "bullets", "assassination": "bullets", "execution": "bullets", "raid": "raid", "arrest": "raid",
    "abduction": "raid",
}  # fmt: skip
"""Kinds that reporters use for one another."""

WORDS_ALIKE = (("alike", 0.25), ("near", 0.15), ("akin", 0.1), ("loose", 0.07), ("faint", 0.04))
"""Level → least cosine of the words, rare ones weighing most."""

Evidence = Mapping[str, str]
"""Name of the finding → level, as the weights file has them."""


@dataclass(frozen=True)
class Comparison:
    """Compares two accounts by what the registers know of places and actors."""

    ground: Ground
    registers: Registers

    def evidence(self, a: Account, b: Account) -> Evidence:
        """All findings about two accounts; symmetric."""
        found: dict[str, str] = {}
        for name, compare in _COMPARISONS.items():
            found[name] = compare(self, a, b)
        return found

    def day(self, a: Account, b: Account) -> str:
        """How many days lie between them, and whether the words or only the publication days say so."""
        gap = days_apart(a, b)
        if gap is None:
            return "unknown"
        if gap > WINDOW and a.main and b.main and came_out_together(a, b):
            return "reported"
        if gap >= len(_GAPS):
            return "apart"
        if not (a.dated and b.dated):
            return f"{_GAPS[gap]}_implied"
        return f"{_GAPS[gap]}_{'named' if a.explicit and b.explicit else 'stated'}"

    def place(self, a: Account, b: Account) -> str:
        """The finest that they share."""
        if a.places & b.places or a.names & b.names:
            both = a.places & b.places
            finest = any(self.ground.is_finest(p, a.places | b.places) for p in both) or bool(a.names & b.names)
            return "same" if finest else "same_district"
        if a.places and b.places:
            return self._apart(a, b)
        if a.units & b.units:
            return "same_unit"
        if not a.units or not b.units:
            return "unknown"
        return "loose_unit" if roams(a) or roams(b) else "other_unit"

    def _apart(self, a: Account, b: Account) -> str:
        if any(self.ground.within(p) & self.ground.within(q) for p in a.places for q in b.places):
            return "same_district"
        distances = [d for p in a.places for q in b.places if (d := self.ground.km(p, q)) is not None]
        if not distances:
            return "elsewhere" if a.units & b.units else "other_unit"
        nearest = min(distances)
        return "close" if nearest <= CLOSE_KM else "elsewhere" if nearest <= FAR_KM else "far"

    def killed(self, a: Account, b: Account) -> str:
        """Do they give one number of dead?"""
        return _numbers(a.numbers("killed"), b.numbers("killed"))

    def injured(self, a: Account, b: Account) -> str:
        """Do they give one number of injured?"""
        return _numbers(a.numbers("injured"), b.numbers("injured"))

    def doer(self, a: Account, b: Account) -> str:
        """Are those held responsible the same, of one side, or others?"""
        if not a.doers or not b.doers:
            return "unknown"
        if a.doers & b.doers:
            return "same"
        return "same_side" if self._sides(a) & self._sides(b) else "other"

    def _sides(self, account: Account) -> frozenset[str]:
        actors = (self.registers.actors.get(doer) for doer in account.doers)
        return frozenset(actor.side or actor.id for actor in actors if actor)

    def kind(self, a: Account, b: Account) -> str:
        """The deed."""
        one, other = _families(a), _families(b)
        if not one or not other:
            return "unknown"
        return "same" if one & other else "other"

    def victims(self, a: Account, b: Account) -> str:
        """What marks the victims besides their number: occupations, women, children, a nationality."""
        one, other = _traits(a), _traits(b)
        if not one or not other:
            return "unknown"
        shared = one & other
        return "occupation" if any(sort == "occupation" for sort, _ in shared) else "same" if shared else "other"

    def role(self, a: Account, b: Account) -> str:
        """Is it what the articles are about, or mentioned beside something else?"""
        return ("mentioned", "one_main", "both_main")[a.main + b.main]

    def words(self, a: Account, b: Account) -> str:
        """How alike the words are; of two languages, how many rare ones sound alike."""
        if a.article.lang != b.article.lang:
            heard = echoes(a.words, b.words)
            return "echoes" if heard >= MANY_ECHOES else "echo" if heard else "silent"
        alike = likeness(a.words, b.words)
        return next((level for level, least in WORDS_ALIKE if alike >= least), "foreign")

    def rare_words(self, a: Account, b: Account) -> str:
        """Rare words that both have: names, mostly. Of two languages `words` says it."""
        if a.article.lang != b.article.lang:
            return "other_language"
        return _RARITIES[min(rarities(a.words, b.words), len(_RARITIES) - 1)]

    def held(self, a: Account, b: Account) -> str:
        """How much of the shorter telling stands in the longer."""
        if a.article.lang != b.article.lang:
            return "other_language"
        share = held(a.words, b.words)
        return next((level for level, least in HELD if share >= least), "hardly")

    def published(self, a: Account, b: Account) -> str:
        """How many days lie between the articles: news of one incident comes out within a few.

        What comes out later may still recall it, if both name one day.
        """
        one, other = a.article.published, b.article.published
        if one is None or other is None:
            return "unknown"
        apart = abs((one - other).days)
        if apart >= len(_PUBLISHED):
            return "recalled" if self.day(a, b) == "same_named" else "later"
        return _PUBLISHED[apart]

    def outlet(self, a: Account, b: Account) -> str:
        """One outlet seldom tells one incident twice."""
        return "same" if a.article.outlet == b.article.outlet else "other"


_RARITIES = ("none", "one", "two", "several")
_PUBLISHED = ("same", "next", "second")
HELD = (("most", 0.4), ("much", 0.25), ("some", 0.15), ("little", 0.08))
"""Level → least share of the shorter telling."""
_GAPS = ("same", "next", "near", "near")
_COMPARISONS: Mapping[str, Callable[[Comparison, Account, Account], str]] = {
    "day": Comparison.day,
    "place": Comparison.place,
    "killed": Comparison.killed,
    "injured": Comparison.injured,
    "doer": Comparison.doer,
    "kind": Comparison.kind,
    "victims": Comparison.victims,
    "role": Comparison.role,
    "words": Comparison.words,
    "rare_words": Comparison.rare_words,
    "held": Comparison.held,
    "published": Comparison.published,
    "outlet": Comparison.outlet,
}
_RARE_NUMBER = 4
MANY_ECHOES = 2
"""Shared names of two languages; one or two may be those of a party or a country town."""
WINDOW = 3
"""Days that may lie between two accounts of one incident."""
TOGETHER = 2
"""Days between articles whose main stories may be one though the days that they name are not: a day is read wrongly."""


def roams(account: Account) -> bool:
    """Is it a main story of which no more than a unit is known? The unit then often is where it was written from."""
    return account.main and not account.places


def came_out_together(a: Account, b: Account) -> bool:
    """Did their articles come out within the days in which news of one incident does?"""
    one, other = a.article.published, b.article.published
    return one is not None and other is not None and abs((one - other).days) <= TOGETHER


def days_apart(a: Account, b: Account) -> int | None:
    """Days between the last of the one and the first of the other; 0 where they meet, None where one has none."""
    if a.days is None or b.days is None:
        return None
    return max(0, (max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])).days)


def _numbers(one: frozenset[int], other: frozenset[int]) -> str:
    if not one or not other:
        return "unknown"
    shared = one & other
    if max(one) == max(other):
        return "same_many" if max(one) >= _RARE_NUMBER else "same_few"
    if shared:
        return "shared"
    return "differ_little" if abs(max(one) - max(other)) <= max(2, max(*one, *other) // 4) else "differ"


def _families(account: Account) -> frozenset[str]:
    return frozenset(FAMILIES[kind] for kind in account.kinds if kind in FAMILIES)


def _traits(account: Account) -> frozenset[tuple[str, str]]:
    return frozenset(trait for told in account.told for trait in told.traits)
