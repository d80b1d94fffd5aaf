"""HermiT: who belongs where, what contradicts itself, and that inferred.ttl is in step."""

from __future__ import annotations

import os

import pytest

from waqai.errors import RegisterError
from waqai.lint import Rooms, has_java, lint, write_inferred
from waqai.lint.closure import syntax_findings
from waqai.lint.reasoning import conclusions, inferred_turtle, reasoner_findings

from .conftest import PREFIXES, Build

pytestmark = pytest.mark.skipif(
    not has_java() and os.environ.get("CI") != "true", reason="there is no Java for the reasoner"
)
"""Without Java these are skipped, but not in CI: it installs Java, so there they would fail."""

# An invented war: a government, a state that helps it, and those who fight on the land of Syria.
LAND = """\
actor:helper a wq:Actor, wq:State ; wq:stateOf place:IR .
actor:helpers-corps a wq:Actor, wq:StateForce ; wq:partOf actor:helper ; wq:stateOf place:IR .
actor:government a wq:Actor, wq:Authority ; wq:stateOf place:SY .
actor:council a wq:Actor, wq:Authority .
actor:army a wq:Actor, wq:StateForce ; wq:stateOf place:SY ; wq:loyalTo actor:government ; wq:activeIn place:SY .
actor:first-brigade a wq:Actor, wq:StateForce ; wq:partOf actor:army ; wq:activeIn place:SY .
actor:guest-army a wq:Actor, wq:StateForce ; wq:stateOf place:RU ; wq:activeIn place:SY .
actor:village-guard a wq:Actor, wq:Militia ; wq:loyalTo actor:government ; wq:activeIn place:SY .
actor:corps-band a wq:Actor, wq:Militia ; wq:backedBy actor:helpers-corps ; wq:activeIn place:SY .
actor:both a wq:Actor, wq:Militia ; wq:backedBy actor:helper ; wq:loyalTo actor:government ; wq:activeIn place:SY .
actor:council-guard a wq:Actor, wq:Militia ; wq:loyalTo actor:council ; wq:activeIn place:SY .
actor:rebels a wq:Actor, wq:ArmedGroup ; wq:opposedTo actor:government .
actor:zealots a wq:Actor, wq:ArmedGroup ; wq:opposedTo actor:government ; wq:ideology wqv:jihadist .
actor:abroad a wq:Actor, wq:ArmedGroup ; wq:opposedTo actor:council ; wq:backedBy actor:helper .
actor:peaks a wq:Actor, wq:SecurityForce ; wq:ideology wqv:kurdish_nationalist .
"""
DEFINED = {
    "NationalGovernment": {"government"},
    "IranBackedMilitia": {"corps-band", "both"},
    "ProGovernmentMilitia": {"village-guard", "both"},
    "ProGovernmentForce": {"army", "first-brigade", "village-guard", "both"},
    "OppositionGroup": {"rebels", "zealots"},
    "JihadistGroup": {"zealots"},
    "KurdishForce": {"peaks"},
}


def test_defined_classes_are_filled_from_what_the_register_asserts(build: Build) -> None:
    found = conclusions(build(LAND))
    assert found.consistent
    assert found.empty_classes == ()
    for kind, members in DEFINED.items():
        assert {iri.rpartition("/")[2] for iri, local in found.memberships if local == kind} == members
    assert ("https://w3id.org/waqai/actor/rebels", "ArmedActor") in found.memberships
    assert ("https://w3id.org/waqai/actor/rebels", "ArmedGroup") not in found.memberships


