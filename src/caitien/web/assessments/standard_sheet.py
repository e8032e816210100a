"""Đánh giá chung of a standard: its words, its criteria at a glance, its weaknesses, the school's numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.assessment.evidence_codes import segments
from caitien.standards.model import Framework, Standard
from caitien.web.assessments import school_data
from caitien.web.assessments.citing import CitedText, Doubt, Piece
from caitien.web.assessments.models import Assessment, StandardReview
from caitien.web.evidence.models import Evidence

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Field:
    """A text of the page. `lines`: one thing a line. `of_2026`, `of_2018`: in whose report it is printed."""

    name: str
    label: Any
    help: Any = ""
    rows: int = 4
    lines: bool = False
    of_2026: bool = True
    of_2018: bool = True


FIELDS = (
    Field("opening", gettext_lazy("Mở đầu"), gettext_lazy("Tiêu chuẩn này nói về gì, trường đã làm gì."), of_2026=False),
    Field(
        "strengths", gettext_lazy("Điểm mạnh nổi bật"), gettext_lazy("Mỗi dòng một điểm mạnh, có mã minh chứng."),
        rows=5, lines=True, of_2018=False,
    ),
    Field(
        "trend", gettext_lazy("Xu hướng 03 năm học liên tiếp"),
        gettext_lazy("Tăng, giảm hay giữ nguyên; vì sao. Số liệu 03 năm ở bên để xem, máy không tự viết."), of_2018=False,
    ),
    Field(
        "priorities", gettext_lazy("Vấn đề ưu tiên cải tiến"), gettext_lazy("Mỗi dòng một vấn đề, xếp từ việc cần nhất."),
        lines=True, of_2018=False,
    ),
    Field(
        "conclusion", gettext_lazy("Kết luận"), gettext_lazy("Nhận xét chung của tiêu chuẩn; số tiêu chí đạt."),
        of_2026=False,
    ),
)  # fmt: skip


def fields_of(framework: Framework, row: StandardReview) -> list[Field]:
    """The texts that the report of the framework prints, and what is written already."""
    is_2018 = len(framework.levels) > 2
    return [one for one in FIELDS if (one.of_2018 if is_2018 else one.of_2026) or getattr(row, one.name)]


def standard_of(framework: Framework, code: str) -> Standard:
    """The standard with this code, or of the criterion with it. Http404 when the framework has none."""
    found = framework.standard(code)
    if found is None:
        raise Http404
    return found


def review_of(assessment: Assessment, standard: Standard) -> StandardReview:
    """Its row (one query). Http404 when the assessment has none."""
    rows = StandardReview.objects.for_school(assessment.school).filter(assessment=assessment, code=standard.code)
    row = rows.first()
    if row is None:
        raise Http404
    row.assessment, row.school = assessment, assessment.school
    found: StandardReview = row
    return found


def as_typed(value: Any) -> str:
    """A column as it stands in its field: lines one under the other."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def earlier_of(assessment: Assessment, standard: Standard) -> StandardReview | None:
    """What the newest earlier year of the same framework says of the standard; None when nothing (one query)."""
    rows = StandardReview.objects.for_school(assessment.school).filter(
        code=standard.code, assessment__framework=assessment.framework, assessment__year__name__lt=assessment.year.name
    )
    found = rows.select_related("assessment__year").order_by("-assessment__year__name")[:5]
    return next((one for one in found if any(getattr(one, field.name) for field in FIELDS)), None)


def cited_texts(texts: Sequence[str], school: Any, framework: Framework) -> list[CitedText]:
    """Texts in pieces with the evidence that their codes mean (one query; none when no code is cited)."""
    cut = [segments(text, framework.evidence) for text in texts]
    codes = {code for pieces in cut for _words, code in pieces if code}
    rows = Evidence.objects.for_school(school).filter(code__in=codes) if codes else []
    known = {row.code: row for row in rows}
    return [_cited(pieces, known) for pieces in cut]


def _cited(pieces: Iterable[tuple[str, str | None]], known: dict[str, Evidence]) -> CitedText:
    text = CitedText()
    for words, code in pieces:
        if not code:
            text.pieces.append(Piece(words))
            continue
        row = known.get(code)
        doubt = _doubt(code, row)
        text.pieces.append(Piece(words, True, row, (doubt,) if doubt else ()))
        if row is not None and row not in text.evidence:
            text.evidence.append(row)
        if doubt and doubt not in text.doubts:
            text.doubts.append(doubt)
    return text


def _doubt(code: str, row: Evidence | None) -> Doubt | None:
    if row is None:
        return Doubt("error", _("Danh mục không có minh chứng %(code)s.") % {"code": code}, code)
    if row.state != Evidence.State.VERIFIED:
        said = _("%(code)s “%(name)s”: %(state)s.")
        return Doubt("warning", said % {"code": code, "name": row.name[:80], "state": row.get_state_display()}, code)
    return None


def three_years(assessment: Assessment) -> Rows:
    """The school's numbers by year, a table each, as far as they are known: only to be looked at (one query)."""
    data = school_data.of(assessment)
    if data.form is None:
        return []
    found: Rows = []
    for table in data.form.tables:
        if not table.by_year:
            continue
        rows = [(row, data.figures(table.id, row.id)) for row in table.rows]
        rows = [(row, figures) for row, figures in rows if len(figures) > 1]
        years = sorted({year for _row, figures in rows for year in figures})
        if rows:
            lines = [(row.title, row.unit or "", [figures.get(year) for year in years]) for row, figures in rows]
            found.append({"title": table.title, "years": years, "rows": lines})
    return found
