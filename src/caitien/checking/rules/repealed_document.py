"""A circular cited that was no longer in force on the day of the document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caitien.checking.rule import Context, Rule, finding
from caitien.plan.days import first_day
from caitien.plan.model import Finding, ImprovementPlan, Severity
from caitien.standards.choosing import school_year_day
from caitien.standards.documents import LegalDocument, find_document


def _find(context: Context) -> Iterator[Finding]:
    plan = context.plan
    day, exact = _judged_on(plan)
    if day is None:
        return
    said: set[str] = set()
    for basis in plan.legal_bases:
        document = find_document(basis.number or "", basis.kind, first_day(basis.date))
        if document is None or document.number in said or not document.is_repealed_on(day):
            continue
        said.add(document.number)
        when = f"ngày ban hành kế hoạch {day:%d/%m/%Y}" if exact else f"đầu năm học {plan.school_year}"
        instead = f", thay bằng {document.repealed_by}" if document.repealed_by else ""
        yield finding(
            RULE.id,
            _severity(document, exact),
            f"Căn cứ “{basis.number}” đã hết hiệu lực từ {document.repealed:%d/%m/%Y}{instead}, trước {when}.",
            field="legal_bases",
            quote=basis.number,
        )


def _judged_on(plan: ImprovementPlan) -> tuple[date | None, bool]:
    """The day of the document, or of its first signature; else the opening of the school year, which is a guess."""
    day = first_day(plan.document.date)
    if day is None:
        signed = [d for d in (first_day(s.time) for s in plan.signatures) if d is not None]
        day = min(signed, default=None)
    if day is not None:
        return day, True
    return school_year_day(plan.school_year), False


def _severity(document: LegalDocument, exact: bool) -> Severity:
    if not exact:
        return "hint"
    return "error" if document.mark == "confirmed" else "warning"


RULE = Rule(
    id="repealed-document",
    severity="error",
    title="Căn cứ đã hết hiệu lực",
    explanation="Kế hoạch viện dẫn văn bản đã bị bãi bỏ vào ngày ban hành. Văn bản ban hành khi thông tư cũ còn hiệu lực thì không sai.",
    source="Thông tư 57/2026/TT-BGDĐT, Điều 26: bãi bỏ các thông tư 17, 18, 19/2018, 22/2024 từ 07/7/2026",
    find=_find,
)
