"""The sentences behind a number, with who says so and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pyoxigraph as ox
from rich.console import Group
from rich.markup import escape
from rich.panel import Panel

from waqai.errors import InputError
from waqai.graph import WQ

_PREFIXES = (
    f"PREFIX wq: <{WQ}> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/> "
    "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
_QUOTED = """SELECT DISTINCT ?s ?article ?quote ?prefix ?exact ?suffix ?start ?publisher ?published ?url ?headline ?low
  ?high WHERE {
  VALUES ?s { %s } ?s wq:statedIn ?article ; wq:evidence ?evidence . ?evidence oa:hasSelector ?quote, ?position .
  ?quote a oa:TextQuoteSelector . ?position oa:start ?start .
  OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:exact ?exact } OPTIONAL { ?quote oa:suffix ?suffix }
  OPTIONAL { ?article wq:publisherName ?publisher } OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?s wq:low ?low } OPTIONAL { ?s wq:high ?high } } ORDER BY ?s ?start"""
_CHAIN = """SELECT DISTINCT ?s ?position ?words ?label WHERE {
  VALUES ?s { %s } ?s wq:attribution ?link . ?link wq:position ?position .
  OPTIONAL { ?link wq:words ?words }
  OPTIONAL { ?link prov:agent/rdfs:label ?label FILTER(LANG(?label) = "%s") } } ORDER BY ?s ?position"""


class Keeper(Protocol):
    """What evidence needs of a store: the public graphs, and the private quotes of an article by its id."""

    def query(self, sparql: str) -> Any: ...
    def private_quads(self, article_id: str) -> list[ox.Quad]: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stretch of one article that carries a statement: `prefix + exact + suffix` is the sentence.

    `attribution` begins with who said it first. `rules` are the named rules of reading behind the row asked about.
    """

    statement: str
    article: str
    prefix: str
    exact: str
    suffix: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    headline: str | None = None
    attribution: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    rules: tuple[str, ...] = field(default=())

    @property
    def sentence(self) -> str:
        return self.prefix + self.exact + self.suffix


def evidence(store: Keeper, statements: Iterable[str], lang: str = "en", *, unmasked: bool = False) -> list[Evidence]:
    """The evidence of statements, in their order in the articles.

    Names of private persons are masked unless `unmasked`, which reads the private quotes where the store holds them.
    Raises InputError for what is not an IRI of a statement in the store.
    """
    wanted = _iris(statements)
    if not wanted:
        return []
    rows = list(store.query(_PREFIXES + _QUOTED % wanted))
    chains = _chains(store, wanted, lang)
    found = [_evidence(row, chains) for row in rows]
    if not found:
        raise InputError("no such statement is stored", address=wanted, cure="copy the IRI from an answer's statements")
    return [_unmasked(store, e, row["quote"]) for e, row in zip(found, rows, strict=True)] if unmasked else found


def _iris(statements: Iterable[str]) -> str:
    try:
        return " ".join(str(ox.NamedNode(iri)) for iri in statements)
    except ValueError as error:
        raise InputError(f"not an IRI: {error}", cure="copy the IRI from an answer's statements") from error


def _chains(store: Keeper, wanted: str, lang: str) -> Mapping[str, dict[int, str]]:
    chains: dict[str, dict[int, str]] = defaultdict(dict)
    for row in store.query(_PREFIXES + _CHAIN % (wanted, lang)):
        name = row["label"] or row["words"]
        if name is not None:
            chains[row["s"].value][int(row["position"].value)] = name.value
    return chains


def _text(term: ox.Literal | ox.NamedNode | None) -> str | None:
    return None if term is None else term.value


def _number(term: ox.Literal | None) -> int | None:
    return None if term is None else int(term.value)


def _evidence(row: ox.QuerySolution, chains: Mapping[str, dict[int, str]]) -> Evidence:
    iri = row["s"].value
    return Evidence(
        statement=iri,
        article=row["article"].value,
        prefix=_text(row["prefix"]) or "",
        exact=_text(row["exact"]) or "",
        suffix=_text(row["suffix"]) or "",
        publisher=_text(row["publisher"]),
        published=_text(row["published"]),
        url=_text(row["url"]),
        headline=_text(row["headline"]),
        attribution=tuple(name for _, name in sorted(chains.get(iri, {}).items())),
        low=_number(row["low"]),
        high=_number(row["high"]),
    )


def _unmasked(store: Keeper, masked: Evidence, quote: ox.NamedNode) -> Evidence:
    private = store.private_quads(masked.article.rpartition("/")[2])
    parts = {
        q.predicate.value.rpartition("#")[2]: q.object.value
        for q in private
        if q.subject == quote and isinstance(q.object, ox.Literal)
    }
    prefix, exact, suffix = (parts.get(n, getattr(masked, n)) for n in ("prefix", "exact", "suffix"))
    return replace(masked, prefix=prefix, exact=exact, suffix=suffix)


def as_panels(found: Sequence[Evidence], lang: str = "en") -> Group:
    """The sentences for people, the words that carry the number in bold."""
    said = {"ar": "القائل", "en": "said by"}[lang]
    rules = {"ar": "القواعد", "en": "rules"}[lang]
    panels = []
    for e in found:
        lines = [f"{escape(e.prefix)}[bold]{escape(e.exact)}[/bold]{escape(e.suffix)}", ""]
        lines.append(f"{said}: {escape(' ← '.join(e.attribution) or e.publisher or '–')}")
        where = " · ".join(x for x in (e.publisher, e.published, e.headline, e.url) if x)
        lines += [escape(where)] if where else []
        lines += [f"{rules}: {', '.join(e.rules)}"] if e.rules else []
        panels.append(Panel("\n".join(lines), title=escape(e.statement), title_align="left"))
    return Group(*panels)
