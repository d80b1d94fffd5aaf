"""From articles to events: what a store holds, or what was just read, through one and the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waqai.account.events.accounts import accounts_of
from waqai.account.events.evidence import Comparison
from waqai.account.events.graph import quads
from waqai.account.events.ground import ground
from waqai.account.events.grouping import Event, events
from waqai.account.events.scoring import weights
from waqai.account.events.titles import titles
from waqai.account.events.told import Telling, telling
from waqai.graph import Iris
from waqai.resolve.registers import load_registers
from waqai.store import Store


def tellings(store: Store) -> Iterator[Telling]:
    """What each stored article tells, in the order of their names."""
    home = store.iris.article_graph("")
    for name in store.graph_names():
        if name.startswith(home):
            identity = name.removeprefix(home)
            article = store.iris.article(identity)
            yield telling(article, store.quads(name), store.iris, store.private_quads(identity))


def refresh_events(store: Store) -> None:
    """Write the graph of events anew from what is stored. Raises StoreError where the store cannot be written."""
    found = events_of(tellings(store), store.iris)
    store.put({store.iris.derived_graph("events"): list(quads(found, store.iris))})


def events_of(articles: Iterable[Telling], iris: Iris) -> list[Event]:
    """The events that articles tell of; an article that is given twice counts once."""
    once = {article.iri: article for article in articles}
    accounts = accounts_of((once[iri] for iri in sorted(once)), ground(), titles(), iris)
    return events(accounts, Comparison(ground(), load_registers()), weights())
