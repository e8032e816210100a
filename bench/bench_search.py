"""Minh chứng: tìm trong 10.000 minh chứng, cả chữ trong tệp; SQLite và PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from timing import Figure  # noqa: E402
from with_postgres import find_programs, private_server  # noqa: E402


def measure() -> dict[str, Figure]:
    """A page of fifty results with their count and excerpts, among 10,000 evidences of 2 kB of text and 5,000 of another school."""
    figures: dict[str, Figure] = {}
    for name, environment in databases():
        script = [sys.executable, str(HERE / "evidence_search.py")]
        done = subprocess.run(script, env=environment, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        for query, said in found.items():
            if isinstance(said, dict):
                key = f"tìm {query} ({said['found']} minh chứng), {name}"
                figures[key] = {"value": round(said["ms"], 1), "unit": "ms", "aim": "≤ 100 ms"}
        ours = found["hai từ thường"]["ms"]
        figures[f"tìm hai từ so với LIKE, {name}"] = {
            "value": round(ours, 1), "unit": "ms", "against": "LIKE '%…%' trên cùng bảng, phải gõ đủ dấu",
            "ratio": round(ours / found["like"], 2),
        }  # fmt: skip
        figures[f"lập chỉ mục 15.000 minh chứng, {name}"] = {"value": round(found["filled"], 1), "unit": "s"}
    return figures


def databases() -> Iterator[tuple[str, dict[str, str]]]:
    """Each database that this machine has, empty, with the environment of its settings."""
    for name, database in (("SQLite", nullcontext("")), ("PostgreSQL", _postgres())):
        if database is None:
            print("  (máy này không có PostgreSQL)", flush=True)
            continue
        with database as url, tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "CAITIEN_DATA": folder, "PYTHONUTF8": "1"}
            if url:
                environment["CAITIEN_DATABASE_URL"] = url
            subprocess.run([sys.executable, "-m", "caitien.web.prepare"], env=environment, check=True)
            yield name, environment


def _postgres() -> Any:
    return private_server(safe=True) if find_programs() else None
