"""From articles to events: what a store holds, or what was just read, through one and the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from waqai.account.events.accounts import accounts_of
from waqai.account.events.evidence import Comparison
from waqai.account.events.ground import ground
from waqai.account.events.grouping import Event, events
from waqai.account.events.kept import Kept
from waqai.account.events.scoring import weights
from waqai.account.events.titles import titles
from waqai.account.events.told import Telling, stored
from waqai.account.progress import Watch, unwatched
from waqai.graph import Iris
from waqai.resolve.registers import load_registers
from waqai.store import Store


def tellings(store: Store) -> Iterator[Telling]:
    """What each stored article tells, in the order of their names."""
    home = store.iris.article_graph("")
    for name in store.graph_names():
        if name.startswith(home):
            yield stored(store, name)


def refresh_events(store: Store, watch: Watch = unwatched) -> None:
    """Bring the graph of events up to date with what is stored. Raises StoreError where the store cannot be written."""
    kept = Kept.beside(store)
    with closing(kept.database):
        kept.bring_up(watch)
        kept.publish()


def events_of(articles: Iterable[Telling], iris: Iris) -> list[Event]:
    """The events that articles tell of; an article that is given twice counts once."""
    once = {article.iri: article for article in articles}
    accounts = accounts_of((once[iri] for iri in sorted(once)), ground(), titles(), iris)
    return events(accounts, Comparison(ground(), load_registers()), weights())
