"""Tự đánh giá: báo cáo Biểu 1 của 15 tiêu chí, 140 minh chứng, khoảng 100 trang; trang bảng mức trên hai hệ cơ sở dữ liệu."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import level_board
from timing import Figure, compared, paired_seconds, seconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
AIM = "≤ 3 s"


def measure() -> dict[str, Figure]:
    """Time of the report in each format; the alternatives put down the same texts plainly: no covers, no links, no list of
    contents with pages, one paragraph after the other and one bare table of evidence."""
    from assessment.invented_assessment import big_assessment
    from caitien.assessment.abbreviations import abbreviations
    from caitien.writing import assessment as papers
    from caitien.writing.document import Document, plain_lines

    value = big_assessment()
    tree = papers.build(value, "tt57-bieu-1")
    evidence = next(t for t in tree.tables() if t.name == "Danh mục minh chứng")
    rest = Document("", tuple(block for block in tree.blocks if block is not evidence))
    said = [line for line in plain_lines(rest) if line]
    cells = [[cell.text for cell in row.cells] for row in evidence.rows]
    figures: dict[str, Figure] = {}
    for extension, (against, bare) in BARE.items():
        ours, theirs = paired_seconds(
            lambda extension=extension: papers.write(value, "tt57-bieu-1", extension),
            lambda bare=bare: bare(said, cells),
            runs=3,
        )
        figures[f"báo cáo tự đánh giá {extension}"] = compared(ours, theirs, against, aim=AIM)
    figures["báo cáo tự đánh giá, số trang"] = {
        "value": _pages(papers.write(value, "tt57-bieu-1", "pdf")),
        "unit": "trang",
    }
    figures |= level_board.figures()
    figures["tìm chữ viết tắt"] = seconds(paired_seconds(lambda: abbreviations(value), None, runs=3)[0])
    return figures


def _docx(said: list[str], cells: list[list[str]]) -> bytes:
    import docx

    document = docx.Document()
    for line in said:
        document.add_paragraph(line)
    table = document.add_table(rows=len(cells), cols=5)
    for line, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.save(out := io.BytesIO())
    return out.getvalue()


def _pdf(said: list[str], cells: list[list[str]]) -> bytes:
    import json

    import typst

    body = "\n".join(f"#par({json.dumps(line, ensure_ascii=False)})" for line in said)
    table = ", ".join(json.dumps(text, ensure_ascii=False) for row in cells for text in row)
    return bytes(typst.compile(f"{body}\n#table(columns: 5, {table})".encode()))


def _pages(content: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(content))


BARE = {"docx": ("python-docx: đoạn văn trơn", _docx), "pdf": ("typst: đoạn văn trơn", _pdf)}
