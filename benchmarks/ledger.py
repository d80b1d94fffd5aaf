"""How bounds and their refresh grow with the corpus: full build, one more article, one question; time and memory.

Run it with `make bench-ledger`; `--sizes 1000 10000 100000` says how many articles. The corpora are invented
statements, not texts: incidents told by several outlets, counts without a place, a class or a day, uncertain days,
totals of the whole country over months, sets of provinces, "among them". A longer corpus covers more days at the same
density.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from waqai import account, ask
from waqai.account.bounds import Piece
from waqai.account.counts import read_counts
from waqai.account.programme import Asked
from waqai.account.reckoning import enters
from waqai.account.rules import Policy
from waqai.account.scope import World, read_taxonomy
from waqai.graph import WQ, WQV, deployment
from waqai.store import Store, open_store

FLAGSHIP = "militia-deaths-by-province"
ARTICLES_A_DAY = 27
FIRST = dt.date(2012, 1, 1)
SYRIA = ("ID", "HL", "DY", "HI", "DI", "HM", "RA", "HA", "DR", "SU", "QU", "LA", "TA", "RD")
UNITS = [f"SY-{u}" for u in ("ID", "HL", "DY", "HI", "DI", "HM", "RA", "HA", "DR", "SU", "QU", "LA", "TA", "RD")] + [
    "IQ-NI",
    "IQ-AN",
    "LB-BA",
]
WEIGHTS = [1 / (rank + 1) for rank in range(len(UNITS))]
CLASSES = {
    "civilian": 50,
    "": 28,
    "government_forces": 6,
    "jihadist": 4,
    "police_security": 2,
    "iran_backed_militia": 2,
    "kurdish_forces": 2,
    "rebel": 2,
    "pro_government_militia": 1,
}
BATCH = 500
LONGEST_WAIT = 60
"""Seconds that the monolithic programme may take."""
IRIS = deployment()
DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


@dataclass
class Incident:
    """What several outlets may tell of."""

    day: dt.date
    units: list[str]
    victims: str
    number: int
    told: list[str] = field(default_factory=list)


class Corpus:
    """Invented articles, always the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._recent: list[Incident] = []
        self._sets = [self._random.sample(UNITS, self._random.choice([2, 2, 3, 4, 4, 5, 6])) for _ in range(60)]
        self.relations: list[tuple[str, str]] = []

    def article(self, number: int) -> tuple[str, list[ox.Quad]]:
        """The graph of one article: one to five counts."""
        name = f"{number:020x}"
        graph = ox.NamedNode(IRIS.article_graph(name))
        day = FIRST + dt.timedelta(days=number // ARTICLES_A_DAY)
        quads: list[ox.Quad] = []
        for position in range(self._random.choice([1, 2, 3, 3, 4, 5])):
            quads += [ox.Quad(*t, graph) for t in self._count(name, position, day)]
        return graph.value, quads

    def _count(self, article: str, position: int, day: dt.date) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, object]]:
        draw, base = self._random.random(), f"{IRIS.base}statement/{article}/"
        iri = f"{base}killed-{position}"
        incident = self._incident(day)
        total = draw < 0.15
        me = ox.NamedNode(iri)
        yield me, _wq("outcome"), _wqv("killed")
        yield me, _wq("statedIn"), ox.NamedNode(IRIS.article(article))
        yield me, _wq("operator"), _wqv("exact")
        yield me, _wq("certainty"), _wqv("stated")
        yield me, _wq("countKind"), _wqv("period_total" if total else "incident")
        low = incident.number * (20 if total else 1)
        yield me, _wq("low"), ox.Literal(low)
        if self._random.random() > 0.07:
            yield me, _wq("high"), ox.Literal(low)
        outlet = self._random.randrange(12)
        yield me, _wq("originator"), ox.NamedNode(f"{IRIS.base}actor/outlet-{outlet}")
        yield from self._where(me, incident)
        if incident.victims:
            group = ox.NamedNode(f"{iri}/victims")
            yield me, _wq("victims"), group
            yield group, _wq("victimClass"), _wqv(incident.victims)
            yield group, _wq("leafClass"), _wqv(incident.victims)
        yield from self._when(me, incident.day, total=total)
        if position and self._random.random() < 0.35:
            yield from self._part(me, f"{base}killed-{position - 1}")
        elif not total:
            if incident.told:
                self.relations.append((iri, incident.told[0]))
            incident.told.append(iri)

    def _incident(self, day: dt.date) -> Incident:
        self._recent = [i for i in self._recent if (day - i.day).days <= 2][-60:]
        if self._recent and self._random.random() < 0.35:
            return self._random.choice(self._recent)
        units = self._random.choices(UNITS, WEIGHTS)
        if self._random.random() < 0.12:
            units = self._random.choice(self._sets)
        victims = self._random.choices(list(CLASSES), list(CLASSES.values()))[0]
        number = int(self._random.paretovariate(1.2))
        self._recent.append(Incident(day, units, victims, min(number, 400)))
        return self._recent[-1]

    def _where(self, me: ox.NamedNode, incident: Incident) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, object]]:
        draw = self._random.random()
        if draw < 0.1:
            yield me, _wq("country"), ox.NamedNode(IRIS.place(incident.units[0][:2]))
        elif draw > 0.02:
            for unit in incident.units:
                yield me, _wq("coversUnit"), ox.NamedNode(IRIS.place(unit))

    def _when(
        self, me: ox.NamedNode, day: dt.date, *, total: bool
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, object]]:
        draw = self._random.random()
        if draw < 0.25:
            return
        length = self._random.choice([30, 90, 365]) if total else 0 if draw < 0.85 else self._random.randint(1, 20)
        period = ox.NamedNode(f"{me.value}/period")
        yield me, _wq("period"), period
        first = day - dt.timedelta(days=length)
        yield period, _wq("notBefore"), ox.Literal(first.isoformat(), datatype=DATE)
        yield period, _wq("notAfter"), ox.Literal(day.isoformat(), datatype=DATE)

    def _part(self, me: ox.NamedNode, whole: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, object]]:
        relation = ox.NamedNode(f"{me.value}/relation-1")
        yield me, _wq("relation"), relation
        yield relation, _wq("relationKind"), _wqv("subset_of")
        yield relation, _wq("relatesTo"), ox.NamedNode(whole)
        yield relation, _wq("assertedBy"), _wqv("source")

    def events(self) -> list[ox.Quad]:
        """Which counts are of the same victims, as the derived graph of events says it."""
        graph = ox.NamedNode(IRIS.derived_graph("events"))
        quads = []
        for one, other in self.relations:
            relation = ox.NamedNode(f"{one}/same")
            quads.append(ox.Quad(ox.NamedNode(one), _wq("relation"), relation, graph))
            for name, value in (
                ("relationKind", _wqv("restates")),
                ("relatesTo", ox.NamedNode(other)),
                ("assertedBy", _wqv("our_rules")),
                ("rule", _wqv("one_event")),
            ):
                quads.append(ox.Quad(relation, _wq(name), value, graph))
        return quads


