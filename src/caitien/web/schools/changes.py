"""The history of a school's own rows as lines: who, when, which field, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from caitien.web.schools.reasons import said

SHOWN = 12  # of the newest records


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one row. `fields`: (label, before, after); empty when the row was made or taken away."""

    who: str
    when: datetime
    kind: str
    reason: str
    fields: list[tuple[str, str, str]]


def lines(records: Any, labels: Mapping[str, str], most: int = SHOWN) -> list[Line]:
    """The newest changes of a row, newest first (one query). `records`: its history, `labels`: field to its name."""
    rows = list(records.select_related("history_user").order_by("-history_date", "-history_id")[: most + 1])
    found = [_line(newer, _differences(newer, older, labels)) for newer, older in pairwise(rows)]
    if rows and len(rows) <= most:
        found.append(_line(rows[-1], []))
    return [line for line in found if line.fields or line.kind != "~" or line.reason]


def _line(record: Any, fields: list[tuple[str, str, str]]) -> Line:
    who = str(record.history_user) if record.history_user else ""
    return Line(who, record.history_date, record.history_type, said(record.history_change_reason), fields)


def _differences(newer: Any, older: Any, labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (label, _shown(older, name), _shown(newer, name))
        for name, label in labels.items()
        if getattr(older, name) != getattr(newer, name)
    ]


def _shown(record: Any, name: str) -> str:
    value = getattr(record, name)
    if (said := getattr(record, f"get_{name}_display", None)) is not None:
        return str(said())
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
