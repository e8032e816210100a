"""Báo cáo: the words of parts I and III, bases, number and signer, abbreviations; seen at once, changed part by part."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caitien.errors import CaiTienError
from caitien.web.assessments.editing import address, version_of
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.report_editing import differing, permitted, save_words
from caitien.web.assessments.report_parts import (
    ABBREVIATIONS,
    BY_SLUG,
    FIELD_OF,
    PARTS,
    SHORT,
    label_of,
    part_of,
)
from caitien.web.assessments.report_suggested import suggested
from caitien.web.assessments.values import to_value
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.plans import head_suggested
from caitien.web.plans.fields import plain
from caitien.web.plans.head_parts import (
    LONGEST,
    MOST_ROWS,
    HeadField,
    HeadPart,
    NotUsable,
    rows_sent,
    rows_shown,
    value_of,
    value_of_rows,
    words,
)
from caitien.web.plans.views import two_texts
from caitien.web.plans.views.head import KINDS_OF_DOCUMENTS, _transported, _words_of, _written_before
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.reasons import said
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable, whole

MOST_LINES = 30  # of the history
BUTTONS = ("them", "bo", "len", "xuong", "goi-y", "can-cu")
"""Buttons of the form that save nothing."""


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def report(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """All parts as they stand, what is still empty, who changed what."""
    found = assessment_of(request, assessment)
    shown = []
    for part in PARTS:
        fields = [
            {"field": f, "shown": words(f, part_of(found.head, f.path)), "rows": bool(f.rows)} for f in part.fields
        ]
        shown.append({"part": part, "fields": fields, "empty": sum(1 for one in fields if not one["shown"])})
    own = (found.head or {}).get("abbreviations") or {}
    context = {
        "assessment": found,
        "parts": shown,
        "empty": sum(one["empty"] for one in shown if one["part"].slug not in ("van-ban", "quyet-dinh")),
        "own_abbreviations": sorted(own.items()),
        "abbreviations_slug": ABBREVIATIONS,
        "changes": _changes(found),
        "tab": "report",
        "may_edit": may(request.membership.role, Capability.WRITE_ASSESSMENT) and found.state == Assessment.State.WORKING,
    }  # fmt: skip
    return render(request, "assessments/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
def report_part(request: SchoolRequest, assessment: UUID, part: str) -> HttpResponse:
    """One part in a form. Buttons that add or move a row, or take a proposal, save nothing."""
    if part not in BY_SLUG:
        raise Http404
    found = assessment_of(request, assessment)
    asked = BY_SLUG[part]
    if part == ABBREVIATIONS:
        return _abbreviations(request, found, asked)
    if request.method != "POST":
        permitted(found)
        return _form(request, found, asked, version=found.version)
    sent = request.POST
    version = whole(sent.get("version"), found.version)
    base = version_of(found, version)
    if any(name in sent for name in BUTTONS):
        return _form(request, found, asked, version=version, sent=_moved(asked, found, sent))
    data = two_texts.settled(sent, [f.input for f in asked.fields], lambda name: _theirs(asked, found, name))
    wanted, errors = _wanted(asked, base, data)
    if errors:
        return _form(request, found, asked, version=version, sent=data, errors=errors)
    return _saved(request, found, asked, base, wanted, data)


def _saved(
    request: SchoolRequest,
    found: Assessment,
    part: HeadPart,
    base: Any,
    wanted: dict[str, Any],
    data: Mapping[str, str],
) -> HttpResponse:
    outcome = save_words(found, wanted, base=base, user=request.user)
    if outcome.clashes:
        clashing = {clash.field for clash in outcome.clashes}
        both = [
            two_texts.TwoTexts(
                FIELD_OF[c.field].input, FIELD_OF[c.field].label, words(FIELD_OF[c.field], c.mine),
                words(FIELD_OF[c.field], c.theirs), _transported(FIELD_OF[c.field], c.mine),
                joinable=FIELD_OF[c.field].kind in ("lines", "area"),
            )
            for c in outcome.clashes
        ]  # fmt: skip
        others = [(FIELD_OF[p].input, _transported(FIELD_OF[p], v)) for p, v in wanted.items() if p not in clashing]
        more = {"two_texts": both, "others": others}
        return _form(request, found, part, version=outcome.row.version, more=more, status=409)
    _say(request, outcome.changed)
    return redirect(_back(found, part))


def _say(request: SchoolRequest, changed: list[str]) -> None:
    if changed:
        messages.success(request, _("Đã lưu: %s.") % ", ".join(str(label_of(path)) for path in changed[:8]))
    else:
        messages.info(request, _("Không có gì thay đổi."))


def _back(found: Assessment, part: HeadPart) -> str:
    if part.slug == "quyet-dinh":
        return address(found, "council")
    return f"{address(found, 'report')}#{part.slug}"


# --- what was sent


def _wanted(part: HeadPart, base: Any, data: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Path to value, for the fields that the editor changed; path to sentence, for what cannot be used."""
    wanted: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in part.fields:
        before = part_of(base.head, field.path)
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
                value = value_of(field, storable(data[field.input]))
        except NotUsable as error:
            errors[field.path] = str(error)
            continue
        if (value or None) != (before or None):
            wanted[field.path] = value
    return wanted, errors


