"""How the level board is measured: served as schools have it, opened in turn with Django's admin list of the same judgements."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from bench_workspace import _admin, _opened, _postgres, _served
from timing import Figure

HERE = Path(__file__).resolve().parent
OPENINGS = 60
AGAINST = "danh sách 30 nhận định của Django admin"


def figures() -> dict[str, Figure]:
    """Level board and coverage page for SQLite, then for PostgreSQL when this machine has it."""
    found: dict[str, Figure] = {}
    for name, database in (("SQLite", nullcontext("")), ("PostgreSQL", _postgres())):
        if database is None:
            print("  (máy này không có PostgreSQL)", flush=True)
            continue
        with database as url, tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "CAITIEN_DATA": folder, "PYTHONUTF8": "1", "CAITIEN_STATIC_COLLECTED": "1"}
            if url:
                environment["CAITIEN_DATABASE_URL"] = url
            subprocess.run([sys.executable, "-m", "caitien.web.prepare"], env=environment, check=True)
            found |= _of_database(name, environment)
    return found


def _of_database(name: str, environment: dict[str, str]) -> dict[str, Figure]:
    done = subprocess.run(
        [sys.executable, str(HERE / "filled_assessment.py")],
        env=environment, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    times: dict[str, list[float]] = {"board": [], "coverage": [], "admin": []}
    with _served(environment, workers=1) as port, _admin(environment) as admin_port:
        for _ in range(OPENINGS):
            for page in ("board", "coverage"):
                times[page].append(_opened(port, told["pages"][page], told["cookie"]))
            times["admin"].append(_opened(admin_port, "/admin/assessments/levelreview/", told["cookie"]))
    medians = {page: statistics.median(taken[5:]) for page, taken in times.items()}
    return {
        f"{name}: bảng mức, trung vị": _ms(medians["board"], "≤ 40 ms")
        | {"against": AGAINST, "ratio": round(medians["board"] / medians["admin"], 2)},
        f"{name}: bảng mức, số truy vấn": _queries(told, "board"),
        f"{name}: độ phủ hạn chế, trung vị": _ms(medians["coverage"], "≤ 40 ms"),
        f"{name}: độ phủ hạn chế, số truy vấn": _queries(told, "coverage"),
    }


def _ms(value: float, aim: str) -> Figure:
    return {"value": round(value * 1000, 1), "unit": "ms", "aim": aim}


def _queries(told: dict[str, dict[str, int]], page: str) -> Figure:
    return {"value": told["queries"][page], "unit": "truy vấn", "aim": "≤ 12"}
