"""A link that somebody typed is asked for by the server: it reaches nothing inside, and keeps nobody waiting."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager

import pytest

from caitien.web.evidence import links
from caitien.web.evidence.models import Attachment


@contextmanager
def dripping(head: bytes, letter: bytes):
    """A server that gives one letter of its head at a time, as long as somebody reads."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:

        def serve() -> None:
            with closing(door.accept()[0]) as wire:
                try:
                    wire.sendall(head)
                    for _ in range(100):
                        wire.sendall(letter)
                        time.sleep(0.1)
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        yield door.getsockname()[1]


@pytest.mark.parametrize(
    ("scheme", "head", "letter"),
    [
        ("http", b"HTTP/1.1 200 OK\r\n", b"x"),
        ("http", b"", b"H"),
        ("https", b"\x16\x03\x03\x3f\xff", b"\x02"),
    ],
)
def test_a_server_that_drips_is_hung_up_on(monkeypatch, scheme, head, letter):
    with dripping(head, letter) as port:
        monkeypatch.setattr(links, "PORTS", frozenset({port}))
        start = time.monotonic()
        answer = links.check(f"{scheme}://127.0.0.1:{port}/", allowed=lambda address: True, seconds=1)
    assert time.monotonic() - start < 3
    assert answer.reach == Attachment.Reach.NO_ANSWER


@pytest.mark.parametrize(
    "address",
    ["::7f00:1", "::10.0.0.1", "fec0::1", "64:ff9b:1::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:127.0.0.1", "fe80::1%eth0", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::"],
)  # fmt: skip
def test_no_way_of_writing_an_address_leads_inside(address):
    assert not links.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://u:p@example.vn/", "http://example.vn:22/",
        "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://127.1/", "http://localhost/", "gopher://x/", "http://",
        "http://[", "http://exa\r\nmple.vn/", "http://" + "a" * 5000 + ".vn/", "//example.vn", "\0",
    ],
)  # fmt: skip
def test_nothing_that_is_no_address_of_the_open_web_is_asked(monkeypatch, url):
    monkeypatch.setattr(socket, "create_connection", lambda *args, **more: pytest.fail(f"asked {args}"))
    assert links.check(url, seconds=2).reach == Attachment.Reach.NO_ANSWER
