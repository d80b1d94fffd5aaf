"""Every rule of the lexicon proves itself: examples are found with exactly their slots, look-alikes are not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from waqai.extract import conclude, extract
from waqai.extract.reading import trace
from waqai.lexicon import Case, load_lexicon
from waqai.model import Article, CasualtyCount, EventStatement, Registers, Statement
from waqai.resolve import resolve
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex

CASES = load_lexicon().cases
EXAMPLES = [case for case in CASES if case.expected]
LOOKALIKES = [case for case in CASES if not case.expected]


@pytest.fixture(scope="module")
def registers() -> Registers:
    return load_registers()


@pytest.fixture(scope="module")
def names(registers: Registers) -> NameIndex:
    return NameIndex(registers)


def article(case: Case) -> Article:
    return Article("0" * 20, case.text, case.lang, case.address)


def claims(case: Case, names: NameIndex) -> list[str]:
    """The rules that found something in a case's text."""
    if case.sort == "events":
        found = extract(article(case), load_lexicon(), names)
        kinds = {s.kind for s in found if isinstance(s, EventStatement)}
        mine = {
            term.id
            for tails in load_lexicon().language(case.lang).index.values()
            for _, term in tails
            if term.kind in kinds
        }
        return [case.id] if case.id in mine else []
    return [draft.rule.id for draft in trace(article(case), load_lexicon(), names) if draft.rule]


def slots(statement: Statement) -> dict[str, object]:
    """The slots of a statement that are not empty, under the names that examples use."""
    if isinstance(statement, EventStatement):
        found: dict[str, object] = {
            "event": statement.kind,
            "about": statement.about,
            "by": " ".join(actor.words for actor in statement.actors),
            "places": ", ".join(place.words for place in statement.places),
        }
    else:
        found = count_slots(statement)
    return {key: value for key, value in found.items() if value not in (None, "", "unknown")}


def count_slots(count: CasualtyCount) -> dict[str, object]:
    by = " ".join(actor.words for actor in count.perpetrators)
    return {
        "outcome": count.outcome,
        "low": count.low,
        "operator": count.operator if count.operator not in ("exact", "vague") else None,
        "class": count.victims.class_code(),
        "by": by,
        "methods": ", ".join(sorted(count.methods)),
        "places": ", ".join(place.words for place in count.places),
        "source": " ".join(actor.words for actor in count.source),
    }


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case.lang}-{case.id}")
def test_an_example_is_found_with_exactly_its_slots(case: Case, registers: Registers, names: NameIndex) -> None:
    statements = conclude(resolve(extract(article(case), load_lexicon(), names), article(case), registers))
    sort = EventStatement if case.sort == "events" else CasualtyCount
    found = [slots(statement) for statement in statements if isinstance(statement, sort)]
    assert found == [dict(expected) for expected in case.expected], case.address


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case.lang}-{case.id}")
def test_an_example_is_claimed_by_its_rule_alone(case: Case, names: NameIndex) -> None:
    assert set(claims(case, names)) == {case.id}, case.address


@pytest.mark.parametrize("case", LOOKALIKES, ids=lambda case: f"{case.lang}-{case.id}-{case.text[:12]}")
def test_a_look_alike_is_not_claimed(case: Case, names: NameIndex) -> None:
    assert case.id not in claims(case, names), case.address


def test_every_rule_of_harm_and_of_events_has_examples_and_look_alikes() -> None:
    proved: dict[tuple[str, str, str], Mapping[str, object]] = {(c.lang, c.sort, c.id): {} for c in EXAMPLES}
    feared = {(c.lang, c.sort, c.id) for c in LOOKALIKES}
    ruled = {
        (lang, term.sort, term.id)
        for lang, language in load_lexicon().languages.items()
        for tails in language.index.values()
        for _, term in tails
        if term.sort in ("outcomes", "events")
    }
    assert ruled == set(proved) == feared
