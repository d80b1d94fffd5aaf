"""The verbs that need no store: read, extract, graph, check."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import pyoxigraph as ox
import typer

from waqai.cli.app import Address, ArticleLanguage, Language, Published, Publisher, Sources, app, examples
from waqai.cli.terminal import complain, finding_lines, progress, tell
from waqai.errors import ArticleError, InputError
from waqai.extract.counts import counts_of
from waqai.graph import ArticleGraphs, deployment
from waqai.model import ActorRef, Article, CasualtyCount, Day, Statement
from waqai.pipeline import Reader, graphs_of, read_and_graph
from waqai.read import PassedOver, Refusal, read_articles
from waqai.validate import Gate

GRAPH_FILES = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}


def arrivals(
    sources: list[Path] | None,
    publisher: str | None = None,
    published: str | None = None,
    lang: Literal["ar", "en"] | None = None,
    url: str | None = None,
) -> Iterator[Article | Refusal]:
    """Articles and refusals from files, folders and standard input, in order."""
    day = None
    if published:
        try:
            day = Day.parse(published)
        except ValueError as error:
            raise InputError(
                f"{published!r} is no day", address="--published", cure="write YYYY, YYYY-MM or YYYY-MM-DD"
            ) from error
    for source in sources or [Path("-")]:
        where = sys.stdin.buffer if str(source) == "-" else source
        for arrival in read_articles(where, publisher=publisher, published=day, lang=lang, url=url):
            if isinstance(arrival, PassedOver):
                tell(f"waqai: {arrival.file}: passed over {arrival.told()}")
            else:
                yield arrival


class Refused:
    """Passes articles on and keeps count of the documents that could not be read, naming each as it comes."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, stream: Iterable[Article | Refusal]) -> Iterator[Article]:
        """Only the articles; each refusal is told."""
        for arrival in stream:
            if isinstance(arrival, Refusal):
                self.count += 1
                complain(str(ArticleError(arrival.reason, address=arrival.file, cure=arrival.cure)))
            else:
                yield arrival

    def leave(self) -> None:
        """Leave with exit code 1 if anything was refused."""
        if self.count:
            raise typer.Exit(1)


def write_line(value: object) -> None:
    """One JSON object on a line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


@app.command(
    epilog=examples(
        "waqai read news.html",
        "waqai read CC-NEWS-20210503.warc.gz > articles.jsonl",
        "waqai read feed.xml",
        "waqai read folder/ --publisher 'Enab Baladi' > articles.jsonl",
        "cat a.txt | waqai read",
    )
)
def read(
    sources: Sources = None,
    publisher: Publisher = None,
    published: Published = None,
    article_lang: ArticleLanguage = None,
    url: Address = None,
) -> None:
    """Read text, HTML, feeds, JSON Lines or WARC into articles, written as JSON Lines (docs/inputs.md)."""
    refused = Refused()
    stream = refused.report(arrivals(sources, publisher, published, article_lang, url))
    for article in progress(stream, "reading"):
        write_line(
            {
                "id": article.id,
                "file": article.file,
                "lang": article.lang,
                "publisher": article.publisher,
                "published": article.published.iso() if article.published else None,
                "url": article.url,
                "headline": article.headline.of(article.text) if article.headline else None,
                **({"summary": True} if article.summary else {}),
                "text": article.text,
            }
        )
    refused.leave()


@app.command(
    epilog=examples(
        "waqai extract news.txt",
        "waqai extract articles.jsonl --format counts > counts.jsonl",
        "waqai read news.html | waqai extract - --format jsonl",
    )
)
def extract(
    sources: Sources = None,
    output: Annotated[
        Literal["table", "counts", "jsonl"],
        typer.Option("--format", help="`table` to read, `counts` for scoring, `jsonl` for every statement in full."),
    ] = "table",
    publisher: Publisher = None,
    published: Published = None,
    article_lang: ArticleLanguage = None,
    url: Address = None,
) -> None:
    """Say what each article states: who was harmed, how many, by whom, where, when, according to whom."""
    reader, refused = Reader().loaded(), Refused()
    stream = refused.report(arrivals(sources, publisher, published, article_lang, url))
    for article in progress(stream, "extracting"):
        statements = reader.statements(article)
        if output == "counts":
            write_line(counts_of(article, statements))
        elif output == "jsonl":
            write_line({"file": article.file, "article": article.id, "statements": [as_json(s) for s in statements]})
        else:
            sys.stdout.write("\n".join(_readable(article, statements)) + "\n")
    refused.leave()


def as_json(value: Any) -> Any:
    """A value of the model as plain JSON: spans as pairs, days as ISO dates, empty slots left out."""
    if isinstance(value, Day):
        return value.iso()
    if hasattr(value, "__dataclass_fields__"):
        slots = {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
        return (
            list(slots.values())
            if set(slots) == {"start", "end"} and type(value).__name__ == "Span"
            else {name: slot for name, slot in slots.items() if slot not in (None, [], {}, False)}
        )
    if isinstance(value, tuple | list):
        return [as_json(part) for part in value]
    return sorted(value) if isinstance(value, frozenset) else value


def _readable(article: Article, statements: list[Statement]) -> list[str]:
    """Two lines a statement, so that it can be read on a narrow terminal: what is said; in which words."""
    lines = [f"{article.file} ({article.lang}, {article.published.iso() if article.published else 'no date'})"]
    for statement in statements:
        words = " | ".join(span.of(article.text) for span in statement.evidence)
        lines += [f"  {statement.id}: {' · '.join(_columns(statement))}", f"      “{words}”"]
        lines += [
            f"      {r.kind} {r.target} ({r.asserted_by}: {r.reason})" for r in getattr(statement, "relations", ())
        ]
    return lines


def _columns(statement: Statement) -> Iterator[str]:
    """What is said, by whom, with what (of counts), where, when, and who says so; `-` where the text does not say."""
    if isinstance(statement, CasualtyCount):
        number = f"{_end(statement.low)}..{_end(statement.high)}" if statement.operator != "vague" else "vague"
        yield f"{statement.outcome} {number} {statement.victims.class_code()} [{statement.kind}]"
        yield f"by {_words(statement.perpetrators)}"
        yield f"with {', '.join(statement.methods) or '-'}"
    else:
        yield f"{statement.kind} [{statement.certainty}]"
        yield f"by {_words(statement.actors)}"
    yield f"in {' '.join(statement.units) or statement.country or '-'}"
    when = statement.period.edtf()
    yield f"on {when if when != '/' else '-'}"
    yield f"says {_words(statement.source[:1])}"


def _words(actors: tuple[ActorRef, ...]) -> str:
    return ", ".join(actor.words for actor in actors) or "-"


def _end(number: int | None) -> str:
    return "" if number is None else str(number)


@app.command(
    epilog=examples("waqai graph news.txt > news.nq", "waqai graph news.txt --format trig", "waqai graph - < a.txt")
)
def graph(
    sources: Sources = None,
    output: Annotated[
        Literal["nquads", "trig"], typer.Option("--format", help="How the quads are written.")
    ] = "nquads",
    publisher: Publisher = None,
    published: Published = None,
    article_lang: ArticleLanguage = None,
    url: Address = None,
) -> None:
    """Write each article's statements as RDF, one named graph an article."""
    refused = Refused()
    stream = refused.report(arrivals(sources, publisher, published, article_lang, url))
    form = ox.RdfFormat.TRIG if output == "trig" else ox.RdfFormat.N_QUADS
    for _, arrival in progress(_graphed(stream), "writing graphs"):
        quads = [quad for graph in arrival.graphs.values() for quad in graph]
        sys.stdout.write((ox.serialize(quads, format=form) or b"").decode())
    refused.leave()


