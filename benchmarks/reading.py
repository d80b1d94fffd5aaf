"""How well articles are read.

usage: reading.py [score] [--data ../shared/eval] [--half A|B|all ...] [--lang ar|en ...] [--write]
       reading.py misses [--write]

score   runs extraction over hand-annotated passages and prints a table in markdown, by the scorer beside the passages.
        Halves: passages sorted by the SHA-1 of their file, cut in the middle.
misses  lists the golden articles that are not read right yet.
--write puts the table or the list into docs/extraction.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "extraction.md"
SCORES = ("precision", "recall", "f1", "numbered_f1", "full_f1")


def half(passages: list[dict[str, object]], name: str) -> list[dict[str, object]]:
    """The passages of a half."""
    ordered = sorted(passages, key=lambda passage: hashlib.sha1(str(passage["file"]).encode()).hexdigest())  # noqa: S324
    middle = len(ordered) // 2
    return {"A": ordered[:middle], "B": ordered[middle:]}.get(name, ordered)


def scores(data: Path, lang: str, name: str) -> dict[str, object]:
    """What the scorer says of one language and half."""
    lines = (data / f"dev.{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    passages = half([json.loads(line) for line in lines], name)
    with tempfile.TemporaryDirectory() as folder:
        gold, read = Path(folder) / "gold.jsonl", Path(folder) / "read.jsonl"
        gold.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in passages), encoding="utf-8")
        with read.open("w", encoding="utf-8") as out:
            command = [sys.executable, "-m", "waqai", "extract", str(gold), "--format", "counts"]
            subprocess.run(command, stdout=out, check=True)  # noqa: S603
        command = [sys.executable, str(data / "score.py"), str(gold), str(read), "--json"]
        scored = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    found: dict[str, object] = json.loads(scored.stdout)
    return found


def table(data: Path, langs: list[str], halves: list[str]) -> str:
    """The scores in markdown, a column for each language and half."""
    columns = {f"{lang} {name}": scores(data, lang, name) for lang in langs for name in halves}
    lines = [f"| | {' | '.join(columns)} |", "| --- |" + " ---: |" * len(columns)]
    heads = ("passages", "facts", *SCORES)
    lines += [f"| {key} | {' | '.join(str(column[key]) for column in columns.values())} |" for key in heads]
    slots = [column["slots"] for column in columns.values()]
    known = [found for found in slots if isinstance(found, dict)]
    lines += [f"| {slot} | {' | '.join(str(found[slot]) for found in known)} |" for slot in known[0]]
    return "\n".join(lines)


def misses() -> str:
    """The golden articles that are not read right, with the reason."""
    found = []
    for path in sorted((ROOT / "tests" / "articles").glob("*.txt")):
        head = path.read_text(encoding="utf-8").partition("---\n")[0]
        found += [f"- {path.stem}: {line[8:]}" for line in head.splitlines() if line.startswith("misses: ")]
    return "".join(f"{line}\n" for line in found)


def page_with(what: str, listed: str) -> str:
    """The page with this table of scores or list of misses."""
    begin, end = f"<!-- {what} -->\n", f"<!-- end of {what} -->\n"
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    return head + begin + listed + end + rest.partition(end)[2]


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["score", "misses"], default="score")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--half", nargs="+", choices=["A", "B", "all"], default=["all", "A", "B"])
    parser.add_argument("--lang", nargs="+", choices=["ar", "en"], default=["ar", "en"])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.what == "misses":
        listed = misses()
    elif (asked.data / "score.py").exists():
        listed = f"\n{table(asked.data, asked.lang, asked.half)}\n\n"
    else:
        sys.stdout.write(f"skipped: the annotated passages are not at {asked.data}\n")
        return
    if asked.write:
        PAGE.write_text(page_with(asked.what, listed), encoding="utf-8")
    else:
        sys.stdout.write(listed)


if __name__ == "__main__":
    main()
