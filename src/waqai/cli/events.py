"""The verb `events`: which articles tell of one incident, and why they are taken to."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from waqai.account.events import Account, Event, Judgement, Telling, Toll, events_of, telling, tellings, toll, tolls
from waqai.cli.app import DEFAULT_STORE, StoreAt, app, examples
from waqai.cli.reading import Refused, arrivals, write_line
from waqai.cli.terminal import progress
from waqai.graph import Iris, deployment
from waqai.pipeline import Reader
from waqai.store import open_store

Articles = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders of articles, `-` for standard input; nothing: the store.", allow_dash=True),
]


@app.command(
    epilog=examples("waqai events", "waqai events news.jsonl --format jsonl", "waqai events --store ./my-store")
)
def events(
    sources: Articles = None,
    store: StoreAt = DEFAULT_STORE,
    output: Annotated[
        Literal["text", "jsonl"], typer.Option("--format", help="To read, or one JSON object an event.")
    ] = "text",
) -> None:
    """Group what articles tell into events: one incident, its accounts, and the reasons why they are of it."""
    files: dict[str, list[str]] = defaultdict(list)
    refused = Refused()
    if sources:
        iris = deployment()
        told = list(_read(sources, refused, files, iris))
    else:
        with open_store(store) as opened:
            iris = opened.iris
            told = list(progress(tellings(opened), "reading"))
        for article in told:
            files[article.iri].append(article.file)
    for event in _deadly_first(events_of(told, iris)):
        if output == "jsonl":
            write_line(as_json(event, files, iris))
        else:
            sys.stdout.write("\n".join(_readable(event, files, iris)) + "\n")
    refused.leave()


def _read(sources: list[Path], refused: Refused, files: dict[str, list[str]], iris: Iris) -> Iterable[Telling]:
    """What articles of files tell, and under which names they came."""
    reader = Reader(iris).loaded()
    for article in progress(refused.report(arrivals(sources)), "reading"):
        files[iris.article(article.id)].append(article.file)
        graphs = reader.graphs(article)
        private = graphs.graphs[iris.private_graph(article.id)]
        yield telling(graphs.article, graphs.graphs[iris.article_graph(article.id)], iris, private)


def _files(accounts: Iterable[Account], files: Mapping[str, list[str]]) -> list[str]:
    return sorted({name for account in accounts for name in files[account.article.iri]})


def as_json(event: Event, files: Mapping[str, list[str]], iris: Iris) -> dict[str, Any]:
    """One event as plain JSON: `articles` are about it, `mentioned_by` are about something else."""
    main = _files((account for account in event.accounts if account.main), files)
    everywhere = _files(event.accounts, files)
    days = [account.days for account in event.accounts if account.days]
    said = event.sayings()
    return {
        "event": iris.event(event.anchor.iri),
        "articles": main,
        "mentioned_by": [name for name in everywhere if name not in main],
        "civilians_killed": _interval(toll(said)),
        "tolls": [_toll(row) for row in tolls(said)],
        "from": min((first for first, _ in days)).isoformat() if days else None,
        "until": max((last for _, last in days)).isoformat() if days else None,
        "places": sorted({place for account in event.accounts for place in account.places}),
        "units": sorted({unit for account in event.accounts for unit in account.units}),
        "kinds": sorted({kind for account in event.accounts for kind in account.kinds}),
        "perpetrators": sorted({doer for account in event.accounts for doer in account.doers}),
        "sources": sorted({told.originator for account in event.accounts for told in account.told}),
        "accounts": [account.iri for account in event.accounts],
        "same": [_judgement(judgement) for judgement in event.judgements],
        "unsure": [_judgement(judgement) for judgement in event.open if judgement.verdict == "unsure"],
    }


def _deadly_first(found: Iterable[Event]) -> list[Event]:
    """Events with a number of civilians killed before those without, else as they come."""
    return sorted(found, key=lambda event: toll(event.sayings()).low is None)


def _interval(found: Toll) -> list[int | None] | None:
    """Low and high; no number at all is null."""
    return None if found.low is None else [found.low, found.high]


def _toll(row: Toll) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "victims": row.victim_class,
        "low": row.low,
        "high": row.high,
        "statements": list(row.statements),
        "left_out": dict(row.left_out),
    }


def _ends(row: Mapping[str, Any]) -> str:
    if row["high"] is None:
        return f"at least {row['low']}"
    return str(row["low"]) if row["low"] == row["high"] else f"{row['low']} to {row['high']}"


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "accounts": [judgement.one, judgement.other],
        "verdict": judgement.verdict,
        "score": judgement.score,
        "evidence": dict(judgement.evidence),
    }


def _readable(event: Event, files: Mapping[str, list[str]], iris: Iris) -> list[str]:
    line = as_json(event, files, iris)
    where = ", ".join([*line["places"], *line["units"]]) or "-"
    head = f"{line['from'] or 'no day'} · {where} · {', '.join(line['kinds']) or '-'} · accounts: {len(event.accounts)}"
    return [
        head,
        *(f"  {row['outcome']}, {row['victims']}: {_ends(row)}" for row in line["tolls"]),
        *(f"  {name}" for name in line["articles"]),
        *(f"  {name} (mentions it)" for name in line["mentioned_by"]),
    ]
