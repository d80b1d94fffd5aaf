"""The loader is strict: what is wrong is said with file, line, key and cure; what is read is the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.errors import LexiconError
from waqai.lexicon import load_lexicon
from waqai.lexicon.load import read_lexicon
from waqai.text.tokens import tokens


def lexicon_with(folder: Path, text: str, name: str = "methods.yml") -> Path:
    (folder / "ar").mkdir()
    (folder / "en").mkdir()
    (folder / "ar" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "address", "cure"),
    [
        ("- {id: a, id: b, role: method, methods: [clash], forms: [x]}\n", "methods.yml:1", "mend the YAML"),
        (
            "- id: a\n  role: method\n  kolour: red\n  methods: [clash]\n  forms: [x]\n",
            "methods.yml:3:kolour",
            "one of id",
        ),
        ("- id: a\n  role: metod\n  methods: [clash]\n  forms: [x]\n", "methods.yml:2:role", "one of method, weapon"),
        ("- id: a\n  role: method\n  methods: [clash]\n", "methods.yml:1:forms", "add `forms:`"),
        ("- id: a\n  role: method\n  methods: [clash]\n  forms: [x, x]\n", "methods.yml:4:forms", "stands here twice"),
        ("- id: a\n  role: method\n  methods: [clash]\n  forms: []\n", "methods.yml:4:forms", "a list of words"),
        ("- just words\n", "methods.yml:1", "key: value"),
        ("id: a\n", "methods.yml:1", "start each entry"),
    ],
)
def test_a_fault_has_an_address_and_a_cure(tmp_path: Path, text: str, address: str, cure: str) -> None:
    with pytest.raises(LexiconError) as caught:
        read_lexicon(lexicon_with(tmp_path, text))
    assert address in caught.value.address
    assert cure in caught.value.cure


def test_a_file_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such file is known"):
        read_lexicon(lexicon_with(tmp_path, "[]\n", name="verbs.yml"))


def test_the_digest_is_that_of_the_files(tmp_path: Path) -> None:
    folder = lexicon_with(tmp_path, "- {id: a, role: method, methods: [clash], forms: [x]}\n")
    before = read_lexicon(folder).digest
    assert read_lexicon(folder).digest == before
    (folder / "ar" / "methods.yml").write_text("- {id: a, role: method, methods: [clash], forms: [y]}\n")
    assert read_lexicon(folder).digest != before


@pytest.mark.parametrize(
    ("word", "noun", "amount"),
    [
        ("شابين", "شاب", "two"),
        ("شاباً", "شاب", "one"),
        ("وطفلتان", "طفل", "two"),
        ("طفلها", "طفل", "one"),
        ("والدته", "أم", "one"),
        ("مدنيين", "مدني", "either"),
        ("عناصره", "عنصر", "many"),
        ("بالرعاة", "راع", "many"),
    ],
)
def test_arabic_forms_are_derived(word: str, noun: str, amount: str) -> None:
    hits = load_lexicon().language("ar").find(tokens(word))
    assert [(hit.term.id, hit.term.amount) for hit in hits if hit.term.sort == "victims"] == [(noun, amount)]


def test_a_verb_does_not_take_the_article() -> None:
    hits = load_lexicon().language("ar").find(tokens("القتل وقتل"))
    assert [(hit.first, hit.prefix) for hit in hits if hit.term.id == "killed"] == [(1, "و")]
