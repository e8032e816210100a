"""The official forms a plan can be written in, and what a written file is called."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.plan import ImprovementPlan
from caitien.plan.text import fold
from caitien.web.schools.models import School

FORMS: dict[str, Any] = {
    "tt57-bieu-2": _("Biểu 2 (Thông tư 57/2026)"),
    "plan-progress": _("Kế hoạch có cột tiến độ"),
    "plan-weakness": _("Kế hoạch theo điểm yếu"),
}
FORMATS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(value: ImprovementPlan, form: str, format: str) -> str:
    """ "ke-hoach-cai-tien-2025-2026-tt57-bieu-2.docx": letters that every computer can write."""
    year = re.sub(r"[^0-9-]+", "", fold(value.school_year))
    return "-".join(part for part in ("ke-hoach-cai-tien", year, form) if part) + f".{format}"


def with_letterhead(value: ImprovementPlan, school: School) -> ImprovementPlan:
    """The plan with what the file did not say about the school filled in from the school's own data. What it said stays."""
    filled = value.model_copy(deep=True)
    own = {
        "school": {"name": school.name, "code": school.code, "level": school.level},
        "document": {"place": school.place, "issuing_body": school.name, "parent_body": school.parent_body},
    }
    for part, fields in own.items():
        for name, said in fields.items():
            if said and getattr(getattr(filled, part), name) is None:
                setattr(getattr(filled, part), name, said)
    signer = filled.document.signer
    if signer.name is None and school.head_name:
        signer.name = school.head_name
        signer.role = signer.role or school.head_role or None
    return filled
