"""What the README shows is what the program does: its worked article, its table, its commands, its paths."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(command: str, store: Path) -> subprocess.CompletedProcess[str]:
    _, *arguments = command.split()
    return subprocess.run(
        [sys.executable, "-m", "waqai", *arguments],
        cwd=ROOT,
        env={**os.environ, "WAQAI_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )


def table() -> set[tuple[str, str, int, int]]:
    """The README's table, its abbreviation («and the same for …») written out."""
    rows = set()
    for line in re.findall(r"^\| (\w+) \| (SY.*?) \| (\d+) \| (\d+) \|$", README, re.MULTILINE):
        name, places, low, high = line
        together = re.fullmatch(r"(SY-\w+) \(and the same for (.*)\)", places)
        for place in [together[1], *together[2].split(", ")] if together else [places]:
            rows.add((name, place, int(low), int(high)))
    return rows


def test_the_worked_article_and_its_answer(tmp_path: Path) -> None:
    block = SHELL.search(README)
    assert block
    commands = [line.removeprefix("$ ") for line in block[1].splitlines()]
    for command in commands:
        assert run(command, tmp_path / "store").returncode == 0, command
    rows = json.loads(run(f"{commands[-1]} --format json", tmp_path / "store").stdout)["rows"]
    shown = {(r["class"], r["place"], r["low"], r["high"]) for r in rows}
    assert shown == table()


def test_the_quoted_text_is_the_demo_article() -> None:
    quoted = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    article = (ROOT / "demo" / "articles" / "01-desert-total.txt").read_text(encoding="utf-8")
    assert quoted in article


def test_every_path_named_is_there() -> None:
    named = re.findall(r"`((?:docs|demo|ontology|shapes|queries|src|CONTRIBUTING|LICENSE)[\w./-]*)`", README)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_commands_named_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)`", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
