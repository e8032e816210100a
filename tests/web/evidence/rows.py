"""Evidence with a code, a file that is really there and a link: for tests that walk every address, and for others."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from web.evidence import files

FRAMEWORK = "tt57-2026-pho-thong"


def stored(school: Any, content: bytes | None = None, kind: str = "pdf", **fields: Any) -> Any:
    """Content in the storage, once a school."""
    from caitien.web.evidence.kinds import KINDS
    from caitien.web.evidence.models import StoredFile

    content = files.pdf() if content is None else content
    digest = hashlib.sha256(content).hexdigest()
    found = StoredFile.objects.for_school(school).filter(sha256=digest).first()
    if found is not None:
        return found
    file = StoredFile(
        school=school, sha256=digest, size=len(content), kind=kind, content_type=KINDS[kind].content_type, **fields
    )
    file.content.save("tep", ContentFile(content), save=False)
    file.save()
    return file


def make_evidence(
    school: Any, name: str, *criteria: str, user: Any = None, file: bytes | None = None, **fields: Any
) -> Any:
    """An evidence in use for criteria (its code comes from the first); `file`: the content of its PDF."""
    from caitien.standards import load
    from caitien.web.evidence import services

    evidence = services.create(school, user, name, **fields)
    if criteria:
        services.use(evidence, load(FRAMEWORK), criteria, user)
    if file is not None:
        services.attach_file(evidence, stored(school, file), f"{name[:60]}.pdf", user)
    evidence.refresh_from_db()
    return evidence


def evidence_of(school: Any) -> dict[str, Any]:
    """URL parameter -> key: an evidence with code, its file and a link; the file is the attachment that addresses name;
    a file on its way, of somebody else."""
    from caitien.web.evidence import services
    from caitien.web.evidence.models import ListImport, Upload
    from web.invented import make_user

    row = make_evidence(school, "Quyết định thành lập hội đồng trường", "1.1", number="12/QĐ-UBND")
    file = services.attach_file(row, stored(school), "quyet-dinh-12.pdf", None)
    services.attach_link(row, "https://drive.example.vn/tep/12", "Bản trên Drive", None)
    upload = Upload.objects.create(school=school, by=make_user(f"nguoi-nop-{school.slug}"), name="a.pdf", size=1000)
    entry = {"name": "Sổ họp tổ", "code": "MC.1.2.01", "criteria": ["1.2"]}
    read = ListImport.objects.create(school=school, name="danh-muc.xlsx", framework=FRAMEWORK, entries=[entry])
    return {"evidence": row.pk, "attachment": file.pk, "upload": upload.pk, "list": read.pk}
