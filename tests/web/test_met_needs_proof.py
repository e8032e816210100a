""" "Met" needs a text and at least one verified evidence: the database itself refuses anything else, both ways."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from caitien.standards import load
from caitien.web.assessments import creating
from caitien.web.assessments.editing import NoProof, save
from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.proof import resting_on, withdraw_met
from caitien.web.assessments.values import to_value
from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence, EvidenceUse
from caitien.web.schools.models import SchoolYear

FRAMEWORK = "tt57-2026-pho-thong"


@pytest.fixture
def assessment(school, secretary):
    year = SchoolYear.objects.create(school=school, name="2026-2027")
    return creating.create(school, year, load(FRAMEWORK), secretary)


@pytest.fixture
def level(assessment):
    return LevelReview.objects.get(review__assessment=assessment, criterion="1.3", level=1)


@pytest.fixture
def evidence(school, secretary):
    made = services.create(school, secretary, "Kế hoạch chuyển đổi số")
    services.use(made, load(FRAMEWORK), ["1.3"], secretary)
    return made


def verified(evidence, user):
    return services.take_step(evidence.school, evidence.pk, "verified", user=user)


def written(level, user, **words):
    return save(level, words, seen=level.version, user=user, whatever_it_was=True).row


def test_a_new_assessment_has_a_row_for_every_criterion_and_level(assessment):
    framework = load(FRAMEWORK)
    assert assessment.criteria.count() == 15
    assert LevelReview.objects.filter(review__assessment=assessment).count() == 30
    assert [one.code for one in assessment.standards.all()] == [one.code for one in framework.standards]


def test_the_first_criterion_gives_the_code_for_life(evidence, secretary):
    evidence.refresh_from_db()
    assert evidence.code == "MC.1.3.01"
    services.use(evidence, load(FRAMEWORK), ["2.1"], secretary)
    evidence.refresh_from_db()
    assert evidence.code == "MC.1.3.01"


def test_a_code_is_never_given_again(evidence, school, secretary):
    services.remove(school, evidence.pk, user=secretary)
    another = services.create(school, secretary, "Sổ tài sản")
    services.use(another, load(FRAMEWORK), ["1.3"], secretary)
    assert another.code == "MC.1.3.02"


@pytest.mark.parametrize("words", [{"judged": "met"}, {"judged": "met", "description": "Có trang thông tin điện tử."}])
def test_met_is_refused_with_a_sentence(level, secretary, words):
    with pytest.raises(NoProof) as refused:
        written(level, secretary, **words)
    assert "Chưa ghi “Đạt” được" in str(refused.value)
    level.refresh_from_db()
    assert level.judged == ""
    assert level.version == 1


def test_evidence_that_waits_is_no_proof(level, evidence, secretary):
    with pytest.raises(NoProof):
        written(level, secretary, judged="met", description="Có kế hoạch (MC.1.3.01).")


def test_verified_evidence_and_a_text_are(level, evidence, secretary):
    verified(evidence, secretary)
    row = written(level, secretary, judged="met", description="Có kế hoạch (MC.1.3.01).")
    assert row.judged == "met"


@pytest.mark.parametrize("words", ["", "   "])
def test_raw_sql_is_refused_too(level, words):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessments_levelreview SET judged = 'met', description = %s WHERE criterion = '1.3' AND level = 1",
            [words],
        )


@pytest.fixture
def met(level, evidence, secretary):
    verified(evidence, secretary)
    return written(level, secretary, judged="met", description="Có kế hoạch.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_evidence SET state = 'rejected'",
        "UPDATE evidence_evidence SET removed_at = '2026-11-22 00:00:00'",
        "UPDATE evidence_evidenceuse SET state = 'declined'",
        "UPDATE evidence_evidenceuse SET criterion = '2.1'",
        "DELETE FROM evidence_evidenceuse",
    ],
)
def test_what_proves_a_met_cannot_be_taken_from_it(met, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_refusal_says_where_and_leaves_all_as_it_was(met, evidence, school, secretary):
    with pytest.raises(services.StillProves) as refused:
        services.take_step(school, evidence.pk, "rejected", user=secretary, note="Bản chụp mờ")
    assert "Tiêu chí 1.3, Mức 1" in str(refused.value)
    with pytest.raises(services.StillProves):
        services.remove(school, evidence.pk, user=secretary)
    with pytest.raises(services.StillProves):
        services.stop_using(evidence, FRAMEWORK, "1.3", secretary)
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.VERIFIED
    assert EvidenceUse.objects.get(evidence=evidence).state == EvidenceUse.State.USED


def test_the_judgement_is_taken_back_first_then_it_goes(met, evidence, school, secretary):
    withdraw_met(resting_on(evidence), secretary, "Minh chứng bị từ chối")
    assert services.take_step(school, evidence.pk, "rejected", user=secretary, note="mờ").state == "rejected"


def test_a_second_evidence_lets_the_first_go(met, evidence, school, secretary):
    second = services.create(school, secretary, "Biên bản họp")
    services.use(second, load(FRAMEWORK), ["1.3"], secretary)
    verified(second, secretary)
    assert services.remove(school, evidence.pk, user=secretary).removed_at


def test_what_is_cited_is_linked(level, school, secretary):
    made = services.create(school, secretary, "Quy chế dân chủ")
    services.use(made, load(FRAMEWORK), ["1.1"], secretary)
    row = save(level, {"description": "Công khai theo quy chế (MC.1.1.01)."}, seen=1, user=secretary)
    assert row.linked == ["MC.1.1.01"]
    assert {one.criterion for one in made.uses.all()} == {"1.1", "1.3"}


def test_two_who_change_one_text_are_both_shown(level, secretary):
    assert save(level, {"description": "Của tôi"}, seen=1, user=secretary).changed == ["description"]
    clash = save(level, {"description": "Của chị"}, seen=1, user=secretary).clashes
    assert [(one.field, one.theirs, one.mine) for one in clash] == [
        ("description", {"description": "Của tôi"}, {"description": "Của chị"})
    ]


def test_the_value_of_the_rows(met, assessment):
    value = to_value(assessment)
    review = next(one for one in value.criteria if one.code == "1.3")
    assert [(one.level, one.judged, one.description) for one in review.levels] == [
        (1, "met", "Có kế hoạch."),
        (2, None, None),
    ]
    assert [(one.code, one.criteria) for one in value.evidence] == [("MC.1.3.01", ["1.3"])]
