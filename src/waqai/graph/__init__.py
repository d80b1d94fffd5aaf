"""Statements become triples here; the only room that mints IRIs."""

from waqai.graph.article import ArticleGraphs, article_graphs
from waqai.graph.iris import BASE, WQ, WQV, Iris, deployment

__all__ = ["BASE", "WQ", "WQV", "ArticleGraphs", "Iris", "article_graphs", "deployment"]