def _graphed(stream: Iterable[Article]) -> Iterator[tuple[str, ArticleGraphs]]:
    for arrival in read_and_graph(stream, Reader().loaded()):
        if not isinstance(arrival, Refusal):
            yield arrival


def graphs_from(sources: list[Path] | None) -> Iterator[tuple[str, ArticleGraphs] | Refusal]:
    """Graphs of articles from N-Quads or TriG files, folders of them, or N-Quads on standard input."""
    iris = deployment()
    for source in _graph_files(sources or [Path("-")]):
        name = "standard input" if str(source) == "-" else str(source)
        try:
            content = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
            quads = list(ox.parse(content, format=GRAPH_FILES.get(source.suffix, ox.RdfFormat.N_QUADS)))
        except (SyntaxError, ValueError, OSError) as error:
            yield Refusal(name, f"not readable as RDF: {error}", "hand in N-Quads or TriG as `waqai graph` writes them")
            continue
        try:
            yield from graphs_of(quads, name, iris)
        except InputError as error:
            yield Refusal(name, error.message, error.cure)


def _graph_files(sources: list[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.suffix in GRAPH_FILES)
        else:
            yield source


@app.command(epilog=examples("waqai check news.nq", "waqai graph news.txt | waqai check -"))
def check(
    sources: Sources = None,
    output: Annotated[
        Literal["text", "turtle"], typer.Option("--format", help="`text` to read, `turtle` for the SHACL report.")
    ] = "text",
    lang: Language = "en",
) -> None:
    """Hold graphs of articles against the shapes. Exit code 1 if there is a Violation."""
    gate, refused = Gate(), 0
    for arrival in progress(graphs_from(sources), "checking"):
        if isinstance(arrival, Refusal):
            complain(str(ArticleError(arrival.reason, address=arrival.file, cure=arrival.cure)))
            refused += 1
            continue
        file, graphs = arrival
        verdict = gate.verdict(
            quad for name, quads in graphs.graphs.items() if "/graph/private/" not in name for quad in quads
        )
        refused += not verdict.accepted
        if output == "turtle":
            sys.stdout.write(verdict.turtle())
            continue
        sys.stdout.write(f"{'accepted' if verdict.accepted else 'refused '} {graphs.article} ({file})\n")
        sys.stdout.writelines(f"  {line}\n" for f in verdict.findings for line in finding_lines(f, lang))
    if refused:
        raise typer.Exit(1)
