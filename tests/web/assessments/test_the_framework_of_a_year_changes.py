"""A year begun under the wrong framework changes it: nothing written is lost, and one can go back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from caitien.standards import load
from caitien.web.assessments import beginning, creating
from caitien.web.assessments.editing import Locked, save
from caitien.web.assessments.models import Assessment, LevelReview, SchoolTable
from caitien.web.assessments.proof import resting_on, withdraw_met
from caitien.web.evidence import services
from caitien.web.schools.models import SchoolYear
from caitien.web.schools.not_now import NotNow
from web.invented import make_user

OLD, NEW = load("tt17-2018-tieu-hoc"), load("tt57-2026-pho-thong")


@pytest.fixture
def begun(school, secretary):
    """Under the framework of 2018, with words, numbers and a "met" that stands on evidence."""
    school.level = "tieu_hoc"
    school.save()
    made = creating.create(school, SchoolYear.objects.create(school=school, name="2026-2027"), OLD, secretary)
    evidence = services.create(school, secretary, "Chiến lược phát triển")
    services.use(evidence, OLD, ["1.1"], secretary)
    services.take_step(school, evidence.pk, "verified", user=secretary)
    level = LevelReview.objects.get(review__assessment=made, criterion="1.1", level=1)
    save(level, {"description": "Có chiến lược.", "judged": "met"}, seen=1, user=secretary)
    SchoolTable.objects.create(school=school, assessment=made, table="classes", cells={"grade-1": {"2026-2027": 3}})
    return made


def change(client, made, **sent):
    return client.post(reverse("assessments:framework", args=[made.school.slug, made.pk]), sent, follow=True)


def test_the_old_one_stays_whole_and_the_new_one_begins_with_its_words(browser, school, begun):
    answer = change(browser, begun, khung=NEW.id, mang=["texts", "tables", "words"])
    assert answer.status_code == 200
    new = Assessment.objects.get()
    assert (new.framework, new.year_id, new.state) == (NEW.id, begun.year_id, "working")
    begun.refresh_from_db()
    assert begun.state == "set_aside"
    old = LevelReview.objects.get(review__assessment=begun, criterion="1.1", level=1)
    assert (old.description, old.judged) == ("Có chiến lược.", "met")
    texts = LevelReview.objects.filter(review__assessment=new).exclude(description="")
    assert "Có chiến lược." in texts.get().description
    assert texts.get().judged == ""
    assert SchoolTable.objects.get(assessment=new).cells == {"grade-1": {"2026-2027": 3}}


def test_what_was_set_aside_is_read_and_not_written(browser, school, begun, secretary):
    change(browser, begun, khung=NEW.id)
    begun.refresh_from_db()
    assert browser.get(reverse("assessments:criterion", args=[school.slug, begun.pk, "1.1"])).status_code == 200
    level = LevelReview.objects.get(review__assessment=begun, criterion="1.1", level=1)
    with pytest.raises(Locked, match="để sang bên"):
        save(level, {"description": "khác"}, seen=level.version, user=secretary)


def test_one_can_go_back_and_forth(browser, school, begun):
    change(browser, begun, khung=NEW.id)
    new = Assessment.objects.get()
    browser.post(reverse("assessments:use_again", args=[school.slug, begun.pk]))
    assert Assessment.objects.get().pk == begun.pk
    assert Assessment.objects.get().state == "working"
    browser.post(reverse("assessments:use_again", args=[school.slug, new.pk]))
    assert Assessment.objects.get().pk == new.pk


def test_a_judgement_that_was_set_aside_holds_no_evidence_back(browser, school, begun, secretary):
    change(browser, begun, khung=NEW.id)
    evidence = begun.school and LevelReview.objects.get(judged="met")
    row = services.Evidence.objects.get()
    assert resting_on(row) == [evidence]
    withdraw_met(resting_on(row), secretary, "Không dùng nữa")
    assert services.remove(school, row.pk, user=secretary).removed_at


def test_an_approved_report_keeps_its_framework(browser, school, begun, secretary):
    Assessment.objects.update(state="approved")
    begun.refresh_from_db()
    with pytest.raises(NotNow, match="phê duyệt"):
        beginning.change_framework(begun, NEW, secretary)
    assert change(browser, begun, khung=NEW.id).status_code == 409
    assert Assessment.objects.get().framework == OLD.id


def test_twice_at_once_makes_one(school, begun, secretary):
    beginning.change_framework(begun, NEW, secretary)
    with pytest.raises(NotNow):
        beginning.change_framework(begun, NEW, secretary)
    assert Assessment.objects.count() == 1


def test_the_database_keeps_one_a_year(school, begun):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(school=school, year=begun.year, framework=NEW.id)


def test_an_unknown_framework_is_asked_again(browser, begun):
    for sent in ({}, {"khung": "x"}, {"khung": OLD.id}):
        assert change(browser, begun, **sent).status_code == 422
    assert Assessment.objects.get().framework == OLD.id


def test_only_leaders_change_it(school, begun):
    client = Client()
    client.force_login(make_user("nhom", "Hà Văn Thụ", school, "member"))
    assert change(client, begun, khung=NEW.id).status_code == 403
