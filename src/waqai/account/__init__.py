"""The account: bounds derived from what sources say, by named rules; and the questions asked over them."""

from waqai.account.additive import Verdict, judge
from waqai.account.answers import answer, derived, policy_of, why
from waqai.account.guard import explain
from waqai.account.inquiry import Finding, Inquiry, Words, inquire
from waqai.account.names import Named, Names
from waqai.account.refreshing import refresh
from waqai.account.rules import Policy

__all__ = [
    "Finding",
    "Inquiry",
    "Named",
    "Names",
    "Policy",
    "Verdict",
    "Words",
    "answer",
    "derived",
    "explain",
    "inquire",
    "judge",
    "policy_of",
    "refresh",
    "why",
]
