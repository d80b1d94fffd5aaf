"""Contradictions, their smallest sets, and what every smallest repair says."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.account import audit
from waqai.account.audit.arithmetic import Row, Stated, System, can_hold
from waqai.account.audit.claims import BREAKDOWN, PART
from waqai.account.audit.conflicts import minimal_conflicts, smallest_conflict
from waqai.account.audit.findings import Ledger, SourceFinding, findings
from waqai.account.audit.repairs import smallest_repairs
from waqai.account.counts import CountStatement, Link
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
QUERIES = Path(__file__).parents[1] / "queries"


def exact(**numbers: int) -> dict[str, Stated]:
    return {name: Stated(number, number) for name, number in numbers.items()}


def breakdown(whole: str, *parts: str) -> Row:
    return Row(BREAKDOWN, ((whole, 1), *((part, -1) for part in parts)), 0, 0)


NESTED = System(
    exact(total=68, east=38, west=32, town=20, village=16),
    (breakdown("total", "east", "west"), breakdown("east", "town", "village")),
)


def test_both_breakdowns_that_do_not_add_up_are_told_apart() -> None:
    sets, complete = minimal_conflicts(NESTED)
    assert complete
    told = {frozenset(e for e in one if isinstance(e, str)) for one in sets}
    assert told == {frozenset({"total", "east", "west"}), frozenset({"east", "town", "village"})}


def test_one_number_that_repairs_both_is_the_one_that_changes() -> None:
    repairs = smallest_repairs(NESTED)
    assert repairs.changes == 1
    assert repairs.values["east"] == (36, 36)
    assert repairs.values["total"] == (68, 68)


def test_what_may_be_wrong_anywhere_has_the_span_of_all_repairs() -> None:
    repairs = smallest_repairs(System(exact(total=68, east=38, west=32), (breakdown("total", "east", "west"),)))
    assert repairs.values == {"total": (68, 70), "east": (36, 38), "west": (30, 32)}


def test_the_smallest_set_leaves_out_what_is_not_needed() -> None:
    system = System(
        exact(total=10, part=12, east=7, west=8),
        (breakdown("total", "east", "west"), Row(PART, (("total", 1), ("part", -1)))),
    )
    assert {e for e in smallest_conflict(system) if isinstance(e, str)} == {"total", "part"}


def test_numbers_without_an_upper_end_contradict_only_what_is_below_them() -> None:
    part = Row(PART, (("whole", 1), ("part", -1)))
    assert can_hold(System({"whole": Stated(5, None), "part": Stated(9, 9)}, (part,)))
    assert not can_hold(System({"whole": Stated(5, 5), "part": Stated(9, None)}, (part,)))


NAMES = "abcd"
LARGEST = 24
"""No repair of three rows over four numbers up to 3 needs a larger one."""
numbers = st.fixed_dictionaries({n: st.tuples(st.integers(0, 2), st.integers(0, 1)) for n in NAMES})
rows = st.lists(
    st.tuples(st.permutations(NAMES), st.integers(2, 4), st.booleans()).map(
        lambda t: Row("row", ((t[0][0], 1), *((n, -1) for n in t[0][1 : t[1]])), 0, 0 if t[2] else math.inf)
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


def _worlds(system: System, free: frozenset[str] = frozenset()) -> Iterator[Mapping[str, int]]:
    """Every way to give each number a value up to LARGEST that satisfies all; written without the audit's own code."""
    spans = [
        range(LARGEST + 1) if n in free else range(s.low or 0, (s.high or 0) + 1) for n, s in system.numbers.items()
    ]
    for values in itertools.product(*spans):
        world = dict(zip(system.numbers, values, strict=True))
        if all(r.low <= sum(f * world[n] for n, f in r.terms) <= r.high for r in system.rows):
            yield world


@settings(max_examples=60, deadline=None)
@given(numbers, rows)
def test_repairs_are_those_of_exhaustive_search(told: dict[str, tuple[int, int]], related: list[Row]) -> None:
    system = System({n: Stated(low, low + more) for n, (low, more) in told.items()}, tuple(related))
    repairs = smallest_repairs(system)
    ways = [frozenset(w) for w in itertools.combinations(NAMES, repairs.changes)]
    worlds = [world for way in ways for world in _worlds(system, way)]
    fewer = [frozenset(w) for k in range(repairs.changes) for w in itertools.combinations(NAMES, k)]
    assert not any(True for way in fewer for _ in _worlds(system, way))
    for name, (low, high) in repairs.values.items():
        values = {world[name] for world in worlds}
        assert low == min(values)
        assert high is None or high == max(values) or high > LARGEST


@settings(max_examples=60, deadline=None)
@given(numbers, rows)
def test_conflicts_are_minimal_and_the_smallest_is_among_them(
    told: dict[str, tuple[int, int]], related: list[Row]
) -> None:
    system = System({n: Stated(low, low + more) for n, (low, more) in told.items()}, tuple(related))
    sets, complete = minimal_conflicts(system)
    assert complete
    assert bool(sets) != can_hold(system)
    for one in sets:
        assert not can_hold(system.within(one))
        assert all(can_hold(system.within(one - {element})) for element in one)
    if sets:
        smallest = smallest_conflict(system)
        fewest = min(sum(isinstance(e, str) for e in one) for one in sets)
        assert smallest in sets
        assert sum(isinstance(e, str) for e in smallest) == fewest


