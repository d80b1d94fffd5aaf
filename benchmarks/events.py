"""How the graph of events grows with the corpus: full build, one more article, against all pairs; time and memory.

Run it with `make bench-events`; `--sizes 1000 10000 100000` says how many articles. The corpora are invented sentences
that are read as any article is: incidents told by several outlets within days, some without a town or a province. A
longer corpus covers more days at the same density.
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
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from waqai.account.events.accounts import Account, accounts_of
from waqai.account.events.blocking import pairs
from waqai.account.events.evidence import Comparison
from waqai.account.events.ground import ground
from waqai.account.events.reading import refresh_events, tellings
from waqai.account.events.titles import titles
from waqai.model import Article, Day
from waqai.pipeline import Reader
from waqai.resolve.registers import load_registers
from waqai.store import open_store

ARTICLES_A_DAY = 27
FIRST = dt.date(2012, 1, 1)
BATCH = 500
SAMPLE = 2_000
"""Comparisons from which the time of one is taken."""
PLACES = (
    "مدينة إعزاز بريف حلب", "مدينة نوى بريف درعا", "مدينة الميادين بريف دير الزور", "مدينة الرستن بريف حمص",
    "مدينة سراقب بريف إدلب", "مدينة دوما بريف دمشق", "ريف حلب الشمالي", "ريف إدلب الجنوبي", "ريف حماة", "سوريا",
)  # fmt: skip
DEEDS = ("بقصف صاروخي على", "بغارة جوية على", "برصاص مجهولين في", "بانفجار لغم أرضي في")
VICTIMS = ("مدنيين", "عناصر من قوات النظام", "أشخاص")
MONTHS = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
SAYINGS = (
    "قُتل {n} {who} {deed} {where}{when}، {more}.",
    "أفادت مصادر محلية بمقتل {n} {who} {deed} {where}{when}، {more}.",
)


class Corpus:
    """Invented articles, always the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._reader = Reader()
        self._recent: list[tuple[dt.date, str, str, str, int, str]] = []

    def article(self, number: int) -> tuple[str, list[ox.Quad]]:
        """The graph of one article: one or two incidents, old or new."""
        day = FIRST + dt.timedelta(days=number // ARTICLES_A_DAY)
        text = "\n".join(self._sentence(day) for _ in range(self._random.choice([1, 1, 2])))
        published = Day.parse(day.isoformat())
        outlet = f"outlet {self._random.randrange(12)}"
        article = Article(f"{number:020x}", text, "ar", "a.txt", outlet, published, headline=None)
        name = self._reader.iris.article_graph(article.id)
        return name, self._reader.graphs(article).graphs[name]

    def _sentence(self, day: dt.date) -> str:
        self._recent = [incident for incident in self._recent if (day - incident[0]).days <= 2]
        if not self._recent or self._random.random() > 0.35:
            number = 3 + min(int(self._random.paretovariate(1.2)), 90)
            chosen = [self._random.choice(words) for words in (PLACES, DEEDS, VICTIMS)]
            self._recent.append((day, chosen[0], chosen[1], chosen[2], number, self._words()))
        on, where, deed, who, number, more = self._random.choice(self._recent)
        when = f" يوم {on.day} {MONTHS[on.month - 1]} {on.year}" if self._random.random() < 0.5 else ""
        return self._random.choice(SAYINGS).format(n=number, who=who, deed=deed, where=where, when=when, more=more)

    def _words(self) -> str:
        """Invented words: what one incident has besides and another has not."""
        return " ".join("".join(self._random.choices("بتجدرسعفقكلمنهي", k=5)) for _ in range(12))


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(size: int, folder: str, told: multiprocessing.Queue[dict[str, float]]) -> None:
    """All figures of one size."""
    corpus, found = Corpus(), dict[str, float]()
    with open_store(folder, write=True, create=True) as store:
        for start in range(0, size, BATCH):
            store.put(dict(corpus.article(n) for n in range(start, min(size, start + BATCH))))
        found["full build, s"] = seconds(lambda: refresh_events(store))
        found["most memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found["nothing new, s"] = seconds(lambda: refresh_events(store))
        fresh = []
        for number in range(size, size + 5):
            store.put(dict([corpus.article(number)]))
            fresh.append(seconds(lambda: refresh_events(store)))
        found["one more article, s"] = statistics.median(fresh)
        found["full build / one more"] = found["full build, s"] / found["one more article, s"]
        accounts = list(accounts_of(tellings(store), ground(), titles(), store.iris))
    found["accounts"] = float(len(accounts))
    found["pairs compared"] = float(sum(1 for _ in pairs(accounts)))
    found["all pairs / compared"] = len(accounts) * (len(accounts) - 1) / 2 / max(found["pairs compared"], 1)
    found["all pairs, s (reckoned)"] = _one_comparison(accounts) * len(accounts) * (len(accounts) - 1) / 2
    told.put(found)


def _one_comparison(accounts: list[Account]) -> float:
    """Seconds that comparing two accounts takes, from a sample."""
    comparison, chance = Comparison(ground(), load_registers()), random.Random(1)  # noqa: S311 - no secret
    sample = [chance.sample(accounts, 2) for _ in range(SAMPLE)]
    return seconds(lambda: [comparison.evidence(a, b) for a, b in sample]) / SAMPLE


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="articles of each corpus")
    sizes = sorted(parser.parse_args().sizes)
    columns: list[dict[str, float]] = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            told: multiprocessing.Queue[dict[str, float]] = context.Queue()
            child = context.Process(target=measure, args=(size, str(Path(folder) / str(size)), told))
            child.start()
            columns.append(told.get())
            child.join()
            print(f"{size} articles: measured", flush=True)
    print(f"\n{'articles':<28}" + "".join(f"{size:>14}" for size in sizes) + "   last / first")
    for name in columns[0]:
        values = [column[name] for column in columns]
        print(f"{name:<28}" + "".join(f"{v:14.2f}" for v in values) + f"{values[-1] / max(values[0], 1e-9):12.1f}")


if __name__ == "__main__":
    main()
