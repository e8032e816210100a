"""Eight people write different cells of one table at the same moment: every number is there, every save has its version."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest
from django.db import connection

from web.school_data.writers import ROWS, TIMES, YEARS
from web.test_many_write_at_once import environment


def run(what: str, env: dict[str, str]) -> str:
    import subprocess
    import sys

    command = [sys.executable, "-m", "web.school_data.writers", what]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def check(wrong: list[str], cells: dict, versions: list[int]) -> None:
    assert wrong == []
    assert cells == {row: dict.fromkeys(YEARS, me * 10 + TIMES) for me, row in enumerate(ROWS)}
    assert sorted(versions) == list(range(1, len(ROWS) * TIMES * len(YEARS) + 1))


def test_eight_threads_on_sqlite_lose_no_number(tmp_path):
    env = environment(CAITIEN_DATA=str(tmp_path), CAITIEN_DATABASE_URL="")
    env["CAITIEN_TEST_ASSESSMENT"] = run("prepare", env).strip()
    wrong = json.loads(run("threads", env))
    with sqlite3.connect(tmp_path / "caitien.sqlite3") as database:
        (cells,) = database.execute("SELECT cells FROM assessments_schooltable").fetchone()
        versions = [one for (one,) in database.execute("SELECT version FROM assessments_historicalschooltable")]
    check(wrong, json.loads(cells), versions)


@pytest.mark.skipif("sqlite" in os.environ.get("CAITIEN_DATABASE_URL", "sqlite"), reason="runs on PostgreSQL")
def test_eight_threads_on_postgresql_lose_no_number(transactional_db):
    from caitien.web.assessments.models import SchoolTable
    from web.assessments.made import assess
    from web.invented import make_school

    school = make_school("thcs-nhieu-tay", "Trường THCS Nhiều Tay")
    school.level = "thcs"
    school.save()
    base = os.environ["CAITIEN_DATABASE_URL"].rpartition("/")[0]
    env = environment(CAITIEN_DATABASE_URL=f"{base}/{connection.settings_dict['NAME']}")
    env["CAITIEN_TEST_ASSESSMENT"] = str(assess(school).pk)
    wrong = json.loads(run("threads", env))
    row = SchoolTable.objects.get()
    check(wrong, row.cells, list(SchoolTable.history.filter(id=row.pk).values_list("version", flat=True)))
