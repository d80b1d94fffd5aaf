"""The account: bounds derived from what sources say, by named rules; and the questions asked over them."""

from waqai.account.answers import answer, policy_of, refresh, why
from waqai.account.rules import Policy

__all__ = ["Policy", "answer", "policy_of", "refresh", "why"]
