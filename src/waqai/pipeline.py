"""The whole flow on one page: read → extract → resolve → graph → validate → store.

A `Receipt` says what became of each article: stored, a duplicate of one that is (docs/inputs.md), quarantined (the gate
found a Violation; the store is untouched) or refused (it could not be read). One bad article never stops the others.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pyoxigraph as ox

from waqai.errors import InputError
from waqai.extract import conclude, extract, private_persons
from waqai.graph import WQ, ArticleGraphs, Iris, article_graphs, deployment
from waqai.lexicon import Lexicon, load_lexicon
from waqai.model import Article, Registers, Statement
from waqai.quarantine import Quarantine
from waqai.read import Refusal
from waqai.resolve import names_of, resolve
from waqai.resolve.publisher import publisher_of
from waqai.resolve.registers import load_registers
from waqai.store import Store
from waqai.text.names import NameIndex
from waqai.validate import Finding, Gate

_SCHEMA = "https://schema.org/"
_ID = re.compile("[0-9a-f]{20}")
_YOUNG = 20_000
"""New objects between two rounds of the collector."""
BATCH = 100
"""Articles that are committed together: the store flushes once a batch (docs/decisions/0005-store-and-serving.md)."""


class Reader:
    """What reading needs, loaded once: the lexicon, the registers, their names, the names of our things."""

    def __init__(self, iris: Iris | None = None) -> None:
        self.iris = iris or deployment()

    @cached_property
    def lexicon(self) -> Lexicon:
        """How it is said."""
        return load_lexicon()

    @cached_property
    def registers(self) -> Registers:
        """Actors and places."""
        return load_registers()

    @cached_property
    def names(self) -> NameIndex:
        """Every name of the registers, to be found in text."""
        return names_of(self.registers)

    def loaded(self) -> Reader:
        """This reader with everything loaded, for a process that reads many articles.

        What is loaded lives as long as the process, and what reading makes mostly dies at once: Python's collector of
        cycles leaves the one alone from here on and looks at the other less often (a tenth of the time).
        """
        _ = self.lexicon, self.names
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, 20, 20)
        return self

    def statements(self, article: Article) -> list[Statement]:
        """What the article says, actors and places decided."""
        return conclude(resolve(extract(article, self.lexicon, self.names), article, self.registers))

    def graphs(self, article: Article) -> ArticleGraphs:
        """What the article says, as named graphs."""
        statements = self.statements(article)
        return article_graphs(
            article,
            statements,
            lexicon_digest=self.lexicon.digest,
            publisher=publisher_of(article, self.names),
            iris=self.iris,
            persons=() if statements else private_persons(article, self.lexicon, self.names),
        )


@dataclass(frozen=True)
class Receipt:
    """What became of one article."""

    outcome: Literal["stored", "duplicate", "quarantined", "refused"]
    file: str
    article: str | None = None
    counts: int = 0
    events: int = 0
    findings: tuple[Finding, ...] = field(default=())
    reason: str = ""
    cure: str = ""


Graphs = Mapping[str, Sequence[ox.Quad]]


class Intake:
    """Takes articles' graphs through the gate into the store, in batches."""

    def __init__(
        self, store: Store, quarantine: Quarantine, gate: Gate | None = None, *, restore: bool = False
    ) -> None:
        self.store = store
        self.quarantine = quarantine
        self.gate = gate or Gate()
        self.withdrawn = {} if restore else store.withdrawn()
        self.contents: dict[tuple[str, ...], str] = {}

    def take(self, articles: Iterable[tuple[str, ArticleGraphs] | Refusal]) -> Iterator[Receipt]:
        """Check and store pairs of file and graphs. A receipt for a stored article comes after its commit."""
        waiting: list[tuple[Receipt, Graphs]] = []
        for arrival in articles:
            if isinstance(arrival, Refusal):
                yield Receipt("refused", arrival.file, reason=arrival.reason, cure=arrival.cure)
                continue
            receipt = self._examine(*arrival)
            if receipt.outcome != "stored":
                yield receipt
                continue
            waiting.append((receipt, arrival[1].graphs))
            if len(waiting) >= BATCH:
                yield from self._commit(waiting)
                waiting = []
        yield from self._commit(waiting)

    def _examine(self, file: str, arrival: ArticleGraphs) -> Receipt:
        if arrival.article in self.withdrawn:
            reason = f"{arrival.article} was withdrawn: {self.withdrawn[arrival.article]}"
            return Receipt("refused", file, arrival.article, reason=reason, cure="--restore takes it in again")
        quads = [quad for graph in arrival.graphs.values() for quad in graph]
        public = [quad for name, graph in arrival.graphs.items() if "/graph/private/" not in name for quad in graph]
        verdict = self.gate.verdict(public)
        first = self._same_as(arrival, public) if verdict.accepted else None
        if first:
            return Receipt("duplicate", file, arrival.article, reason=f"says the same as {first}, which is stored")
        if not verdict.accepted:
            self.quarantine.add(arrival.article, file, quads, verdict)
        kinds = [q.object.value for q in public if q.predicate.value.endswith("#type") and hasattr(q.object, "value")]
        return Receipt(
            "stored" if verdict.accepted else "quarantined",
            file,
            arrival.article,
            counts=sum(kind.endswith("#CasualtyCount") for kind in kinds),
            events=sum(kind.endswith("#EventStatement") for kind in kinds),
            findings=verdict.findings,
        )

    def _same_as(self, arrival: ArticleGraphs, public: Sequence[ox.Quad]) -> str | None:
        """The article of the same outlet and day that says the same, under another address: of this run or stored."""
        head = {q.predicate.value: q.object.value for q in public if q.subject.value == arrival.article}  # type: ignore[union-attr]
        who, when = head.get(f"{WQ}publisherName", ""), head.get(f"{_SCHEMA}datePublished", "")
        text = head.get(f"{WQ}textHash", "")
        key = (arrival.content or text, who, when)
        first = self.contents.get(key) or self._stored_with(arrival.article, text, who, when) or arrival.article
        self.contents.setdefault(key, first)
        return first if first != arrival.article else None

    def _stored_with(self, article: str, text: str, who: str, when: str) -> str | None:
        """Another stored article with the same text, outlet and day; none if this one is stored itself."""
        rows = self.store.select(
            f"SELECT ?a ?who ?when WHERE {{ ?a <{WQ}textHash> {ox.Literal(text)} . "
            f"OPTIONAL {{ ?a <{WQ}publisherName> ?who }} OPTIONAL {{ ?a <{_SCHEMA}datePublished> ?when }} }}"
        )
        found = {
            row["a"].value
            for row in rows
            if (row["who"].value if row["who"] else "", row["when"].value if row["when"] else "") == (who, when)
        }
        return None if article in found else min(found, default=None)

    def _commit(self, waiting: Sequence[tuple[Receipt, Graphs]]) -> Iterator[Receipt]:
        if not waiting:
            return
        self.store.put({name: quads for _, graphs in waiting for name, quads in graphs.items()})
        for receipt, _ in waiting:
            self.quarantine.release(receipt.article or "")
            yield receipt


