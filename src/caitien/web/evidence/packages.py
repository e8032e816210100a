"""What of a school goes into a package of evidence: which files, which stay behind and why, which papers go along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.assessment.model import SelfAssessment
from caitien.packing.model import Content, Made, Packed, Paper, Progress
from caitien.packing.writing_zip import write_package
from caitien.standards.model import Framework
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.values import entries, evidence_of, evidence_of_school, to_value
from caitien.web.evidence.kept_apart import as_index_entries
from caitien.web.evidence.models import Evidence, Opening, StoredFile

PIECE = 1 << 20  # bytes read at a time
SQUEEZED = frozenset({"txt", "csv", "doc", "xls", "ppt", "bmp", "tiff"})
"""Kinds that grow smaller in a ZIP; all others are compressed already."""
KEPT_BACK = gettext_noop("Có thông tin cần giữ kín: tệp không kèm trong gói, xem tại trường.")
NOT_SCANNED = gettext_noop("Tệp chưa quét xong mã độc nên không kèm trong gói.")
BLOCKED = (StoredFile.Scan.WAITING, StoredFile.Scan.INFECTED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`everything`: also evidence that the assessment does not use. `sensitive`: files marked so go along, and it is logged.

    `papers`: the report and the list go along.
    """

    everything: bool = False
    sensitive: bool = False
    papers: bool = True


@dataclass(frozen=True, slots=True)
class Size:
    """What a package would hold, before it is made."""

    evidence: int
    files: int
    size: int  # bytes
    kept_back: int  # evidences whose files stay behind


def pack(
    out: Path, assessment: Assessment, framework: Framework, wanted: Wanted, user: Any, progress: Progress | None = None
) -> Made:
    """Writes the package of an assessment to a file. Files marked sensitive that go along are logged as opened."""
    rows = _rows(assessment, framework, wanted)
    value = to_value(assessment, evidence=False)
    value.evidence = entries(rows, framework)
    if not wanted.sensitive:
        value = as_index_entries(value)
    if wanted.sensitive:
        _log(assessment, rows, user)
    papers = list(_papers(value)) if wanted.papers else []
    packed = [_packed(place, row, wanted) for place, row in enumerate(rows)]
    with out.open("wb") as file:
        return write_package(file, value, framework, packed, papers, made_at=timezone.localtime(), progress=progress)


def size_of(assessment: Assessment, framework: Framework, wanted: Wanted) -> Size:
    """How large the package would be (five queries)."""
    packed = [_packed(place, row, wanted) for place, row in enumerate(_rows(assessment, framework, wanted))]
    files = [content for one in packed for content in one.files]
    return Size(len(packed), len(files), sum(one.size for one in files), sum(1 for one in packed if one.kept_back))


def _rows(assessment: Assessment, framework: Framework, wanted: Wanted) -> list[Evidence]:
    if wanted.everything:
        return evidence_of_school(assessment, framework)
    from caitien.web.assessments.values import cited_codes

    return evidence_of(assessment, framework, cited_codes(to_value(assessment, evidence=False), framework))


def _packed(place: int, row: Evidence, wanted: Wanted) -> Packed:
    links = tuple(one.url for one in row.loaded_files if one.url)
    files = [one for one in row.loaded_files if one.file]
    if row.sensitive and not wanted.sensitive:
        return Packed(place, (), (), KEPT_BACK if files or links else None)
    clean = [one for one in files if one.file.scan not in BLOCKED]
    contents = tuple(
        Content(one.name, _reader(one.file), one.file.size, one.file.kind not in SQUEEZED) for one in clean
    )
    return Packed(place, contents, links, None if len(clean) == len(files) else NOT_SCANNED)


def _reader(file: StoredFile) -> Callable[[], Iterable[bytes]]:
    def read() -> Iterator[bytes]:
        with file.content.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    return read


def _papers(value: SelfAssessment) -> Iterator[Paper]:
    """The report and the list; one that cannot be written yet (a report of half a school year) does not stop the package."""
    from caitien.errors import CaiTienError
    from caitien.web.plans.forms_of_documents import rendered
    from caitien.writing import assessment as papers

    report = papers.default_form(value)
    for form, format, name, title in (
        (report, "docx", "bao-cao-tu-danh-gia.docx", "Báo cáo tự đánh giá (Word)"),
        (report, "pdf", "bao-cao-tu-danh-gia.pdf", "Báo cáo tự đánh giá (PDF)"),
        ("evidence-list", "pdf", "danh-muc-minh-chung.pdf", "Danh mục minh chứng (PDF)"),
        ("evidence-list", "xlsx", "danh-muc-minh-chung.xlsx", "Danh mục minh chứng (Excel)"),
    ):
        try:
            yield Paper(name, title, rendered(papers.build(value, form), format))
        except CaiTienError:
            continue


def _log(assessment: Assessment, rows: list[Evidence], user: Any) -> None:
    Opening.objects.bulk_create(
        Opening(school=assessment.school, evidence=row, what=Opening.What.PACK, by=user)
        for row in rows
        if row.sensitive and row.loaded_files  # type: ignore[attr-defined]
    )
