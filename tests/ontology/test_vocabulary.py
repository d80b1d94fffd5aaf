"""The vocabulary and the code's own lists of codes are in step."""

from __future__ import annotations

import typing
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import model
from waqai.graph.iris import WQV
from waqai.resources import room

SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.fixture(scope="module")
def vocabulary() -> list[ox.Triple]:
    path = room("ontology") / "vocabulary.ttl"
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def local(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(WQV)


def subjects(vocabulary: list[ox.Triple], predicate: str, value: str) -> set[str]:
    return {local(t.subject) for t in vocabulary if t.predicate.value == SKOS + predicate and local(t.object) == value}


def above(vocabulary: list[ox.Triple], code: str) -> list[str]:
    """The line of codes above a code; in our hierarchies there is never more than one way up."""
    found = [local(t.object) for t in vocabulary if t.predicate.value == SKOS + "broader" and local(t.subject) == code]
    assert len(found) <= 1
    return [found[0], *above(vocabulary, found[0])] if found else []


@pytest.mark.parametrize(
    ("literal", "scheme"),
    [
        (model.Outcome, "outcomes"),
        (model.Operator, "operators"),
        (model.CountKind, "count_kinds"),
        (model.Certainty, "certainties"),
        (model.RelationKind, "relation_kinds"),
    ],
)
def test_codes_of_the_model_are_the_codes_of_the_scheme(
    vocabulary: list[ox.Triple], literal: object, scheme: str
) -> None:
    codes = set(typing.get_args(literal))
    assert codes
    assert subjects(vocabulary, "inScheme", scheme) == codes


@pytest.mark.parametrize(
    ("owner", "name", "scheme"),
    [(model.VictimGroup, "gender", "genders"), (model.Relation, "asserted_by", "asserters")],
)
def test_codes_of_fields_of_the_model_are_the_codes_of_the_scheme(
    vocabulary: list[ox.Triple], owner: type, name: str, scheme: str
) -> None:
    hint = typing.get_type_hints(owner)[name]
    options = [arg for part in (hint, *typing.get_args(hint)) for arg in typing.get_args(part)]
    codes = {arg for arg in options if isinstance(arg, str)}
    assert codes
    assert subjects(vocabulary, "inScheme", scheme) == codes


def members(vocabulary: list[ox.Triple], collection: str) -> set[str]:
    return {
        local(t.object) for t in vocabulary if t.predicate.value == SKOS + "member" and local(t.subject) == collection
    }


def test_the_classes_that_a_text_can_name_are_those_of_the_model(vocabulary: list[ox.Triple]) -> None:
    assert members(vocabulary, "named_classes") == set(model.VICTIM_CLASSES)
    outside = subjects(vocabulary, "inScheme", "victim_classes") - set(model.VICTIM_CLASSES)
    assert outside == {"pro_government_forces", "fighters", "mixed", "unknown"}


def test_the_hierarchy_of_victim_classes(vocabulary: list[ox.Triple]) -> None:
    assert above(vocabulary, "iran_backed_militia") == ["pro_government_militia", "pro_government_forces", "fighters"]
    assert above(vocabulary, "government_forces") == ["pro_government_forces", "fighters"]
    assert [above(vocabulary, code) for code in ("civilian", "police_security", "mixed", "unknown")] == [[], [], [], []]
    assert members(vocabulary, "militia_classes") == {"pro_government_militia", "iran_backed_militia"}


def test_methods_are_event_kinds(vocabulary: list[ox.Triple]) -> None:
    kinds = subjects(vocabulary, "inScheme", "event_kinds")
    methods = members(vocabulary, "methods")
    assert len(methods) == 18
    assert methods < kinds
    assert {"claim_of_responsibility", "military_operation", "assassination"} <= kinds - methods


def test_methods_are_those_of_the_annotation_guide(vocabulary: list[ox.Triple]) -> None:
    guide = Path(__file__).resolve().parents[2] / "../shared/eval/GUIDE.md"
    if not guide.exists():
        pytest.skip("the annotation guide is not here")
    [line] = [text for text in guide.read_text(encoding="utf-8").splitlines() if text.startswith("- methods")]
    for method in members(vocabulary, "methods"):
        assert f" {method} " in f"{line} ".replace("(", " ").replace(";", " ")


def test_mappings_point_to_codes_that_are_there(vocabulary: list[ox.Triple]) -> None:
    codes = {t.subject for t in vocabulary if t.predicate.value == SKOS + "notation"}
    ours = WQV.removesuffix("/")
    targets = [
        t.object
        for t in vocabulary
        if t.predicate.value.endswith("Match")
        and isinstance(t.object, ox.NamedNode)
        and t.object.value.startswith(ours)
    ]
    assert len(targets) > 30
    assert set(targets) <= codes
    others = {code for code in codes if isinstance(code, ox.NamedNode) and "/" in code.value.removeprefix(WQV)}
    unused = {local(code) for code in others - set(targets)}
    assert unused <= {"ucdp/state_based_conflict", "ucdp/non_state_conflict"}
