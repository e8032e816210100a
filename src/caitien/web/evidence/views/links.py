"""Dán đường dẫn: a link instead of a file, and whether it opens, asked when somebody wants to know."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.evidence import services, uploads
from caitien.web.evidence.criteria import current
from caitien.web.evidence.keeping import assign
from caitien.web.evidence.links import check
from caitien.web.evidence.models import Attachment, Evidence
from caitien.web.evidence.uploaded import target_of
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.views import ready_or_page
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable

Reach = Attachment.Reach


class LinkForm(forms.Form):
    """An address, what one finds there, the criterion it proves."""

    url = forms.CharField(
        label=gettext_lazy("Đường dẫn"),
        max_length=2000,
        help_text=gettext_lazy(
            "Ở Drive: bấm Chia sẻ, chọn “Bất kỳ ai có đường liên kết”, rồi Sao chép đường liên kết."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
        error_messages={"required": gettext_lazy("Hãy dán đường dẫn vào ô này.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Tên minh chứng"),
        max_length=300,
        help_text=gettext_lazy("Như trên văn bản: “Quyết định về việc…”, “Ảnh hội thi…”."),
        error_messages={"required": gettext_lazy("Hãy ghi tên minh chứng.")},
    )
    criterion = forms.ChoiceField(label=pgettext_lazy("một", "Tiêu chí"), required=False)

    def __init__(self, *args: Any, criteria: list[tuple[str, str]], adding: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if adding:
            del self.fields["criterion"]
            self.fields["name"].label = _("Tên của đường dẫn")
            self.fields["name"].help_text = _("Ở đó có gì: “Bản quét hồ sơ”, “Thư mục ảnh”.")
        else:
            self.fields["criterion"].choices = [("", _("để sau")), *criteria]  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        said = storable(self.cleaned_data["url"]).strip()
        if "://" not in said and "." in said.split("/")[0]:
            said = f"https://{said}"
        try:
            URLValidator(["http", "https"])(said)
            if urlsplit(said).username is not None:
                raise ValidationError("")
        except (ValidationError, ValueError):
            raise ValidationError(
                _(
                    "Đây không phải địa chỉ web. Hãy mở tài liệu ở Drive, bấm Chia sẻ, Sao chép đường liên kết, rồi dán vào đây."
                )
            ) from None
        return said

    def clean_name(self) -> str:
        return storable(self.cleaned_data["name"])


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.SUBMIT_EVIDENCE)
def add_link(request: SchoolRequest) -> HttpResponse:
    """A new evidence that is a link, or a link more of one (?minh-chung=), for a criterion (?tieu-chi=) or an action (?muc=)."""
    now = current(request.school)
    said = request.POST if request.method == "POST" else request.GET
    asked = {
        "criterion": said.get("tieu-chi", ""), "framework": now.id, "action": said.get("muc", ""), "text": said.get("ten", ""),
        "evidence": said.get("minh-chung", ""),
    }  # fmt: skip
    may_edit = may(request.membership.role, Capability.EDIT_EVIDENCE)
    purpose = uploads.purpose_of(request.school, request.user, asked, may_edit=may_edit)
    target = target_of(request.school, purpose)
    standards = {one.code for one in now.framework.standards} if now.framework else set()
    criteria = [one for one in now.choices() if one[0] not in standards]
    initial = {"criterion": purpose.get("criterion", ""), "name": purpose.get("text", "")}
    form = LinkForm(request.POST or None, initial=initial, criteria=criteria, adding="evidence" in purpose)
    if request.method == "POST" and form.is_valid():
        evidence = _linked(request, form.cleaned_data, purpose, now.id)
        messages.success(request, _("Đã ghi đường dẫn. Bấm “Kiểm tra đường dẫn” để xem người ngoài có mở được không."))
        return redirect("evidence:evidence", school=request.school.slug, evidence=evidence.pk)
    context = {"form": form, "target": target, "asked": {"tieu-chi": "criterion"}, "sent": _kept(asked, purpose)}
    return render(request, "evidence/add_link.html", context, status=422 if form.is_bound else 200)


def _linked(request: SchoolRequest, said: dict[str, str], purpose: dict[str, str], framework_id: str) -> Evidence:
    with transaction.atomic():
        if key := purpose.get("evidence"):
            evidence = services.held(request.school, UUID(key))
        else:
            evidence = services.create(request.school, request.user, said["name"])
        services.attach_link(evidence, said["url"], said["name"], request.user)
        if chosen := said.get("criterion"):
            purpose = {**purpose, "criterion": chosen, "framework": framework_id}
        assign(evidence, purpose, request.user)
    return evidence


def _kept(asked: dict[str, str], purpose: dict[str, str]) -> dict[str, str]:
    """What the form carries on of the address it was opened with."""
    words = {"muc": "action", "ten": "text", "minh-chung": "evidence"}
    return {word: asked[name] for word, name in words.items() if purpose.get(name)}


@require_POST
@school_view(Capability.VIEW_EVIDENCE, post=Capability.SUBMIT_EVIDENCE)
def check_link(request: SchoolRequest, attachment: UUID) -> HttpResponse:
    """Asks whether one link opens, and goes back to its evidence."""
    found = own(Attachment.objects.exclude(url="").select_related("evidence"), request, attachment)
    looked(found)
    tell = messages.success if found.reach == Reach.OPEN else messages.warning
    words = _(found.reach_note) if found.reach_note else ""
    tell(request, f"{found.get_reach_display().capitalize()}. {words}".strip())
    return redirect("evidence:evidence", school=request.school.slug, evidence=found.evidence_id)


@require_POST
@school_view(Capability.VIEW_EVIDENCE, post=Capability.SUBMIT_EVIDENCE)
def check_links(request: SchoolRequest) -> HttpResponse:
    """Asks of all links of the school, in the background."""
    job = enqueue(request.school, request.user, "evidence-links", gettext_noop("Kiểm tra các đường dẫn của minh chứng"))
    return redirect(ready_or_page(wait_a_moment(job)))


def looked(attachment: Attachment) -> None:
    """Asks the network and keeps what it said. Slow: outside of a transaction."""
    answer = check(attachment.url)
    attachment.reach, attachment.reach_note = answer.reach, answer.note[:300]
    attachment.reach_checked_at = timezone.now()
    attachment.save(update_fields=["reach", "reach_note", "reach_checked_at"])
