"""The verb that audits: what sources say that cannot hold together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from waqai import ask
from waqai.account import Names, audit
from waqai.account.audit import SourceFinding
from waqai.account.series import Series
from waqai.ask import Evidence
from waqai.cli.app import DEFAULT_STORE, Language, StoreAt, app, examples
from waqai.cli.asking import console
from waqai.cli.reading import write_line
from waqai.cli.terminal import tell
from waqai.store import Store, open_store

_WORDS = {
    "en": {
        "repair": "the smallest repair changes {changes}; in every one of them {number} stays",
        "repaired": "the smallest repair changes {changes}; in every one of them {number} is {value}",
        "between": "between {low} and {high}",
        "from": "{low} or more",
        "found": "findings: {number}; what is wrong is what was read; look at the sentences",
        "series": "a running total since {first}, by {source}",
    },
    "ar": {
        "repair": "أصغر إصلاح يغيّر {changes}؛ وفي كل إصلاح يبقى {number}",
        "repaired": "أصغر إصلاح يغيّر {changes}؛ وفي كل إصلاح يكون {number} {value}",
        "between": "بين {low} و{high}",
        "from": "{low} أو أكثر",
        "found": "{number} من الملاحظات: الخطأ في ما قُرئ؛ انظر الجمل",
        "series": "مجموع جارٍ منذ {first}، قاله {source}",
    },
}


@app.command(
    name="audit",
    epilog=examples(
        "waqai audit --store ./my-store",
        "waqai audit --source 'Syrian Observatory for Human Rights' --format jsonl",
        "waqai audit --series",
    ),
)
def audit_(
    store: StoreAt = DEFAULT_STORE,
    source: Annotated[
        str | None, typer.Option(metavar="ORIGINATOR", help="Only findings about this source, by IRI or name.")
    ] = None,
    article: Annotated[
        str | None, typer.Option(metavar="ARTICLE", help="Only findings in this article, by IRI or id.")
    ] = None,
    series: Annotated[
        bool, typer.Option("--series", help="Show the running totals instead, with their differences.")
    ] = False,
    output: Annotated[
        Literal["text", "jsonl"], typer.Option("--format", help="To read, or one JSON object a line.")
    ] = "text",
    lang: Language = "en",
) -> None:
    """Tell what sources say that cannot hold together, with the smallest set of sentences; 1 if there is anything."""
    with open_store(store) as opened:
        who = Names(opened, opened.iris, lang).originator(source).iri if source else None
        if series:
            _show_series(opened, who, article, output, lang)
            return
        found = [f for f in audit.kept(opened) if _wanted(f, who, article)]
        proofs = [ask.evidence(opened, f.statements, lang) for f in found]
    for finding, proof in zip(found, proofs, strict=True):
        if output == "jsonl":
            write_line(_as_object(finding, proof))
        else:
            _print(finding, proof, lang)
    tell(_WORDS[lang]["found"].format(number=len(found)))
    if found:
        raise typer.Exit(1)


def _wanted(finding: SourceFinding, source: str | None, article: str | None) -> bool:
    named = article is None or any(a == article or a.endswith(f"/{article}") for a in finding.articles)
    return named and (source is None or source in finding.sources)


def _as_object(finding: SourceFinding, proof: list[Evidence]) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "sources": finding.sources,
        "articles": finding.articles,
        "statements": finding.statements,
        "reason": finding.reason,
        "minimal_sets": finding.sets,
        "smallest_repair": finding.changes,
        "values": {iri: {"low": low, "high": high} for iri, (low, high) in finding.values.items()},
        "sentences": [{"statement": e.statement, "sentence": e.sentence, "exact": e.exact} for e in proof],
    }


def _print(finding: SourceFinding, proof: list[Evidence], lang: str) -> None:
    console().print(f"[bold]{finding.kind}[/bold]: {finding.reason[lang]}")
    for line in _repairs(finding, proof, lang):
        console().print(f"  {line}", markup=False)
    console().print(ask.as_panels(proof, lang))


def _repairs(finding: SourceFinding, proof: list[Evidence], lang: str) -> list[str]:
    words = _WORDS[lang]
    exact = {e.statement: (e.low, e.high, e.exact) for e in proof}
    lines = []
    for iri, (low, high) in finding.values.items():
        stated = exact.get(iri)
        if stated is None:
            continue
        value = str(low) if low == high else words["from" if high is None else "between"].format(low=low, high=high)
        text = words["repair" if stated[:2] == (low, high) else "repaired"]
        lines.append(text.format(changes=finding.changes, number=f"«{stated[2]}»", value=value))
    return lines


def _show_series(store: Store, source: str | None, article: str | None, output: str, lang: str) -> None:
    for told in audit.read_ledger(store).series():
        articles = {m.count.article for m in told.members}
        named = article is None or any(a == article or a.endswith(f"/{article}") for a in articles)
        if not named or (source is not None and told.originator != source):
            continue
        if output == "jsonl":
            write_line(_series_object(told))
            continue
        head = _WORDS[lang]["series"].format(first=told.first, source=told.originator)
        console().print(f"[bold]{told.outcome}[/bold]: {head}")
        rises = {d.later.count.iri: d for d in told.differences()}
        for member in told.members:
            step = rises.get(member.count.iri)
            rise = "" if step is None or not step.same_scope else f"  {_signed(step.low)}…{_signed(step.high)}"
            console().print(f"  {member.day or '?'}  {member.count.low}…{member.count.high}{rise}", markup=False)


def _signed(number: int | None) -> str:
    return "" if number is None else f"{number:+d}"


def _series_object(told: Series) -> dict[str, Any]:
    return {
        "outcome": told.outcome,
        "source": told.originator,
        "from": told.first.isoformat() if told.first else None,
        "members": [
            {
                "statement": m.count.iri,
                "day": m.day.isoformat() if m.day else None,
                "low": m.count.low,
                "high": m.count.high,
            }
            for m in told.members
        ],
        "differences": [
            {
                "earlier": d.earlier.count.iri,
                "later": d.later.count.iri,
                "low": d.low,
                "high": d.high,
                "same_scope": d.same_scope,
                "falls": d.falls,
            }
            for d in told.differences()
        ],
    }
