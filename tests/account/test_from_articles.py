"""Text in, intervals out: a total over four provinces and three incidents inside it (docs/accounting.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from waqai.cli import app

ARABIC = """حصيلة ثلاثة أعوام في البادية

قال المرصد السوري لحقوق الإنسان إن تنظيم الدولة الإسلامية قتل 1020 عنصراً من قوات النظام والمسلحين الموالين لها في \
بوادي دير الزور والرقة وحمص والسويداء منذ 24 آذار 2019 وحتى اليوم.

ووثق المرصد مقتل 7 عناصر من قوات النظام والمسلحين الموالين لها بهجوم للتنظيم في بادية دير الزور في 3 أيار 2021.

كما وثق المرصد مقتل 5 عناصر من قوات النظام والمسلحين الموالين لها بهجوم للتنظيم في بادية حمص في 9 أيار 2021.

ووثق المرصد أيضاً مقتل 39 عنصراً من قوات النظام والمسلحين الموالين لها بكمين للتنظيم على طريق حمص – دير الزور في \
30 كانون الأول 2020.
"""
ENGLISH = """Three years of ambushes in the desert

The Syrian Observatory for Human Rights said Islamic State has killed 1,020 members of regime forces and loyal \
militiamen in the deserts of Deir ez-Zor, Raqqa, Homs and Suwayda since 24 March 2019.

The Observatory documented the killing of 7 members of regime forces and loyal militiamen in an Islamic State attack \
in the desert of Deir ez-Zor on 3 May 2021.

The Observatory also documented the killing of 5 members of regime forces and loyal militiamen in an Islamic State \
attack in the desert of Homs on 9 May 2021.

It documented as well the killing of 39 members of regime forces and loyal militiamen in an Islamic State ambush on \
the Homs – Deir ez-Zor road on 30 December 2020.
"""
ALL_FOUR = {
    ("SY-HI",): (5, 1013),
    ("SY-DY",): (7, 1015),
    ("SY-RA",): (0, 969),
    ("SY-SU",): (0, 969),
    ("SY-HI", "SY-DY", "SY-RA", "SY-SU"): (1020, 1020),
}


def run(*arguments: str) -> str:
    ran = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def asked(store: str, *arguments: str) -> dict[tuple[str, ...], dict[str, Any]]:
    told = run("bounds", "--class", "pro_government_forces", "--store", store, "--format", "json", *arguments)
    return {tuple(row["places"]): row for row in json.loads(told)["bounds"]}


def at(*places: str) -> list[str]:
    return [word for place in places for word in ("--place", place)]


@pytest.mark.parametrize(("text", "total"), [(ARABIC, "1020 عنصراً"), (ENGLISH, "1,020 members")])
def test_three_incidents_inside_a_total(tmp_path: Path, text: str, total: str) -> None:
    article, store = tmp_path / "desert.txt", str(tmp_path / "store")
    article.write_text(text, encoding="utf-8")
    run("run", str(article), "--store", store, "--published", "2022-03-02", "--publisher", "صحيفة الضفة")

    found = asked(store, *at("SY-HI", "SY-DY", "SY-RA", "SY-SU"), "--naive", "--why")
    assert {places: (row["low"], row["high"]) for places, row in found.items()} == ALL_FOUR
    assert all(row["tight"] for row in found.values())
    both = asked(store, *at("SY-HI", "SY-DY"), "--why", "--by", "Islamic State")["SY-HI", "SY-DY"]
    assert (both["low"], both["high"]) == (51, 1020)
    assert found["SY-HI", "SY-DY", "SY-RA", "SY-SU"]["naive_sum_not_an_answer"] == 1071
    assert asked(store, "--by", "Russia")[()]["high"] == 0

    homs = found["SY-HI",]
    words = {sentence["statement"]: sentence["exact"] for sentence in homs["sentences"]}
    assert [words[s][:2].strip() for s in homs["low_statements"]] == ["5"]
    assert {words[s] for s in homs["high_statements"]} == {total, next(w for w in words.values() if w[0] == "7")}
    assert len(both["low_statements"]) == 3

    again = asked(store, *at("SY-HI"))
    run("run", str(article), "--store", store, "--published", "2022-03-02", "--publisher", "صحيفة الضفة")
    assert asked(store, *at("SY-HI")) == again
