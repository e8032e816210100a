"""Words that can be proposed for a part of the report that is empty: from the school's own facts, or ours. Never put in by themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from caitien.assessment.model import SelfAssessment
from caitien.assessment.tables_model import last_years
from caitien.standards.model import Framework
from caitien.writing.assessment.examined import examine
from caitien.writing.assessment.result_tables import school_level

OURS = gettext_noop("Gợi ý của Cải Tiến, không phải lời của thông tư")
SCHOOLS = gettext_noop("Lấy từ thông tin trường")
COMPUTED = gettext_noop("Tính từ các nhận định hiện có")

PURPOSE = gettext_noop(
    "Xác định mức đạt được của nhà trường theo từng tiêu chí; chỉ ra điểm mạnh, hạn chế và nguyên nhân; làm cơ sở lập kế "
    "hoạch cải tiến chất lượng, công khai và giải trình với cơ quan quản lý, cha mẹ học sinh và cộng đồng."
)
PROCESS = (
    gettext_noop("Lập kế hoạch: thành lập hội đồng tự đánh giá, lập kế hoạch, tập huấn, phân công."),
    gettext_noop("Tổ chức thực hiện: các nhóm thu thập minh chứng, viết phiếu đánh giá tiêu chí."),
    gettext_noop("Kiểm tra, phân tích: thư ký kiểm tra minh chứng, hội đồng thảo luận từng tiêu chí."),
    gettext_noop("Tổng hợp, xác nhận: viết báo cáo, lấy ý kiến trong trường, hội đồng phê duyệt và công khai."),
)


def suggested(
    path: str, assessment: Any, framework: Framework, value: SelfAssessment | None = None
) -> tuple[Any, str] | None:
    """The value that can be proposed at a path, and where it comes from in words; None where there is nothing.

    `value`: the self-assessment, for what is computed.
    """
    found, origin = _found(path, assessment, framework, value)
    return (found, origin) if found else None


def _found(path: str, assessment: Any, framework: Framework, value: SelfAssessment | None) -> tuple[Any, str]:
    school = assessment.school
    contact = (
        (gettext_noop("Điện thoại: %s"), school.phone),
        (gettext_noop("Thư điện tử: %s"), school.email),
        (gettext_noop("Trang thông tin điện tử: %s"), school.website),
    )
    if path == "overview.address":
        place = ", ".join(part for part in (school.address, school.commune, school.province) if part)
        return place, SCHOOLS
    if path == "overview.contact":
        return "\n".join(words % said for words, said in contact if said), SCHOOLS
    if path == "overview.governing_body":
        return school.parent_body, SCHOOLS
    if path == "overview.purpose":
        return PURPOSE, OURS
    if path == "overview.scope":
        return _scope(framework), OURS
    if path == "overview.period":
        return _period(assessment, framework), OURS
    if path == "overview.process":
        return list(PROCESS), OURS
    if path == "conclusion.summary" and value is not None:
        return _summary(value), COMPUTED
    return None, ""


def _scope(framework: Framework) -> str:
    document = framework.document
    said = gettext_noop(
        "Toàn bộ hoạt động của nhà trường, ở mọi điểm trường, theo %(standards)s tiêu chuẩn, %(criteria)s tiêu chí của "
        "%(kind)s số %(number)s."
    )
    return said % {
        "standards": len(framework.standards),
        "criteria": len(framework.criteria),
        "kind": document.kind,
        "number": document.number,
    }


def _period(assessment: Any, framework: Framework) -> str:
    """Three years of numbers under Thông tư 57, five under the frameworks of 2018."""
    count = 5 if framework.id.startswith("tt1") else 3
    try:
        years = last_years(assessment.year.name, count)
    except ValueError:
        return ""
    said = gettext_noop("Năm học %(year)s; số liệu của %(count)02d năm học: %(years)s.")
    return said % {"year": assessment.year.name, "count": count, "years": ", ".join(years)}


def _summary(value: SelfAssessment) -> str:
    examined = examine(value)
    judged = [one for one in examined.result.criteria if any(j != "not_judged" for j in one.reached.values())]
    if not judged:
        return ""
    said = gettext_noop(
        "Nhà trường đã tự đánh giá %(done)s/%(all)s tiêu chí. Kết quả tự đánh giá: nhà trường %(level)s."
    )
    numbers = {"done": len(judged), "all": len(examined.result.criteria), "level": school_level(examined)}
    return said % numbers
