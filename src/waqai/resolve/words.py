"""The few words beside a name that say what kind of place it is, or that something happened there.

They are grammar, not vocabulary of the wars: closed lists, folded, one language after the other.
"""

# ruff: noqa: SIM905  # lists of Arabic words read better as one string
from __future__ import annotations

KIND_BEFORE = {
    **dict.fromkeys(("محافظه", "محافظتي", "محافظات", "لمحافظه", "province", "governorate"), "FirstLevelUnit"),
    **dict.fromkeys(("قضاء", "ناحيه", "مديريه", "منطقتي", "ناحيتي", "district", "subdistrict"), "District"),
    **dict.fromkeys(("مدينه", "مدينتي", "مدن", "بلده", "بلدتي", "قريه", "قريتي", "city", "town", "village"), "Town"),
}
"""Words that stand before a name (English with `of` between) and the kind of place they announce."""

KIND_AFTER = {
    **dict.fromkeys(("province", "governorate"), "FirstLevelUnit"),
    **dict.fromkeys(("district", "subdistrict"), "District"),
    **dict.fromkeys(("city", "town", "village"), "Town"),
}
"""English words that stand behind a name."""

NEAR = frozenset({"قرب", "بالقرب", "near", "outside"})
"""Words that put the event beside the place named, not in it."""

_DIRECTIONS = frozenset(
    "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط الشمالي الجنوبي الشرقي الغربي "
    "north south east west northern southern eastern western central northeastern northwestern n s e w".split()
)

LOCATIVE = _DIRECTIONS | frozenset("في داخل ضمن عبر باراضي اراضي in inside across throughout within".split())
"""Words before a country's name that make it the place of an event; without them it is often a government."""

CONTAINING = _DIRECTIONS | frozenset("في بريف ريف بمحافظه محافظه in of countryside province governorate".split())
"""Words beside a unit's name that make it the place of what is named before it (قرية … في حمص)."""

BESIDE = CONTAINING | KIND_BEFORE.keys() | frozenset("منطقه حي معبر محيط اطراف مخيم ضاحيه جبهه محور".split())
"""Words that may stand beside a place's name in a mention without being part of the name."""
