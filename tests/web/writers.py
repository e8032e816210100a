"""A server's worth of writers, in a process of its own: `python -m web.writers WHAT`, on the database of the environment.

prepare  tables, a school and a plan of one row; prints the key of the row
threads  50 edits of that row from 8 threads; prints what became of each as JSON
endless  saves again and again until it is killed; prints a line when it has begun
"""

from __future__ import annotations

import json
import os
import sys
import threading
from itertools import count

ROW = os.environ.get("CAITIEN_TEST_ROW", "")
THREADS, EDITS = 8, 50
FIELDS = ("content", "weakness", "cause", "objective", "note", "result", "current_state", "resources_text")


def main(what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    {"prepare": prepare, "threads": threads, "endless": endless}[what]()


def prepare() -> None:
    from django.core.management import call_command

    from caitien.web.plans.values import store
    from web.invented import make_school, make_user, plan_value

    call_command("migrate", verbosity=0)
    school = make_school("th-nhieu-tay", "Trường Nhiều Tay")
    plan = store(school, plan_value(1), make_user("thu-ky-moi"))
    print(plan.actions.get().pk)


def threads() -> None:
    """Each thread is an editor: she looks at the row, and saves one field of it; when it clashes she looks again."""
    from django.db import connection

    from caitien.web.plans.editing import save_edit, set_columns
    from caitien.web.plans.models import Action

    told: list[dict[str, object]] = []
    numbers = count()
    start = threading.Barrier(THREADS)

    def editor(me: int) -> None:
        start.wait()
        while (number := next(numbers)) < EDITS:
            text = f"lời {number} của {me}"
            field = FIELDS[number % len(FIELDS)]
            line: dict[str, object] = {"field": field, "text": text}
            try:
                for _again in range(EDITS):
                    seen = Action.objects.select_related("school").get(pk=ROW)
                    if number % 5:
                        outcome = save_edit(seen.school, seen.pk, {field: {field: text}}, base=seen, user=None)
                    else:
                        outcome = set_columns(seen.school, seen.pk, {field: text}, user=None, reason="")
                    if not outcome.clashes:
                        break
                line |= {"version": outcome.row.version, "clash": bool(outcome.clashes)}
            except Exception as failed:
                line["error"] = f"{type(failed).__name__}: {failed}"
            told.append(line)
        connection.close()

    work = [threading.Thread(target=editor, args=(me,)) for me in range(THREADS)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    print(json.dumps(told, ensure_ascii=False))


def endless() -> None:
    """Two fields at once, always the same words in both: a row with two different ones would be half a save."""
    from caitien.web.plans.editing import set_columns
    from caitien.web.plans.models import Action

    row = Action.objects.select_related("school").get(pk=ROW)
    print("begun", flush=True)
    for number in count():
        words = f"{number} " * 2_000
        set_columns(row.school, row.pk, {"content": words, "note": words}, user=None, reason="")


if __name__ == "__main__":
    main(sys.argv[1])
