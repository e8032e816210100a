"""An invented plan of 60 actions whose dates are all over the place, as they are in real ones."""

from __future__ import annotations

from random import Random

from caitien.plan import Action, ImprovementPlan, Progress, Resources
from caitien.plan.model import BudgetLine
from caitien.plan.periods import parse_period

TIMES = [
    "Trước 15/10/2025", "HK I", "HK II", "Cả năm học", "09 – 05", "T9-T11/2025", "Tháng 11/2025", "Hết tháng 12/2025",
    "Tháng 6 đến tháng 9 hằng năm", "01/4/2026 - 30/5/2026", "Thường xuyên", "", "31/02/2026", "Tháng 10/2022",
    "Trước 30/11/2025", "Quý IV/2025", "Năm 2026", "Hằng tháng", "20/11/2025", "22/11/2025", "25/11/2025", "30/11/2025",
    "30/11/2025", "30/11/2025", "Trong năm 2029", "khi có điều kiện", "10– 01", "Tuần 2 tháng 12/2025", "Cuối HK I",
]  # fmt: skip
CONTENTS = [
    "Rà soát, bổ sung phương hướng, chiến lược xây dựng và phát triển nhà trường giai đoạn 2025 – 2030, tầm nhìn 2035 "
    "cho phù hợp với tình hình thực tế của địa phương",
    "Bồi dưỡng giáo viên",
    "Sửa nhà vệ sinh học sinh điểm trường lẻ",
    "Mua thêm 200 đầu sách cho thư viện, xây dựng tủ sách lớp học",
    "Trồng cây xanh",
    "Nghiêngngảkhôngcódấucách" * 6,
]
PEOPLE = ["Mùa A Sếnh (Hiệu trưởng)", "Tổ chuyên môn khối 4, 5", "Đèo Thị Pâng", "Cà Văn Hặc; Quàng Thị Ín"]
SOURCES = [
    "Ngân sách nhà nước",
    "Xã hội hóa",
    "Kinh phí hoạt động thường xuyên của nhà trường và nguồn tài trợ, viện trợ hợp pháp khác",
    None,
]
STATUSES = ["done", "in_progress", "in_progress", "not_started", None, None, "overdue", "dropped"]


def ugly_plan(actions: int = 60) -> ImprovementPlan:
    """The same plan every time."""
    chance = Random(7)
    return ImprovementPlan(
        school_year="2025-2026",
        title="KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026",
        framework="tt57-2026-pho-thong",
        actions=[_action(number, chance) for number in range(actions)],
    )


def _action(number: int, chance: Random) -> Action:
    status = chance.choice(STATUSES)
    lines = [_line(chance) for _ in range(chance.randint(0, 3))]
    standard = number // 10 + 1 if number < 50 else 9
    return Action(
        number=number + 1,
        criteria=[f"{standard}.{chance.randint(1, 4)}"] if number < 57 else [],
        content=chance.choice(CONTENTS),
        period=parse_period(chance.choice(TIMES), "2025-2026"),
        responsible=[chance.choice(PEOPLE)] if chance.random() < 0.8 else [],
        resources=Resources(budget_vnd=sum(line.amount_vnd or 0 for line in lines) if lines else None, lines=lines),
        progress=Progress(status=status, percent=chance.choice([None, 40, 75]) if status == "in_progress" else None),
    )


def _line(chance: Random) -> BudgetLine:
    amount = chance.choice([0, 500_000, 2_500_000, 27_499_000, 150_000_000])
    return BudgetLine(
        amount_vnd=amount,
        source=chance.choice(SOURCES),
        spent_vnd=chance.choice([None, 0, amount // 2, amount + 1_000_000]),
    )
