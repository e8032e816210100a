"""The files of tables -> `SchoolTables`, or every mistake with its file, line and field.

A folder of a person's own is read after ours: a file with the same id takes the place of ours. Folders of an installation
are named by CAITIEN_TABLES (several: separated as in PATH).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from caitien.assessment.tables_model import GRADE, SEPARATOR, SchoolTables, Shared, Table, TableRow, TableSet
from caitien.standards import marked_yaml
from caitien.standards.problems import FrameworkFileError, Problem
from caitien.standards.validating import build_value

PACKAGED = Path(__file__).parent / "tables"
FOLDERS_VARIABLE = "CAITIEN_TABLES"
Path_ = tuple[str | int, ...]
Stamp = tuple[tuple[str, int, int], ...]  # file, when it was changed, its size


def tables_for(framework: str, level: str | None, folders: Sequence[Path] | None = None) -> SchoolTables | None:
    """The tables of a framework (its id) at a school level; None when no file is about it.

    `folders`: more folders to look in, later ones win. Raises FrameworkFileError: a file is malformed. None: the folders
    of the installation; a malformed file in them is as if they were empty (`problems_of_own_files` names its slips).
    """
    if folders is not None:
        return _tables_of(framework, level, *_stamped((PACKAGED, *folders)))
    try:
        return _tables_of(framework, level, *_stamped((PACKAGED, *own_folders())))
    except FrameworkFileError:
        return _tables_of(framework, level, *_stamped((PACKAGED,)))


def own_folders() -> tuple[Path, ...]:
    """The folders of this installation's own files of tables."""
    named = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    return tuple(Path(folder) for folder in named if folder)


def problems_of_own_files() -> list[Problem]:
    """Every mistake in this installation's own files of tables."""
    try:
        _sets((PACKAGED, *own_folders()))
    except FrameworkFileError as error:
        return list(error.problems)
    return []


def table_sets(folders: Sequence[Path] = ()) -> tuple[TableSet, ...]:
    """Every file, in order of its name. Raises FrameworkFileError with every mistake of all files."""
    return tuple(_sets((PACKAGED, *folders)).values())


def check_tables_file(path: Path, folders: Sequence[Path] = ()) -> SchoolTables:
    """Validate a file, wherever it lies; it may share tables of those installed. Raises FrameworkFileError."""
    sets = dict(_sets((PACKAGED, *folders)))
    raw, one = _read(path)
    sets[one.id] = one
    problems = list(_mistakes(raw, one, sets, str(path)))
    if problems:
        raise FrameworkFileError(problems)
    return resolved(one, sets)


def resolved(one: TableSet, sets: Mapping[str, TableSet]) -> SchoolTables:
    """A file with shared tables taken in and a row for each grade.

    Of a shared table, what hangs on tables that are not here is let go: such a number is typed.
    """
    here = {shared.table for shared in one.shared} | {table.id for table in one.tables}
    tables = [*(_without_strangers(_taken(shared, sets), here) for shared in one.shared), *one.tables]
    made = [_expanded(table, one.grades) for table in tables]
    if one.order:
        made.sort(key=lambda table: one.order.index(table.id) if table.id in one.order else len(one.order))
    return SchoolTables(one.id, one.title, one.years, one.known, one.mark, one.source, one.note, tuple(made))


def _taken(shared: Shared, sets: Mapping[str, TableSet]) -> Table:
    table = next(table for table in sets[shared.source].tables if table.id == shared.table)
    said = {"number": shared.number, "title": shared.title, "note": shared.note}
    return table.model_copy(
        update={"where": shared.where, "mark": shared.mark} | {k: v for k, v in said.items() if v is not None}
    )


def _without_strangers(table: Table, here: set[str]) -> Table:
    def known(reference: str) -> bool:
        return SEPARATOR not in reference or reference.split(SEPARATOR)[0] in here

    rows = []
    for row in table.rows:
        update: dict[str, Any] = {"at_most": tuple(r for r in row.at_most if known(r))}
        if row.quotient and not (known(row.quotient.part) and known(row.quotient.of)):
            update["quotient"] = None
        if row.same_as and not known(row.same_as.cell):
            update["same_as"] = None
        if not all(known(reference) for reference in row.sum_of):
            update["sum_of"] = ()
        rows.append(row.model_copy(update=update))
    return table.model_copy(update={"rows": tuple(rows)})


