"""A council that can be proposed for a school: from its head, from who has which role here, from the posts of its people.

Only a proposal, whose words are ours and not the circular's: nothing is stored until somebody takes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from caitien.standards.model import Framework
from caitien.web.assessments.models import CouncilMember, WorkingGroup
from caitien.web.schools import names
from caitien.web.schools.models import Membership, Person, School
from caitien.web.schools.roles import Role

CHAIR, VICE, SECRETARY, MEMBER = (role.value for role in CouncilMember.Role)
LEAST = 5  # Điều 9 khoản 1, Thông tư 57/2026; the conditions themselves are in councils.yaml
MOST = 15  # proposed at once; more can be added
POSTS = (  # posts whose holders usually sit in a council, the likeliest first
    "to truong", "chu tich cong doan", "tong phu trach doi", "bi thu doan", "khoi truong", "bi thu chi bo", "to pho",
    "truong ban", "ke toan", "van thu", "nhan vien y te",
)  # fmt: skip
TASKS = {
    CHAIR: (gettext_noop("Phụ trách chung; điều hành hội đồng; phê duyệt báo cáo tự đánh giá"),),
    VICE: (gettext_noop("Giúp chủ tịch điều hành; đôn đốc các nhóm; kiểm tra minh chứng"),),
    SECRETARY: (gettext_noop("Tổng hợp phiếu đánh giá, danh mục minh chứng; soạn báo cáo tự đánh giá"),),
    MEMBER: (gettext_noop("Thu thập minh chứng, viết phiếu đánh giá các tiêu chí được giao"),),
}
"""What each is proposed to do: our own words."""


@dataclass(slots=True)
class Proposed:
    """`why`: where it was taken from, in words."""

    name: str
    role: str
    post: str = ""
    person: Person | None = None
    why: str = ""
    tasks: list[str] = field(default_factory=list)


def proposed(school: School, framework: Framework) -> tuple[list[Proposed], list[dict[str, Any]]]:
    """Members, an odd number where there are enough people, and groups with criteria (two queries)."""
    people = list(
        Person.objects.for_school(school).filter(merged_into=None, left_on=None, kind=Person.Kind.PERSON).order_by("id")
    )
    accounts = Membership.objects.for_school(school).select_related("user").order_by("created_at", "id")
    members = council_of(school, people, list(accounts))
    return members, groups_of(members, framework)


def council_of(school: School, people: Sequence[Person], accounts: Sequence[Membership]) -> list[Proposed]:
    """The members, chair first. Nobody stands there twice."""
    found: list[Proposed] = []
    by_user = {person.user_id: person for person in people if person.user_id}

    def put(name: str, role: str, post: str, person: Person | None, why: str) -> bool:
        name = names.read(name).name or name
        if not name or len(found) >= MOST or any(names.key(one.name) == names.key(name) for one in found):
            return False
        found.append(Proposed(name, role, post, person, why, list(TASKS[role])))
        return True

    def of_role(role: Role, place: str, why: str, most: int = 99) -> None:
        for account in accounts:
            if account.role != role or sum(1 for one in found if one.role == place) >= most:
                continue
            person = by_user.get(account.user_id)
            put(
                person.name if person else account.user.get_full_name(),
                place, person.role_title if person else "", person, why,
            )  # fmt: skip

    heads = [p for p in people if names.post_key(p.role_title) in ("hieu truong", "giam doc")]
    if school.head_name:
        person = next((p for p in people if names.key(p.name) == names.key(school.head_name)), None)
        put(school.head_name, CHAIR, school.head_role, person, gettext_noop("người đứng đầu nhà trường"))
    for person in heads[: 0 if found else 1]:
        put(person.name, CHAIR, person.role_title, person, gettext_noop("theo chức danh"))
    if not found:
        of_role(Role.CHAIR, CHAIR, gettext_noop("vai trò hiệu trưởng, chủ tịch ở đây"), most=1)
    for person in people:
        if names.post_key(person.role_title) in ("pho hieu truong", "pho giam doc"):
            put(person.name, VICE, person.role_title, person, gettext_noop("theo chức danh"))
    of_role(Role.VICE_CHAIR, VICE, gettext_noop("vai trò phó chủ tịch ở đây"))
    of_role(Role.SECRETARY, SECRETARY, gettext_noop("vai trò thư ký ở đây"), most=1)
    for person in people:
        if names.post_key(person.role_title).startswith("thu ky") and not any(one.role == SECRETARY for one in found):
            put(person.name, SECRETARY, person.role_title, person, gettext_noop("theo chức danh"))
    of_role(Role.MEMBER, MEMBER, gettext_noop("vai trò thành viên nhóm công tác ở đây"))
    for post in POSTS:
        for person in people:
            if names.post_key(person.role_title).startswith(post):
                put(person.name, MEMBER, person.role_title, person, gettext_noop("theo chức danh"))
    for person in people:
        if len(found) < LEAST and names.is_full_name(person.name):
            put(person.name, MEMBER, person.role_title, person, gettext_noop("người của trường"))
    if len(found) % 2 == 0 and len(found) > LEAST and found[-1].role == MEMBER:
        found.pop()  # an odd number
    return found


def groups_of(members: Sequence[Proposed], framework: Framework) -> list[dict[str, Any]]:
    """The secretariat and a group for each standard; leaders and members in turn."""
    if not members:
        return []
    by_role = {role: [one.name for one in members if one.role == role] for role in (CHAIR, VICE, SECRETARY, MEMBER)}
    others = by_role[MEMBER] or [one.name for one in members]
    leaders = by_role[VICE] or by_role[CHAIR] or others
    made: list[dict[str, Any]] = []
    if by_role[SECRETARY]:
        made.append(
            {"name": gettext_noop("Nhóm thư ký"), "kind": WorkingGroup.Kind.SECRETARIAT.value, "leader": by_role[SECRETARY][0],
             "members": [], "criteria": [], "tasks": list(TASKS[SECRETARY])}
        )  # fmt: skip
    standards = list(framework.standards)
    extra = [item.code for item in framework.level_items]
    for at, standard in enumerate(standards):
        mine = [name for n, name in enumerate(others) if n % len(standards) == at] or [others[at % len(others)]]
        made.append(
            {
                "name": gettext_noop("Nhóm công tác %s") % (at + 1),
                "kind": WorkingGroup.Kind.WORKING.value,
                "leader": leaders[at % len(leaders)] if leaders else mine[0],
                "members": mine,
                "criteria": [c.code for c in standard.criteria] + (extra if at == len(standards) - 1 else []),
                "tasks": [],
            }
        )
    return made
