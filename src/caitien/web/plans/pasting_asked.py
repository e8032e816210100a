"""What the form of the paste preview says: the block, where columns go, which rows are taken, what was corrected."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from caitien.plan.text import lines_of
from caitien.reading.pasted_columns import COLUMN_FIELDS, choosable
from caitien.web.ids import new_id

_CELL = re.compile(r"sua-(\d{1,5})-(\d{1,3})-([0-9a-f]{6}|x)")
_ADDITION = re.compile(r"them-(\d{1,5})-(\w{1,30})")


@dataclass(slots=True)
class Asked:
    """What the form of the preview says. `cells`: (row, column) to the words written there and the mark of those replaced;
    `added`: (row, field) to words where no column is; `taken`: rows chosen, among those `shown`."""

    text: str = ""
    html: str = ""
    columns: dict[int, str] = field(default_factory=dict)
    heading: bool | None = None
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    added: dict[tuple[int, str], str] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    opened: list[int] = field(default_factory=list)  # rows shown with all their inputs, the last opened at the end
    after: str = ""
    batch: UUID = field(default_factory=new_id)

    def inputs(self) -> list[tuple[str, str, str]]:
        """The corrections as inputs again: the place, the name, the words."""
        places = [(f"sua-{row}-{column}", words) for (row, column), (words, _mark) in self.cells.items()]
        added = [(name := f"them-{row}-{field}", name, words) for (row, field), words in self.added.items()]
        return [(place, f"{place}-x", words) for place, words in places] + added


def asked_of(sent: Mapping[str, Any]) -> Asked:
    """The form as values. What is malformed is passed over; the block itself is judged by reading."""
    asked = Asked(text=sent.get("text", ""), html=sent.get("html", ""), after=sent.get("sau", "")[:36])
    asked.heading = {"co": True, "khong": False}.get(sent.get("dong-dau", ""))
    try:
        asked.batch = UUID(sent.get("lo", ""))
    except ValueError:
        asked.batch = new_id()
    for name in sent:
        words = sent.get(name, "")
        if (column := re.fullmatch(r"cot-(\d{1,3})", name)) and (not words or choosable(words)):
            asked.columns[int(column[1])] = words
        elif cell := _CELL.fullmatch(name):
            if cell[3] == "x" or mark_of(words) != cell[3]:
                asked.cells[int(cell[1]), int(cell[2])] = (words, cell[3])
        elif (added := _ADDITION.fullmatch(name)) and added[2] in COLUMN_FIELDS and words.strip():
            asked.added[int(added[1]), added[2]] = words
    asked.opened = list(
        dict.fromkeys(int(key) for key in [*_list(sent, "mo"), sent.get("mo-ra", "")] if re.fullmatch(r"\d{1,5}", key))
    )
    asked.shown, asked.taken = _keys(sent.get("dong", "")), _keys(",".join(_list(sent, "lay")))
    if help_of := re.fullmatch(
        r"(sua-(\d{1,5})-(\d{1,3})-[0-9a-fx]{1,6}|them-\d{1,5}-\w{1,30})\|(.*)", sent.get("giup", ""), re.DOTALL
    ):
        if help_of[2]:
            asked.cells[int(help_of[2]), int(help_of[3])] = (help_of[4], "x")
        elif added := _ADDITION.fullmatch(help_of[1]):
            asked.added[int(added[1]), added[2]] = help_of[4]
    return asked


def mark_of(words: str) -> str:
    """A short mark of a cell's words, by which a correction is told from a cell that was left alone."""
    return hashlib.sha256("\n".join(lines_of(words)).encode()).hexdigest()[:6]


def _keys(text: str) -> set[int]:
    return {int(key) for key in re.findall(r"\d{1,5}", text[:100_000])}


def _list(sent: Any, name: str) -> list[str]:
    return sent.getlist(name) if hasattr(sent, "getlist") else [sent[name]] if name in sent else []
