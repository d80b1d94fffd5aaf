"""Bounds are derived once for each revision, and anew for other days and rules."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import account, ask
from waqai.account import Policy
from waqai.account.answers import rules_of
from waqai.account.observations import DIMENSIONS, MEASURES
from waqai.errors import ParameterError, StoreError
from waqai.graph import WQ
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
GRAPH = Path(__file__).parents[1] / "queries" / "militia-deaths-by-province" / "graph.trig"
FLAGSHIP = ask.load_questions()["militia-deaths-by-province"]
ARTICLE = "https://w3id.org/waqai/graph/article/a1"
BOUNDS = "https://w3id.org/waqai/graph/bounds"


def test_bounds_are_derived_once_for_each_revision(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    assert account.refresh(store)
    assert not account.refresh(store)
    before = set(store.quads(BOUNDS))
    low = ox.NamedNode(f"{WQ}low")
    changed = [q for q in store.quads(ARTICLE) if q.predicate != low or q.object.value != "300"]  # type: ignore[union-attr]
    store.put({ARTICLE: changed})
    assert account.refresh(store)
    assert set(store.quads(BOUNDS)) != before


def test_stale_bounds_are_not_answered_with(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    account.refresh(store)
    store.put({ARTICLE: []})
    assert account.answer(store, FLAGSHIP, {}).rows == []


def test_deriving_twice_gives_the_same_graph(store_of: StoreOf) -> None:
    one, other = store_of(GRAPH), store_of(GRAPH)
    account.refresh(one)
    account.refresh(other)
    assert set(one.quads(BOUNDS)) == set(other.quads(BOUNDS))


def test_bounds_are_observations_of_a_cube(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    account.refresh(store)
    rows = store.select(
        "PREFIX qb: <http://purl.org/linked-data/cube#> SELECT ?sort ?p WHERE { ?set a qb:DataSet ; qb:structure ?s . "
        "?s qb:component ?c . ?c ?sort ?p }"
    )
    told = {(row["sort"].value.rpartition("#")[2], row["p"].value.rpartition("#")[2]) for row in rows}
    assert told == {("dimension", d) for d in DIMENSIONS} | {("measure", m) for m in MEASURES}
    rows = store.select(
        "PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX wq: <https://w3id.org/waqai/ns#> "
        "SELECT ?b WHERE { ?b a qb:Observation FILTER NOT EXISTS { ?b qb:dataSet/wq:asOfRevision ?r } }"
    )
    assert list(rows) == []


def test_every_term_of_the_bounds_is_declared(store_of: StoreOf) -> None:
    ontology = (Path(__file__).parents[2] / "ontology" / "waqai.ttl").read_text(encoding="utf-8")
    store = store_of(GRAPH)
    account.refresh(store)
    used = {q.predicate.value.removeprefix(WQ) for q in store.quads(BOUNDS) if q.predicate.value.startswith(WQ)}
    assert used
    for name in {*used, "from", "until", "withoutRule", "lowReading", "highReading"}:
        assert f"wq:{name} a owl:" in ontology, name


def test_every_rule_is_a_concept_of_the_vocabulary(store_of: StoreOf) -> None:
    rows = store_of("").select(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX wqv: <https://w3id.org/waqai/vocabulary/> "
        "SELECT ?rule WHERE { ?rule skos:inScheme wqv:rules_of_reading }"
    )
    concepts = {row["rule"].value.rpartition("/")[2] for row in rows}
    assert concepts == {
        "closed_naming",
        "same_article_same_total",
        "running_total",
        "same_source_same_number",
        "one_event",
        "contradiction_set_aside",
        "vague_never_enters",
        "preferred_reading",
        "all_readings",
    }


def test_values_become_a_policy() -> None:
    values = {"from": "2021-01-01", "until": "2021-02-01", "minsources": "2", "readings": "all_readings"}
    assert account.policy_of(FLAGSHIP, {**values, "closednaming": "false", "place": "SY-RA"}) == Policy(
        dt.date(2021, 1, 1), dt.date(2021, 2, 1), 2, "all_readings", frozenset({"closed_naming"})
    )
    assert account.policy_of(FLAGSHIP, {"closednaming": "true", "minsources": "1"}) == Policy()


@pytest.mark.parametrize("values", [{"from": "2021-02-01", "until": "2021-01-01"}, {"minsources": "0"}])
def test_values_that_make_no_sense_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ParameterError):
        account.policy_of(FLAGSHIP, values)


def test_a_store_without_the_vocabulary_is_told(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    name = "https://w3id.org/waqai/graph/ontology"
    store.put({name: list(store.quads(name))[:1]})
    with pytest.raises(StoreError, match="vocabulary"):
        account.answer(store, FLAGSHIP, {})


@pytest.mark.parametrize("name", [n for n, q in ask.load_questions().items() if q.bounds])
def test_the_rules_of_every_question_by_bounds_are_found_by_its_rows(name: str, store_of: StoreOf) -> None:
    """`why` looks the bounds of a row up by what the row's columns say."""
    folder = GRAPH.parents[1] / name
    question = ask.find_question(name)
    values = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    store = store_of(folder / "graph.trig")
    holding = account.derived(store, question, values)
    rows = ask.run(holding, question, values).rows
    assert rows
    known = {q.object.value for q in holding.quads() if q.predicate.value == f"{WQ}ruleUsed"}  # type: ignore[union-attr]
    found = rules_of(holding, question, rows)
    assert {f"https://w3id.org/waqai/vocabulary/{rule}" for rule in found} <= known


def test_what_is_compared_with_is_no_narrower_than_what_was_known(store_of: StoreOf) -> None:
    """A unit named only later lay in a country of which an earlier count spoke: its upper end then was that one's."""
    text = (GRAPH.parents[1] / "what-changed-since" / "graph.trig").read_text(encoding="utf-8")
    wide = text.replace("wq:coversUnit <place/SY-ID> ; wq:country", "wq:country")
    question = ask.find_question("what-changed-since")
    rows = account.answer(store_of(wide), question, {"since": "2021-04-10"}).rows
    by_place = {row["place"]: row for row in rows}
    assert (by_place["SY-HL"]["lowbefore"], by_place["SY-HL"]["highbefore"]) == (0, 12)
