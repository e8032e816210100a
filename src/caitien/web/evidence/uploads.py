"""Files on their way: begun, continued after a lost network, looked at when whole, kept or refused. No screens."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from caitien.web.evidence import partial_files
from caitien.web.evidence.file_names import clean_name, said_otherwise
from caitien.web.evidence.keeping import keep, place
from caitien.web.evidence.kinds import HEAD, KINDS, check_said, first_look, kind_of, looks_cut
from caitien.web.evidence.models import Attachment, Evidence, StoredFile, Upload
from caitien.web.evidence.refusals import RefusedFile, refuse
from caitien.web.evidence.scanning import scan, scans_wanted
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow

log = logging.getLogger(__name__)
State = Upload.State
MOST_UNFINISHED = 60  # uploads of one person; the page sends three at a time
MOST_UNFINISHED_BYTES = 2 * 1024 * 1024 * 1024
UNFINISHED_STAY = timedelta(days=7)
FINISHED_STAY = timedelta(days=30)
SWEEP_EVERY = 3600.0  # seconds
_swept = float("-inf")
_LONGEST = 2000  # letters of an expected evidence, as printed in the plan
_KEYS = ("criterion", "framework", "action", "text", "evidence", "replaces", "group", "key")


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a whole file. `attachment` None: its content is proof already, or it was refused (`upload.refusal`)."""

    upload: Upload
    attachment: Attachment | None = None


def purpose_of(school: School, user: Any, sent: Mapping[str, str], *, may_edit: bool) -> dict[str, str]:
    """What a file is sent for, checked: `criterion` and `framework`, `action` with `text`, `evidence` (to which it is added)
    with `replaces`, `group` (files with the same word are one evidence), `key` (of the sender: asked twice with it, it is
    one upload). Raises NotNow when what is named is not there.

    `may_edit`: whether who sends may add to evidence of others.
    """
    purpose = {key: sent[key].strip()[:_LONGEST] for key in _KEYS if sent.get(key, "").strip()}
    found = framework(purpose.get("framework"))
    if found is None or purpose.get("criterion") not in found.codes:
        purpose.pop("criterion", None)
        purpose.pop("framework", None)
    if "action" in purpose and not _is_there(Action.objects.for_school(school), purpose["action"]):
        raise NotNow(_("Mục kế hoạch định gắn tệp này vào không còn. Hãy mở lại mục kế hoạch rồi gửi từ đó."))
    if "evidence" in purpose:
        evidence = _is_there(Evidence.objects.for_school(school), purpose["evidence"])
        if evidence is None:
            raise NotNow(
                _("Minh chứng định thêm tệp này vào đã bị bỏ khỏi danh mục. Hãy gửi tệp như một minh chứng mới.")
            )
        if not may_edit and evidence.created_by_id != user.pk:
            raise NotNow(_("Bạn thêm được tệp vào minh chứng do chính bạn nộp. Hãy gửi tệp như một minh chứng mới, hoặc nhờ thư ký hội đồng thêm giúp."))  # fmt: skip
        rows = Attachment.objects.for_school(school).filter(evidence=evidence)
        if "replaces" in purpose and not _is_there(rows, purpose["replaces"]):
            purpose.pop("replaces")
    else:
        purpose.pop("replaces", None)
    return purpose


