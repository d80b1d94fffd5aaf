"""Saved questions: load them, bind values as RDF terms, run them, show the answer and the sentences behind it."""

from waqai.ask.answers import Answer, Row, Value, as_csv, as_json, as_table, run
from waqai.ask.binding import bind
from waqai.ask.charts import Picture, in_terminal, picture
from waqai.ask.evidence import Evidence, as_panels, evidence
from waqai.ask.questions import BoundsWanted, Column, Parameter, Question, find_question, load_questions, read_question

__all__ = [
    "Answer",
    "BoundsWanted",
    "Column",
    "Evidence",
    "Parameter",
    "Picture",
    "Question",
    "Row",
    "Value",
    "as_csv",
    "as_json",
    "as_panels",
    "as_table",
    "bind",
    "evidence",
    "find_question",
    "in_terminal",
    "load_questions",
    "picture",
    "read_question",
    "run",
]
