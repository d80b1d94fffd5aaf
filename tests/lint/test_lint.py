"""The whole of lint: the rooms are in order, an empty room is no accident, a broken one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai import lint as package
from waqai.errors import WaqaiError
from waqai.lint import LintFinding, Rooms, lint, reasoning, write_inferred
from waqai.lint.words import form_findings, lexicon_findings, proof_findings, question_findings

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


def lexicon_of(folder: Path, rooms: Rooms, nouns: str) -> Rooms:
    """The rooms with a lexicon of a few English nouns."""
    for lang in ("ar", "en"):
        (folder / lang).mkdir(parents=True)
    (folder / "en" / "victims.yml").write_text(nouns, encoding="utf-8")
    return Rooms(rooms.ontology, rooms.shapes, rooms.queries, folder)


def test_a_form_of_two_entries_is_found(build: Build, tmp_path: Path) -> None:
    nouns = "- {id: baker, role: person, singular: [baker]}\n- {id: cook, role: person, singular: [cook, Baker]}\n"
    [finding] = form_findings(lexicon_of(tmp_path / "lexicon", build(), nouns))
    assert (finding.address, finding.message) == (
        "lexicon/en/victims.yml:2:cook",
        "“baker” is already a form of en/victims.yml:1:baker",
    )


def test_an_example_that_is_not_found_is_a_finding_with_its_place(build: Build, tmp_path: Path) -> None:
    nouns = """\
- {id: baker, role: person, singular: [baker], examples: [{text: A baker was kiled., expect: [{outcome: killed}]}]}
- {id: cook, role: person, singular: [cook]}
"""
    findings = list(proof_findings(lexicon_of(tmp_path / "lexicon", build(), nouns)))
    assert [(f.severity, f.address) for f in findings] == [
        ("error", "lexicon/en/victims.yml:1:baker"),
        ("error", "lexicon/en/victims.yml:2:cook"),
    ]
    assert findings[0].message == "“A baker was kiled.” is read as nothing, not outcome: killed"
    assert findings[1].message == "nothing proves it"
    assert findings[1].cure.startswith("write `examples:`")
