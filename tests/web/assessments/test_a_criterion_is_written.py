"""The words of a criterion: sent by a form or saved while one writes; refused with a sentence, never lost."""

from __future__ import annotations

import pytest

from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.words import LONGEST_TEXT
from web.assessments.sheets import Sheet
from web.invented import make_user

TEXT = "Nhà trường có kế hoạch hằng năm (MC.1.3.01)."


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


def test_the_page_answers_whether_it_is_met_and_shows_requirements(browser, sheet):
    html = browser.get(sheet.url()).content.decode()
    for requirement in sheet.framework.criterion("1.3").requirements:
        assert requirement.text in html
    assert "chưa nhận định" in html
    assert "Để ghi “Đạt” còn thiếu: hiện trạng, kết quả; minh chứng đã xác nhận." in html


def test_a_criterion_that_is_not_there_is_not_found(browser, sheet):
    assert browser.get(sheet.url().replace("1.3", "9.9")).status_code == 404


def test_a_form_saves_text_and_judgement(browser, sheet):
    sheet.evidence("Kế hoạch chuyển đổi số", state="verified")
    answer = sheet.form(browser, description=TEXT, judged="met")
    assert answer.status_code == 302
    assert answer.url.endswith("#muc-1")
    level = sheet.level()
    assert (level.description, level.judged, level.changed_by.username) == (TEXT, "met", "thu-ky")


def test_without_verified_evidence_the_text_is_kept_and_the_judgement_refused(browser, sheet):
    answer = sheet.form(browser, description="Đang hoàn thiện.", judged="met")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Chưa ghi “Đạt” được: tiêu chí 1.3 chưa có minh chứng nào đã xác nhận." in html
    assert (sheet.level().description, sheet.level().judged) == ("Đang hoàn thiện.", "")


def test_without_a_text_met_is_refused(browser, sheet):
    sheet.evidence("Kế hoạch", state="verified")
    answer = sheet.form(browser, description="  \n ", judged="met")
    assert answer.status_code == 409
    assert "chưa có phần hiện trạng, kết quả" in answer.content.decode()


def test_not_met_needs_no_evidence(browser, sheet):
    assert sheet.form(browser, judged="not_met").status_code == 302
    assert sheet.level().judged == "not_met"


def test_level_2_before_level_1_warns_and_is_saved(browser, sheet):
    sheet.evidence("Kế hoạch", state="verified")
    assert sheet.form(browser, 2, description="Có phân tích.", judged="met").status_code == 302
    html = browser.get(sheet.url()).content.decode()
    assert "Mức 2 đạt nhưng Mức 1 chưa đạt: chỉ xét Mức 2 khi Mức 1 đã đạt." in html


def test_a_text_that_is_too_long_comes_back_as_it_was_typed(browser, sheet):
    typed = "Á" * (LONGEST_TEXT + 1)
    answer = sheet.form(browser, description=typed)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert typed in html
    assert f"nhiều nhất là {LONGEST_TEXT}" in html
    assert sheet.level().description == ""


def test_words_are_saved_while_one_writes(browser, sheet):
    sheet.evidence("Kế hoạch", state="verified")
    level = sheet.level()
    said = sheet.send(browser, {"row": level, "words": TEXT, "version": 1}, {"row": level, "field": "judged", "words": "met", "version": 1}).json()  # fmt: skip
    assert [one["status"] for one in said["results"]] == ["saved", "saved"]
    assert sheet.level().judged == "met"
    assert "MC.1.3.01" in said["parts"]["vien-dan-1"]
    assert "dong-dau" in said["parts"]


def test_a_space_at_the_end_stays_while_one_writes(browser, sheet):
    sheet.send(browser, {"row": sheet.level(), "words": "Nhà trường ", "version": 1})
    assert sheet.level().description == "Nhà trường "


def test_letters_are_composed_and_line_ends_are_of_one_kind(browser, sheet):
    sheet.send(browser, {"row": sheet.level(), "words": "Kế hoạch\r\nmột", "version": 1})
    assert sheet.level().description == "Kế hoạch\nmột"


def test_refused_judgements_say_why_and_keep_the_text(browser, sheet):
    level = sheet.level()
    said = sheet.send(browser, {"row": level, "words": "Có.", "version": 1}, {"row": level, "field": "judged", "words": "met", "version": 1}).json()  # fmt: skip
    assert [one["status"] for one in said["results"]] == ["saved", "error"]
    assert "Chưa ghi “Đạt” được" in said["results"][1]["say"]
    assert sheet.level().description == "Có."


@pytest.mark.parametrize(
    "cell",
    [{"words": 1}, {"version": "x"}, {"version": 0}, {"version": True}, {"field": None}, {"words": "\ud800", "version": 2**40}],
)  # fmt: skip
def test_what_is_no_request_is_told(browser, sheet, cell):
    answer = sheet.send(browser, {"row": sheet.level(), "words": "x", "version": 1, **cell})
    assert answer.status_code == 400
    assert "không đúng dạng" in answer.json()["error"]


def test_rows_of_other_sheets_are_gone(browser, sheet, other_school):
    other = LevelReview.objects.filter(review__assessment=sheet.assessment, criterion="2.1").first()
    foreign = Sheet(other_school, sheet.user).level()
    said = sheet.send(browser, {"row": other, "words": "x", "version": 1}, {"row": foreign, "words": "x", "version": 1})
    assert [one["status"] for one in said.json()["results"]] == ["gone", "gone"]
    assert other.__class__.objects.filter(description="x").count() == 0


