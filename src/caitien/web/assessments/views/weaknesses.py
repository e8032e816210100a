"""Hạn chế: written, changed, put in order, taken away and brought back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.assessments import weaknesses
from caitien.web.assessments.editing import Locked, address, version_of
from caitien.web.assessments.models import Assessment, Weakness
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.assessments.weakness_forms import WeaknessForm
from caitien.web.assessments.weaknesses import FIELDS
from caitien.web.plans.views import two_texts
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import whole

UP, DOWN = "len", "xuong"
JUST_REMOVED = "vua-bo"


def weakness_of(request: SchoolRequest, assessment: Assessment, key: UUID, *, gone_too: bool = False) -> Weakness:
    """The weakness of the address. Http404 when it is not of this assessment, or was taken away."""
    manager = Weakness.everything if gone_too else Weakness.objects
    row: Weakness = own(manager.filter(assessment=assessment), request, key)
    row.assessment, row.school = assessment, request.school
    return row


def where(row: Weakness) -> str:
    """The address of the page on which a weakness stands."""
    if row.criterion:
        return address(row.assessment, "criterion", code=row.criterion)
    return address(row.assessment, "standard", code=row.standard)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
def weakness_add(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """A new weakness of a standard (?tieu-chuan=1) or of a criterion (?tieu-chi=1.3)."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    row = Weakness(assessment=found, school=request.school)
    row.criterion = request.GET.get("tieu-chi", "")
    row.standard = request.GET.get("tieu-chuan", "")
    if row.criterion:
        row.standard = ""
        known = framework.criterion(row.criterion) is not None
    else:
        known = any(one.code == row.standard for one in framework.standards)
    if not known:
        return _which(request, found, framework)
    weaknesses.open_for(row)
    form = WeaknessForm(request.POST or None, base=row, framework=framework)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = weaknesses.create(
            found, user=request.user, text=said["text"], standard=row.standard, criterion=row.criterion,
            cause=said["cause"], priority=said["priority"], criteria=said.get("criteria", []),
        )  # fmt: skip
        messages.success(request, _("Đã ghi hạn chế."))
        if "them-nua" in request.POST:
            return redirect(request.get_full_path())
        return redirect(f"{where(made)}#hc-{made.pk}")
    context = {"assessment": found, "row": row, "form": form, "back": where(row), "of": _of(row, framework)}
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/weakness_edit.html", context, status=status)


def _which(request: SchoolRequest, assessment: Assessment, framework: Any) -> HttpResponse:
    """Of which standard? Asked when the address does not say it."""
    if request.method == "POST":
        raise Http404
    context = {"assessment": assessment, "standards": framework.standards}
    return render(request, "assessments/weakness_which.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
def weakness_edit(request: SchoolRequest, assessment: UUID, weakness: UUID) -> HttpResponse:
    """All fields of a weakness. The second to save the same field sees both texts and chooses."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    row = weakness_of(request, found, weakness)
    version = whole(request.POST.get("version"), row.version)
    base = version_of(row, version)
    context: dict[str, Any] = {
        "assessment": found, "row": row, "version": version, "back": where(row), "of": _of(row, framework),
    }  # fmt: skip
    if request.method != "POST":
        try:
            weaknesses.open_for(row)
        except Locked as locked:
            context["locked"] = str(locked)
        form = WeaknessForm(base=row, framework=framework)
        return render(request, "assessments/weakness_edit.html", {**context, "form": form})
    data = _chosen(request.POST, row, base)
    form = WeaknessForm(data, base=base, framework=framework)
    if not form.is_valid():
        return render(request, "assessments/weakness_edit.html", {**context, "form": form}, status=422)
    wanted = form.wanted()
    outcome = weaknesses.change(row, wanted, seen=version, user=request.user)
    if outcome.clashes:
        names = [clash.field for clash in outcome.clashes]
        both = [_two(form, name, form.cleaned_data[name], getattr(outcome.row, name)) for name in names]
        others = [
            (name, word)
            for name, value in wanted.items()
            if name not in names
            for word in (value if isinstance(value, list) else [value])
        ]
        more = {"two_texts": both, "others": others, "version": outcome.row.version, "form": form}
        return render(request, "assessments/weakness_edit.html", {**context, **more}, status=409)
    messages.success(request, _("Đã lưu hạn chế.")) if outcome.changed else messages.info(
        request, _("Không có gì thay đổi.")
    )
    return redirect(f"{where(row)}#hc-{row.pk}")


def _chosen(sent: Any, row: Weakness, base: Any) -> Any:
    """The form as it is to be saved: what the page of two texts sent says whose words stand; what it does not name is unchanged."""
    data = sent.copy()
    if not any(name.startswith("chon_") for name in sent):
        return data
    for name in FIELDS:
        choice = (data.pop(f"chon_{name}", None) or [""])[0]
        theirs = getattr(row, name)
        if choice == two_texts.THEIRS:
            data.setlist(name, theirs if isinstance(theirs, list) else [theirs])
        elif choice == two_texts.BOTH:
            data[name] = "\n".join(part for part in (str(theirs), data.get(name, "")) if part)
        elif choice and isinstance(theirs, list):
            data.setlist(name, data.get(name, "").split())
        elif name not in data:
            before = getattr(base, name)
            data.setlist(name, before if isinstance(before, list) else [before])
    return data


def _two(form: WeaknessForm, name: str, mine: Any, theirs: Any) -> two_texts.TwoTexts:
    label = form.fields[name].label if name in form.fields else name
    choices = dict(Weakness.Priority.choices)
    shown = [
        ", ".join(text) if isinstance(text, list) else str(choices.get(text, text)) if name == "priority" else text
        for text in (mine, theirs)
    ]
    words = "\n".join(mine) if isinstance(mine, list) else mine
    return two_texts.TwoTexts(name, label, shown[0], shown[1], words, joinable=name in ("text", "cause"))


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def weakness_do(request: SchoolRequest, assessment: UUID, weakness: UUID) -> HttpResponse:
    """Up, down, away, back."""
    found = assessment_of(request, assessment)
    do = request.POST.get("do", "")
    row = weakness_of(request, found, weakness, gone_too=do == "restore")
    back = where(row)
    if do in (UP, DOWN):
        weaknesses.move(row, by=-1 if do == UP else 1, user=request.user)
    elif do == "remove":
        weaknesses.remove(row, user=request.user)
        messages.success(request, _("Đã bỏ hạn chế “%s”.") % row.text[:80])
        return redirect(f"{back}?{JUST_REMOVED}={row.pk}")
    elif do == "restore":
        weaknesses.restore(row, user=request.user)
        messages.success(request, _("Đã lấy lại hạn chế."))
    return redirect(f"{back}#hc-{row.pk}")


def _of(row: Weakness, framework: Any) -> str:
    """ "Tiêu chuẩn 1: Quản trị nhà trường", "Tiêu chí 1.3: …"."""
    if row.criterion:
        criterion = framework.criterion(row.criterion)
        return _("Tiêu chí %(code)s: %(title)s") % {
            "code": row.criterion, "title": criterion.title if criterion else "",
        }  # fmt: skip
    title = next((one.title for one in framework.standards if one.code == row.standard), "")
    return _("Tiêu chuẩn %(code)s: %(title)s") % {"code": row.standard, "title": title}
