"""Content goes into the storage, once a school; what came becomes an evidence, or a file of one."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caitien.web.evidence import services
from caitien.web.evidence.file_names import name_for, title_of
from caitien.web.evidence.kinds import KINDS, Kind
from caitien.web.evidence.models import ActionEvidence, Attachment, Evidence, EvidenceUse, StoredFile, Upload, file_path
from caitien.web.evidence.refusals import refuse
from caitien.web.evidence.scanning import Verdict
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action
from caitien.web.schools.models import Membership, School
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may

LONGEST_TITLE = 300


class _Moved(File):
    """A file that the folder may take as it is, instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def keep(school: School, user: Any, path: Path, sha256: str, kind: Kind, verdict: Verdict) -> StoredFile:
    """The stored file of this content: the one that there is, or a new one. `path` is moved or copied away, and stays when
    anything fails. Raises RefusedFile for content in which something harmful was found earlier."""
    found = StoredFile.objects.for_school(school).filter(sha256=sha256).first()
    if found is None:
        found = _new(school, user, path, sha256, kind, verdict)
    if found.scan == StoredFile.Scan.INFECTED:
        raise refuse("infected", what=found.scan_note)
    storage = found.content.storage
    if path.exists() and not storage.exists(found.content.name):  # somebody cleared the folder: it is whole again
        found.content.name = _stored(found, path)
        found.save(update_fields=["content"])
    return found


def _new(school: School, user: Any, path: Path, sha256: str, kind: Kind, verdict: Verdict) -> StoredFile:
    row = StoredFile(
        school=school,
        sha256=sha256,
        size=path.stat().st_size,
        kind=kind.name,
        content_type=kind.content_type,
        scan=verdict.state,
        scan_note=verdict.note[:200],
        created_by=user,
    )
    name = _stored(row, path)
    row.content.name = name
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same content came from somewhere else at the same moment
        other = StoredFile.objects.for_school(school).filter(sha256=sha256).first()
        if other is None:
            _back(row, name, path)
            raise
        if other.content.name != name:
            row.content.storage.delete(name)
        return other
    except BaseException:
        _back(row, name, path)
        raise
    return row


def _stored(row: StoredFile, path: Path) -> str:
    """Puts the bytes where they belong; what lies there already with this name and length is them."""
    storage, wanted = row.content.storage, file_path(row, "")
    with suppress(FileNotFoundError):
        if storage.exists(wanted) and storage.size(wanted) == row.size:
            return wanted
    with path.open("rb") as stream:
        moved = isinstance(storage, FileSystemStorage)
        return str(storage.save(wanted, _Moved(stream, str(path)) if moved else File(stream, path.name)))


def _back(row: StoredFile, name: str, path: Path) -> None:
    """The row could not be written: the bytes go back to where they came from, so that nothing is sent twice."""
    storage = row.content.storage
    if path.exists() or not isinstance(storage, FileSystemStorage):
        return
    with suppress(OSError):
        if StoredFile.objects.for_school(row.school).filter(content=name).exists():
            shutil.copyfile(storage.path(name), path)
        else:
            os.replace(storage.path(name), path)


def same_content(school: School, file: StoredFile, *, sensitive: bool) -> Attachment | None:
    """Where this content is proof already: the newest evidence on the list that has it.

    `sensitive`: whether who asks may open what is kept apart. If not, no answer tells that it is there: whoever guesses a
    secret paper would learn that the school has it, and where.
    """
    return (
        with_content(school, sensitive=sensitive)
        .filter(file=file)
        .select_related("evidence")
        .order_by("-added_at")
        .first()
    )


def with_content(school: School, *, sensitive: bool) -> Any:
    """Files that stand, of evidence on the list; of what is kept apart only when `sensitive`."""
    rows = Attachment.objects.for_school(school).filter(superseded_at=None, evidence__removed_at=None)
    return rows if sensitive else rows.filter(evidence__sensitive=False)


