"""What every store can do, whatever lies below: named graphs replaced as a whole, a catalogue, a revision."""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from waqai.errors import InputError, QueryError, StoreError
from waqai.graph import WQ, Iris
from waqai.store.change import CONTENT_HASH, GraphChange, as_block, as_update, plan

Result = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]
"""The answer of SELECT, of ASK, and of CONSTRUCT or DESCRIBE."""

_XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INVALIDATED = ox.NamedNode("http://www.w3.org/ns/prov#invalidatedAtTime")


class Store(ABC):
    """Named graphs of articles, data rooms and derivations, with a catalogue of what is stored.

    The catalogue holds the content hash of every article's and data room's graph, and the tombstones of articles that
    were withdrawn. The revision is a hash of it: the same content gives the same revision, whatever the way there.
    """

    def __init__(self, iris: Iris, address: str, *, write: bool) -> None:
        self.iris = iris
        self.address = address
        self.writable = write
        self.catalogue = ox.NamedNode(f"{iris.base}graph/catalogue")

    @abstractmethod
    def query(
        self, sparql: str, *, default_graphs: Iterable[str] | None = None, named_graphs: Iterable[str] | None = None
    ) -> Result:
        """Answer a SPARQL query; without a dataset of its own its default graph is the union of all graphs.

        Raises QueryError for what is no query or asks another server.
        """

    @abstractmethod
    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; what was written is visible to readers from now on."""

    @abstractmethod
    def _commit(self, update: str, changes: list[GraphChange], private: Mapping[str, list[ox.Quad]]) -> None:
        """Carry out an update as one transaction, with the private quotes (article id → quads) of its articles."""

    def private_quads(self, article_id: str) -> list[ox.Quad]:  # noqa: ARG002 - a store without private quotes has none
        """The unmasked quotes of an article; none where nothing was masked or the store does not hold them."""
        return []

    def select(self, sparql: str) -> ox.QuerySolutions:
        """The solutions of a SELECT query. Raises QueryError for another form."""
        result = self.query(sparql)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here", cure="write SELECT …")
        return result

    def graph_names(self) -> list[str]:
        """The names of all graphs, sorted."""
        rows = self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(row["g"].value for row in rows)

    def revision(self) -> str:
        """32 hex digits that stand for the content of the articles, the tombstones and the data rooms."""
        lines = sorted(str(quad.triple) for quad in self.quads(self.catalogue.value))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    def content_hashes(self, names: Iterable[str]) -> dict[str, str]:
        """Graph name → content hash of what is stored under it."""
        values = " ".join(f"<{ox.NamedNode(name).value}>" for name in names)
        rows = self.select(
            f"SELECT ?g ?h WHERE {{ VALUES ?g {{ {values} }} GRAPH {self.catalogue} {{ ?g {CONTENT_HASH} ?h }} }}"
        )
        return {row["g"].value: row["h"].value for row in rows}

    def content_hash(self, graph: str) -> str | None:
        """The hash of one article's or data room's graph; None where there is none."""
        return self.content_hashes([graph]).get(graph)

    def withdrawn(self) -> dict[str, str]:
        """IRIs of the articles that were withdrawn, with the reason."""
        rows = self.select(
            f"PREFIX wq: <{WQ}> SELECT ?a ?because "
            f"WHERE {{ GRAPH {self.catalogue} {{ ?a a wq:Tombstone ; wq:withdrawnBecause ?because }} }}"
        )
        return {row["a"].value: row["because"].value for row in rows}

    def put(self, graphs: Mapping[str, Iterable[ox.Quad]]) -> tuple[str, ...]:
        """Replace exactly these named graphs, all or none; an empty one goes. Names the graphs that changed.

        An article's private graph (`graph/private/…`) is handed in with its article's; it never becomes part of the
        graph. Raises InputError for a name that is none of ours, a blank node in an article, a private graph alone.
        """
        self._need_write()
        public, private = self._parted(graphs)
        changes = plan(public, self.iris)
        stored = self.content_hashes(change.name for change in changes if change.sort != "derived")
        changes = [c for c in changes if c.sort == "derived" or stored.get(c.name) != c.hash or self._lacks(c, private)]
        if changes:
            self._commit(as_update(changes, self.iris), changes, private)
        return tuple(change.name for change in changes)

    def _lacks(self, change: GraphChange, private: Mapping[str, list[ox.Quad]]) -> bool:  # noqa: ARG002
        """Whether private quotes came that the store should hold and does not, though the graph is the same."""
        return False

    def amend(self, graph: str, subjects: Iterable[str], quads: Iterable[ox.Quad]) -> None:
        """Replace what a derived graph says of some subjects, as one transaction, and leave the rest of it as it is.

        Raises InputError for a graph that is not derived, or a quad of another graph.
        """
        self._need_write()
        (change,) = plan({graph: quads}, self.iris)
        if change.sort != "derived":
            raise InputError(f"<{graph}> is not derived", cure="put the whole graph")
        name = ox.NamedNode(graph)
        parts = [f"DELETE WHERE {{ GRAPH {name} {{ {ox.NamedNode(subject)} ?p ?o }} }}" for subject in subjects]
        parts.append(f"INSERT DATA {{ GRAPH {name} {{\n{as_block(change.triples)}}} }}")
        self._commit(" ;\n".join(parts), [change], {})

    def workroom(self) -> Path | None:
        """A folder beside the store for what can be made anew from it at any time; None where there is none."""
        return None

    def remove(self, names: Iterable[str]) -> None:
        """Take graphs out, all or none, without a tombstone: for what is derived."""
        self.put(dict.fromkeys(names, ()))

    def withdraw(self, article_id: str, because: str, *, on: dt.date | None = None) -> None:
        """Take an article out, its private quotes too; a tombstone says when, why and what its content hash was.

        Raises InputError if no such article is stored.
        """
        self._need_write()
        name, article = self.iris.article_graph(article_id), ox.NamedNode(self.iris.article(article_id))
        content_hash = self.content_hash(name)
        if content_hash is None:
            raise InputError(
                f"no article {article_id!r} is stored", address=self.address, cure="check the article's id"
            )
        day = (on or dt.datetime.now(dt.UTC).date()).isoformat()
        tombstone = [
            ox.Triple(article, _TYPE, ox.NamedNode(f"{WQ}Tombstone")),
            ox.Triple(article, ox.NamedNode(f"{WQ}withdrawnBecause"), ox.Literal(because)),
            ox.Triple(article, _INVALIDATED, ox.Literal(day, datatype=_XSD_DATE)),
            ox.Triple(article, CONTENT_HASH, ox.Literal(content_hash)),
        ]
        gone = GraphChange(name, "article", [], None)
        self._commit(as_update([gone], self.iris, tombstone), [gone], {})

    def _parted(
        self, graphs: Mapping[str, Iterable[ox.Quad]]
    ) -> tuple[dict[str, Iterable[ox.Quad]], dict[str, list[ox.Quad]]]:
        """Public graphs by name, and private ones by article id."""
        public: dict[str, Iterable[ox.Quad]] = {}
        private: dict[str, list[ox.Quad]] = {}
        home = self.iris.private_graph("")
        for name, quads in graphs.items():
            if name.startswith(home):
                private[name.removeprefix(home)] = list(quads)
            else:
                public[name] = quads
        for article_id, quotes in private.items():
            if quotes and self.iris.article_graph(article_id) not in public:
                raise InputError(f"<{home}{article_id}> came without its article", cure="hand in both graphs together")
        return public, private

    def _article_id(self, name: str) -> str:
        return name.removeprefix(self.iris.article_graph(""))

    def _need_write(self) -> None:
        if not self.writable:
            raise StoreError("the store was opened to read", address=self.address, cure="open it with write=True")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
