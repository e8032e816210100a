"""The papers of a self-assessment: from which value they are written, which are quick, what their files are called."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from caitien.assessment.model import SelfAssessment
from caitien.errors import WritingError
from caitien.plan.text import fold
from caitien.web.assessments.dates import dues_of
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.values import to_value
from caitien.web.evidence.kept_apart import as_index_entries
from caitien.web.plans.forms_of_documents import rendered

QUICK = ("council-decision", "assessment-plan")
"""Papers of a page or two, written while one waits; so is a sheet of one criterion. The others are jobs."""
NAMES = {
    "tt57-bieu-1": "bao-cao-tu-danh-gia",
    "report-2018": "bao-cao-tu-danh-gia",
    "criterion-sheet": "phieu-danh-gia-tieu-chi",
    "council-decision": "quyet-dinh-hoi-dong",
    "assessment-plan": "ke-hoach-tu-danh-gia",
    "evidence-list": "danh-muc-minh-chung",
}
"""Id of a form -> how its files are called."""


def value_on_paper(assessment: Assessment) -> SelfAssessment:
    """The value that papers are written from: what was approved is what is printed."""
    if assessment.state != Assessment.State.WORKING and assessment.approved_value:
        return SelfAssessment.model_validate(assessment.approved_value)
    return to_value(assessment)


def is_quick(form: str, criterion: str = "") -> bool:
    """Whether a paper is written at once, without a job."""
    return form in QUICK or (form == "criterion-sheet" and bool(criterion))


def forms_of(framework_id: str) -> list[Any]:
    """The papers that go with a framework."""
    from caitien.writing.assessment import list_forms

    return list_forms(framework_id)


def written(assessment: Assessment, form: str, format: str, criterion: str = "") -> bytes:
    """A paper as a file; PDF and XLSX are made in a process of their own. Raises CaiTienError with a sentence."""
    from caitien.web.frameworks.attached import attached
    from caitien.writing.assessment import Asked, build, discover

    formats = discover()[form].formats
    if format not in formats:
        raise WritingError(f"Mẫu này không viết được dạng “{format}”.")
    days = {one.id: one.last_day for one in dues_of(assessment, timezone.localdate())}
    asked = Asked(criterion=criterion or None, official=attached(assessment.framework), dates=days)
    return rendered(build(as_index_entries(value_on_paper(assessment)), form, asked), format)


def file_name(assessment: Assessment, form: str, format: str, criterion: str = "") -> str:
    """ "bao-cao-tu-danh-gia-2026-2027.docx": letters that every computer can write."""
    parts = [NAMES.get(form, form), assessment.year.name, fold(criterion)]
    name = "-".join(re.sub(r"[^a-z0-9-]+", "-", fold(part)).strip("-") for part in parts if part)
    return f"{name}.{format}"
