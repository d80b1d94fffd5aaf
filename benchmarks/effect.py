"""How long `waqai lexicon effect` takes over many articles, against reading each of them once.

Run it with `python benchmarks/effect.py`.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reading_speed import corpus, seconds

from waqai import resources
from waqai.lint.effect import effect
from waqai.lint.versions import Version, here
from waqai.model import Article
from waqai.pipeline import Reader

EDITS = {
    "a noun is added": ("ar/victims.yml", "صياد"),
    "a verb of harm is added": ("ar/outcomes.yml", "injured"),
    "all nouns lose their class": ("ar/victims.yml", ""),
}


def before(home: Path, file: str, entry: str) -> Version:
    """The lexicon as it was before an edit: without an entry, or without classes."""
    folder = home / "lexicon"
    shutil.copytree(resources.room("lexicon"), folder)
    path = folder / file
    blocks = path.read_text(encoding="utf-8").split("\n- ")
    named = (f"{{id: {entry},", f"id: {entry}\n")
    kept = [block.replace(", class: civilian", "") if not entry else block for block in blocks]
    kept = [block for block in kept if not entry or not block.startswith(named)]
    path.write_text("\n- ".join(kept), encoding="utf-8")
    return Version(folder, here().ontology)


def timed(work: Callable[[], list[object]]) -> tuple[float, int]:
    """Processor time, and how many changes were found."""
    started = time.process_time()
    found = work()
    return time.process_time() - started, len(found)


def once(articles: list[Article]) -> float:
    """Processor time of reading every article once, start-up apart."""
    reader = Reader()
    for article in articles[:20]:
        reader.statements(article)
    return seconds(reader.statements, articles)


def main() -> None:
    """Measure and print."""
    source, articles = corpus()
    whole = once(articles)
    print(f"over {source}: {len(articles)} articles, read once in {whole:.1f} s")
    print(f"{'edit':<28}{'seconds':>9}{'of reading once':>17}{'changes':>9}")
    for name, (file, entry) in EDITS.items():
        with tempfile.TemporaryDirectory() as home:
            version = before(Path(home), file, entry)
            taken, changes = timed(lambda version=version: list(effect(articles, version, here())))
        print(f"{name:<28}{taken:9.1f}{taken / whole:17.2f}{changes:9}")


if __name__ == "__main__":
    main()
