"""What a change of the lexicon or the registers does to readings: statements gained, lost, and read otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from waqai.extract import conclude, extract
from waqai.extract.reading import trace
from waqai.lexicon import Lexicon
from waqai.lexicon.load import read_lexicon
from waqai.lint.proofs import Slots, every_slot
from waqai.lint.touched import Touched
from waqai.lint.versions import Version
from waqai.model import Article, CasualtyCount, Statement
from waqai.resolve import names_of, resolve
from waqai.resolve.registers import load_registers

Kind = Literal["gained", "lost", "changed"]
Key = tuple[str, int]
"""What a statement says happened, and where its evidence begins."""


@dataclass(frozen=True)
class Change:
    """A statement that is read in one version otherwise than in the other; `rule` is the entry that found it."""

    kind: Kind
    file: str
    rule: str
    quote: str
    sentence: str
    before: Slots
    after: Slots

    @property
    def slots(self) -> list[str]:
        """The slots that differ."""
        names = sorted({*self.before, *self.after})
        return [name for name in names if self.before.get(name) != self.after.get(name)]


@dataclass(frozen=True)
class _Read:
    statement: Statement
    slots: Slots


class Readings:
    """Reads articles with one version."""

    def __init__(self, version: Version) -> None:
        self.lexicon: Lexicon = read_lexicon(version.lexicon)
        self.registers = load_registers(version.ontology)
        self._names = names_of(self.registers)

    def of(self, article: Article) -> dict[Key, _Read]:
        """The statements of an article by what identifies them."""
        found = extract(article, self.lexicon, self._names)
        statements = conclude(resolve(found, article, self.registers))
        quotes = {s.id: s.evidence[0].of(article.text) for s in statements}
        return {_key(s): _Read(s, {**every_slot(s, quotes), **_decided(s)}) for s in statements}

    def rules(self, article: Article) -> Mapping[Key, str]:
        """The entry that found each count; an event's is the first that tells of its kind."""
        drafts = trace(article, self.lexicon, self._names)
        return {
            (outcome, draft.evidence[0].start): f"{article.lang}/{draft.rule.sort}.yml:{draft.rule.id}"
            for draft in drafts
            if draft.rule and draft.evidence
            for outcome in draft.outcomes
        }


def _key(statement: Statement) -> Key:
    kind = statement.outcome if isinstance(statement, CasualtyCount) else statement.kind
    return kind, statement.evidence[0].start


def _decided(statement: Statement) -> Slots:
    """What the registers decided."""
    actors = statement.perpetrators if isinstance(statement, CasualtyCount) else statement.actors
    found = {
        "actors": " ".join(ref.actor for ref in actors if ref.actor),
        "speaker": " ".join(ref.actor for ref in statement.source if ref.actor),
        "units": " ".join(statement.units),
        "country": statement.country or "",
    }
    return {slot: value for slot, value in found.items() if value}


def effect(articles: Iterable[Article], before: Version, after: Version) -> Iterator[Change]:
    """The changes from one version to the other, article by article, in text order; read are those they can concern."""
    old, new = Readings(before), Readings(after)
    touched = Touched((old.lexicon, old.registers), (new.lexicon, new.registers))
    for article in articles:
        if touched(article):
            yield from changes_in(article, old, new)


def changes_in(article: Article, old: Readings, new: Readings) -> Iterator[Change]:
    """The changes in one article, in text order."""
    was, now = old.of(article), new.of(article)
    if {key: read.slots for key, read in was.items()} == {key: read.slots for key, read in now.items()}:
        return
    rules = {**old.rules(article), **new.rules(article)}
    for key in sorted({*was, *now}, key=lambda key: (key[1], key[0])):
        one, other = was.get(key), now.get(key)
        shown = other or one
        if shown is None or (one and other and one.slots == other.slots):
            continue
        kind: Kind = "changed" if one and other else "gained" if other else "lost"
        yield Change(
            kind,
            article.file,
            rules.get(key, f"{article.lang}: {key[0]}"),
            shown.statement.evidence[0].of(article.text),
            shown.statement.sentence.of(article.text).strip(),
            one.slots if one else {},
            other.slots if other else {},
        )


def summary(changes: Iterable[Change]) -> list[tuple[str, int, int, int]]:
    """Rule, gained, lost, changed: a row for each rule, those with most changes first."""
    counted: Counter[tuple[str, str]] = Counter((change.rule, change.kind) for change in changes)
    rules = {rule for rule, _ in counted}
    rows = [(rule, counted[rule, "gained"], counted[rule, "lost"], counted[rule, "changed"]) for rule in rules]
    return sorted(rows, key=lambda row: (-sum(row[1:]), row[0]))
