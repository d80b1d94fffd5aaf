"""One writer, snapshots for readers, graphs replaced as a whole."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.errors import InputError, QueryError, StoreDamaged, StoreError, StoreLocked, StoreMissing
from waqai.graph import Iris
from waqai.store.change import normal_form
from waqai.store.embedded import Writer, open_reader, open_writer
from waqai.store.snapshots import Snapshots

IRIS = Iris()
A, B = "a" * 20, "b" * 20
XSD = "http://www.w3.org/2001/XMLSchema#"
Graphs = dict[str, list[ox.Quad]]


def opened(folder: Path) -> Writer:
    return open_writer(folder, IRIS, create=True, verb="test")


def numbers(store: Writer) -> list[int]:
    rows = store.select("SELECT ?n { ?s <https://w3id.org/waqai/ns#low> ?n } ORDER BY ?n")
    return [int(row["n"].value) for row in rows]


def test_readers_see_what_was_committed_when_the_writer_is_done(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
        assert numbers(store) == [1, 12]
        revision = store.revision()
        with open_reader(folder, IRIS) as reader:
            assert reader.graph_names() == []
    with open_reader(folder, IRIS) as reader:
        assert reader.graph_names() == [
            IRIS.article_graph(A),
            IRIS.article_graph(B),
            f"{IRIS.base}graph/catalogue",
        ]
        assert reader.revision() == revision
        assert len(list(reader.quads(IRIS.article_graph(A)))) == len(articles[IRIS.article_graph(A)])


def test_the_private_graph_is_nowhere_but_in_private_quads(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
    with open_reader(folder, IRIS) as reader:
        assert not list(reader.quads(IRIS.private_graph(B)))
        assert not [q for q in reader.quads() if "Samir" in str(q)]
        assert not list(reader.select('SELECT * { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?o), "Samir") }'))
        [quote] = reader.private_quads(B)
        assert quote == articles[IRIS.private_graph(B)][0]
        assert reader.private_quads(A) == []
    in_snapshots = [p for p in folder.rglob("*") if p.is_file() and b"Samir" in p.read_bytes()]
    assert [p.parent.parent.name for p in in_snapshots] == ["private"]


def test_putting_the_same_again_changes_nothing(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        assert set(store.put(articles)) == {IRIS.article_graph(A), IRIS.article_graph(B)}
    before = (folder / "current").read_text()
    with opened(folder) as store:
        assert store.put(articles) == ()
    assert (folder / "current").read_text() == before


def test_put_replaces_exactly_the_named_graphs(writer: Writer, articles: Graphs) -> None:
    writer.put(articles)
    name = IRIS.article_graph(A)
    other = list(writer.quads(IRIS.article_graph(B)))
    shorter = [q for q in articles[name] if "#low" not in str(q.predicate)]
    assert writer.put({name: shorter}) == (name,)
    assert set(writer.quads(name)) == set(shorter)
    assert list(writer.quads(IRIS.article_graph(B))) == other
    writer.put({name: []})
    assert name not in writer.graph_names()
    assert writer.content_hash(name) is None


def test_the_revision_does_not_depend_on_the_way(tmp_path: Path, articles: Graphs) -> None:
    revisions = set()
    names = [IRIS.article_graph(A), IRIS.article_graph(B)]
    for number, order in enumerate(itertools.permutations(names)):
        with opened(tmp_path / str(number)) as store:
            empty = store.revision()
            if number:
                store.put({names[0]: articles[names[0]][:3]})
                assert store.revision() != empty
            for name in order:
                store.put({name: reversed(articles[name])})
            store.put({f"{IRIS.base}graph/bounds": [bound(number)]})
            revisions.add(store.revision())
    assert len(revisions) == 1


def bound(value: int) -> ox.Quad:
    node = ox.NamedNode(f"{IRIS.base}bound/x")
    low = ox.NamedNode("https://w3id.org/waqai/ns#low")
    return ox.Quad(node, low, ox.Literal(value), ox.NamedNode(f"{IRIS.base}graph/bounds"))


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (ox.Literal("05", datatype=ox.NamedNode(f"{XSD}integer")), ox.Literal(5)),
        (
            ox.Literal("5.00", datatype=ox.NamedNode(f"{XSD}decimal")),
            ox.Literal("5", datatype=ox.NamedNode(f"{XSD}decimal")),
        ),
        (
            ox.Literal("2021-05-03T00:00:00.000Z", datatype=ox.NamedNode(f"{XSD}dateTime")),
            ox.Literal("2021-05-03T00:00:00Z", datatype=ox.NamedNode(f"{XSD}dateTime")),
        ),
        (ox.Literal("x", language="EN"), ox.Literal("x", language="en")),
        (ox.Literal('\\u0041 " \n\r\t \U0001f600 \u2028 ـ'), ox.Literal('\\u0041 " \n\r\t \U0001f600 \u2028 ـ')),
    ],
)
def test_hashes_are_of_what_the_store_gives_back(writer: Writer, written: ox.Literal, stored: ox.Literal) -> None:
    name = IRIS.article_graph(A)
    node, graph = ox.NamedNode(f"{IRIS.base}x"), ox.NamedNode(name)
    writer.put({name: [ox.Quad(node, node, written, graph)]})
    first = writer.content_hash(name)
    [back] = writer.quads(name)
    assert back.object == stored
    assert normal_form([back], name) == [back.triple]
    assert writer.put({name: [ox.Quad(node, node, stored, graph)]}) == ()
    assert writer.content_hash(name) == first


def test_a_withdrawn_article_leaves_a_tombstone_and_no_word(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
        before = store.content_hash(IRIS.article_graph(B))
        store.withdraw(B, 'the publisher "retracted" it', on=dt.date(2022, 1, 2))
        assert store.withdrawn() == {IRIS.article(B): 'the publisher "retracted" it'}
        stone = {str(q.object.value) for q in store.quads(store.catalogue.value) if q.subject.value == IRIS.article(B)}  # type: ignore[union-attr]
        assert {"2022-01-02", before} <= stone
        assert not list((folder / "private").rglob("*.nq"))
        with open_reader(folder, IRIS) as reader:
            assert not [q for q in reader.quads() if "shepherd" in str(q)]
        withdrawn = store.revision()
        with pytest.raises(InputError, match="no article"):
            store.withdraw(B, "again")
        store.put(articles)
        assert store.withdrawn() == {}
        assert store.revision() != withdrawn
        assert len(store.private_quads(B)) == 1


def test_only_the_newest_snapshot_stays_after_a_withdrawal(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
        store.snapshot()
        store.withdraw(B, "wrong")
    assert [p.name for p in (folder / "snapshots").iterdir()] == [str(Snapshots(folder).current().snapshot)]


def test_what_is_no_graph_of_ours_is_refused(writer: Writer, articles: Graphs) -> None:
    node = ox.NamedNode("https://other.example/x")
    for name in ("https://other.example/g", f"{IRIS.base}graph/catalogue", f"{IRIS.base}graph/article/"):
        with pytest.raises(InputError, match="no graph that can be stored"):
            writer.put({name: [ox.Quad(node, node, node, ox.NamedNode(name))]})
    with pytest.raises(InputError, match="came without its article"):
        writer.put({IRIS.private_graph(B): articles[IRIS.private_graph(B)]})
    with pytest.raises(InputError, match="blank node"):
        writer.put({IRIS.article_graph(A): [ox.Quad(node, node, ox.BlankNode(), ox.NamedNode(IRIS.article_graph(A)))]})
    with pytest.raises(InputError, match="hand in each graph apart"):
        writer.put({IRIS.article_graph(A): articles[IRIS.article_graph(B)]})
    assert writer.graph_names() == []


def test_a_put_that_fails_changes_nothing(writer: Writer, articles: Graphs) -> None:
    writer.put(articles)
    before = writer.revision()
    node = ox.NamedNode("https://other.example/x")
    with pytest.raises(InputError):
        writer.put({IRIS.article_graph(A): [], "https://other.example/g": [ox.Quad(node, node, node)]})
    assert writer.revision() == before


def test_a_second_writer_is_told_who_holds_the_lock(writer: Writer, folder: Path) -> None:
    with pytest.raises(StoreLocked, match=rf"process {os.getpid()} \(test\) since 20") as caught:
        opened(folder)
    assert caught.value.exit_code == 3


def test_stores_that_are_not_there_or_not_stores(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="no store here"):
        open_reader(tmp_path / "none", IRIS)
    with pytest.raises(StoreMissing):
        open_writer(tmp_path / "none", IRIS, create=False, verb="x")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds something else: a\.txt"):
        opened(tmp_path / "letters")
    (tmp_path / "a-file").write_text("")
    with pytest.raises(StoreError, match="the disk refused"):
        opened(tmp_path / "a-file" / "store")


def test_damage_is_told_apart(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
    with pytest.raises(StoreError, match=r"begin with https://w3id\.org/waqai/, not with https://e\.example/"):
        open_reader(folder, Iris("https://e.example/"))
    pointer = (folder / "current").read_text()
    (folder / "current").write_text("{")
    with pytest.raises(StoreDamaged, match="pointer"):
        open_reader(folder, IRIS)
    (folder / "current").write_text(pointer)
    manifest = folder / "snapshots" / str(json.loads(pointer)["snapshot"]) / "graph" / "CURRENT"
    manifest.unlink()
    manifest.write_text("MANIFEST-nonsense\n")
    with pytest.raises(StoreError):
        open_reader(folder, IRIS)
    (folder / "store.json").write_text('{"format": 99, "base": "https://w3id.org/waqai/"}')
    with pytest.raises(StoreDamaged, match="format 99"):
        open_reader(folder, IRIS)


def test_a_reader_keeps_its_snapshot_while_the_writer_goes_on(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
        store.snapshot()
        with open_reader(folder, IRIS) as reader:
            count = len(list(reader.quads()))
            for number in range(6):
                store.put({f"{IRIS.base}graph/bounds": [bound(number)]})
                store.snapshot()
            assert len(list(reader.quads())) == count
            kept = {int(p.name) for p in (folder / "snapshots").iterdir()}
            assert reader.snapshots.current().snapshot == max(kept)
            assert len(kept) == 4  # the current one, two older ones, and the one that is held
        store.snapshot()
        assert len(list((folder / "snapshots").iterdir())) == 3


def test_a_reader_cannot_write(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
    with open_reader(folder, IRIS) as reader, pytest.raises(StoreError, match="opened to read"):
        reader.put(articles)


def test_queries_have_their_dataset(writer: Writer, articles: Graphs) -> None:
    writer.put(articles)
    ask = "ASK { <https://w3id.org/waqai/article/aaaaaaaaaaaaaaaaaaaa> ?p ?o }"
    assert writer.query(ask)
    assert not writer.query(ask.replace("{", f"FROM <{IRIS.article_graph(B)}> {{", 1))
    assert writer.query(ask.replace("{", f"FROM <{IRIS.article_graph(A)}> {{", 1))
    assert not writer.query(ask, default_graphs=[IRIS.article_graph(B)])
    assert not writer.query(ask, named_graphs=[IRIS.article_graph(A)])
    with pytest.raises(QueryError, match="an update"):
        writer.query("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="not a SPARQL query: error at 1:15"):
        writer.query("SELECT garbage")
    with pytest.raises(QueryError, match="a SELECT query is needed"):
        writer.select("ASK {}")


FULL_DISK = """
import resource, sys, pathlib
import pyoxigraph as ox
from waqai.errors import StoreError
from waqai.graph import Iris
from waqai.store.embedded import open_writer
iris = Iris()
store = open_writer(pathlib.Path(sys.argv[1]), iris, create=True, verb="full")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
graph, node = ox.NamedNode(iris.article_graph("c" * 20)), ox.NamedNode("https://e.example/p")
quads = [ox.Quad(node, node, ox.Literal(f"{i}" * 50), graph) for i in range(5000)]
try:
    store.put({graph.value: quads})
except StoreError as error:
    print(error)
"""


def test_a_full_disk_is_an_error_with_a_cure_and_the_old_graph_stays(folder: Path, articles: Graphs) -> None:
    with opened(folder) as store:
        store.put(articles)
    ran = subprocess.run([sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, check=False)
    assert "the disk refused" in ran.stdout, ran.stderr
    assert "free disk space" in ran.stdout
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    with opened(folder) as store:
        assert numbers(store) == [1, 12]
        assert store.content_hash(IRIS.article_graph("c" * 20)) is None
