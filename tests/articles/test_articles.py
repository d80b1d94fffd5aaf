"""Every golden article is read exactly as its file says (the form is described in README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from waqai.extract import conclude, extract
from waqai.lexicon import load_lexicon
from waqai.model import ActorRef, Article, CasualtyCount, Day, EventStatement, Lang, Registers, Statement
from waqai.resolve import resolve
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.txt"))


@dataclass(frozen=True)
class Golden:
    """An article and the lines that must be read from it."""

    article: Article
    lines: list[str]
    misses: str | None


def golden(path: Path) -> Golden:
    head, text, lines = path.read_text(encoding="utf-8").split("---\n")
    keys = dict(line.split(": ", 1) for line in head.strip().splitlines())
    lang: Lang = "ar" if keys["lang"] == "ar" else "en"
    published = Day.parse(keys["published"]) if "published" in keys else None
    article = Article("0" * 20, text, lang, path.name, keys["publisher"], published)
    return Golden(article, lines.strip().splitlines(), keys.get("misses"))


def read(article: Article, registers: Registers, names: NameIndex) -> list[str]:
    """The reading of an article as the lines of a golden file."""
    statements = conclude(resolve(extract(article, load_lexicon(), names), article, registers))
    order = {s.id: str(position) for position, s in enumerate(statements, 1)}
    return [line(s, article, order) for s in statements]


def line(statement: Statement, article: Article, order: dict[str, str]) -> str:
    cells = event_cells(statement) if isinstance(statement, EventStatement) else count_cells(statement, article, order)
    return " | ".join(cells)


def count_cells(count: CasualtyCount, article: Article, order: dict[str, str]) -> list[str]:
    words = " = ".join(span.of(article.text) for span in count.evidence)
    suggested = "".join(f"{code}?" for code in count.victims.likely)
    classes = " + ".join(sorted(count.victims.classes)) or suggested or "unknown"
    where = " ".join(sorted(count.units)) or count.country or "-"
    return [
        number(count),
        count.outcome,
        words,
        classes,
        actors(count.perpetrators),
        " ".join(sorted(count.methods)) or "-",
        where,
        "-" if count.period.edtf() == "/" else count.period.edtf(),
        actors(count.source),
        count.kind,
        relations(count, order),
    ]


def event_cells(event: EventStatement) -> list[str]:
    where = " ".join(sorted(event.units)) or event.country or "-"
    when = "-" if event.period.edtf() == "/" else event.period.edtf()
    return [
        "event",
        event.kind,
        event.about or "-",
        actors(event.actors),
        where,
        when,
        actors(event.source),
        event.certainty,
    ]


def number(count: CasualtyCount) -> str:
    low, high = count.low, count.high
    forms = {
        "exact": f"{low}",
        "at_least": f"{low}+",
        "more_than": f">{(low or 0) - 1}",
        "at_most": f"<{high}",
        "about": f"~{low}",
        "between": f"{low}-{high}",
        "vague": "?",
    }
    return forms[count.operator]


def actors(refs: tuple[ActorRef, ...]) -> str:
    return " ".join(ref.actor or f"«{ref.words}»" for ref in refs) or "-"


def relations(count: CasualtyCount, order: dict[str, str]) -> str:
    found = [f"{r.kind} {order[r.target]}" for r in count.relations]
    others = [r for reading in count.readings if not reading.preferred for r in reading.relations]
    found += [f"{r.kind} {order[r.target]} as another reading" for r in others]
    return ", ".join(found) or "-"


@pytest.fixture(scope="module")
def registers() -> Registers:
    return load_registers()


@pytest.fixture(scope="module")
def names(registers: Registers) -> NameIndex:
    return NameIndex(registers)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_article(path: Path, registers: Registers, names: NameIndex, request: pytest.FixtureRequest) -> None:
    case = golden(path)
    if case.misses:
        request.node.add_marker(pytest.mark.xfail(reason=case.misses, strict=True))
    assert read(case.article, registers, names) == case.lines


def test_there_are_enough_articles_in_both_languages() -> None:
    languages = [golden(path).article.lang for path in FILES]
    assert languages.count("ar") >= 18
    assert languages.count("en") >= 3
