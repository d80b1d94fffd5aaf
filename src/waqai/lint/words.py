"""The lexicon and the saved questions: they load, and their codes are codes of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from waqai.ask import read_question
from waqai.errors import WaqaiError
from waqai.graph.iris import WQV
from waqai.lexicon import Term
from waqai.lexicon.cases import proofs
from waqai.lexicon.forms import normal
from waqai.lexicon.load import entries, read_lexicon
from waqai.lint.finding import LintFinding
from waqai.lint.proofs import Prover, faults
from waqai.lint.rooms import Rooms, triples, value
from waqai.resolve.registers import load_registers

_IN_SCHEME = ox.NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")


def _finding(error: WaqaiError, room: str) -> LintFinding:
    return LintFinding("error", error.address or room, error.message, error.cure)


def _codes(rooms: Rooms) -> dict[str, set[str]]:
    """Scheme → its codes."""
    codes: dict[str, set[str]] = {}
    for triple in (t for path in rooms.schema() for t in triples(path) if t.predicate == _IN_SCHEME):
        scheme, code = (value(term).removeprefix(WQV) for term in (triple.object, triple.subject))
        codes.setdefault(scheme, set()).add(code)
    return codes


def _codes_of(term: Term) -> Iterator[tuple[str, str | None]]:
    """(scheme, code) of every code that a term of the lexicon carries."""
    yield "outcomes", term.outcome
    yield "operators", term.operator
    yield "victim_classes", term.victim_class
    yield "genders", term.gender
    yield from (("event_kinds", code) for code in (*term.methods, term.kind, term.about))


def lexicon_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """A lexicon that does not load, and codes in it that the vocabulary does not hold."""
    try:
        lexicon = read_lexicon(rooms.lexicon)
    except WaqaiError as error:
        yield _finding(error, "lexicon")
        return
    codes = _codes(rooms)
    terms = {
        (lang, tail[1]) for lang, words in lexicon.languages.items() for tails in words.index.values() for tail in tails
    }
    wrong = {
        (f"lexicon/{lang}/{term.sort}.yml:{term.id}", scheme, code)
        for lang, term in terms
        for scheme, code in _codes_of(term)
        if code is not None and code not in codes.get(scheme, set())
    }
    for where, scheme, code in sorted(wrong):
        message = f"{code} is not one of the {scheme.replace('_', ' ')}"
        yield LintFinding("error", where, message, "use a code of ontology/vocabulary.ttl")


def form_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Forms that two entries of one file claim in one role: which of them is meant cannot be told."""
    for path in sorted(rooms.lexicon.glob("*/*.yml")):
        claimed: dict[tuple[str, str], str] = {}
        for entry, where in _entries(path):
            words = (word for key in ("forms", "agreeing", "singular", "plural", "dual") for word in entry.get(key, ()))
            for form in dict.fromkeys(normal(word) for word in words):
                other = claimed.setdefault((entry.get("role", ""), form), where)
                if other != where:
                    message = f"“{form}” is already a form of {other}"
                    yield LintFinding("error", f"lexicon/{where}", message, "leave it in the entry that it belongs to")


def _entries(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The entries of a file up to its first fault, which `lexicon_findings` reports."""
    try:
        yield from entries(path)
    except WaqaiError:
        return


def proof_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Entries of the lexicon without an example, and examples that are not read as they say or are so without them."""
    try:
        prover = Prover(read_lexicon(rooms.lexicon), load_registers(rooms.ontology))
        for proof in proofs(rooms.lexicon):
            for message, cure in faults(prover, proof):
                yield LintFinding("error", f"lexicon/{proof.address}", message, cure)
    except WaqaiError:
        return


def question_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Saved questions whose head or text is broken."""
    for path in sorted(rooms.queries.rglob("*.rq")):
        try:
            read_question(path, rooms.queries)
        except WaqaiError as error:
            yield _finding(error, f"queries/{path.name}")
