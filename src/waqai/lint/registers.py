"""The registers against themselves and the vocabulary: names, codes, what entries point to. The rest is the shapes'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox

from waqai.graph.iris import WQ, WQV
from waqai.lint.finding import LintFinding
from waqai.lint.rooms import Rooms, address, instances, triples, value, wq
from waqai.text.letters import fold

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_IN_SCHEME = ox.NamedNode(_SKOS + "inScheme")
_BROADER = ox.NamedNode(_SKOS + "broader")
_BASE = "https://w3id.org/waqai/"

Homes = dict[str, Path]
"""IRI of an entry → the file in which it stands."""


def _entries(paths: list[Path]) -> Homes:
    return {subject.value: path for path, subject, _ in instances(paths, WQ)}


def name_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Strong names that two actors share, or two places of which neither lies in the other."""
    nested = _pairs_within(rooms.places())
    for paths in (rooms.actors(), rooms.places()):
        homes = _entries(paths)
        for name, owners in sorted(_strong_names(paths).items()):
            for one, other in combinations(sorted(owners), 2):
                if (one, other) in nested or (other, one) in nested or other not in homes:
                    continue
                message = f"the strong name “{name}” is also {_short(one)}'s: {_short(other)}"
                yield LintFinding("error", address(homes[other], other), message, "make it a wq:weakName of both")


def _strong_names(paths: list[Path]) -> dict[str, set[str]]:
    """Folded strong name → the entries that carry it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for triple in triples(path):
            if triple.predicate == wq("strongName") and isinstance(triple.subject, ox.NamedNode):
                owners[fold(value(triple.object)).text].add(triple.subject.value)
    return owners


def _pairs_within(paths: list[Path]) -> set[tuple[str, str]]:
    """Every (place, larger place it lies in), a sense of a region and its region included."""
    above: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for triple in triples(path):
            if triple.predicate in (wq("within"), wq("senseOf")):
                above[value(triple.subject)].add(value(triple.object))
    return {(place, larger) for place in list(above) for larger in _closure(place, above)}


def _closure(start: str, above: Mapping[str, set[str]]) -> set[str]:
    """Everything above an entry, however far."""
    found: set[str] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += above.get(current, ())
    return found


def code_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Codes that are not of the scheme from which the property takes its values (wq:valuesFrom)."""
    schemes: dict[ox.NamedNode, str] = {}
    codes: dict[str, set[str]] = defaultdict(set)
    for triple in (t for path in rooms.schema() for t in triples(path)):
        if triple.predicate == wq("valuesFrom") and isinstance(triple.subject, ox.NamedNode):
            schemes[triple.subject] = value(triple.object)
        elif triple.predicate == _IN_SCHEME:
            codes[value(triple.object)].add(value(triple.subject))
    for path in rooms.registers():
        for triple in triples(path):
            scheme = schemes.get(triple.predicate)
            code = value(triple.object)
            if scheme is not None and code not in codes[scheme]:
                iri = value(triple.subject)
                message = f"{_short(iri)}: {_short(code)} is not one of {_short(scheme)}"
                yield LintFinding("error", address(path, iri), message, "use a code of ontology/vocabulary.ttl")


def pointer_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Entries that point to an actor or a place which no register holds."""
    paths = rooms.registers()
    known = {value(t.subject) for path in paths for t in triples(path)}
    if not paths:
        return
    for path in paths:
        for triple in triples(path):
            target = value(triple.object) if isinstance(triple.object, ox.NamedNode) else ""
            if target.startswith((_BASE + "actor/", _BASE + "place/")) and target not in known:
                iri = value(triple.subject)
                message = f"{_short(iri)} points to {_short(target)}, which no register holds"
                yield LintFinding("error", address(path, iri), message, "mend the id, or add the entry")


def victim_class_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Actors whose victim class is not one that their inferred classes count as (wq:countsAs), nor a narrower one."""
    schema = [triple for path in rooms.schema() for triple in triples(path)]
    counts_as = {value(t.subject).removeprefix(WQ): value(t.object) for t in schema if t.predicate == wq("countsAs")}
    above: dict[str, set[str]] = defaultdict(set)
    for triple in schema:
        if triple.predicate == _BROADER:
            above[value(triple.subject)].add(value(triple.object))
    expected: dict[str, dict[str, str]] = defaultdict(dict)
    for _, subject, kind in instances([rooms.inferred] if rooms.inferred.exists() else [], WQ):
        if kind in counts_as:
            expected[subject.value][kind] = counts_as[kind]
    for path in rooms.actors():
        for triple in triples(path):
            iri, stated = value(triple.subject), value(triple.object)
            wanted = expected.get(iri) if triple.predicate == wq("victimClass") else None
            if wanted and not {stated, *_closure(stated, above)} & set(wanted.values()):
                reasons = ", ".join(f"{_short(code)} (as a {kind})" for kind, code in sorted(wanted.items()))
                message = f"{_short(iri)} counts as {_short(stated)}, but the reasoner expects {reasons}"
                yield LintFinding("warning", address(path, iri), message, "mend wq:victimClass, or what led there")


def _short(iri: str) -> str:
    """An IRI of ours without the base."""
    return iri.removeprefix(WQV).removeprefix(_BASE)
