"""How fast articles are read on one core, where the time goes, and that it grows with the length and no faster.

Run it with `make bench`; `--longest 10000000` reads texts of ten million characters too (minutes).
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from waqai.extract import conclude, extract
from waqai.extract.scene import scene_of
from waqai.model import Article
from waqai.pipeline import Reader
from waqai.read import read_articles
from waqai.resolve import resolve
from waqai.text.letters import folded
from waqai.text.tokens import tokens

ROOT = Path(__file__).resolve().parents[1]
POOL = ROOT.parent / "shared" / "eval" / "pool.ar.jsonl"
OWN_TIMES = 10
REPORT = "وقتل 3 مدنيين بقصف لقوات النظام على بلدة سرمين بريف إدلب وأصيب طفل "
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
TEXTS = {
    "one endless line": REPORT,
    "numbers only": "خمسة 12 ",
    "names only": "حلب قوات سوريا الديمقراطية ",
    "one word of harm": "قتل ",
    "opening brackets": "(",
    "digits": "7",
}


def corpus() -> tuple[str, list[Article]]:
    """Articles to read, and where they are from."""
    if POOL.exists():
        return "the pool of real articles", [a for a in read_articles(POOL) if isinstance(a, Article)]
    own = [a for a in read_articles(ROOT / "tests" / "articles") if isinstance(a, Article) and a.file.endswith(".txt")]
    return f"the project's own golden articles, {OWN_TIMES} times", own * OWN_TIMES


def seconds(work: Callable[[Article], object], articles: Iterable[Article]) -> float:
    """Processor time of a step over all articles."""
    gc.collect()
    started = time.process_time()
    for article in articles:
        work(article)
    return time.process_time() - started


def speed(reader: Reader, articles: Sequence[Article]) -> None:
    """Articles and characters a second, against the cheapest possible pass, and the time room by room."""

    def scene(article: Article) -> object:
        return scene_of(article, reader.lexicon.language(article.lang), reader.names)

    def extracted(article: Article) -> object:
        return extract(article, reader.lexicon, reader.names)

    for article in articles[:20]:
        reader.statements(article)
    whole = seconds(reader.statements, articles)
    cheapest = seconds(lambda article: folded(article.text).split(), articles)
    cut = seconds(lambda article: tokens(article.text), articles)
    found = seconds(scene, articles)
    read = seconds(extracted, articles)
    characters = sum(len(article.text) for article in articles)
    print(f"{len(articles)} articles, {characters} characters: {whole:.1f} s")
    print(f"{len(articles) / whole:.0f} articles/s, {characters / whole:.0f} characters/s")
    print(f"{whole / cheapest:.0f} times the cheapest pass (fold and split into words)\n")
    rooms = {
        "text: tokens": cut,
        "text and lexicon: words, names, numbers, days": found - cut,
        "extract: counts, circumstances, sources": read - found,
        "resolve and conclude": whole - read,
    }
    for room, taken in rooms.items():
        print(f"  {room:<48}{1000 * taken / len(articles):8.2f} ms an article {100 * taken / whole:5.0f} %")


def growth(reader: Reader, articles: Sequence[Article], longest: int) -> None:
    """Microseconds a character for texts of growing length."""
    lengths = [*(length for length in LENGTHS if length <= longest), *([longest] if longest > LENGTHS[-1] else [])]
    print(
        f"\nmicroseconds a character{'':10}" + "".join(f"{length:>12}" for length in lengths) + "   longest / shortest"
    )
    together = "\n\n".join(article.text for article in articles if article.lang == "ar")
    for name, unit in {"articles, one after another": together, **TEXTS}.items():
        taken = [_cost(reader, articles[0], unit, length) for length in lengths]
        ratio = taken[-1] / taken[0]
        print(f"{name:<34}" + "".join(f"{cost:12.2f}" for cost in taken) + f"{ratio:12.1f}")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _cost(reader: Reader, model: Article, unit: str, length: int) -> float:
    text = (unit * (length // len(unit) + 1))[:length]
    article = replace(model, text=text, lang="ar", headline=None)
    return (
        1e6
        * seconds(lambda a: conclude(resolve(extract(a, reader.lexicon, reader.names), a, reader.registers)), [article])
        / length
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="characters of the longest text")
    longest = parser.parse_args().longest
    started = time.process_time()
    reader = Reader().loaded()
    print(f"start-up: {time.process_time() - started:.1f} s")
    source, articles = corpus()
    print(f"over {source}")
    speed(reader, articles)
    growth(reader, articles, longest)


if __name__ == "__main__":
    main()
