"""Thông tin của kế hoạch: everything that is no action and no issue, seen at once and changed part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caitien.plan import ImprovementPlan
from caitien.standards import national
from caitien.web.plans import changing_framework, head_suggested
from caitien.web.plans.editing import new_batch
from caitien.web.plans.fields import plain
from caitien.web.plans.frameworks import framework
from caitien.web.plans.head_editing import differing, head_version, part_of, save_head
from caitien.web.plans.head_parts import (
    BY_SLUG,
    FIELD_OF,
    MOST_ROWS,
    PARTS,
    HeadField,
    HeadPart,
    NotUsable,
    label_of,
    rows_sent,
    rows_shown,
    shown,
    value_of,
    value_of_rows,
    words,
)
from caitien.web.plans.models import Plan
from caitien.web.plans.views import two_texts
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.plans.views.decisions import just_done
from caitien.web.plans.views.frozen import why_not
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.reasons import said
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

LEAST_ROUNDS = 2  # Biểu 2, mục VIII: rà soát tối thiểu 02 lần mỗi năm học
KINDS_OF_DOCUMENTS = (
    "Luật",
    "Nghị định",
    "Nghị quyết",
    "Quyết định",
    "Thông tư",
    "Công văn",
    "Hướng dẫn",
    "Kế hoạch",
    "Báo cáo",
)
MOST_LINES = 40  # of the history


@require_safe
@school_view(Capability.VIEW_PLAN)
def head(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """All parts as they stand, what is missing, and who changed what."""
    found = plan_of(request, plan)
    parts = [
        {
            "part": part,
            "fields": [
                {"field": field, "shown": _said(field, found), "rows": bool(field.rows)} for field in part.fields
            ],
            "notes": _notes(part, found),
        }
        for part in PARTS
    ]
    context = {
        "plan": found,
        "parts": parts,
        "changes": _changes(found),
        "locked": why_not(found)[0],
        "closed": why_not(found)[1],
        "just": just_done(request),
        "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
    }
    return render(request, "plans/head.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def head_part(request: SchoolRequest, plan: UUID, part: str) -> HttpResponse:
    """One part in a form. Buttons that add, take out or move a row, or take a proposal, save nothing."""
    if part not in BY_SLUG:
        raise Http404
    found = plan_of(request, plan)
    asked = BY_SLUG[part]
    if request.method != "POST":
        return _form(request, found, asked, version=found.version)
    sent = request.POST
    version = whole(sent.get("version"), found.version)
    base = head_version(found, version)
    if any(name in sent for name in ("them", "bo", "len", "xuong", "goi-y", "can-cu")):
        return _form(request, found, asked, version=version, sent=_moved(asked, found, sent))
    data = two_texts.settled(sent, [f.input for f in asked.fields], lambda name: _theirs(asked, found, name))
    wanted, errors = _wanted(asked, base, data)
    if "framework" in wanted and not errors:
        wanted_framework = wanted["framework"]
        if wanted_framework is not None and framework(wanted_framework) is None:
            errors["framework"] = _("Không có khung này; hãy chọn lại.")
        how = sent.get("cach", "")
        effect = changing_framework.effect(found, rows_of_plan(found), wanted_framework)
        if effect is not None and not errors and how not in (changing_framework.CARRY, changing_framework.LEAVE):
            return _form(request, found, asked, version=version, sent=data, effect=effect)
        if effect is not None and effect.has_crosswalk and how == changing_framework.CARRY and not errors:
            return _with_codes_carried(request, found, asked, base, wanted)
    if errors:
        return _form(request, found, asked, version=version, sent=data, errors=errors)
    return _saved(request, found, asked, base, wanted, data)


def _saved(
    request: SchoolRequest, plan: Plan, part: HeadPart, base: Any, wanted: dict[str, Any], data: Mapping[str, str]
) -> HttpResponse:
    batch = new_batch()
    outcome = save_head(plan, wanted, base=base, user=request.user, batch=batch)
    if outcome.clashes:
        clashing = {clash.field for clash in outcome.clashes}
        both = [_two_texts(FIELD_OF[clash.field], clash.mine, clash.theirs) for clash in outcome.clashes]
        others = [(FIELD_OF[path].input, _transported(FIELD_OF[path], value)) for path, value in wanted.items() if path not in clashing]  # fmt: skip
        more = {"two_texts": both, "others": others}
        return _form(request, plan, part, version=outcome.plan.version, more=more, status=409)
    if not outcome.changed:
        messages.info(request, _("Không có gì thay đổi."))
        return redirect(f"{link('head', plan)}#{part.slug}")
    labels = ", ".join(str(label_of(path)).lower() for path in outcome.changed)
    messages.success(request, _("Đã lưu: %s.") % labels)
    return redirect(f"{link('head', plan)}?vua={batch}#{part.slug}")


def _with_codes_carried(
    request: SchoolRequest, plan: Plan, part: HeadPart, base: Any, wanted: dict[str, Any]
) -> HttpResponse:
    """The new framework with the codes of all rows through the crosswalk; other fields of the form are saved along."""
    batch = new_batch()
    to = wanted.pop("framework")
    with transaction.atomic():
        outcome = save_head(plan, wanted, base=base, user=request.user, batch=batch)
        new = changing_framework.carry_codes(outcome.plan, to, user=request.user, batch=batch)
    messages.success(request, _("Đã đổi khung; mã tiêu chí chuyển theo bảng chuyển và chờ xác nhận."))
    return redirect(f"{link('decisions', new)}?vua={batch}")


# --- the form


def _wanted(part: HeadPart, base: Any, data: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Path to value, for the fields that the editor changed; path to sentence, for what cannot be used."""
    wanted: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in part.fields:
        before = part_of(base, field.path)
        try:
            if field.rows and field.input in data:  # from the page of the clash: as it was sent before
                value = _written_before(field, data[field.input])
            elif field.rows:
                rows = rows_sent(field, data)
                if rows is None or [_words_of(row) for row in rows if any(_words_of(row))] == [
                    _words_of(row) for row in rows_shown(field, before)
                ]:
                    continue
                value = value_of_rows(field, rows, before or [])
            elif field.input not in data or plain(data[field.input]) == plain(words(field, before)):
                continue
            else:
                value = value_of(field, data[field.input])
        except NotUsable as error:
            errors[field.path] = str(error)
            continue
        if (value or None) != (before or None):
            wanted[field.path] = value
    return wanted, errors


