"""Many people write in one plan at the same moment, and a server is killed in the middle: no word is lost, no row is half."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

TESTS = Path(__file__).resolve().parents[1]
KILLS = 6


def run(what: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "web.writers", what], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1", **more}


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """A data folder of its own with a plan of one row, on SQLite as a school has it: (environment, database file)."""
    folder = tmp_path_factory.mktemp("truong")
    env = environment(CAITIEN_DATA=str(folder), CAITIEN_DATABASE_URL="")
    env["CAITIEN_TEST_ROW"] = run("prepare", env).strip()
    return env, folder / "caitien.sqlite3"


def check_all_kept(told: list[dict], lines: list[dict]) -> None:
    assert len(told) == 50
    assert [one["error"] for one in told if "error" in one] == []
    assert not any(one["clash"] for one in told)
    for one in told:  # each accepted text is the words of the line of history with the version that its writer was told
        assert lines[one["version"]][one["field"]] == one["text"]
    assert sorted(one["version"] for one in told) == list(range(2, 52))  # one version each, none twice


def test_eight_threads_on_sqlite_lose_nothing(own_server):
    env, file = own_server
    told = json.loads(run("threads", env))
    with sqlite3.connect(file) as database:
        database.row_factory = sqlite3.Row
        lines = {row["version"]: dict(row) for row in database.execute("SELECT * FROM plans_historicalaction")}
    check_all_kept(told, lines)


@pytest.mark.skipif("sqlite" in os.environ.get("CAITIEN_DATABASE_URL", "sqlite"), reason="runs on PostgreSQL")
def test_eight_threads_on_postgresql_lose_nothing(transactional_db):
    from caitien.web.plans.models import Action
    from caitien.web.plans.values import store
    from web.invented import make_school, make_user, plan_value

    row = store(make_school("th-nhieu-tay", "Trường Nhiều Tay"), plan_value(1), make_user("thu-ky-moi")).actions.get()
    base = os.environ["CAITIEN_DATABASE_URL"].rpartition("/")[0]
    url = f"{base}/{connection.settings_dict['NAME']}"
    told = json.loads(run("threads", environment(CAITIEN_DATABASE_URL=url, CAITIEN_TEST_ROW=str(row.pk))))
    check_all_kept(told, {line["version"]: line for line in Action.history.filter(id=row.pk).values()})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_server_killed_in_the_middle_of_a_save_leaves_a_whole_row(own_server):
    env, file = own_server
    chance = random.Random(2026)
    for _kill in range(KILLS):
        server = subprocess.Popen(
            [sys.executable, "-m", "web.writers", "endless"], env=env, stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        assert server.stdout.readline() == "begun\n"
        time.sleep(0.05 + chance.random() * 0.15)
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stdout.close()
        with sqlite3.connect(file) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            content, note, version = database.execute("SELECT content, note, version FROM plans_action").fetchone()
            newest = database.execute(
                "SELECT content, note, version FROM plans_historicalaction ORDER BY version DESC LIMIT 1"
            ).fetchone()
        assert content == note
        assert newest == (content, note, version)  # the row and its line of history came together
