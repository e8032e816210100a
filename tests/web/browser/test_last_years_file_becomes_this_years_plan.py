"""The main flow in a real browser: sign in, drop a file, settle what is doubtful, accept, change an action, export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.browser.school_file import write_word_file

SAMPLES = Path(__file__).parents[3] / "samples"
pytestmark = pytest.mark.django_db(transaction=True)


def confirm_facts(visitor) -> None:
    page = visitor.page
    assert page.get_by_label("Năm học", exact=True).first.input_value() == "2025-2026"
    page.get_by_label("Khung tiêu chuẩn").select_option("tt17-2018-tieu-hoc")
    page.get_by_role("button", name="Đúng, xác nhận").first.click()


def accept(visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Đưa vào kế hoạch").first.click()
    page.wait_for_url("**/dua-vao/")
    visitor.look("accept")
    page.get_by_role("button", name="Đưa vào kế hoạch").click()
    page.wait_for_url(re.compile("/ke-hoach/[0-9a-f-]{36}/"))
    visitor.look("plan")


def test_a_word_file_with_two_owners_and_a_missing_date(visitor, tmp_path):
    page = visitor.page
    visitor.sign_in()
    visitor.look("empty school")
    visitor.drop(write_word_file(tmp_path / "Kế hoạch cải tiến.docx"))
    page.wait_for_url("**/nhap/**")
    assert visitor.title() == "Đọc được 5 mục, 3 chỗ cần quyết định"
    visitor.look("facts")

    confirm_facts(visitor)
    page.get_by_text("Hai dòng ghi khác nhau").wait_for()
    visitor.look("two owners")
    page.get_by_role("button", name="Quàng Thị Ín", exact=False).first.click()

    page.get_by_text("Khi nào làm, khi nào xong?").wait_for()
    visitor.look("missing date")
    page.get_by_label("Ghi vào đây").press_sequentially("Trước 20/12/2025")
    page.get_by_text("hạn 20/12/2025").wait_for()
    page.get_by_role("button", name="Dùng").click()

    page.get_by_text("Mọi chỗ đã được quyết định").wait_for()
    assert visitor.title() == "Đọc được 5 mục, không còn chỗ nào cần quyết định"
    visitor.look("done")
    page.get_by_role("button", name="Nhận tất cả chỗ chắc chắn").click()
    page.get_by_text("Đã nhận 3 mục chắc chắn").wait_for()
    page.get_by_role("link", name="5 mục").click()
    page.get_by_role("region", name="Các mục đọc được").wait_for()
    visitor.look("rows")
    accept(visitor)

    # A click in the table chooses the cell, as in Excel; the action itself is opened by its address.
    action = page.get_by_role("link", name="Bồi dưỡng giáo viên dạy Tin học").first.get_attribute("href")
    visitor.go(action)
    page.get_by_text("20/12/2025").first.wait_for()
    visitor.look("action")
    visitor.go(f"{action}sua/")
    visitor.look("action edit")
    page.get_by_label("Người phụ trách").fill("Hà Văn Pó")
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url(re.compile("/muc/[0-9a-f-]{36}/$"))
    page.reload()
    assert page.get_by_text("Hà Văn Pó").count()
    visitor.look("action saved")


def test_a_text_that_fell_out_of_a_pdf(visitor):
    page = visitor.page
    visitor.sign_in()
    visitor.go("/truong/th-nam-ngan/nhap/tai-len/")
    visitor.look("upload")
    visitor.drop(SAMPLES / "th-dong-vang-2025-2026.txt")
    page.wait_for_url(re.compile("/nhap/[0-9a-f-]{36}/"))
    assert visitor.title().startswith("Đọc được 16 mục")
    visitor.look("facts")
    confirm_facts(visitor)
    page.get_by_text("đọc thế này có đúng không?").wait_for()
    visitor.look("lost letters")
    accept(visitor)
    assert "16" in page.locator("main").inner_text()


def test_a_pdf_is_shown_beside_its_rows(visitor):
    page = visitor.page
    visitor.sign_in()
    visitor.go("/truong/th-nam-ngan/nhap/tai-len/")
    visitor.drop(SAMPLES / "th-an-khe-bac-2025-2026.pdf")
    page.wait_for_url(re.compile("/nhap/[0-9a-f-]{36}/"))
    page.goto(page.url.split("?")[0] + "?muc=2")
    picture = page.locator(".source-page img")
    picture.wait_for()
    page.wait_for_function("document.querySelector('.source-page img').naturalWidth > 600")
    assert page.locator(".source-page rect.box-row").count() >= 3
    visitor.look("row beside its page")
    page.get_by_role("link", name="Xem dạng bảng").click()
    page.locator("td.is-row-cell").first.wait_for()
    visitor.look("row beside its table")


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_the_documents_can_be_taken_out(visitor, tmp_path):
    from docx import Document
    from openpyxl import load_workbook

    visitor.sign_in()
    visitor.drop(write_word_file(tmp_path / "ke-hoach.docx"))
    visitor.page.wait_for_url("**/nhap/**")
    confirm_facts(visitor)
    visitor.page.get_by_text("Hai dòng ghi khác nhau").wait_for()
    accept(visitor)

    def taken(format_: str) -> Path:
        visitor.page.reload()
        visitor.page.locator("summary", has_text="Xuất văn bản").click()
        return visitor.download(visitor.page.locator(f"a[download][href$='.{format_}']").first)

    words = "Bồi dưỡng giáo viên dạy Tin học và Tiếng Anh"
    document = Document(str(taken("docx")))
    assert any(words in cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert taken("pdf").read_bytes().startswith(b"%PDF-")
    sheet = tmp_path / "ra.xlsx"
    sheet.write_bytes(taken("xlsx").read_bytes())
    cells = [str(cell.value) for page in load_workbook(sheet) for row in page.iter_rows() for cell in row]
    assert any(words in cell for cell in cells)


def test_all_of_it_works_without_javascript(visitor_without_script, tmp_path):
    visitor = visitor_without_script
    page = visitor.page
    visitor.sign_in()
    visitor.drop(write_word_file(tmp_path / "ke-hoach.docx"))
    page.wait_for_url("**/nhap/**")
    confirm_facts(visitor)
    page.get_by_role("button", name="Quàng Thị Ín", exact=False).first.click()
    page.get_by_label("Ghi vào đây").fill("Trước 20/12/2025")
    page.get_by_role("button", name="Dùng").click()
    assert visitor.title() == "Đọc được 5 mục, không còn chỗ nào cần quyết định"
    accept(visitor)


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_one_key_goes_to_the_next_doubtful_thing(visitor, tmp_path):
    visitor.sign_in()
    visitor.drop(write_word_file(tmp_path / "ke-hoach.docx"))
    visitor.page.wait_for_url("**/nhap/**")
    visitor.page.keyboard.press("j")
    visitor.page.get_by_text("Hai dòng ghi khác nhau").wait_for()
    visitor.page.keyboard.press("j")
    visitor.page.get_by_text("Khi nào làm, khi nào xong?").wait_for()
    visitor.page.keyboard.press("k")
    visitor.page.get_by_text("Hai dòng ghi khác nhau").wait_for()
    visitor.page.keyboard.press("2")
    visitor.page.get_by_text("đã quyết định 1/3").wait_for()


def test_a_bad_file_says_why(visitor, tmp_path):
    picture = tmp_path / "anh.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    visitor.sign_in()
    visitor.drop(picture)
    visitor.page.get_by_text("Chưa đọc được tệp này").wait_for()
    visitor.complaints = [c for c in visitor.complaints if "422" not in c]  # the browser notes the status itself
    visitor.look("refused")


def test_a_half_finished_import_can_be_taken_up_or_thrown_away(visitor, tmp_path):
    file = write_word_file(tmp_path / "ke-hoach.docx")
    page = visitor.page
    visitor.sign_in()
    visitor.drop(file)
    page.wait_for_url("**/nhap/**")
    confirm_facts(visitor)
    visitor.go("/truong/th-nam-ngan/nhap/tai-len/")
    visitor.drop(file)
    page.get_by_text("Tệp này đã được tải lên").wait_for()
    visitor.look("same file")
    page.get_by_role("link", name="Tiếp tục duyệt").click()
    page.get_by_text("đã quyết định 1/3").wait_for()
    page.locator("summary", has_text="Bỏ bản nhập này").click()
    visitor.look("throw away")
    page.get_by_role("button", name="Bỏ hẳn").click()
    page.get_by_text("Đã bỏ bản nhập").wait_for()
    visitor.look("empty list")
