"""Each name of an actor, in an invented sentence, leads to the actor."""

from __future__ import annotations

from waqai.lint import Rooms
from waqai.lint.actors import actor_findings

from .conftest import Build


def said(build: Build, actors: str) -> list[tuple[str, str, str]]:
    return [(f.severity, f.address, f.message) for f in actor_findings(build(actors))]


def test_every_actor_of_the_house_is_found_by_each_of_its_strong_names() -> None:
    assert [f"{f.address}: {f.message}" for f in actor_findings(Rooms.installed()) if f.severity == "error"] == []


def test_a_name_that_leads_to_two_is_an_error(build: Build) -> None:
    two = """\
actor:new-guard a wq:Actor, wq:Militia ; wq:strongName "Northern Guard"@en .
actor:old-guard a wq:Actor, wq:Militia ; wq:strongName "Northern Guard"@en .
"""
    assert said(build, two) == [
        ("error", "ontology/actors.ttl:8", "actor/new-guard: “Northern Guard” is taken for new-guard, old-guard"),
        ("error", "ontology/actors.ttl:9", "actor/old-guard: “Northern Guard” is taken for new-guard, old-guard"),
    ]


def test_an_actor_of_weak_names_only_is_listed_with_who_may_be_meant(build: Build) -> None:
    two = """\
actor:new-guard a wq:Actor, wq:Militia ; wq:weakName "Guard Brigade"@en .
actor:old-guard a wq:Actor, wq:Militia ; wq:weakName "Guard Brigade"@en .
"""
    assert said(build, two) == [
        ("note", "ontology/actors.ttl:8", "actor/new-guard: “Guard Brigade” alone may be new-guard, old-guard"),
        ("note", "ontology/actors.ttl:9", "actor/old-guard: “Guard Brigade” alone may be new-guard, old-guard"),
    ]
