"""Lines whose other end is gone without a word (a phone that lost its network) are noticed, and free the thread that reads them.

Nothing else ends the reading of a body that never comes: the system is asked to look whether anybody is there. The
server program listens by itself, so the sockets are found among the open files of this process (Linux).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

QUIET, BETWEEN, ASKED = 30, 10, 3
"""Seconds without a byte before it looks, between looks, how often: a dead line ends within a minute."""
OWN_FILES = "/proc/self/fd"
App = Callable[..., Any]


def noticing(application: App) -> App:
    """The application; with its first request in a process, dead lines are noticed from then on."""
    looked = False

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        nonlocal looked
        if not looked:
            looked = True
            for listening in _listening():
                notice(listening)
        return application(environ, start_response)

    return answer


def notice(listening: socket.socket) -> None:
    """Sets it for every line that comes to this listening socket from now on: lines inherit it."""
    with suppress(OSError):
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, QUIET)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, BETWEEN)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, ASKED)


def _listening() -> Iterator[socket.socket]:
    """Doubles of the listening sockets of this process; the sockets themselves are left alone."""
    try:
        handles = [int(name) for name in os.listdir(OWN_FILES)]
    except OSError:
        return
    for handle in handles:
        try:
            if not os.readlink(f"{OWN_FILES}/{handle}").startswith("socket:"):
                continue
            double = socket.socket(fileno=os.dup(handle))
        except OSError:
            continue
        with double, suppress(OSError):
            if double.family in (socket.AF_INET, socket.AF_INET6) and double.getsockopt(
                socket.SOL_SOCKET, socket.SO_ACCEPTCONN
            ):
                yield double
