"""The documents of a self-assessment, one file each: a module here with a `FORM` is a form; nothing else has to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from caitien.errors import WritingError
from caitien.writing import FileFormat, render

if TYPE_CHECKING:
    from datetime import date

    from caitien.assessment.model import SelfAssessment
    from caitien.assessment.tables_model import SchoolTables
    from caitien.standards import OfficialText
    from caitien.writing.document import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the value. `criterion`: only this one, where a form has a paper for each.

    `official`: the wording of the circular, where this installation has it. `tables`: the tables of school data;
    None takes those that come with the program. `dates`: days of the legal calendar that the school set itself, by event.
    """

    criterion: str | None = None
    official: OfficialText | None = None
    tables: SchoolTables | None = None
    dates: Mapping[str, date] | None = None


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """A form: how it is named, where it comes from, and the function that lays a self-assessment out in it.

    `confidence` says in Vietnamese how sure we are of the layout. `not_for`: beginnings of the ids of frameworks that
    have another form; `instead` is that form.
    """

    id: str
    title: str
    source: str
    confidence: str
    build: Callable[[SelfAssessment, Asked], Document]
    order: int = 100
    formats: tuple[FileFormat, ...] = ("docx", "pdf")
    by_criterion: bool = False
    not_for: tuple[str, ...] = ()
    instead: str | None = None

    def suits(self, framework: str | None) -> bool:
        """Whether the form goes with a framework (its id); a framework that is not known suits every form."""
        return not (framework or "").startswith(self.not_for) if self.not_for and framework else True


@cache
def discover() -> dict[str, AssessmentForm]:
    """Every form by its id, in the order of lists."""
    modules = (import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__))
    found: list[AssessmentForm] = [module.FORM for module in modules if hasattr(module, "FORM")]
    return {form.id: form for form in sorted(found, key=lambda f: (f.order, f.id))}


def list_forms(framework: str | None = None) -> list[AssessmentForm]:
    """The forms, in the order of lists; with a framework's id only those that go with it."""
    return [form for form in discover().values() if form.suits(framework)]


def build(assessment: SelfAssessment, form_id: str, asked: Asked | None = None) -> Document:
    """The self-assessment laid out in a form, as a document tree.

    Raises WritingError: no such form, a form of another framework, no framework where one is needed, a criterion or a
    level that the framework does not have. Raises UnknownFramework for a framework that is not installed.
    """
    form = _form(form_id)
    if not form.suits(assessment.framework):
        hint = f" Hãy dùng mẫu “{form.instead}”." if form.instead else ""
        raise WritingError(f"Mẫu “{form.id}” không dùng cho khung {assessment.framework}.{hint}")
    if asked is not None and asked.criterion is not None and not form.by_criterion:
        raise WritingError(f"Mẫu “{form.id}” viết cho cả bản tự đánh giá, không viết riêng một tiêu chí.")
    return form.build(assessment, asked or Asked())


def write(assessment: SelfAssessment, form_id: str, file_format: FileFormat | str, asked: Asked | None = None) -> bytes:
    """The self-assessment as a file in a form. Raises what `build` does, and WritingError for a format it has not."""
    form = _form(form_id)
    if file_format not in form.formats:
        raise WritingError(
            f"Mẫu “{form.id}” không viết được dạng “{file_format}”. Hãy chọn một trong: {', '.join(form.formats)}."
        )
    return render(build(assessment, form_id, asked), file_format)


def default_form(assessment: SelfAssessment) -> str:
    """The report that suits the framework: Biểu 1, or the report of 2018."""
    return "report-2018" if (assessment.framework or "").startswith("tt1") else "tt57-bieu-1"


def _form(form_id: str) -> AssessmentForm:
    found = discover()
    if form_id not in found:
        near = get_close_matches(form_id, found, n=1, cutoff=0.4)
        hint = f" Có phải ý bạn là “{near[0]}”?" if near else ""
        raise WritingError(f"Không có mẫu “{form_id}” của tự đánh giá.{hint} Các mẫu hiện có: {', '.join(found)}.")
    return found[form_id]
