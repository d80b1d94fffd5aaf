"""The ontology covers the contract of the graph, and stands in the house's form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.graph.iris import WQ, WQV
from waqai.resources import room

ROOT = Path(__file__).resolve().parents[2]
FILES = ("waqai.ttl", "vocabulary.ttl")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWL = "http://www.w3.org/2002/07/owl#"


def triples(name: str) -> Iterator[ox.Triple]:
    for quad in ox.parse(path=str(room("ontology") / name), format=ox.RdfFormat.TURTLE):
        yield quad.triple


def declared() -> set[str]:
    return {t.subject.value for name in FILES for t in triples(name) if isinstance(t.subject, ox.NamedNode)}


def typed(kind: str) -> set[str]:
    return {
        t.subject.value.removeprefix(WQ)
        for t in triples("waqai.ttl")
        if t.predicate.value == RDF_TYPE
        and getattr(t.object, "value", "") == OWL + kind
        and isinstance(t.subject, ox.NamedNode)
        and t.subject.value.startswith(WQ)
    }


def test_every_term_of_the_graph_by_example_is_declared() -> None:
    text = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    used = {{"wq": WQ, "wqv": WQV}[prefix] + local for prefix, local in re.findall(r"\b(wqv?):([A-Za-z][\w-]*)", text)}
    assert len(used) > 100
    assert used <= declared()


def test_every_property_that_takes_codes_has_a_scheme_of_the_vocabulary() -> None:
    schemes = {t.object for t in triples("waqai.ttl") if t.predicate.value == WQ + "valuesFrom"}
    kinds = {t.subject for t in triples("vocabulary.ttl") if getattr(t.object, "value", "").endswith("#ConceptScheme")}
    assert len(schemes) == 13
    assert schemes <= kinds


def test_every_kind_of_event_that_is_a_class_is_defined_by_a_code() -> None:
    codes = {t.object for t in triples("waqai.ttl") if t.predicate.value == OWL + "hasValue"}
    kinds = {
        t.subject
        for t in triples("vocabulary.ttl")
        if t.predicate.value.endswith("#inScheme") and getattr(t.object, "value", "") == WQV + "event_kinds"
    }
    assert len(codes & kinds) == 20


def test_the_classes_of_the_issue_are_there() -> None:
    classes = typed("Class")
    assert {"IranBackedMilitia", "ProGovernmentMilitia", "ProGovernmentForce", "OppositionGroup"} <= classes
    assert {"StateForce", "Militia", "ArmedGroup", "Police", "Monitor", "Outlet", "Authority", "Tribe"} <= classes
    assert {"Country", "FirstLevelUnit", "District", "Town", "Region", "RegionSense", "Facility"} <= classes


def test_no_name_is_used_for_two_sorts_of_term() -> None:
    sorts = [typed(kind) for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")]
    assert sum(map(len, sorts)) == len(set().union(*sorts))


@pytest.mark.parametrize("name", FILES)
def test_prefixes_stand_in_the_order_of_the_list(name: str) -> None:
    def prefixes(path: Path) -> list[str]:
        return re.findall(r"^@prefix ([\w-]*): <([^>]+)>", path.read_text(encoding="utf-8"), re.MULTILINE)

    house = prefixes(room("ontology") / "prefixes.ttl")
    here = prefixes(room("ontology") / name)
    shared = [prefix for prefix in here if prefix in house]
    assert shared == [prefix for prefix in house if prefix in here]
    assert all(prefix in shared or "/vocabulary/" in prefix[1] for prefix in here)
