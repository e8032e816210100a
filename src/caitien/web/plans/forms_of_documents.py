"""The official forms a plan can be written in, and what a written file is called."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from caitien.errors import WritingError
from caitien.plan import ImprovementPlan
from caitien.plan.text import fold
from caitien.web.plans.adjusted import adjusted
from caitien.web.plans.models import Amendment, Plan
from caitien.web.plans.values import head_value
from caitien.web.schools.models import School

if TYPE_CHECKING:
    from caitien.writing.document import Block, Document
    from caitien.writing.forms import Form

FORMATS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


FORMAT_WORDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
"""A format -> what people call it."""


def forms() -> dict[str, Form]:
    """Id of each official form to the form; a form added to the library is here without more ado."""
    from caitien.writing.forms import discover

    return discover()


def written(value: ImprovementPlan, form: str, format: str) -> bytes:
    """The plan as a file in a form. Raises WritingError."""
    from caitien.writing import build

    return rendered(build(value, form), format)


def rendered(document: Document, format: str) -> bytes:
    """A document tree as a file. Raises WritingError.

    DOCX is cheap and made here; PDF and XLSX bring libraries that would double the memory of a worker for good,
    so they are made in a process of their own.
    """
    if format == "docx":
        from caitien.writing import render

        return render(document, format)
    command = [sys.executable, "-X", "utf8", "-m", "caitien.web.plans.writing_process", format]
    done = subprocess.run(command, input=pickle.dumps(document), capture_output=True, timeout=60)  # noqa: S603
    if done.returncode:
        raise WritingError(done.stderr.decode(errors="replace").strip().splitlines()[-1] if done.stderr else format)
    return done.stdout


def draft_of(document: Document) -> Document:
    """The document with "(DỰ THẢO)" beneath its title."""
    from caitien.writing.document import Paragraph, Run, Title

    mark = Paragraph((Run("(DỰ THẢO)", bold=True),), align="center", after=6)
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.append(block)
        if isinstance(block, Title) and mark not in blocks:
            blocks.append(mark)
    return replace(document, blocks=tuple(blocks))


def adjustments_table(
    plan: Plan, amendments: Sequence[Amendment], format: str, which: str = ""
) -> tuple[bytes, str, str]:
    """The table of adjustments of these amendments: the file, its name (`which`: its end), its format.

    Raises Http404 for another format.
    """
    from caitien.writing.adjustments import adjustments_document, adjustments_of

    if format not in FORMATS:
        raise Http404
    changes = adjusted(plan, amendments)
    told = [
        line
        for one in amendments
        for part in changes.get(one.pk, [])
        for line in adjustments_of([part.change], one.reason, name_of(part.who), timezone.localtime(part.when))
    ]
    value = with_letterhead(head_value(plan), plan.school)
    document = adjustments_document(value, told, timezone.localdate())
    return rendered(document, format), named("dieu-chinh", value, which, format), format


def attachment(content: bytes, name: str, format: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(
        content,
        content_type=FORMATS[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def name_of(user: Any) -> str:
    """The name of a user as documents print it; nothing for somebody who is not known any more."""
    return "" if user is None else user.get_full_name() or user.get_username()


def file_name(value: ImprovementPlan, form: str, format: str) -> str:
    """ "ke-hoach-cai-tien-2025-2026-tt57-bieu-2.docx": letters that every computer can write. A report is named as one."""
    if form in REPORT_NAMES:
        return named(REPORT_NAMES[form], value, "", format)
    return named("ke-hoach-cai-tien", value, FORM_WORDS.get(form, form), format)


FORM_WORDS = {"plan-progress": "theo-tien-do", "plan-weakness": "theo-diem-yeu"}
"""Id of a form of the plan -> what a school calls it, where the id is English."""


REPORT_NAMES = {"progress-report": "bao-cao-ket-qua-thuc-hien"}
"""Id of a form that is no plan -> what its file is called."""


def named(what: str, value: ImprovementPlan, which: str, format: str) -> str:
    """ "dieu-chinh-2025-2026-lan-2.pdf"."""
    year = re.sub(r"[^0-9-]+", "", fold(value.school_year))
    return (
        "-".join(part for part in (what, year, re.sub(r"[^a-z0-9]+", "-", fold(which)).strip("-")) if part)
        + f".{format}"
    )


def with_letterhead(value: ImprovementPlan, school: School) -> ImprovementPlan:
    """The plan with what the file did not say about the school filled in from the school's own data. What it said stays."""
    filled = value.model_copy(deep=True)
    own = {
        "school": {"name": school.name, "code": school.code, "level": school.level},
        "document": {"place": school.place, "issuing_body": school.name, "parent_body": school.parent_body},
    }
    for part, fields in own.items():
        for name, said in fields.items():
            if said and getattr(getattr(filled, part), name) is None:
                setattr(getattr(filled, part), name, said)
    signer = filled.document.signer
    if signer.name is None and school.head_name:
        signer.name = school.head_name
        signer.role = signer.role or school.head_role or None
    return filled
