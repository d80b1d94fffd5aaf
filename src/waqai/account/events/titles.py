"""What the title of an article names, as its headline or the words of its address give it.

A page may come in late, cut, or with the text of another: its title then is all that tells what it was about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from waqai.account.events.ground import Ground, ground, words
from waqai.account.events.told import Telling
from waqai.resolve import names_of
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex

FEWEST_WORDS = 3
"""Of an address that gives a title."""
_SEPARATORS = re.compile(r"[-_+\s]+")


@dataclass(frozen=True, slots=True)
class Title:
    """Words of a title, the fine places and the units that they name."""

    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


class Titles:
    """Reads titles by the names of the registers."""

    def __init__(self, names: NameIndex, where: Ground) -> None:
        self._names = names
        self._ground = where

    def headline(self, article: Telling) -> Title:
        """What the headline names."""
        return self._read(article.headline)

    def address(self, article: Telling) -> Title:
        """What the address names, if its words are a title."""
        return self._read(_spoken(article.address))

    def _read(self, text: str) -> Title:
        if not text:
            return Title()
        found = [m for m in self._names.read(text)[1] if m.sort == "place" and m.strong]
        meant = [place for match in found for place in match.strongly]
        units = {unit for place in meant for unit in self._ground.units(place)}
        sure = [m.strongly for m in found if len({self._ground.units(p) for p in m.strongly}) == 1]
        named = {unit for places in sure for place in places for unit in self._ground.units(place)}
        places = {p for p in meant if not named or set(self._ground.units(p)) & named}
        return Title(frozenset(words(text)), self._ground.fine(places), frozenset(named or units))


def _spoken(address: str) -> str:
    """The last part of an address that is words: hyphens become spaces."""
    for part in reversed(_parts(address)):
        spoken = [word for word in _SEPARATORS.split(part.removesuffix(".html")) if word]
        if sum(word.isalpha() for word in spoken) >= FEWEST_WORDS:
            return " ".join(spoken)
    return ""


def _parts(address: str) -> list[str]:
    """The parts of the path of an address; none of what is no address, as `https://[bad/x`."""
    try:
        return unquote(urlsplit(address).path).split("/")
    except ValueError:
        return []


@cache
def titles() -> Titles:
    """Titles read by the registers as they are installed."""
    return Titles(names_of(load_registers()), ground())
