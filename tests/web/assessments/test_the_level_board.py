"""The board says what level the school is at, what blocks the next, and how far each criterion is."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.invented_assessment import big_assessment, small_assessment
from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.evidence.models import Evidence
from web.assessments.filled import filled
from web.assessments.made import assess
from web.invented import make_user

MOST_QUERIES = 12
OLD = "tt17-2018-tieu-hoc"


def address(assessment, name="board", **more) -> str:
    return reverse(f"assessments:{name}", args=[assessment.school.slug, assessment.pk], kwargs=None, **more)


def words(browser, url) -> str:
    """The words of the page's content, one space between them."""
    page = browser.get(url)
    assert page.status_code == 200
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def row(browser, assessment, code, query="") -> str:
    """The words of a criterion's row."""
    html = browser.get(address(assessment) + query).content.decode()
    found = re.search(rf'<tr id="tc-{re.escape(code)}">(.*?)</tr>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


@pytest.fixture
def end_of_year(school, secretary):
    return filled(school, secretary, value=big_assessment(evidence=30))


@pytest.fixture
def middle_of_year(school, secretary):
    return filled(school, secretary, value=small_assessment())


def test_the_first_line_is_the_answer(browser, end_of_year):
    assert "Mức 1: đạt. Mức 2: còn thiếu 1 điều." in words(browser, address(end_of_year))


def test_what_blocks_the_next_level_is_a_link_to_the_criterion(browser, end_of_year):
    html = browser.get(address(end_of_year)).content.decode()
    lead = re.search(r'<p class="lead">(.*?)</p>', html, re.DOTALL)[1]
    assert reverse("assessments:criterion", args=[end_of_year.school.slug, end_of_year.pk, "4.2"]) in lead


def test_things_of_which_some_are_enough_are_counted_as_so_many(browser, middle_of_year):
    """Seven mandatory criteria are lacking, and four of six others: eleven things."""
    said = words(browser, address(middle_of_year))
    assert "Mức 1: còn thiếu 11 điều." in said
    assert "Thêm 4 trong 6 tiêu chí khác" in said
    assert "và 2 điều nữa" in said


def test_what_is_to_be_done_is_said_for_each(browser, middle_of_year):
    said = words(browser, address(middle_of_year))
    assert "Mức 1 chưa xét. Cần: nhận định Mức 1." in said  # 1.4 is written and has evidence
    assert "Mức 1 chưa xét. Cần: viết Mức 1." in said


def test_an_empty_assessment_lacks_everything_and_says_so(browser, school):
    assessment = assess(school)
    said = words(browser, address(assessment))
    assert "Mức 1: còn thiếu 13 điều. Đã nhận định 0 trong 15 tiêu chí." in said
    assert "viết Mức 1, gắn minh chứng" in said


def test_the_highest_level_lacks_nothing(browser, school, secretary):
    assessment = filled(school, secretary, value=big_assessment(evidence=15))
    LevelReview.objects.filter(review__assessment=assessment).update(judged="met")
    assert "Mức 2: đạt, mức cao nhất của khung." in words(browser, address(assessment))


def test_a_row_says_judgements_evidence_writers_and_state_in_words(browser, middle_of_year):
    assert row(browser, middle_of_year, "1.3") == (
        "1.3 Quản lý kế hoạch, nguồn lực, thông tin và dữ liệu bắt buộc Đạt Chưa xét 3/3 đã xác nhận "
        f"Cầm Thị Thu Lan đang viết {date.today():%d/%m/%Y} Lò Thị Mẩy"
    )
    assert "Không đạt" in row(browser, middle_of_year, "1.2")
    assert "chưa viết" in row(browser, middle_of_year, "4.3")
    assert "chưa phân công" in row(browser, middle_of_year, "4.3")


def test_evidence_that_is_over_leaves_the_judgement_without_ground(browser, end_of_year):
    """Nothing was judged again: the day passed. The level that still rests on something is said beside."""
    Evidence.objects.filter(uses__criterion="1.3").update(valid_until=date.today() - timedelta(days=1))
    said = words(browser, address(end_of_year))
    assert "chưa đủ căn cứ Mức 1: còn thiếu 1 điều." in said
    assert "1.3 Quản lý kế hoạch, nguồn lực, thông tin và dữ liệu (Mức 1, Mức 2)" in said
    assert "chưa đủ căn cứ 0/2" in row(browser, end_of_year, "1.3")
    assert "Mức 1: đạt. Mức 2: còn thiếu 1 điều." in said


def test_while_all_is_proven_the_board_says_that_too(browser, end_of_year):
    assert "đủ căn cứ Vẫn là Mức 1" in words(browser, address(end_of_year))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("chua-viet", ["2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3"]),
        ("da-nop", ["1.1"]),
        ("tra-lai", ["1.2"]),
        ("thieu-mc", ["3.5"]),
        ("cua-toi", ["2.1", "4.3"]),
        ("khong-co-loc-nay", None),
    ],
)
def test_each_filter_shows_its_criteria(browser, middle_of_year, name, codes):
    reviews = CriterionReview.objects.filter(assessment=middle_of_year)
    reviews.filter(code="1.1").update(state="submitted")
    reviews.filter(code="1.2").update(state="returned")
    reviews.filter(code="2.1").update(writers=["LÒ THỊ MẨY (Thư ký)"])
    middle_of_year.groups.create(school=middle_of_year.school, name="Nhóm 9", members=["Lò Thị Mẩy"], criteria=["4.3"])
    Evidence.objects.filter(uses__criterion="3.5").update(state="submitted")
    html = browser.get(f"{address(middle_of_year)}?loc={name}").content.decode()
    found = re.findall(r'<tr id="tc-([^"]+)">', html)
    assert found == codes if codes is not None else len(found) == 15


