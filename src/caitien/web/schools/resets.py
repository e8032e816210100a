"""A forgotten password without e-mail: a leader of the school makes a link, one use, 24 hours; who holds it chooses anew."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from caitien.web.schools.members import Refused
from caitien.web.schools.models import Membership, ResetLink
from caitien.web.schools.ranks import RANK
from caitien.web.schools.roles import Capability, may

VALID_FOR = timedelta(hours=24)


def hash_of(token: str) -> str:
    return salted_hmac("caitien.reset-link", token, algorithm="sha256").hexdigest()


def refusal(actor: Membership, member: Membership) -> str:
    """Why the actor may not make a link for the member; "" when she may (one query).

    A link opens the account, so it opens every school of the account: the actor must be a leader of each of them, and
    the member stand no higher than she does. Administrators of the installation are never hers to open.
    """
    user = member.user
    if user.pk == actor.user_id:
        return _("Đây là tài khoản của chính bạn. Hãy đổi mật khẩu ở trang Tài khoản, nơi hỏi mật khẩu cũ.")
    if user.is_superuser or user.is_staff:
        return _("Đây là tài khoản quản trị hệ thống; chỉ người quản trị máy chủ đặt lại được mật khẩu.")
    if not user.is_active:
        return _("Tài khoản này đã bị khóa; hãy hỏi người quản trị máy chủ.")
    mine = dict(
        Membership.objects.filter(user=actor.user_id).values_list("school_id", "role")
    )  # across schools on purpose
    hers = dict(Membership.objects.filter(user=user).values_list("school_id", "role"))
    if any(not may(mine.get(school, "viewer"), Capability.MANAGE_MEMBERS) for school in hers):
        return _(
            "Người này còn thuộc một trường khác mà bạn không quản lý. Hãy nhờ lãnh đạo của trường đó hoặc người quản trị máy chủ."
        )
    if any(RANK[role] > RANK[mine[school]] for school, role in hers.items()):
        return _("Người này có vai trò cao hơn bạn. Hãy nhờ người cùng vai trò ấy, hoặc người quản trị máy chủ.")
    return ""


def make(actor: Membership, member: Membership) -> tuple[ResetLink, str]:
    """A new link for the member, and its token, which nobody can see again. Older links of hers end. Raises Refused."""
    if sentence := refusal(actor, member):
        raise Refused(sentence)
    token, now = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        ResetLink.objects.for_school(actor.school).filter(user=member.user, used_at=None).update(expires_at=now)
        link = ResetLink.objects.create(
            school=actor.school,
            user=member.user,
            token_hash=hash_of(token),
            created_by=actor.user,
            expires_at=now + VALID_FOR,
        )
        member._change_reason = "tạo liên kết đặt lại mật khẩu"  # type: ignore[attr-defined]
        member.save(update_fields=["role"])  # nothing changes but the history, which keeps who made the link, and when
    return link, token


def find(token: str) -> ResetLink | None:
    """The link with this token when it can still be used: not used, not too old, its maker still a leader of the school."""
    link = (
        ResetLink.objects.select_related("user", "school", "created_by")
        .filter(token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if link is None:
        return None
    maker = Membership.objects.for_school(link.school).select_related("user").filter(user=link.created_by_id).first()
    member = Membership.objects.for_school(link.school).select_related("user").filter(user=link.user_id).first()
    return link if maker and member and not refusal(maker, member) else None


def use(link: ResetLink, password: str) -> bool:
    """Gives the user the new password, with which all her sessions end. False when somebody was quicker with the same link."""
    with transaction.atomic():
        now = timezone.now()
        taken = ResetLink.objects.filter(school=link.school, pk=link.pk, used_at=None, expires_at__gt=now).update(
            used_at=now
        )
        if not taken:
            return False
        user = link.user
        user.set_password(password)
        user.save(update_fields=["password"])
        if member := Membership.objects.for_school(link.school).filter(user=user).first():
            member._history_user = user  # type: ignore[attr-defined]
            member._change_reason = "đặt mật khẩu mới bằng liên kết"  # type: ignore[attr-defined]
            member.save(update_fields=["role"])
    return True
