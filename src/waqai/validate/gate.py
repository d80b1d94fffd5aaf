"""Shapes parsed once, pyshacl run on one graph after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from pyparsing import ParseException
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from waqai import resources
from waqai.errors import ShapeError
from waqai.validate.terms import named, to_ox, to_rdflib
from waqai.validate.verdict import Finding, Verdict

NAMED_GRAPH = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#NamedGraph")
"""The gate says which graph it was handed, as `<graph> a sd:NamedGraph`, so that a shape can see its name."""

_GRAVITY = ("Violation", "Warning", "Info")
_VARIABLE = re.compile(r"\{[?$](\w+)\}")


@lru_cache(maxsize=512)
def _prepared(query: str) -> Query:
    return prepareQuery(query)


class _DataGraph(rdflib.Graph):
    """A graph that parses each SPARQL constraint once, not once for every focus node (parsing takes 5 to 10 ms)."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


def _data_graph(quads: Iterable[ox.Quad]) -> _DataGraph:
    graph = _DataGraph(bind_namespaces="none")
    names: set[ox.NamedNode] = set()
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        if isinstance(quad.graph_name, ox.NamedNode):
            names.add(quad.graph_name)
    for name in names:
        graph.add((to_rdflib(name), RDF.type, NAMED_GRAPH))
    return graph


def _shapes_graph(files: Iterable[Path]) -> rdflib.Graph:
    graph = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for path in files:
        base = path.resolve().as_uri()
        try:
            # renamed: two files may use one label for different blank nodes
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True):
                graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), _on_one_line(quad)))
        except SyntaxError as wrong:
            raise ShapeError(
                f"not Turtle: {wrong.msg}", address=f"{path}:{wrong.lineno}", cure="mend this line or the one before it"
            ) from wrong
    return graph


def _without_words(graph: rdflib.Graph) -> dict[Node, list[rdflib.Literal]]:
    """Take the words out and keep the messages: pyshacl drops their language and fails on values with a backslash."""
    texts: dict[Node, list[rdflib.Literal]] = {}
    for shape, text in sorted(graph.subject_objects(SH.message), key=str):
        if isinstance(text, rdflib.Literal):
            texts.setdefault(shape, []).append(text)
    for words in (SH.message, SH.name, SH.description):  # each is looked at again for every graph
        graph.remove((None, words, None))
    return texts


def _on_one_line(quad: ox.Quad) -> Node:
    """A SPARQL text without line breaks: for every focus node pyshacl searches it from each line to its end."""
    term = to_rdflib(quad.object)
    if quad.predicate.value != str(SH.select) or "#" in term or '"""' in term or "'''" in term:
        return term
    return rdflib.Literal(" ".join(line.strip() for line in term.splitlines()))


def _triple(subject: Node, predicate: Node, value: Node) -> ox.Triple:
    return ox.Triple(named(subject), named(predicate), to_ox(value))