def place(upload: Upload, file: StoredFile, user: Any, *, anyway: bool = False) -> Attachment | None:
    """What came becomes what it was sent for: a file of an evidence, or an evidence of its own. None when its content is
    proof already and nobody has said `anyway`: then the person is asked. Raises NotNow when its place is gone meanwhile.
    """
    with transaction.atomic():
        StoredFile.objects.select_for_update(no_key=True).get(
            school=upload.school, pk=file.pk
        )  # two phones: one after the other
        group = _group(upload)
        own = next(one for one in group if one.pk == upload.pk)
        if own.evidence_id:
            return _attachment(own)
        purpose = own.purpose
        evidence = _wanted(own, group)
        name = name_for(KINDS[file.kind], own.name)
        made = None
        opens = _opens(own.school, user)
        if evidence is None and not anyway and (there := same_content(own.school, file, sensitive=opens)) is not None:
            if not has_more_to_say(there.evidence, purpose):
                own.purpose["named"] = True  # told, and nothing to decide
        else:
            purpose.pop("named", None)
            apart = evidence is None and with_content(own.school, sensitive=True).filter(
                file=file, evidence__sensitive=True
            )
            evidence = evidence or services.create(
                own.school, user, title_of(own.name)[:LONGEST_TITLE], sensitive=bool(apart and apart.exists())
            )
            replaces = _replaced(evidence, purpose.get("replaces"))
            made = services.attach_file(evidence, file, name, user, replaces=replaces)
            assign(evidence, purpose, user)
        _done(own, file, evidence)
    upload.state, upload.purpose, upload.received = own.state, own.purpose, own.received
    upload.file, upload.evidence = file, evidence
    return made


def _opens(school: School, user: Any) -> bool:
    """Whether a member may open what is kept apart."""
    role = Membership.objects.filter(school=school, user=user).values_list("role", flat=True).first()
    return role is not None and may(role, Capability.OPEN_SENSITIVE)


def has_more_to_say(evidence: Evidence, purpose: dict[str, Any]) -> bool:
    """Whether a file was sent for something that this evidence does not prove yet."""
    if purpose.get("action"):
        rows = ActionEvidence.objects.for_school(evidence.school).filter(evidence=evidence, action=purpose["action"])
        return not rows.exists()
    if purpose.get("criterion"):
        uses = EvidenceUse.objects.for_school(evidence.school).filter(evidence=evidence, state=EvidenceUse.State.USED)
        return not uses.filter(framework=purpose["framework"], criterion=purpose["criterion"]).exists()
    return False


def assign(evidence: Evidence, purpose: dict[str, Any], user: Any, *, offers: bool = False) -> None:
    """Says of an evidence what a file was sent for: a criterion, an action of the plan.

    `offers`: it is another's, and who sends may not edit it: the criterion is offered the evidence, and an editor says.
    """
    found = framework(purpose.get("framework"))
    if found is not None and purpose.get("criterion"):
        state = EvidenceUse.State.OFFERED if offers else EvidenceUse.State.USED
        services.use(evidence, found, [purpose["criterion"]], user, state=state)
    if key := purpose.get("action"):
        action = Action.objects.for_school(evidence.school).select_related("plan").filter(pk=key).first()
        if action is not None:
            services.prove_action(evidence, action, purpose.get("text", ""), user)


def _group(upload: Upload) -> list[Upload]:
    """The uploads that are to be one evidence, held in one order until the transaction ends; itself when it stands alone."""
    rows = Upload.objects.for_school(upload.school).select_for_update(no_key=True).order_by("pk")
    token = upload.purpose.get("group")
    found = list(rows.filter(by_id=upload.by_id, purpose__group=token) if token else rows.filter(pk=upload.pk))
    for one in found:
        one.school = upload.school
    return found


def _wanted(upload: Upload, group: list[Upload]) -> Evidence | None:
    """The evidence to which it is to be added; None for one of its own."""
    key = upload.purpose.get("evidence") or next((one.evidence_id for one in group if one.evidence_id), None)
    if not key:
        return None
    found = Evidence.objects.for_school(upload.school).filter(pk=key).first()
    if found is None and upload.purpose.get("evidence"):
        raise NotNow(_("Minh chứng định thêm tệp này vào đã bị bỏ khỏi danh mục. Hãy gửi tệp như một minh chứng mới."))
    return found


def _replaced(evidence: Evidence, key: str | None) -> Attachment | None:
    """The attachment of which the file is a newer version, as long as nothing newer came meanwhile."""
    if not key:
        return None
    rows = Attachment.objects.for_school(evidence.school)
    found = rows.filter(evidence=evidence, pk=UUID(key)).first()
    while found is not None and found.superseded_at is not None:
        newer = rows.filter(replaces=found).first()
        if newer is None:
            break
        found = newer
    return found


def _done(upload: Upload, file: StoredFile, evidence: Evidence | None) -> None:
    upload.state, upload.file, upload.evidence, upload.received = Upload.State.DONE, file, evidence, upload.size
    upload.save(update_fields=["state", "file", "evidence", "received", "purpose", "changed_at"])


def _attachment(upload: Upload) -> Attachment | None:
    rows = Attachment.objects.for_school(upload.school)
    return rows.filter(evidence_id=upload.evidence_id, file_id=upload.file_id).first()
