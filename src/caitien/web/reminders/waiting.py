"""What waits for somebody's decision: plans to approve, files to review, names to confirm, invitations that run out,
dates of the self-assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caitien.plan.text import one_space
from caitien.web.documents.models import Import
from caitien.web.evidence.models import Evidence
from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.plans.states import STEPS
from caitien.web.reminders.current import is_over
from caitien.web.reminders.identity import still_open
from caitien.web.reminders.work import Work
from caitien.web.schools.models import Invitation, School
from caitien.web.schools.roles import Capability, may

RUNS_OUT = timedelta(days=2)
"""Invitations that end sooner are spoken of."""
URGENT = ("overdue", "today", "soon")
"""States of a date of the self-assessment that is spoken of."""
MOST = 20  # lines; who has more to decide opens the pages themselves


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide. `kind`: plan, returned, past-year, import, claim, invitations, assessment-date,
    sheets (to approve), sheets-returned, evidence (to verify) or evidence-rejected (my own)."""

    kind: str
    label: str
    url: str
    school: School
    since: datetime | None = None


def waiting_for(work: Work, now: datetime) -> list[Waiting]:
    """What waits for the user of this work: at most six queries, none for a role that decides and hands in nothing."""
    today = timezone.localdate(now)
    found = [
        Waiting(
            "plan",
            _("Duyệt %(plan)s") % {"plan": plan_words(plan)},
            _first(("plans:life", "plans:plan"), plan.school, plan=plan.pk),
            plan.school,
            plan.changed_at,
        )
        for plan in work.plans
        if plan.state == Plan.State.SUBMITTED and plan.school_id in _schools(work, Capability.APPROVE_PLAN)
    ]
    if drafts := [
        plan
        for plan in work.plans
        if plan.state == Plan.State.DRAFT and plan.school_id in _schools(work, Capability.SUBMIT_PLAN)
    ]:
        found += _returned(drafts)
    found += [
        Waiting(
            "past-year",
            _("Kết thúc %(plan)s (năm học đã qua), hoặc lập kế hoạch năm sau") % {"plan": plan_words(plan)},
            _first(("plans:life", "plans:plan"), plan.school, plan=plan.pk),
            plan.school,
        )
        for plan in work.plans
        if is_over(plan, today) and plan.school_id in _schools(work, Capability.START_PLAN)
    ]
    found += _evidence(work)
    for capability, look in _LOOKS:
        if schools := _schools(work, capability):
            found += look(schools, now)
    return found[:MOST]


def plan_words(plan: Plan) -> str:
    """How a plan is called in a list: "kế hoạch 2026-2027"."""
    return _("kế hoạch %(year)s") % {"year": plan.year.name} if plan.year else _("kế hoạch chưa rõ năm học")


def _returned(drafts: list[Plan]) -> list[Waiting]:
    """Drafts that came back from whoever approves them. One query."""
    steps = PlanEvent.objects.filter(school__in={plan.school_id for plan in drafts}, plan__in=drafts, kind__in=STEPS)
    last = {step.plan_id: step for step in steps.order_by("at", "id")}
    return [
        Waiting(
            "returned",
            _("Sửa %(plan)s, đã bị trả lại: %(reason)s") % {"plan": plan_words(plan), "reason": one_space(step.note)},
            _first(("plans:life", "plans:plan"), plan.school, plan=plan.pk),
            plan.school,
            step.at,
        )
        for plan in drafts
        if (step := last.get(plan.pk)) is not None and step.kind == PlanEvent.Kind.RETURNED
    ]


def _evidence(work: Work) -> list[Waiting]:
    """Evidence I handed in that was refused, each with the reason; how much waits to be verified by me. One query."""
    mine, verifies = _schools(work, Capability.SUBMIT_EVIDENCE), _schools(work, Capability.VERIFY_EVIDENCE)
    if not mine and not verifies:
        return []
    state, one_state = Evidence.State, {"partition_by": [F("school_id"), F("state")]}
    rows = (
        Evidence.objects.filter(
            Q(school__in=list(mine), state=state.REJECTED, created_by=work.memberships[0].user_id)
            | Q(school__in=list(verifies), state=state.SUBMITTED)
        )
        .annotate(n=Window(Count("pk"), **one_state), nth=Window(RowNumber(), order_by="created_at", **one_state))
        .filter(Q(state=state.REJECTED, nth__lte=MOST) | Q(nth=1))
        .only("school_id", "name", "state", "state_note", "created_at")
    )
    found = []
    for row in sorted(rows, key=lambda one: one.created_at):
        if row.state == state.REJECTED:
            school = mine[row.school_id]
            said = {"name": row.name[:120], "reason": one_space(row.state_note)[:300]}
            label = _("Nộp lại minh chứng “%(name)s”, đã bị từ chối: %(reason)s") % said
            url = reverse("evidence:evidence", args=[school.slug, row.pk])
            found.append(Waiting("evidence-rejected", label, url, school))
        else:
            school = verifies[row.school_id]
            label = ngettext("%(n)d minh chứng chờ xác nhận", "%(n)d minh chứng chờ xác nhận", row.n) % {"n": row.n}
            url = f"{reverse('evidence:list', args=[school.slug])}?tt=cho"
            found.append(Waiting("evidence", label, url, school, row.created_at))
    return found


