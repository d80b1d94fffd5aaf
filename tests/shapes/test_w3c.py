"""The W3C's SHACL test suite, through our gate: pyoxigraph's terms carried to rdflib, pyshacl's results carried back.

Compared result by result: focus node, path, value, severity, component and shape; blank nodes only as such. Three of
the 121 are known to fail, each with its reason; a change either way is a failure here.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from _pytest.mark import ParameterSet
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import RDF, SH

from waqai.errors import ShapeError
from waqai.validate import Gate
from waqai.validate.terms import to_ox, to_rdflib

SUITE = Path(__file__).resolve().parents[2] / "../shared/suites/data-shapes"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
KNOWN = {
    "core/property/uniqueLang-002.ttl": 'rdflib reads "1"^^xsd:boolean in a shape as true',
    "sparql/node/prefixes-001.ttl": "prefixes that a prefix declaration imports (owl:imports) are not followed",
    "sparql/pre-binding/shapesGraph-001.ttl": "pyshacl does not support $shapesGraph",
}
NAMED_BLANK = "urn:waqai:blank:"

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not beside the project (../shared/suites)")

Result = tuple[str, ...]


def cases() -> list[ParameterSet]:
    """The files that hold a test of their own (manifests only include others)."""
    found = []
    for path in sorted(SUITE.rglob("*.ttl")):
        name = path.relative_to(SUITE).as_posix()
        if "mf:entries" in path.read_text(encoding="utf-8"):
            marks = [pytest.mark.xfail(reason=KNOWN[name])] if name in KNOWN else []
            found.append(pytest.param(path, id=name, marks=marks))
    return found


def test_the_suite_is_whole() -> None:
    names = {str(case.id) for case in cases()}
    assert len(names) == 121
    assert set(KNOWN) < names


def said(term: rdflib.term.Node | None) -> str:
    if term is None:
        return ""
    return "_:" if isinstance(term, rdflib.BNode) else str(to_ox(term))


def expected(manifest: rdflib.Graph, report: rdflib.term.Node) -> Counter[Result]:
    def path(node: rdflib.term.Node | None) -> str:
        if node is None or isinstance(node, rdflib.URIRef):
            return str(node or "")
        return str(shacl_path_to_sparql_path(ShapesGraph(manifest), node))

    rows: Counter[Result] = Counter()
    for result in manifest.objects(report, SH.result):
        value = manifest.value
        terms = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape)
        rows[(path(value(result, SH.resultPath)), *(said(value(result, term)) for term in terms))] += 1
    return rows


def got(gate: Gate, data: Path) -> Counter[Result]:
    verdict = gate.verdict(ox.parse(path=str(data), format=ox.RdfFormat.TURTLE, base_iri=data.as_uri()))
    report: dict[str, dict[str, str]] = {}
    for triple in verdict.report:
        blank = isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(NAMED_BLANK)
        report.setdefault(str(triple.subject), {})[triple.predicate.value] = "_:" if blank else str(triple.object)
    rows: Counter[Result] = Counter()
    for number, finding in enumerate(verdict.findings, 1):
        result = report[f"<urn:waqai/report/{number}>"]
        terms = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape)
        rows[(finding.path or "", *(result.get(str(term), "") for term in terms))] += 1
    return rows


@pytest.mark.parametrize("path", cases())
def test_w3c(path: Path) -> None:
    manifest = rdflib.Graph()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri()):
        manifest.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    [test] = manifest.subjects(RDF.type, SHT.Validate)
    [action], [result] = manifest.objects(test, MF.action), manifest.objects(test, MF.result)
    shapes, data = (
        Path(str(manifest.value(action, of)).removeprefix("file://")) for of in (SHT.shapesGraph, SHT.dataGraph)
    )
    if result == SHT.Failure:
        with pytest.raises(ShapeError):
            got(Gate([shapes]), data)
    else:
        assert got(Gate([shapes]), data) == expected(manifest, result)
