"""Taking the steps of a plan's life, and opening, closing and dropping its amendments: each held, recorded, told once.

Which steps there are and who may take them is data: `states.py`. Two people who press the same button at the same
moment: the second gets a sentence that says who was first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.web.plans.adjusted import adjusted
from caitien.web.plans.editing import address, held, open_amendment, saved
from caitien.web.plans.models import Amendment, Plan, PlanEvent
from caitien.web.plans.states import AMENDABLE, ENDS_AMENDMENTS, STEPS, Step
from caitien.web.schools.not_now import NotNow


@dataclass(frozen=True, slots=True)
class Signed:
    """What the paper that approves the plan says; "" is not said. `on`: ISO day."""

    number: str = ""
    on: str = ""
    role: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return any((self.number, self.on, self.role, self.name))


def take_step(plan: Plan, kind: str, *, user: Any, note: str = "", signed: Signed | None = None) -> Plan:
    """Takes a step (a key of `STEPS`); `signed` goes into the head of the plan's document. Gives the plan as it is then.

    Raises NotNow when the plan is in a state from which the step does not lead, or an amendment must end first.
    """
    step = STEPS[kind]
    with transaction.atomic():
        now = held(plan)
        if now.state not in step.before:
            raise NotNow(_not_from_here(now, step), ((_("Trạng thái của kế hoạch"), address(now, "life")),))
        if kind in ENDS_AMENDMENTS and (amendment := open_amendment(now)):
            raise NotNow(
                _("Kế hoạch đang điều chỉnh lần %(number)s. Hãy bấm “Xong” để kết thúc đợt điều chỉnh trước.")
                % {"number": amendment.number},
                ((_("Các đợt điều chỉnh"), address(now, "amendments")),),
            )
        now.state = step.after
        if signed:
            now.head = with_signature(now.head, signed)
        now.version += 1
        saved(now, user, str(PlanEvent.Kind(kind).label), None, None, columns=["state", "head"])
        tell(now, kind, user, note)
        return now


def returned(plan: Plan) -> PlanEvent | None:
    """The step by which a draft came back from whoever approves it; None when the last step was another. At most one query."""
    if plan.state != Plan.State.DRAFT:
        return None
    steps = PlanEvent.objects.for_school(plan.school_id).filter(plan=plan, kind__in=STEPS)
    last = steps.select_related("by").order_by("at", "id").last()
    return last if last is not None and last.kind == PlanEvent.Kind.RETURNED else None


def with_signature(head: dict[str, Any], signed: Signed) -> dict[str, Any]:
    """The head of the plan with number, day and signer of the document; what was not said stays as it was."""
    document = dict(head.get("document") or {})
    signer = dict(document.get("signer") or {})
    document |= {name: said for name, said in (("number", signed.number), ("date", signed.on)) if said}
    signer |= {name: said for name, said in (("role", signed.role), ("name", signed.name)) if said}
    return {**head, "document": {**document, "signer": signer}}


def start_amendment(plan: Plan, reason: str, *, user: Any) -> Amendment:
    """Opens an amendment: from now on content can be changed, and every change is told under this reason.

    Raises NotNow when one is open already, or the plan is not one that is amended.
    """
    with transaction.atomic():
        now = held(plan)
        to_life = ((_("Trạng thái của kế hoạch"), address(now, "life")),)
        if now.state not in AMENDABLE:
            raise NotNow(_("Chỉ điều chỉnh kế hoạch đã duyệt hoặc đang thực hiện."), to_life)
        if amendment := open_amendment(now):
            raise NotNow(
                _("Đợt điều chỉnh lần %(number)s đang mở (%(who)s mở lúc %(when)s). Cứ sửa tiếp trong đợt này.")
                % {
                    "number": amendment.number,
                    "who": amendment.opened_by or _("người đã rời trường"),
                    "when": f"{timezone.localtime(amendment.opened_at):%d/%m/%Y %H:%M}",
                },
                ((_("Về kế hoạch"), address(now)), (_("Các đợt điều chỉnh"), address(now, "amendments"))),
            )
        last = Amendment.objects.for_school(now.school).filter(plan=now).aggregate(last=Max("number"))["last"] or 0
        made = Amendment.objects.create(
            school=now.school, plan=now, number=last + 1, reason=reason, opened_by=user, opened_at=timezone.now()
        )
        tell(now, PlanEvent.Kind.AMENDMENT_OPENED, user, reason)
        return made


def end_amendment(plan: Plan, key: UUID, *, user: Any) -> Amendment:
    """Closes an amendment: content is frozen again. Raises NotNow when somebody has closed it already."""
    with transaction.atomic():
        amendment = _open(held(plan), key)
        amendment.closed_by, amendment.closed_at = user, timezone.now()
        amendment.save()
        tell(amendment.plan, PlanEvent.Kind.AMENDMENT_CLOSED, user, amendment.reason)
        return amendment


def drop_amendment(plan: Plan, key: UUID, *, user: Any) -> None:
    """Takes back an amendment under which nothing was changed. Raises NotNow when something was, or it is closed."""
    with transaction.atomic():
        amendment = _open(held(plan), key)
        if has_changes(amendment):
            raise NotNow(
                _("Đợt này đã có thay đổi nên không bỏ được. Hãy hoàn tác các thay đổi, hoặc bấm “Xong”."),
                ((_("Các đợt điều chỉnh"), address(amendment.plan, "amendments")),),
            )
        tell(
            amendment.plan,
            PlanEvent.Kind.AMENDMENT_CLOSED,
            user,
            gettext_noop("Không thay đổi gì, bỏ đợt điều chỉnh này"),
        )
        amendment.delete()


def has_changes(amendment: Amendment) -> bool:
    """Whether something stays changed under the amendment: what was taken back within it counts as nothing."""
    return bool(adjusted(amendment.plan, [amendment]))


def tell(plan: Plan, kind: str, user: Any, note: str = "", at: datetime | None = None) -> PlanEvent:
    """Adds a line to the life of the plan."""
    return PlanEvent.objects.create(
        school=plan.school, plan=plan, kind=kind, by=user, at=at or timezone.now(), note=note
    )


def _open(plan: Plan, key: UUID) -> Amendment:
    amendment = Amendment.objects.for_school(plan.school).select_related("closed_by").get(plan=plan, pk=key)
    amendment.plan, amendment.school = plan, plan.school
    if amendment.closed_at is not None:
        raise NotNow(
            _("Đợt điều chỉnh này đã xong lúc %(when)s (%(who)s).")
            % {
                "when": f"{timezone.localtime(amendment.closed_at):%d/%m/%Y %H:%M}",
                "who": amendment.closed_by or _("người đã rời trường"),
            },
            ((_("Các đợt điều chỉnh"), address(plan, "amendments")),),
        )
    return amendment


def _not_from_here(plan: Plan, step: Step) -> str:
    """ "Kế hoạch đã ở trạng thái “đã duyệt” (Vàng A Chớ, 22/11/2026 14:05), nên …"."""
    last = (
        PlanEvent.objects.for_school(plan.school).filter(plan=plan).select_related("by").order_by("-at", "-id").first()
    )
    who = (
        f" ({last.by or _('người đã rời trường')}, {timezone.localtime(last.at):%d/%m/%Y %H:%M})"
        if last is not None
        else ""
    )
    return _("Kế hoạch bây giờ là “%(state)s”%(who)s, nên không làm được bước “%(step)s”. Hãy xem lại trạng thái.") % {
        "state": plan.get_state_display(),
        "who": who,
        "step": step.label,
    }
