"""OWL 2 DL, and the shapes over ontology and registers."""

from __future__ import annotations

import pytest

from waqai.lint.profile import profile_findings, register_findings, style_findings

from .conftest import Build

GOOD = """\
actor:iron-guard a wq:Actor, wq:Militia ;
    rdfs:label "الحرس الحديدي"@ar, "Iron Guard"@en ;
    wq:strongName "الحرس الحديدي"@ar, "Iron Guard"@en ;
    wq:activeFrom "2013"^^xsd:gYear .
"""


def test_the_ontology_with_a_register_is_owl_2_dl(build: Build) -> None:
    assert list(profile_findings(build(GOOD))) == []


@pytest.mark.parametrize(
    ("ontology", "says"),
    [
        ("wq:hinders rdfs:subPropertyOf wq:target .", "undeclared object property: https://w3id.org/waqai/ns#hinders"),
        ("wq:low a owl:ObjectProperty .", "more than one kind of entity"),
        ("wq:partOf a owl:FunctionalProperty .", "non-simple property"),
        ("wq:size a owl:DatatypeProperty ; rdfs:range wq:Size .", "undeclared datatype"),
        ("wq:born a owl:DatatypeProperty ; rdfs:range xsd:date .", "XMLSchema#date is no datatype of OWL 2"),
        ("wq:Outlet rdfs:subClassOf [ a owl:Class ; owl:unionOf ( wq:Party ) ] .", "fewer than two operands"),
        ("wq:Band owl:equivalentClass [ a owl:Class ; owl:unionOf ( wq:Party wq:Tribe ) ] .", "not OWL 2: "),
    ],
)
def test_what_is_not_owl_2_dl_is_refused(build: Build, ontology: str, says: str) -> None:
    findings = list(profile_findings(build(ontology=ontology)))
    assert any(says in finding.message for finding in findings)
    assert {finding.severity for finding in findings} == {"error"}


def test_a_register_may_use_no_property_that_is_declared_nowhere(build: Build) -> None:
    rooms = build(GOOD + "actor:river-band a wq:Actor ; wq:hates actor:iron-guard .\n")
    assert any("https://w3id.org/waqai/ns#hates" in finding.message for finding in profile_findings(rooms))


def test_the_style_is_kept(build: Build) -> None:
    assert list(style_findings(build())) == []


def test_a_term_without_arabic_breaks_the_style(build: Build) -> None:
    rooms = build(ontology='wq:Depot a owl:Class ; rdfs:label "depot"@en ; skos:definition "A store of arms."@en .')
    findings = list(style_findings(rooms))
    assert len(findings) == 2
    assert all(f.address.startswith("ontology/waqai.ttl:") and "#Depot" in f.message and f.cure for f in findings)


def test_without_the_shapes_lint_says_that_the_style_was_not_checked(build: Build) -> None:
    rooms = build()
    (rooms.shapes / "ontology.ttl").unlink()
    [finding] = style_findings(rooms)
    assert finding.severity == "note"


def test_the_shapes_look_at_the_registers(build: Build) -> None:
    rooms = build('actor:Iron_Guard a wq:Actor, wq:Militia ; rdfs:label "Iron Guard"@en .')
    assert {finding.address for finding in register_findings(rooms)} == {"ontology/actors.ttl:8"}
