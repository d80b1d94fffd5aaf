"""Low ends of many overlapping claims: exact where they can be, certain everywhere."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.account.packing import DEEPEST, cover
from waqai.account.parcels import Claim

NO_PROGRAMME, ANY_PROGRAMME = 0, 10**9


def claim(number: int, first: int, last: int, sorts: int = 1, units: int = 1) -> Claim:
    return Claim(sorts, units, first, last, number, (f"{number} {first} {last} {sorts} {units}",))


claims = st.builds(
    lambda number, first, length, sorts, units: claim(number, first, first + length, sorts, units),
    st.integers(1, 9),
    st.integers(1, 12),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 7]),
    st.sampled_from([1, 2, 3, 4, 7]),
)


def apart(one: Claim, other: Claim) -> bool:
    return (
        not one.sorts & other.sorts or not one.units & other.units or one.last < other.first or other.last < one.first
    )


def heaviest(known: list[Claim]) -> int:
    """The best packing, found by trying all."""
    return max(
        sum(c.number for c in chosen)
        for size in range(len(known) + 1)
        for chosen in combinations(known, size)
        if all(apart(a, b) for a, b in combinations(chosen, 2))
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(claims, max_size=8))
def test_what_is_packed_is_proved_and_no_programme_finds_less(known: list[Claim]) -> None:
    packed, solved = cover(known, NO_PROGRAMME), cover(known, ANY_PROGRAMME)
    assert all(apart(a, b) for a, b in combinations(packed.claims, 2))
    assert sum(c.number for c in packed.claims) == packed.number
    assert packed.number <= heaviest(known) <= solved.number
    assert packed.number == solved.number or not packed.tight


@settings(max_examples=300, deadline=None)
@given(st.lists(claims, max_size=9))
def test_claims_that_differ_in_days_alone_are_packed_best(known: list[Claim]) -> None:
    alike = [claim(c.number, c.first, c.last) for c in known]
    packed = cover(alike, NO_PROGRAMME)
    assert packed.tight
    assert packed.number == heaviest(alike) == cover(alike, ANY_PROGRAMME).number


def test_a_claim_that_covers_all_others_says_only_what_they_do_not() -> None:
    incidents = [claim(2, d, d, sorts=1 + d % 3, units=1) for d in range(1, 11)]
    assert cover([*incidents, claim(9, 1, 400, 3, 3)]).number == 20
    assert cover([*incidents, claim(29, 1, 400, 3, 3)]).number == 29


def test_claims_nested_without_end_are_packed_all_the_same() -> None:
    nested = [claim(n, n, 2000 - n, sorts=1 + n % 2 * 2, units=1 + n % 3 * 2) for n in range(1, 20 * DEEPEST)]
    assert cover(nested).number >= 20 * DEEPEST - 1
