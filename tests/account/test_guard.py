"""The sum guard: what is added is read from the algebra, and whether it may be is decided from the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import account, ask
from waqai.account.additive import judge
from waqai.ask.adding import sums, witnesses
from waqai.errors import QueryError, SumRefused
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
GRAPH = Path(__file__).parents[1] / "queries" / "civilian-deaths-summed" / "graph.trig"
SUMMED = ask.load_questions()["civilian-deaths-summed"]
PREFIXES = (
    "PREFIX wq: <https://w3id.org/waqai/ns#> PREFIX wqv: <https://w3id.org/waqai/vocabulary/> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (SUM(?low) AS ?n) { ?s wq:low ?low }",
        "SELECT (SUM(COALESCE(?x, 0)) AS ?n) { ?s a wq:CasualtyCount OPTIONAL { ?s wq:low ?l } BIND(?l * 1 AS ?x) }",
        "SELECT (SUM(xsd:integer(STR(?l))) AS ?n) { ?s wq:high ?l }",
        "SELECT (AVG(?v) AS ?n) { ?s ?p ?v }",
        "SELECT (SUM(?l) AS ?n) { ?l ^wq:low ?s }",
        "SELECT (SUM(?m) AS ?n) { { SELECT ?s (MAX(?h) AS ?m) { ?s wq:high ?h } GROUP BY ?s } }",
        "SELECT ?p { ?s wq:low ?l ; wq:perpetrator ?p } GROUP BY ?p HAVING (SUM(?l) > 4)",
        "SELECT ?x { ?x a wq:Actor FILTER EXISTS { SELECT (SUM(?l) AS ?n) { ?s wq:low ?l } } }",
        "ASK { { SELECT (SUM(?l) AS ?n) { ?s wq:low ?l } } FILTER(?n > 3) }",
        "SELECT (?a + ?b AS ?n) { ?s wq:low ?a . ?t wq:low ?b }",
        "SELECT (SUM(IF(?l > 3, ?l, 0)) AS ?n) { ?s wq:low ?l }",
        r"SELECT (\u0053\u0055M(?low) AS ?n) { ?s wq:low ?low }",
        "SELECT ?p { ?s wq:low ?l ; wq:perpetrator ?p } GROUP BY ?p HAVING(COUNT(?s)<SUM(?l)&&COUNT(?s)>1)",
    ],
)
def test_sums_of_people_are_found_and_followed_to_their_statements(text: str) -> None:
    found = witnesses(PREFIXES + text)
    assert found
    for witness in found:
        assert witness.text is not None
        ox.Store().query(witness.text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (SUM(?l) AS ?n) { ?article ^wq:statedIn/wq:low ?l }",
        "SELECT (SUM(?l) AS ?n) { [] wq:low ?l }",
        "SELECT (SUM(?m) AS ?n) { { SELECT ?e (MAX(?h) AS ?m) { ?s wq:high ?h ; wq:event ?e } GROUP BY ?e } }",
        "SELECT (SUM(?v) AS ?n) { ?s !(wq:place|^wq:place) ?v }",
        "SELECT (SUM(?v) AS ?n) { ?s wq:victims?/wq:low? ?v }",
        "SELECT (MAX(?a + ?b) AS ?n) { ?s wq:low ?a . ?t wq:low ?b }",
    ],
)
def test_sums_that_cannot_be_followed_are_refused(text: str, store_of: StoreOf) -> None:
    assert any(w.text is None for w in witnesses(PREFIXES + text))
    assert not judge(store_of(GRAPH), PREFIXES + text).additive


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(?s) AS ?n) { ?s wq:low ?l FILTER(?l > 3 + 4) }",
        "SELECT (MAX(?l) AS ?n) { ?s wq:low ?l }",
        "SELECT ((?l + ?h) / 2 AS ?n) { ?s wq:low ?l ; wq:high ?h }",
        "SELECT (SUM(IF(?l > 3, 1, 0)) AS ?n) { ?s wq:low ?l }",
        "SELECT (SUM(?c) AS ?n) { { SELECT ?m (COUNT(?s) AS ?c) { ?s wq:low ?l ; wq:method ?m } GROUP BY ?m } }",
        "SELECT ?s { ?s wq:placeWords ?w FILTER(?w = 'SUM(?low) + 1') } # SUM(?low)",
        "SELECT ?s { ?s wq:within+ ?l }",
        "SELECT (?h - ?l AS ?n) { ?s wq:low ?l . ?t wq:high ?h }",
    ],
)
def test_what_adds_no_people_is_left_alone(text: str, store_of: StoreOf) -> None:
    assert not sums(PREFIXES + text)
    assert judge(store_of(GRAPH), PREFIXES + text).additive


def test_other_outcomes_are_not_added(store_of: StoreOf) -> None:
    mixed = GRAPH.read_text(encoding="utf-8").replace("wqv:killed", "wqv:injured", 1)
    verdict = judge(store_of(mixed), by_unit(more=APRIL))
    assert [reason.why for reason in verdict.reasons] == ["outcomes"]


@pytest.mark.parametrize("text", ["SELECT (SUM(?l) AS ?n {", "SELECT (SUM(?x) AS ?n) " + "{" * 3000 + "}" * 3000, "+"])
def test_what_is_no_query_is_told(text: str) -> None:
    with pytest.raises(QueryError):
        sums(text)


def by_unit(measure: str = "low", more: str = "", how: str = "SUM(?n)") -> str:
    return (
        f"{PREFIXES} SELECT ?u ({how} AS ?dead) {{ ?s wq:{measure} ?n ; wq:coversUnit ?u ; wq:period/wq:notBefore ?day "
        f"{more} }} GROUP BY ?u"
    )


APRIL = 'FILTER(?day < "2021-05-01"^^xsd:date)'


def test_different_places_and_days_are_additive(store_of: StoreOf) -> None:
    verdict = judge(store_of(GRAPH), by_unit(more=APRIL))
    assert (verdict.additive, verdict.sums, verdict.statements) == (True, 1, 3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (by_unit(), "part_of"),
        (by_unit(more=f"{APRIL} . ?s ?any ?thing"), "repeated"),
        (by_unit(more=APRIL, how="SUM(DISTINCT ?n)"), "distinct"),
        (
            f"{PREFIXES} SELECT (SUM(?a + ?b) AS ?n) {{ ?s wq:low ?a . ?t wq:low ?b FILTER(?a < 8 && ?b < 8) }}",
            "repeated",
        ),
        (f"{PREFIXES} SELECT (SUM(?n) AS ?m) {{ {{ ?s wq:low ?n }} UNION {{ ?s wq:high ?n }} }}", "repeated"),
        (f"{PREFIXES} SELECT (SUM(?n) AS ?m) {{ GRAPH ?g {{ ?s wq:low ?n }} }}", "part_of"),
        (f"{PREFIXES} SELECT (?a + ?b AS ?n) {{ ?s wq:low ?a . ?t wq:low ?b FILTER(?a = 16 && ?b = 11) }}", "part_of"),
    ],
)
def test_what_is_not_additive_is_told_with_the_reason(text: str, why: str, store_of: StoreOf) -> None:
    assert judge(store_of(GRAPH), text).reasons[0].why == why


def test_counts_of_one_place_and_day_that_nothing_relates_may_share_victims(store_of: StoreOf) -> None:
    plain = GRAPH.read_text(encoding="utf-8").replace("wq:relation <statement/children/relation-1> ;", "")
    verdict = judge(store_of(plain.replace("wq:subsetOf <statement/big> ;", "")), by_unit())
    assert [reason.why for reason in verdict.reasons] == ["may_share"]


def test_rows_of_bounds_are_not_additive(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    account.refresh(store)
    verdict = judge(store, f"{PREFIXES} SELECT (SUM(?h) AS ?n) {{ ?b a wq:Bound ; wq:high ?h }}")
    assert verdict.reasons[0].why == "no_count"


def test_a_question_that_adds_answers_refuses_switches_or_says_naive(store_of: StoreOf) -> None:
    store = store_of(GRAPH)
    april = account.answer(store, SUMMED, {"until": "2021-04-30"})
    assert "additive: yes" in april.notes[0]
    switched = account.answer(store, SUMMED, {})
    assert switched.question == "civilian-deaths-by-province"
    assert any("[11 children]" in note and "is part of" in note for note in switched.notes)
    alone = replace(SUMMED, switches_to=None)
    with pytest.raises(SumRefused, match="is part of"):
        account.answer(store, alone, {})
    told = account.answer(store, alone, {}, sums="bounds")
    assert [(row["place"], row["low"], row["high"]) for row in told.rows] == [("SY-HI", 21, 21), ("SY-HL", 11, 11)]
    assert any("is part of" in note for note in told.notes)
    naive = account.answer(store, alone, {}, "ar", sums="naive")
    assert [row["naive_dead"] for row in naive.rows] == [32, 11]
    assert "ساذج" in naive.headings[1].meaning["ar"]
    assert '"notes"' in ask.as_json(naive)