class Gate:
    """Shapes, and the verdict on any number of graphs.

    Without files: the shapes of the data room, except those over the ontology itself. One thread at a time.
    """

    def __init__(self, shapes: list[Path] | None = None) -> None:
        room = [path for path in resources.files("shapes", "*.ttl") if path.name != "ontology.ttl"]
        files = room if shapes is None else shapes
        self._address = ", ".join(sorted({str(path.parent) for path in files}))
        self._graph = _shapes_graph(files)
        self._texts = _without_words(self._graph)
        self._shapes = ShapesGraph(self._graph)
        with self._naming_broken_shapes():
            len(self._shapes.shapes)  # harvests them

    @contextmanager
    def _naming_broken_shapes(self) -> Iterator[None]:
        try:
            yield
        except (
            ConstraintLoadError,
            ShapeLoadError,
            ReportableRuntimeError,
            ValidationFailure,
            ParseException,
            NotImplementedError,
        ) as wrong:
            raise ShapeError(
                f"a shape cannot be used: {wrong}",
                address=self._address,
                cure="mend the shape; its pair of examples under tests/shapes shows what it is for",
            ) from wrong

    def verdict(self, quads: Iterable[ox.Quad]) -> Verdict:
        """Validate one graph: an article's own, or a register. Raises ShapeError if a shape itself is broken."""
        data = _data_graph(quads)
        validator = Validator(DataGraph.from_rdflib_graph(data), shacl_graph=self._graph, options={"inplace": True})
        validator.shacl_graph = self._shapes  # harvested once, not for every graph
        with self._naming_broken_shapes():
            _, report, _ = validator.run()  # type: ignore[no-untyped-call]
        results = [dict(report.predicate_objects(node)) for node in report.objects(None, SH.result)]
        found = sorted(((self._finding(result), result) for result in results), key=_rank)
        name = min(map(str, data.subjects(RDF.type, NAMED_GRAPH)), default="urn:waqai")
        return Verdict(tuple(finding for finding, _ in found), tuple(self._report(f"{name}/report", found)))

    def _finding(self, result: dict[Node, Node]) -> Finding:
        return Finding(
            severity=str(result[SH.resultSeverity]).removeprefix(str(SH)),
            focus=_text(result[SH.focusNode]),
            shape=_text(result[SH.sourceShape]),
            path=self._path(result.get(SH.resultPath)),
            value=_text(result[SH.value]) if SH.value in result else None,
            message=self._messages(result),
        )

    def _path(self, path: Node | None) -> str | None:
        if path is None or isinstance(path, rdflib.URIRef):
            return None if path is None else str(path)
        return str(shacl_path_to_sparql_path(self._shapes, path))

    def _messages(self, result: dict[Node, Node]) -> dict[str, str]:
        said = {"this": result[SH.focusNode], "value": result.get(SH.value, "")}
        sources = [result[SH.sourceShape], *filter(None, [result.get(SH.sourceConstraint)])]
        return {
            text.language or "": _VARIABLE.sub(lambda name: str(said.get(name[1], name[0])), text)
            for source in sources
            for text in self._texts.get(source, ())
        }

    def _report(self, name: str, found: list[tuple[Finding, dict[Node, Node]]]) -> Iterator[ox.Triple]:
        """The report as SHACL describes it (section 3.6), its results numbered in the order of the findings."""
        report = rdflib.URIRef(name)
        nodes = [rdflib.URIRef(f"{name}/{number}") for number in range(1, len(found) + 1)]
        yield _triple(report, RDF.type, SH.ValidationReport)
        yield _triple(report, SH.conforms, rdflib.Literal(not found))
        yield from (_triple(report, SH.result, node) for node in nodes)
        for node, (finding, result) in zip(nodes, found, strict=True):
            yield _triple(node, RDF.type, SH.ValidationResult)
            yield from (_triple(node, said, result[said]) for said in _COPIED if said in result)
            for lang, text in finding.message.items():
                yield _triple(node, SH.resultMessage, rdflib.Literal(text, lang=lang or None))
            if SH.resultPath in result:
                yield from self._named(node, SH.resultPath, result[SH.resultPath])

    def _named(self, subject: Node, predicate: Node, part: Node) -> Iterator[ox.Triple]:
        """A path with all its steps, blank nodes named after the way to them."""
        blank = isinstance(part, rdflib.BNode)
        step = rdflib.URIRef(f"{subject}/{str(predicate).rpartition('#')[2]}") if blank else part
        yield _triple(subject, predicate, step)
        if blank:
            for way, further in sorted(self._graph.predicate_objects(part), key=str):
                yield from self._named(step, way, further)


def _text(term: Node) -> str:
    return f"_:{term}" if isinstance(term, rdflib.BNode) else str(term)


_COPIED = (
    SH.resultSeverity,
    SH.focusNode,
    SH.sourceShape,
    SH.sourceConstraintComponent,
    SH.sourceConstraint,
    SH.value,
)


def _rank(found: tuple[Finding, dict[Node, Node]]) -> tuple[int | str, ...]:
    finding, result = found
    gravity = _GRAVITY.index(finding.severity) if finding.severity in _GRAVITY else len(_GRAVITY)
    component = str(result[SH.sourceConstraintComponent])
    return gravity, finding.focus, finding.shape, finding.path or "", finding.value or "", component
