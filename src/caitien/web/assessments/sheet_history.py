"""The history of a criterion's sheet: who changed what, from what to what. What one person wrote in one go is one entry.

Autosaving makes a line every few seconds; lines of one row by one person with less than half an hour between them stand
as one change here. Every line stays in the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.assessments.sheet import Sheet
from caitien.web.schools.reasons import said
from caitien.web.ui.differences import Parts, differences

IN_ONE_GO = timedelta(minutes=30)
MOST_LINES = 600  # lines of history that are looked at; the newest
MOST_ALL = 20_000
LABELS = {
    "description": gettext_lazy("hiện trạng, kết quả"),
    "judged": gettext_lazy("nhận định"),
    "state": gettext_lazy("tình trạng"),
    "writers": gettext_lazy("người viết"),
    "requirements": gettext_lazy("nhận định từng yêu cầu"),
    "strengths": gettext_lazy("điểm mạnh"),
    "improvement": gettext_lazy("kế hoạch cải tiến"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of one change. `long`: a text that can be brought back."""

    name: str
    label: Any
    before: str
    after: str
    before_parts: Parts = ()
    after_parts: Parts = ()
    long: bool = False


@dataclass(slots=True)
class SheetChange:
    """What one person changed in one go in one row. `first`, `last`: the lines of history, first before it."""

    row: str  # "level" or "sheet"
    level: int | None
    who: Any
    when: datetime
    reason: str
    first: Any
    last: Any
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def title(self) -> str:
        return _("Mức %s") % self.level if self.level else _("Phiếu")


def history_of(sheet: Sheet, *, all_of_it: bool = False) -> tuple[list[SheetChange], bool]:
    """The changes, newest first, and whether there are older ones (two queries)."""
    most = MOST_ALL if all_of_it else MOST_LINES
    school = sheet.assessment.school_id
    keys = [one.pk for one in sheet.levels]
    levels = LevelReview.history.filter(school_id=school, id__in=keys).select_related("history_user")
    own = CriterionReview.history.filter(school_id=school, id=sheet.review.pk).select_related("history_user")
    found: list[SheetChange] = []
    more = False
    for rows, kind in ((levels, "level"), (own, "sheet")):
        lines = list(rows.order_by("-history_date", "-version")[: most + 1])
        more |= len(lines) > most
        found += changes_of(lines, kind)
    found.sort(key=lambda one: one.when, reverse=True)
    return found, more


def changes_of(lines: Iterable[Any], kind: str) -> list[SheetChange]:
    """Lines of history as changes. A line whose predecessor is not among them gives none. Values only."""
    by_row: dict[Any, list[Any]] = defaultdict(list)
    for line in lines:
        by_row[line.id].append(line)
    found = []
    for of_row in by_row.values():
        of_row.sort(key=lambda line: line.version)
        for run in _runs(of_row):
            change = SheetChange(
                kind,
                getattr(run[-1], "level", None),
                run[-1].history_user,
                run[-1].history_date,
                said(run[-1].history_change_reason),
                run[0],
                run[-1],
            )
            change.fields = list(_fields(kind, run[0], run[-1]))
            if change.fields:
                found.append(change)
    return found


def _runs(lines: Sequence[Any]) -> list[list[Any]]:
    """[how it was, line, line, …] for each unbroken writing of one person."""
    runs: list[list[Any]] = []
    for before, line in pairwise(lines):
        last = runs[-1][-1] if runs else None
        goes_on = (
            last is before
            and last is not None
            and last.history_user_id == line.history_user_id
            and line.history_date - last.history_date < IN_ONE_GO
            and (last.history_change_reason or "") == (line.history_change_reason or "")
        )
        if goes_on:
            runs[-1].append(line)
        else:
            runs.append([before, line])
    return runs


def _fields(kind: str, before: Any, after: Any) -> Iterable[FieldChange]:
    names = (
        ("description", "judged")
        if kind == "level"
        else ("state", "writers", "requirements", "strengths", "improvement")
    )
    for name in names:
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        old, new = (shown(name, value) for value in (was, now))
        label = LABELS[name]
        if old and new:
            old_parts, new_parts = differences([old, new], items=False)
        else:
            old_parts, new_parts = tuple((text, False) for text in (old,) if text), tuple((text, False) for text in (new,) if text)  # fmt: skip
        yield FieldChange(
            name, label, old, new, old_parts, new_parts, name in ("description", "improvement", "strengths")
        )


def shown(name: str, value: Any) -> str:
    """A value of a column in words."""
    if name == "judged":
        return str(LevelReview.Judged(value).label) if value else _("chưa nhận định")
    if name == "state":
        return str(CriterionReview.State(value).label)
    if name == "requirements":
        judged = dict(LevelReview.Judged.choices)
        return "\n".join(
            f"{one['code']}: "
            + ", ".join(str(part) for part in (judged.get(one.get("judged") or ""), one.get("note")) if part)
            for one in value
        )
    return "\n".join(value) if isinstance(value, list) else str(value)
