"""A self-assessment out of a file (`caitien.assessment/1`): its words, council and school data; its evidence waits to be verified.

What the file claims and the school cannot prove here is not believed: "met" without text and verified evidence becomes
"not judged", no sheet is approved, no evidence is verified. All that came in otherwise than the file says is told.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.assessment.evidence_codes import written
from caitien.assessment.interchange import parse_assessment
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.errors import AssessmentFormatError
from caitien.plan.periods import years_of
from caitien.plan.text import one_space
from caitien.standards.model import Framework
from caitien.web.assessments import creating
from caitien.web.assessments.beginning import _held_year as held_year
from caitien.web.assessments.beginning import note
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.proof import proven
from caitien.web.assessments.values import store_words
from caitien.web.evidence import services
from caitien.web.evidence.codes import GIVEN, order_of
from caitien.web.evidence.models import Evidence, EvidenceCode
from caitien.web.plans.frameworks import framework
from caitien.web.schools.models import School, SchoolYear
from caitien.web.sent import storable

MOST_BYTES = 10 * 1024 * 1024
MOST_EVIDENCE = 5_000
SHOWN = 12  # of a long list that a sentence names
SHORT = {"name": 200, "position": 200, "gender": 20, "leader": 200, "table": 80, "as_of": 10, "tables_level": 12}
"""How long the columns are that such a field goes into."""
OF_EVIDENCE = {"number": 120, "date": 60, "issuer": 300}


def read(content: bytes) -> tuple[SelfAssessment, Framework]:
    """The value in a file, and its framework. Raises AssessmentFormatError with one sentence that says what to do."""
    if len(content) > MOST_BYTES:
        raise AssessmentFormatError(_("Tệp quá lớn: bản tự đánh giá dạng JSON không quá 10 MB."))
    value = parse_assessment(content)
    found = framework(value.framework)
    if found is None:
        raise AssessmentFormatError(
            _("Tệp không ghi khung tiêu chuẩn (trường “framework”), hoặc ghi một khung mà bản cài này không có: “%s”.")
            % (value.framework or "")[:60]
        )
    return SelfAssessment.model_validate(_clean(value.to_dict())), found


def year_of(value: SelfAssessment) -> str | None:
    """The school year that the file says, as we write it."""
    years = years_of(value.school_year)
    return f"{years[0]}-{years[1]}" if years else None


def begin_from(
    school: School, value: SelfAssessment, found: Framework, year_name: str, user: Any, name: str
) -> tuple[Assessment, list[str]]:
    """The self-assessment of a year out of a file's value, and what came in otherwise, in sentences.

    Raises AssessmentFormatError when the year has one already: nothing is written over.
    """
    with transaction.atomic():
        if held_year(school, year_name) is not None:
            raise AssessmentFormatError(
                _("Năm học %s đã có bản tự đánh giá nên không nhập đè lên. Hãy chọn năm học khác.") % year_name
            )
        year = SchoolYear.objects.get_or_create(school=school, name=year_name)[0]
        made = creating.create(school, year, found, user)
        told = _evidence(school, value, found, user)
        told += _believed(school, value, found)
        store_words(made, value, user)
        note(made, "\n".join([gettext_noop("Nhập từ tệp %s") % name[:120], *told]))
        made.refresh_from_db()
        made.school = school
        return made, told


def _clean(value: Any, key: str = "") -> Any:
    """Without letters that no database takes, and no longer than the columns are."""
    if isinstance(value, str):
        text = storable(value)
        return text[: SHORT[key]] if key in SHORT else text
    if isinstance(value, list):
        return [_clean(one, key) for one in value]
    if isinstance(value, dict):
        return {storable(str(name)): _clean(one, str(name)) for name, one in value.items()}
    return value


def _believed(school: School, value: SelfAssessment, found: Framework) -> list[str]:
    """Takes out of the value what cannot be stored or believed; says what it was."""
    proof = proven(school.pk, found.id)
    known = set(found.codes)
    unjudged, strange, seen = [], [], set()
    kept = []
    for review in value.criteria:
        if review.code not in known or review.code in seen:
            strange.append(review.code[:20])
            continue
        seen.add(review.code)
        criterion = found.criterion(review.code)
        levels = {level.level for level in criterion.levels} if criterion else set()
        strange += [f"{review.code} Mức {one.level}" for one in review.levels if one.level not in levels]
        for level in review.levels:
            if level.judged == "met" and not (one_space(level.description) and proof.get(review.code)):
                level.judged = None
                if level.level in levels:
                    unjudged.append(f"{review.code} Mức {level.level}")
        review.state = "writing"
        kept.append(review)
    value.criteria = kept
    standards = {one.code for one in found.standards}
    strange += [f"tiêu chuẩn {one.code[:20]}" for one in value.standards if one.code not in standards]
    value.standards = [one for one in value.standards if one.code in standards]
    value.tables = list({table.table: table for table in value.tables}.values())
    told = []
    if unjudged:
        said = gettext_noop(
            "Tệp ghi “Đạt” nhưng ở đây chưa có lời hoặc chưa có minh chứng đã xác nhận nên ghi là chưa xét: %s."
        )
        told.append(said % _named(unjudged))
    if strange:
        said = gettext_noop("Có trong tệp nhưng khung không có, hoặc ghi hai lần, nên không nhập: %s.")
        told.append(said % _named(strange))
    return told


def _evidence(school: School, value: SelfAssessment, found: Framework, user: Any) -> list[str]:
    """Makes the evidence that the file lists, with the codes it has there where they are free; says where they are not."""
    entries = value.evidence[:MOST_EVIDENCE]
    if not entries:
        return []
    given = EvidenceCode.objects.for_school(school).filter(series=GIVEN)
    ledger = {row.code: row.evidence_id for row in given}
    names = dict(Evidence.objects.for_school(school).values_list("code", "name"))
    made, taken = 0, []
    for entry in entries:
        code = (written(entry.code, found.evidence) if entry.code else None) or ""
        if code and one_space(names.get(code, "")) == one_space(entry.name):
            continue  # the same is here already
        if code in ledger:
            taken.append(code)
            code = ""
        row = _made(school, entry, code, user)
        if code:
            ledger[code], names[code] = row.pk, entry.name
        services.use(row, found, entry.criteria, user)
        if entry.code and entry.code != row.code:
            EvidenceCode.objects.get_or_create(
                school=school, series=f"{value.school_year or ''} (tệp)"[:40], code=entry.code[:40], defaults={"evidence": row, "given_by": user}
            )  # fmt: skip
        made += 1
    told = [gettext_noop("Minh chứng nhập từ danh mục của tệp, chờ nộp tệp và xác nhận: %s.") % made] if made else []
    if taken:
        said = gettext_noop(
            "Mã trong tệp đã là của minh chứng khác ở trường nên minh chứng nhập vào nhận mã mới; hãy xem lại chỗ viện dẫn: %s."
        )
        told.append(said % _named(taken))
    return told


def _made(school: School, entry: EvidenceEntry, code: str, user: Any) -> Evidence:
    fields = {name: (getattr(entry, name) or "")[:most] for name, most in OF_EVIDENCE.items()}
    row = services.create(
        school, user, entry.name, summary=entry.summary or "", place=entry.place or "", note=entry.note or "",
        sensitive=entry.sensitive, **fields,
    )  # fmt: skip
    if code:
        EvidenceCode.objects.create(school=school, code=code, evidence=row, given_by=user)
        row.code, row.code_order, row.version = code, order_of(code), row.version + 1
        row._history_user = user
        row.save()
        services.tell(row, services.Kind.CODED, user, code)
    return row


def _named(names: list[str]) -> str:
    more = f" … ({len(names)})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
