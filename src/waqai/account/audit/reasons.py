"""Why numbers cannot hold together, in a sentence of each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waqai.account.audit.arithmetic import Row, Stated
from waqai.account.audit.claims import BREAKDOWN, DIFFER, FALLS, PART, PARTS, SHORT, SHRINKS

_TEXTS = {
    BREAKDOWN: {
        "en": "{first} is broken down into {rest}, which together are {sum}",
        "ar": "{first} يُفصَّل إلى {rest}، ومجموعها {sum}",
    },
    PARTS: {
        "en": "of {first} these are parts that cannot overlap: {rest}, together {sum}",
        "ar": "من {first} أجزاء لا تتداخل: {rest}، ومجموعها {sum}",
    },
    PART: {"en": "{rest} is said to be a part of {first}", "ar": "{rest} يُذكر جزءاً من {first}"},
    SHRINKS: {
        "en": "{rest} is revised to {first}, which is fewer",
        "ar": "{rest} يُعدَّل إلى {first}، وهو أقل",
    },
    FALLS: {
        "en": "the running total is {rest}, and later {first}, which is fewer",
        "ar": "المجموع الجاري {rest}، ثم {first}، وهو أقل",
    },
    SHORT: {
        "en": "the running total becomes {first}; before it was {second}, and incidents of {others} are told between, "
        "together {sum}",
        "ar": "المجموع الجاري يصير {first}؛ وكان {second}، وبينهما حوادث فيها {others}، ومجموعها {sum}",
    },
    DIFFER: {
        "en": "two sources say {first} and {rest} of the same people",
        "ar": "مصدران يقولان {first} و{rest} عن الناس أنفسهم",
    },
}
_JOINED = {"en": ("; ", " + "), "ar": ("؛ ", " + ")}


def reason(relations: Sequence[Row], numbers: Mapping[str, Stated]) -> dict[str, str]:
    """The reason that the relations of a smallest set give, by language."""
    found = {}
    for lang, (between, plus) in _JOINED.items():
        found[lang] = between.join(_TEXTS[row.kind][lang].format(**_told(row, numbers, plus)) for row in relations)
    return found


def _told(row: Row, numbers: Mapping[str, Stated], plus: str) -> dict[str, str]:
    stated = [numbers[name] for name, _ in row.terms]
    added = stated[2:] if row.kind == SHORT else stated[1:]
    total = Stated(_sum([s.low for s in added]), _sum([s.high for s in added]))
    words = [number_words(s) for s in stated]
    return {
        "first": words[0],
        "second": words[1],
        "rest": plus.join(words[1:]),
        "others": plus.join(words[2:]),
        "sum": number_words(total),
    }


def _sum(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(n or 0 for n in numbers)


def number_words(stated: Stated) -> str:
    """A number as it can be read in both languages: 68, ≥ 2, ≤ 50, 4–6, ?."""
    low, high = stated.low, stated.high
    if low == high:
        return "?" if low is None else str(low)
    if low is None or high is None:
        return f"≤ {high}" if low is None else f"≥ {low}"
    return f"{low}–{high}"
