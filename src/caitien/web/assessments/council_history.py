"""Who changed what of the council and its groups, newest first."""

from __future__ import annotations

from typing import Any

from caitien.web.assessments.council_fields import fields_of
from caitien.web.assessments.models import Assessment, CouncilMember, WorkingGroup
from caitien.web.plans.head_parts import HeadField, shown, words
from caitien.web.schools.reasons import said

MOST = 60  # lines
EXTRA = {"criteria"}


def lines_of_council(assessment: Assessment) -> list[dict[str, Any]]:
    """Lines: `who`, `when`, `what` (added, changed, removed), `name`, `fields` [{label, before, after}], `gone` (can be brought back).

    Four queries whatever the size. Moves are left out.
    """
    lines: list[dict[str, Any]] = []
    for model in (CouncilMember, WorkingGroup):
        there = set(
            model.objects.for_school(assessment.school_id).filter(assessment=assessment).values_list("pk", flat=True)
        )
        records = list(
            model.history.filter(school_id=assessment.school_id, assessment_id=assessment.pk)
            .select_related("history_user")
            .order_by("-history_date", "-history_id")[: 4 * MOST]
        )
        for at, record in enumerate(records):
            before = next((one for one in records[at + 1 :] if one.id == record.id), None)
            line = _line(model, record, before)
            if line is None:
                continue
            line["gone"] = record.history_type == "-" and record.id not in there
            lines.append(line)
    return sorted(lines, key=lambda one: one["when"], reverse=True)[:MOST]


def _line(model: Any, record: Any, before: Any) -> dict[str, Any] | None:
    changed = []
    if record.history_type == "~" and before is not None:
        changed = [
            {
                "label": field.label,
                "before": _words(field, getattr(before, field.path)),
                "after": _words(field, getattr(record, field.path)),
            }
            for field in fields_of(model)
            if getattr(before, field.path) != getattr(record, field.path)
        ]
        if model is WorkingGroup and before.criteria != record.criteria:
            changed.append({"label": "", "before": ", ".join(before.criteria), "after": ", ".join(record.criteria)})
        if not changed:
            return None
    return {
        "what": {"+": "added", "-": "removed"}.get(record.history_type, "changed"),
        "is_member": model is CouncilMember,
        "key": record.id,
        "name": record.name,
        "who": record.history_user,
        "when": record.history_date,
        "why": said(record.history_change_reason),
        "fields": changed,
    }


def _words(field: HeadField, value: Any) -> str:
    if field.kind == "choice":
        return str(dict(field.choices).get(value, value))
    return words(field, value) or shown("", value)
