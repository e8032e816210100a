"""Other pages ask for a number of the school data, and the report takes it from there: it is typed once."""

from __future__ import annotations

from caitien.assessment.tables_loading import tables_for
from caitien.web.assessments.school_data import figures, of
from caitien.web.assessments.school_data_writing import write
from caitien.web.assessments.values import to_value
from caitien.writing.assessment.school_tables import school_tables
from web.school_data.numbers import LAST, NOW, OLD, classes


def test_a_row_by_year_oldest_first_with_what_is_computed(assessment, secretary):
    years = {OLD: 3, LAST: 4, NOW: 5}
    write(assessment, [], [classes(**{f"grade_{n}": years for n in (6, 7, 8, 9)})], user=secretary)
    assert list(figures(assessment, "classes", "grade-6").items()) == [(OLD, 3), (LAST, 4), (NOW, 5)]
    assert figures(assessment, "classes", "total") == {OLD: 12, LAST: 16, NOW: 20}


def test_what_is_not_there_is_nothing(assessment):
    assert figures(assessment, "classes", "total") == {}
    assert figures(assessment, "khong-co", "total") == {}
    assert figures(assessment, "classes", "khong-co") == {}


def test_one_query_for_as_many_rows_as_are_asked_for(assessment, secretary, django_assert_num_queries):
    write(assessment, [], [classes(grade_6={NOW: 4})], user=secretary)
    with django_assert_num_queries(1):
        data = of(assessment)
        for row in ("grade-6", "grade-7", "total"):
            data.figures("classes", row)


def test_the_report_has_the_number(assessment, secretary):
    write(assessment, [], [classes(grade_6={NOW: 4321})], user=secretary)
    text = repr(list(school_tables(to_value(assessment))))
    assert "4.321" in text or "4321" in text


def test_the_report_uses_the_tables_that_were_chosen(assessment, school):
    school.level = "th_thcs"
    school.save()
    assessment.tables_level = "thcs"
    text = repr(list(school_tables(to_value(assessment))))
    results = tables_for("tt57-2026-pho-thong", "thcs").table("results")
    assert results.title in text
