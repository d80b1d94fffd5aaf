"""The registers against themselves and the vocabulary."""

from __future__ import annotations

from waqai.lint.registers import code_findings, name_findings, pointer_findings, victim_class_findings

from .conftest import PREFIXES, Build

TWO = """\
actor:iron-guard a wq:Actor, wq:Militia ; wq:strongName "الحرس الحديدي"@ar, "Iron Guard"@en ; wq:weakName "الحرس"@ar .
actor:old-guard a wq:Actor, wq:Militia ; wq:strongName {name} ; wq:weakName "الحرس"@ar .
"""


def test_two_actors_with_one_strong_name_are_an_error_however_it_is_spelt(build: Build) -> None:
    [finding] = name_findings(build(TWO.format(name='"الحَرَس الحديدى"@ar')))
    assert (finding.severity, finding.address) == ("error", "ontology/actors.ttl:9")
    assert "actor/iron-guard" in finding.message
    assert "actor/old-guard" in finding.message


def test_weak_names_may_be_shared(build: Build) -> None:
    assert list(name_findings(build(TWO.format(name='"الحرس القديم"@ar')))) == []


PLACES = """\
place:land a wq:Country ; wq:strongName "Land"@en .
place:north a wq:FirstLevelUnit ; wq:strongName "Ford"@en ; wq:within place:land .
place:north-centre a wq:District ; wq:strongName "Ford"@en ; wq:within place:north .
place:ford-camp a wq:Facility ; wq:strongName "Ford"@en ; wq:within place:north-centre .
"""


def test_a_place_may_bear_the_name_of_the_one_it_lies_in(build: Build) -> None:
    assert list(name_findings(build(places=PLACES))) == []


def test_two_places_apart_may_not_bear_one_strong_name(build: Build) -> None:
    far = 'place:south a wq:FirstLevelUnit ; wq:strongName "FORD"@en ; wq:within place:land .\n'
    findings = list(name_findings(build(places=PLACES + far)))
    assert len(findings) == 3
    assert all("place/south" in finding.message for finding in findings)


def test_a_sense_may_bear_the_name_of_its_region(build: Build) -> None:
    region = """\
place:bank a wq:Region ; wq:strongName "the bank"@en .
place:bank-east a wq:RegionSense ; wq:senseOf place:bank ; wq:strongName "the bank"@en .
"""
    assert list(name_findings(build(places=region))) == []


def test_a_code_comes_from_the_scheme_of_its_property(build: Build) -> None:
    rooms = build(
        "actor:iron-guard wq:victimClass wqv:rebel ; wq:ideology wqv:jihadist .\n"
        "actor:old-guard wq:victimClass wqv:islamist .\nactor:young-guard wq:victimClass wqv:rebels .\n"
    )
    assert [(f.address, f.message) for f in code_findings(rooms)] == [
        ("ontology/actors.ttl:9", "actor/old-guard: islamist is not one of victim_classes"),
        ("ontology/actors.ttl:10", "actor/young-guard: rebels is not one of victim_classes"),
    ]


def test_an_entry_points_to_entries_that_are_there(build: Build) -> None:
    rooms = build("actor:iron-guard wq:backedBy actor:nobody ; wq:activeIn place:land .", "place:land a wq:Country .")
    [finding] = pointer_findings(rooms)
    assert finding.message == "actor/iron-guard points to actor/nobody, which no register holds"


def test_the_victim_class_is_what_the_inferred_classes_count_as_or_narrower(build: Build) -> None:
    rooms = build(
        "actor:a wq:victimClass wqv:iran_backed_militia .\nactor:b wq:victimClass wqv:rebel .\n"
        "actor:c wq:victimClass wqv:pro_government_militia .\nactor:d wq:victimClass wqv:rebel .\n"
    )
    inferred = (
        PREFIXES + "actor:a a wq:ProGovernmentForce . actor:b a wq:ArmedActor . actor:c a wq:IranBackedMilitia .\n"
    )
    rooms.inferred.write_text(inferred + "actor:d a wq:ProGovernmentMilitia .", encoding="utf-8")
    assert [(f.severity, f.address) for f in victim_class_findings(rooms)] == [
        ("warning", "ontology/actors.ttl:10"),
        ("warning", "ontology/actors.ttl:11"),
    ]
