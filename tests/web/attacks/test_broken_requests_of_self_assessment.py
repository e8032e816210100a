"""Letters that no database takes, JSON of another shape, keys that are none, in requests that are right otherwise: no fault."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.assessments.models import CriterionReview, LevelReview
from web.assessments.sheets import Sheet
from web.evidence import files
from web.evidence.rows import evidence_of, make_evidence
from web.evidence.sending import TUS, Sender
from web.invented import make_user

NUL = "a\0b"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path, monkeypatch):
    from caitien.web.evidence import uploads

    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""
    monkeypatch.setattr(uploads, "_words_wanted", lambda upload, user: None)


@pytest.fixture
def chair(school):
    client = Client(raise_request_exception=False)
    client.force_login(make_user("hieu-truong", "Nông Thị Mơ", school, "chair"))
    return client


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


@pytest.fixture
def rows(school, sheet):
    return evidence_of(school)


def test_evidence_takes_any_letters(chair, school, plan, rows):
    action = plan.actions.first()
    key = {"evidence": rows["evidence"]}
    other = make_evidence(school, "Quyết định khác")
    for name, keys, sent in (
        ("step", key, {"buoc": "replaced", "thay-bang": NUL}),
        ("step", key, {"buoc": "rejected", "ly-do": NUL}),
        ("step", key, {"buoc": "verified", "ly-do": NUL, "bo-nhan-dinh": NUL}),
        ("criteria", key, {"do": "add", "tieu-chi": NUL}),
        ("criteria", key, {"do": "use", "khung": "tt57-2026-pho-thong", "ma": NUL}),
        ("criteria", key, {"do": "stop", "khung": NUL, "ma": NUL, "dung": str(rows["evidence"])}),
        ("criteria", key, {"do": "use", "khung": NUL, "ma": "1.1"}),
        ("merge", key, {"tim": NUL}),
        ("merge", key, {"voi": NUL, "giu": NUL}),
        ("many", {}, {"do": "link", "chon": str(other.pk), "tieu-chi": NUL}),
        ("many", {}, {"do": "verify", "tat-ca": "1", "loc": "tim=a%00b&tc=%00&nam=%00&nguoi=%00&tt=%00"}),
        ("many", {}, {"do": "remove", "chon": str(other.pk), "ly-do": NUL}),
        ("undo", {}, {"token": NUL}),
        ("of_action", {"action": action.pk}, {"ten": NUL, "chon": str(rows["evidence"])}),
        ("of_action", {"action": action.pk}, {"go": NUL}),
        ("add_link", {}, {"url": f"https://example.vn/{NUL}", "name": NUL, "muc": str(action.pk), "ten": NUL}),
        ("add_link", {}, {"url": "https://example.vn/a", "name": "Tên", "muc": str(action.pk), "ten": NUL}),
        ("upload", {}, {"files": io.BytesIO(files.pdf()), "muc": str(action.pk), "ten": NUL, "framework": NUL, "thay": NUL}),
        ("upload", {}, {"files": io.BytesIO(files.pdf()), "tieu-chi": NUL, "framework": NUL, "one": NUL}),
        ("upload", {}, {"files": io.BytesIO(files.pdf()), "minh-chung": NUL}),
        ("lists", {}, {"khung": "tt57-2026-pho-thong", "nam-hoc": NUL, "file": io.BytesIO(b"STT,M\xc3\xa3,T\xc3\xaan\n1,MC.1.1.09,So hop\n")}),
        ("list_read", {"list": rows["list"]}, {"dong": ["0", NUL, "٣"]}),
        ("renumber", {}, {f"tc-{rows['evidence']}": NUL}),
        ("package", {}, {"nam": NUL}),
        ("edit", key, {"version": "9" * 9, "name": NUL, "truong": ["name", NUL]}),
        ("edit", key, {"version": "0", "name": "Tên", "summary": "x" * 9000, "truong": ["name", "summary"]}),
        ("remove", key, {"ly-do": NUL}),
        ("restore", key, {}),
    ):  # fmt: skip
        url = reverse(f"evidence:{name}", kwargs={"school": school.slug, **keys})
        answer = chair.post(url, sent)
        assert answer.status_code < 500, (name, sent)
    for query in ("tim=a%00b", "tc=%00", "nguoi=%00", "nam=0000-0001", "trang=%C2%B2", "tim=" + "%22" * 300, "tim=%F0%9F%92%A5*:(", "xep=%00", "loc=%00"):  # fmt: skip
        assert chair.get(reverse("evidence:list", args=[school.slug]) + f"?{query}").status_code == 200, query
    for query in ("trang=0", "trang=99999999", "tim=a%00b", "xem=chu&tim=(((", "trang=%C2%B2", "co=%00"):
        url = reverse("evidence:file_view", args=[school.slug, rows["attachment"]])
        assert chair.get(f"{url}?{query}").status_code == 200, query
    for page in (0, 10**6, 10**300):
        url = reverse("evidence:file_page", args=[school.slug, rows["attachment"], page])
        assert chair.get(url).status_code == 404


def test_uploads_take_any_heads(chair, school, plan):
    sender = Sender(chair, school)
    action = str(plan.actions.first().pk)
    for said in (
        {"group": NUL, "key": NUL, "text": NUL, "action": action},
        {"evidence": "' OR 1=1", "replaces": NUL},
        {"criterion": NUL, "framework": NUL},
        {"purpose": "x" * 5000},
        {"action": action, "text": "\u202e" * 1500},
    ):
        assert sender.begin("../..\\con\u202efdp.exe\0.pdf", 10, **said).status_code < 500, said
    url = reverse("evidence:upload_new", args=[school.slug])
    for heads in (
        {"Upload-Length": "²"}, {"Upload-Length": "-1"}, {"Upload-Length": "9" * 40}, {"Upload-Length": "1e3"}, {},
        {"Upload-Length": "5", "Upload-Metadata": "filename " + "A" * 100_000}, {"Upload-Length": "5", "Upload-Metadata": ",,, ,"},
        {"Upload-Length": "5", "Upload-Metadata": "filename 7aCA"}, {"Upload-Length": "5", "Upload-Metadata": "filename /////w=="},
    ):  # fmt: skip
        assert chair.post(url, headers={**TUS, **heads}).status_code in (201, 400, 413, 422), heads
    made = sender.begin("a.txt", 10)
    where = made.headers["Location"]
    for offset in ("-1", "²", "9" * 40, "11", "5", ""):
        assert sender.send(where, offset, b"0123456789").status_code in (400, 409), offset
    assert sender.send(where, 0, b"0123456789ABCDEF").status_code in (200, 204)
    assert sender.send(where, 10, b"x").status_code < 500
    assert sender.send(where, 0, b"x").status_code in (204, 200, 409)
    assert chair.delete(where, headers=TUS).status_code in (204, 409)


def test_a_sheet_takes_any_letters(chair, school, sheet, rows):
    level = sheet.level()
    one = sheet.evidence("Kế hoạch năm")
    for name, keys, sent in (
        ("criterion_level", {"level": 1}, {"description": NUL, "judged": NUL, "version": "²"}),
        ("criterion_level", {"level": 99}, {"description": "x"}),
        ("criterion_copy", {"level": 1}, {"nguon": NUL}),
        ("criterion_copy", {"level": 1}, {"nguon": str(level.pk), "noi": NUL}),
        ("criterion_own", {}, {"strengths": NUL, "improvement": NUL, "chon_strengths": NUL}),
        ("criterion_requirements", {}, {"xet-a": NUL, "ghi-a": NUL, "muc": NUL}),
        ("criterion_writers", {}, {"writers": NUL}),
        ("criterion_evidence", {}, {"evidence": str(one.pk), "viec": NUL}),
        ("criterion_verify", {}, {"evidence": str(one.pk), "viec": "tu-choi", "note": NUL}),
        ("criterion_comments", {}, {"text": NUL}),
        ("criterion_submitted", {}, {"note": NUL}),
        ("criterion_returned", {}, {"note": NUL}),
    ):
        assert chair.post(sheet.url(name, **keys), sent).status_code < 500, (name, sent)
    for code in ("1.3%00", "%00", "²", "9" * 300, "..%2F..", "%F0%9F%92%A5"):
        base = f"/truong/{school.slug}/tu-danh-gia/{sheet.assessment.pk}"
        for path in (f"{base}/tieu-chi/{code}/", f"{base}/tieu-chuan/{code}/", f"{base}/han-che/them/?tieu-chi={code}"):
            assert chair.get(path).status_code < 500, path
    for cells in (
        [{"action": str(level.pk), "field": "description", "words": "nửa \ud83d", "version": 1}],
        [
            {
                "action": str(level.pk),
                "field": "description",
                "words": "x",
                "version": 2**31 - 1,
                "base": "\ud83d",
                "before": NUL,
            }
        ],
        [{"action": "\ud83d", "field": NUL, "words": "", "version": 1}],
        [{"action": str(level.pk), "field": "judged", "words": NUL, "version": 1}],
        [{"action": {}, "field": [], "words": 5, "version": 1.5}],
    ):
        answer = chair.post(sheet.url("criterion_words"), json.dumps({"cells": cells}), content_type="application/json")
        assert answer.status_code < 500, cells
    assert chair.get(sheet.url()).status_code == 200
    assert "\0" not in LevelReview.objects.get(pk=level.pk).description
    assert CriterionReview.objects.get(pk=sheet.review.pk).version >= 1


def test_the_years_pages_take_any_letters(chair, school, sheet, plan):
    key = {"school": school.slug, "assessment": sheet.assessment.pk}
    batch = "01900000-0000-7000-8000-000000000000"
    for name, keys, sent in (
        ("answer_undo", {"batch": batch}, {"next": NUL}),
        ("answer_undo", {"batch": batch}, {"next": "khong-co"}),
        ("answer_undo", {"batch": batch}, {"next": "//xa.example/"}),
        ("coverage", {}, {"do": "issue", "plan": str(plan.pk), "weakness": NUL}),
        ("coverage", {}, {"only": NUL}),
        ("approval", {}, {"ngay": "01/11/2026", "so": NUL, "ly-do": NUL, "dang-thay": NUL}),
        ("reopen", {}, {"ly-do": NUL}),
        ("publish", {}, {"ngay": "01/11/2026", "o-dau": NUL}),
        ("assignments", {}, {"ca": NUL, "o": f"{NUL}:{NUL}", "da-tick": ":"}),
        ("member_add", {}, {"name": NUL, "post": NUL, "role": NUL}),
        ("group_add", {}, {"name": NUL, "kind": NUL, "members": NUL, "criteria": NUL}),
        ("calendar_date", {"event": "report"}, {"lam": "doi", "ngay": "01/06/2027", "ly-do": NUL, "dang-thay": NUL}),
        ("calendar_date", {"event": "report"}, {"lam": "xong", "ngay": "0001-01-01"}),
        ("data_level", {}, {"cap": NUL}),
        ("report_part", {"part": "viet-tat"}, {"chu": NUL, "nghia": NUL}),
        ("report_part", {"part": "muc-dich"}, {"them": NUL, "bo": f"{NUL}:²", "len": ":", "goi-y": NUL}),
    ):
        answer = chair.post(reverse(f"assessments:{name}", kwargs={**key, **keys}), sent)
        assert answer.status_code < 500, (name, sent)
        assert "xa.example" not in answer.headers.get("Location", "")
    for when in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "%00", "2026-11-22", "²"):
        assert chair.get(reverse("assessments:changes", kwargs=key) + f"?truoc={when}").status_code == 200, when
    new = reverse("assessments:new", args=[school.slug])
    assert chair.post(new, {"nam": NUL, "khung": NUL, "tu": NUL}).status_code < 500


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 200_000, b'{"a":' * 100_000, b"null", b"[]", b'{"schema": "caitien.assessment/1", "framework": "tt57-2026-pho-thong", "criteria": 5}',
     b'{"framework": "\\u0000"}', b'{"school_year": "2027-2028", "framework": "tt57-2026-pho-thong", "evidence": [{"name": "a\\u0000b\\ud83d", "code": "\\u0000"}]}',
     b"\xff\xfe\x00"],
)  # fmt: skip
def test_a_file_that_is_no_self_assessment_is_no_fault(chair, school, content):
    answer = chair.post(
        reverse("assessments:from_file", args=[school.slug]), {"tep": io.BytesIO(content), "nam-tep": NUL}
    )
    assert answer.status_code < 500
