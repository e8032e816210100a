"""A list of evidence out of Excel is looked at, then taken in: codes kept where they are free, no word lost, nothing twice."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from caitien.web.evidence import services
from caitien.web.evidence.list_import import proposed, take_in
from caitien.web.evidence.models import Evidence, EvidenceCode, ListImport
from caitien.web.schools.not_now import NotNow
from web.evidence.rows import FRAMEWORK, make_evidence
from web.invented import make_user
from web.test_who_may_do_what import assess

HEAD = ("TT", "Mã minh chứng", "Tên minh chứng", "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử", "Ghi chú")


def workbook(*rows, head=HEAD) -> bytes:
    book = Workbook()
    book.active.append(["DANH MỤC MINH CHỨNG"])
    book.active.append(head)
    for number, row in enumerate(rows, 1):
        book.active.append([number, *row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(client, school, content, name="danh mục.xlsx", framework=FRAMEWORK, year="2025-2026"):
    address = reverse("evidence:lists", args=[school.slug])
    return client.post(address, {"file": SimpleUploadedFile(name, content), "khung": framework, "nam-hoc": year})


def taken(client, school, *rows, **more):
    """The list read and all of its lines taken in, as the page sends it."""
    answer = read(client, school, workbook(*rows), **more)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    found = ListImport.objects.latest("created_at")
    lines = [str(n) for n in range(len(found.entries))]
    done = client.post(answer.url, {"dong": lines}, follow=True)
    assert done.status_code == 200
    found.refresh_from_db()
    return found


def test_a_list_of_five_columns_comes_in_with_its_codes(browser, school):
    found = taken(
        browser,
        school,
        ("MC.1.3.05", "Kế hoạch số 12", "Tủ 1", "gốc"),
        ("MC.2.1.01", "Quyết định bổ nhiệm", "https://drive.example.vn/a", None),
    )
    assert found.state == "done"
    rows = {row.code: row for row in Evidence.objects.all()}
    assert set(rows) == {"MC.1.3.05", "MC.2.1.01"}
    first = rows["MC.1.3.05"]
    assert (first.name, first.place, first.note, first.state) == ("Kế hoạch số 12", "Tủ 1", "gốc", "submitted")
    assert [use.criterion for use in first.uses.all()] == ["1.3"]
    assert rows["MC.2.1.01"].attachments.get().url == "https://drive.example.vn/a"


def test_nothing_is_stored_before_somebody_says_so(browser, school):
    answer = read(browser, school, workbook(("MC.1.3.05", "Kế hoạch", "Tủ 1", None)))
    page = browser.get(answer.url).content.decode()
    assert not Evidence.objects.exists()
    assert "1 mới" in page


def test_a_doubled_code_keeps_both_lines_and_gives_the_second_a_new_code(browser, school):
    found = taken(
        browser, school, ("MC.1.3.01", "Kế hoạch năm học", "Tủ 1", None), ("MC.1.3.01", "Sổ tài sản", "Tủ 2", None)
    )
    assert "ghi hai lần" in str(found.findings) or "hai minh chứng" in str(found.findings)
    codes = {row.name: row.code for row in Evidence.objects.all()}
    assert codes == {"Kế hoạch năm học": "MC.1.3.01", "Sổ tài sản": "MC.1.3.02"}
    second = Evidence.objects.get(name="Sổ tài sản")
    assert set(second.codes.values_list("code", "series")) == {("MC.1.3.02", ""), ("MC.1.3.01", "2025-2026")}


def test_a_code_that_is_anothers_is_never_given_again(browser, school, secretary):
    own = make_evidence(school, "Nghị quyết hội đồng trường", "1.3")
    taken(browser, school, (own.code, "Sổ theo dõi khác hẳn", None, None))
    other = Evidence.objects.get(name="Sổ theo dõi khác hẳn")
    assert own.code == "MC.1.3.01"
    assert other.code == "MC.1.3.02"


def test_a_code_of_evidence_that_is_gone_is_not_given_again_either(browser, school, secretary):
    own = make_evidence(school, "Nghị quyết", "1.3")
    services.remove(school, own.pk, user=secretary)
    taken(browser, school, (own.code, "Nghị quyết khác", None, None))
    assert Evidence.objects.get().code == "MC.1.3.02"


def test_what_is_known_is_filled_in_and_no_word_is_changed(browser, school):
    own = make_evidence(school, "Kế hoạch số 12", "1.3", place="", note="của tôi")
    taken(browser, school, (own.code, "Kế hoạch số  12", "Tủ 4", "của tệp"))
    row = Evidence.objects.get()
    assert (row.place, row.note) == ("Tủ 4", "của tôi")


def test_the_same_list_twice_makes_nothing_twice(browser, school):
    rows = [("MC.1.3.05", "Kế hoạch số 12", "Tủ 1", None), (None, "Ảnh ngày hội", "Tủ 2", None)]
    taken(browser, school, *rows)
    taken(browser, school, *rows)
    assert Evidence.objects.count() == 2


def test_codes_of_an_old_list_are_kept_with_its_year_and_each_year_for_itself(browser, school):
    old = "tt17-2018-tieu-hoc"
    head = ("TT", "Tiêu chí", "Mã minh chứng", "Tên minh chứng", "Số, ngày ban hành", "Nơi ban hành")
    for year, name in (("2023-2024", "Nghị quyết cũ"), ("2024-2025", "Biên bản khác hẳn")):
        content = workbook(("1.1", "[H1-1.1-01]", name, None, None), head=head)
        answer = read(browser, school, content, framework=old, year=year)
        browser.post(answer.url, {"dong": ["0"]}, follow=True)
    kept = set(EvidenceCode.objects.values_list("code", "series", "evidence__name"))
    assert ("[H1-1.1-01]", "", "Nghị quyết cũ") in kept
    assert ("[H1-1.1-01]", "2024-2025", "Biên bản khác hẳn") in kept


def test_taking_in_goes_on_where_it_was_stopped(browser, school, secretary, monkeypatch):
    answer = read(browser, school, workbook(*((None, f"Biên bản số {n}", None, None) for n in range(45))))
    assert answer.status_code == 302
    found = ListImport.objects.get()
    seen = []

    def stop(done, of):
        seen.append(done)
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(found, range(45), secretary, stop)
    assert Evidence.objects.count() == 40
    take_in(found, range(45), secretary)
    assert Evidence.objects.count() == 45
    with pytest.raises(NotNow, match="đã đưa vào"):
        take_in(found, range(45), secretary)


def test_a_file_without_a_list_is_one_sentence(browser, school):
    book = Workbook()
    book.active.append(["Thực đơn tuần"])
    out = io.BytesIO()
    book.save(out)
    answer = read(browser, school, out.getvalue())
    assert answer.status_code == 422
    assert "minh chứng" in answer.content.decode()
    assert not ListImport.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04 cut", b"<html></html>"])
def test_what_is_no_list_is_refused_with_a_sentence(browser, school, content):
    answer = read(browser, school, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_words_of_a_file_are_escaped(browser, school):
    answer = read(browser, school, workbook(("MC.1.3.05", "<script>alert(1)</script>", "<b>", None)))
    page = browser.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_no_line_chosen_is_said(browser, school):
    answer = read(browser, school, workbook(("MC.1.3.05", "Kế hoạch", None, None)))
    assert browser.post(answer.url, {"dong": ["x", "99"]}).status_code == 422


def test_a_list_is_thrown_away(browser, school):
    answer = read(browser, school, workbook(("MC.1.3.05", "Kế hoạch", None, None)))
    found = ListImport.objects.get()
    browser.post(reverse("evidence:list_discard", args=[school.slug, found.pk]))
    assert browser.post(answer.url, {"dong": ["0"]}, follow=True).status_code in (200, 409)
    assert not Evidence.objects.exists()


def test_a_teacher_reads_lists_and_brings_none_in(school):
    client = Client()
    client.force_login(make_user("gv", "Vì Thị Loan", school, "staff"))
    assert client.get(reverse("evidence:lists", args=[school.slug])).status_code == 200
    assert read(client, school, workbook()).status_code == 403


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx"])
def test_the_list_leaves_in_five_columns(browser, school, secretary, format):
    assess(school, secretary)
    make_evidence(school, "=1+1", "1.3", place="Tủ 1")
    answer = browser.get(reverse("evidence:list_file", args=[school.slug, format]), follow=True)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")
    if format == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        head = next(row for row in rows if any(str(cell).startswith("Mã") for cell in row))
        assert len(head) == 5
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    else:
        assert content[:4] in (b"PK\x03\x04", b"%PDF")


def test_a_list_that_left_comes_back_as_it_was(browser, school, secretary):
    assess(school, secretary)
    make_evidence(school, "Kế hoạch số 12", "1.3", place="Tủ 1")
    make_evidence(school, "Sổ họp", "1.2")
    answer = browser.get(reverse("evidence:list_file", args=[school.slug, "xlsx"]), follow=True)
    came = read(browser, school, b"".join(answer.streaming_content))
    assert came.status_code == 302
    assert {one.what for one in proposed(ListImport.objects.get())} == {"same"}
