"""Saving the words and judgements of a criterion's sheet: as a script autosaves them, and as plain forms send them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.web.assessments.editing import Locked, NoProof, new_batch, save
from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.assessments.sheet import Sheet
from caitien.web.assessments.views.autosaved import Said, Sent, as_typed, clash_said, json_answer, read_sent, saved_said
from caitien.web.assessments.views.criterion_shown import page_context, parts_of, sheet_for, to_sheet
from caitien.web.assessments.words import READ, Kept, NotKept, keep, lines_of, text_of
from caitien.web.no_room import trouble_of
from caitien.web.plans.views.two_texts import BOTH, MINE, THEIRS, TwoTexts
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import whole

JUDGED = ("", LevelReview.Judged.MET, LevelReview.Judged.NOT_MET)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_words(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Saves `{"cells": [{action, field, words, version}]}`; each is answered for itself, as cells of the plan's table are.

    `action`: the key of the sheet or of one of its levels. Answers: saved, same, clash (both texts), error, locked, gone;
    `parts`: fragments of the page that follow from the words.
    """
    sheet = sheet_for(request, assessment, code)
    try:
        sent = read_sent(request)
    except NotKept as refused:
        return json_answer({"error": str(refused)}, status=400)
    batch = new_batch()
    try:
        results = [_answered(request, sheet, one, batch) for one in sent]
    except OperationalError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        return json_answer({"error": str(trouble.sentence)}, status=trouble.status)
    fresh = sheet_for(request, assessment, code)
    return json_answer({"at": f"{timezone.localtime():%H:%M}", "results": results, "parts": parts_of(request, fresh)})


def _answered(request: SchoolRequest, sheet: Sheet, sent: Sent, batch: UUID) -> Said:
    rows: dict[str, LevelReview | CriterionReview] = {str(one.pk): one for one in sheet.levels}
    rows[str(sheet.review.pk)] = sheet.review
    row = rows.get(sent.row)
    columns = ("description", "judged") if isinstance(row, LevelReview) else ("strengths", "improvement")
    if row is None or sent.field not in columns:
        return {"status": "gone"}
    try:
        if sent.field == "judged":
            return _judged(request, row, sent.words, sent.version, batch)
        read = READ[sent.field]
        kept = keep(
            row,
            sent.field,
            read(sent.words),
            seen=sent.version,
            user=request.user,
            base=None if sent.base is None else read(sent.base),
            before=None if sent.before is None else read(sent.before),
            batch=batch,
        )
    except (NotKept, NoProof) as refused:
        return {"status": "error", "say": str(refused)}
    except Locked as locked:
        return {"status": "locked", "say": str(locked)}
    return clash_said(request, kept, sent) if kept.clash else saved_said(kept)


def _judged(request: SchoolRequest, row: Any, words: str, version: int, batch: UUID) -> Said:
    if words not in JUDGED:
        return {"status": "error", "say": _("Nhận định chỉ là Đạt, Không đạt, hoặc chưa nhận định.")}
    done = save(row, {"judged": words}, seen=version, user=request.user, batch=batch)
    if done.clashes:  # somebody else judged meanwhile: her judgement is shown, nothing is written over
        said = _("Người khác vừa ghi nhận định khác: %(theirs)s. Hãy xem lại rồi chọn lần nữa.")
        theirs = done.row.get_judged_display() or _("chưa nhận định")
        return {
            "status": "error",
            "say": said % {"theirs": theirs},
            "words": done.row.judged,
            "version": done.row.version,
        }
    return {"status": "saved" if done.changed else "same", "version": done.row.version}


