"""One event from many accounts: articles' tellings of one incident, found, scored and grouped (docs/accounting.md)."""

from waqai.account.events.accounts import Account
from waqai.account.events.grouping import Event, Judgement
from waqai.account.events.reading import events_of, tellings
from waqai.account.events.told import Telling, Told, telling
from waqai.account.events.toll import Toll, TollPolicy, toll, tolls

__all__ = [
    "Account",
    "Event",
    "Judgement",
    "Telling",
    "Told",
    "Toll",
    "TollPolicy",
    "events_of",
    "telling",
    "tellings",
    "toll",
    "tolls",
]
