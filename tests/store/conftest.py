"""The invented articles of articles.trig as graphs by name, and stores without data rooms to put them into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.graph import Iris
from waqai.store.embedded import Writer, open_writer

Graphs = dict[str, list[ox.Quad]]


@pytest.fixture(scope="session")
def articles() -> Graphs:
    graphs: Graphs = {}
    for quad in ox.parse(path=str(Path(__file__).parent / "articles.trig"), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    assert len(graphs) == 3
    return graphs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def writer(folder: Path) -> Iterator[Writer]:
    with open_writer(folder, Iris(), create=True, verb="test") as opened:
        yield opened
