"""The number words of Arabic and English, folded as `waqai.text.letters` folds them: a closed class of the language.

Each word is an atom: what part of a number it can be, and how much it is worth. What is left out on purpose:
`صفر` (also a month and "ground zero"), `بضع`, `عشرات`, `مئات`, `dozens`, `hundreds` and `a dozen` (vague, not numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from waqai.text.letters import folded
from waqai.text.tokens import KNOWN_WORDS

Part = Literal["unit", "bound", "ten-tail", "ten", "hundred", "scale", "scales"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One number word. `joined`: it was written with و; `definite`: with the article; `short`: it is a common word too.

    Parts: `unit` 1–9 (English 1–19), `bound` stands in compounds only (أحد عشر), `ten-tail` 10 and the second half of
    11–19, `ten` 20–90, `hundred` 100–900, `scale` a thousand and up, `scales` a dual such as ألفان.
    """

    part: Part
    value: int
    joined: bool = False
    definite: bool = False
    short: bool = False


def _table(rows: dict[Part, dict[int, str]]) -> dict[str, Atom]:
    found: dict[str, Atom] = {}
    for part, words in rows.items():
        for value, forms in words.items():
            for form in forms.split():
                found[folded(form)] = Atom(part, value)
    return found


ARABIC = _table(
    {
        "unit": {
            1: "واحد واحدة واحدا",
            2: "اثنان اثنين اثنتان اثنتين",
            3: "ثلاثة ثلاث",
            4: "أربعة أربع",
            5: "خمسة خمس",
            6: "ستة ست",
            7: "سبعة سبع",
            8: "ثمانية ثماني ثمان",
            9: "تسعة تسع",
        },
        "bound": {1: "أحد إحدى", 2: "اثنا اثني اثنتا اثنتي"},
        "ten-tail": {10: "عشرة عشر"},
        "ten": {
            20: "عشرون عشرين",
            30: "ثلاثون ثلاثين",
            40: "أربعون أربعين",
            50: "خمسون خمسين",
            60: "ستون ستين",
            70: "سبعون سبعين",
            80: "ثمانون ثمانين",
            90: "تسعون تسعين",
        },
        "hundred": {
            100: "مئة مائة",
            200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
            300: "ثلاثمئة ثلاثمائة",
            400: "أربعمئة أربعمائة",
            500: "خمسمئة خمسمائة",
            600: "ستمئة ستمائة",
            700: "سبعمئة سبعمائة",
            800: "ثمانمئة ثمانمائة ثمانيمئة ثمانيمائة",
            900: "تسعمئة تسعمائة",
        },
        "scale": {
            1_000: "ألف ألفا آلاف",
            1_000_000: "مليون مليونا ملايين",
            1_000_000_000: "مليار مليارا مليارات",
        },
        "scales": {
            2_000: "ألفان ألفين ألفي",
            2_000_000: "مليونان مليونين مليوني",
            2_000_000_000: "ملياران مليارين ملياري",
        },
    }
)
PLURAL_SCALES = frozenset(folded(w) for w in ("آلاف", "ملايين", "مليارات"))
"""Scales that mean nothing exact without a number before them."""

SHORT = frozenset(folded(w) for w in ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "ثمان", "تسع", "عشر"))
"""Forms before feminine nouns that are also other words (ست a lady, سبع a lion, خمس and عشر fractions)."""

_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_ARTICLES = ("", "ال")


@lru_cache(maxsize=KNOWN_WORDS)
def arabic_atom(norm: str) -> Atom | None:
    """The number word that a folded word is, seen through particles and the article; None if it is none."""
    if norm in ARABIC:
        return _marked(norm, particle="", article="")
    for particle in _PARTICLES:
        for article in _ARTICLES:
            head = particle + article
            if head and norm.startswith(head) and norm[len(head) :] in ARABIC:
                return _marked(norm[len(head) :], particle, article)
    if norm.startswith("لل") and norm[2:] in ARABIC:
        return _marked(norm[2:], "ل", "ال")
    return None


def _marked(word: str, particle: str, article: str) -> Atom | None:
    """The atom with what was written onto it. Short forms take no particle but و: لست is "I am not"."""
    short = word in SHORT
    if short and particle not in ("", "و"):
        return None
    atom = ARABIC[word]
    return Atom(atom.part, atom.value, particle.startswith("و"), article == "ال", short)


PERCENT = frozenset({"%", "بالميه", "بالمايه", "percent", "pct"})

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH = {
    **{word: Atom("unit", value) for value, word in enumerate(_UNITS.split())},
    **{word: Atom("ten", 10 * value) for value, word in enumerate(_TENS.split(), start=2)},
    "fourty": Atom("ten", 40),
    "hundred": Atom("hundred", 100),
    "thousand": Atom("scale", 1_000),
    "million": Atom("scale", 1_000_000),
    "billion": Atom("scale", 1_000_000_000),
}

_ORDINAL_STEMS = {
    1: "أول أولى",
    2: "ثاني ثانية ثان",
    3: "ثالث ثالثة ثالثا",
    4: "رابع رابعة رابعا",
    5: "خامس خامسة خامسا",
    6: "سادس سادسة سادسا",
    7: "سابع سابعة سابعا",
    8: "ثامن ثامنة ثامنا",
    9: "تاسع تاسعة تاسعا",
    10: "عاشر عاشرة عاشرا",
}
ARABIC_ORDINALS = {folded(form): value for value, forms in _ORDINAL_STEMS.items() for form in forms.split()}
ARABIC_ELEVENTH = frozenset(folded(w) for w in ("حادي", "حادية"))
"""The first half of الحادي عشر and الحادي والعشرين."""

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
ENGLISH_ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
