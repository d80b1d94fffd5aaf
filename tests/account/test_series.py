"""Running totals: who belongs to one, what lies between its members, and which of them contradict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from waqai.account.audit.findings import Ledger, findings
from waqai.account.counts import CountStatement
from waqai.account.series import Series, series

DESERT = frozenset({"SY-DY", "SY-HI", "SY-RA", "SY-SU"})
TOLD = (161, 504, 740, 907, 1020)


def total(number: int | None, day: int, **more: object) -> CountStatement:
    """A running total since 24 March 2019, published on a day of May 2021."""
    told: dict[str, object] = {
        "iri": f"total-{day}",
        "article": f"article-{day}",
        "low": number,
        "high": number,
        "kind": "period_total",
        "leaves": frozenset({"government_forces"}),
        "units": DESERT,
        "countries": frozenset({"SY"}),
        "first": dt.date(2019, 3, 24),
        "last": dt.date(2021, 5, day),
        "open_end": True,
        "originator": "monitor",
        "perpetrators": frozenset({"is"}),
    }
    return CountStatement(**{**told, **more})  # type: ignore[arg-type]


PUBLISHED = {f"article-{day}": dt.date(2021, 5, day) for day in range(1, 32)}


def told(*counts: CountStatement) -> list[Series]:
    return series(counts, "killed", PUBLISHED)


def kinds(*counts: CountStatement) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.kind, f.statements) for f in findings(Ledger({"killed": counts}, PUBLISHED, {}))]


MEMBERS = [total(number, 2 * i + 1) for i, number in enumerate(TOLD)]


def test_differences_of_a_running_total() -> None:
    (one,) = told(*reversed(MEMBERS))
    assert [m.count.low for m in one.members] == list(TOLD)
    assert [(d.low, d.high) for d in one.differences()] == [(343, 343), (236, 236), (167, 167), (113, 113)]
    assert kinds(*MEMBERS) == []


def test_a_total_told_with_slightly_other_scope_words_is_of_the_series() -> None:
    wide = replace(MEMBERS[2], units=DESERT | {"SY-HM"}, perpetrators=frozenset())
    (one,) = told(*MEMBERS[:2], wide, *MEMBERS[3:])
    assert len(one.members) == 5
    assert [d.same_scope for d in one.differences()] == [True, False, False, True]


@pytest.mark.parametrize(
    "other",
    [
        {"originator": "another"},
        {"first": dt.date(2020, 1, 1)},
        {"leaves": frozenset({"civilian"})},
        {"units": frozenset({"SY-HL"})},
        {"perpetrators": frozenset({"others"})},
        {"about": True},
        {"certainty": "denied"},
        {"kind": "incident"},
    ],
)
def test_what_is_of_no_series(other: dict[str, object]) -> None:
    assert told(MEMBERS[0], total(504, 3, **other)) == []


def test_a_fall_is_a_finding_that_shows_which_number_is_odd() -> None:
    low = replace(MEMBERS[2], low=70, high=70)
    (finding,) = findings(Ledger({"killed": [*MEMBERS[:2], low, *MEMBERS[3:]]}, PUBLISHED, {}))
    assert finding.kind == "running_total_falls"
    assert finding.statements == ("total-3", "total-5")
    assert finding.changes == 1
    assert finding.values == {"total-3": (504, 504), "total-5": (504, 907)}


def test_a_total_of_a_narrower_scope_may_be_lower() -> None:
    assert kinds(MEMBERS[1], replace(MEMBERS[2], low=200, high=200, units=frozenset({"SY-HI"}))) == []
    wider = replace(MEMBERS[2], low=200, high=200, units=DESERT | {"SY-HM"})
    assert kinds(MEMBERS[1], wider) == [("running_total_falls", ("total-3", "total-5"))]


def test_numbers_of_one_day_are_in_no_order() -> None:
    assert kinds(MEMBERS[0], total(100, 1, iri="again", article="article-1b")) == []


def test_at_least_falls_only_below_what_was_certain() -> None:
    assert kinds(total(None, 1, low=100), total(None, 3, low=90)) == []
    assert kinds(total(None, 1, low=100), total(90, 3)) != []


def test_a_total_that_rises_by_fewer_than_the_incidents_within_it() -> None:
    incidents = [
        replace(total(n, day), iri=f"night-{day}", kind="incident", first=d, last=d, open_end=False)
        for n, day in ((9, 4), (8, 5))
        for d in [dt.date(2021, 5, day)]
    ]
    before, after = total(100, 3), total(112, 7)
    assert kinds(before, after, incidents[0]) == []
    assert kinds(before, after, *incidents) == [
        ("running_total_below_incidents", ("night-4", "night-5", "total-3", "total-7"))
    ]
    elsewhere = replace(incidents[1], units=frozenset({"SY-HL"}))
    assert kinds(before, after, incidents[0], elsewhere) == []


def test_members_of_unknown_day_are_listed_and_bound_nothing() -> None:
    undated = [replace(m, article=f"undated-{m.low}", last=None) for m in MEMBERS[:2]]
    (one,) = told(*undated)
    assert one.differences() == []
    assert [m.day for m in one.members] == [None, None]
