"""The written forms of an entry: what Arabic and English grammar derive from the words given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from waqai.lexicon.terms import Amount, Clitics, Term
from waqai.model import Lang
from waqai.text.letters import folded
from waqai.text.tokens import tokens

_PARTICLES = frozenset({"attribution", "relations", "negation", "quantities", "agency", "periods"})


def normal(phrase: str) -> str:
    """A phrase as the text's tokens show it: folded words with one space between."""
    return " ".join(token.norm for token in tokens(phrase))


def terms_of(sort: str, entry: Mapping[str, Any], lang: Lang) -> Iterator[tuple[str, Term]]:
    """Every form of an entry with its term."""
    term = _term(sort, entry)
    for form in entry.get("forms", ()):
        yield normal(form), term
    for form in entry.get("agreeing", ()):
        yield normal(form), _with(term, agreeing=True)
    for form, amount in _noun_forms(entry, lang):
        yield form, _with(term, amount=amount)


def _term(sort: str, entry: Mapping[str, Any]) -> Term:
    role = entry.get("role", "")
    return Term(
        sort=sort,
        id=entry["id"],
        role=role,
        outcome=entry.get("outcome"),
        victim_class=entry.get("class"),
        operator=entry.get("operator"),
        methods=tuple(entry.get("methods", ())),
        needs=frozenset(normal(word) for word in entry.get("needs", ())),
        gender=entry.get("gender"),
        child=bool(entry.get("child")),
        occupation=entry.get("occupation"),
        country=entry.get("country"),
        force=entry.get("force"),
        clitics=_clitics(sort, role),
        kind=entry.get("kind"),
        about=entry.get("about"),
    )


def _clitics(sort: str, role: str) -> Clitics:
    if sort == "outcomes" and role in ("passive", "active", "either"):
        return "verb"
    if (sort, role) in (("events", "verb"), ("events", "happening"), ("agency", "attacks"), ("agency", "does")):
        return "verb"
    if (sort, role) in (
        ("quantities", "instead"),
        ("quantities", "unit"),
        ("attribution", "source"),
        ("attribution", "outlet"),
        ("agency", "by"),
        ("negation", "accident"),
        ("negation", "hypothetical"),
        ("negation", "speech"),
        ("negation", "denial"),
    ):
        return "noun"
    return "particle" if sort in _PARTICLES else "noun"


def _with(term: Term, *, amount: Amount | None = None, agreeing: bool = False) -> Term:
    values = {name: getattr(term, name) for name in Term.__dataclass_fields__}
    return Term(**{**values, "amount": amount or term.amount, "agreeing": agreeing or term.agreeing})


def _noun_forms(entry: Mapping[str, Any], lang: Lang) -> Iterator[tuple[str, Amount]]:
    given: dict[str, Amount] = {}
    for word in entry.get("plural", ()):
        given[normal(word)] = "many"
    for word in entry.get("dual", ()):
        given[normal(word)] = "two"
    for word in entry.get("singular", ()):
        derived = _arabic(normal(word), sound="sound" in entry) if lang == "ar" else {normal(word): "one"}
        for form, amount in derived.items():
            given.setdefault(form, amount)  # type: ignore[arg-type]
    yield from given.items()


def _arabic(word: str, *, sound: bool) -> dict[str, str]:
    """Singular, its accusative, its dual, and with `sound` its sound plural (its oblique is written as the dual)."""
    head, _, tail = word.partition(" ")
    rest = f" {tail}" if tail else ""
    feminine = folded(head).endswith("ه")
    stem = head[:-1] + "ت" if feminine else head
    forms = {word: "one", f"{stem}ان{rest}": "two", f"{stem}ين{rest}": "two"}
    if not feminine and not rest:
        forms[f"{head}ا"] = "one"
        forms[f"{stem}ا"] = "one"
    if feminine and not rest:
        forms[f"{stem}ا"] = "two"
    if sound and feminine:
        forms[f"{head[:-1]}ات"] = "many"
    elif sound:
        forms[f"{stem}ون"] = "many"
        forms[f"{stem}ين"] = "either"
        forms[f"{stem}و"] = "many"
        forms[f"{stem}ي"] = "many"
    return forms
