"""Reporting progress: an entry with its photographs, and what the action shows of it; all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from caitien.web.ids import new_id
from caitien.web.plans import photos
from caitien.web.plans.editing import permitted, set_columns
from caitien.web.plans.models import Action, ProgressEntry


def report(
    action: Action,
    *,
    key: UUID,
    user: Any,
    status: str,
    on: date,
    percent: int | None = None,
    text: str = "",
    pictures: Sequence[photos.Prepared] = (),
) -> ProgressEntry:
    """Keeps a report of an action, and shows its status, percent and words as the action's progress.

    `key` names the report: sent twice (a weak network, two taps) it is kept once. Raises PlanLocked when the plan is
    closed, OSError when the disk is full; then no row and no file of it is there.
    """
    try:
        return _kept(action, key, user, status, on, percent, text, pictures)
    except IntegrityError:  # the same report, sent twice at once; or a name that is taken elsewhere
        known = ProgressEntry.objects.for_school(action.school).filter(pk=key, action=action, author=user).first()
        return known or _kept(action, new_id(), user, status, on, percent, text, pictures)


def _kept(
    action: Action,
    key: UUID,
    user: Any,
    status: str,
    on: date,
    percent: int | None,
    text: str,
    pictures: Sequence[photos.Prepared],
) -> ProgressEntry:
    mine = ProgressEntry.objects.for_school(action.school).filter(pk=key, action=action, author=user)
    if (known := mine.first()) is not None:
        return known
    with photos.whole() as made, transaction.atomic():
        permitted(action.plan, content=False)
        entry = ProgressEntry(
            id=key,
            school=action.school,
            action=action,
            author=user,
            on=on,
            status=status,
            percent=percent,
            text=text,
        )
        entry.save(force_insert=True)
        columns: dict[str, Any] = {"progress_status": status, "progress_percent": percent}
        if text:
            columns["progress_text"] = text
        set_columns(action.school, action.pk, columns, user=user, reason=gettext_noop("Cập nhật tiến độ"))
        photos.keep(entry, pictures, made)
    return entry
