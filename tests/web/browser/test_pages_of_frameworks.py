"""Frameworks in a real browser: readable, narrow enough, quick to answer; all of it works without script too."""

from __future__ import annotations

import pytest

from web.invented import make_user

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/khung-tieu-chuan/tt57-2026-pho-thong/"
PAGES = {
    "list": "/khung-tieu-chuan/?cap=thcs&ngay=2025-09-05",
    "framework": NEW,
    "framework of 2018, amended": "/khung-tieu-chuan/tt17-2024-tieu-hoc/",
    "criterion": f"{NEW}tieu-chi/1.4/",
    "criterion of 2018": "/khung-tieu-chuan/tt17-2018-tieu-hoc/tieu-chi/1.3/",
    "search": "/khung-tieu-chuan/tim/?chu=ke+hoach+cai+tien",
    "comparison": "/khung-tieu-chuan/so-sanh/?cu=tt17-2018-tieu-hoc&moi=tt57-2026-pho-thong",
    "two criteria": "/khung-tieu-chuan/so-sanh/?cu=tt17-2018-tieu-hoc&moi=tt57-2026-pho-thong&mot=1.4&hai=1.2",
    "choice of two": "/khung-tieu-chuan/so-sanh/",
    "trying": f"{NEW}tinh-thu/?tat-ca=1&tc-1.4=0",
}


def test_every_page_of_frameworks(visitor):
    visitor.sign_in()
    for name, path in PAGES.items():
        visitor.go(path)
        visitor.look(name)


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_answers_come_while_one_chooses(visitor):
    visitor.sign_in()
    page = visitor.page
    visitor.go("/khung-tieu-chuan/")
    page.get_by_role("link", name="Tiêu chuẩn", exact=True).first.click()
    page.get_by_label("Cấp học").select_option("mam_non")
    page.get_by_label("Ngày").fill("01/10/2024")
    page.get_by_role("button", name="Xem khung").click()
    page.locator("#khung-ap-dung", has_text="TT 19/2018 · mầm non").wait_for()
    visitor.look("which framework, by htmx")

    visitor.go("/khung-tieu-chuan/tim/")
    page.get_by_label("Chữ cần tìm").fill("thu vien")
    page.locator("#ket-qua", has_text="chỗ có “thu vien”").wait_for()
    visitor.look("found while typing")
    page.locator("#ket-qua a").first.click()
    page.wait_for_url("**/tieu-chi/**")
    code = visitor.title().split()[0]
    page.locator("body").press("j")
    page.wait_for_function("code => !document.querySelector('h1').textContent.trim().startsWith(code + ' ')", arg=code)

    visitor.go(f"{NEW}tinh-thu/?tat-ca=2")
    page.locator("#ket-qua", has_text="Trường đạt Mức 2.").wait_for()
    page.locator("select[name='tc-1.4']").select_option("0")
    page.locator("#ket-qua", has_text="Trường chưa đạt Mức 1.").wait_for()
    visitor.look("tried, by htmx")


def test_all_of_it_without_script(visitor_without_script):
    visitor, page = visitor_without_script, visitor_without_script.page
    visitor.sign_in()
    visitor.go("/khung-tieu-chuan/")
    page.get_by_label("Cấp học").select_option("thpt")
    page.get_by_label("Ngày").fill("1/10/2026")
    page.get_by_role("button", name="Xem khung").click()
    assert "TT 57/2026 · phổ thông" in page.locator("#khung-ap-dung").inner_text()
    page.get_by_label("Chữ cần tìm").fill("thu vien")
    page.get_by_role("button", name="Tìm").click()
    assert "chỗ có “thu vien”" in page.locator("#ket-qua").inner_text()
    visitor.go(f"{NEW}tinh-thu/")
    page.locator("select[name='tc-1.4']").select_option("0")
    page.get_by_role("button", name="Tính").click()
    assert "đã xét 1 trong 15" in page.locator("#ket-qua").inner_text()
    visitor.go(NEW)
    page.locator("summary", has_text="Phiếu đối chiếu").click()
    file = visitor.download(page.get_by_role("link", name="DOCX – Phiếu đối chiếu"))
    assert file.read_bytes().startswith(b"PK")


def test_an_administrator_attaches_the_circular(visitor, settings, tmp_path):
    from standards.circular_texts import of_2026

    settings.DATA = tmp_path
    admin = make_user("quan-tri", "Vàng A Lềnh", None)
    admin.is_staff = True
    admin.save()
    file = tmp_path / "thong-tu-bia.txt"
    file.write_text("\n".join(of_2026()), encoding="utf-8")
    visitor.context.clear_cookies()
    visitor.go(f"/tai-khoan/login/?next={NEW}van-ban/")
    visitor.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("quan-tri")
    visitor.page.locator("input[name=password]").fill("mat-khau-thu-9")
    visitor.page.get_by_role("button", name="Đăng nhập").click()
    visitor.page.wait_for_url("**/van-ban/")
    visitor.look("nothing attached")
    visitor.go("/khung-tieu-chuan/khung-rieng/")
    visitor.look("own frameworks")
    visitor.go(f"{NEW}van-ban/")
    visitor.drop(file)
    visitor.page.get_by_text("Kết quả đối chiếu", exact=True).wait_for()
    visitor.look("attached")
    visitor.go(f"{NEW}tieu-chi/1.3/")
    assert "Lời bịa II 1.3 ở mức cao." in visitor.page.locator("main").inner_text()
    visitor.look("criterion with the official words")
