"""Is the ontology, with its vocabulary, OWL 2 DL? And does it keep the house's own style?"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyhornedowl
import pyoxigraph as ox
import pyshacl
from pyhornedowl.profile import check_profile
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from waqai.lint.finding import LintFinding, Severity
from waqai.lint.rooms import Rooms, address, triples

# Datatypes with which OWL 2 Structural Specification, section 4, does not reckon: no range may name them. The checker
# lets every name of XML Schema pass, so that this is looked at here.
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NOT_IN_OWL = {_XSD + name for name in ("date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "duration")}
_RANGE = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#range")


def as_rdf_xml(files: Iterable[Path]) -> str:
    """Turtle files as one RDF/XML document: the form that the checker reads."""
    merged = (triple for path in files for triple in triples(path))
    return (ox.serialize(merged, format=ox.RdfFormat.RDF_XML) or b"").decode()


def profile_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Every way in which the ontology and the vocabulary leave OWL 2 DL."""
    files = rooms.schema()
    report = check_profile(pyhornedowl.open_ontology(as_rdf_xml(files), "rdf"), "DL")
    for violation in report.violations:
        iri = getattr(violation, "iri", None)
        where = _first_address(files, str(iri)) if iri is not None else "ontology"
        what = f"{violation.message}: {iri}" if iri is not None else violation.message
        yield LintFinding("error", where, f"not OWL 2 DL: {what}", "declare the term in ontology/waqai.ttl, or see STYLE.md")
    for path in files:
        yield from _ranges_outside_owl(path)


def _first_address(files: Iterable[Path], iri: str) -> str:
    found = [address(path, iri) for path in files]
    return next((where for where in found if ":" in where), found[0])


def _ranges_outside_owl(path: Path) -> Iterator[LintFinding]:
    for triple in triples(path):
        if triple.predicate == _RANGE and isinstance(triple.object, ox.NamedNode) and triple.object.value in _NOT_IN_OWL:
            where = address(path, str(getattr(triple.subject, "value", "")))
            yield LintFinding(
                "error",
                where,
                f"not OWL 2 DL: {triple.object.value} is no datatype of OWL 2",
                "leave the range out and hold the datatype in a shape",
            )


@functools.cache
def _shapes(path: Path, _changed: int) -> Graph:
    return Graph().parse(path)


_SEVERITY: dict[Node | None, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "note"}


def style_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """What shapes/ontology.ttl finds in the ontology and the vocabulary."""
    shapes = rooms.shapes / "ontology.ttl"
    if not shapes.exists():
        yield LintFinding("note", "shapes", "there is no shapes/ontology.ttl: the style was not checked", "write it")
        return
    files = rooms.schema()
    merged = Graph()
    for path in files:
        merged.parse(data=(ox.serialize(triples(path), format=ox.RdfFormat.N_TRIPLES) or b"").decode(), format="nt")
    _, report, _ = pyshacl.validate(merged, shacl_graph=_shapes(shapes, shapes.stat().st_mtime_ns), advanced=False)
    for result in sorted(report.subjects(RDF.type, SH.ValidationResult), key=lambda node: _order(report, node)):
        focus = report.value(result, SH.focusNode)
        messages = {getattr(m, "language", None): str(m) for m in report.objects(result, SH.resultMessage)}
        yield LintFinding(
            _SEVERITY[report.value(result, SH.resultSeverity)],
            _first_address(files, str(focus)),
            f"{focus}: {messages.get('en') or next(iter(messages.values()), 'breaks the style')}",
            "ontology/STYLE.md says how an entry is written",
        )


def _order(report: Graph, result: Node) -> tuple[str, str, str]:
    parts = (report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.sourceShape))
    first, second, third = (str(part) for part in parts)
    return first, second, third
