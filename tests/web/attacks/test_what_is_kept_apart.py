"""Evidence marked "cần giữ kín" is an entry of the list: nothing inside it, noted about it or linked from it gets out by a
side door to who may not open it."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest

from caitien.web.evidence import search, services
from caitien.web.evidence.models import Attachment, Evidence
from caitien.web.schools.models import Membership
from web.evidence.people import at, make_assessment, signed_in
from web.evidence.rows import FRAMEWORK, make_evidence, stored

LINK = "https://drive.example.vn/ho-so/khuyet-tat-lop-7a"
SECRETS = ("Kỷ luật", "Bệnh tim", "ho-so-hoc-sinh-Vàng-A-Sử", "khuyet-tat", "Lý Seo Páo")


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA, settings.CLAMD = tmp_path / "files", tmp_path, ""


@pytest.fixture
def kept(school, secretary):
    row = make_evidence(
        school, "Hồ sơ học sinh cần giúp đỡ", "1.3", user=secretary, sensitive=True,
        summary="Kỷ luật em Vàng A Sử", note="Bệnh tim của em Giàng Thị Mỷ",
    )  # fmt: skip
    file = stored(school, text="em Lý Seo Páo ở nội trú", text_state="read")
    services.attach_file(row, file, "ho-so-hoc-sinh-Vàng-A-Sử.pdf", secretary)
    services.attach_link(row, LINK, "Thư mục khuyet-tat", secretary)
    row.refresh_from_db()
    return row


@pytest.fixture
def year(school, secretary):
    return make_assessment(school, secretary)


def told(page) -> str:
    content = b"".join(page.streaming_content) if page.streaming else page.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(
                [
                    *package.namelist(),
                    *(unescape(package.read(name).decode("utf-8", "replace")) for name in package.namelist()),
                ]
            )
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("words", ["kỷ luật", "benh tim", "vang-a-su", "khuyet tat", "ly seo pao", '"bệnh tim của em"'])
def test_it_is_not_found_by_what_is_noted_about_it_or_by_its_files(school, kept, words):
    assert list(search.find(school, words, sensitive=True)) == [kept]
    assert list(search.find(school, words, sensitive=False)) == []


def test_it_is_found_by_its_name_and_nothing_else_of_it_is_shown(school, kept):
    for words in ("hồ sơ học sinh", "MC.1.3.01"):
        rows = list(search.find(school, words, sensitive=False))
        assert rows == [kept]
        assert search.excerpts(school, rows, words, sensitive=False) == {}


def test_who_may_open_it_sees_where_the_words_are(school, kept):
    for words, seen in (("bệnh tim", "Bệnh tim"), ("lý seo páo", "Lý Seo Páo")):
        rows = list(search.find(school, words, sensitive=True))
        (excerpt,) = search.excerpts(school, rows, words, sensitive=True).values()
        assert seen in "".join(part for part, _marked in excerpt.parts)


def test_marking_and_unmarking_it_changes_what_finds_it(school, kept, secretary):
    services.save_fields(school, kept.pk, {"sensitive": False}, seen=kept.version, user=secretary)
    assert list(search.find(school, "bệnh tim", sensitive=False)) == [kept]
    services.save_fields(school, kept.pk, {"sensitive": True}, seen=kept.version + 1, user=secretary)
    assert list(search.find(school, "bệnh tim", sensitive=False)) == []


@pytest.mark.parametrize("role", ["member", "staff", "viewer", "monitor"])
def test_no_page_tells_it(school, kept, year, role):
    client = signed_in(school, role)
    pages = [
        at("evidence", school, kept.pk), at("history", school, kept.pk), at("health", school), at("list", school),
        *(at("list", school) + f"?tim={word}" for word in ("ky luat", "benh tim", "khuyet tat", "ho so hoc sinh")),
        f"/truong/{school.slug}/tu-danh-gia/{year.pk}/tieu-chi/1.3/",
        f"/truong/{school.slug}/tu-danh-gia/{year.pk}/tieu-chi/1.3/vien-dan/?q=benh tim",
    ]  # fmt: skip
    for url in pages:
        page = client.get(url, headers={"Accept": "application/json"} if "vien-dan" in url else {})
        for secret in SECRETS:
            words = told(page).replace("benh tim", "").replace("khuyet tat", "")
            assert secret not in words, (url, secret)


@pytest.mark.parametrize("role", ["member", "staff", "viewer", "monitor"])
@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_no_list_tells_it(school, kept, year, role, format):
    client = signed_in(school, role)
    page = client.get(at("list_file", school, format), {"tat-ca": "1"}, follow=True)
    assert "giúp đỡ" in told(page)
    for secret in SECRETS:
        assert secret not in told(page)


@pytest.mark.parametrize("role", ["member", "secretary"])
def test_no_package_tells_it_that_was_not_asked_to(school, kept, year, role):
    client = signed_in(school, role)
    page = client.post(at("package", school), {"tat-ca": "1", "van-ban": "1"}, follow=True)
    words = told(page)
    assert "giúp đỡ" in words
    for secret in SECRETS:
        assert secret not in words


def test_a_package_with_it_is_gone_for_who_lost_the_right(school, kept, year):
    client = signed_in(school, "secretary")
    page = client.post(at("package", school), {"tat-ca": "1", "giu-kin": "1"}, follow=True)
    url = page.redirect_chain[-1][0]
    assert "ho-so-hoc-sinh" in told(page)
    Membership.objects.filter(user__username="secretary-minh-chung").update(role="member")
    assert client.get(url).status_code == 404


def test_a_list_that_is_read_does_not_tell_what_is_noted_there(school, kept, secretary):
    from caitien.web.evidence.models import ListImport

    entry = {"name": kept.name, "code": kept.code, "criteria": ["1.3"], "note": "x", "summary": "y"}
    read = ListImport.objects.create(school=school, name="a.xlsx", framework=FRAMEWORK, entries=[entry])
    words = told(signed_in(school, "member").get(at("list_read", school, read.pk)))
    assert "Bệnh tim" not in words
    assert "Kỷ luật" not in words


def test_the_same_file_sent_by_who_may_not_open_it_does_not_tell_where_it_is(school, kept, words_unread_here):
    """A guess of a secret paper is no question that the server answers; the copy is kept apart as the paper is."""
    from web.evidence import files

    client = signed_in(school, "staff")
    answer = client.post(at("upload", school), {"files": io.BytesIO(files.pdf())}, follow=True)
    assert "Hồ sơ học sinh cần giúp đỡ" not in told(answer)
    copy = Evidence.objects.for_school(school).exclude(pk=kept.pk).get()
    assert copy.sensitive
    assert Attachment.objects.get(evidence=copy).file == kept.attachments.get(file__isnull=False).file


@pytest.fixture
def words_unread_here(monkeypatch):
    from caitien.web.evidence import uploads

    monkeypatch.setattr(uploads, "_words_wanted", lambda upload, user: None)


def test_who_marked_it_does_not_unmark_it_after_somebody_went_on_with_it(school, secretary):
    """A member may mark and take that back at once; not after the secretary has put pupils' records into it."""
    member = signed_in(school, "member")
    row = make_evidence(school, "Sổ theo dõi", user=secretary)
    member.post(at("many", school), {"do": "sensitive", "chon": str(row.pk)})
    token = member.session["evidence-last-change"]["token"]
    row.refresh_from_db()
    services.save_fields(school, row.pk, {"note": "Bệnh tim của em Mỷ"}, seen=row.version, user=secretary)
    member.post(at("undo", school), {"token": token})
    row.refresh_from_db()
    assert row.sensitive
