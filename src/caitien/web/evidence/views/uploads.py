"""Tải lên: drop many files or take a photograph; then say what came, in one form. Both without a script as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.evidence import keeping, services, uploads
from caitien.web.evidence.criteria import Current, current
from caitien.web.evidence.file_names import is_of_a_machine
from caitien.web.evidence.forms import day_or_words, words_of
from caitien.web.evidence.kinds import ACCEPT, MEGABYTE, MOST_BYTES, MOST_BYTES_OF_FILMS
from caitien.web.evidence.models import Upload
from caitien.web.evidence.partial_files import Busy
from caitien.web.evidence.refusals import RefusedFile
from caitien.web.evidence.uploaded import Target, target_of, to_name, to_settle
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable, whole

MOST_AT_ONCE = 20  # files of one form without a script
MOST_FORM_BYTES = 220 * MEGABYTE
_QUERY = {"tieu-chi": "criterion", "muc": "action", "minh-chung": "evidence", "thay": "replaces", "ten": "text"}
"""What an address of this page may say of the files to come."""
_FIELDS = ("name", "number", "date")


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a form that is too heavy by what its head says, before a byte of it is read."""

    @wraps(view)
    def inner(request: SchoolRequest) -> HttpResponse:
        length = whole(request.META.get("CONTENT_LENGTH"), 0)
        if request.method == "POST" and length > MOST_FORM_BYTES:
            return _page(request, _target(request, request.GET), status=413, refusals=[("", _too_heavy(length))])
        try:
            return view(request)
        except TooManyFilesSent:
            return _page(request, _target(request, request.GET), status=422, refusals=[("", _too_many())])

    return inner


@csrf_exempt  # checked within: the check would read the whole body before its size is judged
@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.SUBMIT_EVIDENCE)
@_bounded
@csrf_protect
def upload(request: SchoolRequest) -> HttpResponse:
    """The page; a POST is the form of a browser without a script, with several files."""
    if request.method != "POST":
        return _page(request, _target(request, request.GET))
    target = _target(request, request.POST)
    files = request.FILES.getlist("files")
    if not files:
        return _page(request, target, status=422, refusals=[("", _("Chưa chọn tệp. Hãy thả tệp vào khung, hoặc bấm chọn tệp trên máy."))])  # fmt: skip
    if len(files) > MOST_AT_ONCE:
        return _page(request, target, status=422, refusals=[("", _too_many())])
    purpose = dict(target.sent)
    if request.POST.get("one") and "evidence" not in purpose:
        purpose["group"] = uuid4().hex
    taken, refusals = _take(request, files, purpose)
    if not taken:
        return _page(request, target, status=422, refusals=refusals)
    for name, sentence in refusals:
        messages.warning(request, _("“%(name)s” chưa được nhận: %(why)s") % {"name": name, "why": sentence})
    messages.success(request, ngettext("Đã nhận %(count)s tệp.", "Đã nhận %(count)s tệp.", taken) % {"count": taken})
    return redirect("evidence:name_received", school=request.school.slug)


def _take(request: SchoolRequest, files: list[Any], purpose: dict[str, str]) -> tuple[int, list[tuple[str, str]]]:
    """(how many were taken, [(name, sentence)] of those that were not): one bad file keeps back none of the others."""
    taken, refusals = 0, []
    for file in files:
        try:
            came = uploads.take_whole(request.school, request.user, file.name, file, purpose)
            taken += 1
            if came.attachment is None and came.upload.purpose.get("named"):
                _tell_already(request, came.upload)
        except (RefusedFile, NotNow) as refused:
            refusals.append((storable(file.name or "")[-80:], str(refused)))
    return taken, refusals


def _tell_already(request: SchoolRequest, upload: Upload) -> None:
    there = keeping.same_content(request.school, upload.file, sensitive=_opens(request))
    if there is not None:
        messages.info(request, _("“%(name)s” đã có ở minh chứng “%(there)s”, nên không lưu thêm lần nữa.") % {"name": upload.name, "there": str(there.evidence)[:120]})  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.SUBMIT_EVIDENCE)