def _wq(name: str) -> ox.NamedNode:
    return ox.NamedNode(WQ + name)


def _wqv(code: str) -> ox.NamedNode:
    return ox.NamedNode(WQV + code)


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


NAIVE = f"""SELECT ?place (SUM(?n) AS ?sum) WHERE {{
  ?s <{WQ}outcome> <{WQV}killed> ; <{WQ}coversUnit> ?place ; <{WQ}low> ?n ; <{WQ}victims> ?v .
  ?v <{WQ}leafClass> <{WQV}civilian> }} GROUP BY ?place"""


def measure(size: int, folder: str, told: multiprocessing.Queue[dict[str, float]]) -> None:
    """All figures of one size."""
    corpus, found = Corpus(), dict[str, float]()
    with open_store(folder, write=True, create=True) as store:
        for start in range(0, size, BATCH):
            store.put(dict(corpus.article(n) for n in range(start, min(size, start + BATCH))))
        store.put({IRIS.derived_graph("events"): corpus.events()})
        found["counts"] = float(sum(1 for _ in store.select(f"SELECT ?s WHERE {{ ?s <{WQ}outcome> ?o }}")))
        before = memory()
        found["full build, s"] = seconds(lambda: account.refresh(store))
        found["memory of the build, MB"] = memory() - before
        found["one more article, s"] = statistics.median(_one_more(store, corpus, size + n) for n in range(5))
        found["naive sum by SPARQL, s"] = min(seconds(lambda: list(store.select(NAIVE))) for _ in range(3))
    with open_store(folder) as store:
        question = ask.load_questions()[FLAGSHIP]
        found["rows of the flagship"] = float(len(account.answer(store, question, {}).rows))
        found["flagship question, ms"] = 1000 * min(
            seconds(lambda: account.answer(store, question, {})) for _ in range(5)
        )
        since = FIRST + dt.timedelta(days=size // ARTICLES_A_DAY // 2)
        found["flagship from a day on, s"] = seconds(
            lambda: account.answer(store, question, {"from": since.isoformat()})
        )
    told.put(found)


def _one_more(store: Store, corpus: Corpus, number: int) -> float:
    """Load one more article and refresh; only the refresh is measured."""
    name, quads = corpus.article(number)
    store.put({name: quads})
    return seconds(lambda: account.refresh(store))


def monolith(folder: str, counts: int, told: multiprocessing.Queue[float]) -> None:
    """One bound from one programme over so many counts."""
    with open_store(folder) as store:
        taxonomy = read_taxonomy(store)
        known = [c for c in read_counts(store, "killed") if enters(c)][:counts]
    world = World.of(taxonomy, known)
    asked = Asked("civilian", frozenset(u for u in world.units if u.startswith("SY")))
    told.put(seconds(lambda: Piece(known, world, Policy(), ["civilian"]).extreme(asked, high=False)))


def within(work: Callable[..., None], *arguments: object, limit: float | None = None) -> Any:
    """What a process of its own tells; None if it takes longer than the limit."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    child = context.Process(target=work, args=(*arguments, told))
    child.start()
    child.join(limit)
    if child.is_alive():
        child.kill()
        return None
    return told.get()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="articles of each corpus")
    sizes = sorted(parser.parse_args().sizes)
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            columns.append(within(measure, size, str(Path(folder) / str(size))))
            print(f"{size} articles: measured", flush=True)
        print(f"\n{'articles':<28}" + "".join(f"{size:>12}" for size in sizes) + "   last / first")
        for name in columns[0]:
            values = [column[name] for column in columns]
            print(f"{name:<28}" + "".join(f"{v:12.2f}" for v in values) + f"{values[-1] / max(values[0], 1e-9):12.1f}")
        print("\none programme over all of so many counts (a), against the counts' number")
        for counts in (50, 100, 200, 400):
            taken = within(monolith, str(Path(folder) / str(sizes[0])), counts, limit=LONGEST_WAIT)
            print(
                f"{counts:>6} counts: " + (f"over {LONGEST_WAIT} s" if taken is None else f"{taken:.2f} s"), flush=True
            )
            if taken is None:
                break


if __name__ == "__main__":
    main()
