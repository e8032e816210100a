"""Invented schools, users and plans for the web tests. Not one of them exists."""

from __future__ import annotations

from functools import cache
from typing import Any

from caitien.plan import Action, Alternative, Finding, Fix, ImprovementPlan, Period, Progress, Provenance, Resources

PASSWORD = "mat-khau-thu-9"


@cache
def hashed_password() -> str:
    """Made once: a good password hash takes a tenth of a second, on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def make_school(slug: str, name: str, **fields: Any):
    from caitien.web.schools.models import School

    return School.objects.create(slug=slug, name=name, level="tieu_hoc", **fields)


def make_user(username: str, full_name: str = "", school: Any = None, role: str | None = None):
    from caitien.web.accounts.models import User
    from caitien.web.schools.models import Membership

    user = User.objects.create(username=username, full_name=full_name, password=hashed_password())
    if school is not None:
        Membership.objects.create(school=school, user=user, role=role)
    return user


def plan_value(actions: int = 3) -> ImprovementPlan:
    """A plan of 2025-2026 after Thông tư 17/2018 with `actions` rows: a good one, an ugly one, then plain ones."""
    rows = [_good(), _ugly(), *(_plain(number) for number in range(3, actions + 1))][:actions]
    return ImprovementPlan(
        school_year="2025-2026",
        title="KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026",
        framework="tt17-2018-tieu-hoc",
        actions=rows,
        findings=[
            Finding(
                rule="two-owners",
                severity="warning",
                message="Mục 1.1 có hai người phụ trách khác nhau.",
                action=0,
                field="responsible",
                quote="Tổ khối 1",
                fixes=[Fix(label="Dùng “Tổ khối 1”", path="/actions/0/responsible", value=["Tổ khối 1"])],
            )
        ],
    )


def _good() -> Action:
    return Action(
        number=1,
        criteria=["1.1"],
        weakness="Kế hoạch chiến lược chưa được rà soát hằng năm.",
        content="Rà soát kế hoạch chiến lược",
        measures=["Họp hội đồng trường", "Lấy ý kiến phụ huynh"],
        period=Period(text="Trước 15/10/2025", kind="deadline", end="2025-10-15"),
        responsible=["Lò Thị Mẩy (Hiệu trưởng)"],
        resources=Resources(budget_vnd=2_500_000, budget_text="2,5 triệu", funding_sources=["Ngân sách"]),
        expected_evidence=["Biên bản họp", "Bản kế hoạch sửa đổi"],
        progress=Progress(text="Đang làm", status="in_progress"),
        provenance=Provenance(page=2, table=0, rows=[3, 4]),
        alternatives=[Alternative(values={"responsible": ["Tổ khối 1"]}, reason="Hàng này cũ hơn.")],
    )


def _ugly() -> Action:
    """A row with nearly nothing in it, as they come."""
    return Action(
        criteria=["5.5", "M4.2"], content="Học sinh yếu", period=Period(text="09 – 05 hằng năm", kind="unknown")
    )


def _plain(number: int) -> Action:
    standard = number % 5 + 1
    return Action(
        number=number,
        criteria=[f"{standard}.{number % 3 + 1}"],
        content=f"Việc thứ {number}",
        period=Period(text="T9-T11/2025", kind="month_range", start="2025-09", end="2025-11"),
        responsible=["Tổ chuyên môn"],
        resources=Resources(budget_vnd=1_000_000, funding_sources=["Ngân sách"]),
        progress=Progress(text="Hoàn thành", status="done") if number % 2 else Progress(),
    )
