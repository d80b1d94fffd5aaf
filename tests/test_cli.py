"""The verbs as a person uses them: real files, real pipes, real exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo" / "articles"
BROKEN = ROOT / "demo" / "broken.nq"
VERBS = ["read", "extract", "graph", "check", "load", "run", "ask", "why"]
VERBS += ["serve", "publish", "withdraw", "lint", "quarantine"]

Ran = subprocess.CompletedProcess[str]
Waqai = Callable[..., Ran]


@pytest.fixture
def waqai(tmp_path: Path) -> Waqai:
    """Run a verb in an empty folder, its store beside it."""

    def run(*arguments: str | Path, stdin: str | None = None) -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "waqai", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "WAQAI_STORE": str(tmp_path / "store"), "COLUMNS": "200"},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def flagship(waqai: Waqai, *arguments: str) -> dict[tuple[str, str], list[int | None]]:
    ran = waqai("ask", "militia-deaths-by-province", "--format", "json", *arguments)
    assert ran.returncode == 0, ran.stderr
    return {(row["class"], row["place"]): [row["low"], row["high"]] for row in json.loads(ran.stdout)["rows"]}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(waqai: Waqai, verb: str) -> None:
    ran = waqai(verb, "--help")
    assert ran.returncode == 0
    assert "Examples" in ran.stdout
    assert f"waqai {verb}" in ran.stdout


def test_the_steps_in_a_row_are_the_same_as_run(waqai: Waqai, tmp_path: Path) -> None:
    article = DEMO / "01-desert-total.txt"
    read = waqai("read", article)
    graph = waqai("graph", "-", stdin=read.stdout)
    check = waqai("check", "-", stdin=graph.stdout)
    assert check.stdout.startswith("accepted")
    assert waqai("load", "-", stdin=graph.stdout).returncode == 0
    stepwise = flagship(waqai)
    # Read as JSON Lines the document has another name; what it says is the same.
    ran = waqai("run", article, "--store", tmp_path / "other")
    assert ran.returncode == 0
    assert flagship(waqai, "--store", str(tmp_path / "other")) == stepwise
    assert stepwise["iran_backed_militia", "SY-HI SY-HM SY-RA"] == [45, 45]
    assert stepwise["pro_government_forces", "SY-HI"] == [0, 310]


def test_one_bad_document_is_told_and_the_others_go_on(waqai: Waqai) -> None:
    ran = waqai("run", DEMO)
    assert ran.returncode == 1
    assert "refused" in ran.stdout
    assert ran.stdout.count("stored") == 6
    assert "07-not-an-article.txt" in ran.stdout


def test_a_broken_graph_is_quarantined_and_the_store_is_untouched(waqai: Waqai) -> None:
    waqai("run", DEMO / "02-homs-ambush.txt")
    before = json.loads(waqai("ask", "militia-deaths-by-province", "--format", "json").stdout)
    loaded = waqai("load", BROKEN)
    assert loaded.returncode == 1
    after = json.loads(waqai("ask", "militia-deaths-by-province", "--format", "json").stdout)
    assert after == before
    (entry,) = map(json.loads, waqai("quarantine", "--format", "jsonl").stdout.splitlines())
    shapes = {finding["shape"].rpartition("#")[2] for finding in entry["findings"]}
    assert "count-low-not-above-high" in shapes
    assert all("/statement/" in finding["focus"] for finding in entry["findings"])
    arabic = waqai("quarantine", "--lang", "ar").stdout
    assert re.search("[\u0620-\u064a]", arabic)
    assert "sh:ValidationReport" in waqai("quarantine", "--format", "turtle").stdout


def test_a_mended_article_leaves_quarantine(waqai: Waqai, tmp_path: Path) -> None:
    waqai("load", BROKEN)
    mended = tmp_path / "mended.nq"
    mended.write_text(BROKEN.read_text(encoding="utf-8").replace('low> "9"', 'low> "6"'), encoding="utf-8")
    assert waqai("load", mended).returncode == 0
    assert waqai("quarantine").stdout == ""


def test_registers_and_derived_graphs_cannot_be_loaded_from_outside(waqai: Waqai, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.nq"
    foreign.write_text("<urn:s> <urn:p> <urn:o> <https://w3id.org/waqai/graph/actors> .\n", encoding="utf-8")
    ran = waqai("load", foreign)
    assert ran.returncode == 1
    assert "graph/actors" in ran.stdout


def test_withdrawing_leaves_a_tombstone_with_the_reason(waqai: Waqai) -> None:
    ran = waqai("run", DEMO / "02-homs-ambush.txt", "--format", "jsonl")
    article = json.loads(ran.stdout)["article"]
    assert flagship(waqai)
    assert waqai("withdraw", article, "--reason", "the publisher took it back").returncode == 0
    assert flagship(waqai) == {}
    tombstones = waqai("ask", "withdrawn-articles", "--format", "csv").stdout
    assert article in tombstones
    assert "the publisher took it back" in tombstones
    assert waqai("withdraw", article, "--reason", "again").returncode == 2


def test_names_of_private_persons_are_masked_unless_asked_for(waqai: Waqai) -> None:
    waqai("run", DEMO / "05-raqqa-mine.txt")
    masked = waqai("why", "civilian-deaths-by-province", "--place", "SY-RA").stdout
    assert "ماهر" not in masked
    assert "█" in masked
    assert "ماهر" in waqai("why", "civilian-deaths-by-province", "--place", "SY-RA", "--names").stdout


def test_a_period_and_rules_can_be_asked_for(waqai: Waqai) -> None:
    waqai("run", DEMO)
    whole = flagship(waqai)
    early = flagship(waqai, "--to", "2022-03-01")
    assert whole["pro_government_forces", "IQ-SD"] == [3, 3]
    assert ("pro_government_forces", "IQ-SD") not in early
    assert flagship(waqai, "--min-sources", "2") == {}
    wide = flagship(waqai, "--without", "closed_naming")
    assert wide["iran_backed_militia", "SY-HM"] == [0, 310]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ask", "no-such-question"], 2, "no question"),
        (["ask", "militia-deaths-by-province", "--from", "yesterday"], 2, "from"),
        (["ask", "militia-deaths-by-province", "--without", "gravity"], 2, "gravity"),
        (["ask", "militia-deaths-by-province", "--store", "nowhere"], 3, "nowhere"),
        (["extract", "a.txt", "--published", "soon"], 2, "--published"),
        (["run", "missing.txt"], 1, "missing.txt"),
    ],
)
def test_what_is_wrong_has_an_exit_code_and_an_address(
    waqai: Waqai, arguments: list[str], code: int, says: str
) -> None:
    if "nowhere" not in arguments and arguments[0] == "ask":
        waqai("run", DEMO / "02-homs-ambush.txt")
    ran = waqai(*arguments)
    assert ran.returncode == code, ran.stderr
    assert says in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_output_pipes_into_a_reader_that_stops(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    line = json.dumps({"text": "قتل 3 عناصر من قوات النظام في حمص.\n" * 20}, ensure_ascii=False) + "\n"
    many.write_text(line * 300, encoding="utf-8")
    command = f'"{sys.executable}" -m waqai read "{many}" | head -n 1'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""


def test_a_killed_load_leaves_every_article_old_or_new(waqai: Waqai, tmp_path: Path) -> None:
    waqai("run", DEMO)
    store = str(tmp_path / "store")
    graphs = waqai("graph", DEMO).stdout
    sizes = stored_sizes(tmp_path / "store")
    for wait in (0.4, 0.8, 1.2, 1.6):
        process = subprocess.Popen(
            [sys.executable, "-m", "waqai", "load", "-", "--store", store],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin
        process.stdin.write(graphs.encode())
        process.stdin.close()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert stored_sizes(tmp_path / "store") == sizes
    assert waqai("load", "-", stdin=graphs).returncode == 0


def stored_sizes(store: Path) -> dict[str, int]:
    """Triples of each article's graph, read from outside by SPARQL."""
    from waqai.store import open_store  # noqa: PLC0415 - the verbs above run in processes of their own

    with open_store(store) as opened:
        rows = opened.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        assert isinstance(rows, ox.QuerySolutions)
        return {row["g"].value: int(row["n"].value) for row in rows if "/graph/article/" in row["g"].value}
