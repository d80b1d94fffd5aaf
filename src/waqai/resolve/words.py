"""The few words beside a name that say what kind of place it is, or that something happened there.

They are grammar, not vocabulary of the wars: closed lists, folded, one language after the other.
"""

# ruff: noqa: SIM905  # lists of Arabic words read better as one string
from __future__ import annotations

KIND_BEFORE = {
    **dict.fromkeys(
        ("محافظه", "محافظتي", "محافظات", "ولايه", "ولايتي", "اقليم", "province", "governorate", "state"),
        "FirstLevelUnit",
    ),
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

ORIGIN = frozenset("من مع ابناء اهالي سكان from with".split())
"""Words before a place that say where somebody comes from or what a border is with, if another place tells where."""

DISTANCE = frozenset(
    "كم كلم كيلومتر كيلومترا كيلومترات ميل اميال km kilometers kilometres kilometer miles mile".split()
)
"""Words after which a place only says how far from it the event was."""

_NORTH, _SOUTH, _EAST, _WEST = (0, 1), (0, -1), (1, 0), (-1, 0)
DIRECTION = {
    **dict.fromkeys(("شمال", "شمالي", "شماليه", "north", "northern", "n"), _NORTH),
    **dict.fromkeys(("جنوب", "جنوبي", "جنوبيه", "south", "southern", "s"), _SOUTH),
    **dict.fromkeys(("شرق", "شرقي", "شرقيه", "east", "eastern", "e"), _EAST),
    **dict.fromkeys(("غرب", "غربي", "غربيه", "west", "western", "w"), _WEST),
}
"""Words that put a place on one side of the place named after them, inside it (شمالي حلب) or beyond (شمالي بغداد): the
step east and the step north."""

LOCATIVE = DIRECTION.keys() | frozenset(
    "في داخل ضمن عبر وسط باراضي اراضي in inside across throughout within central".split()
)
"""Words before a country's name that make it the place of an event; without them it is often a government."""

CONTAINING = frozenset("في بريف ريف بمحافظه محافظه in countryside province governorate".split())
"""Words beside a unit's name that make it the place of what is named before it (قرية … في حمص)."""

BESIDE = (
    CONTAINING
    | LOCATIVE
    | KIND_BEFORE.keys()
    | KIND_AFTER.keys()
    | frozenset("منطقه حي معبر محيط اطراف مخيم ضاحيه جبهه محور الشمالي الجنوبي الشرقي الغربي of".split())
)
"""Words that may stand beside a place's name in a mention without being part of the name."""