def name_received(request: SchoolRequest) -> HttpResponse:
    """What came, with name, number, day and criterion to fill in one form."""
    now = current(request.school)
    rows, more = to_name(request.school, request.user)
    if request.method != "POST":
        return _naming(request, now, [_shown(row, {}, "") for row in rows], more)
    saved, later, wrong = 0, 0, []
    for_all = storable(request.POST.get("criterion-all", "")).strip()
    for row in reversed(rows):  # what was sent first gets the first code
        key = str(row.evidence.pk)
        if f"name-{key}" not in request.POST:
            continue
        sent = {name: storable(request.POST.get(f"{name}-{key}", "")).strip() for name in (*_FIELDS, "criterion")}
        sent["criterion"] = sent["criterion"] or for_all
        if not sent["name"] and is_of_a_machine(row.evidence.name):
            later += 1
            continue
        error = _named(request, now, row, sent, whole(request.POST.get(f"version-{key}"), 0))
        if error:
            wrong.append(_shown(row, sent, error))
        else:
            saved += 1
    if wrong:
        return _naming(request, now, wrong[::-1], more, saved=saved, status=422)
    if saved:
        messages.success(request, ngettext("Đã lưu %(count)s minh chứng.", "Đã lưu %(count)s minh chứng.", saved) % {"count": saved})  # fmt: skip
    if later:
        messages.info(request, ngettext("Còn %(count)s tệp chưa ghi tên; ghi sau cũng được.", "Còn %(count)s tệp chưa ghi tên; ghi sau cũng được.", later) % {"count": later})  # fmt: skip
    if more and saved:
        return redirect("evidence:name_received", school=request.school.slug)
    return redirect(
        f"{reverse('evidence:list', args=[request.school.slug])}?xep=moi"
    )  # what was just named stands first


def _named(request: SchoolRequest, now: Current, row: Any, sent: dict[str, str], seen: int) -> str:
    """Saves what was written of one evidence. Returns the sentence of what is wrong, "" when it is saved."""
    if not sent["name"]:
        return _("Hãy ghi tên minh chứng, như trên văn bản: “Quyết định về việc…”, “Ảnh hội thi…”.")
    limits = {"number": 120, "date": 60, "name": 2000}
    for name, most in limits.items():
        if len(sent[name]) > most:
            return _("Chữ quá dài (nhiều nhất %(most)s ký tự). Phần còn lại ghi vào trích yếu ở trang của minh chứng.") % {"most": most}  # fmt: skip
    try:
        wanted = {name: sent[name] for name in _FIELDS} | {"date": day_or_words(sent["date"])}
    except ValidationError as wrong:
        return wrong.messages[0]
    outcome = services.save_fields(request.school, row.evidence.pk, wanted, seen=seen, user=request.user)
    if outcome.clashes:
        return _("Người khác vừa sửa minh chứng này: nay tên là “%(name)s”. Hãy xem lại rồi lưu lần nữa.") % {"name": outcome.row.name[:200]}  # fmt: skip
    if sent["criterion"] and now.framework is not None and now.framework.criterion(sent["criterion"]):
        services.use(outcome.row, now.framework, [sent["criterion"]], request.user)
    for one in row.uploads:
        one.purpose["named"] = True
        one.save(update_fields=["purpose", "changed_at"])
    return ""


@require_POST
@school_view(Capability.SUBMIT_EVIDENCE)
def settle_same(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """A file whose content is proof already: used again for what it was sent for, or made another evidence all the same."""
    found = _own(request, upload)
    if found.state != Upload.State.DONE or found.file is None:
        raise NotNow(_("Tệp này chưa gửi xong. Hãy gửi tiếp ở trang Tải lên."))
    there = keeping.same_content(request.school, found.file, sensitive=_opens(request))
    if request.POST.get("lam") == "moi" or there is None:
        keeping.place(found, found.file, request.user, anyway=True)
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=204)
        return redirect("evidence:name_received", school=request.school.slug)
    if found.evidence_id is None:
        own_or_editor = there.evidence.created_by_id == request.user.pk or may(
            request.membership.role, Capability.EDIT_EVIDENCE
        )
        keeping.assign(there.evidence, found.purpose, request.user, offers=not own_or_editor)
        found.evidence, found.purpose["named"] = there.evidence, True
        found.save(update_fields=["evidence", "purpose", "changed_at"])
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    messages.success(request, _("Đã dùng lại minh chứng “%(name)s”; tệp không lưu thêm lần nữa.") % {"name": str(there.evidence)[:120]})  # fmt: skip
    return redirect("evidence:name_received", school=request.school.slug)


