"""Where an entry begins, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

from waqai.lint.closure import syntax_findings
from waqai.lint.rooms import Rooms, address, triples

from .conftest import Build

WQ = "https://w3id.org/waqai/"


def test_the_address_of_an_entry_is_the_line_it_begins_at(build: Build) -> None:
    rooms = build(
        'actor:iron-guard a wq:Actor ;\n    rdfs:label "x"@en .\n'
        '<https://w3id.org/waqai/actor/river-band> a wq:Actor .\nplace:hill\\/point wq:code "H" .\n'
    )
    [path] = rooms.actors()
    assert address(path, f"{WQ}actor/iron-guard") == "ontology/actors.ttl:8"
    assert address(path, f"{WQ}actor/river-band") == "ontology/actors.ttl:10"
    assert address(path, f"{WQ}place/hill/point") == "ontology/actors.ttl:11"
    assert address(path, f"{WQ}actor/nobody") == "ontology/actors.ttl"


def test_a_file_that_is_no_turtle_is_reported_with_its_line_and_gives_no_triples(build: Build) -> None:
    rooms = build("actor:iron-guard a wq:Actor ,\n")
    [finding] = syntax_findings(rooms)
    assert (finding.severity, finding.address) == ("error", "ontology/actors.ttl:9")
    assert triples(rooms.actors()[0]) == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<https://x/a> <https://x/p> <https://x/b> .", encoding="utf-8")
    assert len(triples(path)) == 1
    path.write_text("<https://x/a> <https://x/p> <https://x/b>, <https://x/c> .", encoding="utf-8")
    assert len(triples(path)) == 2


def test_the_installed_rooms_are_there() -> None:
    rooms = Rooms.installed()
    assert [path.name for path in rooms.schema()] == ["waqai.ttl", "vocabulary.ttl"]
    assert set(rooms.registers()) < set(rooms.turtle())
