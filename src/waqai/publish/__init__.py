"""A release: everything public as files that partners can load, with a description of what they are."""

from waqai.publish.release import publish

__all__ = ["publish"]
