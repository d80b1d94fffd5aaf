"""Each name of an actor, in an invented sentence, leads to the actor."""

from __future__ import annotations

import pytest

from waqai.lint import Rooms
from waqai.lint.actors import actor_findings

from .conftest import Build


def said(build: Build, actors: str) -> list[tuple[str, str, str]]:
    return [(f.severity, f.address, f.message) for f in actor_findings(build(actors))]


def test_every_actor_of_the_house_is_found_by_each_of_its_strong_names() -> None:
    assert [f"{f.address}: {f.message}" for f in actor_findings(Rooms.installed()) if f.severity == "error"] == []


@pytest.mark.parametrize(
    ("sort", "severity", "told"), [("strongName", "error", "is taken for"), ("weakName", "note", "alone may be")]
)
def test_a_strong_name_of_two_is_an_error_and_a_weak_one_is_listed_with_who_may_be_meant(
    build: Build, sort: str, severity: str, told: str
) -> None:
    two = f"""\
actor:new-guard a wq:Actor, wq:Militia ; wq:{sort} "Northern Guard"@en .
actor:old-guard a wq:Actor, wq:Militia ; wq:{sort} "Northern Guard"@en .
"""
    assert said(build, two) == [
        (severity, "ontology/actors.ttl:8", f"actor/new-guard: “Northern Guard” {told} new-guard, old-guard"),
        (severity, "ontology/actors.ttl:9", f"actor/old-guard: “Northern Guard” {told} new-guard, old-guard"),
    ]
