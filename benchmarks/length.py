"""How long reading and extraction take by the length of an article: the time per character must stay the same.

usage: python benchmarks/length.py [longest]      (characters, default 1,000,000)

Each text is of new paragraphs all through, once with line breaks and once as one endless line.
"""

from __future__ import annotations

import io
import sys
import time

from waqai.model import Article
from waqai.pipeline import Reader
from waqai.read import read_articles

_PARAGRAPHS = (
    "قتل {0} عنصراً من قوات النظام، وأصيب {1} مدنيين بانفجار لغم في قرية بريف حمص، وفق المرصد السوري لحقوق الإنسان.",
    "وأضاف المصدر أن سيارات الإسعاف نقلت الجرحى إلى المشفى القريب، وأن المنطقة شهدت {0} انفجاراً في الأشهر الماضية.",
    "وكان مجهولون قد استهدفوا يوم الأحد حافلة على طريق دير الزور، ما أسفر عن مقتل {1} عمال بينهم طفلان.",
)


def text_of(length: int, joint: str) -> str:
    """A text of about so many characters, no paragraph like another."""
    parts: list[str] = []
    while length > 0:
        number = len(parts)
        parts.append(_PARAGRAPHS[number % 3].format(11 + number, 3 + number % 7))
        length -= len(parts[-1]) + len(joint)
    return joint.join(parts)


def main() -> None:
    """Print a line for each length."""
    longest = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    reader = Reader()
    reader.statements(_article(text_of(500, "\n\n")))
    print(f"{'form':<10}{'characters':>12}{'statements':>12}{'read µs/char':>14}{'extract µs/char':>17}")
    for form, joint in (("lines", "\n\n"), ("one line", " ")):
        length = 1000
        while length <= longest:
            text = text_of(length, joint)
            start = time.perf_counter()
            article = _article(text)
            between = time.perf_counter()
            statements = reader.statements(article)
            end = time.perf_counter()
            micro = 1e6 / len(text)
            told = f"{(between - start) * micro:>14.2f}{(end - between) * micro:>17.2f}"
            print(f"{form:<10}{len(text):>12,}{len(statements):>12,}{told}", flush=True)
            length *= 10


def _article(text: str) -> Article:
    (arrival,) = read_articles(io.BytesIO(text.encode()))
    if not isinstance(arrival, Article):
        raise SystemExit(f"not read: {arrival}")
    return arrival


if __name__ == "__main__":
    main()
