"""Bounds as RDF: observations of a data cube (W3C RDF Data Cube), in a derived graph of their own (docs/graph.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

import waqai
from waqai.account.counts import Queryable, rows
from waqai.account.rules import Policy
from waqai.account.slices import NOT_NAMED, slices
from waqai.account.table import Line, Table, compared
from waqai.ask import BoundsWanted, Question
from waqai.graph import WQ, WQV, Iris

_QB = "http://purl.org/linked-data/cube#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_VERSION = ox.NamedNode("https://schema.org/softwareVersion")
_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
DIMENSIONS = ("question", "outcome", "victimClass", "placeSet", "from", "until", "minimumSources", "readingPolicy")
MEASURES = ("low", "high")
LANGS = {"ar": "، ", "en": ", "}
"""The languages of labels, with what stands between the names of places."""

_LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?thing ?lang ?label WHERE {
  VALUES ?thing { %s } ?thing rdfs:label|skos:prefLabel ?text BIND(LANG(?text) AS ?lang) BIND(STR(?text) AS ?label) }"""


def wq(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(WQ + name)


def wqv(code: str) -> ox.NamedNode:
    """A concept of the vocabulary."""
    return ox.NamedNode(WQV + code)


def observations(store: Queryable, question: Question, policy: Policy, iris: Iris, revision: str) -> Iterator[ox.Quad]:
    """The graph of bounds for one question under one policy, from all counts anew."""
    yield from head(iris, revision)
    wanted = question.bounds
    if wanted is None:
        return
    if wanted.by_method_and_month:
        yield from _cut(store, question, wanted, policy, iris)
    elif wanted.before:
        yield from _compared(store, question, wanted, policy, iris)
    else:
        lines = list(Table(store, wanted, policy).lines())
        labels = labels_of(store, lines, iris)
        for line in lines:
            yield from quads(question, policy, line, iris, labels)


def subject_of(question: Question, policy: Policy, line: Line, iris: Iris) -> str:
    """The IRI of one observation: the same for the same question, class, place and policy."""
    return iris.bound(_key(question, policy, line))


def quads(
    question: Question, policy: Policy, line: Line, iris: Iris, labels: Mapping[tuple[str, str], str]
) -> Iterator[ox.Quad]:
    """One observation."""
    graph, node = ox.NamedNode(iris.derived_graph("bounds")), ox.NamedNode(subject_of(question, policy, line, iris))
    for predicate, value in _observation(question, policy, line, iris, labels):
        yield ox.Quad(node, predicate, value, graph)


def head(iris: Iris, revision: str) -> list[ox.Quad]:
    """The data set and its structure: dimensions and measures."""
    graph = ox.NamedNode(iris.derived_graph("bounds"))
    return [ox.Quad(*triple, graph) for triple in _head(iris, revision)]


def _cut(store: Queryable, question: Question, wanted: BoundsWanted, policy: Policy, iris: Iris) -> Iterator[ox.Quad]:
    """The observations of a question by means and month: each of the policy for that month."""
    graph = ox.NamedNode(iris.derived_graph("bounds"))
    found = list(slices(store, wanted.outcome, wanted.classes, policy))
    lines = [Line(s.victim_class, (s.country,), s.bound) for s in found]
    labels = labels_of(store, lines, iris)
    for line, cut in zip(lines, found, strict=True):
        asked = replace(policy, since=cut.first, until=cut.last)
        node = ox.NamedNode(iris.bound(f"{_key(question, asked, line)}\n{cut.method}"))
        for predicate, value in _observation(question, asked, line, iris, labels):
            yield ox.Quad(node, predicate, value, graph)
        if cut.method != NOT_NAMED:
            yield ox.Quad(node, wq("ofMethod"), wqv(cut.method), graph)


def _compared(
    store: Queryable, question: Question, wanted: BoundsWanted, policy: Policy, iris: Iris
) -> Iterator[ox.Quad]:
    """The observations of a question that compares with a day: those of then say so, those of now do not."""
    graph = ox.NamedNode(iris.derived_graph("bounds"))
    pairs = list(compared(store, wanted, policy))
    labels = labels_of(store, [new for _, new in pairs], iris)
    for pair in pairs:
        for line, asked in zip(pair, (policy, replace(policy, published_before=None)), strict=True):
            node = ox.NamedNode(iris.bound(_key(question, asked, line)))
            for predicate, value in _observation(question, asked, line, iris, labels):
                yield ox.Quad(node, predicate, value, graph)


Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
Property = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]