def _written_before(field: HeadField, text: str) -> list[Any]:
    """The rows that the page of the clash carried along. Raises NotUsable for what such a page does not hold."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()  # half a letter is none
        ImprovementPlan.model_validate({field.path: value})
    except (ValueError, RecursionError):
        raise NotUsable(_("Phần này gửi không đúng dạng nên chưa lưu. Hãy tải lại trang rồi sửa lại.")) from None
    return list(value)


def _words_of(row: Mapping[str, str]) -> list[str]:
    return [plain(value) for name, value in row.items() if name != "at"]


def _moved(part: HeadPart, plan: Plan, sent: Any) -> dict[str, str]:
    """The form as it stands after "Thêm dòng", "Bỏ", "Lên", "Xuống", a proposal: nothing is saved."""
    data = {name: sent[name] for name in sent}
    for field in part.fields:
        rows = rows_sent(field, data) if field.rows else None
        if rows is None:
            if data.get("goi-y") == field.path and (found := head_suggested.texts(field.path)):
                data[field.input] = "\n".join(found)
            continue
        empty = {"at": "", **{column.name: "" for column in field.rows}}
        if data.get("them") == field.path and len(rows) < MOST_ROWS:
            rows.append(empty)
        for button, step in (("len", -1), ("xuong", 1)):
            name, _sep, at = data.get(button, "").rpartition(":")
            if name == field.path and (n := whole(at, len(rows))) < len(rows) and 0 <= n + step < len(rows):
                rows[n], rows[n + step] = rows[n + step], rows[n]
        name, _sep, at = data.get("bo", "").rpartition(":")
        if name == field.path and (n := whole(at, len(rows))) < len(rows):
            del rows[n]
        if data.get("goi-y") == field.path and (found := head_suggested.texts(field.path)):
            rows = [row for row in rows if any(_words_of(row))]
            rows += [{**row, "at": ""} for row in rows_shown(field, found)]
        if data.get("can-cu") and field.path == "legal_bases":
            for one in _suggested(plan):
                if one.key == data["can-cu"]:
                    rows += [{**row, "at": ""} for row in rows_shown(field, [one.basis])]
        data = {name: value for name, value in data.items() if not name.startswith(f"{field.input}-")}
        data[f"{field.input}-rows"] = str(len(rows))
        data |= {f"{field.input}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return data


def _form(
    request: SchoolRequest,
    plan: Plan,
    part: HeadPart,
    *,
    version: int,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    effect: Any = None,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = [_input(plan, field, sent, (errors or {}).get(field.path, "")) for field in part.fields]
    context = {
        "plan": plan,
        "part": part,
        "version": version,
        "fields": fields,
        "invalid": bool(errors),
        "effect": effect,
        "notes": _notes(part, plan),
        "kinds_of_documents": KINDS_OF_DOCUMENTS if part.slug == "can-cu" else (),
        "suggested_bases": _suggested(plan) if part.slug == "can-cu" else [],
        "locked": why_not(plan)[1 if part.slug == "giam-sat" else 0],
        **(more or {}),
    }
    return render(request, "plans/head_part.html", context, status=422 if errors else status)


def _input(plan: Plan, field: HeadField, sent: Mapping[str, str] | None, error: str) -> dict[str, Any]:
    value = part_of(plan, field.path)
    found: dict[str, Any] = {"field": field, "error": error, "suggests": False}
    if field.rows:
        rows = rows_sent(field, sent) if sent is not None else None
        found["rows"] = rows_shown(field, value) if rows is None else rows
        found["inputs"] = [
            {"at": row["at"], "cells": [{"column": c, "value": row[c.name]} for c in field.rows]}
            for row in found["rows"]
        ]
        warned = head_suggested.warnings_of_bases(found["rows"], plan.head.get("school_year"))
        if field.path == "legal_bases":
            found["inputs"] = [{**one, "warning": said} for one, said in zip(found["inputs"], warned, strict=True)]
        found["suggests"] = not found["rows"] and head_suggested.texts(field.path) is not None
        return found
    found["value"] = sent[field.input] if sent is not None and field.input in sent else words(field, value)
    found["suggests"] = field.kind == "lines" and not found["value"] and head_suggested.texts(field.path) is not None
    if field.kind in ("choice", "level"):
        found["choices"] = field.choices
    elif field.kind == "framework":
        level = (plan.head.get("school") or {}).get("level") or plan.school.level
        listed = [(i.id, i.short_title) for i in national() if not level or level in i.school_levels]
        ids = [key for key, _title in listed]
        now = plan.framework
        own = [(now, now)] if now and now not in ids else []
        found["choices"] = [("", _("chưa ghi")), *own, *listed]
    return found


# --- what is said beside it


def _said(field: HeadField, plan: Plan) -> str:
    if field.kind == "framework":
        found = framework(plan.framework)
        return found.short_title if found else plan.framework or ""
    return shown(field.path, part_of(plan, field.path))


def _notes(part: HeadPart, plan: Plan) -> list[str]:
    """What is missing or no longer right in a part, in sentences."""
    if part.slug == "can-cu":
        return [said for said in head_suggested.warnings_of_bases(plan.head.get("legal_bases") or [], plan.head.get("school_year")) if said]  # fmt: skip
    if part.slug == "giam-sat" and (plan.framework or "").startswith("tt57"):
        rounds = len(plan.head.get("monitoring") or [])
        if rounds < LEAST_ROUNDS:
            return [_("Mới có %s đợt. Thông tư 57/2026 cần ít nhất hai đợt mỗi năm học: cuối học kỳ I và cuối năm học.") % rounds]  # fmt: skip
    return []


def _suggested(plan: Plan) -> list[head_suggested.SuggestedBasis]:
    level = (plan.head.get("school") or {}).get("level") or plan.school.level or None
    return head_suggested.legal_bases(plan.head, plan.framework, level)


def _theirs(part: HeadPart, plan: Plan, name: str) -> str:
    field = next(one for one in part.fields if one.input == name)
    return words(field, part_of(plan, field.path))


def _two_texts(field: HeadField, mine: Any, theirs: Any) -> two_texts.TwoTexts:
    return two_texts.TwoTexts(
        field.input,
        field.label,
        words(field, mine),
        words(field, theirs),
        _transported(field, mine),
        joinable=field.kind in ("lines", "area"),
    )


def _transported(field: HeadField, value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if field.rows else words(field, value)


def _changes(plan: Plan) -> list[dict[str, Any]]:
    """The history of the head, newest first (one query)."""
    records = list(
        Plan.history.filter(id=plan.pk, school_id=plan.school_id).select_related("history_user").order_by("-version", "-history_date")[: MOST_LINES + 1]
    )  # fmt: skip
    lines = []
    for after, before in pairwise(records):
        fields = [
            {"label": label_of(path), "before": shown(path, part_of(before, path)), "after": shown(path, part_of(after, path))}
            for path in differing(before, after)
            if path in FIELD_OF
        ]  # fmt: skip
        if fields:
            who, why = after.history_user, said(after.history_change_reason)
            lines.append({"who": who, "when": after.history_date, "why": why, "fields": fields, "batch": after.batch})
    return lines
