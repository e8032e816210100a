"""A teacher sends files from a laptop and from a phone: the network goes, the page is loaded again, nothing is sent twice."""

from __future__ import annotations

import hashlib
import os

import pytest

from web.evidence import files

pytestmark = pytest.mark.django_db(transaction=True)
MB = 1024 * 1024
PAGE = "/truong/th-nam-ngan/minh-chung/tai-len/"
ONE_AT_A_TIME = (
    "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"  # the test's database has one writer
)


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path, monkeypatch):
    from caitien.web.evidence import uploads

    settings.DATA, settings.CLAMD = tmp_path, ""
    monkeypatch.setattr(uploads, "_words_wanted", lambda upload, user: None)


@pytest.fixture
def teacher(visitor):
    visitor.context.add_init_script(ONE_AT_A_TIME)
    visitor.sign_in()
    return visitor


def large(folder, name: str = "phim-hoi-thi.mp4", size: int = 6 * MB):
    file = folder / name
    head = files.film()
    file.write_bytes(head + os.urandom(size - len(head)))
    return file


def sum_of(file) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_several_files_are_sent_and_named_and_a_bad_one_has_its_sentence(teacher, tmp_path):
    from caitien.web.evidence.models import Evidence

    (tmp_path / "Quyết định 12.pdf").write_bytes(files.pdf())
    (tmp_path / "IMG_0001.jpg").write_bytes(files.picture(size=(600, 400)))
    (tmp_path / "hoc-sinh.xls").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    page = teacher.page
    teacher.go(PAGE)
    teacher.look("upload")
    page.locator("#tep").set_input_files(
        [tmp_path / "Quyết định 12.pdf", tmp_path / "hoc-sinh.xls", tmp_path / "IMG_0001.jpg"]
    )
    page.locator(".is-done").nth(1).wait_for()
    assert "trang web" in page.locator(".is-refused").inner_text()
    assert "Đã gửi xong 2 tệp." in page.locator("[data-upload-all]").inner_text()
    teacher.complaints.clear()  # the browser notes the refusal as an error of the network
    teacher.look("sent")
    page.get_by_role("link", name="Ghi tên và tiêu chí cho tệp vừa gửi").click()
    teacher.look("name")
    page.get_by_label("Tên minh chứng").first.fill("Ảnh hội thi Rung chuông vàng")
    page.get_by_label("Tiêu chí").last.select_option("1.1")
    page.get_by_role("button", name="Lưu tất cả").click()
    page.wait_for_url("**/minh-chung/?xep=moi")
    assert sorted(Evidence.objects.values_list("name", "code")) == [("Quyết định 12", "MC.1.1.01"), ("Ảnh hội thi Rung chuông vàng", "")]  # fmt: skip


def test_the_network_goes_and_comes_back_and_the_file_is_whole(teacher, tmp_path):
    from caitien.web.evidence.models import StoredFile

    file = large(tmp_path)
    page = teacher.page
    teacher.go(PAGE)
    pieces = []

    def weak(route) -> None:
        """The third piece never gets through, the fourth neither; then the network is there again."""
        pieces.append(route.request.headers.get("upload-offset"))
        if len(pieces) in (3, 4):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/tai-len/tep/*/", lambda route: weak(route) if route.request.method == "PATCH" else route.continue_())
    page.locator("#tep").set_input_files(file)
    page.get_by_text("Mạng yếu, đang thử lại").wait_for()
    page.locator(".is-done").wait_for()
    assert StoredFile.objects.get().sha256 == sum_of(file)
    assert pieces.count("0") == 1  # nothing from the beginning again


def test_the_page_is_loaded_again_and_the_rest_is_sent(teacher, tmp_path):
    from caitien.web.evidence.models import StoredFile, Upload

    file = large(tmp_path)
    page = teacher.page
    teacher.go(PAGE)
    sent = []

    def stop_at_two(route) -> None:
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) == 3:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(
        "**/tai-len/tep/*/", lambda route: stop_at_two(route) if route.request.method == "PATCH" else route.continue_()
    )
    page.locator("#tep").set_input_files(file)
    page.get_by_text("Mạng yếu").wait_for()
    page.unroute_all()
    page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?"
    page.reload()
    assert "phim-hoi-thi.mp4" in page.locator("[data-unfinished]").inner_text()
    teacher.complaints.clear()
    teacher.look("unfinished")
    offsets = []
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    page.locator("#tep").set_input_files(file)
    page.locator(".is-done").wait_for()
    assert min(offsets) > 0  # what had arrived was not sent again
    assert StoredFile.objects.get().sha256 == sum_of(file)
    assert Upload.objects.count() == 1


def test_a_file_that_is_too_large_is_refused_without_sending_it(teacher, tmp_path):
    file = tmp_path / "le-khai-giang.mp4"
    with file.open("wb") as target:
        target.truncate(300 * MB)
    teacher.go(PAGE)
    asked = []
    teacher.page.on("request", lambda request: asked.append(request.url) if "/tep/" in request.url else None)
    teacher.page.locator("#tep").set_input_files(file)
    assert "300 MB" in teacher.page.locator(".is-refused").inner_text()
    assert asked == []


def test_what_is_there_already_is_used_again_with_one_press(teacher, tmp_path):
    from caitien.web.evidence.models import Evidence, EvidenceUse

    (tmp_path / "a.pdf").write_bytes(files.pdf())
    page = teacher.page
    for criterion in ("1.1", "1.2"):
        teacher.go(f"{PAGE}?tieu-chi={criterion}")
        page.locator("#tep").set_input_files(tmp_path / "a.pdf")
        page.locator(".is-done").wait_for()
    assert "Tệp này đã có ở minh chứng MC.1.1.01 a" in page.locator(".is-done").inner_text()
    teacher.look("same")
    page.get_by_role("button", name="Dùng lại minh chứng đó").click()
    page.get_by_text("đã dùng lại").wait_for()
    assert Evidence.objects.count() == 1
    assert set(EvidenceUse.objects.values_list("criterion", flat=True)) == {"1.1", "1.2"}


def test_several_files_are_sent_without_a_script(visitor_without_script, tmp_path):
    from caitien.web.evidence.models import Evidence

    (tmp_path / "Biên bản 3.docx").write_bytes(files.docx())
    (tmp_path / "Quyết định 12.pdf").write_bytes(files.pdf())
    visitor = visitor_without_script
    visitor.sign_in()
    visitor.go(PAGE)
    visitor.page.locator("#tep").set_input_files([tmp_path / "Biên bản 3.docx", tmp_path / "Quyết định 12.pdf"])
    visitor.page.get_by_role("button", name="Gửi").click()
    visitor.page.wait_for_url("**/dat-ten/")
    visitor.page.get_by_role("button", name="Lưu tất cả").click()
    visitor.page.wait_for_url("**/minh-chung/?xep=moi")
    assert Evidence.objects.count() == 2
