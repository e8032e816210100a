"""Who a user is among the people of a school: she proposes, a leader agrees. Nobody becomes somebody else alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.plan.text import sort_key
from caitien.web.reminders.models import IdentityClaim
from caitien.web.schools.models import Membership, Person
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.people import Directory
from caitien.web.schools.roles import Capability, may


def free_people(school: Any) -> list[Person]:
    """The people of the school whom no account is joined to and who have not left, by name (one query)."""
    rows = Person.objects.for_school(school).filter(merged_into=None, user=None, left_on=None, kind=Person.Kind.PERSON)
    return sorted(rows, key=lambda person: sort_key(person.name))


def alike(user: Any, people: list[Person]) -> Person | None:
    """Who of these people has the user's name; None when nobody or several could be meant."""
    found = Directory(people).match(user.full_name) if user.full_name else None
    return found if found is not None and found.kind == Person.Kind.PERSON else None


def claim(membership: Membership, key: UUID) -> tuple[Person, bool]:
    """The member says that she is this person of her school. Returns the person, and whether she is joined already.

    A leader who may join anybody to an account is joined at once; for others a leader has to agree. Another claim of hers
    that is open is replaced. Raises NotNow, Person.DoesNotExist.
    """
    with transaction.atomic():
        person = _free(membership.school, key)
        if Person.objects.for_school(membership.school).filter(user=membership.user_id).exists():
            raise NotNow(_("Tài khoản của bạn đã được nối với một người của trường."))
        if may(membership.role, Capability.MANAGE_PEOPLE):
            _join(person, membership.user_id, by=membership.user)
            return person, True
        IdentityClaim.objects.update_or_create(
            school=membership.school, user=membership.user, settled_at=None, defaults={"person": person}
        )
    return person, False


def still_open(schools: Iterable[Any]) -> Any:
    """The claims that wait in these schools, the oldest first. Who was joined to somebody meanwhile waits no more."""
    joined = Person.objects.filter(school=OuterRef("school"), user=OuterRef("user"))
    waiting = IdentityClaim.objects.filter(~Exists(joined), school__in=list(schools), settled_at=None)
    return waiting.select_related("user", "person")


def settle(school: Any, key: UUID, *, agreed: bool, by: Any) -> IdentityClaim:
    """A leader agrees or not. Raises NotNow when it is settled, or cannot come true any more."""
    with transaction.atomic():
        found = (
            IdentityClaim.objects.for_school(school)
            .select_for_update(of=("self",))
            .select_related("person", "user")
            .get(pk=key)
        )
        if found.settled_at is not None:
            raise NotNow(_("Việc này đã có người quyết định trước bạn."))
        if agreed:
            if not Membership.objects.for_school(school).filter(user=found.user_id).exists():
                raise NotNow(_("Người này không còn là thành viên của trường. Hãy chọn “Không phải”."))
            if Person.objects.for_school(school).filter(user=found.user_id).exists():
                raise NotNow(_("Tài khoản này đã được nối với một người khác của trường. Hãy chọn “Không phải”."))
            _join(_free(school, found.person_id), found.user_id, by=by)
        found.agreed, found.settled_at, found.settled_by = agreed, timezone.now(), by
        found.save(update_fields=["agreed", "settled_at", "settled_by"])
    return found


def _free(school: Any, key: UUID) -> Person:
    person: Person = Person.objects.for_school(school).select_for_update().get(pk=key)
    if person.user_id is not None or person.merged_into_id is not None or person.kind != Person.Kind.PERSON:
        raise NotNow(
            _("“%(person)s” đã được nối với một tài khoản khác, hoặc đã gộp vào người khác.") % {"person": person}
        )
    return person


def _join(person: Person, user: UUID, *, by: Any) -> None:
    person.user_id = user
    person._history_user = by
    person._change_reason = "nối với tài khoản"
    try:
        with transaction.atomic():
            person.save(update_fields=["user"])
    except IntegrityError:  # two leaders at the same moment, for two people
        raise NotNow(_("Tài khoản này vừa được nối với một người khác của trường.")) from None
