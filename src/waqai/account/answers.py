"""Answers that need bounds: derived once for each revision, anew where a question asks for other days or rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from waqai import ask
from waqai.account.additive import judge
from waqai.account.counts import code, rows
from waqai.account.guard import Sums, additive_note, as_naive, explain, refusal, switched_note
from waqai.account.observations import observations
from waqai.account.refreshing import current
from waqai.account.rules import (
    ALL_READINGS,
    CLOSED_NAMING,
    ONE_EVENT,
    PREFERRED_READING,
    RUNNING_TOTAL,
    SAME_ARTICLE_SAME_TOTAL,
    SAME_SOURCE_SAME_NUMBER,
    Policy,
)
from waqai.account.together import by_bounds
from waqai.ask import Answer, Evidence, Question, find_question
from waqai.ask.adding import may_add
from waqai.ask.binding import bind, terms
from waqai.errors import InputError, ParameterError
from waqai.store import Store

RULE_OF = {
    "closednaming": CLOSED_NAMING,
    "sametotal": SAME_ARTICLE_SAME_TOTAL,
    "runningtotal": RUNNING_TOTAL,
    "saidonce": SAME_SOURCE_SAME_NUMBER,
    "oneevent": ONE_EVENT,
}
"""Parameter of a question → the named rule that it switches."""


class Derived:
    """Bounds of one policy in memory, to be asked like a store of the same revision."""

    def __init__(self, store: Store, question: Question, policy: Policy) -> None:
        self._revision = store.revision()
        self._bounds = ox.Store()
        self._bounds.extend(observations(store, question, policy, store.iris, self._revision))

    def quads(self) -> Iterator[ox.Quad]:
        """What was derived."""
        return iter(self._bounds)

    def query(self, sparql: str) -> Any:
        """Answer over the bounds alone: a question that derives bounds reads nothing else (docs/questions.md)."""
        return self._bounds.query(sparql, use_default_graph_as_union=True)

    def revision(self) -> str:
        return self._revision


def policy_of(question: Question, values: Mapping[str, str]) -> Policy:
    """What a question's values say about which counts enter and how they are read. Raises ParameterError."""
    given = {name: term.value for name, term in terms(question, values).items()}
    since, until = _day(given, "from"), _day(given, "until")
    if since and until and until < since:
        raise ParameterError(f"{until} is before {since}", address="until", cure="give a day on or after `from`")
    minimum = int(given.get("minsources", "1"))
    if minimum < 1:
        raise ParameterError("fewer than one source", address="minsources", cure="give 1 or more")
    return Policy(
        since=since,
        until=until,
        minimum_sources=minimum,
        readings=ALL_READINGS if given.get("readings") == ALL_READINGS else PREFERRED_READING,
        off=frozenset(rule for name, rule in RULE_OF.items() if given.get(name) == "false"),
        published_before=_day(given, question.bounds.before if question.bounds else None),
    )


def _day(given: Mapping[str, str], name: str | None) -> dt.date | None:
    return dt.date.fromisoformat(given[name]) if name and name in given else None


def answer(
    store: Store, question: Question, values: Mapping[str, str], lang: str = "en", *, sums: Sums = "checked"
) -> Answer:
    """Ask a saved question; bounds for these values are derived first if the store does not hold them.

    `sums` is what becomes of numbers of people that the question adds though they are not additive: refused, or
    answered by the bounds that the question names (checked); by bounds in any case, of the statements of each row if
    it names none (bounds); or shown and called naive.
    Raises ParameterError, StoreError, SumRefused.
    """
    if not may_add(question.text):
        return ask.run(_holding(store, question, values), question, values, lang)
    verdict = judge(store, bind(question, values))
    if not verdict.sums or (verdict.additive and sums != "bounds"):
        found = ask.run(_holding(store, question, values), question, values, lang)
        return replace(found, notes=(additive_note(verdict, lang),)) if verdict.sums else found
    reasons = explain(store, verdict, lang)
    if sums == "naive":
        return as_naive(ask.run(store, question, values, lang), question, reasons, lang)
    if question.switches_to is None and sums == "bounds":
        return by_bounds(store, question, values, reasons)
    if question.switches_to is None:
        raise refusal(question, reasons, lang)
    other = find_question(question.switches_to)
    taken = {p.name: values[p.name] for p in other.parameters if p.name in values}
    bounds = ask.run(_holding(store, other, taken), other, taken, lang)
    return replace(bounds, notes=(switched_note(question, other, lang), *reasons))


