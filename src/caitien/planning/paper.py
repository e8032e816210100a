"""The paper round the actions in the new school year: title, legal bases, purposes, monitoring, head and foot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caitien.plan.model import ImprovementPlan, LegalBasis
from caitien.plan.periods import years_of
from caitien.plan.showing import quoted_pair
from caitien.planning.decisions import Decision
from caitien.planning.moving import shift_years
from caitien.standards import find_document, load, school_year_day


def move_paper(
    plan: ImprovementPlan,
    from_year: str,
    to_year: str,
    framework: str | None,
    today: date,
    decisions: list[Decision],
) -> ImprovementPlan:
    """A copy of the plan for the new year without its actions: number, date, signatures and findings are not copied.

    The title's school year moves. Legal bases that are repealed on `today` are left out, that of the new framework is
    put in; other words that name the old year are proposed, not changed.
    """
    years, target = years_of(from_year), years_of(to_year)
    assert years is not None
    assert target is not None
    by = target[0] - years[0]
    new = plan.model_copy(deep=True)
    new.school_year = to_year
    new.actions, new.findings, new.signatures = [], [], []
    new.title = shift_years(plan.title, years, by) if plan.title else plan.title
    new.document.number = new.document.date = None
    decisions.append(
        Decision(
            "document",
            "/document",
            "Số, ngày ban hành và chữ ký của văn bản cũ không chép sang; hãy điền khi ban hành.",
        )
    )
    changes_form = framework is not None and framework != plan.framework
    new.sections = [] if changes_form else [shift_years(s, years, by) for s in plan.sections]
    extra = new.model_extra if new.model_extra is not None else {}
    for name in ("carried", "id"):
        extra.pop(name, None)
    new.legal_bases = list(_bases(plan, framework if changes_form else None, to_year, today, decisions))
    for n, basis in enumerate(new.legal_bases):
        _propose(basis.subject, f"/legal_bases/{n}/subject", "legal", "Căn cứ", years, by, decisions)
    for n, purpose in enumerate(new.purposes):
        _propose(purpose, f"/purposes/{n}", "text", "Mục đích, yêu cầu", years, by, decisions)
    for n, role in enumerate(new.organisation):
        for k, task in enumerate(role.tasks):
            _propose(task, f"/organisation/{n}/tasks/{k}", "text", "Tổ chức thực hiện", years, by, decisions)
    for entry in new.monitoring:
        entry.round = shift_years(entry.round, years, by) if entry.round else entry.round
        entry.result = entry.adjustment = None
    return new


def _bases(
    plan: ImprovementPlan, framework: str | None, to_year: str, today: date, decisions: list[Decision]
) -> Iterator[LegalBasis]:
    """The legal bases of the new plan; what is left out or put in is a decision."""
    day = max(today, school_year_day(to_year) or today)
    document = load(framework).document if framework else None
    if document is not None and not any(_cites(basis, document.number) for basis in plan.legal_bases):
        said = f"Đã thêm căn cứ {document.kind} {document.number} của khung mới."
        decisions.append(Decision("legal", "/legal_bases/0", said, applied=True))
        yield LegalBasis(
            kind=document.kind,
            number=document.number,
            date=document.issued.isoformat(),
            subject=f"về {document.subject[:1].lower()}{document.subject[1:]}",
        )
    for basis in plan.legal_bases:
        known = find_document(basis.number, basis.kind) if basis.number else None
        if known is not None and known.is_repealed_on(day):
            instead = f", thay bằng {known.repealed_by}" if known.repealed_by else ""
            since = f"{known.repealed:%d/%m/%Y}" if known.repealed else ""
            said = f"Đã bỏ căn cứ {known.name}: hết hiệu lực từ {since}{instead}."
            decisions.append(Decision("legal", "/legal_bases/-", said, basis.model_dump(mode="json")))
            continue
        yield basis.model_copy(deep=True)


def _cites(basis: LegalBasis, number: str) -> bool:
    known = find_document(basis.number, basis.kind) if basis.number else None
    return known is not None and known.number == number


def _propose(
    text: str | None, place: str, kind: str, where: str, years: tuple[int, int], by: int, decisions: list[Decision]
) -> None:
    shifted = shift_years(text or "", years, by)
    if text and shifted != text:
        was, now = quoted_pair(text, shifted)
        said = f"{where}: {was} còn ghi năm cũ; đề xuất {now}."
        decisions.append(Decision("legal" if kind == "legal" else "text", place, said, shifted))
