"""The shapes room against itself, the ontology and the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyshacl.entrypoints import meta_validate
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from waqai.graph import WQ, WQV
from waqai.model import VICTIM_CLASSES
from waqai.resources import files, room

SHAPES = rdflib.Namespace("https://w3id.org/waqai/shapes#")
OTHER_GRAPHS = {
    rdflib.URIRef(WQ + name)
    for name in ("Actor", "Country", "FirstLevelUnit", "District", "Town", "Facility", "Region", "RegionSense", "Bound")
} | {rdflib.URIRef(WQ + name) for name in ("Tombstone", "Event", "Account", "Judgement", "Audit", "RepairedNumber")}
DERIVED_ONLY = {rdflib.URIRef(WQ + "certifiedBy")}
"""Properties of a class of node that articles have too, which only a derived graph holds."""
OWN_FILES = [path for path in files("shapes", "*.ttl") if path.name != "ontology.ttl"]


def parsed(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return parsed(*OWN_FILES)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return parsed(room("ontology") / "waqai.ttl", room("ontology") / "vocabulary.ttl")


def entries(shapes: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    for shape in sorted(shapes.subjects(SH.severity), key=str):
        assert isinstance(shape, rdflib.URIRef)
        yield shape


def members(shapes: rdflib.Graph, shape: rdflib.term.Node, parameter: rdflib.URIRef) -> set[rdflib.term.Node]:
    """The members of the list that an entry gives for sh:in or sh:ignoredProperties."""
    return {term for head in shapes.objects(shape, parameter) for term in shapes.items(head)}


def lists(shapes: rdflib.Graph, path: str) -> dict[str, set[str]]:
    """Entry → the codes that it allows for a property."""
    return {
        shape.removeprefix(SHAPES): {str(code).removeprefix(WQV) for code in members(shapes, shape, SH["in"])}
        for shape in entries(shapes)
        if (shape, SH.path, rdflib.URIRef(WQ + path)) in shapes and (shape, SH["in"], None) in shapes
    }


def test_every_entry_says_in_both_languages_what_is_wrong_and_what_to_do(shapes: rdflib.Graph) -> None:
    for shape in entries(shapes):
        for said in (SH.name, SH.description, SH.message):
            languages = sorted(str(text.language) for text in shapes.objects(shape, said))  # type: ignore[attr-defined]
            assert languages == ["ar", "en"], (shape, said)
        arrows = {"ar": " ← ", "en": " → "}
        for message in shapes.objects(shape, SH.message):
            assert isinstance(message, rdflib.Literal)
            assert message.count(arrows[str(message.language)]) == 1, message


def test_every_target_is_named_and_has_a_severity(shapes: rdflib.Graph) -> None:
    aimed = set()
    for target in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        aimed |= set(shapes.subjects(target))
    assert aimed == set(entries(shapes))
    assert set(shapes.objects(None, SH.severity)) <= {SH.Violation, SH.Warning, SH.Info}


def test_the_shapes_are_well_formed_by_the_shapes_of_shacl(shapes: rdflib.Graph) -> None:
    conforms, _, text = meta_validate(shapes)
    assert conforms, text


def test_code_lists_are_those_of_the_vocabulary(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    compared = 0
    for term, scheme in ontology.subject_objects(rdflib.URIRef(WQ + "valuesFrom")):
        concepts = {str(concept).removeprefix(WQV) for concept in ontology.subjects(SKOS.inScheme, scheme)}
        path = str(term).removeprefix(WQ)
        for entry, codes in lists(shapes, path).items():
            leaves_only = path == "leafClass" or entry == "actor-victim-class"
            expected = set(VICTIM_CLASSES) if leaves_only else concepts
            if entry == "bound-reading-policy":
                assert codes < concepts
            else:
                assert codes == expected, entry
            compared += 1
    assert compared >= 15


def test_classes_and_properties_are_those_of_the_ontology(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    declared = {term for term in ontology.subjects(RDF.type) if str(term).startswith(WQ)}
    classes = {term for term in ontology.subjects(RDF.type, OWL.Class) if str(term).startswith(WQ)}
    allowed = members(shapes, SHAPES["closure-class"], SH["in"])
    assert {term for term in allowed if str(term).startswith(WQ)} == classes

    closed = {term for shape in entries(shapes) for term in members(shapes, shape, SH.ignoredProperties)}
    assert closed
    assert {term for term in closed if str(term).startswith(WQ)} <= declared
    used = {term for triple in shapes for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(WQ)}
    assert used <= declared
    assert RDFS.label in closed


def test_the_lists_of_closure_say_the_same(shapes: rdflib.Graph) -> None:
    [listed] = shapes.objects(SHAPES["closure-property"], SH.sparql / SH.select)
    names = re.findall(r"[a-z]+:[A-Za-z]+", str(listed).split("!")[1])
    targets = set(shapes.objects(SHAPES["closure-typed"], SH.targetSubjectsOf))
    assert {shapes.namespace_manager.expand_curie(name) for name in names} == {*targets, RDF.type}
    of_articles = {
        term
        for shape in entries(shapes)
        if str(shape).startswith(str(SHAPES) + "closure-") and shapes.value(shape, SH.targetClass) not in OTHER_GRAPHS
        for term in members(shapes, shape, SH.ignoredProperties)
    }
    assert of_articles - DERIVED_ONLY == {*targets, RDF.type}


def test_no_shape_compares_by_the_parameters_on_which_pyshacl_fails(shapes: rdflib.Graph) -> None:
    """sh:lessThan and sh:lessThanOrEquals raise on an IRI, a blank node or a date beside a number: use sh:sparql."""
    assert not set(shapes.subject_objects(SH.lessThan))
    assert not set(shapes.subject_objects(SH.lessThanOrEquals))
