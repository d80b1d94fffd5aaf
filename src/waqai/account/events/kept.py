"""What events were found in a store, kept beside it: a load compares anew only the accounts that it may concern.

Keyed by content: the hashes of the articles' graphs. An account that came, went or changed is compared with those that
share a block with it; the events are formed anew of all accounts that stand in a chain of verdicts *same* with one of
these, or with one that they are weighed against. Other events cannot change: clusters only join along such chains.
No words of articles are kept, only names, blocks, verdicts and what is written in the graph; accounts are read again
from the store when they are compared. A file of another version, code, weights or registers is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

import waqai
from waqai.account.beside import column, graphs, opened, rows
from waqai.account.events.accounts import Account, Grouping
from waqai.account.events.blocking import Key, keys, partners
from waqai.account.events.evidence import Comparison
from waqai.account.events.graph import quads
from waqai.account.events.ground import ground
from waqai.account.events.grouping import Event, Judgement, formed, judge
from waqai.account.events.scoring import Weights, weights
from waqai.account.events.titles import titles
from waqai.account.events.told import stored
from waqai.account.progress import Watch, unwatched
from waqai.resolve.registers import digest, load_registers, register_files
from waqai.store import Store
from waqai.store.change import normal_form

LAYOUT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE graph (name TEXT PRIMARY KEY, hash TEXT);
CREATE TABLE account (iri TEXT PRIMARY KEY, graph TEXT);
CREATE INDEX account_graph ON account (graph);
CREATE TABLE block (key TEXT, account TEXT, PRIMARY KEY (key, account)) WITHOUT ROWID;
CREATE INDEX block_account ON block (account);
CREATE TABLE judgement (
  one TEXT, other TEXT, verdict TEXT, score REAL, evidence TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX judgement_other ON judgement (other);
CREATE TABLE written (subject TEXT, owner TEXT, digest TEXT, triples TEXT, PRIMARY KEY (subject, owner)) WITHOUT ROWID;
CREATE INDEX written_owner ON written (owner);
"""
_WEIGHED = (
    "SELECT other FROM judgement WHERE one IN ({})",
    "SELECT one FROM judgement WHERE other IN ({})",
)
_SAME = tuple(f"{text} AND verdict = 'same'" for text in _WEIGHED)


def signature() -> str:
    """Of all besides the articles from which events follow: version, code, weights, words, registers."""
    seen = hashlib.sha256(f"{waqai.__version__} {digest(register_files())}".encode())
    for path in sorted(Path(str(files("waqai.account.events"))).glob("*.*")):
        seen.update(path.read_bytes())
    return seen.hexdigest()


