"""Documents to articles: plain text, HTML and JSON, from files, folders and standard input.

What cannot be read becomes a `Refusal` in the same stream, and the run goes on.
"""

from waqai.read.articles import read_articles
from waqai.read.refusal import Refusal

__all__ = ["Refusal", "read_articles"]
