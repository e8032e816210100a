"""`caitien serve` and `caitien demo`, as a school runs them: prepared, soon ready, small, and clear when it cannot start."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import psutil
import pytest

from caitien.web import sample_schools
from caitien.web.serving import names_of_this_machine

MOST_MEMORY = 130e6  # bytes of a worker
LONGEST_START = 30  # seconds, on a machine busy with other tests; the aim, 2 s, is measured by the benchmark


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAITIEN_")}
    return {**kept, "CAITIEN_DATA": str(folder), "PYTHONUTF8": "1"}


@pytest.fixture
def server(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "caitien.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def opened(port: int, path: str) -> tuple[int, bytes, Message]:
    deadline = time.monotonic() + LONGEST_START
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.status, answer.read(), answer.headers
        except (ConnectionError, urllib.error.URLError):
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)


def test_a_fresh_folder_is_prepared_and_served(server, tmp_path):
    port, process = server
    status, page, _ = opened(port, "/tai-khoan/login/")
    assert status == 200
    html = page.decode()
    assert "Đăng nhập" in html
    assert (tmp_path / "caitien.sqlite3").exists()
    style = re.search(r'href="(/static/caitien\.[0-9a-f]+\.css)"', html)[1]
    status, _, headers = opened(port, style)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    workers = psutil.Process(process.pid).children(recursive=True)
    assert max(worker.memory_info().rss for worker in workers) < MOST_MEMORY


def test_a_port_that_is_taken_is_one_sentence_and_exit_code_2(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "caitien.cli", "serve", "--port", str(port)]
        done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"Không mở được cổng {port}" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_other_machines_may_use_the_names_of_this_one():
    names = names_of_this_machine("0.0.0.0")
    assert "localhost" in names
    assert "*" not in names
    assert "0.0.0.0" not in names


def test_the_demo_brings_documents_in_through_the_real_import(db, tmp_path, settings, monkeypatch):
    from caitien.web.documents.models import Import
    from caitien.web.schools.models import Membership, School

    settings.MEDIA_ROOT = tmp_path / "files"
    chosen = tmp_path / "samples"
    chosen.mkdir()
    for name in ("th-suoi-lim-2026-2027.docx", "th-dong-vang-2025-2026.txt"):
        (chosen / name).write_bytes((sample_schools.SAMPLES / name).read_bytes())
    (chosen / "th-hong-2025-2026.pdf").write_bytes(b"%PDF-1.7 hong")
    monkeypatch.setattr(sample_schools, "SAMPLES", chosen)
    sample_schools.make("mat-khau-mau")
    sample_schools.make("mat-khau-mau")  # a demo that was stopped goes on, and makes nothing twice
    states = dict(Import.objects.values_list("file__name", "state"))
    assert states == {"th-suoi-lim-2026-2027.docx": "accepted", "th-dong-vang-2025-2026.txt": "review"}
    assert School.objects.get(slug="th-suoi-lim").name.startswith("Trường Tiểu học")
    roles = set(Membership.objects.filter(school__slug="th-suoi-lim").values_list("user__username", "role"))
    assert {("thu-ky", "secretary"), ("hieu-truong", "chair"), ("giao-vien", "staff"), ("giam-sat", "monitor")} <= roles


def test_a_folder_that_no_demo_made_is_not_thrown_away(tmp_path):
    (tmp_path / "caitien.sqlite3").write_text("a school's data")
    sample_schools.remove(tmp_path)
    assert (tmp_path / "caitien.sqlite3").exists()


def test_a_school_and_its_first_person_are_made_from_the_command_line(db, monkeypatch, capsys):
    import io

    from django.core.management import call_command

    from caitien.web.schools.models import Membership

    monkeypatch.setattr("sys.stdin", io.StringIO("Rừng-thông-88\n"))
    call_command("create_school", "Trường Tiểu học Đồi Cọ", username="me", full_name="Lò Thị Me", level="tieu_hoc")
    membership = Membership.objects.select_related("school", "user").get()
    assert membership.school.slug == "truong-tieu-hoc-doi-co"
    assert membership.role == "secretary"
    assert membership.user.check_password("Rừng-thông-88")


def test_a_weak_password_makes_no_school(db, monkeypatch):
    import io

    from django.core.management import CommandError, call_command

    from caitien.web.schools.models import School

    monkeypatch.setattr("sys.stdin", io.StringIO("123\n"))
    with pytest.raises(CommandError):
        call_command("create_school", "Trường X", username="me")
    assert not School.objects.exists()
