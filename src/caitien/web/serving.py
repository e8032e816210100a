"""Serving the web application with granian: the folder is prepared, the address printed. Imports no Django itself."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import subprocess
import sys

from caitien.errors import CaiTienError
from caitien.web import daily
from caitien.web.data_folder import data_folder
from caitien.web.file_storage import default_storage
from caitien.web.jobs import starting
from caitien.web.prepare import STAMP, needed

THREADS = 16  # of a worker, started when needed. Sending a file keeps one until the slowest phone has it all.


class ServingError(CaiTienError):
    """The server cannot start."""


def serve(host: str, port: int, workers: int, *, remind: bool = False) -> int:
    """Serves until it is stopped; `remind`: and sends the reminders once a day. Raises ServingError when the port is taken or the folder cannot be prepared."""
    _check_free(host, port)
    default_storage(os.environ)  # half-written settings of S3 are one sentence here, and not a fault of every process
    prepare_folder()
    if "CAITIEN_HOSTS" not in os.environ and not is_loopback(host):
        os.environ["CAITIEN_HOSTS"] = ",".join(names_of_this_machine(host))
    os.environ["CAITIEN_STATIC_COLLECTED"] = "1"
    print(f"Cải Tiến chạy ở {address(host, port)}  (Ctrl+C để dừng)", flush=True)
    if remind:
        daily.start()
    starting.look_soon()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    logging.getLogger("_granian").addFilter(_is_news)
    Granian(
        "caitien.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # seconds; a stop that comes while a worker starts would wait for ever
        websockets=False,
    ).serve()
    return 0


def _is_news(record: logging.LogRecord) -> bool:
    """Granian advises fewer threads, for programs whose threads all compute; ours wait for networks."""
    return "Python threads" not in record.getMessage()


def prepare_folder() -> None:
    """Migrates and collects in a process of its own when the version changed; nothing to do costs a few milliseconds."""
    folder = data_folder()
    stamp = needed(folder)
    if stamp is None:
        return
    print("Đang chuẩn bị cơ sở dữ liệu…", flush=True)
    done = subprocess.run([sys.executable, "-m", "caitien.web.prepare"], env={**os.environ, "PYTHONUTF8": "1"})
    if done.returncode:
        raise ServingError("Không chuẩn bị được cơ sở dữ liệu; xem thông báo ở trên, rồi chạy lại.")
    (folder / STAMP).write_text(stamp)


def address(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host  # noqa: S104
    return f"http://{shown}:{port}/"


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def names_of_this_machine(host: str) -> list[str]:
    """Names and addresses under which others on the network may reach this machine."""
    names = {"localhost", "127.0.0.1", "[::1]", socket.gethostname(), host}
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        found = []
    names |= {f"[{a}]" if ":" in a else a for a in (str(one[4][0]).split("%")[0] for one in found)}
    return sorted(names - {"0.0.0.0", "::"})  # noqa: S104


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise ServingError(
                f"Không mở được cổng {port} ở {host}: có thể chương trình khác đang dùng; hãy chọn cổng khác, ví dụ --port {port + 1}."
            ) from None
