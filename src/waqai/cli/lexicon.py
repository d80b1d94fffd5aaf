"""The verbs for whoever edits the lexicon and the registers: what a change does, what a word meets."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from waqai import resources
from waqai.cli.app import ArticleLanguage, Sources, app, examples
from waqai.cli.reading import Refused, arrivals, write_line
from waqai.cli.terminal import progress
from waqai.errors import InputError
from waqai.lexicon.cases import Proof, proofs
from waqai.lexicon.load import read_lexicon
from waqai.lint.actors import account as actor_account
from waqai.lint.effect import Change, effect, summary
from waqai.lint.lookup import lookup
from waqai.lint.proofs import Prover
from waqai.lint.proofs import account as proofs_account
from waqai.lint.versions import here, version
from waqai.resolve.registers import load_registers
from waqai.text.letters import is_arabic

lexicon = typer.Typer(help="Try out changes of the lexicon and the registers.", no_args_is_help=True)
app.add_typer(lexicon, name="lexicon")

SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


@lexicon.command(
    "effect",
    epilog=examples("waqai lexicon effect articles/", "waqai lexicon effect news.jsonl --against HEAD~3"),
)
def effect_verb(
    sources: Sources = None,
    against: Annotated[
        str, typer.Option(help="The version before: a commit, a lexicon's folder, or a checkout.")
    ] = "HEAD",
    output: Annotated[
        Literal["table", "jsonl"], typer.Option("--format", help="Lines to read, or one JSON object a change.")
    ] = "table",
    article_lang: ArticleLanguage = None,
) -> None:
    """Say what the edits of lexicon and registers gain and lose over articles. Exit code 1 if there is a difference."""
    refused = Refused()
    articles = refused.report(arrivals(sources, lang=article_lang))
    with version(against) as before:
        changes = list(effect(progress(articles, "reading twice"), before, here()))
    for change in changes:
        if output == "jsonl":
            write_line(_as_json(change))
        else:
            sys.stdout.writelines(f"{line}\n" for line in _told(change))
    if output == "table":
        sys.stdout.writelines(f"{line}\n" for line in _table(changes))
    refused.leave()
    if changes:
        raise typer.Exit(1)


def _as_json(change: Change) -> dict[str, object]:
    names = ("kind", "file", "rule", "quote", "sentence", "before", "after")
    return {name: getattr(change, name) for name in names}


def _told(change: Change) -> list[str]:
    head = f"{SIGNS[change.kind]} {change.file} · {change.rule} · {change.quote}"
    if change.kind == "changed":
        said = [f"    {s}: {change.before.get(s, '-')} → {change.after.get(s, '-')}" for s in change.slots]
    else:
        said = ["    " + ", ".join(f"{s}: {v}" for s, v in (change.after or change.before).items())]
    return [head, f"    “{' '.join(change.sentence.split())}”", *said]


def _table(changes: list[Change]) -> list[str]:
    gained, lost, changed = (sum(change.kind == kind for change in changes) for kind in SIGNS)
    rows = [*summary(changes), ("all", gained, lost, changed)]
    return [
        f"{'gained':>7}{'lost':>7}{'changed':>9}  rule",
        *(f"{more:>7}{less:>7}{other:>9}  {rule}" for rule, more, less, other in rows),
    ]


@lexicon.command(epilog=examples("waqai lexicon show قتلى", "waqai lexicon show 'at least five soldiers'"))
def show(
    words: Annotated[str, typer.Argument(help="A word, a phrase or a sentence.")],
    article_lang: ArticleLanguage = None,
) -> None:
    """Say which entries of the lexicon and which names a word or a sentence meets, and how each word is looked up."""
    lang = article_lang or ("ar" if any(is_arabic(letter) for letter in words) else "en")
    for line in lookup(words, lang, resources.room("lexicon"), load_registers(resources.room("ontology"))):
        typer.echo(line)


@lexicon.command(
    epilog=examples("waqai lexicon prove en/victims.yml:shepherd", "waqai lexicon prove actor/russian-forces")
)
def prove(
    entry: Annotated[str, typer.Argument(help="An entry (en/victims.yml:shepherd), a file (en/places.yml), an actor.")],
) -> None:
    """Say what is read in the examples of an entry, or for the names of an actor. Exit code 1 if something is wrong."""
    known, registers = read_lexicon(resources.room("lexicon")), load_registers(resources.room("ontology"))
    prover = Prover(known, registers)
    chosen = (proof for proof in proofs(resources.room("lexicon")) if _means(entry, proof))
    lines = [line for proof in chosen for line in proofs_account(prover, proof)]
    actor = registers.actors.get(entry.removeprefix("actor/"))
    lines += actor_account(actor, known, registers) if actor else ()
    if not lines:
        cure = "write language/file.yml:id, language/file.yml, or actor/id"
        raise InputError("there is no such entry", address=entry, cure=cure)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if any(line.startswith("  wrong: ") for line in lines):
        raise typer.Exit(1)


def _means(entry: str, proof: Proof) -> bool:
    file = f"{proof.lang}/{proof.sort}.yml"
    return entry in (file, f"{file}:{proof.id}", proof.address)