def _holding(store: Store, question: Question, values: Mapping[str, str]) -> Store | Derived:
    if question.bounds is None:
        return store
    policy = policy_of(question, values)
    kept = question.bounds.kept and policy == Policy()
    return store if kept and current(store) else Derived(store, question, policy)


def derived(store: Store, question: Question, values: Mapping[str, str]) -> Derived:
    """The bounds that a question wants for these values, apart from the store. Raises ParameterError."""
    return Derived(store, question, policy_of(question, values))


_RULES = "SELECT DISTINCT ?rule WHERE { ?bound wq:question %s ; wq:ruleUsed ?rule . %s } ORDER BY ?rule"
_OF_ROW = {
    "class": "?bound wq:victimClass ?class FILTER(STRAFTER(STR(?class), STR(wqv:)) = %s) ",
    "place": "?bound wq:placeSet %s . ",
    "month": "?bound wq:from ?first FILTER(STRSTARTS(STR(?first), %s)) ",
    "method": "OPTIONAL { ?bound wq:ofMethod ?means } "
    'FILTER(COALESCE(STRAFTER(STR(?means), STR(wqv:)), "unknown") = %s) ',
}
"""What a column of an answer by bounds says of the bound that its row shows."""


def why(
    store: Store,
    question: Question | None,
    values: Mapping[str, str],
    row: Mapping[str, str] | str,
    lang: str = "en",
    *,
    unmasked: bool = False,
) -> list[Evidence]:
    """The sentences behind rows of an answer, or behind one statement.

    `row` is the IRI of a statement (`question` may then be None), or what the rows have in some columns: {"class": …,
    "place": …}. Names of private persons are masked unless asked for. Raises InputError where no row answers to it.
    """
    if isinstance(row, str):
        return ask.evidence(store, [row], lang, unmasked=unmasked)
    if question is None:
        raise InputError("a row belongs to a question", cure="name the question")
    holding = _holding(store, question, values)
    chosen = _chosen(ask.run(holding, question, values, lang), row)
    statements = [iri for line in chosen for c in question.columns for iri in _statements(line[c.name], c.kind)]
    found = ask.evidence(store, dict.fromkeys(statements), lang, unmasked=unmasked)
    return [replace(e, rules=rules_of(holding, question, chosen)) for e in found] if question.bounds else found


def rules_of(holding: Store | Derived, question: Question, chosen: list[ask.Row]) -> tuple[str, ...]:
    """The named rules that were used in the chosen rows."""
    used: set[str] = set()
    for line in chosen:
        told = (condition % ox.Literal(str(line[name])) for name, condition in _OF_ROW.items() if name in line)
        used |= {code(found["rule"]) for found in rows(holding, _RULES % (ox.Literal(question.name), "".join(told)))}
    return tuple(sorted(used))


def _chosen(answered: Answer, row: Mapping[str, str]) -> list[ask.Row]:
    for name in row:
        if name not in answered.columns:
            raise InputError(
                f"{answered.question} has no column {name!r}", cure=f"one of {', '.join(answered.columns)}"
            )
    found = [r for r in answered.rows if all(str(r[name]) == value for name, value in row.items())]
    if not found:
        raise InputError(f"no row of {answered.question} has {dict(row)}", cure=f"`waqai ask {answered.question}`")
    return found


def _statements(value: ask.Value, kind: str) -> list[str]:
    if kind == "iris" and isinstance(value, list):
        return value
    return [value] if kind == "iri" and isinstance(value, str) and "/statement/" in value else []
