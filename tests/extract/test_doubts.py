"""What is denied stays a count that says so; what contradicts itself is disputed."""

from __future__ import annotations

import pytest

from waqai.extract import extract
from waqai.lexicon import load_lexicon
from waqai.model import Article, CasualtyCount, Lang
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex

CASES: list[tuple[Lang, str, list[tuple[int | None, str]]]] = [
    ("ar", "نفت وزارة الدفاع مقتل 6 جنود في هجوم على حاجز قرب مدينة تدمر.", [(6, "denied")]),
    ("ar", "نفت وزارة الدفاع سقوط قتلى في الهجوم على الحاجز.", []),
    ("ar", "نفى التنظيم مقتل أي عنصر من عناصره في الغارة.", []),
    ("ar", "تضاربت الأنباء حول مقتل 3 جنود بغارة جوية قرب مدينة الرقة.", [(3, "disputed")]),
    ("ar", "أعلن تنظيم داعش مقتل 12 جندياً في هجوم شرق حمص. ونفى الجيش السوري صحة ذلك.", [(12, "denied")]),
    (
        "ar",
        "أعلن تنظيم داعش مقتل 12 جندياً في هجوم شرق حمص. وأفاد الجيش السوري بمقتل 3 جنود.",
        [(12, "disputed"), (3, "disputed")],
    ),
    ("ar", "قال مصدر طبي إن 3 مدنيين قتلوا بقصف على تدمر. ونفى الجيش السوري تقدم التنظيم.", [(3, "stated")]),
    (
        "en",
        "The ministry denied that six soldiers were killed in an attack on a checkpoint near Palmyra.",
        [(6, "denied")],
    ),
    ("en", "There were conflicting reports about the killing of three soldiers near Palmyra.", [(3, "disputed")]),
    ("en", "The army denied the attack and said three soldiers were killed near Palmyra.", [(3, "stated")]),
    ("en", "No soldiers were killed, the ministry said.", []),
]


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(load_registers())


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_certainty(lang: Lang, text: str, expected: list[tuple[int | None, str]], names: NameIndex) -> None:
    found = extract(Article("0" * 20, text, lang, "a.txt"), load_lexicon(), names)
    assert [(s.low, s.certainty) for s in found if isinstance(s, CasualtyCount)] == expected
