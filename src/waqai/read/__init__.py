"""Documents to articles: text, HTML, feeds, JSON, archives of web pages; from files, folders and standard input.

What cannot be read becomes a `Refusal` in the same stream, and the run goes on (docs/inputs.md).
"""

from waqai.read.articles import read_articles
from waqai.read.refusal import PassedOver, Refusal

__all__ = ["PassedOver", "Refusal", "read_articles"]
