"""A plan of thirty actions with long texts, as a school of thirty classes writes: about ten pages."""

from __future__ import annotations

from caitien.plan import Action, ImprovementPlan, Period, Progress, Resources, School

CRITERIA = [f"{s}.{c}" for s, count in ((1, 10), (2, 4), (3, 6), (4, 2), (5, 5)) for c in range(1, count + 1)]
OWNERS = ["Đỗ Thị Hạnh", "Phan Văn Lực", "Hoàng Minh Tuệ", "Tạ Thu Cúc", "Ngô Bá Khoa"]
CONTENT = (
    "Rà soát, bổ sung và tổ chức thực hiện nội dung số {n} của kế hoạch, bảo đảm đúng người, đúng việc, đúng thời hạn; "
    "tăng cường phối hợp giữa tổ chuyên môn, tổ văn phòng và cha mẹ học sinh trong suốt năm học."
)
RESULT = "Đã có biên bản rà soát, danh mục việc cần làm và phân công cụ thể; kết quả bước đầu được hội đồng ghi nhận."
NOTE = "Tiếp tục theo dõi ở các tháng sau, báo cáo tại cuộc họp hội đồng trường cuối mỗi học kỳ."


def big_plan(actions: int = 30) -> ImprovementPlan:
    """A plan value of `actions` rows, all invented; the same on every call."""
    return ImprovementPlan(
        school=School(name="Trường Tiểu học Suối Hoa", level="tieu_hoc"),
        school_year="2025-2026",
        title="KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC SAU TỰ ĐÁNH GIÁ",
        framework="tt17-2018-tieu-hoc",
        actions=[_action(n) for n in range(1, actions + 1)],
    )


def _action(n: int) -> Action:
    return Action(
        number=n,
        criteria=[CRITERIA[(n - 1) % len(CRITERIA)]],
        weakness="Việc thực hiện còn chậm so với kế hoạch, sự phối hợp giữa các bộ phận chưa thường xuyên.",
        content=CONTENT.format(n=n),
        objective="Hoàn thành đủ các việc đã nêu trước khi kết thúc năm học.",
        measures=["Họp phân công cụ thể;", "Kiểm tra hằng tháng;", "Sơ kết cuối học kỳ I."],
        indicators=["100% việc có người phụ trách"],
        period=Period(text="09/2025 – 05/2026", kind="month_range", start="2025-09", end="2026-05"),
        responsible=[OWNERS[n % len(OWNERS)], OWNERS[(n + 2) % len(OWNERS)]],
        resources=Resources(budget_text="2.500.000", budget_vnd=2_500_000, funding_sources=["Ngân sách nhà nước"]),
        expected_evidence=["Biên bản họp;", "Báo cáo sơ kết."],
        progress=Progress(text="Đang thực hiện", status="in_progress"),
        result=RESULT,
        note=NOTE,
    )
