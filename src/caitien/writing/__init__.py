"""Values to official documents: forms build a document tree, backends render it as DOCX, PDF or XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from caitien.errors import WritingError

if TYPE_CHECKING:
    from caitien.plan import ImprovementPlan
    from caitien.writing.document import Document

FileFormat = Literal["docx", "pdf", "xlsx"]
FORMATS: tuple[FileFormat, ...] = ("docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class FormInfo:
    """What a list of forms shows. `source`: where the form comes from; `confidence`: how sure that is."""

    id: str
    title: str
    source: str
    confidence: str
    kind: Literal["plan", "report"] = "plan"


def list_forms() -> list[FormInfo]:
    """Every form, in the order of lists."""
    from caitien.writing.forms import discover

    return [FormInfo(form.id, form.title, form.source, form.confidence, form.kind) for form in discover().values()]


def build(plan: ImprovementPlan, form_id: str) -> Document:
    """The plan laid out in a form, as a document tree. Raises WritingError for a form that does not exist."""
    from caitien.writing.forms import discover

    found = discover()
    if form_id not in found:
        near = get_close_matches(form_id, found, n=1, cutoff=0.4)
        hint = f" Có phải ý bạn là “{near[0]}”?" if near else ""
        raise WritingError(f"Không có mẫu văn bản “{form_id}”.{hint} Các mẫu hiện có: {', '.join(found)}.")
    return found[form_id].build(plan)


def write(plan: ImprovementPlan, form_id: str, file_format: FileFormat | str) -> bytes:
    """The plan as a file in a form. `file_format`: "docx", "pdf" or "xlsx".

    Raises WritingError for a form or a format that does not exist.
    """
    return render(build(plan, form_id), file_format)


def render(document: Document, file_format: FileFormat | str) -> bytes:
    """A document tree as a file. Raises WritingError for a format that does not exist."""
    if file_format not in FORMATS:
        raise WritingError(f"Không viết được định dạng “{file_format}”. Hãy chọn một trong: docx, pdf, xlsx.")
    backend = import_module(f"caitien.writing.backends.{file_format}")
    return cast(bytes, backend.render(document))


def default_form(plan: ImprovementPlan) -> str:
    """The form that suits a plan: Biểu 2 for the 2026 frameworks, else by whether its actions start from weaknesses."""
    if (plan.framework or "").startswith("tt57"):
        return "tt57-bieu-2"
    return "plan-weakness" if any(action.weakness for action in plan.actions) else "plan-progress"
