"""Hội đồng tự đánh giá: is it as the circular wants it, who is in it, who writes what; each of it changed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.assessment.council import conditions
from caitien.plan.people import split_people
from caitien.plan.text import fold, sort_key
from caitien.web.assessments import council_editing
from caitien.web.assessments.council_fields import fields_of, inputs, wanted
from caitien.web.assessments.council_history import lines_of_council
from caitien.web.assessments.council_suggested import proposed
from caitien.web.assessments.editing import address, new_batch, version_of
from caitien.web.assessments.models import Assessment, CouncilMember, WorkingGroup
from caitien.web.assessments.values import council_value
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.plans.head_parts import words
from caitien.web.plans.views import two_texts
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import Person
from caitien.web.schools.people import Directory
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

CONFIDENCE = {
    "C": gettext_lazy("từ hai nguồn"),
    "S": gettext_lazy("từ một nguồn, chưa đối chiếu bản ký"),
    "R": gettext_lazy("theo trí nhớ, chưa đối chiếu văn bản"),
}
"""How sure a condition is, in words; a condition of the program has none."""
MOVES = {"len": -1, "xuong": 1}


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def council(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Conditions, decision, members, groups, who writes what."""
    return _page(request, assessment_of(request, assessment))


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.LEAD_ASSESSMENT)
def council_suggest(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """GET shows the council that could be proposed; POST takes those that were ticked."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    members, groups = proposed(request.school, framework)
    there = {one.name for one in _rows(CouncilMember, found)}
    fresh = [one for one in members if one.name not in there]
    has_groups = _rows(WorkingGroup, found).exists()
    if request.method != "POST":
        context = {"assessment": found, "members": fresh, "groups": [] if has_groups else groups, "tab": "council"}
        return render(request, "assessments/council_suggest.html", context)
    chosen = {int(n) for n in request.POST.getlist("nguoi") if n.isdecimal()}
    batch = new_batch()
    with transaction.atomic():
        taken = [one for at, one in enumerate(fresh) if at in chosen]
        for one in taken:
            row = CouncilMember(name=one.name, role=one.role, post=one.post[:200], person=one.person, tasks=one.tasks)
            council_editing.add(found, row, request.user, batch=batch)
        if "nhom" in request.POST and not has_groups:
            for group in groups:
                council_editing.add(found, WorkingGroup(**group), request.user, batch=batch)
    messages.success(request, _("Đã đưa %s người vào hội đồng; sửa từng người ở dưới.") % len(taken))
    return redirect(address(found, "council"))


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def member_add(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    return _add(request, assessment, CouncilMember)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def group_add(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    return _add(request, assessment, WorkingGroup)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.LEAD_ASSESSMENT)
def member_edit(request: SchoolRequest, assessment: UUID, member: UUID) -> HttpResponse:
    return _edit(request, assessment, CouncilMember, member)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.LEAD_ASSESSMENT)
def group_edit(request: SchoolRequest, assessment: UUID, group: UUID) -> HttpResponse:
    return _edit(request, assessment, WorkingGroup, group)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def member_remove(request: SchoolRequest, assessment: UUID, member: UUID) -> HttpResponse:
    return _remove(request, assessment, CouncilMember, member)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def group_remove(request: SchoolRequest, assessment: UUID, group: UUID) -> HttpResponse:
    return _remove(request, assessment, WorkingGroup, group)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def member_restore(request: SchoolRequest, assessment: UUID, member: UUID) -> HttpResponse:
    return _restore(request, assessment, CouncilMember, member)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def group_restore(request: SchoolRequest, assessment: UUID, group: UUID) -> HttpResponse:
    return _restore(request, assessment, WorkingGroup, group)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def member_move(request: SchoolRequest, assessment: UUID, member: UUID) -> HttpResponse:
    return _move(request, assessment, CouncilMember, member)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def group_move(request: SchoolRequest, assessment: UUID, group: UUID) -> HttpResponse:
    return _move(request, assessment, WorkingGroup, group)


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def council_changes(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Who changed what of the council, newest first; what was taken off can be brought back."""
    found = assessment_of(request, assessment)
    context = {
        "assessment": found,
        "lines": lines_of_council(found),
        "tab": "council",
        "may_lead": may(request.membership.role, Capability.LEAD_ASSESSMENT),
    }
    return render(request, "assessments/council_changes.html", context)


# --- what the pages share


def _rows(model: Any, of: Assessment) -> Any:
    return model.objects.for_school(of.school_id).filter(assessment=of)


def _own(request: SchoolRequest, found: Assessment, model: Any, key: UUID) -> Any:
    """A member or a group of this assessment. Http404 for another's."""
    row = own(model.objects.filter(assessment=found), request, key)
    row.assessment, row.school = found, request.school
    return row


def _add(request: SchoolRequest, key: UUID, model: Any) -> HttpResponse:
    found = assessment_of(request, key)
    row = model()
    columns, errors = wanted(model, row, request.POST)
    if errors:
        adding = {"model": model.__name__, "sent": request.POST, "errors": errors}
        return _page(request, found, adding=adding, status=422)
    for column, value in columns.items():
        setattr(row, column, value)
    if model is CouncilMember:
        row.person = Directory.of(request.school).match(row.name)
    council_editing.add(found, row, request.user)
    messages.success(request, _("Đã thêm “%s”.") % row.name)
    return redirect(f"{address(found, 'council')}#{'nguoi' if model is CouncilMember else 'nhom'}")


def _edit(request: SchoolRequest, key: UUID, model: Any, row_key: UUID) -> HttpResponse:
    found = assessment_of(request, key)
    row = _own(request, found, model, row_key)
    fields = fields_of(model)
    context: dict[str, Any] = {
        "assessment": found, "row": row, "tab": "council", "version": row.version,
        "is_member": model is CouncilMember, "names": _names(request, found),
    }  # fmt: skip
    if request.method != "POST":
        context["fields"] = inputs(model, row, None, {})
        return render(request, "assessments/council_row.html", context)
    seen = whole(request.POST.get("version"), row.version)
    base = version_of(row, seen)
    shown: Callable[[str], str] = lambda name: words(next(f for f in fields if f.path == name), getattr(row, name))  # noqa: E731
    data = two_texts.settled(request.POST, [field.path for field in fields], shown)
    columns, errors = wanted(model, base, data)
    if errors:
        context |= {"fields": inputs(model, row, data, errors), "version": seen}
        return render(request, "assessments/council_row.html", context, status=422)
    if "name" in columns and model is CouncilMember:
        person = Directory.of(request.school).match(columns["name"])
        columns["person_id"] = person.pk if person else None
    outcome = council_editing.change(row, columns, seen=seen, user=request.user)
    if outcome.clashes:
        by_name = {field.path: field for field in fields}
        both = [clash for clash in outcome.clashes if clash.field in by_name]
        texts = [
            two_texts.TwoTexts(
                clash.field, by_name[clash.field].label,
                words(by_name[clash.field], clash.mine[clash.field]), words(by_name[clash.field], clash.theirs[clash.field]),
                words(by_name[clash.field], clash.mine[clash.field]), joinable=by_name[clash.field].kind in ("lines", "area"),
            )
            for clash in both
        ]  # fmt: skip
        clashing = {clash.field for clash in both}
        others = [(name, data[name]) for name in columns if name in data and name not in clashing]
        context |= {"two_texts": texts, "others": others, "version": outcome.row.version}
        return render(request, "assessments/council_row.html", context, status=409)
    if outcome.changed:
        messages.success(request, _("Đã lưu “%s”.") % outcome.row.name)
    else:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect(f"{address(found, 'council')}#{'nguoi' if model is CouncilMember else 'nhom'}")


def _remove(request: SchoolRequest, key: UUID, model: Any, row_key: UUID) -> HttpResponse:
    found = assessment_of(request, key)
    row = _own(request, found, model, row_key)
    name = row.name
    council_editing.take_off(row, request.user)
    messages.success(request, _("Đã bỏ “%s”. Lấy lại được ở Lịch sử hội đồng.") % name)
    return redirect(address(found, "council"))


def _restore(request: SchoolRequest, key: UUID, model: Any, row_key: UUID) -> HttpResponse:
    found = assessment_of(request, key)
    row = council_editing.bring_back(model, found, row_key, request.user)
    messages.success(request, _("Đã lấy lại “%s”.") % row.name)
    return redirect(address(found, "council"))


def _move(request: SchoolRequest, key: UUID, model: Any, row_key: UUID) -> HttpResponse:
    """One place up or down (`buoc`), or to a place (`toi`, what dragging sends)."""
    found = assessment_of(request, key)
    row = _own(request, found, model, row_key)
    order = list(_rows(model, found).values_list("pk", flat=True))
    to = order.index(row.pk) + MOVES.get(request.POST.get("buoc", ""), 0)
    council_editing.move(row, whole(request.POST.get("toi"), max(0, to)), request.user)
    if request.htmx:
        return _page(request, found)
    return redirect(f"{address(found, 'council')}#{'nguoi' if model is CouncilMember else 'nhom'}")


def _names(request: SchoolRequest, found: Assessment) -> list[dict[str, str]]:
    """The people that can be chosen: of the council, of the school; `plain` is what one types without diacritics."""
    mine = [(one.name, one.post) for one in _rows(CouncilMember, found)]
    people = Person.objects.for_school(request.school).filter(merged_into=None, left_on=None)
    every = dict([*((one.name, one.role_title) for one in people.filter(kind=Person.Kind.PERSON)), *mine])
    ordered = sorted(every.items(), key=lambda pair: sort_key(pair[0]))
    return [{"name": name, "post": post, "plain": fold(name)} for name, post in ordered]


def _page(
    request: SchoolRequest, found: Assessment, *, adding: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    framework = framework_of(found)
    members, groups = list(_rows(CouncilMember, found)), list(_rows(WorkingGroup, found))
    reviews = list(found.criteria.filter(school=request.school))
    value = council_value(found, members, groups)
    unwritten = [one.code for one in reviews if not any(name.strip() for name in one.writers)]
    checked = conditions(value, framework.id, unwritten)
    leads = may(request.membership.role, Capability.LEAD_ASSESSMENT) and found.state == Assessment.State.WORKING
    own_group: dict[str, list[str]] = {}
    for group in groups:
        for name in [group.leader, *group.members]:
            for one in split_people(name or ""):
                own_group.setdefault(one, []).append(group.name)
    context = {
        "assessment": found,
        "tab": "council",
        "decision": value.decision,
        "checked": [{"one": one, "sure": CONFIDENCE.get(one.confidence or "")} for one in checked],
        "faults": [one for one in checked if not one.holds],
        "members": [{"row": one, "groups": own_group.get(one.name, [])} for one in members],
        "groups": groups,
        "reviews": reviews,
        "unwritten": unwritten,
        "may_lead": leads,
        "names": _names_of_page(request, members) if leads else [],
        "new_member": _new(CouncilMember, adding),
        "new_group": _new(WorkingGroup, adding),
        "adding": adding["model"] if adding else "",
    }
    return render(request, "assessments/council.html", context, status=status)


def _names_of_page(request: SchoolRequest, members: list[CouncilMember]) -> list[dict[str, str]]:
    """The people of the school who are not in the council yet."""
    there = {one.name for one in members}
    people = Person.objects.for_school(request.school).filter(merged_into=None, left_on=None, kind=Person.Kind.PERSON)
    found = [
        {"name": one.name, "post": one.role_title, "plain": fold(one.name)} for one in people if one.name not in there
    ]
    return sorted(found, key=lambda one: sort_key(one["name"]))  # fmt: skip


def _new(model: Any, adding: dict[str, Any] | None) -> list[dict[str, Any]]:
    mine = adding is not None and adding["model"] == model.__name__
    return inputs(
        model, model(), adding["sent"] if mine and adding else None, adding["errors"] if mine and adding else {}
    )
