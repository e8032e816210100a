"""Khung tiêu chuẩn và mức: nạp mọi khung, mức của một trường kèm lý do, mức của 50.000 trường."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from timing import Figure, median_seconds, seconds

SCHOOLS = 50_000
FRAMEWORK = "tt57-2026-pho-thong"
CAITIEN = Path(sys.executable).with_name("caitien.exe" if sys.platform == "win32" else "caitien")
COLD = """
import time
began = time.perf_counter()
from caitien import standards
standards.available()
print(time.perf_counter() - began)
"""


def measure() -> dict[str, Figure]:
    """Cold: a new process, from the first import to all frameworks; cached: asked again in the same process."""
    from caitien import standards

    cold = statistics.median(
        float(subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True).stdout)
        for _ in range(7)
    )
    standards.available()
    figures: dict[str, Figure] = {
        "nạp mọi khung, lần đầu (cả import)": seconds(cold, aim="≤ 0,4 s"),
        "nạp mọi khung, đã nhớ": seconds(median_seconds(standards.available), aim="≤ 0,05 s"),
    }
    for framework_id in (FRAMEWORK, "tt17-2018-tieu-hoc", "tt18-2018-trung-hoc"):
        figures[f"mức một trường kèm lý do, {framework_id}"] = _one_school(framework_id)
    schools = [_school(n) for n in range(SCHOOLS)]
    figures["mức 50.000 trường, trong một tiến trình"] = seconds(_all_schools(schools), aim="≤ 30 s")
    figures["caitien level, 50.000 dòng JSON"] = seconds(_command(schools), aim="≤ 30 s")
    return figures


def _one_school(framework_id: str) -> Figure:
    """The slowest kind: half judged, much missing, so that every sentence has to be made."""
    from caitien.standards import judge, load, read_judgements

    framework = load(framework_id)
    raw = _judgements(
        random.Random(1), framework.codes, {c.code: c for c in (*framework.criteria, *framework.level_items)}
    )
    judgements = read_judgements(framework, raw)
    seconds_each = median_seconds(lambda: [judge(framework, judgements) for _ in range(200)]) / 200
    return {"value": round(seconds_each * 1000, 3), "unit": "ms", "aim": "≤ 1 ms"}


def _all_schools(schools: list[dict[str, Any]]) -> float:
    from caitien.standards import answer, read_question

    began = time.perf_counter()
    for school in schools:
        answer(read_question(school))
    return time.perf_counter() - began


def _command(schools: list[dict[str, Any]]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "truong.jsonl", Path(folder) / "muc.jsonl"
        path.write_text("".join(json.dumps(school) + "\n" for school in schools), encoding="utf-8")
        began = time.perf_counter()
        with out.open("wb") as stream:
            subprocess.run([str(CAITIEN), "level", str(path), "--format", "json"], check=True, stdout=stream)
        return time.perf_counter() - began


def _school(n: int) -> dict[str, Any]:
    from caitien.standards import load

    framework = load(FRAMEWORK)
    criteria = {c.code: c for c in framework.criteria}
    return {"id": n, "framework": FRAMEWORK, "judgements": _judgements(random.Random(n), framework.codes, criteria)}


def _judgements(chance: random.Random, codes: tuple[str, ...], criteria: dict[str, Any]) -> dict[str, dict[str, str]]:
    words = ("met", "met", "met", "met", "not_judged", "not_met")
    return {code: {str(level.level): chance.choice(words) for level in criteria[code].levels} for code in codes}
