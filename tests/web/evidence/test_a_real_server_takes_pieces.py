"""A real server, as a school runs it: lines that break, senders that are slow, a server that is killed; no byte is lost."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.evidence import files

BENCH = Path(__file__).resolve().parents[3] / "bench"
TOKEN = "t" * 32
MB = 1024 * 1024
SLOTS = 6

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


class Server:
    """`caitien serve` in a folder of its own, with two teachers who have signed in."""

    def __init__(self, folder: Path) -> None:
        self.environment = os.environ | {"CAITIEN_DATA": str(folder), "CAITIEN_DATABASE_URL": "", "CAITIEN_CLAMD": ""}
        made = self.django("prepare", "2")
        self.path = f"/truong/{made['slug']}/minh-chung/tai-len/tep/"
        self.cookies = made["cookies"]
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def django(self, *what: str):
        command = [sys.executable, str(BENCH / "evidence_senders.py"), *what]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        command = [sys.executable, "-m", "caitien.cli", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                return self.ask("GET", "/tai-khoan/login/")
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self, how: int = signal.SIGKILL) -> None:
        os.killpg(self.process.pid, how)
        self.process.wait()

    def heads(self, who: int = 0, **more: str) -> dict[str, str]:
        cookie = f"sessionid={self.cookies[who]}; csrftoken={TOKEN}"
        return {"Cookie": cookie, "X-CSRFToken": TOKEN, "Tus-Resumable": "1.0.0", "Accept": "application/json", **more}

    def ask(self, method: str, path: str, body: bytes = b"", who: int = 0, **more: str):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            wire.request(method, path, body, self.heads(who, **more))
            answer = wire.getresponse()
            answer.body = answer.read()
            return answer
        finally:
            wire.close()

    def begin(self, name: str, size: int, who: int = 0) -> str:
        said = f"filename {base64.b64encode(name.encode()).decode()}"
        answer = self.ask("POST", self.path, who=who, **{"Upload-Length": str(size), "Upload-Metadata": said})
        assert answer.status == 201, answer.body
        return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])

    def offset(self, place: str, who: int = 0) -> int:
        return int(self.ask("HEAD", place, who=who).headers["Upload-Offset"])

    def piece(self, place: str, offset: int, body: bytes, who: int = 0):
        more = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.ask("PATCH", place, body, who, **more)

    def half(self, place: str, offset: int, said: int, body: bytes, who: int = 0) -> socket.socket:
        """A PATCH that says `said` bytes and sends only `body`; the line stays open."""
        heads = self.heads(who, **{"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"})
        lines = [
            f"PATCH {place} HTTP/1.1",
            "Host: localhost",
            f"Content-Length: {said}",
            *(f"{name}: {value}" for name, value in heads.items()),
        ]
        wire = socket.create_connection(("127.0.0.1", self.port))
        wire.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return wire


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    found = Server(tmp_path_factory.mktemp("may-chu"))
    yield found
    found.kill(signal.SIGTERM)


def film(size: int) -> bytes:
    return files.film() + os.urandom(size - len(files.film()))


def until(true, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def check_kept(server: Server, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    assert server.django("kept").get(digest) == digest


def test_a_line_that_breaks_in_the_middle_of_a_piece_keeps_what_came(server):
    content = film(3 * MB)
    place = server.begin("phim.mp4", len(content))
    server.half(place, 0, len(content), content[: 2 * MB]).close()
    until(lambda: server.offset(place) > MB)
    until(
        lambda: server.piece(place, server.offset(place), b"").status != 423
    )  # the server has seen that the line is cut
    offset = server.offset(place)
    assert offset <= 2 * MB
    answer = server.piece(place, offset, content[offset:])
    assert (answer.status, json.loads(answer.body)["state"]) == (200, "done")
    check_kept(server, content)


def test_slow_senders_do_not_keep_others_waiting(server):
    content = film(2 * MB)
    slow = []
    for number in range(SLOTS):
        place = server.begin(f"cham-{number}.mp4", len(content))
        slow.append((place, server.half(place, 0, len(content), content[:100_000])))
    until(lambda: all(server.offset(place) > 80_000 for place, _ in slow))
    began = time.monotonic()
    assert server.ask("GET", server.path.removesuffix("tep/"), who=1).status == 200
    assert time.monotonic() - began < 10
    place = server.begin("nhanh.mp4", len(content), who=1)
    answer = server.piece(place, 0, content, who=1)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "1"
    for _, wire in slow:
        wire.close()
    until(lambda: server.piece(place, server.offset(place, 1), content, who=1).status in (200, 409))


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells of its lines there")
def test_a_line_whose_other_end_is_gone_is_looked_after(server):
    """A phone that lost its network says nothing: the system asks, and the thread is free within a minute."""
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        ends = f":{server.port:04X}", f":{wire.getsockname()[1]:04X}"

        def timer() -> str:
            lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
            return next((one[5][:2] for one in lines if one[1].endswith(ends[0]) and one[2].endswith(ends[1])), "")

        until(lambda: timer() == "02", seconds=10)  # 02: the keep-alive timer


def test_a_server_that_is_killed_goes_on_where_it_was(server):
    content = film(4 * MB)
    place = server.begin("bi-tat-may.mp4", len(content))
    wire = server.half(place, 0, len(content), content[: 3 * MB])
    until(lambda: server.offset(place) > 2 * MB)
    server.kill()
    wire.close()
    server.start()
    offset = server.offset(place)
    assert 2 * MB < offset <= 3 * MB
    assert server.piece(place, offset, content[offset:]).status == 200
    check_kept(server, content)
