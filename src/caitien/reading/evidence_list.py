"""A list of evidence out of a file (XLSX, DOCX, PDF): its tables read as entries, however many pages they run over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from caitien.assessment.evidence_list_reading import EvidenceListRead, columns_of, read_rows
from caitien.reading.limits import DEFAULT_LIMITS, Limits, Progress
from caitien.reading.opening import open_source
from caitien.reading.refusals import refuse
from caitien.reading.source import Table
from caitien.standards.model import Framework


def read_evidence_list(
    source: Path | str | bytes,
    framework: Framework,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Progress | None = None,
) -> EvidenceListRead:
    """The entries of all lists of evidence in a file. Raises ReadingError: as `open_source`, and "no_evidence_list"."""
    document = open_source(source, name, limits, on_progress)
    made = EvidenceListRead()
    columns: dict[int, str] = {}
    width = 0
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        rows = [[cell.text if cell else "" for cell in row] for row in block.grid()]
        own = columns_of(rows)
        if own:
            columns, width = own, block.column_count
        elif block.column_count != width:
            continue
        read = read_rows(rows, framework, columns=columns)
        shift = len(made.entries)
        made.found_headings |= read.found_headings
        made.entries += read.entries
        made.findings += [
            replace(one, place=replace(one.place, evidence=(one.place.evidence or 0) + shift)) for one in read.findings
        ]
    if not made.found_headings:
        raise refuse("no_evidence_list")
    return made
