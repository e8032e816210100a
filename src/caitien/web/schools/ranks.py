"""Who may let whom in, raise, lower and send away: rules as a table of data beside `roles.py`. Values in, a sentence out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caitien.web.schools.roles import Capability, Role, may

RANK: dict[str, int] = {
    Role.CHAIR: 4,
    Role.VICE_CHAIR: 3,
    Role.SECRETARY: 2,
    Role.MEMBER: 1,
    Role.MONITOR: 1,
    Role.STAFF: 1,
    Role.VIEWER: 0,
}
"""Who stands above whom. Nobody gives a role above her own, nor changes one who stands above her."""


class Deed(NamedTuple):
    """What a leader is about to do with a membership, or with an invitation to become a member.

    actor: her role. target: the role that the member has now, None for who is not a member yet. to: the role that she
    gives, None to send away. chairs, leaders: how many of the school's members are chairs, may manage members.
    """

    actor: str
    target: str | None
    to: str | None
    chairs: int
    leaders: int


def _first_chair(deed: Deed) -> bool:
    """A school that a secretary has set up has no chair yet: she invites him."""
    return deed.to == Role.CHAIR and deed.target is None and deed.chairs == 0


def _leads(role: str | None) -> bool:
    return role is not None and may(role, Capability.MANAGE_MEMBERS)


RULES: tuple[tuple[str, Callable[[Deed], bool], str | Promise], ...] = (
    (
        "may-manage",
        lambda deed: not _leads(deed.actor),
        _("Việc này dành cho hiệu trưởng, phó chủ tịch và thư ký hội đồng."),
    ),
    (
        "above-her-own",
        lambda deed: deed.to is not None and RANK[deed.to] > RANK[deed.actor] and not _first_chair(deed),
        _("Không ai trao được vai trò cao hơn vai trò của chính mình. Hãy nhờ người có vai trò cao hơn."),
    ),
    (
        "who-stands-above",
        lambda deed: deed.target is not None and RANK[deed.target] > RANK[deed.actor],
        _("Người này có vai trò cao hơn bạn, nên chỉ người cùng vai trò ấy mới đổi được."),
    ),
    (
        "last-chair",
        lambda deed: deed.target == Role.CHAIR and deed.to != Role.CHAIR and deed.chairs <= 1,
        _(
            "Đây là hiệu trưởng, chủ tịch hội đồng duy nhất của trường trên hệ thống. Hãy mời hoặc trao vai trò cho người kế nhiệm trước."
        ),
    ),
    (
        "last-leader",
        lambda deed: _leads(deed.target) and not _leads(deed.to) and deed.leaders <= 1,
        _(
            "Đây là người cuối cùng còn mời và quản lý được thành viên của trường. Hãy trao vai trò cho một người khác trước."
        ),
    ),
)


def refusal(deed: Deed) -> str | None:
    """The sentence of the first rule that forbids the deed; None when it may be done."""
    return next((str(sentence) for _name, forbids, sentence in RULES if forbids(deed)), None)


def roles_to_give(actor: str, *, chairs: int) -> list[Role]:
    """The roles that she may offer in an invitation."""
    return [role for role in Role if refusal(Deed(actor, None, role, chairs, leaders=2)) is None]
