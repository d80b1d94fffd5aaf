"""The graph of events after loads, replacements and withdrawals is the one that all articles anew give."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waqai.account.events import events_of, kept, tellings
from waqai.account.events.graph import quads
from waqai.account.events.reading import refresh_events
from waqai.account.events.told import stored
from waqai.model import Article, Day
from waqai.pipeline import Reader
from waqai.store import Store, open_store
from waqai.store.change import normal_form

PLACES = ("مدينة إعزاز بريف حلب", "ريف حلب", "سوريا", "مدينة نوى بريف درعا")
TEXTS = (
    "قُتل {n} مدنيين وأُصيب تسعة بقصف صاروخي على {place} يوم {day} أيار 2021.",
    "استشهد {n} مدنيين جراء قصف صاروخي استهدف {place}. وقُتل عنصران برصاص مجهولين في مدينة نوى بريف درعا.",
    "Rockets killed {n} civilians in Azaz, north of Aleppo, on {day} May 2021.",
)
Step = tuple[int, int, int, int, int, bool]


@cache
def reader() -> Reader:
    return Reader()


@cache
def version(number: int, text: int, place: int, dead: int, day: int) -> tuple[str, tuple[ox.Quad, ...]]:
    """One article's graph: the same article for the same number, whatever it says."""
    said = TEXTS[text].format(n=dead, place=PLACES[place], day=day)
    language = "en" if said.isascii() else "ar"
    published = Day.parse(f"2021-05-0{day}")
    article = Article(f"{number:020x}", said, language, "a.txt", f"outlet {number}", published, headline=None)  # type: ignore[arg-type]
    name = reader().iris.article_graph(article.id)
    return name, tuple(reader().graphs(article).graphs[name])


def written(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads(store.iris.derived_graph("events"))}


def anew(store: Store) -> set[str]:
    """What all articles give, without anything that was kept."""
    graph = store.iris.derived_graph("events")
    found = events_of(tellings(store), store.iris)
    return {str(triple) for triple in normal_form(quads(found, store.iris), graph)}


STEP = st.tuples(
    st.integers(0, 6), st.integers(0, 2), st.integers(0, 3), st.sampled_from([5, 6]), st.integers(3, 6), st.booleans()
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loads=st.lists(st.lists(STEP, min_size=1, max_size=5), min_size=1, max_size=6))
def test_whatever_came_was_replaced_and_withdrawn_the_graph_is_that_of_all_articles(
    tmp_path_factory: pytest.TempPathFactory, loads: list[list[Step]]
) -> None:
    folder = tmp_path_factory.mktemp("kept") / "store"
    with open_store(folder, write=True, create=True, iris=reader().iris) as store:
        for load in loads:
            for *said, goes in load:
                name, graph = version(*said)
                if goes and store.content_hash(name):
                    store.withdraw(name.rpartition("/")[2], "a test")
                else:
                    store.put({name: graph})
            refresh_events(store)
            assert written(store) == anew(store)


def filled(folder: Path) -> Store:
    """A store with three accounts of one incident, refreshed."""
    store = open_store(folder, write=True, create=True, iris=reader().iris)
    store.put(dict(version(number, 0, 0, 5, 3) for number in range(3)))
    refresh_events(store)
    assert written(store)
    return store


def overwritten(path: Path) -> None:
    path.write_bytes(b"no file of SQLite")


def of_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE meta SET value = 'older'")
        db.execute("DELETE FROM written")


@pytest.mark.parametrize("spoil", [Path.unlink, overwritten, of_another_version])
def test_a_file_that_is_missing_damaged_or_old_is_made_anew(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    with filled(tmp_path / "s") as store:
        room = store.workroom()
        assert room
        spoil(room / "events.sqlite")
        refresh_events(store)
        assert written(store) == anew(store)


def test_a_graph_that_somebody_changed_is_set_right(tmp_path: Path) -> None:
    with filled(tmp_path / "s") as store:
        graph = store.iris.derived_graph("events")
        some = list(store.quads(graph))[3:]
        store.put({graph: some})
        refresh_events(store)
        assert written(store) == anew(store)


def test_only_accounts_in_the_blocks_of_a_new_article_are_read_and_compared(tmp_path: Path) -> None:
    with filled(tmp_path / "s") as store:
        store.put(dict([version(8, 0, 3, 2, 3)]))
        refresh_events(store)
        with patch.object(kept, "stored", side_effect=stored) as reading:
            store.put(dict([version(9, 0, 3, 2, 4)]))
            refresh_events(store)
        assert {call.args[1].rpartition("/")[2] for call in reading.mock_calls} == {f"{8:020x}", f"{9:020x}"}


def test_nothing_is_read_or_written_where_nothing_changed(tmp_path: Path) -> None:
    with filled(tmp_path / "s") as store:
        with patch.object(kept, "stored") as reading, patch.object(store, "put") as put:
            refresh_events(store)
        assert not reading.called
        assert not put.called


def test_words_of_articles_are_not_kept(tmp_path: Path) -> None:
    with filled(tmp_path / "s") as store:
        room = store.workroom()
        assert room
        assert "صاروخي".encode() not in (room / "events.sqlite").read_bytes()
