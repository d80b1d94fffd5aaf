"""Every term of ours that is used anywhere is declared; every file can be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

import waqai
from waqai.graph.iris import WQ, WQV
from waqai.lint.finding import LintFinding
from waqai.lint.rooms import Rooms, address, syntax_error, triples

# A term as it is written in Turtle, in SPARQL and in the code's lists of terms: wq:low, wqv:killed, or the full IRI.
# Longer names (…/vocabulary/acled/…) are not of our namespaces, and a name before "{" is put together by the code.
_USED = re.compile(
    r"(?<![\w/])(wqv?):([A-Za-z][\w-]*)(?![\w{/\\:-])|<https://w3id\.org/waqai/(ns#|vocabulary/)([A-Za-z][\w-]*)>"
)
_NAMESPACES = {"wq": WQ, "ns#": WQ, "wqv": WQV, "vocabulary/": WQV}


def syntax_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Turtle files that cannot be parsed."""
    for path in rooms.turtle():
        if error := syntax_error(path):
            cure = "run `waqai lint --write-inferred`" if path == rooms.inferred else "mend the Turtle"
            yield LintFinding("error", address(path, line=error.lineno), str(error.msg), cure)


def _declared(rooms: Rooms) -> set[str]:
    """IRIs that an entry of the ontology or the vocabulary begins with, and the names of shapes."""
    files = [*rooms.schema(), *sorted(rooms.shapes.rglob("*.ttl"))]
    return {t.subject.value for path in files for t in triples(path) if isinstance(t.subject, ox.NamedNode)}


def _users(rooms: Rooms) -> list[Path]:
    """The files that use our terms: rooms and code."""
    code = sorted(Path(waqai.__file__).parent.rglob("*.py"))
    queries = sorted(rooms.queries.rglob("*.rq"))
    return [*rooms.turtle(), *queries, *code]


def closure_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Terms that are used in a room or in the code and declared nowhere."""
    declared = _declared(rooms)
    for path in _users(rooms):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for prefix, local, space, name in _USED.findall(line):
                iri = _NAMESPACES[prefix or space] + (local or name)
                if iri not in declared:
                    where = address(path, line=number)
                    cure = "mend the spelling, or declare it in ontology/waqai.ttl or vocabulary.ttl"
                    yield LintFinding("error", where, f"{prefix or space}:{local or name} is not declared", cure)
