"""The files are kept in order: each begins with its grammar, entries are sorted, no form stands twice in one role."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from waqai import resources
from waqai.lexicon.forms import normal
from waqai.lexicon.load import entries
from waqai.lexicon.schema import SCHEMAS

FILES = sorted(resources.room("lexicon").glob("*/*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_entries_are_sorted_and_ids_are_unique(path: Path) -> None:
    ids = [entry["id"] for entry, _ in entries(path)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_form_means_two_things_in_one_role(path: Path) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for entry, _ in entries(path):
        words = {
            normal(word) for key in ("forms", "agreeing", "singular", "plural", "dual") for word in entry.get(key, ())
        }
        seen.update((entry.get("role", ""), word) for word in words)
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_begins_with_its_grammar(path: Path) -> None:
    head = [line for line in path.read_text(encoding="utf-8").split("\n\n")[0].splitlines() if line.startswith("#")]
    grammar = "\n".join(head)
    assert "id" in grammar or "keys as in" in grammar
    if path.parent.name == "ar":
        roles = {entry["role"] for entry, _ in entries(path) if "role" in entry}
        assert {role for role in roles if role not in grammar} == set()


def test_both_languages_have_the_same_files() -> None:
    for lang in ("ar", "en"):
        assert {path.stem for path in FILES if path.parent.name == lang} == set(SCHEMAS)
