"""`waqai lexicon`: what an edit gains and loses, against a folder and a commit; what a word meets."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from waqai import resources
from waqai.cli import app
from waqai.errors import InputError
from waqai.lint.versions import version

ARTICLE = "One baker was killed in Raqqa.\n\nTwo children were wounded in Homs.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def earlier(tmp_path: Path, edit: tuple[str, str], part: str = "victims") -> Path:
    """The lexicon of the house as it was before an edit of an English part, its nouns for people if no other."""
    folder = tmp_path / "earlier"
    shutil.copytree(resources.room("lexicon"), folder)
    path = folder / "en" / f"{part}.yml"
    text = path.read_text(encoding="utf-8")
    assert edit[0] in text
    path.write_text(text.replace(*edit), encoding="utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["lexicon", *map(str, arguments)])
    return done.exit_code, done.stdout


def test_the_same_lexicon_has_no_effect(news: Path) -> None:
    code, told = run("effect", news, "--against", resources.room("lexicon"))
    assert (code, told.splitlines()) == (0, [" gained   lost  changed  rule", "      0      0        0  all"])


def test_what_is_gained_is_told_with_its_sentence_and_rule(tmp_path: Path, news: Path) -> None:
    before = earlier(tmp_path, ("forms: [injured, wounded, ", "forms: [injured, "), "outcomes")
    code, told = run("effect", news, "--against", before, "--format", "jsonl")
    [change] = [json.loads(line) for line in told.splitlines()]
    assert code == 1
    assert (change["kind"], change["rule"], change["quote"]) == ("gained", "en/outcomes.yml:injured", "Two children")
    assert change["sentence"].strip() == "Two children were wounded in Homs."
    assert change["after"]["class"] == "civilian"


def test_what_is_read_otherwise_is_told_slot_by_slot(tmp_path: Path, news: Path) -> None:
    edit = ("plural: [children, minors, kids], class: civilian, child: true", "plural: [children, minors, kids]")
    code, told = run("effect", news, "--against", earlier(tmp_path, edit))
    assert code == 1
    assert "    class: - → civilian\n" in told
    assert "      0      0        1  en/outcomes.yml:injured\n" in told


def test_what_is_no_commit_is_refused() -> None:
    with pytest.raises(InputError), version("no-such-commit"):
        pass


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_commit_can_be_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "src" / "waqai" / "lexicon" / "data"
    shutil.copytree(resources.room("lexicon"), home)
    shutil.copytree(resources.room("ontology"), tmp_path / "ontology")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for call in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *call], check=True)
    (home / "en" / "victims.yml").write_text("[]\n", encoding="utf-8")
    monkeypatch.setattr(resources, "room", lambda name: home if name == "lexicon" else tmp_path / "ontology")
    with version("HEAD") as before:
        assert (before.lexicon / "en" / "victims.yml").read_text(encoding="utf-8") != "[]\n"
        assert (before.ontology / "actors.ttl").exists()


def test_a_folder_without_rooms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither lexicon nor registers"), version(str(tmp_path)):
        pass


def test_show_says_which_entries_a_phrase_meets() -> None:
    code, told = run("show", "at least two children in Raqqa")
    assert code == 0
    assert "word 3: children = children" in told
    assert "en/quantities.yml:" in told
    assert ":child (person, civilian, many)" in told
    assert "place SY-RA" in told


def test_prove_says_what_is_read_in_each_example() -> None:
    code, told = run("prove", "en/places.yml:locality")
    assert code == 0
    assert "  example: “A child was killed by shelling on the village of Zaytuna" in told
    assert "→ outcome: killed, low: 1, class: civilian, methods: shelling" in told


def test_prove_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = earlier(tmp_path, ("killed in northern Raqqa.", "hurt in northern Raqqa."), "places")
    real = resources.room
    monkeypatch.setattr(resources, "room", lambda name: edited if name == "lexicon" else real(name))
    code, told = run("prove", "en/places.yml:around")
    assert code == 1
    assert "  wrong: “Three civilians were hurt in northern Raqqa.” is read as outcome: injured, low: 3" in told


def test_prove_knows_no_such_entry() -> None:
    done = CliRunner().invoke(app, ["lexicon", "prove", "en/victims.yml:nobody"])
    assert done.exit_code != 0
    assert isinstance(done.exception, InputError)
