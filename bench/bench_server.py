"""Máy chủ: thời gian sẵn sàng, bộ nhớ một tiến trình phục vụ, trang kế hoạch."""

from __future__ import annotations

import http.cookiejar
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psutil

from timing import Figure

BARE = """
import django.conf, django.http, django.urls
from django.core.wsgi import get_wsgi_application
django.conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", INSTALLED_APPS=[
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"])
urlpatterns = [django.urls.path("", lambda request: django.http.HttpResponse("ok"))]
application = get_wsgi_application()
"""
AGAINST = "một dự án Django trống trên granian"
ACTIONS = 32  # of the sample plan whose page is measured
PAGES = 30  # requests whose median is given


def measure() -> dict[str, Figure]:
    """Ready: from starting the process to the first answer. Memory: resident bytes of the serving process after use."""
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "caitien.cli", "demo", folder]
        made = subprocess.run([*demo, "--no-serve"], check=True, capture_output=True, text=True, encoding="utf-8")
        password = re.search(r"mật khẩu chung: (\S+)", made.stdout)
        if not password:
            raise SystemExit("demo không in mật khẩu")
        Path(folder, "bare_app.py").write_text(BARE)
        port, bare_port = _free_port(), _free_port()
        bare = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(bare_port),
            "bare_app:application",
        ]
        ours = [*demo, "--port", str(port)]
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        memory: dict[str, list[float]] = {"ours": [], "bare": []}
        pages: list[float] = []
        size = 0
        for _ in range(3):
            for name, command, at in (("bare", bare, bare_port), ("ours", ours, port)):
                started = time.perf_counter()
                process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    _wait(f"http://127.0.0.1:{at}/")
                    times[name].append(time.perf_counter() - started)
                    if name == "ours":
                        taken, size = _use(f"http://127.0.0.1:{at}", password[1])
                        pages += taken
                    memory[name].append(_worker_memory(process.pid))
                finally:
                    _stop(process)
    ready, bare_ready = statistics.median(times["ours"]), statistics.median(times["bare"])
    used, bare_used = statistics.median(memory["ours"]), statistics.median(memory["bare"])
    return {
        "máy chủ sẵn sàng": _figure(ready, "s", bare_ready, aim="≤ 2 s"),
        "bộ nhớ một tiến trình sau khi dùng": _figure(used / 1e6, "MB", bare_used / 1e6, aim="≤ 130 MB"),
        f"trang kế hoạch ({ACTIONS} mục)": {"value": round(statistics.median(pages) * 1000, 1), "unit": "ms"},
        "trang kế hoạch, dung lượng gửi đi": {"value": round(size / 1000, 1), "unit": "kB"},
    }


def _use(address: str, password: str) -> tuple[list[float], int]:
    """Signs in as the secretary, opens the plan and exports it; seconds of each opening and bytes sent for one."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    opener.addheaders = [("Accept-Encoding", "gzip")]
    plain = urllib.request.Request(f"{address}/tai-khoan/login/", headers={"Accept-Encoding": "identity"})
    page = opener.open(plain).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {"csrfmiddlewaretoken": token[1] if token else "", "login": "thu-ky", "password": password}
    form = urllib.parse.urlencode(fields).encode()
    landed = opener.open(urllib.request.Request(f"{address}/tai-khoan/login/", form, {"Referer": address})).geturl()
    plan = opener.open(f"{address}/" if "/ke-hoach/" not in landed else landed).geturl()
    if "/ke-hoach/" not in plan:
        raise SystemExit(f"không tới được trang kế hoạch: {plan}")
    page = opener.open(urllib.request.Request(plan, headers={"Accept-Encoding": "identity"})).read().decode()
    plan = address + max(_plans_of_school(page), key=lambda path: _actions(opener, address + path))
    if _actions(opener, plan) < ACTIONS:
        raise SystemExit("không tìm thấy kế hoạch mẫu có đủ mục")
    taken = []
    for _ in range(PAGES):
        started = time.perf_counter()
        body = opener.open(plan).read()
        taken.append(time.perf_counter() - started)
    return taken, len(body)


def _plans_of_school(page: str) -> set[str]:
    """Addresses of the school's plans that a page links to."""
    return set(re.findall(r'href="(/truong/[^"/]+/ke-hoach/[0-9a-f-]{36}/)"', page))


def _actions(opener: urllib.request.OpenerDirector, address: str) -> int:
    plain = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    return len(set(re.findall(r"/muc/([0-9a-f-]{36})/", opener.open(plain).read().decode())))


def _worker_memory(pid: int) -> float:
    """Resident bytes of the largest process under `pid`: the one that serves."""
    family = psutil.Process(pid).children(recursive=True) or [psutil.Process(pid)]
    return float(max(p.memory_info().rss for p in family))


def _wait(address: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit(f"{address} không trả lời")


def _stop(process: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in family:
        if child.is_running():
            child.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _figure(ours: float, unit: str, theirs: float, *, aim: str) -> Figure:
    return {
        "value": round(ours, 2),
        "unit": unit,
        "against": AGAINST,
        "ratio": round(ours / theirs, 2),
        "aim": aim,
    }
