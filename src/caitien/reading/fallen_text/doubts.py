"""Which rows put together from bare text may be wrong: a cell that is missing or does not look like its column."""

from __future__ import annotations

import re

from caitien.plan.text import one_space
from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.evidence import KIND_OF_FIELD
from caitien.reading.source import Table

_ALWAYS = 0.9  # of the rows have the cell: then a row without it is one to look at
_LEAST_ROWS = 4
_MANY = 0.2  # of the rows in doubt: then the whole text is
_NEEDED = ("content", "measures", "weakness", "objective", "issue", "period", "period_end", "responsible")
_EMPTY = re.compile(r"^[-–—.…/\sx]*$", re.I)


def doubts_of(table: Table, fields: list[str | None]) -> dict[int, str]:
    """By row of the table, what is doubtful, in Vietnamese. `fields`: the plan fields of the columns."""
    rows: dict[int, dict[int, str]] = {}
    headings: dict[int, str] = {}
    for cell in table.cells:
        if cell.row == 0:
            headings[cell.column] = one_space(cell.text)
        elif cell.colspan == 1:
            rows.setdefault(cell.row, {})[cell.column] = one_space(cell.text)
    kinds = [KIND_OF_FIELD.get(f or "", "text") for f in fields]
    names = [f or "" for f in fields]
    usual = {
        c
        for c in range(len(kinds))
        if names[c] in _NEEDED
        and len(rows) >= _LEAST_ROWS
        and sum(c in r for r in rows.values()) >= _ALWAYS * len(rows)
    }
    small = {c for c in usual if sum(r.get(c, "")[:1].islower() for r in rows.values()) > 0.2 * len(rows)}
    out: dict[int, str] = {}
    for number, row in rows.items():
        reasons = [f"thiếu ô “{headings.get(c, '')}”" for c in sorted(usual - set(row))]
        for c, text in sorted(row.items()):
            reason = _strange(text, kinds[c], names[c], begins_small=c in small)
            if reason:
                reasons.append(f"ô “{headings.get(c, '')}” {reason}")
        if reasons:
            out[number] = "; ".join(reasons[:3])
    return out


def note_of(tables: list[Table]) -> str | None:
    """What to tell the user when many rows are in doubt; None when few are."""
    rows = sum(len({c.row for c in t.cells if c.colspan == 1}) - 1 for t in tables)
    doubtful = sum(len(t.doubts) for t in tables)
    if not rows or doubtful < max(2, _MANY * rows):
        return None
    return (
        f"Văn bản này không còn khung bảng: {doubtful} trên {rows} dòng được ghép lại mà chưa chắc đúng. "
        "Hãy so từng dòng với bản gốc, hoặc nộp tệp Word, Excel hay PDF gốc để đọc chính xác hơn."
    )


def _strange(text: str, kind: str, name: str, *, begins_small: bool) -> str | None:
    """Why a cell does not look like its column; None when it may."""
    if _EMPTY.match(text):
        return None
    words = text.split()
    if kind == "number":
        return None if re.match(r"^\d{1,3}(\.\d{1,2})?[.)]?$|^[IVXa-zđ]{1,4}[.)]?$", text) else "không phải số thứ tự"
    if kind == "period":
        if not w.period_key(text) and w.period_share(words) < 0.5:
            return "không giống thời gian"
        return "có lẫn nội dung khác" if len(words) > 6 and w.period_share(words) < 0.4 else None
    if kind == "person":
        return "có lẫn nội dung khác" if w.people_share(words) < 0.5 else None
    if kind == "text" and name and not begins_small and text[:1].islower():
        return "bắt đầu giữa câu"
    return None
