"""What a workbook of school data says in its hidden cells, so that an edited file comes back cell by cell.

The first column of a sheet (hidden) says which row of which table a line is, a hidden line says which column. The one
who writes (`caitien.writing.tables_workbook`) and the one who reads (`caitien.reading.tables_workbook`) agree here.
"""

from __future__ import annotations

import re

MARK = "caitien.tables/1"
GUIDE = "guide"
COLUMNS = "#columns"
COMPUTED = "#computed"  # the hidden last column: what was computed when the file was written
AS_OF = "#as-of"
SOURCE = "#source"

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def sheet_key(table: str, school_year: str, stamp: str = "") -> str:
    """What stands in the first cell of a table's sheet. `stamp`: by which its writer knows again what it held then."""
    return "|".join(filter(None, (MARK, table, school_year, stamp)))


def read_sheet_key(text: str) -> tuple[str, str, str] | None:
    """(table, school year, stamp) of a first cell; None for a sheet that is none of ours."""
    mark, _, rest = text.partition("|")
    table, _, rest = rest.partition("|")
    year, _, stamp = rest.partition("|")
    return (table, year, stamp) if mark == MARK and table else None


def computed_key(numbers: dict[str, int | float]) -> str:
    """Computed numbers of a line by column."""
    return "|".join(f"{column}={number!r}" for column, number in numbers.items())


def read_computed_key(text: str) -> dict[str, float]:
    """The computed numbers back; what cannot be read is left out."""
    found: dict[str, float] = {}
    for part in text.split("|"):
        column, equals, number = part.rpartition("=")
        if equals:
            try:
                found[column] = float(number)
            except ValueError:
                continue
    return found


def day_shown(value: str | None) -> str:
    """ISO day as 31/05/2026; anything else as it is."""
    found = _ISO.fullmatch(value or "")
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value or ""


def day_read(text: str) -> str:
    """31/5/2026 as ISO day; anything else as it is."""
    found = _DAY.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text
