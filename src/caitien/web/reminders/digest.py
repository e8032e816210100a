"""The letter that reminds somebody: what it says, as text and as simple HTML, in her language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caitien.plan.text import one_space
from caitien.web.reminders import tokens
from caitien.web.reminders.addresses import absolute
from caitien.web.reminders.due import Job, days_words, first_line
from caitien.web.reminders.school_work import SchoolWork
from caitien.web.reminders.work import Work
from caitien.web.schools.roles import Role

LEADERS = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY)
"""Who is told how the whole school stands."""
STOP = "stop"  # purpose of the token with which one stops the letters
LONGEST = 160  # letters of an action's words
MOST_OWNERS = 15
MOST_LINES = 40  # of one person in one school; the page has them all


@dataclass(slots=True)
class Section:
    """One school in a letter: her own late and due actions there, and, for a leader, the whole school's."""

    school: Any
    late: list[dict[str, Any]] = field(default_factory=list)
    soon: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0  # actions that have no line
    whole: SchoolWork | None = None
    owners: list[dict[str, Any]] = field(default_factory=list)
    plan_url: str = ""


@dataclass(slots=True)
class Digest:
    """What there is to remind a user of. Nothing when it has no sections."""

    user: Any
    work: Work
    jobs: list[Job]  # late, or due within fourteen days
    schools: list[SchoolWork]  # those she leads, with something late or due soon

    def __bool__(self) -> bool:
        return bool(self.jobs or self.schools)

    @property
    def days_left(self) -> list[int | None]:
        return [one.days for one in (*self.jobs, *(job for work in self.schools for job in work.jobs))]


def digest_of(user: Any, work: Work, schools: dict[Any, SchoolWork]) -> Digest:
    """What the user is to be reminded of: her own work, and the schools that she leads. Values only, no query."""
    led = [m.school_id for m in work.memberships if m.role in LEADERS]
    return Digest(
        user,
        work,
        [one for one in work.jobs if one.urgent],
        [schools[key] for key in led if key in schools and schools[key].jobs],
    )


def message(digest: Digest, language: str, today: date) -> EmailMultiAlternatives:
    """The letter. Links are whole addresses when the installation knows its own; else it says where to look."""
    with translation.override(language):
        stop = absolute(reverse("reminders:stop", args=[tokens.make(STOP, digest.user.pk)]))
        context = {
            "name": digest.user.get_full_name(),
            "first_line": first_line(digest.work.jobs) if digest.jobs else "",
            "sections": sections(digest),
            "today": today,
            "language": language,
            "work_url": absolute(reverse("reminders:my_work")),
            "choices_url": absolute(reverse("reminders:choices")),
            "stop_url": stop,
        }
        letter = EmailMultiAlternatives(
            subject=one_space(settings.EMAIL_SUBJECT_PREFIX + subject(digest)),
            body=render_to_string("reminders/digest.txt", context),
            to=[digest.user.email],
            headers=_headers(stop),
        )
        letter.attach_alternative(render_to_string("reminders/digest.html", context), "text/html")
    return letter


def subject(digest: Digest) -> str:
    """ "3 việc quá hạn, 2 việc sắp đến hạn"; for a leader who owes nothing herself: of her school."""
    late = sum(one.row.overdue for one in digest.jobs)
    soon = len(digest.jobs) - late
    if digest.jobs:
        return _counts(late, soon)
    said = _counts(sum(work.late for work in digest.schools), sum(work.soon for work in digest.schools))
    if len(digest.schools) == 1:
        return _("%(school)s: %(counts)s") % {"school": digest.schools[0].school.name, "counts": said}
    return _("Các trường của bạn: %(counts)s") % {"counts": said}


def sections(digest: Digest) -> list[Section]:
    """A section a school, in the order of her memberships."""
    found: dict[Any, Section] = {m.school_id: Section(m.school) for m in digest.work.memberships}
    for one in digest.jobs:
        section = found[one.plan.school_id]
        if len(section.late) + len(section.soon) >= MOST_LINES:
            section.more += 1
        else:
            (section.late if one.row.overdue else section.soon).append(line(one))
    for work in digest.schools:
        section = found[work.school.pk]
        section.whole, section.owners = work, owner_lines(work)
        if work.plans:
            path = reverse("plans:plan", kwargs={"school": work.school.slug, "plan": work.jobs[0].plan.pk})
            section.plan_url = absolute(path)
    return [section for section in found.values() if section.late or section.soon or section.whole]


def line(one: Job) -> dict[str, Any]:
    """An action in a letter."""
    where = {"school": one.plan.school.slug, "plan": one.plan.pk, "action": one.action.pk}
    return {
        "words": words_of(one),
        "criteria": ", ".join(one.action.criteria),
        "due": one.action.ends_on,
        "days": days_words(one),
        "helps": not one.responsible,
        "through": one.through,
        "url": absolute(reverse("plans:action", kwargs=where)),
    }


def owner_lines(work: SchoolWork) -> list[dict[str, Any]]:
    """Who has something late in the school: the most first; what nobody is responsible for at the end."""
    found: list[dict[str, Any]] = [
        {"name": str(owner.person), "late": len(owner.late), "longest": owner.longest}
        for owner in work.owners
        if owner.late
    ][:MOST_OWNERS]
    if nobodys := sum(one.row.overdue for one in work.ownerless):
        found.append({"name": _("Chưa có người phụ trách"), "late": nobodys, "longest": 0})
    return found


def words_of(one: Job) -> str:
    """The action in one line."""
    said = one_space(one.action.content or one.action.weakness or "") or _("Mục chưa có nội dung")
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + "…"


def _counts(late: int, soon: int) -> str:
    parts: Sequence[str] = [
        ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", late) % {"n": late} if late else "",
        ngettext("%(n)d việc sắp đến hạn", "%(n)d việc sắp đến hạn", soon) % {"n": soon} if soon else "",
    ]
    return ", ".join(part for part in parts if part)


def _headers(stop: str) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
    if stop.startswith("https://"):  # RFC 8058: one click of the mail program, which needs HTTPS
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
