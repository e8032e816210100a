"""Scanners for the tests: a small server that speaks clamd's protocol, and the real clamd where it is installed."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner names."""


class SmallClamd(threading.Thread):
    """Speaks INSTREAM and answers by what it was sent: FOUND when it holds `EICAR`, an error beyond `most` bytes."""

    def __init__(self, most: int = 1 << 30) -> None:
        super().__init__(daemon=True)
        self.most, self.longest_piece, self.heard = most, 0, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                wire, _ = self.door.accept()
            except OSError:
                return
            with wire:
                wire.sendall(self._answer(wire.makefile("rb")) + b"\0")

    def _answer(self, sent) -> bytes:
        if sent.read(10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND"
        content = b""
        while length := int.from_bytes(sent.read(4), "big"):
            self.longest_piece = max(self.longest_piece, length)
            content += sent.read(length)
            if len(content) > self.most:
                return b"INSTREAM size limit exceeded. ERROR"
        self.heard += 1
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"

    def close(self) -> None:
        self.door.close()


@contextmanager
def real_clamd(folder: Path) -> Iterator[str]:
    """The address of a clamd of our own that knows one signature (EICAR's). Raises FileNotFoundError without the program."""
    program = shutil.which("clamd")
    if program is None:
        raise FileNotFoundError("clamd")
    (folder / "signatures").mkdir()
    line = f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test-Signature\n"
    (folder / "signatures" / "test.hdb").write_text(line)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    said = {
        "TCPSocket": port, "TCPAddr": "127.0.0.1", "DatabaseDirectory": folder / "signatures", "Foreground": "yes",
        "StreamMaxLength": "20M", "PidFile": folder / "pid", "TemporaryDirectory": folder, "User": "root",
    }  # fmt: skip
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in said.items()))
    with (folder / "log").open("wb") as told:
        server = subprocess.Popen([program, "-c", str(folder / "clamd.conf")], stdout=told, stderr=told)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