def read_and_graph(
    arrivals: Iterable[Article | Refusal], reader: Reader
) -> Iterator[tuple[str, ArticleGraphs] | Refusal]:
    """Articles become graphs; what could not be read passes through as it is."""
    for arrival in arrivals:
        yield arrival if isinstance(arrival, Refusal) else (arrival.file, reader.graphs(arrival))


def graphs_of(quads: Iterable[ox.Quad], file: str, iris: Iris) -> list[tuple[str, ArticleGraphs]]:
    """Sort quads that come from outside into the graphs of articles.

    Raises InputError for a graph that is no article's: registers, ontology and what is derived are never loaded.
    """
    homes = (iris.article_graph(""), iris.private_graph(""))
    found: dict[str, dict[str, list[ox.Quad]]] = defaultdict(dict)
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        home = next((h for h in homes if name.startswith(h)), None)
        if home is None:
            raise InputError(
                f"the graph <{name}> is not an article's",
                address=file,
                cure=f"load only graphs whose names begin with {homes[0]}, as `waqai graph` writes them",
            )
        found[name.removeprefix(home)].setdefault(name, []).append(quad)
    return [(file, _whole(article_id, graphs, file, iris)) for article_id, graphs in found.items()]


def _whole(article_id: str, graphs: dict[str, list[ox.Quad]], file: str, iris: Iris) -> ArticleGraphs:
    """The graphs of one article, its private one empty if it has none; its own must be there."""
    name = iris.article_graph(article_id)
    if not _ID.fullmatch(article_id) or name not in graphs:
        raise InputError(
            f"the graphs of {article_id!r} are no article's",
            address=file,
            cure="hand in an article's graph, under its id of twenty hex digits, with or without its private graph",
        )
    return ArticleGraphs(iris.article(article_id), {iris.private_graph(article_id): [], **graphs})
