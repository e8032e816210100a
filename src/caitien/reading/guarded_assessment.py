"""Workbooks of school data and lists of evidence read in a process of their own, as `guarded` does it for plans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caitien.assessment.evidence_list_reading import EvidenceListRead
from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import EvidenceEntry, TableData
from caitien.reading.guarded import in_child
from caitien.reading.limits import DEFAULT_LIMITS, Limits
from caitien.reading.opening import read_bytes
from caitien.reading.refusals import refuse
from caitien.reading.tables_workbook import TablesRead


def read_tables_guarded(
    source: Path | str | bytes,
    framework: str,
    level: str | None,
    *,
    name: str | None = None,
    folders: Sequence[Path] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TablesRead:
    """As `read_tables` with the tables of a framework (its id) at a school level. Raises ReadingError, also "too_slow", …"""
    content, shown = read_bytes(source, name, limits)
    where = None if folders is None else [str(folder) for folder in folders]
    asked = {"framework": framework, "level": level, "folders": where}
    answer = in_child({"name": shown, "kind": "tables", **asked}, content, limits)["answer"]
    return TablesRead(
        [TableData.model_validate(one) for one in answer["data"]],
        {(table, row, column) for table, row, column in answer["seen"]},
        _findings(answer["findings"]),
        {table: (year, stamp) for table, (year, stamp) in answer["stamps"].items()},
    )


def read_evidence_list_guarded(
    source: Path | str | bytes, framework: str, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> EvidenceListRead:
    """As `read_evidence_list` with a framework (its id). Raises ReadingError, also "too_slow", "too_much_memory", …"""
    content, shown = read_bytes(source, name, limits)
    answer = in_child({"name": shown, "kind": "evidence", "framework": framework}, content, limits)["answer"]
    entries = [EvidenceEntry.model_validate(one) for one in answer["entries"]]
    return EvidenceListRead(entries, _findings(answer["findings"]), found_headings=True)


def answer_of(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """In the child: what came of a file, as plain JSON values. Raises ReadingError."""
    from caitien.assessment.tables_loading import tables_for
    from caitien.reading.evidence_list import read_evidence_list
    from caitien.reading.tables_workbook import read_tables
    from caitien.standards import load

    limits = Limits(**request["limits"])
    if request["kind"] == "evidence":
        read = read_evidence_list(content, load(request["framework"]), name=request["name"], limits=limits)
        return {
            "entries": [one.model_dump(mode="json") for one in read.entries],
            "findings": [one.to_dict() for one in read.findings],
        }
    folders = None if request["folders"] is None else [Path(folder) for folder in request["folders"]]
    tables = tables_for(request["framework"], request["level"], folders)
    if tables is None:
        raise refuse("not_tables")
    found = read_tables(content, tables, name=request["name"], limits=limits)
    return {
        "data": [one.model_dump(mode="json") for one in found.data],
        "seen": sorted(found.seen),
        "findings": [one.to_dict() for one in found.findings],
        "stamps": found.stamps,
    }


def _findings(values: Sequence[dict[str, Any]]) -> list[Finding]:
    return [
        Finding(one["rule"], one["severity"], one["message"], Place(**one["place"]), one["quote"]) for one in values
    ]
