"""One table of school data: filled in like a spreadsheet, or as a plain form with one button."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.assessment.model import TableData
from caitien.assessment.tables_model import Table
from caitien.assessment.tables_sheets import AS_OF, SOURCE, day_shown
from caitien.web.assessments.school_data import SchoolData, completeness, of, previous, value_of
from caitien.web.assessments.school_data_carrying import HEAD_TABLE, profile_fills
from caitien.web.assessments.school_data_shown import (
    SEPARATOR,
    Around,
    TableShown,
    spoken_findings,
    table_shown,
)
from caitien.web.assessments.school_data_writing import (
    HEAD,
    Refused,
    Written,
    base_of,
    put,
    put_head,
    why_locked,
    words_of,
    write,
)
from caitien.web.assessments.views.context import assessment_of
from caitien.web.assessments.views.data import table_address, table_of
from caitien.web.assessments.views.data_words import sheet_words
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable, whole

NO_KEY = "00000000-0000-0000-0000-000000000000"
CELL = "o" + SEPARATOR  # names of inputs: "o/total/2025-2026"


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.WRITE_ASSESSMENT)
def table(request: SchoolRequest, assessment: UUID, table: str) -> HttpResponse:
    """GET: the table. POST: the whole form; 422 with all that was typed when something of it could not be saved."""
    found = assessment_of(request, assessment)
    known = of(found)
    form = table_of(request, known, table)
    if request.method != "POST":
        return render(request, "assessments/data_table.html", shown(request, known, form))
    if locked := why_locked(found):
        raise locked
    sent, base, mine, wrong = _read(request, known, form)
    written = write(found, [base], [mine], user=request.user)
    if written.clashes or wrong:
        kept = {key: sent[key] for key in {*wrong, *(_name(row, column) for _t, row, column in written.clashing)}}
        if any(written.changed):
            messages.info(request, _("Đã lưu %(n)s ô; còn chỗ bên dưới cần bạn xem.") % {"n": len(written.changed)})
        context = shown(request, written.data, form, typed=kept, said=wrong, written=written)
        return render(request, "assessments/data_table.html", context, status=422)
    n = len(written.changed)
    messages.success(request, _("Đã lưu %(n)s ô.") % {"n": n} if n else _("Không có gì thay đổi."))
    return redirect(table_address(found, table))


def shown(
    request: SchoolRequest,
    known: SchoolData,
    form: Table,
    *,
    typed: dict[str, str] | None = None,
    said: dict[str, str] | None = None,
    written: Written | None = None,
) -> dict[str, Any]:
    """What the page of a table is made from. `typed`: words that were not taken, `said`: why; by name of cell."""
    found = known.assessment
    made = sheet_of(request, known, form, typed=typed, said=said, written=written)
    own = known.rows.get(form.id)
    value = value_of(own, form.id)
    typed = typed or {}
    tables = known.form.tables if known.form else ()
    at = [one.id for one in tables].index(form.id)
    locked = why_locked(found)
    can_write = may(request.membership.role, Capability.WRITE_ASSESSMENT) and locked is None
    wants = can_write and sheet_data(request, known, form)
    return {
        "assessment": found,
        "tab": "data",
        "data": known,
        "table": form,
        "shown": made,
        "complete": completeness(known.filled, form) if known.filled else None,
        "findings": findings_shown(known, form),
        "row": own,
        "version": known.version(form.id),
        "source": typed.get(SOURCE, value.source or ""),
        "as_of": typed.get(AS_OF, day_shown(value.as_of)),
        "said": {"as_of": (said or {}).get(AS_OF, ""), "source": (said or {}).get(SOURCE, "")},
        "head_clashes": {HEAD[one.row]: one.theirs for one in (written.clashes if written else []) if one.row in HEAD},
        "can_write": can_write,
        "profile": len(profile_fills(known)[2]) if form.id == HEAD_TABLE else 0,
        "locked": locked,
        "sheet": wants or {},
        "before": tables[at - 1] if at else None,
        "after": tables[at + 1] if at + 1 < len(tables) else None,
    }


def sheet_of(
    request: SchoolRequest,
    known: SchoolData,
    form: Table,
    *,
    typed: dict[str, str] | None = None,
    said: dict[str, str] | None = None,
    written: Written | None = None,
) -> TableShown:
    """The table's cells as the page shows them (one query: last year's numbers)."""
    assert known.filled is not None
    assert known.form is not None
    before_year, before = previous(known.assessment)
    around = Around(
        before_year,
        next((one for one in before if one.table == form.id), None),
        typed or {},
        said or {},
        tuple(written.clashes) if written else (),
        {one.id: one.number or f"“{one.title}”" for one in known.form.tables},
        lambda other: table_address(known.assessment, other),
    )
    own = value_of(known.rows.get(form.id), form.id)
    return table_shown(known.filled, form, own, known.findings_of(form.id), around)


def findings_shown(known: SchoolData, form: Table) -> dict[str, Any]:
    """The findings of a table with the cells they speak of, what lacks apart."""
    own = value_of(known.rows.get(form.id), form.id)
    every = spoken_findings([one for one in known.findings_of(form.id) if one.rule != "table-empty"], form)
    return {
        "doubts": [pair for pair in every if pair[0].rule != "number-missing"],
        "missing": [pair for pair in every if pair[0].rule == "number-missing"],
        "empty": not own.cells and not own.texts,
    }


def sheet_data(request: SchoolRequest, known: SchoolData, form: Table) -> dict[str, str]:
    """What the script of the sheet is told: data-… attributes of the form."""
    found = known.assessment
    return {
        "table": form.id,
        "store": f"{found.pk}:{form.id}",
        "user": str(request.user.pk),
        "o": table_address(found, form.id, "data_cells"),
        "undo": table_address(found, form.id, "data_undo", batch=NO_KEY),
        "login": reverse("account_login"),
        "words": json.dumps(sheet_words(), ensure_ascii=False),
    }


def _read(
    request: SchoolRequest, known: SchoolData, form: Table
) -> tuple[dict[str, str], TableData, TableData, dict[str, str]]:
    """(words by name, the table she saw, the table she made of it, what could not be taken and why)."""
    base = base_of(known.rows.get(form.id), form.id, whole(request.POST.get("version"), 0))
    mine, wrong = base, {}
    sent: dict[str, str] = {}
    for name, text in request.POST.items():
        if name.startswith(CELL):
            sent[name.removeprefix(CELL)] = storable(text).strip()
    columns = known.filled.columns(form) if known.filled else ()
    for row in form.rows:
        for column in columns:
            key = _name(row.id, column)
            if key not in sent or sent[key] == words_of(base, row, column):
                continue
            try:
                mine = put(mine, row, column, sent[key])
            except Refused as refused:
                wrong[key] = str(refused)
    for key, field in ((SOURCE, "source"), (AS_OF, "as_of")):
        if field not in request.POST:
            continue
        sent[key] = storable(request.POST[field]).strip()
        try:
            mine = put_head(mine, key, sent[key])
        except Refused as refused:
            wrong[key] = str(refused)
    return sent, base, mine, wrong


def _name(row: str, column: str) -> str:
    return f"{row}{SEPARATOR}{column}" if column else row