def test_a_leader_sees_how_many_sheets_wait_and_others_do_not(browser, middle_of_year, school):
    CriterionReview.objects.filter(assessment=middle_of_year, code__in=["1.1", "1.2", "1.3"]).update(state="submitted")
    assert "3 phiếu chờ duyệt." in words(browser, address(middle_of_year))
    member = Client()
    member.force_login(make_user("thanh-vien", "Vi Thị Hồng Mai", school, "member"))
    assert "phiếu chờ duyệt." not in words(member, address(middle_of_year))


def test_whose_sheet_was_returned_sees_it_first(browser, middle_of_year, school):
    CriterionReview.objects.filter(assessment=middle_of_year, code="1.1").update(state="returned")
    writer = Client()
    writer.force_login(make_user("thanh-vien", "Vi Thị Hồng Mai", school, "member"))
    assert "Phiếu của bạn bị trả lại: 1.1" in words(writer, address(middle_of_year))
    assert "Phiếu của bạn bị trả lại" not in words(browser, address(middle_of_year))


def test_a_framework_of_2018_has_three_levels_and_the_items_of_level_4(browser, school, secretary):
    assessment = filled(school, secretary, framework=OLD, value=big_assessment(OLD, evidence=27))
    html = browser.get(address(assessment)).content.decode()
    head = " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<thead>(.*?)</thead>", html, re.DOTALL)[1]).split())
    assert head.startswith("Mã Tiêu chí Mức 1 Mức 2 Mức 3 Minh chứng")
    assert "Mục riêng của mức cao nhất" in html
    assert "Mức 4: Đạt" in row(browser, assessment, "M4.1")


def test_another_schools_board_is_not_there(browser, other_school):
    assert browser.get(address(assess(other_school))).status_code == 404


@pytest.mark.parametrize("name", ["board", "try_levels", "coverage", "findings", "changes"])
def test_a_page_asks_as_often_for_much_as_for_little(browser, school, secretary, name):
    counts = []
    for year, value in (("2025-2026", small_assessment()), ("2026-2027", big_assessment(evidence=60))):
        assessment = filled(school, secretary, year=year, value=value)
        browser.get(address(assessment, name))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(assessment, name))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= MOST_QUERIES if name != "findings" else counts[1] <= 16
