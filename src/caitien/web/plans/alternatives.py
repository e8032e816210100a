"""What a duplicate row of the imported file said instead, field by field, for the page of the action that won."""

from __future__ import annotations

from typing import Any

from caitien.plan import Alternative
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.models import Action
from caitien.web.ui.differences import differences

LABELS_OF_VALUES = {
    "responsible": "responsible", "collaborators": "collaborators", "content": "content", "weakness": "weakness",
    "period": "period", "measures": "measures", "expected_evidence": "expected_evidence", "progress": "progress_text",
    "resources": "budget", "result": "result", "note": "note", "objective": "objective", "cause": "cause",
    "current_state": "current_state", "indicators": "indicators", "criteria": "criteria",
}  # fmt: skip


def alternatives_of(row: Action) -> list[dict[str, Any]]:
    """What duplicate rows of the file said instead, field by field, with what sets it apart from what stands."""
    found = []
    for raw in row.alternatives or []:
        other = Alternative.model_validate(raw)
        items = [_other_words(row, name, _said(value)) for name, value in other.values.items()]
        found.append({"reason": other.reason, "items": items, "page": other.provenance.page, "cells": other.cells})
    return found


def _other_words(row: Action, name: str, said: str) -> dict[str, Any]:
    """One field of a duplicate row: its label, its words cut up where they differ, and the words that stand now."""
    field = FIELDS[LABELS_OF_VALUES[name]] if name in LABELS_OF_VALUES else None
    now = "; ".join(field.shown(row).splitlines()) if field else ""
    parts = differences([said, now], items=name in ("responsible", "collaborators", "criteria"))[0]
    return {"label": field.label if field else name, "parts": parts, "now": now}


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("budget_text") or "; ".join(_said(v) for v in value.values() if v))
    return "" if value is None else str(value)
