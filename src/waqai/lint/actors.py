"""Every actor of the register is found by its names: each stands in an invented sentence that is read as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from waqai.errors import WaqaiError
from waqai.extract import conclude, extract
from waqai.lexicon import Lexicon
from waqai.lexicon.load import read_lexicon
from waqai.lint.finding import LintFinding, Severity
from waqai.lint.rooms import Rooms, address
from waqai.model import Actor, ActorRef, Article, CasualtyCount, Lang, Registers
from waqai.resolve import names_of, resolve
from waqai.resolve.registers import load_registers

_FRAMES: Mapping[Lang, tuple[str, str]] = {
    "ar": ("قتل {number} مدنيا في هجوم بحسب {name}.", "قتل {number} مدنيا في هجوم نفذه {name}."),
    "en": (
        "{number} civilians were killed in an attack, according to {name}.",
        "{number} civilians were killed in an attack by {name}.",
    ),
}
"""Who says so, and who did it: an actor is one of them at least."""
_FIRST = 11
"""Each sentence counts its own number, lest one be taken to repeat another."""
_SITE = re.compile(r"\S+\.\S+")
"""The address of a site names a publisher; no sentence says it."""
_IRI = "https://w3id.org/waqai/actor/"
Read = Mapping[str, Sequence[ActorRef]]
"""Name → the actors found in its sentence."""


def actor_findings(rooms: Rooms) -> Iterator[LintFinding]:
    """Strong names that are not found or lead elsewhere; actors of weak names only, with who may be meant."""
    try:
        lexicon, registers = read_lexicon(rooms.lexicon), load_registers(rooms.ontology)
    except WaqaiError:
        return
    for path in rooms.actors():
        for actor in registers.actors.values():
            for lang in get_args(Lang):
                for severity, message, cure in _faults(actor, lang, lexicon, registers):
                    where = address(path, _IRI + actor.id)
                    yield LintFinding(severity, where, f"actor/{actor.id}: {message}", cure)


def account(actor: Actor, lexicon: Lexicon, registers: Registers) -> Iterator[str]:
    """Lines that say in which sentences an actor's names are tried, and what is wrong with them."""
    yield f"actor/{actor.id}"
    for lang in get_args(Lang):
        for name in _tried(actor, lang):
            yield from (f"  example: “{frame.format(number=_FIRST, name=name)}”" for frame in _FRAMES[lang])
        for _, message, cure in _faults(actor, lang, lexicon, registers):
            yield f"  wrong: {message}"
            yield f"         → {cure}"


def _tried(actor: Actor, lang: Lang) -> list[str]:
    """The strong names that sentences say; where there is none, the weak ones."""
    names = [name for name in actor.names if name.lang == lang and not _SITE.fullmatch(name.text)]
    return [name.text for name in names if name.strong] or [name.text for name in names]


def _faults(actor: Actor, lang: Lang, lexicon: Lexicon, registers: Registers) -> Iterator[tuple[Severity, str, str]]:
    lost = _tried(actor, lang)
    strong = any(name.strong and name.text in lost for name in actor.names)
    told: dict[str, list[ActorRef]] = {name: [] for name in lost}
    for frame in _FRAMES[lang]:
        for name, refs in _read(frame, lost, lang, lexicon, registers).items():
            told[name] += refs
        lost = [name for name in lost if all(ref.actor != actor.id for ref in told[name])]
    for name in lost:
        candidates = {candidate for ref in told[name] for candidate in (*ref.candidates, *filter(None, [ref.actor]))}
        said = ", ".join(sorted(candidates)) or "nobody"
        if strong:
            yield "error", f"“{name}” is taken for {said}", "make it longer, or a wq:weakName"
        elif actor.id in candidates:
            yield "note", f"“{name}” alone may be {said}", ""
        else:
            yield "error", f"“{name}” is not found, it is taken for {said}", "give it a longer wq:strongName"


def _read(frame: str, names: Sequence[str], lang: Lang, lexicon: Lexicon, registers: Registers) -> Read:
    """One reading of one text, with a sentence for each name."""
    said = [frame.format(number=number, name=name) for number, name in enumerate(names, _FIRST)]
    article = Article("0" * 20, "\n\n".join(said), lang, "actors")
    found = resolve(extract(article, lexicon, names_of(registers)), article, registers)
    told: dict[str, list[ActorRef]] = {name: [] for name in names}
    for count in conclude(found):
        number = count.low if isinstance(count, CasualtyCount) else None
        if isinstance(count, CasualtyCount) and number is not None and 0 <= number - _FIRST < len(names):
            told[names[number - _FIRST]] += (*count.source, *count.perpetrators)
    return told
