"""What comes in is looked at by clamd when there is one; what could not be looked at waits, and is given to nobody."""

from __future__ import annotations

import io
import socket
import tracemalloc

import pytest
from django.core.files.base import ContentFile

from caitien.web.evidence.models import StoredFile
from caitien.web.evidence.scanning import check_before_opening, scan
from caitien.web.schools.not_now import NotNow
from web.evidence import files
from web.evidence.scanners import EICAR, SmallClamd, real_clamd
from web.evidence.sending import Sender

Scan = StoredFile.Scan
MB = 1024 * 1024


@pytest.fixture
def small_clamd():
    server = SmallClamd()
    server.start()
    yield server
    server.close()


def stored(school, content: bytes = b"%PDF-1.4", **fields) -> StoredFile:
    file = StoredFile(
        school=school, sha256="a" * 64, size=len(content), kind="pdf", content_type="application/pdf", **fields
    )
    file.content.save("x", ContentFile(content), save=False)
    file.save()
    return file


def nowhere() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_without_a_scanner_nothing_is_scanned(settings):
    settings.CLAMD = ""
    assert scan(io.BytesIO(EICAR)).state == Scan.NOT_ASKED


def test_a_small_server_that_speaks_clamds_protocol_says_clean_and_found(settings, small_clamd):
    settings.CLAMD = small_clamd.address
    assert scan(io.BytesIO(b"%PDF-1.4 sach")).state == Scan.CLEAN
    found = scan(io.BytesIO(EICAR))
    assert (found.state, found.note) == (Scan.INFECTED, "Eicar-Test-Signature")


def test_the_file_goes_to_a_small_clamd_in_pieces(settings, small_clamd, tmp_path):
    settings.CLAMD = small_clamd.address
    file = tmp_path / "lon.mp4"
    file.write_bytes(bytes(20 * MB))
    tracemalloc.start()
    with file.open("rb") as stream:
        assert scan(stream).state == Scan.CLEAN
    tracemalloc.stop()
    assert small_clamd.longest_piece <= 64 * 1024


def test_more_than_a_small_clamd_takes_waits_and_says_why(settings):
    server = SmallClamd(most=MB)
    server.start()
    settings.CLAMD = server.address
    verdict = scan(io.BytesIO(bytes(5 * MB)))
    server.close()
    assert verdict.state == Scan.WAITING
    assert "StreamMaxLength" in verdict.note


def test_a_scanner_that_is_not_there_makes_the_file_wait(settings):
    settings.CLAMD = nowhere()
    assert scan(io.BytesIO(b"x")).state == Scan.WAITING
    settings.CLAMD = "/khong/co/clamd.sock"
    assert scan(io.BytesIO(b"x")).state == Scan.WAITING
    settings.CLAMD = "viet sai"
    assert scan(io.BytesIO(b"x")).state == Scan.WAITING


def test_what_waits_is_given_to_nobody_until_a_small_clamd_has_seen_it(school, settings, small_clamd, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, nowhere()
    file = stored(school, scan=Scan.WAITING)
    with pytest.raises(NotNow, match="chưa quét vi-rút xong"):
        check_before_opening(file)
    settings.CLAMD = small_clamd.address
    check_before_opening(file)
    file.refresh_from_db()
    assert file.scan == Scan.CLEAN
    check_before_opening(file)
    assert small_clamd.heard == 1  # what is clean is not asked again


def test_what_turns_out_harmful_while_it_waited_stays_shut(school, settings, small_clamd, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, small_clamd.address
    file = stored(school, EICAR, scan=Scan.WAITING)
    for _ in range(2):
        with pytest.raises(NotNow, match="có mã độc"):
            check_before_opening(file)


def test_what_waited_is_scanned_as_soon_as_a_small_clamd_answers_again(
    browser, school, settings, small_clamd, words_unread
):
    sender = Sender(browser, school)
    settings.CLAMD = ""
    sender.whole("truoc.pdf", files.pdf("truoc khi co may quet"))
    settings.CLAMD = nowhere()
    sender.whole("cho.pdf", files.pdf("luc may quet hong"))
    assert set(StoredFile.objects.values_list("scan", flat=True)) == {Scan.NOT_ASKED, Scan.WAITING}
    settings.CLAMD = small_clamd.address
    sender.whole("sau.pdf", files.pdf("may quet chay lai"))
    assert set(StoredFile.objects.values_list("scan", flat=True)) == {Scan.CLEAN}


def test_the_real_clamd_where_it_is_installed(settings, tmp_path):
    try:
        with real_clamd(tmp_path) as address:
            settings.CLAMD = address
            assert scan(io.BytesIO(b"%PDF-1.4 sach")).state == Scan.CLEAN
            found = scan(io.BytesIO(EICAR))
            assert found.state == Scan.INFECTED
            assert "Eicar" in found.note
            assert "StreamMaxLength" in scan(io.BytesIO(bytes(30 * MB))).note
    except FileNotFoundError:
        pytest.skip("clamd is not installed here (Debian: apt install clamav-daemon)")
