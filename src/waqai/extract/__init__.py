"""An article becomes statements: pure, no files, no clock, no RDF."""

from waqai.extract.concluding import conclude
from waqai.extract.counts import counts_of
from waqai.extract.reading import extract, private_persons

__all__ = ["conclude", "counts_of", "extract", "private_persons"]
