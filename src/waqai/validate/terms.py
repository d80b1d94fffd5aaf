"""The same terms in two libraries: pyoxigraph carries our graphs, rdflib is what pyshacl validates."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import rdflib
from rdflib.namespace import XSD
from rdflib.term import Identifier, Node

_ILL_TYPED = "urn:waqai:ill-typed:"
_DIRECTED = rdflib.URIRef("urn:waqai:text-with-a-direction")
_STRING = ox.NamedNode(str(XSD.string))

# An ill-typed literal is a finding of a shape here; rdflib would also print a traceback for each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Identifier:
    """The same term for rdflib; a literal keeps its characters as they are (007 stays 007), ill-typed or not.

    What rdflib cannot hold or reckon with becomes what no shape of ours allows: a triple term a blank node; a literal
    with a base direction, or an ill-typed one ("twelve"^^xsd:integer), a literal of a datatype of its own. rdflib
    recurses without end when it adds an ill-typed literal, and pyshacl fails when it compares one.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term)
    return rdflib.BNode("triple-term" if isinstance(term, ox.Triple) else term.value)


def _literal(term: ox.Literal) -> rdflib.Literal:
    if term.direction:
        return rdflib.Literal(term.value, datatype=_DIRECTED)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    literal = rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if literal.ill_typed:
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(_ILL_TYPED + term.datatype.value))
    return literal


def to_ox(term: Node) -> ox.NamedNode | ox.Literal:
    """The same term for pyoxigraph, blank nodes named."""
    if not isinstance(term, rdflib.Literal):
        return named(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if not term.datatype:
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype.removeprefix(_ILL_TYPED)))


def named(term: Node) -> ox.NamedNode:
    """An IRI for pyoxigraph; a blank node gets a name, so that a report has none."""
    return ox.NamedNode(f"urn:waqai:blank:{term}" if isinstance(term, rdflib.BNode) else str(term))
