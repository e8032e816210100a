"""The report is approved, published, reopened: what is not ready is said before; what was approved is kept whole.

With the approval every evidence that the report cites or uses is held (`ReportCitation`): it is not taken away while the
report stands. Reopening lets it go again.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.assessment.checking import council_findings
from caitien.assessment.evidence_health import citations, evidence_findings
from caitien.assessment.model import SelfAssessment
from caitien.assessment.texts import place_words
from caitien.errors import CaiTienError
from caitien.standards.model import Framework
from caitien.web.assessments.dates import knows
from caitien.web.assessments.editing import address, held, save, tell
from caitien.web.assessments.models import Assessment, AssessmentEvent, ReportCitation
from caitien.web.assessments.values import cited_codes, entries, evidence_of, rows_of, to_value
from caitien.web.evidence.models import Evidence
from caitien.web.schools.not_now import NotNow
from caitien.writing.assessment.examined import examine

Kind, State = AssessmentEvent.Kind, Assessment.State
REPORT, PUBLICATION = "report", "publication"
"""Events of the legal calendar that these steps do."""
GRAVE = ("cited-but-missing", "rejected-but-cited", "met-without-text", "met-without-evidence", "met-without-verified")


class NotThisStep(NotNow):
    """The report is not in the state in which this step can be taken."""


class Changed(NotNow):
    """The self-assessment is not what the chair saw any more."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that is not ready. `impossible`: it cannot be approved at all; otherwise the chair may go on with a reason."""

    sentence: str
    url: str
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The self-assessment as it would be approved now: its value, the rows of its evidence (same order), its mark."""

    value: SelfAssessment
    evidence: list[Evidence]
    states: dict[str, str]  # criterion -> state of its sheet
    mark: str


def report_of(assessment: Assessment, framework: Framework) -> Report:
    """What would be approved (a constant number of queries). `mark`: the same as long as nothing in it changed."""
    rows = rows_of(assessment)
    value = to_value(assessment, rows, evidence=False)
    evidence = evidence_of(assessment, framework, cited_codes(value, framework))
    value.evidence = entries(evidence, framework)
    text = json.dumps(value.to_dict(), sort_keys=True, ensure_ascii=False)
    mark = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Report(value, evidence, {one.code: one.state for one in rows.criteria}, mark)


def obstacles(assessment: Assessment, framework: Framework, report: Report, today: date) -> list[Obstacle]:
    """What is not ready, the impossible first. No query."""
    value, found = report.value, []
    try:
        examined = examine(value)
    except CaiTienError as error:
        return [Obstacle(str(error), address(assessment), impossible=True)]
    if not any(level.judged for review in value.criteria for level in review.levels):
        found.append(Obstacle(_("Chưa có nhận định nào ở tiêu chí nào."), address(assessment), impossible=True))
    elif examined.unfinished:
        said = _("Chưa nhận định xong %(n)s tiêu chí: %(codes)s. Báo cáo sẽ ghi là chưa kết luận mức của trường.")
        numbers = {"n": len(examined.unfinished), "codes": ", ".join(examined.unfinished)}
        found.append(Obstacle(said % numbers, address(assessment)))
    open_sheets = [code for code, state in report.states.items() if state != "approved"]
    if open_sheets:
        said = _("%(n)s phiếu tiêu chí chưa duyệt: %(codes)s.")
        found.append(Obstacle(said % {"n": len(open_sheets), "codes": ", ".join(open_sheets)}, address(assessment)))
    found += [Obstacle(one.message, address(assessment, "council")) for one in council_findings(value, framework)]
    grave = [one for one in evidence_findings(value, framework, today) if one.rule in GRAVE]
    if grave:
        said = _("%(n)s chỗ viện dẫn minh chứng không có hoặc đã bị từ chối; ví dụ: %(one)s")
        numbers = {"n": len(grave), "one": grave[0].message}
        found.append(Obstacle(said % numbers, address(assessment, "documents")))
    return sorted(found, key=lambda one: not one.impossible)


def approve(
    assessment: Assessment,
    framework: Framework,
    *,
    day: date,
    number: str,
    reason: str,
    mark: str,
    user: Any,
) -> Assessment:
    """Approves the report as the chair saw it (`mark`). Raises NotThisStep, Changed, and NotNow for what is impossible
    or not ready without a reason."""
    with transaction.atomic():
        now = _held(assessment, (State.WORKING,))
        seen = report_of(now, framework)
        if seen.mark != mark:
            raise Changed(_("Bản tự đánh giá vừa có người sửa từ lúc bạn mở trang. Hãy xem lại rồi phê duyệt."))
        left = obstacles(now, framework, seen, timezone.localdate())
        if left and (left[0].impossible or not reason):
            raise NotNow(left[0].sentence if left[0].impossible else _("Hãy ghi lý do vẫn phê duyệt."))
        head = copy.deepcopy(now.head or {})
        document = dict(head.get("document") or {}) | {"date": day.isoformat()}
        head["document"] = document | ({"number": number} if number else {})
        now.head = head
        value = report_of(now, framework).value
        rows = _hold_evidence(now, seen.evidence)
        wanted = {
            "head": head,
            "state": State.APPROVED,
            "approved_value": value.to_dict(),
            "dates_done": _done(now, REPORT, day),
        }
        fresh = Assessment.objects.get(school=now.school_id, pk=now.pk)
        fresh.school = now.school
        saved = save(fresh, wanted, seen=fresh.version, user=user, reason=reason, whatever_it_was=True).row
        _cite(saved, framework, value, rows)
        words = gettext_noop("Ngày %s") % f"{day:%d/%m/%Y}" + (gettext_noop(", số %s") % number if number else "")
        tell(saved, Kind.REPORT_APPROVED, user, f"{words}. {reason}".rstrip(". ") + ".")
        return saved


def publish(assessment: Assessment, *, day: date, where: str, user: Any) -> Assessment:
    """Says that the approved report was made public, when and where."""
    with transaction.atomic():
        now = _held(assessment, (State.APPROVED,))
        wanted = {"state": State.PUBLISHED, "dates_done": _done(now, PUBLICATION, day)}
        saved = save(now, wanted, seen=now.version, user=user, whatever_it_was=True).row
        tell(saved, Kind.REPORT_PUBLISHED, user, f"{day:%d/%m/%Y}" + (f", {where}" if where else ""))
        return saved


def reopen(assessment: Assessment, *, reason: str, user: Any) -> Assessment:
    """Opens the report again, with a reason: its evidence is no longer held. The approved value stays in the history."""
    with transaction.atomic():
        now = _held(assessment, (State.APPROVED, State.PUBLISHED))
        ReportCitation.objects.for_school(now.school_id).filter(assessment=now).delete()
        done = {event: day for event, day in now.dates_done.items() if event not in (REPORT, PUBLICATION)}
        wanted = {"state": State.WORKING, "approved_value": None, "dates_done": done}
        saved = save(now, wanted, seen=now.version, user=user, reason=reason, whatever_it_was=True).row
        tell(saved, Kind.REPORT_REOPENED, user, reason)
        return saved


def places_of(value: SelfAssessment, framework: Framework) -> dict[int, list[str]]:
    """Index of an evidence in the value -> where the report cites or uses it, in words, in the order of the report."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in citations(value, framework.evidence).citations:
        if one.entry is not None and (words := place_words(one.place)) not in found[one.entry]:
            found[one.entry].append(words)
    for at, entry in enumerate(value.evidence):
        for code in entry.criteria:
            if not any(words.startswith(f"Tiêu chí {code},") or words == f"Tiêu chí {code}" for words in found[at]):
                found[at].append(gettext_noop("Danh mục minh chứng, tiêu chí %s") % code)
    return dict(found)


