"""The criteria that evidence is listed by: those of the newest self-assessment's framework, else of the one in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.plan.text import fold
from caitien.standards.choosing import framework_on
from caitien.standards.model import Criterion, Framework
from caitien.web.assessments.models import Assessment, CriterionReview
from caitien.web.evidence.models import Evidence, EvidenceUse
from caitien.web.plans.frameworks import framework
from caitien.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Current:
    """What pages of evidence speak of. `framework`: None when nothing says by which framework the school goes."""

    assessment: Assessment | None
    framework: Framework | None

    @property
    def id(self) -> str:
        return self.framework.id if self.framework else ""

    @property
    def criteria(self) -> list[Criterion]:
        """Criteria in order, without the items of Level 4: a school need not have those."""
        return [one for standard in self.framework.standards for one in standard.criteria] if self.framework else []

    def codes_in(self, chosen: str) -> list[str]:
        """The codes that a choice means: a criterion "1.3", or all of a standard "1"; [] when the framework has none such."""
        if self.framework is None:
            return []
        for standard in self.framework.standards:
            if standard.code == chosen:
                return [one.code for one in standard.criteria]
        return [chosen] if self.framework.criterion(chosen) else []

    def choices(self) -> list[tuple[str, str]]:
        """Standards and their criteria as options: ("1", "Tiêu chuẩn 1: …"), ("1.1", "1.1 …"). Items of Level 4 last."""
        if self.framework is None:
            return []
        found = []
        for standard in self.framework.standards:
            found.append((standard.code, f"{_('Tiêu chuẩn %s') % standard.code}. {standard.title}"))
            found += [(one.code, f"{one.code} {one.title}") for one in standard.criteria]
        return [*found, *((one.code, f"{one.code} {one.title}") for one in self.framework.level_items)]

    def named(self, words: str) -> list[Criterion]:
        """Criteria by what somebody typed: a code, or words of the title without diacritics. A whole code is the only one."""
        if self.framework is None:
            return []
        asked = fold(words).removeprefix("tieu chi").strip(" .")
        every = [*self.criteria, *self.framework.level_items]
        exact = [one for one in every if one.code.lower() == asked]
        if exact or not asked:
            return exact
        begins = [one for one in every if one.code.lower().startswith(asked)]
        return begins or [one for one in every if all(word in fold(one.title) for word in asked.split())]


def current(school: School) -> Current:
    """One query."""
    found = Assessment.objects.for_school(school).select_related("year").defer("approved_value").first()
    if found is not None:
        found.school = school
        if (its := framework(found.framework)) is not None:
            return Current(found, its)
    return Current(found, framework(framework_on(school.level, timezone.localdate())))


def without_evidence(school: School, now: Current) -> list[str]:
    """Criteria that no evidence serves, one that was rejected counting as none. One query, however much there is."""
    codes = [one.code for one in now.criteria]
    if not codes:
        return []
    serving = EvidenceUse.objects.filter(
        school=school, framework=now.id, state=EvidenceUse.State.USED, evidence__removed_at=None
    ).exclude(evidence__state=Evidence.State.REJECTED)
    if now.assessment is not None:  # its sheets are the criteria: one question instead of fifteen
        sheets = CriterionReview.objects.filter(school=school, assessment=now.assessment, code__in=codes)
        has = dict(sheets.order_by().values_list("code", Exists(serving.filter(criterion=OuterRef("code")))))
        if set(has) == set(codes):
            return [code for code in codes if not has[code]]
    asked: dict[str, Any] = {f"c{n}": Exists(serving.filter(criterion=code)) for n, code in enumerate(codes)}
    row = School.objects.filter(pk=school.pk).values(**asked).get()
    return [code for n, code in enumerate(codes) if not row[f"c{n}"]]