def begin(school: School, user: Any, name: str, size: int, purpose: dict[str, str] | None = None) -> Upload:
    """A file will come, of `size` bytes. Raises RefusedFile by what is said of it, NotNow when too much is unfinished,
    OSError (no space) before the disk is full."""
    purpose = purpose or {}
    if (known := _known(school, user, purpose.get("key", ""), size)) is not None:
        return known
    sweep_now_and_then()
    shown = clean_name(name)
    check_said(shown, size)
    waiting = unfinished(school, user)
    if (
        waiting.count() >= MOST_UNFINISHED
        or (waiting.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_UNFINISHED_BYTES
    ):
        raise NotNow(_("Bạn còn nhiều tệp gửi dở. Hãy gửi tiếp hoặc bỏ bớt ở mục “Đang gửi dở” của trang Tải lên, rồi gửi tệp này."))  # fmt: skip
    if not partial_files.room_for(size):
        raise OSError(errno.ENOSPC, "no space left on device")
    return Upload.objects.create(school=school, by=user, name=shown, size=size, purpose=purpose)


def _known(school: School, user: Any, key: str, size: int) -> Upload | None:
    """The upload that the same sender began before: the answer to it was lost, or the page was loaded again."""
    if not key:
        return None
    rows = Upload.objects.for_school(school).filter(by=user, purpose__key=key, size=size)
    return rows.select_related("file", "evidence").first()


def add(upload: Upload, offset: int, body: partial_files.Body, length: int, seconds: float) -> int:
    """Takes what comes next, as much as arrives within the time. Returns how many bytes there are.

    Raises Busy, Elsewhere, OSError of a full disk (what arrived stays), and RefusedFile as soon as the first bytes tell.
    """
    path = path_of(upload)
    with partial_files.alone(path):
        _still_open(upload)
        if upload.file_id:
            raise partial_files.Elsewhere(upload.size)
        until = time.monotonic() + seconds
        there = partial_files.append(path, offset, body, min(length, max(0, upload.size - offset)), until)
        if offset < HEAD:
            try:
                _look_at_beginning(upload, path, there)
            except RefusedFile as refused:
                _refused(upload, refused)
                raise
        return there


def finish(upload: Upload, user: Any) -> Came:
    """Looks at a whole file and keeps it. May be asked again: what is done stays as it is. Raises Busy, RefusedFile, NotNow."""
    path = path_of(upload)
    with partial_files.alone(path):
        upload.refresh_from_db(fields=["state", "purpose", "file", "evidence"])
        if upload.state == State.DONE:
            return Came(upload, _attached(upload))
        if upload.state != State.UNDER_WAY:
            raise _ended()
        try:
            attachment = _whole(upload, path, user)
        except RefusedFile as refused:
            _refused(upload, refused)
            raise
        partial_files.forget(path)
    _words_wanted(upload, user)
    if upload.file is not None and upload.file.scan == StoredFile.Scan.CLEAN:
        scans_wanted(upload.school, user)
    return Came(upload, attachment)


def take_whole(school: School, user: Any, name: str, content: Any, purpose: dict[str, str]) -> Came:
    """A file that came whole, in a form without a script. `content`: an UploadedFile. Raises RefusedFile, NotNow."""
    upload = begin(school, user, name, content.size, purpose)
    content.seek(0)
    try:
        add(upload, 0, content, content.size, seconds=3600)
        return finish(upload, user)
    except NotNow:
        drop(upload)
        raise


def drop(upload: Upload) -> None:
    """Throws an unfinished upload away. Raises Busy while something is being written."""
    path = path_of(upload)
    with partial_files.alone(path):
        partial_files.forget(path)
        Upload.objects.for_school(upload.school).filter(pk=upload.pk).exclude(state=State.DONE).delete()


def unfinished(school: School, user: Any) -> QuerySet[Upload]:
    """What this person began and has not sent to its end."""
    return Upload.objects.for_school(school).filter(by=user, state=State.UNDER_WAY)


def arrived(upload: Upload) -> int:
    """Bytes that came of an upload."""
    return upload.size if upload.file_id else partial_files.arrived(path_of(upload))


def path_of(upload: Upload) -> Path:
    return partial_files.path_of(upload.school_id, upload.pk)


def notes_of(upload: Upload) -> list[str]:
    """What the person is told of a file that was taken: its name was put right, its end seems to be missing."""
    if upload.file is None:
        return []
    notes = [said_otherwise(KINDS[upload.file.kind], upload.name)] if upload.file.kind in KINDS else []
    if upload.purpose.get("cut"):
        notes.append(
            _("Tệp có vẻ bị cắt mất phần cuối: hãy mở thử, nếu thiếu trang thì quét hoặc chép lại rồi gửi bản mới.")
        )
    if upload.file.scan == StoredFile.Scan.WAITING:
        notes.append(_("Tệp đã nhận nhưng chưa quét vi-rút xong, nên chưa mở được ngay."))
    return [note for note in notes if note]


def sweep() -> int:
    """Clears uploads that were left for a week, and lines of finished ones after a month. Returns how many files went."""
    now, gone = timezone.now(), 0
    before = now - UNFINISHED_STAY
    partial_files.clear_forms(before.timestamp())
    for key, path in partial_files.abandoned(before.timestamp()):
        with suppress(partial_files.Busy), partial_files.alone(path):
            Upload.objects.filter(pk=key, school_id=UUID(path.parent.name)).exclude(state=State.DONE).delete()
            partial_files.forget(path)
            gone += 1
    Upload.objects.filter(changed_at__lt=before).exclude(state__in=(State.DONE, State.UNDER_WAY)).delete()
    for upload in Upload.objects.filter(changed_at__lt=before, state=State.UNDER_WAY).iterator():
        if not path_of(upload).exists():
            upload.delete()
    Upload.objects.filter(changed_at__lt=now - FINISHED_STAY, state=State.DONE).delete()
    return gone


def sweep_now_and_then() -> None:
    """Sweeps when this process has not for an hour: no server is asked to run a task for it."""
    global _swept
    if time.monotonic() - _swept > SWEEP_EVERY:
        _swept = time.monotonic()
        sweep()


def _whole(upload: Upload, path: Path, user: Any) -> Attachment | None:
    if upload.file is None:
        with path.open("rb") as stream:
            kind = kind_of(stream, upload.size, upload.name)
            cut = looks_cut(stream, upload.size, kind)
            verdict = scan(stream)
        if verdict.state == StoredFile.Scan.INFECTED:
            log.warning("clamd found %s in what %s sent", verdict.note, user.pk)
            raise refuse("infected", what=verdict.note)
        upload.file = keep(upload.school, user, path, partial_files.sha256_of(path), kind, verdict)
        if cut:
            upload.purpose["cut"] = True
        upload.save(update_fields=["file", "purpose", "changed_at"])
    return place(upload, upload.file, user)


def _words_wanted(upload: Upload, user: Any) -> None:
    """The words inside are read in the background, so that it is found by them."""
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("caitien.web.evidence.indexing") is not None:
        import_module("caitien.web.evidence.indexing").words_wanted(upload.school, user)


def _look_at_beginning(upload: Upload, path: Path, there: int) -> None:
    """Refuses by the first bytes, as soon as there are enough of them."""
    if there >= min(HEAD, upload.size):
        first_look(partial_files.head_of(path, HEAD), upload.size, upload.name)


def _still_open(upload: Upload) -> None:
    """Raises NotNow when it was refused or dropped meanwhile."""
    state = Upload.objects.for_school(upload.school).filter(pk=upload.pk).values_list("state", flat=True).first()
    if state != State.UNDER_WAY:
        raise _ended()


def _ended() -> NotNow:
    return NotNow(_("Lần gửi này đã kết thúc. Hãy chọn lại tệp để gửi từ đầu."))


def _refused(upload: Upload, refused: RefusedFile) -> None:
    partial_files.forget(path_of(upload))
    with translation.override("vi"):
        sentence = str(refused)
    upload.state, upload.refusal = State.REFUSED, sentence
    upload.purpose["refused"] = refused.code
    upload.save(update_fields=["state", "refusal", "purpose", "changed_at"])


def _attached(upload: Upload) -> Attachment | None:
    rows = Attachment.objects.for_school(upload.school).select_related("evidence")
    return rows.filter(evidence_id=upload.evidence_id, file_id=upload.file_id).first() if upload.evidence_id else None


def _is_there(rows: Any, key: str) -> Any:
    try:
        return rows.filter(pk=UUID(key)).first()
    except ValueError:
        return None
