"""The few words of the pages themselves, in both languages. What the graph says brings its own labels."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "site": {"ar": "وقائع", "en": "Waqai"},
    "motto": {
        "ar": "ما تقوله المصادر عن النزاعات المسلحة، والجملة خلف كل رقم",
        "en": "What sources say about armed conflict, and the sentence behind every number",
    },
    "questions": {"ar": "الأسئلة", "en": "Questions"},
    "ask": {"ar": "اسأل", "en": "Ask"},
    "answer": {"ar": "الجواب", "en": "Answer"},
    "no_rows": {"ar": "لا صفوف", "en": "No rows"},
    "open": {"ar": "مفتوح", "en": "open"},
    "unknown": {"ar": "–", "en": "–"},
    "says": {"ar": "ما هو مدوّن", "en": "What is written down"},
    "incoming": {"ar": "ما يشير إليه", "en": "What refers to it"},
    "evidence": {"ar": "الجملة", "en": "The sentence"},
    "more": {
        "ar": "القائمة غير كاملة؛ اسأل نقطة SPARQL عن الباقي.",
        "en": "The list is cut; ask the endpoint for the rest.",
    },
    "forms": {"ar": "بصيغة أخرى", "en": "In other forms"},
    "endpoint": {"ar": "نقطة SPARQL 1.1 (استعلام فقط)", "en": "SPARQL 1.1 endpoint (queries only)"},
    "terms": {"ar": "المصطلحات", "en": "Terms"},
    "revision": {"ar": "النسخة", "en": "Revision"},
    "reported": {
        "ar": "الحدود تخص القتلى المبلَّغ عنهم بحسب العلاقات المدوّنة، لا كل القتلى؛ والصفوف لا تُجمع إلا حيث قيل ذلك.",
        "en": "Bounds speak of reported deaths under the recorded relations, not of all deaths; never add rows.",
    },
    "missing": {"ar": "لا شيء بهذا الاسم هنا.", "en": "There is nothing of that name here."},
    "language": {"ar": "English", "en": "العربية"},
    "text": {"ar": "نص الاستعلام", "en": "The query's text"},
}


def words_in(lang: str) -> dict[str, str]:
    """The words in one language."""
    return {name: both[lang] for name, both in WORDS.items()}
