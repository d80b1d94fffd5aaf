"""A question asked freely: what its words name, who is held responsible, whose word is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waqai.account import Finding, Names, Policy, Words, inquire
from waqai.account.counts import CountStatement, Link
from waqai.account.inquiry import naive_sum
from waqai.account.programme import Asked
from waqai.account.reckoning import Reckoning
from waqai.account.scope import Blame, Taxonomy, World, read_blame
from waqai.account.separate import REASONS, separate
from waqai.errors import ParameterError
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
ACTOR = "https://w3id.org/waqai/actor/"
TAXONOMY = Taxonomy({"civilian": []}, {})
HOMS = frozenset({"SY-HI"})

REGISTERS = """
@prefix wq: <https://w3id.org/waqai/ns#> . @prefix actor: <https://w3id.org/waqai/actor/> .
@prefix place: <https://w3id.org/waqai/place/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/waqai/graph/actors> {
  actor:hill-state a wq:Actor ; rdfs:label "دولة التل"@ar, "Hill State"@en ; wq:strongName "Hill government"@en .
  actor:plain-brigade a wq:Actor ; rdfs:label "لواء السهل"@ar, "Plain Brigade"@en ; wq:backedBy actor:hill-state .
  actor:plain-scouts a wq:Actor ; rdfs:label "كشافة السهل"@ar, "Plain Scouts"@en ; wq:partOf actor:plain-brigade .
  actor:great-alliance a wq:Actor ; rdfs:label "التحالف الكبير"@ar, "Great Alliance"@en .
  actor:plain-brigade wq:partOf actor:great-alliance . actor:sea-guard wq:partOf actor:great-alliance .
  actor:sea-guard a wq:Actor ; rdfs:label "حرس البحر"@ar, "Sea Guard"@en ; wq:backedBy actor:sea-state .
  actor:sea-state a wq:Actor ; rdfs:label "دولة البحر"@ar, "Sea State"@en ; wq:weakName "Hill government"@en .
}
<https://w3id.org/waqai/graph/places> {
  place:SY a wq:Country ; rdfs:label "سوريا"@ar, "Syria"@en .
  place:SY-HI a wq:FirstLevelUnit ; rdfs:label "حمص"@ar, "Homs"@en ; wq:within place:SY .
  place:SY-DY a wq:FirstLevelUnit ; rdfs:label "دير الزور"@ar, "Deir ez-Zor"@en ; wq:within place:SY .
  place:hill-town a wq:Town ; rdfs:label "بلدة التل"@ar, "Hill Town"@en ; wq:within place:SY-HI .
}
"""
GRAPH = (Path(__file__).parents[1] / "queries" / "militia-deaths-by-province" / "graph.trig").read_text(
    encoding="utf-8"
)


def count(name: str, number: int, *by: str, **more: Any) -> CountStatement:
    told: dict[str, Any] = {"iri": name, "article": name, "low": number, "high": number}
    told |= {"leaves": frozenset({"civilian"}), "units": HOMS, "perpetrators": frozenset(ACTOR + b for b in by)}
    return CountStatement(**{**told, **more})


def ends(counts: list[CountStatement], blame: Blame | None) -> tuple[int, int | None]:
    world = World.of(TAXONOMY, counts, blame)
    bound = Reckoning(counts, world, Policy(), ["civilian"]).bound(Asked("civilian", HOMS))
    return bound.low, bound.high


@pytest.fixture
def blame(store_of: StoreOf) -> Callable[[str], Blame]:
    return lambda actor: read_blame(store_of(REGISTERS), ACTOR + actor)


def test_what_is_beneath_an_actor_is_its_doing(blame: Callable[[str], Blame]) -> None:
    counts = [count("a", 5, "plain-scouts")]
    assert ends(counts, blame("hill-state")) == (5, 5)
    assert ends(counts, blame("plain-brigade")) == (5, 5)
    assert ends(counts, blame("sea-state")) == (0, 0)


def test_who_names_nobody_or_a_larger_body_may_mean_it(blame: Callable[[str], Blame]) -> None:
    assert ends([count("a", 5)], blame("hill-state")) == (0, 5)
    assert ends([count("a", 5, "plain-brigade")], blame("plain-scouts")) == (0, 5)
    assert ends([count("a", 5, "great-alliance")], blame("hill-state")) == (0, 5)
    assert ends([count("a", 5, "plain-scouts", "sea-guard")], blame("hill-state")) == (0, 5)
    assert ends([count("a", 5, "plain-brigade", "sea-guard")], blame("great-alliance")) == (5, 5)


def test_a_name_that_stands_for_many_may_mean_one_of_them(store_of: StoreOf) -> None:
    more = """<https://w3id.org/waqai/graph/actors> {
      actor:hill-militias a wq:Actor ; wq:backedBy actor:hill-state ; wq:victimClass wqv:rebel .
      actor:plain-brigade wq:victimClass wqv:rebel . actor:sea-guard wq:victimClass wqv:rebel .
      actor:league a wq:Actor, wq:Coalition ; wq:victimClass wqv:rebel . }"""
    vocabulary = "@prefix wqv: <https://w3id.org/waqai/vocabulary/> ."
    store = store_of(f"{vocabulary}{REGISTERS}{more}")
    brigade = read_blame(store, f"{ACTOR}plain-brigade")
    assert ends([count("a", 5, "hill-militias")], brigade) == (0, 5)
    assert ends([count("a", 5, "league")], brigade) == (0, 5)
    assert ends([count("a", 5, "sea-guard")], brigade) == (0, 0)


def test_a_part_that_names_nobody_is_by_whom_its_whole_is(blame: Callable[[str], Blame]) -> None:
    whole, part = count("a", 9, "sea-guard"), count("b", 2, links=(Link("subset_of", "a"),))
    assert ends([whole, part], blame("hill-state")) == (0, 0)
    assert ends([whole, part], blame("sea-state")) == (9, 9)


def test_what_is_by_them_and_what_is_not_are_different_people(blame: Callable[[str], Blame]) -> None:
    counts = [count("total", 9), count("theirs", 4, "sea-guard", links=(Link("contained_in", "total"),))]
    assert ends(counts, blame("hill-state")) == (0, 5)


def found(store: Store, **words: Any) -> list[Finding]:
    asked = {"outcome": "killed", "victim_class": "pro_government_forces", **words}
    return inquire(store, Words(**asked).inquiry(Names(store, store.iris), Policy()))


def test_words_are_codes_iris_or_registered_names(store_of: StoreOf) -> None:
    store = store_of(GRAPH + REGISTERS)
    by_code = found(store, places=["SY-HI", "SY-DY"], by="plain-brigade")
    by_name = found(store, places=["حمص", "deir ez-zor"], by="لواء السهل", outcome="قُتلوا")
    by_iri = found(store, places=["https://w3id.org/waqai/place/SY-HI", "SY-dy"], by=f"{ACTOR}plain-brigade")
    assert by_code == by_name == by_iri
    assert [[p.code for p in f.places] for f in by_code] == [["SY-HI"], ["SY-DY"], ["SY-HI", "SY-DY"]]
    assert by_code[2].bound.low >= by_code[0].bound.low + by_code[1].bound.low


def test_only_the_sources_asked_for_are_heard(store_of: StoreOf) -> None:
    store = store_of(GRAPH + REGISTERS)
    (everybody,) = found(store)
    (monitor,) = found(store, sources=["northern-monitor"])
    assert 0 < monitor.bound.low <= everybody.bound.low
    with pytest.raises(ParameterError, match="source of a stored statement"):
        found(store, sources=["nobody"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"victim_class": "civilan"}, "perhaps civilian"),
        ({"outcome": "dead"}, "no outcome"),
        ({"places": ["Homz"]}, "perhaps SY-HI"),
        ({"places": ["Hill Town"]}, "it lies in SY-HI"),
        ({"by": "Hill government"}, "name one of hill-state, sea-state"),
        ({"by": ""}, "no actor"),
        ({"by": '" } ; DROP ALL'}, "no actor"),
        ({"since": "2021-2-30"}, "write YYYY-MM-DD"),
        ({"since": "2021-03-01", "until": "2021-02-01"}, "on or after --from"),
    ],
)
def test_words_that_name_nothing_are_told_with_near_ones(store_of: StoreOf, words: dict[str, Any], told: str) -> None:
    with pytest.raises(ParameterError) as error:
        found(store_of(GRAPH + REGISTERS), **words)
    assert told in str(error.value)


def test_the_naive_sum_adds_repeats_and_totals() -> None:
    counts = [count("total", 9), count("part", 4, links=(Link("contained_in", "total"),)), count("again", 9)]
    world = World.of(TAXONOMY, counts)
    assert naive_sum(counts, world, Policy(), Asked("civilian", HOMS)) == 22


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"originator": "agency"}, "source"),
        ({"units": frozenset({"SY-HI", "SY-DY"})}, "place"),
        ({"first": dt.date(2019, 1, 1)}, "time"),
        ({"leaves": frozenset()}, "class"),
        ({"perpetrators": frozenset({"others"})}, "perpetrator"),
        ({}, "kind"),
        ({"kind": "period_total"}, "article"),
        ({"kind": "period_total", "article": "a"}, "unsaid"),
        ({"links": (Link("disjoint_from", "a"),)}, "told_apart"),
        ({"links": (Link("subset_of", "a"),)}, None),
        ({"units": frozenset({"SY-DY"})}, None),
    ],
)
def test_why_counts_are_not_taken_for_the_same_people(told: dict[str, Any], reason: str | None) -> None:
    first = {"first": dt.date(2020, 1, 1), "originator": "monitor", "article": "a"}
    one, other = count("a", 9, "theirs", **first), count("b", 5, "theirs", **{**first, "article": "b", **told})
    found = separate([other, one], World.of(TAXONOMY, [one, other]))
    assert [(s.one, s.other, s.reason) for s in found] == ([("a", "b", reason)] if reason else [])
    assert set(REASONS["unsaid"]) == {"ar", "en"}
