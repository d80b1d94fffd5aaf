"""docs/lexicon.md and docs/extraction.md show what the program does and what the golden articles say."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from waqai import resources
from waqai.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "lexicon.md").read_text(encoding="utf-8")
SECTIONS = {section.partition("\n")[0]: section for section in PAGE.split("\n## ")[1:] if "```" in section}
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


class Bench:
    """A folder with rooms of its own, in which the edits of a section are made and its commands run."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        rooms = {name: home / name for name in ("lexicon", "ontology")}
        real = resources.room
        for name, folder in rooms.items():
            shutil.copytree(real(name), folder)
        monkeypatch.setattr(resources, "room", lambda name: rooms.get(name) or real(name))
        monkeypatch.chdir(home)

    def play(self, sort: str, name: str, text: str) -> str:
        """Do what a block says; what it should hold."""
        if sort == "console":
            return "".join(self._ran(command) for command in re.findall(r"^\$ waqai (.*)$", text, re.MULTILINE))
        path = self.home / {"yaml": "lexicon"}.get(sort, "") / name
        before = path.read_text(encoding="utf-8") if sort != "text" else ""
        path.write_text(f"{before}\n{text}" if before else text, encoding="utf-8")
        return text

    def _ran(self, command: str) -> str:
        against = ["--against", str(ROOT)] if command.startswith("lexicon effect") else []
        return f"$ waqai {command}\n{CliRunner().invoke(app, [*shlex.split(command), *against]).stdout}"


def unnumbered(text: str) -> str:
    """As the page shows addresses: without line numbers, which move with every entry that is added."""
    return re.sub(r"\.yml:\d+:", ".yml:N:", text)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_command_of_the_page_writes_what_it_shows(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path, monkeypatch)
    for sort, name, text in BLOCK.findall(SECTIONS[section]):
        assert unnumbered(bench.play(sort, name, text)) == text, "run: python -m tests.test_lexicon_page"


def test_the_page_works_through_an_example_of_each_sort() -> None:
    edited = {name for section in SECTIONS.values() for sort, name, _ in BLOCK.findall(section) if sort != "text"}
    assert {"en/victims.yml", "en/outcomes.yml", "ontology/actors.ttl", "ontology/places/facilities.ttl"} <= edited
    assert all("$ waqai lexicon effect" in section for section in SECTIONS.values())


def reading(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / "reading.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_known_misses_are_those_of_the_golden_articles() -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    listed = page.partition("<!-- misses -->\n")[2].partition("<!-- end of misses -->\n")[0]
    assert listed == reading("misses"), "run: python benchmarks/reading.py misses --write"


def test_the_page_has_the_scores_of_every_slot() -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    table = page.partition("<!-- score -->\n")[2].partition("<!-- end of score -->\n")[0]
    rows = {line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")}
    assert {"f1", "full_f1", "source", "methods", "subset_of", "start", "end", "country", "kind"} <= rows


def test_without_the_passages_nothing_is_measured(tmp_path: Path) -> None:
    assert reading("--data", str(tmp_path)) == f"skipped: the annotated passages are not at {tmp_path}\n"


def write() -> None:
    """Put what the commands write now into the page."""
    page = PAGE
    for section in SECTIONS.values():
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as home:
            bench = Bench(Path(home), monkeypatch)
            for sort, name, text in BLOCK.findall(section):
                page = page.replace(f"\n{text}```", f"\n{unnumbered(bench.play(sort, name, text))}```")
    (ROOT / "docs" / "lexicon.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write()
