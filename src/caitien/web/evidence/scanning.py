"""Has clamd look at what comes in, when this installation is told of one (CAITIEN_CLAMD = "host:port" or a socket's path).

A file that clamd finds something in is refused. When clamd does not answer, nothing is lost and nothing is let through:
the file is kept as "waiting" and opens only after a scan, which is tried again each time that somebody wants to open it,
and by a job in the background as soon as clamd answers again.
"""

from __future__ import annotations

import logging
import socket
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.web.evidence.models import StoredFile
from caitien.web.jobs.asking import enqueue
from caitien.web.schools.not_now import NotNow

log = logging.getLogger(__name__)
Scan = StoredFile.Scan
BLOCK = 64 * 1024  # bytes of a piece that is sent to clamd
SECONDS_TO_CONNECT, SECONDS_TO_ANSWER = 5.0, 120.0
_LONGEST_ANSWER = 4096
NO_SCANNER = gettext_noop("Máy quét vi-rút không trả lời")
_TOO_LARGE = gettext_noop("Tệp lớn hơn mức mà máy quét vi-rút nhận (StreamMaxLength của clamd)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state`: of `StoredFile.Scan`; `note`: what was found, or why nothing could be."""

    state: str
    note: str = ""


def scan(stream: BinaryIO) -> Verdict:
    """What clamd says of a file, read from its beginning in pieces. Never raises for a scanner that does not answer."""
    address = settings.CLAMD
    if not address:
        return Verdict(Scan.NOT_ASKED)
    stream.seek(0)
    try:
        answer = _asked(address, stream)
    except (OSError, ValueError) as error:
        log.error("clamd at %s does not answer: %s", address, error)
        return Verdict(Scan.WAITING, NO_SCANNER)
    verdict = _read(answer)
    if verdict.state == Scan.WAITING:
        log.error("clamd at %s said: %s", address, answer)
    return verdict


def check_before_opening(file: StoredFile) -> None:
    """Before content is given to anybody. Raises NotNow: something was found in it, or it could not be scanned yet."""
    if file.scan == Scan.WAITING:
        scan_again(file)
    if file.scan == Scan.INFECTED:
        raise NotNow(
            _("Tệp này có mã độc (%(what)s) nên không mở được. Hãy bỏ tệp khỏi minh chứng và gửi bản sạch.")
            % {"what": file.scan_note}
        )
    if file.scan == Scan.WAITING:
        raise NotNow(
            _("Tệp đã được giữ lại nhưng chưa quét vi-rút xong (%(why)s), nên chưa mở được. Hãy thử lại sau ít phút; nếu vẫn thế, báo người quản trị.")
            % {"why": _(file.scan_note) if file.scan_note else _(NO_SCANNER)}
        )  # fmt: skip


def scan_again(file: StoredFile) -> Verdict:
    """Scans a stored file and keeps what came of it."""
    with file.content.open("rb") as stream:
        verdict = scan(stream)
    file.scan, file.scan_note = verdict.state, verdict.note[:200]
    file.save(update_fields=["scan", "scan_note"])
    return verdict


def unscanned(school: Any) -> QuerySet[StoredFile]:
    """The files of a school that no scanner has seen."""
    return StoredFile.objects.for_school(school).filter(scan__in=(Scan.WAITING, Scan.NOT_ASKED))


def scans_wanted(school: Any, user: Any) -> None:
    """Asks for the scan of what waits; called when clamd has just answered."""
    if settings.CLAMD and unscanned(school).exists():
        enqueue(school, user, "evidence-scan", gettext_noop("Quét vi-rút các tệp còn chờ"))


def _asked(address: str, stream: BinaryIO) -> str:
    """The answer of clamd to INSTREAM: pieces with their length before them, a piece of length 0 at the end."""
    with closing(_connected(address)) as wire:
        wire.settimeout(SECONDS_TO_ANSWER)
        wire.sendall(b"zINSTREAM\0")
        with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough: its answer says why
            while block := stream.read(BLOCK):
                wire.sendall(len(block).to_bytes(4, "big") + block)
            wire.sendall(bytes(4))
        answer = b""
        while len(answer) < _LONGEST_ANSWER and (more := wire.recv(_LONGEST_ANSWER)):
            answer += more
        return answer.decode("utf-8", "replace").strip("\0 \r\n")


def _connected(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if "/" in address or not colon or not port.isdecimal():
        if not hasattr(socket, "AF_UNIX"):
            raise ValueError(f"CAITIEN_CLAMD: {address}")
        wire: Any = socket.socket(socket.AF_UNIX)
        wire.settimeout(SECONDS_TO_CONNECT)
        try:
            wire.connect(address)
        except OSError:
            wire.close()
            raise
        return wire
    return socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_CONNECT)


def _read(answer: str) -> Verdict:
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(Scan.CLEAN)
    if said.endswith("FOUND"):
        return Verdict(Scan.INFECTED, said.removesuffix("FOUND").strip()[:200])
    return Verdict(Scan.WAITING, _TOO_LARGE if "size limit exceeded" in said else NO_SCANNER)
