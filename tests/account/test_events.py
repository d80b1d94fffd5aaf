"""One event from many accounts: invented articles through the whole way, text in, events out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from functools import cache

import pytest

from waqai.account.events import Event, Telling, events_of, telling
from waqai.account.events.accounts import accounts_of
from waqai.account.events.evidence import Comparison, Evidence
from waqai.account.events.ground import ground
from waqai.account.events.titles import titles
from waqai.model import Article, Day, Span
from waqai.pipeline import Reader
from waqai.read.identity import article_id
from waqai.resolve.registers import load_registers


@cache
def reader() -> Reader:
    return Reader()


def told(text: str, published: str, outlet: str, name: str = "a.txt", lang: str = "ar") -> Telling:
    """What an article tells; its first line is its headline."""
    headline = Span(0, text.index("\n")) if "\n" in text else None
    article = Article(
        article_id(f"https://example.org/{outlet}/{published}", text),
        text,
        lang,  # type: ignore[arg-type]
        name,
        outlet,
        Day.parse(published),
        headline=headline,
    )
    graphs = reader().graphs(article)
    iris = reader().iris
    private = graphs.graphs[iris.private_graph(article.id)]
    return telling(graphs.article, graphs.graphs[iris.article_graph(article.id)], iris, private)


AZAZ_ONE = "قُتل خمسة مدنيين وأُصيب تسعة بقصف صاروخي على مدينة إعزاز بريف حلب الشمالي يوم 3 أيار 2021، وفق الدفاع المدني."
AZAZ_TWO = (
    "قصف صاروخي يقتل مدنيين في إعزاز\nاستشهد 5 مدنيين وجرح 9 آخرون جراء قصف صاروخي استهدف مدينة إعزاز في 3 مايو 2021."
)
DARAA = "قُتل عنصران من قوات النظام برصاص مجهولين في مدينة نوى بريف درعا يوم 3 أيار 2021."


def grouped(*articles: Telling) -> list[set[str]]:
    return [{a.article.outlet for a in event.accounts} for event in events_of(articles, reader().iris)]


def test_two_outlets_tell_of_one_incident_and_a_third_of_another() -> None:
    articles = [
        told(AZAZ_ONE, "2021-05-03", "outlet one"),
        told(AZAZ_TWO, "2021-05-04", "outlet two"),
        told(DARAA, "2021-05-03", "outlet three"),
    ]
    assert {"outlet one", "outlet two"} in grouped(*articles)
    assert {"outlet three"} in grouped(*articles)


def test_order_and_repetition_change_nothing() -> None:
    articles = [
        told(text, day, outlet)
        for text, day, outlet in (
            (AZAZ_ONE, "2021-05-03", "one"),
            (AZAZ_TWO, "2021-05-04", "two"),
            (DARAA, "2021-05-03", "three"),
            (AZAZ_TWO, "2021-05-05", "four"),
        )
    ]
    expected = _shape(events_of(articles, reader().iris))
    for seed in range(4):
        shuffled = [*articles, *articles]
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert _shape(events_of(shuffled, reader().iris)) == expected


def _shape(found: list[Event]) -> list[tuple[str, ...]]:
    return [tuple(account.iri for account in event.accounts) for event in found]


def test_the_same_words_weeks_apart_are_another_incident() -> None:
    early = told(AZAZ_ONE, "2021-05-03", "one")
    late = told(AZAZ_ONE.replace("3 أيار", "27 أيار"), "2021-05-27", "two")
    assert len(grouped(early, late)) == 2


def test_the_same_hour_in_another_town_is_another_incident() -> None:
    other = AZAZ_ONE.replace("مدينة إعزاز بريف حلب الشمالي", "مدينة الميادين بريف دير الزور")
    assert len(grouped(told(AZAZ_ONE, "2021-05-03", "one"), told(other, "2021-05-03", "two"))) == 2


@pytest.mark.parametrize("text", ["", "لا شيء هنا", "The weather was fine."])
def test_an_article_that_tells_of_no_incident_makes_no_event(text: str) -> None:
    assert events_of([told(text or " ", "2021-05-03", "one")], reader().iris) == []


def test_an_account_knows_its_day_and_place() -> None:
    (event,) = events_of([told(AZAZ_ONE, "2021-05-05", "one")], reader().iris)
    assert event.anchor.days == (dt.date(2021, 5, 3), dt.date(2021, 5, 3))
    assert event.anchor.dated
    assert event.anchor.places == {"SY0204"}


@pytest.mark.parametrize("address", ["https://[bad/x", "https://[::1/a-b-c-d", "", "//", "%%%"])
def test_an_address_that_is_none_gives_no_title(address: str) -> None:
    article = dataclasses.replace(told(AZAZ_ONE, "2021-05-03", "one"), address=address)
    assert not titles().address(article).units


def _levels(one: Telling, other: Telling) -> Evidence:
    iris = reader().iris
    first, second = (accounts_of([telling], ground(), titles(), iris)[0] for telling in (one, other))
    return Comparison(ground(), load_registers()).evidence(first, second)


def test_when_and_where_two_accounts_came_out_speaks() -> None:
    early = told(AZAZ_ONE, "2021-05-03", "one")
    levels = _levels(early, told(AZAZ_TWO, "2021-05-04", "two"))
    assert (levels["published"], levels["outlet"]) == ("next", "other")
    levels = _levels(early, told(AZAZ_TWO, "2021-05-09", "one"))
    assert (levels["published"], levels["outlet"]) == ("recalled", "same")
    undated = told(AZAZ_TWO.replace("في 3 مايو 2021", "اليوم"), "2021-05-09", "three")
    assert _levels(early, undated)["published"] == "later"


def test_what_comes_out_weeks_later_joins_if_it_names_the_day() -> None:
    late = told(AZAZ_TWO, "2021-05-29", "two")
    assert {"one", "two"} in grouped(told(AZAZ_ONE, "2021-05-03", "one"), late)


def test_rare_words_and_what_the_shorter_telling_shares_speak() -> None:
    short = "قُتل خمسة مدنيين بقصف على مزرعة الزنبقاوي في مدينة إعزاز يوم 3 أيار 2021."
    long = "قُتل 5 مدنيين وأُصيب تسعة آخرون بقصف صاروخي على مزرعة الزنبقاوي في مدينة إعزاز يوم 3 أيار 2021."
    same = _levels(told(long, "2021-05-03", "one"), told(short, "2021-05-03", "two"))
    assert same["held"] == "most"
    assert same["rare_words"] != "none"
    other = _levels(told(short, "2021-05-03", "one"), told(DARAA, "2021-05-03", "two"))
    assert (other["rare_words"], other["held"]) == ("none", "some")
    abroad = told("A missile strike on Azaz killed 5 civilians on 3 May 2021.", "2021-05-03", "two", lang="en")
    assert _levels(told(short, "2021-05-03", "one"), abroad)["held"] == "other_language"


def test_a_main_story_without_a_finer_place_may_be_of_another_unit_than_it_says() -> None:
    bureau = told(AZAZ_ONE.replace("مدينة إعزاز بريف حلب الشمالي", "ريف دمشق"), "2021-05-03", "two")
    assert _levels(told(AZAZ_ONE, "2021-05-03", "one"), bureau)["place"] == "loose_unit"
    town = told(
        AZAZ_ONE.replace("مدينة إعزاز بريف حلب الشمالي", "مدينة الميادين بريف دير الزور"), "2021-05-03", "three"
    )
    assert _levels(told(AZAZ_ONE, "2021-05-03", "one"), town)["place"] == "far"
