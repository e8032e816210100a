"""Saving cells of a table of school data, each with its own answer; taking back. Words in, JSON out, for the script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.assessment.model import TableData
from caitien.assessment.tables_merging import CellClash
from caitien.assessment.tables_model import Table
from caitien.assessment.tables_numbers import shown
from caitien.assessment.tables_sheets import AS_OF, day_shown
from caitien.web.assessments.editing import Locked, new_batch
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.school_data import SchoolData, of, value_of
from caitien.web.assessments.school_data_history import writer_of
from caitien.web.assessments.school_data_shown import SEPARATOR
from caitien.web.assessments.school_data_writing import (
    HEAD,
    Refused,
    base_of,
    entry,
    pair,
    put,
    put_head,
    set_pair,
    undo,
    why_locked,
    write,
)
from caitien.web.assessments.views.context import assessment_of
from caitien.web.assessments.views.data import table_address, table_of
from caitien.web.assessments.views.data_table import findings_shown, sheet_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable, whole

MOST = 1_000  # cells in one request; a table has fewer
LONGEST_BODY = 2 * 1024 * 1024  # bytes
Said = dict[str, Any]  # an answer, as JSON


class BadRequest(ValueError):
    """The request is none that the script sends."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the script sends it. `version`: of the table when she began; `before`: words of hers that may have arrived."""

    row: str
    column: str
    words: str
    version: int
    before: str | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
def cells(request: SchoolRequest, assessment: UUID, table: str) -> HttpResponse:
    """POST: saves `{"cells": [{action, field, words, version}]}`, field is "row/column". GET: the table as it is now.

    Each cell is answered for itself: saved, same, clash, error, locked. 507 when the disk is full.
    """
    found = assessment_of(request, assessment)
    if request.method != "POST":
        known = of(found)
        return _json(state_of(request, known, table_of(request, known, table)))
    try:
        sent = read_cells(request)
    except BadRequest as refused:
        return _json({"error": str(refused)}, refused.status)
    try:
        return _json(_saved(request, found, table, sent))
    except OperationalError as error:
        full = any(word in str(error).lower() for word in ("full", "no space"))
        return _json({"error": _("Máy chủ chưa ghi được.")}, 507 if full else 503)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def undo_batch(request: SchoolRequest, assessment: UUID, table: str, batch: UUID) -> HttpResponse:
    """Takes back what one gesture did; what another person wrote there since stays."""
    found = assessment_of(request, assessment)
    known = of(found)
    form = table_of(request, known, table)
    done = undo(found, batch, user=request.user)
    said = _("Không còn gì để hoàn tác.") if done is None or not done.changed else _("Đã hoàn tác.")
    if done is not None and done.clashes:
        said = _("%(said)s %(n)s ô giữ nguyên vì đã được sửa tiếp sau đó.") % {"said": said, "n": len(done.clashes)}
    if "application/json" in request.headers.get("Accept", ""):
        now = done.data if done else known
        answer = {"batch": str(done.batch) if done and done.batch else None, "say": said}
        return _json({**answer, **state_of(request, now, form), "kept": len(done.clashes) if done else 0})
    messages.success(request, said)
    return redirect(table_address(found, form.id))


def read_cells(request: SchoolRequest) -> list[Cell]:
    """The cells of a request. Raises BadRequest with a sentence for what is none."""
    if whole(request.headers.get("Content-Length"), 0) > LONGEST_BODY:
        raise BadRequest(_("Gửi quá nhiều chữ một lần. Hãy chia thành nhiều lần."), 413)
    try:
        entries = json.loads(request.body)["cells"]
        found = [_cell(one) for one in entries]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise BadRequest(_("Yêu cầu không đúng dạng nên chưa lưu được gì.")) from None
    if not found:
        raise BadRequest(_("Yêu cầu không có ô nào để lưu."))
    if len(found) > MOST:
        raise BadRequest(_("Mỗi lần lưu được nhiều nhất %(most)s ô. Hãy chia thành nhiều lần.") % {"most": MOST}, 413)
    return found


def _cell(one: Any) -> Cell:
    version, before = one.get("version"), one.get("before")
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version < 2**31:
        raise TypeError
    if not isinstance(one["words"], str) or not isinstance(one["field"], str):
        raise TypeError
    row, _slash, column = one["field"].partition(SEPARATOR)
    return Cell(
        row,
        column,
        storable(one["words"]).strip(),
        version,
        storable(before).strip() if isinstance(before, str) else None,
    )


def _saved(request: SchoolRequest, assessment: Assessment, table: str, sent: list[Cell]) -> Said:
    """Saves in one transaction, the cells that began from one version together: one line of history, one batch."""
    batch = new_batch()
    answers: dict[int, Said] = {}
    with transaction.atomic():
        known = of(assessment)
        form = table_of(request, known, table)
        if locked := why_locked(assessment):
            answers = {place: {"status": "locked", "say": str(locked)} for place in range(len(sent))}
        for version, places in _together(sent).items() if not answers else ():
            known = _one_version(
                request, known, form, version[0], {place: sent[place] for place in places}, batch, answers
            )
    changed = any(answer["status"] == "saved" for answer in answers.values())
    return {
        "at": f"{timezone.localtime():%H:%M}",
        "batch": str(batch) if changed else None,
        "results": [answers[place] for place in range(len(sent))],
        **state_of(request, known, form),
    }


