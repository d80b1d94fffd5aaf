"""The audit: what sources say that cannot hold together, found, kept and never repaired (docs/accounting.md)."""

from waqai.account.audit.claims import KINDS
from waqai.account.audit.findings import Ledger, SourceFinding, findings, read_ledger
from waqai.account.audit.record import kept, refresh

__all__ = ["KINDS", "Ledger", "SourceFinding", "findings", "kept", "read_ledger", "refresh"]
