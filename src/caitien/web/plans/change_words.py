"""What and where a change is, in the reader's language: the library says it in Vietnamese, as its documents do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from caitien.plan.comparing import Change

RECORDS: dict[str, Any] = {
    "actions": pgettext_lazy("số", "Mục"),
    "issues": pgettext_lazy("số", "Vấn đề"),
    "monitoring": pgettext_lazy("số", "Đợt giám sát"),
}
"""What stands before the number of a row."""


def what_said(change: Change) -> str:
    """The name of the field, or what became of the row. A test holds that every word of the library is translated."""
    from caitien.writing.adjustments import what_of

    return _(what_of(change))


def where_said(change: Change) -> str:
    """ "Mục 3", "Vấn đề 2"; "Toàn văn" for a fact of the whole plan."""
    from caitien.writing.adjustments import where_of

    return f"{RECORDS[change.record]} {change.action}" if change.record in RECORDS else _(where_of(change))
