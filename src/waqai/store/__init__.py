"""The embedded store and any SPARQL 1.1 server behind one interface (docs/decisions/0005-store-and-serving.md)."""

from __future__ import annotations

from pathlib import Path

from waqai.graph import Iris, deployment
from waqai.store.base import Result, Store
from waqai.store.embedded import open_reader, open_writer
from waqai.store.remote import Remote
from waqai.store.rooms import load_rooms

__all__ = ["Result", "Store", "load_rooms", "open_store"]


def open_store(
    location: str | Path,
    *,
    write: bool = False,
    create: bool = False,
    iris: Iris | None = None,
    verb: str = "write",
) -> Store:
    """Open a folder, or the SPARQL endpoint at a URL (`URL#update=URL` names where updates go).

    To write, the data rooms are brought up to date in it; `create` makes a folder that is not there. `verb` tells who
    is kept waiting who holds the lock. Raises StoreMissing, StoreLocked, StoreDamaged, RemoteError, StoreError.
    """
    names = iris or deployment()
    if not write and create:
        raise ValueError("a store is created by opening it to write")
    store: Store
    if str(location).startswith(("http://", "https://")):
        store = Remote(str(location), names, write=write)
    elif write:
        store = open_writer(Path(location), names, create=create, verb=verb)
    else:
        return open_reader(Path(location), names)
    if write:
        try:
            load_rooms(store)
        except BaseException:
            store.close()
            raise
    return store
