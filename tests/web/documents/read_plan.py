"""A plan as a reader could have given it, with every kind of doubt in it. Invented: no such school."""

from __future__ import annotations

from typing import Any

from caitien.plan import (
    Action,
    Alternative,
    Finding,
    Fix,
    ImprovementPlan,
    Provenance,
    Resources,
    School,
)
from caitien.plan.periods import parse_period

YEAR = "2025-2026"


def plan_read(**changes: Any) -> dict[str, Any]:
    """Six rows: sure; two owners; last year's date; no date; lost letters; an amount nobody understands."""
    plan = ImprovementPlan(
        school=School(name="Trường Tiểu học Sông Lam"),
        school_year=YEAR,
        framework="tt17-2018-tieu-hoc",
        actions=[
            row("1.1", "Rà soát chiến lược", "Trước 15/10/2025", ["Lò Thị Mẩy"]),
            row(
                "1.2",
                "Kiện toàn hội đồng trường",
                "9/2025 – 11/2025",
                ["Lò Thị Mẩy"],
                instead={"responsible": ["Hà Văn Pó"]},
            ),
            row(
                "1.3",
                "Sinh hoạt tổ chuyên môn",
                "08 – 11",
                ["Tổ khối 1"],
                instead={"period": period("08/2024 – 11/2024")},
            ),
            row("2.1", "Bồi dưỡng giáo viên", "", ["Tổ khối 2"]),
            row("2.2", "Họp cha m học sinh", "HK I", ["Tổ khối 3"]),
            row("3.1", "Sửa sân trường", "HK II", ["Bảo vệ"], resources=Resources(budget_text="vài triệu")),
        ],
        findings=[
            Finding(rule="duplicate-row", severity="hint", message="Mục 1.2 được in 2 lần.", action=1, field="content"),
            Finding(
                rule="two-owners",
                severity="warning",
                message="Mục 1.2: hai người phụ trách.",
                action=1,
                field="responsible",
                fixes=[Fix(label="Chọn: Hà Văn Pó", path="/actions/1/responsible", value=["Hà Văn Pó"])],
            ),
            Finding(
                rule="two-periods", severity="warning", message="Mục 1.3: hai thời gian.", action=2, field="period"
            ),
            Finding(rule="lost-letters", severity="hint", message="Mất chữ ở “cha m học”.", action=4, field="content"),
            Finding(
                rule="unread-amount", severity="warning", message="Không hiểu “vài triệu”.", action=5, field="resources"
            ),
            Finding(rule="unknown-column", severity="warning", message="Chưa nhận ra cột “Mã số”.", quote="Mã số"),
        ],
    )
    value = plan.to_dict()
    value["actions"][0]["extra"] = {"Mã số": "KH-01"}
    value["actions"][3]["extra"] = {"Mã số": "KH-04"}
    return value | changes


def row(
    criterion: str, content: str, time: str, owners: list[str], instead: dict[str, Any] | None = None, **more: Any
) -> Action:
    """One action; `instead` is what its duplicate row says."""
    alternatives = [Alternative(values=instead, reason="Đã giữ dòng đầy đủ hơn.")] if instead else []
    return Action(
        criteria=[criterion],
        content=content,
        period=parse_period(time, YEAR),
        responsible=owners,
        alternatives=alternatives,
        provenance=Provenance(page=1, table=0, rows=[3]),
        **more,
    )


def period(text: str, year: str = YEAR) -> dict[str, Any]:
    return parse_period(text, year).model_dump(mode="json")
