"""What the graph says about one IRI: its triples and its parts', what links to it, and labels to read it by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from waqai.store.embedded import Reader

MOST_INCOMING = 200
MOST_OWN = 5_000
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_LABELS = tuple(
    ox.NamedNode(name)
    for name in (_RDFS_LABEL, "http://www.w3.org/2004/02/skos/core#prefLabel", "https://schema.org/headline")
)
_EXACT = ox.NamedNode("http://www.w3.org/ns/oa#exact")

Labels = dict[str, dict[str, str]]


def describe(reader: Reader, iri: str, graph: bool) -> bytes:
    """JSON: `own` and `incoming` as N-Quads, `more` (something was left out), `labels` (IRI → language → label).

    With `graph`, the triples of the named graph are its own.
    """
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return _as_json([], [], False, {})
    own = list(islice(_quads(reader, graph=node) if graph else _whole(reader, node), MOST_OWN + 1))
    incoming = list(islice(_incoming(reader, node), MOST_INCOMING + 1))
    more = len(own) > MOST_OWN or len(incoming) > MOST_INCOMING
    own, incoming = own[:MOST_OWN], incoming[:MOST_INCOMING]
    return _as_json(own, incoming, more, labels(reader, _mentioned([*own, *incoming])))


def terms(reader: Reader, prefix: str) -> bytes:
    """The same JSON for all terms of the ontology's graph whose IRIs begin with `prefix`."""
    ontology = ox.NamedNode(f"{reader.iris.base}graph/ontology")
    quads = list(_quads(reader, graph=ontology))
    own = [q for q in quads if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(prefix)]
    return _as_json(own, [], False, labels(reader, _mentioned(own)))


def labels(reader: Reader, iris: Iterable[str]) -> Labels:
    """The labels of IRIs by language; a statement's is the words of its evidence."""
    found = {iri: _label(reader, ox.NamedNode(iri)) for iri in iris}
    return {iri: names for iri, names in found.items() if names}


def _label(reader: Reader, node: ox.NamedNode) -> dict[str, str]:
    names: dict[str, str] = {}
    quotes = [node, ox.NamedNode(f"{node.value}/evidence-1/quote")]
    for subject, predicate in [*((node, predicate) for predicate in _LABELS), *((quote, _EXACT) for quote in quotes)]:
        for quad in _quads(reader, subject, predicate):
            if isinstance(quad.object, ox.Literal):
                names.setdefault(quad.object.language or "", quad.object.value)
    return names


def _whole(reader: Reader, node: ox.NamedNode) -> Iterator[ox.Quad]:
    """The triples of a node and of its parts, which are named below it."""
    ahead, seen = [node], set[ox.NamedNode]()
    while ahead:
        subject = ahead.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in _quads(reader, subject):
            yield quad
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{node.value}/"):
                ahead.append(quad.object)


def _incoming(reader: Reader, node: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in _quads(reader, value=node):
        inside = isinstance(quad.subject, ox.NamedNode) and f"{quad.subject.value}/".startswith(f"{node.value}/")
        if not inside:
            yield quad


def _quads(
    reader: Reader,
    subject: ox.NamedNode | None = None,
    predicate: ox.NamedNode | None = None,
    value: ox.NamedNode | None = None,
    graph: ox.NamedNode | None = None,
) -> Iterator[ox.Quad]:
    yield from reader.matching(subject, predicate, value, graph)


def _mentioned(quads: Iterable[ox.Quad]) -> set[str]:
    named = (term for quad in quads for term in (quad.subject, quad.predicate, quad.object))
    return {term.value for term in named if isinstance(term, ox.NamedNode)}


def _as_json(own: list[ox.Quad], incoming: list[ox.Quad], more: bool, names: Labels) -> bytes:
    told = {"own": _lines(own), "incoming": _lines(incoming), "more": more, "labels": names}
    return json.dumps(told, ensure_ascii=False).encode()


def _lines(quads: list[ox.Quad]) -> str:
    return "".join(sorted(f"{quad} .\n" for quad in quads))
