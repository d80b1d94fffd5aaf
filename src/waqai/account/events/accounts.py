"""Accounts: one article's telling of one incident. An article may tell of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from waqai.account.events.ground import Ground, words
from waqai.account.events.titles import Title, Titles
from waqai.account.events.told import Telling, Told
from waqai.graph import Iris

INCIDENT_SORTS = frozenset({"incident", "updated_toll", "breakdown"})
LONGEST_INCIDENT = dt.timedelta(days=3)
"""A count over more days than that is no telling of one incident."""
NO_HARM = frozenset(
    {"territorial_change", "agreement", "statement", "claim_of_responsibility", "displacement", "release", "protest"}
)
"""Kinds that alone are no incident."""
JUST_NOW = dt.timedelta(days=3)
"""An account without a day is of the days before its article came out; one with a day inside them is its news."""


@dataclass(frozen=True, slots=True)
class Account:
    """One article's telling of one incident.

    `days` are the first and the last day on which it can have been, None: nothing is known; `dated`: the words say so,
    `explicit`: by naming the day.
    `places` are the fine places of the registers, `names` the folded words of place names that no register knows.
    `main`: it is what the article is about, by place in the text or by what is said of it; `news`: it was fresh when
    the article came out.
    """

    iri: str
    article: Telling
    told: tuple[Told, ...]
    days: tuple[dt.date, dt.date] | None
    dated: bool
    explicit: bool
    places: frozenset[str]
    names: frozenset[str]
    units: frozenset[str]
    countries: frozenset[str]
    kinds: frozenset[str]
    doers: frozenset[str]
    main: bool
    news: bool
    words: frozenset[str]

    def saying(self) -> Telling:
        """Its article with only what this account holds of it."""
        return replace(self.article, told=self.told)

    def numbers(self, outcome: str) -> frozenset[int]:
        """The exact numbers that it gives for an outcome."""
        return frozenset(t.low for t in self.told if t.outcome == outcome and t.low is not None and t.low == t.high)


@dataclass(slots=True)
class _Draft:
    told: list[Told] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    first: dt.date | None = None
    last: dt.date | None = None
    doers: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


class Grouping:
    """Sorts the statements of one article into accounts."""

    def __init__(self, ground: Ground, titles: Titles, iris: Iris) -> None:
        self.ground = ground
        self.titles = titles
        self.iris = iris

    def accounts(self, article: Telling) -> list[Account]:
        """The accounts of an article in the order of its text."""
        drafts: list[_Draft] = []
        for told in article.told:
            if tells_incident(told):
                self._add(told, drafts)
        drafts = [draft for draft in drafts if not _too_late(draft, article.published)]
        headline, address = self.titles.headline(article), self.titles.address(article)
        if drafts:
            _name(drafts[0], headline)
        main = _main(drafts, article.published)
        accounts = [self._account(article, draft, any(draft is m for m in main)) for draft in drafts]
        if accounts and headline.words:
            accounts[0] = replace(accounts[0], words=accounts[0].words | headline.words)
        return accounts + self._by_title(article, accounts, headline, address)

    def _by_title(
        self, article: Telling, accounts: Sequence[Account], headline: Title, address: Title
    ) -> list[Account]:
        """The account that only a title gives: of an article that tells of nothing fresh, or of a page replaced."""
        told = frozenset().union(headline.words, *(account.words for account in accounts))
        replaced = bool(address.words) and len(address.words & told) < KEPT * len(address.words)
        title = address if replaced or not headline.units else headline
        if not title.units or (any(account.news for account in accounts) and not replaced):
            return []
        draft = _Draft(places=set(title.places), units=set(title.units))
        account = self._account(article, draft, main=True)
        return [replace(account, iri=self.iris.account_by_title(article.iri), words=title.words)]

    def _add(self, told: Told, drafts: list[_Draft]) -> None:
        places, names = self.ground.fine(told.places), self._names(told)
        home = next((d for d in drafts if told.parts_of & {t.iri for t in d.told}), None)
        if home is None:
            fitting = [d for d in reversed(drafts) if self._fits(told, places, names, d)]
            placed = [d for d in fitting if places & d.places or names & d.names]
            home = next(iter(placed or fitting), None)
        if home is None:
            home = _Draft()
            drafts.append(home)
        home.told.append(told)
        home.places |= places
        home.names |= names
        home.units |= told.units
        home.doers |= told.doers
        home.kinds |= told.kinds
        if told.first and home.first is None:
            home.first, home.last = told.first, told.last

    def _names(self, told: Told) -> frozenset[str]:
        """Words of its place names that are more than the name of a wide place."""
        found = {word for name in told.place_words for word in words(name)}
        return frozenset(found - self.ground.wide_words - GENERIC)

    def _fits(self, told: Told, places: frozenset[str], names: frozenset[str], draft: _Draft) -> bool:
        if told.first and draft.first and not _overlap(told, draft):
            return False
        if told.units and draft.units and not told.units & draft.units:
            return False
        if not places or not draft.places or places & draft.places or names & draft.names:
            return True
        return any(self.ground.within(a) & self.ground.within(b) for a in places for b in draft.places)

    def _account(self, article: Telling, draft: _Draft, main: bool) -> Account:
        days = _days(draft, article.published)
        return Account(
            iri=self.iris.account(draft.told[0].iri) if draft.told else article.iri,
            article=article,
            told=tuple(draft.told),
            days=days,
            dated=draft.first is not None,
            explicit=any(told.explicit and told.first == draft.first for told in draft.told),
            places=frozenset(draft.places),
            names=frozenset(draft.names),
            units=frozenset(draft.units),
            countries=frozenset(t.country for t in draft.told if t.country),
            kinds=frozenset(draft.kinds),
            doers=frozenset(draft.doers),
            main=main,
            news=_news(days, article.published),
            words=frozenset(w for t in draft.told for w in words(t.sentence)),
        )


GENERIC = frozenset(
    words("مدينة بلدة قرية ناحية منطقة محيط ريف وسط أطراف محافظة شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب حي مخيم")
    + words("قريتي بلدتي قرى مدينتي لمدينة بريف near city town village countryside north south east west northern")
    + words("southern eastern western of the al and area prison")
)
"""Words of place names that are no names."""


def tells_incident(told: Told) -> bool:
    """Is it about one incident, and not a total, a state, or a deed that harms nobody?"""
    if told.outcome is None:
        return bool(told.kinds - NO_HARM)
    if told.sort in INCIDENT_SORTS:
        return True
    return bool(told.sort == "period_total" and told.first and told.last and told.last - told.first <= LONGEST_INCIDENT)


def _overlap(told: Told, draft: _Draft) -> bool:
    one, other = (told.first, told.last or told.first), (draft.first, draft.last or draft.first)
    return bool(one[0] and other[0] and one[1] and other[1] and one[0] <= other[1] and other[0] <= one[1])


KEPT = 0.4
"""The share of its title's words that a text holds at least, if it is the text of that title."""
SIDE_STORY = 3
"""So many times more is said of what an article is about than of what it begins with, if that is not it."""


