"""The history of a whole self-assessment: who changed what, newest first, what was written in one go once, page by page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from caitien.web.assessments import weaknesses
from caitien.web.assessments.editing import save
from caitien.web.assessments.flow import take_step
from caitien.web.assessments.models import CriterionReview, LevelReview, StandardReview
from caitien.web.assessments.views import changes
from web.assessments.made import assess


@pytest.fixture
def assessment(school):
    return assess(school)


def told(browser, assessment, query="") -> list[str]:
    page = browser.get(reverse("assessments:changes", args=[assessment.school.slug, assessment.pk]) + query)
    assert page.status_code == 200
    found = re.search(r'<ol class="timeline">(.*?)</ol>', page.content.decode(), re.DOTALL)
    if found is None:
        return []
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found[1].split("<li>")[1:]]


def level(assessment, code="1.3", number=1):
    return LevelReview.objects.get(review__assessment=assessment, criterion=code, level=number)


def write(assessment, user, text, code="1.3"):
    row = level(assessment, code)
    save(row, {"description": text}, seen=row.version, user=user)


def test_making_the_assessment_is_the_first_line_and_its_empty_rows_are_none(browser, assessment):
    lines = told(browser, assessment)
    assert len(lines) == 1
    assert lines[0].endswith("Bản tự đánh giá : lập bản tự đánh giá")


def test_who_wrote_where_is_told(browser, assessment, secretary):
    write(assessment, secretary, "Trường có kế hoạch.")
    assert re.fullmatch(
        r"Lò Thị Mẩy \d\d/\d\d/\d{4} \d\d:\d\d Tiêu chí 1\.3, Mức 1 : hiện trạng, kết quả", told(browser, assessment)[0]
    )


def test_a_judgement_is_told_from_what_to_what(browser, assessment, secretary):
    save(level(assessment), {"judged": "not_met"}, seen=1, user=secretary)
    assert told(browser, assessment)[0].endswith("nhận định nhận định: chưa xét → Không đạt")


def test_what_was_autosaved_in_one_go_stands_once_and_another_person_apart(browser, assessment, secretary):
    for text in ("Một.", "Một. Hai.", "Một. Hai. Ba."):
        write(assessment, secretary, text)
    write(assessment, None, "Khác.")
    assert len([line for line in told(browser, assessment) if "Tiêu chí 1.3" in line]) == 2


def test_after_half_an_hour_it_is_another_change(browser, assessment, secretary):
    write(assessment, secretary, "Một.")
    line = LevelReview.history.filter(id=level(assessment).pk).latest("version")
    LevelReview.history.filter(history_id=line.history_id).update(
        history_date=line.history_date - timedelta(minutes=31)
    )
    write(assessment, secretary, "Một. Hai.")
    assert len([one for one in told(browser, assessment) if "Tiêu chí 1.3" in one]) == 2


def test_steps_weaknesses_and_standards_are_in_it(browser, assessment, secretary):
    take_step(assessment, "1.1", "submitted", user=secretary)
    row = weaknesses.create(assessment, user=secretary, text="Dữ liệu lệch", standard="1")
    weaknesses.remove(row, user=secretary)
    standard = StandardReview.objects.get(assessment=assessment, code="2")
    save(standard, {"trend": "Tăng"}, seen=1, user=secretary)
    lines = " | ".join(told(browser, assessment))
    assert "Tiêu chí 1.1 : nộp phiếu" in lines
    assert "Hạn chế “Dữ liệu lệch” : thêm" in lines
    assert "Hạn chế “Dữ liệu lệch” : bỏ" in lines
    assert "Tiêu chuẩn 2 : xu hướng 03 năm học" in lines


def test_older_changes_stand_on_the_next_page_and_none_twice_or_never(browser, assessment, secretary, monkeypatch):
    monkeypatch.setattr(changes, "PAGE", 4)
    monkeypatch.setattr(changes, "MOST_LINES", 6)
    for review in CriterionReview.objects.filter(assessment=assessment):
        save(review, {"writers": ["Lò Thị Mẩy"]}, seen=1, user=secretary)
    seen, query = [], ""
    for _page in range(12):
        url = reverse("assessments:changes", args=[assessment.school.slug, assessment.pk]) + query
        html = browser.get(url).content.decode()
        seen += re.findall(r">(Tiêu chí [\d.]+)</a>", html)
        older = re.search(r'href="(\?truoc=[^"]+)"', html)
        if not older:
            break
        query = older[1]
    assert sorted(seen) == sorted(
        f"Tiêu chí {one.code}" for one in CriterionReview.objects.filter(assessment=assessment)
    )


def test_nonsense_in_the_address_is_the_first_page(browser, assessment):
    assert told(browser, assessment, "?truoc=hom-qua") == told(browser, assessment)
    assert told(browser, assessment, "?truoc=2026-99-99T00:00:00Z") == told(browser, assessment)
