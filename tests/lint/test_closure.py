"""Terms that are used and nowhere declared."""

from __future__ import annotations

from waqai.lint.closure import closure_findings

from .conftest import Build


def test_rooms_and_code_use_declared_terms_only(build: Build) -> None:
    assert list(closure_findings(build())) == []


def test_a_misspelt_property_of_a_register_is_found(build: Build) -> None:
    [finding] = closure_findings(build("actor:iron-guard a wq:Actor ;\n    wq:bakedBy actor:iran ."))
    assert (finding.address, finding.message) == ("ontology/actors.ttl:9", "wq:bakedBy is not declared")


def test_a_code_that_is_not_there_is_found_in_a_query(build: Build) -> None:
    query = (
        "SELECT * {\n  ?s wq:outcome wqv:slain ; wq:within*/wq:code ?c .\n  ?s <https://w3id.org/waqai/ns#lowest> ?n }"
    )
    findings = [(f.address, f.message) for f in closure_findings(build(query=query))]
    assert findings == [
        ("queries/some.rq:2", "wqv:slain is not declared"),
        ("queries/some.rq:3", "ns#:lowest is not declared"),
    ]


def test_a_shape_may_not_look_at_a_term_that_is_not_there(build: Build) -> None:
    rooms = build()
    path = rooms.shapes / "tank.ttl"
    path.write_text(
        "@prefix wq: <https://w3id.org/waqai/ns#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<https://w3id.org/waqai/shapes#tank> a sh:NodeShape ; sh:targetClass wq:Tank .\n",
        encoding="utf-8",
    )
    [finding] = closure_findings(rooms)
    assert finding.address == "shapes/tank.ttl:3"
