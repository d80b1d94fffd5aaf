"""Writes a release folder: the same bytes for the same revision, and never half of it.

waqai.nq        every public graph: articles, ontology, registers, bounds, the catalogue
waqai.jsonld    the same
ontology.ttl    classes, properties and vocabulary
actors.ttl, places.ttl    the registers
dataset.ttl     DCAT 3 and VoID: what this is, under which licence, how large, which bytes
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from waqai.errors import InputError
from waqai.publish.description import Distribution, description
from waqai.store import Store
from waqai.store.change import canonical_quads

MARK = "dataset.ttl"
ROOMS = ("ontology", "actors", "places")
FILES = {"waqai.nq", "waqai.jsonld", *(f"{room}.ttl" for room in ROOMS), MARK}
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

    Raises InputError if the folder holds something that is no release and `force` is not said, or, said or not, if
    a store would go with it; StoreError.
    """
    try:
        place = folder.resolve()
        _check(place, store.address, force)
        place.parent.mkdir(parents=True, exist_ok=True)
        with _workshop(place) as workshop:
            names = _write(store, workshop / "new")
            _swap(workshop, place)
        _sweep(place)
    except (OSError, RuntimeError) as error:  # RuntimeError: a symbolic link that leads to itself
        raise InputError(
            f"the release cannot be written: {error}",
            address=str(folder),
            cure="free disk space or name another folder",
        ) from error
    return [folder / name for name in names]


@contextmanager
def _workshop(place: Path) -> Iterator[Path]:
    """A locked folder beside the place. The lock ends with the process, the folder does not if it is killed."""
    with tempfile.TemporaryDirectory(prefix=_staging(place), dir=place.parent) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(workshop: Path) -> Iterator[None]:
    """Hold a workshop. Raises BlockingIOError if another process does."""
    descriptor = os.open(workshop, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _sweep(place: Path) -> None:
    """Remove the workshops of publishers that were killed; one that is at work holds its lock."""
    for left in place.parent.iterdir():
        if left.name.startswith(_staging(place)) and left.is_dir() and not left.is_symlink():
            with suppress(BlockingIOError), _locked(left):
                shutil.rmtree(left)


def _staging(place: Path) -> str:
    return f".{place.name}.publishing-"


def _write(store: Store, new: Path) -> list[str]:
    new.mkdir()
    names = [*_dumps(store, new), *_rooms(store, new)]
    (new / MARK).write_bytes(description(store, [Distribution.of(new / name) for name in names]))
    return [*names, MARK]


def _check(place: Path, store: str, force: bool) -> None:
    if place.exists() and not place.is_dir():
        raise InputError("this is a file", address=str(place), cure="name a folder")
    if (place / "store.json").exists() or _overlap(place, store):
        raise InputError(
            "a store lies here, and a release would replace it", address=str(place), cure="name another folder"
        )
    strange = sorted(p.name for p in place.iterdir() if not _ours(p)) if place.exists() else []
    if strange and not force:
        raise InputError(
            f"the folder holds something that is no release: {strange[0]}",
            address=str(place),
            cure="name another one, or say --force, and all that it holds is deleted",
        )


def _overlap(place: Path, store: str) -> bool:
    """Whether the place is, contains or lies in the folder of the store; a remote store has none."""
    home = Path(store).resolve()
    return "://" not in store and (home.is_relative_to(place) or place.is_relative_to(home))


def _ours(path: Path) -> bool:
    """Whether this is a file of a release."""
    return path.name in FILES and path.is_file() and not path.is_symlink()


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