def _expanded(table: Table, grades: Sequence[str]) -> Table:
    """The table with a row for each grade where one says {grade}; without grades such rows and their sums go."""

    def all_of(references: Sequence[str]) -> tuple[str, ...]:
        return tuple(made for r in references for made in (_of_grades(r, grades) if GRADE in r else [r]))

    rows: list[TableRow] = []
    for row in table.rows:
        row = row.model_copy(update={"sum_of": all_of(row.sum_of)})
        if GRADE not in row.id:
            rows.append(row.model_copy(update={"at_most": all_of(row.at_most)}))
            continue
        rows += [
            row.model_copy(
                update={
                    "id": row.id.replace(GRADE, grade),
                    "title": row.title.replace(GRADE, grade),
                    "at_most": tuple(r.replace(GRADE, grade) for r in row.at_most),
                }
            )
            for grade in grades
        ]
    return table.model_copy(update={"rows": tuple(rows)})


def _of_grades(text: str, grades: Sequence[str]) -> list[str]:
    return [text.replace(GRADE, grade) for grade in grades]


# --- reading


@lru_cache(maxsize=64)
def _tables_of(framework: str, level: str | None, folders: tuple[Path, ...], stamp: Stamp) -> SchoolTables | None:
    sets = _sets_of(folders, stamp)
    for one in reversed(list(sets.values())):
        if level in one.levels and any(framework.startswith(prefix) for prefix in one.frameworks):
            return resolved(one, sets)
    return None


@lru_cache(maxsize=8)
def _sets_of(folders: tuple[Path, ...], _stamp: Stamp) -> dict[str, TableSet]:
    found: dict[str, tuple[Any, TableSet, Path]] = {}
    problems: list[Problem] = []
    for path in _files(folders):
        try:
            raw, one = _read(path)
        except FrameworkFileError as error:
            problems += error.problems
            continue
        if one.id != path.stem:
            problems.append(Problem(str(path), 1, "id", f"tên tệp phải là “{one.id}.yaml”."))
        found[one.id] = (raw, one, path)
    sets = {name: one for name, (_, one, _) in found.items()}
    for raw, one, path in found.values():
        problems += _mistakes(raw, one, sets, str(path))
    if problems:
        raise FrameworkFileError(problems)
    return sets


def _sets(folders: tuple[Path, ...]) -> dict[str, TableSet]:
    return _sets_of(*_stamped(folders))


def _stamped(folders: tuple[Path, ...]) -> tuple[tuple[Path, ...], Stamp]:
    """The folders with what tells whether a file in them changed."""
    found = [(str(file), file.stat()) for file in _files(folders)]
    return folders, tuple((name, known.st_mtime_ns, known.st_size) for name, known in found)


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


def _read(path: Path) -> tuple[Any, TableSet]:
    try:
        raw = marked_yaml.read(path)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(path), error.line, "", error.message)]) from error
    return raw, build_value(TableSet, raw, str(path))


# --- what no single field can show


def _mistakes(raw: Any, one: TableSet, sets: Mapping[str, TableSet], file: str) -> Iterator[Problem]:
    for path, message in _inconsistencies(one, sets):
        place = marked_yaml.place_of(raw, path)
        field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        yield Problem(place.file if place else file, place.line if place else None, field, message)


def _inconsistencies(one: TableSet, sets: Mapping[str, TableSet]) -> Iterator[tuple[Path_, str]]:
    names: set[str] = set()
    broken = False
    for n, shared in enumerate(one.shared):
        lender = sets.get(shared.source)
        if lender is None or all(table.id != shared.table for table in lender.tables):
            broken = True
            yield ("shared", n, "table"), f"không có bảng “{shared.table}” trong tệp “{shared.source}”."
        if shared.table in names:
            yield ("shared", n, "table"), f"bảng “{shared.table}” dùng hai lần."
        names.add(shared.table)
    for n, table in enumerate(one.tables):
        if table.id in names:
            yield ("tables", n, "id"), f"bảng “{table.id}” dùng hai lần."
        names.add(table.id)
        yield from ((("tables", n, *path), said) for path, said in _table_mistakes(table, one.grades))
    for n, name in enumerate(one.order):
        if name not in names:
            yield ("order", n), f"không có bảng “{name}”."
    if not broken:
        yield from _dangling(one, sets)


