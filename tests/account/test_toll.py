"""Text in, toll out: an invented event for each mechanism of the toll (docs/accounting.md, *The toll of one event*)."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, replace

import pytest

from waqai.account.events import Telling, Toll, TollPolicy, events_of, telling, toll, tolls
from waqai.account.events.toll import CIVILIAN, EVERYBODY
from waqai.graph import deployment
from waqai.model import Article, Day, Lang
from waqai.pipeline import Reader

IRIS = deployment()
READER = Reader(IRIS)
Said = tuple[str, int, str]
"""Outlet, day of May 2023, text."""


@dataclass(frozen=True)
class Case:
    """An event: its accounts, the killed among civilians, and among everybody."""

    accounts: tuple[Said, ...]
    civilians: tuple[int | None, int | None]
    everybody: tuple[int | None, int | None]


CASES = {
    "one account that says civilians": Case(
        (("Outlet", 4, "Three civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),),
        (3, 3),
        (3, 3),
    ),
    "people of whom nobody says that they fought": Case(
        (("Outlet", 4, "Four people were killed by an airstrike on the town of Sarmin in Idlib on Wednesday."),),
        (4, 4),
        (4, 4),
    ),
    "fighters are no civilians": Case(
        (
            (
                "Outlet",
                4,
                "Five people, including two SDF fighters, were killed by a drone strike near Ain Issa on Wednesday.",
            ),
        ),
        (3, 3),
        (5, 5),
    ),
    "fighters of nobody named are no civilians": Case(
        (("موقع", 4, "قُتل 5 مسلحين بقصف على بلدة سرمين في ريف إدلب يوم الأربعاء."),),
        (0, 0),
        (5, 5),
    ),
    "four people and a shepherd in one sentence add up": Case(
        (("موقع", 4, "قُتل أربعة مدنيين وراعي أغنام بقصف مدفعي على بلدة سرمين في ريف إدلب يوم الأربعاء."),),
        (5, 5),
        (5, 5),
    ),
    "parts of a whole do not add up with it": Case(
        (
            (
                "موقع",
                4,
                "قُتل 7 مدنيين بينهم 3 أطفال وامرأتان بقصف جوي على بلدة سرمين في ريف إدلب يوم الأربعاء.",
            ),
        ),
        (7, 7),
        (7, 7),
    ),
    "a total over a month is of other events": Case(
        (
            (
                "Outlet",
                4,
                (
                    "Two civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday.\n\n"
                    "At least 61 civilians were killed in Idlib in April."
                ),
            ),
        ),
        (2, 2),
        (2, 2),
    ),
    "what happened a week before is another event": Case(
        (
            (
                "موقع",
                10,
                (
                    "قُتل مدنيان بقصف على بلدة سرمين في ريف إدلب يوم الثلاثاء 9 أيار.\n\n"
                    "وكان قُتل 6 مدنيين بقصف على بلدة سرمين في 2 أيار."
                ),
            ),
        ),
        (2, 2),
        (2, 2),
    ),
    "the later account of one outlet replaces its earlier one": Case(
        (
            ("First Outlet", 4, "Two civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
            ("First Outlet", 5, "Six civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
        ),
        (6, 6),
        (6, 6),
    ),
    "two outlets that repeat one source are one source": Case(
        (
            (
                "A",
                4,
                (
                    "Two civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday, the Syrian "
                    "Observatory for Human Rights said."
                ),
            ),
            (
                "B",
                4,
                (
                    "According to the Syrian Observatory for Human Rights, two civilians were killed by shelling on "
                    "the town of Sarmin in Idlib on Wednesday."
                ),
            ),
            ("C", 5, "Three civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
            ("D", 5, "Three civilians were killed in shelling of the town of Sarmin in Idlib on Wednesday."),
        ),
        (3, 3),
        (3, 3),
    ),
    "sources that differ span the toll": Case(
        (
            ("A", 4, "Two civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
            ("B", 5, "Three civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
        ),
        (2, 3),
        (2, 3),
    ),
    "what the dead were is disputed": Case(
        (
            ("A", 4, "Two civilians were killed by a drone strike near Ain Issa on Wednesday."),
            ("B", 4, "Two SDF fighters were killed by a drone strike near Ain Issa on Wednesday."),
        ),
        (0, 2),
        (2, 2),
    ),
    "who tells only of fighters says nothing of civilians": Case(
        (
            ("A", 4, "Two civilians were killed by a drone strike near Ain Issa on Wednesday."),
            ("B", 4, "Five SDF fighters were killed by a drone strike near Ain Issa on Wednesday."),
        ),
        (2, 2),
        (2, 5),
    ),
    "a night has two days": Case(
        (
            ("A", 4, "Two civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),
            ("B", 4, "Two civilians were killed by shelling on the town of Sarmin in Idlib on Thursday."),
        ),
        (2, 2),
        (2, 2),
    ),
    "at least leaves the upper end open": Case(
        (("A", 4, "At least nine civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),),
        (9, None),
        (9, None),
    ),
    "nobody gives a number": Case(
        (("A", 4, "Dozens of civilians were killed by shelling on the town of Sarmin in Idlib on Wednesday."),),
        (None, None),
        (None, None),
    ),
}


def told(number: int, said: Said) -> Telling:
    """An article as it is read back from its graphs."""
    publisher, day, text = said
    lang: Lang = "ar" if any("\u0621" <= char <= "\u064a" for char in text) else "en"
    article = Article(f"{number:020x}", text, lang, f"{number}.txt", publisher, Day(2023, 5, day))
    graphs = READER.graphs(article)
    return telling(graphs.article, graphs.graphs[IRIS.article_graph(article.id)], IRIS)


def tellings(case: Case) -> list[Telling]:
    return [told(number, said) for number, said in enumerate(case.accounts)]


def ends(found: Toll) -> tuple[int | None, int | None]:
    return found.low, found.high


@pytest.mark.parametrize("name", CASES)
def test_toll_of_an_event(name: str) -> None:
    case = CASES[name]
    accounts = tellings(case)
    assert ends(toll(accounts, victim_class=CIVILIAN)) == case.civilians
    assert ends(toll(accounts, victim_class=EVERYBODY)) == case.everybody


@pytest.mark.parametrize("name", CASES)
def test_order_of_the_accounts_changes_nothing(name: str) -> None:
    accounts = tellings(CASES[name])
    assert len({toll(order) for order in itertools.permutations(accounts)}) == 1


@pytest.mark.parametrize("name", CASES)
def test_every_count_of_the_outcome_binds_or_is_left_out_for_a_reason(name: str) -> None:
    accounts = tellings(CASES[name])
    found = toll(accounts)
    counts = {t.iri for account in accounts for t in account.told if t.outcome == "killed"}
    assert counts == {*found.statements} | {iri for iri, _ in found.left_out}


def test_people_of_whom_nothing_is_said_may_be_civilians_only_where_the_policy_does_not_presume_it() -> None:
    accounts = tellings(CASES["people of whom nobody says that they fought"])
    assert ends(toll(accounts, policy=TollPolicy(unsaid="possible"))) == (0, 4)


def test_of_one_number_of_dead_the_account_that_says_what_they_were_holds() -> None:
    said = (
        ("A", 4, "Four people were killed by an airstrike on the town of Sarmin in Idlib on Wednesday."),
        ("B", 4, "Four civilians were killed by an airstrike on the town of Sarmin in Idlib on Wednesday."),
    )
    accounts = tellings(Case(said, (4, 4), (4, 4)))
    assert ends(toll(accounts, policy=TollPolicy(unsaid="possible"))) == (4, 4)


def test_all_sources_span_the_toll_where_the_policy_asks_for_them() -> None:
    accounts = tellings(CASES["two outlets that repeat one source are one source"])
    assert ends(toll(accounts, policy=TollPolicy(sources="all"))) == (2, 3)


def test_an_event_without_accounts_has_no_toll() -> None:
    assert toll([]) == Toll("killed", CIVILIAN, None, None)


def test_nothing_said_is_not_nobody() -> None:
    silent = replace(told(1, CASES["nobody gives a number"].accounts[0]), told=())
    assert ends(toll([silent])) == (None, None)


NIGHT: tuple[Said, ...] = (
    (
        "Outlet",
        4,
        (
            "Overnight strikes in Syria\n\nThe Syrian Observatory for Human Rights said that 16 fighters were killed "
            "in Israeli airstrikes on the city of Palmyra on Wednesday.\n\nFour fighters were "
            "killed in Israeli airstrikes on the town of Al-Bukamal on Wednesday, the Observatory said."
        ),
    ),
    (
        "Outlet",
        5,
        (
            "Toll of the strikes rises\n\nThe Syrian Observatory for Human Rights said that 22 fighters were killed "
            "in Israeli airstrikes on the city of Palmyra on Wednesday.\n\nSix fighters were "
            "killed in Israeli airstrikes on the town of Al-Bukamal on Wednesday, the Observatory said."
        ),
    ),
)


def test_two_accounts_of_one_night_are_two_events_with_the_later_tolls() -> None:
    accounts = [told(number, said) for number, said in enumerate(NIGHT)]
    found = events_of(accounts, IRIS)
    tolls_ = [toll(event.sayings(), victim_class=EVERYBODY) for event in found]
    assert sorted(ends(t) for t in tolls_ if t.low is not None) == [(6, 6), (22, 22)]
    assert sum(number for a in accounts for t in a.told if t.outcome == "killed" for number in (t.low or 0,)) == 48


def test_the_table_of_an_event_has_a_row_for_each_class_and_outcome() -> None:
    said = (
        (
            "Outlet",
            4,
            (
                "Five people, including two SDF fighters, were killed and three civilians were injured by a drone "
                "strike near Ain Issa on Wednesday."
            ),
        ),
    )
    rows = tolls(tellings(Case(said, (3, 3), (5, 5))))
    assert {(r.outcome, r.victim_class): ends(r) for r in rows} == {
        ("killed", EVERYBODY): (5, 5),
        ("killed", CIVILIAN): (3, 3),
        ("killed", "kurdish_forces"): (2, 2),
        ("injured", EVERYBODY): (3, 3),
        ("injured", CIVILIAN): (3, 3),
    }


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_days_at_the_ends_of_the_calendar_are_days(day: dt.date) -> None:
    account = told(1, CASES["one account that says civilians"].accounts[0])
    counts = tuple(replace(count, first=day, last=day) for count in account.told)
    assert ends(toll([replace(account, published=None, told=counts)])) == (3, 3)


def test_counts_that_are_said_to_be_parts_of_each_other_count_once() -> None:
    account = told(1, CASES["one account that says civilians"].accounts[0])
    count = next(t for t in account.told if t.outcome == "killed")
    round_ = [replace(count, iri=a, relations=frozenset({("subsetOf", b)})) for a, b in (("a", "b"), ("b", "a"))]
    assert ends(toll([replace(account, told=tuple(round_))])) == (3, 3)