@require_POST
@school_view(Capability.SUBMIT_EVIDENCE)
def drop(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """An unfinished upload is not wanted any more."""
    found = _own(request, upload)
    try:
        uploads.drop(found)
    except Busy:
        raise NotNow(_("Tệp này đang được gửi ở một máy khác. Hãy dừng ở đó trước.")) from None
    messages.success(request, _("Đã bỏ phần gửi dở của “%(name)s”.") % {"name": found.name})
    return redirect("evidence:upload", school=request.school.slug)


def _opens(request: SchoolRequest) -> bool:
    return may(request.membership.role, Capability.OPEN_SENSITIVE)


def _own(request: SchoolRequest, key: UUID) -> Upload:
    found: Upload = own(Upload.objects.select_related("file"), request, key)
    if found.by_id != request.user.pk:
        raise Http404
    found.school = request.school
    return found


def _target(request: SchoolRequest, said: Any) -> Target:
    """What the address or the form says of the files to come, checked."""
    sent = {name: storable(said.get(word, said.get(name, ""))) for word, name in _QUERY.items()}
    if sent["criterion"]:
        sent["framework"] = storable(said.get("framework", "")) or current(request.school).id
    may_edit = may(request.membership.role, Capability.EDIT_EVIDENCE)
    return target_of(request.school, uploads.purpose_of(request.school, request.user, sent, may_edit=may_edit))


def _page(
    request: SchoolRequest, target: Target, *, status: int = 200, refusals: list[tuple[str, str]] | None = None
) -> HttpResponse:
    waiting = list(uploads.unfinished(request.school, request.user).order_by("-created_at")[: uploads.MOST_UNFINISHED])
    for one in waiting:
        one.received = uploads.arrived(one)
    rows, more = to_name(request.school, request.user)
    now = current(request.school)
    context = {
        "target": target,
        "refusals": refusals or [],
        "unfinished": waiting,
        "to_name": len(rows) + more,
        "to_settle": to_settle(request.school, request.user, sensitive=_opens(request)),
        "criteria": [] if target.sent else now.choices(),
        "framework": now.id,
        "accept": ACCEPT,
        "most_mb": MOST_BYTES // MEGABYTE,
        "most_film_mb": MOST_BYTES_OF_FILMS // MEGABYTE,
        "most_bytes": MOST_BYTES_OF_FILMS,
        "most_at_once": MOST_AT_ONCE,
        "create_url": reverse("evidence:upload_new", args=[request.school.slug]),
        "name_url": reverse("evidence:name_received", args=[request.school.slug]),
    }
    return render(request, "evidence/upload.html", context, status=status)


def _shown(row: Any, sent: dict[str, str], error: str) -> dict[str, Any]:
    """A row of the naming form: what is stored, or what was typed and could not be saved."""
    stored = words_of(row.evidence, _FIELDS) | {"criterion": next(iter(row.criteria), "")}
    later = is_of_a_machine(row.evidence.name)
    if later:
        stored["name"] = ""
    return {"row": row, "values": sent or stored, "error": error, "later": later}


def _naming(
    request: SchoolRequest, now: Current, rows: list[dict[str, Any]], more: int, *, saved: int = 0, status: int = 200
) -> HttpResponse:
    standards = {one.code for one in now.framework.standards} if now.framework else set()
    context = {
        "rows": rows,
        "more": more,
        "saved": saved,
        "for_all": request.POST.get("criterion-all", ""),
        "to_settle": to_settle(request.school, request.user, sensitive=_opens(request)),
        "criteria": [(code, title) for code, title in now.choices() if code not in standards],
    }
    return render(request, "evidence/name_received.html", context, status=status)


def _too_heavy(length: int) -> str:
    return _(
        "Lần gửi này nặng %(size)s MB, vượt mức %(limit)s MB. Hãy chia làm nhiều lần; tệp nặng quá thì để trên Drive của "
        "trường rồi dùng “Dán đường dẫn”."
    ) % {"size": length // MEGABYTE, "limit": MOST_FORM_BYTES // MEGABYTE}


def _too_many() -> str:
    return _("Một lần gửi được nhiều nhất %(most)s tệp khi trình duyệt tắt JavaScript. Hãy chia làm nhiều lần.") % {"most": MOST_AT_ONCE}  # fmt: skip
