"""The verbs as a person uses them: real files, real pipes, real exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.store import open_store

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo" / "articles"
BROKEN = ROOT / "demo" / "broken.nq"
VERBS = ["read", "extract", "graph", "check", "load", "run", "ask", "why"]
VERBS += ["serve", "publish", "withdraw", "lint", "quarantine"]
VERBS += ["bounds", "events"]
VERBS += ["lexicon effect", "lexicon show"]

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
    ran = waqai(*verb.split(), "--help")
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


def test_the_table_of_what_was_extracted_tells_by_whom_and_with_what(waqai: Waqai) -> None:
    text = "Three farmers were killed in an airstrike by Russian warplanes near Hama on 3 May 2021, activists said.\n"
    text += "Gunmen attacked a checkpoint near Palmyra.\n"
    ran = waqai("extract", "-", stdin=text)
    lines = [line.strip() for line in ran.stdout.splitlines()]
    head, *columns = lines[1].split(" · ")
    assert head == "k1: killed 3..3 civilian [incident]"
    assert columns == ["by Russian warplanes", "with airstrike", "in SY-HM", "on 2021-05-03", "says activists"]
    assert lines[2] == "“Three farmers”"
    assert "attack [stated] · by Gunmen · in SY-HI · on - · says -" in ran.stdout


def test_one_bad_document_is_told_and_the_others_go_on(waqai: Waqai) -> None:
    ran = waqai("run", DEMO)
    assert ran.returncode == 1
    assert "refused" in ran.stdout
    assert ran.stdout.count("stored") == 6
    assert "07-not-an-article.txt" in ran.stdout


def test_the_same_article_under_another_address_is_a_duplicate(waqai: Waqai, tmp_path: Path) -> None:
    text = (DEMO / "02-homs-ambush.txt").read_text(encoding="utf-8")
    copies = {"1": text, "2": text.replace("ا", "اـ").replace("\n", "\n\n"), "3": text, "4": f"{text}\nقتل رجل."}
    lines = [{"text": body, "url": f"https://example.org/{n}", "publisher": "One"} for n, body in copies.items()]
    lines[2]["publisher"] = "Another"
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first = waqai("run", "a.jsonl", "--format", "jsonl")
    assert first.returncode == 0, first.stderr
    told = {r["file"]: r["outcome"] for r in map(json.loads, first.stdout.splitlines())}
    assert told["a.jsonl:2"] == "duplicate"
    assert list(told.values()).count("stored") == 3
    (tmp_path / "b.jsonl").write_text(json.dumps({**lines[0], "url": "https://example.org/5"}), encoding="utf-8")
    again = waqai("run", "a.jsonl", "b.jsonl")
    assert again.stdout.count("duplicate ") == 2


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


@pytest.mark.parametrize("graph", ["private/{id}", "private/{short}*", "private/../x", "private/", "article/.."])
def test_a_private_graph_alone_and_odd_ids_touch_nothing(waqai: Waqai, tmp_path: Path, graph: str) -> None:
    article = json.loads(waqai("run", DEMO / "05-raqqa-mine.txt", "--format", "jsonl").stdout)["article"]
    article_id = article.rpartition("/")[2]
    name = graph.format(id=article_id, short=article_id[:2])
    hostile = f'<urn:a> <urn:b> "c" <https://w3id.org/waqai/graph/{name}> .\n'
    ran = waqai("load", "-", stdin=hostile)
    assert ran.returncode == 1
    assert "refused" in ran.stdout
    assert article in waqai("ask", "articles", "--format", "csv").stdout
    assert "ماهر" in waqai("why", "civilian-deaths-by-province", "--place", "SY-RA", "--names").stdout


def test_halves_of_characters_in_what_is_known_of_an_article_stop_nobody(waqai: Waqai, tmp_path: Path) -> None:
    text = "قتل 3 عناصر من قوات النظام في حمص."
    known = ('"publisher": "x\\ud800y"', '"file": "x\\ud800"', '"url": "https://e.example/\\ud800"')
    lines = [f'{{"text": "{text} ({number})", {slot}}}' for number, slot in enumerate(known)]
    (tmp_path / "odd.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / os.fsdecode(b"odd\xff.txt")).write_text(text, encoding="utf-8")
    ran = waqai("run", tmp_path / "odd.jsonl", tmp_path / os.fsdecode(b"odd\xff.txt"))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("stored") == 4


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
    again = waqai("run", DEMO / "02-homs-ambush.txt")
    assert again.returncode == 1
    assert "the publisher took it back" in again.stdout
    assert flagship(waqai) == {}
    assert waqai("run", DEMO / "02-homs-ambush.txt", "--restore").returncode == 0
    assert flagship(waqai)


def test_names_of_private_persons_are_masked_unless_asked_for(waqai: Waqai) -> None:
    waqai("run", DEMO / "05-raqqa-mine.txt")
    masked = waqai("why", "civilian-deaths-by-province", "--place", "SY-RA").stdout
    assert "ماهر" not in masked
    assert "█" in masked
    assert "ماهر" in waqai("why", "civilian-deaths-by-province", "--place", "SY-RA", "--names").stdout


def test_the_id_that_run_prints_names_the_article_in_a_question(waqai: Waqai) -> None:
    printed = waqai("run", DEMO / "02-homs-ambush.txt").stdout.split()[-1]
    short, full = (
        waqai("ask", "counts-of-article", "--set", f"article={article}", "--format", "csv")
        for article in (printed, f"https://w3id.org/waqai/article/{printed}")
    )
    assert short.returncode == 0, short.stderr
    assert short.stdout == full.stdout
    assert len(short.stdout.splitlines()) == 3


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
    old = waqai("graph", DEMO).stdout
    new = old.replace("2022-", "2021-")
    assert new != old
    assert waqai("load", "-", stdin=old).returncode == 0
    for turn, wait in enumerate((0.5, 0.9, 1.3, 1.7, 2.1, 2.5)):
        kill_while_loading(tmp_path / "store", old if turn % 2 else new, wait)
        for name, content in stored(tmp_path / "store").items():
            assert content in (graphs(old)[name], graphs(new)[name]), name
    assert waqai("load", "-", stdin=new).returncode == 0
    assert stored(tmp_path / "store") == graphs(new)


def kill_while_loading(store: Path, quads: str, wait: float) -> None:
    command = [sys.executable, "-m", "waqai", "load", "-", "--store", str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as load:
        assert load.stdin
        load.stdin.write(quads.encode())
        load.stdin.close()
        time.sleep(wait)
        load.send_signal(signal.SIGKILL)


def graphs(quads: str) -> dict[str, frozenset[str]]:
    """Name of an article's graph → its triples."""
    return by_graph(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


def stored(store: Path) -> dict[str, frozenset[str]]:
    """The same of what a store holds, seen by a reader."""
    with open_store(store) as opened:
        return by_graph(opened.quads())


def by_graph(quads: Iterable[ox.Quad]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode) and "/graph/article/" in quad.graph_name.value:
            found[quad.graph_name.value].add(str(quad.triple))
    return {name: frozenset(triples) for name, triples in found.items()}
