"""The store in a folder: Oxigraph on RocksDB, one writer, and readers on immutable snapshots.

store.json     the format's number and the base of the IRIs in it
lock           held by the writer
live/          the database; only the writer opens it
ahead          there while live/ holds what the current snapshot does not
private/       unmasked quotes (waqai.store.private)
derived/       working files of what is derived; can be deleted at any time
snapshots/, current     what readers open (waqai.store.snapshots)
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from waqai.errors import QueryError, StoreDamaged, StoreError, StoreMissing, WaqaiError
from waqai.graph import Iris
from waqai.store.base import Result, Store
from waqai.store.change import GraphChange
from waqai.store.lock import WriterLock
from waqai.store.private import PrivateQuotes
from waqai.store.screen import is_update, names_dataset, refuse_federation
from waqai.store.snapshots import Current, Snapshots, write_whole

FORMAT = 1
SNAPSHOT_EVERY = 5.0
"""Seconds: how long a load goes on before readers see what it has committed so far."""


def _is_damage(error: Exception) -> bool:
    return "orruption" in str(error)


@contextmanager
def _disk(address: str) -> Iterator[None]:
    """Turn what the disk says into what a person can act on."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if _is_damage(error):
            raise StoreDamaged(
                f"the store is damaged: {error}",
                address=address,
                cure="load the articles or the last release into a new store",
            ) from error
        raise StoreError(
            f"the disk refused: {error}",
            address=address,
            cure="free disk space or check who owns the folder, then load again",
        ) from error


