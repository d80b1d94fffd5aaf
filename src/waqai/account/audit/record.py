"""Findings as RDF in a derived graph of their own, anew where the store or the software has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

import waqai
from waqai.account.audit.findings import SourceFinding, findings, read_ledger
from waqai.account.audit.repairs import Span
from waqai.account.certificates import Certificate, certificates
from waqai.account.counts import code, rows
from waqai.account.observations import Property, wq, wqv
from waqai.account.rules import ONE_EVENT
from waqai.graph import WQ, Iris
from waqai.store import Store

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SEVERITY = ox.NamedNode("http://www.w3.org/ns/shacl#resultSeverity")
_WARNING = ox.NamedNode("http://www.w3.org/ns/shacl#Warning")
_VERSION = ox.NamedNode("https://schema.org/softwareVersion")

_STAMP = """PREFIX schema: <https://schema.org/>
SELECT ?revision WHERE { ?audit a wq:Audit ; wq:auditedRevision ?revision ; schema:softwareVersion "%s" }"""


_KEPT = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?finding ?is ?value WHERE {
  ?finding a wq:Finding . VALUES ?is { wq:findingKind wq:aboutSource wq:aboutArticle wq:conflicting wq:minimalSets
    wq:smallestRepair } ?finding ?is ?value }"""
_REASONS = "SELECT ?finding ?lang ?text WHERE { ?finding a wq:Finding ; wq:reason ?text BIND(LANG(?text) AS ?lang) }"
_REPAIRED = """SELECT ?finding ?s ?low ?high WHERE {
  ?finding wq:repairedNumber ?number . ?number wq:ofStatement ?s ; wq:low ?low OPTIONAL { ?number wq:high ?high } }"""


def kept(store: Store) -> list[SourceFinding]:
    """The findings about what the store says, by kind and statement: those it holds, or derived where they are old."""
    if not _current(store):
        return findings(read_ledger(store))
    slots: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(store, _KEPT):
        slots[row["finding"]][row["is"].removeprefix(WQ)].append(row["value"])
    reasons: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(store, _REASONS):
        reasons[row["finding"]][row["lang"]] = row["text"]
    values: dict[str, dict[str, Span]] = defaultdict(dict)
    for row in rows(store, _REPAIRED):
        values[row["finding"]][row["s"]] = (int(row["low"]), int(row["high"]) if "high" in row else None)
    found = [_read(slots[name], reasons[name], values[name]) for name in slots]
    return sorted(found, key=lambda f: (f.kind, f.statements))


def _read(slots: dict[str, list[str]], reasons: dict[str, str], values: dict[str, Span]) -> SourceFinding:
    return SourceFinding(
        kind=code(slots["findingKind"][0]),
        sources=tuple(sorted(slots["aboutSource"])),
        articles=tuple(sorted(slots["aboutArticle"])),
        statements=tuple(sorted(slots["conflicting"])),
        reason=dict(sorted(reasons.items())),
        sets=int(slots["minimalSets"][0]),
        changes=int(slots["smallestRepair"][0]),
        values=dict(sorted(values.items())),
    )


def _current(store: Store) -> bool:
    return [row["revision"] for row in rows(store, _STAMP % waqai.__version__)] == [store.revision()]


def refresh(store: Store) -> bool:
    """Derive the findings anew if the store changed since; tells whether it did.

    Raises StoreError where the store cannot be written.
    """
    if _current(store):
        return False
    ledger = read_ledger(store)
    proved = [c for told in ledger.series() for c in certificates([told], ledger.counts[told.outcome])]
    quads = [
        *as_quads(findings(ledger), store.iris, store.revision()),
        *_relations(proved, store.iris),
    ]
    store.put({store.iris.derived_graph("findings"): quads})
    return True


def _relations(proved: Iterable[Certificate], iris: Iris) -> Iterator[ox.Quad]:
    """That later accounts revise earlier ones, with the running totals that prove it."""
    graph = ox.NamedNode(iris.derived_graph("findings"))
    for certificate in proved:
        count = ox.NamedNode(certificate.newer)
        relation = ox.NamedNode(iris.certificate(certificate.newer, certificate.older, *certificate.totals))
        yield ox.Quad(count, wq("relation"), relation, graph)
        yield from (ox.Quad(relation, predicate, value, graph) for predicate, value in _relation(certificate))


def _relation(certificate: Certificate) -> Iterator[Property]:
    yield _TYPE, wq("CountRelation")
    yield wq("relationKind"), wqv("updates")
    yield wq("relatesTo"), ox.NamedNode(certificate.older)
    yield wq("assertedBy"), wqv("waqai")
    yield wq("rule"), wqv(ONE_EVENT)
    yield wq("reason"), ox.Literal(certificate.reason(), language="en")
    for total in certificate.totals:
        yield wq("certifiedBy"), ox.NamedNode(total)


def as_quads(found: Iterable[SourceFinding], iris: Iris, revision: str) -> Iterator[ox.Quad]:
    """The graph of findings of one revision."""
    graph = ox.NamedNode(iris.derived_graph("findings"))
    audit = ox.NamedNode(iris.audit())
    yield ox.Quad(audit, _TYPE, wq("Audit"), graph)
    yield ox.Quad(audit, wq("auditedRevision"), ox.Literal(revision), graph)
    yield ox.Quad(audit, _VERSION, ox.Literal(waqai.__version__), graph)
    for finding in found:
        node = ox.NamedNode(iris.finding(finding.kind, finding.statements))
        for predicate, value in _properties(finding):
            yield ox.Quad(node, predicate, value, graph)
        for number, iri in enumerate(sorted(finding.values), 1):
            repaired = ox.NamedNode(f"{node.value}/number-{number}")
            yield ox.Quad(node, wq("repairedNumber"), repaired, graph)
            yield from (ox.Quad(repaired, p, o, graph) for p, o in _repaired(iri, *finding.values[iri]))


def _properties(finding: SourceFinding) -> Iterator[Property]:
    yield _TYPE, wq("Finding")
    yield _SEVERITY, _WARNING
    yield wq("findingKind"), wqv(finding.kind)
    for source in finding.sources:
        yield wq("aboutSource"), ox.NamedNode(source)
    for article in finding.articles:
        yield wq("aboutArticle"), ox.NamedNode(article)
    for statement in finding.statements:
        yield wq("conflicting"), ox.NamedNode(statement)
    for lang, text in finding.reason.items():
        yield wq("reason"), ox.Literal(text, language=lang)
    yield wq("minimalSets"), ox.Literal(finding.sets)
    yield wq("smallestRepair"), ox.Literal(finding.changes)


def _repaired(iri: str, low: int, high: int | None) -> Iterator[Property]:
    yield _TYPE, wq("RepairedNumber")
    yield wq("ofStatement"), ox.NamedNode(iri)
    yield wq("low"), ox.Literal(low)
    if high is not None:
        yield wq("high"), ox.Literal(high)
