"""The editors of budget lines and of values of indicators: what was typed into their rows, and what is wrong with it.

No query and no saving here: words in, rows out. A row knows which entry of the base it shows (`of`), so that two editors
can be joined (`entries.joined`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from caitien.plan.money import format_vnd
from caitien.plan.text import one_space
from caitien.web.plans.amounts import read_amount
from caitien.web.plans.entries import VALUES, Entry, Row
from caitien.web.sent import whole

MOST_LINES = 60
LONGEST_VALUE = 60  # letters of a value: "85% (34/40 em)"
LONGEST_SOURCE, LONGEST_NOTE = 200, 500
AGREED = "dong-y"  # names the amounts that were asked about and confirmed


@dataclass(slots=True)
class Cell:
    """An input of a row: what stands in it, what is wrong with it, what is asked about it."""

    words: str = ""
    problem: str = ""
    ask: str = ""


@dataclass(slots=True)
class EditorRow:
    """A row of an editor as it is shown. `removed`: ticked to be taken away."""

    of: int | None
    cells: dict[str, Cell]
    text: str = ""
    removed: bool = False
    entry: Entry | None = None

    @property
    def is_wrong(self) -> bool:
        return any(cell.problem or cell.ask for cell in self.cells.values())


@dataclass(slots=True)
class Editor:
    """All rows of an editor. `agreed`: amounts (whole đồng) that were asked about, to be sent along with the next try."""

    rows: list[EditorRow]
    agreed: list[int] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        return any(row.is_wrong for row in self.rows)

    @property
    def asks(self) -> bool:
        return self.is_wrong and not any(cell.problem for row in self.rows for cell in row.cells.values())

    @property
    def written(self) -> list[Row]:
        """What was written, for joining."""
        return [Row(row.of, None if row.removed else row.entry) for row in self.rows if row.of is not None or row.entry]


def lines_shown(lines: Sequence[Entry], blank: int) -> Editor:
    """The editor of budget lines before anything is typed, with `blank` empty rows."""
    rows = [EditorRow(number, _cells_of_line(line)) for number, line in enumerate(lines)]
    return Editor(rows + [EditorRow(None, _cells_of_line({})) for _number in range(blank)])


def lines_typed(sent: Mapping[str, str], base: Sequence[Entry], *, content: bool) -> Editor:
    """The budget lines as they were typed. `content`: whether all may be written, or only what was spent."""
    agreed = {int(one) for one in sent.get(AGREED, "").split(",") if one.isdecimal() and len(one) < 16}
    editor = Editor([], sorted(agreed))
    count = _count(sent.get("so-dong"), MOST_LINES)
    for number in range(count):
        of = _index(sent.get(f"of-{number}"), len(base))
        if of in {row.of for row in editor.rows}:  # a line sent twice is no second line of it
            of = None
        if of is None and not content:
            continue
        was = dict(base[of]) if of is not None else {}
        names = ("amount", "source", "spent", "note") if content else ("spent",)
        typed = {name: one_space(sent.get(f"{name}-{number}", "")) for name in names}
        cells = {**_cells_of_line(was), **{name: Cell(words) for name, words in typed.items()}}
        row = EditorRow(of, cells, removed=content and sent.get(f"bo-{number}") == "1")
        if row.removed or not any(typed.values()):
            row.removed = row.removed or (content and of is not None)
            if not content and of is not None:
                row.entry = {**was, "spent_vnd": None}
            editor.rows.append(row)
            continue
        row.entry = _entry_of_line(row, was, content, editor)
        editor.rows.append(row)
    return editor


def _entry_of_line(row: EditorRow, was: Entry, content: bool, editor: Editor) -> Entry:
    entry = {name: was.get(name) for name in ("amount_vnd", "source", "spent_vnd", "note")}
    for name, column in (("amount", "amount_vnd"), ("spent", "spent_vnd")):
        if name == "amount" and not content:
            continue
        cell = row.cells[name]
        if cell.words == format_vnd(was.get(column)):
            entry[column] = was.get(column)
            continue
        amount = read_amount(cell.words)
        cell.problem, entry[column] = amount.problem, amount.vnd
        if amount.ask and amount.vnd not in editor.agreed:
            cell.ask, cell.words = amount.ask, format_vnd(amount.vnd)
            editor.agreed.append(amount.vnd or 0)
    if not content:
        return entry
    if entry["amount_vnd"] is None and not row.cells["amount"].problem:
        row.cells["amount"].problem = _("Khoản này chưa ghi dự kiến bao nhiêu. Ngoài dự kiến thì ghi 0.")
    for name, most in (("source", LONGEST_SOURCE), ("note", LONGEST_NOTE)):
        entry[name] = row.cells[name].words or None
        if len(row.cells[name].words) > most:
            row.cells[name].problem = _("Dài quá %s chữ. Hãy ghi gọn lại.") % most
    return entry


def _cells_of_line(line: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        "amount": Cell(format_vnd(line.get("amount_vnd"))),
        "source": Cell(line.get("source") or ""),
        "spent": Cell(format_vnd(line.get("spent_vnd"))),
        "note": Cell(line.get("note") or ""),
    }


def values_by_text(indicators: Sequence[str], values: Sequence[Entry] | None) -> list[Entry]:
    """An entry for every indicator, in their order, with whatever values it has."""
    known = {value["text"]: value for value in values or []}
    return [
        {"text": text, **{part: known.get(text, {}).get(part) for part in VALUES}} for text in dict.fromkeys(indicators)
    ]


def values_shown(entries: Sequence[Entry]) -> Editor:
    """The editor of values before anything is typed."""
    return Editor(
        [
            EditorRow(number, {part: Cell(entry.get(part) or "") for part in VALUES}, text=entry["text"])
            for number, entry in enumerate(entries)
        ]
    )


def values_typed(sent: Mapping[str, str], base: Sequence[Entry], *, content: bool) -> Editor:
    """The values as they were typed. `content`: whether all may be written, or only what was reached."""
    rows = []
    for number, was in enumerate(base):
        parts = VALUES if content else ("actual",)
        typed = {part: one_space(sent[f"{part}-{number}"]) for part in parts if f"{part}-{number}" in sent}
        cells = {part: Cell(typed.get(part, was.get(part) or "")) for part in VALUES}
        for part, words in typed.items():
            if len(words) > LONGEST_VALUE:
                cells[part].problem = _("Dài quá %s chữ. Hãy ghi gọn: 85%%, 14 em.") % LONGEST_VALUE
        entry = {**was, **{part: words or None for part, words in typed.items()}}
        rows.append(EditorRow(number, cells, text=was["text"], entry=entry))
    return Editor(rows)


def kept_values(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that say anything."""
    return [
        {name: part for name, part in entry.items() if name == "text" or part not in (None, "")}
        | {part: entry.get(part) or None for part in VALUES}
        for entry in entries
        if any(entry.get(part) for part in VALUES)
    ]


def _index(sent: str | None, length: int) -> int | None:
    return number if (number := whole(sent, length)) < length else None


def _count(sent: str | None, most: int) -> int:
    count = whole(sent, 0)
    return min(count, most) if count < 100_000 else 0