def test_nul_and_halves_of_letters_do_no_harm(browser, sheet):
    sheet.send(browser, {"row": sheet.level(), "words": "a\0b\ud83d", "version": 1})
    assert sheet.level().description == "ab?"


def test_signed_out_means_401_and_nothing_else(client, sheet):
    answer = sheet.send(client, {"row": sheet.level(), "words": "x", "version": 1}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 401


def test_two_who_write_different_sentences_are_joined(browser, sheet, school):
    level = sheet.level()
    sheet.send(browser, {"row": level, "words": "Một. Hai. Ba.", "version": 1})
    deputy = make_user("pho", "Mùa A Sình", school, "vice_chair")
    from django.test import Client

    other = Client()
    other.force_login(deputy)
    sheet.send(other, {"row": level, "words": "Một. Hai. Ba, ba.", "version": 2})
    said = sheet.send(browser, {"row": level, "words": "Một, một. Hai. Ba.", "version": 2}).json()["results"][0]
    assert said["status"] == "saved"
    assert said["words"] == "Một, một. Hai. Ba, ba."
    assert "đã ghép cả hai" in said["say"]
    # she went on writing in her own text before she heard of it
    more = {"row": level, "words": "Một, một nữa. Hai. Ba.", "version": said["version"], "base": "Một, một. Hai. Ba."}
    assert sheet.send(browser, more).json()["results"][0]["status"] == "saved"
    assert sheet.level().description == "Một, một nữa. Hai. Ba, ba."


def test_two_who_write_one_sentence_see_both(browser, sheet, school):
    level = sheet.level()
    sheet.send(browser, {"row": level, "words": "Lời của người thứ nhất <b>", "version": 1})
    said = sheet.send(browser, {"row": level, "words": "Lời của tôi", "version": 1}).json()["results"][0]
    assert said["status"] == "clash"
    assert "Lời của người thứ nhất &lt;b&gt;" in said["html"]
    assert "Lời của tôi" in said["html"]
    assert sheet.level().description == "Lời của người thứ nhất <b>"


def test_words_that_arrived_unheard_are_no_clash(browser, sheet):
    level = sheet.level()
    sheet.send(browser, {"row": level, "words": "Đã tới", "version": 1})
    again = {"row": level, "words": "Đã tới nơi", "version": 1, "before": "Đã tới"}
    assert sheet.send(browser, again).json()["results"][0]["status"] == "saved"


def test_without_script_a_clash_shows_both_and_both_can_be_kept(browser, sheet):
    sheet.send(browser, {"row": sheet.level(), "words": "Lời trước", "version": 1})
    answer = sheet.form(browser, version=1, description="Lời sau")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Lời trước" in html
    assert "Lời sau" in html
    answer = sheet.form(browser, version=2, description="Lời sau", chon_description="ca-hai")
    assert answer.status_code == 302
    assert sheet.level().description == "Lời trước\nLời sau"


def test_words_of_whoever_writes_are_never_html(browser, sheet):
    evil = '<script>alert("x")</script> (MC.1.3.01) </textarea><img src=x onerror=alert(1)>'
    sheet.evidence('<img src=x onerror="alert(2)">', state="verified")
    sheet.form(browser, description=evil)
    for address in (sheet.url(), sheet.url("criterion_history"), sheet.url("criterion_cite") + "?q=<script>"):
        html = browser.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "?q=<script>" not in html
    said = sheet.send(browser, {"row": sheet.level(), "words": evil + "!", "version": sheet.level().version}).json()
    assert not any("<img src=x" in part or "<script>alert" in part for part in said["parts"].values())


def test_requirements_are_judged_one_by_one_and_joined(browser, sheet):
    codes = [one.code for one in sheet.framework.criterion("1.3").requirements]
    browser.post(sheet.url("criterion_requirements"), {"version": 1, f"xet-{codes[0]}": "met", f"ghi-{codes[0]}": "Đủ"})
    browser.post(sheet.url("criterion_requirements"), {"version": 1, f"xet-{codes[1]}": "not_met"})
    assert sheet.review.requirements == [
        {"code": codes[0], "judged": "met", "note": "Đủ"},
        {"code": codes[1], "judged": "not_met", "note": None},
    ]
    answer = browser.post(sheet.url("criterion_requirements"), {"version": 1, f"xet-{codes[0]}": "not_met"})
    assert answer.status_code == 409
    assert "cùng yêu cầu" in answer.content.decode()


def test_the_sheet_of_2018_has_strengths_and_improvement(browser, school, secretary):
    sheet = Sheet(school, secretary, "1.1", "tt17-2018-tieu-hoc")
    html = browser.get(sheet.url()).content.decode()
    assert "Mức 3" in html
    assert "Kế hoạch cải tiến chất lượng" in html
    browser.post(sheet.url("criterion_own"), {"version": 1, "strengths": " Một \n\nHai", "improvement": "Rà soát."})
    assert (sheet.review.strengths, sheet.review.improvement) == (["Một", "Hai"], "Rà soát.")
    said = sheet.send(browser, {"row": sheet.review, "field": "strengths", "words": "Một\nHai\nBa", "version": sheet.review.version})  # fmt: skip
    assert said.json()["results"][0]["status"] == "saved"
    assert sheet.review.strengths[-1] == "Ba"


def test_an_item_of_level_4_has_its_sheet(browser, school, secretary):
    sheet = Sheet(school, secretary, "M4.1", "tt17-2018-tieu-hoc")
    assert browser.get(sheet.url()).status_code == 200
