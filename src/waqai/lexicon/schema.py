"""Which keys an entry of each file may have, and what their values must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from waqai.model import VICTIM_CLASSES, Operator, Outcome

Check = Callable[[Any], str]
"""Says what is wrong with a value; nothing when it fits."""


@dataclass(frozen=True)
class Schema:
    """The keys of one file."""

    keys: Mapping[str, Check]
    required: tuple[str, ...]


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() == value != "" else "write a word or a phrase"


def _flag(value: Any) -> str:
    return "" if value is True else "write true, or leave the key out"


def _words(value: Any) -> str:
    if not isinstance(value, list) or not value or any(_text(word) for word in value):
        return "write a list of words: [one, two]"
    return "" if len(set(value)) == len(value) else "a word stands here twice"


def _examples(value: Any) -> str:
    fits = isinstance(value, list) and all(
        isinstance(case, dict) and set(case) == {"text", "expect"} and isinstance(case["expect"], list)
        for case in value
    )
    return "" if fits else "each example has `text` and `expect`, a list of what is found"


def _one_of(codes: Iterable[str]) -> Check:
    known = tuple(codes)
    return lambda value: "" if value in known else f"one of {', '.join(known)}"


_PROOF = {"examples": _examples, "lookalikes": _words}
_FORMS = {"id": _text, "forms": _words, **_PROOF}
_NOUN = {"id": _text, **_PROOF, "singular": _words, "dual": _words, "plural": _words, "sound": _flag}
GAP = "___"
OUTCOMES: tuple[str, ...] = get_args(Outcome)


def _schema(keys: Mapping[str, Check], *required: str) -> Schema:
    return Schema(keys, ("id", *required))


def _roles(*roles: str) -> Schema:
    return _schema({**_FORMS, "role": _one_of(roles)}, "role", "forms")


SCHEMAS: Mapping[str, Schema] = {
    "outcomes": _schema(
        {
            **_FORMS,
            **_NOUN,
            "outcome": _one_of(OUTCOMES),
            "role": _one_of(("passive", "active", "either", "noun", "victims")),
            "agreeing": _words,
            "needs": _words,
            "methods": _words,
        },
        "outcome",
        "role",
    ),
    "victims": _schema(
        {
            **_NOUN,
            "class": _one_of(VICTIM_CLASSES),
            "gender": _one_of(("female", "male")),
            "child": _flag,
            "occupation": _text,
            "country": _text,
            "role": _one_of(("person", "member", "national", "other", "one_of", "reference")),
        },
        "role",
    ),
    "quantities": _schema(
        {
            **_FORMS,
            "operator": _one_of(get_args(Operator)),
            "role": _one_of(("before", "after", "instead", "joint", "dual", "unit")),
        },
        "role",
        "forms",
    ),
    "methods": _schema({**_FORMS, "methods": _words, "role": _one_of(("method", "weapon"))}, "methods", "forms"),
    "attribution": _roles("says", "said_by", "according", "source", "outlet", "continues", "stop", "channel"),
    "relations": _roles(
        "subset",
        "proportion",
        "addition",
        "update",
        "since",
        "list",
        "total",
        "consequence",
        "result",
        "suffers",
        "cause",
        "clause",
        "meanwhile",
        "apart",
        "sides",
    ),
    "negation": _roles("negation", "hypothetical", "accident", "denial", "dispute", "hearsay", "speech", "still"),
    "agency": _roles("by", "attacks", "does", "target", "territory", "against", "blames", "claims", "unknown"),
    "forces": _schema(
        {
            **_FORMS,
            "role": _one_of(("force", "adjective", "unnamed", "loyal", "acronym", "unit")),
            "class": _one_of(VICTIM_CLASSES),
            "country": _text,
            "force": _text,
        },
        "role",
        "forms",
    ),
    "periods": _roles("total", "spread", "same", "standing", "stationed"),
    "places": _roles("locality", "around"),
    "persons": _roles("title", "someone", "named", "office", "age", "given", "particle", "stop"),
    "events": _schema(
        {
            **_FORMS,
            "kind": _text,
            "about": _text,
            "role": _one_of(("verb", "noun", "happening")),
            "needs": _words,
        },
        "kind",
        "role",
        "forms",
    ),
}


def frame_schema(schema: Schema) -> Schema:
    """The keys of a frame: a sentence with a gap for each form, what is found in it, and which entries it is for."""
    own: dict[str, Check] = {"frame": _text, "text": _gapped, "expect": _found, "lookalikes": _all_gapped}
    told = {key: _selects for key in (*schema.keys, "amount") if key not in _PROOF}
    return Schema({**own, **told}, ("frame", "text", "expect"))


def _gapped(value: Any) -> str:
    return _text(value) or ("" if value.count(GAP) == 1 else f"write {GAP} where the form stands")


def _all_gapped(value: Any) -> str:
    return _words(value) or next((fault for text in value if (fault := _gapped(text))), "")


def _found(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(found, dict) for found in value)
    return "" if fits else "write a list of what is found: [{outcome: killed, low: 1}]; [] for nothing"


def _selects(value: Any) -> str:
    return "" if isinstance(value, str | bool | list) else "write the value that the entry must have, or a list of them"
