"""What a release is, for catalogues: DCAT 3 and VoID, in Arabic and English."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

import waqai
from waqai.graph import WQ
from waqai.store import Store

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "void": "http://rdfs.org/ns/void#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "wq": WQ,
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = {"ar": "وقائع: ما تقوله المصادر عن النزاعات المسلحة", "en": "Waqai: what sources say about armed conflict"}
ABOUT = {
    "ar": "أقوال المصادر عن ضحايا النزاعات المسلحة، لكل قول الكلمات التي تحمله، وحدود مشتقة بقواعد مسمّاة. "
    "الحدود تخص القتلى المبلَّغ عنهم لا كل القتلى. أسماء الأفراد محجوبة.",
    "en": "What sources say about the victims of armed conflict, each statement with the words that carry it, and "
    "bounds derived by named rules. Bounds speak of reported deaths, not of all deaths. "
    "Names of private persons are masked.",
}
MEDIA = {".nq": "application/n-quads", ".jsonld": "application/ld+json", ".ttl": "text/turtle"}
COUNTED = {"article": "Article", "count": "CasualtyCount", "event": "EventStatement"}

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a release."""

    name: str
    media: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Distribution:
        """Read a file's size and hash."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(path.name, MEDIA[path.suffix], path.stat().st_size, digest)


def description(store: Store, files: list[Distribution]) -> bytes:
    """The description of a release as Turtle. It names no day, so the same revision has the same bytes."""
    triples = [ox.Triple(_iri(s), _name(p), o) for s, p, o in _triples(store, files)]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _triples(store: Store, files: list[Distribution]) -> Iterator[tuple[str, str, Term]]:
    dataset, revision = f"{store.iris.base}dataset/waqai", store.revision()
    yield from ((dataset, "rdf:type", _name(kind)) for kind in ("dcat:Dataset", "void:Dataset"))
    for code in ("ar", "en"):
        yield dataset, "dcterms:title", ox.Literal(TITLE[code], language=code)
        yield dataset, "dcterms:description", ox.Literal(ABOUT[code], language=code)
        yield dataset, "dcterms:language", _iri(f"http://id.loc.gov/vocabulary/iso639-1/{code}")
    yield dataset, "dcterms:license", _iri(LICENCE)
    yield dataset, "dcterms:publisher", _iri(f"{store.iris.base}publisher")
    yield f"{store.iris.base}publisher", "rdf:type", _name("foaf:Agent")
    yield f"{store.iris.base}publisher", "foaf:name", ox.Literal("Waqai")
    yield dataset, "dcat:version", ox.Literal(revision)
    yield dataset, "wq:asOfRevision", ox.Literal(revision)
    yield dataset, "prov:wasGeneratedBy", _iri(store.iris.software(waqai.__version__))
    yield dataset, "void:vocabulary", _iri(WQ)
    yield dataset, "void:uriSpace", ox.Literal(store.iris.base)
    yield from _statistics(store, dataset)
    for file in files:
        yield from _distribution(dataset, revision, file)


def _statistics(store: Store, dataset: str) -> Iterator[tuple[str, str, Term]]:
    [row] = store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    yield dataset, "void:triples", _count(row["n"])
    for part, kind in COUNTED.items():
        [row] = store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <{WQ}{kind}> }}")
        yield dataset, "void:classPartition", _iri(f"{dataset}/{part}")
        yield f"{dataset}/{part}", "void:class", _iri(f"{WQ}{kind}")
        yield f"{dataset}/{part}", "void:entities", _count(row["n"])


def _distribution(dataset: str, revision: str, file: Distribution) -> Iterator[tuple[str, str, Term]]:
    node = f"{dataset}/{revision}/{file.name}"
    yield dataset, "dcat:distribution", _iri(node)
    yield node, "rdf:type", _name("dcat:Distribution")
    yield node, "dcterms:title", ox.Literal(file.name)
    yield node, "dcterms:license", _iri(LICENCE)
    yield node, "dcat:mediaType", _iri(f"https://www.iana.org/assignments/media-types/{file.media}")
    yield node, "dcat:byteSize", ox.Literal(str(file.size), datatype=_name("xsd:nonNegativeInteger"))
    yield node, "spdx:checksum", _iri(f"{node}/checksum")
    yield f"{node}/checksum", "rdf:type", _name("spdx:Checksum")
    yield f"{node}/checksum", "spdx:algorithm", _name("spdx:checksumAlgorithm_sha256")
    yield f"{node}/checksum", "spdx:checksumValue", ox.Literal(file.sha256, datatype=_name("xsd:hexBinary"))


def _count(term: object) -> ox.Literal:
    assert isinstance(term, ox.Literal)  # noqa: S101 - COUNT answers with an integer
    return term


def _iri(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _name(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)
