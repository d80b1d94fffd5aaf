"""Writes a release folder: the same bytes for the same revision, and never half of it.

waqai.nq        every public graph: articles, ontology, registers, bounds, the catalogue
waqai.jsonld    the same
ontology.ttl    classes, properties and vocabulary
actors.ttl, places.ttl    the registers
dataset.ttl     DCAT 3 and VoID: what this is, under which licence, how large, which bytes
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from waqai.errors import InputError
from waqai.publish.description import Distribution, description
from waqai.store import Store
from waqai.store.change import canonical_quads

MARK = "dataset.ttl"
ROOMS = ("ontology", "actors", "places")
PREFIXES = {
    "wq": "https://w3id.org/waqai/ns#",
    "wqv": "https://w3id.org/waqai/vocabulary/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
}


def publish(store: Store, folder: Path, *, force: bool = False) -> list[Path]:
    """Write a release of a store into a folder, which is replaced as a whole. Names the files.

    Raises InputError if the folder holds something that is no release and `force` is not said; StoreError.
    """
    _check(folder, force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as workshop:
            names = _write(store, Path(workshop) / "new")
            _swap(Path(workshop), folder)
    except OSError as error:
        raise InputError(
            f"the release cannot be written: {error}",
            address=str(folder),
            cure="free disk space or name another folder",
        ) from error
    return [folder / name for name in names]


def _write(store: Store, new: Path) -> list[str]:
    new.mkdir()
    names = [*_dumps(store, new), *_rooms(store, new)]
    (new / MARK).write_bytes(description(store, [Distribution.of(new / name) for name in names]))
    return [*names, MARK]


def _check(folder: Path, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError("this is a file", address=str(folder), cure="name a folder")
    strange = folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists()
    if strange and not force:
        raise InputError(
            "the folder holds something that is no release",
            address=str(folder),
            cure="name another one, or say --force",
        )


def _swap(workshop: Path, folder: Path) -> None:
    """Put the new folder in the old one's place; a crash in between leaves both, whole, in the folder beside it."""
    if folder.exists():
        folder.rename(workshop / "old")
    (workshop / "new").rename(folder)


def _dumps(store: Store, new: Path) -> Iterator[str]:
    graphs = _published(store)
    with (new / "waqai.nq").open("wb") as file:
        for graph in graphs:
            ox.serialize(_sorted(store, graph), file, format=ox.RdfFormat.N_QUADS)
    yield "waqai.nq"
    quads = (quad for graph in graphs for quad in _sorted(store, graph))
    ox.serialize(quads, str(new / "waqai.jsonld"), format=ox.RdfFormat.JSON_LD)
    yield "waqai.jsonld"


def _rooms(store: Store, new: Path) -> Iterator[str]:
    for room in ROOMS:
        triples = [quad.triple for quad in _sorted(store, f"{store.iris.base}graph/{room}")]
        if triples:
            ox.serialize(triples, str(new / f"{room}.ttl"), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
            yield f"{room}.ttl"


def _published(store: Store) -> list[str]:
    """The graphs of a release, sorted. A remote store may hold private graphs that others put there."""
    return [name for name in store.graph_names() if not name.startswith(store.iris.private_graph(""))]


def _sorted(store: Store, graph: str) -> Iterable[ox.Quad]:
    """A graph's quads in the order of their canonical lines, blank nodes named as RDFC-1.0 does and apart by graph."""
    return canonical_quads(store.quads(graph), graph.removeprefix(f"{store.iris.base}graph/"))
