"""What people see while they wait or when something is wrong: all of it on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from waqai.pipeline import Receipt
from waqai.validate import Finding

Thing = TypeVar("Thing")

_errors = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say what is wrong."""
    _errors.print(f"waqai: {message}", markup=False, style="red" if _errors.is_terminal else None)


def tell(message: str) -> None:
    """Say what happened."""
    _errors.print(message, markup=False)


def progress(things: Iterable[Thing], title: str, total: int | None = None) -> Iterator[Thing]:
    """Pass things on and show how many have passed; silent where standard error is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        for thing in things:
            yield thing
            bar.advance(task)


def finding_lines(finding: Finding, lang: str) -> list[str]:
    """A finding of the gate: severity, focus node, shape, what is wrong, and what to do."""
    head = f"{finding.severity} · {finding.focus} · {finding.shape} · {finding.wrong(lang)}"
    return [head, f"  → {finding.cure(lang)}"] if finding.cure(lang) else [head]


def receipt_lines(receipt: Receipt, lang: str) -> list[str]:
    """A receipt as lines to read."""
    if receipt.outcome == "refused":
        return [f"refused      {receipt.file}: {receipt.reason}", f"             → {receipt.cure}"]
    if receipt.outcome == "duplicate":
        return [f"duplicate    {receipt.file}: {receipt.reason}"]
    told = f"{receipt.counts} counts, {receipt.events} statements without a number"
    head = f"{receipt.outcome:<12} {receipt.file}: {told} · {(receipt.article or '').rpartition('/')[2]}"
    findings = [line for finding in receipt.findings for line in finding_lines(finding, lang)]
    return [head, *(f"             {line}" for line in findings)]
