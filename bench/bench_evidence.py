"""Danh mục 10.000 minh chứng: mở trang, lọc, tìm, một minh chứng, sức khỏe; SQLite và PostgreSQL."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from bench_workspace import _admin, _ms, _opened, _postgres, _served  # noqa: E402
from timing import Figure  # noqa: E402

EVIDENCES = 10_000
OPENINGS = 40  # of each page, whose median is given
AGAINST = "danh sách 50 dòng của Django admin, cùng 10.000 minh chứng"
PAGES = {
    "trang đầu": ("", "≤ 50 ms"),
    "trang 200": ("?trang=200", "≤ 50 ms"),
    "theo tên, trang 100": ("?xep=ten&trang=100", "≤ 50 ms"),
    "lọc: chờ xác nhận": ("?tt=cho", "≤ 50 ms"),
    "lọc: tiêu chuẩn 1": ("?tc=1", "≤ 50 ms"),
    "lọc: chưa gắn tiêu chí": ("?loc=chua-gan", "≤ 50 ms"),
    "lọc: ảnh": ("?loai=anh", "≤ 50 ms"),
    "lọc: đường dẫn hỏng": ("?loc=link-hong", "≤ 50 ms"),
    "tìm “phong chay”": ("?tim=phong+chay", "≤ 100 ms"),
    "một minh chứng": ("{evidence}/", "≤ 50 ms"),
    "sức khỏe": ("suc-khoe/", "≤ 300 ms"),
}
"""Name -> what stands after the address of the list, and the aim of issue 5."""


def measure() -> dict[str, Figure]:
    """Every figure for SQLite, then for PostgreSQL when this machine has it."""
    figures: dict[str, Figure] = {}
    for name, database in (("SQLite", nullcontext("")), ("PostgreSQL", _postgres())):
        if database is None:
            print("  (máy này không có PostgreSQL)", flush=True)
            continue
        with database as url, tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "CAITIEN_DATA": folder, "PYTHONUTF8": "1", "CAITIEN_STATIC_COLLECTED": "1"}
            if url:
                environment["CAITIEN_DATABASE_URL"] = url
            subprocess.run([sys.executable, "-m", "caitien.web.prepare"], env=environment, check=True)
            figures |= _of_database(name, environment)
    return figures


def _of_database(name: str, environment: dict[str, str]) -> dict[str, Figure]:
    settings = environment | {"DJANGO_SETTINGS_MODULE": "caitien.web.settings"}
    done = subprocess.run(
        [sys.executable, str(HERE / "many_evidence.py"), str(EVIDENCES)],
        env=settings, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    there = json.loads(done.stdout.splitlines()[-1])
    figures: dict[str, Figure] = {}
    with _served(environment, workers=1) as port, _admin(environment) as admin_port:
        here = f"/truong/{there['school']}/minh-chung/"
        for words, (path, aim) in PAGES.items():
            address = here + path.format(**there)
            taken = [_opened(port, address, there["session"]) for _ in range(OPENINGS)]
            figures[f"{name}, {words}"] = _ms(statistics.median(taken[5:]), aim)
        ours, theirs = [], []
        for _ in range(OPENINGS):  # in turn, so that a drifting machine is fair to both
            ours.append(_opened(port, here, there["session"]))
            theirs.append(_opened(admin_port, "/admin/evidence/evidence/", there["session"]))
        mine, admin = statistics.median(ours[5:]), statistics.median(theirs[5:])
        against = {"against": AGAINST, "ratio": round(mine / admin, 2)}
        figures[f"{name}, trang đầu và Django admin xen kẽ"] = {**_ms(mine, "≤ 50 ms"), **against}
    return figures


if __name__ == "__main__":
    started = time.perf_counter()
    for words, figure in measure().items():
        print(f"{words:60} {figure['value']:>8} {figure['unit']:4} {figure.get('aim', '')} {figure.get('ratio', '')}")
    print(f"({time.perf_counter() - started:.0f} s)")
