"""Source documents drawn by hand: a table as rows of texts, "<" joins the cell at the left, "^" the cell above."""

from __future__ import annotations

from caitien.reading.source import Cell, Format, Paragraph, SourceDocument, Table


def table(*rows: list[str], page: int = 1, continues: bool = False) -> Table:
    """A grid of texts; "<" and "^" stretch the cell before or above over this place."""
    width = max(len(row) for row in rows)
    owner: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c in range(width):
            text = row[c] if c < len(row) else ""
            if text == "<":
                owner[r, c] = owner[r, c - 1]
                if owner[r, c].row == r:
                    owner[r, c].colspan = max(owner[r, c].colspan, c - owner[r, c].column + 1)
            elif text == "^":
                owner[r, c] = owner[r - 1, c]
                owner[r, c].rowspan = max(owner[r, c].rowspan, r - owner[r, c].row + 1)
            else:
                owner[r, c] = Cell(r, c, text, page=page)
                cells.append(owner[r, c])
    return Table(len(rows), width, cells, page=page, continues=continues)


def document(*blocks: Table | str, wrapped: bool = False, format: Format = "docx") -> SourceDocument:
    """A file of these paragraphs and tables, the plan of Trường Tiểu học Sông Trà for 2025-2026 when nothing else is said."""
    opening = ["TRƯỜNG TIỂU HỌC SÔNG TRÀ", "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", "Năm học 2025-2026"]
    given = [b for b in blocks if isinstance(b, str)]
    texts = [] if any("năm học" in g.lower() for g in given) else opening
    all_blocks = [Paragraph(t) for t in texts] + [Paragraph(b) if isinstance(b, str) else b for b in blocks]
    return SourceDocument(format, all_blocks, wrapped=wrapped)
