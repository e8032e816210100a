"""Makes PDFs as schools have them, with Typst: tables ruled in part or all, turned, over pages, with marks on top."""

from __future__ import annotations

from pathlib import Path

import typst

HEAD = """#set page(paper: "a4", flipped: true, margin: 1.5cm{page})
#set text(size: 11pt, lang: "vi")
"""
ROWS = [
    ("1", "1.2", "Hội đồng trường họp chưa đúng định kỳ", "- Rà soát thành viên;\n- Lập lịch họp", "HK I"),
    (
        "2",
        "1.4",
        "Tổ ghép khó sinh hoạt theo nghiên cứu bài học",
        "- Ký thỏa thuận với 02 trường trong cụm",
        "15/10/2025",
    ),
    ("3", "2.1", "Phó hiệu trưởng chưa có chứng chỉ bồi dưỡng", "- Bố trí người dạy thay", "Quý IV/2025"),
]
HEADER = ("TT", "Tiêu chí", "Điểm yếu", "Giải pháp khắc phục", "Thời gian")


def made(path: Path, body: str, page: str = "") -> Path:
    source = path.with_suffix(".typ")
    source.write_text(HEAD.replace("{page}", f", {page}" if page else "") + body, encoding="utf-8")
    path.write_bytes(typst.compile(str(source)))
    return path


def table(*cells: str, columns: str = "(1cm, 2cm, 1fr, 1fr, 3cm)", more: str = "") -> str:
    """Typst source of a table; a cell may be a string to set as it is, or source that begins with "table."."""
    inside = ", ".join(c if c.startswith("table.") else _content(c) for c in cells)
    return f"#table(columns: {columns}, {more}\n{inside})\n"


def plan(rows: list[tuple[str, ...]] = ROWS, more: str = "", header: str = "") -> str:
    return table(
        header or f"table.header({', '.join(map(_content, HEADER))})", *[c for row in rows for c in row], more=more
    )


def many_rows(count: int) -> list[tuple[str, ...]]:
    return [(str(i), f"1.{i % 10 + 1}", ROWS[i % 3][2], ROWS[i % 3][3], "HK I") for i in range(1, count + 1)]


def _content(text: str) -> str:
    return "[" + text.replace("\\", "\\\\").replace("#", "\\#").replace("- ", "\\- ").replace("\n", " \\ ") + "]"
