"""Names, notes, codes and file names that are markup: on every page of evidence and self-assessment, and in the package, words."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.assessments import weaknesses
from caitien.web.evidence import services
from caitien.web.evidence.models import StoredFile
from caitien.web.evidence.search import reindexed
from web.assessments.sheets import Sheet
from web.evidence.rows import stored
from web.invented import make_user

EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script> gián điệp"
RUNS = (b"<img src=x", b"<script>alert")


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""


def content(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_page_runs_a_name(school, secretary):
    chair = Client(raise_request_exception=False)
    chair.force_login(make_user("hieu-truong", EVIL[:60], school, "chair"))
    sheet = Sheet(school, secretary)
    sheet.assessment.school = school
    row = sheet.evidence(EVIL, state="verified")
    words = dict.fromkeys(("number", "issuer", "summary", "place", "note", "date"), EVIL)
    words["date"] = words["date"][:60]
    services.save_fields(school, row.pk, words, seen=row.version, user=secretary)
    file = stored(school, text=f"{EVIL}\f{EVIL}", text_state=StoredFile.Words.READ, text_note=EVIL, text_code="x")
    one = services.attach_file(row, file, f"{EVIL}.pdf", secretary)
    services.attach_link(row, 'https://example.vn/"><script>alert(3)</script>', EVIL[:250], secretary)
    for url in ("javascript:alert(4)", " https://x", "data:text/html,x", ""):
        with pytest.raises(ValueError, match=r"^"):
            services.attach_link(row, url, EVIL[:250], secretary)
    reindexed(school.pk, [row.pk])
    level = sheet.level()
    level.description, level.version = f"{EVIL} ({row.code})", level.version + 1
    level.save()
    weak = weaknesses.create(sheet.assessment, user=secretary, text=EVIL, cause=EVIL, standard="1")
    key = {"school": school.slug, "assessment": sheet.assessment.pk}
    of = lambda name, **more: reverse(f"assessments:{name}", kwargs={**key, **more})  # noqa: E731
    at = lambda name, *keys: reverse(f"evidence:{name}", args=[school.slug, *keys])  # noqa: E731
    pages = [
        at("list"), at("list") + "?tim=gian diep", at("evidence", row.pk), at("edit", row.pk), at("history", row.pk), at("health"),
        at("merge", row.pk) + "?tim=gian", at("many") + f"?chon={row.pk}&ly-do={EVIL}&loc={EVIL}", at("file_view", one.pk) + "?tim=gian",
        at("file_view", one.pk) + "?xem=chu&tim=gian", at("upload") + f"?minh-chung={row.pk}", at("name_received"), at("lists"), at("package"),
        of("board"), of("changes"), of("findings"), of("doubts"), of("report"), of("coverage"), of("weakness", weakness=weak.pk),
        of("criterion", code="1.3"), of("criterion_history", code="1.3"), of("criterion_cite", code="1.3") + "?q=gian", of("standard", code="1"),
    ]  # fmt: skip
    for url in pages:
        answer = chair.get(url)
        assert answer.status_code == 200, url
        for runs in RUNS:
            assert runs not in answer.content, url
        assert b'href="javascript:' not in answer.content, url
    rows = chair.get(at("list") + "?tim=gian", headers={"HX-Request": "true", "HX-Target": "danh-muc"})
    assert not any(runs in rows.content for runs in RUNS)
    package = chair.post(at("package"), {"van-ban": "1", "tat-ca": "1"}, follow=True)
    with zipfile.ZipFile(io.BytesIO(content(package))) as packed:
        page = packed.read("MO-TRANG-NAY.html")
        assert not any(runs in page for runs in RUNS)
        assert b'href="javascript:' not in page
        for name in packed.namelist():
            assert not set('<>:"|?*\\') & set(name)
            assert ".." not in name.split("/")