def _moved(part: HeadPart, found: Assessment, sent: Any) -> dict[str, str]:
    """The form as it stands after "Thêm dòng", "Bỏ", "Lên", "Xuống", a proposal: nothing is saved."""
    data = {name: sent[name] for name in sent}
    for field in part.fields:
        rows = rows_sent(field, data) if field.rows else None
        if rows is None:
            if data.get("goi-y") == field.path and (proposal := _proposed(field, found)):
                data[field.input] = words(field, proposal[0])
            continue
        if data.get("them") == field.path and len(rows) < MOST_ROWS:
            rows.append({"at": "", **{column.name: "" for column in field.rows}})
        for button, step in (("len", -1), ("xuong", 1)):
            name, _sep, at = data.get(button, "").rpartition(":")
            if name == field.path and (n := whole(at, len(rows))) < len(rows) and 0 <= n + step < len(rows):
                rows[n], rows[n + step] = rows[n + step], rows[n]
        name, _sep, at = data.get("bo", "").rpartition(":")
        if name == field.path and (n := whole(at, len(rows))) < len(rows):
            del rows[n]
        for one in _bases(found) if data.get("can-cu") else []:
            if one.key == data["can-cu"]:
                rows += [{**row, "at": ""} for row in rows_shown(field, [one.basis])]
        data = {name: value for name, value in data.items() if not name.startswith(f"{field.input}-")}
        data[f"{field.input}-rows"] = str(len(rows))
        data |= {f"{field.input}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return data


def _theirs(part: HeadPart, found: Assessment, name: str) -> str:
    field = next(one for one in part.fields if one.input == name)
    return words(field, part_of(found.head, field.path))


# --- the form


def _form(
    request: SchoolRequest,
    found: Assessment,
    part: HeadPart,
    *,
    version: int,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "assessment": found,
        "part": part,
        "version": version,
        "fields": [_input(found, field, sent, (errors or {}).get(field.path, "")) for field in part.fields],
        "invalid": bool(errors),
        "kinds_of_documents": KINDS_OF_DOCUMENTS if part.slug == "can-cu" else (),
        "suggested_bases": _bases(found) if part.slug == "can-cu" else [],
        "back": _back(found, part),
        "tab": "report",
        **(more or {}),
    }
    return render(request, "assessments/report_part.html", context, status=422 if errors else status)


def _input(found: Assessment, field: HeadField, sent: Mapping[str, str] | None, error: str) -> dict[str, Any]:
    value = part_of(found.head, field.path)
    made: dict[str, Any] = {"field": field, "error": error, "proposal": None}
    if field.rows:
        rows = rows_sent(field, sent) if sent is not None else None
        shown = rows_shown(field, value) if rows is None else rows
        warned = head_suggested.warnings_of_bases(shown, found.year.name)
        made["inputs"] = [
            {"at": row["at"], "cells": [{"column": c, "value": row[c.name]} for c in field.rows], "warning": warning}
            for row, warning in zip(shown, warned, strict=True)
        ]
        return made
    made["value"] = sent[field.input] if sent is not None and field.input in sent else words(field, value)
    if not made["value"] and (proposal := _proposed(field, found)):
        made["proposal"] = {"words": words(field, proposal[0]), "origin": proposal[1]}
    return made


def _proposed(field: HeadField, found: Assessment) -> tuple[Any, str] | None:
    framework = framework_of(found)
    value = to_value(found, evidence=False) if field.path == "conclusion.summary" else None
    try:
        return suggested(field.path, found, framework, value)
    except CaiTienError:
        return None  # the papers say what is wrong


def _bases(found: Assessment) -> list[head_suggested.SuggestedBasis]:
    head = {"school_year": found.year.name, "legal_bases": (found.head or {}).get("legal_bases")}
    return head_suggested.legal_bases(head, found.framework, found.school.level or None)


# --- abbreviations


def _abbreviations(request: SchoolRequest, found: Assessment, part: HeadPart) -> HttpResponse:
    """The abbreviations of all that is written, each with its meaning: what the school says wins."""
    from caitien.assessment.abbreviations import abbreviations

    permitted(found)
    own = (found.head or {}).get("abbreviations") or {}
    version, errors, typed = found.version, {}, {}
    if request.method == "POST":
        version = whole(request.POST.get("version"), found.version)
        base = version_of(found, version)
        typed, errors = _meanings(request.POST)
        wanted = {
            f"{SHORT}{short}": meaning
            for short, meaning in typed.items()
            if meaning != (part_of(base.head, f"{SHORT}{short}") or "") and meaning != request.POST.get(f"san-{short}")
        }
        if not errors:
            outcome = save_words(found, wanted, base=base, user=request.user)
            if not outcome.clashes:
                _say(request, outcome.changed)
                return redirect(_back(found, part))
            found.head, version = outcome.row.head, outcome.row.version
            for clash in outcome.clashes:
                said_ = _("Người khác vừa ghi “%s”. Muốn giữ lời của bạn thì lưu lần nữa.") % (clash.theirs or "")
                errors[clash.field.removeprefix(SHORT)] = said_
    listed = abbreviations(to_value(found))
    rows = [
        {"one": one, "short": one.short, "value": typed.get(one.short, one.meaning), "error": errors.get(one.short, ""), "own": one.short in own}
        for one in listed
    ]  # fmt: skip
    rows += [
        {"one": None, "short": short, "value": meaning, "error": errors.get(short, "")}
        for short, meaning in typed.items()
        if short not in {one.short for one in listed}
    ]
    context = {
        "assessment": found, "part": part, "rows": rows, "version": version, "errors": errors, "tab": "report",
        "unknown": sum(1 for one in listed if not one.meaning), "back": _back(found, part),
    }  # fmt: skip
    status = 200 if not errors else 409 if request.method == "POST" and found.version != version else 422
    return render(request, "assessments/report_abbreviations.html", context, status=status)


def _meanings(sent: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Short form to meaning of all rows of the form, the one that was added by hand too."""
    pairs = list(zip(sent.getlist("chu"), sent.getlist("nghia"), strict=False))[:MOST_ROWS]
    found, errors = {}, {}
    for short, meaning in pairs:
        short, meaning = plain(storable(short))[:40], plain(storable(meaning))[:LONGEST].replace("\n", " ")
        if short:
            found[short] = meaning
        elif meaning:
            errors[""] = _("Hãy ghi chữ viết tắt cho nghĩa “%s”.") % meaning[:60]
            found[""] = meaning
    return found, errors


# --- the history


def _changes(found: Assessment) -> list[dict[str, Any]]:
    """The history of the words, newest first (one query)."""
    records = list(
        Assessment.history.filter(id=found.pk, school_id=found.school_id)
        .select_related("history_user")
        .defer("approved_value")
        .order_by("-version", "-history_date")[: MOST_LINES + 1]
    )
    lines = []
    for after, before in pairwise(records):
        fields = [
            {"label": label_of(path), "before": _shown(path, before), "after": _shown(path, after)}
            for path in differing(before, after)
        ]
        if fields:
            lines.append({"who": after.history_user, "when": after.history_date, "why": said(after.history_change_reason), "fields": fields})  # fmt: skip
    return lines


def _shown(path: str, record: Any) -> str:
    value = part_of(record.head, path)
    return words(FIELD_OF[path], value) if path in FIELD_OF else (value or "")