def evaluate(
    oxigraph: ox.Store,
    sparql: str,
    default_graphs: Iterable[str] | None = None,
    named_graphs: Iterable[str] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Answer a query from an Oxigraph store; without a dataset of its own it sees the union of all graphs.

    Raises QueryError for what is no query, asks another server, or cannot be evaluated.
    """
    refuse_federation(sparql)
    given = default_graphs is not None or named_graphs is not None
    union = not given and not names_dataset(sparql)
    try:
        return oxigraph.query(
            sparql,
            use_default_graph_as_union=union,
            default_graph=[ox.NamedNode(name) for name in default_graphs or ()] if given else None,
            named_graphs=[ox.NamedNode(name) for name in named_graphs or ()] if given else None,
        )
    except SyntaxError as error:
        if is_update(sparql):
            raise QueryError("this is an update; nothing can be changed here", cure="ask with SELECT, ASK …") from error
        raise QueryError(f"not a SPARQL query: {error}", cure="correct the query where the message points") from error
    except (RuntimeError, ValueError) as error:
        if _is_damage(error):
            raise
        raise QueryError(f"the query cannot be evaluated: {error}", cure="correct the query") from error


class _Local(Store):
    """What the reader and the writer of a folder share."""

    def __init__(self, folder: Path, iris: Iris, *, write: bool) -> None:
        super().__init__(iris, str(folder), write=write)
        self.folder = folder
        self.snapshots = Snapshots(folder)
        self.private = PrivateQuotes(folder)
        self._oxigraph: ox.Store

    def query(
        self, sparql: str, *, default_graphs: Iterable[str] | None = None, named_graphs: Iterable[str] | None = None
    ) -> Result:
        """Answer a SPARQL query (see Store.query)."""
        with _disk(self.address):
            return evaluate(self._oxigraph, sparql, default_graphs, named_graphs)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all."""
        yield from self.matching(None, None, None, ox.NamedNode(graph) if graph is not None else None)

    def matching(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | ox.Literal | None,
        graph: ox.NamedNode | None,
    ) -> Iterator[ox.Quad]:
        """The quads that fit a pattern; None fits everything."""
        with _disk(self.address):
            yield from self._oxigraph.quads_for_pattern(subject, predicate, value, graph)

    def holds(self, graph: str) -> bool:
        """Whether there is a graph of that name. Raises ValueError for what is no IRI."""
        return self._oxigraph.contains_named_graph(ox.NamedNode(graph))

    def graph_names(self) -> list[str]:
        """The names of all graphs, sorted."""
        return sorted(name.value for name in self._oxigraph.named_graphs())

    def private_quads(self, article_id: str) -> list[ox.Quad]:
        """The unmasked quotes of an article, for its owner's eyes."""
        content_hash = self.content_hash(self.iris.article_graph(article_id))
        return self.private.read(article_id, content_hash) if content_hash else []


class Reader(_Local):
    """Reads the snapshot that was current when it was opened, until it is closed."""

    def __init__(self, folder: Path, iris: Iris) -> None:
        super().__init__(folder, iris, write=False)
        self._held = self.snapshots.hold()
        try:
            with _disk(self.address):
                self._oxigraph = ox.Store.read_only(str(self._held.path))
        except WaqaiError:
            self._held.release()
            raise

    @property
    def current(self) -> Current:
        """Which snapshot this is."""
        return self._held.current

    def revision(self) -> str:
        """The revision that was written down with the snapshot."""
        return self._held.current.revision

    def _commit(self, update: str, changes: list[GraphChange], private: Mapping[str, list[ox.Quad]]) -> None:
        raise NotImplementedError  # Store.put refuses a reader before

    def close(self) -> None:
        """Let go of the snapshot."""
        del self._oxigraph
        self._held.release()


class Writer(_Local):
    """Writes the live database; each commit is one transaction, and readers see it with the next snapshot."""

    def __init__(self, folder: Path, iris: Iris, lock: WriterLock) -> None:
        super().__init__(folder, iris, write=True)
        self._lock = lock
        self._ahead = folder / "ahead"
        try:
            with _disk(self.address):
                self._oxigraph = ox.Store(str(folder / "live"))
                self._recover()
        except WaqaiError:
            lock.release()
            raise
        self._last_snapshot = time.monotonic()

    def workroom(self) -> Path | None:
        """A folder beside the database; what is in it can be made anew."""
        room = self.folder / "derived"
        with _disk(self.address):
            room.mkdir(exist_ok=True)
        return room

    def _recover(self) -> None:
        """Finish what a crash left: private quotes of versions that were never committed, a missing snapshot."""
        if not (self._ahead.exists() or not (self.folder / "current").exists()):
            return
        ids = self.private.articles()
        hashes = self.content_hashes(self.iris.article_graph(article_id) for article_id in ids)
        self.private.keep_only({i: hashes.get(self.iris.article_graph(i)) for i in ids})
        self.snapshot()

    def _lacks(self, change: GraphChange, private: Mapping[str, list[ox.Quad]]) -> bool:
        article_id = self._article_id(change.name)
        return bool(private.get(article_id)) and not self.private.read(article_id, change.hash or "")

    def _commit(self, update: str, changes: list[GraphChange], private: Mapping[str, list[ox.Quad]]) -> None:
        articles = {self._article_id(c.name): c.hash for c in changes if c.sort == "article"}
        with _disk(self.address):
            self._ahead.touch()
            for article_id, content_hash in articles.items():
                self.private.write(article_id, content_hash or "", private.get(article_id, ()))
            self._oxigraph.update(update)
            self.private.keep_only({i: h if private.get(i) else None for i, h in articles.items()})
        withdrawn = any(content_hash is None for content_hash in articles.values())
        if withdrawn or time.monotonic() - self._last_snapshot > SNAPSHOT_EVERY:
            self.snapshot(keep=0 if withdrawn else None)

    def snapshot(self, keep: int | None = None) -> None:
        """Show readers what has been committed. `keep` says how many older snapshots stay."""
        with _disk(self.address):
            self._oxigraph.flush()
            self.snapshots.take(self._oxigraph.backup, self.revision())
            self._ahead.unlink(missing_ok=True)
            self.snapshots.prune() if keep is None else self.snapshots.prune(keep)
        self._last_snapshot = time.monotonic()

    def close(self) -> None:
        """Show readers the last commits, and let the next writer in."""
        try:
            if self._ahead.exists():
                self.snapshot()
        finally:
            del self._oxigraph
            self._lock.release()


def open_reader(folder: Path, iris: Iris) -> Reader:
    """Open the current snapshot. Raises StoreMissing, StoreDamaged, StoreError."""
    _check_marker(folder, iris)
    return Reader(folder, iris)


def open_writer(folder: Path, iris: Iris, *, create: bool, verb: str) -> Writer:
    """Open the one writer. Raises StoreLocked, StoreMissing, StoreDamaged, StoreError."""
    marker = folder / "store.json"
    if not marker.exists():
        if not create:
            raise _missing(folder)
        _make_room(folder)
    lock = WriterLock(folder / "lock", verb)
    try:
        if not marker.exists():
            with _disk(str(folder)):
                write_whole(marker, json.dumps({"format": FORMAT, "base": iris.base}))
        _check_marker(folder, iris)
    except WaqaiError:
        lock.release()
        raise
    return Writer(folder, iris, lock)


def _make_room(folder: Path) -> None:
    """A new folder, or one that holds nothing of anybody else's."""
    with _disk(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted(p.name for p in folder.iterdir() if p.name not in {"lock", "quarantine", "store.json.new"})
    if strange:
        raise StoreError(
            f"the folder holds something else: {strange[0]}", address=str(folder), cure="name a new or an empty folder"
        )


def _missing(folder: Path) -> StoreMissing:
    return StoreMissing("there is no store here", address=str(folder), cure="make one: waqai run FILES --store FOLDER")


def _check_marker(folder: Path, iris: Iris) -> None:
    marker = folder / "store.json"
    try:
        told = json.loads(marker.read_text(encoding="utf-8"))
        number, base = told["format"], told["base"]
    except FileNotFoundError as error:
        raise _missing(folder) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            "not the marker of a store", address=str(marker), cure="restore the file, or start anew"
        ) from error
    if number != FORMAT:
        raise StoreDamaged(
            f"the store has format {number}; this version reads {FORMAT}", address=str(marker), cure="load it anew"
        )
    if base != iris.base:
        raise StoreError(
            f"the store's names begin with {base}, not with {iris.base}",
            address=str(marker),
            cure=f"set WAQAI_BASE={base}",
        )
