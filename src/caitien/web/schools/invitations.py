"""Invitations into a school: made for many at once, found by link or code, accepted once. Only hashes are kept.

A link holds 256 bits. A code is eight consonants: nothing to confuse (no 0 and O, no 1 and I), and nothing that a
Vietnamese keyboard turns into another letter (aa, dd, w). Codes are for paper; wrong ones are counted (`accounts/`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caitien.plan.text import fold
from caitien.web.schools.members import count_of
from caitien.web.schools.models import Invitation, Membership, Person, School
from caitien.web.schools.ranks import Deed, refusal

VALID_FOR = timedelta(days=7)
CODE_LETTERS = "BCDFHJKLMNPRSTVXZ"
CODE_LENGTH = 8
_READ_AS = str.maketrans({"8": "B", "5": "S", "2": "Z"})
MOST_AT_ONCE = 200

SENTENCES: dict[str, str | Promise] = {
    "used": _(
        "Lời mời này đã có người dùng. Nếu người đó là bạn, hãy đăng nhập; nếu không, hãy xin nhà trường một lời mời mới."
    ),
    "expired": _("Lời mời này đã hết hạn (mỗi lời mời dùng được 7 ngày). Hãy xin nhà trường một lời mời mới."),
    "revoked": _("Nhà trường đã thu hồi lời mời này. Hãy hỏi người đã mời bạn."),
    "inviter-gone": _(
        "Người mời bạn không còn quyền trao vai trò này. Hãy xin hiệu trưởng hoặc thư ký hội đồng một lời mời mới."
    ),
    "unknown": _(
        "Không có lời mời nào như vậy. Hãy xem lại từng chữ của mã; nếu mở bằng liên kết, hãy mở lại nguyên cả liên kết."
    ),
}
"""Why an invitation cannot be used, each with what to do."""


class CannotBeUsed(Exception):
    """The invitation is used, expired, revoked, or its maker may not give the role any more. `why`: key of SENTENCES."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(str(SENTENCES[why]))


class MadeBefore(Exception):
    """The form was sent before: its invitations are made, and their codes were shown then."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is to be invited: in which role; as whom of the school's people, when she stands there; a label otherwise."""

    role: str
    person: Person | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation with its secrets, which nobody can see again."""

    invitation: Invitation
    token: str
    code: str

    @property
    def code_shown(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


def invite(school: School, by: Membership, guests: Sequence[Guest], batch: UUID) -> list[Made]:
    """Makes an invitation for each guest, all or none; an earlier one that waits for the same person ends. `batch`: of the form, so that a form sent twice invites once.

    Raises members.Refused when a role may not be given by her, MadeBefore for a form that was sent before.
    """
    from caitien.web.schools.members import Refused

    chairs, leaders = count_of(school)
    for role in {guest.role for guest in guests}:
        if sentence := refusal(Deed(by.role, None, role, chairs, leaders)):
            raise Refused(sentence)
    expires = timezone.now() + VALID_FOR
    made = []
    for guest, code in zip(guests, _new_codes(len(guests)), strict=True):
        token = secrets.token_urlsafe(32)
        row = Invitation(
            school=school,
            role=guest.role,
            person=guest.person,
            label=guest.label,
            batch=batch,
            token_hash=hash_of(token),
            code_hash=hash_of(code),
            created_by=by.user,
            expires_at=expires,
        )
        made.append(Made(row, token, code))
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).only("pk").get(pk=school.pk)  # of two clicks the second waits
        if Invitation.objects.for_school(school).filter(batch=batch).exists():
            raise MadeBefore
        again = [guest.person.pk for guest in guests if guest.person]
        _open(school).filter(person__in=again).update(revoked_at=timezone.now())  # one way in for each is enough
        Invitation.objects.bulk_create([each.invitation for each in made])
    return made


def _open(school: School) -> Any:
    return Invitation.objects.for_school(school).filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())


def _new_codes(many: int) -> list[str]:
    """Codes that no invitation has: the chance of a clash is one in seven thousand million, and still it is asked."""
    while True:
        codes = {new_code() for _each in range(many)}
        taken = Invitation.objects.filter(code_hash__in=[hash_of(code) for code in codes]).exists()
        if len(codes) == many and not taken:
            return list(codes)


def new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _each in range(CODE_LENGTH))
        if "DD" not in code:  # a Vietnamese keyboard writes Đ
            return code


def typed_code(text: str) -> str:
    """The code in what somebody typed from paper: spaces, dashes, small letters, and a few digits taken for letters."""
    return re.sub(r"[^A-Z]", "", fold(text).upper().translate(_READ_AS))[: CODE_LENGTH * 4]


def hash_of(secret: str) -> str:
    """HMAC-SHA-256 with the installation's key: who steals the database alone cannot try out the codes."""
    return salted_hmac("caitien.invitation", secret, algorithm="sha256").hexdigest()


