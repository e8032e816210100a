"""Tables that somebody typed: cells between tabs, bars (Markdown) or semicolons, one row a line."""

from __future__ import annotations

import re

from caitien.plan.text import one_space
from caitien.reading.fallen_text.lines import Line
from caitien.reading.lexicon import guess_fields
from caitien.reading.source import Cell, Table

_RULE = re.compile(r"^[\s|+:=\-–—_]+$")
_LEAST_ROWS = 2


def find_drawn(lines: list[Line], begin: int = 0) -> tuple[int, int, Table] | None:
    """The first typed table at or after line `begin`: its first line, the line after its last, the table."""
    for i in range(begin, len(lines)):
        for mark in ("|", "\t", ";"):
            if lines[i].raw.count(mark) < 2 or _RULE.match(lines[i].raw):
                continue
            found = _table_at(lines, i, mark)
            if found is not None:
                return found
    return None


def _split(raw: str, mark: str) -> list[str]:
    text = raw.strip("\r\n")
    if mark == "|":
        text = text.strip().replace("\\|", "\x00")
        text = text[1:] if text.startswith("|") else text
        text = text[:-1] if text.endswith("|") else text
    if mark == ";" and '"' in text:
        import csv

        return [one_space(c) for c in next(csv.reader([text], delimiter=";"))]
    return [re.sub(r"<br ?/?>", "\n", one_space(cell.replace("\x00", "|"))) for cell in text.split(mark)]


def _table_at(lines: list[Line], i: int, mark: str) -> tuple[int, int, Table] | None:
    heads = _split(lines[i].raw, mark)
    known = {guesses[0].field for head in heads if (guesses := guess_fields(head)) and guesses[0].score >= 0.8}
    if len(known) < 3:
        return None
    columns = len(heads)
    rows: list[tuple[list[str], int]] = [(heads, lines[i].page)]
    n = i + 1
    while n < len(lines):
        line = lines[n]
        if _RULE.match(line.raw):
            n += 1
            continue
        if line.raw.count(mark) < (1 if mark == "|" else columns // 2):
            if mark != "|" and line.raw.count(mark) > 0:
                break
            if not _is_band(line.text) or line.gap:
                break
        cells = _split(line.raw, mark)
        if mark == "|" and len(rows) > 1 and not cells[0] and _is_wrapped(cells, rows[-1][0]):
            rows[-1] = (
                [f"{a}\n{b}".strip("\n") for a, b in zip(rows[-1][0], _padded(cells, columns), strict=True)],
                rows[-1][1],
            )
        else:
            rows.append((_padded(cells, columns), line.page))
        n += 1
    if len(rows) < _LEAST_ROWS:
        return None
    return i, n, _build(rows, columns)


def _is_band(text: str) -> bool:
    return bool(re.match(r"(tiêu chuẩn|tiêu chí|tổng|cộng)\b", text, re.I))


def _is_wrapped(cells: list[str], above: list[str]) -> bool:
    """A row drawn on several lines: all its later lines lack the first cell and begin in small letters."""
    filled = [c for c in cells if c]
    return bool(filled) and all(c[:1].islower() for c in filled) and any(above)


def _padded(cells: list[str], columns: int) -> list[str]:
    if len(cells) > columns:
        cells = [*cells[: columns - 1], " ".join(c for c in cells[columns - 1 :] if c)]
    return cells + [""] * (columns - len(cells))


def _build(rows: list[tuple[list[str], int]], columns: int) -> Table:
    cells: list[Cell] = []
    for r, (texts, page) in enumerate(rows):
        filled = [c for c, text in enumerate(texts) if text]
        if filled == [0] and columns > 1 and r and _is_band(texts[0]):
            cells.append(Cell(r, 0, texts[0], colspan=columns, page=page))
            continue
        cells.extend(Cell(r, c, text, page=page) for c, text in enumerate(texts))
    return Table(row_count=len(rows), column_count=columns, cells=cells, page=rows[0][1])
