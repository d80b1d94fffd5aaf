"""HermiT over the ontology and the registers: is there a contradiction, and who belongs to the defined classes?

Its conclusions stand in ontology/inferred.ttl, a generated file, so that everything else works without Java. What goes
into the reasoner are the classes and the object properties. Names, codes and coordinates stay outside: the shapes hold
them, OWL 2 does not know xsd:date, and with the points of the places HermiT takes ten times as long.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import owlready2
import owlready2.reasoning
import pyoxigraph as ox

from waqai.errors import RegisterError, WaqaiError
from waqai.graph.iris import WQ
from waqai.lint.finding import LintFinding
from waqai.lint.rooms import RDF_TYPE, Rooms, address, instances, syntax_error, triples, wq

HEAP_MEGABYTES = 512

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL = "http://www.w3.org/2002/07/owl#"
_CONCEPT = ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
_ACTOR = "https://w3id.org/waqai/actor/"
_HEAD = """\
# What the reasoner concludes about the register of actors: the classes that follow from the definitions in waqai.ttl.
# Generated from waqai.ttl, vocabulary.ttl, actors.ttl and places/ by HermiT. Do not edit; after a change there write it
# anew with `waqai lint --write-inferred`. A test keeps it in step where there is Java.
"""

Memberships = frozenset[tuple[str, str]]
"""(IRI of an actor, local name of a class of ours)."""


@dataclass(frozen=True)
class Conclusions:
    """What the reasoner says: a contradiction, classes that can have no member, and who belongs where."""

    consistent: bool
    empty_classes: tuple[str, ...] = ()
    memberships: Memberships = frozenset()


def has_java() -> bool:
    """Is there a Java to run HermiT with?"""
    return shutil.which(owlready2.JAVA_EXE) is not None


def conclusions(rooms: Rooms) -> Conclusions:
    """Run HermiT. Memberships are those of actors, without the ones that the register asserts itself."""
    world = owlready2.World()
    document = io.BytesIO(_logical_part(rooms))
    world.get_ontology("https://w3id.org/waqai/reasoned#").load(fileobj=document, format="ntriples")
    owlready2.reasoning.JAVA_MEMORY = HEAP_MEGABYTES
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Conclusions(consistent=False)
    empty = sorted(found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing)
    asserted = {(subject.value, kind) for _, subject, kind in instances(rooms.actors(), WQ)}
    actors = sorted({iri for iri, kind in asserted})
    members = {(iri, kind) for iri in actors for kind in _classes(world, iri)}
    return Conclusions(True, tuple(empty), frozenset(members - asserted))


def _logical_part(rooms: Rooms) -> bytes:
    """The triples between things; and that codes differ, without which a one-valued property would merge them."""
    kept = [triple for path in _files(rooms) for triple in triples(path) if not isinstance(triple.object, ox.Literal)]
    codes = [triple.subject for triple in kept if triple.predicate == RDF_TYPE and triple.object == _CONCEPT]
    return ox.serialize([*kept, *_all_different(codes)], format=ox.RdfFormat.N_TRIPLES) or b""


def _files(rooms: Rooms) -> list[Path]:
    return [*rooms.schema(), *rooms.registers()]


def _all_different(things: Iterable[ox.NamedNode | ox.BlankNode | ox.Triple]) -> Iterator[ox.Triple]:
    axiom, first = ox.BlankNode(), ox.BlankNode()
    members = [thing for thing in things if isinstance(thing, ox.NamedNode)]
    if len(members) < 2:
        return
    yield ox.Triple(axiom, RDF_TYPE, ox.NamedNode(_OWL + "AllDifferent"))
    yield ox.Triple(axiom, ox.NamedNode(_OWL + "distinctMembers"), first)
    cells = [first, *(ox.BlankNode() for _ in members[1:])]
    rests: list[ox.NamedNode | ox.BlankNode] = [*cells[1:], ox.NamedNode(_RDF + "nil")]
    for cell, member, after in zip(cells, members, rests, strict=True):
        yield ox.Triple(cell, ox.NamedNode(_RDF + "first"), member)
        yield ox.Triple(cell, ox.NamedNode(_RDF + "rest"), after)


def _classes(world: owlready2.World, iri: str) -> Iterator[str]:
    """Local names of our classes that an individual belongs to, near and far."""
    individual = world[iri]
    for kind in individual.INDIRECT_is_a if individual is not None else ():
        if isinstance(kind, owlready2.ThingClass) and kind.iri.startswith(WQ):
            yield kind.iri.removeprefix(WQ)


def inferred_turtle(memberships: Memberships) -> str:
    """The text of ontology/inferred.ttl: sorted, the same every time."""
    by_actor: dict[str, list[str]] = {}
    for iri, kind in sorted(memberships):
        by_actor.setdefault(iri, []).append(f"wq:{kind}")
    entries = [f"actor:{iri.removeprefix(_ACTOR)} a {', '.join(kinds)} .\n" for iri, kinds in by_actor.items()]
    return f"{_HEAD}@prefix wq: <{WQ}> .\n@prefix actor: <{_ACTOR}> .\n\n{''.join(entries)}"


def write_inferred(rooms: Rooms | None = None) -> Path:
    """Run the reasoner and write ontology/inferred.ttl anew.

    Raises RegisterError where a file cannot be parsed or there is a contradiction, WaqaiError where there is no Java.
    """
    rooms = rooms or Rooms.installed()
    for path in _files(rooms):
        if error := syntax_error(path):
            raise RegisterError(str(error.msg), address=address(path, line=error.lineno), cure="mend the Turtle")
    if not has_java():
        raise WaqaiError("there is no Java for the reasoner", cure="install Java 11 or newer")
    found = conclusions(rooms)
    if not found.consistent:
        raise RegisterError("the registers contradict the ontology", address="ontology", cure="run `waqai lint`")
    rooms.inferred.write_text(inferred_turtle(found.memberships), encoding="utf-8")
    return rooms.inferred


def reasoner_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """A contradiction, a class without possible members, conclusions that differ from what inferred.ttl says.

    Of a register that cannot be parsed nothing would follow, and all that inferred.ttl says would seem wrong.
    """
    if any(syntax_error(path) for path in [*_files(rooms), rooms.inferred] if path.exists()):
        message = "the reasoner was skipped: not every file can be parsed"
        yield LintFinding("note", "ontology", message, "mend the Turtle first")
        return
    try:
        found = conclusions(rooms)
    except owlready2.OwlReadyJavaError as error:
        yield LintFinding("error", "ontology", f"HermiT stopped: {error}", "check the Java installation")
        return
    if not found.consistent:
        yield from _contradiction(rooms)
        return
    for iri in found.empty_classes:
        where = address(rooms.ontology / "waqai.ttl", iri)
        yield LintFinding("error", where, f"nothing can be a {iri}: its definition contradicts itself", "mend it")
    yield from _out_of_step(rooms, found.memberships)


def _contradiction(rooms: Rooms) -> Iterator[LintFinding]:
    """Which entry alone contradicts the ontology, if one does; else that the registers together do."""
    suspects = _clashing_kinds(rooms)
    for path, iri, kinds in suspects:
        message = f"contradiction: nothing can be {' and '.join(kinds)}"
        yield LintFinding("error", address(path, iri), message, "keep the one kind that is right")
    if not suspects:
        message = "the registers contradict the ontology (HermiT)"
        yield LintFinding("error", "ontology", message, "look at what was changed last: kinds, one-valued properties")


def _clashing_kinds(rooms: Rooms) -> list[tuple[Path, str, list[str]]]:
    """Entries whose asserted kinds no thing can have together, by the reasoner's own judgement of each set of kinds."""
    kinds: dict[tuple[Path, str], set[str]] = {}
    for path, subject, kind in instances(rooms.registers(), WQ):
        kinds.setdefault((path, subject.value), set()).add(kind)
    judged = {frozenset(k) for k in kinds.values() if len(k) > 1}
    impossible = _impossible(rooms, judged)
    return [(path, iri, sorted(k)) for (path, iri), k in kinds.items() if frozenset(k) in impossible]


