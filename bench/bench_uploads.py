"""Nộp minh chứng: 200 tệp 1 MB từ tám máy cùng lúc, qua máy chủ thật; không mất tệp nào, bộ nhớ không tăng theo tệp."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from timing import Figure

HERE = Path(__file__).resolve().parent
CLIENTS, FILES, SIZE = 8, 200, 1_000_000
LARGE = 150_000_000  # bytes of one file, to see that memory does not grow with it
PIECE = 1024 * 1024
TOKEN = "b" * 32
EDGE = "----ranh-gioi-cua-bieu-mau-4f1c"
SAMPLE_EVERY = 0.02  # seconds
AGAINST = "một dự án Django chỉ lưu tệp của biểu mẫu (multipart)"
BARE = """
import django.conf, django.urls
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
django.conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MEDIA_ROOT="files")
def save(request):
    for file in request.FILES.getlist("files"):
        default_storage.save(file.name, file)
    return HttpResponse("ok")
urlpatterns = [django.urls.path("", save)]
application = get_wsgi_application()
"""


def measure() -> dict[str, Figure]:
    """Seconds from the first byte to the last evidence; growth of the server process over what it was when idle."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        contents = [_film(SIZE, number) for number in range(FILES)]
        ours = _ours(folder / "caitien", contents)
        bare = _bare(folder / "bare", contents)
    return {
        f"{FILES} tệp 1 MB, {CLIENTS} máy cùng gửi": _figure(ours["seconds"], "s", bare["seconds"]),
        f"{FILES} tệp 1 MB, tệp bị mất hoặc sai": {"value": ours["lost"], "unit": "tệp", "aim": "0"},
        f"{FILES} tệp 1 MB, bộ nhớ tăng lúc nhiều nhất": _figure(ours["growth"], "MB", bare["growth"], aim="≤ 100 MB"),
        f"một tệp {LARGE // 1_000_000} MB, bộ nhớ tăng": {
            "value": round(ours["large"], 2),
            "unit": "MB",
            "aim": "≤ 20 MB",
        },
    }


def _ours(folder: Path, contents: list[bytes]) -> dict[str, float]:
    folder.mkdir()
    environment = os.environ | {
        "CAITIEN_DATA": str(folder),
        "CAITIEN_DATABASE_URL": "",
        "CAITIEN_LOG_LEVEL": "CRITICAL",
    }
    made = json.loads(_django("prepare", str(CLIENTS), environment=environment))
    port = _free_port()
    command = [sys.executable, "-m", "caitien.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        path = f"/truong/{made['slug']}/minh-chung/tai-len/tep/"
        senders = [_Tus(port, path, cookie) for cookie in made["cookies"]]
        senders[0].send("dau-tien.mp4", _film(SIZE, FILES))  # what the first request loads is not of this file
        seconds, growth = _all_at_once(server.pid, senders, contents)
        told = json.loads(_django("kept", environment=environment))
        lost = sum(told.get(digest) != digest for digest in (hashlib.sha256(one).hexdigest() for one in contents))
        large = _film(LARGE, FILES + 1)
        _, large_growth = _watched(server.pid, lambda: senders[1].send("lon.mp4", large))
    finally:
        _stop(server)
    return {"seconds": seconds, "growth": growth, "lost": lost, "large": large_growth}


def _bare(folder: Path, contents: list[bytes]) -> dict[str, float]:
    folder.mkdir()
    (folder / "bare_app.py").write_text(BARE)
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "16", "bare_app:application"]  # fmt: skip
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        senders = [_Form(port) for _ in range(CLIENTS)]
        senders[0].send("dau-tien.mp4", _film(SIZE, FILES))
        seconds, growth = _all_at_once(server.pid, senders, contents)
        large = _film(LARGE, FILES + 1)
        _, large_growth = _watched(server.pid, lambda: senders[1].send("lon.mp4", large))
    finally:
        _stop(server)
    return {"seconds": seconds, "growth": growth, "large": large_growth}


class _Tus:
    """A browser with a session, that sends as the page's script does."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.path = path
        self.heads = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Tus-Resumable": "1.0.0",
            "Accept": "application/json",
        }

    def send(self, name: str, content: bytes) -> None:
        said = f"filename {base64.b64encode(name.encode()).decode()}"
        place = self._asked("POST", self.path, {"Upload-Length": str(len(content)), "Upload-Metadata": said}, b"")[
            "Location"
        ]
        place = place[place.index("/truong/") :]
        offset = 0
        while offset < len(content):
            piece = content[offset : offset + PIECE]
            heads = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            offset = int(self._asked("PATCH", place, heads, piece)["Upload-Offset"])

    def _asked(self, method: str, path: str, heads: dict[str, str], body: bytes) -> Any:
        for again in range(60):
            self.wire.request(method, path, body, self.heads | heads)
            answer = self.wire.getresponse()
            told = answer.read()
            if answer.status not in (423, 503):
                break
            time.sleep(0.05 * (again + 1))
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {told[:300].decode(errors='replace')}")
        return answer.headers


class _Form:
    """A browser that sends each file in a form."""

    def __init__(self, port: int) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, name: str, content: bytes) -> None:
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: video/mp4\r\n\r\n'
        self.wire.request(
            "POST",
            "/",
            head.encode() + content + f"\r\n--{EDGE}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={EDGE}"},
        )
        answer = self.wire.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"biểu mẫu: {answer.status}")


def _all_at_once(pid: int, senders: list[Any], contents: list[bytes]) -> tuple[float, float]:
    """(seconds, MB that the server grew): each sender has its share of the files."""
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for at in range(number, len(contents), len(senders)):
                senders[number].send(f"tep-{at}.mp4", contents[at])
        except BaseException as error:
            failures.append(error)

    def everybody() -> None:
        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(senders))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    found = _watched(pid, everybody)
    if failures:
        raise failures[0]
    return found


def _watched(pid: int, work: Callable[[], None]) -> tuple[float, float]:
    """(seconds, MB by which the serving process was larger at its largest)."""
    worker = max(
        psutil.Process(pid).children(recursive=True) or [psutil.Process(pid)], key=lambda one: one.memory_info().rss
    )
    before = peak = worker.memory_info().rss
    over = threading.Event()

    def look() -> None:
        nonlocal peak
        while not over.wait(SAMPLE_EVERY):
            peak = max(peak, worker.memory_info().rss)

    watcher = threading.Thread(target=look)
    watcher.start()
    started = time.perf_counter()
    try:
        work()
    finally:
        seconds = time.perf_counter() - started
        over.set()
        watcher.join()
    return seconds, (peak - before) / 1e6


def _film(size: int, number: int) -> bytes:
    """A film by its first bytes, each another: nobody looks for words in it."""
    head = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + number.to_bytes(8, "big")
    return head + os.urandom(size - len(head))


def _django(*arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, str(HERE / "evidence_senders.py"), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()[-1]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            wire.request("GET", "/")
            wire.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            wire.close()
    raise SystemExit(f"cổng {port} không trả lời")


def _stop(process: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    _, alive = psutil.wait_procs([psutil.Process(process.pid), *family], timeout=8)
    for one in alive:
        one.kill()
    process.wait()


def _figure(value: float, unit: str, other: float, aim: str = "") -> Figure:
    figure: Figure = {
        "value": round(value, 2),
        "unit": unit,
        "ratio": round(value / max(other, 0.01), 2),
        "against": AGAINST,
    }
    if aim:
        figure["aim"] = aim
    return figure