# --- plain forms


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_level(request: SchoolRequest, assessment: UUID, code: str, level: int) -> HttpResponse:
    """Text and judgement of a level, sent by a form. The text is kept even when the judgement is refused."""
    sheet = sheet_for(request, assessment, code)
    row = sheet.level(level)
    typed = request.POST.get("description", "")
    judged = request.POST.get("judged", row.judged)
    seen = whole(request.POST.get("version"), row.version)
    batch = new_batch()
    try:
        text = _chosen(request, "description", typed, row.description)
        kept = keep(row, "description", text_of(text), seen=seen, user=request.user, batch=batch)
    except NotKept as refused:
        return _again(request, sheet, level, 422, typed=typed, chosen=judged, problem=str(refused))
    if kept.clash:
        two = [
            TwoTexts(
                "description",
                _("hiện trạng, kết quả"),
                kept.words,
                kept.theirs,
                kept.words,
            )
        ]
        context = {"two_texts": two, "version": kept.row.version, "judged": judged, "level": row, "code": code}
        return render(
            request, "assessments/criterion_clash.html", {**context, "assessment": sheet.assessment}, status=409
        )
    if judged not in JUDGED:
        judged = row.judged
    try:
        with transaction.atomic():
            done = save(row, {"judged": judged}, seen=seen, user=request.user, batch=batch)
    except NoProof as refused:
        if request.POST.get("description") is None and not kept.changed:
            raise
        fresh = sheet_for(request, assessment, code)
        return _again(request, fresh, level, 409, chosen=judged, judged_problem=str(refused))
    if done.clashes:
        messages.warning(
            request, _("Người khác vừa ghi nhận định khác, nên nhận định của bạn chưa được ghi. Hãy xem lại.")
        )
    _tell(request, kept, bool(done.changed))
    return redirect(to_sheet(sheet, f"#muc-{level}"))


def _chosen(request: SchoolRequest, name: str, typed: str, theirs: str) -> str:
    """What the page of a clash sent: mine, theirs, or both one after the other."""
    choice = request.POST.get(f"chon_{name}", MINE)
    if choice == THEIRS:
        return theirs
    return "\n".join(part for part in (theirs, typed) if part) if choice == BOTH else typed


def _tell(request: SchoolRequest, kept: Kept, judged: bool) -> None:
    if kept.joined:
        messages.info(request, _("Người khác cũng vừa viết đoạn này, ở câu khác: đã ghép cả hai."))
    if kept.linked:
        messages.info(request, _("Đã gắn vào tiêu chí này: %(codes)s.") % {"codes": ", ".join(kept.linked)})
    if kept.changed or judged:
        messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
    elif not kept.joined:
        messages.info(request, _("Không có gì thay đổi."))


def _again(request: SchoolRequest, sheet: Sheet, level: int, status: int, **said: Any) -> HttpResponse:
    """The page with what was typed, and beside it why it could not be kept."""
    context = page_context(request, sheet, rejected={level: said})
    return render(request, "assessments/criterion.html", context, status=status)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_own(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Strengths and plan of improvement of the sheet (frameworks of 2018), sent by a form."""
    sheet = sheet_for(request, assessment, code)
    seen = whole(request.POST.get("version"), sheet.review.version)
    batch = new_batch()
    kept = []
    try:
        wanted = {name: READ[name](request.POST[name]) for name in ("strengths", "improvement") if name in request.POST}
    except NotKept as refused:
        said = {name: request.POST.get(name, "") for name in ("strengths", "improvement")}
        context = page_context(request, sheet, own_problem=str(refused), own_typed=said)
        return render(request, "assessments/criterion.html", context, status=422)
    two = []
    labels = {"strengths": _("Điểm mạnh"), "improvement": _("Kế hoạch cải tiến")}
    for name, value in wanted.items():
        theirs = as_typed(getattr(sheet.review, name))
        if f"chon_{name}" in request.POST:
            read = lines_of if name == "strengths" else text_of
            value = read(_chosen(request, name, request.POST[name], theirs))
        one = keep(sheet.review, name, value, seen=seen, user=request.user, batch=batch)
        if one.clash:
            mine = as_typed(one.words)
            two.append(TwoTexts(name, labels[name], mine, as_typed(one.theirs), mine))
        kept.append(one)
    if two:
        context = {"two_texts": two, "version": kept[-1].row.version, "code": code, "assessment": sheet.assessment}
        return render(request, "assessments/criterion_clash.html", context, status=409)
    for one in kept:
        if one.changed:
            _tell(request, one, False)
            break
    return redirect(to_sheet(sheet, "#diem-manh"))
