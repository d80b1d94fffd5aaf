"""Every saved question over its small graph gives exactly its expected rows.

A folder `tests/queries/NAME/` holds `graph.trig` and, for each case, `CASE.json` (the values given) and `CASE.csv`
(the rows expected). A question without one fails here.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from waqai import account, ask
from waqai.ask.binding import bind
from waqai.store import Store

HERE = Path(__file__).parent
QUESTIONS = ask.load_questions()
CASES = [path.relative_to(HERE).with_suffix("").as_posix() for path in sorted(HERE.rglob("*.csv"))]
StoreOf = Callable[[Path | str], Store]


def case_of(case: str) -> tuple[ask.Question, dict[str, str], str]:
    """The question of a case, its values, its expected rows."""
    path = HERE / case
    values = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    expected = path.with_name(f"{path.name}.csv").read_text(encoding="utf-8")
    return QUESTIONS[path.parent.relative_to(HERE).as_posix()], values, expected


def graph_of(case: str) -> Path:
    return (HERE / case).parent / "graph.trig"


def lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_a_case(name: str) -> None:
    assert [case for case in CASES if case.rpartition("/")[0] == name]


@pytest.mark.parametrize("case", CASES)
def test_rows_are_those_expected(case: str, store_of: StoreOf) -> None:
    question, values, expected = case_of(case)
    answer = account.answer(store_of(graph_of(case)), question, values)
    assert lines(ask.as_csv(answer)) == lines(expected)


def published(store: Store, case: str) -> Store:
    """The store with its bounds derived, unless the case brings its own; those not kept are put there for once."""
    question, values, _ = case_of(case)
    if question.bounds and not question.bounds.kept:
        derived = account.derived(store, question, values)
        store.put({store.iris.derived_graph("bounds"): list(derived.quads())})
        return store
    if not any(
        q.graph_name.value.endswith("graph/bounds") for q in store.quads() if isinstance(q.graph_name, ox.NamedNode)
    ):
        account.refresh(store)
    return store


@pytest.mark.parametrize("case", [c for c in CASES if c.endswith("/expected")])
def test_the_bound_text_gives_the_same_rows_in_another_engine(case: str, store_of: StoreOf) -> None:
    """Whoever holds the published graphs in one default graph and sends the text gets the rows (rdflib's engine)."""
    question, values, expected = case_of(case)
    merged = rdflib.Graph()
    for quad in published(store_of(graph_of(case)), case).quads():
        if isinstance(quad.subject, ox.NamedNode):
            merged.parse(data=f"{quad.triple} .", format="nt")
    rows = [[_plain(value) for value in row] for row in merged.query(bind(question, values))]  # type: ignore[union-attr]
    assert len(rows) == len(lines(expected)) - 1
    wanted = _parsed(expected)
    assert [_sorted_iris(row) for row in rows] == [_sorted_iris(row) for row in wanted]


def _parsed(text: str) -> list[list[str]]:
    return list(csv.reader(lines(text)))[1:]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _sorted_iris(row: list[str]) -> list[str]:
    return [" ".join(sorted(field.split())) if "http" in field else field for field in row]


@pytest.mark.parametrize("name", [n for n, q in QUESTIONS.items() if q.bounds and q.bounds.kept])
def test_stored_bounds_and_those_derived_anew_are_the_same(name: str, store_of: StoreOf) -> None:
    question = QUESTIONS[name]
    trig = HERE / name / "graph.trig"
    fresh = account.answer(store_of(trig), question, {})
    stored = published(store_of(trig), f"{name}/expected")
    assert account.answer(stored, question, {}).rows == fresh.rows
    assert ask.run(stored, question, {}).rows == fresh.rows
    assert fresh.rows