def _table_mistakes(table: Table, grades: Sequence[str]) -> Iterator[tuple[Path_, str]]:
    if table.by_year == bool(table.columns):
        yield ("columns",), "bảng có cột riêng (columns) hoặc theo năm học (by_year: true), không cả hai."
    for axis, lines in (("rows", table.rows), ("columns", table.columns)):
        ids: list[str] = [line.id for line in lines]
        for n, line in enumerate(lines):
            if ids.index(line.id) != n:
                yield (axis, n, "id"), f"mã “{line.id}” dùng hai lần trong bảng “{table.id}”."
            if axis == "columns":
                for field in ("sum_of", "at_most"):
                    for i, reference in enumerate(getattr(line, field)):
                        if reference not in ids:
                            yield (axis, n, field, i), f"bảng “{table.id}” không có cột “{reference}”."
        for n, limit in enumerate(table.limits):
            if limit.axis != axis:
                continue
            for i, reference in enumerate(limit.sum_of):
                if reference not in ids:
                    yield ("limits", n, "sum_of", i), f"bảng “{table.id}” không có “{reference}”."
            if isinstance(limit.at_most, str) and limit.at_most not in ids:
                yield ("limits", n, "at_most"), f"bảng “{table.id}” không có “{limit.at_most}”."
    for n, row in enumerate(table.rows):
        if GRADE in row.id and not grades:
            yield ("rows", n, "id"), "có {grade} mà tệp không có grades."
        if sum((bool(row.sum_of), row.quotient is not None, row.same_as is not None)) > 1 and not (
            row.same_as and row.same_as.column
        ):
            yield ("rows", n), f"dòng “{row.id}” chỉ được tính một cách: sum_of, quotient hoặc same_as."
        if row.usual and row.usual[0] > row.usual[1]:
            yield ("rows", n, "usual"), "số đầu phải nhỏ hơn số sau."


def _dangling(one: TableSet, sets: Mapping[str, TableSet]) -> Iterator[tuple[Path_, str]]:
    """References to rows and cells that are not there, and numbers that are computed from themselves."""
    tables = {table.id: table for table in resolved(one, sets).tables}
    edges: dict[tuple[str, str], list[tuple[str, str]]] = {}
    places = {table.id: ("tables", n) for n, table in enumerate(one.tables)}
    for table in tables.values():
        path = places.get(table.id, ("shared",))
        for row in table.rows:
            own = (table.id, row.id)
            for reference in _references(row):
                target, line, column = parted(reference, table.id)
                known = tables.get(target)
                if known is None or all(other.id != line for other in known.rows):
                    yield path, f"dòng “{row.id}” nói đến “{reference}”, không có trong các bảng."
                elif column is not None and (known.by_year or all(c.id != column for c in known.columns)):
                    yield path, f"dòng “{row.id}” nói đến cột “{column}” không có của bảng “{target}”."
                elif reference not in row.at_most:
                    edges.setdefault(own, []).append((target, line))
    for start in edges:
        if _reaches_itself(start, edges):
            yield places.get(start[0], ("shared",)), f"dòng “{start[1]}” được tính từ chính nó."


def _references(row: TableRow) -> list[str]:
    quotient = [row.quotient.part, row.quotient.of] if row.quotient else []
    return [*row.sum_of, *row.at_most, *quotient, *([row.same_as.cell] if row.same_as else [])]


def parted(reference: str, table: str) -> tuple[str, str, str | None]:
    """A reference in a table as (table, row, column or None for the same one)."""
    match reference.split(SEPARATOR):
        case [row]:
            return table, row, None
        case [other, row]:
            return other, row, None
        case [other, row, column]:
            return other, row, column
    raise ValueError(reference)


def _reaches_itself(start: tuple[str, str], edges: Mapping[tuple[str, str], list[tuple[str, str]]]) -> bool:
    waiting, seen = list(edges[start]), set()
    while waiting:
        one = waiting.pop()
        if one == start:
            return True
        if one not in seen:
            seen.add(one)
            waiting += edges.get(one, [])
    return False