@dataclass(slots=True)
class Kept:
    """What is kept beside one store."""

    store: Store
    database: sqlite3.Connection
    _read: dict[str, list[Account]] = field(default_factory=dict)

    @classmethod
    def beside(cls, store: Store) -> Kept:
        """What is kept beside a store; nothing yet where it has no room for it."""
        room = store.workroom()
        return cls(store, opened(room / "events.sqlite" if room else None, LAYOUT, signature()))

    def bring_up(self, watch: Watch = unwatched) -> None:
        """Take in what changed in the store. Raises StoreError."""
        now = graphs(self.store)
        with self.database as db:
            before = dict(db.execute("SELECT name, hash FROM graph"))
            changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
            if changed:
                self._take(db, changed, changed & now.keys(), watch)
                db.executemany("DELETE FROM graph WHERE name = ?", [(name,) for name in changed])
                db.executemany("INSERT INTO graph VALUES (?, ?)", [(n, now[n]) for n in sorted(changed & now.keys())])
        self._read.clear()

    def _take(self, db: sqlite3.Connection, changed: Collection[str], stored_: Collection[str], watch: Watch) -> None:
        gone = set(column(db, "SELECT iri FROM account WHERE graph IN ({})", changed))
        concerned = _chained(db, gone | _next(db, _WEIGHED, gone))
        for table, slot in (("account", "iri"), ("block", "account"), ("judgement", "one"), ("judgement", "other")):
            db.executemany(f"DELETE FROM {table} WHERE {slot} = ?", [(iri,) for iri in sorted(gone)])  # noqa: S608
        fresh = self._enter(db, watch(sorted(stored_), "articles that changed", len(stored_)))
        self._judge(db, fresh)
        concerned = _chained(db, concerned | fresh | _next(db, _WEIGHED, fresh))
        db.executemany("DELETE FROM written WHERE owner = ?", [(iri,) for iri in sorted(concerned | gone)])
        groups = _groups(db, concerned - (gone - fresh))
        for group in watch(groups, "accounts that may be of one event", len(groups)):
            self._write(db, self._form(db, group))

    def _enter(self, db: sqlite3.Connection, names: Iterable[str]) -> set[str]:
        """Read articles and keep the names and the blocks of their accounts; these names."""
        entered = set()
        for name in names:
            for account in self._accounts(name):
                entered.add(account.iri)
                db.execute("INSERT OR REPLACE INTO account VALUES (?, ?)", (account.iri, name))
                blocks = [(_block(key), account.iri) for key in set(keys(account))]
                db.executemany("INSERT OR REPLACE INTO block VALUES (?, ?)", sorted(blocks))
        return entered

    def _judge(self, db: sqlite3.Connection, fresh: Collection[str]) -> None:
        """Compare fresh accounts with all that share a block; keep what is not *different*."""
        blocks = set(column(db, "SELECT key FROM block WHERE account IN ({})", fresh))
        met = {_block(key) for text in blocks for key in partners(_key(text))}
        near = set(column(db, "SELECT account FROM block WHERE key IN ({})", met))
        for judgement in judge(self._load(db, near | set(fresh)), *_means(), fresh):
            if judgement.verdict != "different":
                told = json.dumps(judgement.evidence)
                slots = (judgement.one, judgement.other, judgement.verdict, judgement.score, told)
                db.execute("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?)", slots)

    def _form(self, db: sqlite3.Connection, group: Collection[str]) -> list[Event]:
        """The events of accounts among which all chains lie, with what they are weighed against outside."""
        accounts = self._load(db, group)
        judgements = {(j.one, j.other): j for j in judge(accounts, *_means())} if len(accounts) > 1 else {}
        for slot in ("one", "other"):
            text = f"SELECT one, other, verdict, score, evidence FROM judgement WHERE {slot} IN ({{}})"  # noqa: S608
            for one, other, verdict, score, evidence in rows(db, text, group):
                judgements.setdefault((one, other), Judgement(one, other, verdict, score, json.loads(evidence)))
        return formed(accounts, judgements, weights())

    def _write(self, db: sqlite3.Connection, events: Iterable[Event]) -> None:
        """Keep what the graph is to say of events."""
        graph = self.store.iris.derived_graph("events")
        for event in events:
            said: dict[str, list[str]] = defaultdict(list)
            for triple in normal_form(quads([event], self.store.iris), graph):
                said[str(triple.subject)[1:-1]].append(f"{triple} <{graph}> .")
            told = [(subject, event.anchor.iri, *_text(lines)) for subject, lines in sorted(said.items())]
            db.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)", told)

    def _load(self, db: sqlite3.Connection, iris: Collection[str]) -> list[Account]:
        """Accounts, read from the store, in the order of their names."""
        names = set(column(db, "SELECT graph FROM account WHERE iri IN ({})", iris))
        found = {a.iri: a for name in sorted(names) for a in self._accounts(name)}
        return [found[iri] for iri in sorted(iris) if iri in found]

    def _accounts(self, name: str) -> list[Account]:
        if name not in self._read:
            grouping = Grouping(ground(), titles(), self.store.iris)
            self._read[name] = grouping.accounts(stored(self.store, name))
        return self._read[name]

    def publish(self) -> None:
        """Write in the graph of events what differs from what is kept. Raises StoreError."""
        graph = self.store.iris.derived_graph("events")
        held: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(graph):
            held[str(quad.subject)[1:-1]].append(f"{quad.triple} <{graph}> .")
        before = {subject: _text(lines)[0] for subject, lines in held.items()}
        wanted = dict(self.database.execute("SELECT subject, digest FROM written"))
        fresh = [subject for subject, told in wanted.items() if before.get(subject) != told]
        gone = [subject for subject, told in before.items() if wanted.get(subject) != told]
        if not fresh and not gone:
            return
        if not before or not wanted:
            self.store.put({graph: _parsed(text for (text,) in self.database.execute("SELECT triples FROM written"))})
        else:
            texts = column(self.database, "SELECT triples FROM written WHERE subject IN ({})", fresh)
            self.store.amend(graph, sorted(gone), _parsed(texts))


def _means() -> tuple[Comparison, Weights]:
    return Comparison(ground(), load_registers()), weights()


def _block(key: Key) -> str:
    return f"{key[0]} {key[1]}"


def _key(text: str) -> Key:
    where, _, day = text.rpartition(" ")
    return where, int(day)


def _next(db: sqlite3.Connection, texts: Iterable[str], accounts: Collection[str]) -> set[str]:
    """The accounts with which some are weighed."""
    return {iri for text in texts for iri in column(db, text, accounts)}


def _chained(db: sqlite3.Connection, accounts: Iterable[str]) -> set[str]:
    """Accounts, and all that chains of *same* lead to from them."""
    found = set(accounts)
    frontier = set(found)
    while frontier:
        frontier = _next(db, _SAME, frontier) - found
        found |= frontier
    return found


def _groups(db: sqlite3.Connection, accounts: Collection[str]) -> list[list[str]]:
    """Accounts parted by chains of *same*; no chain leads out of them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in rows(db, "SELECT one, other FROM judgement WHERE verdict = 'same' AND one IN ({})", accounts):
        beside[one].add(other)
        beside[other].add(one)
    left, found = set(accounts), []
    for start in sorted(accounts):
        if start in left:
            group, frontier = {start}, {start}
            while frontier:
                frontier = set(chain.from_iterable(beside[iri] for iri in frontier)) - group
                group |= frontier
            left -= group
            found.append(sorted(group))
    return found


def _text(lines: Sequence[str]) -> tuple[str, str]:
    """The digest of what is said of a subject, and its text."""
    text = "\n".join(sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()[:32], text


def _parsed(texts: Iterable[str]) -> Iterator[ox.Quad]:
    return ox.parse("\n".join(texts).encode(), format=ox.RdfFormat.N_QUADS)
