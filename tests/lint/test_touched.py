"""No article is passed over that an edit reads otherwise, and those are passed over that it cannot concern."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from waqai import resources
from waqai.lint.effect import Readings, changes_in, effect
from waqai.lint.touched import Touched
from waqai.lint.versions import Version, here
from waqai.model import Article
from waqai.read import read_articles

ARTICLES = [
    article
    for article in read_articles(Path(__file__).parents[1] / "articles")
    if isinstance(article, Article) and article.file.endswith(".txt")
][::3]


def edited(home: Path, room: str, file: str, old: str, new: str) -> Version:
    """The rooms of the house with one file edited."""
    folder = home / room
    shutil.copytree(resources.room(room), folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return Version(folder, here().ontology) if room == "lexicon" else Version(here().lexicon, folder)


@pytest.mark.parametrize(
    ("room", "file", "old", "new"),
    [
        ("lexicon", "ar/victims.yml", "plural: [مدنيات], class: civilian}", "plural: [مدنيات]}"),
        ("ontology", "actors.ttl", "wq:victimClass wqv:kurdish_forces", "wq:victimClass wqv:rebel"),
        ("ontology", "places/syria-districts.ttl", "wq:within place:SY-HL", "wq:within place:SY-ID"),
    ],
)
def test_what_is_passed_over_is_read_alike(tmp_path: Path, room: str, file: str, old: str, new: str) -> None:
    before = edited(tmp_path, room, file, old, new)
    one, other = Readings(before), Readings(here())
    whole = [change for article in ARTICLES for change in changes_in(article, one, other)]
    assert whole
    assert list(effect(ARTICLES, before, here())) == whole
    touched = Touched((one.lexicon, one.registers), (other.lexicon, other.registers))
    assert 0 < sum(touched(article) for article in ARTICLES) < len(ARTICLES)
