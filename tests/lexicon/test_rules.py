"""Every entry of the lexicon proves itself: examples are read as they say, and only with the entry; look-alikes not."""

from __future__ import annotations

import pytest

from waqai import resources
from waqai.lexicon import load_lexicon
from waqai.lexicon.cases import Proof, proofs
from waqai.lint.proofs import Prover, faults
from waqai.resolve.registers import load_registers

WHOLE = {
    "ar/events",
    "ar/methods",
    "ar/outcomes",
    "ar/periods",
    "en/events",
    "en/methods",
    "en/outcomes",
    "en/periods",
}
"""Files in which every entry is proved."""
PROOFS = list(proofs(resources.room("lexicon")))


def name(proof: Proof) -> str:
    return f"{proof.lang}-{proof.sort}-{proof.id}"


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(load_lexicon(), load_registers())


@pytest.mark.parametrize("proof", [p for p in PROOFS if p.proved], ids=name)
def test_an_entry_proves_itself(proof: Proof, prover: Prover) -> None:
    found = [f"{said}\n    → {cure}" for said, cure in faults(prover, proof)]
    assert not found, "\n".join([proof.address, *found])


def test_every_rule_of_harm_and_of_events_has_examples_and_look_alikes() -> None:
    rules = [proof for proof in PROOFS if proof.sort in ("outcomes", "events")]
    lacking = [p.address for p in rules if not p.proved or not any(case.lookalike for case in p.cases)]
    assert lacking == []


def test_the_files_in_which_every_entry_is_proved() -> None:
    """Grows: a file that is here once never again holds an entry without an example."""
    lacking = {f"{proof.lang}/{proof.sort}" for proof in PROOFS if not proof.proved}
    assert lacking.isdisjoint(WHOLE), [p.address for p in PROOFS if not p.proved and f"{p.lang}/{p.sort}" in WHOLE]
