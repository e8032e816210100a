"""A small plan in which nothing is wrong, to be spoiled one thing at a time. School and people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from caitien.checking import check
from caitien.plan.model import Action, DocumentInfo, Finding, ImprovementPlan, LegalBasis, PriorResult, School
from caitien.plan.money import parse_money
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress

YEAR = "2025-2026"
TODAY = date(2025, 11, 20)


def row(number: int, criterion: str, content: str, **more: Any) -> Action:
    """A row as reading gives it: `time`, `progress` and `money` are words."""
    time, progress = more.pop("time", "09/2025 – 05/2026"), more.pop("progress", "Đang thực hiện")
    money = parse_money(more.pop("money", "Không"))
    action = Action(
        number=number,
        criteria=[criterion],
        content=content,
        period=parse_period(time, YEAR),
        progress=parse_progress(progress),
        responsible=more.pop("responsible", ["Lò Thị Bình"]),
        **more,
    )
    action.resources.budget_text = money.text
    action.resources.budget_vnd = money.vnd
    action.resources.funding_sources = list(money.sources)
    return action


def clean_plan() -> ImprovementPlan:
    return ImprovementPlan(
        school=School(name="Trường Tiểu học Suối Lim", level="tieu_hoc"),
        school_year=YEAR,
        framework="tt17-2018-tieu-hoc",
        document=DocumentInfo(number="47/KH-THSL", date="2025-09-08"),
        legal_bases=[LegalBasis(kind="Thông tư", number="17/2018/TT-BGDĐT", date="2018-08-22")],
        sections=["I. MỤC ĐÍCH, YÊU CẦU", "II. CĂN CỨ", "III. NỘI DUNG KẾ HOẠCH", "IV. TỔ CHỨC THỰC HIỆN"],
        prior_results=[
            PriorResult(level=1, assessed=27, met=27, not_met=0, text="- Mức 1: Tổng số 27 tiêu chí, đạt 27/27, tỉ lệ 100%"),
            PriorResult(level=2, assessed=27, met=25, not_met=2, text="- Mức 2: Tổng số 27 tiêu chí, đạt 25/27, tỉ lệ 92,6%"),
        ],
        level_reached=1,
        actions=[
            row(1, "1.1", "Rà soát, bổ sung chiến lược phát triển nhà trường", time="Tháng 6 đến tháng 9 hằng năm", progress="Đã thực hiện xong"),
            row(2, "1.4", "Đổi mới sinh hoạt tổ chuyên môn theo nghiên cứu bài học"),
            row(3, "3.3", "Bổ sung máy tính cho phòng Tin học", money="40.000.000 đồng (ngân sách 25.000.000; XHH 15.000.000)"),
            row(4, "5.5", "Phụ đạo học sinh chưa hoàn thành", time="Cả năm học", note="Kết quả năm học 2023-2024 còn 21 em, năm 2024 còn 14 em"),
            row(5, "M4.3", "Hiện đại hóa thư viện", time="Thường xuyên", responsible=["Tổ Văn phòng"]),
        ],
    )  # fmt: skip


def found(plan: ImprovementPlan, rule: str, today: date = TODAY) -> list[Finding]:
    """What one rule finds in a plan."""
    return [f for f in check(plan, today=today) if f.rule == rule]