def _imports(schools: dict[UUID, School], now: datetime) -> list[Waiting]:
    rows = Import.objects.filter(school__in=list(schools), state="review").select_related("file")
    return [
        Waiting(
            "import",
            _("Duyệt bản đọc được của tệp %(name)s") % {"name": row.file.name},
            reverse("documents:review", args=[schools[row.school_id].slug, row.pk]),
            schools[row.school_id],
            row.file.uploaded_at,
        )
        for row in rows.only("school_id", "file__name", "file__uploaded_at", "file__school_id").order_by("-id")[:MOST]
    ]


def _claims(schools: dict[UUID, School], now: datetime) -> list[Waiting]:
    return [
        Waiting(
            "claim",
            _("Xác nhận: tài khoản %(account)s nói mình là “%(person)s”")
            % {"account": f"{row.user.get_full_name()} ({row.user.username})", "person": row.person},
            reverse("reminders:claims", args=[schools[row.school_id].slug]),
            schools[row.school_id],
            row.created_at,
        )
        for row in still_open(schools)[:MOST]
    ]


def _invitations(schools: dict[UUID, School], now: datetime) -> list[Waiting]:
    rows = Invitation.objects.filter(
        school__in=list(schools), used_at=None, revoked_at=None, expires_at__gt=now, expires_at__lte=now + RUNS_OUT
    )
    counted = Counter(rows.values_list("school_id", flat=True))
    return [
        Waiting(
            "invitations",
            ngettext("%(n)d lời mời sắp hết hạn mà chưa ai dùng", "%(n)d lời mời sắp hết hạn mà chưa ai dùng", n)
            % {"n": n},
            _first(("schools:invitations", "schools:members", "schools:home"), schools[key]),
            schools[key],
        )
        for key, n in counted.items()
    ]


def _assessment_dates(schools: dict[UUID, School], now: datetime) -> list[Waiting]:
    """What the newest self-assessment asks for now: sheets to approve or sent back, dates late, today or soon. One query."""
    from caitien.web.assessments.dates import dues_of
    from caitien.web.assessments.models import Assessment, CriterionReview

    newest: dict[UUID, Assessment] = {}
    rows = Assessment.objects.filter(school__in=list(schools)).select_related("year").defer("head", "approved_value")
    state = CriterionReview.State
    counted = rows.annotate(
        to_approve=Count("criteria", Q(criteria__state=state.SUBMITTED)),
        sent_back=Count("criteria", Q(criteria__state=state.RETURNED)),
    )
    for row in counted.order_by("-year__name"):
        newest.setdefault(row.school_id, row)
    found = []
    for key, row in newest.items():
        board = _first(("assessments:board",), schools[key], assessment=row.pk)
        if (n := row.to_approve) and row.state == Assessment.State.WORKING:
            label = ngettext("%(n)d phiếu tiêu chí chờ duyệt", "%(n)d phiếu tiêu chí chờ duyệt", n) % {"n": n}
            found.append(Waiting("sheets", label, f"{board}?loc=da-nop#bang", schools[key]))
        if (n := row.sent_back) and row.state == Assessment.State.WORKING:
            label = ngettext("%(n)d phiếu tiêu chí bị trả lại", "%(n)d phiếu tiêu chí bị trả lại", n) % {"n": n}
            found.append(Waiting("sheets-returned", label, f"{board}?loc=tra-lai#bang", schools[key]))
        for due in dues_of(row, timezone.localdate(now)):
            if due.state in URGENT:
                said = {"title": due.title, "day": f"{due.last_day:%d/%m/%Y}", "words": due.words}
                label = _("%(title)s: chậm nhất %(day)s (%(words)s)") % said
                url = _first(("assessments:calendar",), schools[key], assessment=row.pk)
                found.append(Waiting("assessment-date", label, f"{url}#{due.id}", schools[key]))
    return found


_Look = Callable[[dict[UUID, School], datetime], list[Waiting]]
_LOOKS: tuple[tuple[Capability, _Look], ...] = (
    (Capability.IMPORT_DOCUMENT, _imports),
    (Capability.MANAGE_PEOPLE, _claims),
    (Capability.MANAGE_MEMBERS, _invitations),
    (Capability.LEAD_ASSESSMENT, _assessment_dates),
)


def _schools(work: Work, capability: Capability) -> dict[UUID, School]:
    return {m.school_id: m.school for m in work.memberships if may(m.role, capability)}


def _first(names: tuple[str, ...], school: School, **more: Any) -> str:
    """The address of the first of these pages that this version has."""
    for name in names:
        try:
            return reverse(name, kwargs={"school": school.slug, **more})
        except NoReverseMatch:
            continue
    return reverse("schools:home", args=[school.slug])
