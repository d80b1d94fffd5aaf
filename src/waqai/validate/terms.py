"""The same terms in two libraries: pyoxigraph carries our graphs, rdflib is what pyshacl validates."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import rdflib
from rdflib.namespace import XSD
from rdflib.term import Identifier, Node

_STRING = ox.NamedNode(str(XSD.string))

# An ill-typed literal is a finding of a shape here; rdflib would also print a traceback for each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Identifier:
    """The same term for rdflib; a literal keeps its characters as they are (007 stays 007), ill-typed or not.

    What rdflib cannot hold becomes what no shape of ours allows: a triple term a blank node, a literal with a base
    direction one of the datatype rdf:dirLangString.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Triple):
        return rdflib.BNode("triple-term")
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language and not term.direction:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def to_ox(term: Node) -> ox.NamedNode | ox.Literal:
    """The same term for pyoxigraph, blank nodes named."""
    if not isinstance(term, rdflib.Literal):
        return named(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else _STRING)


def named(term: Node) -> ox.NamedNode:
    """An IRI for pyoxigraph; a blank node gets a name, so that a report has none."""
    return ox.NamedNode(f"urn:waqai:blank:{term}" if isinstance(term, rdflib.BNode) else str(term))
