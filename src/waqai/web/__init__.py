"""The read-only side: SPARQL endpoint, saved questions, a page for each IRI (docs/decisions/0005)."""

from waqai.web.app import app, serve
from waqai.web.pool import Limits

__all__ = ["Limits", "app", "serve"]
