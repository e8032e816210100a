"""Trang kế hoạch 60 mục: máy chủ, dung lượng, lưu một ô; một trường và 1.000 trường; SQLite và PostgreSQL."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from bench_server import _stop, _wait  # noqa: E402
from timing import Figure  # noqa: E402
from with_postgres import find_programs, free_port, private_server  # noqa: E402

SCHOOLS = 1000
OPENINGS = 60  # of the page, whose median is given
SAVINGS = 40
CONNECTIONS = 8
SECONDS = 6.0  # of the rush of eight
AGAINST = "danh sách 60 dòng của Django admin"


@dataclass(frozen=True, slots=True)
class Page:
    """Where the measured plan is, and the session that sees it."""

    path: str
    cookie: str
    queries: int
    action: str


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


def _postgres():
    return private_server(safe=True) if find_programs() else None


def _of_database(name: str, environment: dict[str, str]) -> dict[str, Figure]:
    page = _filled(environment, 0)
    with _served(environment, workers=1) as port, _admin(environment) as admin_port:
        ours, theirs = _medians(port, admin_port, page)
        saving = _saving(port, page)
        size, first, requests = _sizes(port, page)
    with _served(environment, workers=2) as port:
        rate = _rush(port, page)
    many = _filled(environment, SCHOOLS)
    with _served(environment, workers=1) as port:
        ours_many = statistics.median(_opened(port, page.path, page.cookie) for _ in range(OPENINGS))
    if name == "SQLite":
        first_visit: dict[str, Figure] = {
            "lần đầu mở trang: dung lượng nhận": {"value": round(first / 1000, 1), "unit": "kB", "aim": "≤ 120 kB"},
            "lần đầu mở trang: số yêu cầu": {"value": requests, "unit": "yêu cầu", "aim": "≤ 12"},
            "lần sau mở trang: dung lượng nhận": {"value": round(size / 1000, 1), "unit": "kB", "aim": "≤ 25 kB"},
        }
    else:
        first_visit = {}
    return {
        f"{name}: trang kế hoạch 60 mục, trung vị": _ms(ours, "≤ 40 ms")
        | {"against": AGAINST, "ratio": round(ours / theirs, 2)},
        f"{name}: số truy vấn của trang": {"value": max(page.queries, many.queries), "unit": "truy vấn", "aim": "≤ 12"},
        f"{name}: 8 kết nối, 2 tiến trình": {"value": round(rate), "unit": "trang/s", "aim": "≥ 60 trang/s"},
        f"{name}: lưu một ô": _ms(saving, "≤ 25 ms"),
        f"{name}: cùng trang khi có 1.000 trường": _ms(ours_many, "≤ ×1,2")
        | {"against": "khi có một trường", "ratio": round(ours_many / ours, 2)},
    } | first_visit


def _ms(value: float, aim: str) -> Figure:
    return {"value": round(value * 1000, 1), "unit": "ms", "aim": aim}


def _filled(environment: dict[str, str], schools: int) -> Page:
    done = subprocess.run(
        [sys.executable, str(HERE / "many_schools.py"), str(schools)],
        env=environment, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    return Page(told["plan"], told["cookie"], told["queries"], told["action"])


@contextmanager
def _served(environment: dict[str, str], workers: int) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "caitien.cli", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield port
    finally:
        _stop(process)


@contextmanager
def _admin(environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    settings = environment | {"DJANGO_SETTINGS_MODULE": "django_admin", "PYTHONPATH": str(HERE)}
    process = subprocess.Popen(
        [*command, "django_admin_urls:application"],
        env=settings, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/admin/")
        yield port
    finally:
        _stop(process)


def _medians(port: int, admin_port: int, page: Page) -> tuple[float, float]:
    """Our page and the alternative opened in turn, so that a drifting machine is fair to both."""
    ours, theirs = [], []
    for _ in range(OPENINGS):
        ours.append(_opened(port, page.path, page.cookie))
        theirs.append(_opened(admin_port, "/admin/plans/action/", page.cookie))
    return statistics.median(ours[5:]), statistics.median(theirs[5:])


_connections: dict[int, http.client.HTTPConnection] = {}


def _opened(port: int, path: str, cookie: str) -> float:
    connection = _connections.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=30))
    started = time.perf_counter()
    status = _fetch(connection, path, cookie)[0]
    taken = time.perf_counter() - started
    if status != 200:
        raise SystemExit(f"{path}: {status}")
    return taken


def _fetch(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[int, bytes, int]:
    """Status, body as it was before compression, bytes that went over the wire (head and body)."""
    connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    plain = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    return answer.status, plain, head + len(body)


def _saving(port: int, page: Page) -> float:
    """Median of saving one field with other words each time, as the page does it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", page.path, headers={"Cookie": f"sessionid={page.cookie}"})
    answer = connection.getresponse()
    answer.read()
    token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    if token is None:
        raise SystemExit("trang không đưa mã CSRF")
    headers = {
        "Cookie": f"sessionid={page.cookie}; csrftoken={token[1]}",
        "X-CSRFToken": token[1],
        "Accept": "application/json",
    }
    taken = []
    for number in range(SAVINGS):
        cell = {"action": page.action, "field": "note", "words": f"Ghi chú lần {number} {time.time()}"}
        body = json.dumps({"cells": [cell]})
        started = time.perf_counter()
        connection.request("POST", f"{page.path}o/", body, headers | {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        taken.append(time.perf_counter() - started)
        if answer.status != 200:
            raise SystemExit(f"không lưu được: {answer.status} {said[:200]!r}")
    return statistics.median(taken)


def _sizes(port: int, page: Page) -> tuple[int, int, int]:
    """Bytes of the page; bytes and requests of a first visit, with all that the page names."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    _status, body, size = _fetch(connection, page.path, page.cookie)
    html = body.decode()
    named = re.findall(r'(?:src|href)="(/static/[^"#]+)', html)
    assets = dict.fromkeys(urlsplit(path).path for path in named)
    whole = size + sum(_fetch(connection, path, page.cookie)[2] for path in assets)
    return size, whole, 1 + len(assets)


def _rush(port: int, page: Page) -> float:
    """Pages a second that eight connections get together."""
    _wait_for_all_workers(port, page)
    served = [0] * CONNECTIONS
    end = time.perf_counter() + SECONDS

    def visitor(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            connection.request(
                "GET", page.path, headers={"Cookie": f"sessionid={page.cookie}", "Accept-Encoding": "gzip"}
            )
            answer = connection.getresponse()
            answer.read()
            served[number] += answer.status == 200

    threads = [threading.Thread(target=visitor, args=(number,)) for number in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(served) / (time.perf_counter() - started)


def _wait_for_all_workers(port: int, page: Page) -> None:
    for _ in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        _fetch(connection, page.path, page.cookie)
        connection.close()
