"""Whether a failure is the machine's: a full disk, or a database that cannot be written now. Said in words, not as a fault."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
FULL = ("database or disk is full", "no space left on device", "disk full", "could not extend file")
"""What SQLite and PostgreSQL say of a full disk."""
BUSY = ("database is locked", "database table is locked", "deadlock detected", "could not serialize access")
READ_ONLY = ("attempt to write a readonly database", "disk i/o error", "unable to open database file")


@dataclass(frozen=True, slots=True)
class Trouble:
    """`status`: of the answer; `sentence`: what happened and what to do."""

    status: int
    sentence: Any


NO_ROOM_LEFT = Trouble(
    507,
    _(
        "Ổ đĩa của máy chủ đã đầy nên chưa lưu được. Hãy báo người quản trị dọn ổ đĩa rồi gửi lại; những gì đã lưu trước vẫn còn."
    ),
)
ALL_BUSY = Trouble(
    503, _("Máy chủ đang bận ghi việc của nhiều người nên chưa lưu được lần này. Hãy đợi một lát rồi gửi lại.")
)
NOT_WRITABLE = Trouble(
    507, _("Máy chủ không ghi được vào nơi chứa dữ liệu nên chưa lưu. Hãy báo người quản trị xem ổ đĩa và quyền ghi.")
)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What is the matter with the machine, when this error (or what caused it) says so."""
    from django.db import DatabaseError

    while error is not None:
        said = str(error).lower()
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return NO_ROOM_LEFT
        if isinstance(error, DatabaseError):
            for words, trouble in ((FULL, NO_ROOM_LEFT), (BUSY, ALL_BUSY), (READ_ONLY, NOT_WRITABLE)):
                if any(one in said for one in words):
                    return trouble
        error = error.__cause__ or error.__context__
    return None
