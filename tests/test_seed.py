"""The real article that started this (docs/graph.md): read right in every slot, answered right.

It belongs to its publisher, so it is not in the project: these tests are skipped where the shared desk is absent.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ARTICLE = SHARED / "articles" / "badia-1020.ar.txt"
PROVINCES = ["SY-DY", "SY-HI", "SY-RA", "SY-SU"]

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the shared desk with the seed article is not here")


def waqai(*arguments: str | Path, store: Path) -> str:
    command = [sys.executable, "-m", "waqai", *map(str, arguments)]
    ran = subprocess.run(
        command, env={**os.environ, "WAQAI_STORE": str(store)}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed") / "store"
    waqai("run", ARTICLE, store=folder)
    return folder


def flagship(store: Path, *arguments: str) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    answer = json.loads(waqai("ask", "militia-deaths-by-province", "--format", "json", *arguments, store=store))
    assert answer["question"] == "militia-deaths-by-province"
    assert answer["revision"]
    return {(row["class"], row["place"]): (row["low"], row["high"]) for row in answer["rows"]}


def expected(whole: dict[str, list[int]], each: dict[str, list[int]]) -> dict[tuple[str, str], tuple[int, int]]:
    rows = {(name, place): (low, high) for name, (low, high) in each.items() for place in PROVINCES}
    return rows | {(name, " ".join(PROVINCES)): (low, high) for name, (low, high) in whole.items()}


def test_every_slot_of_every_count(tmp_path: Path) -> None:
    predicted = tmp_path / "seed.pred.jsonl"
    predicted.write_text(waqai("extract", ARTICLE, "--format", "counts", store=tmp_path), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "eval" / "score.py"), str(SHARED / "eval" / "seed.jsonl"), str(predicted)]
    scored = subprocess.run([*scorer, "--json"], capture_output=True, text=True, check=True)
    scores = json.loads(scored.stdout)
    assert (scores["f1"], scores["full_f1"]) == (1.0, 1.0)
    assert {slot: right for slot, right in scores["slots"].items() if right < 0.9} == {}


def test_militia_deaths_by_province(store: Path) -> None:
    assert flagship(store) == expected(
        {"pro_government_forces": [1020, 1020], "iran_backed_militia": [140, 140]},
        {"pro_government_forces": [0, 1020], "iran_backed_militia": [0, 140]},
    )


def test_without_closed_naming_the_answer_widens(store: Path) -> None:
    rows = flagship(store, "--without", "closed_naming")
    assert rows["iran_backed_militia", "SY-HI"] == (0, 1018)
    assert rows["iran_backed_militia", " ".join(PROVINCES)] == (140, 1018)


def test_all_readings_give_the_hull(store: Path) -> None:
    rows = flagship(store, "--readings", "all")
    assert rows["pro_government_forces", "SY-RA"] == (0, 1160)
    assert rows["pro_government_forces", " ".join(PROVINCES)] == (1020, 1160)


def test_each_row_leads_to_its_sentence_and_not_to_others(store: Path) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    why = waqai("why", "militia-deaths-by-province", "--class", "pro_government_forces", store=store)
    assert text[text.index("1020") : text.index("1020") + 12] in why
    assert "562" not in why
    assert "same_article_same_total" in why


def test_the_refinery_is_claimed_by_a_party(store: Path) -> None:
    answer = json.loads(waqai("ask", "claims-of-responsibility", "--format", "json", store=store))
    (row,) = answer["rows"]
    assert row["place"] == "IQ-SD"
    assert row["certainty"] == "claimed"
    assert row["actor"].endswith("actor/islamic-state")
    assert row["source"] == "قناته الرسمية"
