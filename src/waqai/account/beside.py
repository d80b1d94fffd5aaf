"""Files of SQLite beside the store: what was worked out from it, keyed by content, and made anew at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from waqai.graph import WQ
from waqai.store import Store

BATCH = 500
"""Things asked at once."""


def opened(path: Path | None, layout: str, signature: str) -> sqlite3.Connection:
    """A file of this layout and signature; made anew where it is missing, damaged, or of something else."""
    if path is not None and path.exists():
        try:
            db = sqlite3.connect(path)
            if db.execute("SELECT value FROM meta WHERE key = 'signature'").fetchone() == (signature,):
                return db
            db.close()
        except sqlite3.DatabaseError:
            pass
        for stale in path.parent.glob(f"{path.name}*"):
            stale.unlink()
    db = sqlite3.connect(path or ":memory:")
    db.executescript(layout)
    with db:
        db.execute("INSERT INTO meta VALUES ('signature', ?)", (signature,))
    return db


def graphs(store: Store) -> dict[str, str]:
    """The articles' graphs that are stored, with their content hashes."""
    home = store.iris.article_graph("")
    hash_ = f"{WQ}contentHash"
    return {
        q.subject.value: q.object.value
        for q in store.quads(store.catalogue.value)
        if q.predicate.value == hash_
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(home)
        and isinstance(q.object, ox.Literal)
    }


def batches(things: Collection[str], size: int = BATCH) -> Iterator[list[str]]:
    """Some things in order, a batch at a time."""
    ordered = sorted(things)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def rows(db: sqlite3.Connection, text: str, values: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that takes a set of values, asked in batches."""
    for batch in batches(values):
        yield from db.execute(text.format(",".join("?" * len(batch))), batch)


def column(db: sqlite3.Connection, text: str, values: Collection[str]) -> list[Any]:
    """The first column of such rows."""
    return [row[0] for row in rows(db, text, values)]
