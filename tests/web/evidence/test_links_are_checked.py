"""Whether a link opens is asked of the network, within a time, and never of this machine or the school's own network."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from caitien.web.evidence import links
from caitien.web.evidence.links import Reach, check, is_public


class Page(BaseHTTPRequestHandler):
    """Answers by its path, as servers out there do."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        kind = self.path.strip("/").split("?")[0]
        if kind.isdecimal():
            self.answer(int(kind))
        elif kind == "vong":
            self.answer(302, Location="/vong")
        elif kind == "chuyen":
            self.answer(301, Location="/200")
        elif kind == "vao-trong":
            self.answer(302, Location="http://10.1.2.3/")
        elif kind == "doc-tep":
            self.answer(302, Location="file:///etc/passwd")
        elif kind == "google":
            self.answer(302, Location="https://accounts.google.com/ServiceLogin?continue=x")
        elif kind == "cham":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.answer(200)

    def answer(self, status: int, **heads: str) -> None:
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"<html>trang</html>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server():
    found = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found.server_address[1]
    found.shutdown()


@pytest.fixture
def asked(server, monkeypatch):
    """Asks the server on this machine, which is allowed for this once."""
    monkeypatch.setattr(links, "PORTS", frozenset({server}))

    def ask(path: str, **options):
        return check(f"http://127.0.0.1:{server}/{path}", allowed=lambda address: address == "127.0.0.1", **options)

    return ask


@pytest.mark.parametrize(
    ("path", "reach"),
    [
        ("200", Reach.OPEN),
        ("206", Reach.OPEN),
        ("tài liệu có dấu?a=b c", Reach.OPEN),
        ("chuyen", Reach.OPEN),
        ("401", Reach.SIGN_IN),
        ("403", Reach.SIGN_IN),
        ("google", Reach.SIGN_IN),
        ("404", Reach.GONE),
        ("410", Reach.GONE),
        ("500", Reach.NO_ANSWER),
        ("429", Reach.NO_ANSWER),
        ("vong", Reach.NO_ANSWER),
        ("vao-trong", Reach.NO_ANSWER),
        ("doc-tep", Reach.NO_ANSWER),
    ],
)
def test_what_a_server_answers_is_said_in_four_words(asked, path, reach):
    answer = asked(path)
    assert answer.reach == reach, answer
    assert answer.note or reach == Reach.OPEN
    assert len(answer.note) <= 300


def test_a_redirect_into_the_schools_network_is_not_followed(asked):
    assert "mạng nội bộ" in asked("vao-trong").note


def test_a_server_that_answers_a_letter_at_a_time_is_not_waited_for(asked):
    began = time.monotonic()
    assert asked("cham", seconds=1.0).reach == Reach.NO_ANSWER
    assert time.monotonic() - began < 3


def test_this_machine_is_never_asked(server, monkeypatch):
    monkeypatch.setattr(links, "PORTS", frozenset({server, 80, 443}))
    Page.asked.clear()
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        answer = check(f"http://{host}:{server}/200")
        assert answer.reach == Reach.NO_ANSWER, host
    assert Page.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.1/", "http://10.0.0.5/x", "http://172.16.0.1", "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/",
        "https://a@example.edu.vn/", "ftp://example.edu.vn/", "javascript:alert(1)", "file:///etc/passwd", "http://", "khong phai",
        "http://203.0.113.7:22/", "http://[bad/", "http://example.edu.vn:99999/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_open_web_is_not_asked(url, monkeypatch):
    def connected(*_args: object, **_options: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(links.socket, "create_connection", connected)
    answer = check(url)
    assert answer.reach == Reach.NO_ANSWER
    assert answer.note


def test_a_name_with_one_address_inside_is_not_asked_at_all(monkeypatch):
    """A name may have several addresses, and may have others a moment later: all are looked at, one of them is taken."""

    def resolved(*_args: object, **_options: object):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")
        ]

    monkeypatch.setattr(links.socket, "getaddrinfo", resolved)
    assert "mạng nội bộ" in check("http://example.edu.vn/").note


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    called: list[tuple[str, int]] = []

    def connected(where: tuple[str, int], _timeout: float) -> None:
        called.append(where)
        raise ConnectionRefusedError

    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    monkeypatch.setattr(links.socket, "create_connection", connected)
    monkeypatch.setattr(
        links.socket, "getaddrinfo", lambda *_a, **_o: [(2, 1, 6, "", (address, 443)) for address in next(answers)]
    )
    assert check("https://example.edu.vn/").reach == Reach.NO_ANSWER
    assert called == [("93.184.216.34", 443)]


def test_a_name_that_does_not_exist_is_said_so():
    answer = check("http://khong-co-truong-nay.invalid/")
    assert answer.reach == Reach.NO_ANSWER
    assert "khong-co-truong-nay.invalid" in answer.note


def test_addresses_that_are_public_and_that_are_not():
    assert is_public("93.184.216.34")
    assert is_public("2606:4700::1111")
    for address in (
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.1.1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "0.0.0.0",
    ):
        assert not is_public(address)