def _held(assessment: Assessment, states: tuple[str, ...]) -> Assessment:
    now = held(assessment)
    now.school, now.year = assessment.school, assessment.year
    if now.state not in states:
        raise NotThisStep(
            _("Báo cáo tự đánh giá %(year)s nay đang ở tình trạng “%(state)s”, nên không làm bước này được.")
            % {"year": now.year, "state": now.get_state_display()},
            ((_("Về trang phê duyệt"), address(now, "approval")),),
        )
    return now


def _hold_evidence(now: Assessment, evidence: list[Evidence]) -> list[Evidence]:
    """The rows, held in the order of their keys, so that none is taken away meanwhile. Raises Changed when one was."""
    keys = sorted(one.pk for one in evidence)
    there = list(
        Evidence.objects.select_for_update(no_key=True).filter(school=now.school_id, pk__in=keys).order_by("pk")
    )
    if len(there) != len(keys):
        raise Changed(_("Bản tự đánh giá vừa có người sửa từ lúc bạn mở trang. Hãy xem lại rồi phê duyệt."))
    by_key = {one.pk: one for one in there}
    return [by_key[one.pk] for one in evidence]


def _cite(assessment: Assessment, framework: Framework, value: SelfAssessment, rows: list[Evidence]) -> None:
    ReportCitation.objects.for_school(assessment.school_id).filter(assessment=assessment).delete()
    ReportCitation.objects.bulk_create(
        ReportCitation(school=assessment.school, assessment=assessment, evidence=rows[at], places=places)
        for at, places in places_of(value, framework).items()
    )


def _done(now: Assessment, event: str, day: date) -> dict[str, str]:
    return {**now.dates_done, event: day.isoformat()} if knows(now, event) else dict(now.dates_done)
