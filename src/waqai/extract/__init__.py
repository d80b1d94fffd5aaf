"""An article becomes statements: pure, no files, no clock, no RDF."""

from waqai.extract.concluding import conclude
from waqai.extract.counts import counts_of
from waqai.extract.reading import extract

__all__ = ["conclude", "counts_of", "extract"]
