"""Events as RDF, in a derived graph of their own (docs/graph.md): accounts, verdicts, what follows for counts.

Nothing of the words compared is written, only how alike they are: names of private persons stay out of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

import waqai
from waqai.account.events.accounts import Account
from waqai.account.events.grouping import Event, Judgement
from waqai.account.events.relations import Concluded, relations
from waqai.graph import WQ, WQV, Iris

_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_REPLACED = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
_ASSOCIATED = ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
_XSD = "http://www.w3.org/2001/XMLSchema#"

Term = ox.NamedNode | ox.Literal
Property = tuple[ox.NamedNode, Term]


def _wq(name: str) -> ox.NamedNode:
    return ox.NamedNode(WQ + name)


def _wqv(code: str) -> ox.NamedNode:
    return ox.NamedNode(WQV + code)


def quads(events: Iterable[Event], iris: Iris) -> Iterator[ox.Quad]:
    """The graph of events. An event of one account that nobody weighs against another is not written."""
    graph = ox.NamedNode(iris.derived_graph("events"))
    for event in events:
        if len(event.accounts) > 1 or event.open:
            for subject, predicate, value in _event(event, iris):
                yield ox.Quad(ox.NamedNode(subject), predicate, value, graph)


def _event(event: Event, iris: Iris) -> Iterator[tuple[str, ox.NamedNode, Term]]:
    node = iris.event(event.anchor.iri)
    yield node, _RDF_TYPE, _wq("Event")
    yield node, _ASSOCIATED, ox.NamedNode(iris.software(waqai.__version__))
    for account in event.accounts:
        yield node, _wq("account"), ox.NamedNode(account.iri)
        for predicate, value in _account(account):
            yield account.iri, predicate, value
        if account is not event.anchor:
            yield iris.event(account.iri), _REPLACED, ox.NamedNode(node)
    for judgement in (*event.judgements, *event.open):
        for predicate, value in _judgement(judgement, iris):
            yield iris.judgement(judgement.one, judgement.other), predicate, value
    for concluded in relations(event):
        yield from _relation(concluded, iris)


def _account(account: Account) -> Iterator[Property]:
    yield _RDF_TYPE, _wq("Account")
    yield _wq("givenBy"), ox.NamedNode(account.article.iri)
    yield _wq("mainStory"), ox.Literal(account.main)
    for told in account.told:
        yield _wq("tells"), ox.NamedNode(told.iri)
    if account.days:
        for name, day in zip(("earliestDay", "latestDay"), account.days, strict=True):
            yield _wq(name), ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


def _judgement(judgement: Judgement, iris: Iris) -> Iterator[Property]:
    yield _RDF_TYPE, _wq("Judgement")
    yield _ASSOCIATED, ox.NamedNode(iris.software(waqai.__version__))
    for account in (judgement.one, judgement.other):
        yield _wq("judges"), ox.NamedNode(account)
    yield _wq("verdict"), _wqv(judgement.verdict)
    yield _wq("score"), ox.Literal(f"{judgement.score:.2f}", datatype=ox.NamedNode(f"{_XSD}decimal"))
    for name, level in judgement.evidence.items():
        yield _wq("reason"), ox.Literal(f"{name}: {level.replace('_', ' ')}", language="en")


def _relation(concluded: Concluded, iris: Iris) -> Iterator[tuple[str, ox.NamedNode, Term]]:
    node = iris.concluded(concluded.count, concluded.other)
    yield concluded.count, _wq("relation"), ox.NamedNode(node)
    yield node, _RDF_TYPE, _wq("CountRelation")
    yield node, _wq("relationKind"), _wqv(concluded.kind)
    yield node, _wq("relatesTo"), ox.NamedNode(concluded.other)
    yield node, _wq("assertedBy"), _wqv("waqai")
    yield node, _wq("rule"), _wqv("one_event")
    yield node, _wq("reason"), ox.Literal(concluded.reason, language="en")
