"""The package of a school's evidence: what goes in, what stays behind, who may make it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from caitien.packing.checking import check_package
from caitien.standards import load
from caitien.web.assessments import creating
from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence, Opening, StoredFile
from caitien.web.sample_papers import paper, stored
from caitien.web.schools.models import SchoolYear
from web.invented import make_user

FRAMEWORK = load("tt57-2026-pho-thong")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


@pytest.fixture
def assessment(school, secretary):
    year = SchoolYear.objects.create(school=school, name="2026-2027")
    made = creating.create(school, year, FRAMEWORK, secretary)
    for name, criteria, sensitive in (
        ("Kế hoạch", ["1.3"], False),
        ("Sổ học sinh", ["3.4"], True),
        ("Chưa gắn", [], False),
    ):
        one = services.create(school, secretary, name, sensitive=sensitive)
        services.attach_file(
            one, stored(school, secretary, "xlsx", paper("xlsx", name, ["a"])), f"{name}.xlsx", secretary
        )
        services.use(one, FRAMEWORK, criteria, secretary)
    return made


def address(school):
    return reverse("evidence:package", args=[school.slug])


def packed(client, school, **asked):
    answer = client.post(address(school), asked, follow=True)
    assert answer.status_code == 200, answer.content[:300]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def contents(package):
    return {one["name"]: one for one in json.loads(package.read("GOI.json"))["evidence"]}


def test_what_the_report_uses_goes_in_and_what_is_sensitive_stays_behind(browser, school, assessment):
    found = contents(packed(browser, school))
    assert set(found) == {"Kế hoạch", "Sổ học sinh"}
    assert [file["path"] for file in found["Kế hoạch"]["files"]] == ["minh-chung/MC.1.3.01/ke-hoach.xlsx"]
    assert found["Sổ học sinh"]["files"] == []
    assert "giữ kín" in found["Sổ học sinh"]["kept_back"]
    assert not Opening.objects.exists()


def test_everything_goes_in_when_it_is_asked_for(browser, school, assessment):
    assert "Chưa gắn" in contents(packed(browser, school, **{"tat-ca": "on"}))


def test_sensitive_files_go_along_for_leaders_and_it_is_logged(browser, school, assessment, secretary):
    found = contents(packed(browser, school, **{"giu-kin": "on"}))
    assert len(found["Sổ học sinh"]["files"]) == 1
    assert [(one.what, one.by, one.evidence.name) for one in Opening.objects.all()] == [
        ("pack", secretary, "Sổ học sinh")
    ]


def test_a_member_never_gets_sensitive_files(school, assessment):
    client = Client()
    client.force_login(make_user("nhom", "Hà Văn Thụ", school, "member"))
    assert contents(packed(client, school, **{"giu-kin": "on"}))["Sổ học sinh"]["files"] == []
    assert b"giu-kin" not in client.get(address(school)).content


def test_a_package_with_papers_is_whole(browser, school, assessment, tmp_path):
    package = packed(browser, school, **{"van-ban": "on"})
    file = tmp_path / "goi.zip"
    file.write_bytes(package.fp.getvalue())
    assert check_package(file).is_whole
    assert "van-ban/danh-muc-minh-chung.xlsx" in package.namelist()


def test_a_file_that_is_not_scanned_stays_behind(browser, school, assessment):
    StoredFile.objects.update(scan="waiting")
    found = contents(packed(browser, school))
    assert found["Kế hoạch"]["files"] == []
    assert "chưa quét" in found["Kế hoạch"]["kept_back"]


def test_a_file_that_is_gone_from_the_storage_is_told(browser, school, assessment):
    file = Evidence.objects.get(name="Kế hoạch").attachments.get().file
    file.content.storage.delete(file.content.name)
    assert contents(packed(browser, school))["Kế hoạch"]["missing"] == ["Kế hoạch.xlsx"]


def test_a_teacher_may_look_and_not_pack(school, assessment):
    client = Client()
    client.force_login(make_user("gv", "Vì Thị Loan", school, "staff"))
    assert client.get(address(school)).status_code == 200
    assert client.post(address(school)).status_code == 403


def test_a_year_of_another_school_does_not_exist(browser, school, other_school, assessment):
    year = SchoolYear.objects.create(school=other_school, name="2026-2027")
    other = creating.create(other_school, year, FRAMEWORK, None)
    for asked in (str(other.pk), "x"):
        assert browser.get(address(school), {"nam": asked}).status_code == 404


def test_a_school_without_a_self_assessment_is_told_what_to_do(browser, school):
    assert "bắt đầu tự đánh giá" in browser.get(address(school)).content.decode().lower()
