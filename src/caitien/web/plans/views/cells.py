"""Saving cells of the table: many at once, each with its own answer. Words in, JSON out; the grid's script talks to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.plan.text import sort_key
from caitien.web.plans.cell_words import Refused, doubt_of, wanted_columns
from caitien.web.plans.changes import words as shown_words
from caitien.web.plans.editing import Outcome, RowGone, new_batch, save_edit, version_of
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.findings import checked
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.overview import Choice, counts, owners, rows_of, sources
from caitien.web.plans.states import PlanLocked
from caitien.web.plans.table_cells import NOBODY, findings_mark
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.plans.views.grid import editing_of
from caitien.web.plans.views.plan import chips, table_of
from caitien.web.plans.year_of_plan import YearOfPlan, year_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import Person
from caitien.web.schools.people import Directory
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable, whole

MOST = 500  # cells in one request; a plan's whole page has fewer
LONGEST_BODY = 4 * 1024 * 1024  # bytes
Said = dict[str, Any]  # an answer, as JSON


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the grid sends it. `version`: of the row when she began; `before`: words of hers that may have arrived already."""

    action: UUID
    field: str
    words: str
    version: int | None = None
    before: str | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def cells(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """POST: saves `{"cells": [{action, field, words, version}]}`. GET: what changed on the page since; `?goi-y`: suggestions.

    Each cell is answered for itself: saved (with the row as it is now), clash, error, locked, gone. 507 when the disk is full.
    """
    found = plan_of(request, plan, years=False)
    if request.method != "POST":
        return _json(_suggestions(found) if "goi-y" in request.GET else _as_it_is(request, found))
    try:
        sent = read_cells(request)
    except Refused as refused:
        return _json({"error": str(refused)}, status=refused.status)
    try:
        return _json(_saved(request, found, sent))
    except OperationalError as error:
        full = any(word in str(error).lower() for word in ("full", "no space"))
        return _json({"error": _("Máy chủ chưa ghi được.")}, status=507 if full else 503)


def read_cells(request: SchoolRequest) -> list[Cell]:
    """The cells of a request. Raises Refused with a sentence for what is none."""
    if whole(request.headers.get("Content-Length"), 0) > LONGEST_BODY:
        raise Refused(_("Gửi quá nhiều chữ một lần. Hãy chia thành nhiều lần."), 413)
    try:
        body = json.loads(request.body)
        entries = body["cells"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(_("Yêu cầu không đúng dạng nên chưa lưu được gì."), 400) from None
    if not isinstance(entries, list) or not entries:
        raise Refused(_("Yêu cầu không có ô nào để lưu."), 400)
    if len(entries) > MOST:
        raise Refused(_("Mỗi lần lưu được nhiều nhất %(most)s ô. Hãy chia thành nhiều lần.") % {"most": MOST}, 413)
    return [_cell(entry) for entry in entries]


def _cell(entry: Any) -> Cell:
    try:
        version, before = entry.get("version"), entry.get("before")
        known = version is None or (isinstance(version, int) and 0 < version < 2**31)
        if not known or not isinstance(entry["words"], str) or not isinstance(entry["field"], str):
            raise TypeError
        return Cell(
            UUID(entry["action"]), entry["field"], storable(entry["words"]), version,
            storable(before) if isinstance(before, str) else None,
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused(_("Yêu cầu không đúng dạng nên chưa lưu được gì."), 400) from None


def _saved(request: SchoolRequest, plan: Plan, sent: list[Cell]) -> Said:
    """Saves in one transaction; the cells of one row that began from one version together, so that it is one line of history."""
    batch = new_batch()
    answers: dict[int, Said] = {}
    touched: dict[UUID, Action] = {}
    with transaction.atomic():
        known = {row.pk: row for row in rows_of_plan(plan)}
        for places in _together(sent):
            action = sent[places[0]].action
            if action not in known:
                answers |= {place: {"status": "gone"} for place in places}
                continue
            row = touched.get(action, known[action])
            for place, (said, after) in _row_saved(request, plan, row, {p: sent[p] for p in places}, batch).items():
                answers[place] = said
                touched[action] = after or touched.get(action, row)
    rows = [touched.get(key, row) for key, row in known.items()]
    for row in touched.values():
        row.plan, row.school = plan, request.school
    changed = any(answer["status"] == "saved" for answer in answers.values())
    return {
        "at": f"{timezone.localtime():%H:%M}",
        "batch": str(batch) if changed else None,
        "results": [answers[place] for place in range(len(sent))],
        "rows": _rows_now(request, plan, rows, touched),
        **_totals(request, plan, rows),
    }


def _together(sent: list[Cell]) -> list[list[int]]:
    """Places of the cells that are saved as one change: same row, same version, no field twice."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    seen: dict[tuple[UUID, str], int] = {}
    for place, cell in enumerate(sent):
        again = seen[cell.action, cell.field] = seen.get((cell.action, cell.field), -1) + 1
        groups.setdefault((cell.action, cell.version, cell.before is not None, again), []).append(place)
    return list(groups.values())


def _row_saved(
    request: SchoolRequest, plan: Plan, row: Action, sent: dict[int, Cell], batch: UUID
) -> dict[int, tuple[Said, Action | None]]:
    """The answer to each cell of one row. What clashes or is wrong does not keep the others from being saved."""
    year = year_of(plan)
    base = version_of(row, next(iter(sent.values())).version or row.version)
    answers: dict[int, tuple[Said, Action | None]] = {}
    wanted: dict[str, Any] = {}
    places: dict[str, int] = {}
    for place, cell in sent.items():
        try:
            if cell.before is not None and _arrived(cell, row, year):
                base = row
            wanted[cell.field] = wanted_columns(cell.field, cell.words, row, year)
            places[cell.field] = place
        except Refused as refused:
            answers[place] = {"status": "error", "say": str(refused)}, None
    while wanted:
        try:
            outcome = save_edit(request.school, row.pk, wanted, base=base, user=request.user, batch=batch)
        except RowGone:
            answers |= {places[name]: ({"status": "gone"}, None) for name in wanted}
            break
        except PlanLocked as locked:
            if len(wanted) == 1:
                answers[places[next(iter(wanted))]] = {"status": "locked", "say": str(locked)}, None
                break
            for name, columns in wanted.items():  # what is reported can be saved all the same
                answers |= _row_saved_one(request, row, name, columns, base, batch, places[name])
            break
        if outcome.clashes:
            last = _last_writer(outcome)
            for clash in outcome.clashes:
                if wanted.pop(clash.field, None) is not None:
                    answers[places[clash.field]] = _clash(clash, outcome, last), outcome.row
            continue
        for name in wanted:
            answers[places[name]] = _done(plan, outcome, name, year), outcome.row
        break
    return answers


def _arrived(cell: Cell, row: Action, year: YearOfPlan) -> bool:
    """Whether the words that she sent before, without hearing an answer, are what stands there now."""
    try:
        return wanted_columns(cell.field, cell.before or "", row, year) == FIELDS[cell.field].of(row)
    except Refused:
        return False


def _row_saved_one(
    request: SchoolRequest, row: Action, name: str, columns: Any, base: Any, batch: UUID, place: int
) -> dict[int, tuple[Said, Action | None]]:
    try:
        outcome = save_edit(request.school, row.pk, {name: columns}, base=base, user=request.user, batch=batch)
    except PlanLocked as locked:
        return {place: ({"status": "locked", "say": str(locked)}, None)}
    if outcome.clashes:
        return {place: (_clash(outcome.clashes[0], outcome, _last_writer(outcome)), outcome.row)}
    return {place: ({"status": "saved" if outcome.changed else "same", "version": outcome.row.version}, outcome.row)}


def _done(plan: Plan, outcome: Outcome, name: str, year: YearOfPlan) -> Said:
    said: Said = {"status": "saved" if name in outcome.changed else "same", "version": outcome.row.version}
    directory = Directory.of(plan.school) if name in ("responsible", "collaborators") else None
    if doubt := doubt_of(name, outcome.row, year.name, directory):
        said["doubt"] = doubt
    return said


def _clash(clash: Any, outcome: Outcome, last: Any) -> Said:
    from types import SimpleNamespace

    return {
        "status": "clash",
        "version": outcome.row.version,
        "mine": shown_words(clash.field, SimpleNamespace(**clash.mine)),
        "theirs": shown_words(clash.field, outcome.row),
        "raw": FIELDS[clash.field].shown(outcome.row),
        "joinable": len(FIELDS[clash.field].columns) == 1 and FIELDS[clash.field].rows > 1,
        "who": str(last.history_user) if last.history_user else "",
        "when": f"{timezone.localtime(last.history_date):%H:%M %d/%m/%Y}",
    }


def _last_writer(outcome: Outcome) -> Any:
    records = Action.history.filter(id=outcome.row.pk, school_id=outcome.row.school_id)
    return records.select_related("history_user").latest()


def _rows_now(request: SchoolRequest, plan: Plan, rows: list[Action], touched: Iterable[UUID]) -> Said:
    """The touched rows as the page shows them: version and cells."""
    table = table_of(request, plan, rows, editing_of(request, plan))
    keys = set(touched)
    seen = rows_of([row for row in rows if row.pk in keys], timezone.localdate())
    return {str(row.action.pk): {"v": row.action.version, "cells": table.cells(row)} for row in seen}


def _totals(request: SchoolRequest, plan: Plan, rows: list[Action]) -> Said:
    """The counts at the top, made again. What the checks say is asked for later: it is the slowest part of the page."""
    total = counts(rows_of(rows, timezone.localdate()))
    shown = chips(request, Choice.from_query(request.GET), link("plan", plan))
    return {"chips": render_to_string("plans/_chips.html", {"counts": total, "chips": shown}, request=None)}


def _as_it_is(request: SchoolRequest, plan: Plan) -> Said:
    """Version and findings of every row: which of them another changed meanwhile, and what the checks say now."""
    rows = rows_of_plan(plan)
    findings = checked(plan, rows, timezone.localdate())
    seen = rows_of(rows, timezone.localdate(), findings.by_action())
    address = link("action", plan, action=UUID(NOBODY))
    return {
        "open": len(findings.open),
        "rows": {
            str(row.action.pk): [row.action.version, findings_mark(row, address.replace(NOBODY, str(row.action.pk)))]
            for row in seen
        },
    }


def _suggestions(plan: Plan) -> Said:
    """What an editor proposes: criteria of the framework, people of the school and of the plan, sources of money."""
    rows = rows_of_plan(plan)
    people = [str(person) for person in Person.objects.for_school(plan.school).filter(merged_into=None, left_on=None)]
    named = {name for row in rows for name in row.collaborators} | set(owners(rows)) | set(people)
    found = framework(plan.framework)
    return {
        "criteria": [
            [criterion.code, criterion.title] for standard in found.standards for criterion in standard.criteria
        ] if found else [],
        "people": sorted(named, key=sort_key),
        "sources": sources(rows),
    }  # fmt: skip


def _json(said: Said, status: int = 200) -> JsonResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
