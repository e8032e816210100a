"""Writes one document in a process of its own: a plan value as JSON on standard input, the file on standard output.

Knows no Django. See `forms_of_documents.written` for why.
"""

from __future__ import annotations

import sys


def main() -> None:
    from caitien.plan import ImprovementPlan
    from caitien.writing import write

    form, format = sys.argv[1:3]
    plan = ImprovementPlan.model_validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(write(plan, form, format))


if __name__ == "__main__":
    main()
