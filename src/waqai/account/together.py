"""How many people a set of statements tells of together: what a sum of them should have been."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from waqai.account.additive import outcomes
from waqai.account.counts import CountStatement, Queryable, read_counts
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning
from waqai.account.rules import Policy
from waqai.account.scope import Sort, Taxonomy, World, read_taxonomy
from waqai.ask import Answer, Column, Question, Row
from waqai.ask.adding import ADDED, witnesses
from waqai.ask.answers import value_of
from waqai.ask.binding import bind
from waqai.errors import SumRefused

ANYBODY = "anybody"
"""The class of all people; no concept of the vocabulary, and never shown."""


class Asking(Queryable, Protocol):
    """A store that says at which revision it answers."""

    def revision(self) -> str: ...


class Everybody(Taxonomy):
    """The victim classes beneath one that holds everybody, victims of no class too."""

    def up(self, name: str) -> frozenset[str]:
        return super().up(name) | {ANYBODY}

    @cached_property
    def sorts(self) -> tuple[Sort, ...]:
        return (Sort(frozenset({ANYBODY})), *(Sort(self.up(name)) for name in sorted(self.codes)))


class Told:
    """The counts of one outcome, asked about any set of them."""

    def __init__(self, store: Queryable, outcome: str, policy: Policy) -> None:
        self._policy = policy
        counts = read_counts(store, outcome)
        self._counts = {c.iri: c for c in counts}
        known = read_taxonomy(store)
        self._world = World.of(Everybody(known.broader, known.collections), counts)

    def bound(self, statements: Collection[str]) -> Bound:
        """The fewest and the most people that these statements can tell of together, each person once."""
        counts: list[CountStatement] = [self._counts[iri] for iri in sorted(statements)]
        reckoning = Reckoning(counts, self._world, self._policy, [ANYBODY])
        return reckoning.bound(Asked(ANYBODY, self._world.units))


_ENDS = (
    Column("low", "bound", {"en": "low", "ar": "أدنى"}),
    Column("high", "bound", {"en": "high", "ar": "أعلى"}),
    Column("statements", "iris", {"en": "statements", "ar": "الأقوال"}),
)


def by_bounds(store: Asking, question: Question, values: Mapping[str, str], reasons: Sequence[str]) -> Answer:
    """A question's rows with bounds of what their statements tell together in the place of its sums.

    Raises SumRefused where the statements of a row cannot be told, or are not counts of one outcome.
    """
    text = _followed(question, bind(question, values))
    kept = tuple(c for c in question.columns if c.name not in {*question.adds, *(e.name for e in _ENDS)})
    solutions = list(store.query(text))
    added = [_iris(solution[ADDED]) for solution in solutions]
    told = Told(store, _outcome(store, question, frozenset[str]().union(*added)), Policy())
    rows_: list[Row] = []
    for solution, statements in zip(solutions, added, strict=True):
        bound = told.bound(statements)
        row: Row = {c.name: value_of(c.kind, solution[c.name]) for c in kept}
        rows_.append({**row, "low": bound.low, "high": bound.high, "statements": sorted(statements)})
    return Answer(question.name, store.revision(), (*kept, *_ENDS), rows_, tuple(reasons))


def _followed(question: Question, sparql: str) -> str:
    """The text that names what each row adds."""
    found = witnesses(sparql)
    texts = {w.text for w in found if w.of.depth == 0 and set(w.of.columns) <= set(question.adds)}
    if len(found) != len(question.adds) or len(texts) != 1 or None in texts:
        raise SumRefused(
            "the statements of a row cannot be told", address=question.name, cure="ask a question by bounds"
        )
    return str(texts.pop())


def _iris(term: Any) -> frozenset[str]:
    return frozenset(term.value.split()) if term is not None else frozenset()


def _outcome(store: Queryable, question: Question, statements: frozenset[str]) -> str:
    """The outcome that all of these are counts of; `killed` where there are none."""
    found = outcomes(store, statements)
    if len(found) < len(statements) or len(set(found.values())) > 1:
        message = "what is added is not all counts of one outcome"
        raise SumRefused(message, address=question.name, cure="ask for one outcome at a time")
    return next(iter(found.values()), "killed")
