"""The command line's application and the options that verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import waqai

app = typer.Typer(
    name="waqai",
    help="What sources say about armed conflict: a graph with evidence, honest bounds, and the sentence behind every "
    "number.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DEFAULT_STORE = "./waqai-store"

Sources = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders; `-` or nothing is standard input.", allow_dash=True, show_default=False),
]
StoreAt = Annotated[
    str, typer.Option("--store", envvar="WAQAI_STORE", help="The store: a folder, or the URL of a SPARQL endpoint.")
]
Language = Annotated[Literal["ar", "en"], typer.Option("--lang", help="The language of labels and messages.")]
Publisher = Annotated[str | None, typer.Option(help="Who published it, where the file does not say.")]
Published = Annotated[str | None, typer.Option(help="The publication day: YYYY, YYYY-MM or YYYY-MM-DD.")]
ArticleLanguage = Annotated[
    Literal["ar", "en"] | None, typer.Option("--article-lang", help="The articles' language, where it is not found.")
]
Address = Annotated[str | None, typer.Option("--url", help="The article's address on the web.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"waqai {waqai.__version__}")
        raise typer.Exit


@app.callback()
def waqai_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Take the options that stand before a verb."""
    assert not version  # noqa: S101 - the callback has left already


def examples(*lines: str) -> str:
    """The examples at the foot of a verb's help, one a line."""
    return "Examples:\n\n" + "\n\n".join(f"`{line}`" for line in lines)
