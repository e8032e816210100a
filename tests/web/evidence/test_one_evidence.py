"""The page of one evidence: what it is, who may do what with it, what is refused and what is never lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from caitien.web.assessments.models import LevelReview, ReportCitation
from caitien.web.evidence import services
from caitien.web.evidence.models import ActionEvidence, Evidence, EvidenceEvent, EvidenceUse, Opening
from web.evidence import files
from web.evidence.people import at, make_assessment, met_on_one, signed_in, words_of
from web.evidence.rows import make_evidence, stored


@pytest.fixture
def evidence(school, secretary):
    make_assessment(school, secretary)
    return make_evidence(school, "Kế hoạch giáo dục nhà trường", "1.1", user=secretary, file=files.pdf())


def post(browser, name, evidence, **sent):
    return browser.post(at(name, evidence.school, evidence.pk), sent)


def now(evidence) -> Evidence:
    return Evidence.everything.get(pk=evidence.pk)


# --- its life


def test_verified_by_one_press(browser, evidence):
    assert post(browser, "step", evidence, buoc="verified").status_code == 302
    assert now(evidence).state == "verified"


def test_a_rejection_needs_a_reason_and_keeps_what_was_typed(browser, evidence):
    answer = post(browser, "step", evidence, buoc="rejected", **{"ly-do": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do từ chối" in words_of(answer)
    long = post(browser, "step", evidence, buoc="rejected", **{"ly-do": "mờ " * 2000})
    assert long.status_code == 422
    assert "mờ mờ mờ" in words_of(long)
    assert now(evidence).state == "submitted"


def test_who_submitted_reads_why_it_was_rejected(browser, school, evidence):
    post(browser, "step", evidence, buoc="rejected", **{"ly-do": "Bản quét thiếu trang 2"})
    assert "Bản quét thiếu trang 2" in words_of(signed_in(school, "staff").get(at("evidence", school, evidence.pk)))


def test_a_new_file_for_what_was_rejected_makes_it_wait_again(browser, school, evidence, secretary):
    post(browser, "step", evidence, buoc="rejected", **{"ly-do": "Thiếu dấu"})
    services.attach_file(now(evidence), stored(school, files.docx()), "ban-co-dau.docx", secretary)
    assert now(evidence).state == "submitted"
    assert now(evidence).state_note == ""


def test_a_teacher_may_send_a_new_version_of_her_own_rejected_paper_alone(browser, school, evidence):
    mine = signed_in(school, "staff")
    post(browser, "step", evidence, buoc="rejected", **{"ly-do": "Thiếu dấu"})
    assert "&amp;thay=" not in mine.get(at("evidence", school, evidence.pk)).content.decode()
    Evidence.everything.filter(pk=evidence.pk).update(created_by=mine.session["_auth_user_id"])
    assert "&amp;thay=" in mine.get(at("evidence", school, evidence.pk)).content.decode()


def test_the_second_who_verifies_is_told_who_was_first(browser, school, evidence):
    post(signed_in(school, "chair"), "step", evidence, buoc="verified")
    answer = browser.post(at("step", school, evidence.pk), {"buoc": "verified"}, follow=True)
    assert "Người chair đã làm bước này rồi" in words_of(answer)
    assert EvidenceEvent.objects.filter(evidence=evidence, kind="verified").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_verify_at_one_moment_and_it_is_verified_once(school, secretary):
    row = make_evidence(school, "Biên bản", "1.1", user=secretary)
    answers = []

    def press(number: int) -> None:
        try:
            answers.append(services.take_step(school, row.pk, "verified", user=secretary).state)
        except services.NotNow as refused:
            answers.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(4)]
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        for number in range(4):
            press(number)  # one connection only: one after the other
    else:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answer == "verified" for answer in answers) == [False, False, False, True]
    assert EvidenceEvent.objects.filter(evidence=row, kind="verified").count() == 1


def test_replaced_by_another_named_by_its_code_or_words(browser, school, evidence):
    newer = make_evidence(school, "Kế hoạch giáo dục năm sau", "1.1")
    make_evidence(school, "Kế hoạch giáo dục năm kia", "1.1")
    several = post(browser, "step", evidence, buoc="replaced", **{"thay-bang": "ke hoach giao duc nam"})
    assert several.status_code == 422
    assert "hãy ghi mã" in words_of(several)
    none = post(browser, "step", evidence, buoc="replaced", **{"thay-bang": "không hề có"})
    assert none.status_code == 422
    one = post(browser, "step", evidence, buoc="replaced", **{"thay-bang": "nam sau"})
    assert one.status_code == 422  # offered as a button, not taken by some words
    assert f'name="thay-bang" value="{newer.code}"' in one.content.decode()
    assert now(evidence).replaced_by is None
    post(browser, "step", evidence, buoc="replaced", **{"thay-bang": newer.code.lower()})
    assert now(evidence).replaced_by == newer
    assert newer.name in words_of(browser.get(at("evidence", school, evidence.pk)))


@pytest.mark.parametrize("step", ["", "submitted", "removed", "x" * 50])
def test_a_step_that_is_none_is_refused(browser, evidence, step):
    assert post(browser, "step", evidence, buoc=step).status_code == 422


# --- what rests on it


def test_what_a_judgement_stands_on_is_refused_with_where_and_one_way_on(browser, school, secretary):
    row, level = met_on_one(school, secretary)
    answer = post(browser, "step", row, buoc="rejected", **{"ly-do": "sai"})
    assert answer.status_code == 409
    assert str(level) in words_of(answer)
    assert now(row).state == "verified"
    sent = {"buoc": "rejected", "ly-do": "sai", "bo-nhan-dinh": [str(level.pk)]}
    assert browser.post(at("step", school, row.pk), sent).status_code == 302
    assert now(row).state == "rejected"
    assert LevelReview.objects.get(pk=level.pk).judged == ""


def test_who_confirms_an_old_page_takes_nothing_back_that_she_has_not_seen(browser, school, secretary):
    row, level = met_on_one(school, secretary)
    other = LevelReview.objects.get(review=level.review, level=2)
    from caitien.web.assessments.editing import save

    save(other, {"description": "Tốt", "judged": "met"}, seen=other.version, user=secretary, whatever_it_was=True)
    sent = {"buoc": "expired", "bo-nhan-dinh": [str(level.pk)]}
    assert browser.post(at("step", school, row.pk), sent).status_code == 409
    assert now(row).state == "verified"
    assert LevelReview.objects.get(pk=level.pk).judged == "met"


@pytest.mark.parametrize("name", ["remove", "criteria"])
def test_so_it_is_for_taking_it_off_and_for_its_criterion(browser, school, secretary, name):
    row, level = met_on_one(school, secretary)
    use = EvidenceUse.objects.get(evidence=row)
    sent = {"do": "stop", "ma": use.criterion, "khung": use.framework, "dung": str(use.pk)}
    answer = browser.post(at(name, school, row.pk), sent)
    assert answer.status_code == 409
    assert 'name="bo-nhan-dinh"' in answer.content.decode()
    assert browser.post(at(name, school, row.pk), {**sent, "bo-nhan-dinh": [str(level.pk)]}).status_code == 302
    assert LevelReview.objects.get(pk=level.pk).judged == ""


def test_an_approved_report_keeps_what_it_cites(browser, school, secretary, evidence):
    from caitien.web.assessments.models import Assessment

    ReportCitation.objects.create(
        school=school, assessment=Assessment.objects.get(), evidence=evidence, places=["Tiêu chí 1.1, Mức 1"]
    )
    answer = post(browser, "remove", evidence)
    assert answer.status_code == 409
    assert "Tiêu chí 1.1, Mức 1" in words_of(answer)
    assert now(evidence).removed_at is None


def test_a_refusal_leads_back_to_the_page_one_came_from_and_to_no_other_site(browser, school, evidence):
    from caitien.web.assessments.models import Assessment

    ReportCitation.objects.create(school=school, assessment=Assessment.objects.get(), evidence=evidence, places=["1.1"])
    here = f"http://testserver{at('evidence', school, evidence.pk)}"
    said = browser.post(at("remove", school, evidence.pk), HTTP_REFERER=here).content.decode()
    assert f'href="{here}"' in said
    said = browser.post(at("remove", school, evidence.pk), HTTP_REFERER="https://xau.example/").content.decode()
    assert "xau.example" not in said


def test_taken_off_and_brought_back(browser, school, evidence):
    post(browser, "remove", evidence, **{"ly-do": "ghi hai lần"})
    page = browser.get(at("evidence", school, evidence.pk))
    assert "đã bỏ khỏi danh mục" in words_of(page)
    assert "ghi hai lần" in words_of(page)
    post(browser, "restore", evidence)
    assert now(evidence).removed_at is None
    assert now(evidence).code == "MC.1.1.01"


# --- its words


def edited(browser, evidence, version: int, **words):
    sent = {"version": version, "truong": list(words), **words}
    return browser.post(at("edit", evidence.school, evidence.pk), sent)


def test_words_are_changed_and_dates_are_read(browser, evidence):
    answer = edited(browser, evidence, evidence.version, name="Kế  hoạch\tmới", date="5/9/2026", valid_until="1-1-2027")
    assert answer.status_code == 302
    row = now(evidence)
    assert (row.name, row.date, row.valid_until.isoformat()) == ("Kế hoạch mới", "2026-09-05", "2027-01-01")


@pytest.mark.parametrize(
    ("typed", "kept"), [("9/2026", "2026-09"), ("năm học 2025-2026", "năm học 2025-2026"), ("", "")]
)
def test_a_date_may_be_a_month_or_words(browser, evidence, typed, kept):
    edited(browser, evidence, evidence.version, name=evidence.name, date=typed)
    assert now(evidence).date == kept


@pytest.mark.parametrize("words", [{"name": " "}, {"name": "x", "valid_until": "31/2/2027"}, {"name": "x" * 3000}])
def test_what_is_wrong_is_said_and_kept(browser, evidence, words):
    answer = edited(browser, evidence, evidence.version, number="Giữ lại chữ này", **words)
    assert answer.status_code == 422
    assert "Giữ lại chữ này" in answer.content.decode()
    assert now(evidence).version == evidence.version


def test_two_who_change_different_words_are_joined(browser, school, evidence):
    other = signed_in(school, "member")
    edited(other, evidence, evidence.version, name=evidence.name, number="1/KH")
    edited(browser, evidence, evidence.version, name=evidence.name, number="", issuer="Hiệu trưởng")
    assert (now(evidence).number, now(evidence).issuer) == ("1/KH", "Hiệu trưởng")


def test_two_who_change_the_same_word_are_both_shown_and_one_chooses(browser, school, evidence):
    edited(signed_in(school, "member"), evidence, evidence.version, name="Tên của người kia", summary="lời kia")
    answer = edited(browser, evidence, evidence.version, name="Tên của tôi", summary="lời tôi", issuer="Hiệu trưởng")
    assert answer.status_code == 409
    assert "Tên của tôi" in words_of(answer)
    assert "Tên của người kia" in words_of(answer)
    assert now(evidence).issuer == ""
    sent = {
        "version": now(evidence).version, "truong": ["issuer", "name", "summary"], "issuer": "Hiệu trưởng",
        "name": "Tên của tôi", "chon_name": "nguoi-khac", "summary": "lời tôi", "chon_summary": "ca-hai",
    }  # fmt: skip
    assert browser.post(at("edit", school, evidence.pk), sent).status_code == 302
    row = now(evidence)
    assert (row.name, row.summary, row.issuer) == ("Tên của người kia", "lời kia\nlời tôi", "Hiệu trưởng")


def test_the_history_says_who_changed_what(browser, school, evidence):
    edited(browser, evidence, evidence.version, name="Tên mới")
    said = words_of(browser.get(at("history", school, evidence.pk)))
    assert "Kế hoạch giáo dục nhà trường → Tên mới" in said


# --- what is kept apart


def test_who_may_not_open_sensitive_evidence_sees_its_entry_alone(browser, school, secretary):
    row = make_evidence(school, "Hồ sơ kỷ luật", "1.1", user=secretary, sensitive=True, summary="em Giàng bị nhắc nhở")
    services.attach_file(row, stored(school), "giang-thi-x.pdf", secretary)
    Opening.objects.create(school=school, evidence=row, what="view", by=secretary)
    teacher = words_of(signed_in(school, "staff").get(at("evidence", school, row.pk)))
    assert "Hồ sơ kỷ luật" in teacher
    assert "1 tệp, cần giữ kín" in teacher
    assert "giang-thi-x" not in teacher
    assert "Giàng" not in teacher
    assert "Ai đã mở tệp" not in teacher
    leader = words_of(browser.get(at("evidence", school, row.pk)))
    assert "giang-thi-x.pdf" in leader
    assert "Ai đã mở tệp" in leader


def test_a_member_does_not_see_or_lift_what_is_kept_apart(school, secretary):
    row = make_evidence(school, "Hồ sơ kỷ luật", sensitive=True, summary="em Giàng bị nhắc nhở")
    member = signed_in(school, "member")
    for name in ("edit", "history", "merge"):
        assert "Giàng" not in member.get(at(name, school, row.pk)).content.decode()
    edited(member, row, row.version, name="Hồ sơ", summary="", note="x")
    row = now(row)
    assert (row.name, row.sensitive, row.summary, row.note) == ("Hồ sơ", True, "em Giàng bị nhắc nhở", "")


# --- what it is for


@pytest.mark.parametrize("typed", ["2.1", "Tiêu chí 2.1", "can bo quan ly co so"])
def test_a_criterion_is_added_by_code_or_title(browser, evidence, typed):
    assert post(browser, "criteria", evidence, **{"tieu-chi": typed}).status_code == 302
    assert EvidenceUse.objects.get(evidence=evidence, criterion="2.1").state == "used"


def test_words_that_several_criteria_have_are_asked_back_as_buttons(browser, evidence):
    answer = post(browser, "criteria", evidence, **{"tieu-chi": "giao duc"})
    assert answer.status_code == 422
    assert len(answer.context["criteria_found"]) > 1
    assert 'value="giao duc"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "9.9", "không có tiêu chí như thế", "'; DROP TABLE", "\x00"])
def test_what_is_no_criterion_is_said_and_kept(browser, evidence, typed):
    answer = post(browser, "criteria", evidence, **{"tieu-chi": typed})
    assert answer.status_code == 422
    assert EvidenceUse.objects.filter(evidence=evidence).count() == 1


def test_an_offer_is_answered(browser, school, evidence, secretary):
    from caitien.standards import load

    services.use(evidence, load("tt57-2026-pho-thong"), ["2.1", "2.2"], secretary, state="offered")
    page = browser.get(at("evidence", school, evidence.pk))
    assert "Gợi ý cho tiêu chí 2.1" in words_of(page)
    for one, do in zip(EvidenceUse.objects.filter(state="offered").order_by("criterion"), ("use", "stop"), strict=True):
        post(browser, "criteria", evidence, do=do, ma=one.criterion, khung=one.framework, dung=str(one.pk))
    states = dict(EvidenceUse.objects.filter(evidence=evidence).values_list("criterion", "state"))
    assert states == {"1.1": "used", "2.1": "used", "2.2": "declined"}


def test_it_says_where_it_is_cited_and_not_where_a_longer_code_is(browser, school, secretary):
    row, level = met_on_one(school, secretary)
    longer = LevelReview.objects.get(review=level.review, level=2)
    longer.description = f"Không phải nó: {row.code}1."
    longer.save()
    cited = browser.get(at("evidence", school, row.pk)).context["cited"]
    assert [(one.year, one.place) for one in cited] == [("2026-2027", "Tiêu chí 1.3, Mức 1")]


def test_cited_in_every_kind_of_text_and_by_an_old_code(browser, school, secretary):
    from caitien.web.assessments.models import Assessment, StandardReview, Weakness
    from caitien.web.evidence.codes import keep_old_code

    assessment = make_assessment(school, secretary)
    row = make_evidence(school, "Quy chế", "1.1")
    keep_old_code(row, "H1-1.1-07", "2023-2024", secretary)
    StandardReview.objects.filter(assessment=assessment, code="1").update(strengths=[f"Có quy chế ({row.code})"])
    Weakness.objects.create(
        school=school, assessment=assessment, standard="2", text="Chưa theo [H1-1.1-07]", position=1
    )
    Assessment.objects.filter(pk=assessment.pk).update(head={"conclusion": {"summary": f"Theo {row.code}"}})
    cited = browser.get(at("evidence", school, row.pk)).context["cited"]
    assert {(one.place, one.code) for one in cited} == {
        ("Tiêu chuẩn 1", row.code), ("Tiêu chuẩn 2", "H1-1.1-07"), ("Phần mở đầu, kết luận", row.code)
    }  # fmt: skip


def test_a_file_is_taken_away_and_its_older_versions_stay_seen(browser, school, evidence, secretary):
    old = evidence.attachments.get()
    new = services.attach_file(evidence, stored(school, files.pdf("moi")), "ban-moi.pdf", secretary, replaces=old)
    page = browser.get(at("evidence", school, evidence.pk))
    assert "1 bản cũ" in words_of(page)
    browser.post(at("remove_attachment", school, evidence.pk, new.pk))
    assert "ban-moi.pdf" not in [
        one.row.name for one in browser.get(at("evidence", school, evidence.pk)).context["files"]
    ]


# --- one paper written twice


def test_two_become_one_and_both_codes_mean_it(browser, school, evidence, secretary, plan):
    twin = make_evidence(school, "Kế hoạch giáo dục nhà trường", "2.1", number="5/KH", file=files.pdf("khac"))
    ActionEvidence.objects.create(school=school, evidence=twin, action=plan.actions.first())
    assert "Hai minh chứng này là một" in words_of(browser.get(at("merge", school, evidence.pk) + f"?voi={twin.pk}"))
    post(browser, "merge", evidence, voi=str(twin.pk), giu=str(evidence.pk))
    kept = now(evidence)
    assert {one.code for one in kept.codes.all()} == {"MC.1.1.01", "MC.2.1.01"}
    assert {one.criterion for one in kept.uses.all()} == {"1.1", "2.1"}
    assert kept.attachments.count() == 2
    assert kept.number == "5/KH"
    assert kept.for_actions.count() == 1
    assert now(twin).removed_at is not None
    post(browser, "restore", twin)
    assert now(twin).removed_at is None
    assert {one.code for one in now(twin).codes.all()} == {"MC.2.1.01"}


def test_merging_away_what_proves_a_met_needs_the_other_verified(browser, school, secretary):
    proof, level = met_on_one(school, secretary)
    twin = make_evidence(school, "Kế hoạch chuyển đổi số", "1.3")
    sent = {"voi": str(proof.pk), "giu": str(twin.pk)}
    assert browser.post(at("merge", school, twin.pk), sent).status_code == 409
    assert now(proof).removed_at is None
    services.take_step(school, twin.pk, "verified", user=secretary)
    assert browser.post(at("merge", school, twin.pk), sent).status_code == 302
    assert LevelReview.objects.get(pk=level.pk).judged == "met"


@pytest.mark.parametrize("other", ["", "x", "itself"])
def test_merging_with_nothing_asks_again(browser, school, evidence, other):
    sent = {"voi": str(evidence.pk) if other == "itself" else other, "giu": str(evidence.pk)}
    assert browser.post(at("merge", school, evidence.pk), sent).status_code == 422
    assert now(evidence).removed_at is None
