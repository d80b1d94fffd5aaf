"""The whole of lint: the rooms are in order, an empty room is no accident, a broken one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai import lint as package
from waqai.errors import WaqaiError
from waqai.lint import LintFinding, Rooms, lint, reasoning, write_inferred
from waqai.lint.words import lexicon_findings, question_findings

from .conftest import Build

SKIPPED = [LintFinding("note", "ontology", "the reasoner was skipped", "install Java 11 or newer")]


def test_the_rooms_of_the_house_are_in_order() -> None:
    assert [finding for finding in lint(reasoner=False) if finding.severity == "error"] == []


def test_empty_rooms_are_no_accident(tmp_path: Path) -> None:
    empty = Rooms(*(tmp_path / name for name in ("ontology", "shapes", "queries", "lexicon")))
    findings = lint(empty, reasoner=False)
    # the code uses terms that an empty ontology does not declare: that is what closure is for
    assert {f.message.partition(":")[0] for f in findings if f.severity == "error"} >= {"wq", "wqv"}
    assert all("is not declared" in f.message for f in findings if f.severity == "error")


def test_lint_says_that_the_reasoner_was_skipped(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = build()
    assert lint(rooms, reasoner=False) == SKIPPED
    monkeypatch.setattr(package, "has_java", lambda: False)
    assert lint(rooms) == SKIPPED
    [asked] = lint(rooms, reasoner=True)
    assert asked.severity == "error"


def test_what_follows_cannot_be_written_without_java(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = build()
    monkeypatch.setattr(reasoning, "has_java", lambda: False)
    with pytest.raises(WaqaiError, match="no Java"):
        write_inferred(rooms)
    assert not rooms.inferred.exists()


def test_one_broken_file_hides_no_finding_in_another(build: Build) -> None:
    findings = lint(build("actor:a a wq:Actor ,", 'place:b wq:strongNmae "b"@en .'), reasoner=False)
    assert {f.address for f in findings if f.severity == "error"} >= {"ontology/actors.ttl:8", "places/land.ttl:8"}


def test_a_lexicon_that_does_not_load_is_told_with_its_address(build: Build, tmp_path: Path) -> None:
    rooms = build()
    broken = tmp_path / "lexicon" / "en"
    broken.mkdir(parents=True)
    (broken / "outcomes.yml").write_text("- id: kill\n  id: kill\n", encoding="utf-8")
    [finding] = lexicon_findings(Rooms(rooms.ontology, rooms.shapes, rooms.queries, tmp_path / "lexicon"))
    assert finding.severity == "error"
    assert "outcomes.yml:2" in finding.address


def test_codes_of_the_lexicon_are_codes_of_the_vocabulary(build: Build) -> None:
    rooms = build()
    assert list(lexicon_findings(rooms)) == []
    path = rooms.ontology / "vocabulary.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "wqv:killed a skos:Concept ;\n    skos:inScheme wqv:outcomes",
            "wqv:killed a skos:Concept ;\n    skos:inScheme wqv:x",
        ),
        encoding="utf-8",
    )
    findings = list(lexicon_findings(rooms))
    assert {f.message for f in findings} == {"killed is not one of the outcomes"}


def test_a_broken_question_is_told_with_its_address(build: Build) -> None:
    [finding] = question_findings(build(query="SELECT * { ?s ?p }"))
    assert finding.severity == "error"
    assert "some.rq" in finding.address
