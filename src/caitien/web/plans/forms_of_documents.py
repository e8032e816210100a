"""The official forms a plan can be written in, and what a written file is called."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from caitien.errors import WritingError
from caitien.plan import ImprovementPlan
from caitien.plan.text import fold
from caitien.web.schools.models import School

if TYPE_CHECKING:
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
    """The plan as a file. Raises WritingError.

    DOCX is cheap and made here; PDF and XLSX bring libraries that would double the memory of a worker for good,
    so they are made in a process of their own.
    """
    if format == "docx":
        from caitien.writing import write

        return write(value, form, format)
    command = [sys.executable, "-X", "utf8", "-m", "caitien.web.plans.writing_process", form, format]
    done = subprocess.run(command, input=value.to_json(indent=None).encode(), capture_output=True, timeout=60)  # noqa: S603
    if done.returncode:
        raise WritingError(done.stderr.decode(errors="replace").strip().splitlines()[-1] if done.stderr else form)
    return done.stdout


def file_name(value: ImprovementPlan, form: str, format: str) -> str:
    """ "ke-hoach-cai-tien-2025-2026-tt57-bieu-2.docx": letters that every computer can write."""
    year = re.sub(r"[^0-9-]+", "", fold(value.school_year))
    return "-".join(part for part in ("ke-hoach-cai-tien", year, form) if part) + f".{format}"


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