def _together(sent: list[Cell]) -> dict[tuple[int, int], list[int]]:
    """Places of cells by (version, how often the cell came before): written one after the other."""
    groups: dict[tuple[int, int], list[int]] = {}
    times: dict[tuple[str, str], int] = {}
    for place, cell in enumerate(sent):
        again = times[cell.row, cell.column] = times.get((cell.row, cell.column), -1) + 1
        groups.setdefault((cell.version, again), []).append(place)
    return groups


def _one_version(
    request: SchoolRequest,
    known: SchoolData,
    form: Table,
    version: int,
    sent: dict[int, Cell],
    batch: UUID,
    answers: dict[int, Said],
) -> SchoolData:
    """Saves cells that began from one version, and answers each."""
    row = known.rows.get(form.id)
    now = value_of(row, form.id)
    base = base_of(row, form.id, version)
    mine = base
    places: dict[tuple[str, str], int] = {}
    for place, cell in sent.items():
        try:
            if cell.before is not None and _took(form, base, cell, cell.before, now):
                base = _same_there(base, now, cell)  # what she sent before did arrive: no clash with herself
                mine = _same_there(mine, now, cell)
            mine = _taken(form, mine, cell, cell.words)
            places[cell.row, cell.column] = place
        except Refused as refused:
            answers[place] = {"status": "error", "say": str(refused), "version": version}
    try:
        written = write(known.assessment, [base], [mine], user=request.user, batch=batch)
    except Locked as locked:
        answers.update({place: {"status": "locked", "say": str(locked)} for place in sent if place not in answers})
        return known
    clashes = {(one.row, one.column): one for one in written.clashes}
    changed = {(one[1], one[2]) for one in written.changed}
    known = written.data
    for key, place in places.items():
        if key in clashes:
            answers[place] = _clash(known, form, clashes[key], sent[place])
        else:
            answers[place] = {"status": "saved" if key in changed else "same", "version": known.version(form.id)}
    return known


def _taken(form: Table, data: TableData, cell: Cell, words: str) -> TableData:
    """The table with the words in the cell. Raises Refused, also for a cell that the form does not have."""
    if cell.row in HEAD:
        return put_head(data, cell.row, words)
    row = next((row for row in form.rows if row.id == cell.row), None)
    known = row is not None and (form.by_year or any(line.id == cell.column for line in form.columns))
    if row is None or not known or not cell.column or len(cell.column) > 60:
        raise Refused(_("Ô này không còn trong mẫu bảng nên không lưu được; hãy tải lại trang."))
    return put(data, row, cell.column, words)


def _took(form: Table, base: TableData, cell: Cell, before: str, now: TableData) -> bool:
    """Whether words that she sent, without hearing an answer, are what stands there now."""
    try:
        return entry(_taken(form, base, cell, before), cell.row, cell.column) == entry(now, cell.row, cell.column)
    except Refused:
        return False


def _same_there(data: TableData, now: TableData, cell: Cell) -> TableData:
    if cell.row in HEAD:
        return data.model_copy(update={HEAD[cell.row]: getattr(now, HEAD[cell.row])})
    return set_pair(data, cell.row, cell.column, pair(now, cell.row, cell.column))


def _clash(known: SchoolData, form: Table, clash: CellClash, cell: Cell) -> Said:
    row = known.rows[form.id]
    kinds = {line.id: line.kind for line in form.rows}
    theirs = clash.theirs
    if isinstance(theirs, int | float):
        theirs = shown(theirs, kinds.get(cell.row, "decimal"))
    last = writer_of(row, cell.row, cell.column)
    return {
        "status": "clash",
        "version": row.version,
        "mine": cell.words,
        "theirs": day_shown(theirs) if cell.row == AS_OF else theirs or "",
        "who": str(last.history_user) if last.history_user else "",
        "when": f"{timezone.localtime(last.history_date):%H:%M %d/%m/%Y}",
    }


def state_of(request: SchoolRequest, known: SchoolData, form: Table) -> Said:
    """The table as it is now: every cell, source and day, what is doubtful."""
    value = value_of(known.rows.get(form.id), form.id)
    found = findings_shown(known, form)
    context = {"findings": found, "table": form, "assessment": known.assessment}
    return {
        "v": known.version(form.id),
        "cells": {key: one.as_json() for key, one in sheet_of(request, known, form).cells().items()},
        "source": value.source or "",
        "as_of": day_shown(value.as_of),
        "findings": render_to_string("assessments/data_findings.html", context),
    }


def _json(said: Said, status: int = 200) -> JsonResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
