"""A file comes in, is read, and becomes a plan or goes away. No screens: the pages and the demo both go through here."""

from __future__ import annotations

import hashlib
import json
import logging
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from caitien.errors import ReadingError
from caitien.reading.guarded import read_guarded
from caitien.web.documents.decisions import apply
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.plans.models import Plan
from caitien.web.plans.values import store
from caitien.web.schools.learned import learn
from caitien.web.schools.models import School

log = logging.getLogger(__name__)

LONGEST_NAME = 200
UNEXPECTED = ("crashed", "too_much_memory")  # for whoever runs the server to know


def receive(school: School, user: Any, name: str | None, content: bytes | UploadedFile) -> Import:
    """Reads a file and keeps it with what was read, for review. Raises ReadingError; then nothing was stored.

    The same content sent again is kept once (see `same_file`), but has an import of its own.
    """
    data = content if isinstance(content, bytes) else content.read()
    shown = clean_name(name)
    return keep(school, user, shown, data, read_apart(data, shown))


def keep(school: School, user: Any, shown: str, data: bytes, read: dict[str, Any]) -> Import:
    """Stores a file with what `read_apart` gave of it."""
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        file = same_file(school, digest)
        if file is None:
            file = ImportedFile(
                school=school,
                name=shown,
                format=read["source"]["format"],
                size=len(data),
                sha256=digest,
                uploaded_by=user,
            )
            file.content.save(shown, ContentFile(data), save=False)
            try:
                file.save()
            except BaseException:
                file.content.delete(save=False)
                raise
        return Import.objects.create(
            school=school,
            file=file,
            state=Import.State.REVIEW,
            source=read["source"],
            plan_value=read["plan"],
            created_by=user,
        )


def same_file(school: School, sha256: str) -> ImportedFile | None:
    """The file with this content, when the school has sent it before."""
    return ImportedFile.objects.for_school(school).filter(sha256=sha256).first()


def accept(imported: Import, user: Any) -> Plan:
    """Makes the plan of an import, with the reviewer's decisions in it. Once: a second call gives the same plan."""
    with transaction.atomic():
        held = Import.objects.select_for_update().get(school_id=imported.school_id, pk=imported.pk)
        if held.state == Import.State.ACCEPTED and held.plan is not None:
            return held.plan
        value = apply(held.plan_value, held.decisions)
        plan = store(held.school, value, user)
        learn(held.school, value, user)
        held.plan, held.state = plan, Import.State.ACCEPTED
        held.version += 1
        held.save()
    imported.refresh_from_db()
    return plan


def discard(imported: Import) -> None:
    """Throws an import away: what was read, what was decided, and the file when nothing else came of it."""
    with transaction.atomic():
        file = imported.file
        imported.delete()
        if not file.imports.exists():
            file.delete()
            transaction.on_commit(partial(file.content.storage.delete, file.content.name))


def read_apart(data: bytes, name: str) -> dict[str, Any]:
    """{"source", "plan"} of a file, read in a process of its own. Raises ReadingError, within the time of the limits."""
    try:
        plan, source = read_guarded(data, name)
    except ReadingError as error:
        if error.code in UNEXPECTED:
            log.error("reading %s stopped: %s", name, error.code)
        raise
    return {"source": json.loads(source), "plan": json.loads(plan)}


def clean_name(name: str | None) -> str:
    """A file's name as it is shown: without folders and control characters, never empty."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "tệp không tên"
