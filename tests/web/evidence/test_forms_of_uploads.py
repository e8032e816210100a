"""The page that takes files, the form without a script, naming what came, links: each says what is wrong and loses nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caitien.web.evidence import uploads
from caitien.web.evidence.models import ActionEvidence, Attachment, Evidence, EvidenceUse, Upload
from caitien.web.evidence.views import links as link_views
from caitien.web.evidence.views import uploads as upload_views
from web.evidence import files
from web.evidence.sending import Sender
from web.invented import make_user

FRAMEWORK = "tt57-2026-pho-thong"
pytestmark = pytest.mark.usefixtures("words_unread")


def page(browser, school, query: str = "") -> str:
    return browser.get(reverse("evidence:upload", args=[school.slug]) + query).content.decode()


def form(browser, school, *sent: tuple[str, bytes], **data: str):
    many = [SimpleUploadedFile(name, content) for name, content in sent]
    return browser.post(reverse("evidence:upload", args=[school.slug]), {"files": many, **data})


# --- without a script


def test_without_a_script_several_files_are_sent_in_one_form(browser, school, kept_in):
    answer = form(
        browser, school, ("a.pdf", files.pdf()), ("b.docx", files.docx()), criterion="1.3", framework=FRAMEWORK
    )
    assert answer.status_code == 302
    assert answer.url == reverse("evidence:name_received", args=[school.slug])
    assert {one.code for one in Evidence.objects.all()} == {"MC.1.3.01", "MC.1.3.02"}


def test_one_bad_file_keeps_back_none_of_the_others(browser, school):
    answer = browser.post(
        reverse("evidence:upload", args=[school.slug]),
        {"files": [SimpleUploadedFile("a.pdf", files.pdf()), SimpleUploadedFile("b.pdf", b"<html><script>")]},
        follow=True,
    )
    said = answer.content.decode()
    assert "“b.pdf” chưa được nhận" in said
    assert "trang web" in said
    assert Evidence.objects.get().name == "a"


def test_only_bad_files_give_the_page_again_with_each_its_sentence(browser, school):
    answer = form(browser, school, ("a.pdf", b"<html>"), ("b.exe", b"MZ\x90\x00"), ("rong.pdf", b" "))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert said.count("<li>“") >= 2
    assert "trang web" in said
    assert "chương trình" in said


def test_a_form_with_what_is_there_already_says_where(browser, school):
    form(browser, school, ("a.pdf", files.pdf()))
    sent = {"files": [SimpleUploadedFile("b.pdf", files.pdf())]}
    answer = browser.post(reverse("evidence:upload", args=[school.slug]), sent, follow=True)
    assert "“b.pdf” đã có ở minh chứng “a”" in answer.content.decode()


def test_nothing_chosen_says_so(browser, school):
    answer = browser.post(reverse("evidence:upload", args=[school.slug]), {})
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.content.decode()


def test_too_many_files_in_one_form_say_how_many(browser, school):
    many = [(f"{number}.pdf", files.pdf(str(number))) for number in range(21)]
    answer = form(browser, school, *many)
    assert answer.status_code == 422
    assert "nhiều nhất 20 tệp" in answer.content.decode()
    answer = form(browser, school, *[(f"{number}.txt", b"x") for number in range(150)])
    assert answer.status_code == 422
    assert not Upload.objects.exists()


def test_a_form_of_300_mb_is_refused_by_its_head_before_it_is_read(browser, school):
    answer = browser.post(
        reverse("evidence:upload", args=[school.slug]),
        b"",
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(300 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "300 MB" in answer.content.decode()


def test_several_files_may_be_one_evidence(browser, school):
    form(browser, school, ("1.jpg", files.picture()), ("2.jpg", files.picture(colour="red")), one="1")
    assert Evidence.objects.get().attachments.count() == 2


def test_a_form_of_another_page_is_refused(school, secretary):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary)
    assert form(strict, school, ("a.pdf", files.pdf())).status_code == 403


# --- what files are sent for


def test_the_page_says_what_the_files_are_for(browser, school, plan):
    action = plan.actions.first()
    assert "tiêu chí 1.3" in page(browser, school, "?tieu-chi=1.3")
    assert "Biên bản họp" in page(browser, school, f"?muc={action.pk}&ten=Biên bản họp")
    assert "Minh chứng của" not in page(browser, school, "?tieu-chi=9.9")


def test_a_file_for_an_action_proves_it_and_is_offered_to_its_criteria(browser, school, plan):
    action = plan.actions.first()
    Sender(browser, school).whole("a.pdf", files.pdf(), action=str(action.pk), text="Biên bản họp")
    assert ActionEvidence.objects.get().text == "Biên bản họp"
    assert set(EvidenceUse.objects.values_list("state", flat=True)) <= {"offered"}


def test_a_file_for_an_action_of_another_school_is_not_taken(browser, school, other_school):
    from caitien.web.plans.values import store
    from web.invented import plan_value

    action = store(other_school, plan_value(), None).actions.first()
    answer = Sender(browser, school).begin("a.pdf", 10, action=str(action.pk))
    assert answer.status_code == 409
    assert Sender(browser, school).begin("a.pdf", 10, action="khong phai").status_code == 409


def test_what_is_unfinished_is_listed_with_how_much_came_and_can_be_dropped(browser, school):
    sender = Sender(browser, school)
    sender.send(sender.begin("Hồ sơ.pdf", 2 * 1024 * 1024).headers["Location"], 0, files.pdf().ljust(1024 * 1024))
    said = page(browser, school)
    assert "Đang gửi dở" in said
    assert "Hồ sơ.pdf" in said
    upload = Upload.objects.get()
    assert browser.post(reverse("evidence:upload_drop", args=[school.slug, upload.pk])).status_code == 302
    assert not Upload.objects.exists()
    assert not uploads.path_of(upload).exists()


# --- naming


def test_what_came_is_named_in_one_form(browser, school):
    sender = Sender(browser, school)
    sender.whole("IMG_0001.jpg", files.picture())
    sender.whole("IMG_0002.jpg", files.picture(colour="red"))
    address = reverse("evidence:name_received", args=[school.slug])
    assert "2 minh chứng vừa gửi" in browser.get(address).content.decode()
    one, two = Evidence.objects.order_by("created_at")
    data = {
        f"name-{one.pk}": "Ảnh hội thi", f"number-{one.pk}": "", f"date-{one.pk}": "30/11/2026", f"criterion-{one.pk}": "1.3", f"version-{one.pk}": one.version,
        f"name-{two.pk}": "  Quyết định  ", f"number-{two.pk}": "12/QĐ-TH", f"date-{two.pk}": "", f"criterion-{two.pk}": "", f"version-{two.pk}": two.version,
    }  # fmt: skip
    answer = browser.post(address, data)
    assert answer.status_code == 302
    assert answer.url.endswith("/minh-chung/?xep=moi")  # the list begins with what was just named
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.name, one.code, one.date) == (
        "Ảnh hội thi",
        "MC.1.3.01",
        "2026-11-30",
    )  # stored as the evidence form stores it
    assert (two.name, two.number, two.code) == ("Quyết định", "12/QĐ-TH", "")
    assert "Không còn tệp nào chờ ghi tên" in browser.get(address).content.decode()


def test_one_criterion_is_said_for_all_that_have_none(browser, school):
    sender = Sender(browser, school)
    for number in range(3):
        sender.whole(f"Quyết định {number}.pdf", files.pdf(str(number)))
    rows = list(Evidence.objects.order_by("created_at"))
    data = {"criterion-all": "1.2", f"criterion-{rows[0].pk}": "2.1"}
    for row in rows:
        data |= {f"name-{row.pk}": row.name, f"version-{row.pk}": row.version}
    browser.post(reverse("evidence:name_received", args=[school.slug]), data)
    assert [row.code for row in Evidence.objects.order_by("created_at")] == ["MC.2.1.01", "MC.1.2.01", "MC.1.2.02"]


def test_a_row_without_a_name_comes_back_with_what_was_typed_and_the_others_are_saved(browser, school):
    sender = Sender(browser, school)
    sender.whole("hoi-thi.jpg", files.picture())
    sender.whole("hoi-khoe.jpg", files.picture(colour="red"))
    one, two = Evidence.objects.order_by("created_at")
    data = {f"name-{one.pk}": " ", f"number-{one.pk}": "45/KH", f"version-{one.pk}": one.version, f"name-{two.pk}": "Ảnh", f"version-{two.pk}": two.version}  # fmt: skip
    answer = browser.post(reverse("evidence:name_received", args=[school.slug]), data)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert 'value="45/KH"' in said
    assert "Hãy ghi tên minh chứng" in said
    assert str(two.pk) not in said
    two.refresh_from_db()
    assert two.name == "Ảnh"


def test_a_day_that_is_none_comes_back_with_what_was_typed(browser, school):
    Sender(browser, school).whole("bien-ban.pdf", files.pdf())
    one = Evidence.objects.get()
    data = {f"name-{one.pk}": "Biên bản", f"date-{one.pk}": "12/13/2026", f"version-{one.pk}": one.version}
    answer = browser.post(reverse("evidence:name_received", args=[school.slug]), data)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Không có ngày “12/13/2026” trong lịch" in said
    assert 'value="12/13/2026"' in said
    assert Evidence.objects.get().date in ("", None)


def test_a_name_that_a_camera_gave_is_not_offered_and_may_wait(browser, school):
    sender = Sender(browser, school)
    sender.whole("IMG_20261120.jpg", files.picture())
    sender.whole("Quyết định 12.pdf", files.pdf())
    address = reverse("evidence:name_received", args=[school.slug])
    said = browser.get(address).content.decode()
    assert 'value="IMG 20261120"' not in said
    assert 'value="Quyết định 12"' in said
    photo, paper = Evidence.objects.order_by("created_at")
    data = {f"name-{photo.pk}": "", f"version-{photo.pk}": photo.version, f"name-{paper.pk}": "Quyết định 12", f"version-{paper.pk}": paper.version}  # fmt: skip
    answer = browser.post(address, data, follow=True)
    assert "Còn 1 tệp chưa ghi tên" in answer.content.decode()
    assert "1 minh chứng vừa gửi" in browser.get(address).content.decode()


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(browser, school, secretary):
    from caitien.web.evidence import services

    Sender(browser, school).whole("hoi-thi.jpg", files.picture())
    one = Evidence.objects.get()
    services.save_fields(school, one.pk, {"name": "Tên của đồng nghiệp"}, seen=one.version, user=secretary)
    data = {f"name-{one.pk}": "Tên của tôi", f"version-{one.pk}": one.version}
    answer = browser.post(reverse("evidence:name_received", args=[school.slug]), data)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Tên của đồng nghiệp" in said
    assert "Tên của tôi" in said
    version = Evidence.objects.get().version
    assert f'name="version-{one.pk}" value="{version}"' in said
    assert browser.post(reverse("evidence:name_received", args=[school.slug]), {**data, f"version-{one.pk}": version}).status_code == 302  # fmt: skip
    assert Evidence.objects.get().name == "Tên của tôi"


def test_one_names_only_what_one_sent_oneself(browser, school):
    Sender(browser, school).whole("1.jpg", files.picture())
    other = Client()
    other.force_login(make_user("khac", "Mùa A Páo", school, "staff"))
    assert "Không còn tệp nào" in other.get(reverse("evidence:name_received", args=[school.slug])).content.decode()


def test_the_pages_ask_the_database_as_often_however_much_came(browser, school, django_assert_max_num_queries):
    sender = Sender(browser, school)
    for number in range(12):
        sender.whole(f"{number}.pdf", files.pdf(str(number)))
        sender.whole(f"{number}-lai.pdf", files.pdf(str(number)))
        sender.begin(f"do-{number}.pdf", 1000)
    for name in ("upload", "name_received", "add_link"):
        with django_assert_max_num_queries(12):
            assert browser.get(reverse(f"evidence:{name}", args=[school.slug])).status_code == 200


# --- links


def test_a_link_is_kept_as_an_evidence(browser, school):
    data = {"url": "drive.google.com/file/d/1", "name": "Hồ sơ trên Drive", "criterion": "1.3"}
    answer = browser.post(reverse("evidence:add_link", args=[school.slug]), data)
    assert answer.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.name, evidence.code) == ("Hồ sơ trên Drive", "MC.1.3.01")
    assert evidence.attachments.get().url == "https://drive.google.com/file/d/1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "C:\\ho-so", "", "https://a:b@c.vn/", "ho so cua toi", "data:text/html,x"])  # fmt: skip
def test_what_is_no_address_is_said_and_what_was_typed_stays(browser, school, url):
    answer = browser.post(reverse("evidence:add_link", args=[school.slug]), {"url": url, "name": "Tên đã gõ"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Tên đã gõ" in said
    assert "ãy " in said
    assert not Evidence.objects.exists()


def test_a_link_more_for_an_evidence_that_is_there(browser, school):
    Sender(browser, school).whole("1.jpg", files.picture())
    evidence = Evidence.objects.get()
    address = reverse("evidence:add_link", args=[school.slug])
    assert evidence.name in browser.get(f"{address}?minh-chung={evidence.pk}").content.decode()
    data = {"url": "https://example.edu.vn/ho-so", "name": "Bản đầy đủ", "minh-chung": str(evidence.pk)}
    assert browser.post(address, data).status_code == 302
    assert evidence.attachments.count() == 2


def test_whether_a_link_opens_is_kept_with_the_day(browser, school, monkeypatch):
    from caitien.web.evidence.links import Answer

    browser.post(reverse("evidence:add_link", args=[school.slug]), {"url": "https://example.edu.vn/x", "name": "x"})
    link = Attachment.objects.get()
    monkeypatch.setattr(
        link_views, "check", lambda url: Answer("gone", "Không còn gì ở địa chỉ này (đã xóa hoặc chuyển chỗ).")
    )
    assert browser.post(reverse("evidence:check_link", args=[school.slug, link.pk])).status_code == 302
    link.refresh_from_db()
    assert (link.reach, bool(link.reach_checked_at)) == ("gone", True)


def test_all_links_are_checked_by_a_job(browser, school, monkeypatch):
    from caitien.web.evidence.links import Answer

    for number in range(3):
        browser.post(
            reverse("evidence:add_link", args=[school.slug]), {"url": f"https://example.edu.vn/{number}", "name": "x"}
        )
    monkeypatch.setattr(link_views, "check", lambda url: Answer("open" if url.endswith("1") else "sign_in", ""))
    assert browser.post(reverse("evidence:check_links", args=[school.slug])).status_code == 302
    assert sorted(Attachment.objects.values_list("reach", flat=True)) == ["open", "sign_in", "sign_in"]


def test_forms_without_a_script_say_the_same_bounds_as_the_page(browser, school):
    said = page(browser, school)
    assert f"nhiều nhất {upload_views.MOST_AT_ONCE} tệp" in said
    assert "100 MB" in said
