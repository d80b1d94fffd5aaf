"""The derived graph of bounds, brought up to date after a load: only what the load touched."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

import waqai
from waqai.account import audit
from waqai.account.counts import rows
from waqai.account.events.reading import refresh_events
from waqai.account.ledger import Ledger
from waqai.account.observations import head, labels_of, quads, subject_of
from waqai.account.progress import Watch, unwatched
from waqai.account.rules import Policy
from waqai.account.scope import read_taxonomy
from waqai.account.table import Line, check_known, core_of
from waqai.ask import Question, load_questions
from waqai.graph import Iris
from waqai.store import Store

_STAMP = """PREFIX schema: <https://schema.org/>
SELECT ?revision WHERE { ?set wq:asOfRevision ?revision ; schema:softwareVersion "%s" }"""


def current(store: Store) -> bool:
    """Do the stored bounds belong to this revision and this software?"""
    return _stamp(store) == store.revision()


def _stamp(store: Store) -> str | None:
    stamps = [row["revision"] for row in rows(store, _STAMP % waqai.__version__)]
    return stamps[0] if len(stamps) == 1 else None


def refresh(store: Store, watch: Watch = unwatched) -> bool:
    """Bring events, findings and the bounds of all saved questions up to date; tells whether anything changed.

    `watch` is given what is gone through, and shows how far it is. Raises StoreError where the store cannot be written.
    """
    stamp, revision = _stamp(store), store.revision()
    if stamp == revision:
        return audit.refresh(store)
    refresh_events(store, watch)
    audit.refresh(store)
    questions: dict[str, list[Question]] = defaultdict(list)
    for question in load_questions().values():
        if question.bounds is not None and question.bounds.kept:
            questions[question.bounds.outcome].append(question)
    taxonomy = read_taxonomy(store)
    with ExitStack() as open_:
        ledgers = []
        rows_: list[Row] = []
        for outcome, mine in sorted(questions.items()):
            wanted = [(q.bounds.classes, core_of(taxonomy, q.bounds)) for q in mine if q.bounds is not None]
            classes = {name for always, core in wanted for name in (*always, *core)}
            ledger = open_.enter_context(closing(Ledger(store.workroom(), outcome, taxonomy, classes)))
            ledger.bring_up(store, watch)
            if ledger.holds_counts():
                check_known(frozenset(classes), taxonomy)
            rows_ += [
                Row(q, line) for q, lines in zip(mine, ledger.lines(wanted, watch), strict=True) for line in lines
            ]
            ledgers.append(ledger)
        _publish(store, ledgers, rows_, stamp, revision)
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """One observation to be: a line of a question."""

    question: Question
    line: Line

    @property
    def outcome(self) -> str:
        return self.question.bounds.outcome if self.question.bounds else ""

    def subject(self, iris: Iris) -> str:
        """Its IRI."""
        return subject_of(self.question, Policy(), self.line, iris)

    def digest(self, rooms: str) -> str:
        """What stands for all that it says; `rooms` for the names of its class and places."""
        told = (rooms, self.question.name, self.line.victim_class, self.line.places, self.line.bound)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _publish(store: Store, ledgers: Sequence[Ledger], rows_: Sequence[Row], stamp: str | None, revision: str) -> None:
    """Write what changed in the derived graph; all of it where it is not as these ledgers left it."""
    iris = store.iris
    rooms = " ".join(store.content_hash(f"{iris.base}graph/{room}") or "" for room in ("ontology", "places"))
    next_ = {row.subject(iris): (row.digest(rooms), row) for row in rows_}
    left = [ledger.shown() for ledger in ledgers]
    whole = stamp is None or any(published != stamp for published, _ in left)
    before = {} if whole else {subject: digest for _, shown in left for subject, digest in shown.items()}
    fresh = [row for subject, (digest, row) in next_.items() if before.get(subject) != digest]
    gone = [subject for subject, digest in before.items() if subject not in next_ or next_[subject][0] != digest]
    labels = labels_of(store, [row.line for row in fresh], iris)
    told = [quad for row in fresh for quad in quads(row.question, Policy(), row.line, iris, labels)]
    graph = iris.derived_graph("bounds")
    for ledger in ledgers:
        ledger.unpublish()
    if whole:
        store.put({graph: [*head(iris, revision), *told]})
    else:
        store.amend(graph, [iris.bounds(), *gone], [*head(iris, revision), *told])
    for ledger in ledgers:
        mine = {
            s: d
            for s, (d, row) in next_.items()
            if row.question.bounds and row.question.bounds.outcome == ledger.outcome
        }
        ledger.publish(revision, mine)
