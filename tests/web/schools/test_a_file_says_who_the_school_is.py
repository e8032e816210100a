"""The head of an imported plan fills what the school has not said of itself; what it has said stays."""

from __future__ import annotations

import pytest

from caitien.plan import DocumentInfo, ImprovementPlan
from caitien.plan import School as SchoolValue
from caitien.plan.model import Signer
from caitien.web.documents import intake
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.schools.learned import facts_of, learn, sentence_case
from caitien.web.schools.models import School


def plan(**info) -> ImprovementPlan:
    return ImprovementPlan(
        school=SchoolValue(name="Trường Tiểu học Sông Lam", code="4803 0112"), document=DocumentInfo(**info)
    )


FULL = {
    "number": "12/KH-THSL",
    "place": "Sông Lam",
    "parent_body": "UBND XÃ SÔNG LAM",
    "signer": Signer(role="HIỆU TRƯỞNG", name="Lò Thị Mẩy"),
}


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("UBND XÃ THANH HÀ", "UBND xã Thanh Hà"),
        ("PHÒNG GD&ĐT THÀNH PHỐ HÒA BÌNH", "Phòng GD&ĐT thành phố Hòa Bình"),
        ("Ủy ban nhân dân xã Thanh Hà", "Ủy ban nhân dân xã Thanh Hà"),
        ("LÒ THỊ MẨY", "Lò Thị Mẩy"),
        ("ỦY BAN NHÂN DÂN THỊ XÃ SA PA", "Ủy ban nhân dân thị xã Sa Pa"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH PHÚ THỌ", "Sở Giáo dục và Đào tạo tỉnh Phú Thọ"),
        (None, ""),
        ("UBND", "UBND"),
    ],
)
def test_capitals_of_the_head_become_ordinary_words(printed, said):
    assert sentence_case(printed) == said


def test_what_the_head_says():
    assert facts_of(plan(**FULL)) == {
        "code": "4803 0112",
        "parent_body": "UBND xã Sông Lam",
        "commune": "xã Sông Lam",
        "place": "Sông Lam",
        "abbreviation": "THSL",
        "head_name": "Lò Thị Mẩy",
    }


@pytest.mark.parametrize("number", [None, "", "Số: ……/KH-……", "12", "12/KH-", "KH-THSL 12"])
def test_a_number_that_says_no_school_gives_none(number):
    assert "abbreviation" not in facts_of(plan(number=number))


def test_only_what_is_empty_is_filled(school, secretary):
    school.place = "Nậm Ngàn"
    school.save()
    assert set(learn(school, plan(**FULL), secretary)) == {
        "code",
        "parent_body",
        "commune",
        "abbreviation",
        "head_name",
    }
    row = School.objects.get(pk=school.pk)
    assert (row.place, row.abbreviation) == ("Nậm Ngàn", "THSL")
    newest = row.history.latest()
    assert (newest.history_change_reason, newest.history_user) == ("theo tệp kế hoạch đã nhập", secretary)
    assert learn(school, plan(**FULL), secretary) == []


def test_words_too_long_for_their_place_are_left_out(school):
    assert "parent_body" not in facts_of(plan(parent_body="UBND " + "x" * 300))


def test_accepting_an_import_fills_the_profile(school, secretary):
    file = ImportedFile.objects.create(school=school, name="a.docx", format="docx", size=1, sha256="a" * 64)
    imported = Import.objects.create(
        school=school, file=file, state="review", plan_value=plan(**FULL, ).to_dict(), source={}
    )  # fmt: skip
    intake.accept(imported, secretary)
    assert School.objects.get(pk=school.pk).parent_body == "UBND xã Sông Lam"
