"""What one article tells, read back from its named graph: plain values, no RDF beyond this module."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from waqai.graph import Iris
from waqai.store import Store

_EVIDENCE = re.compile(r"-(\d+)-(\d+)(?:-\d+)?$")
_PARTS_OF = frozenset({"subsetOf", "sumOf", "updates", "restates"})
_RELATIONS = _PARTS_OF | {"disjointFrom", "containedIn"}

Node = dict[str, list[str]]
"""A node of the graph: local name of the property → values, in the order in which they are stored, sorted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of an article: a count, or an event without a number (`outcome` is then None).

    `first` and `last` are the days between which it happened, as far as the words say; `start` is the offset of its
    first evidence, `sentence` the words around it. `relations` are the kinds of its relations to others, with those.
    """

    iri: str
    start: int
    outcome: str | None
    kinds: frozenset[str]
    sort: str
    low: int | None
    high: int | None
    victim_class: str
    traits: frozenset[tuple[str, str]]
    doers: frozenset[str]
    places: frozenset[str]
    place_words: tuple[str, ...]
    units: frozenset[str]
    country: str | None
    first: dt.date | None
    last: dt.date | None
    explicit: bool
    """Do the words name the day, and not only how far it is from the day of writing?"""
    originator: str
    certainty: str
    parts_of: frozenset[str]
    sentence: str
    relations: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """One article and what it tells, in the order of its text."""

    iri: str
    file: str
    lang: str
    outlet: str
    published: dt.date | None
    headline: str
    address: str
    told: tuple[Told, ...]
    totals: tuple[tuple[tuple[object, ...], int], ...] = ()
    """The running totals in it: all that makes them one series, and the number."""

    def later_than(self, other: Telling) -> bool | None:
        """Was it told after the other? None where neither the days of publication nor running totals say so.

        Of two articles of one day the one in which a source's running total is higher is the later.
        """
        if self.published and other.published and self.published != other.published:
            return self.published > other.published
        mine, theirs = dict(self.totals), dict(other.totals)
        rises = {mine[total] > theirs[total] for total in mine.keys() & theirs.keys() if mine[total] != theirs[total]}
        return rises.pop() if len(rises) == 1 else None


def telling(article: str, quads: Iterable[ox.Quad], iris: Iris, private: Iterable[ox.Quad] = ()) -> Telling:
    """Read an article's graph; with its private quads the sentences are unmasked (they never leave the process)."""
    nodes = _nodes(quads)
    quotes = {name: {**nodes.get(name, {}), **node} for name, node in _nodes(private).items()}
    head = nodes.get(article, {})
    statements = [name for name, node in nodes.items() if "statedIn" in node]
    told = sorted((_told(name, nodes, quotes, iris) for name in statements), key=lambda t: (t.start, t.iri))
    return Telling(
        iri=article,
        file=_one(head, "fileName") or "-",
        lang=_one(head, "inLanguage") or "ar",
        outlet=_one(head, "publisher") or _one(head, "publisherName") or article,
        published=_published(_one(head, "datePublished")),
        headline=_one(head, "headline") or "",
        address=_one(head, "url") or "",
        told=tuple(told),
        totals=_running(told),
    )


def stored(store: Store, name: str) -> Telling:
    """What the article tells whose graph is stored under a name."""
    identity = name.removeprefix(store.iris.article_graph(""))
    return telling(store.iris.article(identity), store.quads(name), store.iris, store.private_quads(identity))


def _nodes(quads: Iterable[ox.Quad]) -> dict[str, Node]:
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            name = re.split(r"[#/]", quad.predicate.value)[-1]
            nodes[quad.subject.value][name].append(quad.object.value)
    for node in nodes.values():
        for values in node.values():
            values.sort()
    return nodes


def _one(node: Mapping[str, Sequence[str]], name: str) -> str | None:
    values = node.get(name)
    return values[0] if values else None


def _published(text: str | None) -> dt.date | None:
    """The day, where it is known to the day."""
    return dt.date.fromisoformat(text) if text and len(text) == len("2021-05-03") else None


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def _told(name: str, nodes: Mapping[str, Node], quotes: Mapping[str, Node], iris: Iris) -> Told:
    node = nodes[name]
    period = nodes.get(_one(node, "period") or "", {})
    group = nodes.get(_one(node, "victims") or "", {})
    place = iris.place("")
    found = _EVIDENCE.search(name)
    low, high = _one(node, "low"), _one(node, "high")
    stated = "edtf" in period
    kinds = [_local(kind) for slot in ("method", "eventKind", "aboutKind") for kind in node.get(slot, ())]
    return Told(
        iri=name,
        start=int(found[1]) if found else 0,
        outcome=_local(_one(node, "outcome") or "") or None,
        kinds=frozenset(kinds),
        sort=_local(_one(node, "countKind") or "incident"),
        low=int(low) if low else None,
        high=int(high) if high else None,
        victim_class=_local(_one(group, "victimClass") or "unknown"),
        traits=_traits(group),
        doers=frozenset(_local(doer) for slot in ("perpetrator", "actor") for doer in node.get(slot, ())),
        places=frozenset(p.removeprefix(place) for p in node.get("place", ())),
        place_words=tuple(node.get("placeWords", ())),
        units=frozenset(p.removeprefix(place) for p in node.get("unit", ())),
        country=(_one(node, "country") or "").removeprefix(place) or None,
        first=_day(_one(period, "notBefore")) if stated else None,
        last=_day(_one(period, "notAfter")) if stated else None,
        explicit=any(char.isdigit() for words in period.get("words", ()) for char in words),
        originator=_one(node, "originator") or "",
        certainty=_local(_one(node, "certainty") or "stated"),
        parts_of=frozenset(target for relation in _PARTS_OF for target in node.get(relation, ())),
        sentence=_sentence(_one(node, "evidence"), nodes, quotes),
        relations=frozenset((kind, target) for kind in _RELATIONS for target in node.get(kind, ())),
    )


def _traits(group: Node) -> frozenset[tuple[str, str]]:
    found = {("gender", _local(value)) for value in group.get("gender", ())}
    found |= {("occupation", value) for value in group.get("occupation", ())}
    found |= {("nationality", value) for value in group.get("nationality", ())}
    return frozenset(found | {("children", "true") for _ in group.get("children", ())})


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _sentence(evidence: str | None, nodes: Mapping[str, Node], quotes: Mapping[str, Node]) -> str:
    quote = f"{evidence}/quote"
    node = quotes.get(quote) or nodes.get(quote, {})
    return "".join(_one(node, part) or "" for part in ("prefix", "exact", "suffix"))


def _running(told: Iterable[Told]) -> tuple[tuple[tuple[object, ...], int], ...]:
    return tuple(
        ((t.originator, t.outcome, t.first, t.victim_class, t.units, t.country), t.low)
        for t in told
        if t.sort == "period_total" and t.first and t.low is not None and t.low == t.high
    )
