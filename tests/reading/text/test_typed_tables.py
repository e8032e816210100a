"""Tables that somebody typed into a text file: tabs, bars, Markdown, semicolons."""

from __future__ import annotations

import pytest

from caitien.reading.interpret import interpret
from caitien.reading.opening import open_source

HEADS = ["TT", "Tiêu chí", "Hạn chế", "Giải pháp", "Thời gian", "Người phụ trách", "Kinh phí", "Ghi chú"]
ROWS = [
    ["1", "1.2", "Hội đồng trường họp chưa đều", "Lập lịch họp từng quý", "10/2025", "Hà Thị Mận", "Không", ""],
    [
        "2",
        "3.1",
        "Sân trường đọng nước",
        "Lát lại 200 m2 sân",
        "Trước 15/10/2025",
        "Lý Văn Tẩn",
        "18,5 triệu đồng",
        "Cấp bách",
    ],
]


def _typed(mark: str, *, edge: str = "", rule: str = "") -> bytes:
    lines = [edge + mark.join(row) + edge for row in [HEADS, *ROWS]]
    if rule:
        lines.insert(1, rule)
    text = "TRƯỜNG TIỂU HỌC SUỐI MƠ\n\nKẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026\n\n"
    return (text + "\n".join(lines) + "\n\nHIỆU TRƯỞNG\nHà Thị Mận\n").encode()


@pytest.mark.parametrize(
    "content",
    [
        _typed("\t"),
        _typed(" | ", edge="|", rule="|---|:--|---|---|---|---|--:|---|"),
        _typed(" | "),
        _typed(";"),
    ],
    ids=["tabs", "markdown", "bars", "semicolons"],
)
def test_a_typed_table_is_read(content: bytes) -> None:
    plan = interpret(open_source(content, "ke-hoach.txt"))
    assert [a.criteria for a in plan.actions] == [["1.2"], ["3.1"]]
    assert [a.weakness for a in plan.actions] == [row[2] for row in ROWS]
    assert plan.actions[0].responsible == ["Hà Thị Mận"]
    assert plan.actions[1].resources.budget_vnd == 18_500_000
    assert plan.actions[1].note == "Cấp bách"


def test_a_band_between_the_rows_stays_a_band() -> None:
    text = _typed("\t").decode().replace("2\t3.1", "Tiêu chuẩn 3: Cơ sở vật chất\n2\t3.1")
    plan = interpret(open_source(text.encode(), "ke-hoach.txt"))
    assert len(plan.actions) == 2


def test_a_text_without_a_table_is_paragraphs_only() -> None:
    document = open_source("Kính gửi các thầy cô.\n\nMời họp lúc 8 giờ.\n".encode(), "thu.txt")
    assert not list(document.tables())
    assert [p.text for p in document.paragraphs()] == ["Kính gửi các thầy cô.", "Mời họp lúc 8 giờ."]
