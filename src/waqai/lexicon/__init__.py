"""How it is said: words and rules as entries that a person who knows the language edits without code."""

from waqai.lexicon.load import load_lexicon
from waqai.lexicon.terms import Hit, Language, Lexicon, Term

__all__ = ["Hit", "Language", "Lexicon", "Term", "load_lexicon"]