def by_token(token: str) -> Invitation | None:
    return _find(token_hash=hash_of(token))


def by_code(typed: str) -> Invitation | None:
    code = typed_code(typed)
    return _find(code_hash=hash_of(code)) if len(code) == CODE_LENGTH else None


def by_key(key: Any) -> Invitation | None:
    return _find(pk=key)


def _find(**fields: Any) -> Invitation | None:
    return Invitation.objects.select_related("school", "person", "person__user").filter(**fields).first()


def state(invitation: Invitation, now: datetime | None = None) -> str:
    """ "open", "used", "revoked" or "expired"."""
    if invitation.used_at:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    return "expired" if invitation.expires_at <= (now or timezone.now()) else "open"


def why_not(invitation: Invitation) -> str | None:
    """Key of SENTENCES when the invitation cannot be used now (two queries at most); None when it can."""
    found = state(invitation)
    if found != "open":
        return found
    role = (
        Membership.objects.for_school(invitation.school)
        .filter(user=invitation.created_by_id)
        .values_list("role", flat=True)
        .first()
    )
    if role is None or refusal(Deed(role, None, invitation.role, *count_of(invitation.school))):
        return "inviter-gone"
    return None


@dataclass(frozen=True, slots=True)
class Joined:
    """What accepting did. `already`: she was a member before, her role stays. `person`: whom of the school she now is."""

    membership: Membership
    already: bool
    person: Person | None
    not_joined_because: str = ""  # "other-account": that person has another account; "other-person": she is another


def accept(invitation: Invitation, user: Any) -> Joined:
    """The user becomes a member, and the invited person when one is named; the invitation is used up. All or nothing.

    Who is a member already keeps her role; the invitation is then used up only when it joins her to a person.
    Raises CannotBeUsed.
    """
    with transaction.atomic():
        # One at a time in a school: of two invitations of a first chair, only one makes a chair.
        School.objects.select_for_update(no_key=True).only("pk").get(pk=invitation.school_id)
        membership = Membership.objects.for_school(invitation.school).filter(user=user).first()
        already = membership is not None
        if (why := why_not(invitation)) and not (already and why == "used" and invitation.used_by_id == user.pk):
            raise CannotBeUsed(why)
        if membership is None:
            _use(invitation, user)
            membership = _become_member(invitation, user)
        person, because = _join_person(invitation, user)
        if already and person is not None and invitation.used_at is None:
            _use(invitation, user)
    return Joined(membership, already, person, because)


def _become_member(invitation: Invitation, user: Any) -> Membership:
    member = Membership(school=invitation.school, user=user, role=invitation.role)
    member._history_user = user  # type: ignore[attr-defined]
    member._change_reason = "nhận lời mời"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:  # the button was pressed twice
        return Membership.objects.get(school=invitation.school, user=user)
    return member


def _use(invitation: Invitation, user: Any) -> None:
    """Takes the invitation, unless somebody was quicker: one row changes, or none."""
    now = timezone.now()
    taken = _open(invitation.school).filter(pk=invitation.pk).update(used_at=now, used_by=user)
    if not taken:
        invitation.refresh_from_db()
        raise CannotBeUsed(state(invitation))
    invitation.used_at, invitation.used_by = now, user


def _join_person(invitation: Invitation, user: Any) -> tuple[Person | None, str]:
    person = invitation.person
    if person is None:
        return None, ""
    if person.user_id == user.pk:
        return person, ""
    if Person.objects.for_school(invitation.school).filter(user=user).exists():
        return None, "other-person"
    if person.user_id and Membership.objects.for_school(invitation.school).filter(user=person.user_id).exists():
        return None, "other-account"
    person.user = user
    person._history_user = user
    person._change_reason = "nối với tài khoản khi nhận lời mời"
    person.save(update_fields=["user"])
    return person, ""


def revoke(invitation: Invitation) -> bool:
    """Takes the invitation back; False when it was used or taken back before."""
    return bool(_open(invitation.school_id).filter(pk=invitation.pk).update(revoked_at=timezone.now()))
