"""The files of the data rooms as lint reads them: triples, and the line at which an entry begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from waqai.graph.iris import WQ
from waqai.resources import room

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s+<([^>]*)>")
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):((?:\\.|[^\s;,.\\]|\.(?=\w))*))\s")


def wq(local: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(WQ + local)


def value(term: object) -> str:
    """The IRI of a node, the characters of a literal."""
    return str(getattr(term, "value", ""))


@cache
def _parsed(path: Path, _changed: int) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def triples(path: Path) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file; none where it cannot be parsed, which the check of the syntax reports."""
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except SyntaxError:
        return ()


def syntax_error(path: Path) -> SyntaxError | None:
    """Why a Turtle file cannot be parsed; None where it can."""
    try:
        _parsed(path, path.stat().st_mtime_ns)
    except SyntaxError as error:
        return error
    return None


@cache
def _entry_lines(path: Path, _changed: int) -> dict[str, int]:
    lines: dict[str, int] = {}
    prefixes: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
        elif subject := _SUBJECT.match(line):
            iri = subject[1] or prefixes.get(subject[2] or "", "") + (subject[3] or "").replace("\\", "")
            lines.setdefault(iri, number)
    return lines


def address(path: Path, iri: str | None = None, *, line: int | None = None) -> str:
    """`folder/file:line` of a line, or of the entry that an IRI begins; `folder/file` where it begins none."""
    if iri is not None:
        line = _entry_lines(path, path.stat().st_mtime_ns).get(iri)
    file = f"{path.parent.name}/{path.name}"
    return f"{file}:{line}" if line else file


@dataclass(frozen=True)
class Rooms:
    """The folders of the data rooms."""

    ontology: Path
    shapes: Path
    queries: Path
    lexicon: Path

    @classmethod
    def installed(cls) -> Rooms:
        """The rooms that this installation works with."""
        return cls(room("ontology"), room("shapes"), room("queries"), room("lexicon"))

    def schema(self) -> list[Path]:
        """The ontology and its vocabulary."""
        return [path for name in ("waqai.ttl", "vocabulary.ttl") if (path := self.ontology / name).exists()]

    def actors(self) -> list[Path]:
        """The register of actors."""
        return [path for path in (self.ontology / "actors.ttl",) if path.exists()]

    def places(self) -> list[Path]:
        """The registers of places."""
        return sorted((self.ontology / "places").glob("*.ttl"))

    def registers(self) -> list[Path]:
        """The registers of actors and places."""
        return [*self.actors(), *self.places()]

    def turtle(self) -> list[Path]:
        """Every Turtle file of every room."""
        return [*sorted(self.ontology.rglob("*.ttl")), *sorted(self.shapes.rglob("*.ttl"))]

    @property
    def inferred(self) -> Path:
        """What the reasoner concluded about the registers."""
        return self.ontology / "inferred.ttl"


def instances(paths: Iterable[Path], namespace: str) -> Iterator[tuple[Path, ox.NamedNode, str]]:
    """Every (file, subject, local name of its class) of the classes in a namespace."""
    for path in paths:
        for triple in triples(path):
            kind, subject = triple.object, triple.subject
            if triple.predicate == RDF_TYPE and isinstance(kind, ox.NamedNode) and isinstance(subject, ox.NamedNode):
                local = kind.value.removeprefix(namespace)
                if local != kind.value:
                    yield path, subject, local
