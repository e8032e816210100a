"""An invented plan of 2025-2026 under Thông tư 17/2018, with what years leave behind."""

from __future__ import annotations

import copy
from typing import Any

from caitien.plan import ImprovementPlan
from caitien.plan.periods import parse_period

PLAN: dict[str, Any] = {
    "school": {"name": "Trường Tiểu học Suối Mây", "level": "tieu_hoc"},
    "school_year": "2025-2026",
    "title": "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025- 2026",
    "framework": "tt17-2018-tieu-hoc",
    "document": {"number": "12/KH-THSM", "date": "2025-09-10", "place": "Suối Mây", "signer": {"name": "Lò Thị Mây"}},
    "legal_bases": [
        {"kind": "Thông tư", "number": "17/2018/TT-BGDĐT", "date": "2018-08-22", "subject": "ban hành Quy định"},
        {"kind": "Báo cáo", "subject": "tự đánh giá năm học 2025-2026 của trường"},
    ],
    "prior_results": [{"school_year": "2024-2025", "level": 1, "assessed": 27, "met": 27}],
    "level_reached": 2,
    "purposes": ["Khắc phục điểm yếu trong năm học 2025-2026."],
    "signatures": [{"name": "Lò Thị Mây"}],
    "findings": [{"rule": "x", "severity": "hint", "message": "x"}],
    "monitoring": [{"round": "Tháng 01/2026", "content": "Tiến độ", "result": "Đạt 60%", "reviewer": "Tổ giám sát"}],
    "actions": [
        {
            "id": "0190-1",
            "number": 1,
            "criteria": ["1.2"],
            "weakness": "Hội đồng trường họp chưa đủ số lần.",
            "cause": "Chưa có lịch họp.",
            "content": "Kiện toàn Hội đồng trường",
            "measures": ["Họp trước tháng 10/2025", "Công khai nghị quyết"],
            "period": "Tháng 9/2025 – 10/2025",
            "responsible": ["Hiệu trưởng"],
            "resources": {"budget_vnd": 5000000, "funding_sources": ["Chi thường xuyên"]},
            "progress": {"status": "in_progress", "percent": 50, "text": "Đã họp một lần"},
            "result": "Có quy chế mới",
            "provenance": {"page": 3, "rows": [4]},
            "alternatives": [{"cells": {"period": "08 - 11"}}],
        },
        {
            "number": 2,
            "criteria": ["3.2"],
            "content": "Sửa phòng học",
            "period": "15/10/2025",
            "responsible": ["Kế toán"],
            "progress": {"status": "done"},
            "result": "Sửa xong 04 phòng.",
        },
        {
            "number": 3,
            "criteria": ["1.3"],
            "weakness": "Chi đoàn ít hoạt động.",
            "content": "Đổi mới sinh hoạt chi đoàn",
            "period": "08 – 11",
            "responsible": ["Bí thư chi đoàn"],
            "progress": {"status": "overdue"},
        },
        {
            "number": 4,
            "criteria": ["4.1"],
            "content": "Họp cha mẹ học sinh",
            "period": "Hằng năm",
            "responsible": ["Giáo viên chủ nhiệm"],
            "progress": {"status": "done", "text": "Đã họp đủ 3 lần"},
        },
        {
            "number": 5,
            "criteria": ["3.3"],
            "content": "Xây nhà đa năng",
            "period": "Giai đoạn 2025 - 2030",
            "responsible": ["UBND xã"],
            "progress": {"status": "dropped", "text": "Chưa có vốn"},
        },
        {
            "number": 6,
            "criteria": ["5.1"],
            "weakness": "Thư viện thiếu sách.",
            "content": "Bổ sung sách [H1-5.1-03]",
            "period": "Giai đoạn 2025 - 2030",
            "responsible": [],
            "progress": {},
        },
    ],
}


def last_year(**changes: Any) -> ImprovementPlan:
    value = copy.deepcopy(PLAN) | changes
    for action in value["actions"]:
        if isinstance(action.get("period"), str):
            action["period"] = parse_period(action["period"], value["school_year"]).model_dump()
    return ImprovementPlan.model_validate(value)
