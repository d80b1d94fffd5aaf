"""Which entries a word or a phrase meets, and how the text is seen: why a sentence was read, or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from waqai.lexicon.load import entries, read_lexicon
from waqai.model import Lang, Registers
from waqai.text.names import NameIndex
from waqai.text.tokens import tokens


def lookup(text: str, lang: Lang, folder: Path, registers: Registers) -> Iterator[str]:
    """Lines that say how each word is looked up, and each entry and each name of the registers that it meets."""
    words = tokens(text)
    for position, word in enumerate(words):
        yield f"word {position}: {word.span.of(text)} = {' | '.join(word.forms) or word.norm}"
    addresses = {
        (path.stem, entry["id"]): address
        for path in sorted((folder / lang).glob("*.yml"))
        for entry, address in entries(path)
    }
    for hit in read_lexicon(folder).language(lang).find(words):
        term = hit.term
        means = (term.role, term.outcome, term.victim_class, term.operator, *term.methods, term.kind, term.amount)
        prefix = f", under {hit.prefix}" if hit.prefix else ""
        where = addresses[term.sort, term.id]
        yield f"words {hit.first}-{hit.last - 1}: {where} ({', '.join(filter(None, means))}{prefix})"
    for match in NameIndex(registers).find(words):
        yield f"words {match.first}-{match.last - 1}: {match.sort} {' '.join(match.candidates)}"
