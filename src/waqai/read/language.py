"""Arabic or English, by script and by the small words that every text of a language is full of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from waqai.model import Lang
from waqai.text.letters import folded, is_arabic

_ARABIC_SCRIPT = {
    "ar": "في من على إلى أن ان التي الذي عن مع هذا هذه بعد قبل كما وقد بين خلال حيث كان كانت ما لا لم وفي ومن",
    "fa": "از به را که این است با برای آن شد کرد شده می در های",
    "ckb": "لە بۆ کە ئەم ئەو بە لەسەر دەکات هەروەها لەگەڵ دوای",
    "ur": "کے کی میں نے سے اور کو ہے پر ہیں گیا",
}
_LATIN_SCRIPT = {
    "en": "the of and to by from with were has had that for said at on is was in a as their its",
    "fr": "le la les des et est dans que pour une du par sur qui en",
    "de": "der die und das den von mit ist ein eine zu auf im",
    "es": "el los las que y en del por con una se para",
    "tr": "ve bir bu da de için ile olarak olan",
    "ku": "li ji û ku di de bi ya yên jî",
    "nl": "de het een van en dat op te zijn met",
    "it": "il di che e la per non una del della sono",
}
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 12
"""Words: a text as short as a headline may hold no small word at all."""
_ARABIC_ONLY = re.compile("^(?:و|ب|ل|ف)?ال..|[ةىً]")
"""The article, ta marbuta, alif maqsura, tanwin: Persian, Kurdish and Urdu hardly write them."""
_NOT_ARABIC = re.compile("[پچژگۆێەڵڕٹڈڑےںھ]")


def language_of(text: str) -> Lang | None:
    """The language of a text, None if it is neither Arabic nor English or holds too little to tell."""
    words = _WORD.findall(text)
    arabic = sum(is_arabic(word[0]) for word in words)
    if not words:
        return None
    if 2 * arabic >= len(words):
        return "ar" if _is_arabic_language([w for w in words if is_arabic(w[0])]) else None
    return "en" if _is_english([w.lower() for w in words if w.isascii() or not is_arabic(w[0])]) else None


def _is_arabic_language(words: list[str]) -> bool:
    own = sum(bool(_ARABIC_ONLY.search(word)) for word in words)
    foreign = sum(bool(_NOT_ARABIC.search(word)) for word in words)
    counts = _counts(words, _ARABIC_SCRIPT)
    others = max(counts[lang] for lang in counts if lang != "ar")
    return foreign <= len(words) / 8 and counts["ar"] >= others and (counts["ar"] + own > 0 or len(words) < _SHORT)


def _is_english(words: list[str]) -> bool:
    counts = _counts(words, _LATIN_SCRIPT)
    others = max(counts[lang] for lang in counts if lang != "en")
    plain = sum(word.isascii() for word in words) > 0.9 * len(words)
    if len(words) < _SHORT:
        return plain and counts["en"] >= others
    return plain and counts["en"] > others and counts["en"] > len(words) / 20


def _counts(words: list[str], tables: Mapping[str, str]) -> dict[str, int]:
    tables_of_words = {lang: set(line.split()) for lang, line in tables.items()}
    return {lang: sum(word in table for word in words) for lang, table in tables_of_words.items()}


def declared(code: str) -> Lang | None:
    """The language that a code such as `ar`, `ar-SY`, `en_GB` or the word Arabic names; None for any other."""
    head = re.split(r"[-_\s]", folded(code).strip())[0]
    names: dict[str, Lang] = {"ar": "ar", "ara": "ar", "arabic": "ar", "en": "en", "eng": "en", "english": "en"}
    return names.get(head)
