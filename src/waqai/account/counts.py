"""The counts of one outcome as the store holds them: values, no RDF beyond this module."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from waqai.graph import WQ, WQV

PREFIXES = f"PREFIX wq: <{WQ}> PREFIX wqv: <{WQV}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


class Queryable(Protocol):
    """What the account needs of a store: rows of a SELECT over the union of the public graphs."""

    def query(self, sparql: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Link:
    """That a count stands in a relation to another; `rule` where we concluded it, `source` where the words say it."""

    kind: str
    target: str
    source: bool = True
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """One reading of ambiguous words: its IRI and the relations it would have."""

    iri: str
    preferred: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CountStatement:
    """One accepted count: how many, of whom, where, when, and how it stands to others.

    `low` and `high` are None at an open end; both are None for a vague count; `about` marks a rounded one. `leaves` are
    the classes named: none is unknown. `units` are ISO 3166-2 codes it may spread over; none: anywhere in `countries`,
    or anywhere.
    """

    iri: str
    article: str
    low: int | None
    high: int | None
    vague: bool = False
    about: bool = False
    certainty: str = "stated"
    kind: str = "incident"
    victim_class: str = "unknown"
    leaves: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    first: dt.date | None = None
    last: dt.date | None = None
    open_end: bool = False
    originator: str = ""
    perpetrators: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    traits: frozenset[tuple[str, str]] = frozenset()
    """What narrows the group beyond its class: ("member", IRI), ("nationality", "RU"), ("person", "child"), …"""
    links: tuple[Link, ...] = ()
    readings: tuple[ReadingChoice, ...] = ()
    repaired: bool = False
    """Is its number that of every smallest repair, because what was stated contradicts itself?"""


@dataclass(slots=True)
class _Parts:
    """The many-valued slots of the counts, by statement."""

    leaves: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    perpetrators: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    traits: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    links: dict[str, dict[Link, None]] = field(default_factory=lambda: defaultdict(dict))
    readings: dict[str, dict[str, tuple[bool, list[Link]]]] = field(default_factory=lambda: defaultdict(dict))


_HEAD = """SELECT ?s ?article ?low ?high ?operator ?certainty ?kind ?class ?first ?last ?open ?originator WHERE {
  ?s wq:outcome wqv:%s ; wq:statedIn ?article ; wq:operator ?operator ; wq:certainty ?certainty .
  OPTIONAL { ?s wq:low ?low } OPTIONAL { ?s wq:high ?high } OPTIONAL { ?s wq:countKind ?kind }
  OPTIONAL { ?s wq:originator ?originator }
  OPTIONAL { ?s wq:victims ?group . ?group wq:victimClass ?class }
  OPTIONAL { ?s wq:period ?period . OPTIONAL { ?period wq:notBefore ?first } OPTIONAL { ?period wq:notAfter ?last }
             OPTIONAL { ?period wq:openEnd ?open } } }"""
_PLACED = """SELECT ?s ?is ?place ?code WHERE { ?s wq:outcome wqv:%s ; ?is ?place .
  VALUES ?is { wq:coversUnit wq:country wq:place } OPTIONAL { ?place wq:code ?code } }"""
_TRAITS = ("leafClass", "memberOf", "nationality", "occupation", "gender", "children")
_LINKED = """SELECT ?s ?kind ?target ?by ?rule ?reading ?preferred WHERE {
  ?s wq:outcome wqv:%s ; wq:relation ?relation .
  ?relation wq:relationKind ?kind ; wq:relatesTo ?target ; wq:assertedBy ?by . OPTIONAL { ?relation wq:rule ?rule }
  OPTIONAL { ?s wq:reading ?reading . ?reading wq:hasRelation ?relation ; wq:preferred ?preferred } }"""
_READINGS = """SELECT ?s ?reading ?preferred WHERE {
  ?s wq:outcome wqv:%s ; wq:reading ?reading . ?reading wq:preferred ?preferred }"""


def _named(outcome: str) -> str:
    """One branch a property: with the property as a variable Oxigraph walks every triple of every victim group."""
    said = f"?s wq:outcome wqv:{outcome}"
    branches = [f"{{ {said} ; wq:perpetrator ?value BIND(wq:perpetrator AS ?is) }}"]
    branches += [f"{{ {said} ; wq:victims ?of . ?of wq:{trait} ?value BIND(wq:{trait} AS ?is) }}" for trait in _TRAITS]
    return f"SELECT ?s ?is ?value WHERE {{ {' UNION '.join(branches)} }}"


def rows(store: Queryable, sparql: str) -> Iterator[dict[str, str]]:
    """The solutions of a SELECT as plain strings; an unbound variable is not there."""
    solutions = store.query(PREFIXES + sparql)
    names = [v.value for v in solutions.variables]
    for solution in solutions:
        yield {name: solution[name].value for name in names if solution[name] is not None}


def code(iri: str) -> str:
    """The last part of an IRI of ours: the notation of a concept, the register's id of a place."""
    return iri.rpartition("/")[2]


def read_counts(store: Queryable, outcome: str, only: Collection[str] | None = None) -> list[CountStatement]:
    """The counts of one outcome, all or only some (by their IRIs), in the order of their IRIs."""
    if only is not None:
        return read_counts(_Narrowed(store, only), outcome) if only else []
    parts = _Parts()
    _read_places(parts, rows(store, _PLACED % outcome))
    _read_names(parts, rows(store, _named(outcome)))
    _read_links(parts, rows(store, _READINGS % outcome), rows(store, _LINKED % outcome))
    heads = {row["s"]: row for row in rows(store, _HEAD % outcome)}
    return [_count(iri, heads[iri], parts) for iri in sorted(heads)]


