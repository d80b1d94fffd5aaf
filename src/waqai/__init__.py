"""Waqai: what sources say about armed conflict, as a graph with evidence, bounds and audit."""

__version__ = "0.1.0"
