"""Eight people fill in one table at once: `python -m web.school_data.writers WHAT`, on the database of the environment.

prepare  tables, a school and its self-assessment; prints the key of the assessment
threads  each thread writes every cell of its own row, one by one; prints what went wrong as JSON
"""

from __future__ import annotations

import json
import os
import sys
import threading
from random import Random

KEY = os.environ.get("CAITIEN_TEST_ASSESSMENT", "")
ROWS = (
    "class-solid",
    "class-semi",
    "class-temporary",
    "subject-solid",
    "subject-semi",
    "support-solid",
    "library",
    "other",
)
YEARS = ("2024-2025", "2025-2026", "2026-2027")
TIMES = 3


def main(what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    {"prepare": prepare, "threads": threads}[what]()


def prepare() -> None:
    from django.core.management import call_command

    from web.assessments.made import assess
    from web.invented import make_school

    call_command("migrate", verbosity=0)
    school = make_school("thcs-nhieu-tay", "Trường THCS Nhiều Tay")
    school.level = "thcs"
    school.save()
    print(assess(school).pk)


def threads() -> None:
    """Each thread looks at the table (or at an old look of it), writes one cell of its row, and again."""
    from django.db import connection

    from caitien.web.assessments.models import Assessment
    from caitien.web.assessments.school_data import of, value_of
    from caitien.web.assessments.school_data_writing import base_of, set_pair, write

    wrong: list[str] = []
    start = threading.Barrier(len(ROWS))

    def writer(me: int) -> None:
        chance = Random(me)
        try:
            start.wait()
            seen = 0
            for time in range(TIMES):
                for year in YEARS:
                    assessment = Assessment.objects.select_related("school", "year").get(pk=KEY)
                    known = of(assessment)
                    row = known.rows.get("rooms")
                    if chance.random() < 0.5 or not time:
                        seen = known.version("rooms")
                    base = base_of(row, "rooms", seen)
                    if time and base.cells.get(ROWS[me], {}).get(year) != value_of(row, "rooms").cells.get(
                        ROWS[me], {}
                    ).get(year):
                        base, seen = value_of(row, "rooms"), known.version("rooms")
                    mine = set_pair(base, ROWS[me], year, (me * 10 + time + 1, None))
                    done = write(assessment, [base], [mine], user=None)
                    if done.clashes:
                        wrong.append(f"clash {ROWS[me]} {year} {done.clashes}")
        except Exception as failed:
            wrong.append(f"{type(failed).__name__}: {failed}")
        connection.close()

    work = [threading.Thread(target=writer, args=(me,)) for me in range(len(ROWS))]
    for one in work:
        one.start()
    for one in work:
        one.join()
    print(json.dumps(wrong, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
