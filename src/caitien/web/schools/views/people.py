"""The people of the school: who they are, what each owns, who left, who has an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from caitien.plan.text import fold, sort_key
from caitien.web.reminders.models import IdentityClaim
from caitien.web.schools import changes, names
from caitien.web.schools.forms import Day, PersonForm
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.merging import alike
from caitien.web.schools.models import GroupMember, Membership, Person, PersonMerge
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability
from caitien.web.schools.views.offered import allowed
from caitien.web.schools.workload import actions_of, is_finished, with_work

FILTERS = {
    "": (gettext_lazy("đang ở trường"), lambda p: p.left_on is None),
    "nguoi": (pgettext_lazy("nhiều", "người"), lambda p: p.left_on is None and p.kind == Person.Kind.PERSON),
    "to-nhom": (pgettext_lazy("nhiều", "tổ, nhóm"), lambda p: p.left_on is None and p.kind == Person.Kind.GROUP),
    "chua-co-viec": (gettext_lazy("chưa có việc"), lambda p: _is_here(p) and not (p.owns or p.helps or p.by_group)),
    "chua-co-tai-khoan": (gettext_lazy("chưa có tài khoản"), lambda p: _is_here(p) and p.user_id is None),
    "da-roi": (gettext_lazy("đã rời trường"), lambda p: p.left_on is not None),
}
"""Word in the address -> what the chip says, and who stands in the list."""
SHOWN_ALIKE = 5


def _is_here(person: Any) -> bool:
    return person.left_on is None and person.kind == Person.Kind.PERSON


def present(school: Any) -> Any:
    return Person.objects.for_school(school).filter(merged_into=None)


def in_order(people: Any) -> list[Any]:
    """People by given name, as in a class list, then the groups by name."""
    return sorted(
        people,
        key=lambda p: (
            p.kind == Person.Kind.GROUP,
            sort_key(p.name if p.kind == Person.Kind.GROUP else names.given_name_first(p.name)),
        ),
    )


@school_view(Capability.VIEW_SCHOOL)
def people(request: SchoolRequest) -> HttpResponse:
    """Everybody of the school; found by any part of a name, a post or a way of writing, with diacritics or without."""
    everybody = in_order(with_work(present(request.school), request.school).select_related("user"))
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    asked = request.GET.get("tim", "")
    shown = [person for person in everybody if FILTERS[chosen][1](person) and _found(person, asked)]
    may_do = allowed(request)
    pairs, claims = [], 0
    if may_do["people"] and not asked and not chosen:
        told_apart = PersonMerge.objects.for_school(request.school).exclude(undone_at=None)
        pairs = alike(everybody, told_apart.values_list("kept", "gone"))
        claims = IdentityClaim.objects.for_school(request.school).filter(settled_at=None).count()
    return render(
        request,
        "schools/people.html",
        {
            "people": shown,
            "chips": [(word, label, sum(map(belongs, everybody))) for word, (label, belongs) in FILTERS.items()],
            "chosen": chosen,
            "asked": asked,
            "allowed": may_do,
            "alike": pairs[:SHOWN_ALIKE],
            "claims": claims,
            "more_alike": max(0, len(pairs) - SHOWN_ALIKE),
        },
    )


def _found(person: Person, asked: str) -> bool:
    words = fold(asked).split()
    text = fold(" ".join([person.name, person.role_title, person.email, *person.aliases]))
    return all(word in text for word in words)


@school_view(Capability.MANAGE_PEOPLE)
def person_add(request: SchoolRequest) -> HttpResponse:
    return _form(request, None, "schools/person_edit.html")


@school_view(Capability.MANAGE_PEOPLE)
def person_edit(request: SchoolRequest, person: UUID) -> HttpResponse:
    return _form(request, own(present(request.school), request, person), "schools/person_edit.html")


def _form(request: SchoolRequest, person: Person | None, template: str) -> HttpResponse:
    others = list(present(request.school))
    form = PersonForm(request.POST or None, instance=person, people=others)
    twin = None
    if request.method == "POST" and form.is_valid():
        form.instance.school = request.school
        twin = _twin(form, others) if "really" not in request.POST else None
        if twin is None:
            saved = form.save()
            messages.success(request, _("Đã lưu %s.") % saved.name)
            return redirect("schools:person", school=request.school.slug, person=saved.pk)
    context = {"form": form, "person": person, "twin": twin}
    return render(request, template, context, status=422 if form.errors or twin else 200)


def _twin(form: PersonForm, others: list[Person]) -> Person | None:
    """Somebody who has the name already: two people may, but most often it is the same one, added twice."""
    if not form.instance._state.adding and "name" not in form.changed_data:
        return None
    wanted = names.key(form.cleaned_data["name"])
    return next((one for one in others if one.pk != form.instance.pk and names.key(one.name) == wanted), None)


@school_view(Capability.VIEW_SCHOOL)
def person(request: SchoolRequest, person: UUID) -> HttpResponse:
    """Who is this, what does she own, how do plans write her, and which account is hers."""
    rows = with_work(Person.objects.all(), request.school).select_related("user", "merged_into")
    row = own(rows, request, person)
    if row.merged_into_id:
        return redirect("schools:person", school=request.school.slug, person=row.merged_into_id)
    return render(request, "schools/person.html", _page(request, row))


def _page(request: SchoolRequest, row: Person, **more: Any) -> dict[str, Any]:
    parts = actions_of(row)
    responsible = [part for part in parts if part.part == "responsible"]
    links = GroupMember.objects.for_school(request.school).select_related("group", "person")
    side = links.filter(group=row) if row.kind == Person.Kind.GROUP else links.filter(person=row)
    may_do = allowed(request)
    free_users: list[Any] = []
    if may_do["people"] and row.kind == Person.Kind.PERSON and row.user_id is None:
        taken = Person.objects.for_school(request.school).exclude(user=None).values("user")
        members = Membership.objects.for_school(request.school).exclude(user__in=taken).select_related("user")
        free_users = sorted((member.user for member in members), key=lambda u: sort_key(names.given_name_first(str(u))))
    together = {link.person_id for link in side} if row.kind == Person.Kind.GROUP else set()
    could_join = []
    if may_do["people"] and row.kind == Person.Kind.GROUP:
        here = present(request.school).filter(kind=Person.Kind.PERSON, left_on=None)
        could_join = in_order(one for one in here if one.pk not in together)
    return {
        "person": row,
        "responsible": [(part, is_finished(part.action)) for part in responsible],
        "helping": [(part, is_finished(part.action)) for part in parts if part.part != "responsible"],
        "unfinished": sum(not is_finished(part.action) for part in responsible),
        "links": sorted(side, key=lambda link: sort_key((link.person if row.kind == "group" else link.group).name)),
        "could_join": could_join,
        "free_users": free_users,
        "removable": may_do["people"] and not parts and row.user_id is None,
        "allowed": may_do,
        "merges": list(
            PersonMerge.objects.for_school(request.school).filter(kept=row, undone_at=None).select_related("gone")
        ),
        "today": timezone.localdate(),
        "lines": changes.lines(row.history.all(), _labels(), most=8),
        **more,
    }


def _labels() -> dict[str, str]:
    return {
        "name": _("Họ và tên"),
        "role_title": _("Chức danh"),
        "kind": _("Loại"),
        "aliases": _("Cách ghi khác"),
        "email": _("Thư điện tử"),
        "left_on": _("Rời trường ngày"),
    }


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def person_left(request: SchoolRequest, person: UUID) -> HttpResponse:
    """Has left the school on a day, or is here after all. What she owns stays hers until it is given to somebody else."""
    row = own(with_work(present(request.school), request.school), request, person)
    if "back" in request.POST:
        row.left_on = None
        row._change_reason = "vẫn ở trường"
        row.save(update_fields=["left_on"])
        messages.success(request, _("%s lại ở trong danh sách đang ở trường.") % row.name)
        return redirect("schools:person", school=request.school.slug, person=row.pk)
    try:
        day = Day(required=False).clean(request.POST.get("left_on", "")) or timezone.localdate()
    except ValidationError as error:
        words = {"left_error": " ".join(error.messages), "left_typed": request.POST.get("left_on", "")}
        return render(request, "schools/person.html", _page(request, row, **words), status=422)
    row.left_on = day
    row._change_reason = "rời trường"
    row.save(update_fields=["left_on"])
    if row.unfinished:
        messages.warning(
            request,
            _("Đã ghi %(name)s rời trường. Còn %(n)s mục chưa xong đứng tên người này: hãy giao lại, danh sách ở dưới.")
            % {"name": row.name, "n": row.unfinished},
        )
    else:
        messages.success(request, _("Đã ghi %s rời trường.") % row.name)
    return redirect("schools:person", school=request.school.slug, person=row.pk)


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def person_account(request: SchoolRequest, person: UUID) -> HttpResponse:
    """Joins the person to the account of a member of this school, or parts them."""
    row = own(present(request.school).select_related("user"), request, person)
    if "part" in request.POST:
        was = row.user
        row.user = None
        row._change_reason = "bỏ nối với tài khoản"
        row.save(update_fields=["user"])
        messages.success(
            request, _("Đã bỏ nối %(name)s với tài khoản %(user)s.") % {"name": row.name, "user": was or "–"}
        )
        return redirect("schools:person", school=request.school.slug, person=row.pk)
    if row.kind == Person.Kind.GROUP:
        raise NotNow(_("Tổ, nhóm không nối với tài khoản. Hãy thêm từng người vào tổ, rồi nối từng người."))
    member = _member(request)
    if member is None:
        raise NotNow(_("Tài khoản này không phải của một thành viên trong trường. Hãy mời người đó vào trường trước."))
    other = Person.objects.for_school(request.school).filter(user=member.user).exclude(pk=row.pk).first()
    if other is not None:
        raise NotNow(_("Tài khoản này đã nối với %s. Nếu hai dòng là một người, hãy dùng “Gộp”.") % other)
    row.user = member.user
    row._change_reason = "nối với tài khoản"
    row.save(update_fields=["user"])
    messages.success(
        request,
        _("Từ nay việc của %(name)s hiện trong “Việc của tôi” của tài khoản %(user)s.")
        % {"name": row.name, "user": member.user},
    )
    return redirect("schools:person", school=request.school.slug, person=row.pk)


def _member(request: SchoolRequest) -> Membership | None:
    try:
        key = UUID(request.POST.get("user", ""))
    except ValueError:
        return None
    return Membership.objects.for_school(request.school).select_related("user").filter(user=key).first()


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def group_members(request: SchoolRequest, person: UUID) -> HttpResponse:
    """Puts people into a group, or takes one out."""
    group = own(present(request.school), request, person)
    if group.kind != Person.Kind.GROUP:
        raise NotNow(_("%s là một người, không phải tổ, nhóm. Sửa “Là” thành tổ, nhóm trước.") % group.name)
    keys = _keys(request.POST.getlist("person"))
    found = list(present(request.school).filter(pk__in=keys, kind=Person.Kind.PERSON))
    if not found:
        raise NotNow(_("Hãy chọn ít nhất một người."))
    with transaction.atomic():
        if "out" in request.POST:
            for link in GroupMember.objects.for_school(request.school).filter(group=group, person__in=found):
                link.delete()
            messages.success(
                request, _("Đã cho %(who)s ra khỏi %(group)s.") % {"who": _names(found), "group": group.name}
            )
        else:
            for one in found:
                GroupMember.objects.get_or_create(school=request.school, group=group, person=one)
            messages.success(request, _("Đã thêm %(who)s vào %(group)s.") % {"who": _names(found), "group": group.name})
    return redirect("schools:person", school=request.school.slug, person=group.pk)


def _keys(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _names(people: list[Person]) -> str:
    return ", ".join(person.name for person in people)
