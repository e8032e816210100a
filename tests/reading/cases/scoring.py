"""How well a plan was read: rows found, cells whose words are the same, values (criteria, months, money) that are equal.

Words are compared after Unicode NFC and lower case, without spaces and punctuation: what counts is that no word is lost,
changed, or moved to another cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TEXT = {  # the answer's name -> where the plan has it
    "work": "content",
    "weakness": "weakness",
    "cause": "cause",
    "goal": "objective",
    "measures": "measures",
    "indicator": "indicators",
    "time_raw": "period.text",
    "responsible": "responsible",
    "coordinators": "collaborators",
    "evidence": "expected_evidence",
    "resources": "resources.text",
    "progress": "progress.text",
    "result": "result",
    "note": "note",
}


@dataclass
class Score:
    rows: int = 0
    wanted_rows: int = 0
    extra_rows: int = 0
    cells: int = 0
    wanted_cells: int = 0
    values: int = 0
    wanted_values: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def reaches_the_bar(self) -> bool:
        """Every row, no extra row, cells at least 0.99, values at least 0.97."""
        return (
            self.rows == self.wanted_rows
            and not self.extra_rows
            and self.cells >= 0.99 * self.wanted_cells
            and self.values >= 0.97 * self.wanted_values
        )

    def __str__(self) -> str:
        return (
            f"rows {self.rows}/{self.wanted_rows} (+{self.extra_rows} extra)  "
            f"cells {self.cells}/{self.wanted_cells}  values {self.values}/{self.wanted_values}"
        )


def score(answer: dict[str, Any], plan: dict[str, Any]) -> Score:
    """Compare the plan that was read with the answer, row by row, each answer with the row most like it."""
    items, actions = answer["items"], list(plan["actions"])
    total, free = Score(wanted_rows=len(items)), set(range(len(actions)))
    for item in items:
        best = max(free, key=lambda i: _likeness(item, actions[i]), default=None)
        found = best is not None and _likeness(item, actions[best]) > 0.5
        action: dict[str, Any] = actions[best] if found and best is not None else {}
        if found and best is not None:
            free.discard(best)
            total.rows += 1
        label = item.get("stt") or "/".join(item["criteria"])
        for name, wanted, got in _cells(item, action):
            total.wanted_cells += 1
            if words(wanted) == words(got):
                total.cells += 1
            else:
                total.misses.append(f"row {label} {name}: wanted {wanted!r}, got {got!r}")
        for name, wanted, got in _values(item, action):
            total.wanted_values += 1
            if wanted == got:
                total.values += 1
            else:
                total.misses.append(f"row {label} {name}: wanted {wanted!r}, got {got!r}")
    total.extra_rows = len(free)
    total.misses += [f"extra row: {actions[i].get('content') or actions[i].get('weakness')!r}" for i in sorted(free)]
    return total


def words(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", str(value or "")).lower())


def _cells(item: dict[str, Any], action: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, path in TEXT.items():
        if words(item.get(name)):
            got: Any = action
            for step in path.split("."):
                got = got.get(step) if isinstance(got, dict) else None
            yield path, item[name], got


def _values(item: dict[str, Any], action: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    yield "criteria", sorted(item["criteria"]), sorted(action.get("criteria") or [])
    period, resources = action.get("period") or {}, action.get("resources") or {}
    time = item.get("time") or {}
    meant = next((v for k, v in time.items() if k.startswith("inferred")), time) or {}
    exact = set(time) == {"start", "end"}  # an answer that says all: null is then an answer too
    for end in ("start", "end"):
        if exact or meant.get(end):
            yield f"period.{end}", _month(meant.get(end)), _month(period.get(end))
    if item.get("budget_vnd") or (exact and "budget_vnd" in item):
        yield "budget", item["budget_vnd"], resources.get("budget_vnd")
    if item.get("funding_sources"):
        yield "sources", words(item["funding_sources"]), words(resources.get("funding_sources"))


def _month(value: str | None) -> str | None:
    return value[:7] if value else None


def _likeness(item: dict[str, Any], action: dict[str, Any]) -> float:
    wanted, got = ("work", "content") if item.get("work") else ("weakness", "weakness")
    x, y = _pieces(words(item.get(wanted))), _pieces(words(action.get(got)))
    if not x or not y:
        return 0.0
    same_criteria = sorted(item["criteria"]) == sorted(action.get("criteria") or [])
    return len(x & y) / len(x | y) + (0.2 if same_criteria else 0.0)


def _pieces(text: str) -> set[str]:
    return {text[i : i + 4] for i in range(max(1, len(text) - 3))}