_REPAIRED = """SELECT ?s ?low ?high WHERE { ?finding wq:repairedNumber ?number ; wq:findingKind ?kind .
  FILTER(?kind != wqv:sources_differ) ?number wq:ofStatement ?s ; wq:low ?low . OPTIONAL { ?number wq:high ?high } }"""


def read_consistent(store: Queryable, outcome: str, only: Collection[str] | None = None) -> list[CountStatement]:
    """The counts of one outcome, all or only some; contradicting ones as wide as the audit's smallest repairs of them.

    Flesca, Furfaro and Parisi (2010): what holds in every smallest repair is the consistent answer.
    """
    spans = repaired(store)
    return [_widened(c, spans[c.iri]) if c.iri in spans else c for c in read_counts(store, outcome, only)]


def repaired(store: Queryable) -> dict[str, list[dict[str, str]]]:
    """Count → the numbers it has in the smallest repairs that the audit found."""
    spans: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(store, _REPAIRED):
        spans[row["s"]].append(row)
    return spans


def _widened(count: CountStatement, spans: Sequence[dict[str, str]]) -> CountStatement:
    lows, highs = [int(r["low"]) for r in spans], [int(r["high"]) for r in spans if "high" in r]
    high = max(highs) if len(highs) == len(spans) else None
    return replace(count, low=min(lows), high=high, repaired=True)


class _Narrowed:
    """A store of which only some counts are seen."""

    def __init__(self, store: Queryable, only: Collection[str]) -> None:
        self._store = store
        self._said = f"VALUES ?s {{ {' '.join(f'<{iri}>' for iri in sorted(only))} }} ?s wq:outcome wqv:"

    def query(self, sparql: str) -> Any:
        return self._store.query(sparql.replace("?s wq:outcome wqv:", self._said))


def _read_places(parts: _Parts, placed: Iterable[dict[str, str]]) -> None:
    slots = {"coversUnit": parts.units, "country": parts.countries, "place": parts.places}
    for row in placed:
        name = row["is"].removeprefix(WQ)
        slots[name][row["s"]].add(row["place"] if name == "place" else row.get("code", code(row["place"])))


def _read_names(parts: _Parts, named: Iterable[dict[str, str]]) -> None:
    for row in named:
        match row["is"].removeprefix(WQ):
            case "perpetrator":
                parts.perpetrators[row["s"]].add(row["value"])
            case "leafClass":
                parts.leaves[row["s"]].add(code(row["value"]))
            case "children":
                parts.traits[row["s"]].add(("person", "child"))
            case "gender":
                parts.traits[row["s"]].add(("person", code(row["value"])))
            case trait:
                parts.traits[row["s"]].add((trait, row["value"]))


def _read_links(parts: _Parts, readings: Iterable[dict[str, str]], linked: Iterable[dict[str, str]]) -> None:
    for row in readings:
        parts.readings[row["s"]][row["reading"]] = (row["preferred"] == "true", [])
    for row in linked:
        rule = code(row["rule"]) if "rule" in row else None
        link = Link(code(row["kind"]), row["target"], code(row["by"]) == "source", rule)
        if "reading" in row:
            parts.readings[row["s"]][row["reading"]][1].append(link)
        else:
            parts.links[row["s"]][link] = None


def _order(link: Link) -> tuple[str, str]:
    return (link.kind, link.target)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def as_plain(count: CountStatement) -> list[Any]:
    """A count as what JSON can hold."""
    return [_plain(getattr(count, name)) for name in CountStatement.__slots__]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Link):
        return [value.kind, value.target, value.source, value.rule]
    if isinstance(value, ReadingChoice):
        return [value.iri, value.preferred, [_plain(k) for k in value.links]]
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def from_plain(plain: list[Any]) -> CountStatement:
    """The count that `as_plain` made so."""
    slots = dict(zip(CountStatement.__slots__, plain, strict=True))
    for name in ("leaves", "units", "countries", "perpetrators", "places"):
        slots[name] = frozenset(slots[name])
    slots["traits"] = frozenset((kind, value) for kind, value in slots["traits"])
    slots["first"], slots["last"] = _date(slots["first"]), _date(slots["last"])
    slots["links"] = tuple(Link(*k) for k in slots["links"])
    slots["readings"] = tuple(
        ReadingChoice(iri, preferred, tuple(Link(*k) for k in links)) for iri, preferred, links in slots["readings"]
    )
    return CountStatement(**slots)


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _count(iri: str, head: dict[str, str], parts: _Parts) -> CountStatement:
    victim_class = code(head.get("class", "unknown"))
    readings = parts.readings.get(iri, {})
    return CountStatement(
        iri=iri,
        article=head["article"],
        low=_whole(head.get("low")),
        high=_whole(head.get("high")),
        vague=code(head["operator"]) == "vague",
        about=code(head["operator"]) == "about",
        certainty=code(head["certainty"]),
        kind=code(head.get("kind", "incident")),
        victim_class=victim_class,
        leaves=frozenset(parts.leaves.get(iri, ())) or frozenset({victim_class} - {"unknown", "mixed"}),
        units=frozenset(parts.units.get(iri, ())),
        countries=frozenset(parts.countries.get(iri, ())),
        first=_date(head.get("first")),
        last=_date(head.get("last")),
        open_end=head.get("open") == "true",
        originator=head.get("originator", head["article"]),
        perpetrators=frozenset(parts.perpetrators.get(iri, ())),
        places=frozenset(parts.places.get(iri, ())),
        traits=frozenset(parts.traits.get(iri, ())),
        links=tuple(sorted(parts.links.get(iri, ()), key=_order)),
        readings=tuple(
            ReadingChoice(name, preferred, tuple(sorted(links, key=_order)))
            for name, (preferred, links) in sorted(readings.items())
        ),
    )
