"""The data rooms as named graphs: ontology and vocabulary, actors with their inferred kinds,
places with the gazetteer's towns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import overload

import pyoxigraph as ox

from waqai import resources
from waqai.errors import RoomError
from waqai.graph import Iris
from waqai.graph.towns import town_quads
from waqai.resolve.registers import load_registers
from waqai.store.base import Store
from waqai.store.change import on_default_base

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FILES = {
    "ontology": ("waqai.ttl", "vocabulary.ttl"),
    "actors": ("actors.ttl", "inferred.ttl"),
    "places": ("places/*.ttl",),
}


def room_graphs(iris: Iris) -> dict[str, list[ox.Quad]]:
    """The data rooms' graphs by name, things moved to the deployment's base. Raises RoomError for a broken file."""
    graphs = {
        f"{iris.base}graph/{room}": list(_moved(_paths(patterns), f"{iris.base}graph/{room}", iris))
        for room, patterns in FILES.items()
    }
    places = f"{iris.base}graph/places"
    graphs[places].extend(town_quads(load_registers().places.values(), places, iris))
    return graphs


def load_rooms(store: Store) -> tuple[str, ...]:
    """Put the data rooms into the store where they differ from what it holds. Names the graphs that changed."""
    return store.put(room_graphs(store.iris))


def _paths(patterns: Iterable[str]) -> list[Path]:
    return [path for pattern in patterns for path in resources.files("ontology", pattern)]


def _moved(paths: Iterable[Path], graph: str, iris: Iris) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph)
    for number, path in enumerate(paths):
        for quad in _parsed(path):
            subject, value = _own(quad.subject, number, iris), _own(quad.object, number, iris)
            yield ox.Quad(subject, quad.predicate, value, name)


def _parsed(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise RoomError(f"not Turtle: {error}", address=f"{path}:{error.lineno}", cure="correct the line") from error


@overload
def _own(term: ox.NamedNode | ox.BlankNode | ox.Triple, number: int, iris: Iris) -> ox.NamedNode | ox.BlankNode: ...
@overload
def _own(term: Term, number: int, iris: Iris) -> ox.NamedNode | ox.BlankNode | ox.Literal: ...
def _own(term: Term, number: int, iris: Iris) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A thing under the deployment's base; blank nodes of different files (`number`) never fall together."""
    assert not isinstance(term, ox.Triple)  # noqa: S101 - Turtle of the data rooms has no triple terms
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(f"f{number}{term.value}")
    if isinstance(term, ox.NamedNode) and iris != Iris() and on_default_base(term):
        return ox.NamedNode(iris.base + term.value.removeprefix(Iris().base))
    return term
