"""The verbs that answer: ask, why."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from waqai import account
from waqai.account.answers import RULE_OF
from waqai.ask import (
    Answer,
    Question,
    as_csv,
    as_json,
    as_panels,
    as_table,
    charts,
    find_question,
    in_terminal,
    load_questions,
    picture,
    read_question,
)
from waqai.cli.app import DEFAULT_STORE, Language, StoreAt, app, examples
from waqai.cli.reading import write_line
from waqai.cli.terminal import tell
from waqai.errors import ParameterError
from waqai.graph import deployment
from waqai.store import open_store

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Only harm on or after this day (YYYY-MM-DD).")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Only harm on or before this day (YYYY-MM-DD).")]
MinSources = Annotated[
    int | None, typer.Option("--min-sources", metavar="N", help="Only harm that N independent sources report.")
]
Readings = Annotated[
    Literal["preferred", "all"] | None, typer.Option(help="Where words are ambiguous: the preferred reading, or all.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE", help=f"Switch a named rule of reading off: {', '.join(sorted(RULE_OF.values()))}."),
]
Given = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Any parameter of the question, by its name.")
]
Bounds = Annotated[bool, typer.Option("--bounds", help="Where a question adds counts: answer by bounds instead.")]
Draw = Annotated[bool, typer.Option("--chart", help="Draw the answer in the terminal.")]
DrawTo = Annotated[
    Path | None, typer.Option("--chart-to", metavar="FILE", help="Draw the answer into a file: .svg or .png.")
]
Naive = Annotated[
    bool, typer.Option("--naive", help="Show a sum of counts that is not additive, marked as naive, and say why.")
]
_ID = re.compile("[0-9a-f]{20}")
"""An article's id, as `waqai run` prints it."""
_PARAMETER_OF = {rule: name for name, rule in RULE_OF.items()}


def console() -> Console:
    """Standard output; wide where it is no terminal, so that nothing is cut when it is piped."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=200)


def values_of(
    question: Question,
    since: str | None,
    until: str | None,
    min_sources: int | None,
    readings: str | None,
    without: list[str] | None,
    given: list[str] | None,
) -> dict[str, str]:
    """What the options say, as values of the question's parameters. Raises ParameterError for what it does not take."""
    options = {
        "from": since,
        "until": until,
        "minsources": None if min_sources is None else str(min_sources),
        "readings": None if readings is None else f"{readings}_reading{'s' * (readings == 'all')}",
    }
    values = {name: value for name, value in options.items() if value is not None}
    values |= dict(_switched_off(rule) for rule in without or [])
    values |= dict(_given(text) for text in given or [])
    taken = [p.name for p in question.parameters]
    for name in values:
        if name not in taken:
            raise ParameterError(
                f"{question.name} takes no parameter {name!r}",
                address=question.name,
                cure=f"it takes {', '.join(taken) or 'none'}; `waqai ask` lists all questions",
            )
    if _ID.fullmatch(values.get("article", "")):
        values["article"] = deployment().article(values["article"])
    return values


def _switched_off(rule: str) -> tuple[str, str]:
    if rule not in _PARAMETER_OF:
        raise ParameterError(
            f"no rule is called {rule!r}", address="--without", cure=f"one of {', '.join(sorted(_PARAMETER_OF))}"
        )
    return _PARAMETER_OF[rule], "false"


def _given(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ParameterError(f"{text!r} gives no value", address="--set", cure="write NAME=VALUE")
    return name, value


@app.command(
    epilog=examples(
        "waqai ask",
        "waqai ask militia-deaths-by-province",
        "waqai ask militia-deaths-by-province --from 2021-01-01 --to 2021-12-31 --min-sources 2 --format csv",
        "waqai ask militia-deaths-by-province --without closed_naming --readings all",
        "waqai ask militia-deaths-by-province --lang ar --chart-to militia.svg",
        "waqai ask counts-of-article --set article=0123456789abcdef0123",
    )
)
def ask(
    name: Annotated[
        str | None,
        typer.Argument(help="A saved question, or a file FILE.rq with one; none: list them.", show_default=False),
    ] = None,
    store: StoreAt = DEFAULT_STORE,
    output: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="How the answer is written.")
    ] = "table",
    since: From = None,
    until: To = None,
    min_sources: MinSources = None,
    readings: Readings = None,
    without: Without = None,
    given: Given = None,
    bounds: Bounds = False,
    naive: Naive = False,
    chart: Draw = False,
    chart_to: DrawTo = None,
    lang: Language = "en",
) -> None:
    """Ask a saved question; each answer names the revision of the store that it was given from."""
    if name is None:
        _list_questions(output, lang)
        return
    question = _question(name)
    values = values_of(question, since, until, min_sources, readings, without, given)
    with open_store(store) as opened:
        answered = account.answer(opened, question, values, lang, sums=_sums(bounds, naive))
    for note in answered.notes:
        tell(note)
    if chart or chart_to:
        _draw(answered, question, chart_to, lang)
        return
    if output == "json":
        sys.stdout.write(as_json(answered) + "\n")
    elif output == "csv":
        sys.stdout.write(as_csv(answered))
    else:
        console().print(as_table(answered, lang))
        tell(f"{len(answered.rows)} rows · revision {answered.revision} · the sentences: waqai why {name} --row …")


