"""Files to values: open safely, find the table, name its columns, join its rows.

`read_plan` is the door; nothing heavy is imported before it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caitien.reading.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from caitien.plan.model import ImprovementPlan
    from caitien.reading.source import SourceDocument

__all__ = ["DEFAULT_LIMITS", "Limits", "ReadResult", "read_plan"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A plan and the file that it was read from (its pages, tables and cells, for showing where a row stood)."""

    plan: ImprovementPlan
    source: SourceDocument


def read_plan(
    source: Path | str | bytes,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Callable[[float, str], None] | None = None,
) -> ReadResult:
    """Read a plan from a DOCX, PDF, XLSX or text file (a path, or its bytes with a `name` to show).

    `on_progress(share, phrase)`: share 0 to 1. Raises ReadingError with one Vietnamese sentence and a `code`.
    """
    from caitien.reading.interpret import interpret
    from caitien.reading.opening import open_source

    def opening(share: float, phrase: str) -> None:
        if on_progress is not None:
            on_progress(share * 0.9, phrase)

    document = open_source(source, name, limits, opening if on_progress is not None else None)
    if on_progress is not None:
        on_progress(0.9, "Đang xếp các dòng vào kế hoạch")
    plan = interpret(document)
    if on_progress is not None:
        on_progress(1.0, "Đã đọc xong")
    return ReadResult(plan, document)
