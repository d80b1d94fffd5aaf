"""Accounts become events: average linkage over the scores, with a veto, so that weak links make no chains."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from waqai.account.events.accounts import Account
from waqai.account.events.blocking import pairs
from waqai.account.events.evidence import Comparison, Evidence
from waqai.account.events.scoring import Verdict, Weights
from waqai.account.events.told import Telling, Told

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on two accounts, the findings behind it, and their sum in bits."""

    one: str
    other: str
    verdict: Verdict
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """Accounts that are taken to be of one incident, the earliest first, and the judgements among them."""

    accounts: tuple[Account, ...]
    judgements: tuple[Judgement, ...] = ()
    open: tuple[Judgement, ...] = ()
    """Judgements *unsure* with accounts of other events."""

    def tellings(self) -> list[Telling]:
        """What each of its articles says of it, in the order of the accounts."""
        told: dict[str, list[Told]] = defaultdict(list)
        articles = {account.article.iri: account.article for account in self.accounts}
        for account in self.accounts:
            told[account.article.iri] += account.told
        return [replace(article, told=tuple(told[iri])) for iri, article in articles.items()]

    @property
    def anchor(self) -> Account:
        """The earliest account: it names the event."""
        return self.accounts[0]

    def sayings(self) -> list[Telling]:
        """What its toll is taken from: articles that are about it; where none is, those that mention it."""
        return [account.saying() for account in self.accounts if account.main] or [a.saying() for a in self.accounts]


def judge(
    accounts: Sequence[Account], comparison: Comparison, weights: Weights, fresh: Collection[str] | None = None
) -> Iterator[Judgement]:
    """The judgements on all pairs that are compared; `fresh`: on those with an account of these names."""
    for a, b in pairs(accounts, fresh):
        one, other = sorted((a, b), key=lambda account: account.iri)
        evidence = comparison.evidence(one, other)
        score = weights.score(evidence)
        yield Judgement(one.iri, other.iri, weights.verdict(score), score, evidence)


@dataclass(slots=True)
class _Clusters:
    """Clusters under average linkage. A pair that was not compared speaks as an unsure one just short of it."""

    scores: Mapping[Pair, float]
    weights: Weights
    article_of: Mapping[str, str]
    members: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def link(self, a: str, b: str) -> float | None:
        """The mean score between two clusters; None where a pair vetoes it."""
        total = pairs_ = 0.0
        for x in self.members[a]:
            for y in self.members[b]:
                if self.article_of[x] == self.article_of[y]:
                    continue
                score = self.scores.get((min(x, y), max(x, y)), self.weights.different + 1)
                if self.weights.vetoes(score):
                    return None
                total += score
                pairs_ += 1
        return total / pairs_ if pairs_ else None

    def join(self, a: str, b: str) -> None:
        """Put the accounts of `b` with those of `a`."""
        self.members[a] += self.members.pop(b)
        for other in self.links.pop(b):
            self.links[other].discard(b)
            if other != a:
                self.links[a].add(other)
                self.links[other].add(a)
        self.links[a].discard(b)


def cluster(
    names: Iterable[str], judgements: Mapping[Pair, Judgement], weights: Weights, article_of: Mapping[str, str]
) -> list[list[str]]:
    """Names of accounts that stand together; the order of the input changes nothing."""
    state = _Clusters({pair: j.score for pair, j in judgements.items()}, weights, article_of)
    state.members = {name: [name] for name in names}
    heap: list[tuple[float, str, str]] = []
    for (a, b), judgement in judgements.items():
        if judgement.verdict == "same":
            state.links[a].add(b)
            state.links[b].add(a)
            heapq.heappush(heap, (-judgement.score, a, b))
    while heap:
        score, a, b = heapq.heappop(heap)
        if a not in state.members or b not in state.members:
            continue
        now = state.link(a, b)
        if now is None or now < weights.same:
            continue
        if -score > now:
            heapq.heappush(heap, (-now, a, b))
            continue
        state.join(a, b)
        for other in sorted(state.links[a]):
            first, second = sorted((a, other))
            mean = state.link(first, second)
            if mean is not None and mean >= weights.same:
                heapq.heappush(heap, (-mean, first, second))
    return [sorted(group) for _, group in sorted(state.members.items())]


def events(accounts: Sequence[Account], comparison: Comparison, weights: Weights) -> list[Event]:
    """The events that accounts tell of, in the order of their anchors."""
    return formed(accounts, {(j.one, j.other): j for j in judge(accounts, comparison, weights)}, weights)


def formed(accounts: Sequence[Account], judgements: Mapping[Pair, Judgement], weights: Weights) -> list[Event]:
    """The events that judgements make of accounts; one with an account that is not among these stays open."""
    by_name = {account.iri: account for account in accounts}
    among = {pair: j for pair, j in judgements.items() if pair[0] in by_name and pair[1] in by_name}
    groups = cluster(by_name, among, weights, {a.iri: a.article.iri for a in accounts})
    home = {name: number for number, group in enumerate(groups) for name in group}
    inside: dict[int, list[Judgement]] = defaultdict(list)
    between: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in judgements.values():
        homes = {home[name] for name in (judgement.one, judgement.other) if name in home}
        if len(homes) == 1 and (judgement.one, judgement.other) in among:
            inside[homes.pop()].append(judgement)
        elif judgement.verdict != "different":
            for number in homes:
                between[number].append(judgement)
    made = [
        Event(
            tuple(sorted((by_name[name] for name in group), key=earliness)),
            tuple(sorted(inside[number], key=lambda j: (j.one, j.other))),
            tuple(sorted(between[number], key=lambda j: (j.one, j.other))),
        )
        for number, group in enumerate(groups)
    ]
    return sorted(made, key=lambda event: earliness(event.anchor))


def earliness(account: Account) -> tuple[str, str]:
    """Accounts by publication day, those without one last; then by name."""
    published = account.article.published
    return (published.isoformat() if published else "9", account.iri)
