"""The data rooms checked against themselves and each other: `waqai lint`.

Ontology: OWL 2 DL, the house's style, no contradiction (HermiT), conclusions in step. Closure: every term used is
declared. Registers: names, labels, codes, pointers, and that actors are found by their names. Lexicon: that it proves
itself. Saved questions: they load, and
declare what they add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from waqai.lint import actors, closure, profile, reasoning, registers, sums, words
from waqai.lint.finding import LintFinding, Severity
from waqai.lint.reasoning import has_java, write_inferred
from waqai.lint.rooms import Rooms

__all__ = ["CHECKS", "LintFinding", "Rooms", "Severity", "has_java", "lint", "write_inferred"]

Check = Callable[[Rooms], Iterator[LintFinding]]

CHECKS: tuple[Check, ...] = (
    closure.syntax_findings,
    profile.profile_findings,
    profile.style_findings,
    closure.closure_findings,
    profile.register_findings,
    registers.name_findings,
    registers.code_findings,
    registers.pointer_findings,
    registers.victim_class_findings,
    words.lexicon_findings,
    words.form_findings,
    words.question_findings,
    sums.sum_findings,
)
"""Every check that needs no reasoner, in the order in which it is reported. Further checks are added here."""


def lint(rooms: Rooms | None = None, *, reasoner: bool | None = None, proofs: bool = False) -> list[LintFinding]:
    """Check the data rooms.

    `reasoner`: True runs HermiT, False leaves it out, None runs it where there is Java. Where it did not run, a note
    says so; where it was asked for and there is no Java, an error. `proofs` reads the examples of the lexicon too, and
    the actors' names.
    """
    rooms = rooms or Rooms.installed()
    findings = [finding for check in CHECKS for finding in check(rooms)]
    if proofs:
        findings += [*words.proof_findings(rooms), *actors.actor_findings(rooms)]
    if reasoner is not False and has_java():
        return [*findings, *reasoning.reasoner_findings(rooms)]
    severity: Severity = "error" if reasoner else "note"
    return [*findings, LintFinding(severity, "ontology", "the reasoner was skipped", "install Java 11 or newer")]
