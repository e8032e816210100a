"""Evidence cited inside a sentence: a code is a link, one that is wrong is told with the likely right one; looking evidence
up creates nothing; choosing, verifying, declining happen on the page of the criterion."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.evidence.models import Evidence, EvidenceUse
from web.assessments.sheets import Sheet
from web.invented import make_user


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


def cited(browser, sheet, text):
    sheet.form(browser, description=text)
    return browser.get(sheet.url()).content.decode()


def found(browser, sheet, asked):
    return browser.get(sheet.url("criterion_cite"), {"q": asked}, HTTP_ACCEPT="application/json").json()["results"]


def test_a_code_is_a_link_to_its_evidence(browser, sheet, school):
    row = sheet.evidence("Kế hoạch chuyển đổi số", state="verified")
    html = cited(browser, sheet, "Có kế hoạch (MC.1.3.01).")
    link = reverse("evidence:evidence", args=[school.slug, row.pk])
    assert f'<a href="{link}" title="Kế hoạch chuyển đổi số">MC.1.3.01</a>' in html


def test_citing_links_the_evidence_to_the_criterion(browser, sheet):
    row = sheet.evidence("Kế hoạch phát triển", criterion="1.1", state="verified")
    cited(browser, sheet, "Theo kế hoạch (MC.1.1.01).")
    assert EvidenceUse.objects.filter(evidence=row, criterion="1.3", state="used").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Có (MC.1.3.77).", "danh mục không có minh chứng này"),
        ("Có (MC.1.3.02).", "đã bị từ chối"),
        ("Có (MC.1.3.03).", "chưa được xác nhận"),
        ("Có (MC.1.3.04).", "đã hết hiệu lực"),
        ("Có (MC.1.3.1).", "Có phải MC.1.3.01?"),
        ("Có (MC 1.3.01).", "Có phải MC.1.3.01?"),
        ("Có (MC.1.3.10).", "Đổi thành MC.1.3.01"),
    ],
)
def test_a_doubtful_code_is_told(browser, sheet, text, says):
    for state in ("verified", "rejected", "", "expired"):
        sheet.evidence(f"Minh chứng {state}", state=state)
    assert says in cited(browser, sheet, text)


def test_nothing_is_said_of_a_good_code(browser, sheet):
    sheet.evidence("Kế hoạch", state="verified")
    html = cited(browser, sheet, "Có kế hoạch (MC.1.3.01).")
    assert "data-replace" not in html
    assert "mã minh chứng cần xem lại" not in html


def test_evidence_that_was_taken_away_is_missing(browser, sheet, school, secretary):
    from caitien.web.evidence.services import remove

    row = sheet.evidence("Kế hoạch")
    remove(school, row.pk, user=secretary)
    assert "danh mục không có minh chứng này" in cited(browser, sheet, "Có (MC.1.3.01).")


def test_a_code_of_an_old_list_says_which_one_it_is_now(browser, sheet, secretary):
    from caitien.web.evidence.codes import keep_old_code

    keep_old_code(sheet.evidence("Kế hoạch", state="verified"), "H1-1.3-07", "2024-2025", secretary)
    html = cited(browser, sheet, "Có kế hoạch [H1-1.3-07].")
    assert "là mã cũ của “Kế hoạch”; mã hiện nay là MC.1.3.01" in html


@pytest.mark.parametrize("asked", ["ke hoach", "KẾ HOẠCH", "MC.1.3", "mc.1.3.1", "1.3.01", "[MC.1.3.01", "(ke ho", ""])
def test_evidence_is_offered_without_diacritics_by_code_and_name(browser, sheet, asked):
    sheet.evidence("Kế hoạch chuyển đổi số", state="verified")
    sheet.evidence("Biên bản họp", criterion="2.1")
    first = found(browser, sheet, asked)[0]
    assert (first["code"], first["cite"], first["here"]) == ("MC.1.3.01", "(MC.1.3.01)", "used")


def test_what_does_not_fit_is_not_offered(browser, sheet):
    sheet.evidence("Biên bản họp")
    assert found(browser, sheet, "xe bus") == []
    assert found(browser, sheet, "\0%_[](){}'\"") is not None


def test_evidence_of_another_school_is_never_offered(browser, sheet, other_school):
    Sheet(other_school, sheet.user).evidence("Kế hoạch của trường khác", state="verified")
    assert found(browser, sheet, "ke hoach") == []
    assert found(browser, sheet, "MC") == []


def test_looking_creates_nothing_and_choosing_gives_the_code(browser, sheet):
    row = sheet.evidence("Biên bản họp phụ huynh", criterion=None)
    (offer,) = found(browser, sheet, "phu huynh")
    assert (offer["code"], offer["cite"]) == ("", "")
    assert not EvidenceUse.objects.exists()
    answer = browser.post(sheet.url("criterion_evidence"), {"evidence": row.pk}, HTTP_ACCEPT="application/json").json()
    assert answer["evidence"]["code"] == "MC.1.3.01"
    assert "Biên bản họp phụ huynh" in answer["parts"]["minh-chung-dung"]


def test_without_script_evidence_is_looked_up_on_a_page(browser, sheet):
    row = sheet.evidence("Kế hoạch phát triển", criterion="1.1")
    html = browser.get(sheet.url("criterion_cite"), {"q": "phat trien"}).content.decode()
    assert "Kế hoạch phát triển" in html
    assert browser.post(sheet.url("criterion_evidence"), {"evidence": row.pk}).url.endswith("#minh-chung")
    assert "MC.1.1.01" in browser.get(sheet.url()).content.decode()


def test_offered_evidence_waits_for_an_answer(browser, sheet, secretary):
    from caitien.web.evidence.services import use

    row = sheet.evidence("Ảnh phòng máy", criterion=None)
    use(row, sheet.framework, ["1.3"], secretary, state="offered")
    assert "Được gợi ý: có dùng không?" in browser.get(sheet.url()).content.decode()
    browser.post(sheet.url("criterion_evidence"), {"evidence": row.pk, "viec": "khong"})
    assert EvidenceUse.objects.get().state == "declined"
    assert "1 minh chứng đã nói không dùng" in browser.get(sheet.url()).content.decode()


def test_the_last_proof_of_a_met_is_not_taken_away(browser, sheet):
    row = sheet.evidence("Kế hoạch", state="verified")
    sheet.form(browser, description="Có.", judged="met")
    answer = browser.post(sheet.url("criterion_evidence"), {"evidence": row.pk, "viec": "khong"})
    assert answer.status_code == 409
    assert "chỉ dựa vào minh chứng" in answer.content.decode()
    assert EvidenceUse.objects.get().state == "used"


def test_leaders_verify_and_reject_here_with_a_reason(browser, sheet):
    one, two = sheet.evidence("Một"), sheet.evidence("Hai")
    browser.post(sheet.url("criterion_verify"), {"evidence": one.pk})
    browser.post(sheet.url("criterion_verify"), {"evidence": two.pk, "viec": "tu-choi"})
    assert list(Evidence.objects.order_by("code").values_list("state", flat=True)) == ["verified", "submitted"]
    browser.post(sheet.url("criterion_verify"), {"evidence": two.pk, "viec": "tu-choi", "note": "Thiếu dấu"})
    two.refresh_from_db()
    assert (two.state, two.state_note) == ("rejected", "Thiếu dấu")


def test_a_script_gets_the_parts_that_follow(browser, sheet):
    row = sheet.evidence("Một")
    answer = browser.post(sheet.url("criterion_verify"), {"evidence": row.pk}, HTTP_HX_REQUEST="true")
    html = answer.content.decode()
    assert "Đã xác nhận" in html
    assert 'id="con-thieu-1" hx-swap-oob="true"' in html
    assert 'id="minh-chung-dung" hx-swap-oob' not in html


def test_members_do_not_verify(sheet, school):
    row = sheet.evidence("Một")
    client = Client()
    client.force_login(make_user("gv", "Giàng A Páo", school, "member"))
    assert client.post(sheet.url("criterion_verify"), {"evidence": row.pk}).status_code == 403
    html = client.get(sheet.url()).content.decode()
    assert ">Thôi dùng" in html.replace("</svg> ", ">")
    assert "/xac-nhan/" not in html


@pytest.mark.parametrize("sent", ["", "x", "01900000-0000-7000-8000-000000000000"])
def test_evidence_that_is_not_there_is_not_found(browser, sheet, sent):
    assert browser.post(sheet.url("criterion_evidence"), {"evidence": sent}).status_code == 404


def test_in_2018_codes_stand_in_brackets_of_their_own(browser, school, secretary):
    sheet = Sheet(school, secretary, "1.1", "tt17-2018-tieu-hoc")
    row = sheet.evidence("Phương hướng chiến lược", state="verified")
    assert row.code == "[H1-1.1-01]"
    assert found(browser, sheet, "phuong")[0]["cite"] == "[H1-1.1-01]"
    sheet.form(browser, description="Có chiến lược [H1-1.1-01].")
    assert ">[H1-1.1-01]</a>" in browser.get(sheet.url()).content.decode()
