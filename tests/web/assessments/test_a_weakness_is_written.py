"""A weakness is written, changed by two people, put in order, taken away and brought back: nothing of it is lost."""

from __future__ import annotations

import pytest

from caitien.web.assessments import weaknesses
from caitien.web.assessments.editing import Locked
from caitien.web.assessments.models import Assessment, CriterionReview, Weakness
from caitien.web.plans.issue_editing import create_issues
from web.assessments.made import assess

OLD = "tt17-2018-tieu-hoc"


def texts(assessment, **where) -> list[str]:
    return list(Weakness.objects.filter(assessment=assessment, **where).values_list("text", flat=True))


def write(assessment, text="Thiết bị cũ", **more):
    return weaknesses.create(assessment, user=None, text=text, **({"standard": "1"} | more))


@pytest.fixture
def assessment(school):
    return assess(school)


def test_each_stands_after_those_before(assessment):
    for text in ("một", "hai", "ba"):
        write(assessment, text)
    assert texts(assessment) == ["một", "hai", "ba"]


def test_every_change_is_in_the_history_with_who_made_it(assessment, secretary):
    row = weaknesses.create(assessment, user=secretary, text="Thiết bị cũ", standard="1")
    weaknesses.change(row, {"cause": "Thiếu kinh phí"}, seen=1, user=secretary)
    lines = list(Weakness.history.filter(id=row.pk).order_by("version"))
    assert [(line.version, line.cause, line.history_user) for line in lines] == [
        (1, "", secretary),
        (2, "Thiếu kinh phí", secretary),
    ]


def test_two_people_who_write_different_things_are_joined(assessment):
    row = write(assessment)
    weaknesses.change(row, {"cause": "Thiếu kinh phí"}, seen=1, user=None)
    weaknesses.change(row, {"priority": "high"}, seen=1, user=None)
    row.refresh_from_db()
    assert (row.cause, row.priority) == ("Thiếu kinh phí", "high")


def test_two_people_who_write_the_same_thing_clash_and_nothing_is_lost(assessment):
    row = write(assessment)
    weaknesses.change(row, {"cause": "Thiếu kinh phí"}, seen=1, user=None)
    outcome = weaknesses.change(row, {"cause": "Thiếu người"}, seen=1, user=None)
    row.refresh_from_db()
    assert [clash.mine for clash in outcome.clashes] == [{"cause": "Thiếu người"}]
    assert row.cause == "Thiếu kinh phí"


def test_it_is_taken_away_and_brought_back_where_it_stood(assessment):
    rows = [write(assessment, text) for text in ("một", "hai", "ba")]
    weaknesses.remove(rows[1], user=None)
    assert texts(assessment) == ["một", "ba"]
    weaknesses.restore(Weakness.everything.get(pk=rows[1].pk), user=None)
    assert texts(assessment) == ["một", "hai", "ba"]


def test_it_moves_among_those_of_its_standard_only(assessment):
    write(assessment, "một")
    write(assessment, "của tiêu chuẩn 2", standard="2")
    last = write(assessment, "hai")
    assert weaknesses.move(last, by=-1, user=None)
    assert texts(assessment, standard="1") == ["hai", "một"]
    assert not weaknesses.move(last, by=-1, user=None)


def test_an_approved_report_is_closed_but_what_answers_a_weakness_can_still_be_said(assessment, plan):
    row = write(assessment)
    Assessment.objects.filter(pk=assessment.pk).update(state="approved")
    row = Weakness.objects.get(pk=row.pk)
    for attempt in (
        lambda: write(Assessment.objects.get(pk=assessment.pk), "nữa"),
        lambda: weaknesses.change(row, {"text": "khác"}, seen=1, user=None),
        lambda: weaknesses.remove(row, user=None),
    ):
        with pytest.raises(Locked):
            attempt()
    issue = create_issues(plan, [{"weakness": row.text}], user=None)[0]
    weaknesses.answer(row, issue.pk, user=None)
    row.refresh_from_db()
    assert (row.text, row.issue_id) == ("Thiết bị cũ", issue.pk)


def test_on_a_sheet_that_was_submitted_no_weakness_is_written(school):
    assessment = assess(school, framework=OLD)
    row = write(assessment, standard="", criterion="1.1")
    CriterionReview.objects.filter(assessment=assessment, code="1.1").update(state="submitted")
    with pytest.raises(Locked):
        weaknesses.change(row, {"text": "khác"}, seen=1, user=None)
    with pytest.raises(Locked):
        write(assessment, standard="", criterion="1.1")
    write(assessment, standard="", criterion="1.2")
