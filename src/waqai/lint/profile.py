"""Is the ontology OWL 2 DL? Do ontology, vocabulary and registers keep to the shapes?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyhornedowl
import pyoxigraph as ox
from pyhornedowl.profile import check_profile

from waqai.lint.finding import LintFinding, Severity
from waqai.lint.rooms import Rooms, address, triples, value
from waqai.validate import Gate

# Datatypes with which OWL 2 Structural Specification, section 4, does not reckon: no range may name them. The checker
# lets every name of XML Schema pass, so that this is looked at here.
_XSD = "http://www.w3.org/2001/XMLSchema#"
_OUTSIDE = ("date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "duration")
_NOT_IN_OWL = {ox.NamedNode(_XSD + name) for name in _OUTSIDE}
_RANGE = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#range")


def as_rdf_xml(files: Iterable[Path]) -> str:
    """Turtle files as one RDF/XML document: the form that the checker reads."""
    merged = (triple for path in files for triple in triples(path))
    return (ox.serialize(merged, format=ox.RdfFormat.RDF_XML) or b"").decode()


def profile_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Every way in which the ontology, with its vocabulary and the registers, leaves OWL 2 DL."""
    files = [*rooms.schema(), *rooms.registers()]
    if not files:
        return
    try:
        ontology = pyhornedowl.open_ontology(as_rdf_xml(files), "rdf")
    except ValueError as error:
        yield LintFinding("error", "ontology", f"not OWL 2: {error}", "declare the terms that the message names")
        return
    report = check_profile(ontology, "DL")
    for violation in report.violations:
        iri = getattr(violation, "iri", None)
        where, about = ("ontology", "") if iri is None else (_first_address(files, str(iri)), f": {iri}")
        cure = "declare the term in ontology/waqai.ttl, or see STYLE.md"
        yield LintFinding("error", where, f"not OWL 2 DL: {violation}{about}", cure)
    for path in files:
        yield from _ranges_outside_owl(path)


def _first_address(files: Iterable[Path], iri: str) -> str:
    found = [address(path, iri) for path in files]
    return next((where for where in found if ":" in where), found[0])


def _ranges_outside_owl(path: Path) -> Iterator[LintFinding]:
    for triple in triples(path):
        if triple.predicate == _RANGE and triple.object in _NOT_IN_OWL:
            message = f"not OWL 2 DL: {value(triple.object)} is no datatype of OWL 2"
            cure = "leave the range out and hold the datatype in a shape"
            yield LintFinding("error", address(path, value(triple.subject)), message, cure)


_SEVERITY: dict[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "note"}


def style_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """What shapes/ontology.ttl finds in the ontology and the vocabulary."""
    shapes = rooms.shapes / "ontology.ttl"
    if not shapes.exists():
        yield LintFinding("note", "shapes", "there is no shapes/ontology.ttl: the style was not checked", "write it")
        return
    yield from shape_findings([shapes], rooms.schema())


def register_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """What the shapes of actors and places find in the registers."""
    shapes = [path for path in sorted(rooms.shapes.glob("*.ttl")) if path.name != "ontology.ttl"]
    if shapes:
        yield from shape_findings(shapes, rooms.registers())


def shape_findings(shapes: list[Path], files: list[Path]) -> Iterator[LintFinding]:
    """What some shapes find in some files, taken as one graph."""
    graph = [ox.Quad(*triple) for path in files for triple in triples(path)]
    for found in Gate(shapes).verdict(graph).findings:
        about = f" ({found.value})" if found.value else ""
        message = f"{found.focus}: {found.wrong('en')}{about}"
        yield LintFinding(_SEVERITY[found.severity], _first_address(files, found.focus), message, found.cure("en"))
