"""Lịch sử of a whole self-assessment: who changed what, when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from caitien.web.assessments.changes_told import Kind, Told, told_of
from caitien.web.assessments.models import (
    Assessment,
    AssessmentEvent,
    CriterionReview,
    LevelReview,
    SchoolTable,
    StandardReview,
    Weakness,
)
from caitien.web.assessments.views.context import assessment_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

PAGE = 50  # changes on a page
MOST_LINES = 300  # lines of each table that are looked at for a page
BEFORE = "truoc"
VERBS = {"added": gettext_lazy("thêm"), "removed": gettext_lazy("bỏ"), "restored": gettext_lazy("lấy lại")}


def _listed(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _judged(value: str) -> str:
    return str(LevelReview.Judged(value).label) if value else _("chưa xét")


def _priority(value: str) -> str:
    return str(Weakness.Priority(value).label) if value else _("chưa xếp")


KINDS: tuple[tuple[Any, str, Kind], ...] = (
    # model, how its history finds the assessment, what is told
    (
        LevelReview,
        "review__assessment",
        Kind(
            "level",
            {"description": gettext_lazy("hiện trạng, kết quả"), "judged": gettext_lazy("nhận định")},
            {"judged": _judged},
            lambda line: (
                _("Tiêu chí %(code)s, Mức %(level)s") % {"code": line.criterion, "level": line.level},
                "criterion_history",
                {"code": line.criterion},
            ),
        ),
    ),
    (
        CriterionReview,
        "assessment",
        Kind(
            "criterion",
            {
                "writers": gettext_lazy("người viết"),
                "requirements": gettext_lazy("nhận định từng yêu cầu"),
                "strengths": gettext_lazy("điểm mạnh"),
                "improvement": gettext_lazy("kế hoạch cải tiến"),
            },
            {"writers": _listed},
            lambda line: (_("Tiêu chí %(code)s") % {"code": line.code}, "criterion", {"code": line.code}),
        ),
    ),
    (
        StandardReview,
        "assessment",
        Kind(
            "standard",
            {
                "opening": gettext_lazy("mở đầu"),
                "strengths": gettext_lazy("điểm mạnh"),
                "trend": gettext_lazy("xu hướng 03 năm học"),
                "priorities": gettext_lazy("vấn đề ưu tiên cải tiến"),
                "conclusion": gettext_lazy("kết luận"),
            },
            {},
            lambda line: (_("Tiêu chuẩn %(code)s") % {"code": line.code}, "standard", {"code": line.code}),
        ),
    ),
    (
        Weakness,
        "assessment",
        Kind(
            "weakness",
            {
                "text": gettext_lazy("hạn chế"),
                "cause": gettext_lazy("nguyên nhân"),
                "priority": gettext_lazy("mức ưu tiên"),
                "criteria": gettext_lazy("tiêu chí liên quan"),
                "issue_id": gettext_lazy("vấn đề của kế hoạch"),
            },
            {"priority": _priority, "criteria": _listed},
            lambda line: (
                _("Hạn chế “%(text)s”") % {"text": line.text[:80]},
                "standard" if line.standard else "criterion",
                {"code": line.standard or line.criterion},
            ),
        ),
    ),
    (
        SchoolTable,
        "assessment",
        Kind(
            "table",
            {
                "cells": pgettext_lazy("tự đánh giá", "số liệu"),
                "texts": gettext_lazy("lời ghi trong bảng"),
                "source": gettext_lazy("nguồn số liệu"),
            },
            {},
            lambda line: (_("Bảng số liệu"), "data_table", {"table": line.table}),
        ),
    ),
    (
        Assessment,
        "",
        Kind(
            "assessment",
            {"head": gettext_lazy("lời chung của báo cáo"), "dates": gettext_lazy("mốc thời gian")},
            {},
            lambda line: (_("Báo cáo"), "report", {}),
        ),
    ),
)


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def changes(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Changes, newest first; older ones page by page (`truoc`: the time before which)."""
    found = assessment_of(request, assessment)
    before = _time(request.GET.get(BEFORE, ""))
    told, oldest = _told(found, before)
    shown = told[:PAGE]
    shown += [one for one in told[PAGE:] if one.when == shown[-1].when]  # what came at one moment stays together
    rest = shown[-1].when if len(told) > len(shown) else oldest
    older = rest.isoformat() if rest else ""
    context = {
        "assessment": found,
        "changes": [(one, _address(request, found, one), VERBS.get(one.verb, "")) for one in shown],
        "older": older,
        "is_first": before is None,
    }
    return render(request, "assessments/changes.html", context)


def _told(assessment: Assessment, before: datetime | None) -> tuple[list[Told], datetime | None]:
    """The changes before a time, and the time before which there are more (a query for each table).

    Where a table has more lines than are looked at, what is older than its oldest is left to the next page in all of them.
    """
    found: list[Told] = []
    oldest: datetime | None = None
    for model, way, kind in KINDS:
        wanted = {way: assessment.pk} if way else {"id": assessment.pk}
        rows = model.history.filter(school_id=assessment.school_id, **wanted).select_related("history_user")
        rows = rows.filter(history_date__lt=before) if before else rows
        lines = list(rows.order_by("-history_date", "-version")[: MOST_LINES + 1])
        if len(lines) > MOST_LINES:
            end = lines[-1].history_date
            oldest = end if oldest is None or end > oldest else oldest
        found += told_of(kind, [*lines, *_before(model, assessment, lines)])
    events = AssessmentEvent.objects.for_school(assessment.school).filter(assessment=assessment)
    events = events.filter(at__lt=before) if before else events
    for event in events.select_related("by", "review").order_by("-at", "-id")[: MOST_LINES + 1]:
        code = event.review.code if event.review else ""
        where = _("Tiêu chí %(code)s") % {"code": code} if code else _("Bản tự đánh giá")
        page, kwargs = ("criterion", {"code": code}) if code else ("board", {})
        found.append(Told(event.at, event.by, where, page, kwargs, [event.get_kind_display()], note=event.note))
    found.sort(key=lambda one: one.when, reverse=True)
    return ([one for one in found if one.when >= oldest] if oldest else found), oldest


def _before(model: Any, assessment: Assessment, lines: list[Any]) -> list[Any]:
    """How the rows were before the oldest of these lines (one query; none when the lines reach back to the beginning)."""
    oldest: dict[Any, int] = {}
    for line in lines:
        oldest[line.id] = min(line.version, oldest.get(line.id, line.version))
    wanted = {key: version - 1 for key, version in oldest.items() if version > 1}
    if not wanted:
        return []
    rows = model.history.filter(
        school_id=assessment.school_id, id__in=wanted, version__in=set(wanted.values())
    ).select_related("history_user")
    return [line for line in rows if line.version == wanted[line.id]]


def _address(request: SchoolRequest, assessment: Assessment, told: Told) -> str:
    kwargs = {"school": request.school.slug, "assessment": assessment.pk, **told.kwargs}
    try:
        return reverse(f"assessments:{told.page}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


def _time(text: str) -> datetime | None:
    """The time of an address; None for what is none."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, OverflowError):  # the first and the last day of the calendar are in no other time zone
        return None
