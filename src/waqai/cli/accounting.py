"""The verbs of the ledger: bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from waqai import account, ask
from waqai.account import Finding, Inquiry, Names, Policy, Words
from waqai.account.observations import LANGS
from waqai.account.rules import ALL_READINGS, PREFERRED_READING, SWITCHES
from waqai.account.separate import REASONS
from waqai.ask import Evidence
from waqai.cli.app import DEFAULT_STORE, Language, StoreAt, app, examples
from waqai.cli.asking import MinSources, Readings, Without, console
from waqai.cli.reading import write_line
from waqai.cli.terminal import tell
from waqai.errors import ParameterError
from waqai.store import open_store

Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Only harm on or before this day (YYYY-MM-DD).")
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="Only harm on or after this day (YYYY-MM-DD).")
]
WORDS = {
    "en": {
        "place": "place",
        "low": "lowest",
        "high": "highest",
        "rules": "rules",
        "naive": "naive sum, not an answer",
        "tight": "narrowest",
        "yes": "yes",
        "no": "perhaps not",
        "unnamed": "further statements, not shown",
        "separate": "not combined",
        "anywhere": "anywhere",
        "open": "open",
        "caveat": "Reported, not true deaths: what the statements allow at least and at most.",
    },
    "ar": {
        "place": "المكان",
        "low": "الأدنى",
        "high": "الأعلى",
        "rules": "القواعد",
        "naive": "جمع ساذج، ليس جواباً",
        "tight": "الأضيق",
        "yes": "نعم",
        "no": "ربما لا",
        "unnamed": "أقوال أخرى لا تظهر هنا",
        "separate": "لم يُجمع بينهما",
        "anywhere": "أي مكان",
        "open": "مفتوح",
        "caveat": "المُبلَّغ عنه لا الحقيقي: أقل ما تسمح به الأقوال وأكثره.",
    },
}


@app.command(
    epilog=examples(
        "waqai bounds --class pro_government_militia --place SY-HI --place SY-DY --from 2021-01-01",
        "waqai bounds --class civilian --place Aleppo --by 'Islamic State' --why",
        "waqai bounds --class civilian --place SY --source 'Syrian Observatory for Human Rights' --naive --format json",
    )
)
def bounds(
    victim_class: Annotated[str, typer.Option("--class", help="Who was harmed: a victim class, by code or name.")],
    outcome: Annotated[str, typer.Option(help="What happened to them, by code or name.")] = "killed",
    place: Annotated[
        list[str] | None, typer.Option(help="A first-level unit or a country, by code or name; none: anywhere.")
    ] = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Only harm by this actor and by all beneath it.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="ORIGINATOR", help="Only what begins with these sources.")
    ] = None,
    min_sources: MinSources = None,
    readings: Readings = None,
    without: Without = None,
    naive: Annotated[bool, typer.Option("--naive", help="Show beside it what adding the numbers would say.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show the sentences that force each end.")] = False,
    output: Annotated[
        Literal["text", "json"], typer.Option("--format", help="To read, or one JSON document.")
    ] = "text",
    store: StoreAt = DEFAULT_STORE,
    lang: Language = "en",
) -> None:
    """Tell the lowest and the highest number of reported victims that the statements allow, and which force it."""
    policy = _policy(min_sources, readings, without or [])
    words = Words(outcome, victim_class, place or [], by, source or [], since, until)
    with open_store(store) as opened:
        inquiry = words.inquiry(Names(opened, opened.iris, lang), policy)
        found = account.inquire(opened, inquiry)
        proofs = [ask.evidence(opened, f.bound.statements, lang) if why else [] for f in found]
        revision = opened.revision()
    if output == "json":
        rows = [_row(f, proof, naive=naive, why=why) for f, proof in zip(found, proofs, strict=True)]
        write_line(_document(inquiry, rows, revision, lang))
        return
    console().print(_table(inquiry, found, lang, naive=naive))
    tell(f"{WORDS[lang]['caveat']} · revision {revision}")
    for finding, proof in zip(found, proofs, strict=True):
        if proof:
            console().print(_proof(finding, proof, lang))


def _policy(min_sources: int | None, readings: str | None, without: list[str]) -> Policy:
    if min_sources is not None and min_sources < 1:
        raise ParameterError("fewer than one source", address="--min-sources", cure="give 1 or more")
    for rule in without:
        if rule not in SWITCHES:
            raise ParameterError(
                f"no rule is called {rule!r}", address="--without", cure=f"one of {', '.join(sorted(SWITCHES))}"
            )
    return Policy(
        minimum_sources=min_sources or 1,
        readings=ALL_READINGS if readings == "all" else PREFERRED_READING,
        off=frozenset(without),
    )


def _document(inquiry: Inquiry, found: list[dict[str, Any]], revision: str, lang: str) -> dict[str, Any]:
    policy = inquiry.policy
    return {
        "outcome": inquiry.outcome.code,
        "class": inquiry.victim_class.code,
        "places": [place.code for place in inquiry.places],
        "from": policy.since.isoformat() if policy.since else None,
        "until": policy.until.isoformat() if policy.until else None,
        "by": inquiry.by.iri if inquiry.by else None,
        "sources": [source.iri for source in inquiry.sources],
        "min_sources": policy.minimum_sources,
        "readings": policy.readings,
        "without": sorted(policy.off),
        "revision": revision,
        "note": WORDS[lang]["caveat"],
        "bounds": found,
    }


def _row(finding: Finding, proof: Sequence[Evidence], *, naive: bool, why: bool) -> dict[str, Any]:
    bound = finding.bound
    row: dict[str, Any] = {
        "places": [place.code for place in finding.places],
        "low": bound.low,
        "high": bound.high,
        "tight": bound.tight,
        "low_statements": list(bound.low_statements),
        "high_statements": list(bound.high_statements),
        "unnamed_statements": bound.unnamed,
        "rules": list(bound.rules),
        "low_readings": list(bound.low_readings),
        "high_readings": list(bound.high_readings),
    }
    if naive:
        row["naive_sum_not_an_answer"] = finding.naive
    if why:
        row["sentences"] = [{"statement": e.statement, "sentence": e.sentence, "exact": e.exact} for e in proof]
        row["not_combined"] = [[s.one, s.other, REASONS[s.reason]["en"]] for s in finding.separate]
    return row


def _proof(finding: Finding, proof: Sequence[Evidence], lang: str) -> Group:
    """The sentences that force each end, and why counts that are added up were not taken for the same people."""
    words, bound = WORDS[lang], finding.bound
    high = words["open"] if bound.high is None else bound.high
    told: list[RenderableType] = [f"[bold]{_places(finding, lang)}[/bold]"]
    for name, value, forcing in (("low", bound.low, bound.low_statements), ("high", high, bound.high_statements)):
        if forcing:
            told.append(f"{words[name]}: {value}")
            told.append(ask.as_panels([e for e in proof if e.statement in forcing], lang))
    if bound.unnamed:
        told.append(f"{words['unnamed']}: {bound.unnamed}")
    exact = {e.statement: e.exact for e in proof}
    for pair in finding.separate:
        one, other = (f"«{escape(exact.get(iri, iri))}»" for iri in (pair.one, pair.other))
        told.append(f"{words['separate']}: {one}, {other}: {REASONS[pair.reason][lang]}")
    return Group(*told)


def _places(finding: Finding, lang: str) -> str:
    if not finding.places:
        return WORDS[lang]["anywhere"]
    return LANGS[lang].join(escape(place.label) for place in finding.places)


def _table(inquiry: Inquiry, found: Sequence[Finding], lang: str, *, naive: bool) -> Table:
    words = WORDS[lang]
    asked = [inquiry.outcome.label, inquiry.victim_class.label, *([inquiry.by.label] if inquiry.by else [])]
    table = Table(title=escape(" · ".join(asked)), title_justify="left", header_style="bold")
    for name in ("place", "low", "high", "tight", "rules", *(["naive"] if naive else [])):
        table.add_column(words[name], justify="left" if name in ("place", "tight", "rules") else "right")
    for finding in found:
        bound = finding.bound
        high = words["open"] if bound.high is None else str(bound.high)
        sums = [str(finding.naive)] if naive else []
        tight = words["yes" if bound.tight else "no"]
        table.add_row(_places(finding, lang), str(bound.low), high, tight, ", ".join(bound.rules), *sums)
    return table