def _name(draft: _Draft, title: Title) -> None:
    """The headline names where the first incident was, if the words do not say it finer or otherwise."""
    if not draft.units or draft.units & title.units:
        draft.units |= title.units if not draft.units else set()
        draft.places |= title.places if not draft.places else set()


def _main(drafts: Sequence[_Draft], published: dt.date | None) -> list[_Draft]:
    """What it begins with; also what it says far more of, or what is fresh where the first is not."""
    fresh = [draft for draft in drafts if _news(_days(draft, published), published)] or list(drafts[:1])
    most = max(fresh, key=lambda draft: len(draft.told), default=None)
    main = list(drafts[:1]) + [draft for draft in fresh[:1] if draft is not drafts[0]]
    if most is not None and len(most.told) >= SIDE_STORY * max(len(draft.told) for draft in main):
        main.append(most)
    return main


def _too_late(draft: _Draft, published: dt.date | None) -> bool:
    """Is it of a day after its article came out? Then the page holds what was written later, beside the article."""
    return bool(published and draft.first and draft.first > published + dt.timedelta(days=1))


def _days(draft: _Draft, published: dt.date | None) -> tuple[dt.date, dt.date] | None:
    if draft.first is not None:
        last = draft.last or draft.first
        return (draft.first, max(draft.first, last))
    return (published - JUST_NOW, published) if published else None


def _news(days: tuple[dt.date, dt.date] | None, published: dt.date | None) -> bool:
    if days is None or published is None:
        return True
    return published - JUST_NOW <= days[1] and days[0] <= published


def accounts_of(articles: Iterable[Telling], ground: Ground, titles: Titles, iris: Iris) -> Sequence[Account]:
    """The accounts of articles, in their order."""
    grouping = Grouping(ground, titles, iris)
    return [account for article in articles for account in grouping.accounts(article)]