def _head(iris: Iris, revision: str) -> Iterator[Triple]:
    """The data set and its structure: dimensions and measures."""
    dataset, structure = ox.NamedNode(iris.bounds()), ox.NamedNode(f"{iris.bounds()}/structure")
    yield dataset, _RDF_TYPE, ox.NamedNode(f"{_QB}DataSet")
    yield dataset, ox.NamedNode(f"{_QB}structure"), structure
    yield dataset, wq("asOfRevision"), ox.Literal(revision)
    yield dataset, _VERSION, ox.Literal(waqai.__version__)
    yield structure, _RDF_TYPE, ox.NamedNode(f"{_QB}DataStructureDefinition")
    for sort, names in (("dimension", DIMENSIONS), ("measure", MEASURES)):
        for name in names:
            component = ox.NamedNode(f"{structure.value}/{name}")
            yield structure, ox.NamedNode(f"{_QB}component"), component
            yield component, ox.NamedNode(f"{_QB}{sort}"), wq(name)


def _key(question: Question, policy: Policy, line: Line) -> str:
    asked = (policy.since, policy.until, policy.minimum_sources, policy.readings, *sorted(policy.off))
    asked = (*asked, policy.by, *sorted(policy.sources)) if policy.by or policy.sources else asked
    asked = (*asked, f"before {policy.published_before}") if policy.published_before else asked
    return "\n".join(map(str, (question.name, line.victim_class, *line.places, *asked)))


def _observation(
    question: Question, policy: Policy, line: Line, iris: Iris, labels: Mapping[tuple[str, str], str]
) -> Iterator[Property]:
    bound, wanted = line.bound, question.bounds
    yield _RDF_TYPE, wq("Bound")
    yield _RDF_TYPE, ox.NamedNode(f"{_QB}Observation")
    yield ox.NamedNode(f"{_QB}dataSet"), ox.NamedNode(iris.bounds())
    yield wq("question"), ox.Literal(question.name)
    if wanted is not None:
        yield wq("outcome"), wqv(wanted.outcome)
    yield wq("victimClass"), wqv(line.victim_class)
    yield wq("placeSet"), ox.Literal(" ".join(line.places))
    for code in line.places:
        yield wq("ofPlace"), ox.NamedNode(iris.place(code))
    yield wq("jointly"), ox.Literal(len(line.places) > 1)
    yield wq("low"), ox.Literal(bound.low)
    if bound.high is not None:
        yield wq("high"), ox.Literal(bound.high)
    yield wq("tight"), ox.Literal(bound.tight)
    if bound.unnamed:
        yield wq("unnamed"), ox.Literal(bound.unnamed)
    for iri in bound.statements:
        yield wq("boundBy"), ox.NamedNode(iri)
    for rule in bound.rules:
        yield wq("ruleUsed"), wqv(rule)
    for reading in bound.low_readings:
        yield wq("lowReading"), ox.NamedNode(reading)
    for reading in bound.high_readings:
        yield wq("highReading"), ox.NamedNode(reading)
    for lang, comma in LANGS.items():
        places = comma.join(labels.get((iris.place(code), lang), code) for code in line.places)
        name = labels.get((WQV + line.victim_class, lang), line.victim_class)
        yield _LABEL, ox.Literal(f"{name}: {places}", language=lang)
    yield from _policy(policy)


def _policy(policy: Policy) -> Iterator[Property]:
    if policy.since:
        yield wq("from"), ox.Literal(policy.since.isoformat(), datatype=_DATE)
    if policy.until:
        yield wq("until"), ox.Literal(policy.until.isoformat(), datatype=_DATE)
    if policy.published_before:
        yield wq("publishedBefore"), ox.Literal(policy.published_before.isoformat(), datatype=_DATE)
    yield wq("minimumSources"), ox.Literal(policy.minimum_sources)
    yield wq("readingPolicy"), wqv(policy.readings)
    for rule in sorted(policy.off):
        yield wq("withoutRule"), wqv(rule)


def labels_of(store: Queryable, lines: Iterable[Line], iris: Iris) -> dict[tuple[str, str], str]:
    """The names of classes and places: (IRI, language) → label."""
    things = {WQV + line.victim_class for line in lines} | {iris.place(p) for line in lines for p in line.places}
    values = " ".join(str(ox.NamedNode(thing)) for thing in sorted(things))
    return {(row["thing"], row["lang"]): row["label"] for row in rows(store, _LABELS % values)}
