"""Every entry of the lexicon proves itself: its examples are read as they say, and not so without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from waqai.extract import conclude, extract, private_persons
from waqai.extract.reading import trace
from waqai.lexicon import Lexicon
from waqai.lexicon.cases import Case, Proof
from waqai.model import Article, CasualtyCount, EventStatement, Registers, Statement
from waqai.resolve import names_of, resolve
from waqai.text.names import NameIndex

Slots = Mapping[str, object]

_MORE: Mapping[str, tuple[str, ...]] = {
    "victims": ("gender", "child", "occupation", "nationality"),
    "quantities": ("high",),
    "relations": ("high", "relations", "kind"),
    "periods": ("kind", "when"),
    "forces": ("nationality",),
    "negation": ("certainty",),
}
"""The slots that only the examples of some files speak of; all others are compared in every example."""


class Prover:
    """Reads the cases of a lexicon."""

    def __init__(self, lexicon: Lexicon, registers: Registers) -> None:
        self._lexicon = lexicon
        self._registers = registers
        self._names = names_of(registers)
        self._without = lru_cache(maxsize=1)(lexicon.without)

    def faults(self, case: Case) -> Iterator[tuple[str, str]]:
        """What is wrong with a case, and the cure."""
        if case.sort in ("outcomes", "events"):
            yield from self._claimed(case)
        if case.lookalike:
            yield from self._look_alike(case)
            return
        found = self.reading(case)
        if found != list(case.expected):
            said = f"“{case.text}” is read as {_told(found)}, not {_told(case.expected)}"
            yield said, _cure(case)
        elif case.decisive and self.reading(case, without=True) == found:
            yield f"“{case.text}” is read alike without the entry", "write an example in which it takes part"

    def _look_alike(self, case: Case) -> Iterator[tuple[str, str]]:
        if case.sort in ("outcomes", "events"):
            return
        found = self.reading(case)
        if found != self.reading(case, without=True):
            yield f"it takes part in the look-alike “{case.text}”: {_told(found)}", "narrow its forms"

    def _claimed(self, case: Case) -> Iterator[tuple[str, str]]:
        """A rule of harm or of events claims its examples alone, and no look-alike."""
        claims = set(self.claims(case))
        if case.lookalike and case.id in claims:
            yield f"the look-alike “{case.text}” is found", "narrow its forms, or write `needs:`"
        if not case.lookalike and claims != {case.id}:
            others = ", ".join(sorted(claims - {case.id})) or "no rule"
            yield f"“{case.text}” is claimed by {others}", "make the example this rule's own"

    def claims(self, case: Case) -> list[str]:
        """The rules that found something in a case's text."""
        article = _article(case)
        if case.sort != "events":
            return [draft.rule.id for draft in trace(article, self._lexicon, self._names) if draft.rule]
        found = extract(article, self._lexicon, self._names)
        kinds = {s.kind for s in found if isinstance(s, EventStatement)}
        index = self._lexicon.language(case.lang).index
        mine = {term.id for tails in index.values() for _, term in tails if term.kind in kinds}
        return [case.id] if case.id in mine else []

    def reading(self, case: Case, *, without: bool = False) -> list[Slots]:
        """What is read in a case's text, as examples say it; `without` its entry if so asked."""
        lexicon = self._without(case.lang, case.sort, case.id) if without else self._lexicon
        article = _article(case)
        if case.sort == "persons":
            return persons(article, lexicon, self._names)
        statements = conclude(resolve(extract(article, lexicon, self._names), article, self._registers))
        of_events = case.sort == "events" or any("event" in found for found in case.expected)
        sort = EventStatement if of_events else CasualtyCount
        kept = [statement for statement in statements if isinstance(statement, sort)]
        order = {statement.id: str(position) for position, statement in enumerate(kept, 1)}
        return [slots(statement, case.sort, order) for statement in kept]


def faults(prover: Prover, proof: Proof) -> Iterator[tuple[str, str]]:
    """What is wrong with the proof of an entry."""
    if not proof.proved:
        yield "nothing proves it", "write `examples:` with a text and what is read in it (see the head of the file)"
    for case in proof.cases:
        yield from prover.faults(case)


def account(prover: Prover, proof: Proof) -> Iterator[str]:
    """Lines that say what is read in each case of an entry, and what is wrong with it."""
    yield proof.address
    for case in proof.cases:
        sort = "look-alike" if case.lookalike else "example"
        yield f"  {sort}: “{case.text}” → {_told(prover.reading(case))}"
    for message, cure in faults(prover, proof):
        yield f"  wrong: {message}"
        yield f"         → {cure}"


def _article(case: Case) -> Article:
    return Article("0" * 20, case.text, case.lang, case.address)


def _cure(case: Case) -> str:
    if case.form:
        return f"give “{case.form}” an example of its own, or take it out"
    return "mend the example, or the entry's forms"


def _told(found: object) -> str:
    rows = [dict(row) for row in found] if isinstance(found, list | tuple) else []
    return "; ".join(", ".join(f"{slot}: {value}" for slot, value in row.items()) for row in rows) or "nothing"


def persons(article: Article, lexicon: Lexicon, names: NameIndex) -> list[Slots]:
    """The names of private persons, whole ones."""
    spans = private_persons(article, lexicon, names)
    whole = [s for s in spans if not any(o != s and o.start <= s.start and s.end <= o.end for o in spans)]
    return [{"person": span.of(article.text)} for span in sorted(set(whole), key=lambda span: span.start)]


def slots(statement: Statement, sort: str, order: Mapping[str, str]) -> Slots:
    """The slots of a statement that examples of a file speak of."""
    hidden = {slot for more in _MORE.values() for slot in more} - set(_MORE.get(sort, ()))
    if sort == "events":
        hidden.add("source")
    return {key: value for key, value in every_slot(statement, order).items() if key not in hidden}


def every_slot(statement: Statement, order: Mapping[str, str]) -> Slots:
    """The slots of a statement that are not empty, under the names that examples use; `order` names its relatives."""
    if isinstance(statement, EventStatement):
        found: dict[str, object] = {
            "event": statement.kind,
            "about": statement.about,
            "by": " ".join(actor.words for actor in statement.actors),
            "places": ", ".join(place.words for place in statement.places),
            "source": " ".join(actor.words for actor in statement.source),
        }
    else:
        found = _count_slots(statement, order)
    return {key: value for key, value in found.items() if value not in (None, "", "unknown", False)}


def _count_slots(count: CasualtyCount, order: Mapping[str, str]) -> dict[str, object]:
    when = count.period.edtf()
    return {
        "outcome": count.outcome,
        "low": count.low,
        "high": count.high if count.high != count.low else None,
        "operator": count.operator if count.operator not in ("exact", "vague") else None,
        "class": count.victims.class_code(),
        "gender": count.victims.gender,
        "child": count.victims.children,
        "occupation": ", ".join(count.victims.occupations),
        "nationality": ", ".join(count.victims.nationalities),
        "by": " ".join(actor.words for actor in count.perpetrators),
        "methods": ", ".join(sorted(count.methods)),
        "places": ", ".join(place.words for place in count.places),
        "when": when if when != "/" else None,
        "source": " ".join(actor.words for actor in count.source),
        "kind": count.kind if count.kind != "incident" else None,
        "certainty": count.certainty if count.certainty != "stated" else None,
        "relations": ", ".join(f"{relation.kind} {order[relation.target]}" for relation in count.relations),
    }
