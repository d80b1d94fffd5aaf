"""The two worked examples of docs/accounting.md, number by number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from waqai.account.counts import CountStatement, Link, ReadingChoice
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning
from waqai.account.rules import ALL_READINGS, Policy
from waqai.account.scope import Taxonomy, World

TAXONOMY = Taxonomy(
    {
        "government_forces": ["pro_government_forces"],
        "pro_government_militia": ["pro_government_forces"],
        "iran_backed_militia": ["pro_government_militia"],
        "pro_government_forces": ["fighters"],
        "jihadist": ["fighters"],
        "foreign_state_forces": ["fighters"],
        "civilian": [],
    },
    {"militia_classes": ["pro_government_militia", "iran_backed_militia"]},
)
FORCES, MILITIA = "pro_government_forces", "iran_backed_militia"
FOUR = frozenset({"SY-DY", "SY-HI", "SY-RA", "SY-SU"})
BOTH = frozenset({"government_forces", "pro_government_militia"})
SAME_TOTAL = Link("contained_in", "total", source=False, rule="same_article_same_total")
OPEN_NAMING = Policy(off=frozenset({"closed_naming"}))


def count(name: str, number: int, leaves: frozenset[str], **more: Any) -> CountStatement:
    """An exact count of the article `a`, by one originator, in Syria since 24 March 2019."""
    told: dict[str, Any] = {
        "article": "a",
        "low": number,
        "high": number,
        "leaves": leaves,
        "victim_class": FORCES if leaves == BOTH else next(iter(leaves)),
        "originator": "monitor",
        "countries": frozenset({"SY"}),
        "first": dt.date(2019, 3, 24),
        "open_end": True,
        "kind": "period_total",
    }
    return CountStatement(iri=name, **{**told, **more})


TOTAL = count("total", 1020, BOTH, units=FOUR)
SEED = [
    count("desert", 92, BOTH, units=FOUR | {"SY-HM"}, first=None, links=(SAME_TOTAL,)),
    TOTAL,
    count(
        "russians",
        2,
        frozenset({"foreign_state_forces"}),
        high=None,
        units=FOUR,
        traits=frozenset({("nationality", "RU")}),
        links=(Link("subset_of", "total"),),
    ),
    count(
        "militia",
        140,
        frozenset({MILITIA}),
        units=FOUR,
        traits=frozenset({("notOfNationality", "SY")}),
        readings=(
            ReadingChoice("among-them", True, (Link("subset_of", "total"),)),
            ReadingChoice("on-top", False, (Link("disjoint_from", "total"),)),
        ),
    ),
    count("workers", 4, frozenset({"civilian"}), links=(Link("disjoint_from", "total"),)),
    count("enemy", 562, frozenset({"jihadist"})),
    replace(count("many", 0, BOTH, units=FOUR), low=None, high=None, vague=True),
]


def bound(counts: list[CountStatement], victim_class: str, units: set[str] | frozenset[str], policy: Policy) -> Bound:
    reckoning = Reckoning(counts, World.of(TAXONOMY, counts), policy, [FORCES, MILITIA])
    return reckoning.bound(Asked(victim_class, frozenset(units)))


@pytest.mark.parametrize(
    ("policy", "victim_class", "each", "jointly"),
    [
        (Policy(), FORCES, (0, 1020), (1020, 1020)),
        (Policy(), MILITIA, (0, 140), (140, 140)),
        (OPEN_NAMING, FORCES, (0, 1020), (1020, 1020)),
        (OPEN_NAMING, MILITIA, (0, 1018), (140, 1018)),
        (Policy(readings=ALL_READINGS), FORCES, (0, 1160), (1020, 1160)),
        (Policy(readings=ALL_READINGS), MILITIA, (0, 1158), (140, 1158)),
    ],
)
def test_one_article_with_a_total_and_what_is_in_it(
    policy: Policy, victim_class: str, each: tuple[int, int], jointly: tuple[int, int]
) -> None:
    for unit in sorted(FOUR):
        single = bound(SEED, victim_class, {unit}, policy)
        assert (single.low, single.high) == each
    together = bound(SEED, victim_class, FOUR, policy)
    assert (together.low, together.high) == jointly
    elsewhere = bound(SEED, victim_class, {"SY-HM"}, policy)
    assert (elsewhere.low, elsewhere.high) == (0, 0)


def test_an_answer_cites_what_proves_it_and_nothing_else() -> None:
    forces, militia = (bound(SEED, c, FOUR, Policy()) for c in (FORCES, MILITIA))
    assert forces.statements == ("total",)
    assert forces.rules == ("same_article_same_total", "vague_never_enters")
    assert militia.statements == ("militia",)
    assert militia.rules[0] == "closed_naming"
    assert bound(SEED, MILITIA, FOUR, OPEN_NAMING).statements == ("militia", "russians", "total")


def test_all_readings_name_the_reading_at_the_end_where_it_is_taken() -> None:
    together = bound(SEED, FORCES, FOUR, Policy(readings=ALL_READINGS))
    assert together.low_readings == ()
    assert together.high_readings == ("on-top",)
    assert together.statements == ("militia", "total")


INSIDE = [
    TOTAL,
    *(
        count(
            name, number, BOTH, units=frozenset(units), places=frozenset({name}), kind="incident", links=(SAME_TOTAL,)
        )
        for name, number, units in (
            ("deir-ez-zor", 7, ["SY-DY"]),
            ("homs", 5, ["SY-HI"]),
            ("road", 39, ["SY-DY", "SY-HI"]),
        )
    ),
]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ({"SY-HI"}, (5, 1013)),
        ({"SY-DY"}, (7, 1015)),
        ({"SY-RA"}, (0, 969)),
        ({"SY-SU"}, (0, 969)),
        ({"SY-HI", "SY-DY"}, (51, 1020)),
        (FOUR, (1020, 1020)),
    ],
)
def test_incidents_inside_a_total(units: set[str], expected: tuple[int, int]) -> None:
    found = bound(INSIDE, FORCES, units, Policy())
    assert (found.low, found.high) == expected


def test_the_total_alone() -> None:
    one, all_four = bound([TOTAL], FORCES, {"SY-HI"}, Policy()), bound([TOTAL], FORCES, FOUR, Policy())
    assert (one.low, one.high, one.statements, one.low_statements) == (0, 1020, ("total",), ())
    assert (all_four.low, all_four.high, all_four.low_statements) == (1020, 1020, ("total",))
