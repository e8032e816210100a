"""`caitien serve --remind`: once a day, in the morning of Vietnam, whatever the machine's clock calls it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from caitien.web import daily


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=daily.VIETNAM)


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (at(18, 6, 29), None, False),
        (at(18, 6, 30), None, True),
        (at(18, 23, 59), None, True),
        (at(18, 12, 0), date(2026, 11, 18), False),
        (at(19, 0, 5), date(2026, 11, 18), False),
        (at(19, 6, 30), date(2026, 11, 18), True),
        (datetime(2026, 11, 17, 23, 30, tzinfo=UTC), date(2026, 11, 17), True),
    ],
)
def test_from_half_past_six(now, last, due):
    assert daily.is_time(now, last) == due


def test_a_day_is_sent_once():
    sent: list[int] = []
    last = None
    for minute in range(0, 60, 10):
        last = daily.look(at(18, 7, minute), last, lambda: sent.append(1))
    assert len(sent) == 1
    daily.look(at(19, 7, 0), last, lambda: sent.append(1))
    assert len(sent) == 2


def test_the_letters_are_sent_by_a_process_of_its_own(monkeypatch, capfd):
    monkeypatch.setattr(subprocess, "run", lambda command, **_k: print(command[1:], flush=True))
    daily._send()
    assert "'remind'" in capfd.readouterr().out


def test_a_process_that_cannot_start_does_not_end_the_server(monkeypatch, capsys):
    def broken(*_a, **_k):
        raise OSError("full")

    monkeypatch.setattr(subprocess, "run", broken)
    daily._send()
    assert "chưa gửi được thư nhắc việc: full" in capsys.readouterr().err


def test_the_server_does_not_import_django_for_it():
    code = "import sys, caitien.web.serving, caitien.web.daily; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
