"""Every entry of the lexicon proves itself: examples are read as they say, and only with the entry; look-alikes not."""

from __future__ import annotations

import pytest

from waqai import resources
from waqai.lexicon import load_lexicon
from waqai.lexicon.cases import Proof, proofs
from waqai.lint.proofs import Prover, faults
from waqai.resolve.registers import load_registers

PROOFS = list(proofs(resources.room("lexicon")))


def name(proof: Proof) -> str:
    return f"{proof.lang}-{proof.sort}-{proof.id}"


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(load_lexicon(), load_registers())


def test_every_entry_of_every_file_has_an_example() -> None:
    assert [proof.address for proof in PROOFS if not proof.proved] == []


@pytest.mark.parametrize("proof", PROOFS, ids=name)
def test_an_entry_proves_itself(proof: Proof, prover: Prover) -> None:
    found = [f"{said}\n    → {cure}" for said, cure in faults(prover, proof)]
    assert not found, "\n".join([proof.address, *found])


def test_every_rule_of_harm_and_of_events_has_examples_and_look_alikes() -> None:
    rules = [proof for proof in PROOFS if proof.sort in ("outcomes", "events")]
    lacking = [p.address for p in rules if not p.proved or not any(case.lookalike for case in p.cases)]
    assert lacking == []
