"""Putting a plan back to what it was at a moment: as one batch that can be undone, never over what nobody has seen.

What is reported (progress, marks, values reached, money spent) stays as it is now unless it is asked for: a plan put back
to last month's words does not forget what was done since. States, comments and reports are never put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.web.plans.editing import Columns, address, held, new_batch, permitted, saved
from caitien.web.plans.following import following
from caitien.web.plans.involved import PARTS, relink
from caitien.web.plans.models import Action, Issue, Plan, PlanEvent
from caitien.web.plans.moments import READ_FROM_THE_FILE, AsOf, as_of, now_of
from caitien.web.plans.states import REPORTED, REPORTED_WITHIN, changes_content
from caitien.web.schools.not_now import NotNow

NEVER = frozenset({"id", "school_id", "plan_id", "version", "changed_at", *READ_FROM_THE_FILE})
"""Columns that are the row's own, not the plan's words."""
OF_THE_PLAN = ("title", "framework", "head")


@dataclass(frozen=True, slots=True)
class Restored:
    """How many rows and parts of the plan changed; `batch`: by which it is undone."""

    rows: int
    batch: UUID


def restore(plan: Plan, at: datetime, *, seen: str, user: Any, reported: bool = False) -> Restored:
    """Puts the whole plan back. `seen`: the mark of the plan that the person saw (`moments.now_of`); `reported`:
    what was reported is put back too.

    Raises NotNow when somebody wrote since, or when the plan was not there yet; PlanLocked when its state forbids it.
    """
    with transaction.atomic():
        now = held(plan)
        to_versions = ((_("Các bản"), address(now, "versions")),)
        if now_of(now).mark != seen:
            raise NotNow(
                _("Kế hoạch vừa được sửa thêm sau khi bạn mở trang này. Hãy xem lại rồi khôi phục."), to_versions
            )
        then = as_of(now, at)
        if then is None:
            raise NotNow(_("Lúc đó chưa có kế hoạch này."), to_versions)
        batch = new_batch()
        reason = gettext_noop("Khôi phục bản %(when)s") % {"when": f"{timezone.localtime(at):%d/%m/%Y %H:%M}"}
        work = [*_of_rows(Action, now, then, reported), *_of_rows(Issue, now, then, reported)]
        head = {name: getattr(then.line, name) for name in OF_THE_PLAN}
        head = {name: value for name, value in head.items() if getattr(now, name) != value}
        if not work and not head:
            return Restored(0, batch)
        content = bool(head) or any(
            changes_content({column: getattr(row, column) for column in columns}, columns) for row, columns in work
        )
        amendment = permitted(now, content=content)
        renamed = []
        for row, columns in work:
            if columns.keys() & PARTS.keys():
                renamed.append(row)
            for column, value in columns.items():
                setattr(row, column, value)
            row.version += 1
            saved(row, user, reason, batch, amendment, columns=columns)
        relink(now.school, renamed)
        if head:
            for name, value in head.items():
                setattr(now, name, value)
            now.version += 1
            saved(now, user, reason, batch, amendment, columns=head)
        PlanEvent.objects.create(
            school=now.school, plan=now, kind=PlanEvent.Kind.RESTORED, by=user, at=timezone.now(), note=reason
        )
        return Restored(len(work) + len(head), batch)


def columns_to_restore(row: Any, then: Any, *, reported: bool) -> Columns:
    """The columns of a row that differ from what they were. `then`: the row as it was; None: it was not there, so it goes."""
    if then is None or then.removed_at is not None:
        return {"removed_at": timezone.now()} if row.removed_at is None else {}
    names = [one.attname for one in then._meta.concrete_fields if one.attname not in NEVER]
    wanted = {name: getattr(then, name) for name in names}
    if isinstance(then, Action) and not reported:
        for name in REPORTED:
            wanted.pop(name)
        for name, part in REPORTED_WITHIN.items():
            wanted[name] = with_reported_part(wanted[name] or [], getattr(row, name) or [], part)
        changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
        # marks stay with their words, where these are there still
        wanted |= {name: value for name, value in following(row, changed).items() if name not in wanted}
    return {name: value for name, value in wanted.items() if value != getattr(row, name)}


def with_reported_part(then: list[Any], now: list[Any], part: str) -> list[Any]:
    """Entries as they were, each with what is reported of it now (`part`); one that is not there now keeps its own.

    What is reported of an entry that was not there then stays too, without what was planned in it.
    """
    left = list(now)
    made = []
    for entry in then:
        own = {name: value for name, value in entry.items() if name != part}
        same = next((one for one in left if {n: v for n, v in one.items() if n != part} == own), None)
        same = same or next((one for one in left if _named(one) == _named(entry)), None)
        if same is not None:
            left.remove(same)
            entry = {**entry, part: same.get(part)}
        made.append(entry)
    named = ("text", "source", "note", part)
    for entry in left:
        if entry.get(part) not in (None, ""):
            made.append({name: value if name in named else None for name, value in entry.items()})
    return made


def _named(entry: dict[str, Any]) -> Any:
    return entry.get("text"), entry.get("source"), entry.get("note")


def _of_rows(model: Any, plan: Plan, then: AsOf, reported: bool) -> list[tuple[Any, Columns]]:
    """The rows of the plan that have to change, each with its columns (one query)."""
    known = then.everything if model is Action else then.every_issue
    found = []
    for row in model.everything.for_school(plan.school).filter(plan=plan):
        row.plan, row.school = plan, plan.school
        if columns := columns_to_restore(row, known.get(row.pk), reported=reported):
            found.append((row, columns))
    return found