def _impossible(rooms: Rooms, sets: set[frozenset[str]]) -> set[frozenset[str]]:
    """Which sets of classes can have no common member: each becomes a class below all of its own."""
    probes = {WQ + "probe-" + str(number): kinds for number, kinds in enumerate(sorted(sets, key=sorted))}
    below = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    added = [ox.Triple(ox.NamedNode(p), RDF_TYPE, ox.NamedNode(_OWL + "Class")) for p in probes]
    added += [ox.Triple(ox.NamedNode(p), below, wq(kind)) for p, kinds in probes.items() for kind in sorted(kinds)]
    schema = [t for path in rooms.schema() for t in triples(path) if not isinstance(t.object, ox.Literal)]
    world = owlready2.World()
    document = io.BytesIO(ox.serialize([*schema, *added], format=ox.RdfFormat.N_TRIPLES) or b"")
    world.get_ontology("https://w3id.org/waqai/probed#").load(fileobj=document, format="ntriples")
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    return {probes[found.iri] for found in world.inconsistent_classes() if getattr(found, "iri", "") in probes}


def _out_of_step(rooms: Rooms, memberships: Memberships) -> Iterator[LintFinding]:
    """Where inferred.ttl says something else than the reasoner."""
    path = rooms.inferred
    stands: set[tuple[str, str]] = set()
    if path.exists():
        stands = {(subject.value, kind) for _, subject, kind in instances([path], WQ)}
    cure = "run `waqai lint --write-inferred`, and commit inferred.ttl with what was changed"
    for iri, kind in sorted(memberships - stands):
        message = f"{iri} belongs to {kind}, but inferred.ttl does not say so"
        yield LintFinding("error", "ontology/inferred.ttl", message, cure)
    for iri, kind in sorted(stands - memberships):
        message = f"inferred.ttl says that {iri} belongs to {kind}, which no longer follows"
        yield LintFinding("error", "ontology/inferred.ttl", message, cure)
