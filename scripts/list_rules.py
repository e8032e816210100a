#!/usr/bin/env python3
"""Write the table of rules into docs/checking.md. With --check: exit 1 when the table is not up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from caitien.checking import catalogue

PAGE = Path(__file__).resolve().parents[1] / "docs" / "checking.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->"


def page_with_table(page: str) -> str:
    """The page with the table of the rules between its two marks."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    rows = ["| id | mức | tên | giải thích | căn cứ |", "|---|---|---|---|---|"]
    words = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý"}
    rows += [f"| `{r.id}` | {words[r.severity]} | {r.title} | {r.explanation} | {r.source} |" for r in catalogue()]
    return f"{head}{BEGIN}{chr(10).join(rows)}\n{END}{tail}"


def main(arguments: list[str]) -> int:
    old = PAGE.read_text("utf-8")
    new = page_with_table(old)
    if "--check" in arguments:
        return int(old != new)
    PAGE.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
