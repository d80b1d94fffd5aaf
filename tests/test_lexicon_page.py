"""docs/lexicon.md and docs/extraction.md show what the program does and what the golden articles say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from waqai import resources
from waqai.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "lexicon.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ waqai (.*?)\n(.*?)```", PAGE, re.DOTALL)
EDIT = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


def ran(arguments: list[str]) -> str:
    """What a command writes, without line numbers: they move with every entry that is added."""
    return re.sub(r"\.yml:\d+:", ".yml:N:", CliRunner().invoke(app, arguments).stdout)


def shown(block: str) -> str:
    return re.sub(r"\.yml:\d+:", ".yml:N:", block)


def test_what_a_word_meets_is_as_the_page_shows_it() -> None:
    command, block = BLOCKS[0]
    assert command == "lexicon show 'two glassblowers were killed'"
    assert ran(["lexicon", "show", "two glassblowers were killed"]) == shown(block)


def test_the_effect_of_the_edit_is_as_the_page_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = re.search(r"`news\.txt` says: \*(.*?)\*", PAGE, re.DOTALL)
    assert sentence
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text(" ".join(sentence[1].split()) + "\n", encoding="utf-8")
    real, edited = resources.room, tmp_path / "edited"
    shutil.copytree(real("lexicon"), edited)
    path = edited / "en" / "victims.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + EDIT, encoding="utf-8")
    before = str(real("lexicon"))
    monkeypatch.setattr(resources, "room", lambda name: edited if name == "lexicon" else real(name))
    command, block = BLOCKS[1]
    assert command == "lexicon effect news.txt"
    assert ran(["lexicon", "effect", "news.txt", "--against", before]) == shown(block)


def reading(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / "reading.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_known_misses_are_those_of_the_golden_articles() -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    listed = page.partition("<!-- misses -->\n")[2].partition("<!-- end of misses -->\n")[0]
    assert listed == reading("misses"), "run: python benchmarks/reading.py misses --write"


def test_without_the_passages_nothing_is_measured(tmp_path: Path) -> None:
    assert reading("--data", str(tmp_path)) == f"skipped: the annotated passages are not at {tmp_path}\n"
