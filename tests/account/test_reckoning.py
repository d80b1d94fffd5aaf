"""What may be added, what may not, and what stays open."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.account import reckoning
from waqai.account.counts import CountStatement, Link
from waqai.account.programme import Asked
from waqai.account.reckoning import Bound, Reckoning
from waqai.account.rules import CONTRADICTION_SET_ASIDE, Policy
from waqai.account.scope import Taxonomy, World
from waqai.account.sources import supported

TAXONOMY = Taxonomy({"forces": [], "army": ["forces"], "militia": ["forces"], "civilian": []}, {})
CLASSES = ["forces", "army", "militia", "civilian"]
HOMS, HAMA = frozenset({"SY-HI"}), frozenset({"SY-HM"})


def count(name: str, number: int | None, **more: Any) -> CountStatement:
    """An exact count of dead soldiers in Homs on 3 May 2021."""
    day = dt.date(2021, 5, 3)
    told: dict[str, Any] = {
        "article": name,
        "low": number,
        "high": number,
        "leaves": frozenset({"army"}),
        "units": HOMS,
        "first": day,
        "last": day,
        "originator": name,
    }
    return CountStatement(iri=name, **{**told, **more})


def bound(counts: list[CountStatement], policy: Policy | None = None, units: frozenset[str] = HOMS) -> Bound:
    world = World.of(TAXONOMY, counts)
    return Reckoning(counts, world, policy or Policy(), CLASSES).bound(Asked("army", units))


def ends(*counts: CountStatement, policy: Policy | None = None, units: frozenset[str] = HOMS) -> tuple[int, int | None]:
    found = bound(list(counts), policy, units)
    return found.low, found.high


def day(number: int) -> dict[str, dt.date]:
    return {"first": dt.date(2021, 5, number), "last": dt.date(2021, 5, number)}


def test_two_sources_of_one_day_may_speak_of_the_same_dead() -> None:
    assert ends(count("a", 5), count("b", 3)) == (5, 8)


def test_dead_of_different_days_or_units_or_classes_are_different_people() -> None:
    assert ends(count("a", 5), count("b", 3, **day(4))) == (8, 8)
    assert ends(count("a", 5), count("b", 3, units=HAMA), units=HOMS | HAMA) == (8, 8)
    assert ends(count("a", 5), count("b", 3, leaves=frozenset({"militia"}))) == (5, 5)


def test_an_undated_count_may_be_any_of_the_dated_ones() -> None:
    assert ends(count("a", 5), count("b", 3, **day(4)), count("c", 4, first=None, last=None)) == (8, 12)


def test_the_same_number_by_one_originator_in_two_articles_is_said_once() -> None:
    twice = [count("a", 5, originator="monitor"), count("b", 5, originator="monitor")]
    assert ends(*twice) == (5, 5)
    found = bound(twice)
    assert found.rules == ("same_source_same_number",)
    assert found.statements == ("a", "b")
    assert ends(*twice, policy=Policy(off=frozenset({"same_source_same_number"}))) == (5, 10)
    undated = [replace(c, first=None, last=None) for c in twice]
    assert ends(*undated) == (5, 10)


def test_a_running_total_is_never_added_to_itself() -> None:
    series = [
        count(
            f"t{n}", n, kind="period_total", originator="monitor", first=dt.date(2019, 3, 24), last=dt.date(2021, m, 1)
        )
        for m, n in ((1, 161), (2, 504), (3, 740), (4, 1020))
    ]
    assert ends(*series) == (1020, 1020)
    assert bound(series).rules == ("running_total",)
    fallen = [*series, replace(series[0], iri="t5", low=900, high=900, last=dt.date(2021, 5, 1))]
    assert ends(*fallen) == (1020, 1020)


def test_a_revised_toll_takes_the_place_of_the_first() -> None:
    first, later = count("a", 5), count("b", 9, links=(Link("updates", "a"),))
    part = count("c", 2, links=(Link("subset_of", "a"),))
    assert ends(first, later, part) == (9, 9)
    assert bound([first, later, part]).statements == ("b",)


def test_a_headline_and_its_body_are_one_count() -> None:
    head = count("h", 5, units=frozenset(), countries=frozenset({"SY"}), article="a")
    body = count("b", 5, links=(Link("restates", "h"),), article="a")
    assert ends(head, body) == (5, 5)


def test_a_sum_is_its_parts() -> None:
    whole = count("w", 12, units=HOMS | HAMA, links=(Link("sum_of", "p"), Link("sum_of", "q")))
    assert ends(whole, count("p", 5), count("q", 7, units=HAMA)) == (5, 5)


def test_at_least_leaves_the_upper_end_open_and_cites_only_what_opens_it() -> None:
    found = bound([count("a", 2, high=None), count("b", 3, **day(4))])
    assert (found.low, found.high) == (5, None)
    assert found.statements == ("a", "b")
    inside = [count("a", 2, high=None, links=(Link("subset_of", "w"),)), count("w", 9)]
    assert ends(*inside) == (9, 9)


def test_denied_counts_never_enter_and_disputed_ones_force_nobody() -> None:
    assert ends(count("a", 5), count("b", 50, certainty="denied")) == (5, 5)
    assert ends(count("a", 5), count("b", 3, certainty="disputed", **day(4))) == (5, 8)
    assert ends(count("a", 5), count("b", 3, certainty="claimed", **day(4))) == (8, 8)


def test_a_count_of_unknown_victims_opens_the_upper_end_only() -> None:
    assert ends(count("a", 5), count("b", 3, leaves=frozenset())) == (5, 8)


def test_a_count_that_may_lie_outside_the_days_asked_for_forces_nothing_there() -> None:
    asked = Policy(since=dt.date(2021, 5, 3), until=dt.date(2021, 5, 5))
    month = count("m", 20, first=dt.date(2021, 5, 1), last=dt.date(2021, 5, 31))
    assert ends(month, policy=asked) == (0, 20)
    assert ends(count("a", 5), policy=asked) == (5, 5)
    assert ends(count("a", 5, **day(9)), policy=asked) == (0, 0)
    inside = count("a", 5, **day(9), links=(Link("contained_in", "m"),))
    assert ends(month, inside, policy=asked) == (0, 15)


def test_a_part_of_another_class_is_counted_in_both() -> None:
    whole = count("w", 10, leaves=frozenset({"army"}))
    guest = count("g", 4, leaves=frozenset({"militia"}), links=(Link("subset_of", "w"),))
    elsewhere = count("e", 3, leaves=frozenset({"militia"}))
    counts = [whole, guest, elsewhere]
    reckoning = Reckoning(counts, World.of(TAXONOMY, counts), Policy(), CLASSES)
    army, militia = (reckoning.bound(Asked(c, HOMS)) for c in ("army", "militia"))
    assert (army.low, army.high) == (10, 10)
    assert (militia.low, militia.high) == (4, 7)


def test_relations_that_contradict_are_set_aside_and_said_to_be() -> None:
    whole, larger = count("w", 5), count("p", 9, links=(Link("subset_of", "w"),))
    found = bound([whole, larger])
    assert (found.low, found.high) == (9, 14)
    assert CONTRADICTION_SET_ASIDE in found.rules
    circle = [count("a", 5, links=(Link("subset_of", "b"),)), count("b", 5, links=(Link("subset_of", "a"),))]
    assert ends(*circle) == (5, 5)


def test_a_surer_relation_stands_where_a_weaker_one_contradicts_it() -> None:
    whole = count("w", 5)
    named = count("p", 4, links=(Link("subset_of", "w"),))
    concluded = count("q", 9, links=(Link("contained_in", "w", source=False),))
    assert ends(whole, named, concluded) == (9, 14)


def test_women_and_medics_do_not_exhaust_their_class() -> None:
    whole = count("w", 10, leaves=frozenset())
    women = count("f", 2, leaves=frozenset({"civilian"}), traits=frozenset({("person", "female")}))
    counts = [whole, replace(women, links=(Link("subset_of", "w"),))]
    reckoning = Reckoning(counts, World.of(TAXONOMY, counts), Policy(), CLASSES)
    civilians = reckoning.bound(Asked("civilian", HOMS))
    assert (civilians.low, civilians.high) == (2, 10)
    plain = [whole, replace(women, traits=frozenset(), links=(Link("subset_of", "w"),))]
    reckoning = Reckoning(plain, World.of(TAXONOMY, plain), Policy(), CLASSES)
    assert reckoning.bound(Asked("civilian", HOMS)).high == 2


def test_items_of_one_list_do_not_overlap() -> None:
    whole = count("w", 10, leaves=frozenset())
    items = [
        count(n, k, article="w", traits=frozenset({("person", who)}), links=(Link("subset_of", "w"),))
        for n, k, who in (("f", 2, "female"), ("c", 3, "child"))
    ]
    assert ends(whole, *items)[0] == 5
    alike = [replace(c, traits=frozenset()) for c in items]
    assert ends(whole, *alike)[0] == 3


def test_enough_independent_sources() -> None:
    one, other, far = count("a", 5), count("b", 5), count("c", 4, **day(9))
    again = count("d", 4, **day(9), originator="c")
    counts = [one, other, far, again]
    world = World.of(TAXONOMY, counts)
    assert [c.iri for c in supported(counts, world, 1)] == ["a", "b", "c", "d"]
    assert [c.iri for c in supported(counts, world, 2)] == ["a", "b"]
    assert supported(counts, world, 3) == []
    assert supported([one, replace(other, low=9, high=9)], world, 2) == []


@st.composite
def tangles(draw: st.DrawFn) -> list[CountStatement]:
    """Counts with any relations to each other, circles and contradictions included."""
    names = [f"k{n}" for n in range(draw(st.integers(1, 6)))]
    kinds = ["subset_of", "contained_in", "disjoint_from", "sum_of", "updates", "restates"]
    counts = []
    for name in names:
        low = draw(st.integers(0, 9))
        links = [
            Link(draw(st.sampled_from(kinds)), draw(st.sampled_from(names))) for _ in range(draw(st.integers(0, 2)))
        ]
        span = sorted([draw(st.integers(1, 9)), draw(st.integers(1, 9))])
        dated = draw(st.booleans())
        counts.append(
            count(
                name,
                low,
                high=draw(st.sampled_from([low, low + 2, None])),
                leaves=draw(st.sampled_from([frozenset(), *(frozenset({c}) for c in CLASSES)])),
                units=draw(st.sampled_from([HOMS, HAMA, HOMS | HAMA, frozenset()])),
                article=draw(st.sampled_from(["x", "y"])),
                first=dt.date(2021, 5, span[0]) if dated else None,
                last=dt.date(2021, 5, span[1]) if dated else None,
                traits=frozenset(draw(st.sampled_from([[], [("person", "female")], [("person", "child")]]))),
                links=tuple(links),
            )
        )
    return counts


@settings(max_examples=150, deadline=None)
@given(tangles())
def test_whatever_sources_say_the_ends_are_in_order(counts: list[CountStatement]) -> None:
    reckoning = Reckoning(counts, World.of(TAXONOMY, counts), Policy(), CLASSES)
    for victim_class in CLASSES:
        homs, hama, both = (reckoning.bound(Asked(victim_class, units)) for units in (HOMS, HAMA, HOMS | HAMA))
        for found in (homs, hama, both):
            assert found.low >= 0
            assert found.high is None or found.low <= found.high
        assert both.low >= homs.low + hama.low
        if both.high is not None:
            assert homs.high is not None
            assert homs.high <= both.high


@settings(max_examples=100, deadline=None)
@given(tangles())
def test_what_is_left_aside_only_widens_a_bound(counts: list[CountStatement]) -> None:
    def bounds() -> list[Bound]:
        known = Reckoning(counts, World.of(TAXONOMY, counts), Policy(), CLASSES)
        return [known.bound(Asked(c, units)) for c in CLASSES for units in (HOMS, HOMS | HAMA)]

    narrow = bounds()
    with patch.object(reckoning, "LARGEST_TANGLE", 0):
        wide = bounds()
    for one, other in zip(narrow, wide, strict=True):
        assert other.low <= one.low
        assert other.high == one.high
        assert other.low == one.low or not other.tight


def test_a_thousand_incidents_are_reckoned_in_seconds() -> None:
    incidents = [
        count(f"i{n}", 1 + n % 7, units=frozenset({f"SY-{n % 18:02d}"}), **day(1 + n % 28)) for n in range(1000)
    ]
    started = time.perf_counter()
    world = World.of(TAXONOMY, incidents)
    reckoning = Reckoning(incidents, world, Policy(), CLASSES)
    for unit in sorted({u for c in incidents for u in c.units}):
        found = reckoning.bound(Asked("army", frozenset({unit})))
        assert 0 < found.low <= (found.high or 0)
    assert time.perf_counter() - started < 20


def test_three_of_whom_every_two_may_be_the_same_are_two_people() -> None:
    units = ("SY-HI", "SY-HM", "SY-DY")
    ring = [count(f"r{i}", 1, units=frozenset({units[i], units[i - 1]})) for i in range(3)]
    assert ends(*ring, units=frozenset(units)) == (2, 3)
    tied = [replace(c, links=(Link("subset_of", "w"),), article="a") for c in ring]
    assert ends(*tied, count("w", 9, article="a", units=frozenset(units)), units=frozenset(units)) == (9, 9)


def test_a_number_of_more_people_than_there_are_enters_no_bound() -> None:
    """A programme in floating point would take it for infinite, and answer as if nobody were dead."""
    assert ends(count("a", 5), count("b", 10**20), count("c", 10**400)) == (5, 5)
