"""What is going to be written, decided before anything is: normal forms, content hashes, one SPARQL update."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from waqai.errors import InputError
from waqai.graph import WQ, Iris

CONTENT_HASH = ox.NamedNode(f"{WQ}contentHash")
ROOM_GRAPHS = ("ontology", "actors", "places")

Sort = Literal["article", "room", "derived"]


def sort_of(name: str, iris: Iris) -> Sort:
    """What a graph is: an article's, a data room's, or derived. Raises InputError for a name that is none of ours."""
    local = name.removeprefix(f"{iris.base}graph/")
    if name.startswith(iris.article_graph("")) and local != "article/":
        return "article"
    if name == local or local.startswith(("private/", "article/")) or local in {"", "catalogue"}:
        raise InputError(
            f"<{name}> is no graph that can be stored",
            cure=f"graphs are named {iris.base}graph/…; the catalogue keeps itself; is WAQAI_BASE right?",
        )
    return "room" if local in ROOM_GRAPHS else "derived"


def normal_form(quads: Iterable[ox.Quad], name: str) -> list[ox.Triple]:
    """The triples as every store of this kind gives them back, without repetition.

    The store rewrites some literals ("05" becomes 5, `.000Z` becomes `Z`, @EN becomes @en), so what is hashed has been
    through one. Raises InputError for a quad of another graph.
    """
    memory = ox.Store()
    memory.extend(ox.Quad(q.subject, q.predicate, q.object) for q in _of_graph(quads, name))
    return [quad.triple for quad in memory]


def _of_graph(quads: Iterable[ox.Quad], name: str) -> Iterable[ox.Quad]:
    for quad in quads:
        if not isinstance(quad.graph_name, ox.NamedNode) or quad.graph_name.value != name:
            raise InputError(f"a quad of {quad.graph_name} is among those of <{name}>", cure="hand in each graph apart")
        yield quad


def refuse_blank_nodes(triples: Iterable[ox.Triple], name: str) -> None:
    """Articles' graphs have none: names stay, replacements are exact, hashes are quick. Raises InputError."""
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.NamedNode | ox.Literal):
            raise InputError(
                f"a blank node or a triple term stands in <{name}>: {triple}",
                cure="give every node of an article's graph an IRI, as `waqai graph` does",
            )


def content_hash(triples: Iterable[ox.Triple]) -> str:
    """SHA-256 of the canonical N-Triples (RDFC-1.0) of a graph in normal form."""
    return hashlib.sha256("".join(canonical_lines(triples)).encode()).hexdigest()


def canonical_lines(triples: Iterable[ox.Triple]) -> list[str]:
    """Canonical N-Triples, a line each, sorted; blank nodes named as RDFC-1.0 does."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.triple} .\n" for quad in dataset)


def canonical_quads(quads: Iterable[ox.Quad], apart: str) -> list[ox.Quad]:
    """The quads of one graph in the order of their canonical lines; `apart` is put before blank nodes' names."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [_relabelled(quad, re.sub(r"\W", "", apart)) for quad in sorted(dataset, key=str)]


def _relabelled(quad: ox.Quad, apart: str) -> ox.Quad:
    subject, value = quad.subject, quad.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(apart + subject.value)
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(apart + value.value)
    return ox.Quad(subject, quad.predicate, value, quad.graph_name)


def on_default_base(term: ox.NamedNode) -> bool:
    """Whether a name of the data rooms moves with a deployment's base: things do, the ontology's terms do not."""
    return term.value.startswith(Iris().base) and not term.value.startswith((WQ, f"{Iris().base}vocabulary/"))


@dataclass(frozen=True)
class GraphChange:
    """One graph's next content; no triples: the graph goes."""

    name: str
    sort: Sort
    triples: list[ox.Triple]
    hash: str | None


def plan(graphs: Mapping[str, Iterable[ox.Quad]], iris: Iris) -> list[GraphChange]:
    """Decide what each named graph becomes. Raises InputError for what cannot be stored."""
    changes = []
    for name, quads in sorted(graphs.items()):
        sort = sort_of(name, iris)
        triples = normal_form(quads, name)
        if sort == "article":
            refuse_blank_nodes(triples, name)
        kept = sort != "derived" and bool(triples)
        changes.append(GraphChange(name, sort, triples, content_hash(triples) if kept else None))
    return changes


def as_update(changes: Iterable[GraphChange], iris: Iris, tombstones: Iterable[ox.Triple] = ()) -> str:
    """One SPARQL update that makes the changes and keeps the catalogue in step with them."""
    catalogue = f"<{iris.base}graph/catalogue>"
    clear, insert = [], []
    for change in changes:
        clear.append(f"DROP SILENT GRAPH <{change.name}>")
        entries = _catalogue_entries(change, iris)
        clear += [f"DELETE WHERE {{ GRAPH {catalogue} {{ <{entry}> ?p ?o }} }}" for entry in entries]
        if change.triples:
            insert.append(f"GRAPH <{change.name}> {{\n{as_block(change.triples)}}}")
        if change.hash:
            insert.append(f'GRAPH {catalogue} {{ <{change.name}> {CONTENT_HASH} "{change.hash}" }}')
    if stones := as_block(tombstones):
        insert.append(f"GRAPH {catalogue} {{\n{stones}}}")
    return " ;\n".join([*clear, "INSERT DATA {\n" + "\n".join(insert) + "\n}"])


def _catalogue_entries(change: GraphChange, iris: Iris) -> list[str]:
    """The nodes of the catalogue that speak of a graph: itself, and the tombstone of an article."""
    if change.sort == "article":
        return [change.name, iris.article(change.name.removeprefix(iris.article_graph("")))]
    return [change.name]


def as_block(triples: Iterable[ox.Triple]) -> str:
    """Triples as a block of an update."""
    return "".join(f"{triple} .\n" for triple in triples)
