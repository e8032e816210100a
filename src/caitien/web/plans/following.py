"""What changes with a change: marks follow the words they belong to, amounts follow the lines they are made of. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz.fuzz import ratio

from caitien.plan.money import format_vnd

Columns = dict[str, Any]
MARKS = {"measures": "measures_done", "indicators": "indicator_values", "expected_evidence": "evidence_at_hand"}
"""A list of words -> the list of what is known about each of them, by its words (`text`)."""
OWNED = {"budget_vnd": "budget", "budget_text": "budget", "funding_sources": "funding_sources"}
"""A column that follows from others and that people also write -> the field in which they write it."""
ALIKE = 60  # of 100: words that were corrected are the same words still; ones that were replaced are not


def following(row: Any, columns: Mapping[str, Any]) -> Columns:
    """The columns that must change with these: marks when their words change, the amount when its lines do.

    What is among `columns` already is left to whoever set it.
    """
    found: Columns = {}
    for words, marks in MARKS.items():
        if words in columns and marks not in columns:
            moved = marks_moved(getattr(row, words), columns[words], getattr(row, marks))
            if moved != getattr(row, marks):
                found[marks] = moved
    if columns.get("budget_lines"):
        found |= {name: value for name, value in of_lines(columns["budget_lines"]).items() if name not in columns}
    return found


def marks_moved(old: Sequence[str], new: Sequence[str], marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The marks under the words as they are now: the same words, else the words most alike at no other mark's place.

    A mark whose words are gone goes with them (the history keeps it).
    """
    by_text = {mark["text"]: mark for mark in marks}
    taken = {text for text in by_text if text in new}
    free = [text for text in new if text not in old]
    moved = {text: text for text in taken}
    for text in old:
        if text in by_text and text not in taken and free:
            best = max(free, key=lambda one: ratio(text, one))
            if ratio(text, best) >= ALIKE:
                moved[best] = text
                free.remove(best)
    return [{**by_text[moved[text]], "text": text} for text in dict.fromkeys(new) if text in moved]


def of_lines(lines: Sequence[Mapping[str, Any]]) -> Columns:
    """Amount, its words and its sources, from budget lines. No amount known in any line: the amount is not known."""
    amounts = [line["amount_vnd"] for line in lines if line.get("amount_vnd") is not None]
    total = sum(amounts) if amounts else None
    return {
        "budget_vnd": total,
        "budget_text": None if total is None else format_vnd(total),
        "funding_sources": list(dict.fromkeys(line["source"] for line in lines if line.get("source"))),
    }