@pytest.mark.parametrize(
    ("actors", "says"),
    [
        ("actor:odd a wq:Actor, wq:Militia, wq:StateForce .", "nothing can be Actor and Militia and StateForce"),
        ("actor:odd a wq:Actor, wq:Outlet, wq:ArmedGroup .", "nothing can be Actor and ArmedGroup and Outlet"),
        ("actor:odd a wq:Actor ; wq:victimClass wqv:rebel, wqv:houthi .", "contradict the ontology"),
        ("actor:odd a wq:Actor ; wq:stateOf actor:other . actor:other a wq:Actor .", "contradict the ontology"),
        ("actor:odd a wq:Actor, wq:Militia ; wq:voiceOf actor:odd .", "contradict the ontology"),
    ],
)
def test_a_contradiction_is_found(build: Build, actors: str, says: str) -> None:
    [finding] = lint(build(actors), reasoner=True)[-1:]
    assert finding.severity == "error"
    assert says in finding.message


def test_what_contradicts_itself_is_not_written(build: Build) -> None:
    rooms = build("actor:odd a wq:Actor, wq:Militia, wq:StateForce .")
    with pytest.raises(RegisterError, match="contradict"):
        write_inferred(rooms)
    assert not rooms.inferred.exists()


def test_a_class_without_possible_members_is_found(build: Build) -> None:
    rooms = build(ontology="wq:Mongrel a owl:Class ; rdfs:subClassOf wq:Militia, wq:Outlet .")
    findings = list(reasoner_findings(rooms))
    assert [("ns#Mongrel" in f.message, f.address.startswith("ontology/waqai.ttl:")) for f in findings] == [
        (True, True)
    ]


def test_what_follows_is_written_and_then_in_step(build: Build) -> None:
    rooms = build(LAND)
    written = write_inferred(rooms)
    text = written.read_text(encoding="utf-8")
    assert "actor:both a wq:ArmedActor, wq:IranBackedMilitia, wq:ProGovernmentForce, wq:ProGovernmentMilitia ." in text
    assert list(reasoner_findings(rooms)) == []


def test_what_is_written_out_of_step_is_found(build: Build) -> None:
    rooms = build(LAND)
    rooms.inferred.write_text(PREFIXES + "actor:rebels a wq:JihadistGroup .\n", encoding="utf-8")
    said = [finding.message for finding in reasoner_findings(rooms)]
    assert any("actor/zealots belongs to JihadistGroup, but inferred.ttl does not" in message for message in said)
    assert all("waqai lint --write-inferred" in finding.cure for finding in reasoner_findings(rooms))
    assert any("actor/rebels belongs to JihadistGroup, which no longer follows" in message for message in said)


def test_of_a_register_that_cannot_be_parsed_nothing_is_concluded(build: Build) -> None:
    rooms = build(LAND)
    before = write_inferred(rooms).read_text(encoding="utf-8")
    register = rooms.ontology / "actors.ttl"
    register.write_text(PREFIXES + LAND.rstrip(" .\n") + "\n", encoding="utf-8")
    assert [(finding.severity, finding.cure) for finding in reasoner_findings(rooms)] == [
        ("note", "mend the Turtle first")
    ]
    with pytest.raises(RegisterError, match=r"ontology/actors\.ttl:\d+"):
        write_inferred(rooms)
    assert rooms.inferred.read_text(encoding="utf-8") == before


def test_broken_conclusions_are_written_anew(build: Build) -> None:
    rooms = build(LAND)
    rooms.inferred.write_text(PREFIXES + "actor:rebels a\n", encoding="utf-8")
    assert [finding.severity for finding in reasoner_findings(rooms)] == ["note"]
    [broken] = syntax_findings(rooms)
    assert broken.cure == "run `waqai lint --write-inferred`"
    write_inferred(rooms)
    assert list(reasoner_findings(rooms)) == []


def test_inferred_turtle_is_sorted_and_the_same_every_time() -> None:
    two = frozenset({("https://w3id.org/waqai/actor/b", "Militia"), ("https://w3id.org/waqai/actor/a", "State")})
    lines = inferred_turtle(two).splitlines()
    assert lines[-2:] == ["actor:a a wq:State .", "actor:b a wq:Militia ."]


def test_the_registers_of_the_house_are_without_contradiction_and_in_step() -> None:
    assert list(reasoner_findings(Rooms.installed())) == []
