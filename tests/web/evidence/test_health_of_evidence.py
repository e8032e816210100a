"""The health page counts what is unwell as the list does, says where, and stays quick."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from caitien.standards import load
from caitien.web.assessments.models import LevelReview
from caitien.web.evidence import services
from caitien.web.evidence.criteria import current
from caitien.web.evidence.doubles import doubles
from caitien.web.evidence.health import Light, sections
from caitien.web.evidence.views.health import sections_of
from web.evidence import files
from web.evidence.people import at, make_assessment, met_on_one, words_of
from web.evidence.rows import FRAMEWORK, make_evidence, stored


def found(school) -> dict:
    return {one.word: one for one in sections_of(school, current(school))}


def write(assessment, criterion: str, text: str, level: int = 1) -> None:
    row = LevelReview.objects.get(review__assessment=assessment, criterion=criterion, level=level)
    row.description = text
    row.save()


@pytest.fixture
def ill(school, secretary):
    """A school where everything is unwell at once."""
    assessment = make_assessment(school, secretary)
    today = timezone.localdate()
    kept = make_evidence(school, "Quyết định thành lập tổ", "1.1", user=secretary, file=files.pdf("a"))
    services.take_step(school, kept.pk, "verified", user=secretary)
    services.attach_file(
        make_evidence(school, "Tên khác hẳn", "1.1"), stored(school, files.pdf("a")), "x.pdf", secretary
    )
    make_evidence(school, "Chưa gắn gì cả")
    make_evidence(school, "Hết hạn rồi", "1.2", valid_until=today - timedelta(days=3))
    make_evidence(school, "Sắp hết hạn", "1.2", valid_until=today + timedelta(days=3))
    rejected = make_evidence(school, "Bị từ chối", "2.1")
    services.take_step(school, rejected.pk, "rejected", user=secretary, note="mờ")
    services.use(kept, load(FRAMEWORK), ["3.1"], secretary, state="offered")
    link = services.attach_link(make_evidence(school, "Đường dẫn", "1.2"), "https://x.example.vn", "x", secretary)
    link.reach = "gone"
    link.save()
    write(assessment, "1.1", f"Có quyết định ({kept.code}), có MC.1.1.77, có {rejected.code}.")
    return assessment


def test_every_kind_of_illness_is_counted(school, ill):
    counts = {word: one.count for word, one in found(school).items()}
    assert counts == {
        "tieu-chi-chua-co": 13, "vien-dan": 2, "cho-xac-nhan": 5, "goi-y": 1, "chua-gan": 1, "het-han": 1, "sap-het": 1,
        "link-hong": 1, "khong-tep": 3, "trung": 1, "chua-vien-dan": 4,
    }  # fmt: skip


def test_its_counts_are_those_of_the_list(browser, school, ill):
    for one in found(school).values():
        if one.address:
            page = browser.get(at("list", school) + f"?{one.address}").context["page"]
            assert page.count == one.count, one.word
    assert len(browser.get(at("list", school)).context["lacking"]) == found(school)["tieu-chi-chua-co"].count


def test_the_page_says_what_to_do_and_leads_there(browser, school, ill):
    page = browser.get(at("health", school))
    said = words_of(page)
    assert "viện dẫn MC.1.1.77 nhưng danh mục không có" in said
    assert "cùng một tệp" in said
    assert f"{at('upload', school)}?tieu-chi=2.1" in page.content.decode()
    assert "?voi=" in page.content.decode()


def test_a_citation_by_an_old_code_is_found_and_told(school, secretary):
    from caitien.web.evidence.codes import keep_old_code

    assessment = make_assessment(school, secretary)
    row = make_evidence(school, "Quy chế", "1.1")
    keep_old_code(row, "MC.9.1.01", "2025-2026", secretary)
    other = make_evidence(school, "Khác", "1.2")
    write(assessment, "1.1", f"Theo MC.9.1.01 và {other.code}.")
    now = found(school)
    assert any("là mã cũ" in line.text for line in now["vien-dan"].lines)
    assert now["chua-vien-dan"].count == 0


def test_before_the_first_citation_nobody_is_told_that_nothing_is_cited(school, secretary):
    make_assessment(school, secretary)
    make_evidence(school, "Quy chế", "1.1")
    assert found(school)["chua-vien-dan"].count == 0


def test_a_well_school_is_told_so(browser, school, secretary):
    row, _level = met_on_one(school, secretary)
    services.attach_file(row, stored(school), "a.pdf", secretary)
    said = words_of(browser.get(at("health", school)))
    assert "Đang ổn" in said


def test_a_school_without_anything_has_a_page(browser, school):
    assert browser.get(at("health", school)).status_code == 200


def test_many_are_shown_ten_at_a_time(browser, school, secretary):
    make_assessment(school, secretary)
    for number in range(15):
        make_evidence(school, f"Biên bản {number}", "1.1", user=secretary)
    section = found(school)["cho-xac-nhan"]
    assert (section.count, len(section.lines)) == (15, 10)
    assert section.lines[0].text == "Biên bản 0"  # the oldest waits longest
    assert "Xem cả 15" in words_of(browser.get(at("health", school)))


def row(key: int, name: str, **more) -> Light:
    said = {"code": "", "number": "", "date": "", "state": "submitted", "valid_until": None, **more}
    return Light(key=str(key), name=name, **said)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (row(1, "Quyết định thành lập hội đồng"), row(2, "Quyết định thành lập hội dồng"), "name"),
        (row(1, "Báo cáo tháng 9"), row(2, "Báo cáo tháng 10"), None),
        (row(1, "Báo cáo sơ kết học kỳ I năm học"), row(2, "Báo cáo sơ kết học kỳ II năm học"), None),
        (row(1, "Một", number="12/QĐ-TH", date="2026-09-05"), row(2, "Hai", number="12 / QĐ-TH", date="2026-09-05"), "number"),
        (row(1, "Một", number="12", date="2026-09-05"), row(2, "Hai", number="12", date="2026-09-05"), None),
        (row(1, "Ảnh"), row(2, "Ảnh"), None),
    ],
)  # fmt: skip
def test_what_may_be_one_paper(one, other, why):
    pairs = doubles([one, other], {})
    assert [pair[2] for pair in pairs] == ([why] if why else [])


def test_the_same_file_is_the_surest_and_each_pair_is_told_once():
    twins = [row(1, "Quy chế làm việc"), row(2, "Quy chế làm việc")]
    assert doubles(twins, {"1": ["f"], "2": ["f", "g"]}) == [("1", "2", "file")]


def test_ten_thousand_are_looked_at_in_a_third_of_a_second():
    from time import process_time
    from uuid import uuid4

    rows = [row(0, f"Biên bản họp tổ chuyên môn lần {n % 97} ({n})")._replace(key=str(uuid4())) for n in range(10_000)]
    uses = [(one.key, "1.1", "used") for one in rows]
    started = process_time()
    sections(
        rows, uses, [], value=None, old_codes={}, cited=frozenset(), framework=load(FRAMEWORK), today=date(2026, 11, 1)
    )
    assert process_time() - started < 1  # about 0.15 s where nothing else runs
