"""The verbs that change the store: load, run, withdraw; and those that look after it: quarantine, lint."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from waqai import account
from waqai import lint as rooms
from waqai.cli.app import (
    DEFAULT_STORE,
    Address,
    ArticleLanguage,
    Language,
    Published,
    Publisher,
    Sources,
    StoreAt,
    app,
    examples,
)
from waqai.cli.reading import arrivals, graphs_from, write_line
from waqai.cli.terminal import complain, progress, receipt_lines, tell
from waqai.errors import InputError
from waqai.graph import ArticleGraphs, deployment
from waqai.pipeline import Intake, Reader, Receipt, read_and_graph
from waqai.quarantine import Quarantine
from waqai.read import Refusal
from waqai.store import Store, open_store

ReceiptForm = Annotated[
    Literal["text", "jsonl"], typer.Option("--format", help="Receipts to read, or one JSON object a line.")
]

Restore = Annotated[bool, typer.Option("--restore", help="Take articles in again that were withdrawn.")]


def quarantine_of(store: str) -> Quarantine:
    """Where refused articles are kept: inside an embedded store's folder, beside the caller for a remote store."""
    return Quarantine(Path("waqai-quarantine") if "://" in store else Path(store) / "quarantine")


def _take(
    store_at: str,
    stream: Iterable[tuple[str, ArticleGraphs] | Refusal],
    verb: str,
    output: str,
    lang: str,
    *,
    restore: bool,
) -> None:
    """Carry graphs through the gate into the store, tell what became of each, and bring the bounds up to date."""
    outcomes: Counter[str] = Counter()
    with open_store(store_at, write=True, create=True, verb=verb) as store:
        intake = Intake(store, quarantine_of(store_at), restore=restore)
        for receipt in intake.take(progress(stream, "loading")):
            outcomes[receipt.outcome] += 1
            _write_receipt(receipt, output, lang)
        account.refresh(store, progress)
        _summary(store, outcomes)
    if outcomes["quarantined"] or outcomes["refused"]:
        raise typer.Exit(1)


def _write_receipt(receipt: Receipt, output: str, lang: str) -> None:
    if output == "text":
        sys.stdout.writelines(f"{line}\n" for line in receipt_lines(receipt, lang))
        return
    findings = [{"severity": f.severity, "focus": f.focus, "shape": f.shape, **f.message} for f in receipt.findings]
    write_line({**{name: getattr(receipt, name) for name in receipt.__dataclass_fields__}, "findings": findings})


def _summary(store: Store, outcomes: Counter[str]) -> None:
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items())) or "nothing came in"
    tell(f"{told}; the store is at revision {store.revision()}")


@app.command(epilog=examples("waqai load news.nq", "waqai graph folder/ | waqai load -"))
def load(
    sources: Sources = None,
    store: StoreAt = DEFAULT_STORE,
    output: ReceiptForm = "text",
    restore: Restore = False,
    lang: Language = "en",
) -> None:
    """Take graphs of articles (N-Quads, TriG) through the gate into the store."""
    _take(store, graphs_from(sources), "load", output, lang, restore=restore)


@app.command(
    epilog=examples(
        "waqai run news.txt",
        "waqai run folder/ --store ./my-store",
        "waqai run CC-NEWS-20210503.warc.gz --format jsonl",
    )
)
def run(
    sources: Sources = None,
    store: StoreAt = DEFAULT_STORE,
    publisher: Publisher = None,
    published: Published = None,
    article_lang: ArticleLanguage = None,
    url: Address = None,
    output: ReceiptForm = "text",
    restore: Restore = False,
    lang: Language = "en",
) -> None:
    """Do it all in a row: read, extract, graph, check, load."""
    stream = arrivals(sources, publisher, published, article_lang, url)
    _take(store, read_and_graph(stream, Reader().loaded()), "run", output, lang, restore=restore)


@app.command(epilog=examples("waqai withdraw 5c0de… --reason 'the publisher retracted it'"))
def withdraw(
    article: Annotated[str, typer.Argument(help="The article's IRI or its id.")],
    reason: Annotated[str, typer.Option(help="Why it is taken out; kept in the tombstone.", prompt=True)],
    store: StoreAt = DEFAULT_STORE,
) -> None:
    """Take an article out of the store again; a tombstone with the reason stays."""
    if not reason.strip():
        raise InputError("a withdrawal needs a reason", address="--reason", cure="say why the article is taken out")
    iris = deployment()
    article_id = article.rstrip("/").rpartition("/")[2]
    with open_store(store, write=True, verb="withdraw") as opened:
        if iris.article_graph(article_id) not in opened.graph_names():
            raise InputError(
                f"no article {article_id!r} is stored",
                address=store,
                cure="`waqai ask articles` lists what is stored",
            )
        opened.withdraw(article_id, reason)
        account.refresh(opened, progress)
        tell(f"withdrawn; the store is at revision {opened.revision()}")
    quarantine_of(store).release(iris.article(article_id))


@app.command(epilog=examples("waqai quarantine", "waqai quarantine --format turtle"))
def quarantine(
    store: StoreAt = DEFAULT_STORE,
    output: Annotated[
        Literal["text", "jsonl", "turtle"], typer.Option("--format", help="`turtle` writes the SHACL reports.")
    ] = "text",
    lang: Language = "en",
) -> None:
    """Show the articles that the gate refused: focus node, shape, and what to do."""
    for entry in quarantine_of(store):
        if output == "turtle":
            sys.stdout.write(entry.report())
        elif output == "jsonl":
            findings = [
                {"severity": f.severity, "focus": f.focus, "shape": f.shape, **f.message} for f in entry.findings
            ]
            sys.stdout.write(
                json.dumps({"article": entry.article, "file": entry.file, "findings": findings}, ensure_ascii=False)
                + "\n"
            )
        else:
            receipt = Receipt("quarantined", entry.file, entry.article, findings=entry.findings)
            sys.stdout.writelines(f"{line}\n" for line in receipt_lines(receipt, lang))


@app.command(epilog=examples("waqai lint", "waqai lint --no-reasoner --no-proofs", "waqai lint --write-inferred"))
def lint(
    reasoner: Annotated[
        bool | None, typer.Option(help="Run the OWL reasoner (needs Java); by default where Java is there.")
    ] = None,
    proofs: Annotated[
        bool, typer.Option(help="Read every example of the lexicon, with and without its entry (half a minute).")
    ] = True,
    write_inferred: Annotated[
        bool, typer.Option("--write-inferred", help="First write what the reasoner concludes to ontology/inferred.ttl.")
    ] = False,
) -> None:
    """Check the data rooms (ontology, shapes, lexicon, queries) against themselves and each other."""
    if write_inferred:
        tell(f"wrote {rooms.write_inferred()}")
    errors = 0
    for finding in rooms.lint(reasoner=reasoner, proofs=proofs):
        errors += finding.severity == "error"
        sys.stdout.write(f"{finding.severity:<8} {finding.address}: {finding.message}\n")
        if finding.cure:
            sys.stdout.write(f"         → {finding.cure}\n")
    if errors:
        complain(f"{errors} errors in the data rooms")
        raise typer.Exit(1)
    tell("the data rooms are in order")
