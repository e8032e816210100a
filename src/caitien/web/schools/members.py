"""Memberships changed under the rules of `ranks.py`: another role, sent away, let in again. Each stands in the history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.web.schools.models import Membership, School
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.ranks import Deed, refusal
from caitien.web.schools.roles import Capability, Role, may

CAN_COME_BACK = timedelta(days=90)  # how long who was sent away stands in the list of those who can be let in again


class Refused(NotNow):
    """What was asked is against a rule; the message is the sentence that says which, and what to do."""


class Count(NamedTuple):
    chairs: int
    leaders: int


def count(roles: Iterable[str]) -> Count:
    """How many chairs and how many who may manage members there are among the roles."""
    roles = list(roles)
    return Count(sum(role == Role.CHAIR for role in roles), sum(may(role, Capability.MANAGE_MEMBERS) for role in roles))


def count_of(school: School) -> Count:
    return count(Membership.objects.for_school(school).values_list("role", flat=True))


def change_role(actor: Membership, key: UUID, role: str) -> tuple[Membership, str]:
    """Gives the member another role. Returns her and the role before. Raises Refused, Membership.DoesNotExist."""
    with transaction.atomic():
        member, counted = _locked(actor, key)
        before = member.role
        if role == before:
            return member, before
        _check(Deed(_role_now(actor), before, role, *counted))
        member.role = role
        member._change_reason = "đổi vai trò"
        member.save(update_fields=["role"])
    return member, before


def remove(actor: Membership, key: UUID) -> Any:
    """Sends the member away. Returns the record of the history with which `restore` lets her in again. Raises Refused."""
    with transaction.atomic():
        member, counted = _locked(actor, key)
        _check(Deed(_role_now(actor), member.role, None, *counted))
        member_key = member.pk
        member._change_reason = "cho ra khỏi trường"
        member.delete()
        return Membership.history.filter(school=actor.school, id=member_key, history_type="-").latest()


def restore(actor: Membership, record: Any) -> Membership:
    """Lets in again who was sent away, in the role that she had. Raises Refused."""
    with transaction.atomic():
        counted = _lock(actor.school)
        if Membership.objects.for_school(actor.school).filter(user_id=record.user_id).exists():
            raise Refused(_("Người này đang là thành viên của trường."))
        _check(Deed(_role_now(actor), None, record.role, *counted))
        member = Membership(school=actor.school, user_id=record.user_id, role=record.role)
        member._change_reason = "cho vào lại trường"
        member.save(force_insert=True)
    return member


def removed(school: School) -> list[Any]:
    """Records of those who were sent away lately and are not back, newest first (two queries)."""
    members = set(Membership.objects.for_school(school).values_list("user_id", flat=True))
    since = timezone.now() - CAN_COME_BACK
    found: dict[UUID, Any] = {}
    for record in (
        Membership.history.filter(school=school, history_type="-", history_date__gte=since)
        .select_related("user", "history_user")
        .order_by("-history_date")
    ):
        if record.user_id not in members:
            found.setdefault(record.user_id, record)
    return list(found.values())


def _locked(actor: Membership, key: UUID) -> tuple[Membership, Count]:
    counted = _lock(actor.school)
    return Membership.objects.for_school(actor.school).select_related("user").get(pk=key), counted


def _lock(school: School) -> Count:
    """Two leaders at once must not send each other away: the memberships of the school wait for one another."""
    return count(Membership.objects.for_school(school).select_for_update().values_list("role", flat=True))


def _role_now(actor: Membership) -> str:
    """The actor's role at this moment: it may have been changed since the page was opened."""
    role = Membership.objects.for_school(actor.school).filter(pk=actor.pk).values_list("role", flat=True).first()
    return role or Role.VIEWER


def _check(deed: Deed) -> None:
    if sentence := refusal(deed):
        raise Refused(sentence)
