"""Data rooms of a test's own: the real ontology, vocabulary and shapes, with small registers beside them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from waqai.lint import Rooms

PREFIXES = """\
@prefix wq: <https://w3id.org/waqai/ns#> .
@prefix wqv: <https://w3id.org/waqai/vocabulary/> .
@prefix actor: <https://w3id.org/waqai/actor/> .
@prefix place: <https://w3id.org/waqai/place/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
"""Seven lines: an entry's own line is seven more than its place in the test."""

Build = Callable[..., Rooms]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Make rooms from what stands in the registers; `ontology` is added to the end of waqai.ttl."""

    def rooms(actors: str = "", places: str = "", *, ontology: str = "", query: str = "") -> Rooms:
        real = Rooms.installed()
        for folder in ("ontology/places", "queries"):
            (tmp_path / folder).mkdir(parents=True)
        shutil.copytree(real.shapes, tmp_path / "shapes")
        for path in real.schema():
            shutil.copy(path, tmp_path / "ontology")
        schema = tmp_path / "ontology" / "waqai.ttl"
        schema.write_text(schema.read_text(encoding="utf-8") + "\n" + ontology, encoding="utf-8")
        if actors:
            (tmp_path / "ontology" / "actors.ttl").write_text(PREFIXES + actors, encoding="utf-8")
        if places:
            (tmp_path / "ontology" / "places" / "land.ttl").write_text(PREFIXES + places, encoding="utf-8")
        if query:
            (tmp_path / "queries" / "some.rq").write_text(query, encoding="utf-8")
        return Rooms(tmp_path / "ontology", tmp_path / "shapes", tmp_path / "queries", real.lexicon)

    return rooms
