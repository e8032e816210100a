"""The page of a criterion, loaded: its rows in a constant number of queries, what is lacking, what would be asked before submitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _

from caitien.standards.model import Criterion, Framework
from caitien.web.assessments.citing import Citing, citing_of
from caitien.web.assessments.models import Assessment, CriterionReview, LevelReview, Weakness
from caitien.web.assessments.states import is_open
from caitien.web.evidence.models import Evidence, EvidenceUse
from caitien.web.frameworks.words import level_titles

MET, NOT_MET = LevelReview.Judged.MET, LevelReview.Judged.NOT_MET


@dataclass(slots=True)
class LevelShown:
    """A level of the sheet. `lacks`: what is missing before "met" can be written; `out_of_order`: a level below is not met."""

    row: LevelReview
    title: str
    lacks: list[str] = field(default_factory=list)
    out_of_order: str = ""

    @property
    def mark(self) -> tuple[Any, str, str]:
        """(word, tone, icon) of the judgement."""
        return judged_mark(self.row.judged)


def judged_mark(judged: str) -> tuple[Any, str, str]:
    """(word, tone, icon) for {% mark %}."""
    if judged == MET:
        return LevelReview.Judged.MET.label, "success", "check"
    if judged == NOT_MET:
        return LevelReview.Judged.NOT_MET.label, "error", "x"
    return _("chưa nhận định"), "muted", "circle"


@dataclass
class Sheet:
    """A criterion's sheet with its rows. `uses`: evidence that serves it, is offered, or was declined."""

    assessment: Assessment
    framework: Framework
    about: Criterion
    review: CriterionReview
    levels: list[LevelReview]
    uses: list[EvidenceUse]
    weaknesses: list[Weakness]
    today: date

    @property
    def by_criterion(self) -> bool:
        """Whether strengths, weaknesses and the plan of improvement stand on the sheet (2018) and not at the standard."""
        return len(self.framework.levels) > 2

    @property
    def is_open(self) -> bool:
        return is_open(self.review.state, self.assessment.state)

    @property
    def strengths_text(self) -> str:
        return "\n".join(self.review.strengths)

    @property
    def writers_text(self) -> str:
        return "\n".join(self.review.writers)

    def of_state(self, state: str) -> list[EvidenceUse]:
        return [use for use in self.uses if use.state == state]

    @cached_property
    def used(self) -> list[EvidenceUse]:
        return self.of_state("used")

    @cached_property
    def offered(self) -> list[EvidenceUse]:
        return self.of_state("offered")

    @cached_property
    def declined(self) -> list[EvidenceUse]:
        return self.of_state("declined")

    @cached_property
    def waiting(self) -> list[EvidenceUse]:
        """Evidence in use that somebody has to verify."""
        return [use for use in self.used if use.evidence.state == Evidence.State.SUBMITTED]

    @cached_property
    def proven(self) -> int:
        """How many verified evidences are in use."""
        return sum(1 for use in self.used if use.evidence.state == Evidence.State.VERIFIED)

    @cached_property
    def citing(self) -> Citing:
        """What its texts cite (one query)."""
        return citing_of(self.review, self.levels, self.uses, self.framework, self.today)

    @cached_property
    def shown(self) -> list[LevelShown]:
        titles = level_titles(self.framework)
        found = []
        for row in self.levels:
            lacks = level_lacks(row, self.proven)
            found.append(
                LevelShown(row, titles.get(row.level, str(row.level)), lacks, out_of_order(row, self.levels, titles))
            )
        return found

    def level(self, number: int) -> LevelReview:
        """Raises Http404."""
        found = next((one for one in self.levels if one.level == number), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def questions(self) -> list[tuple[str, str]]:
        """(sentence, anchor) of what is lacking before the sheet is submitted. None of it refuses."""
        return questions_of(self)


def level_lacks(row: LevelReview, proven: int) -> list[str]:
    """What the database asks for before "met": a text, and verified evidence in use."""
    found = []
    if not row.description.strip():
        found.append(_("hiện trạng, kết quả"))
    if not proven:
        found.append(_("minh chứng đã xác nhận"))
    return found


def out_of_order(row: LevelReview, levels: Sequence[LevelReview], titles: dict[int, str]) -> str:
    """A level is looked at only when the one below is met (Biểu 1, Thông tư 57/2026): the sentence when it is not."""
    below = next((one for one in reversed(levels) if one.level < row.level), None)
    if below is None or below.judged == MET:
        return ""
    words = {"level": titles.get(row.level, row.level), "below": titles.get(below.level, below.level)}
    if row.judged == MET:
        return _("%(level)s đạt nhưng %(below)s chưa đạt: chỉ xét %(level)s khi %(below)s đã đạt.") % words
    return _("Chỉ xét %(level)s khi %(below)s đã đạt.") % words


def questions_of(sheet: Sheet) -> list[tuple[str, str]]:
    """See `Sheet.questions`."""
    found = []
    below: str = MET
    for shown in sheet.shown:
        row, at = shown.row, f"#muc-{shown.row.level}"
        words = {"level": shown.title}
        if below == NOT_MET or (below != MET and not row.description.strip() and not row.judged):
            break  # what is above a level that is not met need not be looked at
        if not row.description.strip():
            found.append((_("%(level)s chưa có hiện trạng, kết quả.") % words, at))
        if not row.judged:
            found.append((_("%(level)s chưa nhận định Đạt hay Không đạt.") % words, at))
        if row.judged == MET and shown.out_of_order:
            found.append((shown.out_of_order, at))
        cited = sheet.citing.levels[row.level]
        if row.description.strip() and not cited.evidence:
            found.append((_("%(level)s chưa viện dẫn minh chứng nào trong lời văn.") % words, at))
        if cited.doubts:
            found.append((_("%(level)s: %(n)s mã minh chứng cần xem lại.") % (words | {"n": len(cited.doubts)}), at))
        below = row.judged
    if sheet.waiting:
        found.append((_("%(n)s minh chứng chưa được xác nhận.") % {"n": len(sheet.waiting)}, "#minh-chung"))
    if not sheet.used:
        found.append((_("Chưa có minh chứng nào."), "#minh-chung"))
    if sheet.offered:
        found.append(
            (_("%(n)s minh chứng được gợi ý, chưa nói dùng hay không.") % {"n": len(sheet.offered)}, "#minh-chung")
        )
    if sheet.by_criterion:
        if not sheet.review.strengths and any(one.judged == MET for one in sheet.levels):
            found.append((_("Chưa ghi điểm mạnh."), "#diem-manh"))
        if not sheet.weaknesses and any(one.judged == NOT_MET for one in sheet.levels):
            found.append((_("Có mức không đạt mà chưa ghi điểm yếu."), "#han-che"))
        if not sheet.review.improvement.strip():
            found.append((_("Chưa có kế hoạch cải tiến của tiêu chí."), "#cai-tien"))
    return found


def sheet_of(assessment: Assessment, framework: Framework, code: str, today: date) -> Sheet:
    """The sheet of a criterion (three queries). Http404 when the framework or the assessment has no such criterion."""
    about = framework.criterion(code)
    levels = list(
        LevelReview.objects.for_school(assessment.school)
        .filter(review__assessment=assessment, criterion=code)
        .select_related("review__changed_by", "changed_by")
    )
    if about is None or not levels:
        raise Http404
    review = levels[0].review
    review.assessment, review.school = assessment, assessment.school
    for level in levels:
        level.review, level.school = review, assessment.school
    return Sheet(
        assessment,
        framework,
        about,
        review,
        levels,
        uses_of(assessment, code),
        weaknesses_of(assessment, framework, code),
        today,
    )


def uses_of(assessment: Assessment, code: str) -> list[EvidenceUse]:
    """Evidence that was said to serve a criterion, not to, or is offered; by code (one query). `files`: how many it has."""
    stands = Q(evidence__attachments__removed_at=None, evidence__attachments__superseded_at=None)
    rows = (
        EvidenceUse.objects.for_school(assessment.school)
        .filter(framework=assessment.framework, criterion=code, evidence__removed_at=None)
        .select_related("evidence")
        .annotate(files=Count("evidence__attachments", filter=stands))
        .order_by("evidence__code_order", "evidence__created_at", "evidence_id")
    )
    return list(rows)


def weaknesses_of(assessment: Assessment, framework: Framework, code: str) -> list[Weakness]:
    """Those of the sheet (2018), or those of its standard that name this criterion (one query)."""
    standard = framework.standard(code)
    mine = Q(criterion=code)
    if standard is not None:
        mine |= Q(criterion="", standard=standard.code)
    rows = Weakness.objects.filter(school=assessment.school, assessment=assessment).filter(mine)
    return [one for one in rows if one.criterion == code or code in one.criteria]
