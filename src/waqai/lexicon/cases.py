"""What proves the entries: their own examples and look-alikes, and the frames in which each of their forms is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.lexicon.forms import terms_of
from waqai.lexicon.load import entries, frames
from waqai.lexicon.schema import GAP
from waqai.lexicon.terms import Language, Term
from waqai.model import Lang
from waqai.text.tokens import tokens

_FRAME_KEYS = frozenset({"frame", "text", "expect", "lookalikes"})
_WRITTEN = ("forms", "agreeing", "singular", "plural", "dual")
Found = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """A text that proves an entry, with where it stands."""

    address: str
    lang: Lang
    sort: str
    id: str
    text: str
    expected: tuple[Found, ...] = ()
    """What is read in an example, slot by slot."""
    lookalike: bool = False
    """A text in which the entry takes no part."""
    form: str = ""
    """The form that was put into a frame."""
    decisive: bool = True
    """Is it tried without the entry too? Of the forms in one frame the first is."""


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry with all that proves it."""

    address: str
    lang: Lang
    sort: str
    id: str
    cases: tuple[Case, ...]

    @property
    def proved(self) -> bool:
        """Has it an example?"""
        return any(not case.lookalike for case in self.cases)


def proofs(folder: Path) -> Iterator[Proof]:
    """Every entry of a lexicon's folder with its cases, file by file. Raises LexiconError."""
    for lang in ("ar", "en"):
        for path in sorted((folder / lang).glob("*.yml")):
            yield from _proofs_in(path, lang)


def _proofs_in(path: Path, lang: Lang) -> Iterator[Proof]:
    known = [frame for frame, _ in frames(path)]
    for entry, address in entries(path):
        own = list(_own(path.stem, entry, lang, address))
        framed = _framed(path.stem, entry, lang, address, known)
        yield Proof(address, lang, path.stem, entry["id"], (*own, *framed))


def _own(sort: str, entry: Mapping[str, Any], lang: Lang, address: str) -> Iterator[Case]:
    for example in entry.get("examples", ()):
        yield Case(address, lang, sort, entry["id"], example["text"], tuple(example["expect"]))
    for text in entry.get("lookalikes", ()):
        yield Case(address, lang, sort, entry["id"], text, lookalike=True)


def _framed(
    sort: str, entry: Mapping[str, Any], lang: Lang, address: str, known: Iterable[Mapping[str, Any]]
) -> Iterator[Case]:
    """Each form in each frame that is for it; a form that stands in an example of its own is proved there."""
    shown = _shown(sort, entry, lang)
    forms = [(form, term) for form, term in _tried(sort, entry, lang).items() if form not in shown]
    for frame in known:
        fitting = [form for form, term in forms if _is_for(frame, entry, term)]
        for form in fitting:
            expected = tuple(_filled(found, entry, form) for found in frame["expect"])
            text = frame["text"].replace(GAP, form)
            yield Case(address, lang, sort, entry["id"], text, expected, form=form, decisive=form == fitting[0])
        for text in frame.get("lookalikes", ()) if fitting else ():
            whole = text.replace(GAP, fitting[0])
            yield Case(address, lang, sort, entry["id"], whole, lookalike=True, form=fitting[0])


def _tried(sort: str, entry: Mapping[str, Any], lang: Lang) -> dict[str, Term]:
    """The forms as they are written, and what grammar derives from the first singular."""
    first = {**entry, "singular": entry.get("singular", ())[:1]}
    derived = dict(terms_of(sort, first, lang))
    every = dict(terms_of(sort, entry, lang))
    written = {form for key in _WRITTEN for form, _ in terms_of(sort, _only(entry, key), "en")}
    return {form: term for form, term in every.items() if form in derived or form in written}


def _only(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name == key or name not in _WRITTEN}


def _shown(sort: str, entry: Mapping[str, Any], lang: Lang) -> set[str]:
    """The forms that stand in examples of the entry's own."""
    found: set[str] = set()
    for form, term in terms_of(sort, entry, lang):
        words = form.split(" ")
        language = Language(lang, {words[0]: ((tuple(words[1:]), term),)})
        if any(language.find(tokens(example["text"])) for example in entry.get("examples", ())):
            found.add(form)
    return found


def _is_for(frame: Mapping[str, Any], entry: Mapping[str, Any], term: Term) -> bool:
    """Has the entry (or the form) every value that the frame asks for?"""
    has = {**entry, "amount": term.amount, "agreeing": term.agreeing}
    asked = {key: value for key, value in frame.items() if key not in _FRAME_KEYS}
    return all(has.get(key) in (value if isinstance(value, list) else [value]) for key, value in asked.items())


def _filled(found: Found, entry: Mapping[str, Any], form: str) -> Found:
    """What a frame expects, with `{key}` as the entry has it; a key that it has not is a slot that stays empty."""
    filled = {slot: _value(value, {**entry, "form": form}) for slot, value in found.items()}
    return {slot: value for slot, value in filled.items() if value is not None}


def _value(value: object, has: Mapping[str, Any]) -> object:
    if not (isinstance(value, str) and value.startswith("{") and value.endswith("}")):
        return value
    given = has.get(value[1:-1])
    return ", ".join(sorted(given)) if isinstance(given, list) else given
