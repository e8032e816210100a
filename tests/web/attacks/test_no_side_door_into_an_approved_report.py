"""Every address of a self-assessment, with words that would change it: the approved report stays what was approved."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.assessments import council_editing, weaknesses
from caitien.web.assessments.models import (
    Assessment,
    CouncilMember,
    CriterionReview,
    LevelReview,
    SchoolTable,
    StandardReview,
    Weakness,
    WorkingGroup,
)
from caitien.web.assessments.values import to_value
from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence, EvidenceUse
from web.assessments.sheets import Sheet
from web.invented import make_user
from web.test_who_may_do_what import EXAMPLES, OF_A_SCHOOL

STEPS_OF_THE_REPORT = {"assessments:reopen", "assessments:publish", "assessments:approval"}
WORDS = {
    "description": "Chữ khác", "judged": "not_met", "version": "1", "strengths": "Khác", "improvement": "Khác", "writers": "Ai Đó",
    "text": "Khác", "cause": "Khác", "priority": "high", "criteria": "1.1", "opening": "Khác", "trend": "Khác", "priorities": "Khác",
    "conclusion": "Khác", "name": "Người Khác", "post": "Khác", "role": "chair", "gender": "nam", "kind": "working", "leader": "Khác",
    "members": "Khác", "cap": "thcs", "note": "Vì", "noi": "1", "toi": "0", "buoc": "1", "o/total/2025-2026": "99", "source": "Khác",
    "as_of": "01/01/2026", "conclusion.summary": "Khác", "purpose": "Khác", "chu": "XYZ", "nghia": "Khác", "can-cu": "x", "goi-y": "x",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""


@pytest.fixture
def chair(school):
    client = Client(raise_request_exception=False)
    client.force_login(make_user("hieu-truong", "Nông Thị Mơ", school, "chair"))
    return client


@pytest.fixture
def rows(school, secretary):
    """An assessment with something of everything."""
    sheet = Sheet(school, secretary)
    found = sheet.assessment
    found.school = school
    proof = sheet.evidence("Kế hoạch năm học", state="verified")
    level = sheet.level()
    for words in ("Bản cũ.", f"Trường có kế hoạch ({proof.code})."):
        level.description, level.version = words, level.version + 1
        level.save()
    level.judged = "met"
    level.save()
    sheet.evidence("Một minh chứng nữa")
    member = CouncilMember(name="Lò Thị Mẩy", role="secretary")
    council_editing.add(found, member, secretary)
    group = WorkingGroup(name="Nhóm 1", members=["Lò Thị Mẩy"], criteria=["1.3"])
    council_editing.add(found, group, secretary)
    weak = weaknesses.create(found, user=secretary, text="Thiếu phòng", standard="1")
    other = weaknesses.create(found, user=secretary, text="Thiếu sách", standard="1")
    weaknesses.remove(other, user=secretary)
    SchoolTable.objects.create(school=school, assessment=found, table="classes", cells={"total": {"2025-2026": 12}})
    return {
        "assessment": found.pk, "member": member.pk, "group": group.pk, "weakness": weak.pk, "removed": other.pk, "level": 1,
        "code": "1.3", "record": LevelReview.history.filter(id=level.pk).order_by("version").first().history_id,
        "event": "council", "batch": Weakness.history.filter(id=weak.pk).first().batch or EXAMPLES["batch"], "part": "muc-dich", "table": "classes",
        "version": 1, "form": "tt57-bieu-1", "format": "docx", "evidence": proof, "level_key": level.pk, "comment": EXAMPLES["batch"],
    }  # fmt: skip


def value_of(key) -> str:
    found = Assessment.objects.select_related("year", "school").get(pk=key)
    said = to_value(found, evidence=False).to_dict()
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def attempts(rows: dict, route: str) -> list[dict]:
    usual = {**WORDS, "evidence": str(rows["evidence"].pk), "nguon": str(rows["level_key"])}
    usual |= {"o": f"{rows['group']}:1.1", "ca": f"{rows['group']}:1"}
    if "han-che" in route:
        return [usual, *({**usual, "do": do} for do in ("remove", "restore", "len", "xuong", "none"))]
    return [usual, {**usual, "viec": "khong"}] if "minh-chung" in route else [usual]


def others(route: str, rows: dict) -> list[dict]:
    """Other rows that the address may name: a submitted sheet, a standard, a weakness that was taken away."""
    if "tieu-chuan" in route:
        return [{"code": "1"}]
    if "<str:code>" in route:
        return [{}, {"code": "1.4"}]
    return [{}, {"weakness": rows["removed"]}] if "<uuid:weakness>" in route else [{}]


def keys_of(route: str, rows: dict, **more) -> dict:
    import re

    return {
        name: {**EXAMPLES, **rows, **more}[name] for name in re.findall(r"<(?:\w+:)?(\w+)>", route) if name != "school"
    }


def test_an_approved_report_is_changed_by_no_address(chair, school, rows):
    Assessment.objects.filter(pk=rows["assessment"]).update(state="approved", approved_value={"kept": True})
    CriterionReview.objects.filter(assessment=rows["assessment"], code="1.4").update(state="submitted")
    before = value_of(rows["assessment"])
    walked = 0
    for name, route, _view in OF_A_SCHOOL:
        if not name.startswith("assessments:") or "<uuid:assessment>" not in route or name in STEPS_OF_THE_REPORT:
            continue
        for more in others(route, rows):
            url = reverse(name, kwargs={"school": school.slug, **keys_of(route, rows, **more)})
            for sent in attempts(rows, route):
                answer = chair.post(url, sent)
                assert answer.status_code < 500, (name, answer.status_code)
                walked += 1
            for row, field in ((rows["level_key"], "description"), (rows["level_key"], "judged")):
                cells = [{"action": str(row), "field": field, "words": "not_met", "version": 1}]
                cells += [
                    {"action": str(one.pk), "field": "opening", "words": "Khác", "version": 1}
                    for one in StandardReview.objects.filter(assessment=rows["assessment"])[:3]
                ]
                cells += [{"action": "classes", "field": "total/2025-2026", "words": "99", "version": 1}]
                assert chair.post(url, json.dumps({"cells": cells}), content_type="application/json").status_code < 500
        assert value_of(rows["assessment"]) == before, name
    now = Assessment.objects.get(pk=rows["assessment"])
    assert (now.state, now.approved_value) == ("approved", {"kept": True})
    assert walked > 60


def test_a_sheet_that_was_submitted_is_changed_by_no_address(chair, school, rows):
    CriterionReview.objects.filter(assessment=rows["assessment"], code="1.3").update(state="submitted")

    def sheet() -> tuple:
        levels = LevelReview.objects.filter(criterion="1.3", review__assessment=rows["assessment"]).order_by("level")
        review = CriterionReview.objects.get(assessment=rows["assessment"], code="1.3")
        said = [(one.description, one.judged) for one in levels]
        return said, review.strengths, review.improvement, review.requirements

    before = sheet()
    for name, route, _view in OF_A_SCHOOL:
        if not name.startswith("assessments:criterion") or name in (
            "assessments:criterion_withdrawn",
            "assessments:criterion_returned",
        ):
            continue
        url = reverse(name, kwargs={"school": school.slug, **keys_of(route, rows)})
        for sent in attempts(rows, route):
            assert chair.post(url, sent).status_code < 500, name
        assert sheet() == before, name


def test_what_an_approved_report_cites_is_not_taken_away_by_any_way(chair, school, rows, secretary):
    """Not removed, merged away, or removed with many; and a judgement of that report is not withdrawn for it."""
    from caitien.web.assessments.models import ReportCitation

    found = Assessment.objects.get(pk=rows["assessment"])
    Assessment.objects.filter(pk=found.pk).update(state="approved", approved_value={})
    ReportCitation.objects.create(school=school, assessment=found, evidence=rows["evidence"], places=["Tiêu chí 1.3"])
    other = services.create(school, secretary, "Bản khác")
    key, level = rows["evidence"].pk, str(rows["level_key"])
    at = lambda name, *keys: reverse(f"evidence:{name}", args=[school.slug, *keys])  # noqa: E731
    use = EvidenceUse.objects.get(evidence=key, criterion="1.3")
    for url, sent in (
        (at("remove", key), {"bo-nhan-dinh": level}),
        (at("merge", key), {"voi": str(other.pk), "giu": str(other.pk), "bo-nhan-dinh": level}),
        (at("merge", other.pk), {"voi": str(key), "giu": str(other.pk), "bo-nhan-dinh": level}),
        (at("many"), {"do": "remove", "chon": str(key), "bo-nhan-dinh": level}),
        (at("step", key), {"buoc": "rejected", "ly-do": "Vì", "bo-nhan-dinh": level}),
        (at("step", key), {"buoc": "replaced", "thay-bang": "Bản khác", "bo-nhan-dinh": level}),
        (at("criteria", key), {"do": "stop", "khung": use.framework, "ma": "1.3", "dung": str(use.pk), "bo-nhan-dinh": level}),
    ):  # fmt: skip
        assert chair.post(url, sent).status_code < 500
        now = Evidence.everything.get(pk=key)
        assert (now.removed_at, now.state) == (None, "verified"), url
        assert LevelReview.objects.get(pk=level).judged == "met", url
        assert EvidenceUse.objects.get(pk=use.pk).state == "used", url
