"""What a question's words name: a victim class, a place, an actor, an originator; by code, IRI or registered name."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from waqai.account.counts import Queryable, code, rows
from waqai.errors import ParameterError
from waqai.graph import WQV, Iris
from waqai.text.letters import folded

_RDFS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#> "
_OUTCOMES = "SELECT ?thing ?name WHERE { ?thing skos:inScheme wqv:outcomes ; skos:prefLabel ?name }"
_CLASSES = "SELECT ?thing ?name WHERE { ?thing skos:inScheme wqv:victim_classes ; skos:prefLabel ?name }"
_UNITS = """SELECT ?thing ?name WHERE { VALUES ?kind { wq:FirstLevelUnit wq:Country }
  ?thing a ?kind ; rdfs:label|wq:strongName|wq:weakName ?name }"""
_LYING = """SELECT ?thing ?name ?unit WHERE { VALUES ?kind { wq:Region wq:District wq:Facility wq:Town wq:Place }
  ?thing a ?kind ; rdfs:label|wq:strongName ?name . ?thing wq:within|wq:overlaps|(wq:hasSense/wq:overlaps) ?unit }"""
_ACTORS = """SELECT ?thing ?name WHERE { ?thing a wq:Actor ; rdfs:label|wq:strongName|wq:weakName ?name }"""
_SPEAKERS = """SELECT DISTINCT ?thing ?name WHERE { ?s wq:originator ?thing .
  OPTIONAL { { ?thing wq:words ?name } UNION { ?thing rdfs:label|wq:strongName|wq:weakName ?name } } }"""
_LABEL = """SELECT ?name WHERE { %s rdfs:label|skos:prefLabel|wq:words ?name
  FILTER(LANG(?name) IN ("%s", "")) } ORDER BY ?name"""
_MOST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and how it is called in the language of the answer; `code` is its id in the register."""

    iri: str
    label: str

    @property
    def code(self) -> str:
        return code(self.iri)


class Names:
    """The names that a store knows."""

    def __init__(self, store: Queryable, iris: Iris, lang: str = "en") -> None:
        self._store = store
        self._iris = iris
        self._lang = lang

    def outcome(self, text: str) -> Named:
        """An outcome of the vocabulary. Raises ParameterError."""
        return self._one(text, _OUTCOMES, WQV, "--outcome", "outcome")

    def victim_class(self, text: str) -> Named:
        """A class of the vocabulary. Raises ParameterError."""
        return self._one(text, _CLASSES, WQV, "--class", "victim class")

    def place(self, text: str) -> Named:
        """A first-level unit or a country. Raises ParameterError, for a smaller place with the units it lies in."""
        try:
            return self._one(text, _UNITS, self._iris.place(""), "--place", "first-level unit or country")
        except ParameterError as unknown:
            units = self._units_of(text)
            if not units:
                raise
            raise ParameterError(
                f"{text!r} is no first-level unit, and deaths are not told apart below these",
                address="--place",
                cure=f"it lies in {', '.join(units)}",
            ) from unknown

    def actor(self, text: str) -> Named:
        """An actor of the register. Raises ParameterError."""
        return self._one(text, _ACTORS, self._iris.actor(""), "--by", "actor")

    def originator(self, text: str) -> Named:
        """Whoever a stored statement begins with: an actor, an outlet, or a source known by its words only."""
        return self._one(text, _SPEAKERS, self._iris.actor(""), "--source", "source of a stored statement")

    def _one(self, text: str, query: str, base: str, option: str, sort: str) -> Named:
        called: dict[str, set[str]] = defaultdict(set)
        for row in rows(self._store, _RDFS + query):
            called[folded(row.get("name", ""))].add(row["thing"])
        known = frozenset().union(*called.values())
        found = {text, base + text, base + text.upper()} & known or called.get(folded(text), set()) - {""}
        if len(found) == 1:
            (iri,) = found
            return Named(iri, self._label(iri) or text)
        if found:
            meant = ", ".join(sorted(code(iri) for iri in found))
            raise ParameterError(f"{text!r} may be several", address=option, cure=f"name one of {meant}")
        raise ParameterError(
            f"no {sort} is called {text!r}",
            address=option,
            cure=_near(text, called) or f"give the code, the IRI or a registered name of a {sort}",
        )

    def _label(self, iri: str) -> str | None:
        named = rows(self._store, _RDFS + _LABEL % (ox.NamedNode(iri), self._lang))
        return next((row["name"] for row in named), None)

    def _units_of(self, text: str) -> list[str]:
        wanted = folded(text)
        found = (
            r for r in rows(self._store, _RDFS + _LYING) if wanted == folded(r["name"]) or code(r["thing"]) == text
        )
        return sorted({code(row["unit"]) for row in found})


def _near(text: str, called: Mapping[str, set[str]]) -> str:
    """Names like the one given, each with the code by which it can be asked for."""
    by_code = {code(thing).lower(): {thing} for things in called.values() for thing in things}
    names = {**called, **by_code}
    close = difflib.get_close_matches(folded(text), names, n=_MOST_NEAR) or [
        name for name in names if folded(text) and folded(text) in name
    ]
    codes = sorted({code(thing) for name in close[:_MOST_NEAR] for thing in names[name]})
    return f"perhaps {' or '.join(codes[:_MOST_NEAR])}" if codes else ""
