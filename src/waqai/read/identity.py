"""Which article it is: the same text from the same address is the same article, wherever it is read."""

from __future__ import annotations

import hashlib


def article_id(url: str | None, text: str) -> str:
    """Twenty hex digits of SHA-256 over address and text."""
    return hashlib.sha256(f"{url or ''}\n{text}".encode()).hexdigest()[:20]
