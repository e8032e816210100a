"""All tables as one XLSX, and one that was filled in back: what it would change is known before anything is stored."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from caitien.assessment.findings import Finding
from caitien.assessment.model import TableData
from caitien.assessment.tables_merging import CellClash
from caitien.errors import WritingError
from caitien.reading.guarded_assessment import read_tables_guarded
from caitien.reading.limits import Limits
from caitien.reading.tables_workbook import taken_over
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.school_data import SchoolData, value_of
from caitien.web.assessments.school_data_writing import HEAD, Key, base_of, differences, joined, pair, set_pair

MOST_BYTES = 8 * 1024 * 1024  # a workbook of ours has some 40 kB
SECONDS = 30
SALT = "caitien.school-data.workbook"
MINE, THEIRS = "mine", "theirs"
VERSION = "@"


@dataclass(slots=True)
class Taken:
    """What a workbook would change. `base`: what its writer saw, by table; `mine`: what she made of it.

    `changed`: cells that would be another; `clashes`: the web changed them too since the file was fetched; `notes`: what
    was not understood; `other_year`: the school year of the file when it is another; `is_foreign`: of another assessment.
    """

    name: str = ""
    base: list[TableData] = field(default_factory=list)
    mine: list[TableData] = field(default_factory=list)
    now: list[TableData] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    result: list[TableData] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    clashes: list[CellClash] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    other_year: str = ""
    is_foreign: bool = False


def workbook(data: SchoolData) -> bytes:
    """The XLSX of all tables, made in a process of its own. Raises WritingError, ValueError without tables."""
    if data.form is None:
        raise ValueError("no tables")
    found = data.assessment
    request = {
        "framework": found.framework,
        "level": data.level,
        "school_year": data.year,
        "school": found.school.name,
        "data": [one.model_dump(mode="json") for one in data.data],
        "stamps": {table.id: f"{found.pk}{VERSION}{data.version(table.id)}" for table in data.form.tables},
    }
    command = [sys.executable, "-X", "utf8", "-m", "caitien.web.assessments.workbook_process"]
    done = subprocess.run(command, input=json.dumps(request).encode(), capture_output=True, timeout=SECONDS)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise WritingError(said[-1] if said else "xlsx")
    return done.stdout


def take(data: SchoolData, name: str, content: bytes) -> Taken:
    """What a workbook says, compared with what is stored. Raises ReadingError with a sentence for a wrong file."""
    found = data.assessment
    read = read_tables_guarded(
        content, found.framework, data.level, name=name, limits=Limits(file_bytes=MOST_BYTES, cells=60_000)
    )
    made = Taken(name=name, notes=read.findings)
    for one in read.data:
        year, stamp = read.stamps.get(one.table, ("", ""))
        key, _at, version = stamp.rpartition(VERSION)
        if key and key != str(found.pk):
            made.is_foreign = True
        if year and year != data.year:
            made.other_year = year
        row = data.rows.get(one.table)
        now = value_of(row, one.table)
        own = key == str(found.pk) and version.isdecimal() and len(version) < 10
        made.base.append(base_of(row, one.table, int(version)) if own else now)
        made.now.append(now)
        made.versions[one.table] = data.version(one.table)
    mine = {one.table: one for one in taken_over(made.base, read)}
    made.mine = [mine.get(one.table) or TableData(table=one.table) for one in made.base]
    return compared(made)


def compared(taken: Taken) -> Taken:
    """With what it would change now."""
    merged = joined(taken.base, taken.mine, taken.now)
    now = {one.table: one for one in taken.now}
    taken.result = merged.tables
    taken.clashes = list(merged.clashes)
    taken.changed = [
        key for one in merged.tables for key in differences(now.get(one.table) or TableData(table=one.table), one)
    ]
    moved = {*taken.changed, *((one.table, one.row, one.column) for one in taken.clashes)}
    taken.notes = [  # words that stood there before are no news
        one
        for one in taken.notes
        if one.rule != "not-a-number" or (one.place.table, one.place.row, one.place.column) in moved
    ]
    return taken


def sealed(taken: Taken, assessment: Assessment) -> str:
    """What was read, to be sent back with the answer: signed, so that it is what we read."""
    value = {
        "a": str(assessment.pk),
        "n": taken.name,
        "b": [one.model_dump(mode="json") for one in taken.base],
        "m": [one.model_dump(mode="json") for one in taken.mine],
        "v": taken.versions,
    }
    return signing.dumps(value, salt=SALT, compress=True)


def opened(text: str, data: SchoolData) -> Taken | None:
    """What `sealed` gave, compared with what is stored now; None when it is not ours, or of another assessment."""
    try:
        value: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    if value["a"] != str(data.assessment.pk):
        return None
    made = Taken(
        name=value["n"],
        base=[TableData.model_validate(one) for one in value["b"]],
        mine=[TableData.model_validate(one) for one in value["m"]],
        versions=value["v"],
    )
    made.now = [value_of(data.rows.get(one.table), one.table) for one in made.base]
    return compared(made)


def decided(taken: Taken, answers: Mapping[Key, str]) -> Taken | None:
    """With a person's answers to clashes put in; None when one of them is not answered.

    The file's number stands as if its writer had seen the other; else the other's stays.
    """
    base = {one.table: one for one in taken.base}
    now = {one.table: one for one in taken.now}
    for clash in taken.clashes:
        key = (clash.table, clash.row, clash.column)
        if answers.get(key) not in (MINE, THEIRS):
            return None
        there = now[clash.table]
        if clash.row in HEAD:
            base[clash.table] = base[clash.table].model_copy(update={HEAD[clash.row]: getattr(there, HEAD[clash.row])})
        else:
            base[clash.table] = set_pair(
                base[clash.table], clash.row, clash.column, pair(there, clash.row, clash.column)
            )
    mine = {one.table: one for one in taken.mine}
    for clash in taken.clashes:
        if answers[clash.table, clash.row, clash.column] == THEIRS:
            seen = base[clash.table]
            if clash.row in HEAD:
                mine[clash.table] = mine[clash.table].model_copy(
                    update={HEAD[clash.row]: getattr(seen, HEAD[clash.row])}
                )
            else:
                mine[clash.table] = set_pair(
                    mine[clash.table], clash.row, clash.column, pair(seen, clash.row, clash.column)
                )
    taken.base, taken.mine = list(base.values()), [mine[one] for one in base]
    return compared(taken)
