"""Danh sách nhắc việc: who of the school is to be told of what, ready to be printed or pasted into a message."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caitien.plan.text import one_space
from caitien.web.reminders.addresses import absolute
from caitien.web.reminders.due import Job, days_words
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.school_work import Owner, school_work
from caitien.web.reminders.sending import mail_folder
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import GroupMember, Person
from caitien.web.schools.roles import Capability

ALL = "tat-ca"
LONGEST = 160  # letters of an action's words


@require_safe
@school_view(Capability.EDIT_PLAN)
def school(request: SchoolRequest) -> HttpResponse:
    """Who has something late or due within fourteen days; those whom no letter reaches, or everybody (?ai=tat-ca)."""
    today = timezone.localdate()
    work = school_work([request.school], today)[request.school.pk]
    really_sent = mail_folder() is None
    reached = _reached(work.owners) if really_sent else set()
    members = _members(request.school, [o.person for o in work.owners if o.person.kind == Person.Kind.GROUP])
    everybody = request.GET.get("ai") == ALL
    entries = [
        {
            "owner": owner,
            "gets_mail": owner.person.pk in reached,
            "members": members.get(owner.person.pk, []),
            "text": text_for(owner, request.school.name),
        }
        for owner in work.owners
        if everybody or owner.person.pk not in reached
    ]
    context = {
        "work": work,
        "entries": entries,
        "everybody": everybody,
        "reached": sum(owner.person.pk in reached for owner in work.owners),
        "no_mail_server": not really_sent,
        "today": today,
    }
    return render(request, "reminders/school.html", context)


def text_for(owner: Owner, school_name: str) -> str:
    """What is said to a person, as a message that can be pasted anywhere."""
    lines = [
        _("%(school)s nhắc việc cải tiến chất lượng. Kính gửi %(name)s:")
        % {"school": school_name, "name": owner.person.name}
    ]
    for title, jobs in ((_("Quá hạn:"), owner.late), (_("Sắp đến hạn:"), owner.soon)):
        if jobs:
            lines += [title, *(f"{number}. {_line(one)}" for number, one in enumerate(jobs, 1))]
    where = absolute("/")
    lines.append(
        _("Việc nào xong, xin báo lại hoặc cập nhật ở %(where)s") % {"where": where}
        if where
        else _("Việc nào xong, xin báo lại thư ký hội đồng.")
    )
    return "\n".join(lines)


def _line(one: Job) -> str:
    said = one_space(one.action.content or one.action.weakness or "") or _("Mục chưa có nội dung")
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + "…"
    code = f" ({', '.join(one.action.criteria)})" if one.action.criteria else ""
    if one.action.ends_on is None:
        return f"{said}{code}"
    due = _("hạn %(day)s") % {"day": f"{one.action.ends_on:%d/%m/%Y}"}
    return f"{said}{code} – {due}, {days_words(one)}"


def _reached(owners: list[Owner]) -> set[Any]:
    """The people whom a letter reaches: joined to an account that has an address and wants letters (one query)."""
    with_mail = {o.person.user_id: o.person.pk for o in owners if o.person.user_id and o.person.user.email}
    off = ReminderChoice.objects.filter(user__in=list(with_mail), digest=ReminderChoice.Digest.OFF)
    unwilling = set(off.values_list("user_id", flat=True)) if with_mail else set()
    return {person for user, person in with_mail.items() if user not in unwilling}


def _members(school: Any, groups: list[Person]) -> dict[Any, list[str]]:
    """The names of who is in the groups (one query, when there are groups)."""
    found: dict[Any, list[str]] = {}
    if groups:
        rows = GroupMember.objects.for_school(school).filter(group__in=groups, person__left_on=None)
        for group, name in rows.order_by("person__name").values_list("group_id", "person__name"):
            found.setdefault(group, []).append(name)
    return found
