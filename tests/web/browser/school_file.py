"""A Word file as a school could send it: a plan copied from last year, rows printed twice. Invented: no such school."""

from __future__ import annotations

from pathlib import Path

HEAD = ("TT", "Tiêu chí", "Nội dung công việc", "Thời gian thực hiện", "Người phụ trách", "Kinh phí", "Tiến độ")
ROWS = (
    ("1", "1.1", "Rà soát phương hướng, chiến lược phát triển nhà trường", "Trước 15/10/2025", "Lò Thị Mẩy", "Không", "Đang thực hiện"),
    ("2", "1.3", "Kiện toàn tổ chức Đảng và các đoàn thể", "9/2025 – 11/2025", "Hà Văn Pó", "500.000", "Đang thực hiện"),
    ("2", "1.3", "Kiện toàn tổ chức Đảng và các đoàn thể", "9/2025 – 11/2025", "Quàng Thị Ín", "500.000", "Đang thực hiện"),
    ("3", "2.2", "Bồi dưỡng giáo viên dạy Tin học và Tiếng Anh", "", "Tổ chuyên môn 4, 5", "3.500.000", "Chưa thực hiện"),
    ("4", "3.1", "Sửa chữa sân chơi, bãi tập ở điểm trường lẻ", "HK II", "Lò Thị Mẩy", "27.499.000", "Chưa thực hiện"),
    ("5", "5.2", "Tổ chức hoạt động trải nghiệm cho học sinh lớp 3", "Cả năm học", "Tổng phụ trách Đội", "1,2 triệu", "Đang thực hiện"),
)  # fmt: skip


def write_word_file(path: Path) -> Path:
    """The file at `path`: six printed rows that are five actions, one with two owners, one without a time."""
    from docx import Document

    document = Document()
    for line in (
        "TRƯỜNG TIỂU HỌC NẬM NGÀN",
        "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC",
        "NĂM HỌC 2025 - 2026",
        "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22/8/2018 của Bộ Giáo dục và Đào tạo;",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=len(HEAD))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path
