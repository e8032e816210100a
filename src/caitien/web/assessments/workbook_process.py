"""Writes the workbook of school data in a process of its own: JSON on standard input, the file on standard output.

Knows no Django: openpyxl would double the memory of a worker for good.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    from caitien.assessment.model import TableData
    from caitien.assessment.tables_loading import tables_for
    from caitien.writing.tables_workbook import tables_workbook

    asked = json.loads(sys.stdin.buffer.read())
    tables = tables_for(asked["framework"], asked["level"])
    if tables is None:
        raise SystemExit("Chưa có bảng số liệu cho khung và cấp học này.")
    data = [TableData.model_validate(one) for one in asked["data"]]
    sys.stdout.buffer.write(tables_workbook(tables, asked["school_year"], data, asked["school"], asked["stamps"]))


if __name__ == "__main__":
    main()
