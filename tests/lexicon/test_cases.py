"""Frames and examples: what they expect of a form, and that a wrong or idle entry does not pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from waqai import resources
from waqai.errors import LexiconError
from waqai.lexicon.cases import Proof, proofs
from waqai.lexicon.load import frames, read_lexicon
from waqai.lint.proofs import Prover, faults
from waqai.model import Registers

FRAME = """\
- {frame: one, role: [person], amount: one, text: A ___ was killed.,
   expect: [{outcome: killed, low: 1, class: "{class}", gender: "{gender}"}], lookalikes: [A ___ arrived.]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The lexicon of the house, with one's own English nouns."""
    shutil.copytree(resources.room("lexicon"), tmp_path / "lexicon")
    return tmp_path / "lexicon"


def proof_of(folder: Path, nouns: str, name: str) -> Proof:
    (folder / "en" / "victims.yml").write_text(FRAME + nouns, encoding="utf-8")
    return next(p for p in proofs(folder) if (p.lang, p.sort, p.id) == ("en", "victims", name))


def said(folder: Path, nouns: str, name: str) -> list[str]:
    proof = proof_of(folder, nouns, name)
    return [message for message, _ in faults(Prover(read_lexicon(folder), Registers()), proof)]


def test_each_form_is_put_into_the_frames_that_are_for_it(folder: Path) -> None:
    proof = proof_of(folder, "- {id: baker, role: person, singular: [baker, cook], class: civilian}\n", "baker")
    assert [(case.text, case.lookalike, case.decisive) for case in proof.cases] == [
        ("A baker was killed.", False, True),
        ("A cook was killed.", False, False),
        ("A baker arrived.", True, True),
    ]
    assert proof.cases[0].expected == ({"outcome": "killed", "low": 1, "class": "civilian"},)


def test_an_entry_that_does_what_it_says_passes(folder: Path) -> None:
    assert said(folder, "- {id: baker, role: person, singular: [baker, cook], class: civilian}\n", "baker") == []


def test_an_example_that_is_read_otherwise_is_told(folder: Path) -> None:
    nouns = """\
- {id: baker, role: person, singular: [baker], class: civilian,
   examples: [{text: One baker was hurt., expect: [{outcome: killed, low: 1}]}]}
"""
    assert said(folder, nouns, "baker") == [
        "“One baker was hurt.” is read as outcome: injured, low: 1, class: civilian, not outcome: killed, low: 1"
    ]


def test_an_entry_without_which_all_is_the_same_is_told(folder: Path) -> None:
    nouns = """\
- {id: baker, role: person, singular: [baker], class: civilian}
- {id: cook, role: person, singular: [baker], class: civilian}
"""
    assert "is read alike without the entry" in said(folder, nouns, "baker")[0]


def test_a_look_alike_in_which_the_entry_takes_part_is_told(folder: Path) -> None:
    nouns = """\
- {id: baker, role: person, singular: [baker], class: civilian, lookalikes: [One baker was hurt.]}
"""
    assert said(folder, nouns, "baker") == [
        "it takes part in the look-alike “One baker was hurt.”: outcome: injured, low: 1, class: civilian"
    ]


def test_an_entry_without_an_example_is_told(folder: Path) -> None:
    assert said(folder, "- {id: baker, role: member, singular: [baker]}\n", "baker") == ["nothing proves it"]


def test_a_form_in_an_example_of_its_own_is_not_framed(folder: Path) -> None:
    nouns = """\
- {id: baker, role: person, singular: [baker], class: civilian,
   examples: [{text: One baker was hurt., expect: [{outcome: injured, low: 1, class: civilian}]}]}
"""
    proof = proof_of(folder, nouns, "baker")
    assert [case.text for case in proof.cases] == ["One baker was hurt."]


@pytest.mark.parametrize(
    ("frame", "key"),
    [
        ("- {frame: one, text: A baker., expect: []}\n", "text"),
        ("- {frame: one, text: A ___., expect: yes}\n", "expect"),
        ("- {frame: one, text: A ___., expect: [], colour: red}\n", "colour"),
        ("- {frame: one, text: A ___., expect: [], lookalikes: [none]}\n", "lookalikes"),
    ],
)
def test_a_frame_is_held_to_its_keys(tmp_path: Path, frame: str, key: str) -> None:
    path = tmp_path / "victims.yml"
    path.write_text(frame, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        list(frames(path))
    assert caught.value.address == f"{path}:1:{key}"
