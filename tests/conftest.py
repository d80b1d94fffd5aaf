"""Stores in memory: the real interface over pyoxigraph, with the vocabulary and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import resources
from waqai.graph import Iris
from waqai.store import Result, Store
from waqai.store.change import GraphChange

StoreOf = Callable[[Path | str], Store]


class MemoryStore(Store):
    """Graphs in memory; private quotes are kept beside them."""

    def __init__(self) -> None:
        super().__init__(Iris(), "memory", write=True)
        self.inner = ox.Store()
        self.private: dict[str, list[ox.Quad]] = {}

    def query(
        self, sparql: str, *, default_graphs: Iterable[str] | None = None, named_graphs: Iterable[str] | None = None
    ) -> Result:
        assert default_graphs is None
        assert named_graphs is None
        result: Result = self.inner.query(sparql, use_default_graph_as_union=True)
        return result

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        return self.inner.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def private_quads(self, article_id: str) -> list[ox.Quad]:
        return self.private.get(article_id, [])

    def close(self) -> None:
        self.inner.clear()

    def _lacks(self, change: GraphChange, private: Mapping[str, list[ox.Quad]]) -> bool:
        return self._article_id(change.name) in private.keys() - self.private.keys()

    def _commit(self, update: str, changes: list[GraphChange], private: Mapping[str, list[ox.Quad]]) -> None:
        assert changes
        self.private.update(private)
        self.inner.update(update)


@pytest.fixture(scope="session")
def vocabulary() -> list[ox.Quad]:
    """The vocabulary as the store holds it."""
    path = resources.room("ontology") / "vocabulary.ttl"
    graph = ox.NamedNode(f"{Iris().base}graph/ontology")
    return [
        ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    ]


@pytest.fixture
def store_of(vocabulary: list[ox.Quad]) -> StoreOf:
    """A store in memory that holds the vocabulary and the graphs of a TriG file or text."""

    def opened(trig: Path | str) -> Store:
        store = MemoryStore()
        store.inner.extend(vocabulary)
        text = trig.read_text(encoding="utf-8") if isinstance(trig, Path) else trig
        graphs: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TRIG):
            assert isinstance(quad.graph_name, ox.NamedNode)
            graphs[quad.graph_name.value].append(quad)
        store.inner.extend(graphs.pop(store.catalogue.value, ()))
        store.put(graphs)
        return store

    return opened
