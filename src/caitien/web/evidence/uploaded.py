"""What became of a file that was sent, told to a person or a script; what a page says a file will be sent for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.evidence import uploads
from caitien.web.evidence.keeping import same_content, with_content
from caitien.web.evidence.models import Attachment, Evidence, EvidenceUse, StoredFile, Upload
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action
from caitien.web.schools.guard import SchoolRequest
from caitien.web.schools.models import School
from caitien.web.schools.roles import Capability, may

MOST_NAMED = 20  # on one page
SHOWN_SMALL = ("pdf", "jpg", "png", "webp", "gif", "tif", "bmp")
"""Kinds of which there is a picture to recognise a file by."""


@dataclass(frozen=True, slots=True)
class Target:
    """What files of a page are sent for. `sent`: the words that go with each file; `words`: what the person reads."""

    sent: dict[str, str] = field(default_factory=dict)
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An evidence that came just now, to be named. `uploads`: the files of it that were sent."""

    evidence: Evidence
    uploads: list[Upload]
    notes: list[str]
    criteria: list[str]
    picture: UUID | None = None  # of an attachment, shown small


@dataclass(frozen=True, slots=True)
class Same:
    """A file whose content is proof already: the person says what she wants."""

    upload: Upload
    evidence: Evidence


def target_of(school: School, purpose: dict[str, str]) -> Target:
    """What a checked purpose (`uploads.purpose_of`) means in words. At most two queries."""
    slug = school.slug
    if key := purpose.get("evidence"):
        evidence = Evidence.objects.for_school(school).filter(pk=key).first()
        if evidence is not None:
            words = (
                _("Bản mới của một tệp trong minh chứng “%(name)s”")
                if purpose.get("replaces")
                else _("Thêm tệp vào minh chứng “%(name)s”")
            )
            return Target(purpose, words % {"name": str(evidence)[:120]}, reverse("evidence:evidence", args=[slug, evidence.pk]))  # fmt: skip
    if key := purpose.get("action"):
        action = Action.objects.for_school(school).filter(pk=key).first()
        if action is not None:
            words = purpose.get("text") or action.content or action.weakness or _("mục chưa có nội dung")
            url = reverse("plans:action", args=[slug, action.plan_id, action.pk])
            return Target(purpose, _("Minh chứng của mục kế hoạch: %(words)s") % {"words": words[:160]}, url)
    if code := purpose.get("criterion"):
        found = framework(purpose.get("framework"))
        criterion = found.criterion(code) if found else None
        title = criterion.title if criterion else ""
        return Target(purpose, _("Minh chứng của tiêu chí %(code)s %(title)s") % {"code": code, "title": title})
    return Target(purpose)


def told(request: SchoolRequest, upload: Upload) -> dict[str, Any]:
    """What became of an upload, for the script of the page."""
    slug = request.school.slug
    answer: dict[str, Any] = {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "received": uploads.arrived(upload),
        "state": upload.state,
        "refusal": upload.refusal,
        "notes": uploads.notes_of(upload),
        "evidence": None,
        "same": None,
    }
    if upload.evidence is not None:
        answer["evidence"] = {
            "name": upload.evidence.name,
            "code": upload.evidence.code,
            "url": reverse("evidence:evidence", args=[slug, upload.evidence_id]),
        }
    elif upload.state == Upload.State.DONE and upload.file is not None:
        there = same_content(
            request.school, upload.file, sensitive=may(request.membership.role, Capability.OPEN_SENSITIVE)
        )
        if there is not None:
            answer["same"] = {
                "name": there.evidence.name,
                "code": there.evidence.code,
                "url": reverse("evidence:evidence", args=[slug, there.evidence_id]),
                "asks": not upload.purpose.get("named"),
                "settle": reverse("evidence:upload_same", args=[slug, upload.pk]),
            }
    return answer


def to_name(school: School, user: Any) -> tuple[list[Row], int]:
    """(evidence that this person sent and has not named yet, the newest first; how many more there are). Three queries."""
    waiting = (
        Upload.objects.for_school(school)
        .filter(by=user, state=Upload.State.DONE, evidence__removed_at=None, evidence__isnull=False)
        .filter(Q(purpose__named__isnull=True))
        .select_related("evidence", "file")
        .defer("file__text")
        .order_by("-created_at", "-id")
    )
    found: dict[UUID, list[Upload]] = {}
    for upload in waiting:
        found.setdefault(upload.evidence_id, []).append(upload)
    shown = list(found)[:MOST_NAMED]
    uses: dict[UUID, list[str]] = {}
    for key, code in (
        EvidenceUse.objects.for_school(school)
        .filter(evidence__in=shown, state=EvidenceUse.State.USED)
        .values_list("evidence_id", "criterion")
    ):
        uses.setdefault(key, []).append(code)
    pictures: dict[UUID, UUID] = {}
    for key, attachment in (
        Attachment.objects.for_school(school)
        .filter(evidence__in=shown, file__kind__in=SHOWN_SMALL)
        .exclude(file__scan__in=(StoredFile.Scan.WAITING, StoredFile.Scan.INFECTED))
        .order_by("position")
        .values_list("evidence_id", "pk")
    ):
        pictures.setdefault(key, attachment)
    rows = []
    for key in shown:
        of_it = found[key][::-1]
        evidence = of_it[0].evidence
        evidence.school = school
        notes = [note for one in of_it for note in uploads.notes_of(one)]
        rows.append(Row(evidence, of_it, notes, uses.get(key, []), pictures.get(key)))
    return rows, len(found) - len(shown)


def to_settle(school: School, user: Any, *, sensitive: bool) -> list[Same]:
    """Files of this person whose content was there already, with the evidence that has it. Two queries."""
    asked = list(
        Upload.objects.for_school(school)
        .filter(by=user, state=Upload.State.DONE, evidence=None, file__isnull=False)
        .filter(Q(purpose__named__isnull=True))
        .select_related("file")
        .defer("file__text")
        .prefetch_related(
            Prefetch(
                "file__attachments",
                with_content(school, sensitive=sensitive).select_related("evidence").order_by("-added_at"),
            )
        )
        .order_by("-created_at", "-id")[:MOST_NAMED]
    )
    found: dict[UUID, Same] = {}
    for upload in asked:
        there = next(iter(upload.file.attachments.all()), None)
        if there is not None:
            found.setdefault(upload.file_id, Same(upload, there.evidence))
    return list(found.values())