def _question(name: str) -> Question:
    """A saved question by its name, or one that is being written by its file, which ends in .rq."""
    path = Path(name)
    return read_question(path) if path.suffix == ".rq" and path.is_file() else find_question(name)


def _draw(answered: Answer, question: Question, path: Path | None, lang: str) -> None:
    if answered.question != question.name:
        question = find_question(answered.question)
    drawn = picture(answered, question, lang)
    if path is None:
        out = console()
        for line in in_terminal(drawn, min(out.width, 140)):
            out.print(line)
        return
    charts.write(drawn, path)
    tell(f"{len(drawn.bars)} rows drawn into {path}")


def _sums(bounds: bool, naive: bool) -> Literal["checked", "bounds", "naive"]:
    if bounds and naive:
        raise ParameterError("a sum is shown or replaced by bounds, not both", address="--naive", cure="give one")
    return "bounds" if bounds else "naive" if naive else "checked"


def _list_questions(output: str, lang: str) -> None:
    questions = load_questions().values()
    if output == "json":
        for question in questions:
            parameters = {
                p.name: {"type": p.type, "required": p.required, "default": p.default} for p in question.parameters
            }
            write_line({"question": question.name, "title": question.title[lang], "parameters": parameters})
        return
    if output == "csv":
        sys.stdout.writelines(f"{question.name}\n" for question in questions)
        return
    table = Table("question", "what it asks", "takes", box=None, title_justify="left")
    for question in questions:
        takes = " ".join(p.name if p.required else f"[{p.name}]" for p in question.parameters)
        table.add_row(question.name, question.title[lang], takes.replace("[", r"\["))
    console().print(table)


@app.command(
    epilog=examples(
        "waqai why militia-deaths-by-province --class iran_backed_militia --place SY-HI",
        "waqai why https://w3id.org/waqai/statement/…",
        "waqai why deaths-by-perpetrator --row perpetrator=… --names",
    )
)
def why(
    name: Annotated[str, typer.Argument(help="A saved question, or the IRI of a statement.")],
    store: StoreAt = DEFAULT_STORE,
    victim_class: Annotated[str | None, typer.Option("--class", help="The row's class.")] = None,
    place: Annotated[str | None, typer.Option(help="The row's place: a code, or several known jointly.")] = None,
    row: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=VALUE", help="What the row has in any column.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show the names of private persons, which are masked.")
    ] = False,
    output: Annotated[
        Literal["text", "jsonl"], typer.Option("--format", help="To read, or one JSON object a line.")
    ] = "text",
    since: From = None,
    until: To = None,
    min_sources: MinSources = None,
    readings: Readings = None,
    without: Without = None,
    given: Given = None,
    lang: Language = "en",
) -> None:
    """Show the sentences behind an answer: what was said, where, when, by whom, and by which rules it was read."""
    with open_store(store) as opened:
        if "://" in name:
            found = account.why(opened, None, {}, name, lang, unmasked=names)
        else:
            question = _question(name)
            values = values_of(question, since, until, min_sources, readings, without, given)
            chosen = {"class": victim_class, "place": place, **dict(_given(text) for text in row or [])}
            wanted = {column: value for column, value in chosen.items() if value is not None}
            found = account.why(opened, question, values, wanted, lang, unmasked=names)
    if output == "jsonl":
        for evidence in found:
            write_line({slot: getattr(evidence, slot) for slot in evidence.__dataclass_fields__})
        return
    console().print(as_panels(found, lang))