def count(iri: str, number: int | None, **more: object) -> CountStatement:
    told: dict[str, object] = {
        "article": "a",
        "low": number,
        "high": number,
        "originator": "monitor",
        "leaves": frozenset({"civilian"}),
        "units": frozenset({"SY-HL"}),
        "countries": frozenset({"SY"}),
    }
    return CountStatement(iri=iri, **{**told, **more})  # type: ignore[arg-type]


def found(*counts: CountStatement, published: Mapping[str, dt.date] | None = None) -> list[SourceFinding]:
    return findings(Ledger({"killed": counts}, published or {}, {c.iri: 0 for c in counts}))


EAST, WEST = count("east", 38), count("west", 32)
SUM = (Link("sum_of", "east"), Link("sum_of", "west"))


def test_a_breakdown_is_a_finding_about_its_source_and_article() -> None:
    (finding,) = found(count("whole", 68, links=SUM), EAST, WEST)
    assert (finding.kind, finding.sources, finding.articles) == (BREAKDOWN, ("monitor",), ("a",))
    assert finding.statements == ("east", "west", "whole")
    assert finding.reason["en"] == "68 is broken down into 38 + 32, which together are 70"
    assert "70" in finding.reason["ar"]


@pytest.mark.parametrize(
    "whole",
    [
        count("whole", 70, links=SUM),
        count("whole", 68, links=SUM, about=True),
        count("whole", 68, links=SUM, certainty="denied"),
        count("whole", None, links=SUM, vague=True),
        count("whole", 68, links=tuple(Link(k.kind, k.target, source=False, rule="same_total") for k in SUM)),
        count("whole", 68, links=SUM, originator="another"),
    ],
    ids=["adds up", "rounded", "denied", "vague", "our own conclusion", "two sources"],
)
def test_who_is_not_accused(whole: CountStatement) -> None:
    assert found(whole, EAST, WEST) == []


def test_parts_that_may_overlap_are_no_contradiction() -> None:
    part = (Link("subset_of", "whole"),)
    whole = count("whole", 10)
    women = count("women", 6, links=part, traits=frozenset({("person", "female")}))
    medics = count("medics", 7, links=part, traits=frozenset({("occupation", "medic")}))
    children = count("children", 7, links=part, traits=frozenset({("person", "child")}))
    assert found(whole, women, medics) == []
    (finding,) = found(whole, women, children)
    assert finding.kind == "parts_above_whole"
    told_later = Ledger({"killed": (whole, women, children)}, {}, {"women": 0, "children": 200})
    assert findings(told_later) == []


def test_sources_that_give_one_total_different_numbers() -> None:
    month = {"kind": "period_total", "first": dt.date(2021, 5, 1), "last": dt.date(2021, 5, 31)}
    (finding,) = found(count("a", 70, **month), count("b", 85, originator="other", article="b", **month))
    assert finding.kind == "sources_differ"
    assert finding.sources == ("monitor", "other")


def test_findings_are_kept_and_read_back_as_they_were(store_of: StoreOf) -> None:
    store = store_of(QUERIES / "source-record" / "graph.trig")
    fresh = audit.kept(store)
    assert audit.refresh(store)
    assert not audit.refresh(store)
    assert audit.kept(store) == fresh
    assert [f.kind for f in fresh] == [BREAKDOWN, "running_total_falls"]


def test_every_kind_is_a_concept_of_the_vocabulary(store_of: StoreOf) -> None:
    rows = store_of("").select(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX wqv: <https://w3id.org/waqai/vocabulary/> "
        "SELECT ?kind WHERE { ?kind skos:inScheme wqv:finding_kinds }"
    )
    assert {row["kind"].value.rpartition("/")[2] for row in rows} == set(audit.KINDS)


def test_of_many_linked_breakdowns_each_is_found() -> None:
    counts = []
    for j in range(15):
        parts = [count(f"part-{j}-{i}", 10) for i in range(4)]
        links = [Link("sum_of", part.iri) for part in parts] + [Link("subset_of", f"part-{j - 1}-0")] * bool(j)
        counts += [count(f"whole-{j}", 37, links=tuple(links)), *parts]
    assert sum(f.kind == BREAKDOWN for f in found(*counts)) == 15


def test_half_a_person_makes_no_peace() -> None:
    double = Row("row", (("d", 1), ("a", -1), ("c", -1)), 0, 0)
    same = Row("row", (("a", 1), ("c", -1)), 0, 0)
    assert not can_hold(System({"a": Stated(0, 1), "c": Stated(0, 1), "d": Stated(1, 1)}, (double, same)))


def test_a_list_of_many_parts_is_answered_though_it_has_too_many_sets_to_go_through() -> None:
    parts = [count(f"part-{i}", i) for i in range(1, 61)]
    whole = count("whole", 100, links=tuple(Link("sum_of", part.iri) for part in parts))
    (finding,) = found(whole, *parts)
    assert "whole" in finding.statements
    assert finding.changes >= 1
