"""The derived graph of events: accounts, verdicts, what follows for counts; stable names; no private names."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.account.events.reading import refresh_events
from waqai.extract.reading import private_persons
from waqai.graph import WQ, WQV, ArticleGraphs
from waqai.model import Article, Day, Span
from waqai.pipeline import Reader
from waqai.read.identity import article_id
from waqai.store import open_store
from waqai.validate import Gate

READER = Reader()
GRAPH = READER.iris.derived_graph("events")
FIVE = "قُتل خمسة مدنيين وأُصيب تسعة بقصف صاروخي على مدينة إعزاز بريف حلب الشمالي يوم 3 أيار 2021."
SIX = "استشهد 6 مدنيين وجرح 9 آخرون جراء قصف صاروخي استهدف مدينة إعزاز بريف حلب يوم 3 أيار 2021."
ELSEWHERE = "قُتل عنصران من قوات النظام برصاص مجهولين في مدينة نوى بريف درعا يوم 3 أيار 2021."


def graphs(text: str, published: str, outlet: str) -> ArticleGraphs:
    article = Article(
        article_id(f"https://example.org/{outlet}", text),
        text,
        "ar",
        "a.txt",
        outlet,
        Day.parse(published),
        headline=None,
    )
    return READER.graphs(article)


def derived(folder: Path, loads: Iterable[Sequence[ArticleGraphs]]) -> set[ox.Quad]:
    """The graph of events after articles came in, some at a time."""
    with open_store(folder, write=True, create=True, iris=READER.iris) as store:
        for load in loads:
            store.put({name: quads for arrival in load for name, quads in arrival.graphs.items()})
            refresh_events(store)
        return set(store.quads(GRAPH))


def objects(quads: Iterable[ox.Quad], predicate: str) -> list[str]:
    return sorted(q.object.value for q in quads if q.predicate.value == predicate)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def arrivals() -> list[ArticleGraphs]:
    return [
        graphs(FIVE, "2021-05-03", "outlet one"),
        graphs(SIX, "2021-05-04", "outlet two"),
        graphs(SIX, "2021-05-05", "outlet three"),
        graphs(ELSEWHERE, "2021-05-03", "outlet four"),
    ]


def test_the_same_graph_whatever_the_order_and_the_loads(tmp_path: Path, arrivals: list[ArticleGraphs]) -> None:
    at_once = derived(tmp_path / "once", [arrivals])
    assert at_once
    for seed in range(3):
        mixed = random.Random(seed).sample(arrivals, len(arrivals))  # noqa: S311
        assert derived(tmp_path / str(seed), [[arrival] for arrival in mixed]) == at_once


def test_counts_of_the_same_victims_are_related_by_the_named_rule(
    tmp_path: Path, arrivals: list[ArticleGraphs]
) -> None:
    quads = derived(tmp_path / "s", [arrivals[:2]])
    assert objects(quads, f"{WQ}rule") == [f"{WQV}one_event"] * 2
    assert objects(quads, f"{WQ}relationKind") == [f"{WQV}restates"] * 2


def test_a_later_number_of_one_source_updates_its_earlier_one(tmp_path: Path) -> None:
    said = "وقال الدفاع المدني السوري: "
    quads = derived(
        tmp_path / "s",
        [[graphs(said + FIVE, "2021-05-03", "outlet one"), graphs(said + SIX, "2021-05-04", "outlet two")]],
    )
    assert f"{WQV}updates" in objects(quads, f"{WQ}relationKind")


def test_an_events_name_stays_when_an_account_comes_in_and_others_redirect(
    tmp_path: Path, arrivals: list[ArticleGraphs]
) -> None:
    before = derived(tmp_path / "two", [arrivals[:2]])
    after = derived(tmp_path / "three", [arrivals[:3]])
    named = {q.subject.value for q in before if q.object == ox.NamedNode(f"{WQ}Event")}  # type: ignore[union-attr]
    assert named <= {q.subject.value for q in after if q.object == ox.NamedNode(f"{WQ}Event")}  # type: ignore[union-attr]
    assert set(objects(after, "http://purl.org/dc/terms/isReplacedBy")) == named


def test_an_account_that_no_other_is_weighed_against_is_no_event(tmp_path: Path, arrivals: list[ArticleGraphs]) -> None:
    assert derived(tmp_path / "s", [[arrivals[0], arrivals[3]]]) == set()


def test_the_graph_keeps_to_the_shapes(tmp_path: Path, arrivals: list[ArticleGraphs]) -> None:
    quads = derived(tmp_path / "s", [arrivals])
    events = [q for q in quads if "one-event" not in str(q.subject) and "/statement/" not in q.subject.value]  # type: ignore[union-attr]
    assert Gate().verdict(events).findings == ()


def test_a_name_of_a_private_person_is_not_written(tmp_path: Path) -> None:
    name = "سليم المفترض"
    text = f"قُتل الشاب {name} وأُصيب تسعة مدنيين بقصف صاروخي على مدينة إعزاز بريف حلب الشمالي يوم 3 أيار 2021."
    article = Article("0" * 20, text, "ar", "a.txt", "one", Day.parse("2021-05-03"), headline=Span(0, 20))
    assert private_persons(article, READER.lexicon, READER.names)
    written = derived(tmp_path / "s", [[graphs(text, "2021-05-03", "one"), graphs(text, "2021-05-04", "two")]])
    assert written
    assert not any(part in str(quad) for quad in written for part in name.split())


def test_a_store_without_articles_has_no_events(tmp_path: Path) -> None:
    assert derived(tmp_path / "s", [[]]) == set()
