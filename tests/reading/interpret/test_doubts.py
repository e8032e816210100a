"""What reading could not settle is a finding that quotes the words, and the words stay."""

from __future__ import annotations

import pytest

from caitien.reading.interpret import interpret
from reading.interpret.drawing import document, table

HEAD = ["TT", "Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách", "Kinh phí"]


@pytest.mark.parametrize(
    ("cells", "rule", "quote"),
    [
        (
            ["1", "1.2", "Kiện toàn hội đồng trường", "Sau khi được duyệt", "Hiệu trưởng", ""],
            "unread-period",
            "Sau khi được duyệt",
        ),
        (
            ["1", "1.2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng", "một triệu rưỡi"],
            "unread-amount",
            "một triệu rưỡi",
        ),
        (["1", "abc", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng", ""], "unread-criterion", "abc"),
        (["1", "4.1", "Phối hợp với cha m học sinh", "9/2025", "Hiệu trưởng", ""], "lost-letters", "cha m học"),
    ],
)
def test_a_doubt_quotes_the_words(cells: list[str], rule: str, quote: str) -> None:
    plan = interpret(document(table(HEAD, cells)))
    (finding,) = plan.findings
    assert (finding.rule, finding.quote, finding.action) == (rule, quote, 0)
    assert quote in finding.message


def test_letters_that_stand_alone_rightly_are_not_doubted() -> None:
    cells = ["1", "1.2", "Thực hiện điểm c khoản 2, lớp 5 A và tổ 1", "9/2025", "Hiệu trưởng", "Không"]
    assert interpret(document(table(HEAD, cells))).findings == []


def test_a_number_that_a_narrow_column_cut_is_put_together() -> None:
    cells = ["1", "1.2", "Kiện toàn hội\nđồng trường", "15/9/20\n25 -\n31/5/\n2026", "Hiệu\ntrưởng", "27.499.0\n00"]
    (action,) = interpret(document(table(HEAD, cells), wrapped=True, format="pdf")).actions
    assert (action.period.start, action.period.end) == ("2025-09-15", "2026-05-31")
    assert (action.resources.budget_text, action.resources.budget_vnd) == ("27.499.000", 27_499_000)
