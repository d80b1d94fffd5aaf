"""The data rooms in the store: loaded once, moved with the base, told by their content."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import resources
from waqai.errors import RoomError
from waqai.graph import WQ, Iris
from waqai.store import load_rooms, open_store
from waqai.store.embedded import Writer
from waqai.store.rooms import room_graphs

ROOM = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/waqai/ns#Thing> owl:equivalentClass [ a owl:Class ; owl:unionOf ( <https://w3id.org/waqai/ns#A> ) ] .
<https://w3id.org/waqai/actor/x> <https://w3id.org/waqai/ns#loyalTo> <https://w3id.org/waqai/actor/y> ;
  <https://w3id.org/waqai/ns#victimClass> <https://w3id.org/waqai/vocabulary/civilian> .
"""


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small ontology folder in place of the real one."""
    home = tmp_path / "ontology"
    (home / "places").mkdir(parents=True)
    for name in ("waqai.ttl", "vocabulary.ttl", "actors.ttl"):
        (home / name).write_text(ROOM)
    monkeypatch.setattr(resources, "room", lambda _: home)
    return home


def test_rooms_are_loaded_when_they_differ(rooms: Path, writer: Writer) -> None:
    assert set(load_rooms(writer)) == {f"{writer.iris.base}graph/{name}" for name in ("ontology", "actors", "places")}
    revision = writer.revision()
    assert load_rooms(writer) == ()
    (rooms / "actors.ttl").write_text(ROOM.replace("actor/y", "actor/z"))
    assert load_rooms(writer) == (f"{writer.iris.base}graph/actors",)
    assert writer.revision() != revision
    (rooms / "actors.ttl").write_text("# another comment" + ROOM)
    load_rooms(writer)
    assert writer.revision() == revision


def test_things_move_with_the_base_and_terms_do_not(rooms: Path) -> None:
    iris = Iris("https://graph.example/w/")
    quads = room_graphs(iris)["https://graph.example/w/graph/actors"]
    things = {str(term) for quad in quads for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    assert {"<https://graph.example/w/actor/x>", "<https://graph.example/w/actor/y>", f"<{WQ}Thing>"} <= things
    assert "<https://w3id.org/waqai/vocabulary/civilian>" in things


def test_blank_nodes_of_two_files_stay_apart(rooms: Path, writer: Writer) -> None:
    (rooms / "waqai.ttl").write_text("_:x <https://e.example/p> 1 .")
    (rooms / "vocabulary.ttl").write_text("_:x <https://e.example/p> 2 .")
    load_rooms(writer)
    assert len({quad.subject for quad in writer.quads(f"{writer.iris.base}graph/ontology")}) == 2


def test_a_broken_room_is_named_by_file_and_line(rooms: Path, folder: Path) -> None:
    (rooms / "actors.ttl").write_text("<https://e.example/a>\n  a b .")
    with pytest.raises(RoomError, match=r"actors\.ttl:2: not Turtle"):
        open_store(folder, write=True, create=True)
    (rooms / "actors.ttl").write_text(ROOM)
    with open_store(folder, write=True) as store:
        assert store.content_hash(f"{store.iris.base}graph/actors")


def test_the_real_rooms_are_in_the_store(folder: Path) -> None:
    with open_store(folder, write=True, create=True, iris=Iris()) as store:
        assert store.query(f"ASK {{ <{WQ}Article> a <http://www.w3.org/2002/07/owl#Class> }}")
    with open_store(folder, iris=Iris()) as store:
        assert len(store.graph_names()) == 4
        assert store.query("ASK { <https://w3id.org/waqai/place/SY-HI> ?p ?o }")
