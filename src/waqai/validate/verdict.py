"""What validation says: findings to read, and the SHACL report that holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

_ARROW = re.compile(r" [→←] ")
"""In a message of ours: what is wrong → what to do (in Arabic the arrow points the other way)."""

SH = "http://www.w3.org/ns/shacl#"
_PREFIXES = {"sh": SH, "xsd": "http://www.w3.org/2001/XMLSchema#", "shape": "https://w3id.org/waqai/shapes#"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation.

    `severity` is Violation, Warning or Info; `focus`, `shape` and `value` are IRIs or the characters of a literal;
    `path` is a property or a SPARQL path; `message` has one text a language: what is wrong → what to do.
    """

    severity: str
    focus: str
    shape: str
    path: str | None
    value: str | None
    message: Mapping[str, str]

    def wrong(self, lang: str) -> str:
        """What is wrong, in the asked language or else in one there is."""
        return self._halves(lang)[0]

    def cure(self, lang: str) -> str:
        """What to do about it; empty if the message does not say."""
        return self._halves(lang)[-1] if len(self._halves(lang)) > 1 else ""

    def _halves(self, lang: str) -> list[str]:
        text = self.message.get(lang) or next(iter(self.message.values()), "")
        return _ARROW.split(text, maxsplit=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What validation says about one graph: its findings, gravest first, and the SHACL report as triples."""

    findings: tuple[Finding, ...]
    report: tuple[ox.Triple, ...]

    @property
    def accepted(self) -> bool:
        """May the graph enter the store? Warnings do not keep it out."""
        return not any(finding.severity == "Violation" for finding in self.findings)

    def turtle(self) -> str:
        """The SHACL validation report in Turtle: no blank nodes, the same for the same graph."""
        turtle = ox.serialize(self.report, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
        return (turtle or b"").decode()
