"""The gate: a graph goes in, a verdict comes out. SHACL decides, by pyshacl on rdflib.

Bad data is a value here, never an exception; only a broken shapes file raises. A Violation keeps a graph out of the
store, a Warning is a finding about the source, kept and reported (shapes/README.md).
"""

from waqai.validate.gate import Gate
from waqai.validate.verdict import Finding, Verdict

__all__ = ["Finding", "Gate", "Verdict"]
